"""sync: one round with the hub, and what came of it."""

from __future__ import annotations

from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.desk import line
from county_hotline.desk.looking_up import counts
from county_hotline.domain.views import Counts, RoundReport
from county_hotline.errors import HotlineError
from county_hotline.wording import say, sentence

MISTRUSTED_MS = 5 * 60_000
"""A clock further off than this is spoken of."""


def sync(asked: Asked) -> Outcome:
    """One round. Exit code 0 only when everything was sent and taken in."""
    with station_of(asked) as station:
        report = line.sync_now(station.desk)
        now = counts(station.desk)
        skew_ms = line.line(station.desk).skew_ms or 0
    facts: dict[str, object] = {"report": report, "counts": now, "skew_ms": skew_ms}
    fault = fault_of(report)
    if fault is not None:
        facts |= {"code": fault.code, "message": sentence(fault)}
    if abs(skew_ms) >= MISTRUSTED_MS:
        here = asked.clock.now_ms()
        asked.speech.aside(say("cli.sync.clock", here=shown(here), hub=shown(here - skew_ms)))
    return Outcome(facts, report_lines(report, now), code=0 if report.complete and fault is None else 1)


def fault_of(report: RoundReport) -> HotlineError | None:
    """What ended the round early, if anything did."""
    return HotlineError(report.fault, **dict(report.fault_details)) if report.fault else None


def report_lines(report: RoundReport, now: Counts) -> list[str]:
    """The round in words: what went, what came, what is held, what stopped it, and how the counts stand."""
    fault = fault_of(report)
    took_s = max(0, report.ended_at - report.started_at) / 1000
    head = "cli.sync.broken" if fault else "cli.sync.done" if report.complete else "cli.sync.more"
    number = say("cli.sync.number", number=report.number) if report.number is not None else ""
    lines = [
        say(head, number=number, took=f"{took_s:.1f}"),
        say("cli.sync.figures", sent=report.sent, received=report.received, orders=report.orders),
    ]
    if report.held:
        lines.append(say("cli.sync.held", count=len(report.held)))
    if fault is not None:
        lines.append(sentence(fault))
    lines.append(counts_line(now))
    return lines


def counts_line(now: Counts) -> str:
    """已存 ＝ 已签收 ＋ 待传."""
    return say(
        "cli.counts" if now.balanced else "cli.counts.unbalanced", stored=now.stored, received=now.received, waiting=now.waiting
    )
