"""What the strip says of the line, remembered over a restart: online, offline since when, or stopped by a doubt about who is who."""

from __future__ import annotations

from typing import Final

import msgspec

from county_hotline.db.store import Store
from county_hotline.domain.views import Line, LineState
from county_hotline.sync.round.bundles import OF_REFERENCE

_NOTE: Final = "sync.line"


def recall(store: Store, *, enrolled: bool) -> Line:
    """The line as last seen."""
    if not enrolled:
        return Line(state=LineState.UNENROLLED)
    text = store.note(_NOTE)
    if text is None:
        return Line()
    try:
        return msgspec.json.decode(text, type=Line)
    except msgspec.MsgspecError:
        return Line()


def remember(store: Store, seen: Line) -> None:
    """Keep `seen`; `since` stays where state and fault are what they were."""
    before = recall(store, enrolled=True)
    if (before.state, before.fault) == (seen.state, seen.fault):
        seen = msgspec.structs.replace(seen, since=before.since)
    if seen != before:
        store.set_note(_NOTE, msgspec.json.encode(seen).decode())


def state_after(fault: str) -> LineState | None:
    """What a fault says of the line; None where it says nothing (a full disk, a program that is closing, a round that a person stopped)."""
    if fault in ("N117", "N119"):
        return None
    if not fault or fault.startswith(("H", OF_REFERENCE)) or fault == "N116":
        return LineState.ONLINE
    return {"N": LineState.OFFLINE, "A": LineState.REFUSED}.get(fault[0])
