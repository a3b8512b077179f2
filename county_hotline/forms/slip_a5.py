"""受理回执 on A5 landscape: the grid, which is the same on every slip, and what one caller's matter puts into it. Millimetres."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from county_hotline.clock import shown
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import Fonts
from county_hotline.forms.page import PT, Align, Hand, Sheet
from county_hotline.forms.slip_content import SlipContent
from county_hotline.wording import say

WIDTH, HEIGHT = 210.0, 148.0
LEFT, RIGHT = 20.0, 190.0
TOP, BOTTOM = 37.5, 123.5
LOW, TALL, FOOT_ROW = 9.0, 11.4, 17.0
"""A row of one line, a row of two, the signing row; the box of notices takes what is left."""
COLUMNS = ((24, 40, 24, 26, 24, 32), (24, 146), (24, 50, 24, 72), (24, 104, 42), (50, 66, 54))
FRAME, INNER = 1.2, 0.5
PAD = 1.8
HEAD_LINE, FOOT_LINE = 32.8, 130.4
NOTE_LEAD, NOTE_LEAD_CLOSE = 7.3, 6.6
VALUE_LEAD = 4.6
TWO_LINE_SIZES = (11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
QR_SIDE = 26.0
QR_MODULES = 29

LABEL = Hand(Face.SONG, 12)
VALUE = Hand(Face.FANGSONG, 12)
HEAD = Hand(Face.SONG, 14, 1.2)
TITLE = Hand(Face.TITLE, 22, 22)
CODE = Hand(Face.HEI_BOLD, 15)
MARK = Hand(Face.HEI_BOLD, 10.5)
COPY = Hand(Face.SONG, 10.5)
FOOT = Hand(Face.FANGSONG, 9)
CAPTION = Hand(Face.FANGSONG, 10.5)

FIXED = (
    "title", "query_code", "accepted_at", "matter_kind", "caller", "matter", "agency", "due_on", "asking_1", "asking_2", "how_to_ask", "keep",
    "emergency", "privacy", "qr_caption", "station", "signature",
)  # fmt: skip
LABELS = ((0, 0, "accepted_at"), (0, 2, "matter_kind"), (0, 4, "caller"), (1, 0, "matter"), (2, 0, "agency"), (2, 2, "due_on"))


@dataclass(frozen=True, slots=True)
class Lines:
    """Words of one cell, and the hand in which they fit it."""

    lines: tuple[str, ...]
    hand: Hand
    is_cut: bool = False


@dataclass(frozen=True)
class Grid:
    """Where the rows of this slip lie: two of them grow when their words need two lines."""

    rows: tuple[float, ...]

    @cached_property
    def edges(self) -> tuple[float, ...]:
        return tuple(TOP + sum(self.rows[:nth]) for nth in range(len(self.rows) + 1))

    def middle(self, row: int) -> float:
        return (self.edges[row] + self.edges[row + 1]) / 2

    @staticmethod
    def column(row: int, nth: int) -> float:
        return LEFT + sum(COLUMNS[row][:nth])

    @property
    def qr_top(self) -> float:
        return self.edges[3] + (self.rows[3] - QR_SIDE - 6.6) / 2


def sheet(content: SlipContent, fonts: Fonts) -> Sheet:
    """The slip, drawn but not yet written."""
    page = Sheet(WIDTH, HEIGHT, fonts=fonts, title=say("form.slip.document", number=content.number), author=content.hotline)
    cells = _cells(page, content)
    grid = _grid_for(cells)
    words = tuple(say(f"form.slip.{name}") for name in FIXED)
    page.stamp(("slip_a5", grid.rows, words), lambda blank: _fixed(blank, grid, dict(zip(FIXED, words, strict=True))))
    _head(page, content)
    for (row, column), cell in cells.items():
        _put(page, grid.column(row, column) + PAD, grid.middle(row), cell)
    _notes(page, content, grid)
    _foot(page, content, grid)
    return page


def _cells(page: Sheet, content: SlipContent) -> dict[tuple[int, int], Lines]:
    values = {
        (0, 1): (shown(content.accepted_at),),
        (0, 3): (content.matter_kind,),
        (0, 5): (content.caller,),
        (1, 1): (content.matter,),
        (2, 1): (content.agency_shown,),
        (2, 3): content.due_lines,
    }
    return {(row, column): _lines(page, COLUMNS[row][column] - 2 * PAD, lines) for (row, column), lines in values.items()}


def _grid_for(cells: dict[tuple[int, int], Lines]) -> Grid:
    high = [TALL if any(len(cell.lines) > 1 for (row, _), cell in cells.items() if row == nth) else LOW for nth in range(3)]
    return Grid((*high, BOTTOM - TOP - FOOT_ROW - sum(high), FOOT_ROW))


def _fixed(page: Sheet, grid: Grid, said: dict[str, str]) -> None:
    """Lines, labels and sentences that stand on every slip of this grid."""
    for row, columns in enumerate(COLUMNS):
        if row:
            page.line(LEFT, grid.edges[row], RIGHT, grid.edges[row], weight=INNER)
        for nth in range(1, len(columns)):
            x = grid.column(row, nth)
            page.line(x, grid.edges[row], x, grid.edges[row + 1], weight=INNER)
    page.box(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, weight=FRAME)
    page.words((LEFT + RIGHT) / 2, 28.0, said["title"], TITLE, Align.MIDDLE)
    page.middle(LEFT, HEAD_LINE, said["query_code"], VALUE)
    for row, column, name in LABELS:
        x = grid.column(row, column) + (COLUMNS[row][column] - _ems(4)) / 2
        page.spread(x, grid.middle(row), said[name], LABEL, ems=4)
    for nth, name in enumerate(("asking_1", "asking_2")):
        page.spread(LEFT + (COLUMNS[3][0] - _ems(3)) / 2, grid.middle(3) + (nth - 0.5) * _ems(1.45), said[name], LABEL, ems=3)
    page.middle(
        grid.column(3, 2) + COLUMNS[3][2] / 2, grid.qr_top + QR_SIDE + 4.8, said["qr_caption"], CAPTION, align=Align.MIDDLE
    )
    page.middle(grid.column(4, 1) + 2.5, grid.edges[4] + 4.7, said["station"], VALUE)
    page.middle(grid.column(4, 2) + 2.5, grid.edges[4] + 4.7, said["signature"], VALUE)


def _head(page: Sheet, content: SlipContent) -> None:
    page.words((LEFT + RIGHT) / 2, 17.0, content.hotline, _smaller(page, content.hotline, HEAD, 150.0), Align.MIDDLE)
    x = LEFT + page.width_of(say("form.slip.query_code"), VALUE)
    page.middle(x, HEAD_LINE, content.query_code_shown, CODE)
    page.middle(RIGHT, HEAD_LINE, say("form.slip.number", number=content.number), VALUE, align=Align.RIGHT)
    if content.reprint:
        _boxed(page, LEFT, say("form.reprint", times=content.reprint), 17.0)
    if content.training:
        _boxed(page, RIGHT - 22.0, say("form.training"), 22.0)


def _notes(page: Sheet, content: SlipContent, grid: Grid) -> None:
    lines = [say("form.slip.how_to_ask")]
    if content.station_phone:
        lines.append(say("form.slip.window_phone", phone=content.station_phone))
    lines += [say(f"form.slip.{name}") for name in ("keep", "emergency", "privacy")]
    lead = NOTE_LEAD if grid.rows[3] > 40 else NOTE_LEAD_CLOSE
    first = grid.middle(3) - (len(lines) - 1) * lead / 2
    for nth, line in enumerate(lines):
        page.middle(grid.column(3, 1) + 2.5, first + nth * lead, line, _smaller(page, line, VALUE, COLUMNS[3][1] - 5.0))
    x = grid.column(3, 2) + (COLUMNS[3][2] - QR_SIDE) / 2
    page.qr(x, grid.qr_top, content.qr, module=QR_SIDE / QR_MODULES)


def _foot(page: Sheet, content: SlipContent, grid: Grid) -> None:
    officer = say("form.slip.officer", officer=content.officer)
    page.middle(LEFT + 2.5, grid.edges[4] + 4.7, officer, _smaller(page, officer, VALUE, COLUMNS[4][0] - 4.0))
    printed = say("form.printed", at=shown(content.printed_at), by=content.printed_by)
    page.words(LEFT, FOOT_LINE, printed, _smaller(page, printed, FOOT, 110.0))
    page.words(RIGHT, FOOT_LINE, f"{content.copy_name}  {say('form.page', page=1, pages=1)}", FOOT, Align.RIGHT)
    for nth, char in enumerate(content.copy_name):
        page.middle(RIGHT + 4.2, TOP + 2.6 + nth * 4.5, char, COPY, align=Align.MIDDLE)


def _lines(page: Sheet, width: float, lines: tuple[str, ...]) -> Lines:
    """One line at 12 points, or a little smaller; else two, ever smaller rather than cut; only what is absurdly long ends in an ellipsis."""
    if len(lines) == 1:
        hand = page.fitted(lines[0], VALUE, width, smallest=10.5)
        if hand:
            return Lines(lines, hand)
    most = 2 if len(lines) == 1 else 1
    tried = (_two_lines(page, lines, width, size=size, most=most) for size in TWO_LINE_SIZES)
    return next((cell for cell in tried if not cell.is_cut), None) or _two_lines(
        page, lines, width, size=TWO_LINE_SIZES[-1], most=most
    )


def _two_lines(page: Sheet, lines: tuple[str, ...], width: float, *, size: float, most: int) -> Lines:
    hand = Hand(VALUE.face, size)
    pieces = tuple(piece for line in lines for piece in page.wrapped(line, hand, width, most=most))
    return Lines(pieces, hand, is_cut=not _is_whole(page, lines, pieces))


def _is_whole(page: Sheet, lines: tuple[str, ...], pieces: tuple[str, ...]) -> bool:
    """Whether no letter of `lines` was left out; a blank where a line ends may be."""
    meant = page.fonts.spelled("".join(lines), VALUE.face)
    return "".join(pieces).replace(" ", "") == meant.replace(" ", "")


def _put(page: Sheet, x: float, middle: float, cell: Lines) -> None:
    for nth, line in enumerate(cell.lines):
        page.middle(x, middle + (nth - (len(cell.lines) - 1) / 2) * VALUE_LEAD, line, cell.hand)


def _ems(count: float) -> float:
    return count * LABEL.size / PT


def _smaller(page: Sheet, text: str, hand: Hand, width: float) -> Hand:
    return page.fitted(text, hand, width, smallest=6) or replace(hand, size=6)


def _boxed(page: Sheet, x: float, text: str, width: float) -> None:
    """A word in a frame, for what a copier must not lose."""
    page.box(x, 18.4, width, 6.2, weight=0.8)
    page.middle(x + width / 2, 21.5, text, MARK, align=Align.MIDDLE)
