"""交接班 without a screen: another's sheet comes first, no word of the notes is lost, and what was handed over is only looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from county_hotline.background import InlineRunner
from county_hotline.domain.shifts import LONGEST_NOTES, Shift
from county_hotline.forms.raster import Picture
from county_hotline.ids import OfficerId
from county_hotline.ui.screens.handover.presenter import HandoverPresenter, HandoverTold
from county_hotline.ui.screens.handover.work import HandoverFacts
from tests.forms.shifts import GIVER, QUIET, TAKER
from tests.support.fake_views import FakeLater
from tests.support.ticking_clock import MORNING


@dataclass
class Screen:
    """Remembers what it was shown."""

    typed: str = ""
    told: list[HandoverTold] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    printed: list[tuple[str, int]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    def show(self, told: HandoverTold) -> None:
        self.told.append(told)

    def show_notes(self, notes: str) -> None:
        self.typed = notes

    def show_preview(self, picture: Picture) -> None:
        self.pictures.append(picture)

    def preview_width(self) -> int:
        return 500

    def notes(self) -> str:
        return self.typed

    def say_done(self, head: str, words: str) -> None:
        self.done.append(head + words)

    def say_printed(self, path: str, missing: int) -> None:
        self.printed.append((path, missing))

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)


@dataclass
class Work:
    """A station with some hand-overs."""

    officer: OfficerId = TAKER
    kept: list[Shift] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)
    before: str = ""

    def look(self, notes: str | None) -> HandoverFacts:
        written = self.before if notes is None else notes
        own = Shift(0, msgspec.structs.replace(QUIET.sheet, notes=written, giver=self.officer))
        last = self.kept[0] if self.kept else None
        waiting = last if last and not last.is_taken and last.sheet.giver != self.officer else None
        return HandoverFacts(own, waiting, tuple(self.kept), written, self.officer, MORNING)

    def keep_notes(self, notes: str) -> None:
        self.saved.append(notes)

    def hand_over(self, notes: str) -> Shift:
        made = Shift(len(self.kept) + 1, msgspec.structs.replace(QUIET.sheet, notes=notes, giver=self.officer))
        self.kept.insert(0, made)
        return made

    def take_over(self, shift: int) -> Shift:
        self.kept[0] = msgspec.structs.replace(self.kept[0], taker=self.officer, taken_at=MORNING)
        assert self.kept[0].shift == shift
        return self.kept[0]

    def print(self, shift: Shift) -> tuple[str, int]:
        return f"{shift.shift}.pdf", 0

    def preview(self, shift: Shift, width: int, now: int) -> Picture:
        self.drawn.append(shift.shift)
        return Picture(b"", width, now and width)


def a_page(work: Work) -> tuple[HandoverPresenter, Screen, FakeLater]:
    screen, later = Screen(), FakeLater()
    presenter = HandoverPresenter(screen, work, InlineRunner(), drawer=InlineRunner(), later=later)
    presenter.shown()
    return presenter, screen, later


def test_what_another_left_comes_first_and_f9_takes_it_over() -> None:
    work = Work(kept=[Shift(1, QUIET.sheet)])
    presenter, screen, _ = a_page(work)
    before = screen.told[-1]
    presenter.do(paper=True)

    assert (before.state, before.shown_shift, "受理员甲" in before.notice) == ("take", 1, True)
    assert work.drawn[0] == 1
    assert work.kept[0].taker == TAKER
    assert screen.told[-1].state == "kept"
    assert screen.told[-1].notice == ""
    assert screen.printed == []


def test_ones_own_is_handed_over_printed_and_then_waits_for_the_next() -> None:
    work = Work(officer=GIVER)
    presenter, screen, _ = a_page(work)
    screen.typed = "墨粉将尽"
    presenter.do(paper=True)

    assert work.kept[0].sheet.notes == "墨粉将尽"
    assert screen.printed == [("1.pdf", 0)]
    assert screen.typed == ""
    assert (screen.told[-1].state, screen.told[-1].shown_shift) == ("kept", 1)
    assert screen.told[-1].notice == "您自己交的班，等接班的人确认"


def test_notes_are_kept_a_moment_after_the_last_key_and_at_once_when_the_page_goes() -> None:
    work = Work(before="昨天写的")
    presenter, screen, later = a_page(work)
    begun = screen.typed
    for typed in ("昨", "昨天", "昨天和今天"):
        screen.typed = typed
        presenter.typed()
    waiting = list(later.waiting)
    presenter.hidden()
    presenter.close()

    assert begun == "昨天写的"
    assert len(waiting) == 2  # one to keep, one to draw, however many keys
    assert work.saved == ["昨天和今天"]


def test_too_long_notes_are_said_before_anything_is_pressed() -> None:
    presenter, screen, later = a_page(Work())
    screen.typed = "长" * (LONGEST_NOTES + 3)
    presenter.typed()
    drawn = len(screen.pictures)
    for _, do in list(later.waiting):
        do()

    assert screen.told[-1].is_too_long
    assert screen.told[-1].left == "还能写 -3 字"
    assert len(screen.pictures) == drawn


def test_earlier_ones_are_looked_at_one_after_the_other() -> None:
    taken = Shift(2, QUIET.sheet, TAKER, MORNING)
    presenter, screen, _ = a_page(Work(kept=[taken, Shift(1, QUIET.sheet)]))
    for _ in range(3):
        presenter.turn()

    assert [told.shown_shift for told in screen.told if told.state == "kept"] == [2, 1]
    assert screen.told[-1].state == "own"
    assert [each.words for each in screen.told[-1].kept] == [
        "11-21 09:12　受理员甲 → 受理员乙　11-21 09:12",
        "11-21 09:12　受理员甲 → 还没有人接",
    ]
