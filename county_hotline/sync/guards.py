"""What must hold before anything is sent or taken in. Each guard stops the round with words for a person; none ever deletes."""

from __future__ import annotations

from collections.abc import Sequence

from county_hotline.db.store import Store
from county_hotline.domain.receipts import Head, Page
from county_hotline.errors import NotTrusted, Unreachable
from county_hotline.ids import Life, StationId
from county_hotline.sync.identity import HubAddress
from county_hotline.sync.protocol import Hello, agreed_version


def same_hub(hello: Hello, hub: HubAddress) -> None:
    """Raises NotTrusted: A101 another hub, A105 versions. Ours with a new epoch: see `restoring`."""
    if hello.hub_id != hub.hub_id or hello.public_key != hub.key.raw:
        raise NotTrusted("A101", ours=hub.hub_id, theirs=hello.hub_id)
    agreed_version(hello.oldest, hello.newest)


def nothing_lost(store: Store, station: StationId, heads: Sequence[Head]) -> None:
    """Compare what the hub holds of this station with what it has signed for, and with what is here.

    Raises NotTrusted: A103 it holds fewer than it signed for; A104 it holds more of the present life than was ever written here (this
    PC's data were restored or cloned); A311 it holds others (the chain forked); A106 it speaks of another station.
    """
    held = {head.life: head for head in heads}
    for head in heads:
        if head.station != station:
            raise NotTrusted("A106", station=head.station)
    for life in {*held, *store.unsent_lives(), store.life()}:
        theirs = held.get(life)
        serial = theirs.serial if theirs else 0
        if serial < (signed := store.receipted(life)):
            raise NotTrusted("A103", life=life, signed=signed, held=serial)
        if theirs is not None:
            _same_chain(store, theirs)


def same_chains(store: Store, station: StationId, heads: Sequence[Head]) -> None:
    """What a parcel says the hub holds of this station, perhaps long ago: it may be less than the hub has signed for since, never more than
    is here or other than that. Raises NotTrusted A104, A106, A311 as `nothing_lost` does."""
    for head in heads:
        if head.station != station:
            raise NotTrusted("A106", station=head.station)
        _same_chain(store, head)


def moves_on(page: Page, cursor: int) -> None:
    """A page that leads backwards, or nowhere while it promises more, would turn the round in a circle. Raises Unreachable N118."""
    if page.cursor < cursor or (not page.complete and page.cursor == cursor):
        raise Unreachable("N118", cursor=cursor, theirs=page.cursor)


def has_grown(store: Store, life: Life, had: int) -> None:
    """A receipt that signs for nothing new would have the same batch sent for ever. Raises Unreachable N118."""
    if store.receipted(life) <= had:
        raise Unreachable("N118", life=life, serial=had)


def _same_chain(store: Store, theirs: Head) -> None:
    ours = store.head(theirs.station, theirs.life)
    here = ours.serial if ours else 0
    if theirs.serial > here:
        if theirs.life == store.life():
            raise NotTrusted("A104", life=theirs.life, held=theirs.serial, here=here)
        return  # an old life: what this restored file lacks of it comes back with the pages
    at_that_serial = store.unsent(theirs.life, after=theirs.serial - 1, limit=1) if theirs.serial else []
    if at_that_serial and at_that_serial[0].hash != theirs.hash:
        raise NotTrusted("A311", life=theirs.life, serial=theirs.serial)
