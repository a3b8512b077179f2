"""总览: the figures of a span, of what stands now, and of the line, within a region and a unit. Counts only: nothing of any caller."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec

from county_hotline.clock import local
from county_hotline.db.beside import memos
from county_hotline.db.tables import breakdowns, tallies
from county_hotline.desk import files, line, looking_up, today
from county_hotline.desk.desk import Desk
from county_hotline.domain.civil_time import DAY_MS, start_of_day_ms
from county_hotline.domain.rates import Formula
from county_hotline.domain.tallies import NONE, OTHERS, Counted, Day, Flow, Group, Slice, Standing, UnitRate
from county_hotline.domain.views import Counts, FilesWaiting, Line, RoundReport
from county_hotline.domain.vocabulary import Stage
from county_hotline.errors import Refusal

LONGEST_DAYS = 366
"""自定: a year at most, so that nobody at the counter waits for a count."""
TREND_DAYS = 30
BARS = 8
"""Townships, heads of category and units that have a bar of their own; the others are 其他."""
ROUNDS = 5
FORM = "overview"


class Scope(msgspec.Struct, frozen=True):
    """What is looked at: days (ISO, both included), and where chosen a township or village, and the unit that leads."""

    first: str
    last: str
    place: str = ""
    agency: str = ""

    @property
    def slice(self) -> Slice:
        """The span as moments, with the filters."""
        since, until = start_of_day_ms(self.first), start_of_day_ms(self.last) + DAY_MS
        return Slice(since=since, until=until, place=self.place, agency=self.agency)


class LineDid(msgspec.Struct, frozen=True, kw_only=True):
    """What the line did."""

    line: Line
    counts: Counts
    rounds: tuple[RoundReport, ...]
    """The last ones, newest first."""
    rounds_today: int = 0
    sent_today: int = 0
    received_today: int = 0
    files: FilesWaiting = FilesWaiting()
    proven_at: int = 0
    """When a round last ended with both ends seen to agree in everything, UTC ms; 0: never, or they do not agree now."""
    synced_at: int = 0
    """When a round last ended whole, UTC ms: what others did is known until then."""


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """总览 at one moment."""

    now: int
    scope: Scope
    soon: int
    """What is due until then is 临期, UTC ms."""
    flow: Flow
    standing: Standing
    trend: tuple[Day, ...]
    places: tuple[Group, ...]
    categories: tuple[Group, ...]
    units: tuple[UnitRate, ...]
    line: LineDid


def spans(desk: Desk) -> dict[str, tuple[str, str]]:
    """今日, 本周 (from Monday), 本月, each until today: first and last day."""
    day = local(desk.clock.now_ms()).date()
    week, month = day - timedelta(days=day.weekday()), day.replace(day=1)
    return {name: (first.isoformat(), day.isoformat()) for name, first in (("today", day), ("week", week), ("month", month))}


def own_span(first: str, last: str) -> tuple[str, str]:
    """自定. Refuses (R620) what are no days or the wrong way round, and (R621) more than a year."""
    try:
        since, until = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError as exc:
        raise Refusal("R620", first=first[:20], last=last[:20]) from exc
    if since > until:
        raise Refusal("R620", first=first[:20], last=last[:20])
    if (until - since).days >= LONGEST_DAYS:
        raise Refusal("R621", most=LONGEST_DAYS)
    return since.isoformat(), until.isoformat()


def overview(desk: Desk, scope: Scope) -> Overview:
    """Everything 总览 shows, of one moment."""
    now, soon, wanted = desk.clock.now_ms(), today.soon_until(desk), scope.slice
    db = desk.store.database.connection()
    places, categories = breakdowns.by_place_and_category(db, wanted, now=now, most=BARS)
    return Overview(
        now=now,
        scope=scope,
        soon=soon,
        flow=tallies.flow(db, wanted, now=now),
        standing=tallies.standing(db, wanted, now=now, soon=soon),
        trend=tallies.trend(db, wanted, days=trend_days(now)),
        places=places,
        categories=categories,
        units=breakdowns.by_unit(db, wanted, most=BARS),
        line=line_did(desk),
    )


def trend_days(now: int) -> tuple[str, ...]:
    """The last thirty days, today the last."""
    last = local(now).date()
    return tuple((last - timedelta(days=at)).isoformat() for at in reversed(range(TREND_DAYS)))


def figure(found: Overview, what: Counted, *, at: int = 0) -> Slice:
    """Which orders a figure of this overview counts. `at`: of DUE the day after today; -1 for 临期."""
    span = found.scope.slice
    if what is Counted.OVERDUE:
        return msgspec.structs.replace(span, what=what, since=0, until=found.now)
    if what is Counted.DUE:
        since, until = (found.now, found.soon) if at < 0 else tallies.day_ahead(found.now, at)
        return msgspec.structs.replace(span, what=what, since=since, until=until)
    if what in (Counted.OPEN, Counted.NO_LIMIT, Counted.TO_FOLLOW_UP):
        return msgspec.structs.replace(span, what=what, since=0, until=0)
    return msgspec.structs.replace(span, what=what)


def behind(found: Overview, formula: Formula) -> Slice:
    """The orders behind a rate of this overview that are worth opening."""
    return tallies.to_look_at(found.scope.slice, formula, now=found.now)


def place_bar(found: Overview, code: str) -> Slice:
    """The orders that a township's bar counts (within a chosen township: a village's); `OTHERS`: of all that have no bar."""
    span = found.scope.slice
    if code == OTHERS:
        return msgspec.structs.replace(span, not_places=tuple(each.code for each in found.places if each.code != OTHERS))
    within = len(span.place) >= tallies.TOWNSHIP
    return msgspec.structs.replace(span, place=code or NONE, is_place_alone=within)


def category_bar(found: Overview, code: str) -> Slice:
    """The orders that a category's bar counts; `OTHERS`: of all that have no bar."""
    span = found.scope.slice
    if code == OTHERS:
        others = tuple(each.code for each in found.categories if each.code != OTHERS)
        return msgspec.structs.replace(span, not_categories=others)
    return msgspec.structs.replace(span, category=code or NONE)


def stage_bar(found: Overview, code: str) -> Slice:
    """The open orders of a stage (its number)."""
    return msgspec.structs.replace(figure(found, Counted.OPEN), stage=Stage(int(code)))


def paper_path(desk: Desk, found: Overview) -> Path:
    """`slips/2026-11/overview-2026-11-01-2026-11-21.pdf`."""
    month = local(found.now).strftime("%Y-%m")
    return desk.home.slips / month / f"overview-{found.scope.first}-{found.scope.last}.pdf"


def printed(desk: Desk, found: Overview) -> None:
    """Its paper was made: audited."""
    officer = desk.signed_in()
    with desk.store.immediate() as db:
        memos.audit(db, found.now, officer.officer, act="print", subject=f"{found.scope.first} {found.scope.last}", reason=FORM)


def line_did(desk: Desk) -> LineDid:
    """The line: how it is, what it did today, what waits."""
    now = desk.clock.now_ms()
    midnight = start_of_day_ms(local(now).date().isoformat())
    every = line.rounds(desk, 500)
    lately = [report for report in every if report.ended_at >= midnight]
    whole = [report for report in every if report.complete and not report.fault]
    return LineDid(
        line=line.line(desk),
        counts=looking_up.counts(desk),
        rounds=every[:ROUNDS],
        rounds_today=len(lately),
        sent_today=sum(report.sent for report in lately),
        received_today=sum(report.received for report in lately),
        files=files.waiting(desk),
        proven_at=whole[0].ended_at if whole and desk.store.proof.is_proven() else 0,
        synced_at=whole[0].ended_at if whole else 0,
    )
