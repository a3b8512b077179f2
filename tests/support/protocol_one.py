"""Ends of release 0.1: a station and a hub that know the first version of the words and nothing after it.

Their words are written down here once more, as they were in 0.1.0, so that a change of today's types cannot change them.
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import httpx2
import msgspec

from county_hotline.domain.entries import Entry
from county_hotline.hub import endpoints
from county_hotline.hub.asking import Hub
from county_hotline.hub.stations import make_code
from county_hotline.sync import keys, protocol
from county_hotline.sync.protocol import chain_statement
from county_hotline.sync.wire import lines, packing, signing
from county_hotline.sync.wire.signing import Answered, Asked
from tests.support.line import Once, a_card

PATHS = {
    ("GET", "/v1/hello"),
    ("POST", "/v1/enrolments"),
    ("GET", "/v1/heads"),
    ("POST", "/v1/entries"),
    ("GET", "/v1/receipts"),
    ("GET", "/v1/entries"),
    ("GET", "/v1/reference"),
}
HELLO = (
    "protocol", "hub_id", "algorithm", "public_key", "epoch", "now", "oldest", "newest", "program", "encodings", "limits", "reference",
)  # fmt: skip


class HelloOne(msgspec.Struct):
    """As 0.1.0 reads it: plain, never packed."""

    protocol: str
    hub_id: str
    algorithm: str
    public_key: bytes
    epoch: str
    now: int
    oldest: int
    newest: int
    program: str
    encodings: tuple[str, ...]
    reference: int = 0


class RunOne(msgspec.Struct, array_like=True):
    """As 0.1.0 reads it."""

    first: int
    last: int
    hub_seq: int


class ReceiptOne(msgspec.Struct):
    """As 0.1.0 reads it."""

    station: str
    life: str
    last_serial: int
    last_hash: bytes
    runs: tuple[RunOne, ...]
    received_at: int
    held: tuple[tuple[str, str], ...] = ()


class StationOne:
    """A station of 0.1.0 at today's hub."""

    def __init__(self, hub: Hub, station: str = "03") -> None:
        self._hub = hub
        self.pair = keys.make()
        self.card = a_card(station)
        self._now_s = 0

    def ask(self, method: str, target: str, body: bytes = b"", media_type: str = "") -> Answered:
        headers = {"hotline-protocol": "1", "accept-encoding": "zstd, gzip"}
        if media_type:
            headers["content-type"] = media_type
        asked = Asked(method, target, headers, body)
        if "hello" not in target:
            signing.sign_request(asked, self.pair, now_s=self._now_s)
        answered = endpoints.answer(self._hub, asked, "10.0.0.7")
        assert signing.is_answer_of(answered, self._hub.pair.public)
        return answered

    def hello(self) -> HelloOne:
        answered = self.ask("GET", "/v1/hello?nonce=x")
        assert "content-encoding" not in answered.headers
        found = msgspec.json.decode(answered.body, type=HelloOne)
        assert found.oldest <= 1 <= found.newest
        self._now_s = found.now // 1000
        return found

    def enrol(self) -> None:
        code = make_code(self._hub.storage, self.card, now_ms=self._hub.clock.now_ms())
        request: dict[str, object] = {
            "code": code,
            "algorithm": "ed25519",
            "public_key": self.pair.public.raw,
            "program": "0.1.0",
        }
        request |= {"hub_id": self._hub.pair.key_id, "station": None}
        answered = self.ask("POST", "/v1/enrolments", msgspec.json.encode(request), "application/json")
        assert answered.status_code == 200, answered.body

    def push(self, entries: list[Entry]) -> ReceiptOne:
        first, last = entries[0], entries[-1]
        head = {"v": 1, "station": first.station, "life": first.life, "first": first.serial, "count": len(entries)}
        context = lines.Context()
        rows: list[object] = [{**head, "prev": first.prev_hash}, *(lines.line_of(entry, context) for entry in entries)]
        statement = chain_statement(last.station, last.life, last.serial, last.hash)
        seal = {"serial": last.serial, "hash": last.hash, "algorithm": "ed25519", "key": self.pair.key_id}
        rows.append({**seal, "signature": self.pair.sign(statement)})
        body = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
        answered = self.ask("POST", "/v1/entries", body, "application/x-ndjson")
        return msgspec.json.decode(self.body_of(answered), type=ReceiptOne)

    def page(self, after: int = 0) -> tuple[dict[str, object], int]:
        """The head of a page and how many lines follow; 0.1.0 refuses another version of it."""
        rows = self.body_of(self.ask("GET", f"/v1/entries?after={after}&limit=100&life=A")).splitlines()
        head: dict[str, object] = json.loads(rows[0])
        assert head["v"] == 1
        return head, len(rows) - 1

    def body_of(self, answered: Answered) -> bytes:
        assert answered.status_code == 200, answered.body
        return packing.unpack(answered.body, answered.headers.get("content-encoding", "identity"), packing.Bounds())


class WireOfOne(httpx2.BaseTransport):
    """A hub of 0.1.0 as today's station meets it: today's answers without what 0.1.0 did not know."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.asked: list[str] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        target = request.url.raw_path.decode()
        asked = Asked(request.method, target, headers, b"".join(request.stream))  # type: ignore[arg-type]
        path = urlsplit(target).path
        self.asked.append(path)
        answered = endpoints.answer(self._hub, asked, "10.0.0.7")
        if (asked.method, path) not in PATHS:
            answered = self._refused(asked, "H204", 404)
        elif "signature" in headers and headers.get("hotline-protocol") != "1":
            answered = self._refused(asked, "A105", 409)
        elif path == "/v1/hello":
            answered = self._hello(asked, answered)
        return httpx2.Response(answered.status_code, headers=answered.headers, stream=Once(answered.body))

    def _hello(self, asked: Asked, answered: Answered) -> Answered:
        said = json.loads(answered.body)
        body = {name: said[name] for name in HELLO} | {"oldest": 1, "newest": 1, "program": "0.1.0"}
        return self._signed(asked, 200, json.dumps(body).encode())

    def _refused(self, asked: Asked, code: str, status: int) -> Answered:
        return self._signed(asked, status, protocol.encoded(protocol.Problem(code)))

    def _signed(self, asked: Asked, status: int, body: bytes) -> Answered:
        answered = Answered(status, {"content-type": "application/json"}, body, asked)
        signing.sign_answer(answered, self._hub.pair, now_s=self._hub.clock.now_ms() // 1000)
        return answered
