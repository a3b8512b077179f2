"""What every page with a list is: a head above, acts in the foot, open until it is closed, in front or behind."""

from __future__ import annotations

import tkinter as tk
from typing import Protocol

from county_hotline.ui import theme
from county_hotline.ui.shell import Shell
from county_hotline.ui.widgets.acts import ActRow
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.page_head import PageHead


class ListPresenter(Protocol):
    """What the page itself needs of its presenter."""

    def close(self) -> None:
        """Hear no news any more."""
        ...


class ListPage:
    """Begin a view with it: `super().__init__(parent, shell, title)`, then pack what stands between head and foot.

    Of `shell.Page` the view adds `shown(argument)`, which begins with `self._is_front = True`.
    """

    presenter: ListPresenter

    def __init__(self, parent: tk.Misc, shell: Shell, title: str) -> None:
        self._shell = shell
        self._is_open, self._is_front = True, False
        self.frame = Pane(parent, ground=theme.SHEET)
        self._foot = ActRow(self.frame, ())
        self._foot.pack(side="bottom", fill="x")
        self._head = PageHead(self.frame, title)
        self._head.pack(side="top", fill="x")

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._is_open

    def hidden(self) -> None:
        """Behind another page; what is typed or chosen stays."""
        self._is_front = False

    def close(self) -> None:
        """No answer and no news any more."""
        self._is_open = False
        self.presenter.close()

    # -- what every presenter of such a page asks -------------------------------------------------------------------

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        return self._is_front

    def show_head(self, words: str) -> None:
        """The line beside the title."""
        self._head.say(beside=words)

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        self._shell.fail(fault)
