"""What a command is, and the three shapes of what it takes. Help of each is `cli.option.<name>`, of a command `cli.help.<name>`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Option:
    """`--name VALUE`; `many` may be given several times and is a list."""

    name: str
    metavar: str | None = None
    default: object = None
    type: Callable[[str], object] | None = None
    choices: tuple[str, ...] | None = None
    required: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """`--name` without a value. Of those with `one_of` at most one is given."""

    name: str
    one_of: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """What stands without a name, in its place; it is called `cli.argument.<name>`."""

    name: str
    choices: tuple[str, ...] | None = None
    default: object = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `module.function` below `cli` does it."""

    name: str
    module: str
    function: str
    takes: tuple[Option | Flag | Argument, ...] = ()


OFFICER: Final = Option("officer", metavar="BADGE")
NUMBER: Final = Argument("number")
WAY_IN: Final = (
    Option("hub", metavar="URL"),
    Option("hub_id", metavar="ID"),
    Option("code", metavar="CODE"),
    Option("password", metavar="PASSWORD"),
)
STATION: Final = (
    Option("station", metavar="03"),
    Option("role", choices=("hall", "centre", "agency", "relay")),
    Option("unit", metavar="UNIT"),
    Option("name", metavar="NAME"),
    Option("desk", metavar="DESK"),
    Option("phone", metavar="PHONE"),
)
