"""Handing out: pages of what concerns a station, receipts whose answer was lost, how far each chain got."""

from __future__ import annotations

from county_hotline.db.store import Store
from county_hotline.domain.receipts import Receipt
from county_hotline.errors import HubRejected
from county_hotline.hub.storage import EnrolledStation, Storage
from county_hotline.ids import Life
from county_hotline.sync import pages
from county_hotline.sync.protocol import Heads


def page(store: Store, station: EnrolledStation, *, after: int, limit: int, life: Life) -> bytes:
    """The lines of the page after the station's cursor."""
    return pages.encode(store.page_for(station.card, after=after, limit=limit, life=life))


def heads(store: Store, station: EnrolledStation) -> Heads:
    """How far each life of the station got here."""
    return Heads(station=station.card.station, epoch=store.epoch(), heads=store.heads(station.card.station))


def receipt(storage: Storage, station: EnrolledStation, *, life: Life, after: int, limit: int) -> Receipt:
    """Raises HubRejected H204 where nothing of this life is here."""
    found = storage.receipt(station.card.station, life, after=after, limit=limit)
    if found is None:
        raise HubRejected("H204", life=life)
    return found
