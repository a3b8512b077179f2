"""恢复: a hub above, or a relay itself, put back from a backup: the levels go on by themselves, and lose nothing that any of them still has."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.domain.facts import NoteAdded
from county_hotline.hub import joining_above
from tests.support.levels import WATER, Levels
from tests.support.restored import backed_up, hub_put_back


def backup_of(levels: Levels, name: str, tmp_path: Path) -> Path:
    level = levels.hubs[name]
    return backed_up(level.store, level.home.path, tmp_path / f"backup-{name}")


def put_back(levels: Levels, name: str, copy: Path) -> None:
    level = levels.hubs[name]
    hub_put_back(level.hub, level.home.path, copy)


def a_day(levels: Levels) -> None:
    """Orders of the city and of the town that all levels write of, some of it at the same time."""
    ours, theirs = levels.accept("hall"), levels.accept("city hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(theirs, WATER)
    levels.posts["centre"].dispatch(ours, WATER)
    levels.quiet()
    levels.posts["water"].sign_for(theirs, WATER)
    levels.posts["water"].record(ours, NoteAdded(text="看过"))
    levels.posts["city centre"].record(theirs, NoteAdded(text="催过"))
    levels.posts["city hall"].record(theirs, NoteAdded(text="问过"))
    levels.posts["centre"].record(theirs, NoteAdded(text="县里看过"))
    levels.quiet()


@pytest.mark.parametrize("name", ["city", "county", "town"])
def test_after_any_hub_was_put_back_all_agree_again(levels: Levels, tmp_path: Path, name: str) -> None:
    a_day(levels)
    copy = backup_of(levels, name, tmp_path)
    a_day(levels)
    before = {store: levels.stores[store].verify().entries for store in levels.stores}

    put_back(levels, name, copy)
    for post in ("water", "hall", "city hall", "centre", "city centre"):  # in another order than they came the first time
        levels.sync(post)
    levels.quiet()

    levels.all_agree()
    assert {store: levels.stores[store].verify().entries for store in levels.stores} == before
    a_day(levels)
    levels.all_agree()


def test_two_hubs_put_back_on_one_day(levels: Levels, tmp_path: Path) -> None:
    a_day(levels)
    copies = {name: backup_of(levels, name, tmp_path) for name in ("city", "county")}
    a_day(levels)

    for name, copy in copies.items():
        put_back(levels, name, copy)
        levels.sync("water")
        levels.quiet()

    levels.all_agree()


def test_what_only_the_hub_above_still_has_of_a_station_comes_back(levels: Levels, tmp_path: Path) -> None:
    copy = backup_of(levels, "county", tmp_path)
    number = levels.accept("water")
    levels.posts["water"].record(number, NoteAdded(text="看过"))
    levels.quiet()
    before = levels.hubs["county"].store.order(number)
    levels.posts.pop("water").close()  # its PC burnt with the hub

    put_back(levels, "county", copy)
    levels.quiet()

    assert levels.hubs["county"].store.order(number) == before
    assert levels.posts["centre"].store.order(number).entries == 2
    levels.all_agree()


def test_a_hub_above_that_forgot_a_whole_spring_stops_the_relay(
    levels: Levels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup_of(levels, "city", tmp_path)
    a_day(levels)
    put_back(levels, "city", copy)
    monkeypatch.setattr("county_hotline.sync.round.restoring.PLAUSIBLE", 2)

    (report,) = levels.sync("county")

    assert report.fault == "A353"
    county = levels.hubs["county"]
    assert joining_above.trust_restored(county.hub, county.home, wire=county.wire)
    monkeypatch.undo()
    levels.quiet()
    levels.all_agree()


def test_a_hub_above_that_jumps_back_into_an_epoch_it_had_left_stops_the_relay(levels: Levels, tmp_path: Path) -> None:
    a_day(levels)
    copy = backup_of(levels, "city", tmp_path)
    a_day(levels)
    put_back(levels, "city", copy)
    levels.quiet()

    put_back(levels, "city", copy)
    was = levels.hubs["city"].store.note("epoch")
    old = joining_above.link_of(levels.hubs["county"].home)
    assert old is not None
    assert old.hub is not None
    levels.hubs["city"].store.set_note("epoch", old.hub.epoch)

    (report,) = levels.sync("county")

    assert was != old.hub.epoch
    assert report.fault == "A352"
