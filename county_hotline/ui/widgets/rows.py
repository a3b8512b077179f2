"""A row of a form: label at the right of its column, inputs beside it, and a line below for what is to be said of them."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane, Sign, Words
from county_hotline.ui.widgets.inputs import TextInput
from county_hotline.ui.widgets.wrapped import WrappedWords

LABEL_COLUMN = 68

_ICONS = {Tone.RED: "exclamation-octagon-fill", Tone.AMBER: "exclamation-triangle-fill", Tone.GREEN: "check-circle-fill"}


class FieldRow(Pane):
    """`row.put(LineInput(row.body, width=136), "电话", required=True)`; pack the row with fill="x"."""

    def __init__(self, parent: tk.Misc, *, pitch: int = 6, column: int = LABEL_COLUMN) -> None:
        super().__init__(parent)
        self._column = theme.px(column)
        self.body = Pane(self)
        self.body.pack(fill="both", expand=True, pady=(0, theme.px(pitch)))
        self._said: Sentence | None = None
        self._pitch = theme.px(pitch)
        self._is_first = True
        self.label = ""
        """What its first label says: names the row when it is out of sight."""

    def put(self, widget: tk.Widget, label: str = "", *, required: bool = False, grow: bool = False, gap: int = 18) -> None:
        """The next input (a child of `row.body`). The first label stands right-aligned in the column, later ones before theirs."""
        if self._is_first:
            self.label = label
            self._first_label(label, required=required)
        elif label:
            _label(self.body, label, required=required).pack(side="left", padx=(theme.px(gap), theme.px(8)))
        before = 0 if self._is_first or label else theme.px(gap)
        tall = isinstance(widget, TextInput)
        widget.pack(side="left", fill="both" if tall else "x" if grow else "none", expand=grow, padx=(before, 0))
        self._is_first = False
        widget.lift()  # Tab follows the order of stacking, reading order then

    def say(self, text: str, tone: Tone = Tone.RED) -> None:
        """The sentence below the inputs; empty takes it away."""
        if not text:
            if self._said is not None:
                self._said.pack_forget()
            return
        if self._said is None:
            self._said = Sentence(self)
        self._said.show(text, tone)
        self._said.pack(fill="x", padx=(self._column + theme.px(8), 0), pady=(0, self._pitch))

    def _first_label(self, label: str, *, required: bool) -> None:
        cell = Pane(self.body, width=self._column, height=theme.px(32))
        cell.pack(side="left", anchor="n", padx=(0, theme.px(8)))
        if label:
            _label(cell, label, required=required).pack(side="right", pady=theme.px(4))


class Sentence(Pane):
    """A sign and a sentence beside a field: red for wrong, amber for worth a look. Never by colour alone."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._sign = Sign(self, "exclamation-octagon-fill", pixels=14, ink=theme.RED)
        self._sign.pack(side="left", anchor="n", pady=(theme.px(4), 0), padx=(theme.px(2), theme.px(6)))
        self._words = WrappedWords(self, ink=theme.RED)
        self._words.pack(side="left", fill="x", expand=True)

    def show(self, text: str, tone: Tone = Tone.RED) -> None:
        """Say something."""
        ink = theme.INKS[tone]
        self._sign.show(_ICONS.get(tone, "info-circle"), pixels=14, ink=ink)
        self._words.say(text, ink=ink)


def _label(parent: tk.Misc, text: str, *, required: bool) -> Pane:
    pane = Pane(parent)
    if required:
        Words(pane, "*", font=theme.BOLD, ink=theme.RED).pack(side="left", padx=(0, theme.px(4)))
    Words(pane, text, ink=theme.INK2).pack(side="left")
    return pane
