"""Answers to stations' parcels, made at once or later: receipts, pages after the cursor a station named, reference data newer than its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Final

import msgspec

from county_hotline import __version__
from county_hotline.db.beside.parcels import Parcels, receipts_from
from county_hotline.domain.entries import Entry
from county_hotline.domain.epochs import Standing
from county_hotline.domain.facts import AttachmentAdded
from county_hotline.domain.files import names_a_file
from county_hotline.domain.upcasts import read_fact
from county_hotline.errors import BadInput
from county_hotline.hub import knowledge, referring
from county_hotline.hub.asking import Hub
from county_hotline.hub.storage import EnrolledStation
from county_hotline.ids import Life, StationId
from county_hotline.sync import protocol
from county_hotline.sync.parcel import bag, contents, pieces, sealing
from county_hotline.sync.parcel.bag import Made
from county_hotline.sync.parcel.contents import Answer, Problem, Request
from county_hotline.sync.parcel.going_up import AGAIN_MS
from county_hotline.sync.parcel.label import Label, Way
from county_hotline.sync.round import restoring
from county_hotline.sync.wire import pages
from county_hotline.sync.wire.articles import Taken

log = logging.getLogger(__name__)

_ASKED: Final = "parcel.asked."
"""Note, by station: what its newest parcel asked for (`Asked`)."""
_GIVEN: Final = "parcel.given."
"""Note, by station: how far the last answer made for it reaches (`Given`)."""
_PAGE_ENTRIES: Final = 2_000
_KNOWLEDGE_BYTES: Final = 48 << 20
"""Of the knowledge base, unpacked: all of it, as a rule."""


class Asked(msgspec.Struct, frozen=True):
    """What a station's newest parcel asked for."""

    request: Request
    by_folder: bool
    """Whether it came through the watched folder: then answers go there by themselves."""


class Given(msgspec.Struct, frozen=True):
    """How far the last answer made for a station reaches."""

    at: int
    cursor: int
    reference: int
    knowledge: int = 0


def note_asked(hub: Hub, asked: Asked) -> None:
    """The newest parcel of a station says what it wants; one that comes late does not."""
    label = asked.request.label
    before = asked_by(hub, StationId(label.station))
    if before is not None:
        newest = before.request
        if (asked.request.life, label.serial) < (newest.life, newest.label.serial):
            return
    hub.store.set_note(f"{_ASKED}{label.station}", msgspec.json.encode(asked).decode())


def asked_by(hub: Hub, station: StationId) -> Asked | None:
    """What this station's newest parcel asked for; None where none came yet."""
    noted = hub.store.note(f"{_ASKED}{station}")
    return msgspec.json.decode(noted, type=Asked) if noted else None


def given_to(hub: Hub, station: StationId) -> Given | None:
    """How far the last answer made for this station reaches."""
    noted = hub.store.note(f"{_GIVEN}{station}")
    return msgspec.json.decode(noted, type=Given) if noted else None


def known(hub: Hub, station: StationId) -> EnrolledStation:
    """The station to which an answer is to go. Raises BadInput I188 where it is not enrolled here."""
    found = hub.storage.station(station)
    if found is None:
        raise BadInput("I188", station=station)
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """An answer that has its serial and is not yet anywhere."""

    parcel: Made
    given: Given
    is_whole: bool
    """Whether all that waited found room."""


@dataclass(slots=True)
class _Load:
    """What goes into an answer, and how far it reaches."""

    members: dict[str, bytes]
    cursor: int
    complete: bool = False
    entries: int = 0
    size: int = 0
    reference: int = 0
    knowledge: int = 0
    """The place in the knowledge base up to which it reaches."""
    named: list[tuple[str, int]] = field(default_factory=list)
    """Attachments that entries of its pages name, with their sizes."""
    files: int = 0


class Said(msgspec.Struct, frozen=True):
    """What an answer says of the parcel it answers."""

    problems: tuple[Problem, ...] = ()
    reference_taken: int = 0
    again: dict[str, str] = {}
    files: dict[str, int] = {}
    knowledge: Taken | None = None


def answer(hub: Hub, station: EnrolledStation, request: Request, said: Said, *, only_news: bool = False) -> Prepared | None:
    """The answer to a parcel that was just read. None with `only_news` where it would tell the station nothing."""
    load = _load(hub, station, request)
    if only_news and not (load.members or said.problems or said.reference_taken or said.knowledge):
        return None
    return _bagged(hub, station, request, load, said)


def answer_later(hub: Hub, station: EnrolledStation) -> Prepared:
    """An answer to a station's newest parcel. To one that never sent any: all there is, as to a station that has nothing."""
    asked = asked_by(hub, station.card.station)
    request = _of_a_stranger(hub, station) if asked is None else asked.request
    return _bagged(hub, station, request, _load(hub, station, request), Said())


def _of_a_stranger(hub: Hub, station: EnrolledStation) -> Request:
    heads = hub.store.heads(station.card.station)
    return Request(label=_label(hub, station), life=max((head.life for head in heads), default=Life("A")), cursor=0)


def after(hub: Hub, request: Request) -> int:
    """Where the pages begin: the cursor the station named, or, where it was named in an earlier epoch, what still holds of it."""
    stands, through = restoring.standing(hub.store, request.label.epoch)
    return {Standing.PRESENT: request.cursor, Standing.EARLIER: min(request.cursor, through)}.get(stands, 0)


def _load(hub: Hub, station: EnrolledStation, request: Request) -> _Load:
    """Receipts, pages and reference data for this request."""
    load = _Load(_receipts(hub, station, request), after(hub, request))
    _add_pages(hub, station, request, load)
    files = pieces.Load(hub.store.files.shelf, load.members)
    pieces.add_wanted(hub.store, station.card, request.wants, load.named, files)
    load.files, load.complete = files.count, load.complete and files.is_whole
    newer = referring.newer(hub.store, hub.pair, request.reference)
    load.reference = newer.version
    if newer.body:
        load.members[contents.REFERENCE] = protocol.encoded(newer)
    _add_knowledge(hub, station, request, load)
    return load


def _add_knowledge(hub: Hub, station: EnrolledStation, request: Request, load: _Load) -> None:
    """Pages of the knowledge base after the place the station named, as many as there is room for. A place of an earlier epoch counts for
    nothing: from the beginning."""
    if request.knowledge < 0:
        return
    is_present = restoring.standing(hub.store, request.label.epoch)[0] is Standing.PRESENT
    load.knowledge = request.knowledge if is_present else 0
    size, last = 0, hub.store.knowledge.last_place()
    while load.knowledge < last and size < _KNOWLEDGE_BYTES:
        head, body = knowledge.page(hub, station.card, after=load.knowledge)
        load.members[f"{contents.KNOWLEDGE}{load.knowledge:012d}.jsonl"] = body
        load.knowledge, size = head.through, size + len(body)
    load.complete = load.complete and load.knowledge >= last


def _bagged(hub: Hub, station: EnrolledStation, request: Request, load: _Load, said: Said) -> Prepared:
    name = station.card.station
    now = max(0, hub.clock.now_ms())
    serial, previous = Parcels(hub.store).begin(name, now)
    label = _label(hub, station, serial=serial, previous=previous, entries=load.entries, files=load.files, made_at=now)
    head = Answer(
        label=label,
        answers=request.label.serial,
        life=request.life,
        after=after(hub, request),
        lineage=hub.store.epochs.earlier(),
        cursor=load.cursor,
        complete=load.complete,
        heads=hub.store.heads(name),
        problems=said.problems,
        reference_taken=said.reference_taken,
        held=hub.store.quarantine.of(name),
        again=said.again,
        files=said.files,
        knowledge=said.knowledge,
    )
    made = bag.made(label, sealing.sealed(contents.packed(head, load.members), station.key), hub.pair)
    return Prepared(made, Given(now, load.cursor, load.reference, load.knowledge), load.complete)


def is_sent(hub: Hub, prepared: Prepared) -> None:
    """The answer lies on its medium."""
    label = prepared.parcel.label
    ledger = Parcels(hub.store)
    ledger.finish(label.station, label.serial, digest=prepared.parcel.digest, entries=label.entries, files=label.files)
    hub.store.set_note(f"{_GIVEN}{label.station}", msgspec.json.encode(prepared.given).decode())
    log.info("parcel_made name=%s entries=%d", label.name, label.entries)


def is_waited_for(hub: Hub, station: EnrolledStation) -> bool:
    """Whether a station that sends through the watched folder should get an answer by itself: there is more for it than its last one
    held, or that one seems to have been lost."""
    asked, given = asked_by(hub, station.card.station), given_to(hub, station.card.station)
    if asked is None or not asked.by_folder:
        return False
    request = asked.request
    cursor, reference = (after(hub, request), request.reference) if given is None else (given.cursor, given.reference)
    if _brings_any(hub, station, request, cursor) or hub.store.reference.version() > max(reference, request.reference):
        return True
    if request.knowledge >= 0 and hub.store.knowledge.last_place() > max(request.knowledge, given.knowledge if given else 0):
        return True
    is_old = given is not None and abs(hub.clock.now_ms() - given.at) > AGAIN_MS
    return is_old and _brings_any(hub, station, request, after(hub, request))


def _brings_any(hub: Hub, station: EnrolledStation, request: Request, after: int) -> bool:
    return bool(hub.store.page_for(station.card, after=after, limit=1, life=request.life).entries)


def _receipts(hub: Hub, station: EnrolledStation, request: Request) -> dict[str, bytes]:
    """The hub's word for everything of each life for which the station has none. What was signed in an earlier epoch may not hold: then
    for everything."""
    members: dict[str, bytes] = {}
    holds = restoring.standing(hub.store, request.label.epoch)[0] is Standing.PRESENT
    for head in hub.store.heads(station.card.station):
        for receipt in receipts_from(
            hub.store, head.station, head.life, after=request.receipted.get(head.life, 0) if holds else 0
        ):
            members[f"{contents.RECEIPTS}{head.life}-{receipt.runs[0].first:09d}.json"] = protocol.encoded(receipt)
    return members


def _add_pages(hub: Hub, station: EnrolledStation, request: Request, load: _Load) -> None:
    """Pages after the cursor the station named, as many as there is room for."""
    while not load.complete and load.size < contents.AIM_BYTES:
        page = hub.store.page_for(station.card, after=load.cursor, limit=_PAGE_ENTRIES, life=request.life)
        load.cursor, load.complete = page.cursor, page.complete
        if page.entries:
            body = pages.encode(page)
            load.members[f"{contents.PAGES}{page.cursor:012d}.jsonl"] = body
            load.named += [each for received in page.entries if (each := _named_by(received.entry)) is not None]
            load.size, load.entries = load.size + len(body), load.entries + len(page.entries)


def _named_by(entry: Entry) -> tuple[str, int] | None:
    """The file an entry names, and its size."""
    if entry.kind != AttachmentAdded.kind or entry.words is None:
        return None
    fact = read_fact(entry.kind, entry.version, entry.words.body)
    return (fact.sha256, fact.size_bytes) if isinstance(fact, AttachmentAdded) and names_a_file(fact) else None


def _label(
    hub: Hub,
    station: EnrolledStation,
    *,
    serial: int = 0,
    previous: int = 0,
    entries: int = 0,
    files: int = 0,
    made_at: int = 0,
) -> Label:
    return Label(
        way=Way.DOWN,
        station=station.card.station,
        hub=hub.pair.key_id,
        sender_key=hub.pair.key_id,
        receiver_key=station.key.key_id,
        epoch=hub.store.epoch(),
        serial=serial,
        previous=previous,
        made_at=made_at,
        program=__version__,
        entries=entries,
        files=files,
    )
