"""数据包交接单 on A4: what is handed over, between whom, and the code by which both see that it is the same. No citizen's word. Millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from county_hotline.clock import shown
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import PAPER_LOCK, Fonts, fonts_of
from county_hotline.forms.page import PT, Align, Hand, Sheet
from county_hotline.paths import write_atomically
from county_hotline.wording import say

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT = 27.0, 187.0
TOP = 49.8
FRAME, INNER = 1.2, 0.5
PAD = 1.8
LABEL_WIDTH, VALUE_WIDTH = 27.0, 53.0
ROW, CODE_ROW, NOTES_ROW, SIGN_ROW = 10.0, 20.0, 44.0, 28.0
LABEL = Hand(Face.SONG, 12)
VALUE = Hand(Face.FANGSONG, 12)
HEAD = Hand(Face.SONG, 14, 1.2)
TITLE = Hand(Face.TITLE, 22, 12)
CODE = Hand(Face.HEI_BOLD, 20, 1.5)
SMALL = Hand(Face.FANGSONG, 10.5)
FOOT = Hand(Face.FANGSONG, 9)
NOTE_LEAD = 6.4
SMALLEST = 9.5
TWO_LINE_LEAD = 4.3


@dataclass(frozen=True, slots=True)
class Handover:
    """Everything that is printed on it."""

    hotline: str
    name: str
    """`370323-03-up-000007`."""
    goes_up: bool
    sender: str
    receiver: str
    serial: int
    previous: int
    """0 for none."""
    entries: int
    files: int
    size: int
    """Bytes."""
    check_code: str
    made_at: int
    made_by: str
    printed_at: int


def draw_handover(content: Handover, path: Path, *, fonts: Fonts | None = None) -> tuple[str, ...]:
    """One A4 page. The characters that had to be spelled `[U+...]`. Raises StoreFault, and then there is no half of a file."""
    with PAPER_LOCK:
        page = sheet(content, fonts or fonts_of())
        write_atomically(path, page.pdf(printed_at=content.printed_at))
        return tuple(page.missing)


def sheet(content: Handover, fonts: Fonts) -> Sheet:
    """The sheet, drawn but not yet written."""
    page = Sheet(WIDTH, HEIGHT, fonts=fonts, title=say("form.handover.document", name=content.name), author=content.hotline)
    middle = (LEFT + RIGHT) / 2
    page.words(
        middle, 27.0, content.hotline, page.fitted(content.hotline, HEAD, RIGHT - LEFT, smallest=9) or HEAD, Align.MIDDLE
    )
    page.words(middle, 39.2, say("form.handover.title"), TITLE, Align.MIDDLE)
    page.words(RIGHT, 47.2, content.name, VALUE, Align.RIGHT)
    y = _rows(page, content, TOP)
    y = _check(page, content, y)
    y = _notes(page, y, goes_up=content.goes_up)
    y = _signatures(page, y)
    page.box(LEFT, TOP, RIGHT - LEFT, y - TOP, weight=FRAME)
    page.words(LEFT, y + 6.5, say("form.handover.printed", at=shown(content.printed_at), by=content.made_by), FOOT)
    page.words(RIGHT, y + 6.5, content.name, FOOT, Align.RIGHT)
    return page


def _rows(page: Sheet, content: Handover, y: float) -> float:
    """Who, to whom, which, how much."""
    count = say("form.handover.count", count=content.entries)
    files = say("form.handover.count_files", count=content.files)
    none = say("form.handover.none")
    for cells in (
        (("form.handover.sender", content.sender),),
        (("form.handover.receiver", content.receiver),),
        (("form.handover.way", say("parcel.way.up" if content.goes_up else "parcel.way.down")), ("form.handover.made_at", shown(content.made_at))),
        (("form.handover.serial", str(content.serial)), ("form.handover.previous", str(content.previous) if content.previous else none)),
        (("form.handover.entries", count), ("form.handover.files", files)),
        (("form.handover.size", size_in_words(content.size)), ("form.handover.made_by", content.made_by)),
    ):  # fmt: skip
        for nth, (key, value) in enumerate(cells):
            x = LEFT + nth * (LABEL_WIDTH + VALUE_WIDTH)
            room = (RIGHT if len(cells) == 1 else x + LABEL_WIDTH + VALUE_WIDTH) - x - LABEL_WIDTH
            _cell(page, x, y + ROW / 2, (say(key), value), room)
            if nth:
                page.line(x, y, x, y + ROW, weight=INNER)
            page.line(x + LABEL_WIDTH, y, x + LABEL_WIDTH, y + ROW, weight=INNER)
        y = _ruled(page, y + ROW)
    return y


def _cell(page: Sheet, x: float, middle: float, said: tuple[str, str], room: float) -> None:
    label, value = said
    _label(page, x, middle, label)
    hand, lines = page.fitted(value, VALUE, room - 2 * PAD, smallest=SMALLEST), [value]
    if hand is None:
        hand = Hand(VALUE.face, SMALLEST)
        lines = page.wrapped(value, hand, room - 2 * PAD, most=2)
    top = middle - (len(lines) - 1) / 2 * TWO_LINE_LEAD
    for nth, line in enumerate(lines):
        page.middle(x + LABEL_WIDTH + PAD, top + nth * TWO_LINE_LEAD, line, hand)


def _check(page: Sheet, content: Handover, y: float) -> float:
    """核对码 stands large: it is read across a table."""
    middle = y + CODE_ROW / 2
    _label(page, LEFT, middle, say("form.handover.check_code"))
    page.line(LEFT + LABEL_WIDTH, y, LEFT + LABEL_WIDTH, y + CODE_ROW, weight=INNER)
    page.middle(LEFT + LABEL_WIDTH + PAD, middle - 3.2, content.check_code, CODE)
    page.middle(LEFT + LABEL_WIDTH + PAD, middle + 5.4, say("form.handover.compare"), SMALL)
    return _ruled(page, y + CODE_ROW)


def _notes(page: Sheet, y: float, *, goes_up: bool) -> float:
    _label(page, LEFT, y + NOTES_ROW / 2, say("form.handover.notes"))
    page.line(LEFT + LABEL_WIDTH, y, LEFT + LABEL_WIDTH, y + NOTES_ROW, weight=INNER)
    lines = list(_note_lines(page, goes_up=goes_up))
    at = y + NOTES_ROW / 2 - (len(lines) - 1) / 2 * NOTE_LEAD
    for nth, line in enumerate(lines):
        page.middle(LEFT + LABEL_WIDTH + PAD, at + nth * NOTE_LEAD, line, VALUE)
    return _ruled(page, y + NOTES_ROW)


def _note_lines(page: Sheet, *, goes_up: bool) -> Iterator[str]:
    back = "form.handover.note_3" if goes_up else "form.handover.note_3_down"
    for key in ("form.handover.note_1", "form.handover.note_2", back, "form.handover.note_4"):
        yield from page.wrapped(say(key), VALUE, RIGHT - LEFT - LABEL_WIDTH - 2 * PAD, most=2)


def _signatures(page: Sheet, y: float) -> float:
    """Who gives, who carries, who takes: each a line for a name and a day."""
    for nth, key in enumerate(("form.handover.giver", "form.handover.carrier", "form.handover.taker")):
        if nth:
            page.line(LEFT, y, RIGHT, y, weight=INNER)
        middle = y + SIGN_ROW / 2
        _label(page, LEFT, middle, say(key))
        page.line(LEFT + LABEL_WIDTH, y, LEFT + LABEL_WIDTH, y + SIGN_ROW, weight=INNER)
        base = y + SIGN_ROW - 4.2
        page.words(LEFT + LABEL_WIDTH + PAD, base, say("form.handover.signature"), VALUE)
        page.words(RIGHT - PAD - 2, base, say("form.handover.date"), VALUE, Align.RIGHT)
        y += SIGN_ROW
    return y


def _ruled(page: Sheet, y: float) -> float:
    page.line(LEFT, y, RIGHT, y, weight=INNER)
    return y


def _label(page: Sheet, x: float, middle: float, text: str) -> None:
    page.spread(x + (LABEL_WIDTH - 4 * LABEL.size / PT) / 2, middle, text, LABEL, ems=4)


def size_in_words(size: int) -> str:
    """`12 KB`, `3.4 MB`: as the PC's own file list has it."""
    if size < 1 << 20:
        return f"{max(1, round(size / 1024)):,} KB"
    return f"{size / (1 << 20):,.1f} MB"
