"""附件 travel after all text, piece by piece, from where the other side got; what goes wrong with them holds no record back."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator

import httpx2
import pytest

from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.files import FileWay
from county_hotline.hub.asking import Hub
from county_hotline.ids import Number
from county_hotline.sync.protocol import PIECE_BYTES
from county_hotline.sync.round import files as file_steps
from tests.support.attaching import KIB, attached, lies_at, noise
from tests.support.flaky import Act, FlakyWire, at_random
from tests.support.line import Post


def shared(hall: Post, centre: Post, agency: Post, *, confidential: bool = False) -> Number:
    """An order of the hall that the agency has in hand too."""
    number = hall.accept(confidential=confidential)
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    agency.sync()
    return number


def everybody(*posts: Post) -> None:
    for post in posts:
        report = post.sync()
        assert (report.fault, report.files_fault) == ("", ""), report


def test_a_photo_is_at_the_hub_after_its_round_and_at_the_agency_after_its_own(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency)
    photo = noise(PIECE_BYTES * 2 + 17)
    sha256 = attached(hall, number, photo)

    report = hall.sync()
    agency.sync()

    assert (report.files_sent, report.files_waiting, report.complete) == (1, 0, True)
    assert lies_at(hub.store, sha256) == lies_at(agency.store, sha256) == photo
    state = agency.store.files.state(sha256)
    assert state is not None
    assert state.is_here
    assert state.is_sent


def test_every_record_has_its_receipt_before_the_first_piece_goes(hall: Post, hub: Hub) -> None:
    seen: list[tuple[str, int]] = []
    number = hall.accept()
    attached(hall, number, noise(100))
    watch(hall, lambda request: seen.append((request.method, hall.store.counts().waiting)))

    hall.sync()

    assert ("PATCH", 0) in seen
    assert ("PATCH", 1) not in seen


def test_what_is_written_while_a_file_goes_goes_before_its_next_piece(hall: Post, hub: Hub) -> None:
    unsent: list[int] = []
    number = hall.accept()
    attached(hall, number, noise(PIECE_BYTES * 3))

    def heard(request: httpx2.Request) -> None:
        if request.method == "PATCH":
            unsent.append(len(hall.store.unsent_lives()))
            if len(unsent) == 1:
                hall.record(number, NoteAdded(text="又来电"))

    watch(hall, heard)
    report = hall.sync()

    assert unsent == [0, 0, 0]
    assert (report.files_sent, report.complete) == (1, True)
    assert hub.store.order(number).entries == 3


@pytest.mark.parametrize("bad", [500, 503], ids=str)
def test_disaster_6_the_attachment_endpoint_says_500_for_a_day_and_the_order_has_its_receipt_in_the_first_round(
    bad: int, hall: Post, hub: Hub
) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(1000))
    assert isinstance(hall.wire, FlakyWire)
    good = hall.wire._wire
    hall.wire._wire = Broken(good, bad)

    for round_of_the_day in range(6):
        report = hall.sync()
        assert (report.fault, report.complete) == ("", True)
        assert hall.store.counts().waiting == 0
        assert report.files_waiting == 1
        assert report.files_fault in ("N110", "N111", "N114"), round_of_the_day
    assert hub.store.order(number).attachments
    assert lies_at(hub.store, sha256) is None

    hall.wire._wire = good
    assert hall.sync().files_sent == 1
    assert lies_at(hub.store, sha256) is not None


def test_trouble_with_one_file_leaves_the_others_their_turn(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    first = attached(hall, number, noise(100, 1))
    second = attached(hall, number, noise(200, 2))
    hall.sync()
    hub.store.files.shelf.forget(first)
    hub.store.files.shelf.forget(second)
    hub.store.files.shelf.path(first).parent.rmdir()
    hub.store.files.shelf.path(first).parent.write_bytes(b"")  # no file can be put there
    hall.store.files.note_sent(first, 0)
    hall.store.files.note_sent(second, 0)

    report = hall.sync()

    assert report.files_fault == "N114"
    assert lies_at(hub.store, second) is not None


def test_p6_a_line_that_passes_one_piece_between_two_cuts_brings_every_file(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency)
    photos = {
        attached(hall, number, noise(PIECE_BYTES * 2 + seed, seed)): noise(PIECE_BYTES * 2 + seed, seed) for seed in range(3)
    }

    for post in (hall, agency):
        assert isinstance(post.wire, FlakyWire)
        post.wire._wire = OnePieceBetweenCuts(post.wire._wire)
        for _ in range(400):
            if not post.sync().fault and not post.store.files.to_send() and not post.store.files.to_fetch():
                break

    assert {sha256: lies_at(agency.store, sha256) for sha256 in photos} == photos


@pytest.mark.parametrize("seed", range(6))
def test_whatever_a_bad_line_does_to_the_pieces_every_file_arrives_whole(
    seed: int, hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    """Lost, doubled, late, cut, garbled, both ways; now and then the hub's part is cut short by a power failure."""
    chance = random.Random(seed)
    number = shared(hall, centre, agency)
    photos = {}
    for place in range(3):
        photo = noise(chance.randrange(1, PIECE_BYTES * 2), seed * 10 + place)
        photos[attached(hall, number, photo)] = photo
    for post in (hall, agency):
        assert isinstance(post.wire, FlakyWire)
        post.wire.follow(at_random(random.Random(seed), 0.4))
    for _ in range(8):
        hall.sync()
        shorten(hub, chance)
        agency.sync()
        shorten(agency, chance)
    for post in (hall, agency):
        post.wire.follow(())  # type: ignore[union-attr]
        post.sync()
        post.sync()

    assert {sha256: lies_at(hub.store, sha256) for sha256 in photos} == photos
    assert {sha256: lies_at(agency.store, sha256) for sha256 in photos} == photos
    assert not list(hub.store.files.shelf._folder.rglob("*.part"))


def test_a_file_that_is_not_what_its_name_says_is_thrown_away_and_told(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(1000))
    hall.store.files.shelf.path(sha256).write_bytes(noise(1000, 9))

    report = hall.sync()

    assert report.files_fault == "N120"
    assert lies_at(hub.store, sha256) is None
    assert report.fault == ""
    assert hall.store.files.shelf.path(sha256).with_name(f"{sha256}.damaged").exists(), "nothing is deleted"


def test_a_file_that_came_spoilt_is_told_and_fetched_again_in_the_next_round(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency)
    photo = noise(1000)
    sha256 = attached(hall, number, photo)
    hall.sync()
    at_the_hub = hub.store.files.shelf.path(sha256)
    at_the_hub.write_bytes(noise(1000, 9))

    spoilt = agency.sync()
    at_the_hub.write_bytes(photo)
    mended = agency.sync()

    assert (spoilt.files_fault, spoilt.fault, spoilt.files_received) == ("N122", "", 0)
    assert (mended.files_fault, mended.files_received) == ("", 1)
    assert lies_at(agency.store, sha256) == photo


def test_a_part_that_is_damaged_at_the_hub_is_begun_again_in_the_same_round(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    photo = noise(PIECE_BYTES + 5)
    sha256 = attached(hall, number, photo)
    assert isinstance(hall.wire, FlakyWire)
    hub.store.files.shelf.append(sha256, 0, noise(PIECE_BYTES, 7), hall.store.station().station)  # type: ignore[union-attr]

    report = hall.sync()

    assert (report.files_sent, report.files_fault) == (1, "")
    assert lies_at(hub.store, sha256) == photo


def test_a_piece_that_comes_again_or_begins_too_early_is_put_behind_the_others_once(hall: Post) -> None:
    """Else the whole file would begin again, on just the lines on which pieces come twice."""
    content = noise(90)
    sha256 = hashlib.sha256(content).hexdigest()
    shelf = hall.store.files.shelf

    came = [
        shelf.append(sha256, at, content[at:end])
        for at, end in ((0, 40), (0, 40), (20, 60), (70, 90), (10, 30), (60, 90), (60, 90))
    ]

    assert came == [40, 40, 60, 60, 60, 90, 90]
    assert shelf.finish(sha256)
    assert shelf.path(sha256).read_bytes() == content


def test_a_hub_that_forgot_is_given_the_file_again(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(1000))
    hall.sync()
    hub.store.files.shelf.forget(sha256)

    hall.store.files.heard_of("another epoch")
    assert [file.sha256 for file in hall.store.files.to_send()] == [sha256]
    hall.sync()

    assert lies_at(hub.store, sha256) is not None


def test_a_large_file_waits_for_a_word_and_a_parcels_file_never_goes_by_line(
    hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_steps.FileChoices, "__init__", _small_choices)
    number = hall.accept()
    large = attached(hall, number, noise(20 * KIB, 1))
    small = attached(hall, number, noise(5 * KIB, 2))

    hall.sync()
    assert lies_at(hub.store, small) is not None
    assert lies_at(hub.store, large) is None

    hall.store.files.let_wait(large, FileWay.PARCEL)
    hall.sync()
    assert lies_at(hub.store, large) is None

    hall.store.files.let_wait(large, FileWay.LINE)
    hall.sync()
    assert lies_at(hub.store, large) is not None


def test_a_file_for_a_good_line_stops_after_one_piece_on_a_poor_one(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(PIECE_BYTES * 3))
    hall.store.files.let_wait(sha256, FileWay.GOOD)
    watch(hall, lambda request: hall.clock.advance(seconds=60) if request.method == "PATCH" else None)

    report = hall.sync()
    state = hall.store.files.state(sha256)

    assert state is not None
    assert (report.files_fault, state.fault, state.sent) == ("N121", "N121", PIECE_BYTES)

    watch(hall, lambda request: None)
    assert hall.sync().files_sent == 1


def test_a_large_file_is_fetched_only_when_somebody_asks(
    hall: Post, centre: Post, agency: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = shared(hall, centre, agency)
    sha256 = attached(hall, number, noise(50 * KIB))
    hall.sync()
    monkeypatch.setattr(file_steps.FileChoices, "__init__", _small_choices)

    agency.sync()
    assert lies_at(agency.store, sha256) is None

    agency.store.files.want(sha256)
    assert agency.sync().files_received == 1
    assert lies_at(agency.store, sha256) is not None


def test_two_stations_that_send_one_file_do_not_spoil_each_others_bytes(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency)
    photo = noise(PIECE_BYTES + 9)
    sha256 = attached(hall, number, photo)
    hall.record(number, NoteAdded(text="又来电"))
    hall.transport.hello()
    hub.store.files.shelf.append(sha256, 0, noise(PIECE_BYTES, 5), "another station")

    assert hall.sync().files_sent == 1
    assert lies_at(hub.store, sha256) == photo


def test_a_hub_of_release_0_1_is_never_asked_about_files(hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from county_hotline.sync.round import engine

    asked: list[str] = []
    number = hall.accept()
    attached(hall, number, noise(100))
    monkeypatch.setattr(engine.Engine, "_greet", _without_files(engine.Engine._greet))
    watch(hall, lambda request: asked.append(str(request.url.path)))

    assert hall.sync().complete
    assert "/v1/files" not in asked


def test_on_a_line_that_passes_only_small_pieces_a_file_arrives_in_one_round(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(PIECE_BYTES))
    assert isinstance(hall.wire, FlakyWire)
    hall.wire.largest_passed = 40 * KIB

    assert hall.sync().files_sent == 1
    assert lies_at(hub.store, sha256) is not None
    assert hall.store.note("sync.piece") in (str(32 * KIB), str(64 * KIB)), "remembered for the next round"


def test_a_hub_that_goes_in_circles_about_a_file_is_left(hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    number = hall.accept()
    attached(hall, number, noise(1000))
    monkeypatch.setattr(type(hub.store.files.shelf), "append", lambda *given: 0)

    report = hall.sync()

    assert (report.fault, report.complete, report.files_fault) == ("", True, "N118")


# ---------------------------------------------------------------- support


def _small_choices(self: file_steps.FileChoices, ask_above: int = 10 * KIB, fetch_up_to: int = 10 * KIB) -> None:
    object.__setattr__(self, "ask_above", ask_above)
    object.__setattr__(self, "fetch_up_to", fetch_up_to)


def _without_files(greet: Callable[..., object]) -> Callable[..., object]:
    import msgspec

    def greeted(self: object, this: object) -> object:
        return msgspec.structs.replace(greet(self, this), files=False)  # type: ignore[type-var]

    return greeted


def cut_after_patch() -> Iterator[Act]:
    yield from (Act.PASS,) * 4
    yield from (Act.CUT_BEFORE,) * 40


def shorten(where: Hub | Post, chance: random.Random) -> None:
    """A power failure: the part that was being written is shorter than it was, or its end is nonsense."""
    for part in where.store.files.shelf._folder.rglob("*.part"):
        content = part.read_bytes()
        how = chance.randrange(3)
        if how == 0:
            part.write_bytes(content[: chance.randrange(len(content) + 1)])
        elif how == 1 and content:
            part.write_bytes(content[:-1] + b"\0")


def watch(post: Post, hear: Callable[[httpx2.Request], object]) -> None:
    """Be told of each request before it goes."""
    assert isinstance(post.wire, FlakyWire)
    wire = post.wire._wire
    post.wire._wire = Told(wire._wire if isinstance(wire, Told) else wire, hear)


class Told(httpx2.BaseTransport):
    def __init__(self, wire: httpx2.BaseTransport, hear: Callable[[httpx2.Request], object]) -> None:
        self._wire, self._hear = wire, hear

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self._hear(request)
        return self._wire.handle_request(request)


class Broken(httpx2.BaseTransport):
    """Whatever is asked about files is answered with a number."""

    def __init__(self, wire: httpx2.BaseTransport, status: int) -> None:
        self._wire, self._status = wire, status

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v1/files":
            return httpx2.Response(self._status, content=b"oops")
        return self._wire.handle_request(request)


class OnePieceBetweenCuts(httpx2.BaseTransport):
    """After each piece that passed, the next request is cut, now on the way there, now on the way back."""

    def __init__(self, wire: httpx2.BaseTransport) -> None:
        self._wire = wire
        self._pieces = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v1/files" and request.method != "POST":
            self._pieces += 1
            if self._pieces % 2 == 0:
                if self._pieces % 4 == 0:
                    self._wire.handle_request(request)
                raise httpx2.ReadError("cut")
        return self._wire.handle_request(request)
