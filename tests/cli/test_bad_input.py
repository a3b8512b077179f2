"""What goes wrong at a counter, at the command line: one clear sentence each, nothing lost."""

from __future__ import annotations

import http.server
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from county_hotline import paths
from county_hotline.clock import SystemClock
from county_hotline.desk.founding import open_store
from county_hotline.paths import Home
from tests.cli.conftest import Hotline, RunningHub, write_request


def register(hotline: Hotline, hall: Path, file: Path) -> dict[str, object]:
    return hotline.json("register", "--home", hall, "--no-slip", "--from-json", file)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"标题": "   "}, "R101"),
        ({"内容": ""}, "R102"),
        ({"姓名": "", "电话": ""}, "R103"),
        ({"事发地": ""}, "R104"),
        ({"人数": 0}, "R105"),
        ({"标题": "灯" * 61}, "R106"),
        ({"内容": "灯" * 20_001}, "R106"),
        ({"事发地": "火星镇"}, "R213"),
        ({"类别": "火星"}, "R214"),
        ({"渠道": "飞鸽"}, "I122"),
        ({"来件时间": "昨天"}, "I122"),
        ({"天气": "晴"}, "I121"),
    ],
)
def test_a_field_that_cannot_be_so_is_refused_and_nothing_is_written(
    hotline: Hotline, hall: Path, tmp_path: Path, changes: dict[str, object], code: str
) -> None:
    said = hotline("register", "--home", hall, "--from-json", write_request(tmp_path, **changes), "--json")

    assert said.code == 1
    assert said.facts["code"] == code
    assert "〔" not in str(said.facts["message"])
    assert "…" not in str(said.facts["message"])
    assert hotline.json("list", "--home", hall)["total"] == 0


def test_pasted_rubbish_is_cleaned_and_the_original_kept(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    pasted = "\t\t路灯\u200b不亮\u00a0了\x08，已\r\n三天\t"
    number = str(register(hotline, hall, write_request(tmp_path, 内容=pasted, 姓名="张\u200b三"))["number"])

    shown = hotline.json("show", number, "--home", hall, "--reason", "核对")

    assert shown["accepted"]["content"] == "路灯不亮 了，已\n三天"  # type: ignore[index]
    assert shown["accepted"]["original"]["content"] == pasted  # type: ignore[index]
    assert shown["person"]["name"] == "张三"  # type: ignore[index]


@pytest.mark.parametrize(("changes", "word"), [({"电话": "1380000"}, "11 位"), ({"证件号码": "370323199001011233"}, "身份证")])
def test_an_impossible_phone_or_identity_number_is_warned_of_and_taken(
    hotline: Hotline, hall: Path, tmp_path: Path, changes: dict[str, object], word: str
) -> None:
    facts = register(hotline, hall, write_request(tmp_path, **changes))

    assert facts["number"]
    assert any(word in caution["message"] for caution in facts["cautions"])  # type: ignore[attr-defined]


def test_a_year_without_a_calendar_gives_a_provisional_date(hotline: Hotline, hall: Path, request_file: Path) -> None:
    hotline.clock.set_to(2031, 3, 3)

    facts = register(hotline, hall, request_file)

    assert facts["due_provisional"] is True
    assert facts["due_on"] == "2031-03-10"


def test_a_clock_years_off_still_gives_unique_numbers_and_syncs(
    hotline: Hotline, hub: RunningHub, hall: Path, request_file: Path
) -> None:
    code = str(hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall")["code"])
    hotline.json("join", "--home", hall, "--hub", hub.url, "--code", code)
    numbers = []
    right = hotline.clock.now
    for year in (2026, 2009, 2031, 2009):
        hotline.clock.set_to(year, 11, 21)
        numbers.append(register(hotline, hall, request_file)["number"])
    hotline.clock.now = right

    report = hotline.json("sync", "--home", hall)["report"]

    assert len(set(numbers)) == 4
    assert report["sent"] == 4  # type: ignore[index]
    assert hotline("verify", "--home", hall).code == 0
    assert hotline("verify", "--home", hub.home).code == 0


class Portal(http.server.BaseHTTPRequestHandler):
    """Answers everything with 200 and a page, as a hotel's network does."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        body = "<html>请先登录网络</html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the library's own name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Not in our tests' output."""


@pytest.fixture
def portal() -> Iterator[str]:
    """A web server that is no hub."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_joining_what_is_no_hub_is_said_and_changes_nothing(hotline: Hotline, hall: Path, portal: str) -> None:
    before = (hall / "identity.toml").read_bytes()

    said = hotline("join", "--home", hall, "--hub", portal, "--code", "7K2M-Q9XD-41TV", "--json")

    assert said.code == 1
    assert said.facts["code"] == "N110"
    assert (hall / "identity.toml").read_bytes() == before


def test_a_captive_portal_takes_nothing_from_a_station(
    hotline: Hotline, hub: RunningHub, hall: Path, portal: str, request_file: Path
) -> None:
    code = str(hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall")["code"])
    hotline.json("join", "--home", hall, "--hub", hub.url, "--code", code)
    identity = hall / "identity.toml"
    identity.write_text(identity.read_text("utf-8").replace(hub.url, portal), encoding="utf-8")
    register(hotline, hall, request_file)

    said = hotline("sync", "--home", hall, "--json")

    assert said.code == 1
    assert said.facts["code"] == "N110"
    assert said.facts["counts"]["waiting"] == 1  # type: ignore[index]
    assert said.facts["counts"]["received"] == 0  # type: ignore[index]


def test_a_wrong_enrolment_code_is_told_from_a_mistyped_one(hotline: Hotline, hub: RunningHub, tmp_path: Path) -> None:
    code = str(hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall")["code"])
    mistyped = code[:-1] + ("A" if code[-1] != "A" else "B")

    said = hotline("join", "--home", tmp_path / "new", "--hub", hub.url, "--code", mistyped, "--json")

    assert said.code == 1
    assert said.facts["code"] == "A215"


def test_a_code_past_its_day_is_refused(hotline: Hotline, hub: RunningHub, tmp_path: Path) -> None:
    code = str(hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall", "--hours", "1")["code"])
    hotline.clock.advance(hours=2)

    said = hotline("join", "--home", tmp_path / "new", "--hub", hub.url, "--code", code, "--json")

    assert said.facts["code"] == "A211"


def test_an_address_that_is_none_is_said(hotline: Hotline, hall: Path) -> None:
    said = hotline("join", "--home", hall, "--hub", "file:///etc", "--code", "7K2M-Q9XD-41TV", "--json")

    assert said.facts["code"] == "I610"


def test_a_second_window_or_hub_on_one_folder_is_refused(hotline: Hotline, hall: Path, hub: RunningHub) -> None:
    held = [paths.hold(Home(hall)), paths.hold(Home(hub.home))]

    life = hotline("new-life", "--home", hall, "--json")
    second = hotline("hub", "--home", hub.home, "--port", "0", "--json")
    for each in held:
        each.release()

    assert life.facts["code"] == "S104"
    assert second.facts["code"] == "S104"
    assert hotline("new-life", "--home", hall).code == 0


def test_a_window_does_not_keep_commands_out(hotline: Hotline, hall: Path, request_file: Path) -> None:
    held = paths.hold(Home(hall))

    facts = register(hotline, hall, request_file)
    held.release()

    assert facts["number"]


def test_a_database_locked_by_another_is_said_and_nothing_half_written(
    hotline: Hotline, hall: Path, request_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from county_hotline.db import opening

    monkeypatch.setitem(opening.PRAGMAS, "busy_timeout", 20)
    other = open_store(Home(hall), SystemClock())
    with other.immediate():
        said = hotline("register", "--home", hall, "--from-json", request_file, "--json")
    other.close()

    assert said.facts["code"] == "S104"
    assert hotline.json("list", "--home", hall)["total"] == 0


def test_a_database_from_a_newer_release_is_left_alone(hotline: Hotline, hall: Path, request_file: Path) -> None:
    store = open_store(Home(hall), SystemClock())
    store.database.connection().execute("PRAGMA user_version = 99")
    store.close()

    said = hotline("register", "--home", hall, "--from-json", request_file, "--json")

    assert said.code == 1
    assert said.facts["code"] == "S105"


def test_a_file_that_is_no_database_is_left_alone(hotline: Hotline, hall: Path) -> None:
    database = hall / "journal.db"
    for file in hall.glob("journal.db*"):
        file.unlink()
    database.write_bytes(b"not a database at all, " * 400)

    said = hotline("list", "--home", hall, "--json")

    assert said.facts["code"] == "S106"
    assert database.read_bytes().startswith(b"not a database")


def test_another_key_does_not_open_the_database(hotline: Hotline, hall: Path) -> None:
    (hall / "keys" / "database.key").write_bytes(bytes(32))

    assert hotline("list", "--home", hall, "--json").facts["code"] == "S106"


def test_a_damaged_identity_stops_the_line_but_not_the_counter(hotline: Hotline, hall: Path, request_file: Path) -> None:
    (hall / "identity.toml").write_bytes(b"\xff\xfe not toml")

    facts = register(hotline, hall, request_file)
    said = hotline("sync", "--home", hall, "--json")

    assert facts["number"]
    assert said.code == 1
    assert said.facts["code"] == "I106"


def test_damaged_settings_are_put_aside(hotline: Hotline, hall: Path, request_file: Path) -> None:
    (hall / "settings.toml").write_text("slip = [", encoding="utf-8")

    said = hotline("register", "--home", hall, "--no-slip", "--from-json", request_file)

    assert said.code == 0
    assert "设置文件读不出来" in said.err
    assert (hall / "settings.toml.corrupt").exists()


def test_broken_json_is_named_by_its_line(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{\n"标题": "路灯",\n"内容": }', encoding="utf-8")

    said = hotline("register", "--home", hall, "--from-json", broken)

    assert said.code == 1
    assert "第 3 行" in said.err


def test_a_missing_file_is_said(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    assert hotline("register", "--home", hall, "--from-json", tmp_path / "none.json", "--json").facts["code"] == "I101"
    assert hotline("import", tmp_path / "none.csv", "--home", hall, "--json").facts["code"] == "I101"


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may write everywhere: for a while this process is nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="folders are made read-only otherwise there")
def test_a_read_only_folder_is_said_and_nothing_half_written(
    hotline: Hotline, hall: Path, request_file: Path, founded: Path
) -> None:
    register(hotline, hall, request_file)  # what is loaded late is loaded now: nobody may not read it
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        home = Path(shutil.copytree(founded, place / "hall"))
        file = Path(shutil.copy(request_file, place))
        for path in (home, *home.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        with without_rights():
            said = hotline("register", "--json", "--home", home, "--from-json", file)
        for path in (home, *home.rglob("*")):
            path.chmod(0o755)

    assert said.code == 1
    assert said.facts["code"] == "S102"
