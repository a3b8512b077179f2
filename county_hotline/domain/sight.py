"""How far a writer had seen the others when writing: what an entry's `basis` says, and who had seen what by it.

`basis` is the text `horizon[,head…]`. The horizon is the last entry by another hand that stood at its final place in the order on
which all agree: whatever is before it there was seen. A head is the last entry seen of a chain that had no final place yet (written
by a former life of the same PC and not sent, or placed by a hub that is not the work order's own): seen with what its chain has
before it. Most entries have a horizon alone; None: nothing by another hand was there. See docs/adr/0011.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from county_hotline.ids import EntryId, Life, StationId


class Placed(Protocol):
    """What is asked of an entry: whose it is and what its writer had seen."""

    @property
    def entry_id(self) -> EntryId: ...

    @property
    def author(self) -> tuple[StationId, Life]: ...

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

    def _of(self, event: Placed) -> tuple[int, dict[tuple[StationId, Life], int]]:
        """The horizon's place, and how far each chain beyond it was seen. What is not here says nothing."""
        if event.basis is None:
            return -1, {}
        if "," not in event.basis:
            return self._place_of.get(EntryId(event.basis), -1), {}
        horizon, *names = event.basis.split(",")
        heads = (self._story[self._place_of[EntryId(name)]] for name in names if name in self._place_of)
        return self._place_of.get(EntryId(horizon), -1), {head.author: head.serial for head in heads}
