"""Who is not who he says gets nothing, and his bytes are not unpacked."""

from __future__ import annotations

import msgspec
import pytest

from county_hotline.errors import HotlineError
from county_hotline.hub import endpoints
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life
from county_hotline.sync import keys, protocol
from county_hotline.sync.protocol import Problem
from county_hotline.sync.wire import batches, packing, signing
from tests.support.line import Post

A = Life("A")


def ask(hub: Hub, asked: signing.Asked) -> tuple[int, str]:
    answered = endpoints.answer(hub, asked, "10.0.0.9")
    body = packing.unpack(answered.body, answered.headers.get("content-encoding", "identity"), packing.Bounds())
    code = msgspec.json.decode(body, type=Problem).code if answered.status_code >= 400 else ""
    return answered.status_code, code


def a_push(hall: Post, hub: Hub, **changes: int) -> signing.Asked:
    hall.accept()
    body = batches.encode(hall.store.unsent(A, after=0, limit=9), hall.pair)
    asked = signing.Asked("POST", "/v1/entries", {"content-encoding": "identity"}, body)
    signing.sign_request(asked, hall.pair, now_s=hub.clock.now_ms() // 1000 + changes.get("off_s", 0))
    return asked


def test_a_request_as_it_should_be_is_taken(hall: Post, hub: Hub) -> None:
    assert ask(hub, a_push(hall, hub)) == (200, "")


def test_an_unsigned_request_is_a_strangers(hall: Post, hub: Hub) -> None:
    asked = a_push(hall, hub)
    asked.headers = {"content-encoding": "identity"}

    assert ask(hub, asked) == (401, "A201")
    assert hub.store.verify().entries == 0


def test_a_request_signed_by_an_unknown_key_is_a_strangers(hall: Post, hub: Hub) -> None:
    hall.pair = keys.make()

    assert ask(hub, a_push(hall, hub)) == (401, "A201")


def test_a_known_name_under_another_keys_signature_is_a_forgery(hall: Post, hub: Hub) -> None:
    asked = a_push(hall, hub)
    forger = keys.make()
    signing.sign_request(bare := signing.Asked("POST", "/v1/entries", {}, asked.body), forger, now_s=0)
    asked.headers["signature"] = bare.headers["signature"]

    assert ask(hub, asked) == (401, "A202")
    assert hub.store.verify().entries == 0


@pytest.mark.parametrize("change", ["body", "target", "method"])
def test_a_signature_carried_over_to_another_request_is_refused(change: str, hall: Post, hub: Hub) -> None:
    asked = a_push(hall, hub)
    if change == "body":
        asked.body = asked.body.replace(b"-261121-", b"-261122-")
    elif change == "target":
        asked.target = "/v1/entries?after=0"
    else:
        asked.method = "GET"

    assert ask(hub, asked)[1] == "A202"
    assert hub.store.verify().entries == 0


def test_a_digest_that_was_mended_for_another_body_is_refused(hall: Post, hub: Hub) -> None:
    asked = a_push(hall, hub)
    other = signing.Asked("POST", "/v1/entries", {}, b"other")
    signing.sign_request(other, keys.make(), now_s=0)
    asked.body, asked.headers["content-digest"] = b"other", other.headers["content-digest"]

    assert ask(hub, asked) == (401, "A202")


@pytest.mark.parametrize(
    ("off_s", "answer"), [(0, (200, "")), (299, (200, "")), (-299, (200, "")), (301, (401, "A203")), (-301, (401, "A203"))]
)
def test_a_request_is_good_for_five_minutes_around_its_making(
    off_s: int, answer: tuple[int, str], hall: Post, hub: Hub
) -> None:
    assert ask(hub, a_push(hall, hub, off_s=off_s)) == answer


def test_a_strangers_bomb_is_never_unpacked(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bytes:
        raise AssertionError("unpacked for a stranger")

    bomb = packing.pack(bytes(50_000_000), "zstd")
    monkeypatch.setattr(packing, "unpack", never)

    for path in ("/v1/entries", "/v1/enrolments"):
        asked = signing.Asked("POST", path, {"content-encoding": "zstd"}, bomb)
        answered = endpoints.answer(hub, asked, "10.0.0.9")
        assert answered.status_code in (400, 401)


def test_a_friends_bomb_goes_off_within_bounds(hall: Post, hub: Hub) -> None:
    asked = signing.Asked("POST", "/v1/entries", {"content-encoding": "zstd"}, packing.pack(bytes(200_000_000), "zstd"))
    signing.sign_request(asked, hall.pair, now_s=hub.clock.now_ms() // 1000)

    assert ask(hub, asked) == (413, "H203")


@pytest.mark.parametrize("target", ["/v1/nowhere", "/", "/v1/entries/", "/v2/hello"])
def test_an_unknown_path_is_told_as_such(target: str, hub: Hub) -> None:
    assert ask(hub, signing.Asked("GET", target)) == (404, "H204")


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=1e9", "after=1" + "0" * 30])
def test_a_parameter_that_is_no_number_is_told_as_such(query: str, hall: Post, hub: Hub) -> None:
    asked = signing.Asked("GET", f"/v1/entries?{query}")
    signing.sign_request(asked, hall.pair, now_s=hub.clock.now_ms() // 1000)

    assert ask(hub, asked) == (400, "H205")


def test_a_version_the_hub_does_not_speak_is_told_as_such(hall: Post, hub: Hub) -> None:
    asked = signing.Asked("GET", "/v1/heads", {protocol.VERSION_FIELD: "99"})
    signing.sign_request(asked, hall.pair, now_s=hub.clock.now_ms() // 1000)

    assert ask(hub, asked)[1] == "A105"


def test_a_bug_is_told_as_trouble_of_the_hubs_own(hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(hub.store, "receive", bug)

    assert ask(hub, a_push(hall, hub)) == (500, "E000")


def test_an_old_answer_is_no_answer_to_a_new_question(hall: Post, hub: Hub) -> None:
    first = signing.Asked("GET", "/v1/heads")
    signing.sign_request(first, hall.pair, now_s=hub.clock.now_ms() // 1000)
    old = endpoints.answer(hub, first, "")
    second = signing.Asked("GET", "/v1/heads")
    signing.sign_request(second, hall.pair, now_s=hub.clock.now_ms() // 1000 + 1)

    fits = signing.is_answer_of(old, hub.pair.public)
    old.request = second

    assert fits
    assert not signing.is_answer_of(old, hub.pair.public)


@pytest.mark.parametrize(
    ("oldest", "newest", "fits"), [(1, 1, True), (1, 9, True), (0, 1, True), (2, 9, True), (3, 9, False), (0, 0, False)]
)
def test_versions_fit_where_their_windows_meet(oldest: int, newest: int, fits: bool) -> None:
    try:
        protocol.agreed_version(oldest, newest)
        met = True
    except HotlineError:
        met = False

    assert met is fits


def test_more_bytes_than_a_batch_may_have_are_refused_unopened(hall: Post, hub: Hub) -> None:
    hub.limits = protocol.Limits(batch_bytes=100)

    assert ask(hub, a_push(hall, hub)) == (413, "H203")


def test_a_strangers_enrolment_is_short(hub: Hub) -> None:
    assert ask(hub, signing.Asked("POST", "/v1/enrolments", {}, bytes(20_000))) == (413, "H203")


def test_receipts_of_a_life_the_hub_never_saw_are_not_there(hall: Post, hub: Hub) -> None:
    asked = signing.Asked("GET", "/v1/receipts?life=Q&after=0&limit=5")
    signing.sign_request(asked, hall.pair, now_s=hub.clock.now_ms() // 1000)

    assert ask(hub, asked) == (404, "H204")
