"""What one round does on a good line and on every kind of bad one."""

from __future__ import annotations

import random

import msgspec
import pytest

from county_hotline.domain.views import LineState
from county_hotline.errors import StoreFault
from county_hotline.hub.asking import Hub
from county_hotline.sync import line_state
from county_hotline.sync.identity import HubAddress
from tests.support.flaky import BAD, Act, FlakyWire, at_random
from tests.support.line import Post


def wire_of(post: Post) -> FlakyWire:
    assert isinstance(post.wire, FlakyWire)
    return post.wire


def stored_at(hub: Hub) -> int:
    return hub.store.verify().entries


def test_an_order_reaches_the_hub_once_and_its_receipt_comes_back(hall: Post, hub: Hub) -> None:
    number = hall.accept()

    report = hall.sync()

    assert (report.sent, report.fault, report.complete) == (1, "", True)
    assert hall.store.counts().waiting == 0
    assert hub.store.order(number) == hall.store.order(number)


def test_a_second_round_with_nothing_new_sends_nothing(hall: Post) -> None:
    hall.accept()
    hall.sync()

    report = hall.sync()

    assert (report.sent, report.received, report.complete, report.bytes_sent) == (0, 0, True, 0)


def test_the_whole_way_from_the_counter_to_the_agency_and_back(hall: Post, centre: Post, agency: Post) -> None:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    agency.sync()
    agency.sign_for(number)
    agency.reply(number)
    agency.sync()
    centre.sync()
    centre.finish(number)
    centre.sync()

    hall.sync()

    assert [event.fact.kind for event in hall.store.view(number).story] == [
        "work_order.accepted",
        "work_order.dispatched",
        "work_order.signed_for",
        "work_order.replied",
        "work_order.finished",
    ]
    assert hall.store.order(number) == centre.store.order(number)


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("act", BAD)
def test_whatever_befalls_one_request_the_next_rounds_mend_it(act: Act, place: int, hall: Post, hub: Hub) -> None:
    for title in ("路灯不亮", "水压不足", "垃圾未清"):
        hall.accept(title)
    wire_of(hall).follow([Act.PASS] * place + [act])

    met = [hall.sync().fault, hall.sync().fault]
    last = hall.sync()

    assert {fault[:1] for fault in met} <= {"", "N"}, "trouble of the line is never taken for one of trust"
    assert (last.fault, last.complete) == ("", True)
    assert stored_at(hub) == 3
    assert hub.store.verify().sound
    assert hall.store.counts().waiting == 0


@pytest.mark.parametrize("every", [1, 2, 3, 4, 5])
def test_a_proxy_that_drops_every_kth_answer_makes_neither_duplicates_nor_gaps(every: int, hall: Post, hub: Hub) -> None:
    for _ in range(20):
        hall.accept()
    script = [Act.CUT_AFTER if place % every == every - 1 else Act.PASS for place in range(200)]
    wire_of(hall).follow(script)

    for _ in range(40):
        hall.sync()
    wire_of(hall).follow([])
    hall.sync()

    assert stored_at(hub) == hall.entries() == 20
    assert hall.store.counts().balanced
    assert hall.store.counts().waiting == 0


@pytest.mark.parametrize("seed", range(12))
def test_a_random_bad_line_loses_and_doubles_nothing(seed: int, hall: Post, centre: Post, hub: Hub) -> None:
    chance = random.Random(seed)
    wire_of(hall).follow(at_random(chance))
    wire_of(centre).follow(at_random(chance))
    numbers = []
    for _ in range(6):
        numbers.append(hall.accept())
        hall.sync()
        centre.sync()
    for post in (hall, centre):
        wire_of(post).follow([])
        assert post.sync().fault == ""

    assert stored_at(hub) == hall.entries() == centre.entries() == 6
    assert [centre.store.order(n) for n in numbers] == [hall.store.order(n) for n in numbers]


def test_a_captive_portal_is_no_line_and_changes_nothing(hall: Post, hub: Hub) -> None:
    hall.accept()
    wire_of(hall).follow([Act.PORTAL] * 50)

    report = hall.sync()

    assert report.fault == "N110"
    assert report.number is None
    assert hall.store.counts().waiting == 1
    assert stored_at(hub) == 0
    assert line_state.recall(hall.store, enrolled=True).state is LineState.OFFLINE


def test_a_pull_answered_by_a_portal_takes_no_order_away(hall: Post) -> None:
    number = hall.accept()
    hall.sync()
    before = hall.store.verify()
    wire_of(hall).follow([Act.PASS, Act.PASS, Act.PORTAL])

    report = hall.sync()

    assert report.fault == "N110"
    assert hall.store.verify() == before
    assert hall.store.order(number).accepted is not None


def test_batches_shrink_until_they_fit_between_two_cuts_and_everything_arrives(hall: Post, hub: Hub) -> None:
    for place in range(60):
        hall.accept(f"路灯不亮 {random.Random(place).getrandbits(2000):x}"[:60])
    wire_of(hall).largest_passed = 2_500

    report = hall.sync()

    assert report.fault == ""
    assert report.complete
    assert stored_at(hub) == 60
    assert Act.CUT_BEFORE in wire_of(hall).seen


def test_the_size_that_passed_is_remembered_over_a_restart(hall: Post) -> None:
    for place in range(60):
        hall.accept(f"{random.Random(place).getrandbits(2000):x}"[:60])
    wire_of(hall).largest_passed = 2_500
    hall.sync()
    hall.accept()
    cuts_before = wire_of(hall).seen.count(Act.CUT_BEFORE)

    hall.sync()

    assert cuts_before > 0
    assert wire_of(hall).seen.count(Act.CUT_BEFORE) == cuts_before


def test_a_line_that_lets_nothing_through_ends_the_round(hall: Post) -> None:
    hall.accept()
    wire_of(hall).follow([Act.PASS] + [Act.CUT_BEFORE] * 1_000)

    report = hall.sync()

    assert report.fault == "N105"
    assert report.requests < 40


def test_another_hub_at_the_same_address_is_given_nothing(hall: Post, hub: Hub) -> None:
    hall.accept()
    stranger = "ab" * 32
    hall.hub = msgspec.structs.replace(hall.hub, hub_id="0123456789abcdef", public_key=stranger)

    report = hall.sync()

    assert report.fault == "A101"
    assert stored_at(hub) == 0
    assert line_state.recall(hall.store, enrolled=True).state is LineState.REFUSED


def test_a_hub_with_a_new_epoch_stops_the_round_and_nothing_is_sent(hall: Post, hub: Hub) -> None:
    hall.accept()
    hall.hub = HubAddress(**{**msgspec.to_builtins(hall.hub), "epoch": "BEFORE-THE-RESTORE"})

    report = hall.sync()

    assert report.fault == "A102"
    assert stored_at(hub) == 0
    assert hall.store.counts().waiting == 1


def test_a_clock_years_off_is_told_and_stops_nothing(hall: Post, hub: Hub) -> None:
    hall.clock.set_to(2009, 1, 1)
    hall.accept()

    report = hall.sync()
    number = hall.accept()
    hall.sync()

    assert report.fault == ""
    skew_ms = line_state.recall(hall.store, enrolled=True).skew_ms
    assert skew_ms is not None
    assert skew_ms < -15 * 365 * 86_400_000
    assert hall.store.view(number).story[0].clock_note == f"skew={skew_ms}"
    assert stored_at(hub) == 2


def test_what_is_recorded_while_a_batch_is_under_way_arrives_too(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    told: list[object] = []

    def correct_meanwhile(changes: object) -> None:
        if not told:
            hall.correct(number, "路灯全不亮")
        told.append(changes)

    hall.tell = correct_meanwhile

    report = hall.sync()

    assert report.sent == 2
    assert hub.store.order(number).accepted == hall.store.order(number).accepted
    assert stored_at(hub) == 2


def test_a_line_never_used_or_unreadable_says_so(hall: Post) -> None:
    unused = line_state.recall(hall.store, enrolled=True)
    hall.store.set_note("sync.line", "{")

    assert unused.state is LineState.UNKNOWN
    assert line_state.recall(hall.store, enrolled=True).state is LineState.UNKNOWN
    assert line_state.recall(hall.store, enrolled=False).state is LineState.UNENROLLED


def test_the_line_is_down_since_it_went_down_not_since_it_was_last_tried(hall: Post) -> None:
    went_down = hall.clock.now_ms()
    for _ in range(3):
        wire_of(hall).follow([Act.REFUSE])
        hall.sync()
        hall.clock.advance(minutes=1)

    line = line_state.recall(hall.store, enrolled=True)

    assert (line.state, line.fault, line.since) == (LineState.OFFLINE, "N101", went_down)


def test_a_full_disk_ends_the_round_with_its_own_word(hall: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.accept()

    def full(*_: object) -> None:
        raise StoreFault("S101")

    monkeypatch.setattr(hall.store, "take_receipt", full)
    monkeypatch.setattr(hall.store, "add_round", full)

    report = hall.sync()

    assert report.fault == "S101"
    assert hall.store.counts().waiting == 1


def test_a_page_that_could_not_be_kept_is_asked_for_again(hall: Post, centre: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor stands before it, whatever else may find out later that something is lacking."""
    number = hall.accept()
    hall.sync()

    def full(*_: object) -> None:
        raise StoreFault("S101")

    with monkeypatch.context() as disk:
        disk.setattr(centre.store, "take_in", full)
        report = centre.sync()
    cursor = centre.store.cursor()
    centre.sync()

    assert report.fault == "S101"
    assert cursor == 0
    assert centre.store.order(number).accepted is not None


@pytest.mark.parametrize("cut_at", [0, 1, 400, 1_200, 2_000])
def test_a_line_cut_inside_every_request_costs_a_frame_each_time(cut_at: int, hall: Post, hub: Hub) -> None:
    """As long as a frame fits between two cuts there is nothing to be made smaller; else requests shrink until one does."""
    for place in range(60):
        hall.accept(f"路灯不亮{place}", content="".join(chr(0x4E00 + (place * 131 + at * 17) % 20_000) for at in range(90)))
    wire = wire_of(hall)
    wire.cut_at = cut_at
    wire.follow([Act.PASS, Act.PASS, *([Act.CUT_INSIDE, Act.PASS, Act.PASS] * 4)])

    reports = [hall.sync() for _ in range(3)]

    assert (reports[-1].fault, reports[-1].complete) == ("", True)
    assert stored_at(hub) == 60
    assert hub.store.verify().sound
    assert sum(report.sent for report in reports) == 60


def test_a_gateway_that_keeps_whole_requests_and_a_line_that_breaks_meet_in_requests_that_fit(hall: Post, hub: Hub) -> None:
    """It passes on nothing of what was cut: so requests become small, and grow again when they pass."""
    for place in range(40):
        hall.accept(f"{place}", content="".join(chr(0x4E00 + (place * 131 + at * 17) % 20_000) for at in range(90)))
    wire_of(hall).largest_passed = 3_000

    reports = [hall.sync() for _ in range(3)]

    assert (reports[-1].fault, reports[-1].complete) == ("", True)
    assert stored_at(hub) == 40
    assert int(hall.store.note("sync.stream") or "0") < 10_000


def test_a_gateway_that_finds_a_stream_too_large_makes_the_next_ones_smaller(hall: Post, hub: Hub) -> None:
    for _ in range(5):
        hall.accept()
    wire_of(hall).follow([Act.PASS, Act.PASS, Act.TOO_LARGE])

    report = hall.sync()

    assert (report.fault, report.complete, stored_at(hub)) == ("", True, 5)
    assert hall.store.note("sync.stream") == "5000"
