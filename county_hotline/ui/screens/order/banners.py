"""What stands above an order: what is asked of the centre, what is asked of the caller, and how it ended. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from county_hotline.domain.standing_parts import Application
from county_hotline.domain.vocabulary import (
    Ask,
    ExtensionReason,
    Outcome,
    SendBackReason,
    Stage,
    SuspensionReason,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.telling.marks import STAGES
from county_hotline.ui.telling.names import Names, officer_name
from county_hotline.ui.telling.standing import day_words, deadline, moment
from county_hotline.ui.telling.story.ground import clauses, sentences
from county_hotline.wording import say, word

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BannerTold:
    """A strip above the page: a head with its sign, labelled lines, and the order it leads to, where it leads to one."""

    tone: str
    icon: str
    head: str
    lines: tuple[Line, ...] = ()
    foot: str = ""
    number: str = ""


def banners_of(order: WorkOrder, names: Names, *, year: int, decides: bool) -> tuple[BannerTold, ...]:
    """`decides`: whether F9 opens the first of what is asked."""
    return (
        *_asked(order, names, year=year, decides=decides),
        *_of_caller(order, year=year),
        *_to_tell(order, names, year=year),
        *_end(order, year=year),
    )


def _asked(order: WorkOrder, names: Names, *, year: int, decides: bool) -> Iterator[BannerTold]:
    """待审批, one strip for each application nobody has decided."""
    opened = [application for application in order.applications if application.is_open]
    for at, application in enumerate(opened):
        head = say(
            "order.asked",
            agency=names.short(application.agency),
            ask=word(application.ask),
            who=officer_name(application.officer),
            at=moment(application.asked_at, year=year),
        )
        foot = say("order.asked.decide" if decides and at == 0 else "order.asked.wait")
        yield BannerTold("amber", "hourglass-split", head, asked_lines(application, names, year=year), foot)


def asked_lines(application: Application, names: Names, *, year: int) -> tuple[Line, ...]:
    """Reason, ground and what is wanted, each with its label."""
    lines = (
        (say("order.asked.reason"), sentences(_reason(application), application.words)),
        (say("order.asked.basis"), application.basis),
        (say(f"order.asked.wanted.{application.ask.value}"), _wanted(application, names, year=year)),
    )
    return tuple(line for line in lines if line[1])


_REASONS: dict[Ask, Callable[[str], str]] = {
    Ask.SEND_BACK: lambda value: word(SendBackReason(value)),
    Ask.EXTENSION: lambda value: word(ExtensionReason(value)),
    Ask.SUSPENSION: lambda value: word(SuspensionReason(value)),
}


def _reason(application: Application) -> str:
    worded = _REASONS.get(application.ask)
    try:
        return worded(application.reason) if worded and application.reason else application.reason
    except ValueError:  # a reason of a newer release
        return application.reason


def _wanted(application: Application, names: Names, *, year: int) -> str:
    if application.ask is Ask.SEND_BACK:
        return names.agency(application.wanted) if application.wanted else ""
    if application.ask in (Ask.EXTENSION, Ask.SUSPENSION):
        return day_words(application.wanted, year=year)
    return application.wanted


def _of_caller(order: WorkOrder, *, year: int) -> Iterator[BannerTold]:
    asked = order.taking.asked
    if asked is not None and order.ended is None:
        by = say("order.story.by", at=deadline(asked.by, year=year)) if asked.by else ""
        yield BannerTold(
            "amber", "chat-left-dots", say("order.more_asked"), ((say("order.more_asked.what"), asked.wanted),), by
        )


def _to_tell(order: WorkOrder, names: Names, *, year: int) -> Iterator[BannerTold]:
    for each in () if order.reaches_nobody else order.to_tell:
        who = names.short(each.agency) if each.agency else say("order.centre")
        by = say("order.to_tell.by", at=deadline(each.by, year=year)) if each.by else ""
        yield BannerTold("amber", "telephone-outbound", say("order.to_tell", agency=who, about=word(each.about)), (), by)


def _end(order: WorkOrder, *, year: int) -> Iterator[BannerTold]:
    """How it ended, for every way in which an order ends."""
    if order.ended is None:
        return
    tone, icon = STAGES[order.ended]
    at = moment(order.finished_at, year=year) if order.finished_at else ""
    head, lines, number = _ENDS[order.ended](order)
    yield BannerTold(tone, icon, clauses(head, at), tuple(line for line in lines if line[1]), number=number)


End = tuple[str, tuple[Line, ...], str]


def _told(order: WorkOrder) -> End:
    path = order.taking.path
    if path is None:
        return word(Stage.TOLD), (), ""
    lines = (
        (say("order.end.why"), path.words),
        (say("order.end.path"), path.path),
        (say("order.end.basis"), path.basis),
        (say("order.end.handed"), clauses(path.handed_to, path.handed_number)),
    )
    return say("order.end.told"), lines, ""


def _emergency(order: WorkOrder) -> End:
    handed = order.taking.emergencies[-1:]
    lines = tuple(
        (say("order.end.handed"), say("order.end.line", line=each.line.value, taker=each.taker or "—")) for each in handed
    )
    return say("order.end.emergency"), (*lines, *((say("order.end.words"), each.words) for each in handed)), ""


def _merged(order: WorkOrder) -> End:
    into = order.taking.merged_into or ""
    return say("order.end.merged", number=into), ((say("order.end.why"), say("order.end.merged.words")),), into


def _void(order: WorkOrder) -> End:
    return say("order.end.void"), ((say("order.end.why"), order.opinion),), ""


def _finished(order: WorkOrder) -> End:
    answered = order.taking.answered
    if order.outcome is Outcome.ANSWERED and answered is not None:
        article = sentences(answered.article_title or answered.article, answered.article_version)
        return say("order.end.answered"), ((say("order.end.answer"), answered.answer), (say("order.end.article"), article)), ""
    head = clauses(word(Stage.FINISHED), word(order.outcome) if order.outcome else "")
    return head, ((say("order.end.opinion"), order.opinion),), ""


def _archived(order: WorkOrder) -> End:
    head, lines, number = _finished(order)
    if order.outcome is None:
        head = ""
    return clauses(word(Stage.ARCHIVED), head), ((say("order.end.file"), order.closing.file_number), *lines), number


_ENDS: dict[Stage, Callable[[WorkOrder], End]] = {
    Stage.TOLD: _told,
    Stage.EMERGENCY: _emergency,
    Stage.MERGED: _merged,
    Stage.VOID: _void,
    Stage.FINISHED: _finished,
    Stage.ARCHIVED: _archived,
}
"""One for each of `ENDED`."""
