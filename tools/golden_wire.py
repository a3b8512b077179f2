"""What a release says on the wire and what its hub keeps, kept for every later one: part of `python -m tools.golden_release`.

Makes in a folder: `hub` (database and keys), `hub_fold.json` (every order as this release folds it), and `wire` with one sample of each question, byte for
byte, its answer, and what both say. It asks nothing of the program that release 0.1.0 had not, so that it also runs in an older tree:
`python tools/golden_wire.py TARGET` there.
"""

from __future__ import annotations

import base64
import contextlib
import sys
import tempfile
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import httpx2
import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from county_hotline.db.beside.reference import Bundle
from county_hotline.domain.receipts import Receipt
from county_hotline.errors import HotlineError
from county_hotline.ids import Life
from county_hotline.sync import protocol
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.protocol import EnrolmentRequest, Limits
from county_hotline.sync.wire import batches, packing, pages
from tests.support import line
from tests.support.ticking_clock import TickingClock

ANSWERS: dict[str, type[msgspec.Struct]] = {
    "/v1/hello": protocol.Hello,
    "/v1/enrolments": protocol.Enrolled,
    "/v1/heads": protocol.Heads,
    "/v1/receipts": Receipt,
    "/v1/reference": protocol.ReferenceBundle,
}
KEY = bytes(range(32))


class Recorder(line.DirectWire):
    """The hub's own answers; the last exchange of each kind is kept."""

    kept: ClassVar[dict[str, dict[str, object]]] = {}
    keys: ClassVar[dict[str, PublicKey]] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        body = b"".join(request.stream)  # type: ignore[arg-type]
        again = httpx2.Request(request.method, request.url, headers=request.headers, content=body)
        response = super().handle_request(again)
        answer = b"".join(response.stream)  # type: ignore[arg-type]
        target = request.url.raw_path.decode()
        asked = {name.lower(): value for name, value in request.headers.items()}
        said = dict(response.headers.items())
        path = urlsplit(target).path
        readable = path == "/v1/enrolments" or asked.get("content-type") == protocol.LINES
        name = f"{request.method.lower()}{path.replace('/', '_')}"
        name += "_refused" if response.status_code >= 400 else ""
        self.kept[name] = {
            "method": request.method,
            "target": target,
            "asked": asked,
            "body": base64.b64encode(body).decode(),
            "status": response.status_code,
            "answered": said,
            "answer": base64.b64encode(answer).decode(),
            "sent": sent(path, unpacked(body, asked), self.keys) if readable else None,
            "said": told(request.method, path, response.status_code, unpacked(answer, said)),
        }
        return httpx2.Response(response.status_code, headers=response.headers, stream=line.Once(answer))


def unpacked(body: bytes, headers: dict[str, str]) -> bytes:
    return packing.unpack(body, headers.get("content-encoding", "identity"), packing.Bounds())


def sent(path: str, body: bytes, keys: dict[str, PublicKey]) -> object:
    """What a request says, as far as this release can read it in one piece."""
    if path == "/v1/enrolments":
        request = protocol.decoded(body, EnrolmentRequest)
        keys["last"] = PublicKey(request.public_key, request.algorithm)
        return builtins(request)
    if path == "/v1/entries" and body:
        station = msgspec.json.decode(body.split(b"\n")[0])["station"]
        return builtins(batches.decode(body, lambda _: keys[station], Limits()).entries)
    return None


def told(method: str, path: str, status: int, body: bytes) -> object:
    """What an answer says."""
    if status >= 400:
        return builtins(protocol.decoded(body, protocol.Problem))
    if path == "/v1/entries":
        return builtins(protocol.decoded(body, Receipt) if method == "POST" else pages.decode(body))
    kind = ANSWERS.get(path)
    return builtins(protocol.decoded(body, kind)) if kind else None


def builtins(value: object) -> object:
    found: object = msgspec.json.decode(msgspec.json.encode(value))
    return found


def make(target: Path) -> None:
    """All of it below `target`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        line.DirectWire = Recorder  # type: ignore[misc]
        hub = line.a_hub(folder / "hub", TickingClock())
        hub.store.reference.take_bundle(msgspec.json.encode(Bundle(3, "370323", "沂源县", "沂源县热线")))
        posts = []
        for place, card in enumerate((line.a_card(), line.CENTRE_CARD, line.AGENCY_CARD)):
            post = line.Post.enrolled(folder / str(place), hub, card, clock=TickingClock())
            Recorder.keys[card.station] = post.pair.public
            posts.append(post)
        live(*posts)
        (target / "wire").mkdir(parents=True)
        for kind, sample in Recorder.kept.items():
            (target / "wire" / f"{kind}.json").write_bytes(msgspec.json.format(msgspec.json.encode(sample), indent=1))
        keep_hub(hub, target)
        for post in posts:
            post.close()
        hub.store.close()


def live(hall: line.Post, centre: line.Post, agency: line.Post) -> None:
    """A whole life and some more, with a refusal and a receipt asked for again."""
    numbers = [hall.accept("𠮷某䶮的路灯"), hall.accept("保密件", confidential=True), hall.accept("第三件")]
    everybody = (hall, centre, agency)
    quiet(*everybody)
    centre.dispatch(numbers[0])
    centre.dispatch(numbers[1])
    quiet(*everybody)
    agency.sign_for(numbers[0])
    agency.reply(numbers[0])
    quiet(*everybody)
    centre.correct(numbers[2], "改后的标题")
    centre.finish(numbers[0])
    hall.accept("最后一件")
    quiet(*everybody)
    hall.transport.receipt(Life("A"), after=1, limit=10)
    hall.transport.reference(after=0)
    agency.transport.pull(after=0, limit=100, life=Life(""))
    with contextlib.suppress(HotlineError):
        hall.transport.receipt(Life("Z"), after=0, limit=10)


def quiet(*posts: line.Post) -> None:
    for _ in range(2):
        for post in posts:
            report = post.sync()
            if report.fault:
                raise SystemExit(f"fault {report.fault}")


def keep_hub(hub: object, target: Path) -> None:
    """The hub under a key of its own, as its folder lies on a disk, and what it folds to."""
    home = target / "hub"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "database.key").write_bytes(KEY)
    (home / "keys" / "hub.ed25519").write_bytes(hub.pair.secret)  # type: ignore[attr-defined]
    store = hub.store  # type: ignore[attr-defined]
    connection = store.database.connection()
    connection.execute(f"ATTACH '{home / 'journal.db'}' AS kept KEY \"x'{KEY.hex()}'\"")
    connection.execute("SELECT sqlcipher_export('kept')")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute(f"PRAGMA kept.user_version = {version}")
    connection.execute("DETACH kept")
    rows = connection.execute("SELECT number FROM work_orders ORDER BY number").fetchall()
    orders = [store.order(number) for (number,) in rows]
    (target / "hub_fold.json").write_bytes(msgspec.json.format(msgspec.json.encode(orders), indent=1))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
