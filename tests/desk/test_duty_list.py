"""归属清单: the line that fits best is offered with its number; the list is changed at the centre only and goes through Excel unharmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.desk import duty_list
from county_hotline.desk.founding import NewStation
from county_hotline.domain.facts import Accepted
from county_hotline.domain.reference import DutyLine, FallbackRule
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.vocabulary import AssignmentRole, AssignmentState, Channel, MatterKind, OfficerRole, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import AgencyCode, Number
from county_hotline.signals import Changes
from tests.support.desks import PLACE, Counter
from tests.support.ticking_clock import TickingClock

HOUSING, ROADS, WATER = AgencyCode("370323D04"), AgencyCode("370323D06"), AgencyCode("370323D02")
TOWNSHIP = AgencyCode("370323109")
VILLAGE = PLACE + "201"
LIST = (
    DutyLine(1, "村内路灯不亮", category="0204", basis="县路灯管理办法"),
    DutyLine(2, "国道路灯不亮", category="0204", condition="属国道的", lead=ROADS, helpers=(HOUSING,)),
    DutyLine(3, "燕崖镇区路灯", category="02", place=PLACE, lead=HOUSING, fallback=TOWNSHIP),
    DutyLine(4, "自来水停水、水压不足", lead=WATER),
)


@pytest.fixture
def centre(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "centre", clock, NewStation(role=StationRole.CENTRE))
    counter.store.reference.change(duty_lines=LIST, fallbacks=())
    counter.sits(OfficerRole.ADMIN)
    yield counter
    counter.store.close()


def lines_for(centre: Counter, category: str, place: str, text: str) -> list[int]:
    return [each.line for each in duty_list.by_lines(centre.desk, category, place, text)]


# ---------------------------------------------------------------- suggesting


@pytest.mark.parametrize(
    ("category", "place", "text", "first"),
    [
        ("0204", VILLAGE, "村内的路灯不亮好几天了", 1),
        ("020401", VILLAGE, "国道路灯不亮", 2),
        ("0201", VILLAGE, "不知道是什么", 3),
        ("", VILLAGE, "家里自来水停水了", 4),
        ("0204", "370323110", "灯", 1),
        ("", "370323110", "从早上起一直水压不足", 4),
        ("", "370323110", "村口路灯三天不亮", 1),
    ],
)
def test_the_line_that_fits_most_exactly_is_offered_first(
    centre: Counter, category: str, place: str, text: str, first: int
) -> None:
    assert lines_for(centre, category, place, text)[0] == first


def test_a_line_of_another_place_or_category_is_not_offered(centre: Counter) -> None:
    assert 3 not in lines_for(centre, "0204", "370323110200", "镇区路灯不亮")
    assert lines_for(centre, "0701", VILLAGE, "工地欠薪") == []
    assert 4 in lines_for(centre, "0701", VILLAGE, "自来水停水")


def test_an_empty_lead_is_the_township_of_the_place(centre: Counter) -> None:
    (found, *_) = duty_list.suggest(centre.desk, "0204", VILLAGE, "村内路灯不亮")

    assert (found.line, found.lead) == (1, TOWNSHIP)
    assert found.basis == "归属清单第1条：县路灯管理办法"


def test_helpers_fallback_and_condition_come_along(centre: Counter) -> None:
    found = {each.line: each for each in duty_list.by_lines(centre.desk, "0204", PLACE, "国道路灯不亮")}

    assert (found[2].helpers, found[2].condition, found[2].basis) == ((HOUSING,), "属国道的", "归属清单第2条")
    assert found[3].fallback == TOWNSHIP


def test_behind_the_lines_stand_the_categorys_unit_and_the_township(centre: Counter) -> None:
    found = duty_list.suggest(centre.desk, "0101", VILLAGE, "宅基地")

    assert [(each.lead, each.line) for each in found] == [(AgencyCode("370323D01"), 0), (TOWNSHIP, 0)]
    assert all(each.basis and "〔" not in each.basis for each in found)


def test_a_village_nobody_answers_for_belongs_to_its_township_and_nowhere_is_nobodys(centre: Counter) -> None:
    assert duty_list.township_of(centre.desk, PLACE + "999") == TOWNSHIP
    assert duty_list.township_of(centre.desk, "") == ""
    assert duty_list.township_of(centre.desk, "999999999") == ""


# ---------------------------------------------------------------- 兜底


def returned(times: int, category: str = "0204") -> WorkOrder:
    accepted = Accepted("Q", TOWNSHIP, Channel.VISIT, MatterKind.HELP, category, VILLAGE, "路灯", "路灯不亮", 1)
    rounds = tuple(Assignment(HOUSING, AssignmentRole.LEAD, AssignmentState.RETURNED, "", 1) for _ in range(times))
    return WorkOrder(Number("n"), accepted=accepted, assignments=rounds)


def test_the_fallback_leads_after_as_many_returns_as_the_rule_says(centre: Counter) -> None:
    general = FallbackRule(2, named_by="县政府办〔2026〕3号")
    lamps = FallbackRule(2, HOUSING, "02", "县政府办〔2026〕3号")
    last = FallbackRule(3, ROADS, named_by="县政府办〔2026〕4号")
    centre.store.reference.change(fallbacks=(general, lamps, last))

    assert duty_list.fallback_for(centre.desk, returned(1)) is None
    assert duty_list.fallback_for(centre.desk, returned(2, "0701")) == (TOWNSHIP, general)
    assert duty_list.fallback_for(centre.desk, returned(2)) == (HOUSING, lamps)
    assert duty_list.fallback_for(centre.desk, returned(5)) == (ROADS, last)


def test_a_fallback_is_kept_once_and_says_who_named_it(centre: Counter) -> None:
    rule = FallbackRule(2, HOUSING, "0204", "县政府办")
    duty_list.save_fallback(centre.desk, rule)
    duty_list.save_fallback(centre.desk, replace(rule, unit=ROADS))

    assert [each.unit for each in duty_list.fallbacks(centre.desk)] == [ROADS]
    for wrong, code in (
        (replace(rule, after_returns=0), "R423"),
        (replace(rule, named_by=" "), "R420"),
        (replace(rule, unit=AgencyCode("X")), "R421"),
    ):
        with pytest.raises(Refusal, match=code):
            duty_list.save_fallback(centre.desk, wrong)
    duty_list.drop_fallback(centre.desk, rule)
    with pytest.raises(Refusal, match="R425"):
        duty_list.drop_fallback(centre.desk, rule)


# ---------------------------------------------------------------- keeping the list


def test_a_new_line_gets_the_next_number_and_an_old_one_keeps_its_own(centre: Counter) -> None:
    new = duty_list.save_line(centre.desk, DutyLine(0, " 窨井盖破损 ", lead=HOUSING))
    duty_list.save_line(centre.desk, DutyLine(2, "国道、省道路灯不亮", lead=ROADS))
    duty_list.drop_line(centre.desk, 1)

    assert (new.line, new.matter) == (5, "窨井盖破损")
    assert [each.line for each in duty_list.lines(centre.desk)] == [2, 3, 4, 5]
    assert duty_list.lines(centre.desk)[0].matter == "国道、省道路灯不亮"
    assert Changes(reference=True) in centre.told


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (DutyLine(0, " "), "R420"),
        (DutyLine(0, "路灯", lead=AgencyCode("X")), "R421"),
        (DutyLine(0, "路灯", helpers=(AgencyCode("X"),)), "R421"),
        (DutyLine(0, "路灯", category="9999"), "R421"),
        (DutyLine(0, "路灯", place="999"), "R421"),
    ],
)
def test_a_line_that_names_what_the_county_has_not_is_refused(centre: Counter, line: DutyLine, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        duty_list.save_line(centre.desk, line)

    assert duty_list.lines(centre.desk) == LIST


def test_only_the_centre_changes_it_and_only_by_whose_duty_it_is(centre: Counter, tmp_path: Path, clock: TickingClock) -> None:
    hall = Counter(tmp_path / "hall", clock, NewStation())

    with pytest.raises(Refusal, match="R400"):
        duty_list.save_line(hall.sits(OfficerRole.ADMIN), DutyLine(0, "路灯"))
    with pytest.raises(Refusal, match="R204"):
        duty_list.drop_line(centre.sits(OfficerRole.DISPATCHER), 1)
    hall.store.close()


# ---------------------------------------------------------------- Excel


def sheet(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


HEAD = ("事项", "类别", "地点", "条件", "牵头", "协办", "兜底", "依据")


def test_a_sheet_comes_in_by_names_and_bad_rows_are_given_back(centre: Counter, tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "清单.xlsx",
        HEAD,
        ("窨井盖破损", "", "燕崖镇", "", "县住建局", "县交通运输局、县水利局", "属地", "三定规定"),
        ("路灯", "没有这一类", "", "", "县住建局", "", "", ""),
        ("", "", "", "", "县住建局", "", "", ""),
        ("噪声", "", "", "", "县天文局", "", "", ""),
        ("自来水停水、水压不足", "", "", "", "县水利局", "", "", "供水条例"),
    )

    report = duty_list.import_excel(centre.desk, file)

    assert (report.rows, report.taken, report.replaced) == (5, 2, 1)
    assert [(each.row, each.code) for each in report.returned] == [(3, "R214"), (4, "R420"), (5, "R211")]
    assert all(each.reason and "〔" not in each.reason for each in report.returned)
    new = duty_list.lines(centre.desk)[-1]
    assert (new.line, new.lead, new.helpers, new.place) == (5, HOUSING, (ROADS, WATER), PLACE)
    assert duty_list.lines(centre.desk)[3] == DutyLine(4, "自来水停水、水压不足", lead=WATER, basis="供水条例")


def test_a_dry_run_changes_nothing_and_replacing_leaves_only_what_the_file_says(centre: Counter, tmp_path: Path) -> None:
    file = sheet(tmp_path / "清单.xlsx", HEAD, ("窨井盖破损", "", "", "", "县住建局", "", "", ""))

    duty_list.import_excel(centre.desk, file, dry_run=True)
    assert duty_list.lines(centre.desk) == LIST

    duty_list.import_excel(centre.desk, file, replace=True)
    assert [(each.line, each.matter) for each in duty_list.lines(centre.desk)] == [(1, "窨井盖破损")]


def test_a_sheet_without_the_matters_column_is_no_duty_list(centre: Counter, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="I103"):
        duty_list.import_excel(centre.desk, sheet(tmp_path / "x.xlsx", ("姓名", "电话"), ("示例", "1")))


WORDS = st.text(alphabet="路灯不亮=+-@'水，、；ab1", min_size=1, max_size=12).filter(lambda text: text.strip() == text != "")
UNITS = st.sampled_from([HOUSING, ROADS, WATER, TOWNSHIP])
LINES = st.builds(
    DutyLine,
    line=st.just(0),
    matter=WORDS,
    category=st.sampled_from(["", "0204", "010101"]),
    place=st.sampled_from(["", PLACE, VILLAGE]),
    condition=st.sampled_from(["", "属国道的"]),
    lead=st.one_of(st.just(AgencyCode("")), UNITS),
    helpers=st.lists(UNITS, max_size=3, unique=True).map(tuple),
    fallback=st.one_of(st.just(AgencyCode("")), UNITS),
    basis=st.sampled_from(["", "三定规定"]),
)


@given(made=st.lists(LINES, min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
def test_what_goes_out_as_excel_comes_in_the_same(centre: Counter, tmp_path: Path, made: list[DutyLine]) -> None:
    numbered = tuple(replace(line, line=place) for place, line in enumerate(made, 1))
    centre.store.reference.change(duty_lines=numbered)
    file = tmp_path / "out.xlsx"

    assert duty_list.export_excel(centre.desk, file) == len(made)
    report = duty_list.import_excel(centre.desk, file, replace=True)

    assert report.returned == ()
    assert duty_list.lines(centre.desk) == numbered
