"""After an upgrade the tables are folded anew: step by step, told as it goes, and what was begun is gone on with."""

from __future__ import annotations

import pytest

from county_hotline.background import Step
from county_hotline.db import store as store_module
from county_hotline.db.beside import memos
from county_hotline.db.store import Store
from county_hotline.db.tables import projection
from county_hotline.errors import Refusal
from tests.db.test_i1_tables_equal_the_fold import tables
from tests.support.builders import KEY
from tests.support.stations import Station

ORDERS = 23


@pytest.fixture
def in_fives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short steps, so that there is a middle."""
    monkeypatch.setattr(store_module, "FOLDED_ANEW_AT_ONCE", 5)


@pytest.fixture
def upgraded(hall: Station, in_fives: None) -> Station:
    """A hall whose tables another release has folded, closed."""
    numbers = [hall.accept(title=f"第{place}件") for place in range(ORDERS)]
    hall.dispatch(numbers[0])
    hall.correct(numbers[20], title="另一件事")
    return hall


def outdate(hall: Station) -> dict[str, list[tuple[object, ...]]]:
    """The tables as they are, which another release has made."""
    before = tables(hall.store)
    with hall.store.immediate() as db:
        memos.set_note(db, projection.FOLDED_BY, "of another release")
        db.execute("UPDATE work_orders SET title = 'as that release saw it'")
    hall.store.close()
    return before


def opened(hall: Station, told: list[Step], stop_after: int = 10_000) -> Store:
    def hear(step: Step) -> bool:
        told.append(step)
        return len(told) < stop_after

    hall.store = Store.open(hall.path, KEY, clock=hall.clock, told=hear)
    return hall.store


def test_it_is_told_how_far_it_is_until_all_is_folded(upgraded: Station) -> None:
    before = outdate(upgraded)
    told: list[Step] = []

    store = opened(upgraded, told)

    assert told[0] == Step(0)
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert told[-1].done == told[-1].total == ORDERS + 2
    assert len(told) == 1 + ORDERS // 5 + 2
    assert tables(store) == before


@pytest.mark.parametrize("stop_after", range(2, 7))
def test_stopped_in_the_middle_it_goes_on_where_it_was_and_makes_the_same_tables(upgraded: Station, stop_after: int) -> None:
    before, first, again = outdate(upgraded), list[Step](), list[Step]()
    with pytest.raises(Refusal, match="R671"):
        opened(upgraded, first, stop_after)

    store = opened(upgraded, again)

    assert [step.done for step in again][1] >= first[-1].done, "what was folded is not folded again"
    assert len(first) + len(again) == 1 + 1 + ORDERS // 5 + 2
    assert tables(store) == before
    assert store.verify().sound


def test_killed_in_the_middle_nothing_is_lost_and_nothing_is_there_twice(upgraded: Station) -> None:
    before = outdate(upgraded)

    def pull_the_plug(step: Step) -> bool:
        if step.done > 5:
            raise KeyboardInterrupt
        return True

    with pytest.raises(KeyboardInterrupt):
        Store.open(upgraded.path, KEY, clock=upgraded.clock, told=pull_the_plug)

    assert tables(opened(upgraded, [])) == before


def test_what_an_older_program_wrote_meanwhile_is_there_once(upgraded: Station) -> None:
    before = outdate(upgraded)
    other = Store.open(upgraded.path, KEY, clock=upgraded.clock)
    last = max(row[0] for row in other.database.execute_sql("SELECT number FROM work_orders"))

    def meddle(step: Step) -> bool:
        if step.done == 0 and step.total is None:
            return True
        with other.immediate() as db:
            projection.refold(db, last, other.station())
        return True

    with other.immediate() as db:
        memos.set_note(db, projection.FOLDED_BY, "of another release")
    store = Store.open(upgraded.path, KEY, clock=upgraded.clock, told=meddle)
    upgraded.store = store

    assert tables(store) == before
    other.close()


def test_another_release_that_opens_it_in_between_begins_from_the_start(
    upgraded: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = outdate(upgraded)
    with pytest.raises(Refusal):
        opened(upgraded, [], 3)
    monkeypatch.setattr(projection, "FOLD", "a-third")
    told: list[Step] = []

    store = opened(upgraded, told)

    assert told[1].done <= 5 + 2
    assert tables(store) == before


def test_tables_that_are_of_this_release_are_left_alone(upgraded: Station) -> None:
    upgraded.store.close()
    told: list[Step] = []

    opened(upgraded, told)

    assert told == []
