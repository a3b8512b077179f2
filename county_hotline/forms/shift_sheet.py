"""交接班单 on A4: what one shift tells the next. Callers only masked, of confidential orders only the number. Millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from county_hotline.clock import local, shown
from county_hotline.domain.shifts import Shift, ShiftLine, ShiftSheet
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import PAPER_LOCK, Fonts, fonts_of
from county_hotline.forms.page import PT, Align, Hand, Sheet
from county_hotline.paths import write_atomically
from county_hotline.wording import act, say

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, FOOT = 27.0, 187.0, 49.8, 280.0
FRAME, INNER = 1.2, 0.5
PAD = 1.8
LABEL_WIDTH = 25.0
ROOM = RIGHT - LEFT - LABEL_WIDTH - 2 * PAD
ROW, LEAD, SIGN_ROW = 9.0, 4.9, 14.0
LABEL = Hand(Face.SONG, 12)
VALUE = Hand(Face.FANGSONG, 12)
LINE = Hand(Face.FANGSONG, 10.5)
HEAD = Hand(Face.SONG, 14, 1.2)
TITLE = Hand(Face.TITLE, 22, 22)
SMALL = Hand(Face.FANGSONG, 9)
MOST_NOTES = 10
MOST_LINES = 6
DONE = (
    ("accepted", "work_order.accepted"),
    ("answered", "work_order.answered_at_once"),
    ("dispatched", "work_order.dispatched"),
    ("signed", "work_order.signed_for"),
    ("replied", "work_order.replied"),
    ("finished", "work_order.finished"),
)
"""本班经手, by kind on disk."""


def draw_shift(shift: Shift, path: Path, *, printed_at: int, fonts: Fonts | None = None) -> tuple[str, ...]:
    """One A4 page. The characters that had to be spelled `[U+...]`. Raises StoreFault, and then there is no half of a file."""
    with PAPER_LOCK:
        page = sheet(shift, fonts or fonts_of(), printed_at=printed_at)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, page.pdf(printed_at=printed_at))
        return tuple(page.missing)


def preview(shift: Shift, *, printed_at: int, fonts: Fonts | None = None) -> bytes:
    """The same page as a document in memory. `shift.shift` 0: not handed over yet, and says so."""
    with PAPER_LOCK:
        return sheet(shift, fonts or fonts_of(), printed_at=printed_at).pdf(printed_at=printed_at)


def sheet(shift: Shift, fonts: Fonts, *, printed_at: int) -> Sheet:
    """The sheet, drawn but not yet written."""
    told = shift.sheet
    number = say("form.shift.number", number=f"{shift.shift:06d}") if shift.shift else say("form.shift.draft")
    page = Sheet(WIDTH, HEIGHT, fonts=fonts, title=say("form.shift.document", number=number), author=told.hotline)
    middle, hotline = (LEFT + RIGHT) / 2, told.hotline
    page.words(middle, 27.0, hotline, page.fitted(hotline, HEAD, RIGHT - LEFT, smallest=9) or HEAD, Align.MIDDLE)
    page.words(middle, 39.2, say("form.shift.title"), TITLE, Align.MIDDLE)
    page.words(LEFT, 47.2, f"{told.unit_name} {told.desk_name}".strip(), LINE)
    page.words(RIGHT, 47.2, number, LINE, Align.RIGHT)
    y = _table(page, shift)
    page.box(LEFT, TOP, RIGHT - LEFT, y - TOP, weight=FRAME)
    page.words(LEFT, y + 6.2, say("form.shift.masked"), SMALL)
    page.words(RIGHT, y + 6.2, say("form.shift.printed", at=shown(printed_at)), SMALL, Align.RIGHT)
    return page


def _table(page: Sheet, shift: Shift) -> float:
    told = shift.sheet
    y = _two(page, TOP, ("form.shift.giver", _name(told.giver)), ("form.shift.made_at", shown(told.made_at)))
    printed = say("form.shift.sheets", count=told.printed)
    y = _two(page, y, ("form.shift.since", shown(told.since)), ("form.shift.printed_today", printed))
    room = FOOT - y - 2 * SIGN_ROW
    most = MOST_LINES
    boxes = _boxes(page, told, most)
    while (
        sum(box.high for box in boxes) > room and most > 1
    ):  # on a full day fewer stand there by number; how many more is said
        most -= 1
        boxes = _boxes(page, told, most)
    for box in boxes:
        y = _box(page, y, box)
    y = _sign(page, y, "form.shift.giver_signs", _name(told.giver))
    taker = say("form.shift.taken", name=_name(shift.taker), at=shown(shift.taken_at)) if shift.is_taken else ""
    return _sign(page, y, "form.shift.taker_signs", taker, last=True)


@dataclass(frozen=True, slots=True)
class _Box:
    """A label and its lines, as high as they need."""

    key: str
    lines: tuple[str, ...]

    @property
    def high(self) -> float:
        return max(ROW, len(self.lines) * LEAD + 3.4)


def _boxes(page: Sheet, told: ShiftSheet, most: int) -> list[_Box]:
    """Everything between the head and the signatures, with `most` orders a group."""
    groups = (
        ("overdue", told.overdue, told.overdue_count),
        ("near", told.near, told.near_count),
        ("call_backs", told.call_backs, told.call_backs_count),
    )
    return [
        _wrapped(page, "done", [_done(told)]),
        _wrapped(page, "todo", _in_lines(page, _todo(told))),
        *(_wrapped(page, name, _lines(page, lines[:most], count)) for name, lines, count in groups),
        _wrapped(page, "drafts", _in_lines(page, _drafts(told))),
        _wrapped(page, "line", _line(told)),
        _wrapped(page, "notes", told.notes.split("\n") if told.notes else [say("form.shift.nothing")], most=MOST_NOTES),
    ]


def _wrapped(page: Sheet, name: str, said: Sequence[str], *, most: int = 2) -> _Box:
    return _Box(f"form.shift.{name}", tuple(line for text in said for line in page.wrapped(text, LINE, ROOM, most=most)))


def _in_lines(page: Sheet, parts: Sequence[str]) -> list[str]:
    """Put side by side, as many a line as it holds; none is broken."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}　{part}" if lines else part
        if lines and page.width_of(longer, LINE) <= ROOM:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _two(page: Sheet, y: float, first: tuple[str, str], second: tuple[str, str]) -> float:
    half = (LEFT + RIGHT) / 2
    for x, end, (key, value) in ((LEFT, half, first), (half, RIGHT, second)):
        if x != LEFT:
            page.line(x, y, x, y + ROW, weight=INNER)
        _label(page, x, y + ROW / 2, say(key))
        page.line(x + LABEL_WIDTH, y, x + LABEL_WIDTH, y + ROW, weight=INNER)
        hand = page.fitted(value, VALUE, end - x - LABEL_WIDTH - 2 * PAD, smallest=8) or Hand(VALUE.face, 8)
        page.middle(x + LABEL_WIDTH + PAD, y + ROW / 2, value, hand)
    return _ruled(page, y + ROW)


def _box(page: Sheet, y: float, box: _Box) -> float:
    _label(page, LEFT, y + box.high / 2, say(box.key))
    page.line(LEFT + LABEL_WIDTH, y, LEFT + LABEL_WIDTH, y + box.high, weight=INNER)
    at = y + box.high / 2 - (len(box.lines) - 1) / 2 * LEAD
    for nth, line in enumerate(box.lines):
        page.middle(LEFT + LABEL_WIDTH + PAD, at + nth * LEAD, line, LINE)
    return _ruled(page, y + box.high)


def _sign(page: Sheet, y: float, key: str, words: str, *, last: bool = False) -> float:
    _label(page, LEFT, y + SIGN_ROW / 2, say(key))
    page.line(LEFT + LABEL_WIDTH, y, LEFT + LABEL_WIDTH, y + SIGN_ROW, weight=INNER)
    base = y + SIGN_ROW - 4.6
    page.words(LEFT + LABEL_WIDTH + PAD, base, words, LINE)
    page.words(132.0, base, say("form.handover.signature"), LINE)
    page.words(RIGHT - PAD - 2, base, say("form.handover.date"), LINE, Align.RIGHT)
    return y + SIGN_ROW if last else _ruled(page, y + SIGN_ROW)


def _ruled(page: Sheet, y: float) -> float:
    page.line(LEFT, y, RIGHT, y, weight=INNER)
    return y


def _label(page: Sheet, x: float, middle: float, text: str) -> None:
    page.spread(x + (LABEL_WIDTH - 4 * LABEL.size / PT) / 2, middle, text, LABEL, ems=4)


# ---------------------------------------------------------------- what is said


def _name(officer: str) -> str:
    return officer.partition(" ")[2] or officer


def _done(told: ShiftSheet) -> str:
    parts = [f"{act(kind)}\u00a0{told.done[kind]}" for _name, kind in DONE if told.done.get(kind)]
    return "　".join(parts) or say("form.shift.nothing")


def _todo(told: ShiftSheet) -> list[str]:
    parts = []
    for each in told.todo:
        words = f"{say(f'task_kind.{each.kind}')}\u00a0{each.orders}"
        parts.append(words + (say("form.shift.of_them_late", count=each.overdue) if each.overdue else ""))
    if told.incoming:
        parts.append(say("form.shift.incoming", count=told.incoming))
    return parts or [say("form.shift.nothing")]


def _lines(page: Sheet, lines: Sequence[ShiftLine], count: int) -> list[str]:
    if not lines:
        return [say("form.shift.nothing")]
    said = [_one(page, line) for line in lines]
    if count > len(lines):
        said.append(say("form.shift.more", count=count - len(lines)))
    return said


def _one(page: Sheet, line: ShiftLine) -> str:
    """Number, matter, unit and limit on one line: what is too long of it is the matter."""
    due = f"{local(line.due_at - 1):%m-%d %H:%M}" if line.due_at else say("form.shift.no_limit")
    tries = say("form.shift.tries", count=line.tries + 1) if line.kind == "follow_up" else ""
    title = say("form.confidential") if line.confidential else line.title

    def whole(words: str) -> str:
        return "　".join(each for each in (_short(line.number), words, line.agency, f"{due}{tries}") if each)

    cut = title
    while cut and page.width_of(whole(cut if cut == title else f"{cut}…"), LINE) > ROOM:
        cut = cut[:-1]
    return whole(cut if cut == title else f"{cut}…")


def _short(number: str) -> str:
    parts = number.split("-")
    return "-".join((parts[-2], parts[-1][:4])) if len(parts) == 4 else number


def _drafts(told: ShiftSheet) -> list[str]:
    if not told.drafts:
        return [say("form.shift.nothing")]
    said = []
    for each in told.drafts[:MOST_LINES]:
        whose = say("form.confidential") if each.confidential else each.caller or say("form.shift.no_caller")
        said.append(f"{local(each.saved_at):%m-%d %H:%M} {whose}")
    rest = len(told.drafts) - len(said)
    return [*said, say("form.shift.more_drafts", count=rest)] if rest else said


def _line(told: ShiftSheet) -> list[str]:
    key = "form.shift.equation" if told.balanced else "form.shift.equation_off"
    state = say(f"line_state.{told.line.value}")
    since = say("form.shift.line_since", at=shown(told.line_since)) if told.line_since else ""
    whole = say("form.shift.synced", at=shown(told.synced_at)) if told.synced_at else say("form.shift.never_synced")
    rest = []
    if told.held:
        rest.append(say("form.shift.held", count=told.held))
    if told.files:
        rest.append(say("form.shift.files", count=told.files))
    return [
        say(key, stored=told.stored, received=told.received, waiting=told.waiting),
        f"{state}{since}　{whole}",
        *(["　".join(rest)] if rest else []),
    ]
