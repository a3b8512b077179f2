"""台账 against a plain Python filter and sort: every page, every count, every leap, whatever is asked and whichever way it is answered.

The planner answers a question in several ways, by how much there is. All of them are tried over a hundred orders: what it calls few and
many, how far it looks at once and how many arrivals share a span are made small (`SIZES`).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from county_hotline.db import tables
from county_hotline.domain.civil_time import DAY_MS
from county_hotline.domain.reference import Place
from county_hotline.domain.tallies import NONE, Counted, Slice
from county_hotline.domain.views import RegisterQuery, RegisterRow, RegisterSort
from county_hotline.domain.vocabulary import Channel, MatterKind, Stage, Urgency
from tests.support import many_orders
from tests.support.many_orders import UNITS, Listed, ManyOrders
from tests.support.register_by_hand import shows, wanted
from tests.support.ticking_clock import MORNING

ORDERS: Final = 110
AS_SHIPPED: Final[dict[str, int]] = {}
SIZES: Final = (
    AS_SHIPPED,
    {"FEW": 4, "READ": 3, "COUNTED": 7, "READ_TO_WALKED": 0, "PER_ROW": 1},
    {"FEW": 0, "READ": 2, "COUNTED": 5, "READ_TO_WALKED": 1 << 40, "MANY": 0, "SORTED": 0, "LONGEST": 5, "LONG_SPAN": 1},
    {"FEW": 0, "READ": 16, "COUNTED": 200, "READ_TO_WALKED": 0, "MANY": 30, "SORTED": 10, "LONGEST": 9, "LONG_SPAN": 20},
)
"""As shipped a hundred orders are few and simply sorted; else they are read by arrival, or walked and picked from, or some of each."""
SPAN: Final = {"BLOCK_BITS": 3}


def modules() -> list[ModuleType]:
    return [import_module(f"{tables.__name__}.{each.name}") for each in pkgutil.iter_modules(tables.__path__)]


@contextmanager
def sized(sizes: dict[str, int]) -> Iterator[None]:
    """Wherever the planner keeps these sizes, they are other ones."""
    with pytest.MonkeyPatch.context() as patch:
        for name, size in sizes.items():
            having = [module for module in modules() if hasattr(module, name)]
            assert having, f"no table is read by {name}"
            for module in having:
                patch.setattr(module, name, size)
        yield


class World:
    """The orders, folded once, and what is asked of them."""

    def __init__(self, orders: ManyOrders) -> None:
        self.store = orders.centre.store
        self.places: tuple[Place, ...] = self.store.reference.places()
        self.listed: list[Listed] = orders.listed()
        self.by_number = {each.order.number: each for each in self.listed}

    def to_the_moment(self, query: RegisterQuery, place: int | None) -> RegisterQuery:
        """The same question, its moments being those of one order."""
        if place is None:
            return query
        order = self.listed[place % len(self.listed)].order
        return msgspec.structs.replace(
            query,
            since=query.since and order.accepted_at,
            until=query.until and order.accepted_at,
            overdue_at=query.overdue_at and order.due_at,
        )

    def pages(self, query: RegisterQuery, sizes: list[int], begun: str | None = None) -> list[RegisterRow]:
        """All rows by pages of these sizes in turn, each page's count looked at."""
        rows: list[RegisterRow] = []
        whole = len(wanted(self.listed, query, self.places))
        after, turn = begun, 0
        skipped = 0 if begun is None else None
        while True:
            limit = sizes[turn % len(sizes)]
            page = self.store.register(query, after=after, limit=limit)
            rows += page.rows
            assert len(page.rows) == limit or page.next_after is None
            assert (page.total <= whole) if page.is_more else (page.total == whole), (page.total, whole, query)
            assert skipped is None or page.total >= len(rows)
            after, turn = page.next_after, turn + 1
            if after is None:
                assert not page.is_more
                return rows


@pytest.fixture(scope="module", params=[1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 9))])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sized(SPAN):
        orders = ManyOrders(tmp_path_factory.mktemp("many"), request.param, ORDERS)
        yield World(orders)
        orders.close()


MOMENTS = st.integers(-10, 6).map(lambda days: MORNING + days * DAY_MS) | st.integers(-240, 150).map(
    lambda hours: MORNING + hours * many_orders.HOUR
)
CODES = st.sampled_from(["37", "370323", "370323109", "3703231", "370323109201", "370323104", "370323105"])
FIGURES = st.builds(
    Slice,
    st.sampled_from(Counted),
    since=MOMENTS,
    until=MOMENTS,
    at=st.just(MORNING),
    place=st.sampled_from(["", "", NONE, "370323109", "370323109201"]),
    is_place_alone=st.booleans(),
    category=st.sampled_from(["", "", NONE, "01"]),
    agency=st.sampled_from(["", "", NONE, *UNITS]),
    stage=st.sampled_from([None, None, *Stage]),
    not_places=st.sampled_from([(), (), ("370323109",)]),
    not_categories=st.sampled_from([(), (), ("01", "")]),
)
WORDS = sorted(
    {
        text[start : start + length]
        for text in (
            *many_orders.TITLES,
            *many_orders.CONTENTS,
            *many_orders.DETAILS,
            *many_orders.NAMES,
            *many_orders.PHONES,
            *many_orders.ANSWERS,
        )
        for length in (1, 2, 3, 5)
        for start in range(0, len(text), 2)
    }
)
SOUNDS = ("wgx", "wang", "guix", "rml88", "renminlu", "hongxing", "zx", "yyz", "yanya", "yanyazhen", "lu", "r")
PIECE = (
    st.sampled_from(WORDS)
    | st.sampled_from(SOUNDS)
    | st.sampled_from(["燕崖", "燕崖镇", "悦庄镇", "沂源县", "7K3M0012", "W2026-0000012", "0012", "没有的", "，", "370323"])
)
TEXTS = st.lists(PIECE, min_size=1, max_size=2).map(" ".join)
FILTERS = {
    "text": TEXTS,
    "stages": st.lists(st.sampled_from(Stage), min_size=1, max_size=4, unique=True).map(tuple),
    "since": MOMENTS,
    "until": MOMENTS,
    "category": st.sampled_from(["01", "0101", "010101", "02", "0", "0102"]),
    "agency": st.sampled_from(UNITS),
    "waiting_only": st.just(True),
    "clashes_only": st.just(True),
    "overdue_before": st.integers(15, 29).map(lambda day: f"2026-11-{day:02d}"),
    "overdue_at": MOMENTS,
    "ended": st.booleans(),
    "event": st.sampled_from(["2026-11", "2026-12"]),
    "campaign": st.just("DQ"),
    "figure": FIGURES,
    "place": CODES,
    "channel": st.sampled_from([Channel.VISIT, Channel.LETTER, Channel.PHONE]),
    "matter_kind": st.sampled_from([MatterKind.HELP, MatterKind.TIP_OFF]),
    "urgency": st.sampled_from([Urgency.NORMAL, Urgency.URGENT]),
    "suspended_only": st.just(True),
    "confidential_only": st.just(True),
}
SORTS = {"sort": st.sampled_from(RegisterSort), "is_reversed": st.booleans()}
QUERIES = (
    st.lists(st.sampled_from(sorted(FILTERS)), max_size=3, unique=True)
    .flatmap(lambda names: st.fixed_dictionaries({**SORTS, **{name: FILTERS[name] for name in names}}))
    .map(lambda asked: RegisterQuery(**asked))
)


@settings(max_examples=max(250, settings().max_examples))
@given(QUERIES, st.sampled_from(SIZES), st.lists(st.integers(1, 60), min_size=1, max_size=4), st.none() | st.integers(0, 999))
def test_every_page_and_count_is_what_looking_at_every_order_says(
    world: World, query: RegisterQuery, sizes: dict[str, int], pages: list[int], whose: int | None
) -> None:
    query = world.to_the_moment(query, whose)
    expected = wanted(world.listed, query, world.places)

    with sized(sizes):
        rows = world.pages(query, pages)

    assert [row.number for row in rows] == [each.order.number for each in expected]
    assert [row.number for row in rows if not shows(row, world.by_number[row.number])] == []


@settings(max_examples=max(80, settings().max_examples))
@given(query=QUERIES, sizes=st.sampled_from(SIZES), first=st.integers(1, 12), far=st.integers(1, 120))
def test_a_leap_and_the_whole_list_at_once_agree_with_the_pages(
    world: World, query: RegisterQuery, sizes: dict[str, int], first: int, far: int
) -> None:
    expected = [each.order.number for each in wanted(world.listed, query, world.places)]

    with sized(sizes):
        begun = world.store.register(query, after=None, limit=first).next_after
        for at, after in ((0, None), *(((first, begun),) if begun else ())):
            edge = world.store.register_further(query, after=after, rows=far)
            assert (edge is None) == (far > len(expected) - at)
            if edge is not None:
                assert [row.number for row in world.pages(query, [17], edge)] == expected[at + far :]
        whole = world.store.register_arrivals(query, limit=far)

    assert [row.number for row in world.store.register_arrived(whole)] == expected[:far]
