"""A parcel from the hub, as its station takes it: receipts, pages, reference data, each a short transaction of its own and harmless again (I4)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from county_hotline.db.beside.parcels import Carried
from county_hotline.db.store import Store
from county_hotline.domain.epochs import Standing
from county_hotline.domain.receipts import Page, Receipt
from county_hotline.domain.views import RoundReport, RoundWay
from county_hotline.errors import BadInput, HotlineError, NotTrusted
from county_hotline.ids import EntryId, Number
from county_hotline.signals import Changes
from county_hotline.sync import guards, protocol
from county_hotline.sync.parcel import bag, contents, pieces, remarks, sealing
from county_hotline.sync.parcel.bag import Bag
from county_hotline.sync.parcel.bounded_zip import BoundedZip
from county_hotline.sync.parcel.contents import Answer
from county_hotline.sync.parcel.going_up import StationEnd
from county_hotline.sync.parcel.label import Label, Way
from county_hotline.sync.parcel.remarks import Remark
from county_hotline.sync.protocol import Hello, ReferenceBundle
from county_hotline.sync.round import bundles, knowledge, restoring
from county_hotline.sync.wire import pages

log = logging.getLogger(__name__)

_NOT_OF_NOW: Final = frozenset({"I192", "I193"})
"""Read before, or older than another: it knows no more what is held now."""

Tell = Callable[[Changes], None]


@dataclass(slots=True)
class Taken:
    """What came of reading one parcel."""

    label: Label
    signed_for: int = 0
    """Entries of this station that the hub has now signed for."""
    received: int = 0
    """Entries new here."""
    changed: set[Number] = field(default_factory=set)
    held: dict[str, str] = field(default_factory=dict)
    files: int = 0
    """Attachments that are whole here now."""
    remarks: list[Remark] = field(default_factory=list)
    complete: bool = True
    """Whether nothing more was waiting at the hub."""


def take(end: StationEnd, path: Path, *, way: RoundWay, tell: Tell) -> Taken:
    """Read a parcel of our hub. What is in it twice, or was here before, changes nothing; done again it goes on where it was stopped.

    Raises BadInput I18x, I191, I196, I197 (nothing was changed), NotTrusted where the hub contradicts what is here (what came before in the
    parcel is kept), StoreFault.
    """
    found = bag.opened(path)
    _is_for_us(end, found)
    plain = sealing.opened(found.content, end.pair)
    started_at = end.clock.now_ms()
    taken = Taken(found.label, remarks=remarks.on(found, end.ledger))
    fault: HotlineError | None = None
    try:
        with contents.opened(plain) as inside:
            _take_all(end, inside, taken, tell)
    except HotlineError as met:
        fault = met
        raise
    finally:
        _report(end.store, taken, fault, way=way, started_at=started_at, ended_at=end.clock.now_ms())
        tell(Changes(work_orders=frozenset(taken.changed), counts=True))
    label = found.label
    end.ledger.took(Carried(label.hub, "in", label.serial, found.digest, end.clock.now_ms(), label.entries, label.files))
    log.info("parcel_taken name=%s signed_for=%d received=%d", label.name, taken.signed_for, taken.received)
    return taken


def _is_for_us(end: StationEnd, found: Bag) -> None:
    """Before anything of it is opened: it is an answer of our hub, not from before it was put back from a backup, and to us."""
    label = found.label
    if label.way is not Way.DOWN:
        raise BadInput("I186", name=label.name, station=label.station)
    if label.hub != end.hub.hub_id:
        raise BadInput("I184", theirs=label.hub, ours=end.hub.hub_id)
    if label.station != end.card.station:
        raise BadInput("I182", receiver=label.station, ours=end.card.station)
    if not found.is_signed_by(end.hub.key):
        raise BadInput("I189", sender=label.hub, key=found.signed.key[:16])
    if restoring.standing(end.store, label.epoch, hub=end.hub)[0] is Standing.EARLIER:
        raise BadInput("I190", name=label.name)
    if label.receiver_key != end.pair.key_id:
        raise BadInput("I183", key=end.pair.key_id)


def _take_all(end: StationEnd, inside: BoundedZip, taken: Taken, tell: Tell) -> None:
    answer = contents.head_of(inside, taken.label, Answer)
    if answer.label.epoch != end.epoch:
        taken.changed |= restoring.follow(end.store, _hello_in(answer), end.hub)
    guards.same_chains(end.store, end.card.station, answer.heads)
    taken.complete = answer.complete
    taken.remarks += [Remark(problem.code, problem.details) for problem in answer.problems]
    is_of_now = not {remark.code for remark in taken.remarks} & _NOT_OF_NOW
    _receipts(end, inside, taken, is_of_now=is_of_now)
    _pages(end, inside, answer, taken)
    if is_of_now:
        _held_now(end, answer, taken)
    for sha256, came in answer.files.items():
        if (state := end.store.files.state(sha256)) is not None:
            end.store.files.note_sent(sha256, min(came, state.size))
    taken.files = pieces.take_at_station(end.store, inside)
    if answer.reference_taken:
        bundles.taken(end.store, answer.reference_taken)
    _reference(end, inside, taken, tell)
    _knowledge(end, inside, answer, tell)


def _hello_in(answer: Answer) -> Hello:
    """What the hub would have said of itself over the line: it was put back from a backup and is in an epoch unknown here."""
    return Hello(
        protocol=protocol.PROTOCOL,
        hub_id=answer.label.hub,
        algorithm="",
        public_key=b"",
        epoch=answer.label.epoch,
        now=answer.label.made_at,
        oldest=protocol.OLDEST,
        newest=protocol.NEWEST,
        program=answer.label.program,
        lineage=answer.lineage,
    )


def _held_now(end: StationEnd, answer: Answer, taken: Taken) -> None:
    """All that is held, as it is at the hub now; an old answer does not know."""
    for entry_id, code in answer.again.items():
        end.store.quarantine.sent_again(EntryId(entry_id), code)
    end.store.quarantine.take(answer.held, end.card)
    taken.held = {held.entry_id: held.code for held in answer.held}


def _receipts(end: StationEnd, inside: BoundedZip, taken: Taken, *, is_of_now: bool) -> None:
    store, station = end.store, end.card.station
    for _, body in contents.members(inside, contents.RECEIPTS):
        receipt = protocol.decoded(body, Receipt)
        if receipt.station != station:
            raise NotTrusted("A106", station=receipt.station)
        if not is_of_now:
            receipt = msgspec.structs.replace(receipt, held=())
        had = store.receipted(receipt.life)
        if receipt.runs and receipt.runs[0].first > had + 1:  # what is before it would never be sent again
            _leave_for_another_day(taken, receipt.runs[0].first, had)
            continue
        taken.changed |= store.take_receipt(receipt)
        taken.signed_for += max(0, store.receipted(receipt.life) - had)
        taken.held.update({held.entry_id: held.code for held in receipt.held})


def _pages(end: StationEnd, inside: BoundedZip, answer: Answer, taken: Taken) -> None:
    """Pages follow one another from the cursor they were made for. Where this station is not as far, or writes a new life that they leave
    out, they would leave a hole: then they are for another day."""
    store = end.store
    cursor = store.cursor()
    if answer.after > cursor or answer.life != store.life():
        _leave_for_another_day(taken, answer.after, cursor)
        return
    for _, body in contents.members(inside, contents.PAGES):
        page = pages.decode(body)
        known = end.ledger.here(received.entry.entry_id for received in page.entries)
        taken.changed |= store.take_in(page)
        taken.received += len(page.entries) - known
    if answer.cursor > store.cursor():  # the last page was empty, and so is not here
        store.take_in(Page((), answer.cursor, answer.complete))


def _leave_for_another_day(taken: Taken, begins: int, have: int) -> None:
    taken.complete = False
    if "I195" not in {remark.code for remark in taken.remarks}:
        taken.remarks.append(Remark("I195", {"serial": taken.label.serial, "after": begins, "cursor": have}))


def _reference(end: StationEnd, inside: BoundedZip, taken: Taken, tell: Tell) -> None:
    """As the line does it: a change made here is never overwritten, what is not newer is passed over."""
    if contents.REFERENCE not in inside:
        return
    found = protocol.decoded(inside.read(contents.REFERENCE), ReferenceBundle)
    if found.version <= end.store.reference.version():
        return
    bundles.take(end.store, found, end.hub.key, signs=True)
    tell(Changes(reference=True))


def _knowledge(end: StationEnd, inside: BoundedZip, answer: Answer, tell: Tell) -> None:
    """Pages follow one another; one that does not begin where this station is came late, or before one that is lost: it is passed over,
    and asked for again with the next parcel."""
    store, card = end.store, end.card
    if answer.knowledge is not None:
        knowledge.settled(store, answer.knowledge)
    after = store.knowledge.position(end.epoch, card.role.value)
    for name, body in contents.members(inside, contents.KNOWLEDGE):
        if name.removesuffix(".jsonl") != f"{after:012d}":
            continue
        after, _, changed = knowledge.take(store, body, end.hub.key, card, after=after)
        if changed:
            tell(Changes(reference=True))


def _report(store: Store, taken: Taken, fault: HotlineError | None, *, way: RoundWay, started_at: int, ended_at: int) -> None:
    """Among the last rounds, under the way it came."""
    store.add_round(
        RoundReport(
            started_at=started_at,
            ended_at=ended_at,
            sent=taken.signed_for,
            received=taken.received,
            orders=len(taken.changed),
            held=tuple(taken.held),
            fault=fault.code if fault else "",
            fault_details=fault.figures() if fault else {},
            complete=fault is None and taken.complete and not store.unsent_lives(),
            files_received=taken.files,
            way=way,
        )
    )
