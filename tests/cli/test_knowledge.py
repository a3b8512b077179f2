"""knowledge: in and out by Excel, versions, what ends, an answer slip, and reports, at the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from county_hotline.cli import main
from county_hotline.cli.options.upkeep import REMARK_FIELDS
from county_hotline.domain.articles import RemarkField
from tests.cli.conftest import PASSWORD, Hotline
from tests.support.ticking_clock import TickingClock


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("centre") / "home"
    assert main(["init", "--home", str(home), "--role", "centre", "--password", PASSWORD], clock=TickingClock()) == 0
    return home


def a_table(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (
        ("编号", "标题", "正文", "版本日期", "用到哪天"),
        ("K1", "供热投诉找谁", "先找供热企业。", "2026-10-15", "2026-12-01"),
        ("K2", "没有正文", "", "2026-10-15", ""),
    ):
        book.active.append(row)
    book.save(path)
    return path


def test_rows_are_looked_at_then_taken_then_nothing_new(hotline: Hotline, centre: Path, tmp_path: Path) -> None:
    file = a_table(tmp_path / "条目.xlsx")

    seen = hotline("knowledge", "--home", centre, "import", file, "--dry-run")
    first = hotline("knowledge", "--home", centre, "import", file)
    again = hotline("knowledge", "--home", centre, "import", file, "--json")

    assert "没有导入" in seen.out
    assert "供热投诉找谁" in seen.out
    assert "新条目 1" in first.out
    assert "第 3 行" in first.out
    assert (tmp_path / "条目.xlsx-退回的行.csv").exists() or any(tmp_path.glob("*退回*"))
    assert (again.facts["new"], again.facts["changed"], again.facts["same"]) == (0, 0, 1)
    assert "第1版" in hotline("knowledge", "--home", centre, "show", "K1").out
    assert "2026-12-01" in hotline("knowledge", "--home", centre, "ending").out


def test_all_goes_out_and_comes_back_as_it_was(hotline: Hotline, centre: Path, tmp_path: Path) -> None:
    count = hotline.json("knowledge", "--home", centre, "export", tmp_path / "全部.xlsx")["articles"]
    back = hotline.json("knowledge", "--home", centre, "import", tmp_path / "全部.xlsx")

    assert back["rows"] == back["same"] == count


def test_a_hall_reports_and_prints_and_imports_nothing(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    said = hotline("knowledge", "--home", hall, "report", "电话停用了", "--article", "ZS001", "--about", "text")
    listed = hotline("knowledge", "--home", hall, "reports")
    slip = hotline.json("knowledge", "--home", hall, "print", "ZS006")["slip"]

    assert said.code == 0
    assert "电话停用了" in listed.out
    assert "待处理" in listed.out
    assert Path(str(slip)).read_bytes().startswith(b"%PDF")
    refused = hotline("knowledge", "--home", hall, "import", a_table(tmp_path / "条目.xlsx"), "--json")
    assert refused.facts["code"] == "R400"
    assert hotline("knowledge", "--home", hall, "show", "没有", "--json").facts["code"] == "R410"
    assert hotline("knowledge", "--home", hall, "show", "--json").facts["code"] == "I120"


def test_what_may_be_reported_of_an_article_is_what_the_options_offer() -> None:
    assert tuple(each.value for each in RemarkField) == REMARK_FIELDS
