"""总览 in words: tiles, rates, and what the line did. Pure; no word of it is about a person."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.clock import local, shown
from county_hotline.domain import rates
from county_hotline.domain.rates import Formula, hundredths, percent
from county_hotline.domain.views import LineState, RoundReport
from county_hotline.domain.vocabulary import Stage
from county_hotline.ui.screens.overview.charts import (
    ChartTold,
    categories_told,
    places_told,
    stages_told,
    trend_told,
    units_told,
    week_told,
)
from county_hotline.ui.screens.overview.work import OverviewFacts
from county_hotline.ui.telling.standing import day_words
from county_hotline.wording import say, word

MAIN_RATES = ("signed_in_time", "finished_in_time", "satisfied", "answered")
"""Those that stand on the first panel."""


@dataclass(frozen=True, slots=True)
class TileTold:
    """One big number: `key` opens its orders."""

    key: str
    label: str
    figure: str
    note: str
    tone: str = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class RateTold:
    """One rate with both its numbers and what is left out."""

    key: str
    label: str
    percent: str
    of: str
    apart: str
    formula: str
    is_agreed: bool
    look: str
    """How many orders can be opened behind it; empty for none."""
    look_words: str
    goal: str = ""
    is_missed: bool = False
    is_known: bool = True
    """False: there was nothing to count."""


@dataclass(frozen=True, slots=True)
class OverviewTold:
    """The page."""

    beside: str
    line: str
    line_tone: str
    is_empty: bool
    tiles: tuple[TileTold, ...]
    rates: tuple[RateTold, ...]
    trend: ChartTold
    week: ChartTold
    places: ChartTold
    categories: ChartTold
    stages: ChartTold
    units: ChartTold
    units_note: str
    did: tuple[tuple[str, str, str], ...]
    """Of the line: label, words, tone."""
    rounds: tuple[tuple[str, str], ...]
    figures: dict[str, str]
    """What each key counts, in words, as the register's head says it."""


def overview_told(facts: OverviewFacts) -> OverviewTold:
    """All of it."""
    found, standing = facts.overview, facts.overview.standing
    line, tone = line_words(facts)
    scope = found.scope
    key = "overview.beside_one" if scope.first == scope.last else "overview.beside"
    unit_target = float(facts.target) if facts.target else None
    beside = say(key, first=scope.first, last=scope.last, at=f"{local(found.now):%H:%M}")
    return OverviewTold(
        beside=beside if tone == "green" else f"{beside} ・ {line}",
        line=line,
        line_tone=tone,
        is_empty=not (found.flow.accepted or found.flow.finished or found.flow.dispatched or standing.open),
        tiles=tiles_told(facts),
        rates=tuple(_rate(facts, formula) for formula in rates.FORMULAS),
        trend=trend_told(facts),
        week=week_told(facts),
        places=places_told(facts),
        categories=categories_told(facts),
        stages=stages_told(facts),
        units=units_told(facts, unit_target),
        units_note=say("overview.section.units_target", target=facts.target)
        if facts.target
        else say("overview.section_note.units"),
        did=_did(facts),
        rounds=tuple((_round(report), "amber" if report.fault else "plain") for report in found.line.rounds),
        figures=_figures(facts),
    )


def line_words(facts: OverviewFacts) -> tuple[str, str]:
    """在线, or since when not; with its tone."""
    line = facts.overview.line.line
    if line.state is LineState.ONLINE:
        return say("overview.online"), "green"
    if line.state is LineState.OFFLINE:
        at = local(line.since)
        same = at.date() == local(facts.overview.now).date()
        return say("overview.offline", at=f"{at:%H:%M}" if same else f"{at:%m-%d %H:%M}"), "amber"
    if line.state is LineState.UNENROLLED:
        return say("overview.never"), "quiet"
    return word(line.state), "amber" if line.state is LineState.REFUSED else "quiet"


# ---------------------------------------------------------------- tiles and rates


def tiles_told(facts: OverviewFacts) -> tuple[TileTold, ...]:
    """受理 派单 办结 of the span, 超期 临期 待审核 待回访 as they are now."""
    found = facts.overview
    flow, standing = found.flow, found.standing
    late = flow.looked_at.get("finished_in_time", 0)
    review = sum(group.count for group in standing.stages if group.code == str(int(Stage.TO_REVIEW)))
    soon = f"{local(found.soon - 1):%m-%d}"
    none = say("overview.note.no_limit", count=standing.no_limit) if standing.no_limit else ""
    told = (
        ("accepted", flow.accepted, _change(flow.accepted - flow.before)),
        ("dispatched", flow.dispatched, say("overview.note.first_sent")),
        ("finished", flow.finished, say("overview.note.finished", count=late)),
        ("overdue", standing.overdue, say("overview.note.overdue", count=standing.open)),
        ("due_soon", standing.due_soon, none or say("overview.note.due_soon", at=soon)),
        ("to_review", review, say("overview.note.to_review")),
        ("to_follow_up", standing.to_follow_up, say("overview.note.to_follow_up")),
    )
    return tuple(_tile(key, count, note) for key, count, note in told)


def _tile(key: str, count: int, note: str) -> TileTold:
    tone, icon = "plain", ""
    if key == "overdue" and count:
        tone, icon = "red", "exclamation-octagon-fill"
    elif key == "due_soon" and count:
        tone, icon = "amber", "clock-fill"
    return TileTold(key, say(f"overview.tile.{key}"), f"{count:,}", note, tone, icon)


def _change(by: int) -> str:
    if by == 0:
        return say("overview.note.same")
    return say("overview.note.more", count=f"{by:,}") if by > 0 else say("overview.note.fewer", count=f"{-by:,}")


def _rate(facts: OverviewFacts, formula: Formula) -> RateTold:
    flow, name = facts.overview.flow, formula.name
    ratio = flow.ratios[name]
    value, count = hundredths(ratio), flow.looked_at.get(name, 0)
    goal, missed = "", False
    if formula is rates.FINISHED_IN_TIME and facts.target and value is not None:
        missed = value < facts.target * 100
        by = facts.target * 100 - value
        key = "overview.rate.target_missed" if missed else "overview.rate.target_met"
        goal = say(key, target=facts.target, by=f"{by // 100}.{by % 100:02d}")
    known = value is not None
    return RateTold(
        f"rate:{name}",
        say(f"rate.{name}.name") + ("" if formula.is_agreed else say("overview.rate.mark")),
        f"{percent(ratio)}%" if known else say("overview.rate.none"),
        say("overview.rate.of", numerator=ratio.numerator, denominator=ratio.denominator)
        if known
        else say("overview.rate.none_note"),
        say(f"rate_apart.{name}", count=ratio.apart) if ratio.apart else "",
        say(f"rate.{name}.formula"),
        formula.is_agreed,
        say("overview.rate.look", count=count) if count else "",
        word(formula.look_at),
        goal,
        missed,
        known,
    )


# ---------------------------------------------------------------- the line


def _did(facts: OverviewFacts) -> tuple[tuple[str, str, str], ...]:
    did = facts.overview.line
    counts, (state, tone) = did.counts, line_words(facts)
    key = "overview.line.equation" if counts.balanced else "overview.line.equation_off"
    never = say("overview.line.never")
    lines = [
        ("state", state, tone),
        (
            "counts",
            say(key, stored=counts.stored, received=counts.received, waiting=counts.waiting),
            "plain" if counts.balanced else "red",
        ),
        (
            "rounds",
            say("overview.line.rounds_words", count=did.rounds_today, sent=did.sent_today, received=did.received_today),
            "plain",
        ),
        ("synced", shown(did.synced_at) if did.synced_at else never, "plain" if did.synced_at else "quiet"),
        ("proven", shown(did.proven_at) if did.proven_at else never, "plain" if did.proven_at else "quiet"),
        (
            "files",
            say("overview.line.files_words", count=did.files.count) if did.files.count else say("overview.line.files_none"),
            "plain",
        ),
    ]
    if counts.held:
        lines.append(("held", say("overview.line.held_words", count=counts.held), "amber"))
    return tuple((say(f"overview.line.{name}"), words, tone) for name, words, tone in lines)


def _round(report: RoundReport) -> str:
    at, way = shown(report.ended_at)[5:], word(report.way)
    if report.fault:
        return say("overview.line.round_fault", at=at, way=way, code=report.fault)
    return say("overview.line.round", at=at, way=way, sent=report.sent, received=report.received)


# ---------------------------------------------------------------- what a key is called


def _figures(facts: OverviewFacts) -> dict[str, str]:
    """As the register's head says it: 今日受理, 超期, 本月受理（燕崖镇）."""
    span = say(f"overview.span.{facts.asked.span}")
    found: dict[str, str] = {}
    for name in ("accepted", "dispatched", "finished"):
        found[name] = say("overview.figure", span=span, what=say(f"counted.{name}"))
    for name in ("overdue", "due_soon", "to_review", "to_follow_up"):
        found[name] = say(f"overview.tile.{name}")
    for at, day in enumerate(facts.overview.standing.days):
        found[f"due:{at}"] = say("overview.figure", span=day_words(day.day), what=say("counted.due"))
    accepted = say("counted.accepted")
    for told in (places_told(facts), categories_told(facts)):
        found |= {key: say("overview.figure_of", span=span, what=accepted, of=words) for key, words in told.names.items()}
    found |= {
        key: say("overview.figure_of", span="", what=say("counted.open"), of=words)
        for key, words in stages_told(facts).names.items()
    }
    for formula in rates.FORMULAS:
        found[f"rate:{formula.name}"] = say("overview.figure", span=span, what=word(formula.look_at))
    where = [facts.names.place(facts.asked.place)] if facts.asked.place else []
    where += [facts.names.short(facts.asked.agency)] if facts.asked.agency else []
    return {key: " ・ ".join((words, *where)) for key, words in found.items()}
