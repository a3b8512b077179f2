"""list --xlsx, --csv: all of 台账 into a file, by a line."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.conftest import Hotline


def test_the_list_is_written_into_a_file_masked_unless_a_reason_is_given(
    hotline: Hotline, hall: Path, request_file: Path, tmp_path: Path
) -> None:
    number = hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")["number"]

    told = hotline.json("list", "--home", hall, "--xlsx", tmp_path / "表.xlsx")
    hotline.json("list", "--home", hall, "--csv", tmp_path / "全.csv", "--reason", "核对")

    rows = list(openpyxl.load_workbook(str(told["path"])).worksheets[0].iter_rows(values_only=True))
    assert told["orders"] == len(rows) - 1 == 1
    assert number in rows[1]
    assert any("*" in str(cell) for cell in rows[1])
    assert "*" not in (tmp_path / "全.csv").read_text(encoding="utf-8-sig")


def test_a_name_that_says_another_kind_of_file_is_refused(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    code = hotline("list", "--home", hall, "--xlsx", tmp_path / "表.csv").code

    assert code != 0
    assert list(tmp_path.glob("表*")) == []
