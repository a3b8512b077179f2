"""What a writer had seen of the others, by what the entry's basis says: against a brute-force reading of who had what before them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain import sight
from county_hotline.domain.sight import SeenByBoth, Sight
from county_hotline.ids import EntryId, Life, StationId


@dataclass(frozen=True)
class Act:
    entry_id: EntryId
    station: StationId
    life: Life
    serial: int
    basis: str | None = None

    @property
    def author(self) -> tuple[StationId, Life]:
        return self.station, self.life


def act(name: str, author: str, serial: int, basis: str | None = None) -> Act:
    return Act(EntryId(name), StationId(author), Life("A"), serial, basis)


def unseen(*story: Act) -> list[str]:
    """Of what others wrote, what the last one had not seen."""
    return [story[place].entry_id for place in Sight(story).unseen_by(len(story) - 1, at_most=100)]


def test_a_chain_is_seen_as_far_as_the_basis_says_and_no_further() -> None:
    story = act("a", "61", 1), act("n1", "20", 1), act("n2", "20", 2), act("n3", "20", 3), act("d", "90", 1, ",20.A.2")

    assert unseen(*story) == ["a", "n3"]


def test_what_a_hub_placed_before_the_rest_since_was_not_seen() -> None:
    """`late` was held at the hub while 90 wrote, and keeps its place of before."""
    story = act("a", "61", 1), act("late", "61", 2), act("near", "20", 1), act("d", "90", 1, ",20.A.1,61.A.1")

    assert unseen(*story) == ["late"]


def test_a_chain_was_seen_whether_its_last_entry_is_here_or_not() -> None:
    """What 90 had seen last of 61's chain is held and withdrawn: nobody else gets it."""
    assert unseen(act("a", "61", 1), act("d", "90", 1, ",61.A.2")) == []


def test_a_former_life_is_another_chain() -> None:
    story = act("a", "61", 1), act("b", "20", 1), act("c", "20", 2), act("d", "90", 1, ",20.A.1,20.B.9")

    assert unseen(*story) == ["a", "c"]


def test_what_earlier_releases_wrote_names_a_horizon() -> None:
    assert unseen(act("a", "03", 1), act("b", "03", 2), act("c", "20", 1), act("d", "90", 1, "b")) == ["c"]
    assert sight.horizon_in("b") == "b"
    assert sight.heads_in("b") == {}


def test_who_names_what_is_not_here_had_seen_nothing_that_is() -> None:
    assert unseen(act("x", "61", 1), act("d", "90", 1, "gone")) == ["x"]
    assert unseen(act("x", "61", 1), act("d", "90", 1, ",20.A.7")) == ["x"]


@pytest.mark.parametrize(
    "text", [",", ",x", ",61", ",61.A", ",61.A.", ",61.A.-1", ",61.A.٣", ",61.A." + "9" * 400, ",,..,61.A.1x"]
)
def test_a_text_that_no_release_writes_says_nothing(text: str) -> None:
    assert sight.heads_in(text) == {}
    assert unseen(act("x", "61", 1), act("d", "90", 1, text)) == ["x"]


heads = st.dictionaries(
    st.tuples(st.from_regex(r"\A\d{6}-[0-9A-Z]{2}\Z"), st.sampled_from("ABZ")).map(
        lambda pair: (StationId(pair[0]), Life(pair[1]))
    ),
    st.integers(1, 10**12),
    max_size=5,
)


@given(heads)
def test_a_basis_is_read_as_it_was_told(seen: dict[tuple[StationId, Life], int]) -> None:
    text = sight.told(seen)

    assert sight.heads_in(text) == seen
    assert sight.horizon_in(text) is None
    assert (text is None) is (not seen)


@given(st.data())
def test_a_writer_has_seen_just_what_was_before_them_wherever_it_stands_now(data: st.DataObject) -> None:
    """Of each chain some beginning was before the writer; the hubs have agreed on any order since."""
    placed = data.draw(st.lists(st.sampled_from(["61", "20", "21"]), min_size=1, max_size=8))
    serials = dict.fromkeys(placed, 0)
    agreed = []
    for nth, author in enumerate(placed):
        serials[author] += 1
        agreed.append(act(f"e{nth}", author, serials[author]))
    seen = {author: data.draw(st.integers(0, last)) for author, last in serials.items()}
    had = {event.entry_id for event in agreed if event.serial <= seen[event.station]}
    basis = sight.told({(StationId(author), Life("A")): last for author, last in seen.items() if last})
    story = [*agreed, act("w", "90", 1, basis)]
    at = Sight(story)

    assert {story[place].entry_id for place in at.unseen_by(len(agreed), at_most=100)} == {e.entry_id for e in agreed} - had
    assert {e.entry_id for place, e in enumerate(agreed) if at.had_seen(len(agreed), place)} == had


stories = st.lists(
    st.tuples(
        st.sampled_from(["03", "20", "90"]),
        st.integers(1, 4),
        st.none()
        | st.integers(-1, 9).map(lambda nth: f"e{nth}")
        | st.dictionaries(st.sampled_from(["03", "20", "90", "91"]), st.integers(1, 4), min_size=1).map(
            lambda seen: "".join(f",{author}.A.{serial}" for author, serial in seen.items())
        ),
    ),
    min_size=2,
    max_size=10,
)
"""Any at all: serials that go back, bases that name what comes later, themselves, or nothing that is here."""


@given(stories, st.data())
def test_what_two_had_both_seen_is_found_as_by_looking_at_each(
    drawn: list[tuple[str, int, str | None]], data: st.DataObject
) -> None:
    story = [act(f"e{nth}", *each) for nth, each in enumerate(drawn)]
    looked_for = sorted(data.draw(st.sets(st.integers(0, len(story) - 1))))
    known = Sight(story)
    both = SeenByBoth(known, story, looked_for)

    for one in range(len(story)):
        for other in range(len(story)):
            each = [known.had_seen(one, at) and known.had_seen(other, at) for at in looked_for if at < max(one, other)]
            assert both.any_before(one, other) == any(each)
