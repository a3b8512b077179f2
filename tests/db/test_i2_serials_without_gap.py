"""I2: the serials of one life of a station are 1..n without gap, each entry holding the hash of the one before."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.db.store import Store
from county_hotline.domain.entries import GENESIS
from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.receipts import Head
from county_hotline.errors import NotTrusted, Refusal, StoreFault
from county_hotline.ids import Life, Number, StationId
from tests.support.builders import OFFICER, a_card, an_entry
from tests.support.stations import County, Station
from tests.support.ticking_clock import TickingClock

STEPS = st.lists(st.sampled_from(["accept", "note", "refuse", "fail", "restart", "new life", "back an hour"]), max_size=30)


def chain(store: Store, station: StationId, life: Life) -> list[tuple[int, bytes, bytes]]:
    rows: list[tuple[int, bytes, bytes]] = (
        store.database.connection()
        .execute("SELECT serial, prev_hash, hash FROM entries WHERE station = ? AND life = ? ORDER BY serial", (station, life))
        .fetchall()
    )
    return rows


def assert_whole(store: Store, station: StationId) -> int:
    """Every life of the station is one chain, and `chains` knows its end. How many entries."""
    total = 0
    lives = store.database.connection().execute("SELECT DISTINCT life FROM entries WHERE station = ?", (station,)).fetchall()
    for (life,) in lives:
        previous = GENESIS
        for place, (serial, prev_hash, digest) in enumerate(chain(store, station, life), 1):
            assert (serial, prev_hash) == (place, previous)
            previous, total = digest, total + 1
        head = store.head(station, life)
        assert head is not None
        assert (head.serial, head.hash) == (len(chain(store, station, life)), previous)
    return total


@given(steps=STEPS)
def test_whatever_an_officer_does_the_chain_has_no_gap(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        station = Station(Path(folder), TickingClock(), a_card())
        numbers: list[Number] = []
        written = 0
        for step in steps:
            before = len(numbers)
            with contextlib.suppress(Refusal, ZeroDivisionError):
                do(station, step, numbers)
            written += (len(numbers) > before) + (step == "note" and bool(numbers))
        total = assert_whole(station.store, station.card.station)
        station.store.close()

    assert total == written
    assert len(set(numbers)) == len(numbers)


def do(station: Station, step: str, numbers: list[Number]) -> None:
    match step:
        case "accept":
            numbers.append(station.accept())
        case "note" if numbers:
            station.note(numbers[-1])
        case "refuse":
            station.store.accept(lambda number: fall(Refusal("R101")), officer=OFFICER)  # type: ignore[arg-type,return-value]
        case "fail" if numbers:
            station.store.record(numbers[0], lambda order: fall(ZeroDivisionError()), officer=OFFICER)  # type: ignore[arg-type,return-value]
        case "restart":
            station.restart()
        case "new life" if station.store.life() < "V":
            station.store.begin_life()
        case "back an hour":
            station.clock.wind_back(seconds=3600)


def fall(fault: Exception) -> None:
    raise fault


def test_the_hub_holds_every_chain_whole_whatever_the_size_of_the_batches(county: County) -> None:
    for place in range(12):
        number = county.hall.accept()
        if place % 3 == 0:
            county.hall.note(number)
    for batch in (1, 3, 2, 50):
        entries = county.hall.store.unsent(Life("A"), after=county.hall.store.receipted(Life("A")), limit=batch)
        county.hall.store.take_receipt(county.hub.store.receive(county.hall.card.station, entries, signature=b"", now_ms=1))

    assert (
        assert_whole(county.hub.store, county.hall.card.station)
        == assert_whole(county.hall.store, county.hall.card.station)
        == 16
    )


@pytest.mark.parametrize("serials", [(2,), (1, 3), (1, 2, 4)])
def test_a_batch_with_a_gap_is_not_taken(county: County, serials: tuple[int, ...]) -> None:
    for _ in range(4):
        county.hall.accept()
    entries = [each for each in county.hall.store.unsent(Life("A"), after=0, limit=9) if each.serial in serials]

    with pytest.raises(NotTrusted, match="A310"):
        county.hub.store.receive(county.hall.card.station, entries, signature=b"", now_ms=1)

    assert county.hub.store.heads(county.hall.card.station) == ()


def test_two_chains_from_one_beginning_are_told_apart(county: County) -> None:
    """A311: same serial, other bytes, both where the hub has the serial and where it is the next."""
    first = an_entry("370323-09A-261121-00017", NoteAdded(text="一"))
    other = an_entry("370323-09A-261121-00017", NoteAdded(text="二"))
    after_other = an_entry(
        "370323-09A-261121-00017", NoteAdded(text="三"), after=Head(other.station, other.life, 1, other.hash)
    )
    county.hub.store.receive(first.station, [first], signature=b"", now_ms=1)

    for batch in ([other], [after_other]):
        with pytest.raises(NotTrusted, match="A311"):
            county.hub.store.receive(first.station, batch, signature=b"", now_ms=1)

    assert county.hub.store.verify().sound


def test_an_entry_id_at_two_places_is_not_taken(county: County) -> None:
    one = an_entry("370323-09A-261121-00017", NoteAdded(text="一"))
    again = an_entry(
        "370323-09A-261121-00017", NoteAdded(text="二"), after=Head(one.station, one.life, 1, one.hash), entry_id=one.entry_id
    )
    elsewhere = an_entry("370323-08A-261121-00017", NoteAdded(text="三"), station="370323-08", entry_id=one.entry_id)

    with pytest.raises(NotTrusted, match="A312"):
        county.hub.store.receive(one.station, [one, again], signature=b"", now_ms=1)
    county.hub.store.receive(one.station, [one], signature=b"", now_ms=1)
    with pytest.raises(NotTrusted, match="A312"):
        county.hub.store.receive(elsewhere.station, [elsewhere], signature=b"", now_ms=1)


def test_entries_of_another_station_or_life_are_not_taken_for_ones_own(county: County) -> None:
    county.hall.accept()
    mine = county.hall.store.unsent(Life("A"), after=0, limit=9)
    county.hall.store.begin_life()
    county.hall.accept()
    mixed = [*mine, *county.hall.store.unsent(Life("B"), after=0, limit=9)]

    with pytest.raises(NotTrusted, match="A313"):
        county.hub.store.receive(county.centre.card.station, mine, signature=b"", now_ms=1)
    with pytest.raises(NotTrusted, match="A313"):
        county.hub.store.receive(county.hall.card.station, mixed, signature=b"", now_ms=1)


def test_damage_to_a_chain_is_named(hall: Station) -> None:
    """Each wound is dealt with the triggers taken away, as only one with the key and a debugger could."""
    for _ in range(3):
        hall.accept()
    db = hall.store.database.connection()
    for name in (
        "entries_never_change",
        "entries_go_only_when_forked",
        "words_go_only_by_erasure",
        "persons_go_only_by_erasure",
    ):
        db.execute(f"DROP TRIGGER {name}")
    db.execute("PRAGMA foreign_keys = OFF")
    wounds = [
        ("J101", "UPDATE entries SET prev_hash = x'00' WHERE serial = 2"),
        ("J102", "DELETE FROM entries WHERE serial = 2"),
        ("J103", "UPDATE words SET body = x'7b7d' WHERE entry = 2"),
        ("J106", "DELETE FROM words WHERE entry = 2"),
        ("J106", "DELETE FROM persons WHERE entry = 2"),
        ("J107", "DELETE FROM entries WHERE serial = 3"),
    ]
    db.execute("DROP TRIGGER words_never_change")

    for code, wound in wounds:
        db.execute("SAVEPOINT wound")
        db.execute(wound)
        found = {problem.split()[0] for problem in hall.store.verify().problems}
        db.execute("ROLLBACK TO wound")
        db.execute("RELEASE wound")
        assert code in found, wound

    assert hall.store.verify().sound


def test_letters_for_lives_run_out_with_a_clear_word(hall: Station) -> None:
    for _ in range(25):
        hall.store.begin_life()

    with pytest.raises(StoreFault, match="S108"):
        hall.store.begin_life()

    assert hall.store.life() == "Z"
