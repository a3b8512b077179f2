"""To know a file's hash is no right to the file: who names it has to have had it."""

from __future__ import annotations

import hashlib
import io

import pytest

from county_hotline.domain.facts import AttachmentAdded, WordsErased
from county_hotline.hub.asking import Hub
from county_hotline.ids import Number
from county_hotline.sync.parcel import bounded_zip, pieces
from county_hotline.sync.parcel.bounded_zip import Bounds
from county_hotline.sync.parcel.contents import FILES
from tests.support.attaching import attached, lies_at, noise
from tests.support.line import OFFICER, Post
from tests.sync.test_files import everybody, shared

PHOTO = noise(1000)


def named(post: Post, number: Number, content: bytes) -> None:
    """As if it were attached here; nothing of it is."""
    fact = AttachmentAdded(
        name="附件.jpg",
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        media_type="image/jpeg",
        personal=False,
    )
    post.store.record(number, lambda order: (fact, None), officer=OFFICER)


def asked_for(post: Post, sha256: str) -> bytes:
    return post.transport.ask("GET", f"/v1/files?hash={sha256}&offset=0&length=1000")


def test_p9_who_only_read_a_files_hash_does_not_get_it_by_naming_it_in_an_order_of_its_own(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency, confidential=True)
    sha256 = attached(hall, number, PHOTO, name="某某某.jpg", personal=True)
    everybody(hall, centre, agency)
    named(agency, agency.accept(), PHOTO)
    agency.sync()

    with pytest.raises(Exception, match="H210"):
        asked_for(agency, sha256)
    assert lies_at(agency.store, sha256) is None
    held = agency.transport.ask("POST", "/v1/files", body=b'{"hashes":["%s"]}' % sha256.encode())
    assert held == b'{"held":{"%s":0}}' % sha256.encode(), "nor is it told that the hub has it"


def test_p9_nor_after_the_one_who_had_it_has_erased_it(hall: Post, centre: Post, agency: Post, hub: Hub) -> None:
    number = shared(hall, centre, agency, confidential=True)
    sha256 = attached(hall, number, PHOTO, name="某某某.jpg", personal=True)
    everybody(hall, centre, agency)
    named(agency, agency.accept(), PHOTO)
    agency.sync()
    hall.record(number, WordsErased(entry_id=hall.store.view(number).story[-1].entry_id, ground="本人申请"))
    hall.sync()

    with pytest.raises(Exception, match="H210"):
        asked_for(agency, sha256)


def test_who_has_the_very_same_file_shows_it_by_sending_it_and_its_readers_get_it(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency, confidential=True)
    sha256 = attached(hall, number, PHOTO, personal=True)
    everybody(hall, centre, agency)
    own = agency.accept()
    attached(agency, own, PHOTO)

    report = agency.sync()

    assert (report.files_sent, report.files_fault) == (1, "")
    assert asked_for(agency, sha256) == PHOTO
    assert lies_at(hub.store, sha256) == PHOTO
    assert list(hub.store.files.shelf.path(sha256).parent.glob("*.part")) == []


def test_what_is_sent_to_show_that_one_has_a_file_must_be_that_file(hall: Post, centre: Post, agency: Post, hub: Hub) -> None:
    number = shared(hall, centre, agency, confidential=True)
    sha256 = attached(hall, number, PHOTO, personal=True)
    everybody(hall, centre, agency)
    named(agency, agency.accept(), PHOTO)
    agency.sync()

    with pytest.raises(Exception, match="H213"):
        agency.transport.ask("PATCH", f"/v1/files?hash={sha256}&size=1000&offset=0", body=noise(1000, 7))
    with pytest.raises(Exception, match="H210"):
        asked_for(agency, sha256)
    assert lies_at(hub.store, sha256) == PHOTO


def erase_last(post: Post, number: Number) -> None:
    post.record(number, WordsErased(entry_id=post.store.view(number).story[-1].entry_id, ground="本人申请"))


def test_an_erased_file_goes_though_somebody_named_it_who_never_had_it(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency, confidential=True)
    sha256 = attached(hall, number, PHOTO, name="某某某.jpg", personal=True)
    everybody(hall, centre, agency)
    named(agency, agency.accept(), PHOTO)
    agency.sync()

    erase_last(hall, number)
    hall.sync()

    assert lies_at(hub.store, sha256) is None
    assert hub.store.files.wipe(), "and nobody waits for it any more"


def test_an_erased_file_stays_for_an_order_to_which_somebody_put_it_who_was_given_it(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency)
    sha256 = attached(hall, number, PHOTO)
    everybody(hall, centre, agency)
    assert lies_at(agency.store, sha256) == PHOTO
    attached(agency, agency.accept(), PHOTO)
    agency.sync()

    erase_last(hall, number)
    everybody(hall, centre, agency)

    assert lies_at(hub.store, sha256) == PHOTO
    assert lies_at(centre.store, sha256) == PHOTO


def test_a_parcel_tells_nobody_that_a_file_is_here_who_only_knows_its_hash(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency, confidential=True)
    sha256 = attached(hall, number, PHOTO, personal=True)
    everybody(hall, centre, agency)
    named(agency, agency.accept(), PHOTO)
    agency.sync()
    card = agency.store.station()
    assert card is not None

    def told(*pieces_of_it: bytes) -> dict[str, int]:
        members = {f"{FILES}{sha256}-{at * 500}-1000": body for at, body in enumerate(pieces_of_it)}
        file = io.BytesIO()
        bounded_zip.written(members, file, packed=False)
        with bounded_zip.opened(file, Bounds(members=9, member_bytes=5_000, total_bytes=9_000)) as inside:
            return pieces.take_at_hub(hub.store, card, inside, (sha256,))

    assert told() == {sha256: 0}
    assert told(noise(500, 9)) == {sha256: 500}
    hub.store.files.shelf.sweep(float("inf"))
    assert told(PHOTO[:500], PHOTO[500:]) == {sha256: 1000}, "who sends the very file has shown that it had it"
    assert asked_for(agency, sha256) == PHOTO
