"""How far a writer had seen the others when writing: what an entry's `basis` says, and who had seen what by it.

`basis` is the text `horizon[,head…]`. The horizon is the last entry by another hand of which the writer had read all that stands before
it in the order on which all agree. A head is the last entry seen of a chain of which that cannot be said (of a former life of the same
PC, or where another hub than the writer's orders the work order): seen with what its chain has before it. Most entries have a horizon
alone; None: nothing by another hand was there. See docs/adr/0011.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol

from county_hotline.ids import EntryId, Life, StationId

Author = tuple[StationId, Life]
_EVER: Final = 1 << 62


class Placed(Protocol):
    """What is asked of an entry: whose it is and what its writer had seen."""

    @property
    def entry_id(self) -> EntryId: ...

    @property
    def author(self) -> Author: ...

    @property
    def serial(self) -> int: ...

    @property
    def basis(self) -> str | None: ...


def told(horizon: EntryId | None, heads: Iterable[EntryId]) -> str | None:
    """The basis that says so."""
    return ",".join((horizon or "", *heads)) or None


def named_in(basis: str | None) -> tuple[EntryId, ...]:
    """Every entry that a basis names."""
    return () if basis is None else tuple(EntryId(each) for each in basis.split(",") if each)


class Sight:
    """Who had seen what in one story, which is in the agreed order."""

    def __init__(self, story: Sequence[Placed]) -> None:
        self._story = story
        self._place_of = {event.entry_id: place for place, event in enumerate(story)}

    @property
    def place_of(self) -> Mapping[EntryId, int]:
        """Where each entry stands."""
        return self._place_of

    def unseen_by(self, writer: int, *, at_most: int) -> Iterator[int]:
        """Places, among the `at_most` before the writer's own, of what others wrote and the writer had not seen."""
        event = self._story[writer]
        horizon, heads = self._of(event)
        for place in range(max(horizon + 1, writer - at_most), writer):
            other = self._story[place]
            if other.author != event.author and other.serial > heads.get(other.author, 0):
                yield place

    def had_seen(self, writer: int, place: int) -> bool:
        """Whether who wrote at `writer` had seen, or had written before, what stands at `place`."""
        event, other = self._story[writer], self._story[place]
        horizon, heads = self._of(event)
        is_own = place < writer and other.author == event.author
        return is_own or place <= horizon or other.serial <= heads.get(other.author, 0)

    def seen_by_both(self, first: EntryId, second: EntryId) -> list[int]:
        """Places of what who wrote these two acts both had before them when they wrote."""
        one, other = self._place_of[first], self._place_of[second]
        return [place for place in range(max(one, other)) if self.had_seen(one, place) and self.had_seen(other, place)]

    def reach(self, writer: int, author: Author) -> list[tuple[int, int]]:
        """How far who wrote at `writer` had seen, or had written, what `author` wrote: through which place, and there through which serial.
        What lies within any of these pairs was seen (see `had_seen`)."""
        event = self._story[writer]
        horizon, heads = self._of(event)
        found = [(horizon, _EVER)]
        if author == event.author:
            found.append((writer - 1, _EVER))
        if author in heads:
            found.append((_EVER, heads[author]))
        return found

    def horizon_of(self, writer: int) -> int:
        """Through which place the writer had seen everything."""
        return self._of(self._story[writer])[0]

    def beyond_horizon(self, writer: int) -> set[Author]:
        """Of whom the writer may have seen more than what stood before the horizon."""
        event = self._story[writer]
        return {event.author, *self._of(event)[1]}

    def _of(self, event: Placed) -> tuple[int, dict[Author, int]]:
        """The horizon's place, and how far each chain beyond it was seen. What is not here says nothing."""
        if event.basis is None:
            return -1, {}
        if "," not in event.basis:
            return self._place_of.get(EntryId(event.basis), -1), {}
        horizon, *names = event.basis.split(",")
        heads = (self._story[self._place_of[EntryId(name)]] for name in names if name in self._place_of)
        return self._place_of.get(EntryId(horizon), -1), {head.author: head.serial for head in heads}


class SeenByBoth:
    """Whether two writers had both seen one of certain acts. Each question costs about as much however many acts there are: 2,000 dispatches
    of one order, each unseen by the others, are weighed in seconds."""

    def __init__(self, sight: Sight, story: Sequence[Placed], places: Sequence[int]) -> None:
        self._sight = sight
        self._first = places[0] if places else _EVER
        self._places: dict[Author, list[int]] = defaultdict(list)
        self._least: dict[Author, list[int]] = defaultdict(list)
        """Of each author the least serial up to each of the places."""
        for place in places:
            event = story[place]
            least = self._least[event.author]
            self._places[event.author].append(place)
            least.append(min(event.serial, least[-1]) if least else event.serial)

    def any_before(self, one: int, other: int) -> bool:
        """Whether both who wrote at these places had seen one of the acts, and it stands before the later of them."""
        last = max(one, other) - 1
        for author in {*self._sight.beyond_horizon(one), *self._sight.beyond_horizon(other)} & self._places.keys():
            theirs = self._sight.reach(other, author)
            for place, serial in self._sight.reach(one, author):
                if any(self._is_any(author, min(place, at, last), min(serial, through)) for at, through in theirs):
                    return True
        return self._first <= min(self._sight.horizon_of(one), self._sight.horizon_of(other), last)

    def _is_any(self, author: Author, through: int, serial: int) -> bool:
        """Whether an act of this author stands there or before and has this serial or a lesser."""
        count = bisect_right(self._places[author], through)
        return count > 0 and self._least[author][count - 1] <= serial
