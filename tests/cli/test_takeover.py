"""换机: a new PC takes a station over; the old one, if it comes back, is told so, and what it had not sent is not lost."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import PASSWORD, Hotline, RunningHub, write_request


def joined(hotline: Hotline, hub: RunningHub, home: Path) -> None:
    code = hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall")["code"]
    hotline.json("join", "--home", home, "--hub", hub.url, "--code", str(code), "--password", PASSWORD)


def registered(hotline: Hotline, home: Path, folder: Path, title: str) -> str:
    facts = hotline.json("register", "--home", home, "--no-slip", "--from-json", write_request(folder, 标题=title))
    numbers = [str(facts["number"])] if "number" in facts else [str(each["number"]) for each in facts["orders"]]  # type: ignore[attr-defined]
    return numbers[0]


def copied_yesterday(hotline: Hotline, hub: RunningHub, hall: Path, folder: Path) -> Path:
    """A copy of the hall's folder, made before its second request went up."""
    joined(hotline, hub, hall)
    registered(hotline, hall, folder, "昨天的")
    hotline.json("sync", "--home", hall)
    copy = shutil.copytree(hall, folder / "copy")
    registered(hotline, hall, folder, "今天的")
    hotline.json("sync", "--home", hall)
    return copy


def taken_over(hotline: Hotline, hub: RunningHub, home: Path) -> dict[str, object]:
    code = hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall", "--replaces")["code"]
    return hotline.json("takeover", "--home", home, hub.url, str(code), "--password", PASSWORD)


def test_a_new_pc_goes_on_where_the_old_one_was(hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path) -> None:
    joined(hotline, hub, hall)
    sent = registered(hotline, hall, tmp_path, "已传的")
    hotline.json("sync", "--home", hall)
    unsent = registered(hotline, hall, tmp_path, "没传的")
    new = tmp_path / "new"

    facts = taken_over(hotline, hub, new)

    assert (facts["life"], facts["orders"]) == ("E", 1)
    assert hotline.json("show", "--home", new, sent)["number"] == sent
    assert hotline("show", "--home", new, unsent).code == 1
    fresh = registered(hotline, new, tmp_path, "在新电脑上")
    assert fresh[:10] == "370323-03E"
    assert hotline.json("sync", "--home", new)["counts"] == {
        **hotline.json("list", "--home", new)["counts"],  # type: ignore[dict-item]
    }
    assert hotline.json("verify", "--home", new)["report"]["sound"]  # type: ignore[index]


def test_the_old_pc_is_told_and_may_hand_in_what_it_had_not_sent_by_a_persons_word(
    hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path
) -> None:
    joined(hotline, hub, hall)
    hotline.json("sync", "--home", hall)
    unsent = [registered(hotline, hall, tmp_path, f"没传的{place}") for place in range(2)]
    new = tmp_path / "new"
    taken_over(hotline, hub, new)

    told = hotline("sync", "--home", hall, "--json")
    assert (told.code, told.facts["code"]) == (1, "A350")
    assert "hub rescue" in str(told.facts["message"])
    assert told.facts["counts"]["waiting"] == 2  # type: ignore[index]

    hotline.json("hub", "rescue", "--home", hub.home, "--station", "03")
    handed = hotline("sync", "--home", hall, "--json")
    hotline.json("sync", "--home", new)

    assert handed.facts["code"] == "A350"
    assert handed.facts["counts"]["waiting"] == 0  # type: ignore[index]
    assert [hotline.json("show", "--home", new, number)["number"] for number in unsent] == unsent


def test_what_was_let_in_is_let_in_for_its_hours_only(hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path) -> None:
    joined(hotline, hub, hall)
    taken_over(hotline, hub, tmp_path / "new")
    registered(hotline, hall, tmp_path, "没传的")
    hotline.json("hub", "rescue", "--home", hub.home, "--station", "03", "--hours", "2")
    hotline.clock.advance(hours=2)

    assert hotline("sync", "--home", hall, "--json").facts["counts"]["waiting"] == 1  # type: ignore[index]


def test_two_lives_begun_without_a_line_never_give_the_new_pcs_numbers(
    hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path
) -> None:
    joined(hotline, hub, hall)
    registered(hotline, hall, tmp_path, "第一件")
    hotline.json("sync", "--home", hall)
    old = set()
    for _ in range(3):
        hotline.json("new-life", "--home", hall)
        old.add(registered(hotline, hall, tmp_path, "没有线路"))
    new = tmp_path / "new"

    taken_over(hotline, hub, new)

    assert registered(hotline, new, tmp_path, "在新电脑上") not in old
    hotline.json("hub", "rescue", "--home", hub.home, "--station", "03")
    hotline("sync", "--home", hall, "--json")
    hotline.json("sync", "--home", new)
    for number in old:
        assert hotline.json("show", "--home", new, number)["number"] == number


def test_a_pc_may_be_replaced_again_and_again(hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path) -> None:
    joined(hotline, hub, hall)
    numbers = [registered(hotline, hall, tmp_path, "第一件")]
    hotline.json("sync", "--home", hall)
    for place in range(3):
        home = tmp_path / f"new{place}"
        assert taken_over(hotline, hub, home)["orders"] == place + 1
        numbers.append(registered(hotline, home, tmp_path, f"第{place + 2}件"))
        hotline.json("sync", "--home", home)

    assert [number[9] for number in numbers] == ["A", "E", "I", "M"]


def test_a_takeover_cut_in_the_middle_is_done_again(hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path) -> None:
    joined(hotline, hub, hall)
    registered(hotline, hall, tmp_path, "已传的")
    hotline.json("sync", "--home", hall)
    code = str(hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall", "--replaces")["code"])
    new = tmp_path / "new"
    first = hotline.json("takeover", "--home", new, hub.url, code, "--password", PASSWORD)
    (new / "identity.toml").unlink()

    again = hotline.json("takeover", "--home", new, hub.url, code, "--password", PASSWORD)

    assert (first["life"], again["life"]) == ("E", "E")
    assert again["orders"] == 1


def test_a_home_in_which_something_was_written_takes_nothing_over(
    hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path
) -> None:
    joined(hotline, hub, hall)
    registered(hotline, hall, tmp_path, "自己的")
    code = str(hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall", "--replaces")["code"])

    said = hotline("takeover", "--home", hall, hub.url, code, "--json")

    assert said.facts["code"] == "R560"


def test_a_station_that_was_never_replaced_has_nobody_to_let_in(hotline: Hotline, hub: RunningHub, hall: Path) -> None:
    joined(hotline, hub, hall)

    assert hotline("hub", "rescue", "--home", hub.home, "--station", "03", "--json").facts["code"] == "R561"


def test_a_backup_of_the_old_folder_on_the_new_pc_is_a_restore_not_a_takeover(
    hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path
) -> None:
    copy = copied_yesterday(hotline, hub, hall, tmp_path)

    assert hotline.json("sync", "--home", copy)["counts"]["stored"] == 2  # type: ignore[index]


def test_a_copy_that_was_written_on_in_is_told_and_a_command_gives_new_numbers_for_those_given_twice(
    hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path
) -> None:
    copy = copied_yesterday(hotline, hub, hall, tmp_path)
    registered(hotline, copy, tmp_path, "副本上的")

    said = hotline("sync", "--home", copy, "--json")
    told = hotline("new-life", "--home", copy)

    assert said.facts["code"] == "A354"
    assert "告诉来件人新编号" in told.out
    assert hotline.json("sync", "--home", copy)["counts"]["stored"] == 3  # type: ignore[index]


def test_a_hub_put_back_is_told_by_a_command_and_its_stations_follow(
    hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path
) -> None:
    joined(hotline, hub, hall)
    hotline.json("sync", "--home", hall)
    before = (hall / "identity.toml").read_text()

    bad = hotline("hub", "restored", "--home", hub.home, "--put-back", "某天", "--json")
    done = hotline("hub", "restored", "--home", hub.home, "--put-back", "2026-11-22 08:00")
    hotline.json("sync", "--home", hall)

    assert bad.facts["code"] == "I109"
    assert "新的纪元" in done.out
    assert (hall / "identity.toml").read_text() != before
    assert hotline("lost-above", "--home", hall).out.startswith("没有这样的记录")


def test_a_pc_that_had_never_sent_anything_is_told_apart_too(
    hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path
) -> None:
    joined(hotline, hub, hall)
    unsent = registered(hotline, hall, tmp_path, "没传的")

    facts = taken_over(hotline, hub, tmp_path / "new")

    assert facts["life"] == "E"
    assert registered(hotline, tmp_path / "new", tmp_path, "在新电脑上") != unsent
