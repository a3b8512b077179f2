"""Names as a person has them before her eyes: fields as the intake page calls them, numbers as the register shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.desk import field_names
from county_hotline.desk.intake import IntakeForm
from county_hotline.wording import shipped
from tests.cli.conftest import Hotline, write_request

ON_THE_PAGE = {
    "类型": "投诉",
    "紧急": "特急",
    "详细": "卫生室东 30 米",
    "承办": "县住建局",
    "人数": "3",
    "需要回访": "否",
    "保密件": "是",
    "不公开": "否",
    "住址": "燕崖镇一村",
    "已告知个人信息用途": "是",
    "渠道": "电话",
    "要求": "尽快修好",
}


def test_a_request_is_understood_in_the_words_of_the_page(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = write_request(tmp_path, **ON_THE_PAGE)
    number = str(hotline.json("register", "--home", hall, "--from-json", file, "--no-slip")["number"])

    accepted = hotline.json("show", number, "--home", hall)["accepted"]
    assert isinstance(accepted, dict)

    assert (accepted["matter_kind"], accepted["urgency"], accepted["channel"]) == ("complaint", "critical", "phone")
    assert (accepted["place_detail"], accepted["demand"], accepted["people"]) == ("卫生室东 30 米", "尽快修好", 3)
    assert (accepted["confidential"], accepted["public"], accepted["wants_call_back"]) == (True, True, False)
    assert accepted["agency_hint"] == "370323D04"


@pytest.mark.parametrize("ticked", [True, "是"])
def test_not_public_is_no_to_public(hotline: Hotline, hall: Path, tmp_path: Path, ticked: object) -> None:
    file = write_request(tmp_path, 不公开=ticked)
    number = str(hotline.json("register", "--home", hall, "--from-json", file, "--no-slip")["number"])

    assert hotline.json("show", number, "--home", hall)["accepted"]["public"] is False  # type: ignore[index]


def test_every_label_of_a_field_on_the_page_is_known() -> None:
    labels = [text for key, text in shipped().items() if key.startswith("intake.field.")]

    assert len(labels) > 10
    assert [label for label in labels if field_names.field_named(label) not in IntakeForm.__struct_fields__] == []


def test_a_short_label_of_the_page_is_not_believed_of_a_column() -> None:
    assert field_names.field_of_header("类型") is None
    assert field_names.field_of_header("诉求类型") == "matter_kind"


def test_an_unknown_name_is_told_the_nearest_known(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    said = hotline("register", "--home", hall, "--from-json", write_request(tmp_path, 联系电话号=1, 天气="晴"), "--json")

    assert said.facts["code"] == "I121"
    assert "联系电话号（是不是“联系电话”？）、天气。" in str(said.facts["message"])
    assert said.facts["details"]["nearest"] == {"联系电话号": "联系电话"}  # type: ignore[index]


def test_a_field_that_is_never_corrected_is_not_proposed(hotline: Hotline, hall: Path, request_file: Path) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")

    said = hotline("correct", "0001", "--home", hall, "--reason", "更正", "--set", "标提=路灯", "--json")

    assert said.facts["details"]["nearest"] == {"标提": "标题"}  # type: ignore[index]


@pytest.mark.parametrize("asked", ["261121-0001", "2611210001", "03a-261121-0001", "00018"])
def test_an_order_is_found_as_the_register_shows_it(hotline: Hotline, hall: Path, request_file: Path, asked: str) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")

    assert hotline.json("show", asked, "--home", hall)["number"] == "370323-03A-261121-00018"


def test_a_name_of_several_orders_lists_their_numbers(hotline: Hotline, hall: Path, request_file: Path) -> None:
    numbers = []
    for day in (21, 22):
        hotline.clock.set_to(2026, 11, day)
        numbers.append(str(hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")["number"]))

    said = hotline("show", "0001", "--home", hall, "--json")

    assert said.code == 1
    assert said.facts["code"] == "R194"
    assert said.facts["details"]["numbers"] == numbers  # type: ignore[index]
    assert all(number in str(said.facts["message"]) for number in numbers)
    assert hotline.json("show", "261122-0001", "--home", hall)["number"] == numbers[1]
