"""Several facts in one transaction: what follows an acceptance at once, and facts of several orders; all of it or nothing."""

from __future__ import annotations

import msgspec
import pytest

from county_hotline.db.store import Decide
from county_hotline.domain.facts import AnsweredAtOnce, Dispatched, Fact, Merged, NoteAdded, RepeatJoined, WordsErased
from county_hotline.domain.views import Incoming, RegisterQuery
from county_hotline.domain.vocabulary import Channel, Erasure, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal, StoreFault
from tests.support.builders import OFFICER, WATER, made
from tests.support.stations import County, Station
from tests.support.ticking_clock import MORNING


def writes(fact: Fact, *, seen: list[WorkOrder] | None = None) -> Decide:
    """Decides for the fact whatever it sees, and remembers what that was."""

    def decide(order: WorkOrder) -> tuple[Fact, None]:
        if seen is not None:
            seen.append(order)
        return fact, None

    return decide


def refuses(order: WorkOrder) -> tuple[Fact, None]:
    raise Refusal("R170", number=order.number)


def a_message(**given: object) -> Incoming:
    told = {
        "channel": Channel.MAILBOX,
        "came_at": MORNING,
        "sender": "示例留言人",
        "phone": "13800138000",
        "title": "路灯",
        "text": "不亮",
    }
    return Incoming(incoming=0, **{**told, **given})  # type: ignore[arg-type]


def test_what_follows_at_once_is_decided_on_the_order_so_far_and_lies_in_the_journal_behind_it(hall: Station) -> None:
    seen: list[WorkOrder] = []
    then = [writes(AnsweredAtOnce(answer="可以"), seen=seen), writes(NoteAdded(text="已念给来电人听"), seen=seen)]

    order = hall.store.accept(made(), officer=OFFICER, then=then)

    assert [each.stage for each in seen] == [Stage.TO_DISPATCH, Stage.FINISHED]
    assert order == hall.store.order(order.number)
    assert (order.stage, order.entries) == (Stage.FINISHED, 3)
    assert [event.serial for event in hall.store.view(order.number).story] == [1, 2, 3]
    assert hall.store.verify().sound


def test_one_that_refuses_leaves_no_order_and_uses_no_number(hall: Station) -> None:
    with pytest.raises(Refusal, match="R170"):
        hall.store.accept(made(), officer=OFFICER, then=[writes(NoteAdded(text="一")), refuses])

    assert hall.store.counts().entries == 0
    assert hall.store.register(RegisterQuery(), after=None, limit=9).total == 0
    assert hall.accept()[-5:-1] == "0001"
    assert hall.store.verify().sound


def test_words_erased_in_the_same_act_are_gone_from_the_order_it_answers(hall: Station) -> None:
    def erases(order: WorkOrder) -> tuple[Fact, None]:
        assert order.last_entry is not None
        return WordsErased(entry_id=order.last_entry, ground="误登", erasure=Erasure.BOTH), None

    order = hall.store.accept(made(title="不该登的"), officer=OFFICER, then=[erases])

    assert order.erased
    assert order.accepted is None
    assert hall.store.register(RegisterQuery(text="不该登的"), after=None, limit=9).total == 0
    assert hall.store.verify().sound


def test_two_orders_are_joined_together_or_not_at_all(hall: Station) -> None:
    first, second = hall.accept(), hall.accept()
    joins = writes(RepeatJoined(repeat=second))

    with pytest.raises(Refusal):
        hall.store.record_together([(first, joins), (second, refuses)], officer=OFFICER)
    assert hall.store.order(first).taking.repeats == ()

    orders = hall.store.record_together([(first, joins), (second, writes(Merged(into=first)))], officer=OFFICER)

    assert [order.number for order in orders] == [first, second]
    assert orders[0].taking.repeats == (second,)
    assert orders[1].stage is Stage.MERGED
    assert hall.store.order(second) == orders[1]
    assert hall.store.verify().sound


def test_two_facts_of_one_order_see_each_other(hall: Station) -> None:
    number, seen = hall.accept(), list[WorkOrder]()
    steps = [(number, writes(Dispatched(agency=WATER), seen=seen)), (number, writes(NoteAdded(text="加急"), seen=seen))]

    orders = hall.store.record_together(steps, officer=OFFICER)

    assert [len(each.assignments) for each in seen] == [0, 1]
    assert orders[0] == orders[1] == hall.store.order(number)
    assert hall.store.record_together([], officer=OFFICER) == ()


def test_what_is_held_here_is_not_in_sight(county: County) -> None:
    number = county.hall.accept()
    county.hall.note(number)
    county.sync_until_quiet()
    first, second = county.centre.store.view(number).story
    with county.centre.store.immediate() as db:
        db.execute("INSERT INTO held VALUES (?, 'H106', 1)", (second.entry_id,))

    county.centre.store.record_together([(number, writes(NoteAdded(text="一")))], officer=OFFICER)

    assert county.centre.store.view(number).story[-1].basis == f",{first.station}.{first.life}.1"


def test_each_fact_of_several_names_what_its_own_order_had_by_others(county: County) -> None:
    number = county.hall.accept()
    county.sync_until_quiet()
    alone = county.centre.accept()

    county.centre.store.record_together(
        [(number, writes(NoteAdded(text="一"))), (alone, writes(NoteAdded(text="二")))], officer=OFFICER
    )

    story = county.centre.store.view(number).story
    first = story[0]
    assert story[-1].basis == f",{first.station}.{first.life}.{first.serial}"
    assert county.centre.store.view(alone).story[-1].basis is None
    county.sync_until_quiet()
    assert county.hub.store.verify().sound


# ---------------------------------------------------------------- 待审核留言


def test_messages_wait_the_oldest_first_until_somebody_settled_them(hall: Station) -> None:
    late = hall.store.add_incoming(a_message(came_at=MORNING + 5, title="晚到"))
    early = hall.store.add_incoming(a_message(external_number="XX-7", grid="01", collected_by="网格员甲", place="370323103201"))

    waiting = hall.store.incoming(waiting_only=True)
    hall.store.settle_incoming(late, dropped="广告", officer=OFFICER, at=MORNING)

    whole = a_message(external_number="XX-7", grid="01", collected_by="网格员甲", place="370323103201")
    assert waiting[0] == msgspec.structs.replace(whole, incoming=early)
    assert [each.incoming for each in waiting] == [early, late]
    assert [each.incoming for each in hall.store.incoming(waiting_only=True)] == [early]
    dropped = hall.store.incoming(waiting_only=False)[1]
    assert (dropped.dropped, dropped.officer, dropped.decided_at) == ("广告", OFFICER, MORNING)
    with pytest.raises(StoreFault, match="S120"):
        hall.store.settle_incoming(late, dropped="再来", officer=OFFICER, at=MORNING)
    with pytest.raises(StoreFault, match="S120"):
        hall.store.settle_incoming(99, dropped="没有", officer=OFFICER, at=MORNING)


def test_a_message_becomes_one_order_and_its_words_lie_there_alone(hall: Station) -> None:
    message = hall.store.add_incoming(a_message(text="独一无二的话"))

    order = hall.store.accept(made(title="路灯不亮"), officer=OFFICER, incoming=message)
    with pytest.raises(StoreFault, match="S120"):
        hall.store.accept(made(), officer=OFFICER, incoming=message)

    (settled,) = hall.store.incoming(waiting_only=False)
    assert (settled.number, settled.title, settled.text, settled.sender, settled.phone) == (
        order.number,
        "路灯不亮",
        "",
        "",
        "",
    )
    assert hall.store.counts().stored == 1
    hall.erase(order.number, hall.store.view(order.number).story[0].entry_id)
    assert hall.store.incoming(waiting_only=False)[0].title == ""


def test_a_number_of_another_system_is_known_from_a_message_or_an_order_and_only_as_a_whole(hall: Station) -> None:
    hall.store.add_incoming(a_message(external_number="MB-2026-1"))
    hall.accept(external_number="SZ（2026）55号")

    known = [hall.store.known_incoming(each) for each in ("MB-2026-1", "SZ（2026）55号", "MB-2026", "SZ（2026）5", "", "（）")]

    assert known == [True, True, False, False, False, False]
