"""亮灯: the colour of what is due, by the rule pack in force. None where the pack has no rule of its own: then screens keep theirs."""

from __future__ import annotations

from collections.abc import Callable

from county_hotline.desk.desk import Desk
from county_hotline.domain.lights import Light, light_of

Lamp = Callable[[int, int], "Light | None"]
"""(due_at, since), UTC ms, to a colour now."""


def lamp(desk: Desk) -> Lamp:
    """The lamp of this moment. A colour on a screen follows the pack in force, also for orders that keep an older one."""
    pack, calendar, now = desk.store.reference.rule_pack(), desk.store.reference.calendar(), desk.clock.now_ms()
    if pack is None or pack.light is None or calendar is None:
        return lambda _due_at, _since: None
    return lambda due_at, since: light_of(due_at=due_at, since=since, now=now, pack=pack, calendar=calendar)
