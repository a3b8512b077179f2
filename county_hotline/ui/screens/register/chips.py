"""只看: chips that are switches. On is said by a border and bold, not by colour alone; space and Enter turn them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.register.page_words import ChipTold, Part
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.wording import say

_LOOKS = {
    "late": (Tone.RED, "exclamation-octagon-fill"),
    "waiting": (Tone.QUIET, "cloud-upload"),
    "clashes": (Tone.AMBER, "intersect"),
}


class Chips(Pane):
    """`show(chips)`."""

    def __init__(self, parent: tk.Misc, *, on_toggle: Callable[[str], None]) -> None:
        super().__init__(parent)
        Words(self, say("register.only"), ink=theme.INK2).pack(side="left", padx=(0, theme.px(8)))
        self._switches = {name: _Switch(self, name, on_toggle) for name in _LOOKS}
        for at, switch in enumerate(self._switches.values()):
            switch.pack(side="left", padx=(theme.px(6) if at else 0, 0))

    def show(self, chips: Sequence[ChipTold]) -> None:
        """Counts, and which is on."""
        for chip in chips:
            self._switches[chip.name].show(chip)


class _Switch(tk.Label):
    def __init__(self, parent: tk.Misc, name: str, on_toggle: Callable[[str], None]) -> None:
        super().__init__(parent, takefocus=True, borderwidth=0, padx=theme.px(5), pady=theme.px(2), compound="left")
        self.configure(highlightthickness=2, highlightcolor=theme.BLUE)
        self._tone, self._icon = _LOOKS[name]
        for key in ("<Button-1>", "<space>", "<Return>"):
            self.bind(key, lambda _event: on_toggle(name))

    def show(self, chip: ChipTold) -> None:
        tone = self._tone if chip.count or chip.is_on else Tone.QUIET
        ink = theme.INKS[tone]
        self.configure(
            text=chip.words,
            font=theme.BOLD if chip.is_on else theme.BODY,
            foreground=ink,
            background=theme.WASHES[tone],
            highlightbackground=ink if chip.is_on else theme.WASHES[tone],
            image=theme.icon(self._icon, (20, 14), ink),
        )


class PartChips(Pane):
    """What narrows the list and no field over it shows: each is taken away by a click, Space, Enter or Delete."""

    def __init__(self, parent: tk.Misc, *, on_take_away: Callable[[str], None], on_clear: Callable[[], None]) -> None:
        super().__init__(parent)
        self._on_take_away, self._on_clear = on_take_away, on_clear
        self._shown: tuple[Part, ...] = ()

    def show(self, parts: Sequence[Part]) -> None:
        """These."""
        if tuple(parts) == self._shown:
            return
        self._shown = tuple(parts)
        for child in self.winfo_children():
            child.destroy()
        if not parts:
            return
        Words(self, say("register.narrowed"), ink=theme.INK2).pack(side="left", padx=(0, theme.px(8)))
        for part in parts:
            self._chip(part.words, lambda name=part.name: self._on_take_away(name)).pack(side="left", padx=(0, theme.px(6)))  # type: ignore[misc]
        if len(parts) > 1:
            self._chip(say("register.narrowed.clear"), self._on_clear, icon="arrow-counterclockwise").pack(side="left")

    def _chip(self, words: str, do: Callable[[], None], *, icon: str = "x-lg") -> tk.Label:
        chip = tk.Label(self, text=words, takefocus=True, borderwidth=0, padx=theme.px(6), pady=theme.px(2), compound="right")
        chip.configure(
            font=theme.BODY, foreground=theme.BLUE, background=theme.BLUE_WASH, image=theme.icon(icon, (18, 10), theme.BLUE)
        )
        chip.configure(highlightthickness=2, highlightcolor=theme.BLUE, highlightbackground=theme.BLUE_WASH)
        for key in ("<Button-1>", "<space>", "<Return>", "<Delete>"):
            chip.bind(key, lambda _event: do())
        return chip
