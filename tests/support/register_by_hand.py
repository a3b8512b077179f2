"""台账 by hand: which orders a question wants and in which order, by looking at every folded order in turn. Knows no table and no SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from typing import Final

from county_hotline.domain import pinyin
from county_hotline.domain.civil_time import civil
from county_hotline.domain.highlighting import flat
from county_hotline.domain.reference import Place
from county_hotline.domain.views import RegisterQuery, RegisterRow, RegisterSort
from county_hotline.domain.vocabulary import ENDED, AssignmentState
from county_hotline.domain.work_order import WorkOrder
from tests.support.figures_by_hand import belongs
from tests.support.many_orders import Listed

NEWEST_FIRST: Final = (RegisterSort.TIME, RegisterSort.FINISHED)


def wanted(listed: Sequence[Listed], query: RegisterQuery, places: Sequence[Place]) -> list[Listed]:
    """All that is wanted, in the order asked for: what has no value comes last, those alike by their arrival."""
    descends = (query.sort in NEWEST_FIRST) != query.is_reversed
    found = [each for each in listed if is_wanted(each, query, places)]
    found.sort(key=lambda each: each.row, reverse=descends)
    without = [each for each in found if value(each.order, query.sort) in (None, "")]
    there = [each for each in found if each not in without]
    there.sort(key=lambda each: value(each.order, query.sort), reverse=descends)  # type: ignore[arg-type, return-value]
    return there + without


def value(order: WorkOrder, sort: RegisterSort) -> int | str | None:
    """By what it is sorted; None or nothing where it has none."""
    match sort:
        case RegisterSort.TIME:
            return order.accepted_at
        case RegisterSort.DUE:
            return order.due_at or None
        case RegisterSort.STAGE:
            return int(order.stage)
        case RegisterSort.AGENCY:
            return agency(order)
        case RegisterSort.FINISHED:
            return order.finished_at


def agency(order: WorkOrder) -> str:
    """Who leads, else who probably will."""
    if order.lead:
        return order.lead.agency
    return order.accepted.agency_hint if order.accepted else ""


def is_wanted(each: Listed, query: RegisterQuery, places: Sequence[Place]) -> bool:
    """Whether the order passes every filter."""
    order = each.order
    return (
        _by_its_progress(each, query)
        and _by_its_kind(order, query)
        and (not query.agency or query.agency in {agency(order), *(a.agency for a in order.assignments)})
        and (query.figure is None or (order.accepted_at > 0 and belongs(order, query.figure)))
        and (not query.text.strip() or is_found(order, query.text, places))
    )


def _by_its_progress(each: Listed, query: RegisterQuery) -> bool:
    order = each.order
    is_open = order.stage not in ENDED
    checks: list[tuple[bool, bool]] = [
        (bool(query.stages), order.stage in query.stages),
        (query.ended is not None, is_open is not query.ended),
        (query.waiting_only, each.waiting > 0),
        (query.clashes_only, bool(order.clashes)),
        (query.suspended_only, any(a.state is AssignmentState.SUSPENDED for a in order.assignments)),
        (query.overdue_before != "", is_open and _was_due_before(order.due_at, query.overdue_before)),
        (query.overdue_at > 0, is_open and 0 < order.due_at < query.overdue_at),
        (query.since > 0, order.accepted_at >= query.since),
        (query.until > 0, order.accepted_at < query.until),
    ]
    return all(holds for is_asked, holds in checks if is_asked)


def _was_due_before(due_at: int, day: str) -> bool:
    """What ends at midnight ends with the day before."""
    return day != "" and due_at > 0 and civil(due_at - 1).date() < date.fromisoformat(day)


def _by_its_kind(order: WorkOrder, query: RegisterQuery) -> bool:
    asked = (query.place, query.category, query.channel, query.matter_kind, query.urgency, query.event, query.campaign)
    accepted = order.accepted
    if accepted is None:
        return not any(asked) and not query.confidential_only
    same = (accepted.channel, accepted.matter_kind, accepted.urgency, accepted.event, accepted.campaign)
    return (
        accepted.place.startswith(query.place)
        and accepted.category.startswith(query.category)
        and all(has is wish or has == wish for has, wish in zip(same, asked[2:], strict=True) if wish)
        and (accepted.confidential or not query.confidential_only)
    )


# ---------------------------------------------------------------- what was typed


def is_found(order: WorkOrder, typed: str, places: Sequence[Place]) -> bool:
    """Whether every piece of what was typed is found in it, or it is called so."""
    pieces = [piece for piece in typed.split() if flat(piece)]
    if not pieces:
        return False
    return flat(typed) in names(order) or all(_has(order, piece, places) for piece in pieces)


def names(order: WorkOrder) -> set[str]:
    """By what it is asked for at the counter, as a whole."""
    plain = flat(order.number)
    tails = {plain[-4:], plain[-5:], plain[-11:], plain[-5:-1], plain[-11:-1]}
    accepted = order.accepted
    return tails | ({flat(accepted.query_code), flat(accepted.external_number)} - {""} if accepted else set())


def _has(order: WorkOrder, piece: str, places: Sequence[Place]) -> bool:
    text, accepted = flat(piece), order.accepted
    if accepted is None:
        return text in flat(order.number)
    fields = [order.number, accepted.external_number, accepted.query_code]
    fields += [accepted.title, accepted.content, accepted.demand, accepted.place_detail]
    fields += [a.public for a in order.assignments]
    spoken = [accepted.place_detail]
    if order.person is not None and not accepted.confidential:
        fields += [order.person.name, order.person.phone, order.person.address]
        spoken += [order.person.name, order.person.address]
    if any(text in flat(field) for field in fields) or any(text in said for said in _initials(spoken)):
        return True
    return len(text) > 1 and (_sounds(spoken, text) or _lies_in(accepted.place, text, places))


def _initials(spoken: Iterable[str]) -> list[str]:
    return ["".join(syllable[0] for syllable in way) for text in spoken for way in _ways(text)]


def _sounds(spoken: Iterable[str], text: str) -> bool:
    """Whether it is spelled so from one of its characters on."""
    return text.isascii() and any(
        "".join(way[at:]).startswith(text) for each in spoken for way in _ways(each) for at in range(len(way))
    )


def _ways(text: str) -> list[tuple[str, ...]]:
    read = [pinyin.readings(char) for char in flat(text)]
    return list(product(*(each for each in read if each)))


def _lies_in(place: str, text: str, places: Sequence[Place]) -> bool:
    called = [
        each.code
        for each in places
        if text in flat(each.path)
        or (text.isascii() and text.isalpha() and (text in each.initials or _sounds(each.path.split(), text)))
    ]
    return any(place.startswith(code) for code in called)


# ---------------------------------------------------------------- what a line says


def shows(row: RegisterRow, each: Listed) -> bool:
    """Whether a line of 台账 says what the folded order says."""
    order, accepted = each.order, each.order.accepted
    said = (row.number, row.stage, row.agency, row.is_hint, row.due_on, row.due_at, row.accepted_at, row.finished_at)
    true = (order.number, order.stage, agency(order), order.lead is None, order.due_on, order.due_at, order.accepted_at)
    told = (row.title, row.category, row.place, row.event, row.campaign, row.confidential)
    kept: tuple[str | bool, ...] = ("", "", "", "", "", False)
    if accepted is not None:
        kept = (accepted.title, accepted.category, accepted.place, accepted.event, accepted.campaign, accepted.confidential)
    return (
        said == (*true, order.finished_at)
        and told == kept
        and (row.waiting, row.clashes) == (each.waiting > 0, len(order.clashes))
    )
