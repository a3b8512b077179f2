"""Any walk of legal and illegal acts by several people on several stations, arriving in any order, comes to one story on which all agree."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from county_hotline.domain import segments
from county_hotline.domain.facts import Fact
from county_hotline.domain.vocabulary import Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number
from tests.domain.any_story import facts
from tests.support.any_life import Life, a_life
from tests.support.ticking_clock import TickingClock

EXAMPLES = settings(settings(), max_examples=max(8, settings().max_examples // 8))
STEPS = 70


def told(order: WorkOrder) -> bytes:
    """The order as anybody may see it: who the caller is reaches only those entitled."""
    return msgspec.json.encode(msgspec.structs.replace(order, person=None))


def all_agree(life: Life, number: Number) -> None:
    at_hub = life.county.hub.store.order(number)
    for name, seat in life.county.seats.items():
        here = seat.store.order(number)
        assert not here.entries or told(here) == told(at_hub), f"{name} sees another story"


def everything_written_is_in_the_history(life: Life) -> None:
    at_hub = {event.entry_id: event.fact for number in life.numbers for event in life.county.hub.store.view(number).story}
    lost = {entry_id: fact for entry_id, fact in life.written.items() if at_hub.get(entry_id) != fact}
    assert not lost


def segments_add_up(life: Life, number: Number) -> None:
    view = life.county.hub.store.view(number)
    until = max(life.clock.now, view.order.touched_at)
    parts = segments.segments_of(number, view.story, until_ms=until)
    whole = max(0, (view.order.finished_at or until) - view.order.accepted_at)
    assert sum(part.end - part.begin for part in parts) == whole


def ends_with_an_answer(order: WorkOrder) -> bool:
    """Ended only by what the caller was told, by whom they were handed to, or by what a unit wrote back. (作废: there was no request.)"""
    taking = order.taking
    replied = any(each.replied_at for each in order.assignments)
    told = taking.answered or taking.path or taking.emergencies or taking.merged_into
    return not order.is_ended or order.stage is Stage.VOID or bool(told or replied)


@EXAMPLES
@given(seed=st.integers(0, 2**32))
def test_what_people_do_by_the_rules_never_ends_an_order_without_an_answer(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        life = a_life(Path(folder), TickingClock(), seed)
        try:
            for _ in range(STEPS):
                life.step()
            life.settle()
            for number in life.numbers:
                all_agree(life, number)
                segments_add_up(life, number)
                order = life.county.hub.store.order(number)
                assert ends_with_an_answer(order), order.stage
            everything_written_is_in_the_history(life)
            assert all(seat.store.verify().sound for seat in life.county.seats.values())
        finally:
            life.county.close()


@EXAMPLES
@given(seed=st.integers(0, 2**32), forgeries=st.lists(facts, min_size=8, max_size=30))
def test_what_nobody_decided_is_kept_too_and_all_see_the_same(seed: int, forgeries: list[Fact]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        life = a_life(Path(folder), TickingClock(), seed)
        try:
            waiting = list(forgeries)
            for _ in range(STEPS // 2):
                life.step()
                if waiting:
                    life.forge(waiting.pop())
            life.settle()
            for number in life.numbers:
                all_agree(life, number)
                segments_add_up(life, number)
            everything_written_is_in_the_history(life)
        finally:
            life.county.close()


def test_the_walks_reach_most_of_what_can_be_done(tmp_path: Path) -> None:
    """A walk that does next to nothing would prove next to nothing."""
    reached: set[str] = set()
    refused = 0
    for seed in range(4):
        life = a_life(tmp_path / str(seed), TickingClock(), seed)
        try:
            for _ in range(150):
                life.step()
            reached.update(life.done)
            refused += life.refused
        finally:
            life.county.close()

    assert len(reached) >= 25, sorted(reached)
    assert refused >= 10
