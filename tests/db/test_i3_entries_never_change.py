"""I3: an entry, once written, never changes; its words may be erased, once, with a ground."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2 as sqlite

from county_hotline.domain.facts import Withheld, WordsErased
from county_hotline.domain.views import Incoming, RegisterQuery
from county_hotline.domain.vocabulary import Channel, Erasure
from county_hotline.errors import StoreFault
from county_hotline.ids import EntryId, Life, Number
from tests.support.builders import OFFICER, a_caller, an_entry, head_of, made
from tests.support.pages import decrypted_pages
from tests.support.stations import Box, County, Station
from tests.support.ticking_clock import MORNING

NAME = "司空示例"
PHONE = "13911112222"
CONTENT = "这一段文字必须消失得干干净净𠮷𪚥"
TAIL_OF_A_PAIR = "𠮷𪚥".encode()[3:]
"""The index stores of a word only what it does not share with the word before: this much of the pair stands there in any case."""


def told(station: Station, number: Number) -> EntryId:
    return station.store.view(number).story[0].entry_id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET officer = 'x'",
        "UPDATE entries SET hash = x'00' WHERE serial = 1",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries SELECT * FROM entries LIMIT 1",
        "UPDATE words SET body = x'00'",
        "UPDATE persons SET salt = x'00'",
        "DELETE FROM words",
        "DELETE FROM persons",
        "INSERT OR REPLACE INTO words SELECT * FROM words LIMIT 1",
        "UPDATE receipts SET hub_seq = 9",
        "DELETE FROM receipts",
        "DELETE FROM erasures",
        "UPDATE erasures SET part = 'person'",
        "UPDATE audit SET reason = 'x'",
        "DELETE FROM audit",
    ],
)
def test_the_database_itself_refuses_every_change(county: County, statement: str) -> None:
    number = county.hall.accept()
    noted = county.hall.note(number).last_entry
    assert noted is not None
    county.hall.erase(number, noted)
    county.sync(county.hall)
    db = county.hall.store.database.connection()
    db.execute("INSERT INTO audit (at, officer, act, subject, reason) VALUES (1, 'x', 'unmask', 'x', 'x')")
    before = db.execute("SELECT hash FROM entries").fetchall()

    with pytest.raises(sqlite.DatabaseError, match=r"append-only|only by an erasure"):
        db.execute(statement)

    assert db.execute("SELECT hash FROM entries").fetchall() == before
    assert county.hall.store.verify().sound


@pytest.mark.parametrize("erasure", list(Erasure))
def test_words_are_erased_with_a_ground_and_the_chain_still_verifies(hall: Station, erasure: Erasure) -> None:
    number = hall.accept(a_caller(name=NAME))
    head = hall.store.head(hall.card.station, Life("A"))

    order = hall.erase(number, told(hall, number), erasure)

    first, last = hall.store.view(number).story
    assert (order.person is None) == (erasure is not Erasure.WORDS or order.accepted is None)
    assert isinstance(first.fact, Withheld) == (erasure is not Erasure.PERSON)
    assert (first.person is None) == (erasure is not Erasure.WORDS)
    assert isinstance(last.fact, WordsErased)
    assert last.fact.ground == "本人申请"
    assert hall.store.unsent(Life("A"), after=0, limit=1)[0].hash == (head and head.hash)
    report = hall.store.verify()
    assert report.sound, report.problems
    assert report.erased == (2 if erasure is Erasure.BOTH else 1)


def test_what_was_erased_once_is_not_erased_again(hall: Station) -> None:
    number = hall.accept()
    first = told(hall, number)
    hall.erase(number, first, Erasure.PERSON)
    hall.erase(number, first, Erasure.PERSON)
    hall.erase(number, first, Erasure.WORDS)

    lines = hall.store.database.execute_sql("SELECT entry, part, fact_entry FROM erasures ORDER BY part").fetchall()

    assert lines == [(1, "person", 2), (1, "words", 4)]
    assert hall.store.verify().sound


def test_an_erasure_reaches_only_the_order_it_was_written_for(county: County) -> None:
    mine, theirs = county.hall.accept(), county.hall.accept()

    county.hall.erase(mine, told(county.hall, theirs))
    county.sync_until_quiet()

    for box in (county.hub, county.hall, county.centre):
        assert box.store.order(theirs).accepted is not None
        assert box.store.verify().sound


def leftovers(box: Box) -> list[str]:
    """Where traces of the erased words still lie: in any page of the file, free or not, or of the log, or in the index."""
    flat = [NAME, PHONE, CONTENT, "司空", "空示", "139111", "干干", "净净"]
    wanted = [TAIL_OF_A_PAIR, *(text.encode() for text in flat)]
    found = [f"{name}: {word!r}" for name, page in decrypted_pages(box.path) for word in wanted if word in page]
    terms = box.store.database.connection()
    terms.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab('main', 'search', 'row')")
    found += [
        f"index: {row[0]}" for row in terms.execute("SELECT term FROM terms WHERE term IN ('司空', '空示', '干干', '净净')")
    ]
    return found


def a_written_over_history(station: Station) -> Number:
    """The words were written, indexed, moved, rewritten by corrections, merged and checkpointed before they are erased."""
    number = station.accept(a_caller(name=NAME, phone=PHONE), content=CONTENT, title=CONTENT)
    for place in range(130):
        other = station.accept(title=f"别的事第{place}件")
        if place % 40 == 0:
            station.correct(number, title=f"{CONTENT}之{place}")
            station.note(other)
    return number


def erase_all(station: Station, number: Number) -> None:
    for event in station.store.view(number).story:
        station.erase(number, event.entry_id)


def test_the_message_an_order_was_made_of_goes_with_the_orders_words(hall: Station) -> None:
    message = Incoming(0, Channel.MAILBOX, MORNING, NAME, PHONE, CONTENT, CONTENT)
    waiting = hall.store.add_incoming(message)
    hall.store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    number = hall.store.accept(
        made(a_caller(name=NAME, phone=PHONE), content=CONTENT), officer=OFFICER, incoming=waiting
    ).number
    assert leftovers(hall)

    hall.erase(number, told(hall, number))

    assert leftovers(hall) == []


def test_before_an_erasure_the_words_are_found_in_the_pages(hall: Station) -> None:
    """That the search below can find something."""
    a_written_over_history(hall)

    assert len({line.split(": ")[0] for line in leftovers(hall)}) > 3


def test_after_an_erasure_no_page_of_file_log_or_index_holds_the_words(hall: Station) -> None:
    number = a_written_over_history(hall)

    erase_all(hall, number)

    assert leftovers(hall) == []
    assert hall.store.by_phone(PHONE) == ()
    assert hall.store.register(RegisterQuery(text=NAME), after=None, limit=5).total == 0
    assert hall.store.register(RegisterQuery(text="别的事"), after=None, limit=5).total == 130
    assert hall.store.verify().sound


def test_an_erasure_travels_and_leaves_nothing_at_the_hub_and_at_others(county: County) -> None:
    number = a_written_over_history(county.hall)
    county.sync_until_quiet()
    assert leftovers(county.hub)
    assert leftovers(county.centre)

    erase_all(county.hall, number)
    county.sync_until_quiet()

    for box in (county.hall, county.hub, county.centre, county.second):
        assert leftovers(box) == []
        assert box.store.verify().sound


def test_traces_that_a_reader_held_back_go_at_the_next_opening(hall: Station) -> None:
    """The log cannot be cut while another connection reads it; the wish to is kept."""
    number = a_written_over_history(hall)
    reader = Box(hall.folder, hall.clock)
    reader.store.database.connection().execute("BEGIN")
    reader.store.database.connection().execute("SELECT count(*) FROM words").fetchone()
    hall.store.database.connection().execute("PRAGMA busy_timeout = 1")

    erase_all(hall, number)
    held_back = leftovers(hall)
    reader.store.database.connection().execute("COMMIT")
    reader.store.close()
    hall.restart()

    assert held_back
    assert leftovers(hall) == []


def test_words_that_come_back_after_their_erasure_are_erased_again(county: County) -> None:
    """A hub put back from a backup hears of the erasure before it hears the words."""
    number = county.hall.accept(a_caller(name=NAME, phone=PHONE), content=CONTENT)
    entry = county.hall.store.unsent(Life("A"), after=0, limit=1)[0]
    erasing = an_entry(number, WordsErased(entry_id=entry.entry_id, ground="本人申请"))

    county.hub.store.receive(erasing.station, [erasing], signature=b"", now_ms=1)
    county.hub.store.receive(entry.station, [entry], signature=b"", now_ms=1)

    assert county.hub.store.order(number).accepted is None
    assert leftovers(county.hub) == []
    assert county.hub.store.verify().sound


def test_words_that_come_together_with_their_erasure_do_not_stay(county: County) -> None:
    """A stream's frames are written down in groups: the words were on their way when they were erased, and both come at once."""
    number = county.hall.accept(a_caller(name=NAME, phone=PHONE), content=CONTENT)
    entry = county.hall.store.unsent(Life("A"), after=0, limit=1)[0]
    erase_all(county.hall, number)
    erasing = county.hall.store.unsent(Life("A"), after=1, limit=9)

    county.hub.store.receive(entry.station, [entry, *erasing], signature=b"", now_ms=1)
    county.hub.give_to(county.centre)

    for box in (county.hub, county.centre):
        assert box.store.order(number).accepted is None
        assert leftovers(box) == []
        assert box.store.verify().sound


def test_an_entry_whose_words_were_erased_before_it_was_sent_is_sound_everywhere(county: County) -> None:
    number = county.hall.accept()
    county.hall.erase(number, told(county.hall, number), Erasure.PERSON)
    county.hall.erase(number, told(county.hall, number), Erasure.WORDS)

    for _ in range(3):
        entries = county.hall.store.unsent(Life("A"), after=county.hall.store.receipted(Life("A")), limit=1)
        county.hall.store.take_receipt(county.hub.store.receive(county.hall.card.station, entries, signature=b"", now_ms=1))
        assert county.hub.store.verify().sound
    county.hub.give_to(county.centre, limit=1)

    assert county.centre.store.verify().sound
    assert county.hub.store.verify().erased == 2


def test_words_are_not_let_go_without_the_line_that_says_by_which_fact(hall: Station) -> None:
    hall.accept()

    with pytest.raises(StoreFault, match="S107"), hall.store.immediate() as db:
        db.execute("INSERT INTO erasures VALUES (1, 'words', 99)")

    assert hall.store.verify().erased == 0


def test_an_unheard_of_hash_algorithm_is_kept_out(county: County) -> None:
    from msgspec.structs import replace

    from county_hotline.errors import NotTrusted

    entry = an_entry("370323-09A-261121-00017", WordsErased(entry_id="x", ground="y"))  # type: ignore[arg-type]

    with pytest.raises(NotTrusted, match="A312"):
        county.hub.store.receive(entry.station, [replace(entry, algorithm="sm3")], signature=b"", now_ms=1)
    assert head_of(entry).serial == 1
