"""I9 and P8 on the wire: what any release said is understood today, byte for byte as it was said; its hub's file opens and goes on."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from county_hotline.db.keys import database_key
from county_hotline.db.store import Store
from county_hotline.domain.receipts import Receipt
from county_hotline.hub.asking import Hub
from county_hotline.hub.storage import Storage
from county_hotline.sync import keys, protocol
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.protocol import EnrolmentRequest, Limits
from county_hotline.sync.wire import batches, packing, pages, signing
from county_hotline.sync.wire.signing import Answered, Asked
from tests.db.test_i9_files_of_every_release_open import as_then
from tests.support.line import Post, a_card
from tests.support.source import ROOT
from tests.support.ticking_clock import TickingClock

GOLDEN = ROOT / "tests" / "golden"
SAMPLES = sorted(GOLDEN.glob("v*/wire/*.json"))
HUBS = sorted(GOLDEN.glob("v*/hub"))
EVERY = {"get_v1_hello", "post_v1_enrolments", "post_v1_entries", "get_v1_entries", "get_v1_receipts", "get_v1_reference"}
WORDS: dict[str, Any] = {
    "get_v1_hello": protocol.Hello,
    "post_v1_enrolments": protocol.Enrolled,
    "get_v1_heads": protocol.Heads,
    "post_v1_entries": Receipt,
    "get_v1_receipts": Receipt,
    "get_v1_receipts_refused": protocol.Problem,
    "get_v1_reference": protocol.ReferenceBundle,
}


def of_every_release(stem: str = "") -> pytest.MarkDecorator:
    """The samples, or those of one question, of all releases."""
    chosen = [path for path in SAMPLES if stem in ("", path.stem)]
    return pytest.mark.parametrize("path", chosen, ids=[f"{path.parents[1].name}-{path.stem}" for path in chosen])


@pytest.fixture
def sample(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    return found


def as_said(now: object, then: object) -> object:
    """As far as that release knew of it: a run may have more numbers by now."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {name: as_said(now.get(name), value) for name, value in then.items()}
    if isinstance(now, list) and isinstance(then, list):
        if then and all(isinstance(each, int) for each in then):
            return now[: len(then)]
        return [as_said(*pair) for pair in zip(now, then, strict=True)] if len(now) == len(then) else now
    return now


def asked(sample: dict[str, Any]) -> Asked:
    return Asked(sample["method"], sample["target"], dict(sample["asked"]), base64.b64decode(sample["body"]))


def unpacked(body: str, headers: dict[str, str]) -> bytes:
    return packing.unpack(base64.b64decode(body), headers.get("content-encoding", "identity"), packing.Bounds())


def builtins(value: object) -> object:
    found: object = msgspec.json.decode(msgspec.json.encode(value))
    return found


def test_the_first_release_left_samples_of_its_words() -> None:
    assert {path.stem for path in SAMPLES if path.parents[1].name == "v0.1.0"} >= EVERY


@of_every_release()
def test_every_answer_is_signed_by_its_hub_and_says_what_it_said(path: Path, sample: dict[str, Any]) -> None:
    hello: dict[str, Any] = msgspec.json.decode((path.parent / "get_v1_hello.json").read_bytes())
    hub = PublicKey(base64.b64decode(hello["said"]["public_key"]), hello["said"]["algorithm"])
    answered = Answered(sample["status"], dict(sample["answered"]), base64.b64decode(sample["answer"]), asked(sample))
    body = unpacked(sample["answer"], sample["answered"])

    assert signing.is_answer_of(answered, hub)
    if path.stem == "get_v1_entries":
        assert as_said(builtins(pages.decode(body)), sample["said"]) == sample["said"]
    elif path.stem in WORDS:
        assert as_said(builtins(protocol.decoded(body, WORDS[path.stem])), sample["said"]) == sample["said"]


@of_every_release("post_v1_entries")
def test_every_batch_is_read_as_it_was_meant(path: Path, sample: dict[str, Any], tmp_path: Path) -> None:
    body = unpacked(sample["body"], sample["asked"])
    station = msgspec.json.decode(body.split(b"\n")[0])["station"]
    key = _signer_of(path, station, tmp_path)

    batch = batches.decode(body, lambda _: key, Limits())

    assert as_said(builtins(batch.entries), sample["sent"]) == sample["sent"]


def _signer_of(path: Path, station: str, folder: Path) -> PublicKey:
    """The hub of the same release has every station's key."""
    home = path.parents[1] / "hub"
    copy = Path(shutil.copytree(home, folder / "hub"))
    store = Store.open(copy / "journal.db", database_key(copy / "keys"), clock=TickingClock())
    found = Storage(store).station(station)  # type: ignore[arg-type]
    store.close()
    assert found is not None
    return found.key


@of_every_release("post_v1_enrolments")
def test_every_enrolment_is_read_as_it_was_meant(path: Path, sample: dict[str, Any]) -> None:
    request = protocol.decoded(unpacked(sample["body"], sample["asked"]), EnrolmentRequest)
    question = asked(sample)
    created = int(question.headers["signature-input"].split("created=")[1].split(";")[0])

    signing.verify_request(question, PublicKey(request.public_key, request.algorithm), now_s=created)

    assert as_said(builtins(request), sample["sent"]) == sample["sent"]


@pytest.fixture(params=HUBS, ids=[path.parent.name for path in HUBS])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Hub, Path]]:
    """A hub as one release left it, opened with today's code."""
    folder = tmp_path / "hub"
    shutil.copytree(request.param, folder)
    clock = TickingClock()
    store = Store.open(folder / "journal.db", database_key(folder / "keys"), clock=clock)
    yield Hub(store=store, storage=Storage(store), pair=keys.keep(folder / "keys", "hub"), clock=clock), request.param.parent
    store.close()


def test_a_hub_of_every_release_opens_and_folds_to_what_it_folded_to(home: tuple[Hub, Path]) -> None:
    hub, release = home
    expected: list[dict[str, object]] = msgspec.json.decode((release / "hub_fold.json").read_bytes())
    rows = hub.store.database.execute_sql("SELECT number FROM work_orders ORDER BY number").fetchall()

    found = builtins([hub.store.order(number) for (number,) in rows])

    assert as_then(found, expected) == expected
    assert hub.store.verify().sound
    assert len(hub.storage.stations()) == 3


def test_a_hub_of_every_release_goes_on(home: tuple[Hub, Path], tmp_path: Path) -> None:
    hub, _ = home
    epoch = hub.store.epoch()
    post = Post.enrolled(tmp_path / "post", hub, a_card("04"), clock=TickingClock())

    number = post.accept()
    report = post.sync()

    assert (report.fault, report.complete) == ("", True)
    assert hub.store.order(number).entries == 1
    assert hub.store.epoch() == epoch
    assert hub.store.verify().sound
    post.close()
