"""The panes that take the form's place, one at a time; each is built when it is first opened and keeps what is typed in it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui.screens.intake.answer_pane import AnswerPane
from county_hotline.ui.screens.intake.emergency_pane import EmergencyPane
from county_hotline.ui.screens.intake.join_pane import JoinPane
from county_hotline.ui.screens.intake.pane_frame import Host, TakingPane
from county_hotline.ui.screens.intake.path_pane import PathPane
from county_hotline.ui.screens.intake.screen import RepeatLine
from county_hotline.ui.widgets.acts import Act


class Panes:
    """`parent` is where they are packed; `changed()` is told when another pane, or none, is in front."""

    def __init__(self, parent: tk.Misc, host: Callable[[], Host], changed: Callable[[], None]) -> None:
        self._parent, self._host, self._changed = parent, host, changed
        self._emergency: EmergencyPane | None = None
        self._answer: AnswerPane | None = None
        self._path: PathPane | None = None
        self._join: JoinPane | None = None
        self._in_front: TakingPane | None = None

    @property
    def is_open(self) -> bool:
        """Whether one of them is in front."""
        return self._in_front is not None

    @property
    def owes_emergency(self) -> bool:
        """Whether a transfer was begun and is not written down."""
        return self._emergency is not None and self._emergency.presenter.is_begun

    def acts(self) -> Sequence[Act]:
        """Of the one in front."""
        return self._in_front.acts() if self._in_front is not None else ()

    def take_focus(self) -> None:
        """The keyboard goes to the one in front."""
        if self._in_front is not None:
            self._in_front.take_focus()

    def emergency(self) -> None:
        """紧急转接."""
        pane = self._emergency = self._emergency or EmergencyPane(self._parent, self._host())
        self._show(pane, pane.open)

    def answer(self, article: str = "") -> None:
        """直接答复."""
        pane = self._answer = self._answer or AnswerPane(self._parent, self._host())
        self._show(pane, lambda: pane.open(article))

    def path(self) -> None:
        """告知法定途径."""
        pane = self._path = self._path or PathPane(self._parent, self._host())
        self._show(pane, pane.open)

    def join(self, line: RepeatLine) -> None:
        """并入."""
        pane = self._join = self._join or JoinPane(self._parent, self._host())
        self._show(pane, lambda: pane.open(line))

    def close(self) -> None:
        """None is in front."""
        if self._in_front is not None:
            self._in_front.frame.pack_forget()
            self._in_front = None
            self._changed()

    def _show(self, pane: TakingPane, begin: Callable[[], None]) -> None:
        if self._in_front is not None and self._in_front is not pane:
            self._in_front.frame.pack_forget()
        self._in_front = pane
        pane.frame.pack(fill="both", expand=True)
        begin()
        self._changed()
        pane.take_focus()
