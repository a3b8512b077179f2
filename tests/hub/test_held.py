"""What is held is harmless, may be withdrawn by who wrote it, and is judged again; then it stands everywhere as if it had never waited."""

from __future__ import annotations

import random

import msgspec
import pytest

from county_hotline.db import journal
from county_hotline.domain.entries import Words, seal
from county_hotline.domain.facts import Accepted, Dispatched, Finished, NoteAdded, Withdrawn, WordsErased
from county_hotline.domain.upcasts import words_of
from county_hotline.domain.vocabulary import StationRole
from county_hotline.hub.asking import Hub
from county_hotline.hub.stations import enrol, make_code
from county_hotline.ids import AgencyCode, EntryId, Number, new_entry_id, new_salt
from county_hotline.sync.protocol import EnrolmentRequest, Limits
from county_hotline.sync.wire import batches
from tests.support.line import HOUSING, WATER, Post, a_card

BIG = "长" * 20_000


def last_entry(post: Post, number: Number) -> EntryId:
    return post.store.view(number).story[-1].entry_id


def withdraw(post: Post, number: Number, entry_id: EntryId) -> None:
    post.record(number, Withdrawn(entry_id=entry_id, why="不归本站"))


def all_agree(number: Number, *posts: Post, hub: Hub) -> None:
    orders = [post.store.order(number) for post in posts]
    assert all(order == hub.store.order(number) for order in orders), orders
    for store in (hub.store, *(post.store for post in posts)):
        assert store.verify().sound, store.verify().problems


@pytest.fixture
def dispatched(hall: Post, centre: Post, agency: Post) -> Number:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    agency.sync()
    hall.sync()
    return number


@pytest.fixture
def finished(dispatched: Number, agency: Post) -> EntryId:
    """The agency finished the order, which is the centre's to do, and signed for it afterwards: both are held."""
    agency.finish(dispatched)
    wrong = last_entry(agency, dispatched)
    agency.sign_for(dispatched)
    agency.sync()
    assert [each.code for each in agency.store.held()] == ["H106", "H103"]
    return wrong


def test_a_withdrawal_settles_it_and_what_waited_behind_it_goes_everywhere(
    dispatched: Number, finished: EntryId, agency: Post, hall: Post, centre: Post, hub: Hub
) -> None:
    withdraw(agency, dispatched, finished)

    report = agency.sync()
    for post in (hall, centre):
        post.sync()

    assert (report.fault, report.held, report.differences) == ("", (), ())
    assert finished in report.released
    assert agency.store.held() == ()
    all_agree(dispatched, hall, centre, agency, hub=hub)
    assert hub.store.order(dispatched).entries == 3
    assert hub.store.order(dispatched).assignments[0].signed_at is not None
    assert hub.store.order(dispatched).finished_at is None


def test_a_withdrawal_reaches_nobody_who_was_not_given_what_it_withdraws(
    dispatched: Number, finished: EntryId, agency: Post, hall: Post, centre: Post
) -> None:
    withdraw(agency, dispatched, finished)
    agency.sync()
    for post in (hall, centre):
        post.sync()
        kinds = {event.fact.kind for event in post.store.view(dispatched).story}
        assert not kinds & {Withdrawn.kind, Finished.kind}


def test_it_may_be_withdrawn_and_written_anew_in_one_go_and_in_one_batch(
    dispatched: Number, agency: Post, hall: Post, hub: Hub
) -> None:
    agency.finish(dispatched)
    wrong = last_entry(agency, dispatched)
    withdraw(agency, dispatched, wrong)
    agency.reply(dispatched)

    report = agency.sync()
    hall.sync()

    assert report.held == ()
    all_agree(dispatched, hall, agency, hub=hub)
    assert hub.store.order(dispatched).assignments[0].public == "已修复。"


def test_every_part_of_it_may_arrive_again(dispatched: Number, finished: EntryId, agency: Post, hub: Hub) -> None:
    withdraw(agency, dispatched, finished)
    entries = agency.store.unsent(agency.store.life(), after=0, limit=9)
    agency.sync()
    before = hub.store.verify().entries, hub.store.order(dispatched), journal.last_place(hub.store.database.connection())

    for cut in range(len(entries), 0, -1):
        receipt = agency.transport.push(batches.encode(entries[:cut], agency.pair))
        assert receipt.held == ()
        agency.store.take_receipt(receipt)

    assert before == (
        hub.store.verify().entries,
        hub.store.order(dispatched),
        journal.last_place(hub.store.database.connection()),
    )
    assert agency.store.held() == ()


def test_nobody_withdraws_what_another_station_wrote(dispatched: Number, agency: Post, hall: Post, hub: Hub) -> None:
    acceptance = hub.store.view(dispatched).story[0].entry_id
    withdraw(agency, dispatched, acceptance)

    agency.sync()
    hall.sync()

    assert [each.code for each in agency.store.held()] == ["H106"]
    for store in (hub.store, hall.store, agency.store):
        assert store.order(dispatched).accepted is not None


def test_what_stands_is_not_withdrawn_and_its_station_learns_it(dispatched: Number, hall: Post, centre: Post, hub: Hub) -> None:
    (acceptance, *_) = hall.store.view(dispatched).story
    withdraw(hall, dispatched, acceptance.entry_id)
    assert hall.store.order(dispatched).accepted is None, "until the hub says otherwise"

    hall.sync()
    hall.record(dispatched, NoteAdded(text="又来问过"))
    hall.sync()
    centre.sync()

    assert [each.code for each in hall.store.held()] == ["H107"]
    all_agree(dispatched, hall, centre, hub=hub)
    assert hub.store.order(dispatched).accepted is not None
    assert hub.store.order(dispatched).entries == 3


def test_a_number_that_is_none_is_withdrawn_and_nothing_is_left_of_it(hall: Post, hub: Hub) -> None:
    good = hall.accept()
    head = hall.store.heads(a_card().station)[0]
    bad = Number("370323-03A-261121-0002")
    facts = (NoteAdded(text="x"), NoteAdded(text="y"))
    ids = [EntryId(new_entry_id(5 + place)) for place in range(3)]
    with hall.store.immediate() as db:
        last = head
        for entry_id, fact in zip(ids, (*facts, Withdrawn(entry_id=ids[0], why="编号错")), strict=True):
            entry = seal(
                entry_id=entry_id,
                work_order=bad,
                station=head.station,
                life=head.life,
                serial=last.serial + 1,
                basis=None,
                officer=hall.store.view(good).story[0].officer,
                recorded_at=5,
                clock_note="",
                kind=fact.kind,
                version=1,
                prev_hash=last.hash,
                words=Words(new_salt(), words_of(fact)),
                person=None,
            )
            journal.append(db, entry)
            last = entry  # type: ignore[assignment]

    hall.sync()

    assert {each.entry_id: each.code for each in hall.store.held()} == {ids[1]: "H101"}
    assert hub.store.order(bad).entries == 0
    assert hub.store.verify().sound


# ---------------------------------------------------------------- judged again


def corrected_at_the_hub(post: Post, hub: Hub, **changes: object) -> None:
    """Role or unit were written down wrong: a new code with the right card, and the same key."""
    card = post.store.station()
    assert card is not None
    new = msgspec.structs.replace(card, **changes)
    code = make_code(hub.storage, new, now_ms=hub.clock.now_ms())
    public = post.pair.public
    enrol(
        hub.storage,
        EnrolmentRequest(code=code, algorithm=public.algorithm, public_key=public.raw, program="x", hub_id=hub.pair.key_id),
        now_ms=hub.clock.now_ms(),
    )


def test_a_card_put_right_at_the_hub_releases_what_was_held_for_it(
    dispatched: Number, finished: EntryId, agency: Post, hall: Post, centre: Post, hub: Hub
) -> None:
    places = [event.hub_seq for event in agency.store.view(dispatched).story]

    corrected_at_the_hub(agency, hub, role=StationRole.CENTRE)
    report = agency.sync()
    for post in (hall, centre):
        post.sync()

    assert finished in report.released
    assert agency.store.held() == ()
    all_agree(dispatched, hall, centre, agency, hub=hub)
    assert hub.store.order(dispatched).finished_at is not None
    assert [event.hub_seq for event in hall.store.view(dispatched).story] == places, "each at its old place"


def test_whom_a_released_dispatch_brings_the_order_gets_all_of_it_however_far_it_has_read(
    hall: Post, agency: Post, hub: Hub
) -> None:
    number = hall.accept()
    hall.dispatch(number)  # not the hall's to do
    hall.sync()
    hall.accept("别的")
    hall.sync()
    agency.sync()
    assert agency.store.order(number).entries == 0

    corrected_at_the_hub(hall, hub, role=StationRole.CENTRE)
    hall.sync()
    report = agency.sync()

    assert report.differences == ()
    all_agree(number, hall, agency, hub=hub)
    assert agency.store.order(number).accepted is not None
    assert agency.store.order(number).assignments[0].agency == WATER


def test_a_released_erasure_is_obeyed(dispatched: Number, hall: Post, agency: Post, centre: Post, hub: Hub) -> None:
    acceptance = hub.store.view(dispatched).story[0].entry_id
    agency.record(dispatched, WordsErased(entry_id=acceptance, ground="本人申请"))
    agency.sync()
    assert hub.store.order(dispatched).accepted is not None

    corrected_at_the_hub(agency, hub, role=StationRole.CENTRE)
    for post in (agency, hall, centre):
        post.sync()

    for store in (hub.store, hall.store, centre.store):
        assert store.order(dispatched).accepted is None
        assert store.verify().sound
    assert hub.store.verify().erased == 2


def test_an_order_whose_first_record_was_held_keeps_one_row_once_it_is_released(hall: Post, centre: Post, hub: Hub) -> None:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.record(number, Dispatched(agency=HOUSING))
    with hub.store.immediate() as db:  # as if the hub had held it back then
        entry_id = hub.store.view(number).story[0].entry_id
        db.execute("INSERT INTO held VALUES (?, 'H102', 1)", (entry_id,))
    hub.store.rebuild()
    centre.sync()
    assert hub.store.order(number).accepted is None

    assert hub.storage.recheck() == [entry_id]

    assert hub.store.order(number).accepted is not None
    assert hub.store.verify().sound, hub.store.verify().problems


def test_a_hub_that_was_upgraded_judges_again_by_itself(dispatched: Number, agency: Post, hub: Hub) -> None:
    assert hub.store.quarantine.is_due()
    hub.storage.recheck()
    assert not hub.store.quarantine.is_due()
    hub.store.set_note("held.judged_by", "work_order.accepted:1")
    assert hub.store.quarantine.is_due()


def test_what_cannot_stand_stays_however_often_it_is_judged(
    dispatched: Number, finished: EntryId, agency: Post, hub: Hub
) -> None:
    assert hub.storage.recheck() == []
    assert hub.storage.recheck() == []
    assert [each.code for each in hub.store.quarantine.of(a_card("20").station)] == ["H106", "H103"]


def test_a_station_learns_what_is_held_though_the_answer_that_said_it_was_lost(
    dispatched: Number, agency: Post, hub: Hub
) -> None:
    agency.finish(dispatched)
    entries = agency.store.unsent(agency.store.life(), after=0, limit=9)
    agency.transport.hello()
    agency.transport.push(batches.encode(entries, agency.pair))

    agency.sync()

    assert [each.code for each in agency.store.held()] == ["H106"]


# ---------------------------------------------------------------- words that were kept back


def test_words_that_were_too_large_go_up_once_the_hub_takes_them_and_from_there_to_all(
    hall: Post, centre: Post, hub: Hub
) -> None:
    hub.limits = Limits(line_bytes=20_000)
    number = hall.accept("路灯不亮", content=BIG)
    hall.sync()
    centre.sync()
    assert [each.code for each in hall.store.held()] == ["H201"]
    assert centre.store.order(number).accepted is None

    hub.limits = Limits()
    report = hall.sync()
    centre.sync()

    assert (report.fault, report.differences, hall.store.held(), centre.store.held()) == ("", (), (), ())
    all_agree(number, hall, centre, hub=hub)
    accepted = centre.store.order(number).accepted
    assert accepted is not None
    assert accepted.content == BIG
    assert hall.sync().requests < 5, "it is not sent again and again"


def test_words_the_hub_still_cannot_take_are_asked_for_once_and_then_wait(hall: Post, hub: Hub) -> None:
    hub.limits = Limits(line_bytes=20_000)
    number = hall.accept("路灯不亮", content=BIG)
    hall.sync()
    (record,) = hall.store.held()
    hall.store.quarantine.send_again(record.entry_id)

    report = hall.sync()

    assert report.fault == ""
    assert [each.code for each in hall.store.held()] == ["H201"]
    assert hall.store.quarantine.to_send_again() == ()
    assert hub.store.order(number).accepted is None


def test_words_that_were_erased_meanwhile_are_not_taken_again(hall: Post, centre: Post, hub: Hub) -> None:
    hub.limits = Limits(line_bytes=20_000)
    number = hall.accept("路灯不亮", content=BIG)
    hall.sync()
    (entry,) = hall.store.unsent(hall.store.life(), after=0, limit=1)
    hall.record(number, WordsErased(entry_id=entry.entry_id, ground="本人申请"))
    hall.sync()
    hub.limits = Limits()

    hall.transport.push(batches.encode([entry], hall.pair))

    assert hub.store.order(number).accepted is None
    assert hub.store.verify().sound
    assert hall.store.verify().sound


def test_a_rewritten_acceptance_takes_the_place_of_one_that_was_too_large(hall: Post, centre: Post, hub: Hub) -> None:
    hub.limits = Limits(line_bytes=20_000)
    number = hall.accept("路灯不亮", content=BIG)
    hall.sync()
    centre.sync()
    (first,) = hall.store.view(number).story
    withdraw(hall, number, first.entry_id)
    assert isinstance(first.fact, Accepted)
    hall.store.record(
        number,
        lambda order: (msgspec.structs.replace(first.fact, content="三盏都不亮"), first.person),
        officer=first.officer,
    )

    report = hall.sync()
    centre.sync()

    assert (report.held, hall.store.held(), centre.store.held()) == ((), (), ())
    all_agree(number, hall, centre, hub=hub)
    accepted = centre.store.order(number).accepted
    assert accepted is not None
    assert accepted.content == "三盏都不亮"


# ---------------------------------------------------------------- P4


def test_poison_first_of_five_hundred_keeps_back_itself_and_its_dependants_only(hall: Post, centre: Post, hub: Hub) -> None:
    """getodk/collect#1939, dimagi/commcare-android#1807."""
    numbers = [hall.accept(f"第{place}件") for place in range(2)]
    hall.dispatch(numbers[0])  # not the hall's to do
    poison = last_entry(hall, numbers[0])
    for place in range(496):
        hall.record(numbers[place % 2], NoteAdded(text=str(place)))

    report = hall.sync()
    centre.sync()

    behind = 248
    assert (report.fault, report.complete, len(report.held)) == ("", True, 1 + behind)
    assert poison in report.held
    assert hub.store.verify().entries == 499
    assert sum(hub.store.order(number).entries for number in numbers) == 499 - 1 - behind
    assert centre.entries() == 499 - 1 - behind


def test_one_in_a_hundred_bad_changes_nothing_for_the_others(hall: Post, hub: Hub) -> None:
    """By counts, for the machine's speed is not the matter: as many requests as without them, and all others stand."""
    chance = random.Random(7)
    numbers = [hall.accept(str(place)) for place in range(300)]
    bad = set(chance.sample(numbers, 3))
    for number in bad:
        hall.sign_for(number, AgencyCode("370323D99"))

    report = hall.sync()

    assert report.requests <= 10
    assert len(report.held) == 3
    assert all(hub.store.order(number).entries == 1 for number in numbers)
    assert hall.store.counts().waiting == 0


def test_what_was_withdrawn_in_the_batch_it_came_in_brings_the_order_to_nobody(hall: Post, agency: Post, hub: Hub) -> None:
    number = hall.accept()
    hall.dispatch(number)  # not the hall's to do
    withdraw(hall, number, last_entry(hall, number))

    assert hall.sync().held == ()
    agency.sync()

    assert agency.store.order(number).entries == 0
    all_agree(number, hall, hub=hub)
