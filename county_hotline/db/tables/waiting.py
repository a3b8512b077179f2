"""待办, 督办台账 and 现场 as the tables have them: what orders wait for, whose it is, and what was done here lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.domain.folding import fold
from county_hotline.domain.tasks import ACT_FOR, TaskKind
from county_hotline.domain.views import CallRow, SupervisionRow, TodayRow
from county_hotline.domain.vocabulary import Stage, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, Life, Number, OfficerId, StationId

_MINE = "instr(o.hands, char(10) || ? || char(10)) > 0"
_SHOWN = f"""
    SELECT o.number, t.kind, o.title, o.stage, o.urgency, t.agency, o.agency, t.due_at, t.since, t.tries, {_MINE}, o.confidential
    FROM tasks t JOIN work_orders o ON o.row = t.row
"""


def todo(
    db: Connection, units: Sequence[str], kinds: Collection[TaskKind], *, officer: OfficerId, watch_before: int, limit: int
) -> tuple[TodayRow, ...]:
    """Tasks of these units and kinds, most urgent first: by the moment they are due, those without one last, the oldest first.

    Those of another unit's limit (`WATCH`) only where it ends before `watch_before`, UTC ms.
    """
    wanted, values = _wanted(kinds, watch_before)
    found: list[tuple[object, ...]] = []
    for unit in dict.fromkeys(units):
        for due, order in (("t.due_at > 0", "t.due_at, t.row"), ("t.due_at = 0", "t.row")):
            sql = f"{_SHOWN} WHERE t.unit = ? AND {due} AND {wanted} ORDER BY {order} LIMIT ?"
            found += db.execute(sql, (officer, unit, *values, limit))
    rows = [_row(row) for row in found]
    return tuple(sorted(rows, key=lambda row: (row.due_at == 0, row.due_at, row.since, row.number))[:limit])


def counts(
    db: Connection, units: Sequence[str], kinds: Collection[TaskKind], *, officer: OfficerId, watch_before: int
) -> tuple[int, int]:
    """How many orders wait for these units' acts: those the officer had a hand in, and all."""
    wanted, values = _wanted(kinds, watch_before)
    marks = ",".join("?" * len(units))
    rows = f"SELECT DISTINCT t.row FROM tasks t WHERE t.unit IN ({marks}) AND {wanted}"
    sql = f"SELECT total({_MINE}), count(*) FROM ({rows}) w JOIN work_orders o ON o.row = w.row"
    mine, whole = db.execute(sql, (officer, *units, *values)).fetchone()
    return int(mine), whole


def _wanted(kinds: Collection[TaskKind], watch_before: int) -> tuple[str, tuple[object, ...]]:
    """SQL over t for these kinds, with its values."""
    names = sorted(kind.value for kind in kinds)
    watch = TaskKind.WATCH.value
    marks = ",".join("?" * len(names))
    return f"t.kind IN ({marks}) AND (t.kind <> ? OR t.due_at BETWEEN 1 AND ?)", (*names, watch, watch_before - 1)


def _row(row: tuple) -> TodayRow:  # type: ignore[type-arg]
    kind = TaskKind(row[1])
    return TodayRow(
        number=Number(row[0]),
        kind=kind,
        act=ACT_FOR[kind],
        title=row[2],
        stage=Stage(row[3]),
        urgency=Urgency(row[4]) if row[4] else None,
        agency=AgencyCode(row[5] or row[6]),
        due_at=row[7],
        since=row[8],
        tries=row[9],
        is_mine=bool(row[10]),
        confidential=bool(row[11]),
    )


def done_since(db: Connection, station: StationId, since: int, officer: OfficerId | None) -> dict[str, int]:
    """How many entries of each kind this station wrote since then (UTC ms), in all its lives: each life's chain is walked from its end,
    as far as that."""
    found: Counter[str] = Counter()
    lives = [Life(row[0]) for row in db.execute("SELECT life FROM chains WHERE station = ?", (station,))]
    for life in lives:
        for kind, who, at in db.execute(
            "SELECT kind, officer, recorded_at FROM entries WHERE station = ? AND life = ? ORDER BY serial DESC",
            (station, life),
        ):
            if at < since:
                break
            found[kind] += officer in (None, who)
    return dict(+found)


def supervisions(db: Connection, *, open_only: bool, limit: int) -> tuple[SupervisionRow, ...]:
    """督办台账: every supervision of the newest orders that have one, the orders' own order kept; `limit` lines at most."""
    found = [
        SupervisionRow(order.number, _title(order), order.stage, each)
        for order in _watched(db, "1" if open_only else "3", limit)
        for each in reversed(order.oversight.supervisions)
        if each.is_open or not open_only
    ]
    return tuple(found[:limit])


def calls(db: Connection, *, open_only: bool, limit: int) -> tuple[CallRow, ...]:
    """现场: every call of the newest orders that have one; `limit` lines at most."""
    found = [
        CallRow(order.number, _title(order), order.stage, order.accepted.place if order.accepted else "", each)
        for order in _watched(db, "4" if open_only else "12", limit)
        for each in reversed(order.calls)
        if each.is_open or not open_only
    ]
    return tuple(found[:limit])


def _watched(db: Connection, bits: str, limit: int) -> Iterator[WorkOrder]:
    """The newest orders with any of these bits in `watched`, folded."""
    sql = f"SELECT number FROM work_orders WHERE watched > 0 AND watched & {bits} ORDER BY row DESC LIMIT ?"
    for (number,) in db.execute(sql, (limit,)).fetchall():
        yield fold(Number(number), journal.story(db, Number(number)))


def _title(order: WorkOrder) -> str:
    return order.accepted.title if order.accepted else ""
