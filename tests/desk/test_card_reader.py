"""读身份证: a simulated reader, and what becomes of characters that did not arrive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from county_hotline.desk import card_reader
from county_hotline.desk.card_reader import Card, CardReader
from county_hotline.desk.founding import NewStation
from county_hotline.errors import Refusal
from county_hotline.paths import Home
from county_hotline.settings import CARD_READER
from tests.support.desks import Counter
from tests.support.ticking_clock import TickingClock

ID = "11010519491231002X"


@dataclass
class Simulated:
    """A reader with a card on it, or none."""

    card: Card | None

    def read(self) -> Card:
        if self.card is None:
            raise Refusal("R584")
        return self.card


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation())
    counter.desk.settings.change(CARD_READER, "termb")
    yield counter
    counter.store.close()


def read(hall: Counter, card: Card | None) -> Card:
    def driver(_home: Home) -> CardReader:
        return Simulated(card)

    return card_reader.read(hall.desk, {"termb": driver})


def test_a_card_is_read_and_cleaned(hall: Counter) -> None:
    assert read(hall, Card(" 林秀英　", ID, "红星村\t3号")) == Card("林秀英", ID, "红星村 3号")


def test_without_a_card_it_says_so(hall: Counter) -> None:
    with pytest.raises(Refusal, match="R584"):
        read(hall, None)


def test_without_a_reader_in_the_settings_it_says_so(hall: Counter) -> None:
    hall.desk.settings.change(CARD_READER, "none")

    with pytest.raises(Refusal, match="R586"):
        read(hall, Card("林秀英", ID))


def test_where_the_readers_files_are_not_there_it_says_so(hall: Counter) -> None:
    with pytest.raises(Refusal, match="R585"):
        card_reader.read(hall.desk)


@pytest.mark.parametrize("name", ["林?英", "林\ue863英", "林\ufffd英", "林\U000f0001"])
def test_characters_that_did_not_arrive_are_told_for_mending(name: str) -> None:
    assert Card(name, ID, "红星村").to_mend == ("name",)
    assert Card("林秀英𡐓", ID, "红星村").to_mend == ()


def test_the_bytes_of_a_dll_end_at_the_first_nul_and_break_nothing() -> None:
    assert card_reader.decoded("林秀英".encode("gbk") + b"\0\0rest") == "林秀英"
    assert Card(card_reader.decoded(b"\xc1\xd6\xff\xff"), ID).to_mend == ("name",)
