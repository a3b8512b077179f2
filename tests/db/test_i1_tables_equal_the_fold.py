"""I1: the tables equal the fold of the journal, after every commit and after any kill."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from county_hotline.db.store import Store
from county_hotline.domain.facts import (
    Corrected,
    Dispatched,
    Finished,
    MoreAsked,
    NoteAdded,
    PathTold,
    Replied,
    Reviewed,
    SendBackAsked,
    SignedFor,
    SiteFindings,
    SupervisionClosed,
    SupervisionIssued,
    SupervisionReplied,
    UnitsCalled,
)
from county_hotline.domain.receipts import Head
from county_hotline.domain.vocabulary import AssignmentRole, Erasure, Outcome, SendBackReason, SupervisionCause, Urgency
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from tests.support.builders import HOUSING, OFFICER, WATER, a_caller, an_entry, head_of, made
from tests.support.stations import Box, County, Station
from tests.support.ticking_clock import MORNING, TickingClock

TABLES = ("work_orders", "assignments", "tasks", "clashes")
TEXTS = st.text(st.sampled_from("路灯不亮水管𠮷䶮ab12 \n，"), min_size=1, max_size=12).filter(lambda text: text.strip() != "")
UNITS = st.sampled_from([WATER, HOUSING])
MOMENTS = st.sampled_from([0, MORNING, MORNING + 86_400_000])
NAMES = st.sampled_from(["1", "2"])
CALLED = ("meet_where", "matter", "handler", "in_charge", "chief")
FACTS = st.one_of(
    st.builds(
        Dispatched, agency=st.sampled_from([WATER, HOUSING]), role=st.sampled_from(AssignmentRole), due_on=st.just("2026-12-01")
    ),
    st.builds(SignedFor, agency=st.sampled_from([WATER, HOUSING])),
    st.builds(Replied, agency=st.sampled_from([WATER, HOUSING]), internal=TEXTS, public=TEXTS),
    st.builds(Finished, outcome=st.sampled_from(Outcome)),
    st.builds(
        Corrected,
        reason=TEXTS,
        title=st.none() | TEXTS,
        confidential=st.none() | st.booleans(),
        urgency=st.none() | st.sampled_from(Urgency),
    ),
    st.builds(NoteAdded, text=TEXTS),
    st.builds(Reviewed, agency=UNITS, passed=st.booleans(), follow_up_by=MOMENTS),
    st.builds(SendBackAsked, agency=UNITS, reason=st.just(SendBackReason.NOT_OUR_DUTY), words=TEXTS),
    st.builds(MoreAsked, wanted=TEXTS, by=MOMENTS),
    st.builds(PathTold, reason=st.just("03"), words=TEXTS, path=TEXTS),
    st.builds(
        UnitsCalled,
        call=NAMES,
        caller=UNITS,
        agencies=st.just((WATER, HOUSING)),
        meet_at=MOMENTS,
        **dict.fromkeys(CALLED, TEXTS),
    ),
    st.builds(SiteFindings, call=NAMES, caller=UNITS, findings=TEXTS),
    st.builds(
        SupervisionIssued,
        supervision=NAMES,
        cause=st.sampled_from(SupervisionCause),
        agencies=st.just((WATER,)),
        requirement=TEXTS,
        reply_by=MOMENTS,
    ),
    st.builds(SupervisionReplied, supervision=NAMES, agency=UNITS, words=TEXTS),
    st.builds(SupervisionClosed, supervision=NAMES, opinion=TEXTS),
)


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything folded, and everything that can be found with the rows it is found in."""
    db = store.database.connection()
    shown = {name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in TABLES}
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab('main', 'search', 'instance')")
    found = set(db.execute("SELECT doc, term FROM terms").fetchall())
    from county_hotline.db.tables import search

    for row in db.execute("SELECT row, text, names FROM search_newest"):
        line = search.Line(*row)
        found |= {(line.row, word) for word in search._words(line).split()}
    return {**shown, "search": sorted(found)}


def assert_folded(box: Box) -> None:
    report = box.store.verify()
    before = tables(box.store)
    box.store.rebuild()

    assert report.sound, report.problems
    assert tables(box.store) == before
    assert box.store.counts().balanced


class TheTablesEqualTheFold(RuleBasedStateMachine):
    """Two desks of a centre and a hall act, exchange with a hub in any order, restart, rebuild, and erase."""

    numbers = Bundle("numbers")
    places = st.sampled_from(["hall", "centre", "second", "agency"])

    @initialize()
    def begin(self) -> None:
        self._folder = tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        self.county = County(Path(self._folder.name), TickingClock())
        self.foreign: dict[str, Head] = {}

    def teardown(self) -> None:
        if not hasattr(self, "county"):
            return
        try:
            for box in (self.county.hub, *self.county.stations):
                assert_folded(box)
        finally:
            self.county.close()
            self._folder.cleanup()

    @rule(target=numbers, where=places, title=TEXTS, confidential=st.booleans(), phone=st.sampled_from(["", "13800138000"]))
    def accept(self, where: str, title: str, confidential: bool, phone: str) -> Number:
        person = a_caller(phone=phone)
        return self.station(where).store.accept(made(person, title=title, confidential=confidential), officer=OFFICER).number

    @rule(where=places, number=numbers, fact=FACTS, renamed=st.booleans())
    def act(self, where: str, number: Number, fact: object, renamed: bool) -> None:
        person = a_caller(name="改后的人") if renamed and isinstance(fact, Corrected) else None
        self.station(where).record(number, fact, person)  # type: ignore[arg-type]

    @rule(where=places, number=numbers, which=st.integers(0, 9), erasure=st.sampled_from(Erasure))
    def erase(self, where: str, number: Number, which: int, erasure: Erasure) -> None:
        story = self.station(where).store.view(number).story
        if story:
            self.station(where).erase(number, story[which % len(story)].entry_id, erasure)

    @rule(where=places, number=numbers)
    def refuse(self, where: str, number: Number) -> None:
        def decide(order: object) -> tuple[NoteAdded, None]:
            raise Refusal("R170", number=number)

        with contextlib.suppress(Refusal):
            self.station(where).store.record(number, decide, officer=OFFICER)

    @rule(
        number=numbers,
        kind=st.sampled_from(["work_order.from_a_newer_release", "work_order.dispatched", "work_order.note_added"]),
    )
    def a_newer_station_writes(self, number: Number, kind: str) -> None:
        """A kind unknown here, a version unknown here, and words that cannot be read (which the hub holds back)."""
        version = 9 if kind.endswith("dispatched") else 1
        fact = Finished(outcome=Outcome.SOLVED)
        entry = an_entry(number, fact, after=self.foreign.get("09"), kind=kind, version=version)
        self.county.hub.store.receive(entry.station, [entry], signature=b"", now_ms=1)
        self.foreign["09"] = head_of(entry)

    @rule(where=places, batch=st.integers(1, 7))
    def send(self, where: str, batch: int) -> None:
        self.county.hub.take_from(self.station(where), batch=batch)

    @rule(where=places, batch=st.integers(1, 7))
    def send_and_lose_the_answer(self, where: str, batch: int) -> None:
        station = self.station(where)
        for life in station.store.unsent_lives():
            entries = station.store.unsent(life, after=station.store.receipted(life), limit=batch)
            self.county.hub.store.receive(station.card.station, entries, signature=b"", now_ms=1)

    @rule(number=numbers)
    def two_desks_act_unseen_and_the_one_that_spoke_first_hears_last(self, number: Number) -> None:
        """The steering rule: chance alone hardly ever leads two desks to one order."""
        here, there = (
            self.county.sharing(number) if number in self.county.hub.numbers() else (self.county.centre, self.county.second)
        )
        here.dispatch(number, WATER)
        there.dispatch(number, HOUSING)
        self.send_and_lose_the_answer(where="centre", batch=7)
        self.county.hub.take_from(there)
        self.county.hub.give_to(here)
        self.county.hub.take_from(here)

    @rule(where=places, limit=st.integers(1, 7))
    def read(self, where: str, limit: int) -> None:
        self.county.hub.give_to(self.station(where), limit=limit)

    @rule(where=places, limit=st.integers(1, 7))
    def read_one_page_twice(self, where: str, limit: int) -> None:
        station = self.station(where)
        page = self.county.hub.store.page_for(
            station.card, after=station.store.cursor(), limit=limit, life=station.store.life()
        )
        station.store.take_in(page)
        before = tables(station.store)
        station.store.take_in(page)
        assert tables(station.store) == before

    @rule(where=places)
    def restart(self, where: str) -> None:
        self.station(where).restart()

    @rule(where=places)
    def begin_a_new_life(self, where: str) -> None:
        if self.station(where).store.life() < "M":
            self.station(where).store.begin_life()

    @invariant()
    def the_tables_are_what_the_journal_says(self) -> None:
        if hasattr(self, "county"):
            for box in (self.county.hub, *self.county.stations):
                report = box.store.verify()
                assert report.sound, report.problems
            for station in self.county.stations:
                assert station.store.counts().balanced

    def station(self, where: str) -> Station:
        found: Station = getattr(self.county, where)
        return found


TestTheTablesEqualTheFold = TheTablesEqualTheFold.TestCase
TestTheTablesEqualTheFold.settings = settings(stateful_step_count=25)


def test_a_rebuild_of_more_orders_than_it_folds_at_once_makes_the_same_tables(hall: Station) -> None:
    numbers = [hall.accept(title=f"第{place}件") for place in range(130)]
    hall.dispatch(numbers[0])
    hall.correct(numbers[99], title="另一件事")
    before = tables(hall.store)

    count = hall.store.rebuild()

    assert count == 130
    assert tables(hall.store) == before


def test_a_table_that_was_tampered_with_is_noticed_and_mended(hall: Station) -> None:
    number = hall.accept()
    hall.dispatch(number)
    db = hall.store.database.connection()
    wounds = {
        "J104": "UPDATE work_orders SET title = '别的'",
        "J105": "DELETE FROM assignments",
        "J105 ": "UPDATE tasks SET due_at = due_at + 1",
        "J108": "CREATE TEMP TABLE other AS SELECT * FROM work_orders; UPDATE other SET row = 99; INSERT INTO work_orders SELECT * FROM other",
        "J108 ": "INSERT INTO tasks VALUES (99, 0, 'sign', '1', '', 0, 0, 0)",
        "J109": "DELETE FROM search_newest",
    }

    found = {}
    for code, wound in wounds.items():
        for statement in wound.split("; "):
            db.execute(statement)
        found[code] = [problem.split()[0] for problem in hall.store.verify().problems]
        hall.store.rebuild()

    assert all(code.strip() in found[code] for code in wounds), found
    assert hall.store.verify().sound
