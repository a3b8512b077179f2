"""导出 and 一起办 without a screen, over a real desk: progress, stopping, what is refused, what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest

from county_hotline.background import InlineRunner
from county_hotline.desk import intake
from county_hotline.desk.desk import Desk
from county_hotline.desk.exporting import SLICE
from county_hotline.domain.views import RegisterSort
from county_hotline.domain.vocabulary import StationRole
from county_hotline.signals import Bulletin
from county_hotline.ui.screens.register.columns import Sorting, arranged, left_out
from county_hotline.ui.screens.register.export_presenter import LISTED, TICKED, ExportForm, ExportPresenter
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.many_presenter import ManyLine, ManyPresenter
from county_hotline.ui.screens.register.screen import Listed
from county_hotline.ui.screens.register.work_many import DeskMany
from tests.desk.test_acting_on_many import DISPATCHER
from tests.support.fake_views import HeldRunner
from tests.support.ticking_clock import MORNING, TickingClock
from tests.support.windows import a_desk


@dataclass
class FakePane:
    """Both panes: remembers what it was shown."""

    form: ExportForm = field(default_factory=ExportForm)
    offered: tuple[str, str] = ("", "")
    may_see_callers: bool = False
    told: list[str] = field(default_factory=list)
    refused: str = ""
    path: str = ""
    lines: tuple[ManyLine, ...] = ()
    can: int = -1
    units: tuple[tuple[str, str], ...] = ()
    all_done: bool = False

    def open(self, form: ExportForm, *, listed: str, ticked: str, may_see_callers: bool) -> None:
        self.form, self.offered, self.may_see_callers = form, (listed, ticked), may_see_callers

    def show_progress(self, words: str, share: float) -> None:
        self.told.append(f"{words} {share:.2f}")

    def show_stopped(self, words: str) -> None:
        self.told.append(words)

    def refuse(self, words: str) -> None:
        self.refused = words

    def show_weighing(self, act: str, words: str) -> None:
        self.told.append(f"{act} {words}")

    def show_weighed(self, act: str, words: str, lines: tuple[ManyLine, ...], *, can: int) -> None:
        self.told.append(words)
        self.lines, self.can = lines, can

    def offer_units(self, typed: str, lines: tuple[tuple[str, str], ...]) -> None:
        self.units = lines

    def fail(self, fault: Exception) -> None:
        raise fault


class FakeExport(FakePane):
    def show_done(self, head: str, words: str, path: str) -> None:
        self.told.append(f"{head} {words}")
        self.path = path


class FakeMany(FakePane):
    def show_done(self, words: str, lines: tuple[ManyLine, ...], *, path: str, all_done: bool) -> None:
        self.told.append(words)
        self.lines, self.path, self.all_done = lines, path, all_done


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path / "centre", TickingClock(step_ms=1000), Bulletin(), role=StationRole.CENTRE)
    desk.officer = DISPATCHER
    yield desk
    desk.store.close()


def accept(desk: Desk, count: int) -> tuple[str, ...]:
    forms = [
        intake.IntakeForm(phone="13805330007", place="370323109200", title=f"第{n}件", content="路灯不亮。")
        for n in range(count)
    ]
    return tuple(intake.accept(desk, form).number for form in forms)


def listed(total: int, *numbers: str) -> Listed:
    return Listed(Filters(), total, str(total), numbers, "近30天、未办结", "2026-11-21", MORNING)


def test_an_export_tells_how_far_it_is_and_where_it_lies(centre: Desk, tmp_path: Path) -> None:
    accept(centre, SLICE + 1)
    pane = FakeExport()
    presenter = ExportPresenter(pane, DeskMany(centre), InlineRunner())

    presenter.open(listed(SLICE + 1), ("number", "title"), str(tmp_path))
    presenter.go(pane.form)

    assert pane.form.what == LISTED
    assert pane.may_see_callers
    assert pane.told[0].startswith(f"正在写：{SLICE} / {SLICE + 1} 件")
    assert f"已导出 {SLICE + 1} 件" in pane.told[-1]
    sheet = openpyxl.load_workbook(pane.path).worksheets[0]
    assert (sheet.max_row, sheet.max_column) == (SLICE + 2, 2)
    assert not presenter.is_running


def test_those_ticked_are_what_is_offered_first(centre: Desk, tmp_path: Path) -> None:
    numbers = accept(centre, 3)
    pane = FakeExport()
    presenter = ExportPresenter(pane, DeskMany(centre), InlineRunner())

    presenter.open(listed(3, numbers[1]), ("number",), str(tmp_path))
    presenter.go(pane.form)

    assert pane.form.what == TICKED
    assert openpyxl.load_workbook(pane.path).worksheets[0]["A2"].value == numbers[1]


def test_an_export_that_is_stopped_leaves_nothing(centre: Desk, tmp_path: Path) -> None:
    accept(centre, SLICE * 2 + 1)
    (tmp_path / "out").mkdir()
    pane, runner = FakeExport(), HeldRunner()
    presenter = ExportPresenter(pane, DeskMany(centre), runner)
    presenter.open(listed(SLICE * 2 + 1), ("number",), str(tmp_path / "out"))
    runner.let_go()
    presenter.go(pane.form)
    for _begun_then_first_slice in range(2):
        runner.jobs.pop(0)()
    assert presenter.is_running
    assert [each.name[0] for each in (tmp_path / "out").iterdir()] == [".", "."]

    presenter.cancel()
    runner.let_go()

    assert pane.told[-1] == "取消了，没有留下文件。"
    assert list((tmp_path / "out").iterdir()) == []
    assert not presenter.is_running


def test_an_export_that_is_refused_says_why_and_can_be_tried_again(centre: Desk, tmp_path: Path) -> None:
    accept(centre, 1)
    pane = FakeExport()
    presenter = ExportPresenter(pane, DeskMany(centre), InlineRunner())
    presenter.open(listed(1), ("number",), str(tmp_path / "没有"))

    presenter.go(pane.form)
    assert "没有这个文件夹" in pane.refused
    presenter.go(ExportForm(folder=str(tmp_path), in_the_clear=True))
    assert "事由" in pane.refused
    presenter.go(ExportForm(folder=str(tmp_path)))

    assert pane.path


def test_a_run_on_many_says_each_outcome_refused_ones_first(centre: Desk) -> None:
    numbers = accept(centre, 2)
    pane = FakeMany()
    presenter = ManyPresenter(pane, DeskMany(centre), InlineRunner())

    presenter.open("dispatch", numbers)
    assert (pane.can, [line.words for line in pane.lines]) == (2, ["派给 县住建局"] * 2)
    presenter.find_units("住房")
    presenter.go({"agency": pane.units[0][0], "advice": ""})
    assert pane.all_done
    presenter.open("dispatch", numbers)

    assert pane.can == 0
    assert all("改派" in line.words for line in pane.lines)


def test_a_run_that_is_stopped_says_what_was_done_and_what_was_not(centre: Desk) -> None:
    numbers = accept(centre, 3)
    pane, runner = FakeMany(), HeldRunner()
    presenter = ManyPresenter(pane, DeskMany(centre), runner)
    presenter.open("urge", numbers)
    runner.let_go()
    presenter.go({"words": ""})

    presenter.stop()
    runner.let_go()

    assert pane.told[-1] == "停下了：办好 1 件，没办成 0 件，还有 2 件没有办。"
    assert [line.words for line in pane.lines] == ["没有办", "没有办", "办好了"]
    assert not presenter.is_running


def test_slips_of_a_run_come_as_one_file(centre: Desk) -> None:
    numbers = accept(centre, 2)
    pane = FakeMany()
    presenter = ManyPresenter(pane, DeskMany(centre), InlineRunner())

    presenter.open("print", numbers)
    presenter.go({})

    assert pane.path.endswith("-2.pdf")
    assert Path(pane.path).is_file()


def test_a_pane_left_while_it_weighs_hears_no_late_answer(centre: Desk) -> None:
    numbers = accept(centre, 1)
    pane, runner = FakeMany(), HeldRunner()
    presenter = ManyPresenter(pane, DeskMany(centre), runner)
    presenter.open("urge", numbers)

    presenter.close()
    runner.let_go()

    assert pane.can == -1


def test_of_chosen_columns_the_last_go_first_and_those_that_name_the_order_never() -> None:
    chosen = ("state", "caller", "phone", "channel", "place", "left")

    wide = arranged(1600, wide=True, chosen=chosen)
    narrow = arranged(600, wide=False, chosen=chosen)

    assert [name for name, _column in wide] == [*chosen, "full", "title"]
    names = [name for name, _column in narrow]
    assert {"number", "title"} <= set(names)
    assert names[0] == "state"
    assert set(left_out(chosen, names)) == set(chosen) - set(names) != set()


@pytest.mark.parametrize(
    ("sort", "is_reversed", "sign"), [("due", False, "up"), ("due", True, "down"), ("time", False, "down")]
)
def test_the_column_sorted_by_bears_the_sign(sort: str, is_reversed: bool, sign: str) -> None:
    columns = arranged(1200, wide=False, sorting=Sorting(RegisterSort(sort), is_reversed))

    signs = {name: column.sign for name, column in columns if column.sign}

    assert signs == {"due" if sort == "due" else "number": f"caret-{sign}-fill"}
