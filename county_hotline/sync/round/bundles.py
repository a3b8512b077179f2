"""基础数据 over the line: signed by the hub on its way down, offered by a station of the centre on its way up. Nobody's change is lost."""

from __future__ import annotations

import hashlib
import logging

import msgspec

from county_hotline.db.beside.reference import BUILT_ON, CHANGED_HERE, Bundle, after
from county_hotline.db.store import Store
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import BadInput, HubRejected, NotTrusted
from county_hotline.sync.keys import KeyPair, PublicKey
from county_hotline.sync.protocol import Hello, ReferenceBundle, ReferenceOffer, reference_statement
from county_hotline.sync.wire.transport import Transport

log = logging.getLogger(__name__)

OFFERED = "reference.offered"
"""Note: SHA-256 (hexadecimal) of the document last offered to the hub, whether or not its answer came."""
OF_REFERENCE = "A32"
"""Faults that are about reference data alone: nothing else waits for them."""


class Inside(msgspec.Struct, frozen=True):
    """As much of a bundle document as is asked for here."""

    version: int = 0
    county: str = ""


def inside(document: bytes) -> Inside:
    """Which version and county a document says it is. Raises BadInput I111."""
    try:
        return msgspec.json.decode(document, type=Inside) if document else Inside()
    except msgspec.MsgspecError as fault:
        raise BadInput("I111", reason=str(fault)) from fault


# ---------------------------------------------------------------- down


def signed(document: bytes, pair: KeyPair) -> ReferenceBundle:
    """The hub's document under its own name."""
    says = inside(document)
    return ReferenceBundle(
        version=says.version,
        body=document,
        county=says.county,
        algorithm=pair.public.algorithm,
        key=pair.key_id,
        signature=pair.sign(reference_statement(says.county, says.version, document)),
    )


def take(store: Store, found: ReferenceBundle, hub: PublicKey, *, signs: bool) -> None:
    """Put the hub's document in force. `signs`: this hub says of itself that it signs them; one that does not is older, and is believed as
    before, by its signed answer alone.

    Raises NotTrusted: A320 unsigned, A321 not signed by our hub or not what was signed, A322 another county's, A323 not newer than ours;
    BadInput where it cannot be read. Does nothing where a change made here waits to be offered.
    """
    _is_the_hubs(found, hub, signs=signs)
    _is_our_countys(store, found)
    if found.version <= (have := store.reference.version()):
        raise NotTrusted("A323", have=have, version=found.version)
    try:
        store.reference.take_bundle(found.body, over=lambda before: _nothing_waits(store))
    except _Waiting:
        log.info("reference_kept version=%d", found.version)


class _Waiting(Exception):
    """A change made here meanwhile must not be overwritten."""


def _nothing_waits(store: Store) -> None:
    if store.note(CHANGED_HERE) is not None:
        raise _Waiting


def _is_the_hubs(found: ReferenceBundle, hub: PublicKey, *, signs: bool) -> None:
    if not found.signature:
        if signs:
            raise NotTrusted("A320", version=found.version)
        return
    statement = reference_statement(found.county, found.version, found.body)
    if found.algorithm != hub.algorithm or not hub.has_signed(statement, found.signature):
        raise NotTrusted("A321", version=found.version)


def _is_our_countys(store: Store, found: ReferenceBundle) -> None:
    """What is signed, and what the document itself says, must be this station's county and one version."""
    card, says = store.station(), inside(found.body)
    if says.version != found.version:
        raise NotTrusted("A321", version=found.version)
    for theirs in (found.county, says.county):
        if card is not None and theirs and theirs != card.county:
            raise NotTrusted("A322", ours=card.county, theirs=theirs)


# ---------------------------------------------------------------- up


def offer(store: Store, transport: Transport, hello: Hello) -> None:
    """Hand in what was changed here, if anything was. It stays in force here whatever the hub says.

    Raises NotTrusted: A324 the hub's was changed elsewhere meanwhile, A325 only the centre changes it, A326 the hub cannot take this
    document, A327 the hub is too old to take any; HubRejected where it is too large; Unreachable.
    """
    if store.note(CHANGED_HERE) is None:
        return
    card = store.station()
    if card is None or card.role is not StationRole.CENTRE:
        raise NotTrusted("A325")
    if not hello.signs_reference:
        raise NotTrusted("A327")
    offered = offer_of(store)
    transport.offer_reference(offered)
    taken(store, offered.version)


def offer_of(store: Store) -> ReferenceOffer:
    """What was changed here, as it is handed in; that it was is noted first, for its answer may be lost."""
    document = store.reference.document()
    before = bytes.fromhex(store.note(OFFERED) or "")
    store.set_note(OFFERED, hashlib.sha256(document).hexdigest())
    return ReferenceOffer(inside(document).version, built_on(store), document, before)


def built_on(store: Store) -> int:
    """The hub's version on which the change made here stands."""
    noted = store.note(BUILT_ON) or ""
    return int(noted) if noted.isdecimal() else store.reference.version() - 1


def taken(store: Store, version: int) -> None:
    """The hub has it. What was changed again while it was on its way stands on it."""
    with store.immediate() as db:
        db.execute("UPDATE notes SET value = ? WHERE key = ?", (str(version), BUILT_ON))
        db.execute("DELETE FROM notes WHERE key = ? AND value = ?", (CHANGED_HERE, str(version)))
    log.info("reference_offered version=%d", version)


def keep_ours(store: Store, transport: Transport, *, over: Bundle | None = None) -> int:
    """A person looked at both after A324: what stands here goes over the hub's. The version that is then the county's. Raises as `offer`.

    `over`: the hub's; its pack and calendar go along as once in force, for the orders counted by them.
    """
    hello = transport.hello()
    bundle = store.reference.bundle() if over is None else after(store.reference.bundle(), over)
    with_number = msgspec.structs.replace(bundle, version=max(bundle.version, hello.reference) + 1)
    store.reference.take_bundle(msgspec.json.encode(with_number))
    store.set_note(CHANGED_HERE, str(with_number.version))
    store.set_note(BUILT_ON, str(hello.reference))
    offer(store, transport, hello)
    return with_number.version


def theirs(store: Store, transport: Transport, hub: PublicKey) -> ReferenceBundle:
    """The hub's document, proved to be the hub's and this county's, to be looked at. Raises as `take`, HubRejected H204."""
    hello = transport.hello()
    found = transport.reference(after=0)
    if found is None:
        raise HubRejected("H204")
    _is_the_hubs(found, hub, signs=hello.signs_reference)
    _is_our_countys(store, found)
    return found


def take_theirs(store: Store, transport: Transport, hub: PublicKey) -> int:
    """A person looked at both after A324: the hub's goes over what was changed here. Its version. Raises as `theirs`, BadInput."""
    found = theirs(store, transport, hub)
    store.reference.take_bundle(found.body)
    with store.immediate() as db:
        db.execute("DELETE FROM notes WHERE key IN (?,?)", (CHANGED_HERE, BUILT_ON))
    return found.version
