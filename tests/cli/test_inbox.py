"""inbox: a sheet or a text comes in, is looked at, becomes an order or is dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Hotline

SHEET = """编号,姓名,电话,地点,内容,时间,网格,采集人
W-2026-001,示例甲,13800138000,桥头,桥头护栏断了一段，孩子上学要经过。,2026-11-20 16:30,燕崖村第一网格,示例网格员
W-2026-002,示例乙,,燕崖镇,,2026-11-20,,示例网格员
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "采集.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def taken(facts: dict[str, object]) -> int:
    """The only message that came in."""
    numbers = facts["taken"]
    assert isinstance(numbers, list)
    (number,) = numbers
    assert isinstance(number, int)
    return number


def test_a_sheet_comes_in_once_and_its_bad_rows_lie_beside_it(hotline: Hotline, hall: Path, sheet: Path) -> None:
    first = hotline("inbox", "--home", hall, "--add", sheet)

    assert first.code == 1
    assert "收进 1 条，早已有 0 条，退回 1 条" in first.out
    assert "内容还没有填" in (sheet.parent / "采集.csv.退回.csv").read_text(encoding="utf-8-sig")
    assert "收进 0 条，早已有 1 条" in hotline("inbox", "--home", hall, "--add", sheet).out
    waiting = hotline.json("inbox", "--home", hall)["messages"]
    assert isinstance(waiting, list)
    assert [each["sender"] for each in waiting] == ["示**"]


def test_a_message_becomes_an_order_with_what_the_reviewer_adds(hotline: Hotline, hall: Path) -> None:
    number = taken(hotline.json("inbox", "--home", hall, "--text", "村口的路坏了，车过不去。"))

    lacking = hotline("inbox", "--home", hall, "--register", str(number), "--json")
    facts = hotline.json("inbox", "--home", hall, "--register", str(number), "--set", "事发地=燕崖镇", "--set", "姓名=示例甲")

    assert lacking.facts["code"] == "R104"
    shown = hotline.json("show", facts["number"], "--home", hall)  # type: ignore[arg-type]
    assert shown["accepted"]["anonymous"] is False  # type: ignore[index]
    assert shown["accepted"]["channel"] == "message"  # type: ignore[index]
    assert hotline.json("inbox", "--home", hall)["messages"] == []
    assert hotline("inbox", "--home", hall, "--register", str(number), "--json").facts["code"] == "I146"


def test_a_message_is_dropped_only_with_a_reason(hotline: Hotline, hall: Path) -> None:
    number = taken(hotline.json("inbox", "--home", hall, "--text", "祝节目越办越好", "--channel", "媒体"))

    assert hotline("inbox", "--home", hall, "--drop", str(number), "--json").facts["code"] == "R440"
    assert hotline("inbox", "--home", hall, "--drop", str(number), "--reason", "不是诉求").code == 0
    assert "0 条" in hotline("inbox", "--home", hall).out


def test_a_channel_nobody_knows_is_said(hotline: Hotline, hall: Path) -> None:
    assert hotline("inbox", "--home", hall, "--text", "停水了", "--channel", "飞鸽", "--json").facts["code"] == "I122"
