"""A list drawn on a canvas: only the rows in sight exist. Two signs a row, colour and weight by cell, keys, tooltip, empty state."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from county_hotline.ui import theme
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.notice import Nothing
from county_hotline.ui.widgets.tooltip import Tooltip
from county_hotline.ui.widgets.wrapping import cut

INSET = 10
BAR = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` in pixels of the 标准 size; 0 shares what is left. Only columns that share, and that say so, are ever cut."""

    head: str
    width: int = 0
    is_cut: bool = False
    sign: str = ""
    """After the head: which way it is sorted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a column: words with an optional sign before them."""

    words: str
    tone: Tone = Tone.PLAIN
    icon: str = ""
    bold: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    """What was looked for in the words: from where to where; washed and underlined."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row; `key` is what it stands for. A heading has one cell that goes across, and is never chosen."""

    key: str
    cells: tuple[Cell, ...]
    is_heading: bool = False


class RowList(Pane):
    """`show(rows, total)` fills it, `add(rows)` goes on; `more()` is asked for when the end of what is here comes near."""

    def __init__(
        self,
        parent: tk.Misc,
        columns: Sequence[Column],
        *,
        on_choose: Callable[[str], None] = lambda _key: None,
        on_open: Callable[[str], None] = lambda _key: None,
        more: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._on_choose, self._on_open, self._more = on_choose, on_open, more
        self._rows: list[ListRow] = []
        self._total = 0
        self._top = 0
        self._at = -1
        self._asked_at = -1
        self._cut: dict[tuple[int, int], str] = {}
        self._tip = Tooltip(self)
        self._canvas = tk.Canvas(self, background=theme.SHEET, highlightthickness=0, borderwidth=0, takefocus=True)
        self._canvas.pack(fill="both", expand=True)
        self._empty: Pane | None = None
        self._bind()

    # -- what pages use ---------------------------------------------------------------------------------------------

    def show(self, rows: Sequence[ListRow], total: int | None = None, *, keep: str = "") -> None:
        """Other rows; the row `keep` stays chosen when it is among them, else the first is."""
        self._rows = list(rows)
        self._total = len(self._rows) if total is None else total
        self._asked_at = -1
        before = self._at
        first = next((at for at, row in enumerate(self._rows) if not row.is_heading), -1)
        self._at = next((at for at, row in enumerate(self._rows) if row.key == keep and not row.is_heading), first)
        if not keep or before < 0:
            self._top = 0
        self._see()
        self._draw()

    def add(self, rows: Sequence[ListRow]) -> None:
        """The rows that follow."""
        self._rows.extend(rows)
        self._draw()

    def columns(self, columns: Sequence[Column]) -> None:
        """Other columns (wide and narrow windows differ)."""
        self._columns = tuple(columns)
        self._draw()

    def explain_empty(self, icon: str, head: str, words: str, acts: Sequence[Act] = ()) -> None:
        """What stands in the middle while there is no row: what would be here and what to do."""
        if self._empty is not None:
            self._empty.destroy()
        self._empty = Nothing(self._canvas, icon, head, words, acts)
        self._draw()

    @property
    def chosen(self) -> str:
        """The key of the chosen row, or empty."""
        return self._rows[self._at].key if 0 <= self._at < len(self._rows) else ""

    @property
    def standing(self) -> tuple[int, int]:
        """第几 of 几: place of the chosen row (from 1) and the total; headings are not counted."""
        above = sum(row.is_heading for row in self._rows[: self._at + 1])
        return self._at + 1 - above, self._total - sum(row.is_heading for row in self._rows)

    @property
    def rows_in_sight(self) -> int:
        """How many whole rows fit."""
        return max(1, (self._canvas.winfo_height() - self._head_height) // self._row_height)

    def choose(self, key: str) -> None:
        """Choose a row by its key."""
        for at, row in enumerate(self._rows):
            if row.key == key and not row.is_heading:
                self._go(at)

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self._canvas.focus_set()

    def on_key(self, key: str, do: Callable[[], None]) -> None:
        """`do()` when this key is pressed in the list."""

        def pressed(_event: object) -> str:
            do()
            return "break"

        self._canvas.bind(key, pressed)

    # -- keys and mouse ---------------------------------------------------------------------------------------------

    def _bind(self) -> None:
        canvas = self._canvas
        steps: dict[str, Callable[[], int]] = {
            "<Up>": lambda: self._at - 1,
            "<Down>": lambda: self._at + 1,
            "<Prior>": lambda: self._at - self.rows_in_sight,
            "<Next>": lambda: self._at + self.rows_in_sight,
            "<Home>": lambda: 0,
            "<End>": lambda: len(self._rows) - 1,
        }
        for key, aim in steps.items():
            canvas.bind(key, lambda _event, aim=aim: self._key(aim()))  # type: ignore[misc]
        canvas.bind("<Return>", lambda _event: self._open())
        canvas.bind("<KP_Enter>", lambda _event: self._open())
        canvas.bind("<Button-1>", self._pressed)
        canvas.bind("<B1-Motion>", self._dragged)
        canvas.bind("<Double-Button-1>", lambda _event: self._open())
        canvas.bind("<Button-4>", lambda _event: self._scroll(-3))
        canvas.bind("<Button-5>", lambda _event: self._scroll(3))
        canvas.bind("<MouseWheel>", lambda event: self._scroll(-3 if event.delta > 0 else 3))
        canvas.bind("<Motion>", self._hover)
        canvas.bind("<Leave>", lambda _event: self._tip.hide())
        canvas.bind("<Configure>", lambda _event: self._resized())
        canvas.bind("<FocusIn>", lambda _event: self._draw())
        canvas.bind("<FocusOut>", lambda _event: self._draw())
        canvas.bind("<Unmap>", lambda _event: self._tip.hide())

    def _key(self, aim: int) -> str:
        self._go(aim)
        return "break"

    def _go(self, aim: int) -> None:
        if not self._rows:
            return
        aim = self._beside_headings(min(max(aim, 0), len(self._rows) - 1))
        changed = aim != self._at
        self._at = aim
        self._see()
        self._draw()
        self._tip_for_chosen()
        if changed:
            self._on_choose(self.chosen)

    def _beside_headings(self, aim: int) -> int:
        """The row meant: past a heading in the direction of the step; where none follows, the nearest on the other side."""
        step = 1 if aim >= self._at else -1
        for by in (step, -step):
            at = aim
            while 0 <= at < len(self._rows) and self._rows[at].is_heading:
                at += by
            if 0 <= at < len(self._rows):
                return at
        return self._at

    def _open(self) -> str:
        if self.chosen:
            self._on_open(self.chosen)
        return "break"

    def _pressed(self, event: tk.Event[tk.Canvas]) -> None:
        self._canvas.focus_set()
        if event.x >= self._canvas.winfo_width() - theme.px(BAR) - 2 and self._total > self.rows_in_sight:
            self._dragged(event)
        elif event.y > self._head_height:
            at = self._top + (event.y - self._head_height) // self._row_height
            if at < len(self._rows):
                self._go(at)

    def _dragged(self, event: tk.Event[tk.Canvas]) -> None:
        if event.x < self._canvas.winfo_width() - theme.px(BAR) * 3:
            return
        share = (event.y - self._head_height) / max(1, self._canvas.winfo_height() - self._head_height)
        self._top = self._clamped(round(share * self._total))
        self._draw()

    def _scroll(self, by: int) -> None:
        self._tip.hide()
        self._top = self._clamped(self._top + by)
        self._draw()

    def _hover(self, event: tk.Event[tk.Canvas]) -> None:
        row = self._top + (event.y - self._head_height) // self._row_height
        column = next((c for c, (left, width) in enumerate(self._spans()) if left <= event.x < left + width), -1)
        words = self._cut.get((row, column))
        if event.y > self._head_height and words:
            self._tip.show(words, event.x_root, event.y_root)
        else:
            self._tip.hide()

    def _tip_for_chosen(self) -> None:
        """The keyboard has no pointer: a cut title of the chosen row shows below it."""
        self._tip.hide()
        hit = next((key for key in self._cut if key[0] == self._at), None)
        if hit is not None and self._canvas.focus_get() is self._canvas:
            left, _width = self._spans()[hit[1]]
            y = self._head_height + (self._at - self._top + 1) * self._row_height
            self._tip.show(self._cut[hit], self._canvas.winfo_rootx() + left - 12, self._canvas.winfo_rooty() + y - 16)

    # -- drawing ----------------------------------------------------------------------------------------------------

    @property
    def _head_height(self) -> int:
        return max(theme.px(32), theme.line_height(theme.SMALL) + theme.px(12))

    @property
    def _row_height(self) -> int:
        return max(theme.px(34), theme.line_height(theme.BODY) + theme.px(12))

    def _resized(self) -> None:
        self._see()
        self._draw()

    def _see(self) -> None:
        if self._at >= 0:
            first = self._at
            while first > 0 and self._rows[first - 1].is_heading:
                first -= 1  # the heading of the first row of a group is seen with it
            self._top = min(max(self._top, self._at - self.rows_in_sight + 1), first)
        self._top = self._clamped(self._top)

    def _clamped(self, top: int) -> int:
        return max(0, min(top, len(self._rows) - self.rows_in_sight))

    def _spans(self) -> list[tuple[int, int]]:
        """Left edge and width of each column."""
        room = self._canvas.winfo_width() - theme.px(BAR)
        fixed = sum(theme.px(column.width) for column in self._columns)
        flexible = max(1, sum(1 for column in self._columns if not column.width))
        each = max(theme.px(60), (room - fixed) // flexible)
        spans, left = [], 0
        for column in self._columns:
            width = theme.px(column.width) if column.width else each
            spans.append((left, width))
            left += width
        return spans

    def _draw(self) -> None:
        canvas = self._canvas
        if canvas.winfo_width() <= 1:
            return
        canvas.delete("all")
        self._cut.clear()
        self._draw_head()
        if not self._rows:
            if self._empty is not None:
                canvas.create_window(canvas.winfo_width() // 2, canvas.winfo_height() // 2, window=self._empty)
            return
        spans = self._spans()
        bottom = min(self._top + self.rows_in_sight, len(self._rows))
        for at in range(self._top, bottom):
            self._draw_row(at, spans)
        self._draw_bar()
        if bottom + self.rows_in_sight >= len(self._rows) < self._total and self._asked_at != len(self._rows):
            self._asked_at = len(self._rows)
            self._more()

    def _draw_head(self) -> None:
        canvas, height = self._canvas, self._head_height
        canvas.create_rectangle(0, 0, canvas.winfo_width(), height, fill=theme.SIDE, width=0)
        for column, (left, _width) in zip(self._columns, self._spans(), strict=True):
            x = left + theme.px(INSET)
            ink = theme.BLUE if column.sign else theme.INK2
            canvas.create_text(x, height // 2, text=column.head, anchor="w", font=theme.SMALL_BOLD, fill=ink)
            if column.sign:
                x += theme.measure(theme.SMALL_BOLD)(column.head) + theme.px(4)
                canvas.create_image(x, height // 2, image=theme.icon(column.sign, 12, ink), anchor="w")

    def _draw_row(self, at: int, spans: Sequence[tuple[int, int]]) -> None:
        canvas, height = self._canvas, self._row_height
        top = self._head_height + (at - self._top) * height
        right = canvas.winfo_width() - theme.px(BAR)
        if self._rows[at].is_heading:
            canvas.create_text(
                theme.px(INSET),
                top + height - theme.px(6),
                text=self._rows[at].cells[0].words,
                anchor="sw",
                font=theme.HEAD,
                fill=theme.INK,
            )
            canvas.create_line(0, top + height - 1, right, top + height - 1, fill=theme.FIELD)
            return
        if at == self._at:
            canvas.create_rectangle(0, top, right, top + height, fill=theme.CHOSEN, width=0)
            canvas.create_rectangle(0, top, 3, top + height, fill=theme.BLUE, width=0)
            if canvas.focus_get() is canvas:
                canvas.create_rectangle(1, top + 1, right - 1, top + height - 1, outline=theme.BLUE, width=2)
        else:
            canvas.create_line(0, top + height - 1, right, top + height - 1, fill=theme.LINE)
        for column, cell in enumerate(self._rows[at].cells):
            self._draw_cell((at, column), cell, spans[column], top + height // 2)

    def _draw_cell(self, where: tuple[int, int], cell: Cell, span: tuple[int, int], middle: int) -> None:
        canvas, ink = self._canvas, theme.INKS[cell.tone]
        x = span[0] + theme.px(INSET)
        font = theme.BOLD if cell.bold else theme.BODY
        if cell.icon:
            canvas.create_image(x, middle, image=theme.icon(cell.icon, 14, ink), anchor="w")
            x += theme.px(20)
        words = cell.words
        if not self._columns[where[1]].width or self._columns[where[1]].is_cut:
            words = cut(words, span[0] + span[1] - x - theme.px(6), theme.measure(font))
            if words != cell.words:
                self._cut[where] = cell.words
        self._draw_spans(cell, words, font, (x, middle))
        canvas.create_text(x, middle, text=words, anchor="w", font=font, fill=ink)

    def _draw_spans(self, cell: Cell, words: str, font: str, at: tuple[int, int]) -> None:
        """What was looked for, as far as the cut words show it."""
        measure, half = theme.measure(font), theme.line_height(font) // 2
        there = len(words) if words == cell.words else len(words) - 1
        for start, end in cell.spans:
            if start < there:
                left = at[0] + measure(words[:start])
                right = left + measure(words[start : min(end, there)])
                box = (left, at[1] - half, right, at[1] + half)
                self._canvas.create_rectangle(*box, fill=theme.AMBER_WASH, width=0)
                self._canvas.create_line(left, box[3] - 1, right, box[3] - 1, fill=theme.AMBER, width=2)

    def _draw_bar(self) -> None:
        total, seen = max(self._total, 1), self.rows_in_sight
        if total <= seen:
            return
        canvas, top = self._canvas, self._head_height
        room = canvas.winfo_height() - top
        length = max(theme.px(24), room * seen // total)
        start = top + (room - length) * self._top // max(1, total - seen)
        right = canvas.winfo_width()
        canvas.create_rectangle(right - theme.px(BAR) + 2, start, right, start + length, fill=theme.BAR, width=0)
