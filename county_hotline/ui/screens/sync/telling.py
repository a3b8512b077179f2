"""同步 in words: the equation, why something is not sent yet, what needs a person, what the last rounds did. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.clock import local
from county_hotline.domain.counted_time import TOLERANCE_MS
from county_hotline.domain.views import HeldRecord, Line, LineState, Progress, RoundReport, RoundWay
from county_hotline.errors import HotlineError
from county_hotline.ui.screens.sync.work import SyncFacts
from county_hotline.ui.telling.standing import Mark, short_number
from county_hotline.wording import has, say, sentence, word

MB = 1 << 20
WAYS = {RoundWay.LINE: "wifi", RoundWay.STICK: "usb-drive", RoundWay.FOLDER: "folder-symlink"}


@dataclass(frozen=True, slots=True)
class WarningTold:
    """A message over the page: what happened, whether anything is lost, what to do."""

    tone: str
    icon: str
    head: str
    words: str


@dataclass(frozen=True, slots=True)
class ReasonTold:
    """Why something is not sent yet, or who must look at it. `number` opens an order."""

    icon: str
    tone: str
    head: str
    words: str
    number: str = ""
    opens: str = "order"
    """The page that is opened with it."""


@dataclass(frozen=True, slots=True)
class RoundTold:
    """One of the last rounds."""

    key: str
    number: str
    when: str
    way: Mark
    traffic: str
    result: Mark
    words: str
    """The whole sentence."""


@dataclass(frozen=True, slots=True)
class SyncTold:
    """The page."""

    beside: str
    stored: str
    received: str
    waiting: str
    received_note: str
    waiting_note: str
    verdict: Mark
    verdict_note: str
    warnings: tuple[WarningTold, ...]
    reasons: tuple[ReasonTold, ...]
    clashes: tuple[ReasonTold, ...]
    rounds: tuple[RoundTold, ...]
    is_enrolled: bool
    is_offline: bool
    share: float | None = None
    """How much of the round that runs is done, 0..1; None where none runs or it cannot be told."""
    running: str = ""
    """How far it has come, in words."""


def sync_told(facts: SyncFacts) -> SyncTold:
    """The page in words."""
    counts = facts.counts
    last = next((each for each in facts.rounds if not each.fault), None)
    return SyncTold(
        beside=_beside(facts),
        stored=f"{counts.stored:,}",
        received=f"{counts.received:,}",
        waiting=f"{counts.waiting:,}",
        received_note=say("sync.last_round", when=_when(last.started_at, facts.now)) if last else say("sync.never"),
        waiting_note=say("sync.entries", count=counts.entries - counts.entries_received),
        verdict=_verdict(facts),
        verdict_note=_verdict_note(facts),
        warnings=tuple(_warnings(facts)),
        reasons=tuple(_reasons(facts)),
        clashes=tuple(_clashes(facts)),
        rounds=tuple(_round(each, at, facts.now) for at, each in enumerate(facts.rounds)),
        is_enrolled=facts.line.state is not LineState.UNENROLLED,
        is_offline=facts.line.state is LineState.OFFLINE,
        share=_share(facts.progress),
        running=_running(facts),
    )


def _share(progress: Progress | None) -> float | None:
    if progress is None or not progress.to_send:
        return None
    return min(1.0, progress.sent / progress.to_send)


def _running(facts: SyncFacts) -> str:
    progress = facts.progress
    if progress is None:
        return ""
    parts = []
    if progress.to_send:
        parts.append(say("sync.progress.sent", sent=progress.sent, total=progress.to_send))
    if progress.received:
        parts.append(say("sync.progress.received", received=progress.received))
    if facts.seconds_left and progress.sent < progress.to_send:
        parts.append(say("sync.progress.left", time=duration_words(facts.seconds_left)))
    return "　".join(parts) or say("sync.running")


def _beside(facts: SyncFacts) -> str:
    line = facts.line
    since = _when(line.since, facts.now) if line.since else ""
    return say(f"sync.line.{line.state.value}", since=since) if since else say(f"sync.line.now.{line.state.value}")


def _verdict(facts: SyncFacts) -> Mark:
    counts = facts.counts
    gap = counts.stored - counts.received - counts.waiting
    if gap:
        return Mark(say("ui.counts.gap", count=abs(gap)), "red", "exclamation-octagon-fill")
    if not counts.balanced:
        return Mark(say("ui.counts.unbalanced"), "red", "exclamation-octagon-fill")
    return Mark(say("ui.counts.agrees"), "green", "check-circle-fill")


def _verdict_note(facts: SyncFacts) -> str:
    counts = facts.counts
    return say("sync.verdict.entries", entries=counts.entries, received=counts.entries_received)


def _warnings(facts: SyncFacts) -> list[WarningTold]:
    found = []
    line = facts.line
    if line.state is LineState.UNENROLLED:
        found.append(_warning("amber", "plug", "R209"))
    if line.state is LineState.REFUSED and line.fault:
        details = next((each.fault_details for each in facts.rounds if each.fault == line.fault), {})
        found.append(_warning("red", "exclamation-octagon-fill", line.fault, **details))
    if line.skew_ms is not None and abs(line.skew_ms) > TOLERANCE_MS:
        key = "sync.clock.fast" if line.skew_ms > 0 else "sync.clock.slow"
        found.append(WarningTold("amber", "clock-history", say(key, by=span_words(abs(line.skew_ms))), say("sync.clock.what")))
    if facts.counts.differences:
        head = say("sync.differ", count=facts.counts.differences)
        found.append(WarningTold("red", "exclamation-octagon-fill", head, say("sync.differ.what")))
    elif not facts.counts.balanced:
        found.append(WarningTold("red", "exclamation-octagon-fill", say("sync.unbalanced"), say("sync.unbalanced.what")))
    return found


def _warning(tone: str, icon: str, code: str, **details: object) -> WarningTold:
    head, _, words = sentence(HotlineError(code, **details)).partition("。")
    return WarningTold(tone, icon, head, words)


def _reasons(facts: SyncFacts) -> list[ReasonTold]:
    counts, line = facts.counts, facts.line
    entries = counts.entries - counts.entries_received
    found = []
    if counts.waiting:
        found.append(_waiting(facts, counts.waiting, entries, line))
    if facts.files.count:
        found.append(_files(facts))
    codes = dict.fromkeys(each.code for each in facts.held)
    return [*found, *(_held(code, [each for each in facts.held if each.code == code]) for code in codes)]


def _waiting(facts: SyncFacts, orders: int, entries: int, line: Line) -> ReasonTold:
    kind = {
        LineState.OFFLINE: "line",
        LineState.REFUSED: "refused",
        LineState.UNENROLLED: "unenrolled",
    }.get(line.state, "next")
    icon = {"line": "wifi-off", "refused": "exclamation-octagon", "unenrolled": "plug"}.get(kind, "arrow-repeat")
    head = say(f"sync.waiting.{kind}", count=orders)
    words = say(f"sync.waiting.{kind}.words", entries=entries)
    if facts.seconds_left and kind in ("line", "next"):
        words += say("sync.waiting.takes", time=duration_words(facts.seconds_left))
    return ReasonTold(icon, "quiet", head, words)


def _files(facts: SyncFacts) -> ReasonTold:
    """附件随后: text never waits for them."""
    words = say("sync.files.words", size=f"{facts.files.size / MB:,.1f}")
    if facts.files.asked:
        words += say("sync.files.asked", count=facts.files.asked)
    last = next((each for each in facts.rounds if each.files_fault or each.files_sent), None)
    if last is not None and last.files_fault:
        words += sentence(HotlineError(last.files_fault))
    return ReasonTold("paperclip", "quiet", say("sync.files_later", count=facts.files.count), words)


def _held(code: str, records: list[HeldRecord]) -> ReasonTold:
    key = f"error.{code}"
    words = sentence(HotlineError(code)) if has(key) else say("error.unknown", code=code)
    titles = "、".join(dict.fromkeys(each.title or short_number(each.number) for each in records if each.number))
    head = say("sync.held", count=len(records))
    return ReasonTold(
        "exclamation-triangle-fill",
        "amber",
        head,
        say("sync.held.words", why=words, which=titles) if titles else words,
        records[0].entry_id,
        "repair",
    )


def _clashes(facts: SyncFacts) -> list[ReasonTold]:
    return [
        ReasonTold(
            "intersect",
            "amber",
            row.title,
            say("sync.clash.words", number=short_number(row.number), count=row.clashes),
            row.number,
            "clash",
        )
        for row in facts.clashes
    ]


def _round(report: RoundReport, at: int, now: int) -> RoundTold:
    result, words = _result(report)
    return RoundTold(
        key=f"{at} {report.started_at}",
        number=str(report.number) if report.number is not None else "—",
        when=_when(report.started_at, now),
        way=Mark(word(report.way), "quiet", WAYS[report.way]),
        traffic=f"{report.sent:,} / {report.received:,}",
        result=result,
        words=words,
    )


def _result(report: RoundReport) -> tuple[Mark, str]:
    if report.fault:
        words = sentence(HotlineError(report.fault, **dict(report.fault_details)))
        kind = {"N": "line", "A": "refused", "S": "store"}.get(report.fault[0], "other")
        if kind == "line" and (report.sent or report.received):
            kind = "broken"
        tone, icon = (
            ("red", "exclamation-octagon-fill")
            if kind == "refused"
            else ("amber", "wifi-off" if kind == "line" else "arrow-repeat")
        )
        return Mark(say(f"sync.result.{kind}"), tone, icon), words
    if report.held:
        return Mark(say("sync.result.held", count=len(report.held)), "amber", "exclamation-triangle-fill"), say(
            "sync.round.held"
        )
    key = "sync.round.words" if report.complete else "sync.round.more"
    return Mark(say("sync.result.good"), "green", "check-circle-fill"), say(
        key, sent=report.sent, received=report.received, orders=report.orders
    )


def _when(ms: int, now: int) -> str:
    at, today = local(ms), local(now)
    if at.date() == today.date():
        return say("sync.today", time=f"{at:%H:%M}")
    return f"{at:%m-%d %H:%M}" if at.year == today.year else f"{at:%Y-%m-%d}"


def duration_words(seconds: int) -> str:
    """约 how long, never more exact than it can be known."""
    if seconds < 60:
        return say("sync.soon")
    return span_words(-(-seconds // 60) * 60_000)


def span_words(ms: int) -> str:
    """A span of time in its largest fitting unit."""
    if ms < 60_000:
        return say("sync.seconds", count=ms // 1000) if ms >= 1000 else say("sync.instant")
    minutes = ms // 60_000
    if minutes < 120:
        return say("sync.minutes", count=minutes)
    if minutes < 48 * 60:
        return say("sync.hours", count=minutes // 60)
    return say("sync.days", count=minutes // (24 * 60))
