"""数据包 at the hub: a station's parcel taken in as its batches would be over the line, and the answer made for it at once or later."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

from county_hotline.db.beside.parcels import Carried, Parcels
from county_hotline.domain.epochs import Standing
from county_hotline.errors import BadInput, HubRejected, NotTrusted
from county_hotline.hub import knowledge, parcel_answers, receiving, referring
from county_hotline.hub.asking import Hub
from county_hotline.hub.parcel_answers import Asked, Prepared, Said
from county_hotline.hub.storage import EnrolledStation
from county_hotline.ids import EntryId, StationId
from county_hotline.sync import protocol
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.parcel import bag, contents, pieces, remarks, sealing
from county_hotline.sync.parcel.bag import Bag
from county_hotline.sync.parcel.bounded_zip import BoundedZip
from county_hotline.sync.parcel.contents import Problem, Request
from county_hotline.sync.parcel.label import Label, Way
from county_hotline.sync.parcel.remarks import Remark
from county_hotline.sync.protocol import ReferenceOffer
from county_hotline.sync.round import restoring
from county_hotline.sync.wire.articles import Taken

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Received:
    """What came of reading one parcel of a station."""

    station: EnrolledStation
    request: Request
    entries: int = 0
    """New here."""
    held: int = 0
    """Of these, held for repair."""
    problems: list[Problem] = field(default_factory=list)
    """What was not taken; the station hears of it by the answer."""
    remarks: list[Remark] = field(default_factory=list)
    reference_taken: int = 0
    again: dict[str, str] = field(default_factory=dict)
    """Records sent again whole, with the code of those still held."""
    files: dict[str, int] = field(default_factory=dict)
    """Attachments the station spoke of, with how far each has come here."""
    knowledge: Taken | None = None
    """What became of what it handed in for the knowledge base."""

    def answer(self, hub: Hub, *, only_news: bool = False) -> Prepared | None:
        """The answer to it; None with `only_news` where that would tell the station nothing."""
        said = Said(tuple(self.problems), self.reference_taken, self.again, self.files, self.knowledge)
        return parcel_answers.answer(hub, self.station, self.request, said, only_news=only_news)


def take(hub: Hub, path: Path, *, by_folder: bool = False) -> Received:
    """Read a station's parcel, batch by batch, each a transaction of its own: done again it goes on where it was stopped.

    Raises BadInput I18x, I190, I191, I196, I197 (then nothing was changed), StoreFault. What the hub would have refused over the line is in
    `problems`.
    """
    found = bag.opened(path)
    station = _is_for_us(hub, found)
    plain = sealing.opened(found.content, hub.pair)
    ledger = Parcels(hub.store)
    with contents.opened(plain) as inside:
        request = contents.head_of(inside, found.label, Request)
        received = Received(station, request, remarks=remarks.on(found, ledger))
        _take_batches(hub, inside, received)
        _take_again(hub, inside, received)
        _take_reference(hub, inside, received)
        _take_knowledge(hub, inside, received)
        received.files = pieces.take_at_hub(hub.store, station.card, inside, request.files)
    parcel_answers.note_asked(hub, Asked(request, by_folder))
    hub.storage.seen(station, hub.clock.now_ms())
    label = found.label
    ledger.took(Carried(label.station, "in", label.serial, found.digest, hub.clock.now_ms(), label.entries, label.files))
    log.info("parcel_received name=%s entries=%d problems=%d", label.name, received.entries, len(received.problems))
    return received


def _is_for_us(hub: Hub, found: Bag) -> EnrolledStation:
    """Before anything of it is opened: it is to this hub, in an epoch the hub knows, from a station known here, by the key it has now."""
    label = found.label
    if label.way is not Way.UP:
        raise BadInput("I186", name=label.name, station=label.station)
    if label.hub != hub.pair.key_id:
        raise BadInput("I184", theirs=label.hub, ours=hub.pair.key_id)
    station = hub.storage.station(StationId(label.station))
    if station is None:
        raise BadInput("I188", station=label.station)
    if not found.is_signed_by(station.key):
        raise BadInput("I189", sender=label.station, key=found.signed.key[:16])
    if restoring.standing(hub.store, label.epoch)[0] is Standing.UNKNOWN:
        raise BadInput("I190", name=label.name)
    return station


def _take_batches(hub: Hub, inside: BoundedZip, received: Received) -> None:
    """A life whose batch is refused stands still; the others go on."""
    stuck: set[str] = set()
    name = received.station.card.station
    before = {head.life: head.serial for head in hub.store.heads(name)}
    for member, body in contents.members(inside, contents.BATCHES):
        life = member.partition("-")[0]
        if life in stuck:
            continue
        try:
            receipt = receiving.receive(hub.store, received.station, body, limits=hub.limits, now_ms=hub.clock.now_ms())
        except (HubRejected, NotTrusted) as fault:
            received.problems.append(Problem(fault.code, fault.figures()))
            stuck.add(life)
            continue
        received.held += len(receipt.held)
    received.entries = sum(head.serial - before.get(head.life, 0) for head in hub.store.heads(name))


def _take_again(hub: Hub, inside: BoundedZip, received: Received) -> None:
    for name, body in contents.members(inside, contents.AGAIN):
        entry_id = EntryId(name.removesuffix(".jsonl"))
        try:
            receipt = receiving.receive(hub.store, received.station, body, limits=hub.limits, now_ms=hub.clock.now_ms())
        except (HubRejected, NotTrusted) as fault:
            received.again[entry_id] = fault.code
        else:
            received.again[entry_id] = next((held.code for held in receipt.held if held.entry_id == entry_id), "")


def _take_reference(hub: Hub, inside: BoundedZip, received: Received) -> None:
    if contents.OFFER not in inside:
        return
    try:
        offer = protocol.decoded(inside.read(contents.OFFER), ReferenceOffer)
        received.reference_taken = referring.take(hub.store, received.station, offer).version
    except (HubRejected, NotTrusted) as fault:
        received.problems.append(Problem(fault.code, fault.figures()))


def _take_knowledge(hub: Hub, inside: BoundedZip, received: Received) -> None:
    if contents.KNOWLEDGE_OFFER not in inside:
        return
    try:
        received.knowledge = knowledge.take(hub, received.station.card, inside.read(contents.KNOWLEDGE_OFFER))
    except HubRejected as fault:
        received.problems.append(Problem(fault.code, fault.figures()))


def key_of(hub: Hub, label: Label) -> PublicKey | None:
    """The key the hub knows of a parcel's sender, itself among them."""
    if label.sender == hub.pair.key_id:
        return hub.pair.public
    station = hub.storage.station(StationId(label.sender))
    return station.key if station else None
