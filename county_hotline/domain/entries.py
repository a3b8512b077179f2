"""An entry of the journal: envelope, words, and the chain that holds them. Pure; storing is db's, sending is sync's.

The chain runs over the *hashes* of the words, so that words can be erased by law while the chain still verifies:
`hash = H(envelope fields ‖ words_hash ‖ person_hash ‖ prev_hash)`, `words_hash = H(salt ‖ words)`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

import msgspec

from county_hotline.domain.happened import Happened
from county_hotline.domain.upcasts import read_fact, read_person
from county_hotline.ids import EntryId, Life, Number, OfficerId, StationId

SHA256: Final = "sha256"
GENESIS: Final = b""
"""What the first entry of a life holds as the hash of the one before."""

ALGORITHMS: dict[str, Callable[[bytes], bytes]] = {SHA256: lambda data: hashlib.sha256(data).digest()}
"""Hash algorithms by the name each entry carries, so that SM3 can follow SHA-256."""

_encoder = msgspec.json.Encoder()


class Words(msgspec.Struct, frozen=True):
    """Erasable words and the salt that guards their hash."""

    salt: bytes
    body: bytes
    """JSON exactly as written; never re-encoded."""


class Entry(msgspec.Struct, frozen=True):
    """One line of a station's journal. Hashes are raw bytes."""

    entry_id: EntryId
    work_order: Number
    station: StationId
    life: Life
    serial: int
    basis: str | None
    """What its writer had seen of the order by other hands (`sight`)."""
    officer: OfficerId
    recorded_at: int
    clock_note: str
    kind: str
    version: int
    words_hash: bytes
    person_hash: bytes
    """Empty where the fact has no person's words at all."""
    prev_hash: bytes
    hash: bytes
    algorithm: str = SHA256
    words: Words | None = None
    """None once erased."""
    person: Words | None = None
    """None where there is none, once erased, or where withheld from this station."""


def words_hash(words: Words | None, algorithm: str = SHA256) -> bytes:
    """H(salt ‖ words); empty for no words. Raises KeyError for an unknown algorithm."""
    return b"" if words is None else ALGORITHMS[algorithm](words.salt + words.body)


def envelope_hash(entry: Entry) -> bytes:
    """The hash this entry must carry. Raises KeyError for an unknown algorithm."""
    envelope = _encoder.encode(
        (
            entry.algorithm,
            entry.entry_id,
            entry.work_order,
            entry.station,
            entry.life,
            entry.serial,
            entry.basis,
            entry.officer,
            entry.recorded_at,
            entry.clock_note,
            entry.kind,
            entry.version,
            entry.words_hash.hex(),
            entry.person_hash.hex(),
            entry.prev_hash.hex(),
        )
    )
    return ALGORITHMS[entry.algorithm](envelope)


def seal(
    *,
    entry_id: EntryId,
    work_order: Number,
    station: StationId,
    life: Life,
    serial: int,
    basis: str | None,
    officer: OfficerId,
    recorded_at: int,
    clock_note: str,
    kind: str,
    version: int,
    prev_hash: bytes,
    words: Words | None,
    person: Words | None,
    words_digest: bytes | None = None,
    person_digest: bytes | None = None,
    algorithm: str = SHA256,
) -> Entry:
    """The entry with its hashes computed. A digest is given only where the words themselves are no longer there."""
    digest = ALGORITHMS[algorithm]
    if words_digest is None:
        words_digest = b"" if words is None else digest(words.salt + words.body)
    if person_digest is None:
        person_digest = b"" if person is None else digest(person.salt + person.body)
    # The same array as in `envelope_hash`, made before the entry instead of from it: half of the time goes into making entries.
    envelope = (algorithm, entry_id, work_order, station, life, serial, basis, officer, recorded_at, clock_note, kind, version)
    hashes = (words_digest.hex(), person_digest.hex(), prev_hash.hex())
    return Entry(
        entry_id=entry_id,
        work_order=work_order,
        station=station,
        life=life,
        serial=serial,
        basis=basis,
        officer=officer,
        recorded_at=recorded_at,
        clock_note=clock_note,
        kind=kind,
        version=version,
        words_hash=words_digest,
        person_hash=person_digest,
        prev_hash=prev_hash,
        hash=digest(_encoder.encode((*envelope, *hashes))),
        algorithm=algorithm,
        words=words,
        person=person,
    )


def is_sound(entry: Entry) -> bool:
    """Whether the entry's hash and the words that are here are what they claim. False for an unknown algorithm."""
    if entry.algorithm not in ALGORITHMS:
        return False
    return (
        entry.hash == envelope_hash(entry)
        and (entry.words is None or entry.words_hash == words_hash(entry.words, entry.algorithm))
        and (entry.person is None or entry.person_hash == words_hash(entry.person, entry.algorithm))
    )


def happened(entry: Entry, hub_seq: int | None = None, received_at: int | None = None) -> Happened:
    """The entry as the fold sees it."""
    return Happened(
        entry_id=entry.entry_id,
        fact=read_fact(entry.kind, entry.version, entry.words.body if entry.words else None),
        station=entry.station,
        life=entry.life,
        serial=entry.serial,
        officer=entry.officer,
        recorded_at=entry.recorded_at,
        basis=entry.basis,
        person=read_person(entry.person.body if entry.person else None),
        hub_seq=hub_seq,
        received_at=received_at,
        clock_note=entry.clock_note,
    )
