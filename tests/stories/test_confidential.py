"""保密件: a confidential caller goes the whole way through the county, then every byte the agency has is searched for them (P9)."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import tempfile
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from playhouse.sqlcipher_ext import SqlCipherDatabase

from county_hotline.app.station import open_station
from county_hotline.cli import main
from county_hotline.cli.sample_county import HUB, ROLES, SampleCounty
from county_hotline.cli.station import acting_officer
from county_hotline.db import opening
from county_hotline.db.keys import database_key
from county_hotline.db.line import routing
from county_hotline.db.tables import projection
from county_hotline.desk import Desk, founding, intake, joining, looking_up, printing
from county_hotline.desk.slips import SlipFacts
from county_hotline.domain.facts import Person
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.paths import Home
from tests.support import marks
from tests.support.marks import Wiretap, found_in
from tests.support.ticking_clock import TickingClock

NAME, ADDRESS = "𠮷䶮㛃", "㸚𬭎村庵前四十七号"
PHONE, ID_NUMBER = "17740915382", "370323196709118426"
LATER_PHONE = "17766031957"
MARKS = (NAME, ADDRESS, PHONE, ID_NUMBER, LATER_PHONE)
PAIRS = (NAME[:2], NAME[1:], ADDRESS[:2])
"""As the search index keeps words."""
TIP_OFF = ("䥑𰻞𫖯", "17758204639", "370323197204053817")
"""One who reports a wrong and did not ask to be kept secret."""
MISTYPED = "𫚉𤭢"
"""Stood in the draft only, before it was mended."""
REQUEST = {
    "姓名": NAME,
    "电话": PHONE,
    "地址": ADDRESS,
    "证件号码": ID_NUMBER,
    "保密": True,
    "事发地": "燕崖镇",
    "标题": "村口路灯不亮",
    "内容": "村口到卫生室的路灯三天不亮，晚上看不清路。",
}
TOLD = {
    **REQUEST,
    "姓名": TIP_OFF[0],
    "电话": TIP_OFF[1],
    "证件号码": TIP_OFF[2],
    "保密": False,
    "诉求类型": "举报",
    "地址": "",
}
PASSWORD = "mima1234"
AGENCY = "agency"


@dataclass
class County:
    """A hub on loopback, three stations, and all that was said and sent."""

    folder: Path
    clock: TickingClock
    numbers: list[str] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)
    """What each home's commands printed, refusals too."""
    heard: bytes = b""
    """Every byte between the agency and the hub."""

    def home(self, name: str) -> Home:
        return Home(self.folder / name)

    def do(self, name: str, command: str, *arguments: str | Path, fails: bool = False) -> dict[str, object]:
        """One command line at one home; what it prints is kept, as text for people and as a document."""
        code, out = self._run(name, [command, *map(str, arguments), "--json"])
        assert (code != 0) is fails, f"{command} at {name}: {out}"
        document = json.loads(out)
        assert isinstance(document, dict)
        return document

    def say(self, name: str, command: str, *arguments: str) -> None:
        """The same as a person reads it."""
        self._run(name, [command, *arguments])

    def _run(self, name: str, line: list[str]) -> tuple[int, str]:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([*line, "--home", str(self.home(name).path)], clock=self.clock)
        self.said.setdefault(name, []).extend((out.getvalue(), err.getvalue()))
        return code, out.getvalue()

    def key(self, name: str) -> bytes:
        return database_key(self.home(name).keys)


def play(folder: Path, clock: TickingClock) -> County:
    """Registered with draft and slips, sent, dispatched, answered, finished, corrected late; looked at everywhere."""
    county = County(folder, clock)
    sample = SampleCounty(folder, clock)
    sample.turn()
    tap = Wiretap(int(sample.url.rpartition(":")[2]))
    try:
        for name in ("hall", "centre"):
            sample.found(name, PASSWORD)
        _found_behind(tap, county, sample)
        county.numbers = [_draft_and_register(county), _register(county, TOLD)]
        for number in county.numbers:
            _through_the_county(county, number)
        _correct_late(county)
        _look_everywhere(county)
    finally:
        tap.close()
        sample.close()
    county.heard = tap.heard()
    return county


def _found_behind(tap: Wiretap, county: County, sample: SampleCounty) -> None:
    """The agency reaches the hub only through the tap."""
    home = county.home(AGENCY)
    store = founding.open_store(home, county.clock)
    joining.join(store, home, url=tap.url, code=sample._code(ROLES[AGENCY]), clock=county.clock)
    store.close()
    county.do(AGENCY, "account", "--badge", "2101", "--name", "承办员甲", "--roles", "handler", "--password", PASSWORD)


def _draft_and_register(county: County) -> str:
    """As at the window: what is typed is kept as a draft, mended, taken, printed on both papers, and the draft dropped."""
    station = open_station(county.home("hall"), clock=county.clock)
    try:
        desk = station.desk
        desk.officer = acting_officer(desk, None)
        form = intake.IntakeForm(
            name=NAME, phone=PHONE, address=ADDRESS, id_number=ID_NUMBER, confidential=True,
            place="370323109", title="村口路灯不亮", content="村口到卫生室的路灯三天不亮，晚上看不清路。",
        )  # fmt: skip
        intake.save_draft(desk, "1", msgspec.structs.replace(form, name=MISTYPED * 40))
        intake.save_draft(desk, "1", form)
        number = intake.accept(desk, form).number
        intake.drop_draft(desk, "1")
        for paper in ("a5", "80mm"):
            printing.print_slip(desk, number, paper=paper)
        assert intake.caller_history(desk, PHONE) == ()
        assert desk.store.register(RegisterQuery(text=NAME), after=None, limit=9).total == 0
        return number
    finally:
        station.close()


def _register(county: County, request: dict[str, object]) -> str:
    file = county.folder.parent / "request.json"
    file.write_text(json.dumps(request, ensure_ascii=False), "utf-8")
    number = str(county.do("hall", "register", "--from-json", file)["number"])
    for paper in ("a5", "80mm"):
        county.do("hall", "print", number, "--paper", paper)
    file.unlink()
    return number


def _through_the_county(county: County, number: str) -> None:
    county.do("hall", "sync")
    county.do("centre", "sync")
    county.do("centre", "dispatch", number, "--to", "县住建局")
    county.do("centre", "sync")
    county.do(AGENCY, "sync")
    county.do(AGENCY, "sign-for", number)
    county.do(AGENCY, "reply", number, "--text", "已换灯泡", "--public", "已修好")
    county.do(AGENCY, "sync")
    county.do("centre", "sync")
    county.do("centre", "finish", number)


def _correct_late(county: County) -> None:
    """The caller's new number comes when the agency has long had the order."""
    county.do("hall", "correct", county.numbers[0], "--reason", "换了号码", "--set", f"phone={LATER_PHONE}")
    for name in ("hall", "centre", AGENCY, "hall"):
        county.do(name, "sync")


def _look_everywhere(county: County) -> None:
    """Everything a person without the right may ask for; refusals are among what is searched."""
    for name in ("hall", "centre", AGENCY):
        county.do(name, "list")
        county.say(name, "list")
        for number in county.numbers:
            county.do(name, "show", number)
            county.say(name, "show", number)
        for mark in (NAME, PHONE, ID_NUMBER, TIP_OFF[0], TIP_OFF[1]):
            found = county.do(name, "list", "--text", mark)
            assert found["total"] == 0, f"{name} is found by {mark}"
    for number in county.numbers:
        refused = county.do(AGENCY, "show", number, "--reason", "想知道是谁", "--officer", "2101", fails=True)
        assert refused["code"] == "R204"
        assert county.do(AGENCY, "show", number, "--reason", "想知道是谁", fails=True)["code"] == "R204"
        county.do(AGENCY, "print", number)
    for name in ("hall", "centre", AGENCY, HUB):
        county.do(name, "verify")


def leaks(county: County) -> Iterator[str]:
    """Where the callers stand though they must not."""
    secret = (*MARKS, *TIP_OFF, *PAIRS)
    yield from (f"on the agency's line: {each}" for each in found_in(county.heard, secret))
    home = county.home(AGENCY)
    for file in (each for each in county.folder.rglob("*") if each.is_file()):
        yield from (f"in {file.relative_to(county.folder)}: {each}" for each in found_in(marks.bytes_of(file), secret))
    for name, texts in county.said.items():
        yield from (f"said at {name}: {letter}" for letter in {*NAME, *TIP_OFF[0]} if letter in "".join(texts))
        yield from (f"said at {name}: {each}" for each in found_in("\n".join(texts).encode(), secret))
    key = county.key(AGENCY)
    yield from (f"in the agency's tables: {each}" for each in found_in(marks.rows_of(home.database, key), secret))
    yield from (f"in the agency's pages: {each}" for each in found_in(marks.pages_of(home.database, key), secret))
    yield from (f"left behind: {each}" for each in Path(tempfile.gettempdir()).iterdir())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The county's folder; whatever goes into temporary files goes where it is looked for."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    (tmp_path / "county").mkdir()
    return tmp_path / "county"


def test_a_confidential_caller_is_nowhere_at_the_agency_and_nowhere_in_the_clear(folder: Path, clock: TickingClock) -> None:
    county = play(folder, clock)

    assert list(leaks(county)) == []
    for name in ("hall", "centre", HUB):  # they are entitled: the words are there, so that the search above proves something
        stored = found_in(marks.rows_of(county.home(name).database, county.key(name)), (*MARKS, *TIP_OFF))
        assert {each.split(" ")[0] for each in stored} == {*MARKS, *TIP_OFF}
    assert PHONE.encode() in marks.pages_of(county.home("hall").database, county.key("hall"))
    assert "村口路灯不亮".encode() in b"".join(marks.unpacked(county.heard)) + county.heard
    assert "村口路灯不亮".encode() in marks.rows_of(county.home(AGENCY).database, county.key(AGENCY))
    slips = list((county.home("hall").slips).rglob("*.pdf"))
    assert len(slips) == 4
    assert all("村口路灯不亮".encode() in marks.bytes_of(slip) for slip in slips)


def test_a_draft_leaves_nothing_behind_when_its_order_is_registered(folder: Path, clock: TickingClock) -> None:
    sample = SampleCounty(folder, clock)
    sample.turn()
    sample.found("hall", PASSWORD)
    sample.close()
    county = County(folder, clock)

    _draft_and_register(county)

    database, key = county.home("hall").database, county.key("hall")
    assert not database.with_name("journal.db-wal").exists(), "the last to close folds the log in"
    assert found_in(marks.pages_of(database, key), [MISTYPED]) == []
    assert PHONE.encode() in marks.pages_of(database, key)


def test_what_turns_out_to_be_a_tip_off_is_confidential_from_then_on(folder: Path, clock: TickingClock) -> None:
    county = County(folder, clock)
    county.do("hall", "init", "--station", "03", "--password", PASSWORD)
    file = folder / "request.json"
    file.write_text(json.dumps({**TOLD, "诉求类型": "投诉"}, ensure_ascii=False), "utf-8")
    number = str(county.do("hall", "register", "--from-json", file, "--no-slip")["number"])
    assert county.do("hall", "list", "--text", TIP_OFF[0])["total"] == 1

    county.do("hall", "correct", number, "--reason", "是举报", "--set", "诉求类型=举报")

    assert county.do("hall", "show", number)["person"] is None
    assert county.do("hall", "list", "--text", TIP_OFF[0])["total"] == 0
    refused = county.do("hall", "show", number, "--reason", "回访", "--officer", "0301", fails=True)
    assert refused["code"] == "R204"


Patch = tuple[object, str, object]
make_facts, accept = printing._facts, intake.accept


def facts_with_the_caller(desk: Desk, order: WorkOrder, *others: object, **more: object) -> SlipFacts:
    assert order.person is not None
    facts = make_facts(desk, order, *others, **more)  # type: ignore[arg-type]
    return msgspec.structs.replace(facts, caller=order.person.name, confidential=False, anonymous=False)


def accept_and_tell_the_log(desk: Desk, form: intake.IntakeForm) -> WorkOrder:
    logging.getLogger("county_hotline.desk").info("accepted form=%s", form)
    return accept(desk, form)


def unmasked_for_anyone(desk: Desk, number: Number, reason: str) -> Person:
    person = desk.store.order(number).person
    if person is None or not reason:
        raise Refusal("R193", number=number)
    return person


QUICK: dict[str, Patch] = {"the hub withholds nothing": (routing, "_entitled", lambda db, entries, reader: list(entries))}
SLOW: dict[str, Patch] = {
    "nobody is confidential on the screen": (WorkOrder, "is_confidential", property(lambda order: False)),
    "a confidential caller is found by name": (
        projection,
        "_search_text",
        lambda order, *, at_hub: (order.number, order.person.name if order.person else ""),
    ),
    "the slip names the caller": (printing, "_facts", facts_with_the_caller),
    "a tip-off is like any other order": (intake, "MatterKind", types.SimpleNamespace(TIP_OFF=None)),
    "the log is told the form": (intake, "accept", accept_and_tell_the_log),
    "a handler may see confidential callers": (looking_up, "unmask", unmasked_for_anyone),
    "a form lies in a temporary file": (
        intake,
        "accept",
        lambda desk, form: (Path(tempfile.gettempdir(), "form").write_text(form.title), accept(desk, form))[1],
    ),
    "the database is not encrypted": (
        opening,
        "SqlCipherDatabase",
        lambda path, passphrase, **more: SqlCipherDatabase(path, passphrase="", **more),
    ),
}


@pytest.mark.parametrize(
    "patch", [*QUICK.values(), *(pytest.param(patch, marks=pytest.mark.long) for patch in SLOW.values())], ids=[*QUICK, *SLOW]
)
def test_the_search_finds_what_is_let_out(
    patch: Patch, folder: Path, clock: TickingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*patch)

    with pytest.raises(AssertionError):
        assert next(leaks(play(folder, clock)), None) is None


def test_a_draft_that_is_deleted_and_not_wiped_is_found(
    folder: Path, clock: TickingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(opening.PRAGMAS, "secure_delete", 0)

    with pytest.raises(AssertionError):
        test_a_draft_leaves_nothing_behind_when_its_order_is_registered(folder, clock)
