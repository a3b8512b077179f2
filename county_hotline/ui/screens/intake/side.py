"""The right column of the intake page, in the order of the clerk's doubts; the due date is pinned at its foot."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.intake.doubts import Doubts
from county_hotline.ui.screens.intake.due_foot import DueFoot, emptied
from county_hotline.ui.screens.intake.screen import ChosenLine, Done, DueWords, Earlier, Offer, RepeatLine, SuggestionWords
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActButton
from county_hotline.ui.widgets.basic import Pane, Sign, Words
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.wrapped import CutWords, WrappedWords
from county_hotline.wording import say

_WIDTH = {Size.STANDARD: 372, Size.LARGE: 404, Size.LARGEST: 340}
_WIDE_SCREEN = 1800
BRIEFEST = 2
"""Of 刚受理 its number alone; 0 is everything."""
_BRIEFER = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (BRIEFEST, 1, 0), (BRIEFEST, 1, 1), (BRIEFEST, 1, 2))
"""刚受理, 草稿, and what is doubted: how much of each is told, from all to the least."""
_SIGN = {Tone.GREEN: "check-circle-fill", Tone.AMBER: "exclamation-triangle-fill", Tone.QUIET: "printer"}


class IntakeSide(Pane):
    """Sections appear when there is something to say; only the date is always there. Where the room is short the older sections are told
    in brief, first 刚受理, then 草稿: who is speaking now comes before what is done."""

    def __init__(self, parent: tk.Misc, *, open_order: Callable[[str], None], all_history: Act) -> None:
        wide = parent.winfo_screenwidth() >= _WIDE_SCREEN
        super().__init__(parent, ground=theme.SIDE, width=theme.px(440) if wide else _WIDTH[theme.size()])
        self._open_order = open_order
        self._all_history = all_history
        self._due = DueFoot(self)
        self._due.pack(side="bottom", fill="x")
        room = Pane(self)
        room.pack(side="top", fill="both", expand=True, padx=theme.px(18), pady=(theme.px(9), 0))
        room.pack_propagate(False)
        self._room, self._top = room, Pane(room)
        self._top.pack(side="top", fill="x")
        self._done, self._drafts, self._history = Pane(self._top), Pane(self._top), Pane(self._top)
        self._doubts = Doubts(self._top, room=int(self.cget("width")) - theme.px(36), open_order=open_order)
        for pane in (self._done, self._drafts, self._history, self._doubts):
            pane.pack(side="top", fill="x")
        self._draw_done: Callable[[int], None] = _no_section
        self._draw_drafts: Callable[[int], None] = _no_section
        room.bind("<Configure>", lambda _event: self._fit())
        self._shown_history: tuple[tuple[Earlier, ...], int | None] = ((), 0)
        self._history_rows: list[Pane] = []
        self.show_history((), None)

    def toggle_reasons(self) -> None:
        """Open or close 为什么是这一天."""
        self._due.toggle()

    def show_due(self, due: DueWords | None) -> None:
        """The date."""
        self._due.show(due)

    def show_done(self, done: Done, words: str, tone: Tone, acts: Sequence[Act]) -> None:
        """刚受理: number, query code, where the slip lies."""

        def draw(brief: int) -> None:
            pane = emptied(self._done)
            SectionHead(pane, say("intake.done"), "" if brief else done.title).pack(fill="x")
            self._draw_number(pane, done)
            if brief == BRIEFEST:
                Pane(pane, height=theme.px(10)).pack(fill="x")
                return
            _draw_outcome(pane, words.partition("\n")[0] if brief else words, tone, at_most=2 if brief else 0)
            _draw_acts(pane, acts)

        self._draw_done = draw
        self._fit()

    def _draw_number(self, pane: Pane, done: Done) -> None:
        """Never cut: where it has no room in the large type it stands in a smaller one."""
        number = Pane(pane)
        number.pack(fill="x", pady=(theme.px(6), theme.px(2)))
        Sign(number, "check-circle-fill", pixels=18, ink=theme.GREEN).pack(side="left", padx=(0, theme.px(8)))
        room = int(self.cget("width")) - theme.px(36 + 18 + 8 + 6)
        fits = [font for font in (theme.TITLE, theme.HEAD, theme.BOLD) if theme.measure(font)(done.number) <= room]
        Words(number, done.number, font=fits[0] if fits else theme.SMALL_BOLD).pack(side="left")
        code = Pane(pane)
        code.pack(fill="x", pady=theme.px(2))
        Words(code, say("intake.query_code"), ink=theme.INK2).pack(side="left", padx=(0, theme.px(8)))
        Words(code, done.query_code, font=theme.BOLD).pack(side="left")

    def show_drafts(self, offers: Sequence[Offer], acts: Sequence[Act]) -> None:
        """草稿: the newest, and how many more."""

        def draw(brief: int) -> None:
            pane = emptied(self._drafts)
            if not offers:
                return
            count = say("intake.count", count=len(offers))
            head = SectionHead(pane, say("intake.drafts"), offers[0].words if brief else count)
            head.pack(fill="x")
            for act in () if brief else acts[2:]:
                ActButton(head.right, act, takes_focus=False).pack()
            if not brief:
                CutWords(pane, offers[0].words).pack(fill="x", pady=(theme.px(4), 0))
                Words(pane, say("intake.saved_at", time=offers[0].saved), font=theme.SMALL, ink=theme.INK2).pack(anchor="w")
            _draw_acts(pane, acts[:2])

        self._draw_drafts = draw
        self._fit()

    def show_repeats(self, lines: Sequence[RepeatLine], acts: Sequence[Act]) -> None:
        """可能重复, and what may be done about the likeliest."""
        if self._doubts.show_repeats(lines, acts):
            self._fit()

    def show_chosen(self, lines: Sequence[ChosenLine], act: Act) -> None:
        """What will be written together with the acceptance, and how it is taken back."""
        if self._doubts.show_chosen(lines, act):
            self._fit()

    def show_suggestion(self, words: SuggestionWords | None, adopt: Act | None) -> None:
        """建议."""
        if self._doubts.show_suggestion(words, adopt):
            self._fit()

    def show_history(self, earlier: Sequence[Earlier], total: int | None) -> None:
        """此人历史; `total` is None while there is no telephone to ask by."""
        if (tuple(earlier), total) == self._shown_history:
            return
        self._shown_history = (tuple(earlier), total)
        self._history_rows = []
        pane = emptied(self._history)
        head = SectionHead(pane, say("intake.history"), say("intake.count", count=total) if total else "")
        head.pack(fill="x", pady=(0, theme.px(2)))
        if not total:
            WrappedWords(pane, say("intake.no_phone" if total is None else "intake.no_history"), ink=theme.INK2).pack(fill="x")
        else:
            ActButton(head.right, self._all_history).pack()
            for line in earlier:
                self._history_row(pane, line)
        self._fit()

    def _fit(self) -> None:
        """As much of every section as there is room for, and no row by half."""
        room = self._room.winfo_height()
        for row in self._history_rows:
            row.pack(fill="x", pady=theme.px(4))
        for done_brief, drafts_brief, doubts_brief in _BRIEFER:
            self._draw_done(done_brief)
            self._draw_drafts(drafts_brief)
            self._doubts.draw(doubts_brief)
            self._top.update_idletasks()
            if room <= 1 or self._top.winfo_reqheight() <= room:
                return
        for row in reversed(self._history_rows):
            if self._top.winfo_reqheight() > room:
                row.pack_forget()
                self._top.update_idletasks()

    def _history_row(self, parent: Pane, line: Earlier) -> None:
        row = Pane(parent)
        self._history_rows.append(row)
        ink = theme.INKS[line.tone]
        Words(row, line.day, ink=theme.INK2).pack(side="left", padx=(0, theme.px(12)))
        Words(row, line.state, ink=ink).pack(side="right")
        Sign(row, line.icon, pixels=14, ink=ink).pack(side="right", padx=theme.px(8))
        title = CutWords(row, line.title)
        title.pack(side="left", fill="x", expand=True)
        title.bind("<Button-1>", lambda _event: self._open_order(line.number))


def _draw_outcome(pane: Pane, words: str, tone: Tone, *, at_most: int) -> None:
    line = Pane(pane)
    line.pack(fill="x", pady=theme.px(4))
    ink = theme.INKS[tone]
    Sign(line, _SIGN[tone], pixels=14, ink=ink).pack(side="left", anchor="n", padx=(theme.px(2), theme.px(8)), pady=theme.px(3))
    WrappedWords(line, words, ink=ink, at_most=at_most).pack(side="left", fill="x", expand=True)


def _draw_acts(pane: Pane, acts: Sequence[Act]) -> None:
    row = Pane(pane)
    row.pack(fill="x", pady=(theme.px(5), theme.px(14)))
    for act in acts:
        ActButton(row, act).pack(side="left", padx=(0, theme.px(8)))


def _no_section(_brief: int) -> None:
    """Nothing to say yet."""
