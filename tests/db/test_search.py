"""Any piece of an order's text finds it, and nothing else is found: newest orders and indexed ones alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables import search
from county_hotline.domain.civil_time import end_of_day_ms
from county_hotline.domain.facts import EmergencyTransferred, Finished, Merged, PathTold
from county_hotline.domain.simplified import forms
from county_hotline.domain.views import RegisterQuery, RegisterSort
from county_hotline.domain.vocabulary import EmergencyLine, HandedOver, Outcome, Stage
from county_hotline.ids import AgencyCode, Number
from tests.support.builders import HOUSING, WATER, a_caller
from tests.support.stations import Station

FEW = "路灯燈不亮水管Ａab1-，。 \n𠮷吉䶮㎡é_\ue000"
TEXTS = st.text(st.sampled_from(FEW), max_size=10)
DUE = end_of_day_ms("2026-11-22")


def plain(text: str) -> str:
    """What `search.flat` must answer, letter by letter."""
    letters = (c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
    return "".join(forms().get(ord(c), c) for c in letters)


def oracle(documents: Sequence[Sequence[str]], names: Sequence[Sequence[str]], typed: str) -> set[int]:
    pieces = [plain(piece) for piece in typed.split() if plain(piece)]
    if not pieces:
        return set()
    found = {place for place, fields in enumerate(documents) if all(any(piece in plain(f) for f in fields) for piece in pieces)}
    return found | {place for place, each in enumerate(names) if plain(typed) in {plain(name) for name in each}}


def rows_of(db: Connection, wanted: search.Wanted) -> set[int]:
    rows, values = wanted.rows()
    return {row[0] for row in db.execute(f"SELECT rowid FROM {rows}", values)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    documents=st.lists(st.lists(TEXTS, max_size=4), min_size=1, max_size=5),
    name=TEXTS,
    typed=st.text(st.sampled_from(FEW), min_size=1, max_size=4),
    indexed=st.booleans(),
)
def test_what_is_found_is_what_holds_every_piece(
    hall: Station, documents: list[list[str]], name: str, typed: str, indexed: bool
) -> None:
    names = [[name]] + [[]] * (len(documents) - 1)
    lines = [search.line_of(place, fields, names[place]) for place, fields in enumerate(documents)]
    db = hall.store.database.connection()
    search.clear(db)
    if indexed:
        db.executemany("INSERT INTO search (rowid, pairs) VALUES (?,?)", [(line.row, search._words(line)) for line in lines])
    else:
        search.add(db, lines)

    wanted = search.wanted(typed)
    found = rows_of(db, wanted) if wanted else set()

    assert found == oracle(documents, names, typed)


@given(text=st.text())
def test_text_is_flattened_letter_by_letter(text: str) -> None:
    assert search.flat(text) == plain(text)


def test_the_hundredth_order_sends_all_of_them_into_the_index(hall: Station) -> None:
    numbers = [hall.accept(title=f"第{place}件事") for place in range(search.NEWEST + 3)]
    db = hall.store.database.connection()

    assert db.execute("SELECT count(*) FROM search_newest").fetchone()[0] == 3
    assert search.size(db) == len(numbers)
    for place in (0, 50, search.NEWEST + 2):
        found = hall.store.register(RegisterQuery(text=f"第{place}件事"), after=None, limit=9)
        assert [row.number for row in found.rows] == [numbers[place]]


@pytest.mark.parametrize("indexed", [False, True])
def test_a_corrected_text_is_found_and_the_old_one_is_not(hall: Station, indexed: bool) -> None:
    number = hall.accept(title="水管漏水")
    if indexed:
        for _ in range(search.NEWEST):
            hall.accept()

    hall.correct(number, title="井盖破损")

    assert [row.number for row in hall.store.register(RegisterQuery(text="井盖"), after=None, limit=9).rows] == [number]
    assert hall.store.register(RegisterQuery(text="水管"), after=None, limit=9).total == 0
    assert hall.store.verify().sound


def test_a_confidential_caller_is_not_found_by_name_or_phone(hall: Station) -> None:
    hall.accept(a_caller(name="保密某人", phone="13911112222"), confidential=True)

    assert hall.store.register(RegisterQuery(text="保密某人"), after=None, limit=9).total == 0
    assert hall.store.register(RegisterQuery(text="1391111"), after=None, limit=9).total == 0
    assert hall.store.by_phone("13911112222") == ()


def test_what_was_told_its_path_or_handed_over_is_ended_and_not_overdue(hall: Station) -> None:
    told, handed, merged = (hall.accept(due_on="2026-11-22") for _ in range(3))
    hall.record(told, PathTold(reason="03", words="应向法院提出", path="12368"))
    hall.record(
        handed, EmergencyTransferred(line=EmergencyLine.FIRE, handed_at=hall.clock.now, result=HandedOver.TAKEN, words="着火")
    )
    hall.record(merged, Merged(into=told))

    assert [hall.store.order(number).stage for number in (told, handed, merged)] == [Stage.TOLD, Stage.EMERGENCY, Stage.MERGED]
    assert hall.store.register(RegisterQuery(overdue_before="2026-12-31"), after=None, limit=9).total == 0
    assert hall.store.register(RegisterQuery(ended=True), after=None, limit=9).total == 3


def test_orders_are_found_by_the_leaders_line_and_the_campaign_they_belong_to(hall: Station) -> None:
    line, campaign = hall.accept(event="2026-03"), hall.accept(campaign="heating")
    hall.accept()

    (found,) = hall.store.register(RegisterQuery(event="2026-03"), after=None, limit=9).rows
    assert (found.number, found.event) == (line, "2026-03")
    (found,) = hall.store.register(RegisterQuery(campaign="heating"), after=None, limit=9).rows
    assert (found.number, found.campaign) == (campaign, "heating")


def test_an_upper_levels_tighter_limit_is_the_one_an_order_is_sorted_and_late_by(hall: Station) -> None:
    hall.accept(due_on="2026-11-23", title="自定")
    hall.accept(due_on="2026-11-30", external_due_at=DUE, title="上级")

    rows = hall.store.register(RegisterQuery(sort=RegisterSort.DUE), after=None, limit=9).rows

    assert [(row.title, row.due_at) for row in rows] == [("上级", DUE), ("自定", DUE + 86_400_000)]
    assert [row.title for row in hall.store.register(RegisterQuery(overdue_at=DUE + 1), after=None, limit=9).rows] == ["上级"]


def test_the_registers_filters_hold_together(hall: Station) -> None:
    early = hall.accept(category="0102", title="甲")
    hall.clock.advance(days=1)
    late = hall.accept(category="0203", due_on="2026-11-22", title="乙")
    hall.dispatch(early, WATER)
    hall.record(early, Finished(outcome=Outcome.SOLVED))

    def shown(**given: object) -> set[Number]:
        return {row.number for row in hall.store.register(RegisterQuery(**given), after=None, limit=9).rows}  # type: ignore[arg-type]

    assert shown(stages=(Stage.TO_DISPATCH,)) == {late}
    assert shown(stages=(Stage.FINISHED,)) == {early}
    assert shown(since=hall.clock.now) == {late}
    assert shown(until=hall.clock.now) == {early}
    assert shown(category="01") == {early}
    assert shown(agency=WATER) == {early}
    assert shown(agency=HOUSING) == set()
    assert shown(agency=AgencyCode("")) == shown() == {early, late}
    assert shown(overdue_before="2026-11-23") == {late}
    assert shown(overdue_at=DUE + 1) == {late}
    assert shown(overdue_at=DUE) == shown(overdue_before="2026-11-22") == set()
    assert shown(ended=True) == {early}
    assert shown(ended=False) == {late}
    assert shown(ended=True, stages=(Stage.TO_DISPATCH,)) == set()
    assert shown(waiting_only=True) == {early, late}
    assert shown(clashes_only=True) == set()
    assert shown(text="，") == set()
    assert hall.store.by_phone("138") == ()
    assert [row.number for row in hall.store.by_phone("138-0013-8000")] == [late, early]
