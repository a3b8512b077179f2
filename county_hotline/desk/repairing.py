"""单独放着的记录: why the hub holds them, and what their own station can do: 撤回, 改写 (in one transaction), 再送, or wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import Enum

import msgspec

from county_hotline.desk import acts
from county_hotline.desk.acts import choices
from county_hotline.desk.acts.limits import AS_TYPED
from county_hotline.desk.acts.making import line, text
from county_hotline.desk.acts.spec import Act, Field, FieldKind, Opened
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.civil_time import civil
from county_hotline.domain.cleaning import clean
from county_hotline.domain.decisions.ground import CONTENT_LIMIT, TITLE_LIMIT, fits, given
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import Accepted, Fact, Person, Unknown, Withdrawn
from county_hotline.domain.folding import fold
from county_hotline.domain.upcasts import read_fact, read_person, words_of
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import EntryId, Number, StationId
from county_hotline.signals import Changes

LARGEST = 1 << 20
"""Bytes of one record, where no hub has said otherwise."""
ENVELOPE = 600
"""Bytes that what is around the words may take on the line."""
KEPT_BACK = "H2"
"""Beginning of the codes of records that went up without their words."""
STANDS, WAITS, WITHHELD = "H107", "H103", "H220"
WHY = "withdrawn_why"
"""The form's field for why the old record is withdrawn."""


class HeldHere(msgspec.Struct, frozen=True):
    """One record that the hub holds, with all a person needs to decide what to do."""

    entry_id: EntryId
    number: Number
    title: str
    kind: str
    """On disk."""
    code: str
    station: StationId
    officer: str
    recorded_at: int
    is_ours: bool
    is_withdrawn: bool
    """Withdrawn here; the hub does not know yet."""
    is_sent_again: bool
    can_withdraw: bool
    can_rewrite: bool
    can_send: bool


def held(desk: Desk) -> tuple[HeldHere, ...]:
    """What the hub holds of this station's records, and others' that came here without their words; the oldest first."""
    found = [_told(desk, each.entry_id, each.code, each.title) for each in desk.store.held()]
    return tuple(sorted((each for each in found if each is not None), key=lambda each: (each.recorded_at, each.entry_id)))


def _told(desk: Desk, entry_id: EntryId, code: str, title: str) -> HeldHere | None:
    entry = desk.store.quarantine.entry(entry_id)
    if entry is None:
        return None
    ours = entry.station == desk.card.station
    withdrawn = ours and _is_withdrawn(desk, entry)
    open_here = ours and not withdrawn and code != STANDS
    return HeldHere(
        entry_id=entry_id,
        number=entry.work_order,
        title=title,
        kind=entry.kind,
        code=code,
        station=entry.station,
        officer=entry.officer,
        recorded_at=entry.recorded_at,
        is_ours=ours,
        is_withdrawn=withdrawn,
        is_sent_again=entry_id in {each.entry_id for each in desk.store.quarantine.to_send_again()},
        can_withdraw=open_here and desk.may("repair"),
        can_rewrite=open_here and code not in (WAITS, "H101") and desk.may("repair") and _act_of(entry) is not None,
        can_send=open_here and code.startswith(KEPT_BACK) and desk.may("repair"),
    )


def _is_withdrawn(desk: Desk, entry: Entry) -> bool:
    story = desk.store.view(entry.work_order).story
    return any(isinstance(each.fact, Withdrawn) and each.fact.entry_id == entry.entry_id for each in story)


def withdraw(desk: Desk, entry_id: EntryId, why: str) -> WorkOrder:
    """撤回: it never counts, here and at the hub; the hub judges again what waited behind it. Refuses what is not held (R540), not ours
    (R542), withdrawn already (R547), or without a reason (R541)."""
    desk.needs("repair")
    entry = _ours(desk, entry_id)
    fact = decisions.withdraw(entry_id, clean(why, lines=False))
    return desk.record(entry.work_order, lambda order: (fact, None))


def send_again(desk: Desk, entry_id: EntryId) -> None:
    """再送: the next round sends it once more, whole. Refuses what was not kept back for its words (R548)."""
    desk.needs("repair")
    _ours(desk, entry_id)
    code = next(each.code for each in desk.store.held() if each.entry_id == entry_id)
    if not code.startswith(KEPT_BACK):
        raise Refusal("R548")
    desk.store.quarantine.send_again(entry_id)
    desk.tell(Changes(counts=True))


def opened(desk: Desk, entry_id: EntryId) -> Opened:
    """改写: the form of the act that wrote the record, filled in with what it said, and a field for why it is withdrawn. Refuses as
    `withdraw`; what cannot be written anew here (R545), and a number that is none (R546)."""
    entry, act = _rewritable(desk, entry_id)
    fact = _fact_of(entry)
    story = desk.store.view(entry.work_order).story
    order = fold(entry.work_order, (event for event in story if event.entry_id != entry_id))
    if isinstance(fact, Accepted):
        form = Opened(act, {each.name: getattr(fact, each.name) for each in act.fields}, {}, {}, {})
    else:
        form = acts.opened(desk, order, act.name)
    said = {} if isinstance(fact, Unknown) else {each.name: _as_typed(each, fact) for each in form.act.fields}
    values = {**form.values, **{name: value for name, value in said.items() if value is not None}, WHY: ""}
    units = {each.name: values[each.name] for each in form.act.fields if each.kind in (FieldKind.AGENCY, FieldKind.AGENCIES)}
    words = {name: " ".join(choices.unit_name(desk, code) for code in codes.split()) for name, codes in units.items() if codes}
    fields = (*form.act.fields, line(WHY, required=True))
    return replace(form, act=replace(form.act, fields=fields), values=values, words={**form.words, **words})


def rewrite(desk: Desk, entry_id: EntryId, typed: Mapping[str, str]) -> WorkOrder:
    """Withdraw the record and write it anew as typed, both or neither. Refuses as `opened`; what would be held again: the same words for
    the same reason (R543), more than the hub takes (R544); and what the act itself refuses."""
    entry, act = _rewritable(desk, entry_id)
    desk.needs("accept" if act.name == "rewrite_accept" else act.name)
    before = _fact_of(entry)
    withdrawal = decisions.withdraw(entry_id, clean(typed.get(WHY, ""), lines=False))
    values = Values(typed, now_ms=desk.clock.now_ms())
    person = read_person(entry.person.body) if entry.person else None
    anew: Callable[[WorkOrder], tuple[Fact, Person | None]]
    if isinstance(before, Accepted):
        accepted = _accepted(before, values)
        anew = lambda order: (accepted, person)  # noqa: E731
    else:
        decide = act.decide
        assert decide is not None
        anew = lambda order: (decide(desk, order, values), person)  # noqa: E731

    def will_stand(order: WorkOrder) -> tuple[Fact, Person | None]:
        fact, who = anew(order)
        if fact == before:
            raise Refusal("R543")
        _fits(desk, fact, who)
        return fact, who

    number = entry.work_order
    try:
        return desk.record_together([(number, lambda order: (withdrawal, None)), (number, will_stand)])[-1]
    except (Refusal, BadInput) as fault:
        if fault.code in act.wrong:
            fault.details.setdefault("field", act.wrong[fault.code])
        if "label" in fault.details:
            fault.details["label"] = acts.label(act.name, str(fault.details["label"]))
        raise


def _ours(desk: Desk, entry_id: EntryId) -> Entry:
    entry = desk.store.quarantine.entry(entry_id)
    code = next((each.code for each in desk.store.held() if each.entry_id == entry_id), "")
    if entry is None or not code or code == STANDS:
        raise Refusal("R540")
    if entry.station != desk.card.station:
        raise Refusal("R542")
    if _is_withdrawn(desk, entry):
        raise Refusal("R547")
    return entry


def _rewritable(desk: Desk, entry_id: EntryId) -> tuple[Entry, Act]:
    desk.needs("repair")
    entry = _ours(desk, entry_id)
    code = next(each.code for each in desk.store.held() if each.entry_id == entry_id)
    if code == "H101":
        raise Refusal("R546")
    act = _act_of(entry)
    if act is None or code == WAITS:
        raise Refusal("R545")
    return entry, act


ACCEPTED = Act(
    "rewrite_accept",
    Accepted,
    fields=(
        line("title", required=True),
        text("content", required=True, lines=6),
        text("demand"),
        line("place_detail"),
    ),
    wrong={"R101": "title", "R102": "content"},
)
"""What of an acceptance may be written anew under its number: what it says, not who the caller is."""


def _act_of(entry: Entry) -> Act | None:
    """The act that writes this kind, where it is one that records one fact. None: withdraw it and do it again as usual."""
    if entry.kind == Accepted.kind:
        return ACCEPTED if isinstance(_fact_of(entry), Accepted) else None
    return next((act for act in acts.ACTS.values() if act.writes.kind == entry.kind and act.decide is not None), None)


def _fact_of(entry: Entry) -> Fact:
    return read_fact(entry.kind, entry.version, entry.words.body if entry.words else None)


def _as_typed(field: Field, fact: Fact) -> str | None:
    """What stood in the field when the fact was written, as a person would type it; None where the fact does not say."""
    value = getattr(fact, field.name, None)
    match field.kind, value:
        case _, None:
            return None
        case FieldKind.TICK, bool():
            return choices.TICKED if value else ""
        case ((FieldKind.TERNARY | FieldKind.CHOICE), bool()):
            return choices.YES if value else choices.NO
        case FieldKind.MOMENT, int():
            return civil(value).strftime(AS_TYPED) if value else ""
        case _, Enum():
            return str(value.value)
        case ((FieldKind.AGENCIES | FieldKind.SEVERAL), tuple()):
            return " ".join(str(each) for each in value)
        case _, (str() | int()):
            return str(value)
    return None


def _accepted(before: Accepted, values: Values) -> Accepted:
    said = {
        each.name: values.text(each.name) if each.kind is FieldKind.TEXT else values.line(each.name) for each in ACCEPTED.fields
    }
    given({"title": said["title"], "content": said["content"]}, CONTENT_LIMIT)
    fits({"title": said["title"]}, TITLE_LIMIT)
    return msgspec.structs.replace(before, **{name: said[name] for name in said if values.was_given(name)})


def _fits(desk: Desk, fact: Fact, person: Person | None) -> None:
    limit = int(desk.store.note("held.line_bytes") or LARGEST)
    size = ENVELOPE + len(words_of(fact)) + (len(words_of(person)) if person else 0)
    if size > limit:
        raise Refusal("R544", size=size, limit=limit)
