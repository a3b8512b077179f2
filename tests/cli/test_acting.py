"""acts and act: every step of an order's life by a line, found by the words of the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD, Hotline

NUMBER = "370323-03A-261121-00018"


@pytest.fixture
def number(hotline: Hotline, hall: Path, request_file: Path) -> str:
    """One order at the hall."""
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")
    return NUMBER


def test_what_may_be_done_is_told_with_its_fields(hotline: Hotline, hall: Path, number: str) -> None:
    said = hotline("acts", "00018", "--home", hall)

    assert said.code == 0
    assert said.out.startswith(f"{number} 待派单\n")
    assert "· 补充诉求（give_more）\n    words：说明 必填\n" in said.out
    assert "派单" not in said.out.replace("待派单", "")


def test_what_may_not_be_done_says_why(hotline: Hotline, hall: Path, number: str) -> None:
    said = hotline("acts", number, "--home", hall, "--all")

    assert "× 派单（dispatch）：由县中心办" in said.out
    assert "× 签收（sign_for）：没有派给这个单位" in said.out


def test_a_program_is_told_the_same(hotline: Hotline, hall: Path, number: str) -> None:
    facts = hotline.json("acts", number, "--home", hall, "--all")

    told = {each["act"]: each for each in facts["acts"]}  # type: ignore[attr-defined]
    assert told["dispatch"]["why"] == "由县中心办"
    assert told["urge"]["why"] == ""
    merge = {field["field"]: field for field in told["merge"]["fields"]}
    assert (merge["into"]["required"], merge["into"]["kind"], merge["into"]["name"]) == (True, "order", "并到哪一件")


def test_an_act_is_done_by_its_name_on_the_screen(hotline: Hotline, hall: Path, number: str) -> None:
    said = hotline("act", number, "补充诉求", "--home", hall, "--set", "说明=是第三根灯杆")

    assert said.out.startswith(f"{number} 补充的话已记下，现在是待派单\n")
    assert "  补充诉求  " in hotline("show", number, "--home", hall).out


def test_defaults_of_the_form_stand_where_nothing_is_said(hotline: Hotline, hall: Path, number: str) -> None:
    facts = hotline.json(
        "act", number, "call-units", "--home", hall, "--set", "呼叫单位=县住建局、县水利局", "--set", "到场时间=明天 9:30",
        "--set", "分管领导=副镇长", "--set", "主责领导=镇长",
    )  # fmt: skip

    assert facts["act"] == "call_units"
    assert facts["stage"] == "to_dispatch"


def test_a_list_is_chosen_from_by_its_words(hotline: Hotline, hall: Path, number: str) -> None:
    facts = hotline.json("act", number, "紧急转接", "--home", hall, "--set", "转到=120", "--set", "结果=对方已接走")

    assert facts["stage"] == "emergency"


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (("腾空",), "I142", "没有“腾空”这一步"),
        (("补充诉求", "--set", "颜色=红"), "I143", "“补充诉求”没有“颜色=红”这一栏"),
        (("补充诉求", "--set", "说明"), "I143", "有这些栏：说明"),
        (("补充诉求",), "R300", "“说明”还没有填"),
        (("紧急转接", "--set", "转到=114"), "R311", "可以是：110、119、120、122"),
        (("紧急转接", "--set", "结果=对方"), "R311", "不止一个"),
        (("紧急转接", "--set", "三方通话=也许"), "I140", "“三方通话”填的“也许”看不懂"),
        (
            ("紧急转接", "--set", "转到=110", "--set", "结果=未接通", "--set", "转接时间=某时"),
            "I140",
            "“转接时间”填的“某时”看不懂",
        ),
        (("派单", "--set", "派给=县住建局"), "R208", "由县中心办"),
        (("签收",), "R130", "没有派给这个单位"),
    ],
)
def test_what_cannot_be_done_says_what_to_write(
    hotline: Hotline, hall: Path, number: str, asked: tuple[str, ...], code: str, words: str
) -> None:
    before = hotline("show", number, "--home", hall).out

    said = hotline("act", number, *asked, "--home", hall)
    told = hotline("act", number, *asked, "--home", hall, "--json")

    assert (said.code, told.facts["code"]) == (1, code)
    assert words in said.err
    assert hotline("show", number, "--home", hall).out == before


def test_an_officers_post_counts(hotline: Hotline, hall: Path, number: str) -> None:
    assert (
        hotline(
            "account", "--home", hall, "--badge", "0377", "--name", "承办甲", "--roles", "handler", "--password", PASSWORD
        ).code
        == 0
    )

    said = hotline("act", number, "并单", "--home", hall, "--officer", "0377", "--set", "并到哪一件=00018")

    assert (said.code, said.err[:13]) == (1, "您的岗位不能办这一步。件没"[:13])
