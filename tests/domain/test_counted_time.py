"""What counts of a clock that lies, and that nothing is told before what its writer had seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.counted_time import AWAY_MS, TOLERANCE_MS, ClockNote, counted_at, read_note
from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.happened import Happened, in_sight
from county_hotline.ids import EntryId, Life, OfficerId, StationId
from tests.support.ticking_clock import MORNING

DAY = 86_400_000
YEARS = 3_652 * DAY


@pytest.mark.parametrize(
    ("recorded", "note", "received", "counts"),
    [
        (MORNING, "", None, MORNING),
        (MORNING, "", MORNING + 30 * DAY, MORNING),
        (MORNING + TOLERANCE_MS, "", MORNING, MORNING + TOLERANCE_MS),
        (MORNING + YEARS, "", MORNING, MORNING),
        (MORNING - YEARS, "", MORNING, MORNING),
        (MORNING - AWAY_MS + 1, "", MORNING, MORNING - AWAY_MS + 1),
        (MORNING + YEARS, f"skew={YEARS}", None, MORNING),
        (MORNING + YEARS, f"skew={YEARS}", MORNING + DAY, MORNING),
        (MORNING - YEARS, f"skew={-YEARS}", MORNING + DAY, MORNING),
        (MORNING + 2 * YEARS, f"skew={YEARS}", MORNING + DAY, MORNING + DAY),
        (MORNING - YEARS, f"seen={MORNING - DAY}", None, MORNING - DAY),
        (MORNING - YEARS, f"seen={MORNING - DAY}", MORNING, MORNING),
        (MORNING, "unverified skew=x seen=", MORNING, MORNING),
    ],
)
def test_what_counts_is_the_clock_set_right_or_else_the_hubs_word(
    recorded: int, note: str, received: int | None, counts: int
) -> None:
    assert counted_at(recorded, note, received) == counts


@given(st.integers(-YEARS, YEARS), st.integers(0, YEARS))
def test_a_note_is_read_as_it_was_written(skew_ms: int, seen_ms: int) -> None:
    assert read_note(ClockNote(skew_ms, seen_ms).text()) == ClockNote(skew_ms, seen_ms)


@given(st.integers(-2 * YEARS, 2 * YEARS), st.text(max_size=20))
def test_what_counts_never_lies_beyond_what_the_hub_knows(lie_ms: int, note: str) -> None:
    assert MORNING - AWAY_MS <= counted_at(MORNING + lie_ms, note, MORNING) <= MORNING + TOLERANCE_MS


def told(name: str, station: str, basis: str | None = None) -> Happened:
    return Happened(
        entry_id=EntryId(name),
        fact=NoteAdded(text=name),
        station=StationId(station),
        life=Life("A"),
        serial=1,
        officer=OfficerId("甲"),
        recorded_at=0,
        basis=EntryId(basis) if basis else None,
    )


def order_of(*story: Happened) -> str:
    return "".join(event.entry_id for event in in_sight(story))


def test_an_answer_waits_for_what_it_answers_with_what_its_writer_wrote_next() -> None:
    answer, next_of_it, other, asked = told("b", "2", "a"), told("c", "2"), told("o", "3"), told("a", "1")

    assert order_of(answer, next_of_it, other, asked) == "oabc"


def test_what_is_in_sight_of_its_basis_stays_where_it_is() -> None:
    story = [told("a", "1"), told("b", "2", "a"), told("c", "1", "b"), told("d", "3", "gone"), told("e", "2", "c")]

    assert order_of(*story) == "abcde"


def test_a_circle_of_forged_bases_is_told_all_the_same() -> None:
    assert order_of(told("a", "1", "b"), told("b", "2", "a"), told("c", "3")) == "cab"


@given(st.permutations(range(6)), st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_nothing_is_lost_or_doubled_whatever_the_bases(order: list[int], bases: list[int]) -> None:
    story = [told(str(place), str(place % 3), str(bases[place])) for place in order]

    assert sorted(order_of(*story)) == list("012345")
