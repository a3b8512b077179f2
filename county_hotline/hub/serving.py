"""Handing out: pages of what concerns a station, receipts whose answer was lost, how far each chain got."""

from __future__ import annotations

import msgspec

from county_hotline.db.relaying.below import Homes
from county_hotline.db.relaying.relays import Relays
from county_hotline.db.store import Store
from county_hotline.domain.receipts import Page, Receipt
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import HubRejected
from county_hotline.hub.storage import EnrolledStation, Storage
from county_hotline.ids import Life
from county_hotline.sync.protocol import Heads
from county_hotline.sync.wire import pages


def page(store: Store, station: EnrolledStation, *, after: int, limit: int, life: Life) -> bytes:
    """The lines of the page after the station's cursor."""
    found = store.page_for(station.card, after=after, limit=limit, life=life)
    if station.card.role is StationRole.RELAY:
        found = _ranked(found, Relays(store).homes())
    return pages.encode(found)


def _ranked(page: Page, homes: Homes) -> Page:
    """For a hub below, whose stations are not ours: in orders of our own stations our place is the rank."""
    ranked = (
        msgspec.structs.replace(each, rank=each.hub_seq) if homes.is_here(each.entry.work_order) else each
        for each in page.entries
    )
    return msgspec.structs.replace(page, entries=tuple(ranked))


def heads(store: Store, station: EnrolledStation) -> Heads:
    """How far each life of the station got here."""
    return Heads(station=station.card.station, epoch=store.epoch(), heads=store.heads(station.card.station))


def receipt(storage: Storage, station: EnrolledStation, *, life: Life, after: int, limit: int) -> Receipt:
    """Raises HubRejected H204 where nothing of this life is here."""
    found = storage.receipt(station.card.station, life, after=after, limit=limit)
    if found is None:
        raise HubRejected("H204", life=life)
    return found
