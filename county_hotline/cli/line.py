"""sync: one round with the hub, and what came of it; and which of two versions of the reference data the county uses."""

from __future__ import annotations

from dataclasses import asdict

from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.desk import line, referring
from county_hotline.desk.looking_up import counts
from county_hotline.desk.referring import Comparison
from county_hotline.domain.counted_time import TOLERANCE_MS
from county_hotline.domain.views import Counts, RoundReport
from county_hotline.errors import HotlineError, Refusal
from county_hotline.wording import say, sentence, word


def sync(asked: Asked) -> Outcome:
    """One round. Exit code 0 only when everything was sent and taken in. With `--keep-ours` or `--take-theirs`: see `_choose`."""
    if asked.options.keep_ours or asked.options.take_theirs:
        return _choose(asked)
    with station_of(asked) as station:
        report = line.sync_now(station.desk)
        now = counts(station.desk)
        skew_ms = line.line(station.desk).skew_ms or 0
    facts: dict[str, object] = {"report": report, "counts": now, "skew_ms": skew_ms}
    fault = fault_of(report)
    if fault is not None:
        facts |= {"code": fault.code, "message": sentence(fault)}
    if abs(skew_ms) >= TOLERANCE_MS:
        here = asked.clock.now_ms()
        asked.speech.aside(say("cli.sync.clock", here=shown(here), hub=shown(here - skew_ms)))
    lines = report_lines(report, now)
    if fault is not None and fault.code == referring.CONFLICT:
        lines.append(say("cli.sync.choose"))
    return Outcome(facts, lines, code=0 if report.complete and fault is None else 1)


def _choose(asked: Asked) -> Outcome:
    """基础数据两边都改过 (A324): what differs is told, then one is put over the other. Refuses (R459) without a person's word."""
    with station_of(asked) as station:
        desk = station.desk
        found = referring.compare(desk)
        for words in _compared(found):
            asked.speech.aside(words)
        figures = {"added": found.added, "changed": found.changed, "dropped": found.dropped}
        question = "cli.sync.ask_ours" if asked.options.keep_ours else "cli.sync.ask_theirs"
        if not (asked.options.yes or asked.speech.asks(say(question, **figures))):
            raise Refusal("R459")
        version = referring.keep_ours(desk, found) if asked.options.keep_ours else referring.take_theirs(desk, found)
    done = "cli.sync.kept" if asked.options.keep_ours else "cli.sync.taken"
    facts = {"version": version, "ours": found.ours, "theirs": found.theirs, "lists": [asdict(each) for each in found.lists]}
    return Outcome(facts, [say(done, version=version)])


def _compared(found: Comparison) -> list[str]:
    lines = [say("cli.sync.versions", ours=found.ours, theirs=found.theirs, built_on=found.built_on)]
    for each in found.lists:
        name = say(f"reference_list.{each.name}")
        if each.added or each.changed or each.dropped:
            lines.append(
                say("cli.sync.differs", list=name, dropped=each.dropped, added=each.added, changed=each.changed),
            )
        else:
            lines.append(say("cli.sync.reordered", list=name))
    return lines


def rounds(asked: Asked) -> Outcome:
    """The last rounds, by the line and by parcels."""
    with station_of(asked) as station:
        found = line.rounds(station.desk, asked.options.limit)
    return Outcome({"rounds": found}, [_round_line(report) for report in found] or [say("cli.rounds.none")])


def _round_line(report: RoundReport) -> str:
    fault = fault_of(report)
    return say(
        "cli.rounds.one",
        at=shown(report.ended_at),
        way=word(report.way),
        sent=report.sent,
        received=report.received,
        orders=report.orders,
        end=say("cli.rounds.done" if report.complete else "cli.rounds.more") if fault is None else sentence(fault),
    )


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
