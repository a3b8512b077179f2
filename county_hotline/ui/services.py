"""What the program hands to its window: the desk, two lanes of work, the news, and what a person chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Answers, Runner
from county_hotline.clock import Clock
from county_hotline.settings import Settings
from county_hotline.signals import Bulletin

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk


class LineSwitch(Protocol):
    """断网/联网, for trying the program out: only the demonstration has one."""

    @property
    def is_cut(self) -> bool:
        """Whether the line is cut now."""
        ...

    def turn(self) -> None:
        """Cut the line, or mend it."""
        ...


@dataclass(slots=True, kw_only=True)
class Services:
    """`desk_lane` does all that touches the database for the screen; `wire_lane` does rounds, with its own connection."""

    desk_lane: Runner
    wire_lane: Runner
    answers: Answers
    bulletin: Bulletin
    settings: Settings
    clock: Clock
    folder: Path
    """Ours to write in: what the screen system needs at start (its list of fonts)."""
    version: str
    line_switch: LineSwitch | None = None
    is_training: bool = False
    """练习: everything here is sample data of its own, and every page says so."""
    practise: Callable[[], bool] | None = None
    """Start a window for 练习 beside this one; whether it could be started. None in a window that is one, or where there is none."""
    desk: Desk = None  # type: ignore[assignment]  # put in on the desk's lane before its first job; never asked for elsewhere before
