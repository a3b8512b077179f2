"""待办 as it looks: groups by urgency at the left, the day's figures and the chosen line at the right, F9 for the next step."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.today.presenter import TodayPresenter
from county_hotline.ui.screens.today.telling import LineTold, TodayTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.deeds import SETTLING
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Hairline, Pane, Words
from county_hotline.ui.widgets.inputs import Choice
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.list_drawing import NamedColumns, marked, with_room
from county_hotline.ui.widgets.notice import NoticeSlot
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

WIDE = 1500
SIDE = 292
COLUMNS = (("state", 112), ("number", 116), ("title", 0), ("agency", 116), ("left", 104), ("step", 90))
GIVEN_UP = ("agency", "number")
"""What stands at the right too, and makes room for the title where there is little."""
TITLE_AT_LEAST = 210
FIGURES = 72


class TodayView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.TodayScreen`)."""

    presenter: TodayPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, say("today.title"))
        self._line: LineTold | None = None
        self._counted = (0, 0)
        self._side = Pane(self.frame, ground=theme.SIDE, width=theme.px(SIDE))
        self._side.pack(side="right", fill="y", before=self._foot)  # as high as the page
        self._foot.show(self._acts())
        self._notice = NoticeSlot(self.frame)
        self._notice.pack(side="top", fill="x")
        self._to_recompute = ""
        self._whose: Segments | None = None
        self._columns: NamedColumns = COLUMNS
        self._rows: tuple[LineTold, ...] = ()
        self._place = Words(self.frame, font=theme.SMALL, ink=theme.INK2)
        self._place.pack(side="bottom", anchor="w", padx=theme.px(22), pady=theme.px(5))
        self._list = RowList(
            self.frame,
            [Column(say(f"today.column.{name}"), width) for name, width in COLUMNS],
            on_choose=self._chosen,
            on_open=lambda _key: self._open_chosen(),
        )
        self._list.pack(side="top", fill="both", expand=True, padx=(theme.px(10), theme.px(8)))
        self._build_side()
        self.frame.bind("<Configure>", lambda event: self._fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front: keys, keyboard to the list, the list anew."""
        del argument
        self._is_front = True
        self._shell.use_acts((*self._acts(), Act("today.turn", self.presenter.turn, "<Control-Key-m>")))
        self.presenter.shown()
        self._list.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show(self, told: TodayTold, *, mine: bool, keep: str) -> None:
        """See `TodayScreen`."""
        self._head.say(beside=told.beside)
        self._say_recompute(told.to_recompute)
        self._show_whose(told, mine=mine)
        self._rows = tuple(told.lines)
        head, words = ("head_mine", "words_mine") if mine else ("head", "words")
        self._list.explain_empty("check2-circle", say(f"today.empty.{head}"), say(f"today.empty.{words}"))
        self._draw(keep)
        self._done.show([KeyValue(label, figure, bold=True) for label, figure in told.done])
        self._say_place()

    def show_chosen(self, line: LineTold | None) -> None:
        """See `TodayScreen`."""
        self._line = line
        self._foot.show(self._acts())
        self._foot.say(say("today.f9") if line else "")
        if line is None:
            self._chosen_head.pack_forget()
            self._chosen_lines.show([])
            return
        self._chosen_head.pack(fill="x", padx=theme.px(18), pady=(theme.px(22), theme.px(6)), before=self._chosen_lines)
        told = (
            ("number", line.number),
            ("title", line.title.words),
            ("agency", line.agency),
            ("due", line.due),
            ("step", line.step),
        )
        self._chosen_lines.show([KeyValue(say(f"today.line.{name}"), words) for name, words in told if words])

    def open(self, number: str, act: str) -> None:
        """See `TodayScreen`."""
        if act in SETTLING:
            self._shell.go("clash", number)
        else:
            self._shell.go("order", f"{number} {act}".strip())

    def _say_recompute(self, words: str) -> None:
        if words == self._to_recompute:
            return
        self._to_recompute = words
        if words:
            act = Act("today.recompute.go", lambda: self._shell.go("packs", "calendar"), kind=ActKind.ACT)
            self._notice.show(words, say("today.recompute.words"), tone=Tone.AMBER, icon="calculator", acts=(act,))
        else:
            self._notice.clear()

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_side(self) -> None:
        Hairline(self._side, upright=True).pack(side="left", fill="y")
        SectionHead(self._side, say("today.today")).pack(fill="x", padx=theme.px(18), pady=(theme.px(12), theme.px(6)))
        pitch = 1 if theme.size() is Size.LARGEST else 4
        self._done = KeyValues(self._side, column=FIGURES, pitch=pitch)
        self._done.pack(fill="x", padx=theme.px(18))
        self._chosen_head = SectionHead(self._side, say("today.chosen"))
        self._chosen_lines = KeyValues(self._side, column=FIGURES, pitch=pitch, at_most=3)
        self._chosen_lines.pack(fill="x", padx=theme.px(18))

    def _acts(self) -> list[Act]:
        step = self._line.step if self._line else say("today.open")
        return [
            Act(
                "today.do_next",
                self._do_next,
                "<F9>",
                "F9",
                "",
                ActKind.MAIN,
                {"step": step},
            ),
            Act("today.open", self._open_chosen, shown=say("register.enter")),
            Act("today.hand_over", lambda: self._shell.go("handover"), "<Control-Key-j>", "Ctrl+J", "people"),
        ]

    def _show_whose(self, told: TodayTold, *, mine: bool) -> None:
        if self._whose is None or self._counted != (told.mine, told.whole):
            if self._whose is not None:
                self._whose.destroy()
            choices = [
                Choice("mine", say("today.mine", count=told.mine)),
                Choice("whole", say("today.whole", count=told.whole)),
            ]
            self._whose = Segments(
                self._head.right, choices, on_choose=lambda value: self.presenter.only_mine(yes=value == "mine")
            )
            self._whose.pack(side="right")
            self._counted = (told.mine, told.whole)
        self._whose.show("mine" if mine else "whole")

    def _do_next(self) -> None:
        self.presenter.do_next()

    def _open_chosen(self) -> None:
        self.presenter.open_chosen()

    def _chosen(self, key: str) -> None:
        self.presenter.choose(key)
        self._say_place()

    def _say_place(self) -> None:
        at, total = self._list.standing
        self._place.say(say("today.place", at=at, total=total) if total else "")

    def _fit(self, width: int) -> None:
        side = theme.px(400) if width > WIDE else min(theme.px(SIDE), round(width * 0.24))
        self._side.configure(width=side)
        columns = with_room(COLUMNS, GIVEN_UP, room=width - side - theme.px(18), at_least=TITLE_AT_LEAST)
        if columns != self._columns:
            self._columns = columns
            self._list.columns([Column(say(f"today.column.{name}"), each) for name, each in columns])
            self._draw(self._list.chosen)

    def _draw(self, keep: str) -> None:
        self._list.show([_row(line, self._columns) for line in self._rows], keep=keep)


def _row(line: LineTold, columns: NamedColumns) -> ListRow:
    if not line.number:
        return ListRow(line.key, (Cell(line.words, bold=True),), is_heading=True)
    cells = {
        "state": marked(line.state),
        "number": Cell(line.short, Tone.QUIET),
        "title": marked(line.title),
        "agency": Cell(line.agency, Tone.QUIET),
        "left": marked(line.left),
        "step": Cell(line.step, Tone.BLUE),
    }
    return ListRow(line.key, tuple(cells[name] for name, _width in columns))
