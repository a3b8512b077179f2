"""对照 as it looks: the field at the left, then what both last agreed on, this side and the other, each with who, when and why."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.domain.comparing import Side
from county_hotline.ui import theme
from county_hotline.ui.screens.clash.presenter import ClashPresenter
from county_hotline.ui.screens.clash.telling import CellTold, ClashTold, HeadTold, RowTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind, ActRow
from county_hotline.ui.widgets.basic import Hairline, Pane, Sign, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.wrapped import CutWords, WrappedWords
from county_hotline.wording import say

LABELS = 136
BAR = 3
LINES = 3
"""Of a long value; the line that has the keyboard shows all of it."""


class ClashView:
    """The page (`shell.Page`) and what its presenter sees (`presenter.ClashScreen`)."""

    presenter: ClashPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self._is_open, self._is_front = True, False
        self._told: ClashTold | None = None
        self.frame = Pane(parent, ground=theme.SHEET)
        self._foot = ActRow(self.frame, ())
        self._foot.pack(side="bottom", fill="x")
        self._build_head()
        intro = Pane(self.frame)
        intro.pack(side="top", fill="x", padx=theme.px(22), pady=(0, theme.px(8)))
        self._number = Words(intro, font=theme.BOLD, ink=theme.INK2)
        self._number.pack(side="left", padx=(0, theme.px(16)))
        self._intro = CutWords(intro, ink=theme.INK2)
        self._intro.pack(side="left", fill="x", expand=True)
        self._heads = Pane(self.frame, ground=theme.SIDE)
        self._heads.pack(side="top", fill="x", padx=theme.px(20))
        self._build_note()
        self._body = FlowPane(self.frame)
        self._body.pack(side="top", fill="both", expand=True, padx=(theme.px(20) - theme.px(BAR), theme.px(12)))
        self._table = Pane(self._body.body)
        self._table.configure(takefocus=True)
        self._table.pack(fill="x")
        self._bind()

    def _build_head(self) -> None:
        head = Pane(self.frame)
        head.pack(side="top", fill="x", padx=(theme.px(16), theme.px(20)), pady=theme.px(9))
        back = Act("clash.back", self.go_back, shown="Esc", icon="chevron-left", kind=ActKind.LINK)
        ActButton(head, back, takes_focus=False).pack(side="left")
        self._place = Words(head, ink=theme.INK2)
        self._place.pack(side="right")
        self._title = CutWords(head, say("clash.title"), font=theme.TITLE)
        self._title.pack(side="left", fill="x", expand=True, padx=theme.px(8))

    def _build_note(self) -> None:
        note = Pane(self.frame)
        note.pack(side="bottom", fill="x", padx=theme.px(22), pady=theme.px(8))
        self._why = Pane(note)
        self._why.pack(side="right")
        Words(self._why, say("clash.reason"), ink=theme.INK2).pack(side="left", padx=theme.px(8))
        self._reason = LineInput(self._why, width=theme.px(300), hint=say("clash.reason.hint"))
        self._reason.pack(side="left")
        self._reason.bind("<Return>", lambda _event: self._table.focus_set())
        Sign(note, "info-circle", pixels=16).pack(side="left", padx=(0, theme.px(10)))
        self._hint = CutWords(note, ink=theme.INK2)
        self._hint.pack(side="left", fill="x", expand=True)

    def _bind(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "<Up>": lambda: self.presenter.move(-1),
            "<Down>": lambda: self.presenter.move(1),
            "<Left>": lambda: self.presenter.choose(Side.ONE),
            "<Right>": lambda: self.presenter.choose(Side.OTHER),
            "<space>": self._write_anew,
            "<Prior>": lambda: self._body.scroll_page(-1),
            "<Next>": lambda: self._body.scroll_page(1),
        }
        for key, do in keys.items():
            self._table.bind(key, lambda _event, do=do: do())  # type: ignore[misc]

    def _write_anew(self) -> None:
        self.presenter.write_anew()

    # -- the page ---------------------------------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._is_open

    def shown(self, argument: str) -> None:
        """In front, with an order's number or as it was."""
        self._is_front = True
        self._show_acts()
        self.presenter.shown(argument)
        self._table.focus_set()

    def hidden(self) -> None:
        """Behind another page."""
        self._is_front = False

    def close(self) -> None:
        """No answer and no news any more."""
        self._is_open = False
        self.presenter.close()

    def _acts(self) -> list[Act]:
        presenter, told = self.presenter, self._told
        acts = []
        if told is not None and told.may_settle:
            key = "clash.settle" if any(row.is_choice for row in told.rows) else "clash.seen"
            acts.append(Act(key, presenter.settle, "<F9>", "F9", icon="check-lg", kind=ActKind.MAIN))
            if any(row.is_choice for row in told.rows):
                for at, (side, name) in enumerate(zip(Side, told.sides, strict=True), start=1):
                    acts.append(
                        Act(
                            "clash.all",
                            lambda side=side: presenter.choose_all(side),  # type: ignore[misc]
                            f"<Alt-Key-{at}>",
                            f"Alt+{at}",
                            details={"who": name},
                        )
                    )
        if told is not None and told.may_ask_centre:
            acts.append(Act("clash.ask_centre", presenter.ask_centre))
        if told is not None:
            acts.append(Act("clash.put_off", presenter.put_off))
            acts.append(Act("clash.open", lambda: self._shell.go("order", told.number)))
        acts.append(Act("clash.back", self.go_back, "<Escape>", "Esc"))
        return acts

    def _show_acts(self) -> None:
        acts = self._acts()
        if self._is_front:
            self._shell.use_acts(acts)
        self._foot.show([act for act in acts if act.shown != "Esc"])

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def is_seen(self) -> bool:
        """See `ClashScreen`."""
        return self._is_front

    def show(self, told: ClashTold, *, at: str) -> None:
        """See `ClashScreen`."""
        before, self._told = self._told, told
        self._title.say(say("clash.title_of", title=told.title))
        self._place.say(told.place)
        self._number.say(told.number)
        self._intro.say(told.words)
        self._hint.say(told.hint)
        if told.may_settle:
            self._why.pack(side="right")
        else:
            self._why.pack_forget()
        if before is None or (before.number, before.heads) != (told.number, told.heads):
            self._draw_heads(told.heads)
        for child in self._table.winfo_children():
            child.destroy()
        current = None
        for row in told.rows:
            drawn = self._row(row, is_current=row.key == at)
            current = drawn if row.key == at else current
        self._body.adopt()
        if current is not None:
            self._body.update_idletasks()
            self._body.see(current)
        if before is None or _foot_of(before) != _foot_of(told):
            self._show_acts()
        tone = Tone.GREEN if told.is_ready and told.may_settle else Tone.AMBER
        self._foot.say(told.foot, ink=theme.INKS[tone])
        if self._is_front and self._shell_focus_is_free():
            self._table.focus_set()

    def show_nothing(self) -> None:
        """See `ClashScreen`."""
        self._told = None
        self._title.say(say("clash.title"))
        for words in (self._place, self._number, self._hint):
            words.say("")
        self._intro.say(say("clash.nothing"))
        for pane in (self._heads, self._table):
            for child in pane.winfo_children():
                child.destroy()
        self._show_acts()
        self._foot.say("")

    def write(self, key: str, label: str, before: str) -> None:
        """See `ClashScreen`."""
        row = Pane(self._table, ground=theme.AMBER_WASH)
        below = next((each for each in self._table.winfo_children() if getattr(each, "key", "") == key), None)
        row.pack(fill="x", after=below)
        Words(row, say("clash.anew.label", field=label), font=theme.BOLD).pack(side="left", padx=theme.px(10), pady=theme.px(6))
        Words(row, say("clash.anew.keys"), font=theme.SMALL, ink=theme.INK2).pack(side="right", padx=theme.px(10))
        entry = LineInput(row)
        entry.pack(side="left", fill="x", expand=True, pady=theme.px(6))
        entry.show(before)
        entry.bind("<Return>", lambda _event: self._written(key, entry.value()))
        entry.bind("<Escape>", lambda _event: self._written(key, ""))
        self._body.adopt()
        entry.take_focus()
        entry.selection_range(0, "end")

    def _written(self, key: str, text: str) -> str:
        self._table.focus_set()
        self.presenter.written(key, text)
        return "break"

    def settled(self) -> None:
        """See `ClashScreen`."""
        self._shell.murmur(say("clash.settled"), Tone.GREEN)

    def left(self) -> None:
        """See `ClashScreen`."""
        self._shell.murmur(say("clash.left"), Tone.QUIET)

    def go_back(self) -> None:
        """See `ClashScreen`."""
        self._shell.hush()
        self._shell.back()

    def reason(self) -> str:
        """See `ClashScreen`."""
        words = self._reason.value()
        self._reason.show("")
        return words

    def fail(self, fault: Exception) -> None:
        """See `ClashScreen`."""
        self._shell.fail(fault)

    # -- drawing ----------------------------------------------------------------------------------------------------

    def _shell_focus_is_free(self) -> bool:
        return self.frame.focus_get() in (None, self.frame.winfo_toplevel(), self._table)

    def _draw_heads(self, heads: tuple[HeadTold, HeadTold, HeadTold]) -> None:
        for child in self._heads.winfo_children():
            child.destroy()
        _columns(self._heads)
        for at, head in enumerate(heads, start=1):
            cell = Pane(self._heads)
            cell.grid(row=0, column=at, sticky="new", pady=theme.px(6), padx=(theme.px(8), theme.px(8)))
            CutWords(cell, head.name, font=theme.BOLD).pack(fill="x")
            for words in (head.when, head.note):
                CutWords(cell, words, font=theme.SMALL, ink=theme.INK2).pack(fill="x")

    def _row(self, told: RowTold, *, is_current: bool) -> Pane:
        waits = told.is_choice and told.mark.tone == Tone.AMBER.value
        ground = theme.AMBER_WASH if waits else theme.SHEET
        row = _Row(self._table, told.key, ground)
        row.pack(fill="x")
        _columns(row)
        tk.Frame(row, background=theme.BLUE if is_current else ground, width=theme.px(BAR)).place(x=0, y=0, relheight=1)
        label = Pane(row)
        label.grid(row=0, column=0, sticky="new", padx=(theme.px(10), 0), pady=theme.px(7))
        WrappedWords(label, told.label, font=theme.BOLD).pack(fill="x")
        mark = Pane(label)
        mark.pack(fill="x")
        ink = theme.INKS[Tone(told.mark.tone)]
        if told.mark.icon:
            Sign(mark, told.mark.icon, pixels=12, ink=ink).pack(side="left", padx=(0, theme.px(6)))
        Words(mark, told.mark.words, font=theme.SMALL, ink=ink).pack(side="left")
        lines = 0 if is_current else LINES
        self._cell(row, told, (1, lines), told.before, None)
        self._cell(row, told, (2, lines), told.one, Side.ONE)
        self._cell(row, told, (3, lines), told.other, Side.OTHER)
        if told.anew:
            anew = Pane(row, ground=theme.CHOSEN)
            anew.grid(row=1, column=1, columnspan=3, sticky="ew")
            Sign(anew, "pencil", pixels=14, ink=theme.BLUE).pack(side="left", padx=theme.px(8), pady=theme.px(5))
            WrappedWords(anew, say("clash.anew.value", value=told.anew), font=theme.BOLD, at_most=LINES).pack(
                side="left", fill="x", expand=True
            )
        if told.is_choice:
            self._clickable(row, lambda: self.presenter.stand_at(told.key))
        Hairline(self._table).pack(fill="x")
        return row

    def _cell(self, row: Pane, told: RowTold, place: tuple[int, int], cell: CellTold, side: Side | None) -> None:
        """`place`: its column, and how many lines it may take (0: all)."""
        box = Pane(row, ground=theme.CHOSEN if cell.is_chosen else "")
        box.grid(row=0, column=place[0], sticky="nsew")
        if told.is_choice and side is not None:
            icon = "record-circle-fill" if cell.is_chosen else "circle"
            ink = theme.BLUE if cell.is_chosen else theme.INK2
            Sign(box, icon, pixels=16, ink=ink).pack(
                side="left", anchor="n", padx=(theme.px(8), theme.px(6)), pady=theme.px(10)
            )
        body = Pane(box)
        body.pack(side="left", fill="both", expand=True, padx=(0 if told.is_choice and side else theme.px(8), theme.px(8)))
        font = theme.BOLD if cell.is_changed else theme.BODY
        ink = theme.INK if side is not None else theme.INK2
        WrappedWords(body, cell.words, font=font, ink=ink, at_most=place[1]).pack(fill="x", pady=(theme.px(7), 0))
        if cell.note:
            WrappedWords(body, cell.note, font=theme.SMALL, ink=theme.INK2, at_most=2).pack(fill="x", pady=(0, theme.px(5)))
        if told.is_choice and side is not None:
            self._clickable(box, lambda: self.presenter.choose(side, told.key))

    def _clickable(self, widget: tk.Misc, do: Callable[[], None]) -> None:
        def pressed(_event: tk.Event[tk.Misc]) -> str:
            self._table.focus_set()
            do()
            return "break"

        stack: list[tk.Misc] = [widget]
        while stack:
            each = stack.pop()
            if not each.bind("<Button-1>"):
                each.bind("<Button-1>", pressed)
            stack.extend(each.winfo_children())


class _Row(Pane):
    """One line of the table, by its key."""

    def __init__(self, parent: tk.Misc, key: str, ground: str) -> None:
        super().__init__(parent, ground=ground)
        self.key = key


def _columns(pane: Pane) -> None:
    pane.columnconfigure(0, minsize=theme.px(LABELS))
    for column in (1, 2, 3):
        pane.columnconfigure(column, weight=1, uniform="sides")


def _foot_of(told: ClashTold) -> tuple[object, ...]:
    return told.number, told.sides, told.may_settle, told.may_ask_centre, any(row.is_choice for row in told.rows)
