"""clashes, clash, settle: reading and settling what two did unseen by each other, by a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.desk import handling
from county_hotline.domain.facts import Corrected
from tests.cli.conftest import Hotline
from tests.support.desks import Counters
from tests.support.play import Play
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def clashing(tmp_path: Path, clock: TickingClock) -> tuple[Path, str]:
    """The hall's home, where a title and an urgency were made into two different things; and the number."""
    counters = Counters(tmp_path / "county", clock)
    play = Play(counters)
    handling.correct(play.hall.desk, play.number, Corrected(reason="听错", title="三盏路灯不亮", content="三盏都不亮"))
    handling.correct(play.centre.desk, play.number, Corrected(reason="核实", title="路灯坏了", content="坏了"))
    counters.sync()
    counters.close()
    return tmp_path / "county" / "hall", play.number


def test_what_waits_is_listed(hotline: Hotline, clashing: tuple[Path, str]) -> None:
    home, number = clashing

    assert hotline("clashes", "--home", home).out == f"1 件待核对\n{number}　1 处　三盏路灯不亮\n"
    assert hotline.json("clashes", "--home", home)["count"] == 1


def test_both_sides_are_read_beside_what_both_agreed_on(hotline: Hotline, clashing: tuple[Path, str]) -> None:
    home, number = clashing

    said = hotline("clash", number, "--home", home).out
    assert "标题　【要您定】\n    改之前：路灯不亮\n    这一边：三盏路灯不亮\n    另一边：路灯坏了\n" in said
    facts = hotline.json("clash", number, "--home", home)
    title = next(row for row in facts["rows"] if row["key"] == "title")  # type: ignore[attr-defined]
    assert (title["state"], title["ours"], title["theirs"], title["stands"]) == (
        "to_choose",
        "三盏路灯不亮",
        "路灯坏了",
        "ours",
    )


def test_it_is_settled_line_by_line_and_is_gone(hotline: Hotline, clashing: tuple[Path, str]) -> None:
    home, number = clashing

    said = hotline("settle", number, "--home", home, "--theirs", "--field", "标题=西洪路三盏路灯不亮", "--reason", "已问清")

    assert said.out == f"{number} 已定下，两份都留在经过里。现在是“待派单”，还有 0 处待核对。\n"
    shown = hotline.json("show", number, "--home", home)
    assert (shown["accepted"]["title"], shown["accepted"]["content"]) == ("西洪路三盏路灯不亮", "坏了")  # type: ignore[index]
    assert hotline.json("clashes", "--home", home)["count"] == 0
    assert hotline("clash", number, "--home", home).code == 1


def test_what_was_not_said_is_asked_for(hotline: Hotline, clashing: tuple[Path, str]) -> None:
    home, number = clashing

    assert "还有 1 处没有选" in hotline("settle", number, "--home", home, "--field", "title=ours").err
    assert "要选的有：标题、内容" in hotline("settle", number, "--home", home, "--field", "颜色=ours").err


def test_it_may_be_left_to_the_centre(hotline: Hotline, clashing: tuple[Path, str]) -> None:
    home, number = clashing

    assert hotline("settle", number, "--home", home, "--centre").out == f"{number} 已请县中心定。\n"
    assert hotline.json("clash", number, "--home", home)["clashes"][0]["to_centre"]  # type: ignore[index]
