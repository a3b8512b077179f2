"""One order as its page tells it: plain values for the view."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.domain.clashes import Clash, Grade
from county_hotline.domain.happened import Happened
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.screens.order.acts import FootTold, foot_of
from county_hotline.ui.screens.order.banners import BannerTold, banners_of
from county_hotline.ui.screens.order.files import FileTold, files_told
from county_hotline.ui.screens.order.limits import LimitTold, limit_told
from county_hotline.ui.screens.order.related import related_sections
from county_hotline.ui.screens.order.sections import SectionTold, sections_of
from county_hotline.ui.screens.order.work import Loaded
from county_hotline.ui.telling import caller
from county_hotline.ui.telling.marks import Mark, flags_of, stage_mark
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.standing import ShareTold, StepTold, WorkdaysLeft, day_words, moment, shares_of, steps_of
from county_hotline.ui.telling.story import Told, field_words, story_of
from county_hotline.ui.telling.story.ground import Reading
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
    banners: tuple[BannerTold, ...]
    shares: tuple[ShareTold, ...]
    no_shares: str
    caller: str
    may_unmask: bool
    lines: tuple[tuple[str, str], ...]
    """The matter: label, words."""
    attachments: tuple[FileTold, ...]
    sections: tuple[SectionTold, ...]
    story: tuple[Told, ...]
    clashes: tuple[ClashTold, ...]
    limit: LimitTold
    foot: FootTold

    @property
    def replies(self) -> tuple[SectionTold, ...]:
        """What units replied stands before the matter: whoever reviews or calls back reads it first."""
        return tuple(section for section in self.sections if section.name == "replies")

    @property
    def others(self) -> tuple[SectionTold, ...]:
        """Sections below the matter."""
        return tuple(section for section in self.sections if section.name != "replies")


def order_told(loaded: Loaded, left: WorkdaysLeft) -> OrderTold:
    """An order in words. On the desk's lane: `left` asks the calendar."""
    view, names, today = loaded.view, loaded.names, loaded.today
    order, accepted, year = view.order, view.order.accepted, int(today[:4])
    story = story_of(view, names, year=year)
    foot = foot_of(order, names, loaded.standing, today=today, now=loaded.now, decision=lambda _order: loaded.decision)
    reading = Reading(names, year)
    return OrderTold(
        number=order.number,
        title=accepted.title if accepted else say("register.unread"),
        state=stage_mark(order.stage, waiting=bool(view.waiting)),
        flags=flags_of(order),
        meta=_meta(loaded),
        steps=steps_of(order, year=year),
        banners=banners_of(order, names, year=year, decides=bool(foot.main and foot.main.name == loaded.decision)),
        shares=shares_of(order, names, left, today=today, now=loaded.now, lamp=loaded.lamp),
        no_shares=_no_shares(order, names),
        caller=" ・ ".join(part for part in (*caller.parts(order), caller.masked_address(order)) if part),
        may_unmask=order.person is not None,
        lines=tuple(_lines(order, names, year=year)),
        attachments=files_told(loaded.files),
        sections=(*sections_of(order, reading, loaded.titles), *related_sections(loaded.relations, reading)),
        story=story,
        clashes=tuple(_clash(clash, view.story, {told.entry_id: told for told in story}) for clash in order.clashes),
        limit=limit_told(
            order, names, left, today=today, now=loaded.now, due=loaded.due, segments=loaded.segments, lamp=loaded.lamp
        ),
        foot=foot,
    )


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
    if order.assignments or order.accepted is None or order.ended is not None:
        return ""
    hint = order.accepted.agency_hint
    return say("order.not_dispatched_hint", agency=names.agency(hint)) if hint else say("order.not_dispatched")


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
    if accepted.due_on and order.lead is None and order.ended is None:
        estimated = say(
            "order.line.provisional" if accepted.due_provisional else "order.line.estimated",
            day=day_words(accepted.due_on, year=year),
        )
        lines.append((say("order.line.due"), estimated))
    if accepted.people > 1:
        lines.append((say("order.line.how_many"), say("order.line.people", count=accepted.people)))
    lines += [
        (say("order.line.more"), say("order.line.more.at", at=moment(at, year=year), words=words))
        for at, words in order.taking.supplements
    ]
    return [line for line in lines if line[1]]


def _clash(clash: Clash, story: tuple[Happened, ...], told: dict[str, Told]) -> ClashTold:
    lines = []
    for entry_id in (clash.first, clash.second):
        line = told.get(entry_id)
        if line is not None:
            lines.append(say("order.clash.line", when=line.when, head=line.head, words=line.words.replace("\n", " ")))
    fields = say("order.clash.fields", fields=field_words(clash.fields)) if clash.fields else ""
    head = say("order.clash.head", what=say(f"clash.{clash.code}"), fields=fields)
    return ClashTold(head, tuple(lines), clash.grade is Grade.HARD)
