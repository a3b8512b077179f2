"""Over the list of 台账: the search, the choices used most, 只看, and below them what else narrows the list."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from typing import Protocol

from county_hotline.ui import theme
from county_hotline.ui.screens.register.chips import Chips, PartChips
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.page_words import ChipTold, Choices, Part, in_chips
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput
from county_hotline.ui.widgets.rows import Sentence
from county_hotline.wording import say

SEARCH_AFTER_MS = 250
_FIELDS = (("since", 82), ("stage", 82), ("category", 96), ("agency", 96))
_LESS_WANTED = ("category", "agency")
"""Where letters are large these stand in the filter pane alone."""


class RowAsked(Protocol):
    """Whom the row tells."""

    def search(self, text: str) -> None:
        """Other words."""
        ...

    def enter(self, text: str) -> None:
        """Enter in the search."""
        ...

    def choose_filter(self, name: str, value: str) -> None:
        """Another choice."""
        ...

    def toggle(self, chip: str) -> None:
        """只看…"""
        ...

    def take_away(self, name: str) -> None:
        """One choice less."""
        ...

    def clear(self) -> None:
        """All of them."""
        ...


class FilterRow(Pane):
    """Tells `asked` 250 ms after the last key; older answers are dropped there."""

    def __init__(
        self, parent: tk.Misc, asked: Callable[[], RowAsked], *, to_list: Callable[[], None], escape: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._asked, self._to_list = asked, to_list
        self._after: str | None = None
        self._is_crowded = False
        self._parts: tuple[Part, ...] = ()
        row = Pane(self)
        row.pack(fill="x", padx=theme.px(20), pady=(0, theme.px(8)))
        self._chips = Chips(row, on_toggle=lambda chip: self._asked().toggle(chip))
        self._chips.pack(side="right")
        self.search = LineInput(row, width=228, hint=say("register.search.hint"))
        self.search.pack(side="left")
        self.search.on_change(self._typed)
        for key, do in (("<Return>", self._entered), ("<KP_Enter>", self._entered), ("<Down>", to_list), ("<Escape>", escape)):
            self.search.bind(key, lambda _event, do=do: _done(do))  # type: ignore[misc]
        self._labels: dict[str, Words] = {}
        self._choices: dict[str, ChoiceInput] = {}
        for name, width in _FIELDS:
            self._labels[name] = Words(row, say(f"register.filter.{name}"), ink=theme.INK2)
            self._choices[name] = ChoiceInput(row, width=width)
            self._choices[name].on_change(lambda name=name: self._chosen(name))  # type: ignore[misc]
            self._pack_field(name)
        self._chips.lift()
        self._part_chips = PartChips(
            self, on_take_away=lambda name: self._asked().take_away(name), on_clear=lambda: self._asked().clear()
        )
        self._said = Sentence(self)

    def offer(self, choices: Mapping[str, Choices]) -> None:
        """The lines of each choice."""
        for name, field in self._choices.items():
            field.offer([Choice(value, words) for value, words in choices[name]])

    def show(self, filters: Filters, parts: tuple[Part, ...]) -> None:
        """What is chosen."""
        for name, field in self._choices.items():
            field.show(getattr(filters, name)[:2] if name == "category" else getattr(filters, name))
        if filters.text != self.search.value().strip():
            self.search.show(filters.text)
        self._parts = parts
        self._show_parts()

    def show_chips(self, chips: tuple[ChipTold, ...]) -> None:
        """只看, with what each counts."""
        self._chips.show(chips)

    def say(self, words: str) -> None:
        """What is to be said of what was searched for."""
        if words:
            self._said.show(words, Tone.RED)
            self._said.pack(side="top", fill="x", padx=theme.px(20), pady=(0, theme.px(6)))
        else:
            self._said.pack_forget()

    def crowd(self, *, crowded: bool) -> None:
        """Where letters are large there is room for the choices used most alone."""
        if crowded == self._is_crowded:
            return
        self._is_crowded = crowded
        for name in _LESS_WANTED:
            if crowded:
                self._labels[name].pack_forget()
                self._choices[name].pack_forget()
            else:
                self._pack_field(name)
        self._show_parts()

    def look_now(self) -> None:
        """Do not wait for the next key."""
        if self._after is not None:
            self.after_cancel(self._after)
            self._look()

    def close(self) -> None:
        """No timer any more."""
        if self._after is not None:
            self.after_cancel(self._after)
            self._after = None

    def _pack_field(self, name: str) -> None:
        self._labels[name].pack(side="left", padx=(theme.px(12), theme.px(6)))
        self._choices[name].pack(side="left")

    def _show_parts(self) -> None:
        shown = in_chips(self._parts, crowded=self._is_crowded)
        self._part_chips.show(shown)
        if shown:
            self._part_chips.pack(side="top", fill="x", padx=theme.px(20), pady=(0, theme.px(8)))
        else:
            self._part_chips.pack_forget()

    def _chosen(self, name: str) -> None:
        self._asked().choose_filter(name, self._choices[name].value())

    def _typed(self) -> None:
        if self._after is not None:
            self.after_cancel(self._after)
        self._after = self.after(SEARCH_AFTER_MS, self._look)

    def _look(self) -> None:
        self._after = None
        self._asked().search(self.search.value())

    def _entered(self) -> None:
        self.look_now()
        self._asked().enter(self.search.value())
        self._to_list()


def _done(do: Callable[[], None]) -> str:
    do()
    return "break"
