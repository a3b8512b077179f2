"""交接班 as it looks: the paper at the left as it will be printed, notes and earlier hand-overs at the right."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

from county_hotline.background import Lane
from county_hotline.ui import theme
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.handover.presenter import HandoverPresenter, HandoverTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.inputs import TextInput
from county_hotline.ui.widgets.notice import NoticeSlot
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.scroll_bar import ScrollBar
from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.forms.raster import Picture

SIDE, SIDE_LARGEST, WIDEST, MARGIN = 400, 330, 900, 16
STOP_S = 1.0


class HandoverView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.HandoverScreen`)."""

    presenter: HandoverPresenter

    def __init__(self, parent: tk.Misc, shell: Shell, drawing: Lane) -> None:
        super().__init__(parent, shell, say("handover.title"))
        self._drawing = drawing
        self._image: tk.PhotoImage | None = None
        self._state, self._width = "own", 0
        self._notice = NoticeSlot(self.frame)
        self._notice.pack(side="top", fill="x")
        self._told_notice = ""
        side = Pane(self.frame, ground=theme.SIDE, width=theme.px(SIDE_LARGEST if theme.size() is Size.LARGEST else SIDE))
        side.pack(side="right", fill="y", before=self._foot)
        self._build_side(side)
        ground = Pane(self.frame, ground=theme.RAIL)
        ground.pack(side="top", fill="both", expand=True)
        self._paper = tk.Canvas(ground, background=theme.RAIL, highlightthickness=2, highlightcolor=theme.BLUE, takefocus=True)
        self._paper.configure(highlightbackground=theme.RAIL, borderwidth=0)
        ScrollBar(ground, self._paper).pack(side="right", fill="y")
        self._paper.pack(side="left", fill="both", expand=True)
        self._paper.bind("<Configure>", lambda event: self._resized(event.width))
        for key, by, what in (("<Up>", -1, "units"), ("<Down>", 1, "units"), ("<Prior>", -1, "pages"), ("<Next>", 1, "pages")):
            self._paper.bind(key, lambda _event, by=by, what=what: self._scroll(by, what))  # type: ignore[misc]
        self._paper.bind("<Button-4>", lambda _event: self._scroll(-2, "units"))
        self._paper.bind("<Button-5>", lambda _event: self._scroll(2, "units"))
        self._paper.bind("<MouseWheel>", lambda event: self._scroll(-2 if event.delta > 0 else 2, "units"))

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front: as the station is now."""
        del argument
        self._is_front = True
        self._use_acts()
        self.presenter.shown()
        self._notes.take_focus()

    def hidden(self) -> None:
        """Behind another page."""
        super().hidden()
        self.presenter.hidden()

    def close(self) -> None:
        """No answer, no drawing any more."""
        super().close()
        self._drawing.stop(STOP_S)

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show(self, told: HandoverTold) -> None:
        """See `HandoverScreen`."""
        self._head.say(beside=told.beside)
        self._left.say(told.left, ink=theme.RED if told.is_too_long else theme.INK2)
        if told.state != self._state:
            self._state = told.state
            self._use_acts()
        if told.notice != self._told_notice:
            self._told_notice = told.notice
            if told.notice:
                words = say("handover.waiting_words") if told.state == "take" else ""
                self._notice.show(told.notice, words, tone=Tone.BLUE if told.state == "take" else Tone.QUIET)
            else:
                self._notice.clear()
        rows = [ListRow("0", (Cell(say("handover.now"), Tone.PLAIN, "pencil-square"),))]
        rows += [
            ListRow(str(each.shift), (Cell(each.words, Tone.AMBER if each.is_open else Tone.PLAIN, "hourglass-split" if each.is_open else "check-circle"),))
            for each in told.kept
        ]  # fmt: skip
        self._kept.show(rows, keep=str(told.shown_shift))

    def show_notes(self, notes: str) -> None:
        """See `HandoverScreen`."""
        self._notes.show(notes)

    def show_preview(self, picture: Picture) -> None:
        """See `HandoverScreen`."""
        top = self._paper.yview()[0]
        self._image = tk.PhotoImage(master=self._paper, data=picture.png)
        self._paper.delete("all")
        x = max(theme.px(MARGIN), (self._paper.winfo_width() - picture.width) // 2)
        self._paper.create_image(x, theme.px(MARGIN), image=self._image, anchor="nw")
        self._paper.configure(
            scrollregion=(0, 0, x + picture.width, picture.height + 2 * theme.px(MARGIN)), yscrollincrement=theme.px(40)
        )
        self._paper.yview_moveto(top)

    def preview_width(self) -> int:
        """See `HandoverScreen`."""
        room = self._paper.winfo_width() - 2 * theme.px(MARGIN)
        return min(room, theme.px(WIDEST)) if room > 100 else 0

    def notes(self) -> str:
        """See `HandoverScreen`."""
        return self._notes.value()

    def say_done(self, head: str, words: str) -> None:
        """See `HandoverScreen`."""
        self._shell.tell(head, words, tone=Tone.GREEN)

    def say_printed(self, path: str, missing: int) -> None:
        """See `HandoverScreen`."""
        words = say("handover.saved", path=path)
        if missing:
            words += " ・ " + say("handover.missing", count=missing)
        self._shell.murmur(words, Tone.AMBER if missing else Tone.GREEN)

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _use_acts(self) -> None:
        turn = Act("handover.turn", self._turn, "<Control-Key-h>", "Ctrl+H")
        back = Act("today.title", lambda: self._shell.go("today"), "<Escape>", "Esc")
        main = {
            "own": Act(
                "handover.hand_over_print", lambda: self.presenter.do(paper=True), "<F9>", "F9", "printer", ActKind.MAIN
            ),
            "take": Act(
                "handover.take_over", lambda: self.presenter.do(paper=False), "<F9>", "F9", "check2-circle", ActKind.MAIN
            ),
            "kept": Act("handover.print", lambda: self.presenter.do(paper=True), "<F9>", "F9", "printer", ActKind.MAIN),
        }[self._state]
        more = {
            "own": (Act("handover.hand_over", lambda: self.presenter.do(paper=False), "<Control-Key-j>", "Ctrl+J"),),
            "take": (Act("handover.print", self.presenter.print, "<Control-Key-p>", "Ctrl+P"),),
            "kept": (),
        }[self._state]
        acts = (main, *more, turn, back)
        self._foot.show(acts)
        self._shell.use_acts(acts)

    def _turn(self) -> None:
        self.presenter.turn()

    def _choose(self, key: str) -> None:
        if key:
            self.presenter.choose(int(key))

    def _scroll(self, by: int, what: str) -> str:
        self._paper.yview_scroll(by, what)  # type: ignore[call-overload]
        return "break"

    def _resized(self, width: int) -> None:
        if abs(width - self._width) > theme.px(8):
            self._width = width
            self.presenter.redraw()

    def _build_side(self, side: Pane) -> None:
        pad = theme.px(18)
        SectionHead(side, say("handover.notes")).pack(side="top", fill="x", padx=pad, pady=(theme.px(14), theme.px(6)))
        self._notes = TextInput(side, lines=7, hint=say("handover.notes_hint"))
        self._notes.pack(side="top", fill="x", padx=pad)
        self._notes.on_change(lambda: self.presenter.typed())  # noqa: PLW0108 - the presenter comes after the view
        self._left = Words(side, font=theme.SMALL, ink=theme.INK2)
        self._left.pack(side="top", anchor="e", padx=pad, pady=(theme.px(4), 0))
        SectionHead(side, say("handover.kept")).pack(side="top", fill="x", padx=pad, pady=(theme.px(16), theme.px(6)))
        self._kept = RowList(side, [Column(say("handover.kept_column"), 0)], on_choose=self._choose, on_open=self._choose)
        self._kept.explain_empty("clock-history", say("handover.kept_none"), "")
        self._kept.pack(side="top", fill="both", expand=True, padx=theme.px(8))
