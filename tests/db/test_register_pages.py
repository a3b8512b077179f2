"""台账 by pages: everything once, in the order asked for, whichever way round, and reached by leaps as by steps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from county_hotline.domain.facts import SignedFor, SuspensionAsked, SuspensionDecided
from county_hotline.domain.views import RegisterQuery, RegisterRow, RegisterSort
from county_hotline.domain.vocabulary import Channel, MatterKind, SuspensionReason, Urgency
from county_hotline.ids import Number
from tests.support.builders import HOUSING, WATER, an_order
from tests.support.stations import Station

BOTH_WAYS = [(sort, is_reversed) for sort in RegisterSort for is_reversed in (False, True)]


def paged(hall: Station, query: RegisterQuery, limit: int = 4) -> Iterator[RegisterRow]:
    after = None
    while True:
        page = hall.store.register(query, after=after, limit=limit)
        yield from page.rows
        after = page.next_after
        if after is None:
            return


@pytest.fixture
def many(hall: Station) -> list[Number]:
    """Orders with and without a limit, a unit, an end, many alike in each."""
    numbers = []
    for place in range(23):
        hall.clock.advance(minutes=place % 3)
        numbers.append(hall.accept(due_on=f"2026-12-{1 + place % 5:02d}" if place % 4 else ""))
        if place % 3:
            unit = (WATER, HOUSING)[place % 2]
            hall.dispatch(numbers[-1], unit)
            if place % 5 == 0:
                hall.finish(numbers[-1])
    return numbers


def value(row: RegisterRow, sort: RegisterSort) -> int | str:
    values: dict[RegisterSort, int | str] = {
        RegisterSort.TIME: row.accepted_at,
        RegisterSort.DUE: row.due_at,
        RegisterSort.STAGE: int(row.stage),
        RegisterSort.AGENCY: row.agency,
        RegisterSort.FINISHED: row.finished_at or 0,
    }
    return values[sort]


def test_every_row_comes_once_in_the_order_asked_for_those_without_last(hall: Station, many: list[Number]) -> None:
    for sort, is_reversed in BOTH_WAYS:
        in_order(hall, many, sort, is_reversed=is_reversed)


def in_order(hall: Station, many: list[Number], sort: RegisterSort, *, is_reversed: bool) -> None:
    rows = list(paged(hall, RegisterQuery(sort=sort, is_reversed=is_reversed)))

    assert sorted(row.number for row in rows) == sorted(many)
    values = [value(row, sort) for row in rows]
    there = [each for each in values if each]
    descends = (sort in (RegisterSort.TIME, RegisterSort.FINISHED)) != is_reversed
    assert there == sorted(there, reverse=descends)
    assert values[len(there) :] == [each for each in values if not each]


def test_a_leap_lands_where_steps_lead(hall: Station, many: list[Number]) -> None:
    for sort, is_reversed in BOTH_WAYS:
        leaps(hall, many, sort, is_reversed=is_reversed)


def leaps(hall: Station, many: list[Number], sort: RegisterSort, *, is_reversed: bool) -> None:
    query = RegisterQuery(sort=sort, is_reversed=is_reversed)
    rows = list(paged(hall, query))
    first = hall.store.register(query, after=None, limit=2).next_after

    for begun, after in ((0, None), (2, first)):
        for far in range(1, len(many) - begun):
            edge = hall.store.register_further(query, after=after, rows=far)
            assert edge is not None
            page = hall.store.register(query, after=edge, limit=50)
            assert list(page.rows) == rows[begun + far :]
            assert page.total == len(many)
        assert hall.store.register_further(query, after=after, rows=len(many) - begun + 1) is None


def test_each_filter_keeps_what_it_says(hall: Station) -> None:
    plain = hall.accept()
    letter = hall.accept(channel=Channel.LETTER)
    tip = hall.accept(matter_kind=MatterKind.TIP_OFF)
    urgent = hall.accept(urgency=Urgency.URGENT)
    elsewhere = hall.accept(place="370323104200")
    closed = hall.accept(confidential=True)

    def found(query: RegisterQuery) -> set[Number]:
        return {row.number for row in paged(hall, query)}

    assert found(RegisterQuery(channel=Channel.LETTER)) == {letter}
    assert found(RegisterQuery(matter_kind=MatterKind.TIP_OFF)) == {tip}
    assert found(RegisterQuery(urgency=Urgency.URGENT)) == {urgent}
    assert found(RegisterQuery(place="370323104")) == {elsewhere}
    assert found(RegisterQuery(confidential_only=True)) == {closed}
    assert plain in found(RegisterQuery(place=an_order().place[:9]))


def test_what_stands_still_is_found_while_it_does(hall: Station) -> None:
    number, other = hall.accept(), hall.accept()
    for each in (number, other):
        hall.dispatch(each, WATER)
        hall.record(each, SignedFor(agency=WATER))
    asking = SuspensionAsked(
        agency=WATER, reason=SuspensionReason.SEASON, words="等汛期过去", resume_when="水退", review_on="2026-12-20"
    )
    application = hall.record(number, asking).open_application()
    assert application is not None
    decided = SuspensionDecided(agency=WATER, approved=True, opinion="同意", asked=application.entry_id)
    hall.record(number, decided)

    assert [row.number for row in paged(hall, RegisterQuery(suspended_only=True))] == [number]
