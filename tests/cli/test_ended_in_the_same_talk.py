"""answer, tell-path, transfer, and register with whom and what a matter touches: by a line, as at the counter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import REQUEST, Hotline


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    file = tmp_path / "诉求.json"
    file.write_text(json.dumps(REQUEST, ensure_ascii=False), encoding="utf-8")
    return file


def written(tmp_path: Path, **more: object) -> Path:
    file = tmp_path / "更多.json"
    file.write_text(json.dumps({**REQUEST, **more}, ensure_ascii=False), encoding="utf-8")
    return file


def test_an_inquiry_is_answered_from_an_article(hotline: Hotline, hall: Path, request_file: Path) -> None:
    articles = hotline.json("articles", "--home", hall)["articles"]
    assert isinstance(articles, list)
    usable = next(each for each in articles if not each["expired"])

    facts = hotline.json(
        "answer", "--home", hall, "--from-json", request_file, "--answer", "请带身份证到窗口。", "--article", usable["code"]
    )

    assert facts["stage"] == "finished"
    shown = hotline.json("show", facts["number"], "--home", hall)  # type: ignore[arg-type]
    history = shown["history"]
    assert isinstance(history, list)
    assert [each["kind"] for each in history] == ["work_order.accepted", "work_order.answered_at_once"]
    assert history[1]["fact"]["article_version"] == usable["version"]


def test_an_article_nobody_knows_is_refused_and_nothing_registered(hotline: Hotline, hall: Path, request_file: Path) -> None:
    said = hotline("answer", "--home", hall, "--from-json", request_file, "--answer", "好", "--article", "nothing", "--json")

    assert (said.code, said.facts["code"]) == (1, "R410")
    assert hotline.json("list", "--home", hall)["total"] == 0


def test_a_lawful_path_is_told_in_the_countys_words(hotline: Hotline, hall: Path, request_file: Path) -> None:
    facts = hotline.json("tell-path", "--home", hall, "--from-json", request_file, "--path-code", "03", "--signed", "no")

    assert facts["stage"] == "told"
    shown = hotline.json("show", facts["number"], "--home", hall)  # type: ignore[arg-type]
    told = shown["history"][1]["fact"]  # type: ignore[index]
    assert told["reason"] == "03"
    assert told["words"]
    assert told["path"]
    assert told["signed"] is False


def test_an_emergency_needs_no_form_at_all(hotline: Hotline, hall: Path) -> None:
    said = hotline("transfer", "--home", hall, "--line", "119", "--result", "taken", "--taker", "07号", "--three-party")

    assert said.code == 0
    assert "已受理" in said.out
    assert "已转紧急热线" in said.out


def test_an_emergency_not_taken_goes_on(hotline: Hotline, hall: Path, request_file: Path) -> None:
    facts = hotline.json("transfer", "--home", hall, "--line", "110", "--result", "not_theirs", "--from-json", request_file)

    assert facts["stage"] == "to_dispatch"


def test_a_time_that_is_none_is_said(hotline: Hotline, hall: Path) -> None:
    said = hotline("transfer", "--home", hall, "--line", "119", "--result", "taken", "--handed-at", "刚才")

    assert said.code == 2
    assert "--handed-at" in said.err


# ---------------------------------------------------------------- the new fields of a request


def test_an_enterprise_and_a_group_are_registered_by_their_chinese_names(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = written(
        tmp_path,
        诉求人类型="企业",
        单位名称="示例公司",
        统一社会信用代码="91110000600037342L",
        人数=6,
        代表人="示例甲",
        需要当心的="涉老、涉稳",
        来源级别="市级",
        外部编号="市0001",
        上级时限="2026-11-22 18:00",
        网格="燕崖村第一网格",
        采集人="示例网格员",
    )

    facts = hotline.json("register", "--home", hall, "--from-json", file, "--no-slip")

    assert [each["code"] for each in facts["cautions"]] == ["credit_check"]  # type: ignore[attr-defined]
    accepted = hotline.json("show", facts["number"], "--home", hall)["accepted"]  # type: ignore[arg-type]
    assert isinstance(accepted, dict)
    assert accepted["caller_kind"] == "enterprise"
    assert accepted["concerns"] == ["group", "stability", "elderly"]
    assert accepted["source_level"] == "city"
    assert accepted["external_due_at"] == 1795341600000
    assert accepted["grid"] == "37032310920101"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"诉求人类型": "企业"}, "R401"),
        ({"人数": 5}, "R402"),
        ({"网格": "没有这个网格"}, "I122"),
        ({"需要当心的": "天气"}, "I122"),
        ({"incoming": 3}, "I121"),
    ],
)
def test_what_is_missing_or_unknown_is_refused_before_anything_is_written(
    hotline: Hotline, hall: Path, tmp_path: Path, more: dict[str, object], code: str
) -> None:
    said = hotline("register", "--home", hall, "--from-json", written(tmp_path, **more), "--no-slip", "--json")

    assert (said.code, said.facts["code"]) == (1, code)
    assert hotline.json("list", "--home", hall)["total"] == 0
