"""P5: after a round both ends have the same, and prove it; what harms one record at either end is found, named and told, and nothing goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
import pytest
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.store import Store
from county_hotline.domain import proving
from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.proving import Which
from county_hotline.domain.views import RoundReport
from county_hotline.domain.vocabulary import StationRole
from county_hotline.hub import endpoints
from county_hotline.hub.asking import Hub
from county_hotline.ids import Number
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.line import HOUSING, URL, WATER, DirectWire, Post, a_card
from tests.support.ticking_clock import TickingClock
from tests.sync.conftest import Enrol

ORDERS = 90


def harm(store: Store, *statements: str) -> None:
    """What no program of ours does: the triggers are taken away, rows are changed behind the journal's back."""
    with store.immediate() as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)


def whole(post: Post) -> RoundReport:
    post.store.proof.ask_for_all()
    return post.sync()


def without(number: int) -> tuple[str, ...]:
    """One entry is gone, with all that hangs on it."""
    tables = ("words", "persons", "receipts", "ranks", "entries")
    return tuple(f"DELETE FROM {table} WHERE entry = {number}" for table in tables)


@pytest.fixture
def busy(hall: Post, centre: Post, agency: Post) -> list[Number]:
    """A county with some hundred records: own ones, others', late ones."""
    numbers = [hall.accept(f"第{place}件") for place in range(ORDERS)]
    hall.sync()
    centre.sync()
    for number in numbers[::3]:
        centre.dispatch(number)
    centre.sync()
    agency.sync()
    for number in numbers[::3]:
        agency.sign_for(number)
    for post in (agency, hall, centre):
        assert post.sync().differences == ()
    return numbers


def test_after_each_round_both_ends_agree_and_say_so_in_one_question(busy: list[Number], hall: Post, agency: Post) -> None:
    hall.record(busy[0], NoteAdded(text="又来电话"))
    asked = agency.sync()
    hall.sync()

    report = agency.sync()

    assert (asked.differences, report.differences) == ((), ())
    assert report.received == 1
    assert report.requests <= 4, "hello, heads, a page, one question about all of it"


def test_a_round_in_which_nothing_moved_asks_nothing(busy: list[Number], agency: Post) -> None:
    agency.sync()

    assert agency.sync().requests <= 3


@pytest.mark.parametrize("place", [1, 40, 100])
@pytest.mark.parametrize("end", ["here", "there"])
@pytest.mark.parametrize("what", ["removed", "changed", "doubled"])
def test_one_record_harmed_at_either_end_is_found_named_and_told(
    what: str, end: str, place: int, busy: list[Number], centre: Post, hub: Hub
) -> None:
    store = centre.store if end == "here" else hub.store
    row, seq, number = (
        store.database.connection()
        .execute(
            "SELECT e.entry, r.hub_seq, e.work_order FROM entries e JOIN receipts r ON r.entry = e.entry "
            "WHERE e.station <> '370323-90' ORDER BY r.hub_seq LIMIT 1 OFFSET ?",
            (place,),
        )
        .fetchone()
    )
    top = 10_000
    harms = {
        "removed": without(row),
        "changed": (f"UPDATE entries SET hash = x'{'ab' * 32}' WHERE entry = {row}",),
        "doubled": (
            f"INSERT INTO entries SELECT {top}, 'twin', work_order, station, 'Z', 1, basis, officer, recorded_at, clock_note, kind, "
            f"version, words_hash, person_hash, prev_hash, hash, algorithm FROM entries WHERE entry = {row}",
            f"INSERT INTO receipts VALUES ({centre.store.cursor()} + 1, {top}, 1)",
        ),
    }
    harm(store, *harms[what])
    if what == "doubled":
        centre.store.set_note("sync.cursor", str(centre.store.cursor() + 1))
    before = centre.entries(), hub.store.verify().entries

    report = whole(centre)

    expected = {
        ("removed", "there"): Which.EXTRA,
        ("changed", "here"): Which.OTHER,
        ("changed", "there"): Which.OTHER,
        ("doubled", "here"): Which.EXTRA,
        ("doubled", "there"): Which.OTHER,  # asked for again it is taken in as what it says, and that is not what the hub sums
    }.get((what, end))
    if expected is None:
        assert report.differences == (), "asked for again, and here again"
        assert centre.entries() == before[0] + 1
        assert centre.store.order(number) == hub.store.order(number)
    else:
        (told,) = report.differences
        assert told.which is expected
        assert told.number == number
        assert told.place == (centre.store.cursor() if what == "doubled" else seq)
        assert centre.store.proof.differences() == report.differences
        assert not centre.store.counts().balanced
        assert hub.store.verify().entries == before[1]
        assert centre.entries() - before[0] == (1 if (what, end) == ("doubled", "there") else 0), "nothing was deleted"


@pytest.mark.parametrize("end", ["here", "there"])
def test_one_record_of_its_own_gone_from_the_middle_of_its_chain_is_found(
    end: str, busy: list[Number], hall: Post, hub: Hub
) -> None:
    store = hall.store if end == "here" else hub.store
    row = (
        store.database.connection()
        .execute("SELECT entry FROM entries WHERE station = '370323-03' AND serial = 50")
        .fetchone()[0]
    )
    harm(store, *without(row))

    report = whole(hall)

    if end == "here":
        assert report.differences == (), "it came back with a page"
        assert hall.store.order(busy[49]).accepted is not None
    else:
        (told,) = report.differences
        assert (told.which, told.chain, told.place, told.number) == (Which.EXTRA, "A", 50, busy[49])


def test_what_differed_and_does_no_more_is_struck_from_the_note(busy: list[Number], centre: Post, hub: Hub) -> None:
    harm(
        hub.store,
        "UPDATE concerns SET since = since",
        "INSERT INTO held SELECT entry_id, 'H102', 1 FROM entries WHERE entry = 5",
    )
    assert [each.which for each in whole(centre).differences] == [Which.EXTRA]
    assert not centre.store.counts().balanced

    hub.storage.recheck()
    centre.sync()

    assert centre.store.proof.differences() == ()
    assert centre.store.counts().balanced


def test_what_comes_late_and_what_is_released_counts_the_same_on_both_sides(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    numbers = [hall.accept(str(place)) for place in range(12)]
    hall.dispatch(numbers[0])  # held
    hall.sync()
    reports = [centre.sync()]
    for place, number in enumerate(numbers[1:6]):
        centre.dispatch(number, WATER if place % 2 else HOUSING)
        reports += [centre.sync(), agency.sync(), hall.sync()]
    card = hall.store.station()
    assert card is not None
    hub.store.quarantine.recheck({card.station: msgspec.structs.replace(card, role=StationRole.CENTRE)})
    reports += [hall.sync(), agency.sync(), centre.sync(), whole(agency), whole(hall), whole(centre)]

    assert [report.differences for report in reports] == [()] * len(reports)
    assert agency.store.order(numbers[0]).entries == 2


def test_a_station_that_belongs_to_another_unit_now_gets_what_concerns_it_by_that(
    busy: list[Number], centre: Post, enrolled: Enrol, hub: Hub
) -> None:
    for number in busy[1::3]:
        centre.dispatch(number, HOUSING)
    centre.sync()
    post = enrolled(a_card("21", StationRole.AGENCY, WATER), TickingClock())
    post.sync()
    had = post.entries()
    post.store.set_station(a_card("21", StationRole.AGENCY, HOUSING))
    from tests.hub.test_held import corrected_at_the_hub

    corrected_at_the_hub(post, hub, unit=HOUSING)
    report = whole(post)

    assert report.differences == ()
    assert post.entries() > had
    assert post.store.order(busy[1]).accepted is not None


def test_a_hub_that_cannot_prove_is_not_asked(
    busy: list[Number], centre: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = endpoints.ENDPOINTS["GET", "/v1/hello"]

    def hello_of_before(hub: Hub, question: object) -> object:
        reply = plain(hub, question)  # type: ignore[arg-type]
        body = msgspec.json.decode(reply.body)
        del body["proves"]
        return (
            msgspec.structs.replace(reply, body=msgspec.json.encode(body))
            if isinstance(reply, msgspec.Struct)
            else type(reply)(msgspec.json.encode(body))
        )

    monkeypatch.setitem(endpoints.ENDPOINTS, ("GET", "/v1/hello"), hello_of_before)
    for path in ("/v1/agreement", "/v1/proof", "/v1/held"):
        monkeypatch.delitem(endpoints.ENDPOINTS, ("GET", path))
    centre.record(busy[0], NoteAdded(text="记一笔"))

    report = centre.sync()

    assert (report.fault, report.complete, report.differences) == ("", True, ())


def test_a_line_that_breaks_while_it_is_proven_spoils_no_round(busy: list[Number], centre: Post, hub: Hub) -> None:
    class Cut(HttpTransport):
        def ask(self, method: str, target: str, **more: object) -> bytes:
            from county_hotline.errors import Unreachable

            raise Unreachable("N105")

    centre.transport = Cut(URL, centre.pair, centre.hub.key, clock=centre.clock, wire=DirectWire(hub))
    centre.record(busy[0], NoteAdded(text="记一笔"))

    report = centre.sync()

    assert (report.fault, report.complete) == ("", True)


def test_what_is_new_counts_what_came_late_on_both_sides_so_that_one_question_is_enough(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = hall.accept()
    hall.sync()
    agency.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    before, card = agency.store.cursor(), agency.store.station()
    assert card is not None

    report = agency.sync()

    assert report.received == 2
    assert hub.store.proof.new_for(card, after=before, at=agency.store.cursor()).count == 2
    assert report.requests <= 4


# ---------------------------------------------------------------- what one question costs


def work_of(ask: Callable[[], object], db: Connection) -> int:
    """Tens of steps of SQLite's machine."""
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    db.set_progress_handler(step, 10)
    try:
        ask()
    finally:
        db.set_progress_handler(None, 0)
    return steps[0]


def test_however_much_is_asked_about_one_question_reads_only_so_much(
    hall: Post, centre: Post, agency: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much there is: for the station that wrote all, for one that sees all, and for one that sees as much by what it was given."""
    monkeypatch.setattr(proving, "MOST_READ", 50)
    posts, db = (hall, centre, agency), hub.store.database.connection()
    targets = [f"/v1/proof?of={what}&from=0&to={1 << 40}&at={1 << 40}" for what in ("entries", "chain&life=A")]
    worked: list[list[int]] = []

    for _ in range(2):
        numbers = [hall.accept(str(nth)) for nth in range(120)]
        hall.sync()
        centre.sync()
        for number in numbers:
            centre.dispatch(number)
        centre.sync()
        worked.append([work_of(partial(post.transport.ask, "GET", target), db) for post in posts for target in targets])

    for once, twice in zip(*worked, strict=True):
        assert 0 < twice < 1.2 * once + 20, worked


def test_too_much_for_one_question_is_asked_about_in_parts(
    busy: list[Number], hall: Post, centre: Post, agency: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "MOST_READ", 10)
    assert [whole(post).differences for post in (hall, centre, agency)] == [(), (), ()]
    place = hub.store.database.connection().execute("SELECT hub_seq FROM receipts WHERE entry = 40").fetchone()[0]
    there = "SELECT e.entry FROM entries e JOIN receipts r ON r.entry = e.entry WHERE r.hub_seq = ?"
    (row,) = centre.store.database.connection().execute(there, (place,)).fetchone()
    harm(centre.store, *without(row))

    assert whole(centre).differences == (), "asked for again, and here again"
    assert centre.store.database.connection().execute(there, (place,)).fetchone() is not None
