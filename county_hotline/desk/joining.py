"""接入: a station hands in the hub's one-time code and is known there from then on; what it needs of the county comes back."""

from __future__ import annotations

from county_hotline.clock import Clock
from county_hotline.db.store import Store
from county_hotline.domain.reference import StationCard
from county_hotline.errors import BadInput
from county_hotline.paths import Home
from county_hotline.sync import enrolling, identity
from county_hotline.sync.identity import HubAddress


def join(store: Store, home: Home, *, url: str, code: str, clock: Clock) -> StationCard:
    """Enrol this home at the hub and take its reference data. Repeat-safe: the same code and key again is the same success.

    Raises Unreachable N1xx where no hub answers, NotTrusted A21x for the code, A216 for another hub than the one this home knows,
    A218 where this PC has another station's entries.
    """
    before = _known_hub(home)
    found = enrolling.enrol(store, home, url=url, code=code.strip(), clock=clock, expected_hub=before.hub_id if before else "")
    return found.station


def address_of(home: Home) -> HubAddress | None:
    """The hub this home was enrolled at; None before. Raises BadInput I106 for a damaged identity."""
    found = identity.load(home.identity)
    return found.hub if found else None


def _known_hub(home: Home) -> HubAddress | None:
    """A damaged identity does not hinder joining anew: that is how it is mended."""
    try:
        return address_of(home)
    except BadInput:
        return None
