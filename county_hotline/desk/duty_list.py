"""归属清单: whose matter it is, as the county wrote it down. Offered with its line, never acted on alone."""

from __future__ import annotations

import msgspec

from county_hotline.desk.desk import Desk
from county_hotline.domain.likeness import held
from county_hotline.domain.reference import DutyLine, FallbackRule
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode
from county_hotline.wording import say

SHOWN = 5
WORDS_HELD = 0.6
"""So much of a line's matter must stand in the text where no category says that it is meant."""
_TOWNSHIP, _COUNTY = 9, 6


class Suggestion(msgspec.Struct, frozen=True):
    """Who may be right, and where it is written."""

    lead: AgencyCode
    helpers: tuple[AgencyCode, ...] = ()
    fallback: AgencyCode = AgencyCode("")
    basis: str = ""
    """As it is put down with the dispatch: 归属清单第17条, with the line's own ground."""
    line: int = 0
    """0: no line of the list fits; the category's usual unit, or the township."""
    matter: str = ""
    condition: str = ""
    """When the line holds; a person judges."""


# ---------------------------------------------------------------- suggesting


def suggest(desk: Desk, category: str, place: str, text: str) -> tuple[Suggestion, ...]:
    """Lines that fit category (or one above it), place (or the township above it) and words, the most exact first, those of equal
    exactness in the order of the list; behind them the category's usual unit and the township of the place (属地)."""
    found = [*by_lines(desk, category, place, text)]
    reference = desk.store.reference
    usual = reference.category(category).usual_agency if category else AgencyCode("")
    named = reference.category(category).name
    rest = ((usual, say("duty_list.usual", category=named)), (township_of(desk, place), say("duty_list.township")))
    for unit, basis in rest:
        if unit and unit not in {each.lead for each in found}:
            found.append(Suggestion(unit, basis=basis))
    return tuple(found[:SHOWN])


def by_lines(desk: Desk, category: str, place: str, text: str) -> tuple[Suggestion, ...]:
    """Only what the list itself says."""
    scored = [
        (score, line) for line in desk.store.reference.bundle().duty_lines if (score := _fit(line, category, place, text=text))
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].line))
    return tuple(each for _, line in scored if (each := _suggestion(desk, line, place)).lead)


def _fit(line: DutyLine, category: str, place: str, *, text: str) -> float:
    """How exactly a line fits; 0: not at all. Its words count most, then the exactness of category and place."""
    if line.category and category and not category.startswith(line.category):
        return 0.0
    if line.place and not place.startswith(line.place):
        return 0.0
    words = held(line.matter, text)
    if words < WORDS_HELD:
        words = 0.0
    if not words and not (line.category and category):
        return 0.0
    return 4 * words + (1 + len(line.category) / 10 if line.category and category else 0) + len(line.place) / 10


def _suggestion(desk: Desk, line: DutyLine, place: str) -> Suggestion:
    basis = say("duty_list.basis_with" if line.basis else "duty_list.basis", line=line.line, basis=line.basis)
    return Suggestion(
        lead=line.lead or township_of(desk, place),
        helpers=line.helpers,
        fallback=line.fallback,
        basis=basis,
        line=line.line,
        matter=line.matter,
        condition=line.condition,
    )


def township_of(desk: Desk, place: str) -> AgencyCode:
    """属地: the unit that answers for the place, or for the township above it; empty where none is known."""
    reference = desk.store.reference
    for length in (len(place), _TOWNSHIP, _COUNTY):
        if length <= len(place) and (unit := reference.place(place[:length]).agency):
            return unit
    return AgencyCode("")


def fallback_for(desk: Desk, order: WorkOrder) -> tuple[AgencyCode, FallbackRule] | None:
    """兜底: who leads by rule after as many returns as this order has had: the rule that asks for most returns, then the one for the
    narrowest category. None where no rule holds yet."""
    category = order.accepted.category if order.accepted else ""
    place = order.accepted.place if order.accepted else ""
    holding = [
        rule
        for rule in desk.store.reference.bundle().fallbacks
        if rule.after_returns <= order.returns and category.startswith(rule.category)
    ]
    for rule in sorted(holding, key=lambda rule: (-rule.after_returns, -len(rule.category))):
        if unit := rule.unit or township_of(desk, place):
            return unit, rule
    return None
