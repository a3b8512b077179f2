"""待核对 at the desk: what waits to be settled, both sides beside each other, and settling it, with what follows in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from county_hotline.desk import field_names, naming
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.authority import may_write
from county_hotline.domain.clashes import Clash, Grade
from county_hotline.domain.cleaning import clean
from county_hotline.domain.comparing import Comparison, Row, Side, compare
from county_hotline.domain.facts import ClashSettled, Corrected, Dispatched, Fact, Person
from county_hotline.domain.views import RegisterQuery, RegisterRow
from county_hotline.domain.vocabulary import ClashMatter, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import EntryId, Number
from county_hotline.wording import say

ONE, OTHER, ANEW = Side.ONE.value, Side.OTHER.value, "anew"
DUTY = {ClashMatter.WORDS: "settle", ClashMatter.STATE: "settle_state"}
LISTED = 500
Step = Callable[[WorkOrder], tuple[Fact, Person | None]]


def waiting(desk: Desk) -> tuple[RegisterRow, ...]:
    """Every order here of which something is open, newest first; callers masked."""
    return desk.store.register(RegisterQuery(clashes_only=True), after=None, limit=LISTED).rows


def compared(desk: Desk, number: Number) -> Comparison:
    """Both sides of the first of the order's open clashes. Refuses (R520) where nothing is open."""
    found = compare(number, desk.store.view(number).story, desk.card.station)
    if found is None:
        raise Refusal("R520", number=number)
    return found


def hindrance(desk: Desk, comparison: Comparison) -> str:
    """Why this officer may not settle it here: `place` (the centre does), `duty`, or nothing."""
    for clash in comparison.clashes:
        if not _is_ours(desk, comparison, clash):
            return "place"
        if not desk.may(DUTY[clash.matter]):
            return "duty"
    return ""


def settle(
    desk: Desk,
    comparison: Comparison,
    chosen: Mapping[str, str],
    *,
    anew: Mapping[str, object] | None = None,
    reason: str = "",
) -> WorkOrder:
    """按所选定下: for every line that is to be chosen `one`, `other` or (fields only) `anew` with its value in `anew`. One transaction;
    both acts stay. Refuses what is not chosen (R521), not an answer (R522), not ours (R524) and what was settled meanwhile (R520)."""
    _refuse_elsewhere(desk, comparison)
    why = clean(reason, lines=False)
    values = dict(anew or {})
    for row in comparison.to_choose:
        _refuse_wrong(comparison, row, chosen.get(row.key, ""), values)
    steps = [*_recalls(comparison, chosen, why), *(_settled(comparison, clash, chosen, why) for clash in comparison.clashes)]
    written = {row.key: values[row.key] for row in comparison.to_choose if chosen[row.key] == ANEW}
    if written:
        steps.append(_corrected(written, why or say("clash.why.anew")))
    return desk.record_together([(comparison.number, step) for step in steps])[-1]


def ask_centre(desk: Desk, comparison: Comparison, reason: str = "") -> WorkOrder:
    """请县中心定: nothing is settled; it waits at the centre from now on. Refuses (R523) what waits there already."""
    _refuse_elsewhere(desk, comparison)
    if desk.card.role is StationRole.CENTRE:
        raise Refusal("R523", number=comparison.number)
    why = clean(reason, lines=False)
    pairs = [_pair(clash) for clash in comparison.clashes if not clash.to_centre]
    if not pairs:
        raise Refusal("R523", number=comparison.number)
    return desk.record_together([(comparison.number, _referred(pair, why)) for pair in pairs])[-1]


def _refuse_elsewhere(desk: Desk, comparison: Comparison) -> None:
    for matter in dict.fromkeys(clash.matter for clash in comparison.clashes):
        desk.needs(DUTY[matter])
    if hindrance(desk, comparison) == "place":
        raise Refusal("R524", number=comparison.number)


def _is_ours(desk: Desk, comparison: Comparison, clash: Clash) -> bool:
    """As the hub asks of the fact itself."""
    fact = ClashSettled(acts=(clash.first, clash.second), matter=clash.matter)
    accepted = comparison.order.accepted
    return may_write(desk.card, comparison.number, fact, taken_by=accepted.unit if accepted else "")


def _refuse_wrong(comparison: Comparison, row: Row, chosen: str, anew: Mapping[str, object]) -> None:
    if not chosen:
        raise Refusal("R521", number=comparison.number, missing=1, field=row.key)
    is_answer = chosen in (ONE, OTHER) or (chosen == ANEW and row.is_field and row.key != "person" and row.key in anew)
    if not is_answer:
        raise Refusal("R522", number=comparison.number)


def read_value(desk: Desk, name: str, text: str) -> object:
    """What was typed for a field of a request. Refuses (R525) what cannot be one, and (R213, R214) a place or category that is none."""
    reference = desk.store.reference
    found: object
    match name:
        case "place":
            return naming.place_named(reference.places(), text).code
        case "category":
            return naming.category_named(reference.categories(), text).code
        case "people":
            found = int(text) if text.isascii() and text.isdecimal() and int(text) > 0 else None
        case _ if name in field_names.CLOSED:
            found = field_names.member_of(field_names.CLOSED[name], name, text)
        case _ if name in field_names.YES_NO:
            found = field_names.truth_of(text)
        case _:
            found = clean(text, lines=name in ("content", "demand")) or None
    if found is None:
        raise Refusal("R525", text=text[:40], label=field_names.label(name))
    return found


# ---------------------------------------------------------------- facts


def _settled(comparison: Comparison, clash: Clash, chosen: Mapping[str, str], reason: str) -> Step:
    pair = _pair(clash)
    if clash.grade is not Grade.HARD:
        return lambda order: (decisions.settle(order, pair, reason=reason), None)
    if clash.fields:
        fields = {name: _act(comparison, clash, chosen[name]) for name in clash.fields}
        return lambda order: (decisions.settle(order, pair, fields=fields, reason=reason), None)
    row = next(row for row in comparison.to_choose if clash in row.clashes)
    act = _act(comparison, clash, chosen[row.key])
    return lambda order: (decisions.settle(order, pair, stands=act, reason=reason), None)


def _act(comparison: Comparison, clash: Clash, chosen: str) -> EntryId:
    return EntryId("") if chosen == ANEW else comparison.act_of(Side(chosen), clash)


def _referred(pair: frozenset[EntryId], reason: str) -> Step:
    return lambda order: (decisions.refer(order, pair, reason), None)


def _recalls(comparison: Comparison, chosen: Mapping[str, str], reason: str) -> Sequence[Step]:
    """A unit whose dispatch does not stand is told by a recall of its own: it may have begun."""
    steps: list[Step] = []
    for row in comparison.to_choose:
        if not row.code:
            continue
        loser = row.other if chosen[row.key] == ONE else row.one
        fact = getattr(loser, "fact", None)
        if not isinstance(fact, Dispatched):
            continue
        mine = comparison.order.round_of(fact.agency)
        if mine is not None and mine.is_working and not comparison.order.is_ended:
            agency, why = fact.agency, reason or say("clash.why.recalled")
            steps.append(lambda order, agency=agency, why=why: (decisions.recall(order, agency, why), None))  # type: ignore[misc]
    return steps


def _corrected(written: Mapping[str, object], reason: str) -> Step:
    fact = msgspec.structs.replace(Corrected(reason=reason), **written)
    return lambda order: (decisions.correct(order, fact), None)


def _pair(clash: Clash) -> frozenset[EntryId]:
    return frozenset((clash.first, clash.second))
