"""I9: a file written by any release opens in every later one, and means what it meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from county_hotline import __version__
from county_hotline.db.keys import database_key
from county_hotline.db.opening import open_database
from county_hotline.db.store import Store
from county_hotline.db.tables import projection
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import AssignmentState
from county_hotline.errors import StoreFault
from tests.support.builders import OFFICER, made
from tests.support.source import ROOT
from tests.support.ticking_clock import TickingClock

RELEASES = sorted((ROOT / "tests" / "golden").glob("v*/station"))


@pytest.fixture(params=RELEASES, ids=[path.parent.name for path in RELEASES])
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of one release's folder."""
    shutil.copytree(request.param.parent, tmp_path / "release")
    return tmp_path / "release"


def opened(release: Path) -> Store:
    home = release / "station"
    return Store.open(home / "journal.db", database_key(home / "keys"), clock=TickingClock())


def folded(store: Store) -> list[object]:
    rows = store.database.execute_sql("SELECT number FROM work_orders ORDER BY number").fetchall()
    orders: list[object] = msgspec.json.decode(msgspec.json.encode([store.order(number) for (number,) in rows]))
    return orders


def as_then(now: object, then: object) -> object:
    """What is folded now, as far as that release knew of it. What finished with an order is done since 0.2.0; before it stayed replied."""
    if isinstance(now, dict) and isinstance(then, dict):
        known = {name: as_then(now.get(name), value) for name, value in then.items()}
        if then.get("state") == AssignmentState.REPLIED and now.get("state") == AssignmentState.DONE:
            known["state"] = then["state"]
        return known
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [as_then(each, was) for each, was in zip(now, then, strict=True)]
    return now


def test_this_release_has_its_golden_file() -> None:
    assert f"v{__version__}" in {path.parent.name for path in RELEASES}


def test_it_opens_is_sound_and_folds_to_what_it_folded_to(release: Path) -> None:
    expected: list[dict[str, object]] = msgspec.json.decode((release / "fold.json").read_bytes())

    store = opened(release)
    before = folded(store)
    store.rebuild()
    after = folded(store)
    report = store.verify()
    store.close()

    assert [as_then(order, wanted) for order, wanted in zip(before, expected, strict=True)] == expected
    assert after == before
    assert report.sound, report.problems


def test_it_is_folded_anew_when_it_is_first_opened_and_only_then(release: Path) -> None:
    store = opened(release)
    assert store.verify().sound
    store.database.execute_sql("UPDATE work_orders SET title = '别的'")
    store.close()

    store = opened(release)
    problems = store.verify().problems
    store.close()

    assert all(problem.startswith("J104") for problem in problems)
    assert problems


def test_a_kill_between_the_new_schema_and_the_fold_loses_nothing(release: Path) -> None:
    expected = len(msgspec.json.decode((release / "fold.json").read_bytes()))
    home = release / "station"
    open_database(home / "journal.db", database_key(home / "keys")).close()  # as far as the schema, and no further

    store = opened(release)

    assert store.verify().sound
    assert store.register(RegisterQuery(), after=None, limit=1).total == expected
    store.close()


def test_a_kill_in_the_middle_of_the_upgrade_is_done_again(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the second order is about to be written: the new schema is there, the old tables are gone, the new ones are half made."""
    expected = len(msgspec.json.decode((release / "fold.json").read_bytes()))
    folded_one = projection.folded
    left = [3]

    def killed(*args: object) -> object:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return folded_one(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(projection, "folded", killed)
    with pytest.raises(KeyboardInterrupt):
        opened(release)
    monkeypatch.undo()

    store = opened(release)

    assert store.verify().sound
    assert store.register(RegisterQuery(), after=None, limit=1).total == expected
    store.close()


def test_what_is_not_journalled_is_there_too(release: Path) -> None:
    store = opened(release)

    assert store.reference.agency("1").name == "示例单位"
    assert [draft.key for draft in store.drafts()] == ["draft"]
    assert [account.badge for account in store.accounts()] == ["0301"]
    assert [report.number for report in store.rounds(5)] == [1]
    assert store.counts().balanced
    assert store.register(RegisterQuery(text="第0件"), after=None, limit=5).total == 1
    store.close()


def test_the_station_goes_on_in_its_life(release: Path) -> None:
    store = opened(release)
    life = store.life()

    number = store.accept(made(), officer=OFFICER).number

    assert store.life() == life
    assert store.resolve(number) == number
    assert store.verify().sound
    store.close()


def test_with_another_key_it_does_not_open(release: Path) -> None:
    (release / "station" / "keys" / "database.key").write_bytes(bytes(32))

    with pytest.raises(StoreFault, match="S106"):
        opened(release)
