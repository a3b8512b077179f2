"""To know a file's hash is no right to the file: who names it has to have had it."""

from __future__ import annotations

import hashlib

import pytest

from county_hotline.domain.facts import AttachmentAdded, WordsErased
from county_hotline.hub.asking import Hub
from county_hotline.ids import Number
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
