"""接入, the station's side: hand in a one-time code, keep the hub's key for ever, write identity.toml; and later, the way to that hub."""

from __future__ import annotations

import logging
from typing import Final

import msgspec

from county_hotline import __version__
from county_hotline.clock import Clock
from county_hotline.db.line.lapsing import EPOCH
from county_hotline.db.marks import SPARE
from county_hotline.db.store import Store
from county_hotline.errors import BadInput, NotTrusted
from county_hotline.ids import Life
from county_hotline.paths import Home
from county_hotline.sync import identity, keys
from county_hotline.sync.identity import HubAddress, Identity
from county_hotline.sync.protocol import EnrolmentRequest
from county_hotline.sync.round import bundles, restoring
from county_hotline.sync.wire.http_line import Wire
from county_hotline.sync.wire.transport import HttpTransport

log = logging.getLogger(__name__)

KEY_NAME = "station"
OWN_LIFE: Final = "life.own"
"""Note: the life this file began because another PC had written in the station's name."""


def enrol(
    store: Store,
    home: Home,
    *,
    url: str,
    code: str,
    clock: Clock,
    expected_hub: str = "",
    wire: Wire | None = None,
) -> Identity:
    """Come in by `code` at the hub at `url`; card and reference data arrive with it. Nothing is written unless all went well.

    `expected_hub` is the hub's id as its operator read it out: with it nobody in between can pose as the hub. Raises NotTrusted A2xx,
    Unreachable, BadInput I610.
    """
    pair = keys.keep(home.keys, KEY_NAME)
    transport = HttpTransport(url, pair, None, clock=clock, wire=wire)
    try:
        hello = transport.hello()
        if expected_hub and hello.hub_id != expected_hub.lower():
            raise NotTrusted("A216", ours=expected_hub, theirs=hello.hub_id)
        card = store.station()
        has_entries = card is not None and bool(store.head(card.station, store.life()))
        enrolled = transport.enrol(
            EnrolmentRequest(
                code=code,
                algorithm=pair.public.algorithm,
                public_key=pair.public.raw,
                program=__version__,
                hub_id=hello.hub_id,
                station=card.station if card is not None and has_entries else None,
            )
        )
        store.set_station(enrolled.card)
        if not has_entries:
            _begin_after(store, {head.life for head in transport.heads()} | ({store.life()} if enrolled.replaced else set()))
        if store.note(EPOCH) is None:
            store.set_note(EPOCH, _epoch_of_receipts(home) or enrolled.hub.epoch)
        found = Identity(station=enrolled.card, hub=identity.address_of(url, enrolled.hub))
        identity.save(home.identity, found)
        bundle = transport.reference(after=store.reference.version())
        if bundle is not None:
            hub = identity.address_of(url, enrolled.hub).key
            bundles.take(store, bundle, hub, signs=hello.signs_reference)
    finally:
        transport.close()
    log.info("enrolled station=%s hub_id=%s", enrolled.card.station, enrolled.hub.hub_id)
    return found


def _begin_after(store: Store, lives: set[Life]) -> None:
    """Nothing was written here yet, but at another PC in this station's name: this one goes on in a life of its own. Once: after it the
    life here is later than all of them."""
    before = lives - {store.life()} if store.note(OWN_LIFE) else lives
    if before and store.life() <= max(before):
        life = store.begin_life(others=before, spare=SPARE)
        store.set_note(OWN_LIFE, life)
        log.warning("station_taken_over life=%s before=%s", life, "".join(sorted(before)))


def _epoch_of_receipts(home: Home) -> str:
    """The epoch this home was in before; empty where it was in none, or nobody knows."""
    try:
        before = identity.load(home.identity)
    except BadInput:
        return ""
    return before.hub.epoch if before and before.hub else ""


def line_to(home: Home, hub: HubAddress, *, clock: Clock, wire: Wire | None = None) -> HttpTransport:
    """The way to the hub this station belongs to. Close it when done."""
    return HttpTransport(hub.url, keys.keep(home.keys, KEY_NAME), hub.key, clock=clock, wire=wire)


def accept_epoch(store: Store, home: Home, *, clock: Clock, wire: Wire | None = None) -> bool:
    """A person has made sure that the hub, restored under the same key, may be trusted again (A102, A353): go back to what it still stands
    to, and send it again what it lost. False where its epoch is as it was. Raises NotTrusted A101, Unreachable, BadInput I106."""
    found = identity.load(home.identity)
    if found is None or found.hub is None:
        raise BadInput("I106", file=home.identity.name)
    line = line_to(home, found.hub, clock=clock, wire=wire)
    try:
        hello = line.hello()
    finally:
        line.close()
    changed = restoring.trust_again(store, hello, found.hub)
    keep_epoch(store, home)
    log.warning("epoch_accepted hub_id=%s changed=%s", found.hub.hub_id, changed)
    return changed


def keep_epoch(store: Store, home: Home) -> None:
    """identity.toml follows the epoch the database is in. Where it is damaged it stays so: the next round tells."""
    found, epoch = identity.load(home.identity), store.note(EPOCH)
    if found is not None and found.hub is not None and epoch not in (None, found.hub.epoch):
        identity.save(home.identity, msgspec.structs.replace(found, hub=msgspec.structs.replace(found.hub, epoch=epoch)))
