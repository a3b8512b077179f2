"""维护: proof, rebuilding, a new life, and what the station stands on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import Desk, intake, upkeep
from county_hotline.desk.founding import NewStation
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal
from county_hotline.settings import Settings
from county_hotline.signals import Changes
from tests.support.desks import Counter, a_form
from tests.support.stations import Box
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation())
    intake.accept(counter.sits(OfficerRole.CLERK), a_form())
    counter.told.clear()
    yield counter
    counter.store.close()


def test_a_sound_station_says_so(hall: Counter) -> None:
    report = upkeep.verify(hall.desk)

    assert (report.sound, report.entries, report.orders, report.lives) == (True, 1, 1, 1)


def test_tables_that_were_tampered_with_are_named_and_rebuilt(hall: Counter) -> None:
    hall.store.database.execute_sql("UPDATE work_orders SET title = '别的'")
    assert not upkeep.verify(hall.desk).sound

    count = upkeep.rebuild(hall.desk)

    assert count == 1
    assert upkeep.verify(hall.desk).sound
    assert hall.told == [Changes(counts=True, reference=True)]


def test_after_a_new_life_numbers_carry_its_letter(hall: Counter) -> None:
    assert upkeep.begin_life(hall.desk) == ("B", ())

    assert intake.accept(hall.desk, a_form()).number.startswith("370323-03B-261121-0001")
    assert hall.told[0] == Changes(counts=True)


def test_what_the_station_stands_on(hall: Counter) -> None:
    about = upkeep.about(hall.desk)

    assert about.rule_pack
    assert 2026 in about.years
    assert about.reference_version > 0
    assert about.note == "示例"
    assert about.is_encrypted
    assert about.folder == str(hall.home.path)


def test_a_station_without_reference_data_stands_on_nothing(hall: Counter) -> None:
    hall.store.database.execute_sql("DELETE FROM reference")

    about = upkeep.about(hall.desk)

    assert (about.rule_pack, about.rule_pack_version, about.years, about.reference_version) == ("", 0, (), 0)


def test_a_folder_that_was_not_set_up_is_told_so(tmp_path: Path, clock: TickingClock, hall: Counter) -> None:
    box = Box(tmp_path / "empty", clock)
    desk = Desk(box.store, hall.home, clock, Settings(hall.home.settings), lambda changes: None)

    with pytest.raises(Refusal, match="R200"):
        _ = desk.card
    box.store.close()
