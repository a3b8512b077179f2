"""One thing told for reading at the right of a list: a head, and sections of lines. Plain values, no Tk."""

from __future__ import annotations

from dataclasses import dataclass, field

from county_hotline.ui.telling.marks import Mark


@dataclass(frozen=True, slots=True)
class LineTold:
    """One line: a label with what it says, or (without a label) words alone, with a sign where there is one."""

    words: str
    label: str = ""
    tone: str = "plain"
    icon: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class SectionTold:
    """A few lines under one head."""

    head: str
    lines: tuple[LineTold, ...]
    beside: str = ""


@dataclass(frozen=True, slots=True)
class ReadTold:
    """The whole of it."""

    key: str
    number: str
    title: str
    state: Mark = field(default_factory=lambda: Mark(""))
    sections: tuple[SectionTold, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One field of a small form. `kind`: line, text, choice, pick (several of a few), find, tick, secret."""

    name: str
    label: str
    kind: str = "line"
    value: str = ""
    words: str = ""
    """What is read where it is not the value itself (a unit's name)."""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    width: int = 0
    """In pixels of the 标准 size; 0 takes the row's."""
    lines: int = 3
    is_beside: bool = False
    """In the row of the field before it."""
