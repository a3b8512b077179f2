"""线路: the state of the line to the hub, one round of sync on demand, and what the last rounds did."""

from __future__ import annotations

import msgspec

from county_hotline.desk.desk import Desk
from county_hotline.domain.views import Line, LineState, RoundReport
from county_hotline.errors import Refusal
from county_hotline.signals import Changes

_NOTE = "line.state"


def line(desk: Desk) -> Line:
    """What the strip says of the line."""
    if desk.run_round is None:
        return Line(LineState.UNENROLLED)
    kept = desk.store.note(_NOTE)
    state = msgspec.json.decode(kept, type=Line) if kept else Line()
    skew = desk.store.note("sync.skew_ms")
    return msgspec.structs.replace(state, skew_ms=int(skew) if skew else None)


def sync_now(desk: Desk) -> RoundReport:
    """One round (F5). What the line or the hub refuses stands in the report. Refuses only a station not enrolled (R209)."""
    if desk.run_round is None:
        raise Refusal("R209")
    report = desk.store.add_round(desk.run_round())
    seen(desk, _state_after(report), fault=report.fault)
    desk.tell(Changes(counts=True, reference=report.received > 0, work_orders=frozenset()))
    return report


def seen(desk: Desk, state: LineState, *, fault: str = "") -> Line:
    """The line was seen to be so (by a round or a probe). `since` stays while the state does."""
    before = line(desk)
    since = before.since if before.state is state and before.since else desk.clock.now_ms()
    after = Line(state, since, fault)
    if (before.state, before.fault) != (state, fault) or before.since != since:
        desk.store.set_note(_NOTE, msgspec.json.encode(after).decode())
        desk.tell(Changes(counts=True))
    return after


def rounds(desk: Desk, limit: int = 20) -> tuple[RoundReport, ...]:
    """最近几轮, newest first."""
    return desk.store.rounds(limit)


def _state_after(report: RoundReport) -> LineState:
    if not report.fault:
        return LineState.ONLINE
    return LineState.REFUSED if report.fault.startswith("A") else LineState.OFFLINE
