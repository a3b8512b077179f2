"""Reading what a county's IT officer may have typed: TOML into a checked value, or one failure that names line and key."""

from __future__ import annotations

import re
import tomllib
from typing import TypeVar

import msgspec

from county_hotline.errors import BadInput

T = TypeVar("T")

_AT_LINE = re.compile(r"at line (\d+)")
_AT_PATH = re.compile(r"at `\$?\.?([^`]*)`")
_NAMED = re.compile(r"field `([^`]*)`")
_ENTRY = re.compile(r"`\$\.(\w+)\[\.\.\.\]|at `key` in `\$\.(\w+)`")
"""An entry of a table whose names are free: msgspec says in which table it is, not which one."""


def read_toml(text: str, wanted: type[T], *, code: str) -> T:
    """`text` as `wanted`. Raises BadInput(code, line=, key=)."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        found = _AT_LINE.search(str(exc))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise BadInput(code, line=line, key=_line(text, line)) from exc
    try:
        return msgspec.convert(table, wanted, strict=True)
    except msgspec.ValidationError as exc:
        key = _entry(table, wanted, str(exc)) or _key(str(exc))
        raise BadInput(code, line=line_of(text, key), key=key) from exc


def line_of(text: str, key: str) -> int:
    """The line on which the dotted `key` stands; where it is missing, its table's heading, or the first line."""
    names = key.split(".")
    lines = text.splitlines()
    depth = next((depth for depth in range(len(names) - 1, 0, -1) if _heading(lines, names[:depth])), 0)
    begin = _heading(lines, names[:depth])
    end = next((place for place in range(begin, len(lines)) if depth and lines[place].lstrip().startswith("[")), len(lines))
    name = re.escape(names[depth].partition("[")[0])  # what stands below it is inline, on the same line
    found = _first(lines[:end], re.compile(rf"\s*(?:\[+\s*)?(?:[\w.-]+\.)?\"?{name}\"?\s*[=\]]"), begin)
    if found is None:
        found = _first(lines[:end], re.compile(rf".*\b{name}\b"), begin)
    return max(begin, 1) if found is None else found + 1


def _entry(table: dict[str, object], wanted: type[T], message: str) -> str | None:
    """The dotted key of the wrong entry of a table with free names: the one that is wrong by itself too."""
    found = _ENTRY.search(message)
    if found is None:
        return None
    name = found.group(1) or found.group(2)
    entries = table[name]
    for entry, value in entries.items() if isinstance(entries, dict) else ():
        try:
            msgspec.convert({**table, name: {entry: value}}, wanted, strict=True)
        except msgspec.ValidationError as exc:
            if found.group(2):
                return f"{name}.{entry}"
            if _ENTRY.search(str(exc)):
                return _key(str(exc)).replace("[...]", f".{entry}", 1)
    return None


def _heading(lines: list[str], above: list[str]) -> int:
    """The line (counted from 1) of the table's heading, of the n-th for `year[n]`; 0 where there is none."""
    if not above:
        return 0
    name, index = re.sub(r"\[.*?\]", "", ".".join(above)), re.search(r"\[(\d+)\]", above[-1])
    shape = re.compile(rf"\s*\[+\s*{re.escape(name)}\s*\]")
    headings = [place for place, line in enumerate(lines, start=1) if shape.match(line)]
    wanted = int(index.group(1)) if index else 0
    return headings[wanted] if wanted < len(headings) else 0


def _first(lines: list[str], shape: re.Pattern[str], begin: int) -> int | None:
    return next((place for place in range(begin, len(lines)) if shape.match(lines[place])), None)


def _key(message: str) -> str:
    above, named = _AT_PATH.search(message), _NAMED.search(message)
    found = ".".join(part.group(1) for part in (above, named) if part and part.group(1))
    return found or "?"


def _line(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1].strip()[:40] if 0 < line <= len(lines) else ""
