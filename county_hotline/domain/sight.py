"""How far a writer had seen the others when writing: what an entry's `basis` says, and who had seen what by it.

`basis` names, of each other chain (a station's life), the last entry of the order that the writer had before them: `,station.life.serial`
for each. It was seen with what its chain has before it, wherever the hubs place that since. None: nothing by another hand was there.
Entries of earlier releases name a horizon instead, the id of one entry: everything that stands before it in the agreed order counts as
seen. See docs/adr/0011.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from county_hotline.ids import EntryId, Life, StationId

Author = tuple[StationId, Life]
_EVER: Final = 1 << 62
_DIGITS: Final = 18
"""No serial is longer."""


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


def told(heads: Mapping[Author, int]) -> str | None:
    """The basis that says how far each other chain was seen."""
    return "".join(f",{station}.{life}.{serial}" for (station, life), serial in sorted(heads.items())) or None


def horizon_in(basis: str | None) -> EntryId | None:
    """The entry that a basis of an earlier release names."""
    return EntryId(basis) if basis and "," not in basis else None


def heads_in(basis: str | None) -> dict[Author, int]:
    """How far it says each chain was seen; of a text that no release writes, what can be read of it."""
    heads: dict[Author, int] = {}
    for name in basis.split(",")[1:] if basis else ():
        station, _, rest = name.partition(".")
        life, _, serial = rest.partition(".")
        if serial.isascii() and serial.isdecimal() and len(serial) <= _DIGITS:
            author = StationId(station), Life(life)
            heads[author] = max(heads.get(author, 0), int(serial))
    return heads


class Sight:
    """Who had seen what in one story, which is in the agreed order."""

    def __init__(self, story: Sequence[Placed]) -> None:
        self._story = story
        self._place_of = {event.entry_id: place for place, event in enumerate(story)}
        self._told: dict[int, tuple[int, Mapping[Author, int]]] = {}

    @property
    def place_of(self) -> Mapping[EntryId, int]:
        """Where each entry stands."""
        return self._place_of

    def unseen_by(self, writer: int, *, at_most: int) -> Iterator[int]:
        """Places, among the `at_most` before the writer's own, of what others wrote and the writer had not seen."""
        event = self._story[writer]
        horizon, heads = self._of(writer)
        for place in range(max(horizon + 1, writer - at_most), writer):
            other = self._story[place]
            if other.author != event.author and other.serial > heads.get(other.author, 0):
                yield place

    def had_seen(self, writer: int, place: int) -> bool:
        """Whether who wrote at `writer` had seen, or had written before, what stands at `place`."""
        event, other = self._story[writer], self._story[place]
        horizon, heads = self._of(writer)
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
        horizon, heads = self._of(writer)
        found = [(horizon, _EVER)]
        if author == event.author:
            found.append((writer - 1, _EVER))
        if author in heads:
            found.append((_EVER, heads[author]))
        return found

    def horizon_of(self, writer: int) -> int:
        """Through which place the writer had seen everything."""
        return self._of(writer)[0]

    def beyond_horizon(self, writer: int) -> set[Author]:
        """Of whom the writer may have seen more than what stands before the horizon."""
        event = self._story[writer]
        return {event.author, *self._of(writer)[1]}

    def _of(self, writer: int) -> tuple[int, Mapping[Author, int]]:
        """The horizon's place, and how far each chain was seen. What is not here says nothing."""
        if writer not in self._told:
            basis = self._story[writer].basis
            horizon = horizon_in(basis)
            self._told[writer] = -1 if horizon is None else self._place_of.get(horizon, -1), heads_in(basis)
        return self._told[writer]


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
