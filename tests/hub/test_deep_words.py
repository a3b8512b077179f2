"""Words that nest without end: whoever sends them stops nobody, and every replica reads them alike."""

from __future__ import annotations

import msgspec
import pytest

from county_hotline.domain.entries import Entry, Words, seal
from county_hotline.domain.facts import NoteAdded, Unknown
from county_hotline.domain.upcasts import read_fact, read_person
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life, OfficerId, new_entry_id
from county_hotline.sync.protocol import LINES, chain_statement
from county_hotline.sync.wire.lines import Line
from tests.support.line import Post
from tests.sync.test_files import shared


def nested(depth: int) -> bytes:
    return b'{"text":"x","more":' + b"[" * depth + b"]" * depth + b"}"


def batch_of(post: Post, entry: Entry, line: Line) -> bytes:
    signature = post.pair.sign(chain_statement(entry.station, entry.life, entry.serial, entry.hash))
    head = {"v": 1, "station": entry.station, "life": entry.life, "first": entry.serial, "count": 1, "prev": entry.prev_hash}
    end = {
        "serial": entry.serial,
        "hash": entry.hash,
        "algorithm": "ed25519",
        "key": post.pair.key_id,
        "signature": signature,
    }
    return msgspec.json.Encoder().encode_lines([head, line, end])


@pytest.mark.parametrize("kind", ["work_order.note_added", "work_order.of_tomorrow"])
@pytest.mark.parametrize("depth", [900, 1500, 100_000])
def test_words_nested_without_end_stop_no_reader(
    kind: str, depth: int, hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency)
    card = agency.store.station()
    assert card is not None
    words = Words(bytes(16), nested(depth))
    at = agency.clock.now_ms()
    entry = seal(
        entry_id=new_entry_id(at),
        work_order=number,
        station=card.station,
        life=Life("A"),
        serial=1,
        basis=None,
        officer=OfficerId("x"),
        recorded_at=at,
        clock_note="",
        kind=kind,
        version=1,
        prev_hash=b"",
        words=words,
        person=Words(bytes(16), nested(depth)),
    )
    line = Line(i=entry.entry_id, n=f"={number}", t=at, o="x", k=kind, x=words.body, s=words.salt, y=words.body, r=words.salt)
    agency.transport.ask("POST", "/v1/entries", body=batch_of(agency, entry, line), media_type=LINES)

    hall.record(number, NoteAdded(text="后来的"))
    for post in (hall, centre, hall):
        report = post.sync()
        assert (report.fault, report.complete) == ("", True)

    assert hub.store.verify().problems == ()
    assert centre.store.view(number).story[-1].fact == NoteAdded(text="后来的")


def test_how_deep_words_may_nest_does_not_depend_on_who_reads_them() -> None:
    def read_below(frames: int, depth: int) -> bool:
        if frames:
            return read_below(frames - 1, depth)
        return isinstance(read_fact("work_order.note_added", 1, nested(depth)), Unknown)

    for depth in (10, 62, 63, 100, 700, 5000):
        assert read_below(0, depth) == read_below(700, depth), depth
    assert not read_below(700, 10)
    assert read_person(nested(5000)) is None
    assert read_fact("work_order.note_added", 1, b'{"text":"%s"}' % (b"[{" * 3000)) == NoteAdded(text="[{" * 3000)
