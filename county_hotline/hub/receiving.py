"""Taking a batch in: unpack within bounds, check the chain and its signature, one transaction, one receipt."""

from __future__ import annotations

import logging

from county_hotline.db.store import Store
from county_hotline.domain.receipts import Receipt
from county_hotline.hub.storage import EnrolledStation
from county_hotline.sync.protocol import Limits
from county_hotline.sync.wire import batches

log = logging.getLogger(__name__)


def receive(store: Store, station: EnrolledStation, lines: bytes, *, limits: Limits, now_ms: int) -> Receipt:
    """The receipt for a batch. Records that cannot stand, or are not the station's to write, are held in it, not refused. Raises HubRejected, NotTrusted (see batches, db)."""
    name = station.card.station
    batch = batches.decode(lines, lambda claimed: station.key if claimed == name else None, limits)
    receipt = store.receive(
        name, batch.entries, signature=batch.signature, key=station.key.key_id, now_ms=now_ms, writer=station.card
    )
    log.info(
        "batch_received station=%s life=%s entries=%d last=%d held=%d",
        name,
        batch.life,
        len(batch.entries),
        receipt.last_serial,
        len(receipt.held),
    )
    return receipt
