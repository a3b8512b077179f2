"""What crosses the line, at the store: pages, receipts, late concern, held records, restored stations and hubs."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from county_hotline.domain.facts import Accepted, Dispatched, Finished, NoteAdded, Unknown
from county_hotline.domain.receipts import Head, Page, Receipt, Run
from county_hotline.domain.vocabulary import Outcome, Stage, StationRole
from county_hotline.errors import NotTrusted
from county_hotline.ids import EntryId, Life, Number
from tests.support.builders import CENTRE, HOUSING, WATER, a_caller, a_card, an_entry, an_order, head_of
from tests.support.stations import County, Hub

READERS = {
    "hall": a_card("03"),
    "another hall": a_card("04", unit="370323104"),
    "a colleague of the hall": a_card("05"),
    "centre": a_card("01", StationRole.CENTRE, CENTRE),
    "water": a_card("20", StationRole.AGENCY, WATER),
    "housing": a_card("21", StationRole.AGENCY, HOUSING),
}


def a_busy_week(county: County) -> list[Number]:
    """Orders of the hall, some dispatched at once, some late, one twice, with notes before and after."""
    numbers = [county.hall.accept(title=f"第{place}件") for place in range(9)]
    for number in numbers[:5]:
        county.hall.note(number)
    county.sync()
    for place, number in enumerate(numbers[:6]):
        county.centre.dispatch(number, WATER if place % 2 else HOUSING)
        county.centre.note(number)
    county.sync()
    county.centre.dispatch(numbers[1], HOUSING)
    county.hall.note(numbers[1])
    county.hall.note(numbers[8])
    county.sync()
    return numbers


def read_all(hub: Hub, reader: str, limit: int) -> list[EntryId]:
    found: list[EntryId] = []
    cursor, complete = 0, False
    while not complete:
        page = hub.store.page_for(READERS[reader], after=cursor, limit=limit)
        assert page.complete or page.cursor > cursor
        found += [each.entry.entry_id for each in page.entries]
        cursor, complete = page.cursor, page.complete
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("reader", list(READERS))
def test_pages_of_any_size_bring_every_entry_that_concerns_a_reader_exactly_once(
    county: County, reader: str, limit: int
) -> None:
    numbers = a_busy_week(county)
    concerned = {
        "hall": numbers,
        "another hall": [],
        "a colleague of the hall": numbers,
        "centre": numbers,
        "water": [numbers[1], numbers[3], numbers[5]],
        "housing": [numbers[0], numbers[2], numbers[4], numbers[1]],
    }[reader]
    rows = county.hub.store.database.execute_sql("SELECT entry_id, work_order FROM entries").fetchall()

    found = read_all(county.hub, reader, limit)

    assert len(found) == len(set(found))
    assert set(found) == {entry for entry, number in rows if number in concerned}


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_a_page_is_no_larger_than_asked_for(county: County, limit: int) -> None:
    """A line that passes little between two cuts asks for little."""
    a_busy_week(county)

    page = county.hub.store.page_for(READERS["centre"], after=0, limit=limit)

    assert len(page.entries) == limit
    assert not page.complete


def test_nothing_is_asked_of_what_lies_before_the_cursor(county: County) -> None:
    """A station that has read everything costs the hub the same, however much there is."""
    a_busy_week(county)
    end = county.hub.store.page_for(READERS["water"], after=0, limit=100).cursor

    page = county.hub.store.page_for(READERS["water"], after=end, limit=100)

    assert page == Page((), end, complete=True)


def test_an_agency_that_is_asked_late_gets_the_earlier_entries_too(county: County) -> None:
    number = county.hall.accept()
    county.hall.note(number, "先前的备注")
    county.sync_until_quiet()
    assert county.agency.store.order(number).stage is Stage.UNREAD

    county.centre.dispatch(number, WATER)
    county.sync_until_quiet()

    assert [event.fact.kind for event in county.agency.store.view(number).story] == [
        "work_order.accepted",
        "work_order.note_added",
        "work_order.dispatched",
    ]


def test_own_entries_of_this_life_are_not_sent_back(county: County) -> None:
    county.hall.accept()
    county.sync_until_quiet()

    page = county.hub.store.page_for(county.hall.card, after=0, limit=9, life=county.hall.store.life())

    assert page.entries == ()


def test_what_a_restored_station_lost_is_given_back(county: County) -> None:
    kept = county.hall.accept()
    county.sync(county.hall)
    unsent = county.hall.accept()
    copy = county.hall.back_up()
    lost = [county.hall.accept() for _ in range(3)]
    county.hall.note(kept, "恢复前写的")
    county.sync_until_quiet()

    county.hall.restore(copy)
    anew = county.hall.accept()
    county.sync_until_quiet()

    assert county.hall.store.life() == "B"
    assert county.hall.numbers() == {kept, unsent, anew, *lost} == county.hub.numbers()
    assert county.hall.store.unsent_lives() == []
    assert county.hall.store.head(county.hall.card.station, Life("A")) == county.hub.store.head(
        county.hall.card.station, Life("A")
    )
    assert county.hall.store.verify().sound
    counts = county.hall.store.counts()
    assert (counts.stored, counts.received, counts.waiting, counts.balanced) == (6, 6, 0, True)


def test_unsent_entries_of_an_old_life_still_go_in(county: County) -> None:
    number = county.hall.accept()
    county.hall.store.begin_life()
    county.hall.note(number)
    assert county.hall.store.unsent_lives() == ["A", "B"]

    county.sync_until_quiet()

    assert county.hub.store.order(number).entries == 2
    assert county.hall.store.counts().balanced


def test_the_person_of_a_confidential_order_stays_with_the_unit_that_took_it_and_the_centre(county: County) -> None:
    number = county.hall.accept(a_caller(name="保密来电人"), confidential=True)
    county.sync_until_quiet()
    county.centre.dispatch(number, WATER)
    county.sync_until_quiet()

    assert county.centre.store.order(number).person is not None
    assert county.agency.store.order(number).accepted is not None
    assert county.agency.store.order(number).person is None
    assert b"\xe4\xbf\x9d\xe5\xaf\x86\xe6\x9d\xa5" not in county.agency.path.read_bytes()
    for reader, entitled in (("a colleague of the hall", True), ("water", False)):
        page = county.hub.store.page_for(READERS[reader], after=0, limit=9)
        assert any(each.entry.person for each in page.entries) is entitled
    assert county.agency.store.verify().sound


def test_the_person_of_an_open_order_goes_with_it(county: County) -> None:
    number = county.hall.accept()
    county.sync_until_quiet()
    county.centre.dispatch(number, WATER)
    county.sync_until_quiet()

    assert county.agency.store.order(number).person == a_caller()


def torn(number: str, after: Head | None = None) -> object:
    return an_entry(number, NoteAdded(text="x"), after=after, kind=Accepted.kind)


def test_a_record_that_cannot_stand_is_held_with_what_depends_on_it_and_nothing_else(county: County) -> None:
    good, bad = county.hall.accept(), county.hall.accept()
    county.sync(county.hall)
    first = an_entry(bad, NoteAdded(text="x"), kind=Accepted.kind)
    second = an_entry(bad, NoteAdded(text="之后"), after=head_of(first))
    third = an_entry(good, NoteAdded(text="别的件"), after=head_of(second))

    receipt = county.hub.store.receive(first.station, [first, second, third], signature=b"", now_ms=1)
    again = county.hub.store.receive(first.station, [first, second, third], signature=b"", now_ms=2)

    assert [(held.entry_id, held.code) for held in receipt.held] == [(first.entry_id, "H102"), (second.entry_id, "H103")]
    assert again.held == receipt.held
    assert (receipt.last_serial, again.last_serial) == (3, 3)
    assert county.hub.store.order(good).entries == 2
    assert county.hub.store.order(bad).entries == 1
    county.sync_until_quiet()
    assert county.centre.store.order(bad).entries == 1
    assert county.hub.store.verify().sound


def test_what_one_station_garbles_holds_nothing_of_anothers(county: County) -> None:
    number = county.hall.accept()
    county.sync(county.hall)
    garbled = an_entry(number, NoteAdded(text="x"), kind=Accepted.kind)
    county.hub.store.receive(garbled.station, [garbled], signature=b"", now_ms=1)

    county.hall.note(number)
    county.sync(county.hall)

    assert garbled.station != county.hall.card.station
    assert county.hub.store.counts().held == 1
    assert county.hub.store.order(number).entries == 2


def test_an_order_of_which_everything_is_held_has_no_row_whatever_comes_after(county: County) -> None:
    number = "370323-09A-261121-0001"
    first = an_entry(number, an_order(), person=a_caller())
    county.hub.store.receive(first.station, [first], signature=b"", now_ms=1)
    second = an_entry(number, NoteAdded(text="又一条"), after=head_of(first))
    county.hub.store.receive(first.station, [second], signature=b"", now_ms=1)

    assert county.hub.numbers() == set()
    assert county.hub.store.counts().held == 2
    report = county.hub.store.verify()
    assert report.sound, report.problems
    county.hub.store.rebuild()
    assert county.hub.store.verify().sound


def test_what_the_hub_holds_of_ours_is_known_here_and_our_own_fold_goes_on(county: County) -> None:
    number = county.hall.accept()
    entry = county.hall.store.unsent(Life("A"), after=0, limit=1)[0]
    receipt = county.hub.store.receive(entry.station, [entry], signature=b"", now_ms=1)
    from county_hotline.domain.receipts import Held

    county.hall.store.take_receipt(replace(receipt, held=(Held(entry.entry_id, "H102"),)))

    assert county.hall.store.counts().held == 1
    assert county.hall.store.order(number).accepted is not None
    assert county.hall.store.verify().sound


def test_a_kind_of_a_newer_release_is_kept_passed_on_and_not_folded(county: County) -> None:
    number = county.hall.accept()
    county.sync(county.hall)
    newer = an_entry(number, Finished(outcome=Outcome.SOLVED), kind="work_order.merged", version=3)

    receipt = county.hub.store.receive(newer.station, [newer], signature=b"", now_ms=1)
    county.sync_until_quiet()

    assert receipt.held == ()
    order, story = county.centre.store.order(number), county.centre.store.view(number).story
    assert order.stage is Stage.TO_DISPATCH
    assert story[-1].fact == Unknown(kind_on_disk="work_order.merged", version_on_disk=3)
    page = county.hub.store.page_for(county.centre.card, after=0, limit=9)
    assert newer.words in [each.entry.words for each in page.entries]


def test_receipts_change_nothing_the_second_time_and_may_come_in_pieces(county: County) -> None:
    for _ in range(4):
        county.hall.accept()
    entries = county.hall.store.unsent(Life("A"), after=0, limit=9)
    first = county.hub.store.receive(county.hall.card.station, entries[:1], signature=b"", now_ms=1)
    rest = county.hub.store.receive(county.hall.card.station, entries[1:], signature=b"", now_ms=1)
    whole = county.hub.store.receive(county.hall.card.station, entries, signature=b"", now_ms=1)

    for receipt in (rest, first, rest, whole):
        county.hall.store.take_receipt(receipt)

    assert whole.runs == (Run(1, 4, 1),)
    assert county.hall.store.counts() == replace(county.hall.store.counts(), waiting=0, received=4, entries_received=4)
    assert county.hall.store.verify().sound


def test_a_receipt_for_what_is_not_here_or_not_so_is_not_taken(county: County) -> None:
    county.hall.accept()
    mine = county.hall.store.head(county.hall.card.station, Life("A"))
    assert mine is not None
    receipt = Receipt(mine.station, mine.life, 1, mine.hash, (Run(1, 1, 1),), 1)

    with pytest.raises(NotTrusted, match="A314"):
        county.hall.store.take_receipt(replace(receipt, last_serial=7))
    with pytest.raises(NotTrusted, match="A315"):
        county.hall.store.take_receipt(replace(receipt, last_hash=bytes(32)))

    assert county.hall.store.receipted(Life("A")) == 0
    assert county.hall.store.receipted(Life("Q")) == 0


def test_a_hub_that_gives_one_place_to_two_entries_is_not_believed(county: County) -> None:
    """It was put back from a backup and numbers anew: nothing here is rewritten, and a person is told."""
    county.hall.accept()
    county.sync_until_quiet()
    county.hall.accept()
    head = county.hall.store.head(county.hall.card.station, Life("A"))
    assert head is not None
    foreign = an_entry("370323-09A-261121-00017", NoteAdded(text="x"))
    page = county.hub.store.page_for(county.centre.card, after=0, limit=9)
    moved = Page((replace(page.entries[0], hub_seq=77),), 99, complete=True)
    taken = Page((replace(page.entries[0], entry=foreign),), 99, complete=True)

    with pytest.raises(NotTrusted, match="A315"):
        county.hall.store.take_receipt(Receipt(head.station, head.life, 2, head.hash, (Run(2, 2, 1),), 1))
    for other in (moved, taken):
        with pytest.raises(NotTrusted, match="A315"):
            county.centre.store.take_in(other)

    assert county.hall.store.counts().waiting == 1
    assert county.centre.store.cursor() == 1
    assert county.centre.store.verify().sound


def test_a_page_with_an_entry_that_is_not_what_it_claims_is_not_taken(county: County) -> None:
    county.hall.accept()
    county.hub.take_from(county.hall)
    page = county.hub.store.page_for(county.centre.card, after=0, limit=9)
    entry = page.entries[0].entry
    changed = replace(page, entries=(replace(page.entries[0], entry=replace(entry, officer="别人")),))
    same_id = an_entry(entry.work_order, NoteAdded(text="冒用"), entry_id=entry.entry_id)
    twice = replace(page, entries=(replace(page.entries[0], entry=same_id),))

    with pytest.raises(NotTrusted, match="A316"):
        county.centre.store.take_in(changed)
    county.centre.store.take_in(page)
    with pytest.raises(NotTrusted, match="A316"):
        county.centre.store.take_in(twice)

    assert county.centre.store.verify().entries == 1


def test_a_cursor_never_goes_back(county: County) -> None:
    county.hall.accept()
    county.sync_until_quiet()
    cursor = county.centre.store.cursor()

    county.centre.store.take_in(Page((), 0, complete=True))

    assert county.centre.store.cursor() == cursor == 1


def test_a_page_may_bring_the_receipt_before_the_hubs_own_answer(county: County) -> None:
    """The answer to a batch was lost; another desk of the same unit asks for everything, its own entries too."""
    number = county.hall.accept()
    county.centre.dispatch(number, WATER)
    entries = county.hall.store.unsent(Life("A"), after=0, limit=9)
    county.hub.store.receive(county.hall.card.station, entries, signature=b"", now_ms=1)
    page = county.hub.store.page_for(county.hall.card, after=0, limit=9)

    county.hall.store.take_in(page)

    assert county.hall.store.counts().waiting == 0
    assert county.hall.store.counts().balanced
    assert county.hall.store.verify().sound


def test_a_page_may_bring_the_receipt_of_a_later_own_entry_first(county: County) -> None:
    """A new life, and the answer to the old one's batch was lost; a hub of before 0.2 hands out later what was written before the order
    concerned this station. Each entry is either signed for or still waiting, in whatever order that becomes known."""
    county.hall.accept()
    county.hall.accept()
    county.hall.accept()
    entries = county.hall.store.unsent(Life("A"), after=0, limit=9)
    county.hub.store.receive(county.hall.card.station, entries, signature=b"", now_ms=1)
    county.hall.store.begin_life()
    page = county.hub.store.page_for(county.hall.card, after=0, limit=9, life=Life("B"))

    for each in reversed(page.entries):
        assert county.hall.store.counts().balanced
        county.hall.store.take_in(Page((each,), 0, complete=False))
        assert county.hall.store.counts().balanced

    counts = county.hall.store.counts()
    assert (counts.entries, counts.entries_received, counts.waiting) == (3, 3, 0)


def test_a_clash_is_turned_round_with_the_order_agreed_on(county: County) -> None:
    """The answer to the first desk's act was lost; it hears of the other's before it hears that its own came first."""
    number = county.hall.accept()
    here, there = county.sharing(number)
    here.dispatch(number, WATER)
    there.dispatch(number, HOUSING)
    entries = here.store.unsent(Life("A"), after=0, limit=9)
    county.hub.store.receive(here.card.station, entries, signature=b"", now_ms=1)
    county.hub.take_from(there)
    county.hub.give_to(here)
    before = here.clashes(number)

    county.sync_until_quiet()

    after = here.clashes(number)
    assert [(clash.first, clash.second) for clash in after] == [(clash.second, clash.first) for clash in before]
    assert after == there.clashes(number)
    assert here.store.verify().sound


def test_the_order_agreed_on_is_the_hubs_wherever_entries_were_first_seen(county: County) -> None:
    """A receipt that comes after another's entry moves one's own act behind it: the fold is made again."""
    number = county.hall.accept()
    first, second = county.sharing(number)
    first.dispatch(number, WATER)
    second.dispatch(number, HOUSING)
    county.hub.take_from(second)
    county.hub.give_to(first)
    before = first.store.order(number).lead
    county.sync_until_quiet()

    orders = [box.store.order(number) for box in (first, second, county.hub, county.hall)]

    assert before is not None
    assert [order.lead.agency for order in orders if order.lead] == [WATER] * 4
    assert {type(event.fact) for event in first.store.view(number).story} == {Accepted, Dispatched}
