"""待办: one list by real deadline for whoever is signed in; what each sees follows from the unit, the station's kind and the duties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from county_hotline.clock import local
from county_hotline.desk import recomputing
from county_hotline.desk.desk import Desk
from county_hotline.domain.authority import DUTIES
from county_hotline.domain.civil_time import end_of_day_ms, start_of_day_ms
from county_hotline.domain.tasks import ACT_FOR, CENTRE, TaskKind
from county_hotline.domain.views import Today, TodayGroup, TodayRow
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import OfficerId

DECIDING = (
    "decide_send_back",
    "decide_extension",
    "decide_suspension",
    "decide_hard_case",
    "decide_unreasonable",
    "decide_appeal",
)
TO_DECIDE = frozenset(
    {TaskKind.DISPATCH, TaskKind.DECIDE, TaskKind.REVIEW, TaskKind.JUDGE, TaskKind.FINISH, TaskKind.CLOSE_SUPERVISION}
    | {TaskKind.SETTLE, TaskKind.SETTLE_STATE}
)
"""What a person settles at the desk, without waiting for anybody."""
AT_HAND = 14
"""Days ahead that are searched for the next working day where no calendar is here."""


def today(desk: Desk, *, mine: bool = False) -> Today:
    """Everything waited for from this officer here, most urgent first; `mine`: only orders the officer had a hand in."""
    now, soon = desk.clock.now_ms(), soon_until(desk)
    units, kinds, officer = whose(desk), kinds_for(desk), _officer(desk)
    rows = _once(desk.store.todo(units, kinds, officer=officer, watch_before=soon + 1))
    own, whole = desk.store.todo_counts(units, kinds, officer=officer, watch_before=soon + 1)
    wanted = [row for row in rows if row.is_mine] if mine else rows
    since = start_of_day_ms(local(now).date().isoformat())
    return Today(_grouped(wanted, now=now, soon=soon), own, whole, desk.store.done_since(since))


def waiting(desk: Desk) -> int:
    """How many orders wait for something from this officer: the figure in the rail."""
    return desk.store.todo_counts(whose(desk), kinds_for(desk), officer=_officer(desk), watch_before=soon_until(desk) + 1)[1]


def waiting_elsewhere(desk: Desk) -> dict[str, int]:
    """What waits on the other pages of the rail: open calls and supervisions this unit has to do with, messages to be reviewed, dates to
    be counted again."""
    units = frozenset(whose(desk))
    sees_all = desk.card.role is StationRole.CENTRE
    calls = [row.call for row in desk.store.calls(open_only=True)]
    supervisions = [row.supervision for row in desk.store.supervisions(open_only=True)]
    return {
        "site": sum(sees_all or not units.isdisjoint((call.called.caller, *call.called.agencies)) for call in calls),
        "supervision": sum(sees_all or not units.isdisjoint(each.agencies) for each in supervisions),
        "incoming": len(desk.store.incoming(waiting_only=True)),
        "settings": to_recompute(desk),
    }


def to_recompute(desk: Desk) -> int:
    """How many orders' dates wait to be counted again by the calendar in force, where that is for this officer to do (期限重算)."""
    return recomputing.would_move(desk) if desk.may("recompute") else 0


def whose(desk: Desk) -> tuple[str, ...]:
    """Whose tasks are done here: the unit's own, and the centre's at the centre."""
    return (desk.card.unit, CENTRE) if desk.card.role is StationRole.CENTRE else (desk.card.unit,)


def kinds_for(desk: Desk) -> frozenset[TaskKind]:
    """The kinds of task whose act is among the officer's duties."""
    roles = desk.officer.roles if desk.officer else ()
    duties = frozenset().union(*(DUTIES[role] for role in roles))
    acts = {kind: DECIDING if kind is TaskKind.DECIDE else (act,) for kind, act in ACT_FOR.items()}
    return frozenset(kind for kind, names in acts.items() if duties.intersection(names))


def soon_until(desk: Desk) -> int:
    """The end of the next working day after today, UTC ms: what is due before it is due soon. Without a calendar: of tomorrow."""
    day = local(desk.clock.now_ms()).date()
    calendar = desk.store.reference.calendar()
    following = day + timedelta(days=1) if calendar is None else next(calendar.workdays_after(day))
    return end_of_day_ms(following.isoformat())


def _once(rows: Sequence[TodayRow]) -> tuple[TodayRow, ...]:
    """Who has something to do about an order need not be told besides that others have it in hand; and of those, once for each unit."""
    busy = {row.number for row in rows if row.kind is not TaskKind.WATCH}
    watched: dict[tuple[str, str], TodayRow] = {}
    for row in rows:
        if row.kind is TaskKind.WATCH:
            watched.setdefault((row.number, row.agency), row)
    kept = {id(row) for row in watched.values()}
    return tuple(row for row in rows if (row.number not in busy and id(row) in kept) or row.kind is not TaskKind.WATCH)


def _officer(desk: Desk) -> OfficerId:
    return desk.officer.officer if desk.officer else OfficerId("")


def _grouped(rows: Sequence[TodayRow], *, now: int, soon: int) -> tuple[tuple[TodayGroup, tuple[TodayRow, ...]], ...]:
    """Each row in the first group it belongs to, groups in the order of the page; an order once for each thing to do."""
    found: dict[TodayGroup, list[TodayRow]] = {group: [] for group in TodayGroup}
    for row in rows:
        found[_group_of(row, now=now, soon=soon)].append(row)
    return tuple((group, tuple(lines)) for group, lines in found.items() if lines)


def _group_of(row: TodayRow, *, now: int, soon: int) -> TodayGroup:
    if row.kind is TaskKind.FOLLOW_UP and (not row.due_at or row.due_at <= soon):
        return TodayGroup.CALL_BACK
    if row.due_at and row.due_at < now:
        return TodayGroup.OVERDUE
    if row.due_at and row.due_at <= soon:
        return TodayGroup.DUE_SOON
    return TodayGroup.TO_DECIDE if row.kind in TO_DECIDE else TodayGroup.REST
