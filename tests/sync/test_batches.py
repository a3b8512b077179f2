"""Batches and pages come back byte for byte, or not at all."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.entries import GENESIS, Entry, Words, seal
from county_hotline.domain.receipts import Page, Received
from county_hotline.errors import HotlineError, HubRejected, NotTrusted
from county_hotline.ids import EntryId, Life, Number, OfficerId, StationId, new_entry_id
from county_hotline.sync import keys
from county_hotline.sync.protocol import Limits
from county_hotline.sync.wire import batches, pages
from county_hotline.sync.wire.packing import GZIP, ZSTD, Bounds, pack, unpack

PAIR = keys.make()
STATION = StationId("370323-03")
LIMITS = Limits()

bodies = st.one_of(
    st.dictionaries(st.text(max_size=6), st.text(max_size=30), max_size=3).map(msgspec.json.encode),
    st.binary(max_size=40),
    st.sampled_from(
        [b"", b" {} ", b"{\n}", b"{", b'{"a":1}x', b'"\xff"', b"null", b"1", b"{}\r", '{"名":"𠮷䶮㛃𬭎"}'.encode()]
    ),
)
words = st.none() | st.builds(Words, salt=st.binary(max_size=16), body=bodies)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Entry, ...]:
    """One life's entries, with every oddity a newer or older release may bring."""
    prev_hash, entries = GENESIS, []
    for serial in range(1, draw(st.integers(1, 6)) + 1):
        recorded_at = draw(st.integers(-1_000, 2**44))
        entry_id = draw(
            st.sampled_from(
                [
                    new_entry_id(recorded_at),
                    new_entry_id(5),
                    EntryId("odd"),
                    EntryId("X" * 36),
                    EntryId(new_entry_id(recorded_at)[:-1] + "z"),
                ]
            )
        )
        digest, person_digest = draw(words), draw(words)
        entry = seal(
            entry_id=entry_id,
            work_order=Number(
                draw(st.sampled_from(["370323-03A-261121-0007K", "370323-90A-261121-0001X", "-", "=-", "x", "370323-03A-"]))
            ),
            station=STATION,
            life=Life("A"),
            serial=serial,
            basis=draw(st.none() | st.just(EntryId("0192"))),
            officer=OfficerId(draw(st.sampled_from(["0301 受理员甲", "", "a"]))),
            recorded_at=recorded_at,
            clock_note=draw(st.sampled_from(["", "skew=-5"])),
            kind=draw(st.sampled_from(["work_order.accepted", "work_order.of_the_future"])),
            version=draw(st.integers(1, 3)),
            prev_hash=prev_hash,
            words=digest,
            person=person_digest,
            words_digest=b"erased".ljust(32) if digest is None and draw(st.booleans()) else None,
            person_digest=b"withheld".ljust(32) if person_digest is None and draw(st.booleans()) else None,
        )
        prev_hash = entry.hash
        entries.append(entry)
    return tuple(entries)


def key_of(station: StationId) -> keys.PublicKey | None:
    return PAIR.public if station == STATION else None


def a_chain(length: int = 3) -> tuple[Entry, ...]:
    prev_hash, entries = GENESIS, []
    for serial in range(1, length + 1):
        entry = seal(
            entry_id=new_entry_id(1_000 + serial),
            work_order=Number("370323-03A-261121-0007K"),
            station=STATION,
            life=Life("A"),
            serial=serial,
            basis=None,
            officer=OfficerId("0301 受理员甲"),
            recorded_at=1_000 + serial,
            clock_note="",
            kind="work_order.note_added",
            version=1,
            prev_hash=prev_hash,
            words=Words(bytes(16), '{"text":"路灯不亮"}'.encode()),
            person=None,
        )
        prev_hash = entry.hash
        entries.append(entry)
    return tuple(entries)


@given(chains())
def test_a_batch_comes_back_as_it_went(entries: tuple[Entry, ...]) -> None:
    batch = batches.decode(batches.encode(entries, PAIR), key_of, LIMITS)

    assert batch.entries == entries


@given(chains(), st.integers(1, 50), st.booleans())
def test_a_page_comes_back_as_it_went(entries: tuple[Entry, ...], first: int, reverse: bool) -> None:
    ordered = entries[::-1] if reverse else entries
    page = Page(tuple(Received(first + 2 * n, 5 - n, e) for n, e in enumerate(ordered)), cursor=99, complete=False)

    assert pages.decode(pages.encode(page)) == page


def test_a_batch_cut_at_any_byte_is_refused() -> None:
    whole = batches.encode(a_chain(), PAIR)

    for cut in range(len(whole)):
        with pytest.raises(HotlineError):
            batches.decode(whole[:cut], key_of, LIMITS)


def test_a_page_cut_at_any_byte_is_refused() -> None:
    whole = pages.encode(Page(tuple(Received(n, n, e) for n, e in enumerate(a_chain(), 1)), cursor=3, complete=True))

    for cut in range(len(whole)):
        with pytest.raises(HubRejected):
            pages.decode(whole[:cut])


@pytest.mark.parametrize("encoding", [ZSTD, GZIP])
def test_a_packed_batch_cut_at_any_byte_is_refused(encoding: str) -> None:
    whole = batches.encode(a_chain(), PAIR)
    packed = pack(whole, encoding)

    for cut in range(len(packed)):
        try:
            plain = unpack(packed[:cut], encoding, Bounds())
        except HubRejected:
            continue
        if plain != whole:  # gzip's trailing checksum may be missing while all its content came
            with pytest.raises(HotlineError):
                batches.decode(plain, key_of, LIMITS)


def test_a_batch_with_any_one_byte_changed_is_refused() -> None:
    whole = batches.encode(a_chain(1), PAIR)

    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        try:
            batch = batches.decode(changed, key_of, LIMITS)
        except HotlineError:
            continue
        assert batch.entries == a_batch_of(whole), f"byte {place} changed and was believed"


def a_batch_of(whole: bytes) -> tuple[Entry, ...]:
    return batches.decode(whole, key_of, LIMITS).entries


def test_a_batch_signed_by_another_key_is_not_believed() -> None:
    with pytest.raises(NotTrusted) as met:
        batches.decode(batches.encode(a_chain(), keys.make()), key_of, LIMITS)

    assert met.value.code == "A301"


def test_a_batch_of_a_station_nobody_knows_is_not_believed() -> None:
    with pytest.raises(NotTrusted) as met:
        batches.decode(batches.encode(a_chain(), PAIR), lambda station: None, LIMITS)

    assert met.value.code == "A301"


def test_more_entries_than_the_limit_are_refused() -> None:
    with pytest.raises(HubRejected) as met:
        batches.decode(batches.encode(a_chain(3), PAIR), key_of, Limits(batch_entries=2))

    assert met.value.code == "H203"


def test_one_entry_larger_than_the_limit_is_named() -> None:
    with pytest.raises(HubRejected) as met:
        batches.decode(batches.encode(a_chain(1), PAIR), key_of, Limits(line_bytes=150))

    assert met.value.code == "H201"


@pytest.mark.parametrize("encoding", [ZSTD, GZIP])
def test_a_bomb_goes_off_within_bounds(encoding: str) -> None:
    bounds = Bounds(size_bytes=100_000, ratio=50, small_bytes=1_000)

    with pytest.raises(HubRejected) as met:
        unpack(pack(bytes(10_000_000), encoding), encoding, bounds)

    assert met.value.code == "H203"


def test_a_frame_that_asks_for_a_huge_window_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    greedy = packer.compress(bytes(1_000)) + packer.flush()

    with pytest.raises(HubRejected) as met:
        unpack(greedy, ZSTD, Bounds())

    assert met.value.code == "H202"


@pytest.mark.parametrize("work", [pack, lambda body, encoding: unpack(body, encoding, Bounds())])
def test_what_no_release_can_unpack_is_named(work: Callable[[bytes, str], bytes]) -> None:
    with pytest.raises(HubRejected) as met:
        work(b"", "br")

    assert met.value.code == "H205"


@pytest.mark.parametrize("encoding", [ZSTD, GZIP])
def test_what_was_never_packed_is_named(encoding: str) -> None:
    with pytest.raises(HubRejected) as met:
        unpack(b"<html>", encoding, Bounds())

    assert met.value.code == "H202"


@pytest.mark.parametrize("moment", [1 << 63, -(1 << 63), 1 << 200])
def test_a_moment_that_no_clock_can_say_is_malformed(moment: int) -> None:
    """The database could not keep it: without this the hub would answer that it is itself at fault."""
    entry = msgspec.structs.replace(a_chain()[0], recorded_at=moment)

    with pytest.raises(HubRejected) as met:
        batches.decode(batches.encode([entry], PAIR), key_of, LIMITS)

    assert met.value.code == "H202"
