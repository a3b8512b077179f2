"""How commands speak: exit codes, one JSON document, Chinese for what is wrongly asked, never a trace."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from county_hotline.cli.parser import COMMANDS, parse
from tests.cli.conftest import Hotline

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["fliegen"], "没有“fliegen”这个命令"),
        (["show"], "少了：编号"),
        (["list", "--stage", "乱写", "--home", "{hall}"], "--stage 不能是“乱写”，可以是：待受理、待补充、已告知"),
        (["list", "--since", "昨天", "--home", "{hall}"], "--since 不能是“昨天”，请写成 2026-11-28 这样"),
        (["list", "--after", "xx", "--home", "{hall}"], "--after 不能是“xx”，请照抄上一页末尾"),
        (["init", "--station", "55", "--home", "{new}"], "要用 --unit 写明所属单位"),
        (["register"], "少了：--from-json"),
        (["list", "--limit", "viele"], "--limit 不能是“viele”"),
        (["list", "--limit"], "--limit 后面要跟一个值"),
        (["list", "--nonsense"], "不认识：--nonsense"),
        (["init", "--role", "king"], "--role 不能是“king”，可以是：hall、centre"),
    ],
)
def test_a_wrong_line_is_answered_in_chinese_with_exit_code_2(
    hotline: Hotline, hall: Path, tmp_path: Path, line: list[str], sentence: str
) -> None:
    said = hotline(*(word.format(hall=hall, new=tmp_path / "new") for word in line))

    assert said.code == 2
    assert sentence in said.err
    assert said.out == ""


def test_a_wrong_line_is_one_document_too(hotline: Hotline) -> None:
    said = hotline("register", "--json")

    assert said.code == 2
    assert said.facts["ok"] is False
    assert said.facts["code"] == "I120"


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help_in_chinese(hotline: Hotline, command: str) -> None:
    said = hotline(command, "--help")

    assert said.code == 0
    assert "用法：" in said.out
    assert "〔" not in said.out
    assert "show this help" not in said.out


def test_usage_is_announced_once(hotline: Hotline) -> None:
    for line in (["--help"], ["show", "--help"]):
        assert hotline(*line).out.startswith("用法：county-hotline")
        assert hotline(*line).out.count("用法：") == 1


def test_the_version_is_asked_for_as_everywhere_else(hotline: Hotline) -> None:
    assert hotline("--version").out == hotline("version").out
    assert hotline("--version", "--json").facts == hotline("version", "--json").facts


@pytest.mark.parametrize(
    "line", [["list"], ["sync"], ["verify"], ["rebuild"], ["show", "1"], ["new-life"], ["stations"], ["account"]]
)
def test_an_empty_folder_is_called_no_station(hotline: Hotline, tmp_path: Path, line: list[str]) -> None:
    said = hotline(*line, "--home", tmp_path / "nothing", "--json")

    assert said.code == 1
    assert said.facts["code"] == "I107"
    assert not (tmp_path / "nothing").exists()


def test_an_expected_failure_leaves_no_trace_of_python(hotline: Hotline, hall: Path) -> None:
    said = hotline("show", "没有这一件", "--home", hall)

    assert said.code == 1
    assert "Traceback" not in said.err
    assert "没有查到" in said.err


def test_a_bug_is_one_sentence_and_a_log(hotline: Hotline, hall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from county_hotline.cli import upkeep

    def broken(asked: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(upkeep, "version", broken)

    said = hotline("version", "--home", hall)

    assert said.code == 1
    assert "E000" in said.err
    assert "Traceback" not in said.err
    assert "ZeroDivisionError" in (hall / "logs" / "county-hotline.log").read_text("utf-8")


def test_the_program_runs_as_a_process_and_speaks_utf_8() -> None:
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin", "LC_ALL": "C"}

    done = subprocess.run([sys.executable, str(ROOT / "main.py"), "version"], capture_output=True, env=environment, check=False)

    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith("连心桥 ")


def test_a_reader_that_goes_away_is_no_failure() -> None:
    line = f"{sys.executable} {ROOT / 'main.py'} --help | head -1; exit ${{PIPESTATUS[0]}}"

    done = subprocess.run(["bash", "-c", line], capture_output=True, check=False)

    assert done.returncode == 0
    assert done.stderr == b""


def test_without_a_screen_the_window_says_so(hotline: Hotline, hall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)

    said = hotline("--home", hall, "--json")

    assert said.facts["code"] == "R218"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "hub join --home a --hub-id 1f0c http://h CODE",
            {"action": "join", "url": "http://h", "code": "CODE", "hub_id": "1f0c"},
        ),
        ("--home a hub join http://h --yes CODE", {"url": "http://h", "code": "CODE", "yes": True}),
        ("parcel export --as-folder stick --home a", {"path_of_parcel": "stick", "as_folder": True}),
        ("parcel folders --out-folder - --in-folder x", {"path_of_parcel": None, "out_folder": "-", "in_folder": "x"}),
        ("files 00018 --way line 2", {"number": "00018", "which": "2", "way": "line"}),
        ("hub --port 8480", {"action": "serve", "port": 8480}),
    ],
)
def test_what_may_be_missing_may_stand_behind_an_option(line: str, expected: dict[str, object]) -> None:
    found = vars(parse(line.split()))

    assert {name: found[name] for name in expected} == expected


def test_an_option_without_its_value_is_told(hotline: Hotline) -> None:
    assert "--hub-id" in hotline("hub", "join", "http://h", "--hub-id").err
