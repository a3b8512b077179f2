"""恢复: a hub that was put back from a backup says so by a new epoch and names its earlier ones; a station goes on by itself where it can.

What the hub no longer stands to lapses here: this station's own entries are sent again, and read again what the hub still has. Nothing is
deleted. What cannot be the backup of a day stops and asks a person.
"""

from __future__ import annotations

import logging
from typing import Final

import msgspec

from county_hotline.db.line.lapsing import EPOCH, LINEAGE, PAST, Present
from county_hotline.db.store import Store
from county_hotline.domain.epochs import Earlier, Standing
from county_hotline.errors import NotTrusted
from county_hotline.ids import Number
from county_hotline.sync.identity import HubAddress
from county_hotline.sync.protocol import Hello

log = logging.getLogger(__name__)

PLAUSIBLE: Final = 200
"""So many receipts may lapse without asking; more only while they are less than a quarter of all. A backup is of yesterday, not of spring."""
PLAUSIBLE_SHARE: Final = 4

_lineage = msgspec.json.Decoder(tuple[Earlier, ...])


def pinned(store: Store, hub: HubAddress) -> str:
    """The epoch the receipts here were signed in. The database knows best: it goes back with them; an older file says nothing."""
    return store.note(EPOCH) or hub.epoch


def follow(store: Store, hello: Hello, hub: HubAddress) -> frozenset[Number]:
    """Be in the epoch the hub is in. Orders it changed; empty where nothing was lost.

    Raises NotTrusted: A102 the hub does not know our epoch, A351 what it says of it is not what it signed, A352 it is in an epoch that it
    had left (two hubs with one key, or put back unnoticed), A353 it lost more than a backup of yesterday explains.
    """
    ours = pinned(store, hub)
    if hello.epoch == ours:
        if store.note(EPOCH) is None:
            store.set_note(EPOCH, ours)
        return frozenset()
    if hello.epoch in (store.note(PAST) or "").split():
        raise NotTrusted("A352", ours=ours[:8], theirs=hello.epoch[:8])
    earlier = shared(hello, ours)
    if earlier.hash and store.hash_at_place(earlier.through) not in (b"", earlier.hash):
        raise NotTrusted("A351", place=earlier.through)
    lost, of = store.share_after(earlier.through)
    if lost > PLAUSIBLE and lost * PLAUSIBLE_SHARE > of:
        raise NotTrusted("A353", lost=lost, of=of)
    return _go_back(store, hello, ours, earlier.through)


def shared(hello: Hello, ours: str) -> Earlier:
    """What the hub still stands to of the epoch `ours`. Raises NotTrusted A102 where it knows none of that name."""
    if hello.epoch == ours:
        return Earlier(ours, 0)
    found = next((each for each in hello.lineage if each.epoch == ours), None)
    if found is None:
        raise NotTrusted("A102", ours=ours[:8], theirs=hello.epoch[:8])
    return found


def trust_again(store: Store, hello: Hello, hub: HubAddress) -> bool:
    """A person has made sure that this is our hub, whatever it lost: go back to what it stands to, or, where it says nothing of our epoch,
    compare everything anew. False where its epoch is the one we are in."""
    ours = pinned(store, hub)
    if hello.epoch == ours:
        return False
    through = next((each.through for each in hello.lineage if each.epoch == ours), 0)
    _go_back(store, hello, ours, through)
    return True


def standing(store: Store, epoch: str, *, hub: HubAddress | None = None) -> tuple[Standing, int]:
    """How an epoch that stands on a parcel is to be taken here, and up to which place of it everything still holds (for `EARLIER`).

    At a station (`hub`: the one it belongs to) and at a hub (None) alike. Beyond that place, and in an epoch unknown here, nothing the
    hub signed may be believed; entries signed by their author may.
    """
    present = store.epoch() if hub is None else pinned(store, hub)
    if epoch == present:
        return Standing.PRESENT, 0
    known = store.epochs.earlier() if hub is None else _lineage.decode(store.note(LINEAGE) or "[]")
    found = next((each for each in known if each.epoch == epoch), None)
    return (Standing.UNKNOWN, 0) if found is None else (Standing.EARLIER, found.through)


def _go_back(store: Store, hello: Hello, ours: str, through: int) -> frozenset[Number]:
    lost, _ = store.share_after(through)
    numbers = store.lapse(Present(ours, hello.epoch, through, hello.lineage))
    log.warning("hub_restored epoch=%s after=%s through=%d lapsed=%d", hello.epoch[:8], ours[:8], through, lost)
    return numbers
