"""可能重复 and 建议 in the right column: is it there already, and whose matter is it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.intake.due_foot import emptied
from county_hotline.ui.screens.intake.screen import ChosenLine, RepeatLine, SuggestionWords
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Sign, Words
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.wrapped import CutWords, WrappedWords
from county_hotline.wording import say

_SIGNS = {"link": "link-45deg", "cluster": "collection"}
BRIEFEST = 2
"""How little is said where the room is shortest."""
SHOWN = 2
"""Repeats in sight; how many there are stands in the head."""


class Doubts(Pane):
    """Two sections; each is there only while there is something to say."""

    def __init__(self, parent: tk.Misc, *, room: int, open_order: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._room = room
        self._open_order = open_order
        self._chosen_pane, self._repeats_pane, self._suggestion_pane = Pane(self), Pane(self), Pane(self)
        for pane in (self._chosen_pane, self._repeats_pane, self._suggestion_pane):
            pane.pack(fill="x")
        self._repeats: tuple[RepeatLine, ...] = ()
        self._acts: tuple[Act, ...] = ()
        self._chosen: tuple[ChosenLine, ...] = ()
        self._take_back: Act | None = None
        self._suggestion: SuggestionWords | None = None
        self._adopt: Act | None = None
        self._drawn: tuple[object, ...] = ()

    def show_repeats(self, lines: Sequence[RepeatLine], acts: Sequence[Act]) -> bool:
        """Other repeats; whether anything changed."""
        if tuple(lines) == self._repeats:
            return False
        self._repeats, self._acts = tuple(lines), tuple(acts)
        return True

    def show_chosen(self, lines: Sequence[ChosenLine], take_back: Act) -> bool:
        """What was chosen of them; whether anything changed."""
        if tuple(lines) == self._chosen:
            return False
        self._chosen, self._take_back = tuple(lines), take_back
        return True

    def show_suggestion(self, words: SuggestionWords | None, adopt: Act | None) -> bool:
        """Another suggestion; whether anything changed."""
        if words == self._suggestion and (adopt is None) is (self._adopt is None):
            return False
        self._suggestion, self._adopt = words, adopt
        return True

    def draw(self, brief: int) -> None:
        """0: in full; 1: what must be seen; 2: of 建议 the unit alone."""
        wanted = (self._chosen, self._repeats, self._suggestion, self._adopt is None, brief)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self._draw_chosen()
        self._draw_repeats(brief=bool(brief))
        self._draw_suggestion(brief)

    def _draw_chosen(self) -> None:
        """Never in brief: it is what F9 will do."""
        pane = emptied(self._chosen_pane)
        if not self._chosen or self._take_back is None:
            return
        crowded = theme.size() is theme.Size.LARGEST
        head = SectionHead(pane, say("intake.chosen"), "" if crowded else say("intake.chosen.beside"))
        head.pack(fill="x", pady=(theme.px(12), theme.px(2)))
        ActButton(head.right, self._take_back, takes_focus=False).pack()
        for line in self._chosen:
            row = Pane(pane)
            row.pack(fill="x", pady=(theme.px(3), 0))
            Sign(row, _SIGNS[line.way], pixels=14, ink=theme.BLUE).pack(side="left", padx=(0, theme.px(8)))
            CutWords(row, line.words).pack(side="left", fill="x", expand=True)

    def _draw_repeats(self, *, brief: bool) -> None:
        pane = emptied(self._repeats_pane)
        if not self._repeats:
            return
        head = SectionHead(pane, say("intake.repeats"), say("intake.count", count=len(self._repeats)))
        head.pack(fill="x", pady=(theme.px(12), theme.px(2)))
        for act in self._acts:
            if act.kind is ActKind.LINK:
                ActButton(head.right, act, takes_focus=False).pack(side="left")
        for at, line in enumerate(self._repeats[: 1 if brief else SHOWN]):
            self._draw_repeat(pane, line, at_most=1 if brief else 2)
            if at == 0:  # the acts are about the first
                _draw_acts(pane, [act for act in self._acts if act.kind is not ActKind.LINK], self._room)

    def _draw_repeat(self, pane: Pane, line: RepeatLine, *, at_most: int) -> None:
        row = Pane(pane)
        row.pack(fill="x", pady=(theme.px(3), 0))
        Words(row, line.day, ink=theme.INK2).pack(side="left", padx=(0, theme.px(12)))
        title = CutWords(row, line.title)
        title.pack(side="left", fill="x", expand=True)
        title.bind("<Button-1>", lambda _event: self._open_order(line.number))
        for words in (line.why, line.stands):
            WrappedWords(pane, words, font=theme.SMALL, ink=theme.INK2, at_most=at_most).pack(fill="x")

    def _draw_suggestion(self, brief: int) -> None:
        pane, words = emptied(self._suggestion_pane), self._suggestion
        if words is None:
            return
        head = SectionHead(pane, say("intake.suggestion"), say("intake.suggestion.beside"))
        head.pack(fill="x", pady=(theme.px(12), theme.px(2)))
        if self._adopt is not None:
            ActButton(head.right, self._adopt, takes_focus=False).pack()
        lines = [
            ("category", words.category_words),
            ("lead", words.lead_words),
            ("basis", words.basis),
            ("reason", words.reason),
        ]
        if not brief:
            lines[1:1] = [("category_reason", words.category_reason)]
            lines[3:3] = [("helpers", words.helpers), ("fallback", words.fallback)]
            lines.append(("condition", words.condition))
        if brief == BRIEFEST:
            lines = [line for line in lines if line[0] in ("lead", "category")]
        values = KeyValues(pane, column=44)
        values.pack(fill="x")
        values.show([KeyValue(say(f"intake.suggestion.{name}"), text) for name, text in lines if text])


def _draw_acts(pane: Pane, acts: Sequence[Act], room: int) -> None:
    """Beside each other; what has no room begins a second row."""
    gap, taken, row = theme.px(6), 0, Pane(pane)
    row.pack(fill="x", pady=(gap, 0))
    for act in acts:
        button = ActButton(row, act, takes_focus=False)
        if taken and taken + button.winfo_reqwidth() > room:
            button.destroy()
            taken, row = 0, Pane(pane)
            row.pack(fill="x", pady=(gap, 0))
            button = ActButton(row, act, takes_focus=False)
        button.pack(side="left", padx=(0, gap))
        taken += button.winfo_reqwidth() + gap
    Pane(pane, height=gap).pack()
