"""试算: what another rule pack would have done to orders that are already there. Pure; nothing is written.

Each order is measured against both packs alike: by their limit from its acceptance to its end (or to now). Extensions, suspensions and
dates set by hand are left aside, since nobody can say who would have asked for them under the other pack.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from county_hotline.domain.calendars import Calendar
from county_hotline.domain.civil_time import civil
from county_hotline.domain.facts import Accepted
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.order_limits import limit_of
from county_hotline.domain.reference import Campaign
from county_hotline.domain.rule_packs import RulePack
from county_hotline.domain.time_limits import due
from county_hotline.domain.vocabulary import MatterKind, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number

NO_REQUEST = frozenset({Stage.VOID, Stage.MERGED})
"""Nothing of their own was to be handled."""


class PreviewRow(msgspec.Struct, frozen=True):
    """One order under both packs. Moments are UTC ms; 0 and an empty date: that pack has no limit for it."""

    number: Number
    matter_kind: MatterKind
    accepted_at: int
    ended_at: int
    """When it ended, or now."""
    due_before: str
    due_after: str
    due_at_before: int
    due_at_after: int

    @property
    def overdue_before(self) -> bool:
        return 0 < self.due_at_before < self.ended_at

    @property
    def overdue_after(self) -> bool:
        return 0 < self.due_at_after < self.ended_at

    @property
    def is_earlier(self) -> bool:
        """Whether both packs have a date, and the other one's comes first."""
        return 0 < self.due_at_after < self.due_at_before

    @property
    def is_later(self) -> bool:
        return 0 < self.due_at_before < self.due_at_after


class Preview(msgspec.Struct, frozen=True):
    """What changes, order by order and in numbers. Every order is in `rows` or in `left_out`."""

    rows: tuple[PreviewRow, ...]
    left_out: int
    """Not accepted here, erased, void, or merged into another."""

    @property
    def overdue_before(self) -> int:
        return sum(row.overdue_before for row in self.rows)

    @property
    def overdue_after(self) -> int:
        return sum(row.overdue_after for row in self.rows)

    @property
    def earlier(self) -> int:
        return sum(row.is_earlier for row in self.rows)

    @property
    def later(self) -> int:
        return sum(row.is_later for row in self.rows)

    @property
    def same(self) -> int:
        return sum(row.due_at_before == row.due_at_after != 0 for row in self.rows)

    @property
    def no_date_before(self) -> int:
        return sum(not row.due_at_before for row in self.rows)

    @property
    def no_date_after(self) -> int:
        return sum(not row.due_at_after for row in self.rows)

    @property
    def changed(self) -> tuple[PreviewRow, ...]:
        """Those whose date or verdict is another."""
        return tuple(row for row in self.rows if row.due_at_before != row.due_at_after)


def preview(
    stories: Iterable[tuple[Number, tuple[Happened, ...]]],
    before: RulePack,
    after: RulePack,
    calendar: Calendar,
    now: int,
    *,
    campaigns: Iterable[Campaign] = (),
) -> Preview:
    """Both packs over these orders (`Store.orders_between`)."""
    known = tuple(campaigns)
    rows, left_out = [], 0
    for number, story in stories:
        order = fold(number, story)
        if order.accepted is None or order.ended in NO_REQUEST:
            left_out += 1
        else:
            rows.append(_row(order, order.accepted, (before, after), calendar=calendar, now=now, campaigns=known))
    return Preview(tuple(rows), left_out)


def _row(
    order: WorkOrder,
    accepted: Accepted,
    packs: tuple[RulePack, RulePack],
    *,
    calendar: Calendar,
    now: int,
    campaigns: tuple[Campaign, ...],
) -> PreviewRow:
    (on, at), (on_then, at_then) = (_measured(order, accepted, pack, calendar, campaigns) for pack in packs)
    return PreviewRow(
        number=order.number,
        matter_kind=accepted.matter_kind,
        accepted_at=order.accepted_at,
        ended_at=now if order.finished_at is None else order.finished_at,
        due_before=on,
        due_after=on_then,
        due_at_before=at,
        due_at_after=at_then,
    )


def _measured(
    order: WorkOrder, accepted: Accepted, pack: RulePack, calendar: Calendar, campaigns: tuple[Campaign, ...]
) -> tuple[str, int]:
    limit = limit_of(accepted, pack, campaigns, at=order.accepted_at)
    if limit is None:
        return "", 0
    found = due(civil(order.accepted_at), limit, calendar)
    return found.on.isoformat(), found.at_ms
