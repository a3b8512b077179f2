"""What a relay asks of the hub above it: who stands below, batches under their authors' seals, ranks given since, how far it got."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Sequence
from typing import Final

from county_hotline.db.line.taking_batches import Told
from county_hotline.db.relaying.below import Below, KeyBelow
from county_hotline.db.relaying.relays import Relays
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import HotlineError, HubRejected, NotTrusted
from county_hotline.hub.asking import Endpoints, Hub, Question, Reply, known, number, unpacked
from county_hotline.hub.storage import EnrolledStation
from county_hotline.ids import Life, StationId
from county_hotline.sync import protocol
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.round import relays
from county_hotline.sync.round.relays import (
    Introduced,
    Introduction,
    Introductions,
    Ranks,
    RanksTaken,
    Relayed,
    RelayHead,
    RelayHeads,
)
from county_hotline.sync.wire import batches
from county_hotline.sync.wire.batches import BatchSeal

log = logging.getLogger(__name__)

_CODE: Final = re.compile(r"H[0-9]{3}")
STATIONS_BELOW: Final = 10_000
"""So many one relay may bring: a province has fewer counters."""
TOO_MANY: Final = "H231"
EARLIEST: Final = 946_684_800_000
LATEST: Final = 4_102_444_800_000
"""2000-01-01 and 2100-01-01, UTC ms: between them a relay is believed, whatever our own clock says. Both levels fold by the moment of the level that
received the entry first, so one hub's wrong clock must not make two stories of one (P5, P7). Outside of them it has come when it came here."""


def _relay(hub: Hub, question: Question) -> EnrolledStation:
    """The relay that asks. Raises NotTrusted A332 for a station, besides what `known` raises."""
    station = known(hub, question)
    if station.card.role is not StationRole.RELAY:
        raise NotTrusted("A332", station=station.card.station)
    return station


# ---------------------------------------------------------------- who stands below


def _introductions(hub: Hub, question: Question) -> Reply:
    relay = _relay(hub, question)
    said = protocol.decoded(unpacked(hub, question.asked), Introductions)
    if len(said.introductions) > relays.INTRODUCTIONS_A_TIME:
        raise HubRejected("H203", limit=relays.INTRODUCTIONS_A_TIME)
    book = Relays(hub.store)
    known_below = {each.card.station: each for each in book.stations()}
    taken, refused = _judged(hub, relay, said.introductions, known_below)
    if news := [each for each in taken if known_below.get(each.card.station) != each]:
        book.introduce(news)
    log.info("introduced relay=%s taken=%d refused=%d", relay.card.station, len(taken), len(refused))
    own = tuple(each.card.station for each in hub.storage.stations() if each.card.role is not StationRole.RELAY)
    return Reply(protocol.encoded(Introduced(tuple(refused), own)))


def _judged(
    hub: Hub, relay: EnrolledStation, introductions: Sequence[Introduction], before: dict[StationId, Below]
) -> tuple[list[Below], list[tuple[str, str]]]:
    """Who of them stands below this relay; the others with the code why not. A hub further down is believed by the key with which it
    was itself introduced, so those whose hub is not known yet wait for it."""
    name = relay.card.station
    hubs: dict[StationId, tuple[PublicKey, ...]] = {name: (relay.key,)}
    hubs |= {
        each.card.station: tuple(PublicKey(key.public_key, key.algorithm) for key in each.keys)
        for each in before.values()
        if each.relay == name and each.card.role is StationRole.RELAY
    }
    others = _units_elsewhere(hub, name, before)
    room = STATIONS_BELOW - sum(each.relay == name for each in before.values())
    taken: dict[StationId, Below] = {}
    refused: list[tuple[str, str]] = []
    waiting = [(relays.statement_of(each), each) for each in introductions]
    while waiting:
        ready = [pair for pair in waiting if pair[0].relay in hubs]
        waiting = [pair for pair in waiting if pair[0].relay not in hubs]
        if not ready:
            refused += [(said.card.station, "A334") for said, _ in waiting]
            break
        for said, signed in ready:
            try:
                _may_stand(hub, name, said, before)
                _finds_room(said, before, taken, room)
                _may_speak_for(said, before, others)
                if not any(relays.is_signed_by(signed, key) for key in hubs[said.relay]):
                    raise NotTrusted("A334", station=said.card.station, relay=said.relay)
            except HotlineError as fault:
                refused.append((said.card.station, fault.code))
                continue
            taken[said.card.station] = _below(said, signed, name, before.get(said.card.station))
            if said.card.role is StationRole.RELAY:
                hubs[said.card.station] = tuple(key.public for key in said.keys)
    return list(taken.values()), refused


def _may_stand(hub: Hub, relay: StationId, said: relays.Statement, before: dict[StationId, Below]) -> None:
    """Raises NotTrusted: A331 it is enrolled here or stands below another relay, A335 it is this hub itself."""
    station = said.card.station
    if any(key.public == hub.pair.public for key in said.keys):
        raise NotTrusted("A335", station=station)
    elsewhere = before.get(station)
    if hub.storage.station(station) is not None or (elsewhere is not None and elsewhere.relay != relay):
        raise NotTrusted("A331", station=station, relay=relay)


def _finds_room(said: relays.Statement, before: dict[StationId, Below], taken: dict[StationId, Below], room: int) -> None:
    """Raises NotTrusted A331 for who was introduced a moment ago, HubRejected H231 for one beyond the `room` there is for new ones."""
    station = said.card.station
    if station in taken:
        raise NotTrusted("A331", station=station, relay=said.relay)
    if station not in before and len(taken.keys() - before.keys()) >= room:
        raise HubRejected(TOO_MANY, limit=STATIONS_BELOW)


def _units_elsewhere(hub: Hub, relay: StationId, before: dict[StationId, Below]) -> frozenset[str]:
    """Units that have a station here or below another relay."""
    here = {each.card.unit for each in hub.storage.stations()}
    return frozenset(here | {each.card.unit for each in before.values() if each.relay != relay}) - {""}


def _may_speak_for(said: relays.Statement, before: dict[StationId, Below], others: Collection[str]) -> None:
    """What a unit is told its relay is told, confidential callers too: so a relay brings in no unit that others speak for (P9). Raises
    NotTrusted A331."""
    known = before.get(said.card.station)
    if said.card.unit in others and (known is None or known.card.unit != said.card.unit):
        raise NotTrusted("A331", station=said.card.station, relay=said.relay)


def _below(said: relays.Statement, signed: Introduction, relay: StationId, before: Below | None) -> Below:
    keys = {KeyBelow(each.public.key_id, each.algorithm, each.public_key) for each in said.keys}
    keys |= set(before.keys) if before else set()
    return Below(
        said.card,
        relay,
        tuple(sorted(keys, key=lambda each: each.key)),
        signed.body,
        signed.algorithm,
        signed.key,
        signed.signature,
    )


# ---------------------------------------------------------------- batches and ranks


def _entries(hub: Hub, question: Question) -> Reply:
    relay = _relay(hub, question)
    head, lines = relays.decode(unpacked(hub, question.asked))
    book = Relays(hub.store)
    key_id = relays.key_named(lines)
    batch = batches.decode(lines, lambda author: _key_of(book, relay, author, key_id), hub.limits)
    writer = book.card_of(batch.station)
    if writer is None:  # decode found a key for it
        raise NotTrusted("A336", station=batch.station)
    serials = range(batch.entries[0].serial, batch.entries[-1].serial + 1)
    told = Told(
        ranks=relays.by_serial(head.ranks, 1, serials),
        held={serial: code for serial, code in head.held if serial in serials and _CODE.fullmatch(code)},
        received=_believed(relays.by_serial(head.times, 0, serials)),
    )
    _seen_before(hub, book, relay, batch)
    receipt, ranks = book.receive(
        relay.card.station,
        batch.entries,
        seal=(key_id, batch.signature),
        now_ms=hub.clock.now_ms(),
        writer=writer,
        told=told,
        anew=head.anew,
    )
    log.info(
        "relayed station=%s by=%s entries=%d held=%d", batch.station, relay.card.station, len(batch.entries), len(receipt.held)
    )
    return Reply(protocol.encoded(Relayed(receipt, ranks)))


def _believed(times: dict[int, int]) -> dict[int, int]:
    """When entries were received below, as far as that can be."""
    return {serial: at for serial, at in times.items() if EARLIEST <= at < LATEST}


def _key_of(book: Relays, relay: EnrolledStation, author: StationId, key_id: str) -> PublicKey:
    """The key that the batch names, as its author was introduced by this very relay. Raises NotTrusted A336."""
    if book.homes().below.get(author) != relay.card.station:
        raise NotTrusted("A336", station=author)
    for key in book.keys_of(author):
        if key.key == key_id:
            return PublicKey(key.public_key, key.algorithm)
    raise NotTrusted("A301", station=author, life="", serial=0)


def _seen_before(hub: Hub, book: Relays, relay: EnrolledStation, batch: batches.Batch) -> None:
    """An entry says how far its author had seen each other chain, and all of that came here before it: in whatever way the author got it,
    by this relay or by us. Where it is missing, the relay withholds or reorders; that is noticed, and nothing is refused for it."""
    missing = book.missing({entry.basis for entry in batch.entries if entry.basis}, {entry.entry_id for entry in batch.entries})
    if missing:
        book.doubt(relay.card.station, missing)
        log.warning("relay_out_of_order relay=%s station=%s missing=%d", relay.card.station, batch.station, missing)


def _ranks(hub: Hub, question: Question) -> Reply:
    relay = _relay(hub, question)
    said = protocol.decoded(unpacked(hub, question.asked), Ranks)
    if len(said.ranks) > relays.RANKS_A_TIME:
        raise HubRejected("H203", limit=relays.RANKS_A_TIME)
    if not relays.are_ours(rank for _, rank in said.ranks):
        raise HubRejected("H202", why="ranks")
    Relays(hub.store).learn(relay.card.station, dict(said.ranks), anew=said.anew)
    return Reply(protocol.encoded(RanksTaken(len(said.ranks))))


def _heads(hub: Hub, question: Question) -> Reply:
    relay = _relay(hub, question)
    return Reply(protocol.encoded(RelayHeads(hub.store.epoch(), Relays(hub.store).heads_below(relay.card.station))))


def _chain(hub: Hub, question: Question) -> Reply:
    """One chain below the relay from a serial on: the relay was put back from a backup and has less of it."""
    relay = _relay(hub, question)
    chain = StationId(question.query.get("station", "")), Life(question.query.get("life", ""))
    found = Relays(hub.store).chain_below(
        relay.card.station, chain, after=number(question, "after", 0), limit=hub.limits.batch_entries // 2
    )
    if found is None:
        raise NotTrusted("A336", station=chain[0][:20])
    last, seal = found.entries[-1], found.seal
    lines = batches.encode_under(found.entries, BatchSeal(seal.serial, last.hash, "ed25519", seal.key, seal.signature))
    head = RelayHead(times=relays.runs_of(found.told.received, 0))
    return Reply(relays.encode(head, lines), media_type=protocol.LINES)


ENDPOINTS: Final[Endpoints] = {
    ("POST", relays.INTRODUCTIONS): _introductions,
    ("POST", relays.ENTRIES): _entries,
    ("POST", relays.RANKS): _ranks,
    ("GET", relays.HEADS): _heads,
    ("GET", relays.CHAIN): _chain,
}
