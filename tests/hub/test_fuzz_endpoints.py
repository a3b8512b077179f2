"""Hostile requests: whatever the OpenAPI document allows and whatever it does not, from a stranger or under an enrolled key, is answered by
the hub's own signed answer; no traceback, no growth, nothing stored that was not rightly sent."""

from __future__ import annotations

import random
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import schemathesis
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.schemas import APIOperation

from county_hotline.hub import endpoints
from county_hotline.hub.app import create_app
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life
from county_hotline.sync.protocol import Problem
from county_hotline.sync.wire import batches, packing, signing
from tests.support.line import CENTRE_CARD, Post, a_hub
from tests.support.ticking_clock import TickingClock

ANSWERS = frozenset({200, 201, 204, 400, 401, 404, 405, 409, 413, 416, 429})
"""Whatever else (500, 503) would be a fault of ours."""
FUZZ = settings(suppress_health_check=list(HealthCheck), database=None)
HEADERS = ("content-encoding", "hotline-protocol", "accept-encoding", "upload-offset", "content-type", "range")
FORGED = ("content-digest", "signature", "signature-input")


class _Target:
    """One hub with one enrolled post, for all examples of this module."""

    def __init__(self, folder: Path) -> None:
        self.hub = a_hub(folder / "hub", TickingClock())
        self.post = Post.enrolled(folder / "post", self.hub, CENTRE_CARD, clock=TickingClock())
        self.post.accept()
        self.operations = [(operation.method.upper(), operation) for operation in _operations(self.hub)]

    def ask(self, asked: signing.Asked, *, signed: bool) -> tuple[int, bytes]:
        """The answer, which must be the hub's own."""
        if signed:
            signing.sign_request(asked, self.post.pair, now_s=self.hub.clock.now_ms() // 1000)
        answered = endpoints.answer(self.hub, asked, "10.0.0.66")
        assert signing.is_answer_of(answered, self.hub.pair.public)
        body = packing.unpack(answered.body, answered.headers.get("content-encoding", packing.PLAIN), packing.Bounds())
        return answered.status_code, body


def _operations(hub: Hub) -> Iterator[APIOperation]:  # type: ignore[type-arg]
    """What the hub's own OpenAPI document offers."""
    document = create_app(hub).openapi_schema.to_schema()
    for found in schemathesis.openapi.from_dict(dict(document)).get_all_operations():
        yield found.ok()  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Target]:
    made = _Target(tmp_path_factory.mktemp("fuzz"))
    yield made
    made.post.close()
    made.hub.store.close()


def is_well_answered(status: int, body: bytes) -> None:
    assert status in ANSWERS, (status, body[:200])
    assert b"Traceback" not in body
    assert b"county_hotline/" not in body
    if status >= 400 and body:
        problem = msgspec.json.decode(body, type=Problem)
        assert problem.code[0] in "AH"
        assert len(body) < 2_000, "what was sent is not sent back"


@given(data=st.data(), signed=st.booleans(), body=st.binary(max_size=300), junk=st.text(max_size=30))
@FUZZ
def test_whatever_is_asked_at_whatever_path_is_answered_properly(
    target: _Target, data: st.DataObject, signed: bool, body: bytes, junk: str
) -> None:
    method, operation = data.draw(st.sampled_from(target.operations))
    case = data.draw(operation.as_strategy())
    pairs = [*((str(name), str(value)) for name, value in dict(case.query or {}).items()), ("x", junk)]
    query = "&".join(f"{name}={value}" for name, value in pairs if value.isascii() and value.isprintable() and " " not in value)
    headers = {
        name: data.draw(st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=20))
        for name in data.draw(st.sets(st.sampled_from(HEADERS if signed else HEADERS + FORGED)))
    }
    before = target.hub.store.verify().entries
    asked = signing.Asked(method, f"{case.formatted_path}?{query}", headers, body if method != "GET" else b"")

    is_well_answered(*target.ask(asked, signed=signed))
    assert target.hub.store.verify().entries == before


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(
    "wrong",
    [
        "/v1/hello?x=%zz",
        "/v1/hello?a|b",
        "/v1/hello?x=^",
        "//[",
        "/v1/hello#x",
        "",
        "*",
        ":x",
        "http://[",
        "/\\",
        "/v1/hello?\xff",
        "/ ",
    ],
)
def test_what_is_no_target_is_refused_by_a_signed_answer(target: _Target, wrong: str, signed: bool) -> None:
    """Whoever speaks bare HTTP can send what no library would."""
    status, body = target.ask(signing.Asked("GET", wrong), signed=signed)

    assert msgspec.json.decode(body, type=Problem).code == "H204"
    assert status == 404


@given(wrong=st.text(st.characters(codec="latin-1"), max_size=40), signed=st.booleans())
@FUZZ
def test_whatever_stands_where_the_target_should_is_answered_properly(target: _Target, wrong: str, signed: bool) -> None:
    is_well_answered(*target.ask(signing.Asked("GET", wrong), signed=signed))


@given(seed=st.integers(0, 2**32), cuts=st.integers(1, 6))
@FUZZ
def test_a_right_batch_with_bytes_changed_is_refused_or_says_the_very_same(target: _Target, seed: int, cuts: int) -> None:
    entries = target.post.store.unsent(Life("A"), after=0, limit=9)
    body = bytearray(batches.encode(entries, target.post.pair))
    chance = random.Random(seed)
    for _ in range(cuts):
        place = chance.randrange(len(body))
        match chance.randrange(3):
            case 0:
                body[place] ^= 1 << chance.randrange(8)
            case 1:
                del body[place : place + chance.randrange(1, 40)]
            case _:
                body[place:place] = chance.randbytes(chance.randrange(1, 20))
        if not body:
            break
    asked = signing.Asked("POST", "/v1/entries", {"content-encoding": "identity"}, bytes(body))

    status, answer = target.ask(asked, signed=True)

    is_well_answered(status, answer)
    ours = target.post.store.head(CENTRE_CARD.station, Life("A"))
    assert target.hub.store.heads(CENTRE_CARD.station) in ((), (ours,)), (
        "a blank more is no other batch; all else is covered by the seal"
    )


@pytest.mark.parametrize("encoding", ["zstd", "gzip", "zstd of zstd"])
def test_a_bomb_under_an_enrolled_key_costs_neither_memory_nor_an_answer(target: _Target, encoding: str) -> None:
    plain = b"\0" * (256 << 20)
    if encoding == "gzip":
        packer = zlib.compressobj(9, wbits=31)
        packed, name = packer.compress(plain) + packer.flush(), "gzip"
    else:
        packed, name = zstandard.ZstdCompressor(level=19).compress(plain), "zstd"
    if encoding == "zstd of zstd":
        packed = zstandard.ZstdCompressor(level=19).compress(packed)
    del plain
    tracemalloc.start()

    status, body = target.ask(signing.Asked("POST", "/v1/entries", {"content-encoding": name}, packed), signed=True)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    is_well_answered(status, body)
    assert status in (400, 413)
    assert peak < 2 * packing.Bounds().size_bytes, f"{peak >> 20} MiB"
