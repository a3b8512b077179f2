"""The pages there are, as data. A page's code is loaded when it is first opened."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from county_hotline.ui.shell import Page, Shell

SCREENS = "county_hotline.ui.screens"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: its name, its place in the rail and its key. Pages without a key (one order) are reached from others."""

    name: str
    icon: str = ""
    key: str = ""
    shown: str = ""
    at_foot: bool = False
    duty: str = ""
    """The duty (desk.DUTIES) without which it is of no use."""
    within: str = ""
    """The page of the rail it belongs to, where it has no place of its own."""

    @property
    def wording(self) -> str:
        """What the page is called."""
        return f"ui.page.{self.name}"

    @property
    def exists(self) -> bool:
        """Whether this release has it."""
        return find_spec(f"{SCREENS}.{self.name}") is not None

    def open(self, parent: tk.Misc, shell: Shell) -> Page:
        """Load and build it."""
        made = cast("Callable[[tk.Misc, Shell], Page]", import_module(f"{SCREENS}.{self.name}").open_page)
        return made(parent, shell)


PAGES = (
    PageSpec("intake", icon="pencil-square", key="<F2>", shown="F2", duty="accept"),
    PageSpec("today", icon="list-check", key="<F3>", shown="F3"),
    PageSpec("handover", within="today"),
    PageSpec("register", icon="table", key="<F4>", shown="F4"),
    PageSpec("order", within="register"),
    PageSpec("clash", within="sync"),
    PageSpec("knowledge", icon="book", key="<F6>", shown="F6"),
    PageSpec("site", icon="geo-alt", key="<F7>", shown="F7"),
    PageSpec("supervision", icon="flag", key="<F8>", shown="F8"),
    PageSpec("incoming", icon="mailbox", key="<Alt-Key-4>", shown="Alt+4", duty="inbox"),
    PageSpec("overview", icon="speedometer2", key="<Alt-Key-5>", shown="Alt+5"),
    PageSpec("sync", icon="arrow-repeat", key="<Alt-Key-3>", shown="Alt+3"),
    PageSpec("repair", within="sync"),
    PageSpec("packs", key="<Alt-Key-7>", shown="Alt+7", within="settings"),
    PageSpec("duties", key="<Alt-Key-8>", shown="Alt+8", within="settings"),
    PageSpec("manual", icon="question-circle", key="<F1>", shown="F1", at_foot=True),
    PageSpec("settings", icon="gear", key="<Alt-Key-9>", shown="Alt+9", at_foot=True),
)


def page(name: str) -> PageSpec:
    """The page of that name."""
    return next(spec for spec in PAGES if spec.name == name)
