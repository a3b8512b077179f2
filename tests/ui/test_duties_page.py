"""清单 without a screen: the lists to look up, and to change where that is done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.reference import Campaign
from county_hotline.domain.rule_packs import Span, Unit
from county_hotline.domain.vocabulary import MatterKind
from county_hotline.errors import BadInput
from county_hotline.ui.screens.duties import spans
from county_hotline.ui.screens.duties.lists import LISTS, ListSpec, list_named
from county_hotline.ui.screens.duties.work import DeskDuties
from tests.support.county import HOUSING, County
from tests.support.fake_duties import CHIEF, FakeDuties, page_of

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


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    made.centre.officer = CHIEF
    yield made
    made.close()


@pytest.fixture
def view() -> FakeDuties:
    return FakeDuties()


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
