"""What every way to the hub must do, whatever carries it. Subclasses give `open_line`; a parcel will too."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from county_hotline.db.beside.reference import Bundle
from county_hotline.errors import HubRejected, NotTrusted
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life
from county_hotline.sync import keys
from county_hotline.sync.protocol import ReferenceOffer
from county_hotline.sync.wire import batches
from county_hotline.sync.wire.transport import Transport
from tests.support.line import Post
from tests.support.streams import in_bytes, of_post

OpenLine = Callable[[Post], Transport]
A = Life("A")


class TransportContract:
    """One suite for all transports."""

    @pytest.fixture
    def line(self, hall: Post, open_line: OpenLine) -> Transport:
        line = open_line(hall)
        line.hello()
        return line

    def test_it_tells_who_the_hub_is_and_what_time_it_has(self, line: Transport, hub: Hub) -> None:
        hello = line.hello()

        assert (hello.hub_id, hello.epoch) == (hub.pair.key_id, hub.store.epoch())
        assert hello.now == hub.clock.now_ms()

    def test_a_batch_is_answered_by_a_receipt_for_exactly_its_entries(self, line: Transport, hall: Post) -> None:
        for _ in range(3):
            hall.accept()
        entries = hall.store.unsent(A, after=0, limit=9)

        receipt = line.push(batches.encode(entries, hall.pair))

        assert (receipt.last_serial, receipt.last_hash) == (3, entries[-1].hash)
        assert [(run.first, run.last) for run in receipt.runs] == [(1, 3)]

    def test_a_stream_is_answered_by_a_receipt_for_exactly_its_entries(self, line: Transport, hall: Post, hub: Hub) -> None:
        made = of_post(hall, 7)

        receipt = line.stream(A, after=0, vocabulary=1, pieces=in_bytes(made.body, 99))

        assert (receipt.last_serial, receipt.last_hash) == (7, made.entries[-1].hash)
        assert [(run.first, run.last) for run in receipt.runs] == [(1, 7)]

    def test_a_stream_that_is_refused_says_why_and_what_came_before_is_kept(
        self, line: Transport, hall: Post, hub: Hub
    ) -> None:
        made = of_post(hall, 6)

        with pytest.raises(HubRejected) as met:
            line.stream(A, after=0, vocabulary=1, pieces=[made.pieces[0], b"torn", *made.pieces[1:]])

        assert met.value.code == "H202"
        assert hub.store.verify().entries in (0, 3)
        assert hub.store.verify().sound

    def test_the_same_batch_again_is_the_same_success(self, line: Transport, hall: Post) -> None:
        hall.accept()
        lines = batches.encode(hall.store.unsent(A, after=0, limit=9), hall.pair)

        first, second = line.push(lines), line.push(lines)

        assert first.runs == second.runs
        assert first.last_hash == second.last_hash

    def test_heads_tell_how_far_each_life_got(self, line: Transport, hall: Post) -> None:
        hall.accept()
        entries = hall.store.unsent(A, after=0, limit=9)
        line.push(batches.encode(entries, hall.pair))

        (head,) = line.heads()

        assert (head.life, head.serial, head.hash) == (A, 1, entries[0].hash)

    def test_a_lost_receipt_is_given_again_without_the_batch(self, line: Transport, hall: Post) -> None:
        for _ in range(3):
            hall.accept()
        given = line.push(batches.encode(hall.store.unsent(A, after=0, limit=9), hall.pair))

        again = line.receipt(A, after=0, limit=9)

        assert (again.runs, again.last_hash) == (given.runs, given.last_hash)

    def test_pages_follow_one_another_until_the_last(self, line: Transport, hall: Post, centre: Post) -> None:
        numbers = [hall.accept() for _ in range(3)]
        hall.sync()
        for number in numbers:
            centre.sync()
            centre.dispatch(number)
        centre.sync()

        seen, after, complete = [], 0, False
        while not complete:
            page = line.pull(after=after, limit=1, life=A)
            seen += [received.entry.work_order for received in page.entries]
            after, complete = page.cursor, page.complete

        assert seen == numbers

    def test_a_gap_is_refused_and_nothing_of_it_stored(self, line: Transport, hall: Post, hub: Hub) -> None:
        hall.accept()
        hall.accept()

        with pytest.raises(NotTrusted) as met:
            line.push(batches.encode(hall.store.unsent(A, after=1, limit=9), hall.pair))

        assert met.value.code == "A310"
        assert hub.store.verify().entries == 0

    def test_another_stations_chain_is_refused(self, line: Transport, centre: Post, hall: Post, hub: Hub) -> None:
        hall.accept()
        hall.sync()
        centre.sync()
        centre.dispatch(hall.accept())
        theirs = centre.store.unsent(A, after=0, limit=9)

        with pytest.raises(NotTrusted) as met:
            line.push(batches.encode(theirs, hall.pair))

        assert met.value.code == "A301"
        assert hub.store.verify().entries == 1

    def test_torn_lines_are_refused_and_nothing_of_them_stored(self, line: Transport, hall: Post, hub: Hub) -> None:
        hall.accept()
        lines = batches.encode(hall.store.unsent(A, after=0, limit=9), hall.pair)

        with pytest.raises(HubRejected) as met:
            line.push(lines[:-20])

        assert met.value.code == "H202"
        assert hub.store.verify().entries == 0

    def test_a_key_the_hub_does_not_know_gets_nothing(self, open_line: OpenLine, hall: Post) -> None:
        hall.pair = keys.make()
        stranger = open_line(hall)
        stranger.hello()

        with pytest.raises(NotTrusted) as met:
            stranger.pull(after=0, limit=9, life=A)

        assert met.value.code == "A201"

    def test_no_newer_reference_data_is_none(self, line: Transport) -> None:
        assert line.reference(after=0) is None

    def test_reference_data_go_up_from_the_centre_and_come_down_signed(
        self, open_line: OpenLine, centre: Post, line: Transport, hub: Hub
    ) -> None:
        body = msgspec.json.encode(Bundle(1, "370323", "沂源县", "示例热线"))
        up = open_line(centre)
        up.hello()

        taken = up.offer_reference(ReferenceOffer(1, 0, body))
        found = line.reference(after=0)

        assert taken.version == 1
        assert found is not None
        assert (found.body, found.key) == (body, hub.pair.key_id)

    def test_a_refused_offer_says_why(self, line: Transport) -> None:
        with pytest.raises(NotTrusted) as met:
            line.offer_reference(ReferenceOffer(1, 0, b"{}"))

        assert met.value.code == "A325"

    def test_traffic_is_counted(self, line: Transport, hall: Post) -> None:
        hall.accept()

        line.push(batches.encode(hall.store.unsent(A, after=0, limit=9), hall.pair))

        assert line.traffic.requests >= 2
        assert line.traffic.bytes_sent > 100
        assert line.traffic.bytes_received > 100
