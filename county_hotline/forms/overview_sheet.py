"""热线情况一览 on A4: the figures of 总览 with their charts, as they stood. Counts only. Millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from county_hotline.clock import shown
from county_hotline.forms import charts
from county_hotline.forms.chart_parts import Bar, Look, Point
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import PAPER_LOCK, Fonts, fonts_of
from county_hotline.forms.page import PT, Align, Hand, Sheet
from county_hotline.paths import write_atomically
from county_hotline.wording import say

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP = 27.0, 187.0, 49.8
FRAME, INNER = 1.2, 0.5
ROW, PAD = 8.4, 1.8
HEAD = Hand(Face.SONG, 14, 1.2)
TITLE = Hand(Face.TITLE, 22, 12)
SECTION = Hand(Face.HEI_BOLD, 11)
LABEL = Hand(Face.SONG, 11)
VALUE = Hand(Face.HEI_BOLD, 12)
NOTE = Hand(Face.FANGSONG, 9.5)
SMALL = Hand(Face.FANGSONG, 9)
CHART_TEXT = 10.0


@dataclass(frozen=True, slots=True)
class Line:
    """One rate on paper."""

    label: str
    value: str
    of: str
    note: str


@dataclass(frozen=True, slots=True)
class OverviewPaper:
    """Everything that is printed."""

    hotline: str
    where: str
    """Unit, and the filters where there are any."""
    first: str
    last: str
    as_of: str
    printed_at: int
    counts: tuple[tuple[str, str], ...]
    rates: tuple[Line, ...]
    trend: tuple[Point, ...]
    bar: str
    line: str
    places: tuple[Bar, ...]
    categories: tuple[Bar, ...]


def draw_overview(content: OverviewPaper, path: Path, *, fonts: Fonts | None = None) -> tuple[str, ...]:
    """One A4 page. The characters that had to be spelled `[U+...]`. Raises StoreFault, and then there is no half of a file."""
    with PAPER_LOCK:
        page = sheet(content, fonts or fonts_of())
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, page.pdf(printed_at=content.printed_at))
        return tuple(page.missing)


def sheet(content: OverviewPaper, fonts: Fonts) -> Sheet:
    """The sheet, drawn but not yet written."""
    document = say("form.overview.document", first=content.first, last=content.last)
    page = Sheet(WIDTH, HEIGHT, fonts=fonts, title=document, author=content.hotline)
    middle = (LEFT + RIGHT) / 2
    hand = page.fitted(content.hotline, HEAD, RIGHT - LEFT, smallest=9) or HEAD
    page.words(middle, 27.0, content.hotline, hand, Align.MIDDLE)
    page.words(middle, 39.2, say("form.overview.title"), TITLE, Align.MIDDLE)
    page.words(LEFT, 47.2, content.where, NOTE)
    page.words(RIGHT, 47.2, say("form.overview.span", first=content.first, last=content.last), NOTE, Align.RIGHT)
    y = _counts(page, content.counts, TOP)
    y = _rates(page, content.rates, y)
    page.box(LEFT, TOP, RIGHT - LEFT, y - TOP, weight=FRAME)
    y = _charts(page, content, y + 8)
    page.words(LEFT, 282.0, say("form.overview.proposed"), SMALL)
    page.words(LEFT, 286.4, content.as_of, SMALL)
    page.words(RIGHT, 286.4, say("form.overview.printed", at=shown(content.printed_at)), SMALL, Align.RIGHT)
    return page


def _counts(page: Sheet, counts: Sequence[tuple[str, str]], y: float) -> float:
    wide = (RIGHT - LEFT) / max(1, len(counts))
    for nth, (label, value) in enumerate(counts):
        x = LEFT + nth * wide
        if nth:
            page.line(x, y, x, y + 2 * ROW, weight=INNER)
        page.middle(x + wide / 2, y + ROW / 2, label, LABEL, align=Align.MIDDLE)
        page.middle(x + wide / 2, y + ROW * 1.5, value, VALUE, align=Align.MIDDLE)
    page.line(LEFT, y + ROW, RIGHT, y + ROW, weight=INNER)
    return _ruled(page, y + 2 * ROW)


def _rates(page: Sheet, rates: Sequence[Line], y: float) -> float:
    for nth, rate in enumerate(rates):
        middle = y + ROW / 2
        page.middle(LEFT + PAD, middle, rate.label, LABEL)
        page.middle(LEFT + 46, middle, rate.value, VALUE, align=Align.RIGHT)
        page.middle(LEFT + 50, middle, rate.of, NOTE)
        room = RIGHT - LEFT - 78 - PAD
        hand = page.fitted(rate.note, NOTE, room, smallest=7) or Hand(NOTE.face, 7)
        page.middle(LEFT + 78, middle, rate.note, hand)
        y += ROW
        if nth < len(rates) - 1:
            page.line(LEFT, y, RIGHT, y, weight=INNER)
    return y


def _charts(page: Sheet, content: OverviewPaper, y: float) -> float:
    wide = RIGHT - LEFT
    page.words(LEFT, y, say("form.overview.trend"), SECTION)
    look = Look(wide * PT, CHART_TEXT, CHART_TEXT * 0.86, 44 * PT)
    chart = charts.trend(content.trend, look, bar=content.bar, line=content.line, fonts=page.fonts)
    y += 2.5 + page.drawing(LEFT, y + 2.5, chart.drawing, width=wide) + 8
    half = wide / 2 - 5
    page.words(LEFT, y, say("form.overview.places"), SECTION)
    page.words(LEFT + half + 10, y, say("form.overview.categories"), SECTION)
    look = Look(half * PT, CHART_TEXT, CHART_TEXT * 0.86)
    high = 0.0
    for x, rows in ((LEFT, content.places), (LEFT + half + 10, content.categories)):
        drawn = charts.bars(rows, look, fonts=page.fonts)
        high = max(high, page.drawing(x, y + 2.5, drawn.drawing, width=half))
    return y + 2.5 + high


def _ruled(page: Sheet, y: float) -> float:
    page.line(LEFT, y, RIGHT, y, weight=INNER)
    return y
