"""Numbers are unique with no line, after a restore, with a clock that lies, for a file copied alone, and past 9,999 a day."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from county_hotline.db import journal
from county_hotline.domain import numbering
from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.numbering import PLAIN_SERIALS, serial_of, serial_text
from county_hotline.domain.views import RegisterQuery
from county_hotline.errors import NotTrusted, Refusal, StoreFault
from county_hotline.ids import Life
from tests.support.builders import OFFICER, TOWN, a_card, an_entry, made
from tests.support.stations import Box, County, Station, opened
from tests.support.ticking_clock import TickingClock


def test_a_refused_request_uses_no_number(hall: Station) -> None:
    first = hall.accept()
    with pytest.raises(Refusal):
        hall.store.accept(lambda number: (_ for _ in ()).throw(Refusal("R101")), officer=OFFICER)

    second = hall.accept()

    assert (first[-5:-1], second[-5:-1]) == ("0001", "0002")


def test_stations_without_a_line_never_give_one_number_twice(county: County) -> None:
    numbers = [station.accept() for station in county.stations for _ in range(30)]

    assert len(set(numbers)) == len(numbers)


def test_a_clock_set_years_back_or_forward_gives_no_number_twice(hall: Station) -> None:
    numbers = []
    for year in (2026, 2019, 2026, 2031, 2026, 2019):
        hall.clock.set_to(year, 11, 21)
        numbers += [hall.accept() for _ in range(3)]
        hall.restart()

    assert len(set(numbers)) == 18
    assert [number[-5:-1] for number in numbers[-3:]] == ["0004", "0005", "0006"]
    assert hall.store.verify().sound


def test_after_9999_comes_a000_and_the_day_goes_on(hall: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [numbering.make("370323", "03", Life("A"), date(2026, 11, 21), serial) for serial in range(9_995, 10_010)]
    last = next(number for number in numbers if number)
    monkeypatch.setattr(journal, "last_number", lambda db, beginning, station: last)
    hall.accept()
    monkeypatch.undo()

    after = [hall.accept()[-5:-1] for _ in range(12)]

    assert "A000" in after or "A001" in after
    assert after == sorted(after)
    assert len(set(after)) == 12


@pytest.mark.parametrize("serial", [1, 9_999, 10_000, 10_001, PLAIN_SERIALS + 26 * 36**3])
def test_a_serials_text_is_read_back(serial: int) -> None:
    assert serial_of(serial_text(serial)) == serial


def test_no_other_station_can_use_up_this_ones_numbers(county: County) -> None:
    """What others write of a number of ours that we never gave is theirs, not our counter."""
    forged = f"{county.hall.accept()[:-5]}ZZZZ0"
    fact = NoteAdded(text="伪造")
    entry = an_entry(forged, fact)
    with county.hall.store.immediate() as db:
        journal.add_all(db, [entry])

    assert county.hall.accept()[-5:-1] == "0002"


def test_an_older_file_put_back_begins_a_new_life(hall: Station) -> None:
    hall.accept()
    copy = hall.back_up()
    lost = [hall.accept() for _ in range(3)]

    hall.restore(copy)

    assert hall.store.life() == "B"
    assert hall.accept() not in lost
    assert hall.store.verify().sound


def test_an_older_file_put_back_twice_begins_two_new_lives(hall: Station) -> None:
    hall.accept()
    copy = hall.back_up()
    numbers = [hall.accept()]
    for _ in range(2):
        hall.restore(copy)
        numbers.append(hall.accept())

    assert hall.store.life() == "C"
    assert len(set(numbers)) == 3


def test_an_older_file_put_back_again_before_anything_was_written_gives_no_number_twice(hall: Station) -> None:
    hall.accept()
    copy = hall.back_up()
    numbers = [hall.accept()]
    hall.restore(copy)
    hall.restore(copy)
    numbers.append(hall.accept())

    assert hall.store.life() == "C"
    assert len(set(numbers)) == 2


def test_another_file_with_as_many_entries_is_told_apart_by_its_hash(hall: Station) -> None:
    hall.accept()
    copy = hall.back_up()
    hall.accept()
    mark = (hall.folder / ".mark").read_bytes()
    hall.store.close()
    (hall.folder / ".mark").write_bytes(b"A 000000000001 " + mark[15:])

    hall.restore(copy)

    assert hall.store.life() == "B"


def test_a_file_copied_alone_begins_a_life_no_other_copy_is_likely_to_begin(hall: Station, tmp_path: Path) -> None:
    hall.accept()
    copy = hall.back_up()
    lives = set()
    for place in range(6):
        folder = tmp_path / f"copy{place}"
        folder.mkdir()
        shutil.copyfile(copy, folder / "journal.db")
        with opened(lambda folder=folder: Box(folder, hall.clock)) as box:  # type: ignore[misc]
            lives.add(box.store.life())

    assert "A" not in lives
    assert len(lives) > 1


def test_a_file_copied_alone_before_its_first_acceptance_begins_another_life_too(hall: Station, tmp_path: Path) -> None:
    copy = hall.back_up()
    folder = tmp_path / "copy"
    folder.mkdir()
    shutil.copyfile(copy, folder / "journal.db")

    with opened(lambda: Box(folder, hall.clock)) as box:
        assert box.store.life() != hall.store.life() == "A"


def test_a_kill_between_the_first_acceptance_and_its_mark_is_no_restore(hall: Station) -> None:
    mark = hall.folder / ".mark"
    before = mark.read_bytes() if mark.exists() else None
    hall.accept()
    hall.store.close()
    if before is None:
        mark.unlink()
    else:
        mark.write_bytes(before)

    hall.restart()

    assert hall.store.life() == "A"


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe", b"A x y"])
def test_a_mark_that_cannot_be_read_is_no_restore(hall: Station, mark: bytes) -> None:
    hall.accept()
    hall.store.close()
    (hall.folder / ".mark").write_bytes(mark)

    hall.restart()

    assert hall.store.life() == "A"


def test_a_mark_that_cannot_be_written_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "hall").mkdir()
    (tmp_path / "hall" / ".mark").mkdir()
    with opened(lambda: Station(tmp_path / "hall", TickingClock(), a_card())) as hall:
        assert hall.store.accept(made(), officer=OFFICER).number[-5:-1] == "0001"


def test_a_whole_folder_copied_is_noticed_by_the_hub(county: County, tmp_path: Path) -> None:
    """Mark and all: here nothing tells them apart; at the hub the second to speak is told (A311)."""
    county.hall.accept()
    county.sync(county.hall)
    county.hall.back_up()
    shutil.copytree(county.hall.folder, tmp_path / "clone")
    with opened(lambda: Station(tmp_path / "clone", county.hall.clock, county.hall.card)) as clone:
        assert clone.store.life() == "A"
        clone.store.accept(made(title="在副本上"), officer=OFFICER)
        county.hall.accept()
        county.sync(county.hall)

        with pytest.raises(NotTrusted) as fault:
            county.hub.take_from(clone)  # type: ignore[arg-type]

        clone.store.begin_life()
        clone.store.accept(made(title="新的一代"), officer=OFFICER)
        county.hub.take_from(clone, life=clone.store.life())  # type: ignore[arg-type]

    assert fault.value.code == "A311"
    assert county.hub.store.verify().sound


def test_a_file_belongs_to_its_station_once_it_has_entries(hall: Station) -> None:
    hall.store.set_station(a_card("04"))
    hall.store.set_station(a_card("03"))
    hall.accept()

    with pytest.raises(StoreFault, match="S109"):
        hall.store.set_station(a_card("04"))

    assert hall.store.station() == a_card("03")


def test_without_a_station_nothing_is_accepted(tmp_path: Path) -> None:
    with opened(lambda: Box(tmp_path / "empty", TickingClock())) as box:
        with pytest.raises(StoreFault, match="S110"):
            box.store.accept(made(), officer=OFFICER)
        assert box.store.counts().stored == 0


def test_an_order_is_found_by_every_name_it_has(hall: Station) -> None:
    for _ in range(120):
        hall.accept(query_code="AAAAAAAA", unit=TOWN)
    wanted = hall.accept(query_code="7K3M9Q2X", external_number="WZ-2026/00042")
    flat = wanted.replace("-", "")

    names = (
        wanted,
        flat,
        flat.lower(),
        wanted[-12:],
        flat[-11:],
        flat[-11:-1],
        flat[-5:],
        flat[-5:-1],
        "7k3m9q2x",
        "wz-2026/00042",
    )
    found = [hall.store.resolve(name) for name in names]

    assert found == [wanted] * len(names)
    assert hall.store.resolve("AAAAAAAA") is None
    assert hall.store.resolve("0") is None
    assert hall.store.resolve("，") is None
    assert hall.store.resolve("不存在的编号") is None
    for name in names:
        assert wanted in {row.number for row in hall.store.register(RegisterQuery(text=name), after=None, limit=5).rows}


def test_no_search_and_no_count_walks_over_all_orders(hall: Station) -> None:
    """What is asked at every key press must not grow with the register."""
    hall.accept()
    db = hall.store.database.connection()
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    hall.store.resolve("0001X")
    hall.store.resolve("7K3M9Q2X")
    hall.store.counts()
    hall.store.by_phone("13800138000")
    db.set_trace_callback(None)

    plans = [
        row[3] for question in asked if question.startswith("SELECT") for row in db.execute(f"EXPLAIN QUERY PLAN {question}")
    ]

    assert len(asked) > 5
    walked = [
        plan
        for plan in plans
        if plan.startswith("SCAN") and "INDEX" not in plan and "search" not in plan and "CONSTANT" not in plan
    ]
    assert [plan for plan in walked if plan not in ("SCAN held", "SCAN chains")] == []
