"""基础数据 at the hub: handed out signed, taken in from a station of the centre where it stands on what the hub has."""

from __future__ import annotations

import hashlib
import logging

from county_hotline.db.store import Store
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import BadInput, NotTrusted
from county_hotline.hub.storage import EnrolledStation
from county_hotline.sync.keys import KeyPair
from county_hotline.sync.protocol import ReferenceBundle, ReferenceOffer, ReferenceTaken
from county_hotline.sync.round import bundles

log = logging.getLogger(__name__)


def newer(store: Store, pair: KeyPair, after: int) -> ReferenceBundle:
    """The document, signed, where it is newer than `after`; else its version alone."""
    document = store.reference.document()
    version = bundles.inside(document).version
    return bundles.signed(document, pair) if version > after else ReferenceBundle(version, b"")


def take(store: Store, station: EnrolledStation, offer: ReferenceOffer) -> ReferenceTaken:
    """Put a centre's document in place of the hub's, in one transaction with the look at what it replaces. The same again is the same
    success.

    Raises NotTrusted: A322 another county's, A324 not built on what is here, A325 not a station of the centre, A326 cannot be read.
    """
    if station.card.role is not StationRole.CENTRE:
        raise NotTrusted("A325")
    try:
        says = bundles.inside(offer.body)
        if says.version != offer.version:
            raise NotTrusted("A326", why="version")
        if says.county != station.card.county:
            raise NotTrusted("A322", ours=station.card.county, theirs=says.county)
        store.reference.take_bundle(offer.body, over=lambda before: _stands_on(offer, before))
    except _Already:
        log.info("reference_offered_again station=%s version=%d", station.card.station, offer.version)
    except BadInput as fault:
        raise NotTrusted("A326", why=fault.code) from fault
    else:
        log.info("reference_taken station=%s version=%d built_on=%d", station.card.station, offer.version, offer.built_on)
    return ReferenceTaken(offer.version)


class _Already(Exception):
    """The very document is here: its answer was lost."""


def _stands_on(offer: ReferenceOffer, before: bytes) -> None:
    if before == offer.body:
        raise _Already
    have = bundles.inside(before).version
    follows = offer.built_on == have or (offer.offered != b"" and offer.offered == hashlib.sha256(before).digest())
    if not follows or offer.version <= have:
        raise NotTrusted("A324", have=have, built_on=offer.built_on)
