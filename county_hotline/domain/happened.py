"""One entry of the journal as the fold sees it: the fact with who, where and when, and what its writer had seen."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from county_hotline.domain.counted_time import counted_at
from county_hotline.domain.facts import Fact, Person
from county_hotline.domain.sight import named_in
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
    def author(self) -> tuple[StationId, Life]:
        return self.station, self.life


def in_sight(agreed: Sequence[Happened]) -> tuple[Happened, ...]:
    """The agreed order, but nothing before what its writer had seen. While a hub remembers everything, the two are one: whoever names a
    basis got it from the hub. Only after a hub was put back from a backup may an act reach it again before what it answers; then it
    waits, with what its writer wrote after it. Total: what waits for itself goes last."""
    if all(event.basis is None for event in agreed):
        return tuple(agreed)
    here = {event.entry_id for event in agreed}
    told: dict[EntryId, Happened] = {}
    waiting = list(agreed)
    while waiting:
        later: list[Happened] = []
        stuck: set[tuple[StationId, Life]] = set()
        for event in waiting:
            if event.author in stuck or any(each in here and each not in told for each in named_in(event.basis)):
                stuck.add(event.author)
                later.append(event)
            else:
                told[event.entry_id] = event
        if len(later) == len(waiting):
            return (*told.values(), *later)
        waiting = later
    return tuple(told.values())
