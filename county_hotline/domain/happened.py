"""One entry of the journal as the fold sees it: the fact with who, where and when, and what its writer had seen."""

from __future__ import annotations

import msgspec

from county_hotline.domain.facts import Fact, Person
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
    """UTC ms of the writer's PC; shown, never sorted by."""
    basis: EntryId | None = None
    """The last entry of this order *by another hand* that its writer had seen. Its own are seen by nature."""
    person: Person | None = None
    hub_seq: int | None = None
    received_at: int | None = None
    """UTC ms of the hub's clock when it was received there."""
    clock_note: str = ""

    @property
    def author(self) -> tuple[StationId, Life]:
        return self.station, self.life
