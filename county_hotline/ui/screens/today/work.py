"""What 待办 asks of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.clock import local
from county_hotline.domain.lights import Light
from county_hotline.domain.views import Today
from county_hotline.ids import AgencyCode

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class TodayFacts:
    """The list with what is needed to say it."""

    today: Today
    now_ms: int
    day: str
    """ISO date."""
    names: Mapping[AgencyCode, str]
    """Short names of units by code."""
    left: Mapping[str, int | None]
    """Working days until each day (ISO) on which something is due."""
    lights: Mapping[tuple[int, int], Light | None]
    """The colour of each limit by (due_at, since), where the rule pack gives one."""
    printed: int
    """Slips printed here today."""
    to_recompute: int = 0
    """Orders whose dates another calendar counted, where counting them again is for who is signed in."""


class TodayWork(Protocol):
    """On the desk's lane."""

    def look(self, *, mine: bool) -> TodayFacts:
        """The list."""
        ...


class DeskToday:
    """`TodayWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, *, mine: bool) -> TodayFacts:
        """See `TodayWork`."""
        from county_hotline.desk import lamps, looking_up, printing, today

        desk = self._desk
        lamp = lamps.lamp(desk)
        found, now = today.today(desk, mine=mine), desk.clock.now_ms()
        days = {local(row.due_at - 1).date().isoformat() for _, rows in found.groups for row in rows if row.due_at}
        agencies: dict[AgencyCode, str] = {
            each.code: each.short_name or each.name for each in looking_up.agencies(desk, also_retired=True)
        }
        return TodayFacts(
            today=found,
            now_ms=now,
            day=local(now).date().isoformat(),
            names=agencies,
            left={day: looking_up.workdays_left(desk, day) for day in days},
            lights={(row.due_at, row.since): lamp(row.due_at, row.since) for _, rows in found.groups for row in rows},
            printed=printing.printed_today(desk),
            to_recompute=today.to_recompute(desk),
        )
