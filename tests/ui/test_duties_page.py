"""清单 without a screen: the lists to look up, and to change where that is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.background import InlineRunner
from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import Account, Agency, Campaign
from county_hotline.domain.rule_packs import Span, Unit
from county_hotline.domain.vocabulary import MatterKind, OfficerRole, StationRole
from county_hotline.errors import BadInput
from county_hotline.ids import OfficerId
from county_hotline.ui.long_work import LongWork
from county_hotline.ui.screens.duties import spans
from county_hotline.ui.screens.duties.lists import LISTS, ListSpec, list_named
from county_hotline.ui.screens.duties.presenter import DutiesPresenter, FormTold, Lines, RowTold
from county_hotline.ui.screens.duties.view import DutiesView
from county_hotline.ui.screens.duties.work import DeskDuties
from county_hotline.ui.telling.preview import PreviewTold
from county_hotline.ui.telling.reading import ReadTold
from tests.support.county import HOUSING, County
from tests.support.windows import a_window

CHIEF = Account(OfficerId("0102 负责人甲"), "0102", "负责人甲", (OfficerRole.LEADER, OfficerRole.ADMIN))
EVENT = {
    "period": "第 11 期",
    "leader": "副县长",
    "on": "11-25",
    "from_time": "9:00",
    "until_time": "1100",
    "unit": HOUSING,
    "unit.words": "沂源县住房和城乡建设局",
    "scope": "供水、供暖",
    "code": "",
}


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

    def offer(self, field: str, lines: Lines) -> None:
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


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    made.centre.officer = CHIEF
    yield made
    made.close()


@pytest.fixture
def view() -> FakeDuties:
    return FakeDuties()


def page_of(desk: Desk, view: FakeDuties, county: County) -> DutiesPresenter:
    long_work = LongWork(view, InlineRunner(), lambda call: call())
    made = DutiesPresenter(view, DeskDuties(desk), InlineRunner(), bulletin=county.bulletin, long_work=long_work)
    made.shown()
    return made


def test_every_list_opens_with_words_for_all_of_it(county: County, view: FakeDuties) -> None:
    presenter = page_of(county.centre, view, county)

    for spec in LISTS:
        presenter.show_list(spec.name)
        presenter.begin()
        assert (view.form is not None) == view.may_write == (spec.made is not None)
        if view.form is None:
            assert view.line is not None
            assert not [each for each in (view.head, *view.empty, str(view.line)) if "〔" in each]
            continue
        words = [view.head, *view.empty, view.form.head, *(told.label + told.hint for told in view.form.fields)]
        words += [choice for told in view.form.fields for _, choice in told.choices]
        assert not [each for each in words if "〔" in each]
        presenter.leave_form()


def test_the_search_finds_by_matter_unit_and_condition(county: County, view: FakeDuties) -> None:
    presenter = page_of(county.centre, view, county)
    total = len(view.rows)

    presenter.search("路灯 住建")

    assert 0 < len(view.rows) < total
    assert all("路灯" in row.cells["matter"] for row in view.rows)
    assert f"{total} 条中符合 {len(view.rows)} 条" in view.head
    presenter.search("没有这样的事")
    assert view.empty[0] == "没有符合“没有这样的事”的"
    assert view.line is None


def test_a_line_is_added_with_helpers_by_name_and_stands_chosen(county: County, view: FakeDuties) -> None:
    presenter = page_of(county.centre, view, county)
    before = len(view.rows)
    presenter.begin()

    presenter.save(view.typed(matter="  养犬扰民 ", lead=HOUSING, helpers="县水利局、沂源县公安局"))

    assert len(view.rows) == before + 1
    assert view.form is None
    kept = county.centre.store.reference.bundle().duty_lines[-1]
    assert (kept.matter, kept.lead, len(kept.helpers)) == ("养犬扰民", HOUSING, 2)
    assert view.keep == str(kept.line)
    assert view.line is not None
    assert view.line.title == "养犬扰民"


def test_a_line_is_changed_in_its_place(county: County, view: FakeDuties) -> None:
    presenter = page_of(county.centre, view, county)
    first = county.centre.store.reference.bundle().duty_lines[0]
    presenter.choose(str(first.line))
    presenter.change()

    presenter.save(view.typed(condition="城区以内"))

    lines = county.centre.store.reference.bundle().duty_lines
    assert (lines[0].line, lines[0].matter, lines[0].condition) == (first.line, first.matter, "城区以内")


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"matter": " "}, "matter"),
        ({"matter": "养犬", "helpers": "没有这个局"}, "helpers"),
        ({"matter": "养犬", "lead": "", "lead.words": "住建"}, "lead"),
        ({"matter": "养犬", "line": "一"}, "line"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_form_stays(
    county: County, view: FakeDuties, values: dict[str, str], wrong: str
) -> None:
    presenter = page_of(county.centre, view, county)
    before = county.centre.store.reference.bundle().duty_lines
    presenter.begin()

    presenter.save(view.typed(**values))

    assert [name for name, _ in view.wrongs] == [wrong]
    assert view.form is not None
    assert county.centre.store.reference.bundle().duty_lines == before


@pytest.mark.parametrize("spec", LISTS, ids=lambda spec: spec.name)
def test_a_line_is_retired_stays_to_be_read_and_is_brought_back(county: County, view: FakeDuties, spec: ListSpec) -> None:
    presenter = page_of(county.centre, view, county)
    presenter.show_list(spec.name)
    rows = list(view.rows)
    if not rows:
        pytest.skip("the sample county has none")
    last = rows[-1]
    presenter.choose(last.key)

    presenter.retire()
    retired = [row.key for row in view.rows if row.is_retired]
    presenter.retire()
    back = [row.key for row in view.rows if row.is_retired]
    view.undos[-1][1]()
    undone = [row.key for row in view.rows if row.is_retired]

    assert retired == undone == [last.key]
    assert back == []
    assert [row.key for row in view.rows] == [row.key for row in rows]
    assert len(view.undos) == 2


def test_elsewhere_the_lists_are_read_and_the_reason_is_said(county: County, view: FakeDuties) -> None:
    county.hall.officer = CHIEF
    presenter = page_of(county.hall, view, county)

    presenter.begin()
    presenter.retire()

    assert view.why == "只能看：清单由县中心改，同步后本站就是新的"
    assert view.form is None
    assert view.undos == []
    assert view.rows


def test_an_officer_without_the_duty_reads(county: County, view: FakeDuties) -> None:
    page_of(county.hall, view, county)

    assert view.why == "只能看：改清单由系统管理员或县中心负责人办"


def test_the_list_goes_out_as_a_workbook_and_comes_in_again(county: County, view: FakeDuties, tmp_path: Path) -> None:
    presenter = page_of(county.centre, view, county)
    lines = county.centre.store.reference.bundle().duty_lines
    file = tmp_path / "归属清单.xlsx"

    presenter.take_out(str(file))
    presenter.bring_in(str(file))

    assert [head for head, _ in view.told] == [f"已导出 {len(lines)} 条"]
    assert view.preview is not None
    assert (view.preview.writes, view.preview.is_wrong, view.preview.advice) == (0, False, "和清单里的一样，不用导入。")
    assert county.centre.store.reference.bundle().duty_lines == lines


def test_lines_of_the_ledger_are_seen_before_they_are_written(county: County, view: FakeDuties, tmp_path: Path) -> None:
    lines = county.centre.store.reference.bundle().duty_lines
    file = tmp_path / "两条.csv"
    file.write_text(f"序号,事项,牵头\n{lines[0].line},{lines[0].matter},南麻街道\n,养犬扰民,县住建局\n", encoding="utf-8")
    presenter = page_of(county.centre, view, county)

    presenter.bring_in(str(file))
    seen = view.preview
    before = county.centre.store.reference.bundle().duty_lines
    presenter.bringing_in.take()

    assert seen is not None
    assert [(row.row, row.state) for row in seen.rows] == [(2, "改"), (3, "新增")]
    assert "牵头" in seen.rows[0].words
    assert before == lines
    assert county.centre.store.reference.bundle().duty_lines[-1].matter == "养犬扰民"


def test_rows_that_did_not_come_in_are_told_with_their_file(county: County, view: FakeDuties, tmp_path: Path) -> None:
    file = tmp_path / "两条.csv"
    file.write_text("事项,牵头\n养犬扰民,县住建局\n飞线充电,没有这个局\n", encoding="utf-8")
    presenter = page_of(county.centre, view, county)

    presenter.bring_in(str(file))
    assert view.preview is not None
    assert (view.preview.rows[0].row, view.preview.is_wrong) == (3, True)
    assert "没有这个局" in view.preview.rows[0].words
    presenter.bringing_in.take()

    head, words = view.told[-1]
    assert head == "导入 1 条"
    assert "没有导入的 1 行都写在" in words


def test_an_event_gets_its_code_day_and_times(county: County, view: FakeDuties) -> None:
    presenter = page_of(county.centre, view, county)
    presenter.show_list("events")

    for _ in range(2):
        presenter.begin()
        presenter.save(view.typed(**EVENT))

    found = county.centre.store.reference.bundle().events
    assert [each.code for each in found] == ["L20261125", "L20261125-2"]
    assert (found[0].on, found[0].from_time, found[0].until_time) == ("2026-11-25", "09:00", "11:00")


def test_a_campaign_keeps_limits_of_its_own(county: County, view: FakeDuties) -> None:
    presenter = page_of(county.centre, view, county)
    presenter.show_list("campaigns")
    presenter.begin()

    presenter.save(view.typed(name="清欠专项", since="2026-11-01", limits="3个工作日；举报 24小时"))

    (kept,) = county.centre.store.reference.bundle().campaigns
    assert kept.limits == {"all": Span(3), "tip_off": Span(24, Unit.HOUR)}
    assert view.rows[0].cells["limits"] == "3个工作日；举报 24小时"


def test_a_fallback_rule_moved_to_another_number_of_returns_leaves_none_behind(county: County, view: FakeDuties) -> None:
    presenter = page_of(county.centre, view, county)
    presenter.show_list("fallbacks")
    for row in tuple(view.rows):
        presenter.choose(row.key)
        presenter.retire()
    presenter.begin()
    presenter.save(view.typed(after_returns="2", named_by="县政府办"))
    presenter.change()

    presenter.save(view.typed(after_returns="3"))

    rules = county.centre.store.reference.bundle().fallbacks
    assert [rule.after_returns for rule in rules if not rule.retired] == [3]


def test_fields_find_by_any_piece(county: County, view: FakeDuties) -> None:
    presenter = page_of(county.centre, view, county)

    presenter.find("lead", "住建")
    assert [line[0] for line in view.lines] == [HOUSING]
    presenter.find("place", "燕崖")
    assert any("燕崖镇" in line[1] for line in view.lines)


@pytest.mark.parametrize("text", ["三天", "3", "3周", "旅游 3日", "0日", "1001日", "投诉3日4"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        spans.read(text)

    assert caught.value.code == "R450"


KINDS = st.sampled_from(["all", *(kind.value for kind in MatterKind)])


@given(limits=st.dictionaries(KINDS, st.builds(Span, st.integers(1, 1000), st.sampled_from(Unit))))
def test_limits_are_read_as_they_are_written(limits: dict[str, Span]) -> None:
    assert spans.read(spans.written(limits)) == limits


def test_a_campaigns_form_shows_what_is_kept(county: County) -> None:
    spec = list_named("campaigns")
    names = DeskDuties(county.centre).look("campaigns").names
    kept = Campaign("Z1", "清欠专项", "2026-11-01", limits={"all": Span(3)})

    assert spec.made is not None
    assert spec.made(spec.values(kept, names), names) == kept


# ---------------------------------------------------------------- tables from Excel


def units_of(county: County) -> tuple[Agency, ...]:
    return county.centre.store.reference.agencies()


def test_a_file_is_seen_before_it_is_written_and_esc_leaves_it(county: County, view: FakeDuties, tmp_path: Path) -> None:
    file = tmp_path / "单位.csv"
    file.write_text("编码,名称\n370323D91,沂源县甲局\n", encoding="utf-8")
    presenter, before = page_of(county.centre, view, county), units_of(county)
    presenter.show_list("agencies")

    presenter.bring_in(str(file))
    assert view.preview is not None
    assert (view.preview.writes, view.preview.is_wrong) == (1, False)
    assert [(row.row, row.state, row.name) for row in view.preview.rows] == [(2, "新增", "370323D91 沂源县甲局")]
    presenter.bringing_in.leave()

    assert view.preview is None
    assert units_of(county) == before


def test_the_file_is_taken_and_the_new_unit_is_in_the_list(county: County, view: FakeDuties, tmp_path: Path) -> None:
    file = tmp_path / "单位.csv"
    file.write_text("编码,名称\n370323D91,沂源县甲局\n", encoding="utf-8")
    presenter = page_of(county.centre, view, county)
    presenter.show_list("agencies")

    presenter.bring_in(str(file))
    presenter.bringing_in.take()

    assert view.preview is None
    assert view.told[-1][0] == "导入 1 条"
    assert "370323D91" in [row.key for row in view.rows]
    assert not (tmp_path / "单位.csv.退回.csv").exists()


def test_of_a_file_with_wrong_rows_only_the_right_ones_are_taken(county: County, view: FakeDuties, tmp_path: Path) -> None:
    file = tmp_path / "类别.csv"
    file.write_text("编码,名称\n98,网络消费\n9701,没有上级\n", encoding="utf-8")
    presenter = page_of(county.centre, view, county)
    presenter.show_list("categories")

    presenter.bring_in(str(file))
    assert view.preview is not None
    assert view.preview.is_wrong
    assert view.preview.rows[0].row == 3
    assert "上级“97”不在清单里" in view.preview.rows[0].words
    presenter.bringing_in.take()

    head, words = view.told[-1]
    assert head == "导入 1 条"
    assert "没有导入的 1 行都写在" in words
    assert (tmp_path / "类别.csv.退回.csv").exists()


@pytest.mark.parametrize("stops_at", [1, 2, 3])
def test_cancelled_while_it_is_read_or_written_nothing_has_changed(
    county: County, view: FakeDuties, tmp_path: Path, stops_at: int
) -> None:
    rows = "\n".join(f"98{at:02},第{at}类" for at in range(99))
    file = tmp_path / "类别.csv"
    file.write_text(f"编码,名称\n98,网络消费\n{rows}\n", encoding="utf-8")
    presenter = page_of(county.centre, view, county)
    presenter.show_list("categories")
    before = county.centre.store.reference.document()
    view.stops_at = 1
    presenter.bring_in(str(file))
    read = view.preview
    view.stops_at = 0
    presenter.bring_in(str(file))
    view.stops_at = stops_at

    presenter.bringing_in.take()

    assert read is None
    assert view.told[0][0] == "取消了"
    assert view.working == ""
    if stops_at <= 2:
        assert view.told[-1][0] == "取消了"
        assert view.preview is not None, "what was seen still stands there"
        assert county.centre.store.reference.document() == before
    else:
        assert view.told[-1][0] == "导入 100 条"


@pytest.mark.parametrize("name", ["agencies", "categories", "places", "grids"])
def test_what_is_taken_out_comes_in_with_nothing_to_do(county: County, view: FakeDuties, tmp_path: Path, name: str) -> None:
    presenter = page_of(county.centre, view, county)
    presenter.show_list(name)
    presenter.take_out(str(tmp_path / "表.xlsx"))

    presenter.bring_in(str(tmp_path / "表.xlsx"))
    presenter.bringing_in.take()

    assert view.preview is not None
    assert (view.preview.writes, view.preview.rows) == (0, ())
    assert view.preview.advice == "和清单里的一样，不用导入。"


@pytest.mark.screen
def test_a_file_is_left_by_esc_and_taken_by_f9(tmp_path: Path) -> None:
    file = tmp_path / "单位.csv"
    file.write_text("编码,名称\n370323D91,沂源县甲局\n", encoding="utf-8")
    with a_window(tmp_path / "home", role=StationRole.CENTRE) as opened:
        opened.sign_in("0103")
        opened.window.root.focus_force()
        opened.settle()

        def agencies_after(key: str) -> int:
            opened.window.go("duties", "agencies")
            opened.settle()
            assert opened.window._frame is not None
            view = opened.window._frame._pages["duties"]
            assert isinstance(view, DutiesView)
            view.presenter.bring_in(str(file))
            opened.settle()
            opened.window.root.focus_get().event_generate(key)  # type: ignore[union-attr]
            opened.settle()
            return len(opened.desk.store.reference.agencies())

        before = len(opened.desk.store.reference.agencies())
        assert agencies_after("<Escape>") == before
        assert agencies_after("<F9>") == before + 1
