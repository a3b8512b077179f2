"""How an act becomes an entry of this station's chain: its number, its seal, its place. Nothing here opens or ends a transaction."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.clock import local
from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.domain import numbering
from county_hotline.domain.entries import GENESIS, Entry, Words, seal
from county_hotline.domain.facts import Accepted, Fact, Person, WordsErased
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import words_of
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Life, Number, OfficerId, chained_entry_id, new_salt

Make = Callable[[Number], tuple[Accepted, Person]]
"""What 受理 writes under the number it is given; may refuse."""
Decide = Callable[[WorkOrder], tuple[Fact, Person | None]]
"""What is written of the order as it stands; may refuse."""


class Hand(msgspec.Struct, frozen=True):
    """Who writes, in which life of which station, and when (UTC ms)."""

    card: StationCard
    life: Life
    officer: OfficerId
    now: int
    clock_note: str


def next_number(db: Connection, hand: Hand) -> Number:
    """The next number of this life and day; serials without a printable check are skipped."""
    card, day = hand.card, local(hand.now).date()
    last = journal.last_number(db, f"{card.county}-{card.station[-2:]}{hand.life}-{day:%y%m%d}-", card.station)
    serial = numbering.serial_of(last[-5:-1]) if last else 0
    while True:
        serial += 1
        number = numbering.make(card.county, card.station[-2:], hand.life, day, serial)
        if number is not None:
            return number


def sealed(db: Connection, hand: Hand, number: Number, written: tuple[Fact, Person | None], basis: str | None) -> Entry:
    """The next entry of this life's chain."""
    fact, person = written
    station = hand.card.station
    head = journal.chain_head(db, station, hand.life)
    serial, prev_hash = (head.serial + 1, head.hash) if head else (1, GENESIS)
    return seal(
        entry_id=chained_entry_id(hand.now, station + hand.life, serial, prev_hash),
        work_order=number,
        station=station,
        life=hand.life,
        serial=serial,
        basis=basis,
        officer=hand.officer,
        recorded_at=hand.now,
        clock_note=hand.clock_note,
        kind=fact.kind,
        version=fact.version,
        prev_hash=prev_hash,
        words=Words(new_salt(), words_of(fact)),
        person=None if person is None else Words(new_salt(), words_of(person)),
    )


def obeyed(db: Connection, row: int, fact: Fact) -> bool:
    """Whether the fact erased words; then it is noted that their traces are still to be wiped."""
    if not isinstance(fact, WordsErased) or not journal.apply_erasure(db, row, fact):
        return False
    memos.set_note(db, memos.ERASING, "1")
    return True
