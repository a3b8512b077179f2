"""Entries and their chain: whatever is changed is noticed, save that words may be gone."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from county_hotline.domain.entries import GENESIS, Entry, Words, envelope_hash, happened, is_sound, seal, words_hash
from county_hotline.domain.facts import Fact, Person, Withheld
from county_hotline.domain.upcasts import words_of
from county_hotline.ids import EntryId, Life, OfficerId, StationId
from tests.domain.any_story import NUMBER, facts, people


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry as a station seals it."""
    fact: Fact = draw(facts.filter(lambda fact: bool(fact.kind)))
    person: Person | None = draw(st.none() | people)
    return seal(
        entry_id=EntryId("0193-e"),
        work_order=NUMBER,
        station=StationId("370323-03"),
        life=Life("A"),
        serial=draw(st.integers(1, 9_999)),
        basis=draw(st.none() | st.just(EntryId("0193-d"))),
        officer=OfficerId("0301 受理员甲"),
        recorded_at=draw(st.integers(0, 2**41)),
        clock_note=draw(st.sampled_from(["", "unverified"])),
        kind=fact.kind,
        version=fact.version,
        prev_hash=draw(st.just(GENESIS) | st.binary(min_size=32, max_size=32)),
        words=Words(draw(st.binary(min_size=16, max_size=16)), words_of(fact)),
        person=None if person is None else Words(draw(st.binary(min_size=16, max_size=16)), words_of(person)),
    )


CHANGES = {
    "entry_id": EntryId("other"),
    "work_order": "370323-03A-261121-0008W",
    "station": StationId("370323-04"),
    "life": Life("B"),
    "serial": 10_000,
    "basis": EntryId("other"),
    "officer": OfficerId("0302 受理员乙"),
    "recorded_at": -1,
    "clock_note": "other",
    "kind": "work_order.other",
    "version": 99,
    "words_hash": b"\0" * 32,
    "person_hash": b"\0" * 32,
    "prev_hash": b"\1" * 31,
    "hash": b"\0" * 32,
    "algorithm": "md5",
    "words": Words(b"\1" * 15, b"{}"),
    "person": Words(b"\1" * 15, b"{}"),
}


@given(entry=entries())
def test_a_sealed_entry_is_sound(entry: Entry) -> None:
    assert is_sound(entry)


def test_every_field_of_an_entry_is_changed_in_turn() -> None:
    assert set(CHANGES) == set(Entry.__struct_fields__)


@pytest.mark.parametrize("field", CHANGES)
@settings(max_examples=8)
@given(entry=entries())
def test_whatever_is_changed_is_noticed(field: str, entry: Entry) -> None:
    assert not is_sound(msgspec.structs.replace(entry, **{field: CHANGES[field]}))


@given(entry=entries())
def test_erased_words_leave_the_entry_sound(entry: Entry) -> None:
    bare = msgspec.structs.replace(entry, words=None, person=None)

    assert is_sound(bare)
    assert happened(bare).fact == Withheld(kind_on_disk=entry.kind)
    assert happened(bare).person is None


@given(entry=entries())
def test_an_entry_whose_words_are_gone_can_be_sealed_again_from_their_hashes(entry: Entry) -> None:
    again = seal(
        **{name: getattr(entry, name) for name in Entry.__struct_fields__ if not name.endswith("hash")}
        | {"words": None, "person": None},
        prev_hash=entry.prev_hash,
        words_digest=entry.words_hash,
        person_digest=entry.person_hash,
    )

    assert again.hash == entry.hash == envelope_hash(again)


@given(body=st.binary(max_size=30), one=st.binary(min_size=16, max_size=16), other=st.binary(min_size=16, max_size=16))
def test_the_salt_keeps_equal_words_from_having_equal_hashes(body: bytes, one: bytes, other: bytes) -> None:
    assert (words_hash(Words(one, body)) == words_hash(Words(other, body))) == (one == other)


def test_no_words_have_no_hash() -> None:
    assert words_hash(None) == b""
