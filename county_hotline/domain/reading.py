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
    """`text` as `wanted`. Raises BadInput(code, line=, key=): line 0 where the key stands nowhere."""
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
    """The line on which the dotted `key` stands (the last part after the table it belongs to), 0 where it does not."""
    *above, name = [re.sub(r"\[.*?\]", "", part) for part in key.split(".")]
    lines = text.splitlines()
    begin = _first(lines, re.compile(rf"\s*\[+\s*{re.escape('.'.join(above))}\s*\]"), 0) if above else 0
    found = _first(lines, re.compile(rf"\s*(?:\[+\s*)?(?:[\w.-]+\.)?\"?{re.escape(name)}\"?\s*[=\]]"), max(begin, 0))
    if found < 0:
        found = next((place for place, line in enumerate(lines) if re.search(rf"\b{re.escape(name)}\b", line)), begin)
    return found + 1


def _first(lines: list[str], shape: re.Pattern[str], begin: int) -> int:
    return next((place for place in range(begin, len(lines)) if shape.match(lines[place])), -1)


def _key(message: str) -> str:
    above, named = _AT_PATH.search(message), _NAMED.search(message)
    found = ".".join(part.group(1) for part in (above, named) if part and part.group(1))
    return found or "?"


def _line(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1].strip()[:40] if 0 < line <= len(lines) else ""
