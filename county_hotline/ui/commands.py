"""What the whole window can do, as data: rail, strip, keys and their tests are all made from this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from county_hotline.ui.pages import PAGES


class Commanded(Protocol):
    """What commands need of the window."""

    def go(self, page: str, argument: str = "") -> None:
        """Bring a page in front."""
        ...

    def sync(self) -> None:
        """One round."""
        ...

    def lock(self) -> None:
        """Back to the sign-in page, keeping everything."""
        ...

    def turn_line(self) -> None:
        """断网/联网, where the window is a trial with a line of its own; elsewhere nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the window can do from any page."""

    name: str
    wording: str
    key: str
    shown: str
    do: Callable[[Commanded], None]


def _opening(name: str) -> Callable[[Commanded], None]:
    return lambda window: window.go(name)


COMMANDS = (
    *(Command(f"page.{spec.name}", spec.wording, spec.key, spec.shown, _opening(spec.name)) for spec in PAGES if spec.key),
    Command("sync", "ui.sync", "<F5>", "F5", lambda window: window.sync()),
    Command("line", "ui.switch.cut", "<Control-F5>", "Ctrl+F5", lambda window: window.turn_line()),
    Command("lock", "ui.lock", "<F12>", "F12", lambda window: window.lock()),
)


def command(name: str) -> Command:
    """The command of that name."""
    return next(each for each in COMMANDS if each.name == name)
