"""线路: the state of the line to the hub, one round of sync on demand, and what the last rounds did."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from county_hotline.desk import joining
from county_hotline.desk.desk import Desk
from county_hotline.domain.views import Counts, Finding, HeldRecord, Line, LineState, Progress, RoundReport
from county_hotline.errors import Refusal
from county_hotline.signals import Changes
from county_hotline.sync import enrolling, line_state
from county_hotline.sync.diagnosing import Diagnosis
from county_hotline.sync.pace import pace


def line(desk: Desk) -> Line:
    """What the strip says of the line."""
    return line_state.recall(desk.store, enrolled=desk.run_round is not None)


def sync_now(desk: Desk) -> RoundReport:
    """One round (F5); it keeps its own report. What the line or the hub refuses stands in it. Refuses only a station not enrolled (R209)."""
    if desk.run_round is None:
        raise Refusal("R209")
    return desk.run_round()


def seen_offline(desk: Desk, *, fault: str) -> Line:
    """A probe found no line. (That there is one again is only said by a round: a portal answers probes too.)"""
    before = line(desk)
    if before.state is not LineState.ONLINE:
        return before
    after = msgspec.structs.replace(before, state=LineState.OFFLINE, since=desk.clock.now_ms(), fault=fault)
    line_state.remember(desk.store, after)
    desk.tell(Changes(counts=True))
    return after


def progress(desk: Desk) -> Progress | None:
    """How far the round that runs has come; None while none runs."""
    return desk.watch.progress


def halt(desk: Desk) -> None:
    """停下这一轮: it ends after the request under way; what the hub has signed for stays signed for."""
    if desk.watch.progress is not None:
        desk.watch.is_halted = True


def seconds_to_send(counts: Counts, lately_done: Sequence[RoundReport]) -> int | None:
    """How long what waits will take at the speed of these rounds (newest first); None where nothing waits or none has told the speed."""
    entries = counts.entries - counts.entries_received
    lately = pace(lately_done)
    return lately.seconds(entries) if entries and lately else None


def diagnose(desk: Desk) -> tuple[Finding, ...]:
    """诊断线路: what each step from this PC to the hub found. Refuses only a station not enrolled (R209)."""
    hub = joining.address_of(desk.home)
    if hub is None:
        raise Refusal("R209")
    transport = enrolling.line_to(desk.home, hub, clock=desk.clock)
    try:
        return Diagnosis(transport, hub, clock=desk.clock).findings()
    finally:
        transport.close()


def held(desk: Desk) -> tuple[HeldRecord, ...]:
    """单独放着: what the hub holds back of this station, and why."""
    return desk.store.held()


def rounds(desk: Desk, limit: int = 20) -> tuple[RoundReport, ...]:
    """最近几轮, newest first."""
    return desk.store.rounds(limit)
