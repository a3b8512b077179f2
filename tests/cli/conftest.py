"""The program as a user meets it: `hotline("register", ...)` is one command line, in process; homes are copied from one founded once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from county_hotline.cli import main
from county_hotline.hub.serve import HubThread, open_hub
from county_hotline.paths import Home
from tests.support.ticking_clock import TickingClock

PASSWORD = "mima1234"
REQUEST = {
    "姓名": "张三",
    "电话": "13800000000",
    "事发地": "燕崖镇",
    "标题": "村口路灯不亮",
    "内容": "村口到卫生室的路灯三天不亮，晚上看不清路。",
}


@dataclass(frozen=True)
class Said:
    """What one command line did."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, object]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


class Hotline:
    """Runs command lines against a clock turned by hand."""

    def __init__(self, capsys: pytest.CaptureFixture[str], clock: TickingClock) -> None:
        self._capsys = capsys
        self.clock = clock

    def __call__(self, *arguments: str | Path) -> Said:
        self._capsys.readouterr()
        code = main([str(argument) for argument in arguments], clock=self.clock)
        captured = self._capsys.readouterr()
        return Said(code, captured.out, captured.err)

    def json(self, *arguments: str | Path) -> dict[str, object]:
        """The document of a command that is expected to succeed."""
        said = self(*arguments, "--json")
        assert said.code == 0, said.out + said.err
        return said.facts


@pytest.fixture
def hotline(
    capsys: pytest.CaptureFixture[str], clock: TickingClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Hotline:
    """The command line, far from the user's own files."""
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    return Hotline(capsys, clock)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hall founded once for all tests: argon2 is slow on purpose."""
    home = tmp_path_factory.mktemp("founded") / "hall"
    assert main(["init", "--home", str(home), "--station", "03", "--password", PASSWORD], clock=TickingClock()) == 0
    return home


@pytest.fixture
def hall(founded: Path, tmp_path: Path) -> Path:
    """A hall of this test's own."""
    return Path(shutil.copytree(founded, tmp_path / "hall"))


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    """One request as another program would write it."""
    file = tmp_path / "request.json"
    file.write_text(json.dumps(REQUEST, ensure_ascii=False), encoding="utf-8")
    return file


@dataclass(frozen=True)
class RunningHub:
    """A hub on loopback and its folder."""

    home: Path
    url: str


@pytest.fixture
def hub(hotline: Hotline, tmp_path: Path, clock: TickingClock) -> Iterator[RunningHub]:
    """A real hub on a free port."""
    home = tmp_path / "hub"
    assert hotline("init", "--role", "hub", "--home", home).code == 0
    opened = open_hub(Home(home), clock=clock)
    with HubThread(opened) as thread:
        yield RunningHub(home, thread.url)
    opened.store.close()


def write_request(folder: Path, **changes: object) -> Path:
    """The usual request with some fields changed."""
    file = folder / f"request-{abs(hash(str(sorted(changes.items()))))}.json"
    file.write_text(json.dumps({**REQUEST, **changes}, ensure_ascii=False), encoding="utf-8")
    return file
