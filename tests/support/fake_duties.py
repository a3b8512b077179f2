"""The page 清单 without a screen: a view that remembers, and a presenter for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from county_hotline.background import InlineRunner
from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import Account
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.ids import OfficerId
from county_hotline.ui.long_work import LongWork
from county_hotline.ui.screens.duties.presenter import DutiesPresenter, FormTold, Lines, RowTold
from county_hotline.ui.screens.duties.work import DeskDuties
from county_hotline.ui.telling.preview import PreviewTold
from county_hotline.ui.telling.reading import ReadTold
from tests.support.county import County

CHIEF = Account(OfficerId("0102 负责人甲"), "0102", "负责人甲", (OfficerRole.LEADER, OfficerRole.ADMIN))


@dataclass
class FakeDuties:
    """A page that remembers."""

    head: str = ""
    rows: tuple[RowTold, ...] = ()
    keep: str = ""
    empty: tuple[str, str] = ("", "")
    line: ReadTold | None = None
    why: str = ""
    may_exchange: bool = False
    may_write: bool = True
    preview: PreviewTold | None = None
    form: FormTold | None = None
    wrongs: list[tuple[str, str]] = field(default_factory=list)
    lines: Lines = ()
    undos: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    working: str = ""
    steps: list[tuple[int, int | None]] = field(default_factory=list)
    stops_at: int = 0
    """取消 is pressed when so many steps were told."""
    stop: Callable[[], None] = lambda: None

    def is_seen(self) -> bool:
        return True

    def show_head(self, words: str) -> None:
        self.head = words

    def show_rows(self, name: str, rows: tuple[RowTold, ...], *, keep: str) -> None:
        self.rows, self.keep = rows, keep

    def show_empty(self, head: str, words: str) -> None:
        self.empty = (head, words)

    def show_line(self, told: ReadTold | None) -> None:
        self.line = told

    def show_rights(self, why: str, *, may_exchange: bool, may_write: bool) -> None:
        self.why, self.may_exchange, self.may_write = why, may_exchange, may_write

    def show_preview(self, told: PreviewTold | None) -> None:
        self.preview = told

    def show_form(self, told: FormTold | None) -> None:
        self.form = told

    def wrong(self, field: str, words: str) -> None:
        self.wrongs.append((field, words))

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        self.lines = lines

    def undoable(self, words: str, undo: Callable[[], None]) -> None:
        self.undos.append((words, undo))

    def say(self, head: str, words: str, tone: str) -> None:
        self.told.append((head, words))

    def begin_progress(self, words: str, stop: Callable[[], None]) -> None:
        self.working, self.stop, self.steps = words, stop, []

    def show_progress(self, done: int, total: int | None) -> None:
        self.steps.append((done, total))
        if len(self.steps) == self.stops_at:
            self.stop()

    def end_progress(self) -> None:
        self.working = ""

    def fail(self, fault: Exception) -> None:
        raise fault

    def typed(self, **values: str) -> dict[str, str]:
        """The form with these fields filled in."""
        assert self.form is not None
        there = {told.name: told.value for told in self.form.fields}
        return {**there, **{f"{told.name}.words": told.words for told in self.form.fields if told.kind == "find"}, **values}


def page_of(desk: Desk, view: FakeDuties, county: County) -> DutiesPresenter:
    long_work = LongWork(view, InlineRunner(), lambda call: call())
    made = DutiesPresenter(view, DeskDuties(desk), InlineRunner(), bulletin=county.bulletin, long_work=long_work)
    made.shown()
    return made
