"""线路: the state of the line to the hub, one round of sync on demand, and what the last rounds did."""

from __future__ import annotations

import msgspec

from county_hotline.desk.desk import Desk
from county_hotline.domain.views import HeldRecord, Line, LineState, RoundReport
from county_hotline.errors import Refusal
from county_hotline.signals import Changes
from county_hotline.sync import line_state


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


def held(desk: Desk) -> tuple[HeldRecord, ...]:
    """单独放着: what the hub holds back of this station, and why."""
    return desk.store.held()


def rounds(desk: Desk, limit: int = 20) -> tuple[RoundReport, ...]:
    """最近几轮, newest first."""
    return desk.store.rounds(limit)
