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
        key = _key(str(exc))
        raise BadInput(code, line=line_of(text, key), key=key) from exc


def line_of(text: str, key: str) -> int:
    """The line on which the dotted `key` stands; where it is missing, its table's heading, or the first line."""
    *above, name = key.split(".")
    lines = text.splitlines()
    begin = _heading(lines, above)
    found = _first(lines, re.compile(rf"\s*(?:\[+\s*)?(?:[\w.-]+\.)?\"?{re.escape(name)}\"?\s*[=\]]"), begin)
    if found is None:
        found = _first(lines, re.compile(rf".*\b{re.escape(name)}\b"), begin)
    return max(begin, 1) if found is None else found + 1


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
