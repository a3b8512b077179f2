"""Every sentence the program says, by key. `say` never fails: a missing key or detail shows itself and is logged.

All `*.toml` beside this file are one table (nested tables are dotted keys); a county may lay its own file over it.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from importlib import resources
from pathlib import Path

from county_hotline.clock import shown
from county_hotline.errors import BadInput, HotlineError
from county_hotline.wording import plain

log = logging.getLogger(__name__)

PLACEHOLDER = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
"""`{name}` or `{count:,}`; nothing else is looked into, so a county's file can reach no object of ours."""
MISSING = "…"
MOMENT_FROM_MS = 100_000_000_000
"""Whole numbers above this, in a detail named as a moment, are UTC milliseconds and are shown as a time of day."""

_own: dict[str, str] = {}
"""The county's wording, laid over ours."""


def say(key: str, /, **details: object) -> str:
    """The sentence for `key`, with `details` put in. An unknown key is shown in brackets, an unknown detail as `…`."""
    template = _own.get(key) or shipped().get(key)
    if template is None:
        log.error("wording_missing key=%s", key)
        return f"〔{key}〕"
    return _filled(key, template, details)


def has(key: str) -> bool:
    """Whether there is a sentence for `key`."""
    return key in _own or key in shipped()


def sentence(fault: HotlineError) -> str:
    """What to tell a person of this failure: what happened, whether anything is lost, what to press."""
    key = f"error.{fault.code}"
    if not has(key):
        return say("error.unknown", code=fault.code)
    details = {name: _worded(name, value) for name, value in fault.details.items()}
    return say(key, **{"code": fault.code, **details})


def problem(found: str) -> str:
    """What `verify` found (`J102 370323-03 A 17`), as a sentence: the code's own, with the place in it."""
    code, _, where = found.partition(" ")
    return sentence(HotlineError(code, where=where))


def word(member: Enum) -> str:
    """The Chinese word of a closed list's member: `word(MatterKind.HELP)` is 求助."""
    name = member.value if isinstance(member.value, str) else member.name.lower()
    return say(f"{_snake(type(member).__name__)}.{name}")


def explain(code: str, **values: object) -> str:
    """One line of 为什么是这一天: the sentence `trace.<code>`, where a value named `…weekday` (1..7) is said as 周一..周日."""
    return say(f"trace.{code}", **_said(values))


def rule(code: str, **values: object) -> str:
    """One line of a rule pack in plain words: the sentence `pack.<code>`. A value named `…word` holds wording keys, said in a row."""
    return say(f"pack.{code}", **_said(values))


def act(kind: str) -> str:
    """The word of a fact's kind in 经过: `act("work_order.dispatched")` is 派单; a kind of a newer release says so."""
    key = f"kind.{kind}"
    return say(key) if has(key) else say("kind.unknown")


def overlay(path: Path) -> None:
    """Lay a county's own file over the shipped sentences. Raises BadInput I101 when it cannot be read; then nothing changes."""
    try:
        own = dict(flat(tomllib.loads(path.read_text(encoding="utf-8-sig"))))
    except (OSError, ValueError) as exc:
        raise BadInput("I101", file=path.name) from exc
    _own.clear()
    _own.update(own)


def drop_overlay() -> None:
    """Back to the shipped sentences."""
    _own.clear()


@cache
def shipped() -> Mapping[str, str]:
    """Every shipped sentence by key."""
    table: dict[str, str] = {}
    for _name, own in files():
        table.update(own)
    return table


def files() -> Iterator[tuple[str, dict[str, str]]]:
    """The shipped files by name, each with its own sentences."""
    folder = resources.files(__name__)
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            text = file.read_text(encoding="utf-8")
            read = plain.read(text)
            yield file.name, dict(flat(tomllib.loads(text)) if read is None else read)


def flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Nested tables as dotted keys. Raises ValueError for anything that is not text."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{name}.")
        elif isinstance(value, str):
            yield f"{above}{name}", value
        else:
            msg = f"{above}{name} is not text"
            raise ValueError(msg)  # noqa: TRY004 - one kind of failure for the one who reads the file


def _filled(key: str, template: str, details: Mapping[str, object]) -> str:
    def put(found: re.Match[str]) -> str:
        name, spec = found.group(1), found.group(2) or ""
        if name not in details:
            log.warning("wording_detail_missing key=%s detail=%s", key, name)
            return MISSING
        try:
            return format(details[name], spec)
        except (ValueError, TypeError):
            return str(details[name])

    return PLACEHOLDER.sub(put, template)


def _worded(name: str, value: object) -> object:
    """Details hold ids and numbers; a few of them have words of their own."""
    if isinstance(value, Enum):
        return word(value)
    if name == "field" and has(f"field.{value}"):
        return say(f"field.{value}")
    if isinstance(value, int) and value >= MOMENT_FROM_MS and (name in {"until", "since", "now"} or name.endswith("_at")):
        return shown(value)
    return value


def _said(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _in_words(name, value) for name, value in values.items()}


def _in_words(name: str, value: object) -> object:
    if name.endswith("weekday"):
        return say(f"weekday.{value}")
    if name.endswith("_word"):
        return "、".join(say(key) for key in str(value).split())
    return value


@cache
def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
