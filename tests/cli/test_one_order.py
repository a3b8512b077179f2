"""register, show, list and what is done to one order, at one station."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Hotline, write_request


def test_a_request_gets_its_number_code_date_and_slip(hotline: Hotline, hall: Path, request_file: Path) -> None:
    facts = hotline.json("register", "--home", hall, "--from-json", request_file)

    assert facts["number"] == "370323-03A-261121-00018"
    assert len(str(facts["query_code"])) == 8
    assert facts["due_on"] == "2026-11-27"
    assert Path(str(facts["slip"])).read_bytes().startswith(b"%PDF")


def test_the_same_is_said_in_chinese(hotline: Hotline, hall: Path, request_file: Path) -> None:
    said = hotline("register", "--home", hall, "--from-json", request_file, "--no-slip")

    assert "已受理：370323-03A-261121-00018（2026-11-21 09:12）" in said.out
    assert "查询码：" in said.out
    assert "2026-11-27" in said.out
    assert ".pdf" not in said.out


def test_a_list_is_taken_whole_or_not_at_all(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    good = json.loads(write_request(tmp_path).read_text("utf-8"))
    several = tmp_path / "several.json"
    several.write_text(json.dumps([good, {**good, "标题": ""}], ensure_ascii=False), encoding="utf-8")

    said = hotline("register", "--home", hall, "--from-json", several)

    assert said.code == 1
    assert said.err == "第 2 件有问题：标题还没有填。几件都没有收。请改好再来。\n"
    assert "共 0 件" in hotline("list", "--home", hall).out


@pytest.mark.parametrize(
    "asked", ["370323-03A-261121-00018", "37032303a26112100018", "３７０３２３－０３Ａ－２６１１２１－０００１８"]
)
def test_an_order_is_found_however_its_number_is_written(hotline: Hotline, hall: Path, request_file: Path, asked: str) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")

    assert hotline.json("show", asked, "--home", hall)["number"] == "370323-03A-261121-00018"


def test_an_order_is_found_by_its_query_code(hotline: Hotline, hall: Path, request_file: Path) -> None:
    code = str(hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")["query_code"])

    assert hotline.json("show", code, "--home", hall)["number"] == "370323-03A-261121-00018"


def test_a_mistyped_number_is_called_mistyped(hotline: Hotline, hall: Path, request_file: Path) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")

    said = hotline("show", "370323-03A-261121-00108", "--home", hall, "--json")

    assert said.code == 1
    assert said.facts["code"] == "R191"


def test_the_caller_is_masked_until_a_reason_is_given(hotline: Hotline, hall: Path, request_file: Path) -> None:
    number = str(hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")["number"])

    masked = hotline("show", number, "--home", hall, "--json")
    full = hotline("show", number, "--home", hall, "--json", "--reason", "核对电话")

    assert "13800000000" not in masked.out
    assert "张三" not in masked.out
    assert full.facts["person"]["phone"] == "13800000000"  # type: ignore[index]


def test_a_confidential_caller_is_shown_to_leaders_only(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = write_request(tmp_path, 保密=True)
    number = str(hotline.json("register", "--home", hall, "--from-json", file, "--no-slip")["number"])

    refused = hotline("show", number, "--home", hall, "--reason", "核对", "--officer", "0301", "--json")

    assert refused.facts["code"] == "R204"
    assert "张" not in hotline("show", number, "--home", hall).out
    assert "13800000000" in hotline("show", number, "--home", hall, "--reason", "核对", "--officer", "0303").out


def test_who_acted_stands_in_the_history(hotline: Hotline, hall: Path, request_file: Path) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip", "--officer", "0301")
    hotline.json("note", "00018", "--home", hall, "--text", "已电话核实")

    history = hotline.json("show", "00018", "--home", hall)["history"]

    assert [event["kind"] for event in history] == ["work_order.accepted", "work_order.note_added"]  # type: ignore[attr-defined]
    assert history[0]["officer"] == "0301 受理员甲"  # type: ignore[index]
    assert history[1]["officer"].startswith("命令行 ")  # type: ignore[index]


def test_an_unknown_badge_is_refused(hotline: Hotline, hall: Path, request_file: Path) -> None:
    said = hotline("register", "--home", hall, "--from-json", request_file, "--officer", "9999", "--json")

    assert said.facts["code"] == "R205"


def test_duties_hold_at_the_command_line_too(hotline: Hotline, hall: Path, request_file: Path) -> None:
    said = hotline("register", "--home", hall, "--from-json", request_file, "--officer", "0304", "--json")

    assert said.facts["code"] == "R204"


def test_only_the_centre_dispatches(hotline: Hotline, hall: Path, request_file: Path) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")

    assert hotline("dispatch", "00018", "--to", "住建局", "--home", hall, "--json").facts["code"] == "R208"


def test_a_correction_keeps_what_was_before_in_the_history(hotline: Hotline, hall: Path, request_file: Path) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")

    changes = ("--set", "标题=村口路灯不亮已一周", "--set", "紧急程度=紧急", "--set", "电话=13900000000")
    hotline.json("correct", "00018", "--home", hall, "--reason", "来电补充", *changes)
    shown = hotline.json("show", "00018", "--home", hall, "--reason", "核对")

    assert shown["accepted"]["title"] == "村口路灯不亮已一周"  # type: ignore[index]
    assert shown["accepted"]["urgency"] == "urgent"  # type: ignore[index]
    assert shown["person"]["phone"] == "13900000000"  # type: ignore[index]
    assert shown["person"]["name"] == "张三"  # type: ignore[index]
    assert shown["history"][0]["fact"]["title"] == "村口路灯不亮"  # type: ignore[index]


def test_an_attachment_is_added_once(hotline: Hotline, hall: Path, request_file: Path) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")

    assert hotline("attach", "00018", request_file, "--home", hall).code == 0
    assert hotline("attach", "00018", request_file, "--home", hall, "--json").facts["code"] == "R161"


def test_attachments_are_listed_with_where_they_stand_and_saved(
    hotline: Hotline, hall: Path, request_file: Path, tmp_path: Path
) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")
    hotline.json("attach", "00018", request_file, "--home", hall, "--way", "parcel", "--keep-place")
    (tmp_path / "存").mkdir()

    listed = hotline.json("files", "00018", "--home", hall)
    sent = hotline("files", "00018", "1", "--way", "line", "--home", hall)
    saved = hotline.json("file-save", "00018", "1", tmp_path / "存", "--home", hall)

    assert [each["standing"] for each in listed["files"]] == ["waits_parcel"]  # type: ignore[attr-defined]
    assert "在本机，等着传" in sent.out
    assert Path(str(saved["path"])).read_bytes() == request_file.read_bytes()
    assert hotline("file-save", "00018", "1", tmp_path / "存", "--home", hall, "--json").facts["code"] == "R504"
    assert hotline("files", "00018", "3", "--fetch", "--home", hall, "--json").facts["code"] == "R500"


def test_a_reprint_says_which_it_is(hotline: Hotline, hall: Path, request_file: Path) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file)

    facts = hotline.json("print", "00018", "--home", hall, "--paper", "80mm")

    assert facts["reprint"] == 1
    assert str(facts["slip"]).endswith("-80mm.pdf")


def test_the_register_pages_and_filters(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    for title in ("路灯不亮", "井盖丢失", "道路积水"):
        hotline.json("register", "--home", hall, "--no-slip", "--from-json", write_request(tmp_path, 标题=title))

    first = hotline.json("list", "--home", hall, "--limit", "2")
    rest = hotline.json("list", "--home", hall, "--limit", "2", "--after", str(first["next_after"]))
    found = hotline.json("list", "--home", hall, "--text", "井盖", "--stage", "待派单", "--waiting")

    titles = [row["title"] for row in (*first["rows"], *rest["rows"])]  # type: ignore[misc]
    assert titles == ["道路积水", "井盖丢失", "路灯不亮"]
    assert [row["title"] for row in found["rows"]] == ["井盖丢失"]  # type: ignore[attr-defined]


def test_sync_without_a_hub_says_so(hotline: Hotline, hall: Path) -> None:
    said = hotline("sync", "--home", hall)

    assert said.code == 1
    assert "还没有接入县中心" in said.err


def test_verify_fails_where_the_tables_were_tampered_with(hotline: Hotline, hall: Path, request_file: Path) -> None:
    from county_hotline.clock import SystemClock
    from county_hotline.desk.founding import open_store
    from county_hotline.paths import Home

    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")
    store = open_store(Home(hall), SystemClock())
    with store.immediate() as db:
        db.execute("UPDATE work_orders SET title = '改过的'")
    store.close()

    broken = hotline("verify", "--home", hall)
    mended = hotline("rebuild", "--home", hall)

    assert broken.code == 1
    assert "J104 370323-03A-261121-00018" in broken.out
    assert mended.code == 0
    assert hotline("verify", "--home", hall).code == 0
