"""A sheet of paper measured in millimetres from its top left corner: lines, boxes, words in their faces, a QR code.

Words are set by PDF operators of our own over reportlab's fonts and document: no default font is ever asked for, each run has its face,
and what is the same on every copy of a form is set once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from county_hotline.clock import local
from county_hotline.forms.breaking import wrap
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import Fonts, Run
from county_hotline.forms.qr import rectangles
from county_hotline.forms.truetype import MappedFont
from county_hotline.paths import PROGRAM

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

PT = 72 / 25.4
"""Points in a millimetre."""
WORD_SPACE = 0.12
"""Added to a blank, in em: a date and its time stand too close otherwise."""
MIDDLE = 0.36
"""From the middle of a line of Chinese down to its base line, in em."""
STAMPS_KEPT = 16


class Align(Enum):
    """Which part of the words stands at the given place."""

    LEFT = 0.0
    MIDDLE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Hand:
    """How words are written: face, size in points, extra space between letters in points."""

    face: Face
    size: float
    space: float = 0.0

    @property
    def drop(self) -> float:
        """From the middle of the line to its base line, in millimetres."""
        return MIDDLE * self.size / PT


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is the same on every copy of a form: its operators, the letters they use of each font, and what no font could show."""

    operators: tuple[str, ...]
    letters: dict[MappedFont, str]
    missing: tuple[str, ...]


_stamps: dict[tuple[object, ...], Stamp] = {}
MARK_GREY = 0.86
_mark: list[str] = []
"""What stands across every paper of this process, where it is one for 练习."""


def mark_every_paper(words: str) -> None:
    """From now on these words stand large and grey across every paper this process makes; none, where they are empty."""
    _mark[:] = [words] if words else []


class Sheet:
    """One page being drawn. `missing` fills with the characters that had to be printed as `[U+...]`."""

    def __init__(self, width: float, height: float, *, fonts: Fonts, title: str = "", author: str = "") -> None:
        self.width, self.height, self.fonts = width, height, fonts
        self.missing: dict[str, None] = {}
        song = fonts.font(Face.SONG).fontName
        self._canvas = Canvas(
            "", pagesize=(width * PT, height * PT), invariant=1, pageCompression=0, initialFontName=song, lang="zh-CN"
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator(PROGRAM)
        self._doc = self._canvas._doc  # noqa: SLF001 - glyph sets are kept by document
        self._operators: list[str] = []
        self._letters: dict[MappedFont, str] = {}
        self._drawings: list[tuple[float, float, float, Drawing]] = []

    def stamp(self, key: Sequence[object], draw: Callable[[Sheet], None]) -> None:
        """Draw what is the same on every copy: set once for each `key`, which must name every word in it. Comes before all else."""
        whole = (self.fonts, *key)
        kept = _stamps.get(whole)
        if kept is None:
            if len(_stamps) >= STAMPS_KEPT:
                _stamps.clear()
            kept = _stamps[whole] = self._stamped(draw)
        for font, letters in kept.letters.items():
            font.begin(self._doc, letters)
        self._operators.extend(kept.operators)
        self.missing.update(dict.fromkeys(kept.missing))

    def words(self, x: float, baseline: float, text: str, hand: Hand, align: Align = Align.LEFT) -> float:
        """Write one line; returns its width in millimetres."""
        runs = self._runs(text, hand.face)
        width = _width(runs, hand)
        left = (x - width * align.value) * PT
        shown = [f"BT {left:.2f} {-baseline * PT:.2f} Td {hand.space:.2f} Tc {WORD_SPACE * hand.size:.2f} Tw"]
        for run in runs:
            self._letters[run.font] = self._letters.get(run.font, "") + run.text
            shown.append(f"{run.rise * hand.size:.2f} Ts {2 if run.bolder else 0} Tr {run.bolder * hand.size:.2f} w")
            for nth, codes in run.font.splitString(run.text, self._doc):
                name = run.font.getSubsetInternalName(nth, self._doc)
                shown.append(f"{name} {hand.size * run.scale:.2f} Tf <{codes.hex()}> Tj")
        self._operators.append(" ".join((*shown, "0 Tr ET")))
        return width

    def keep(self, letters: str, face: Face) -> None:
        """In a stamp: have the glyphs of `letters` ready without writing them."""
        for run in self._runs(letters, face):
            self._letters[run.font] = self._letters.get(run.font, "") + run.text

    def middle(self, x: float, middle: float, text: str, hand: Hand, *, align: Align = Align.LEFT) -> float:
        """Write one line whose letters' middle stands at `middle`."""
        return self.words(x, middle + hand.drop, text, hand, align)

    def spread(self, x: float, middle: float, text: str, hand: Hand, *, ems: float) -> None:
        """Write a label spread over `ems`, from `x`: 标　　题 under 诉 求 人 under 预计办结."""
        gap = (ems - len(text)) / (len(text) - 1) if 1 < len(text) < ems else 0.0
        self.middle(x, middle, text, replace(hand, space=gap * hand.size))

    def width_of(self, text: str, hand: Hand) -> float:
        """How wide `text` stands, in millimetres."""
        return _width(self._runs(text, hand.face), hand)

    def fitted(self, text: str, hand: Hand, width: float, *, smallest: float) -> Hand | None:
        """`hand`, smaller by half points down to `smallest`, so that `text` stands on one line; None when it cannot."""
        natural = self.width_of(text, hand)
        size = hand.size
        while size >= smallest:
            if natural * size / hand.size <= width:
                return replace(hand, size=size)
            size -= 0.5
        return None

    def wrapped(self, text: str, hand: Hand, width: float, *, most: int) -> list[str]:
        """`text` in at most `most` lines; what is beyond ends in an ellipsis."""
        spelled = self.fonts.spelled(text, hand.face)
        self._note(text, spelled, hand.face)
        lines = wrap(spelled, width, lambda piece: self.width_of(piece, hand))
        if len(lines) <= most:
            return self._without_orphan(lines, spelled, hand, width)
        last = lines[most - 1]
        while last and self.width_of(last + "…", hand) > width:
            last = last[:-1]
        return [*lines[: most - 1], last + "…"]

    def _without_orphan(self, lines: list[str], text: str, hand: Hand, width: float) -> list[str]:
        """A last line of one or two letters takes some from the line above, where that costs no further line."""
        if len(lines) == 1 or len(lines[-1]) > 2:
            return lines
        closer = wrap(text, width - 2.5 * hand.size / PT, lambda piece: self.width_of(piece, hand))
        return closer if len(closer) == len(lines) else lines

    def line(self, x1: float, y1: float, x2: float, y2: float, *, weight: float, dash: str | None = None) -> None:
        """A line of `weight` points. Its ends close corners (square caps); dashed, or with an empty dash, they end where they end."""
        ends = f"{x1 * PT:.2f} {-y1 * PT:.2f} m {x2 * PT:.2f} {-y2 * PT:.2f} l"
        caps = 2 if dash is None else 0
        self._operators.append(f"q {weight:.2f} w {caps} J [{dash or ''}] 0 d {ends} S Q")

    def box(self, x: float, y: float, width: float, height: float, *, weight: float) -> None:
        """A frame of `weight` points."""
        at = f"{x * PT:.2f} {-(y + height) * PT:.2f} {width * PT:.2f} {height * PT:.2f}"
        self._operators.append(f"q {weight:.2f} w 0 j {at} re S Q")

    def qr(self, x: float, y: float, text: str, *, module: float) -> None:
        """A QR code with its top left at `x`, `y`, modules of `module` millimetres; leave 4 mm white round it."""
        _side, runs = rectangles(text)
        high = module * PT
        cells = " ".join(
            f"{(x + left * module) * PT:.3f} {-(y + (top + 1) * module) * PT:.3f} {length * high:.3f} {high:.3f} re"
            for left, top, length in runs
        )
        self._operators.append(f"{cells} f")

    def drawing(self, x: float, y: float, drawn: Drawing, *, width: float) -> float:
        """A chart with its top left at `x`, `y`, drawn `width` millimetres wide; returns how high it stands. Below all words."""
        scale = width * PT / drawn.width
        self._drawings.append((x * PT, (y * PT), scale, drawn))
        return float(drawn.height * scale / PT)

    def pdf(self, *, printed_at: int) -> bytes:
        """The finished document, `height` high as it is now. Its date is when it was printed, in China's civil time."""
        stamp = local(printed_at).strftime("D:%Y%m%d%H%M%S+08'00'")
        self._canvas.setDateFormatter(lambda *_clock: stamp)
        self._canvas.setPageSize((self.width * PT, self.height * PT))
        self._draw_charts()
        self._canvas.addLiteral("\n".join((f"1 0 0 1 0 {self.height * PT:.3f} cm", *self._watermark(), *self._operators)))
        written: bytes = self._canvas.getpdfdata()
        return written

    def _watermark(self) -> list[str]:
        """Below all words, aslant from corner to corner."""
        drawn: list[str] = []
        for words in _mark:
            kept, self._operators = self._operators, []
            size = min(self.width, self.height) * PT / (len(words) + 1)
            self.words(0, 0, words, Hand(Face.HEI_BOLD, size), Align.MIDDLE)
            drawn += self._operators
            self._operators = kept
        if not drawn:
            return []
        middle = f"{self.width * PT / 2:.2f} {-self.height * PT / 2:.2f}"
        return [f"q {MARK_GREY} g {MARK_GREY} G 0.866 0.5 -0.5 0.866 {middle} cm", *drawn, "Q"]

    def _draw_charts(self) -> None:
        if not self._drawings:
            return
        from reportlab.graphics import renderPDF  # a slip has no chart, and need not wait for this

        for x, y, scale, drawn in self._drawings:
            self._canvas.saveState()
            self._canvas.translate(x, self.height * PT - y - drawn.height * scale)
            self._canvas.scale(scale, scale)
            renderPDF.draw(drawn, self._canvas, 0, 0)
            self._canvas.restoreState()

    def _runs(self, text: str, face: Face) -> tuple[Run, ...]:
        spelled = self.fonts.spelled(text, face)
        self._note(text, spelled, face)
        return self.fonts.runs(spelled, face)

    def _note(self, text: str, spelled: str, face: Face) -> None:
        if spelled != text:
            self.missing.update(dict.fromkeys(self.fonts.missing((text,), face)))

    def _stamped(self, draw: Callable[[Sheet], None]) -> Stamp:
        """Draw twice on sheets of its own: to learn the letters, then with those letters as the first glyph sets."""
        probe = Sheet(self.width, self.height, fonts=self.fonts)
        draw(probe)
        model = Sheet(self.width, self.height, fonts=self.fonts)
        for font, letters in probe._letters.items():
            font.begin(model._doc, letters)
        draw(model)
        return Stamp(tuple(model._operators), probe._letters, tuple(probe.missing))


def _width(runs: Sequence[Run], hand: Hand) -> float:
    """In millimetres; the space behind the last letter is not seen."""
    letters = sum(len(run.text) for run in runs)
    blanks = sum(run.text.count(" ") for run in runs)
    return (sum(run.width(hand.size) for run in runs) + max(0, letters - 1) * hand.space + blanks * WORD_SPACE * hand.size) / PT
