"""接入: a station hands in the hub's one-time code and is known there from then on; what it needs of the county comes back."""

from __future__ import annotations

from county_hotline.clock import Clock
from county_hotline.db.store import Store
from county_hotline.domain.reference import StationCard
from county_hotline.errors import BadInput, NotTrusted, Refusal
from county_hotline.paths import Home
from county_hotline.sync import enrolling, identity
from county_hotline.sync.identity import HubAddress


def join(store: Store, home: Home, *, url: str, code: str, clock: Clock, hub_id: str = "") -> StationCard:
    """Enrol this home at the hub and take its reference data. Repeat-safe: the same code and key again is the same success.

    `hub_id` is the hub's id as its operator read it out. Raises Unreachable N1xx where no hub answers, NotTrusted A21x for the code,
    A216 for another hub than the one read out or the one this home knows, A218 where this PC has another station's entries. Refuses (R640) a home for
    练习 any hub but one on this PC.
    """
    if home.training.exists() and not is_on_this_pc(url):
        raise Refusal("R640", hub=url)
    before = _known_hub(home)
    expected = "".join(hub_id.split()).replace("-", "").lower()
    if before is not None and expected not in ("", before.hub_id):
        raise NotTrusted("A216", ours=before.hub_id, theirs=expected)
    if before is not None:
        expected = before.hub_id
    return enrolling.enrol(store, home, url=url, code=code.strip(), clock=clock, expected_hub=expected).station


def take_over(store: Store, home: Home, *, url: str, code: str, clock: Clock, hub_id: str = "") -> StationCard:
    """换机: this new PC goes on in the name of a station whose PC is gone, by a code made for that, in a life of its own. What the hub
    holds of it comes with the next rounds. Repeat-safe. Refuses (R560) a home in which something was written. Raises as `join`."""
    card = store.station()
    if card is not None and store.head(card.station, store.life()) is not None:
        raise Refusal("R560", station=card.station)
    return join(store, home, url=url, code=code, clock=clock, hub_id=hub_id)


def trust_restored_hub(store: Store, home: Home, *, clock: Clock) -> bool:
    """A person has made sure that the hub was restored (A102, A353): go on with it, and send it again what it lost. False where it is as it was.

    Refuses (R209) a home that was never joined. Raises NotTrusted A101 where another hub answers, Unreachable.
    """
    if address_of(home) is None:
        raise Refusal("R209")
    return enrolling.accept_epoch(store, home, clock=clock)


def address_of(home: Home) -> HubAddress | None:
    """The hub this home was enrolled at; None before. Raises BadInput I106 for a damaged identity."""
    found = identity.load(home.identity)
    return found.hub if found else None


def is_on_this_pc(url: str) -> bool:
    """Whether an address leads nowhere else."""
    host = url.partition("//")[2].partition("/")[0].rpartition("@")[2]
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return name in ("localhost", "::1") or name.startswith("127.")


def _known_hub(home: Home) -> HubAddress | None:
    """A damaged identity does not hinder joining anew: that is how it is mended."""
    try:
        return address_of(home)
    except BadInput:
        return None
