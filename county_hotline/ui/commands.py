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
    Command("lock", "ui.lock", "<F12>", "F12", lambda window: window.lock()),
)


def command(name: str) -> Command:
    """The command of that name."""
    return next(each for each in COMMANDS if each.name == name)
