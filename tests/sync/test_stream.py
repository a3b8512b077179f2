"""Frames and streams as such: what is sent comes back, torn at any byte, changed in any byte, and within bounds."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from importlib import resources

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.entries import GENESIS, Entry, Words, seal
from county_hotline.errors import HotlineError, HubRejected
from county_hotline.sync import protocol
from county_hotline.sync.protocol import Limits
from county_hotline.sync.wire import frames, streams, unframing
from county_hotline.sync.wire.frames import Context, FrameHead
from county_hotline.sync.wire.streams import Unpacker
from tests.support.line import Post
from tests.support.streams import A, Made, in_bytes, made_of
from tests.sync.test_batches import LIMITS, PAIR, chains
from tools import vocabulary

VOCABULARY_1 = "5de3bb4152bb328181c5dfb05c3f1f71a63ba1e53a51bc1029da7e41c644a05f"
"""SHA-256 of a dictionary that is out: both ends must have the same bytes for ever."""


def read(made: Made, body: bytes, *, piece: int = 7, version: int = 1, limits: Limits = LIMITS) -> list[Entry]:
    """The entries of the whole, truly sealed frames of `body`, in order, up to the first that is not."""
    first = made.entries[0]
    before = Context(first.station, first.life, first.serial - 1, first.prev_hash)
    unpacker = Unpacker(version, PAIR.public, limits)
    found: list[Entry] = []
    for part in in_bytes(body, piece):
        for sealed in unpacker.feed(part):
            entries, signature = unframing.decode(sealed, before, limits)
            last = entries[-1]
            statement = protocol.chain_statement(last.station, last.life, last.serial, last.hash)
            if not PAIR.public.has_signed(statement, signature):
                raise HubRejected("A301")
            found += entries
    return found


@pytest.fixture(scope="module")
def made() -> Made:
    """Ten entries in four frames."""
    return made_of(a_chain(10), PAIR)


def a_chain(count: int, **given: object) -> list[Entry]:
    """Acceptances and what follows them, with words of every state."""
    chance = random.Random(3)
    entries: list[Entry] = []
    for serial in range(1, count + 1):
        fields: dict[str, object] = {
            "entry_id": f"01a20109-6fe4-71b1-a2f8-{serial:012x}",
            "work_order": f"370323-03A-261121-{serial:04d}K",
            "station": "370323-03",
            "life": "A",
            "serial": serial,
            "basis": None if serial % 3 else "01a20109-6fe4-71b1-a2f8-726cc5976090",
            "officer": f"0301 受理员{serial % 2}",
            "recorded_at": 1_795_223_520_000 - serial * 1_000,
            "clock_note": "skew=5" if serial == 4 else "",
            "kind": "work_order.accepted" if serial % 2 else "work_order.note_added",
            "version": 1 + serial % 2,
            "prev_hash": entries[-1].hash if entries else GENESIS,
            "words": Words(chance.randbytes(16), f'{{"text":"路灯不亮{serial}"}}'.encode()),
            "person": Words(chance.randbytes(16), b'{"name":"x"}') if serial % 2 else None,
        }
        entries.append(seal(**{**fields, **given}))  # type: ignore[arg-type]
    return entries


@given(entries=chains(), size=st.integers(1, 5), piece=st.integers(1, 400), version=st.sampled_from(streams.VOCABULARIES))
def test_a_stream_comes_back_as_it_went(entries: tuple[Entry, ...], size: int, piece: int, version: int) -> None:
    made = made_of(entries, PAIR, size=size, version=version)

    assert read(made, made.body, piece=piece, version=version) == list(entries)


@pytest.mark.parametrize(
    ("words", "person"),
    [
        (Words(b"", b""), None),
        (Words(bytes(16), b"\n\n"), Words(bytes(16), b"")),
        (Words(bytes(3), b"a\nb"), Words(bytes(20), b"\xff")),
        (None, None),
    ],
)
def test_words_of_any_bytes_and_salts_of_any_length_travel(words: Words | None, person: Words | None) -> None:
    entries = a_chain(4, words=words, person=person)
    made = made_of(entries, PAIR)

    assert read(made, made.body) == entries


def test_words_that_are_erased_travel_as_their_hash() -> None:
    entries = [msgspec.structs.replace(entry, words=None, person=None) for entry in a_chain(5)]
    made = made_of(entries, PAIR)

    assert read(made, made.body) == entries


def test_a_stream_torn_at_any_byte_keeps_its_whole_frames_and_nothing_else(made: Made) -> None:
    for cut in range(len(made.body) + 1):
        kept = read(made, made.body[:cut])

        assert kept == list(made.entries[: made.whole_before(cut)]), f"cut before byte {cut}"


def test_no_changed_byte_is_believed(made: Made) -> None:
    for place in range(len(made.body)):
        changed = bytearray(made.body)
        changed[place] ^= 0x21
        try:
            found = read(made, bytes(changed), piece=4_096)
        except HotlineError:
            continue
        assert found == list(made.entries[: len(found)]), f"byte {place}"


def packed(plain: bytes, window_log: int = streams.WINDOW_LOG) -> bytes:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, write_content_size=0, window_log=window_log)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return packer.compress(plain) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


def refusal(body: bytes, limits: Limits = LIMITS, piece: int = 65_536) -> str:
    with pytest.raises(HubRejected) as met:
        _read_all(body, limits, piece)
    return met.value.code


def _read_all(body: bytes, limits: Limits, piece: int) -> None:
    unpacker = Unpacker(0, PAIR.public, limits)
    for part in in_bytes(body, piece):
        for sealed in unpacker.feed(part):
            unframing.decode(sealed, Context(*WHOSE), limits)


WHOSE = (a_chain(1)[0].station, A)


def a_head(**given: object) -> bytes:
    return msgspec.json.encode({"n": 1, "t": [0], **given}) + b"\n"


@pytest.mark.parametrize("piece", [100, 65_536])
def test_a_bomb_goes_off_within_bounds(piece: int) -> None:
    assert refusal(packed(bytes(200 << 20)), piece=piece) == "H203"
    assert refusal(packed(a_head(w=4 << 20) + bytes(200 << 20)), piece=piece) == "H203"


def test_a_stream_of_small_frames_that_packs_like_a_bomb_is_refused() -> None:
    frame = a_head(w=100_001, s="b") + b"a" * 100_000 + b"\n" + bytes(16 + 64)

    assert refusal(packed(frame * 300)) == "H203"


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"{" * 200_000, "H202"),
        (b"<html>\n", "H202"),
        (a_head(n=0, t=[]), "H202"),
        (a_head(n=2), "H202"),
        (a_head(w=-1), "H202"),
        (a_head(s="z"), "H202"),
        (a_head(s=""), "H202"),
        (a_head(w=5 << 20), "H203"),
        (a_head(z=[5 << 20]), "H203"),
        (a_head(n=501, t=[0] * 501), "H203"),
    ],
)
def test_a_head_that_makes_no_sense_or_wants_too_much_is_refused_before_more_is_waited_for(head: bytes, code: str) -> None:
    assert refusal(packed(head)) == code


@pytest.mark.parametrize(
    "given",
    [{"s": "a"}, {"s": "b", "m": [None]}, {"s": "b", "i": ["x", "y"]}, {"s": "b", "g": ["md5"]}, {"s": "b", "e": [1, 1]}],
    ids=["no person", "no number before", "too many ids", "unknown hash", "too many words"],
)
def test_a_frame_that_makes_no_sense_is_refused(given: dict[str, object]) -> None:
    assert refusal(packed(a_head(w=3, **given) + b"{}\n" + bytes(200))) == "H202"


def test_a_window_larger_than_agreed_is_refused() -> None:
    assert refusal(packed(bytes(1_000), window_log=24)) == "H202"


def test_one_entry_larger_than_the_limit_is_named() -> None:
    big = a_chain(1, words=Words(bytes(16), b"x" * 5_000))

    assert refusal(made_of(big, PAIR, version=0).body, Limits(line_bytes=4_000)) == "H201"


def test_what_the_receiver_can_compute_is_not_sent(hall: Post) -> None:
    for _ in range(30):
        hall.accept()
    entries = hall.store.unsent(A, after=0, limit=30)
    before = Context(entries[0].station, A)

    frames.encode(entries[:10], PAIR, before)
    second = frames.encode(entries[10:20], PAIR, before)

    head = msgspec.json.decode(second.text.split(b"\n")[0], type=FrameHead)
    assert head == FrameHead(n=10, t=head.t, w=head.w, p=head.p)
    assert len(second.random) == 10 * 2 * 16 + 64


@pytest.mark.parametrize(("count", "most"), [(10, 30), (200, 12)])
def test_beside_words_and_salts_an_order_costs_few_bytes(count: int, most: int, hall: Post) -> None:
    """What is counted is what the frames add to the words alone, packed alike, with their salts and seals."""
    chance = random.Random(1)
    for _ in range(count):
        hall.accept(content="".join(chance.choices("路灯不亮已有一周夜间行走多次反映希望尽快处理小区物业", k=90)))
    entries = hall.store.unsent(A, after=0, limit=1_000)
    made = made_of(entries, hall.pair, size=10, level=19)

    added = len(made.body) - len(_words_alone(entries)) - 2 * 16 * count - 64 * len(made.pieces)

    assert added / count < most


def _words_alone(entries: Sequence[Entry]) -> bytes:
    packer = streams.Packer(19, 1)
    parts = [entries[at : at + 10] for at in range(0, len(entries), 10)]
    texts = (b"\n".join(words.body for entry in part for words in (entry.words, entry.person) if words) for part in parts)
    return b"".join(packer.pack(frames.Frame(text, b"")) for text in texts)


def test_the_dictionary_that_is_out_never_changes() -> None:
    words = (resources.files("county_hotline.data") / "vocabulary" / "1.txt").read_bytes()

    assert hashlib.sha256(words).hexdigest() == VOCABULARY_1


def test_the_dictionary_holds_our_own_words_and_no_persons() -> None:
    """Rebuilt from the sources: nearly all of it still stands there (they may be worded anew; it may not), and no number is in it."""
    shipped = (resources.files("county_hotline.data") / "vocabulary" / "1.txt").read_text(encoding="utf-8").splitlines()
    today = set(vocabulary.lines())

    assert sum(line in today for line in shipped) > 0.9 * len(shipped)
    assert re.search(r"[0-9]{7}", "\n".join(shipped)) is None


def test_a_dictionary_unknown_here_is_named() -> None:
    with pytest.raises(HubRejected) as met:
        streams.vocabulary(99)

    assert met.value.code == "H206"
