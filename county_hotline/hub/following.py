"""Where the hub above, or this relay itself, was put back from a backup: what no longer holds lapses, what was lost is sent or fetched again.

Nothing is deleted. What cannot be the backup of a day stops and asks a person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from county_hotline.db.line.lapsing import Present
from county_hotline.db.line.taking_batches import Told
from county_hotline.db.relaying import relay_up
from county_hotline.db.relaying.relays import Relays
from county_hotline.db.store import Store
from county_hotline.domain.receipts import Head
from county_hotline.errors import HubRejected, NotTrusted
from county_hotline.hub.asking import Hub
from county_hotline.hub.storage import EnrolledStation
from county_hotline.ids import Number
from county_hotline.sync.identity import HubAddress
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round import relays, restoring
from county_hotline.sync.round.relays import RelayHeads
from county_hotline.sync.wire import batches

log = logging.getLogger(__name__)


def pinned(store: Store, address: HubAddress) -> str:
    """The epoch of the hub above that what is known here of it is of. The database knows best: it goes back with it."""
    return store.note(relay_up.EPOCH) or address.epoch


def follow(store: Store, hello: Hello, address: HubAddress, heads: Callable[[], RelayHeads]) -> set[Number]:
    """Be in the epoch the hub above is in; `heads` asks it what it has. The orders whose story changed.

    Raises NotTrusted as `restoring.follow` does: A102, A351, A352, A353.
    """
    ours = pinned(store, address)
    if hello.epoch == ours:
        if store.note(relay_up.EPOCH) is None:
            store.set_note(relay_up.EPOCH, ours)
        return set()
    if hello.epoch in (store.note(relay_up.PAST) or "").split():
        raise NotTrusted("A352", ours=ours[:8], theirs=hello.epoch[:8])
    book, earlier = Relays(store), restoring.shared(hello, ours)
    if earlier.hash and book.hash_above(earlier.through) not in (b"", earlier.hash):
        raise NotTrusted("A351", place=earlier.through)
    theirs = heads().heads
    lost, of = book.lost(theirs)
    if lost > restoring.PLAUSIBLE and lost * restoring.PLAUSIBLE_SHARE > of:
        raise NotTrusted("A353", lost=lost, of=of)
    log.warning("hub_above_restored epoch=%s after=%s through=%d lost=%d", hello.epoch[:8], ours[:8], earlier.through, lost)
    return book.lapse(theirs, Present(ours, hello.epoch, earlier.through))


def trust_again(store: Store, hello: Hello, address: HubAddress, heads: RelayHeads) -> bool:
    """A person has made sure that this is our hub, whatever it lost. False where its epoch is the one we are in."""
    ours = pinned(store, address)
    if hello.epoch == ours:
        return False
    through = next((each.through for each in hello.lineage if each.epoch == ours), 0)
    Relays(store).lapse(heads.heads, Present(ours, hello.epoch, through))
    log.warning("epoch_accepted hub_id=%s", address.hub_id)
    return True


def take_back(hub: Hub, head: Head, had: int, ask: Callable[[str], bytes]) -> int:
    """This relay was put back, and the hub above holds more of a station's chain than is here: that is taken in as the station signed it, and
    judged here like everything of its hand. How many entries came. What cannot be taken is left to the station itself."""
    station = hub.storage.station(head.station)
    came = had
    while station is not None and came < head.serial:
        body = ask(f"{relays.CHAIN}?station={head.station}&life={head.life}&after={came}")
        try:
            through = _take(hub, station, body)
        except (HubRejected, NotTrusted) as fault:
            log.warning("chain_not_taken_back station=%s life=%s after=%d code=%s", head.station, head.life, came, fault.code)
            break
        if through <= came:
            break
        came = through
    return came - had


def _take(hub: Hub, station: EnrolledStation, body: bytes) -> int:
    said, lines = relays.decode(body)
    key_id = relays.key_named(lines)
    keys = {key.key_id: key for key in hub.storage.keys(station.card.station)}
    batch = batches.decode(lines, lambda author: keys.get(key_id) if author == station.card.station else None, hub.limits)
    serials = range(batch.entries[0].serial, batch.entries[-1].serial + 1)
    Relays(hub.store).receive_back(
        batch.entries,
        seal=(key_id, batch.signature),
        now_ms=hub.clock.now_ms(),
        writer=station.card,
        told=Told(received=relays.by_serial(said.times, 0, serials)),
    )
    return batch.entries[-1].serial
