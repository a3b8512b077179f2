"""What 找命令 can offer now: the acts of the page in front, the window's commands, the settings. No Tk, nothing of any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from county_hotline.settings import SETTINGS, Plain, Setting, Settings
from county_hotline.ui.commands import COMMANDS, Command, Commanded
from county_hotline.ui.palette.entries import Entry
from county_hotline.ui.widgets.acts import Act, key_words
from county_hotline.wording import has, say

AnySetting = Setting[str] | Setting[int] | Setting[bool]
UNSEEN = frozenset({"palette", "line"})
"""The palette itself; and the trial's line, where there is none to cut."""


class Commanding(Commanded, Protocol):
    """What choosing a line needs of the window."""

    def choose(self, setting: AnySetting, value: Plain) -> None:
        """Keep a setting and follow it."""
        ...

    def why_not(self, command: str) -> str:
        """Why this command cannot be done now; empty where it can."""
        ...

    def has_line_switch(self) -> bool:
        """Whether the line of a trial can be cut."""
        ...


def gathered(window: Commanding, acts: Sequence[Act], settings: Settings) -> tuple[Entry, ...]:
    """Every line, those of the page in front first. What is there twice stands once; an act without words has no line."""
    lines: dict[str, Entry] = {}
    for entry in _of_page(acts):
        lines.setdefault(entry.words.rstrip("…"), entry)
    of_page = {(entry.words, entry.shown) for entry in lines.values()}
    others = (*_of_window(window), *_of_settings(window, settings))
    return (*lines.values(), *(entry for entry in others if (entry.words, entry.shown) not in of_page))


def _of_page(acts: Sequence[Act]) -> list[Entry]:
    return [
        Entry(
            f"act.{act.wording}",
            say(act.wording, **act.details),
            act.do,
            act.shown or key_words(act.key),
            say("palette.group.page"),
            act.icon,
            act.why_not,
        )
        for act in acts
        if has(act.wording)
    ]


def _of_window(window: Commanding) -> list[Entry]:
    unseen = UNSEEN - ({"line"} if window.has_line_switch() else set())
    return [_of_command(window, each) for each in COMMANDS if each.name not in unseen]


def _of_command(window: Commanding, each: Command) -> Entry:
    group = "palette.group.go" if each.name.startswith("page.") else "palette.group.window"
    return Entry(
        each.name, say(each.wording), partial(each.do, window), each.shown, say(group), each.icon, window.why_not(each.name)
    )


def _of_settings(window: Commanding, settings: Settings) -> list[Entry]:
    entries: list[Entry] = []
    for setting in SETTINGS:
        now: Plain = settings.value(setting)  # type: ignore[misc]
        for value, words in _values(setting):
            name = f"setting.{setting.key}" + ("" if value is None else f".{value}")
            do: Callable[[], None] = partial(window.go, "settings", setting.key)
            if value is not None:
                do = partial(window.choose, setting, value)
            why = say("palette.is_so") if value is not None and value == now else ""
            entries.append(Entry(name, words, do, group=say("palette.group.setting"), icon="gear", why_not=why))
    return entries


def _values(setting: AnySetting) -> list[tuple[Plain | None, str]]:
    """What may be chosen at once, in words; a number is typed on the settings page."""
    label = say(setting.wording)
    if isinstance(setting.default, bool):
        return [(on, say("palette.turn_on" if on else "palette.turn_off", what=label)) for on in (True, False)]
    if setting.choices:
        choices = [(choice, say(f"{setting.wording}.{choice}")) for choice in setting.choices]
        return [(choice, say("palette.choose", what=label, value=words)) for choice, words in choices]
    return [(None, label)]
