"""The order in which an order is told: the hub's, but nothing before what its writer had seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain import sight
from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.happened import Happened, in_sight
from county_hotline.ids import EntryId, Life, OfficerId, StationId

AUTHORS = [(StationId("61"), Life("A")), (StationId("20"), Life("A")), (StationId("20"), Life("B"))]


def note(name: str, author: tuple[StationId, Life], serial: int, basis: str | None = None) -> Happened:
    return Happened(EntryId(name), NoteAdded(text=name), *author, serial, OfficerId("0301 甲"), 0, basis)


def told(*agreed: Happened) -> list[str]:
    return [event.entry_id for event in in_sight(agreed)]


def test_an_act_waits_for_all_of_a_chain_that_its_writer_had_seen_and_its_own_later_ones_with_it() -> None:
    first, other = AUTHORS[:2]
    answer, more = note("answer", other, 1, ",61.A.2"), note("more", other, 2)

    assert told(answer, note("a", first, 1), more, note("b", first, 2)) == ["a", "b", "answer", "more"]
    assert told(answer, note("a", first, 1), more, note("c", first, 3)) == ["a", "c", "answer", "more"]
    assert told(note("answer", other, 1, "b"), note("a", first, 1), note("b", first, 2)) == ["a", "b", "answer"]


def test_what_waits_for_itself_goes_last_and_nothing_is_left_out() -> None:
    one, other = note("one", AUTHORS[0], 1, ",20.A.1"), note("other", AUTHORS[1], 1, ",61.A.1")

    assert told(one, other, note("third", AUTHORS[2], 1)) == ["third", "one", "other"]


@given(st.data())
def test_whatever_the_hub_placed_first_nothing_comes_before_what_its_writer_had_seen(data: st.DataObject) -> None:
    """Acts as they were written, one after the other, each having seen some beginning of each other chain; then placed in any order in
    which each chain keeps its own."""
    written: list[Happened] = []
    had: dict[str, set[str]] = {}
    for nth, author in enumerate(data.draw(st.lists(st.sampled_from(AUTHORS), max_size=9))):
        seen = {other: data.draw(st.integers(0, _last(written, other))) for other in AUTHORS if other != author}
        basis = sight.told({other: serial for other, serial in seen.items() if serial})
        event = note(f"e{nth}", author, _last(written, author) + 1, basis)
        had[event.entry_id] = {e.entry_id for e in written if e.author == author or e.serial <= seen[e.author]}
        written.append(event)
    placed = list(data.draw(st.permutations(written)))
    chains = {author: iter([event for event in written if event.author == author]) for author in AUTHORS}
    agreed = [next(chains[event.author]) for event in placed]

    story = told(*agreed)

    assert sorted(story) == sorted(event.entry_id for event in written)
    assert all(had[each] <= set(story[:place]) for place, each in enumerate(story))
    if all(had[event.entry_id] <= {e.entry_id for e in agreed[:place]} for place, event in enumerate(agreed)):
        assert story == [event.entry_id for event in agreed]


def _last(written: list[Happened], author: tuple[StationId, Life]) -> int:
    return sum(event.author == author for event in written)
