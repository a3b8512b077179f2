"""overview and handover: figures of a span and what one shift tells the next, at the command line; also where there is nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

import pytest

from county_hotline.cli import main
from county_hotline.domain import rates
from tests.cli.conftest import PASSWORD, Hotline, write_request
from tests.support.marks import found_in
from tests.support.ticking_clock import TickingClock

MARKS: Final = ("𠮷䶮㛃", "17740915382", "举报某站长收礼七千元")
Facts = dict[str, object]


@pytest.fixture(scope="module")
def empty_hall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nothing was ever taken here, and nothing is written into it."""
    home = tmp_path_factory.mktemp("empty") / "home"
    assert main(["init", "--home", str(home), "--station", "04", "--password", PASSWORD], clock=TickingClock()) == 0
    return home


def of(facts: Facts, *names: str) -> object:
    found: object = facts
    for name in names:
        found = cast("Facts", found)[name]
    return found


def taken(hotline: Hotline, home: Path, folder: Path, **changes: object) -> str:
    facts = hotline.json("register", "--home", home, "--from-json", write_request(folder, **changes))
    return str(facts["number"])


# ---------------------------------------------------------------- overview


def test_an_empty_station_has_figures_of_nothing_and_says_so(hotline: Hotline, empty_hall: Path) -> None:
    said = hotline("overview", "--home", empty_hall)
    facts = hotline.json("overview", "--home", empty_hall)

    assert said.code == 0
    assert said.out.startswith("2026-11-21 至 2026-11-21，数据截至 2026-11-21 09:12")
    assert "受理 0　派单 0　办结 0" in said.out
    assert "在办 0　超期 0　临期 0　待回访 0" in said.out
    assert "今天同步 0 轮" in said.out
    assert "%" not in said.out  # a rate of nothing is no 0 %
    assert of(facts, "standing", "stages") == of(facts, "places") == of(facts, "units") == []
    assert set(cast("Facts", facts["rates"])) == {formula.name for formula in rates.FORMULAS}
    assert of(facts, "rates", "answered") == {
        "numerator": 0, "denominator": 0, "apart": 0, "percent": of(facts, "rates", "answered", "percent"), "agreed": False
    }  # fmt: skip


def test_figures_are_of_the_span_the_place_and_the_unit_asked_for(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    taken(hotline, hall, tmp_path)
    taken(hotline, hall, tmp_path, 标题="停水三天", 事发地="悦庄镇")
    hotline.clock.advance(days=2)
    taken(hotline, hall, tmp_path, 标题="道路塌陷")

    def came(*options: str) -> object:
        return of(hotline.json("overview", "--home", hall, *options), "flow", "accepted")

    assert came() == 1
    assert came("--span", "month") == 3
    assert came("--since", "2026-11-21") == 2  # one day where only one is named
    assert came("--since", "2026-11-21", "--until", "2026-11-23") == 3
    assert came("--span", "month", "--region", "悦庄镇") == 1
    assert came("--span", "month", "--agency", "县住建局") == 0
    plain = hotline("overview", "--home", hall, "--span", "month")
    assert "受理 3　派单 0　办结 0" in plain.out
    assert "待派单 3" in plain.out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--since", "2026-11-22", "--until", "2026-11-21"), "R620"),
        (("--since", "昨天"), "R620"),
        (("--since", "2024-11-21", "--until", "2026-11-21"), "R621"),
        (("--region", "没有这个镇"), "I122"),
        (("--agency", "没有这个局"), "I122"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_with_its_code(
    hotline: Hotline, empty_hall: Path, options: tuple[str, ...], code: str
) -> None:
    words = hotline("overview", "--home", empty_hall, *options)
    said = hotline("overview", "--home", empty_hall, *options, "--json")

    assert said.facts["code"] == code
    assert words.code == said.code != 0
    assert words.out == ""
    assert words.err.endswith("。\n")


def test_where_there_is_no_station_both_say_so(hotline: Hotline, tmp_path: Path) -> None:
    for command in ("overview", "handover"):
        said = hotline(command, "--home", tmp_path / "nowhere", "--json")
        assert said.code != 0
        assert said.facts["code"]
        assert not (tmp_path / "nowhere").exists()


# ---------------------------------------------------------------- handover


def test_nothing_to_hand_over_is_handed_over_all_the_same(hotline: Hotline, hall: Path) -> None:
    none = hotline("handover", "--home", hall, "--kept")
    now = hotline("handover", "--home", hall)
    facts = hotline.json("handover", "--home", hall)

    assert none.out.strip() == "还没有交接过"
    assert hotline.json("handover", "--home", hall, "--kept") == {"ok": True, "shifts": []}
    assert now.out.startswith("待办 0 件，其中超期 0 件。")
    assert of(facts, "sheet", "overdue") == of(facts, "sheet", "drafts") == []
    assert not list(hall.rglob("shift-*.pdf"))  # looking is not handing over


def test_a_shift_is_handed_over_with_its_paper_and_then_is_among_the_kept(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    taken(hotline, hall, tmp_path)

    made = hotline("handover", "--home", hall, "--notes", "下午有人再送照片。")
    kept = hotline.json("handover", "--home", hall, "--kept")
    paper = next(hall.rglob("shift-000001.pdf"))

    assert made.code == 0
    assert str(paper) in made.out
    assert paper.read_bytes().startswith(b"%PDF")
    (shift,) = cast("list[Facts]", kept["shifts"])
    assert of(shift, "sheet", "notes") == "下午有人再送照片。"
    assert of(shift, "sheet", "done") == {"work_order.accepted": 1}
    assert hotline("handover", "--home", hall, "--kept").out.startswith("1　")


def test_a_shift_is_taken_over_by_another_officer_once(hotline: Hotline, hall: Path) -> None:
    hotline("account", "add", "--home", hall, "--badge", "0302", "--name", "受理员乙", "--password", PASSWORD)
    hotline("handover", "--home", hall, "--notes", "")

    own = hotline("handover", "--home", hall, "--take-over", "1", "--json")
    missing = hotline("handover", "--home", hall, "--take-over", "9", "--officer", "0302", "--json")
    done = hotline("handover", "--home", hall, "--take-over", "1", "--officer", "0302")
    again = hotline("handover", "--home", hall, "--take-over", "1", "--officer", "0302", "--json")

    assert (own.facts["code"], missing.facts["code"], again.facts["code"]) == ("R623", "R624", "R624")
    assert done.code == 0, done.err
    assert "1" in done.out
    assert "受理员乙" in hotline("handover", "--home", hall, "--kept").out


def test_nothing_of_a_confidential_caller_is_said_by_either(hotline: Hotline, tmp_path: Path) -> None:
    name, phone, matter = MARKS
    centre = tmp_path / "centre"
    assert hotline("init", "--home", centre, "--role", "centre", "--password", PASSWORD).code == 0
    number = taken(hotline, centre, tmp_path, 姓名=name, 电话=phone, 标题=matter, 保密="是")
    hotline.clock.advance(days=30)
    said = [
        hotline(command, "--home", centre, *more, *form)
        for command, more in (("overview", ("--span", "month")), ("handover", ()), ("handover", ("--notes", "看一看")), ("handover", ("--kept",)))
        for form in ((), ("--json",))
    ]  # fmt: skip

    assert all(each.code == 0 for each in said)
    assert any(number in each.out for each in said)  # else nothing was looked at
    assert not [mark for each in said for mark in found_in((each.out + each.err).encode(), MARKS)]
    assert not [mark for paper in centre.rglob("shift-*.pdf") for mark in found_in(paper.read_bytes(), MARKS)]
