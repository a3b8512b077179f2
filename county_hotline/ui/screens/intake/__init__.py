"""登记: taking a request, from the greeting to the slip."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.page_head import PageHead


class IntakePage:
    """Being built."""

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self.frame = Pane(parent)
        PageHead(self.frame, "登记").pack(fill="x")

    def shown(self, argument: str) -> None:
        """In front."""

    def hidden(self) -> None:
        """Behind."""

    def close(self) -> None:
        """Gone."""


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page."""
    return IntakePage(parent, shell)
