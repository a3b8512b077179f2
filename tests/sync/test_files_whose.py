"""A file goes to those its order concerns and no others (P9), and goes from every disk when its naming is erased."""

from __future__ import annotations

import pytest

from county_hotline.domain.facts import Corrected, WordsErased
from county_hotline.hub.asking import Hub
from county_hotline.sync.protocol import PIECE_BYTES
from tests.support.attaching import attached, lies_at, noise
from tests.support.flaky import FlakyWire
from tests.support.line import Post
from tests.support.marks import found_in
from tests.sync.test_files import cut_after_patch, everybody, shared

# ---------------------------------------------------------------- whose it is


def test_no_other_station_learns_of_a_file_or_can_put_one_there(hall: Post, agency: Post, hub: Hub) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(1000))
    hall.sync()
    agency.transport.hello()

    assert agency.transport.ask("POST", "/v1/files", body=b'{"hashes":["%s"]}' % sha256.encode()) == b'{"held":{}}'
    for method, body in (("GET", b""), ("PATCH", b"x")):
        with pytest.raises(Exception, match="H210"):
            agency.transport.ask(method, f"/v1/files?hash={sha256}&size=1000&offset=0", body=body)
    with pytest.raises(Exception, match="H210"):
        hall.transport.ask("PATCH", f"/v1/files?hash={'0' * 64}&size=1&offset=0", body=b"x")
    with pytest.raises(Exception, match="H210"):
        hall.transport.ask("PATCH", f"/v1/files?hash={sha256}&size=999&offset=0", body=b"x")


@pytest.mark.parametrize("personal", [True, None, False])
def test_p9_a_confidential_orders_file_that_shows_the_caller_does_not_go_to_the_agency(
    personal: bool | None, hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency, confidential=True)
    content = "身份证 某某某 370323199001011234".encode()
    sha256 = attached(hall, number, content, name="某某某身份证.jpg", personal=personal)
    everybody(hall, centre)
    agency.sync()

    assert lies_at(centre.store, sha256) == content
    if personal is False:
        assert lies_at(agency.store, sha256) == content, "the clerk said that it shows nobody"
        return
    assert lies_at(agency.store, sha256) is None
    with pytest.raises(Exception, match="H210"):
        agency.transport.ask("GET", f"/v1/files?hash={sha256}&offset=0&length=10")
    if personal:
        agency.store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        bodies = agency.store.database.execute_sql("SELECT body FROM words UNION ALL SELECT body FROM persons").fetchall()
        assert not found_in(b"\n".join(row[0] for row in bodies), ["某某某身份证"])


def test_a_file_of_an_order_that_became_confidential_afterwards_is_kept_back_from_then_on(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = shared(hall, centre, agency)
    hall.record(number, Corrected(reason="要求保密", confidential=True))
    sha256 = attached(hall, number, noise(500))
    hall.sync()
    agency.sync()

    assert lies_at(agency.store, sha256) is None


# ---------------------------------------------------------------- erased


def test_an_erased_attachment_goes_from_every_disk_unless_another_order_names_it(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number, other = shared(hall, centre, agency), shared(hall, centre, agency)
    gone = attached(hall, number, noise(700, 1))
    kept = attached(hall, number, noise(700, 2))
    attached(hall, other, noise(700, 2))
    everybody(hall, centre, agency)
    for event in hall.store.view(number).story[-2:]:
        hall.record(number, WordsErased(entry_id=event.entry_id, ground="本人申请"))
    everybody(hall, centre, agency)

    for store in (hall.store, hub.store, centre.store, agency.store):
        assert lies_at(store, gone) is None
        assert lies_at(store, kept) is not None
        assert store.files.state(gone) is None
    with pytest.raises(Exception, match="H210"):
        hall.transport.ask("PATCH", f"/v1/files?hash={gone}&size=700&offset=0", body=b"x")


def test_an_erasure_that_arrives_while_the_file_is_on_its_way_leaves_nothing_of_it(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    sha256 = attached(hall, number, noise(PIECE_BYTES * 2))
    entry = hall.store.view(number).story[-1].entry_id
    assert isinstance(hall.wire, FlakyWire)
    hall.wire.follow(cut_after_patch())
    hall.sync()
    hall.wire.follow(())
    hub.store.files.shelf.append(sha256, 0, b"part", hall.store.station().station)  # type: ignore[union-attr]

    hall.record(number, WordsErased(entry_id=entry, ground="本人申请"))
    hall.sync()

    assert list(hub.store.files.shelf._folder.rglob(f"{sha256}*")) == []
    assert list(hall.store.files.shelf._folder.rglob(f"{sha256}*")) == []
