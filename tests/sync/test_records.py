"""A record the hub cannot take delays itself and what depends on it, nothing else."""

from __future__ import annotations

import pytest

from county_hotline.domain.facts import NoteAdded
from county_hotline.hub.asking import Hub
from county_hotline.sync.protocol import Limits
from county_hotline.sync.round import outbox
from tests.support.line import Post

BIG = "长" * 20_000


@pytest.mark.parametrize("place", [0, 17, 49])
def test_one_record_too_large_among_fifty_keeps_no_other_back(place: int, hall: Post, hub: Hub) -> None:
    hub.limits = Limits(line_bytes=20_000)
    numbers = [hall.accept("路灯不亮", content=BIG if n == place else "路灯不亮") for n in range(50)]
    (poison,) = [event.entry_id for event in hall.store.view(numbers[place]).story]

    report = hall.sync()

    assert report.fault == ""
    assert report.held == (poison,)
    assert report.complete
    assert hub.store.verify().entries == 50
    assert hub.store.verify().sound
    assert [hub.store.order(n).accepted is not None for n in numbers] == [n != place for n in range(50)]
    assert hall.store.counts().held == 1
    assert hall.store.order(numbers[place]).accepted is not None, "its words are still here"


def test_what_the_hub_holds_back_is_told_and_the_rest_stands(hall: Post, hub: Hub) -> None:
    from county_hotline.domain.entries import Words, seal
    from county_hotline.ids import EntryId, Number, new_entry_id

    good = hall.accept()
    head = hall.store.head(hall.store.unsent(hall.store.life(), after=0, limit=1)[0].station, hall.store.life())
    assert head is not None
    torn = seal(
        entry_id=new_entry_id(5),
        work_order=Number("370323-03A-261121-0002"),
        station=head.station,
        life=head.life,
        serial=2,
        basis=None,
        officer=hall.store.view(good).story[0].officer,
        recorded_at=5,
        clock_note="",
        kind="work_order.accepted",
        version=1,
        prev_hash=head.hash,
        words=Words(b"", b"{}"),
        person=None,
    )
    with hall.store.immediate() as db:
        from county_hotline.db import journal

        journal.append(db, torn)

    report = hall.sync()

    assert report.fault == ""
    assert report.held == (EntryId(torn.entry_id),)
    assert hub.store.order(good).accepted is not None
    assert hub.store.verify().entries == 2


def test_a_correction_made_right_after_goes_after_in_order(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    hall.correct(number, "路灯全不亮")

    hall.sync()

    story = hub.store.view(number).story
    assert [event.serial for event in story] == [1, 2]
    accepted = hub.store.order(number).accepted
    assert accepted is not None
    assert accepted.title == "路灯全不亮"


def test_a_kind_of_a_newer_release_is_stored_and_passed_on(hall: Post, centre: Post, hub: Hub) -> None:
    class Praised(NoteAdded, frozen=True):
        kind = "work_order.praised"

    number = hall.accept()
    hall.record(number, Praised(text="办得好"))

    report = hall.sync()
    centre.sync()

    assert (report.fault, report.held) == ("", ())
    assert [e.fact.kind_on_disk for e in centre.store.view(number).story[1:]] == ["work_order.praised"]  # type: ignore[attr-defined]
    assert hub.store.verify().sound


def test_a_record_refused_even_without_its_words_stops_its_own_life_and_nothing_else(
    hall: Post, centre: Post, hub: Hub
) -> None:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    hall.accept()
    hub.limits = Limits(line_bytes=10)

    report = hall.sync()

    assert (report.fault, report.complete, report.received) == ("H201", False, 1)
    assert len(hall.store.order(number).assignments) == 1
    assert hall.store.counts().waiting == 1


def test_long_texts_go_in_requests_of_a_few_megabytes(hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.vocabularies = ()
    monkeypatch.setattr(outbox, "MOST_BYTES", 100_000)
    for _ in range(5):
        hall.accept(content=BIG)

    report = hall.sync()

    assert report.complete
    assert report.requests > 5, "one text of sixty kilobytes a request"
    assert hub.store.verify().entries == 5
