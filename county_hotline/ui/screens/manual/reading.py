"""A page of the manual drawn into a Tk text: breaks Chinese lines where they may break, lays tables in columns, scales pictures."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from county_hotline.ui import theme
from county_hotline.ui.screens.manual.markdown import Block, Kind, Span, Spans, plain
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.focus_mark import FocusMark
from county_hotline.ui.widgets.wrapping import break_lines

if TYPE_CHECKING:
    from PIL.ImageTk import PhotoImage

WIDEST = 860
"""Pixels of the 标准 drawing: longer lines are hard to read."""
GAP = 18
INDENT = 22


class Reading(Pane):
    """`show(blocks, at)`. Arrows, PgUp and PgDn scroll, Tab goes from link to link, Enter follows (`on_link`)."""

    def __init__(self, parent: tk.Misc, folder: Path, *, on_link: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._folder, self._on_link = folder, on_link
        self._blocks: tuple[Block, ...] = ()
        self._links: list[tuple[str, str]] = []
        """Tag and where it leads, in reading order."""
        self._at_link = -1
        self._pictures: list[PhotoImage] = []
        self._width = 0
        self.text = tk.Text(
            self,
            wrap="none",
            font=theme.BODY,
            background=theme.SHEET,
            foreground=theme.INK,
            selectbackground=theme.BLUE,
            selectforeground=theme.SHEET,
            borderwidth=0,
            highlightthickness=0,
            padx=theme.px(16),
            pady=theme.px(10),
            cursor="arrow",
            insertwidth=0,
            takefocus=True,
            state="disabled",
            tabstyle="wordprocessor",
        )
        self._mark = FocusMark(self, top=12)
        self._mark.pack(side="left", fill="y")
        self.text.pack(side="left", fill="both", expand=True)
        self.text.bind("<FocusIn>", lambda _event: self._mark.show(on=True))
        self.text.bind("<FocusOut>", lambda _event: self._mark.show(on=False))
        self._name_looks()
        self._bind()

    # -- what the page uses -----------------------------------------------------------------------------------------

    def show(self, blocks: tuple[Block, ...], at: int = 0) -> None:
        """Another page, from this block on."""
        self._blocks = blocks
        self._draw()
        self.see(at)

    def see(self, at: int) -> None:
        """This block at the top."""
        self.text.yview(f"block{at}.first" if at and self.text.tag_ranges(f"block{at}") else "1.0")

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self.text.focus_set()

    def follow(self) -> str:
        """Enter: the link in hand."""
        if 0 <= self._at_link < len(self._links):
            self._on_link(self._links[self._at_link][1])
        return "break"

    def step_link(self, by: int) -> str | None:
        """Tab: the next link; past the last one the keyboard leaves."""
        aim = self._at_link + by
        if self._at_link < 0:
            aim = self._first_in_sight() if by > 0 else -1
        if not 0 <= aim < len(self._links):
            self._mark_link(-1)
            return None
        self._mark_link(aim)
        self.text.see(f"{self._links[aim][0]}.first")
        return "break"

    # -- keys -------------------------------------------------------------------------------------------------------

    def _bind(self) -> None:
        text = self.text
        moves = {
            "<Up>": (-2, "units"), "<Down>": (2, "units"), "<Prior>": (-1, "pages"),
            "<Next>": (1, "pages"), "<space>": (1, "pages"),
        }  # fmt: skip
        for key, (by, what) in moves.items():
            text.bind(key, lambda _event, by=by, what=what: self._scroll(by, what))  # type: ignore[misc]
        text.bind("<Home>", lambda _event: self._to("1.0"))
        text.bind("<End>", lambda _event: self._to("end"))
        text.bind("<Tab>", lambda _event: self.step_link(1))
        text.bind("<Shift-Tab>", lambda _event: self.step_link(-1))
        if text.tk.call("tk", "windowingsystem") == "x11":
            text.bind("<ISO_Left_Tab>", lambda _event: self.step_link(-1))
        text.bind("<Return>", lambda _event: self.follow())
        text.bind("<Configure>", lambda event: self._fit(event.width))
        text.bind("<Button-1>", lambda _event: text.focus_set(), add="+")

    def _scroll(self, by: int, what: str) -> str:
        self.text.yview_scroll(by, "units" if what == "units" else "pages")
        return "break"

    def _to(self, where: str) -> str:
        self.text.see(where)
        return "break"

    def _fit(self, width: int) -> None:
        if abs(width - self._width) > theme.px(8):
            top = self.text.index("@0,0")
            block = next((tag for tag in self.text.tag_names(top) if tag.startswith("block")), "block0")
            self._width = width
            self._draw()
            self.see(int(block.removeprefix("block")))

    def _first_in_sight(self) -> int:
        top = self.text.index("@0,0")
        return next((n for n, (tag, _to) in enumerate(self._links) if self.text.compare(f"{tag}.first", ">=", top)), 0)

    def _mark_link(self, at: int) -> None:
        if 0 <= self._at_link < len(self._links):
            self.text.tag_configure(self._links[self._at_link][0], background="", foreground="")
        self._at_link = at
        if at >= 0:
            self.text.tag_configure(self._links[at][0], background=theme.BLUE, foreground=theme.SHEET)

    # -- drawing ----------------------------------------------------------------------------------------------------

    def _name_looks(self) -> None:
        text, px = self.text, theme.px
        text.tag_configure("h2", font=theme.TITLE, spacing1=px(18), spacing3=px(6))
        text.tag_configure("h3", font=theme.HEAD, spacing1=px(12), spacing3=px(4))
        text.tag_configure("line", spacing1=px(2), spacing3=px(2))
        text.tag_configure("last", spacing3=px(8))
        text.tag_configure("bold", font=theme.BOLD)
        text.tag_configure("code", background=theme.GREY_WASH)
        text.tag_configure("block_code", background=theme.GREY_WASH, lmargin1=px(12), lmargin2=px(12), rmargin=px(12))
        text.tag_configure("quote", foreground=theme.INK2, lmargin1=px(14), lmargin2=px(14))
        text.tag_configure("head", font=theme.BOLD, foreground=theme.INK2, background=theme.SIDE)
        text.tag_configure("rule", background=theme.LINE, font=(theme.FAMILY, -1))
        text.tag_configure("link", foreground=theme.BLUE, underline=True)
        text.tag_configure("note", font=theme.SMALL, foreground=theme.INK2)

    def _draw(self) -> None:
        if self._width <= 1:
            return
        text = self.text
        text.configure(state="normal")
        text.delete("1.0", "end")
        for tag, _to in self._links:
            text.tag_delete(tag)
        self._links, self._at_link, self._pictures = [], -1, []
        for at, block in enumerate(self._blocks):
            start = text.index("end-1c")
            if not (block.kind is Kind.HEADING and block.level == 1):  # stands above the page
                self._draw_block(block)
            text.tag_add(f"block{at}", start, "end-1c")
        text.configure(state="disabled")

    @property
    def _room(self) -> int:
        return min(theme.px(WIDEST), self._width - theme.px(44) - 8)

    def _draw_block(self, block: Block) -> None:
        match block.kind:
            case Kind.HEADING:
                look = f"h{min(max(block.level, 2), 3)}"
                self._paragraph(block.spans, (look,), self._room, font=theme.TITLE)
            case Kind.ITEM:
                self._item(block)
            case Kind.TABLE:
                self._table(block.rows)
            case Kind.PICTURE:
                self._picture(block)
            case Kind.CODE:
                self.text.insert("end", plain(block.spans) + "\n", ("block_code",))
                self.text.insert("end", "\n", ("note",))
            case Kind.QUOTE:
                self._paragraph(block.spans, ("quote",), self._room - theme.px(14))
            case _:
                self._paragraph(block.spans, ("line",), self._room)

    def _paragraph(self, spans: Spans, looks: tuple[str, ...], room: int, *, font: str = theme.BOLD) -> None:
        lines = _broken(spans, room, theme.measure(font))
        for at, line in enumerate(lines):
            is_last = at == len(lines) - 1
            self._runs(line, (*looks, *(["last"] if is_last and looks == ("line",) else [])))
            self.text.insert("end", "\n", looks)

    def _item(self, block: Block) -> None:
        """The marker hangs before the lines."""
        left = theme.px(INDENT) * (block.level + 1)
        tag = f"item{block.level}"
        self.text.tag_configure(
            tag, lmargin1=left - theme.px(INDENT), lmargin2=left, tabs=(left,), spacing1=theme.px(2), spacing3=theme.px(2)
        )
        for at, line in enumerate(_broken(block.spans, self._room - left, theme.measure(theme.BOLD))):
            self.text.insert("end", f"{block.marker if at == 0 else ''}\t", (tag,))
            self._runs(line, (tag,))
            self.text.insert("end", "\n", (tag,))

    def _table(self, rows: Sequence[tuple[Spans, ...]]) -> None:
        widths = _columns(rows, self._room)
        tag = f"table{'-'.join(map(str, widths))}"
        stops, x = [], 0
        for width in widths[:-1]:
            x += width + theme.px(GAP)
            stops.append(x)
        self.text.tag_configure(tag, tabs=tuple(stops) or ("1c",), spacing1=theme.px(3), spacing3=theme.px(1))
        for at, row in enumerate(rows):
            cells = [_broken(cell, width, theme.measure(theme.BOLD)) for cell, width in zip(row, widths, strict=True)]
            looks = (tag, "head") if at == 0 else (tag,)
            for line in range(max(map(len, cells))):
                for column, cell in enumerate(cells):
                    self.text.insert("end", "\t" if column else "", looks)
                    self._runs(cell[line] if line < len(cell) else (), looks)
                self.text.insert("end", "\n", looks)
            self.text.insert("end", "\n", ("rule",))
        self.text.insert("end", "\n", ("note",))

    def _picture(self, block: Block) -> None:
        from PIL import Image, ImageTk

        try:
            with Image.open(self._folder / block.target) as opened:
                shown = opened.convert("RGB")
        except OSError:
            self.text.insert("end", f"〔{plain(block.spans)}〕\n", ("note",))
            return
        if shown.width > self._room:
            shown = shown.resize((self._room, round(shown.height * self._room / shown.width)), Image.Resampling.LANCZOS)
        picture = ImageTk.PhotoImage(shown, master=self.text)
        self._pictures.append(picture)
        frame = tk.Label(self.text, image=str(picture), borderwidth=0, padx=1, pady=1, background=theme.LINE)
        self.text.window_create("end", window=frame, pady=theme.px(4))
        self.text.insert("end", f"\n{plain(block.spans)}\n", ("note",))

    def _runs(self, spans: Spans, looks: tuple[str, ...]) -> None:
        for span in spans:
            tags = [*looks, *(["bold"] if span.bold else []), *(["code"] if span.code else [])]
            if span.link:
                tags += ["link", self._link_tag(span.link)]
            self.text.insert("end", span.text, tuple(tags))

    def _link_tag(self, link: str) -> str:
        """A link broken over two lines is one."""
        last = self._links[-1] if self._links else ("", "")
        touches = last[1] == link and last[0] in self.text.tag_names("end-2c" if self.text.get("end-2c") == "\n" else "end-1c")
        if touches:
            return last[0]
        tag = f"link{len(self._links)}"
        self._links.append((tag, link))
        self.text.tag_bind(tag, "<Button-1>", lambda _event: self._on_link(link))
        return tag


def _broken(spans: Spans, room: int, measure: Callable[[str], int]) -> list[Spans]:
    """Spans line by line, broken where Chinese may break."""
    whole = plain(spans)
    lines: list[Spans] = []
    at = 0
    for line in break_lines(whole, max(1, room), measure):
        start = whole.find(line, at)
        lines.append(_between(spans, start, start + len(line)))
        at = start + len(line)
    return lines


def _between(spans: Spans, start: int, end: int) -> Spans:
    cut, at = [], 0
    for span in spans:
        left, right = max(start, at), min(end, at + len(span.text))
        if left < right:
            cut.append(Span(span.text[left - at : right - at], span.bold, span.code, span.link))
        at += len(span.text)
    return tuple(cut)


def _columns(rows: Sequence[tuple[Spans, ...]], room: int) -> list[int]:
    """As wide as their longest cell; where that is too wide, the wide ones give way."""
    measure = theme.measure(theme.BOLD)
    wanted = [max(measure(plain(row[column])) for row in rows) + theme.px(6) for column in range(len(rows[0]))]
    room -= theme.px(GAP) * (len(wanted) - 1)
    fair = room // len(wanted)
    while sum(wanted) > room:
        narrow = sum(width for width in wanted if width <= fair)
        wide = sum(width > fair for width in wanted)
        share = (room - narrow) // max(1, wide)
        if share <= fair:
            return [min(width, max(1, share)) if width > fair else width for width in wanted]
        fair = share
    return wanted
