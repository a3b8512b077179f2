"""The hub's endpoints for files: by the real application, and what a stranger, a wrong piece or a full disk comes to."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import httpx2
import pytest

from county_hotline.db.beside.shelf import RESERVE_BYTES
from county_hotline.errors import HotlineError
from county_hotline.hub.app import create_app
from county_hotline.hub.asking import Hub
from county_hotline.hub.parcel_ferry import FerryThread
from county_hotline.hub.serve import HubThread
from county_hotline.paths import Home
from county_hotline.sync.protocol import PIECE_BYTES
from county_hotline.sync.wire import signing
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.attaching import attached, lies_at, noise
from tests.support.line import URL, Post
from tests.support.wires import AsgiWire


def test_files_go_both_ways_through_the_real_server(hall: Post, centre: Post, hub: Hub) -> None:
    number = hall.accept()
    photo = noise(PIECE_BYTES + 3)
    sha256 = attached(hall, number, photo)

    with HubThread(hub) as server:
        reports = []
        for post in (hall, centre):
            post.transport = HttpTransport(server.url, post.pair, post.hub.key, clock=post.clock)
            reports.append(post.sync())
            post.transport.close()

    assert [(each.files_sent, each.files_received, each.files_fault) for each in reports] == [(1, 0, ""), (0, 1, "")]
    assert lies_at(centre.store, sha256) == photo


def test_head_tells_a_persons_tool_how_far_a_file_has_come(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(1000))
    hall.sync()
    asked = signing.Asked("HEAD", f"/v1/files?hash={sha256}")
    signing.sign_request(asked, hall.pair, now_s=hub.clock.now_ms() // 1000)
    wire = AsgiWire(create_app(hub))

    with httpx2.Client(base_url=URL, transport=wire) as client:
        answer = client.request("HEAD", asked.target, headers=asked.headers)

    assert (answer.status_code, answer.content) == (200, b"")
    assert (answer.headers["upload-offset"], answer.headers["upload-length"]) == ("1000", "1000")


@pytest.mark.parametrize(
    ("query", "body", "code"),
    [
        ("&size=1000&offset=1", b"x", "H212"),
        ("&size=1000&offset=0", b"", "H211"),
        ("&size=1000&offset=0", b"x" * 1001, "H211"),
        ("&size=1001&offset=0", b"x", "H210"),
        ("&size=-1&offset=0", b"x", "H205"),
        ("&size=1000&offset=0", b"x" * 1000, "H213"),
    ],
)
def test_a_piece_that_does_not_fit_is_refused_and_changes_nothing(
    query: str, body: bytes, code: str, hall: Post, hub: Hub
) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(1000))
    hall.store.files.shelf.forget(sha256)
    hall.sync()

    with pytest.raises(HotlineError, match=code):
        hall.transport.ask("PATCH", f"/v1/files?hash={sha256}{query}", body=body)

    assert [path for path in hub.store.files.shelf.path(sha256).parent.glob("*") if path.is_file()] == []


def test_a_full_disk_at_the_hub_is_told_and_harms_nothing(hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from county_hotline.db.beside import shelf

    number = hall.accept()
    sha256 = attached(hall, number, noise(1000))
    real = shelf._write

    def full(file: object, piece: bytes) -> None:
        real(file, piece[:10])  # type: ignore[arg-type]
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(shelf, "_write", full)
    report = hall.sync()
    monkeypatch.undo()

    assert (report.fault, report.complete, report.files_fault) == ("", True, "N114")
    assert hub.store.files.shelf.came(sha256, str(hall.store.station().station)) == 0  # type: ignore[union-attr]
    assert hall.sync().files_sent == 1


def test_files_never_take_the_last_of_the_hubs_disk_and_text_goes_on(
    hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(5_000))
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(total=500 << 30, free=1 << 29))

    report = hall.sync()

    assert (report.complete, report.files_fault) == (True, "H215")
    assert hub.store.order(number).accepted is not None
    assert not hub.store.files.shelf.has(sha256)
    monkeypatch.undo()
    hall.sync()
    assert hub.store.files.shelf.has(sha256)


def test_what_nobody_has_taken_of_one_station_fills_no_more_than_its_part_of_the_disk(
    hall: Post, centre: Post, agency: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the others send goes on; and so does the station, as soon as somebody has fetched what it sent."""
    free = RESERVE_BYTES + 3_600

    def usage(folder: Path) -> SimpleNamespace:
        return SimpleNamespace(total=500 << 30, free=free - sum(each.stat().st_size for each in folder.glob("??/*")))

    monkeypatch.setattr("shutil.disk_usage", usage)
    first, second = (attached(hall, hall.accept(), noise(600, seed)) for seed in (1, 2))
    theirs = attached(agency, agency.accept(), noise(600, 3))

    full = hall.sync()
    assert agency.sync().files_sent == 1
    assert (full.complete, full.files_sent, full.files_waiting, full.files_fault) == (True, 1, 1, "H230")
    assert [hub.store.files.shelf.has(each) for each in (first, second)].count(True) == 1
    assert hall.sync().files_fault == "H230"

    centre.sync()
    report = hall.sync()

    assert (report.files_sent, report.files_waiting, report.files_fault) == (1, 0, "")
    assert all(hub.store.files.shelf.has(each) for each in (first, second, theirs))


def test_files_that_were_only_begun_count_whole(hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = SimpleNamespace(total=500 << 30, free=RESERVE_BYTES + 4_000)
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)
    names = [attached(hall, hall.accept(), noise(400, seed)) for seed in (1, 2, 3)]
    for sha256 in names:
        hall.store.files.shelf.forget(sha256)
    hall.sync()

    for sha256 in names[:2]:
        hall.transport.ask("PATCH", f"/v1/files?hash={sha256}&size=400&offset=0", body=b"x")
    with pytest.raises(HotlineError, match="H230"):
        hall.transport.ask("PATCH", f"/v1/files?hash={names[2]}&size=400&offset=0", body=b"x")
    hall.transport.ask("PATCH", f"/v1/files?hash={names[0]}&size=400&offset=1", body=b"y")


def test_a_full_disk_here_stops_fetching_and_harms_nothing(
    hall: Post, centre: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    from county_hotline.db.beside import shelf

    number = hall.accept()
    sha256 = attached(hall, number, noise(1000))
    hall.sync()

    def full(file: object, piece: bytes) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(shelf, "_write", full)
    report = centre.sync()
    monkeypatch.undo()

    assert (report.fault, report.complete, report.files_fault) == ("", True, "S101")
    assert centre.store.order(number).attachments
    assert centre.sync().files_received == 1
    assert lies_at(centre.store, sha256) is not None


def test_a_stranger_gets_nothing(hall: Post, hub: Hub, tmp_path: Path) -> None:
    from county_hotline.hub import endpoints
    from county_hotline.sync import keys

    stranger = keys.keep(tmp_path / "keys", "station")
    for method in ("GET", "PATCH", "POST", "HEAD"):
        asked = signing.Asked(method, f"/v1/files?hash={'0' * 64}", {}, b"x" if method in ("PATCH", "POST") else b"")
        signing.sign_request(asked, stranger, now_s=hub.clock.now_ms() // 1000)
        assert b"A201" in endpoints.answer(hub, asked, "10.0.0.8").body


def test_pieces_that_nobody_goes_on_with_are_swept_after_two_weeks(hall: Post, hub: Hub, tmp_path: Path) -> None:
    number = hall.accept()
    shas = [attached(hall, number, noise(1000)), attached(hall, number, noise(1001)), attached(hall, number, noise(1002))]
    hall.sync()
    shelf = hub.store.files.shelf
    for sha256 in shas[:2]:
        shelf.append("0" * 32 + sha256[32:], 0, b"half", "370323-03")
    now = hub.clock.now_ms() / 1000
    parts = sorted(shelf.path("0" * 64).parent.glob("*.part"))
    os.utime(parts[0], (now - 15 * 86_400, now - 15 * 86_400))
    os.utime(parts[1], (now - 13 * 86_400, now - 13 * 86_400))

    FerryThread(hub, Home(tmp_path / "hub"))._look()

    assert [part.exists() for part in parts] == [False, True]
    assert all(shelf.has(sha256) for sha256 in shas), "whole files are nobody's to sweep"
