"""建议 at the counter: the county's list first, then what was done before, counted; confidential orders teach nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import handling, intake, suggesting
from county_hotline.desk.founding import NewStation
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from tests.support.desks import ROADS, Counter, a_form
from tests.support.ticking_clock import TickingClock

CLEAN = "河道里漂着许多死鱼"


@pytest.fixture
def centre(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "centre", clock, NewStation(role=StationRole.CENTRE))
    counter.sits(OfficerRole.CLERK, OfficerRole.DISPATCHER)
    yield counter
    counter.store.close()


def dispatched(centre: Counter, title: str, *, confidential: bool = False, category: str = "0204") -> None:
    form = a_form(title=title, content=f"{title}，已经多日。", confidential=confidential, category=category)
    order = intake.accept(centre.desk, form)
    handling.dispatch(centre.desk, order.number, ROADS, basis="归属清单")


def learnt(centre: Counter) -> int:
    while suggesting.learn(centre.desk):
        pass
    return len(centre.desk.learnt.past)


def test_where_the_like_went_is_said_with_its_count(centre: Counter) -> None:
    for nth in range(6):
        dispatched(centre, f"{nth}号桥下{CLEAN}")
    assert learnt(centre) == 6

    advice = suggesting.advise(centre.desk, a_form(title=f"村口{CLEAN}", content="", category=""))

    assert advice.past is not None
    assert (advice.past.label, advice.past.count, advice.past.of) == (ROADS, 6, 6)
    assert advice.category is not None
    assert (advice.category.label, advice.category.count) == ("0204", 6)


def test_what_was_only_done_before_stands_behind_the_list_and_before_the_township(centre: Counter) -> None:
    for nth in range(6):
        dispatched(centre, f"{nth}号桥下{CLEAN}")
    learnt(centre)

    advice = suggesting.advise(centre.desk, a_form(title=f"村口{CLEAN}", content="", category=""))

    assert advice.units[0].lead == ROADS
    assert advice.units[0].by_past
    assert not advice.by_list
    assert not advice.units[-1].by_past  # 属地


def test_a_category_that_was_chosen_is_not_suggested(centre: Counter) -> None:
    for nth in range(6):
        dispatched(centre, f"{nth}号桥下{CLEAN}")
    learnt(centre)

    assert suggesting.advise(centre.desk, a_form(title=CLEAN, category="0204")).category is None


def test_confidential_orders_teach_nothing(centre: Counter) -> None:
    for nth in range(6):
        dispatched(centre, f"{nth}号桥下{CLEAN}", confidential=True)

    assert learnt(centre) == 0


def test_what_comes_later_is_learnt_later_and_once(centre: Counter) -> None:
    dispatched(centre, CLEAN)
    assert learnt(centre) == 1
    dispatched(centre, CLEAN)
    assert learnt(centre) == 1
    centre.clock.advance(hours=1)
    assert learnt(centre) == 2


def test_nothing_is_guessed_from_nothing(centre: Counter) -> None:
    advice = suggesting.advise(centre.desk, a_form(title="", content="", category="", place=""))

    assert advice == suggesting.Advice()
