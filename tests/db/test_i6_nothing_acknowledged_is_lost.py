"""I6: no entry acknowledged to an officer is ever lost, whatever fails next, save the disk itself. Here: the process is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from county_hotline.db.tables import projection
from county_hotline.errors import Refusal
from tests.support.builders import OFFICER, made
from tests.support.source import ROOT
from tests.support.stations import Station

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="fork and SIGKILL; Windows is covered by the frozen program's smoke test"
)


def killed(folder: Path, kills: int, seed: int) -> dict[str, object]:
    outcome = subprocess.run(
        [sys.executable, "-m", "tests.support.registering", str(folder), str(kills), str(seed)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
        timeout=1_800,
    )
    told: dict[str, object] = json.loads(outcome.stdout)
    return told


def test_every_number_on_a_slip_survives_two_hundred_kills(tmp_path: Path) -> None:
    told = killed(tmp_path, 200, seed=2)

    assert told["problems"] == []
    assert int(str(told["slips"])) > 200


@pytest.mark.long
def test_every_number_on_a_slip_survives_two_thousand_kills(tmp_path: Path) -> None:
    told = killed(tmp_path, 2_000, seed=20)

    assert told["problems"] == []
    assert int(str(told["slips"])) > 2_000


def test_what_fails_halfway_leaves_nothing_at_all(hall: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journal, tables and search go together: a fault after the journal was written takes the entry with it."""
    hall.accept()
    monkeypatch.setattr(projection, "write_new", lambda db, made: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hall.accept()
    monkeypatch.undo()

    with pytest.raises(Refusal):
        hall.store.accept(lambda number: (_ for _ in ()).throw(Refusal("R101")), officer=OFFICER)

    assert hall.store.verify().entries == 1
    assert hall.store.verify().sound
    assert hall.store.accept(made(), officer=OFFICER).number[-5:-1] == "0002"


def test_a_commit_is_on_the_disk_before_the_officer_is_told(hall: Station) -> None:
    """FULL: nothing less outlives a power cut, which no test here can make."""
    db = hall.store.database.connection()

    assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
