"""A supervision or a card in words. Pure; `now` is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from county_hotline.clock import local
from county_hotline.domain.standing_parts import Supervision
from county_hotline.domain.views import SupervisionRow
from county_hotline.domain.vocabulary import Card
from county_hotline.ui.screens.supervision.work import SupervisionFacts
from county_hotline.ui.telling.marks import Mark
from county_hotline.ui.telling.reading import LineTold, ReadTold, SectionTold
from county_hotline.ui.telling.standing import short_number
from county_hotline.wording import say, word

if TYPE_CHECKING:
    from county_hotline.desk.overseeing import CardRow

CARD_MARKS = {Card.YELLOW: ("amber", "square-half"), Card.RED: ("red", "square-fill")}


@dataclass(frozen=True, slots=True)
class RowTold:
    """One row of either list, by column."""

    key: str
    cells: dict[str, Mark]


def key_of(row: SupervisionRow) -> str:
    """What the row stands for."""
    return f"{row.number} {row.supervision.supervision}"


def card_key(row: CardRow) -> str:
    """What the row stands for."""
    return f"{row.number} {row.agency} {row.card.value} {row.shown_at}"


def is_late(each: Supervision, now: int) -> bool:
    """Whether a unit should have answered by now."""
    return each.is_open and bool(each.waiting_for) and 0 < each.reply_by < now


def ordered(facts: SupervisionFacts) -> tuple[SupervisionRow, ...]:
    """Open ones first, the longest overdue on top; then what is closed, the latest first."""

    def place(row: SupervisionRow) -> tuple[bool, int, str]:
        each = row.supervision
        return (not each.is_open, each.reply_by or 2**62 if each.is_open else -(each.closed_at or 0), row.number)

    return tuple(sorted(facts.rows, key=place))


def row_told(row: SupervisionRow, facts: SupervisionFacts) -> RowTold:
    """A row of the ledger."""
    each, names = row.supervision, facts.names
    answered = len(each.agencies) - len(each.waiting_for)
    cells = {
        "state": state_of(each, facts),
        "by": Mark(_day(each.reply_by, facts.now) if each.reply_by else say("supervision.no_limit")),
        "supervision": Mark(each.supervision, "quiet"),
        "cause": Mark(word(each.cause)),
        "title": Mark(row.title),
        "units": Mark("、".join(names.short(agency) for agency in each.agencies)),
        "answered": Mark(
            say("supervision.answered", answered=answered, asked=len(each.agencies)),
            "plain" if each.waiting_for else "green",
            "" if each.waiting_for else "check-lg",
        ),
    }
    return RowTold(key_of(row), cells)


def state_of(each: Supervision, facts: SupervisionFacts) -> Mark:
    """How it stands: days left, late, to be closed, closed, withdrawn."""
    if each.withdrawn:
        return Mark(say("supervision.state.withdrawn"), "quiet", "x-circle")
    if not each.is_open:
        return Mark(say("supervision.state.closed"), "green", "check-circle-fill")
    if not each.waiting_for:
        return Mark(say("supervision.state.to_close"), "blue", "clipboard-check")
    if not each.reply_by:
        return Mark(say("supervision.no_limit"), "quiet")
    day = local(each.reply_by).date().isoformat()
    left = facts.left.get(day)
    if is_late(each, facts.now):
        key = "late_today" if day == facts.today or not left else "late"
        return Mark(say(f"supervision.state.{key}", days=-(left or 0)), "red", "exclamation-octagon-fill", bold=True)
    if day == facts.today or not left:
        return Mark(say("supervision.state.today"), "amber", "clock-fill")
    return Mark(say("supervision.state.left", days=left), *(("amber", "clock-fill") if left == 1 else ()))


def read_told(row: SupervisionRow, facts: SupervisionFacts) -> ReadTold:
    """The whole of it."""
    each, now = row.supervision, facts.now
    lines = [
        LineTold(each.supervision, say("supervision.line.number")),
        LineTold(word(each.cause), say("supervision.line.cause")),
        LineTold(_moment(each.reply_by, now) if each.reply_by else "", say("supervision.line.by"), bold=True),
        LineTold(each.copied_to, say("supervision.line.copied")),
    ]
    head = say("supervision.joint") if each.joint else say("supervision.title")
    issued = say("supervision.issued", at=_moment(each.issued_at, now))
    sections = [
        SectionTold(head, tuple(line for line in lines if line.words), issued),
        SectionTold(say("supervision.section.requirement"), (LineTold(each.requirement),)),
        SectionTold(say("supervision.section.answers"), tuple(_answers(each, facts))),
    ]
    if each.closed_at:
        beside = "・".join((_moment(each.closed_at, now), *((say("supervision.withdrawn"),) if each.withdrawn else ())))
        sections.append(SectionTold(say("supervision.section.opinion"), (LineTold(each.opinion),), beside))
    return ReadTold(key_of(row), row.number, row.title, state_of(each, facts), tuple(sections))


def _answers(each: Supervision, facts: SupervisionFacts) -> list[LineTold]:
    lines = []
    for agency, at, words in each.replies:
        head = say("supervision.answer.given", unit=facts.names.short(agency), at=_moment(at, facts.now))
        lines += [LineTold(head, icon="check-lg", tone="green"), LineTold(words)]
    late = is_late(each, facts.now)
    tone, icon = ("red", "exclamation-octagon-fill") if late else ("plain", "clock")
    for agency in each.waiting_for:
        lines.append(LineTold(say("supervision.answer.none", unit=facts.names.short(agency)), icon=icon, tone=tone))
    return lines


def card_told(row: CardRow, facts: SupervisionFacts) -> RowTold:
    """A row of 亮牌."""
    if row.is_suggested:
        when = Mark(say("supervision.suggested"), "blue", "lightbulb")
    elif row.taken_back_at:
        when = Mark(say("supervision.taken_back", at=_day(row.taken_back_at, facts.now)), "quiet", "x-circle")
    else:
        when = Mark(_day(row.shown_at, facts.now))
    cells = {
        "card": _card(row.card, is_suggested=row.is_suggested),
        "when": when,
        "agency": Mark(facts.names.short(row.agency)),
        "number": Mark(short_number(row.number), "quiet"),
        "title": Mark(row.title),
    }
    return RowTold(card_key(row), cells)


def read_card(row: CardRow, facts: SupervisionFacts) -> ReadTold:
    """A card with why it was shown, or why it is suggested."""
    lines = [
        LineTold(facts.names.agency(row.agency), say("supervision.line.agency"), bold=True),
        LineTold(word(row.card), say("supervision.line.card")),
        LineTold(row.cause, say("supervision.line.reason")),
    ]
    if row.due_at:
        lines.append(LineTold(_moment(row.due_at, facts.now), say("supervision.line.due"), tone="red"))
    if row.shown_at:
        lines.append(LineTold(_moment(row.shown_at, facts.now), say("supervision.line.shown")))
    said = [SectionTold(say("supervision.section.card"), tuple(line for line in lines if line.words))]
    if row.is_suggested:
        words = LineTold(say("supervision.suggested.words"), icon="lightbulb", tone="blue")
        said.append(SectionTold(say("supervision.suggested"), (words,)))
    state = _card(row.card, is_suggested=row.is_suggested)
    return ReadTold(card_key(row), row.number, row.title, state, tuple(said))


def _card(card: Card, *, is_suggested: bool) -> Mark:
    tone, icon = CARD_MARKS[card]
    return Mark(word(card), "plain" if is_suggested else tone, "square" if is_suggested else icon, bold=not is_suggested)


def _day(ms: int, now: int) -> str:
    at = local(ms)
    day = f"{at:%m-%d}" if at.year == local(now).year else f"{at:%Y-%m-%d}"
    return f"{day} {say(f'weekday.{at.isoweekday()}')}"


def _moment(ms: int, now: int) -> str:
    at = local(ms)
    return f"{_day(ms, now)} {at:%H:%M}"
