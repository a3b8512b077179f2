"""A call in words: how it stands, who came, what was found. Pure; `now` is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from county_hotline.clock import local
from county_hotline.domain.standing_parts import Arrival, Call
from county_hotline.domain.views import CallRow
from county_hotline.ids import AgencyCode
from county_hotline.ui.screens.site.work import SiteFacts
from county_hotline.ui.telling.marks import Mark
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.reading import LineTold, ReadTold, SectionTold
from county_hotline.wording import say

_TIME_OF_DAY: Final = re.compile(r"(\d{1,2})[:：.点时]?([0-5]\d)分?")
LATE_ENTRY_MS: Final = 12 * 3_600_000
"""A bare time of day means the day of the meeting while that day is past or it is so near."""


@dataclass(frozen=True, slots=True)
class CallTold:
    """One row."""

    key: str
    state: Mark
    when: str
    where: str
    matter: str
    came: Mark


def key_of(row: CallRow) -> str:
    """What the row stands for: which call of which unit of which order."""
    return " ".join((row.number, *row.call.name))


def waits_for_arrivals(call: Call) -> bool:
    """Whether somebody called has still to come."""
    return call.is_open and bool(call.absent)


def is_asked(call: Call, facts: SiteFacts) -> bool:
    """Whether this station's unit is called and has not said yet that it comes."""
    answered = {agency for agency, _, _ in call.answers}
    return call.is_open and facts.unit in call.called.agencies and facts.unit not in answered


def owes_score(call: Call, facts: SiteFacts) -> bool:
    """Whether a score is still to be given from here."""
    return any(facts.sees_all or by == facts.unit for by, _ in call.missing_scores())


def call_told(row: CallRow, facts: SiteFacts) -> CallTold:
    """A row in words."""
    call = row.call
    here = len(call.called.agencies) - len(call.absent)
    came = say("site.came", came=here, called=len(call.called.agencies))
    return CallTold(
        key_of(row),
        state_of(call, facts.now),
        when_words(call.called.meet_at, facts.now),
        call.called.meet_where,
        call.called.matter or row.title,
        Mark(came, "plain" if call.absent else "green", "" if call.absent else "check-lg"),
    )


def state_of(call: Call, now: int) -> Mark:
    """How a call stands: before its time, units missing, findings to come, scores to come, done, cancelled."""
    if call.cancelled:
        return Mark(say("site.state.cancelled"), "quiet", "x-circle")
    if call.found_at is not None:
        if call.missing_scores():
            return Mark(say("site.state.to_score"), "blue", "star-half")
        return Mark(say("site.state.found"), "green", "check-circle-fill")
    if not call.absent:
        return Mark(say("site.state.to_find"), "blue", "clipboard-check")
    if now >= call.called.meet_at:
        return Mark(say("site.state.absent", count=len(call.absent)), "red", "exclamation-octagon-fill", bold=True)
    return Mark(say("site.state.coming"), "quiet", "clock")


def when_words(ms: int, now: int) -> str:
    """`今天 09:30`, `明天 09:30`, else the day."""
    at, today = local(ms), local(now).date()
    days = (at.date() - today).days
    if days in (0, 1):
        return say("site.today" if days == 0 else "site.tomorrow", time=f"{at:%H:%M}")
    return f"{at:%m-%d %H:%M}" if at.year == today.year else f"{at:%Y-%m-%d}"


def read_told(row: CallRow, facts: SiteFacts) -> ReadTold:
    """The whole call, as it is kept (呼叫全留痕)."""
    call = row.call
    sections = [_of_the_call(row, facts), _of_units(call, facts)]
    if call.found_at is not None:
        sections.append(_of_findings(call, facts))
    if call.scores or call.missing_scores():
        sections.append(_of_scores(call, facts.names))
    if call.cancelled:
        sections.append(SectionTold(say("site.cancelled"), (LineTold(call.cancelled),)))
    return ReadTold(key_of(row), row.number, row.title, state_of(call, facts.now), tuple(sections))


def _of_the_call(row: CallRow, facts: SiteFacts) -> SectionTold:
    called, names = row.call.called, facts.names
    lines = [
        LineTold(when_words(called.meet_at, facts.now), say("site.line.when"), bold=True),
        LineTold(called.meet_where, say("site.line.where"), bold=True),
        LineTold(called.matter, say("site.line.matter")),
        LineTold(names.agency(called.caller), say("site.line.caller")),
    ]
    roles = (("handler", called.handler), ("in_charge", called.in_charge), ("chief", called.chief))
    lines += [LineTold(person, say(f"site.line.{name}")) for name, person in roles if person]
    called_at = say("site.called_at", number=called.call, at=when_words(row.call.called_at, facts.now))
    return SectionTold(say("site.section.call"), tuple(line for line in lines if line.words), called_at)


def _of_units(call: Call, facts: SiteFacts) -> SectionTold:
    extra = tuple(dict.fromkeys(each.agency for each in call.arrivals if each.agency not in call.called.agencies))
    lines = tuple(line for agency in (*call.called.agencies, *extra) for line in _of_unit(call, agency, facts))
    here = len(call.called.agencies) - len(call.absent)
    return SectionTold(say("site.section.units"), lines, say("site.came.beside", came=here, called=len(call.called.agencies)))


def _of_unit(call: Call, agency: AgencyCode, facts: SiteFacts) -> list[LineTold]:
    """The unit with what it answered, and a line for each who came for it."""
    name = facts.names.short(agency)
    arrivals = [each for each in call.arrivals if each.agency == agency]
    answer = next(((comes, words) for unit, comes, words in call.answers if unit == agency), None)
    if arrivals:
        return [LineTold(say("site.unit.here", unit=name, who=_who(arrivals, facts.now)), icon="check-lg", tone="green")]
    if answer is not None and not answer[0]:
        return [LineTold(say("site.unit.cannot", unit=name, words=answer[1]), icon="x-circle", tone="amber")]
    late = call.is_open and facts.now >= call.called.meet_at
    tone, icon = ("red", "exclamation-octagon-fill") if late else ("plain", "clock")
    key = "site.unit.absent" if late or not call.is_open else "site.unit.comes" if answer else "site.unit.silent"
    words = answer[1] if answer else ""
    return [
        LineTold("".join((say(key, unit=name), say("site.unit.words", words=words) if words else "")), icon=icon, tone=tone)
    ]


def _who(arrivals: list[Arrival], now: int) -> str:
    today = local(now).date()

    def at(each: Arrival) -> str:
        when = local(each.arrived_at)
        return f"{when:%H:%M}" if when.date() == today else f"{when:%m-%d %H:%M}"

    return "、".join(f"{each.name}{say('site.post', post=each.post) if each.post else ''} {at(each)}" for each in arrivals)


def _of_findings(call: Call, facts: SiteFacts) -> SectionTold:
    lines = [LineTold(call.findings)]
    for task in call.tasks:
        until = say("site.task.until", day=task.due_on[5:]) if task.due_on else ""
        lines.append(LineTold(f"{task.work}{until}", facts.names.short(task.agency)))
    found_at = when_words(call.found_at or 0, facts.now)
    return SectionTold(say("site.section.findings"), tuple(lines), found_at)


def _of_scores(call: Call, names: Names) -> SectionTold:
    given = [
        LineTold(
            say("site.score", by=names.short(each.by), of=names.short(each.of), score=each.score)
            + (say("site.unit.words", words=each.words) if each.words else ""),
            icon="star-fill",
        )
        for each in call.scores
    ]
    missing = [
        LineTold(say("site.score.missing", by=names.short(by), of=names.short(of)), icon="star", tone="quiet")
        for by, of in call.missing_scores()
    ]
    return SectionTold(say("site.section.scores"), (*given, *missing))


def arrival_time(typed: str, meet_at: int, now: int) -> str:
    """A bare time of day (`931`, `9:31`) with its day: that of the meeting where it is near or past, else today. Else as typed."""
    found = _TIME_OF_DAY.fullmatch(typed.strip())
    if not found or int(found[1]) > 23:
        return typed.strip()
    day = local(meet_at if meet_at - now < LATE_ENTRY_MS else now)
    return f"{day:%Y-%m-%d} {int(found[1]):02}:{found[2]}"
