"""One entry of the journal as the fold sees it: the fact with who, where and when, and what its writer had seen."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence

import msgspec

from county_hotline.domain.counted_time import counted_at
from county_hotline.domain.facts import Fact, Person
from county_hotline.domain.sight import Author, heads_in, horizon_in
from county_hotline.ids import EntryId, Life, OfficerId, StationId


class Happened(msgspec.Struct, frozen=True):
    """经过 of an order, one line. The order of lines is the hub's (`hub_seq`), then the writer's own unsent ones by serial."""

    entry_id: EntryId
    fact: Fact
    station: StationId
    life: Life
    serial: int
    officer: OfficerId
    recorded_at: int
    """UTC ms of the writer's PC; shown, never sorted by, and never counted with: it may lie by years."""
    basis: str | None = None
    """What its writer had seen of this order *by other hands* (`sight`). Its own are seen by nature."""
    person: Person | None = None
    hub_seq: int | None = None
    received_at: int | None = None
    """UTC ms of the hub's clock when it was received there."""
    clock_note: str = ""

    @property
    def counted_at(self) -> int:
        """UTC ms: the moment that counts, the same at every replica that holds the entry's receipt (see `counted_time`)."""
        return counted_at(self.recorded_at, self.clock_note, self.received_at)

    @property
    def author(self) -> Author:
        return self.station, self.life


def in_sight(agreed: Sequence[Happened]) -> tuple[Happened, ...]:
    """The agreed order, but nothing before what its writer had seen. While a hub remembers everything, the two are one: whoever names a
    basis got it from the hub. Only after a hub was put back from a backup may an act reach it again before what it answers; then it
    waits, with what its writer wrote after it. Total: what waits for itself goes last."""
    if all(event.basis is None for event in agreed):
        return tuple(agreed)
    untold = _Untold(agreed)
    waiting = list(agreed)
    story: list[Happened] = []
    while waiting:
        later: list[Happened] = []
        stuck: set[Author] = set()
        for event in waiting:
            if event.author in stuck or untold.is_seen_in(event.basis):
                stuck.add(event.author)
                later.append(event)
            else:
                untold.tell(event)
                story.append(event)
        if len(later) == len(waiting):
            return (*story, *later)
        waiting = later
    return tuple(story)


class _Untold:
    """What of a story is not told yet."""

    def __init__(self, agreed: Sequence[Happened]) -> None:
        self._ids = {event.entry_id for event in agreed}
        self._serials: dict[Author, list[int]] = {}
        for event in agreed:
            insort(self._serials.setdefault(event.author, []), event.serial)

    def tell(self, event: Happened) -> None:
        self._ids.discard(event.entry_id)
        serials = self._serials[event.author]
        del serials[bisect_left(serials, event.serial)]

    def is_seen_in(self, basis: str | None) -> bool:
        """Whether who wrote with this basis had seen any of it."""
        if basis is None:
            return False
        return horizon_in(basis) in self._ids or any(
            serials[0] <= serial for author, serial in heads_in(basis).items() if (serials := self._serials.get(author))
        )
