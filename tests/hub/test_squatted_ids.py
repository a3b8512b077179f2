"""Ids of entries can be computed by whoever has the chain so far: nobody may use another's before him."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from county_hotline.domain.entries import envelope_hash
from county_hotline.domain.facts import NoteAdded
from county_hotline.hub.asking import Hub
from county_hotline.ids import chained_entry_id
from county_hotline.sync.protocol import LINES
from county_hotline.sync.wire import batches
from tests.support.forging import an_entry_of
from tests.support.line import Post
from tests.sync.test_files import shared


def test_a_reader_cannot_stop_the_centre_by_using_the_id_of_its_next_entry(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency)
    last = agency.store.view(number).story[-1]
    head = next(each for each in centre.transport.heads())
    assert (last.station, last.serial) == (head.station, head.serial), "what the agency was given is the centre's last"
    entry = an_entry_of(agency, number, NoteAdded(text="x"))
    guessed = chained_entry_id(centre.clock.now_ms(), head.station + head.life, head.serial + 1, head.hash)
    entry = replace(entry, entry_id=guessed)
    entry = replace(entry, hash=envelope_hash(entry))

    with pytest.raises(Exception, match="A312"):
        agency.transport.ask("POST", "/v1/entries", body=batches.encode([entry], agency.pair), media_type=LINES)

    centre.record(number, NoteAdded(text="其后"))
    assert [(report.fault, report.sent) for report in (centre.sync(),)] == [("", 1)]
