"""A frame read: whole frames cut out of what arrives, and the entries of one, every hash computed anew. Knows no packing and no HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from county_hotline.domain.entries import SHA256, Entry, Words, seal
from county_hotline.domain.numbering import following
from county_hotline.errors import HubRejected
from county_hotline.ids import EntryId, Number, OfficerId, chained_entry_id
from county_hotline.sync.protocol import Limits
from county_hotline.sync.wire.frames import HASHED, HERE, SIGNATURE_BYTES, STATES, Context, FrameHead, states_of, usual_lengths

MOST_ENTRIES: Final = 500
"""In one frame."""
HEAD_BYTES: Final = 128 << 10
TEXT_BYTES: Final = 4 << 20
"""Of a frame's words, and of its persons' words."""


class Sealed(NamedTuple):
    """A whole frame that arrived, still unread."""

    head: FrameHead
    words: bytes
    persons: bytes
    random: bytes


class Splitter:
    """Takes the unpacked stream in pieces of any size and gives its whole frames; never keeps more than one frame and a piece."""

    def __init__(self, limits: Limits, algorithm: str) -> None:
        self._limits = limits
        self._signature_bytes = SIGNATURE_BYTES.get(algorithm, 64)
        self._buffer = bytearray()
        self._head: FrameHead | None = None
        self._begin = 0
        """Where the words of the frame in hand begin."""

    def feed(self, piece: bytes) -> Iterator[Sealed]:
        """The frames that are whole now. Raises HubRejected H202 (no frame), H203 (too large a one)."""
        self._buffer += piece
        while (sealed := self._next()) is not None:
            yield sealed

    def _next(self) -> Sealed | None:
        if self._head is None and not self._take_head():
            return None
        head = self._head
        if head is None:
            return None
        ends = [self._begin, self._begin + head.w, self._begin + head.w + head.p]
        end = ends[2] + _random_bytes(head) + self._signature_bytes
        if len(self._buffer) < end:
            return None
        words, persons = (bytes(self._buffer[one:other]) for one, other in pairwise(ends))
        sealed = Sealed(head, words, persons, bytes(self._buffer[ends[2] : end]))
        del self._buffer[:end]
        self._head = None
        return sealed

    def _take_head(self) -> bool:
        end = self._buffer.find(b"\n", 0, HEAD_BYTES)
        if end < 0:
            if len(self._buffer) > HEAD_BYTES:
                raise HubRejected("H202", why="head")
            return False
        try:
            head = _head_decoder.decode(memoryview(self._buffer)[:end])
        except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
            raise HubRejected("H202", why="json") from fault
        _is_bounded(head, self._limits)
        self._head, self._begin = head, end + 1
        return True


def decode(sealed: Sealed, before: Context, limits: Limits) -> tuple[list[Entry], bytes]:
    """The frame's entries, every hash computed anew, and its seal; `before` moves on. Whether the seal is the station's is the caller's
    to ask. Raises HubRejected H201 (one entry too large), H202 (makes no sense)."""
    head = sealed.head
    states = states_of(head)
    words = _parted(sealed.words, head.e, sum(one == HERE for one, _ in states))
    persons = _parted(sealed.persons, head.f, sum(other == HERE for _, other in states))
    pieces = _cut(sealed.random, head.z or usual_lengths(states))
    entries = []
    try:
        for row, state in zip(_rows(head), states, strict=True):
            entry = _entry(row, before, _body(state[0], words, pieces), _body(state[1], persons, pieces))
            if sum(len(each.body) for each in (entry.words, entry.person) if each is not None) > limits.line_bytes:
                raise HubRejected("H201", serial=entry.serial, limit=limits.line_bytes)
            before.moved_by(entry)
            entries.append(entry)
    except (KeyError, ValueError, StopIteration) as fault:
        raise HubRejected("H202", why="frame", serial=before.serial + 1) from fault
    return entries, next(pieces)


class _Row(NamedTuple):
    """One entry's place in every column."""

    t: int
    i: str | None
    m: str | None
    o: str | None
    k: str | None
    c: str | None
    v: int
    b: str | None
    g: str


def _rows(head: FrameHead) -> Iterator[_Row]:
    """The columns' rows. Raises ValueError where a column has another length than the frame."""
    count = head.n
    usual: tuple[tuple[object, ...], ...] = (
        head.t,
        head.i or (None,) * count,
        head.m or (None,) * count,
        head.o or (None,) * count,
        head.k or (None,) * count,
        head.c or (None,) * count,
        head.v or (1,) * count,
        head.b or (None,) * count,
        head.g or (SHA256,) * count,
    )
    return map(_Row._make, zip(*usual, strict=True))


def _entry(
    row: _Row, before: Context, words: tuple[Words | None, bytes | None], person: tuple[Words | None, bytes | None]
) -> Entry:
    recorded_at, serial = before.recorded_at + row.t, before.serial + 1
    return seal(
        entry_id=chained_entry_id(recorded_at, before.place, serial, before.hash) if row.i is None else EntryId(row.i),
        work_order=_full_number(row.m, before),
        station=before.station,
        life=before.life,
        serial=serial,
        basis=row.b,
        officer=OfficerId(before.officer if row.o is None else row.o),
        recorded_at=recorded_at,
        clock_note=before.clock_note if row.c is None else row.c,
        kind=before.kind if row.k is None else row.k,
        version=row.v,
        prev_hash=before.hash,
        words=words[0],
        person=person[0],
        words_digest=words[1],
        person_digest=person[1],
        algorithm=row.g,
    )


def _full_number(text: str | None, before: Context) -> Number:
    """Raises ValueError where there is no next one."""
    if text is None:
        found = following(before.newest)
        if found is None:
            raise ValueError(before.newest)
        return found
    if not text:
        return before.number
    return Number(before.place + text) if text.startswith("-") else Number(text.removeprefix("="))


def _body(state: int, bodies: Iterator[bytes], pieces: Iterator[bytes]) -> tuple[Words | None, bytes | None]:
    """Words with their salt, or the hash that is left of them."""
    if state == HERE:
        return Words(next(pieces), next(bodies)), None
    return None, next(pieces) if state == HASHED else None


def _parted(text: bytes, lengths: tuple[int, ...], count: int) -> Iterator[bytes]:
    """Raises HubRejected H202 where there are not so many."""
    bodies = list(_cut(text, lengths)) if lengths else text.split(b"\n")
    if bodies.pop() != b"" or len(bodies) != count:
        raise HubRejected("H202", why="words")
    return iter(bodies)


def _cut(text: bytes, lengths: Sequence[int]) -> Iterator[bytes]:
    """Pieces of these lengths, then what is left."""
    at = 0
    for length in lengths:
        yield text[at : at + length]
        at += length
    yield text[at:]


def _random_bytes(head: FrameHead) -> int:
    return sum(head.z) if head.z else sum(usual_lengths(states_of(head)))


def _is_bounded(head: FrameHead, limits: Limits) -> None:
    """Before anything else of the frame is waited for. Raises HubRejected H202, H203."""
    count = head.n
    states = set(head.s) <= set(STATES) and len(head.s) in (1, count)
    sizes = min((head.w, head.p, *head.e, *head.f, *head.z), default=0)
    if count < 1 or not states or sizes < 0 or len(head.t) != count:
        raise HubRejected("H202", why="head")
    if count > min(MOST_ENTRIES, limits.batch_entries) or max(head.w, head.p, sum(head.z)) > TEXT_BYTES:
        raise HubRejected("H203", limit=TEXT_BYTES)


_head_decoder = msgspec.json.Decoder(FrameHead)
