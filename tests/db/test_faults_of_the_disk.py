"""A full disk, a folder that cannot be written, a file that is not ours or was damaged: each has its name, and nothing is half-written."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline import wording
from county_hotline.db.keys import database_key
from county_hotline.db.opening import PAGE_BYTES, SCHEMA_VERSION
from county_hotline.db.store import Store
from county_hotline.errors import HotlineError, JournalDamaged, StoreFault
from county_hotline.ids import Number
from tests.support.builders import KEY, OFFICER, a_card, made
from tests.support.source import ROOT
from tests.support.stations import Station
from tests.support.ticking_clock import TickingClock

NOBODY = 65534
LONG = "路" * 20_000


def in_a_child(program: str, *arguments: object) -> dict[str, object]:
    """The program's last line, from a process whose limits or user are its own."""
    outcome = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert outcome.returncode == 0, outcome.stderr
    told: dict[str, object] = json.loads(outcome.stdout.splitlines()[-1])
    return told


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, where the system lets us have one."""
    folder = tmp_path / "small"
    folder.mkdir()
    made_one = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, check=False)
    if made_one.returncode:
        pytest.skip("only root may mount a small disk; the limit on file size is tested in any case")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_named_loses_nothing_and_is_over_when_there_is_room(small_disk: Path) -> None:
    station = Station(small_disk, TickingClock(), a_card())
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(1_200_000))
    accepted: list[Number] = []

    with pytest.raises(StoreFault) as full:
        accept_for_ever(station, accepted)
    stood = station.store.verify()
    ballast.unlink()
    after = station.accept()
    station.restart()

    assert full.value.code == "S101"
    assert "磁盘满了" in wording.sentence(full.value)
    assert (stood.sound, stood.orders) == (True, len(accepted))
    assert all(station.store.resolve(number) for number in (*accepted, after))
    assert after[-5:-1] == f"{len(accepted) + 1:04d}"
    assert station.store.verify().sound
    station.store.close()


def accept_for_ever(station: Station, accepted: list[Number]) -> None:
    for _ in range(400):
        number = station.accept(content=LONG)
        accepted.append(number)


LIMITED = """
import json, resource, signal, sys
from pathlib import Path
from county_hotline.db.store import Store
from county_hotline.errors import StoreFault
from tests.support.builders import KEY, OFFICER, a_card, made
from tests.support.ticking_clock import TickingClock
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(Path(sys.argv[1]) / "journal.db", KEY, clock=TickingClock())
store.set_station(a_card())
limit = (Path(sys.argv[1]) / "journal.db-wal").stat().st_size + 300_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
accepted, code = [], None
try:
    for _ in range(400):
        accepted.append(store.accept(made(content="路" * 20000), officer=OFFICER).number)
except StoreFault as fault:
    code = fault.code
report = store.verify()
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
accepted.append(store.accept(made(), officer=OFFICER).number)
print(json.dumps({"code": code, "accepted": accepted, "sound": report.sound and store.verify().sound, "orders": report.orders}))
"""


def test_a_file_that_may_not_grow_is_named_and_loses_nothing(tmp_path: Path) -> None:
    told = in_a_child(LIMITED, tmp_path)

    store = Store.open(tmp_path / "journal.db", KEY, clock=TickingClock())
    numbers = told["accepted"]
    assert isinstance(numbers, list)
    assert told["code"] == "S101"
    assert told["sound"]
    assert told["orders"] == len(numbers) - 1 > 0
    assert all(store.resolve(number) for number in numbers)
    store.close()


AS_NOBODY = """
import json, os, sys, tempfile
from pathlib import Path
from county_hotline import paths, wording
from county_hotline.db.keys import database_key
from county_hotline.db.store import Store
from county_hotline.errors import StoreFault
from tests.support.builders import KEY, OFFICER, a_card, made
from tests.support.ticking_clock import TickingClock
folder = Path(sys.argv[1])
with tempfile.TemporaryDirectory() as warm:  # Python's own files may not be read once we are nobody
    wording.shipped()
    for _ in range(2):
        Store.open(Path(warm) / "journal.db", KEY, clock=TickingClock()).set_station(a_card())
    database_key(Path(warm))
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
told = {}
def tried(name, act):
    try:
        act()
        told[name] = "done"
    except StoreFault as fault:
        told[name] = fault.code
        assert wording.sentence(fault)
tried("open a new one", lambda: Store.open(folder / "new.db", KEY, clock=TickingClock()))
def accept():
    store = Store.open(folder / "journal.db", KEY, clock=TickingClock())
    store.accept(made(), officer=OFFICER)
tried("accept", accept)
tried("make a key", lambda: database_key(folder / "keys"))
tried("make the folders", lambda: paths.Home(folder / "below").ensure())
print(json.dumps(told))
"""


@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_cannot_be_written_or_not_even_looked_into_is_named(mode: int) -> None:
    with tempfile.TemporaryDirectory() as above:  # pytest's own folders are closed to others all the way down
        Path(above).chmod(0o755)
        hall = Station(Path(above) / "hall", TickingClock(), a_card())
        hall.accept()
        hall.store.close()
        for path in hall.folder.iterdir():
            path.chmod(0o444)
        hall.folder.chmod(mode)

        told = in_a_child(AS_NOBODY, hall.folder)
        hall.folder.chmod(0o755)
        for path in hall.folder.iterdir():
            path.chmod(0o644)
        hall.store.connect()
        stood = hall.store.verify()
        hall.store.close()

    assert told == {"open a new one": "S102", "accept": "S102", "make a key": "S102", "make the folders": "S102"}
    assert (stood.sound, stood.orders) == (True, 1)


def opened(path: Path, key: bytes = KEY) -> Store:
    return Store.open(path, key, clock=TickingClock())


def test_a_database_of_a_newer_release_is_left_alone(hall: Station) -> None:
    hall.accept()
    hall.store.database.execute_sql(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    hall.store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    hall.store.close()
    before = hall.path.read_bytes()

    with pytest.raises(StoreFault) as fault:
        opened(hall.path)

    assert fault.value.code == "S105"
    assert str(SCHEMA_VERSION + 1) in wording.sentence(fault.value)
    assert hall.path.read_bytes() == before
    hall.store.connect()


def test_a_wrong_key_a_plain_database_and_no_database_are_named(hall: Station, tmp_path: Path) -> None:
    hall.accept()
    hall.store.close()
    plain = tmp_path / "plain.db"
    other = sqlite3.connect(plain)
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    text = tmp_path / "text.db"
    text.write_text("这不是数据库" * 900, encoding="utf-8")

    for path, key in ((hall.path, bytes(32)), (plain, KEY), (text, KEY)):
        with pytest.raises(StoreFault, match="S106"):
            opened(path, key)
    hall.store.connect()


def test_a_key_file_that_holds_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "database.key").write_bytes(b"short")

    with pytest.raises(StoreFault, match="S106"):
        database_key(tmp_path)


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    key = database_key(tmp_path / "keys")

    assert database_key(tmp_path / "keys") == key
    assert len(key) == 32
    if sys.platform != "win32":
        assert (tmp_path / "keys" / "database.key").stat().st_mode & 0o777 == 0o600


def test_a_key_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("")

    with pytest.raises(StoreFault, match="S102"):
        database_key(tmp_path / "keys")


def pages_of(station: Station) -> int:
    station.store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    station.store.close()
    return station.path.stat().st_size // PAGE_BYTES


def named(path: Path) -> str:
    """What opening and checking the file comes to."""
    store = None
    try:
        store = opened(path)
        report = store.verify()
    except HotlineError as fault:
        return fault.code if wording.sentence(fault) else "unworded"
    finally:
        if store is not None:
            store.close()
    return "sound" if report.sound else report.problems[0].split()[0]


def test_one_flipped_bit_in_any_page_is_noticed(hall: Station) -> None:
    """Every page carries its own keyed hash."""
    for _ in range(40):
        hall.dispatch(hall.accept())
    pages = pages_of(hall)
    whole = hall.path.read_bytes()

    unnoticed = []
    for page in range(1, pages):
        hurt = bytearray(whole)
        hurt[page * PAGE_BYTES + 2_000] ^= 4
        hall.path.write_bytes(hurt)
        if (name := named(hall.path)) not in ("J111", "S106"):
            unnoticed.append((page, name))
    hall.path.write_bytes(whole)

    assert pages > 30
    assert unnoticed == []
    assert named(hall.path) == "sound"


def test_a_truncated_file_is_noticed(hall: Station) -> None:
    for _ in range(40):
        hall.accept()
    pages = pages_of(hall)
    whole = hall.path.read_bytes()

    names = set()
    for kept in (pages // 2 * PAGE_BYTES, pages // 2 * PAGE_BYTES + 100, PAGE_BYTES, 1_000):
        hall.path.write_bytes(whole[:kept])
        names.add(named(hall.path))
    hall.path.write_bytes(whole)

    assert names <= {"J111", "S106"}


def test_a_step_of_the_schema_that_fails_is_taken_back_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from county_hotline.db import opening

    script = opening._script(1)
    monkeypatch.setattr(opening, "_script", lambda version: script + "\nCREATE TABLE entries (a);\n")
    with pytest.raises(StoreFault, match="S107"):
        opened(tmp_path / "journal.db")
    monkeypatch.undo()

    store = opened(tmp_path / "journal.db")

    assert store.verify().sound
    store.close()


def test_a_damaged_epoch_is_named(hall: Station) -> None:
    """The file takes the epoch and does not keep it."""
    hall.store.database.execute_sql(
        "CREATE TRIGGER forgets AFTER INSERT ON notes WHEN NEW.key = 'epoch' BEGIN DELETE FROM notes WHERE key = 'epoch'; END"
    )

    with pytest.raises(JournalDamaged, match="J110"):
        hall.store.epoch()


def test_asking_without_a_connection_is_an_error_not_a_third_connection(hall: Station) -> None:
    hall.store.close()

    with pytest.raises(StoreFault):
        hall.store.accept(made(), officer=OFFICER)
    with hall.store.connected() as store:
        store.accept(made(), officer=OFFICER)
    assert hall.store.database.is_closed()
    hall.store.connect()


def test_a_kill_while_the_key_is_made_leaves_no_half_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(source: object, target: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", killed)
    with pytest.raises(KeyboardInterrupt):
        database_key(tmp_path)
    monkeypatch.undo()

    assert list(tmp_path.iterdir()) == []
    assert len(database_key(tmp_path)) == 32


def test_of_two_who_make_the_key_at_once_both_have_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link
    others: list[bytes] = []

    def overtaken(source: str, target: str) -> None:
        monkeypatch.setattr(os, "link", link)
        others.append(database_key(tmp_path))
        link(source, target)

    monkeypatch.setattr(os, "link", overtaken)

    assert [database_key(tmp_path)] == others
    assert [path.name for path in tmp_path.iterdir()] == ["database.key"]
