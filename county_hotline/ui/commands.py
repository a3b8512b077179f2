"""What the whole window can do, as data: rail, strip, keys, 找命令 and their tests are all made from this table."""

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

    def find_command(self) -> None:
        """找命令, or away with it."""
        ...

    def undo(self) -> None:
        """撤销 what was done last, where that can be."""
        ...

    def show_told(self) -> None:
        """What was said lately, to be read again."""
        ...

    def practise(self) -> None:
        """练习: another window over data of its own."""
        ...


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the window can do from any page. Without a key it is found in 找命令."""

    name: str
    wording: str
    key: str
    shown: str
    do: Callable[[Commanded], None]
    icon: str = ""


def _opening(name: str) -> Callable[[Commanded], None]:
    return lambda window: window.go(name)


COMMANDS = (
    *(
        Command(f"page.{spec.name}", spec.wording, spec.key, spec.shown, _opening(spec.name), spec.icon)
        for spec in PAGES
        if spec.key
    ),
    Command("palette", "ui.palette", "<Control-Key-k>", "Ctrl+K", lambda window: window.find_command(), "search"),
    Command("undo", "ui.undo", "<Control-Key-z>", "Ctrl+Z", lambda window: window.undo(), "arrow-counterclockwise"),
    Command("sync", "ui.sync", "<F5>", "F5", lambda window: window.sync(), "arrow-repeat"),
    Command("line", "ui.switch.cut", "<Control-F5>", "Ctrl+F5", lambda window: window.turn_line(), "plug"),
    Command("lock", "ui.lock", "<F12>", "F12", lambda window: window.lock(), "lock"),
    Command("told", "ui.told", "<Control-F10>", "Ctrl+F10", lambda window: window.show_told(), "chat-left-text"),
    Command("practise", "ui.practise", "", "", lambda window: window.practise(), "mortarboard"),
)


def command(name: str) -> Command:
    """The command of that name."""
    return next(each for each in COMMANDS if each.name == name)
