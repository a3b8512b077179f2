"""What every page with a list is: a head above, acts in the foot, open until it is closed, in front or behind."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Protocol

from county_hotline.ui import theme
from county_hotline.ui.shell import Shell
from county_hotline.ui.widgets.acts import Act, ActRow
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.page_head import PageHead
from county_hotline.ui.widgets.progress import Progress


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
        self._progress: Progress | None = None
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

    # -- long work (see long_work.ProgressScreen) -------------------------------------------------------------------

    @property
    def is_working(self) -> bool:
        """Whether long work goes on: then the page has no acts but to stop it."""
        return self._progress is not None and self._progress.is_shown

    @property
    def stop_act(self) -> Act:
        """取消, by its key."""
        return Act("progress.stop", self._ask_to_stop, "<Escape>", "Esc")

    def begin_progress(self, words: str, stop: Callable[[], None]) -> None:
        """See `ProgressScreen`."""
        if self._progress is None:
            self._progress = Progress(self.frame)
            self._progress.pack(side="top", fill="x", after=self._head)
        self._progress.begin(words, stop=stop)
        self.progress_changed()

    def show_progress(self, done: int, total: int | None) -> None:
        """See `ProgressScreen`."""
        if self._progress is not None:
            self._progress.step(done, total)

    def end_progress(self) -> None:
        """See `ProgressScreen`."""
        if self._progress is not None:
            self._progress.end()
            self.progress_changed()

    def progress_changed(self) -> None:
        """Long work began or ended: a page that has some gives other acts."""

    def _ask_to_stop(self) -> None:
        if self._progress is not None:
            self._progress.ask_to_stop()

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
