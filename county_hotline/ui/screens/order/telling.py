"""One order as its page tells it: plain values for the view."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.domain.clashes import Clash, Grade
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import AssignmentState, Stage, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.screens.order.acts import ActTold, acts_of
from county_hotline.ui.screens.order.work import Loaded
from county_hotline.ui.telling import caller
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.standing import (
    Mark,
    ShareTold,
    StepTold,
    WorkdaysLeft,
    day_words,
    shares_of,
    stage_mark,
    steps_of,
)
from county_hotline.ui.telling.story import Told, field_words, size_words, story_of
from county_hotline.wording import say, word


@dataclass(frozen=True, slots=True)
class ClashTold:
    """待核对: what two people did without seeing each other."""

    head: str
    words: tuple[str, ...]
    is_hard: bool


@dataclass(frozen=True, slots=True)
class OrderTold:
    """The page."""

    number: str
    title: str
    state: Mark
    flags: tuple[Mark, ...]
    meta: str
    steps: tuple[StepTold, ...]
    shares: tuple[ShareTold, ...]
    no_shares: str
    outcome: str
    caller: str
    may_unmask: bool
    lines: tuple[tuple[str, str], ...]
    """The matter: label, words."""
    replies: tuple[tuple[str, str], ...]
    """What units replied: for the one who finishes."""
    attachments: tuple[tuple[str, str], ...]
    """Name, size."""
    story: tuple[Told, ...]
    clashes: tuple[ClashTold, ...]
    acts: tuple[ActTold, ...]


def order_told(loaded: Loaded, left: WorkdaysLeft) -> OrderTold:
    """An order in words. On the desk's lane: `left` asks the calendar."""
    view, names, today = loaded.view, loaded.names, loaded.today
    order, accepted, year = view.order, view.order.accepted, int(today[:4])
    story = story_of(view, names, year=year)
    return OrderTold(
        number=order.number,
        title=accepted.title if accepted else say("register.unread"),
        state=stage_mark(order.stage, waiting=bool(view.waiting)),
        flags=tuple(_flags(order)),
        meta=_meta(loaded),
        steps=steps_of(order, year=year),
        shares=shares_of(order, names, left, today=today),
        no_shares=_no_shares(order, names),
        outcome=_outcome(order, year=year),
        caller=" ・ ".join(part for part in (*caller.parts(order), caller.masked_address(order)) if part),
        may_unmask=order.person is not None,
        lines=tuple(_lines(order, names, year=year)),
        replies=tuple(_replies(order, names)),
        attachments=tuple((a.name, size_words(a.size_bytes)) for a in order.attachments),
        story=story,
        clashes=tuple(_clash(clash, view.story, {told.entry_id: told for told in story}) for clash in order.clashes),
        acts=acts_of(order, names, allowed=loaded.allowed, duties=loaded.duties),
    )


def _flags(order: WorkOrder) -> list[Mark]:
    accepted = order.accepted
    if accepted is None:
        return []
    flags = []
    if accepted.urgency is not Urgency.NORMAL:
        flags.append(Mark(word(accepted.urgency), "amber", "lightning-fill"))
    if accepted.confidential:
        flags.append(Mark(say("field.confidential"), "quiet", "lock"))
    if order.clashes:
        flags.append(Mark(say("order.to_review"), "amber", "intersect"))
    return flags


def _meta(loaded: Loaded) -> str:
    order, names = loaded.view.order, loaded.names
    accepted = order.accepted
    if accepted is None:
        return ""
    official = loaded.view.official_number
    parts = [say("order.official", number=official)] if official else []
    if accepted.external_number:
        parts.append(say("order.external", number=accepted.external_number))
    if accepted.category:
        parts.append(names.category(accepted.category))
    parts += [word(accepted.matter_kind), word(accepted.channel)]
    if order.station != names.card.station:
        parts.append(say("order.taken_by", unit=names.short(accepted.unit)))
    return " ・ ".join(parts)


def _no_shares(order: WorkOrder, names: Names) -> str:
    if order.assignments or order.accepted is None:
        return ""
    hint = order.accepted.agency_hint
    return say("order.not_dispatched_hint", agency=names.agency(hint)) if hint else say("order.not_dispatched")


def _outcome(order: WorkOrder, *, year: int) -> str:
    if order.outcome is None or order.stage is not Stage.FINISHED:
        return ""
    return "：".join(part for part in (word(order.outcome), order.opinion) if part)


def _lines(order: WorkOrder, names: Names, *, year: int) -> list[tuple[str, str]]:
    accepted = order.accepted
    if accepted is None:
        return []
    place = " ".join(part for part in (names.place(accepted.place), accepted.place_detail) if part)
    lines = [
        (say("order.line.place"), place),
        (say("order.line.content"), accepted.content),
        (say("order.line.demand"), accepted.demand),
    ]
    if accepted.due_on and order.lead is None:
        estimated = say(
            "order.line.provisional" if accepted.due_provisional else "order.line.estimated",
            day=day_words(accepted.due_on, year=year),
        )
        lines.append((say("order.line.due"), estimated))
    if accepted.people > 1:
        lines.append((say("order.line.how_many"), say("order.line.people", count=accepted.people)))
    return [line for line in lines if line[1]]


def _replies(order: WorkOrder, names: Names) -> list[tuple[str, str]]:
    found = []
    for each in order.assignments:
        if each.state is AssignmentState.WITHDRAWN or not each.internal:
            continue
        found.append((names.short(each.agency), each.internal))
        if each.public:
            found.append((say("order.line.public"), each.public))
    return found


def _clash(clash: Clash, story: tuple[Happened, ...], told: dict[str, Told]) -> ClashTold:
    lines = []
    for entry_id in (clash.first, clash.second):
        line = told.get(entry_id)
        if line is not None:
            lines.append(say("order.clash.line", when=line.when, head=line.head, words=line.words.replace("\n", " ")))
    fields = say("order.clash.fields", fields=field_words(clash.fields)) if clash.fields else ""
    head = say("order.clash.head", what=say(f"clash.{clash.code}"), fields=fields)
    return ClashTold(head, tuple(lines), clash.grade is Grade.HARD)
