"""接入: a station hands in the hub's one-time code and is known there from then on; what it needs of the county comes back."""

from __future__ import annotations

from typing import Protocol

from county_hotline import __version__
from county_hotline.clock import Clock
from county_hotline.db.store import Store
from county_hotline.desk import founding
from county_hotline.domain.reference import StationCard
from county_hotline.errors import NotTrusted
from county_hotline.ids import StationId
from county_hotline.paths import Home
from county_hotline.sync import identity, keys
from county_hotline.sync.identity import HubAddress
from county_hotline.sync.keys import KeyPair, PublicKey
from county_hotline.sync.protocol import EnrolmentRequest
from county_hotline.sync.transport import HttpTransport

STATION_KEY = "station"


class OpenLine(Protocol):
    """How a transport to an address is made; tests give their own."""

    def __call__(self, url: str, pair: KeyPair, hub: PublicKey | None, *, clock: Clock) -> HttpTransport: ...


def join(store: Store, home: Home, *, url: str, code: str, clock: Clock, open_line: OpenLine = HttpTransport) -> StationCard:
    """Enrol this home at the hub and take its reference data. Repeat-safe: the same code and key again is the same success.

    Raises Unreachable N1xx where no hub answers, NotTrusted A21x for the code, A218 where this PC has another station's entries.
    """
    pair = keys.keep(home.keys, STATION_KEY)
    line = open_line(url, pair, None, clock=clock)
    try:
        hello = line.hello()
        pinned = PublicKey(hello.public_key, hello.algorithm)
        _is_the_hub_known_before(home, pinned)
        line.trust(pinned)
        answer = line.enrol(
            EnrolmentRequest(
                code=code.strip(),
                algorithm=pair.public.algorithm,
                public_key=pair.public.raw,
                program=__version__,
                hub_id=hello.hub_id,
                station=_with_entries(store),
            )
        )
        founding.settle(store, home, answer.card, hub=identity.address_of(url, answer.hub))
        _take_reference(store, line)
    finally:
        line.close()
    return answer.card


def address_of(home: Home) -> HubAddress | None:
    """The hub this home was enrolled at; None before. Raises BadInput I106 for a damaged identity."""
    found = identity.load(home.identity)
    return found.hub if found else None


def _with_entries(store: Store) -> StationId | None:
    """The station whose entries lie here: this PC cannot become another."""
    card = store.station()
    return card.station if card is not None and store.head(card.station, store.life()) is not None else None


def _is_the_hub_known_before(home: Home, pinned: PublicKey) -> None:
    """Another hub than before is for a person to decide: the pinned address must be taken away first."""
    before = address_of(home)
    if before is not None and before.key != pinned:
        raise NotTrusted("A101", ours=before.hub_id, theirs=pinned.key_id)


def _take_reference(store: Store, line: HttpTransport) -> None:
    bundle = line.reference(after=store.reference.version())
    if bundle is not None and bundle.body:
        store.reference.take_bundle(bundle.body)
