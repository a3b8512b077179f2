"""A frame: some entries of one life in serial order with their author's seal, as it travels in a stream. Knows no packing and no HTTP.

It says only what the receiver cannot compute from the chain so far: see docs/sync-protocol.md, "Frames". What is random (salts,
signatures) lies apart from what is text, for together they would pack worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

import msgspec

from county_hotline.domain.entries import GENESIS, SHA256, Entry, Words
from county_hotline.domain.facts import Accepted
from county_hotline.domain.numbering import following
from county_hotline.ids import Life, Number, StationId, chained_entry_id
from county_hotline.sync import protocol
from county_hotline.sync.keys import ED25519, KeyPair

SALT_BYTES: Final = 16
HASH_BYTES: Final = 32
SIGNATURE_BYTES: Final = {ED25519: 64}
"""Bytes of a seal, by the algorithm of the station's key."""
HERE, NEVER, HASHED = range(3)
"""Words that are here; that there never were; of which only the hash is left."""
STATES: Final = "abcdefghi"
"""State of an entry's words and of its person's: three times three."""

T = TypeVar("T")


class FrameHead(msgspec.Struct, frozen=True, omit_defaults=True):
    """The frame's first line. A column is left out where all of it is the usual; see docs/sync-protocol.md for each letter."""

    n: int
    """How many entries."""
    t: tuple[int, ...]
    """recorded_at, ms after the entry before."""
    w: int = 0
    """Bytes of words that follow, and of persons' words."""
    p: int = 0
    s: str = "a"
    """State of each entry's words; one letter where all are alike."""
    i: tuple[str | None, ...] = ()
    """Entry ids; None where it is the chained one."""
    m: tuple[str | None, ...] = ()
    """Numbers; None: the next one, empty: that of the entry before."""
    o: tuple[str | None, ...] = ()
    """Officers, kinds, clock notes; None: as in the entry before."""
    k: tuple[str | None, ...] = ()
    c: tuple[str | None, ...] = ()
    v: tuple[int, ...] = ()
    b: tuple[str | None, ...] = ()
    g: tuple[str, ...] = ()
    e: tuple[int, ...] = ()
    """Lengths of the words, and of the persons' words, where line feeds do not part them."""
    f: tuple[int, ...] = ()
    z: tuple[int, ...] = ()
    """Lengths of all salts and hashes, where one is not the usual."""


class Frame(NamedTuple):
    """As it goes into the packing: what is text, and what is random."""

    text: bytes
    random: bytes


@dataclass(slots=True)
class Context:
    """What the chain and the stream said so far, on both ends alike."""

    station: StationId
    life: Life
    serial: int = 0
    hash: bytes = GENESIS
    """Serial and hash of the entry before."""
    recorded_at: int = 0
    officer: str = ""
    kind: str = ""
    clock_note: str = ""
    number: Number = Number("")
    newest: Number = Number("")
    """The number of the last acceptance in this stream."""

    @property
    def place(self) -> str:
        return self.station + self.life

    def moved_by(self, entry: Entry) -> None:
        """The entry is now the one before."""
        self.serial, self.hash, self.recorded_at = entry.serial, entry.hash, entry.recorded_at
        self.officer, self.kind, self.clock_note = entry.officer, entry.kind, entry.clock_note
        self.number = entry.work_order
        if entry.kind == Accepted.kind:
            self.newest = entry.work_order


def encode(entries: Sequence[Entry], pair: KeyPair, before: Context) -> Frame:
    """The frame of these entries, which follow `before`; it moves on. Its seal is `pair`'s."""
    states = [(_state(entry.words, entry.words_hash), _state(entry.person, entry.person_hash)) for entry in entries]
    words, persons = [e.words.body for e in entries if e.words], [e.person.body for e in entries if e.person]
    text, lengths = _joined(words)
    others, others_lengths = _joined(persons)
    pieces = _pieces(entries)
    ids, numbers, times = _computed(entries, before)
    head = FrameHead(
        n=len(entries),
        t=times,
        w=len(text),
        p=len(others),
        s=_alike([STATES[3 * one + other] for one, other in states]),
        i=ids,
        m=numbers,
        o=_changes([entry.officer for entry in entries], before.officer),
        k=_changes([entry.kind for entry in entries], before.kind),
        c=_changes([entry.clock_note for entry in entries], before.clock_note),
        v=_unless([entry.version for entry in entries], 1),
        b=_unless([entry.basis for entry in entries], None),
        g=_unless([entry.algorithm for entry in entries], SHA256),
        e=lengths,
        f=others_lengths,
        z=() if [len(piece) for piece in pieces] == usual_lengths(states) else tuple(map(len, pieces)),
    )
    last = entries[-1]
    before.moved_by(last)
    signature = pair.sign(protocol.chain_statement(last.station, last.life, last.serial, last.hash))
    return Frame(b"".join((_encoder.encode(head), b"\n", text, others)), b"".join((*pieces, signature)))


def _computed(
    entries: Sequence[Entry], before: Context
) -> tuple[tuple[str | None, ...], tuple[str | None, ...], tuple[int, ...]]:
    """Ids, numbers and times, each as it differs from what the receiver would compute. `before` keeps its place, but for `newest`."""
    place, at, number = before.place, before.recorded_at, before.number
    ids: list[str | None] = []
    numbers: list[str | None] = []
    times = []
    for entry in entries:
        chained = chained_entry_id(entry.recorded_at, place, entry.serial, entry.prev_hash)
        ids.append(None if entry.entry_id == chained else entry.entry_id)
        numbers.append(_short_number(entry.work_order, place, number, before.newest))
        times.append(entry.recorded_at - at)
        at, number = entry.recorded_at, entry.work_order
        if entry.kind == Accepted.kind:
            before.newest = number
    return _unless(ids, None), _unless(numbers, None), tuple(times)


def _short_number(number: Number, place: str, before: Number, newest: Number) -> str | None:
    if number == before and number:
        return ""
    if newest and number == following(newest):
        return None
    if number.startswith(place + "-"):
        return number[len(place) :]
    return "=" + number if number.startswith(("-", "=")) or not number else number


def _state(words: Words | None, digest: bytes) -> int:
    if words is not None:
        return HERE
    return HASHED if digest else NEVER


def _pieces(entries: Sequence[Entry]) -> list[bytes]:
    """Salts, and hashes of words that are not here, in order."""
    pieces = []
    for entry in entries:
        for words, digest in ((entry.words, entry.words_hash), (entry.person, entry.person_hash)):
            if words is not None:
                pieces.append(words.salt)
            elif digest:
                pieces.append(digest)
    return pieces


def _joined(bodies: Sequence[bytes]) -> tuple[bytes, tuple[int, ...]]:
    """Bodies with a line feed after each; or, where one has a line feed itself, with nothing between them and their lengths."""
    text = b"\n".join((*bodies, b"")) if bodies else b""
    if text.count(b"\n") == len(bodies):
        return text, ()
    return b"".join(bodies), tuple(map(len, bodies))


def _alike(letters: Sequence[str]) -> str:
    """All letters, or the one where they are alike; the usual as the very default."""
    if len(set(letters)) > 1:
        return "".join(letters)
    return "a" if letters[0] == "a" else letters[0]


def _changes(values: Sequence[str], before: str) -> tuple[str | None, ...]:
    """Each value, None where it is the one before; nothing where none changes."""
    if values.count(before) == len(values):
        return ()
    return tuple(None if value == last else value for last, value in zip((before, *values), values, strict=False))


def _unless(values: Sequence[T], usual: T) -> tuple[T, ...]:
    return () if values.count(usual) == len(values) else tuple(values)


def states_of(head: FrameHead) -> list[tuple[int, int]]:
    """Of each entry, how its words are here and how its person's."""
    letters = head.s * head.n if len(head.s) == 1 else head.s
    return [divmod(STATES.index(letter), 3) for letter in letters]


def usual_lengths(states: Sequence[tuple[int, int]]) -> list[int]:
    """How long the salts and hashes of such entries are, one after the other."""
    sizes = {HERE: SALT_BYTES, HASHED: HASH_BYTES}
    return [sizes[state] for pair in states for state in pair if state in sizes]


_encoder = msgspec.json.Encoder()
