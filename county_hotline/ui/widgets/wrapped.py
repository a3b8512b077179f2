"""Text of several lines that breaks where Chinese may break, again whenever its width changes."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import ground_of
from county_hotline.ui.widgets.tooltip import Tooltip
from county_hotline.ui.widgets.wrapping import break_lines, cut


class WrappedWords(tk.Label):
    """A paragraph. Lay it out so that it fills its width (`fill="x"` or `sticky="ew"`); its height follows."""

    def __init__(
        self, parent: tk.Misc, text: str = "", *, font: str = theme.BODY, ink: str = "", at_most: int = 0, width: int = 0
    ) -> None:
        super().__init__(
            parent,
            font=font,
            foreground=ink or theme.INK,
            background=ground_of(parent),
            anchor="nw",
            justify="left",
            borderwidth=0,
            padx=0,
            pady=0,
        )
        self._text = text
        self._font = font
        self._at_most = at_most
        self._width = width
        self.bind("<Configure>", lambda event: self._fit(event.width))
        self._draw()

    def say(self, text: str, *, ink: str = "") -> None:
        """Show another text (and ink)."""
        self._text = text
        if ink:
            self.configure(foreground=ink)
        self._draw()

    @property
    def text(self) -> str:
        """The whole text, however it is broken."""
        return self._text

    def _fit(self, width: int) -> None:
        if width > 1 and width != self._width:
            self._width = width
            self._draw()

    def _draw(self) -> None:
        if self._width <= 1:
            # Asks for no width of its own before it was laid out, or one long paragraph would push its page apart.
            self.configure(text=self._text[:1])
            return
        lines = break_lines(self._text, self._width, theme.measure(self._font), at_most=self._at_most)
        self.configure(text="\n".join(lines))


class CutWords(tk.Label):
    """One line, cut with … where it does not fit; the pointer then shows the whole. Lay it out so that it fills its width."""

    def __init__(self, parent: tk.Misc, text: str = "", *, font: str = theme.BODY, ink: str = "") -> None:
        super().__init__(
            parent,
            font=font,
            foreground=ink or theme.INK,
            background=ground_of(parent),
            anchor="w",
            justify="left",
            borderwidth=0,
            padx=0,
            pady=0,
            width=1,
        )
        self._text, self._font = text, font
        self._tip = Tooltip(self)
        self.bind("<Configure>", lambda _event: self._draw())
        self.bind("<Enter>", self._hover)
        self.bind("<Leave>", lambda _event: self._tip.hide())
        self.bind("<Destroy>", lambda _event: self._tip.hide())

    def say(self, text: str, *, ink: str = "") -> None:
        """Show another text (and ink)."""
        self._text = text
        if ink:
            self.configure(foreground=ink)
        self._draw()

    def _draw(self) -> None:
        if self.winfo_width() > 1:
            self.configure(text=cut(self._line, self.winfo_width(), theme.measure(self._font)))

    @property
    def _line(self) -> str:
        """What was typed on several lines stands here on one."""
        return " ".join(self._text.split("\n"))

    def _hover(self, event: tk.Event[tk.Misc]) -> None:
        if str(self.cget("text")) != self._line:
            self._tip.show(self._text, event.x_root, event.y_root)
