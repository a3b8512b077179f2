"""The language of stories: plain Chinese lines an officer can read, taken apart into steps. A line that cannot be read fails the story."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_TIME = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})")
_ACT = re.compile(r"(?P<station>\S+) (?P<post>\S+员|\S+人) (?P<act>\S+?)(?:（(?P<order>.+件)）)?")
_PAPER = re.compile(r"日历 (\d{4}) (\S+)")
_CHECK = re.compile(r"那么 (?P<what>.+)")
_FIELD = re.compile(r"\s+(?P<name>[^：]+)：(?P<value>.*)")
_REFUSED = re.compile(r"\s+⇒ (?:办不了|还差)：(?P<words>.*)")


@dataclass
class Step:
    """One line with what is indented below it."""

    line: int
    kind: str
    """time, act, sync, cut, mend, paper, check."""
    words: str
    station: str = ""
    post: str = ""
    act: str = ""
    order: str = "此件"
    fields: list[tuple[str, str]] = field(default_factory=list)
    is_refused: bool = False
    refused: str = ""
    """Words of the reason."""


@dataclass
class Script:
    """One story."""

    title: str
    about: str
    rule_pack: str
    steps: list[Step]


def read_script(path: Path) -> Script:
    """The story in that file. Raises ValueError with the line that cannot be read."""
    title = about = ""
    rule_pack = "shandong-2020"
    steps: list[Step] = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip() or text.startswith("#"):
            continue
        if text.startswith("故事："):
            title = text.removeprefix("故事：")
        elif text.startswith("说明："):
            about = text.removeprefix("说明：")
        elif text.startswith("规则包："):
            rule_pack = text.removeprefix("规则包：")
        elif text.startswith(" "):
            _detail(text, steps, number)
        else:
            steps.append(_step(text, number))
    return Script(title, about, rule_pack, steps)


def _detail(text: str, steps: list[Step], number: int) -> None:
    if found := _REFUSED.fullmatch(text):
        steps[-1].is_refused, steps[-1].refused = True, found["words"]
    elif found := _FIELD.fullmatch(text):
        steps[-1].fields.append((found["name"].strip(), found["value"].strip()))
    else:
        raise ValueError(f"line {number}: {text}")


def _step(text: str, number: int) -> Step:
    if _TIME.fullmatch(text):
        return Step(number, "time", text)
    if found := _CHECK.fullmatch(text):
        return Step(number, "check", found["what"])
    if found := _PAPER.fullmatch(text):
        return Step(number, "paper", f"{found[1]}-{found[2]}")
    if text == "传" or text.startswith("传 "):
        return Step(number, "sync", text[1:].strip())
    if text.startswith("断线 "):
        return Step(number, "cut", text.removeprefix("断线 "))
    if text.startswith("来线 "):
        return Step(number, "mend", text.removeprefix("来线 "))
    if found := _ACT.fullmatch(text):
        return Step(number, "act", text, found["station"], found["post"], found["act"], found["order"] or "此件")
    raise ValueError(f"line {number}: {text}")
