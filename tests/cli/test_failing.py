"""Every command that fails says so to a program: one JSON document on stdout, `ok` false, exit code not 0, nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.cli import running
from county_hotline.cli.parser import COMMANDS
from tests.cli.conftest import Hotline

LINES: dict[str, tuple[str, ...]] = {
    "enrol": ("--station", "03", "--role", "hall"),
    "join": ("--hub", "http://127.0.0.1:1", "--code", "7K2M-Q9XD-41TV"),
    "takeover": ("http://127.0.0.1:1", "7K2M-Q9XD-41TV"),
    "sync": (),
    "rounds": (),
    "prove": (),
    "held": (),
    "repair": ("1", "resend"),
    "parcel": ("list",),
    "lost-above": (),
    "register": ("--from-json", "{request}"),
    "answer": ("--from-json", "{request}", "--answer", "可以"),
    "tell-path": ("--from-json", "{request}", "--path-code", "03"),
    "transfer": ("--line", "119", "--result", "taken"),
    "inbox": ("--text", "停水了"),
    "pop": ("--caller", "13800000001"),
    "import": ("{request}", "--map", "内容=content"),
    "show": ("0001",),
    "list": (),
    "dispatch": ("0001", "--to", "县住建局"),
    "sign-for": ("0001",),
    "reply": ("0001", "--text", "已修好"),
    "finish": ("0001",),
    "clashes": (),
    "clash": ("0001",),
    "settle": ("0001", "--ours"),
    "correct": ("0001", "--reason", "更正", "--set", "标题=路灯"),
    "note": ("0001", "--text", "备注"),
    "attach": ("0001", "{request}"),
    "files": ("0001",),
    "file-save": ("0001", "1", "{request}"),
    "print": ("0001",),
    "duty-list": (),
    "packs": (),
    "acts": ("0001",),
    "act": ("0001", "note", "--set", "备注内容=已核实"),
    "articles": (),
    "knowledge": ("reports",),
    "county": ("export", "agencies", "{request}"),
    "overview": (),
    "handover": (),
    "train": (),
    "verify": (),
    "rebuild": (),
    "new-life": (),
    "stations": (),
    "account": (),
    "window": (),
}
"""What is asked of a folder in which nothing is."""
FOUNDING: dict[str, tuple[str, ...]] = {
    "init": (),
    "hub": ("--port", "0"),
    "demo": (),
    "try": (),
    "run": (),
}
"""Commands that make a folder theirs: asked of a place where no folder can be."""


def test_every_command_is_asked_here() -> None:
    assert {command.name for command in COMMANDS} == {*LINES, *FOUNDING, "version"}


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)


@pytest.mark.parametrize("command", LINES)
def test_in_an_empty_folder_every_command_fails_in_one_document(
    hotline: Hotline, tmp_path: Path, request_file: Path, command: str
) -> None:
    (tmp_path / "empty").mkdir()
    words = [word.replace("{request}", str(request_file)) for word in LINES[command]]

    said = hotline(command, *words, "--home", tmp_path / "empty", "--json")

    assert said.code == 1
    assert said.facts["ok"] is False
    assert str(said.facts["message"]).endswith("。")
    assert said.facts["code"] != "E000"
    assert said.err == ""


@pytest.mark.parametrize("command", FOUNDING)
def test_where_no_folder_can_be_a_founding_command_fails_in_one_document(
    hotline: Hotline, tmp_path: Path, command: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    said = hotline(command, *FOUNDING[command], "--home", tmp_path / "file", "--json")

    assert said.code == 1
    assert said.facts["ok"] is False
    assert said.facts["code"] != "E000"
    assert said.err == ""


def test_a_command_that_is_interrupted_says_so(hotline: Hotline, hall: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(asked: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "_carried_out", interrupted)

    said = hotline("list", "--home", hall, "--json")

    assert said.code == 1
    assert said.facts["code"] == "R221"
