"""A message in the page: what happened, whether anything is lost, what to press; or that there is nothing. Never a box over the page."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

from county_hotline.ui import theme
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton
from county_hotline.ui.widgets.basic import Pane, Sign, Words
from county_hotline.ui.widgets.wrapped import WrappedWords

_ICONS = {
    Tone.RED: "exclamation-octagon-fill",
    Tone.AMBER: "exclamation-triangle-fill",
    Tone.GREEN: "check-circle-fill",
    Tone.BLUE: "info-circle",
    Tone.QUIET: "info-circle",
    Tone.PLAIN: "info-circle",
}


class Notice(Pane):
    """A bar of 4 px in the tone, its sign, a head in bold, the words, and acts at the right."""

    def __init__(
        self, parent: tk.Misc, head: str, words: str = "", *, tone: Tone = Tone.QUIET, icon: str = "", acts: Sequence[Act] = ()
    ) -> None:
        wash, ink = theme.WASHES[tone], theme.INKS[tone]
        super().__init__(parent, ground=wash)
        tk.Frame(self, background=ink, width=4).pack(side="left", fill="y")
        Sign(self, icon or _ICONS[tone], pixels=20, ink=ink).pack(side="left", anchor="n", padx=theme.px(16), pady=theme.px(12))
        right = Pane(self)
        right.pack(side="right", padx=theme.px(12), pady=theme.px(8))
        self.buttons = [ActButton(right, act) for act in acts]
        for button in self.buttons:
            button.pack(side="left", padx=(theme.px(8), 0))
        body = Pane(self)
        body.pack(side="left", fill="both", expand=True, pady=theme.px(9))
        Words(body, head, font=theme.HEAD, ink=ink).pack(anchor="w")
        if words:
            WrappedWords(body, words, ink=theme.INK).pack(fill="x", pady=(theme.px(3), 0))


class Nothing(Pane):
    """In the middle of what is empty: its sign, what would stand there, what to do."""

    def __init__(self, parent: tk.Misc, icon: str, head: str, words: str = "", acts: Sequence[Act] = ()) -> None:
        super().__init__(parent, ground=theme.SHEET)
        Sign(self, icon, pixels=44, ink=theme.BAR).pack(pady=(0, theme.px(12)))
        Words(self, head, font=theme.HEAD).pack()
        Words(self, words, ink=theme.INK2).pack(pady=(theme.px(6), theme.px(14)))
        row = Pane(self)
        row.pack()
        for act in acts:
            ActButton(row, act).pack(side="left", padx=theme.px(4))


class NoticeSlot(Pane):
    """The place of a page's notice: nothing until something is to be said."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._notice: Notice | None = None
        self._again: Callable[[], None] | None = None
        self.configure(height=1)

    @property
    def is_shown(self) -> bool:
        """Whether something stands here."""
        return self._notice is not None

    def show(self, head: str, words: str = "", *, tone: Tone = Tone.QUIET, icon: str = "", acts: Sequence[Act] = ()) -> None:
        """Say this (in place of what was said)."""
        self.clear()
        self._again = partial(self.show, head, words, tone=tone, icon=icon, acts=acts)
        self._notice = Notice(self, head, words, tone=tone, icon=icon, acts=acts)
        self._notice.pack(fill="x", padx=theme.px(20), pady=(theme.px(8), theme.px(4)))

    def again(self) -> Callable[[], None] | None:
        """What says once more what stands here now; None where nothing does."""
        return self._again if self.is_shown else None

    def take_focus(self) -> None:
        """The keyboard, for the first of its acts."""
        if self._notice is not None and self._notice.buttons:
            self._notice.buttons[0].focus_set()

    def clear(self) -> None:
        """Say nothing."""
        if self._notice is not None:
            self._notice.destroy()
            self._notice = None
        self.configure(height=1)
