"""台账 into a file: typed as it is, whole or not at all, masked unless a reason is written down, opened again with openpyxl."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
import openpyxl
import pytest

from county_hotline.db.beside import memos
from county_hotline.desk import exporting, intake
from county_hotline.desk.desk import Desk
from county_hotline.desk.exporting import SLICE, Wish
from county_hotline.domain.reference import Account
from county_hotline.domain.register_columns import RegisterColumn
from county_hotline.domain.views import RegisterQuery, RegisterSort
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import BadInput, Refusal, StoreFault
from county_hotline.ids import Number, OfficerId
from county_hotline.signals import Bulletin
from tests.support.fake_views import CLERK
from tests.support.marks import writings
from tests.support.ticking_clock import TickingClock
from tests.support.windows import a_desk

ALL = tuple(RegisterColumn)
LEADER = Account(OfficerId("0302 负责人甲"), "0302", "负责人甲", (OfficerRole.LEADER,))
PHONE, NAME, ADDRESS = "13805330007", "王𠮷某", "燕崖镇双石屋村3组18号"


@dataclass
class Hall:
    """One hall."""

    hall: Desk

    def accept(self, title: str = "三盏路灯不亮", *, confidential: bool = False) -> Number:
        form = intake.IntakeForm(
            name=NAME, phone=PHONE, address=ADDRESS, place="370323109200", title=title, content=title, confidential=confidential
        )
        return intake.accept(self.hall, form).number


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Hall]:
    hall = a_desk(tmp_path / "hall", TickingClock(step_ms=1000), Bulletin())
    hall.officer = CLERK
    yield Hall(hall)
    hall.store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "导出"
    made.mkdir()
    return made


def wish(folder: Path, ending: str = ".xlsx", **given: object) -> Wish:
    return msgspec.structs.replace(Wish(path=str(folder / f"台账{ending}"), columns=ALL), **given)


def sheet_of(path: Path) -> list[dict[str, object]]:
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_excel_gets_real_types_a_frozen_head_and_a_filter_row(county: Hall, folder: Path) -> None:
    number = county.accept("三盏路灯不亮")

    told = exporting.write(county.hall, wish(folder))

    book = openpyxl.load_workbook(told.path)
    sheet = book.worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:Q2")
    assert sheet.column_dimensions["C"].width > 30
    (row,) = sheet_of(Path(told.path))
    assert row["编号"] == number
    assert f"{row['最迟办结']:%Y-%m-%d}" == "2026-11-27"
    assert isinstance(row["登记时间"], datetime)
    assert row["工作日"] == 5
    assert row["诉求人"] == "王**"
    assert row["电话"] == "138****0007"
    notes = dict(book.worksheets[1].iter_rows(values_only=True))
    assert (notes["件数"], notes["诉求人"]) == ("1 件", "姓名、电话已遮盖")


def test_what_looks_like_a_formula_is_text_and_reads_as_typed(county: Hall, folder: Path) -> None:
    typed = ["=1+1", "+8613800000000", "-路灯", "@SUM(A1)", '=HYPERLINK("http://x","y")']
    for title in typed:
        county.accept(title)
    reversed_time = RegisterQuery(is_reversed=True)

    excel = exporting.write(county.hall, wish(folder, query=reversed_time)).path
    text = exporting.write(county.hall, wish(folder, ".csv", query=reversed_time)).path

    cells = [row[2] for row in openpyxl.load_workbook(excel).worksheets[0].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [(title, "s", True) for title in typed]
    rows = csv.DictReader(Path(text).read_text(encoding="utf-8-sig").splitlines())
    assert [row["标题"] for row in rows] == [f"\t{title}" for title in typed]


def test_csv_bears_the_mark_by_which_excel_knows_its_writing(county: Hall, folder: Path) -> None:
    county.accept("𠮷村路灯")

    path = Path(exporting.write(county.hall, wish(folder, ".csv")).path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "𠮷村路灯" in path.read_text(encoding="utf-8-sig")


def test_a_long_list_comes_slice_by_slice_each_row_once_in_its_order(county: Hall, folder: Path) -> None:
    numbers = [county.accept(f"第{place}件") for place in range(SLICE + 3)]
    query = RegisterQuery(sort=RegisterSort.TIME)
    going = exporting.begin(county.hall, wish(folder, query=query, columns=(RegisterColumn.NUMBER,)))

    first = going.step()
    county.accept("导出开始以后才来的")
    last = going.step()

    assert (first.done, first.path) == (SLICE, "")
    assert [row["编号"] for row in sheet_of(Path(last.path))] == numbers[::-1]


def test_a_cancelled_export_leaves_nothing_in_the_folder(county: Hall, folder: Path) -> None:
    for place in range(SLICE + 1):
        county.accept(f"第{place}件")
    going = exporting.begin(county.hall, wish(folder))
    going.step()
    assert list(folder.glob("台账*")) == []

    going.cancel()

    assert list(folder.iterdir()) == []


def test_what_a_killed_export_left_goes_with_the_next_one(county: Hall, folder: Path) -> None:
    county.accept()
    (folder / ".台账.xlsx.lxq-part").write_bytes(b"half")

    told = exporting.write(county.hall, wish(folder))

    assert [each.name for each in folder.iterdir()] == [Path(told.path).name]


def test_a_folder_that_cannot_be_written_leaves_nothing_and_says_so(
    county: Hall, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.accept()
    going = exporting.begin(county.hall, wish(folder))

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreFault) as fault:
        going.step()

    assert fault.value.code == "S101"
    assert list(folder.iterdir()) == []


def test_no_folder_nothing_to_export_and_no_reason_are_refused(county: Hall, folder: Path) -> None:
    with pytest.raises(Refusal) as nothing:
        exporting.begin(county.hall, wish(folder))
    county.accept()
    with pytest.raises(BadInput) as nowhere:
        exporting.begin(county.hall, wish(folder / "没有"))
    with pytest.raises(Refusal) as no_reason:
        exporting.begin(county.hall, wish(folder, reason=" "))
    county.hall.officer = Account(OfficerId("0109 管理员"), "0109", "管理员", (OfficerRole.ADMIN,))
    with pytest.raises(Refusal) as no_duty:
        exporting.begin(county.hall, wish(folder, reason="核对"))

    codes = [each.value.code for each in (nothing, nowhere, no_reason, no_duty)]
    assert codes == ["R573", "I250", "R192", "R204"]
    assert list(folder.iterdir()) == []


def test_callers_in_full_need_a_reason_and_each_is_written_into_the_audit(county: Hall, folder: Path) -> None:
    number, closed = county.accept(), county.accept(confidential=True)

    told = exporting.write(county.hall, wish(folder, reason="县委督查调阅", said="全部"))

    by_number = {row["编号"]: row for row in sheet_of(Path(told.path))}
    assert (by_number[number]["诉求人"], by_number[number]["电话"]) == (NAME, PHONE)
    assert by_number[closed]["电话"] in (None, "")
    assert told.still_masked == 1
    lines = memos.audit_lines(county.hall.store.database.connection(), 9)
    assert [(act, subject, reason) for _at, _who, act, subject, reason in lines if act == "unmask"] == [
        ("unmask", number, "县委督查调阅")
    ]
    assert [reason for _at, _who, act, _subject, reason in lines if act == "export"] == ["in_the_clear 2 全部"]


def test_confidential_callers_leave_no_mark_in_any_export(county: Hall, folder: Path) -> None:
    for _ in range(3):
        county.accept(confidential=True)

    paths = [Path(exporting.write(county.hall, wish(folder, ending)).path) for ending in (".xlsx", ".csv")]
    paths.append(Path(exporting.write(county.hall, wish(folder, "明.csv", reason="核对")).path))

    text = "".join(str(sheet_of(paths[0]))).encode() + paths[1].read_bytes() + paths[2].read_bytes()
    for mark in (NAME, PHONE, ADDRESS):
        assert not [how for how, written in writings(mark).items() if written in text], mark


def test_a_leader_of_the_unit_sees_confidential_callers_with_a_reason(county: Hall, folder: Path) -> None:
    county.accept(confidential=True)
    county.hall.officer = LEADER

    (row,) = sheet_of(Path(exporting.write(county.hall, wish(folder, reason="核对")).path))

    assert row["诉求人"] == NAME


def test_those_ticked_come_alone_and_as_they_were_ticked(county: Hall, folder: Path) -> None:
    first, _second, third = (county.accept(f"第{place}件") for place in range(3))

    told = exporting.write(county.hall, wish(folder, numbers=(third, first)))

    assert [row["编号"] for row in sheet_of(Path(told.path))] == [third, first]


def test_a_name_that_is_taken_gets_a_number(folder: Path) -> None:
    (folder / "台账.xlsx").touch()

    assert exporting.free_path(folder, "台账", ".xlsx").name == "台账-2.xlsx"
