"""A rule pack, what it would have done, and the calendar, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from county_hotline.domain.previewing import Preview, PreviewRow
from county_hotline.domain.rule_packs import RulePack
from county_hotline.domain.trace_lines import TraceLine
from county_hotline.ui.screens.packs.work import CalendarFacts, KnownPack, PackState
from county_hotline.ui.telling.marks import Mark
from county_hotline.ui.telling.reading import LineTold, ReadTold, SectionTold
from county_hotline.ui.telling.standing import short_number
from county_hotline.wording import rule, say, word

if TYPE_CHECKING:
    from county_hotline.desk.recomputing import Year

HEADS = frozenset({"head", "source"})
ASSUMED = "assumed"
UNKNOWN = "unknown"
_STATES = {
    PackState.IN_FORCE: ("green", "check-circle-fill"),
    PackState.KEPT: ("quiet", "archive"),
    PackState.SHIPPED: ("plain", "file-earmark-text"),
    PackState.FILE: ("blue", "file-earmark-arrow-up"),
}


@dataclass(frozen=True, slots=True)
class PackRow:
    """One row of the list."""

    key: str
    state: Mark
    title: str
    version: str


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One order whose date another pack moves."""

    key: str
    number: str
    kind: str
    before: str
    after: str
    verdict: Mark


@dataclass(frozen=True, slots=True)
class TrialTold:
    """试算: in figures, and order by order."""

    head: str
    beside: str
    lines: tuple[LineTold, ...]
    rows: tuple[TrialRow, ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of the calendar."""

    key: str
    year: str
    state: Mark
    days: str
    paper: str


@dataclass(frozen=True, slots=True)
class CalendarTold:
    """The calendar of the county."""

    beside: str
    years: tuple[YearRow, ...]
    rest_days: tuple[tuple[str, str], ...]
    """(ISO date, words)."""
    moved: Mark
    """What recomputing would do."""
    may_change: bool
    """Whether the county's rest days are set here."""


def row_told(known: KnownPack) -> PackRow:
    """A row of the list."""
    tone, icon = _STATES[known.state]
    mark = Mark(say(f"packs.state.{known.state.value}"), tone, icon, bold=known.state is PackState.IN_FORCE)
    return PackRow(known.key, mark, known.pack.title, say("packs.version", version=known.pack.version))


def pack_told(known: KnownPack) -> ReadTold:
    """The whole pack in plain words: what it says, what was assumed (amber), what it does not know."""
    lines = known.pack.in_words()
    plain = [each for each in lines if _kind(each) == ""]
    assumed = [LineTold(_said(each), icon="exclamation-triangle", tone="amber") for each in lines if _kind(each) == ASSUMED]
    unknown = [LineTold(_said(each), icon="question-circle", tone="quiet") for each in lines if _kind(each) == UNKNOWN]
    sections = [
        SectionTold(say("packs.section.rules"), tuple(LineTold(_said(each), icon="dot") for each in plain)),
        SectionTold(say("packs.section.assumed"), tuple(assumed), say("packs.section.assumed.beside") if assumed else ""),
        SectionTold(say("packs.section.unknown"), tuple(unknown)),
        SectionTold(say("packs.section.source"), tuple(LineTold(_said(each)) for each in lines if each.code == "source")),
    ]
    tone, icon = _STATES[known.state]
    state = Mark(say(f"packs.state.{known.state.value}"), tone, icon)
    kept = tuple(section for section in sections if section.lines)
    number = say("packs.version", version=known.pack.version)
    return ReadTold(known.key, number, known.pack.title, state, kept)


def trial_told(before: RulePack, after: RulePack, found: Preview) -> TrialTold:
    """What the other pack would have done to last month's orders."""
    lines = [
        LineTold(say("packs.trial.same", count=found.same), icon="dash-lg", tone="quiet"),
        LineTold(say("packs.trial.earlier", count=found.earlier), icon="arrow-left-circle"),
        LineTold(say("packs.trial.later", count=found.later), icon="arrow-right-circle"),
        LineTold(
            say("packs.trial.overdue", before=found.overdue_before, after=found.overdue_after),
            icon="exclamation-octagon-fill" if found.overdue_after > found.overdue_before else "check-circle-fill",
            tone="red" if found.overdue_after > found.overdue_before else "green",
            bold=True,
        ),
    ]
    if found.no_date_before or found.no_date_after:
        words = say("packs.trial.no_date", before=found.no_date_before, after=found.no_date_after)
        lines.append(LineTold(words, icon="question-circle", tone="amber"))
    if found.left_out:
        lines.append(LineTold(say("packs.trial.left_out", count=found.left_out), icon="info-circle", tone="quiet"))
    return TrialTold(
        say("packs.trial.head", before=before.title, after=after.title),
        say("packs.trial.beside", count=len(found.rows)),
        tuple(lines),
        tuple(map(_trial_row, found.changed)),
    )


def calendar_told(facts: CalendarFacts) -> CalendarTold:
    """The years, the county's rest days, and what recomputing would do."""
    announced = [each.year for each in facts.years if each.announced]
    beside = say("packs.calendar.beside", version=facts.version, last=max(announced)) if announced else ""
    rest_days = tuple((day, f"{day} {say(f'weekday.{weekday}')}") for day, weekday in facts.rest_days)
    if facts.moved:
        count = len(facts.moved)
        moved = Mark(say("packs.moved", count=count), "amber", "exclamation-triangle-fill")
    else:
        moved = Mark(say("packs.moved.none"), "green", "check-lg")
    return CalendarTold(beside, tuple(map(_year_row, facts.years)), rest_days, moved, not facts.why)


def _year_row(found: Year) -> YearRow:
    if found.announced:
        mark = Mark(say("packs.year.announced"), "green", "check-lg")
    else:
        mark = Mark(say("packs.year.provisional"), "amber", "exclamation-triangle")
    days = say("packs.year.days", off=found.off, made_up=found.made_up)
    return YearRow(str(found.year), str(found.year), mark, days, found.papers[0] if found.papers else "")


def _trial_row(row: PreviewRow) -> TrialRow:
    none = say("packs.trial.none")
    if row.overdue_after and not row.overdue_before:
        mark = Mark(say("packs.trial.becomes_late"), "red", "exclamation-octagon-fill", bold=True)
    elif row.overdue_before and not row.overdue_after:
        mark = Mark(say("packs.trial.late_no_more"), "green", "check-lg")
    elif row.overdue_after:
        mark = Mark(say("packs.trial.stays_late"), "red", "exclamation-octagon")
    else:
        mark = Mark(say("packs.trial.in_time"), "quiet")
    return TrialRow(
        row.number, short_number(row.number), word(row.matter_kind), row.due_before or none, row.due_after or none, mark
    )


def _kind(line: TraceLine) -> str:
    """Where the line stands: among the rules (empty), what was assumed, what is not known, or not at all."""
    if line.code in HEADS:
        return "head"
    if line.code.endswith(ASSUMED):
        return ASSUMED
    return UNKNOWN if line.code in (UNKNOWN, "no_limits", "limit_missing", "cards.none") else ""


def _said(line: TraceLine) -> str:
    if line.code == ASSUMED:  # the section's head says so
        return str(line.values["words"])
    return rule(line.code, **line.values)
