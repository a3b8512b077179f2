"""答复单: what was answered at the counter, to carry home. A5 landscape like the acknowledgment slip; A4 where the answer is long. Millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from county_hotline.clock import shown
from county_hotline.forms.breaking import full_width
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import PAPER_LOCK, Fonts, fonts_of
from county_hotline.forms.page import PT, Align, Hand, Sheet
from county_hotline.paths import write_atomically
from county_hotline.wording import say

FRAME, INNER = 1.2, 0.5
PAD = 1.8
LABEL_WIDTH = 24.0
LOW, TALL, FOOT_ROW = 9.0, 11.4, 17.0
LABEL = Hand(Face.SONG, 12)
VALUE = Hand(Face.FANGSONG, 12)
HEAD = Hand(Face.SONG, 14, 1.2)
TITLE = Hand(Face.TITLE, 22, 22)
MARK = Hand(Face.HEI_BOLD, 10.5)
COPY = Hand(Face.SONG, 10.5)
FOOT = Hand(Face.FANGSONG, 9)
BLANK = Hand(Face.KAI, 11)
SIZES: Final = (12.0, 11.0, 10.5, 10.0, 9.0)
"""Of the answer: as large as it fits; an elderly caller reads it at home."""
LEAD = 1.5
"""Of its lines, in em."""
TEXT_PAD = 2.5
_TOO_MANY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContent:
    """One answer slip. An empty `number`: no order was made; an empty `article`: answered from what the officer knows."""

    hotline: str
    number: str
    question: str
    answer: str
    basis: str
    valid_until: str
    """ISO date, or empty."""
    article: str
    answered_at: int
    officer: str
    """The officer's badge."""
    unit: str
    printed_at: int
    printed_by: str
    reprint: int = 0
    training: bool = False


@dataclass(frozen=True, slots=True)
class _Paper:
    """Where the frame lies on it."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    hotline: float
    title: float
    head_line: float
    foot_line: float


A5: Final = _Paper(210.0, 148.0, 20.0, 190.0, 37.5, 123.5, 17.0, 28.0, 32.8, 130.4)
A4: Final = _Paper(210.0, 297.0, 27.0, 187.0, 49.8, 275.5, 27.0, 39.2, 45.4, 282.0)


@dataclass(frozen=True, slots=True)
class _Text:
    """A box's lines in the hand in which they fit it."""

    lines: tuple[str, ...]
    hand: Hand
    is_cut: bool = False


def draw_answer(content: AnswerContent, path: Path, *, fonts: Fonts | None = None) -> tuple[tuple[str, ...], bool]:
    """The slip as a PDF: the characters that had to be spelled `[U+...]`, and whether the answer was too long even for A4. Raises
    StoreFault, and then there is no half of a file."""
    with PAPER_LOCK:
        page, is_cut = sheet(content, fonts or fonts_of())
        write_atomically(path, page.pdf(printed_at=content.printed_at))
        return tuple(page.missing), is_cut


def sheet(content: AnswerContent, fonts: Fonts) -> tuple[Sheet, bool]:
    """The slip, drawn but not yet written; and whether the answer was cut."""
    page, is_cut = _drawn(content, fonts, A5)
    return (page, False) if not is_cut else _drawn(content, fonts, A4)


def _drawn(content: AnswerContent, fonts: Fonts, paper: _Paper) -> tuple[Sheet, bool]:
    title = say("form.answer.document", subject=content.number or content.question)
    page = Sheet(paper.width, paper.height, fonts=fonts, title=title, author=content.hotline)
    width = paper.right - paper.left - LABEL_WIDTH
    question = _short(page, full_width(content.question), width - 2 * PAD)
    basis = _short(page, full_width(content.basis) or say("form.answer.no_basis"), width - 2 * PAD)
    rows = [_row_of(question), 0.0, _row_of(basis), LOW, FOOT_ROW]
    rows[1] = paper.bottom - paper.top - sum(rows)
    edges = [paper.top + sum(rows[:at]) for at in range(6)]
    text = _fitted(page, content.answer, width - 2 * TEXT_PAD, rows[1] - 4.0)
    _frame(page, paper, edges)
    _head(page, paper, content)
    _cells(page, paper, content, edges, (question, basis))
    _answer(page, paper, text, edges)
    _foot(page, paper, content, edges)
    return page, text.is_cut


def _row_of(text: _Text) -> float:
    return TALL if len(text.lines) > 1 else LOW


def _short(page: Sheet, text: str, width: float) -> _Text:
    """One line, or two ever smaller ones."""
    hand = page.fitted(text, VALUE, width, smallest=10.5)
    if hand is not None:
        return _Text((text,), hand)
    for size in (10.0, 9.0, 8.0, 7.0):
        small = Hand(VALUE.face, size)
        lines = page.wrapped(text, small, width, most=3)
        if len(lines) <= 2:
            return _Text(tuple(lines), small)
    return _Text(tuple(page.wrapped(text, Hand(VALUE.face, 7.0), width, most=2)), Hand(VALUE.face, 7.0))


def _fitted(page: Sheet, text: str, width: float, height: float) -> _Text:
    """Paragraphs indented by two characters, as large as they fit; what fits in no size ends with where the rest is."""
    paragraphs = ["　　" + each.strip() for each in full_width(text).splitlines() if each.strip()]
    hand, lines = Hand(VALUE.face, SIZES[0]), tuple[str, ...]()
    for size in SIZES:
        hand = Hand(VALUE.face, size)
        lines = tuple(line for each in paragraphs for line in page.wrapped(each, hand, width, most=_TOO_MANY))
        if len(lines) * size * LEAD / PT <= height:
            return _Text(lines, hand)
    room = int(height * PT / (SIZES[-1] * LEAD)) - 1
    more = page.wrapped(say("form.answer.more"), hand, width, most=1)
    return _Text((*lines[:room], *more), hand, is_cut=True)


def _frame(page: Sheet, paper: _Paper, edges: list[float]) -> None:
    for edge in edges[1:5]:
        page.line(paper.left, edge, paper.right, edge, weight=INNER)
    x = paper.left + LABEL_WIDTH
    page.line(x, edges[0], x, edges[4], weight=INNER)
    for x in (_second(paper), _second(paper) + LABEL_WIDTH):
        page.line(x, edges[3], x, edges[4], weight=INNER)
    for x in _sign_columns(paper):
        page.line(x, edges[4], x, edges[5], weight=INNER)
    page.box(paper.left, paper.top, paper.right - paper.left, paper.bottom - paper.top, weight=FRAME)


def _second(paper: _Paper) -> float:
    """Where the second label of the last row begins."""
    return paper.left + LABEL_WIDTH + 62.0


def _sign_columns(paper: _Paper) -> tuple[float, float]:
    return paper.left + 46.0, paper.right - 60.0


def _head(page: Sheet, paper: _Paper, content: AnswerContent) -> None:
    middle = (paper.left + paper.right) / 2
    hotline = page.fitted(content.hotline, HEAD, 150.0, smallest=6) or HEAD
    page.words(middle, paper.hotline, content.hotline, hotline, Align.MIDDLE)
    page.words(middle, paper.title, say("form.answer.title"), TITLE, Align.MIDDLE)
    number = say("form.answer.number", number=content.number) if content.number else say("form.answer.unregistered")
    page.middle(paper.right, paper.head_line, number, VALUE, align=Align.RIGHT)
    if content.reprint:
        _boxed(page, paper.left, say("form.reprint", times=content.reprint), 17.0)
    if content.training:
        _boxed(page, paper.right - 22.0, say("form.training"), 22.0)


def _boxed(page: Sheet, x: float, text: str, width: float) -> None:
    page.box(x, 18.4, width, 6.2, weight=0.8)
    page.middle(x + width / 2, 21.5, text, MARK, align=Align.MIDDLE)


def _cells(page: Sheet, paper: _Paper, content: AnswerContent, edges: list[float], short: tuple[_Text, _Text]) -> None:
    value = paper.left + LABEL_WIDTH + PAD
    for row, name, text in ((0, "question", short[0]), (2, "basis", short[1])):
        _label(page, paper.left, (edges[row] + edges[row + 1]) / 2, say(f"form.answer.{name}"))
        middle = (edges[row] + edges[row + 1]) / 2
        for at, line in enumerate(text.lines):
            page.middle(value, middle + (at - (len(text.lines) - 1) / 2) * text.hand.size * 1.28 / PT, line, text.hand)
    middle = (edges[3] + edges[4]) / 2
    valid = say("form.answer.forever" if content.article else "form.answer.no_basis")
    if content.valid_until:
        valid = say("form.answer.until", until=content.valid_until)
    article = content.article or say("form.answer.no_article")
    for x, name, words, width in (
        (paper.left, "valid", valid, 62.0),
        (_second(paper), "article", article, paper.right - _second(paper) - LABEL_WIDTH),
    ):
        _label(page, x, middle, say(f"form.answer.{name}"))
        hand = page.fitted(words, VALUE, width - 2 * PAD, smallest=7) or Hand(VALUE.face, 7)
        page.middle(x + LABEL_WIDTH + PAD, middle, words, hand)


def _label(page: Sheet, x: float, middle: float, words: str) -> None:
    page.spread(x + (LABEL_WIDTH - 4 * LABEL.size / PT) / 2, middle, words, LABEL, ems=4)


def _answer(page: Sheet, paper: _Paper, text: _Text, edges: list[float]) -> None:
    middle = (edges[1] + edges[2]) / 2
    for at, name in enumerate(("answer_1", "answer_2")):
        words = say(f"form.answer.{name}")
        page.spread(
            paper.left + (LABEL_WIDTH - 3 * LABEL.size / PT) / 2,
            middle + (at - 0.5) * LABEL.size * 1.45 / PT,
            words,
            LABEL,
            ems=3,
        )
    lead = text.hand.size * LEAD / PT
    x, y = paper.left + LABEL_WIDTH + TEXT_PAD, edges[1] + 2.6 + lead / 2
    for line in text.lines:
        page.middle(x, y, line, text.hand)
        y += lead
    if edges[2] - y >= 5.0:
        page.middle(x + 2 * BLANK.size / PT, y, say("form.answer.blank"), BLANK)


def _foot(page: Sheet, paper: _Paper, content: AnswerContent, edges: list[float]) -> None:
    first, second = _sign_columns(paper)
    y = edges[4] + 4.7
    officer = say("form.answer.officer", officer=content.officer)
    page.middle(paper.left + 2.5, y, officer, page.fitted(officer, VALUE, first - paper.left - 4, smallest=6) or VALUE)
    page.middle(first + 2.5, y, say("form.answer.station"), VALUE)
    unit = page.fitted(content.unit, VALUE, second - first - 6, smallest=6) or Hand(VALUE.face, 6)
    page.middle(first + 2.5, y + 6.4, content.unit, unit)
    page.middle(
        second + 2.5, y, say("form.answer.at", at=shown(content.answered_at)), _narrow(page, content, paper.right - second - 4)
    )
    printed = say("form.printed", at=shown(content.printed_at), by=content.printed_by)
    page.words(paper.left, paper.foot_line, printed, page.fitted(printed, FOOT, 90.0, smallest=6) or FOOT)
    page.words(paper.right, paper.foot_line, say("form.page", page=1, pages=1), FOOT, Align.RIGHT)
    page.words(paper.left, paper.foot_line + 4.4, say("form.answer.note"), FOOT)
    for at, char in enumerate(say("form.answer.copy")):
        page.middle(paper.right + 4.2, paper.top + 2.6 + at * 4.5, char, COPY, align=Align.MIDDLE)


def _narrow(page: Sheet, content: AnswerContent, width: float) -> Hand:
    words = say("form.answer.at", at=shown(content.answered_at))
    return page.fitted(words, VALUE, width, smallest=6) or VALUE
