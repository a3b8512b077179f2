"""恢复本机: what the hub holds back of a station's earlier lives comes back to it too, held as it was; no chain of its own has a hole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from county_hotline.domain.facts import Corrected, Finished, NoteAdded, Person, Withdrawn, WordsErased
from county_hotline.domain.receipts import Page
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import Erasure, StationRole
from county_hotline.hub.asking import Hub
from county_hotline.ids import EntryId, Life, Number
from county_hotline.sync.protocol import Limits
from county_hotline.sync.wire import pages
from tests.support.line import AGENCY_CARD, OFFICER, Post, a_card
from tests.support.restored import backed_up, put_back

BIG = "长" * 20_000


class Agency:
    """The agency, with a backup of yesterday to be put back."""

    def __init__(self, post: Post, folder: Path, copy: Path) -> None:
        self.post, self.folder, self.copy = post, folder, copy

    def restore(self) -> dict[str, object]:
        """What it knew before; then yesterday's file, and two rounds in a new life."""
        known = self.known()
        self.post.store = put_back(self.post.store, self.folder, self.copy)
        assert self.post.store.life() == "B"
        for _ in range(2):
            report = self.post.sync()
            assert (report.fault, report.complete, report.differences) == ("", True, ()), report
        return known

    def known(self) -> dict[str, object]:
        store = self.post.store
        rows = store.database.execute_sql("SELECT number FROM work_orders").fetchall()
        orders = {row[0]: store.order(Number(row[0])) for row in rows}
        return {
            "orders": orders,
            "held": set(store.held()),
            "balanced": store.counts().balanced,
            "problems": store.verify().problems,
        }


@pytest.fixture
def number(hall: Post, centre: Post, agency: Post) -> Number:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    agency.sync()
    return number


@pytest.fixture
def restored(number: Number, agency: Post, tmp_path: Path) -> Agency:
    folder = tmp_path / AGENCY_CARD.station
    return Agency(agency, folder, backed_up(agency.store, folder, tmp_path / "backup"))


def last_entry(post: Post, number: Number) -> EntryId:
    return post.store.view(number).story[-1].entry_id


def test_what_is_held_comes_back_held_and_may_be_withdrawn(
    number: Number, restored: Agency, hall: Post, centre: Post, hub: Hub
) -> None:
    agency = restored.post
    agency.finish(number)  # not its to do
    wrong = last_entry(agency, number)
    agency.sign_for(number)
    agency.sync()

    before = restored.restore()

    assert restored.known() == before
    assert [each.code for each in agency.store.held()] == ["H106", "H103"]
    whole = agency.store.quarantine.entry(wrong)
    assert whole is not None
    assert whole.words is not None, "the words needed to repair it"
    agency.record(number, Withdrawn(entry_id=wrong, why="不归本站"))
    for post in (agency, hall, centre):
        assert post.sync().fault == ""
    assert agency.store.held() == ()
    assert agency.store.order(number) == hall.store.order(number) == centre.store.order(number) == hub.store.order(number)
    assert all(store.verify().sound for store in (agency.store, hub.store))


def test_what_was_withdrawn_comes_back_settled(number: Number, restored: Agency, hub: Hub) -> None:
    agency = restored.post
    agency.finish(number)
    agency.sync()
    agency.record(number, Withdrawn(entry_id=last_entry(agency, number), why="不归本站"))
    agency.sync()

    before = restored.restore()

    assert restored.known() == before
    assert agency.store.held() == ()
    assert agency.store.order(number) == hub.store.order(number)
    assert agency.store.verify().sound


def test_a_withdrawal_that_was_refused_comes_back_refused(number: Number, restored: Agency, hub: Hub) -> None:
    agency = restored.post
    fresh = agency.accept("单位自己收的", unit=AGENCY_CARD.unit)
    agency.sync()
    agency.record(fresh, NoteAdded(text="站得住的"))
    agency.sync()
    agency.record(fresh, Withdrawn(entry_id=last_entry(agency, fresh), why="想收回"))
    agency.sync()
    assert [each.code for each in agency.store.held()] == ["H107"]
    assert agency.store.order(fresh) == hub.store.order(fresh)
    assert agency.store.verify().sound, "also where nobody else has a hand in the order"

    before = restored.restore()

    assert restored.known() == before
    assert agency.store.order(fresh) == hub.store.order(fresh)
    assert agency.store.verify().sound


def test_an_order_that_was_never_its_concern_comes_back_only_in_its_own_words(
    number: Number, restored: Agency, hall: Post, hub: Hub
) -> None:
    agency, other = restored.post, hall.accept("别处的")
    hall.sync()
    agency.store.record(other, lambda order: (NoteAdded(text="误写"), None), officer=OFFICER)
    agency.sync()

    restored.restore()

    assert [event.fact for event in agency.store.view(other).story] == [NoteAdded(text="误写")]
    assert [each.code for each in agency.store.held()] == ["H106"]
    assert agency.store.verify().sound


def test_who_called_comes_back_in_its_own_words_however_confidential_the_order_is(
    hall: Post, number: Number, restored: Agency, hub: Hub
) -> None:
    agency = restored.post
    caller = Person(name="改后的来件人", phone="13800000001")
    agency.store.record(number, lambda order: (Corrected(reason="写错了"), caller), officer=OFFICER)
    agency.sync()
    hall.record(number, Corrected(reason="要求保密", confidential=True))
    hall.sync()
    agency.sync()

    restored.restore()

    told = [event.person for event in agency.store.view(number).story if event.station == AGENCY_CARD.station]
    assert told == [caller]
    assert agency.store.verify().sound


def test_what_had_to_go_up_without_its_words_comes_back_without_them(number: Number, restored: Agency, hub: Hub) -> None:
    """They were on the lost disk alone. That is told as such, and is no damage."""
    agency = restored.post
    hub.limits = Limits(line_bytes=20_000)
    agency.record(number, NoteAdded(text=BIG))
    agency.sync()

    restored.restore()

    assert [each.code for each in agency.store.held()] == ["H104"]
    assert agency.store.verify().sound
    assert agency.store.counts().balanced


def test_what_went_up_without_its_words_and_was_withdrawn_is_missed_by_nobody(
    number: Number, restored: Agency, hub: Hub
) -> None:
    """The hub asks for it no more; the PC that never had its words still knows that nothing is damaged."""
    agency = restored.post
    hub.limits = Limits(line_bytes=20_000)
    agency.record(number, NoteAdded(text=BIG))
    agency.sync()
    agency.record(number, Withdrawn(entry_id=last_entry(agency, number), why="写得太长"))
    agency.sync()

    restored.restore()

    assert agency.store.held() == ()
    agency.store.quarantine.take((), AGENCY_CARD)  # as when anything else on the hub's list has changed
    assert agency.store.verify().problems == ()


def test_an_erasure_the_hub_holds_is_obeyed_where_it_was_written(number: Number, restored: Agency, hall: Post) -> None:
    """The officer's decision about this PC's disk is not taken back by a restore."""
    agency = restored.post
    target = agency.store.view(number).story[0].entry_id
    agency.record(number, WordsErased(entry_id=target, ground="本人申请", erasure=Erasure.BOTH))
    agency.sync()

    before = restored.restore()

    assert restored.known() == before
    assert [each.code for each in agency.store.held()] == ["H106"]
    assert agency.store.verify().sound


def test_what_was_released_meanwhile_comes_back_released(number: Number, restored: Agency, hall: Post, hub: Hub) -> None:
    agency = restored.post
    agency.finish(number)
    agency.sync()
    restored.post.store.close()
    hub.store.quarantine.recheck({AGENCY_CARD.station: a_card("20", StationRole.CENTRE, AGENCY_CARD.unit)})
    agency.store = put_back(agency.store, restored.folder, restored.copy)

    agency.sync()

    assert agency.store.held() == ()
    assert agency.store.order(number) == hub.store.order(number)
    assert isinstance(agency.store.view(number).story[-1].fact, Finished)
    assert agency.store.verify().sound


def test_others_get_nothing_of_it_by_any_cursor_or_life(
    number: Number, restored: Agency, hall: Post, centre: Post, hub: Hub
) -> None:
    agency = restored.post
    agency.finish(number)
    wrong = last_entry(agency, number)
    agency.sync()

    for card in (a_card(), a_card("90", StationRole.CENTRE, "37032300"), a_card("21", StationRole.AGENCY, AGENCY_CARD.unit)):
        page = hub.store.page_for(card, after=0, limit=99, life=Life(""))
        assert wrong not in {each.entry.entry_id for each in page.entries}
        assert not any(each.held for each in page.entries)


def test_a_page_carries_why_and_an_end_that_does_not_say_it_means_nothing(number: Number, restored: Agency, hub: Hub) -> None:
    agency = restored.post
    agency.finish(number)
    agency.sync()
    page = hub.store.page_for(AGENCY_CARD, after=0, limit=99, life=Life("B"))

    carried = pages.decode(pages.encode(page))

    assert carried == page
    assert [each.held for each in carried.entries if each.held] == ["H106"]


def test_an_own_chain_comes_back_in_its_own_order_page_by_page(
    enrolled: Callable[..., Post], number: Number, restored: Agency, centre: Post, hub: Hub
) -> None:
    """Also where the order of an earlier record begins to concern its writer only later."""
    agency, other = restored.post, centre.accept("后来才派来的")
    centre.sync()
    agency.record(other, NoteAdded(text="先写了"))
    agency.accept("自己收的", unit=AGENCY_CARD.unit)
    agency.sync()
    centre.sync()
    centre.dispatch(other)
    centre.sync()
    cards: StationCard = AGENCY_CARD
    own: list[int] = []
    cursor, complete = 0, False
    while not complete:
        page: Page = hub.store.page_for(cards, after=cursor, limit=1, life=Life("B"))
        own += [each.entry.serial for each in page.entries if each.entry.station == cards.station]
        cursor, complete = page.cursor, page.complete

    assert own == [1, 2]


def test_a_page_alone_says_so_before_anything_is_proven(number: Number, restored: Agency, hub: Hub) -> None:
    """A parcel's reader proves nothing; and an officer may look before the round is over."""
    agency = restored.post
    fresh = agency.accept("单位自己收的", unit=AGENCY_CARD.unit)
    agency.record(fresh, NoteAdded(text="站得住的"))
    agency.sync()
    agency.record(fresh, Withdrawn(entry_id=last_entry(agency, fresh), why="想收回"))
    agency.finish(number)
    agency.sync()
    agency.store = put_back(agency.store, restored.folder, restored.copy)

    agency.store.take_in(hub.store.page_for(AGENCY_CARD, after=agency.store.cursor(), limit=99, life=agency.store.life()))

    assert [each.code for each in agency.store.held()] == ["H107", "H106"]
    assert agency.store.order(fresh) == hub.store.order(fresh), "a refused withdrawal is not folded"
    assert agency.store.verify().sound
