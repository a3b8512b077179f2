"""Charts, drawn once for paper and screen by reportlab.graphics: what each bar counts stands beside it as a number, colour never alone.

A drawing's unit is a pixel of the screen at the size in force, or a point of paper. Nothing here counts; nothing here names a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from county_hotline.forms.chart_parts import Bar, Column, Inks, Look, Point, Region
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import PAPER_LOCK, Fonts, shipped_fonts

CUT = "…"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and what of it can be pointed at."""

    drawing: Drawing
    width: float
    height: float
    regions: tuple[Region, ...]
    ground: str


def bars(
    rows: Sequence[Bar], look: Look, *, most: float = 0.0, target: float | None = None, fonts: Fonts | None = None
) -> Chart:
    """Lying bars, the label at the left, the number beside. `most`: what a bar over the whole width would be (else the largest value);
    `target`: a dashed line across all of them."""
    with PAPER_LOCK:
        pen = _Pen(fonts or shipped_fonts(), look.inks)
        pitch = round(look.text * 1.93)
        height = pitch * len(rows) + 2
        drawing = Drawing(look.width, height)
        label = min(max((pen.wide(row.label, look.text) for row in rows), default=0.0), look.width * 0.34)
        beside = max((_beside(pen, row, look) for row in rows), default=0.0)
        left, room = label + look.text * 0.6, max(look.text * 3, look.width - label - beside - look.text * 1.6)
        whole = most or max((row.value for row in rows), default=0.0) or 1.0
        for nth, row in enumerate(rows):
            _bar(drawing, pen, row, look, (label, left, height - pitch * (nth + 0.5) - 1, room / whole, left + room))
        if target is not None:
            x = left + room * target / whole
            drawing.add(Line(x, 0, x, height, strokeColor=HexColor(look.inks.ink), strokeWidth=1, strokeDashArray=[3, 3]))
        regions = tuple(Region(row.key, 0, 1 + pitch * nth, look.width, pitch) for nth, row in enumerate(rows))
        return Chart(drawing, look.width, height, regions, look.inks.ground)


def _bar(drawing: Drawing, pen: _Pen, row: Bar, look: Look, at: tuple[float, float, float, float, float]) -> None:
    label, left, middle, scale, end = at
    high = look.text * 0.93
    base = middle - look.text * 0.36
    pen.write(drawing, label, base, pen.cut(row.label, look.text, label), look.text, anchor="end")
    wide = row.value * scale
    if wide > 0:
        pen.box(drawing, left, middle - high / 2, wide, high, late=row.is_below)
    if row.late > 0:
        pen.box(drawing, left, middle - high / 2, min(row.late, row.value) * scale, high, late=True)
    x = (end if row.is_in_column else left + max(wide, 0)) + look.text * 0.6
    x += pen.write(drawing, x, base, row.figure, look.text, bold=True)
    if row.note:
        pen.write(
            drawing,
            x + look.small * 0.6,
            base,
            row.note,
            look.small,
            ink=look.inks.late_edge if row.late or row.is_below else look.inks.quiet,
        )


def _beside(pen: _Pen, row: Bar, look: Look) -> float:
    note = pen.wide(row.note, look.small) + look.small * 0.6 if row.note else 0.0
    return pen.wide(row.figure, look.text, bold=True) + note


def columns(each: Sequence[Column], look: Look, *, fonts: Fonts | None = None) -> Chart:
    """Standing bars, the number on each, the label under it."""
    with PAPER_LOCK:
        pen = _Pen(fonts or shipped_fonts(), look.inks)
        height = look.height or look.text * 11
        drawing = Drawing(look.width, height)
        foot, head = look.small * 3.1, look.text * 1.5
        pitch, whole = look.width / max(1, len(each)), max([column.value for column in each] + [1])
        drawing.add(Line(0, foot, look.width, foot, strokeColor=HexColor(look.inks.grid), strokeWidth=1))
        for nth, column in enumerate(each):
            x, high = pitch * nth, (height - foot - head) * column.value / whole
            if column.value:
                pen.box(drawing, x + pitch * 0.22, foot, pitch * 0.56, high, late=column.is_late)
            ink = look.inks.late_edge if column.is_late and column.value else look.inks.ink
            middle = x + pitch / 2
            pen.write(
                drawing,
                middle,
                foot + high + look.text * 0.4,
                f"{column.value:,}",
                look.text,
                bold=True,
                ink=ink,
                anchor="middle",
            )
            pen.write(
                drawing,
                middle,
                foot - look.small * 1.3,
                column.label,
                look.small,
                ink=ink if column.is_late else look.inks.quiet,
                anchor="middle",
            )
            pen.write(drawing, middle, foot - look.small * 2.7, column.below, look.small, ink=look.inks.quiet, anchor="middle")
        regions = tuple(Region(column.key, pitch * nth, 0, pitch, height) for nth, column in enumerate(each))
        return Chart(drawing, look.width, height, regions, look.inks.ground)


def trend(points: Sequence[Point], look: Look, *, bar: str, line: str, fonts: Fonts | None = None) -> Chart:
    """Day by day: `bar` and `line` name what is counted by each."""
    with PAPER_LOCK:
        pen = _Pen(fonts or shipped_fonts(), look.inks)
        height = look.height or look.text * 11
        drawing = Drawing(look.width, height)
        top = _axis_end(max([max(point.bar, point.line) for point in points] + [1]))
        left, foot, head = pen.wide(f"{top:,}", look.small) + look.small, look.small * 1.9, look.small * 2.2
        pitch, unit = (look.width - left) / max(1, len(points)), (height - foot - head) / top
        _grid(drawing, pen, look, (left, foot, unit, top))
        for nth, point in enumerate(points):
            x = left + pitch * nth
            if point.bar:
                pen.box(drawing, x + pitch * 0.18, foot, pitch * 0.64, point.bar * unit)
            if point.label:
                wide = pen.wide(point.label, look.small)
                middle = min(max(x + pitch / 2, wide / 2), look.width - wide / 2)
                pen.write(drawing, middle, look.small * 0.5, point.label, look.small, ink=look.inks.quiet, anchor="middle")
        path = [value for nth, p in enumerate(points) for value in (left + pitch * (nth + 0.5), foot + p.line * unit)]
        if len(path) >= 4:
            drawing.add(PolyLine(path, strokeColor=HexColor(look.inks.ink), strokeWidth=max(1.6, look.text / 9)))
        _legend(drawing, pen, look, (height - look.small * 1.2, bar, line))
        return Chart(drawing, look.width, height, (), look.inks.ground)


def _grid(drawing: Drawing, pen: _Pen, look: Look, at: tuple[float, float, float, int]) -> None:
    left, foot, unit, top = at
    step = next((top // parts for parts in (4, 2) if top % parts == 0 and top // parts * unit >= look.small * 1.5), top)
    for value in range(0, top + 1, step):
        y = foot + value * unit
        drawing.add(Line(left, y, look.width, y, strokeColor=HexColor(look.inks.grid), strokeWidth=1))
        pen.write(
            drawing, left - look.small * 0.5, y - look.small * 0.36, f"{value:,}", look.small, ink=look.inks.quiet, anchor="end"
        )


def _legend(drawing: Drawing, pen: _Pen, look: Look, at: tuple[float, str, str]) -> None:
    y, bar, line = at
    size, gap = look.small, look.small * 0.5
    line_at = look.width - pen.wide(line, size)
    pen.write(drawing, line_at, y, line, size)
    drawing.add(
        Line(line_at - gap - size * 1.4, y + size * 0.36, line_at - gap, y + size * 0.36, strokeColor=HexColor(look.inks.ink), strokeWidth=max(1.6, look.text / 9))
    )  # fmt: skip
    bar_at = line_at - gap - size * 3 - pen.wide(bar, size)
    pen.write(drawing, bar_at, y, bar, size)
    pen.box(drawing, bar_at - gap - size * 0.8, y - size * 0.05, size * 0.8, size * 0.8)


def _axis_end(most: int) -> int:
    """A round number that four even steps lead to, not below `most`."""
    unit = 1
    while True:
        for step in (1, 2, 3, 5):
            if 4 * step * unit >= most:
                return 4 * step * unit
        unit *= 10


class _Pen:
    """Words in our own faces, on one base line."""

    def __init__(self, fonts: Fonts, inks: Inks) -> None:
        self._fonts, self.inks = fonts, inks

    def wide(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide they stand."""
        face = Face.HEI_BOLD if bold else Face.HEI
        return sum(run.width(size) for run in self._fonts.runs(self._fonts.spelled(text, face), face))

    def cut(self, text: str, size: float, room: float) -> str:
        """What of it fits, with an ellipsis where something is left."""
        if self.wide(text, size) <= room + 0.01:
            return text
        while text and self.wide(text + CUT, size) > room:
            text = text[:-1]
        return text + CUT

    def write(
        self,
        drawing: Drawing,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        ink: str = "",
        anchor: str = "start",
    ) -> float:
        """Write one line; its width."""
        if not text:
            return 0.0
        face, width = Face.HEI_BOLD if bold else Face.HEI, self.wide(text, size, bold=bold)
        x -= {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        for run in self._fonts.runs(self._fonts.spelled(text, face), face):
            drawing.add(
                String(
                    x,
                    y,
                    run.text,
                    fontName=run.font.fontName,
                    fontSize=size * run.scale,
                    fillColor=HexColor(ink or self.inks.ink),
                )
            )
            x += run.width(size)
        return width

    def box(self, drawing: Drawing, x: float, y: float, width: float, height: float, *, late: bool = False) -> None:
        """A bar; what is late is hatched, so that a grey copy shows it too."""
        edge, fill = (self.inks.late_edge, self.inks.late) if late else (self.inks.bar_edge, self.inks.bar)
        drawing.add(Rect(x, y, width, height, fillColor=HexColor(fill), strokeColor=HexColor(edge), strokeWidth=0.8))
        at = x + 4
        while late and at < x + width - 1:
            drawing.add(Line(at, y, at, y + height, strokeColor=HexColor(edge), strokeWidth=0.6))
            at += 5


def pdf_of(chart: Chart, *, fonts: Fonts | None = None) -> bytes:
    """The chart alone as a document of its own size."""
    with PAPER_LOCK:
        name = (fonts or shipped_fonts()).font(Face.HEI).fontName
        canvas = Canvas("", pagesize=(chart.width, chart.height), invariant=1, pageCompression=0, initialFontName=name)
        canvas.setFillColor(HexColor(chart.ground))
        canvas.rect(0, 0, chart.width, chart.height, stroke=0, fill=1)
        renderPDF.draw(chart.drawing, canvas, 0, 0)
        written: bytes = canvas.getpdfdata()
        return written


__all__ = ["Bar", "Chart", "Column", "Look", "Point", "Region", "bars", "columns", "pdf_of", "trend"]
