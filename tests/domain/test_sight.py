"""What a writer had seen of the others, by what the entry's basis says: against a brute-force reading of who had what before them."""

from __future__ import annotations

from dataclasses import dataclass

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


def test_whatever_stands_before_the_horizon_was_seen() -> None:
    assert unseen(act("a", "03", 1), act("b", "03", 2), act("c", "20", 1), act("d", "90", 1, "b")) == ["c"]


def test_a_head_beyond_the_horizon_says_nothing_of_what_was_placed_before_it_since() -> None:
    """The home hub placed `late` before `near`, which the writer had from a neighbour: only the neighbour's chain was seen."""
    story = act("a", "61", 1), act("late", "61", 2), act("near", "20", 1), act("d", "90", 1, "a,near")

    assert unseen(*story) == ["late"]


def test_a_head_covers_its_chain_before_it_and_nothing_after_it() -> None:
    story = act("a", "61", 1), act("n1", "20", 1), act("n2", "20", 2), act("n3", "20", 3), act("d", "90", 1, "a,n2")

    assert unseen(*story) == ["n3"]


def test_heads_alone_need_no_horizon() -> None:
    assert unseen(act("x", "61", 1), act("n", "20", 1), act("d", "90", 1, ",n")) == ["x"]
    assert sight.told(None, [EntryId("n")]) == ",n"
    assert sight.told(None, []) is None
    assert sight.named_in("a,n") == ("a", "n")
    assert sight.named_in(",n") == ("n",)


def test_who_names_what_is_not_here_had_seen_nothing_that_is() -> None:
    assert unseen(act("x", "61", 1), act("d", "90", 1, "gone,also")) == ["x"]


@given(st.data())
def test_a_writer_below_a_relay_has_seen_just_what_was_before_them(data: st.DataObject) -> None:
    """Two hubs: the home hub places everything; below, neighbours see each other before the home hub has placed either."""
    placed = data.draw(st.lists(st.sampled_from(["61", "20", "21"]), min_size=1, max_size=8))
    serials = dict.fromkeys(placed, 0)
    agreed = []
    for nth, author in enumerate(placed):
        serials[author] += 1
        agreed.append(act(f"e{nth}", author, serials[author]))
    settled = data.draw(st.integers(0, len(agreed)))
    had = {event.entry_id for event in agreed[:settled]}
    heads = []
    for author in ("20", "21"):
        chain = [event for event in agreed[settled:] if event.station == author]
        seen = chain[: data.draw(st.integers(0, len(chain)))]
        had |= {event.entry_id for event in seen}
        heads += [event.entry_id for event in seen[-1:]]
    horizon = agreed[settled - 1].entry_id if settled else None
    story = [*agreed, act("w", "90", 1, sight.told(horizon, heads))]
    at = Sight(story)

    assert {story[place].entry_id for place in at.unseen_by(len(agreed), at_most=100)} == {e.entry_id for e in agreed} - had
    assert {e.entry_id for place, e in enumerate(agreed) if at.had_seen(len(agreed), place)} == had


stories = st.lists(
    st.tuples(
        st.sampled_from(["03", "20", "90"]),
        st.integers(1, 4),
        st.none()
        | st.lists(st.integers(-1, 9), min_size=1, max_size=4).map(lambda names: ",".join(f"e{each}" for each in names)),
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
