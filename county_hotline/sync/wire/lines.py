"""One entry as one line of JSON that holds only what the receiver cannot compute; and back, with every hash computed anew."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

import msgspec
from msgspec import UNSET, Raw, UnsetType

from county_hotline.domain.entries import SHA256, Entry, Words, seal
from county_hotline.domain.upcasts import is_too_deep
from county_hotline.errors import HubRejected
from county_hotline.ids import EntryId, Life, Number, OfficerId, StationId

FARTHEST_MS = 1 << 62
"""No clock says more, and no database keeps it."""
SHORT_ID_LENGTH = 14
"""An entry id without its time, which is the entry's own: ten bytes in base 64 without padding."""


class Line(msgspec.Struct, omit_defaults=True, frozen=True):
    """An entry on the wire. Letters keep it short where it is not packed; docs/sync-protocol.md has the table."""

    i: str
    """Entry id; fourteen characters where its time is `recorded_at`."""
    n: str
    """Number; begins with `-` where it is this chain's own, whose `<station><life>` is left out. One that itself begins with `-` or
    `=` (no real one does) has a `=` before it."""
    t: int = 0
    """recorded_at, ms after the line before."""
    o: str | None = None
    """Officer, where another than in the line before."""
    k: str | None = None
    """Kind, where another than in the line before."""
    v: int = 1
    b: str | None = None
    """Basis."""
    c: str = ""
    """Clock note."""
    g: str = SHA256
    """Hash algorithm."""
    w: Raw | UnsetType = UNSET
    """Words, byte for byte, where they are JSON on one line."""
    x: bytes | None = None
    """Words that are not: their bytes."""
    s: bytes = b""
    """Salt of the words."""
    h: bytes | None = None
    """Hash of the words, where they are erased."""
    p: Raw | UnsetType = UNSET
    """The person's words, in the same three ways."""
    y: bytes | None = None
    r: bytes = b""
    q: bytes | None = None


@dataclass(slots=True)
class Context:
    """What the line before said, on both ends alike."""

    recorded_at: int = 0
    officer: str = ""
    kind: str = ""


def line_of(entry: Entry, before: Context) -> Line:
    """The entry's line after `before`, which moves on."""
    own = entry.station + entry.life
    words, person = _carried(entry.words), _carried(entry.person)
    line = Line(
        i=_short_id(entry.entry_id, entry.recorded_at),
        n=_short_number(entry.work_order, own),
        t=entry.recorded_at - before.recorded_at,
        o=None if entry.officer == before.officer else entry.officer,
        k=None if entry.kind == before.kind else entry.kind,
        v=entry.version,
        b=entry.basis,
        c=entry.clock_note,
        g=SHA256 if entry.algorithm == SHA256 else entry.algorithm,  # the very default object, so that it is left out
        w=words[0],
        x=words[1],
        s=words[2],
        h=entry.words_hash if entry.words is None and entry.words_hash else None,
        p=person[0],
        y=person[1],
        r=person[2],
        q=entry.person_hash if entry.person is None and entry.person_hash else None,
    )
    before.recorded_at, before.officer, before.kind = entry.recorded_at, entry.officer, entry.kind
    return line


def entry_of(line: Line, before: Context, *, station: StationId, life: Life, serial: int, prev_hash: bytes) -> Entry:
    """The entry a line tells. Raises HubRejected H202 where it makes no sense."""
    before.recorded_at += line.t
    if abs(before.recorded_at) > FARTHEST_MS:
        raise HubRejected("H202", why="moment", serial=serial)
    before.officer = before.officer if line.o is None else line.o
    before.kind = before.kind if line.k is None else line.k
    try:
        return seal(
            entry_id=_full_id(line.i, before.recorded_at),
            work_order=_full_number(line.n, station + life),
            station=station,
            life=life,
            serial=serial,
            basis=line.b or None,
            officer=OfficerId(before.officer),
            recorded_at=before.recorded_at,
            clock_note=line.c,
            kind=before.kind,
            version=line.v,
            prev_hash=prev_hash,
            words=_words(line.w, line.x, line.s),
            person=_words(line.p, line.y, line.r),
            words_digest=line.h,
            person_digest=line.q,
            algorithm=line.g,
        )
    except (KeyError, ValueError, binascii.Error) as fault:
        raise HubRejected("H202", why="line", serial=serial) from fault


def _carried(words: Words | None) -> tuple[Raw | UnsetType, bytes | None, bytes]:
    """Words as raw JSON or as bytes, and their salt."""
    if words is None:
        return UNSET, None, b""
    if _is_one_line(words.body):
        return Raw(words.body), None, words.salt
    return UNSET, words.body, words.salt


def _is_one_line(body: bytes) -> bool:
    """Whether `body` can lie in a line of JSON and come out byte for byte."""
    if b"\n" in body or b"\r" in body or is_too_deep(body):
        return False
    try:
        body.decode()
        return len(bytes(_raw_decoder.decode(body))) == len(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False


def _words(raw: Raw | UnsetType, other: bytes | None, salt: bytes) -> Words | None:
    if raw is not UNSET:
        return Words(salt=salt, body=bytes(raw))
    return None if other is None else Words(salt=salt, body=other)


def _short_number(number: Number, own: str) -> str:
    if number.startswith(own + "-"):
        return number[len(own) :]
    return "=" + number if number.startswith(("-", "=")) else number


def _full_number(text: str, own: str) -> Number:
    if text.startswith("-"):
        return Number(own + text)
    return Number(text.removeprefix("="))


def _short_id(entry_id: EntryId, recorded_at: int) -> str:
    digits = entry_id.replace("-", "")
    if len(entry_id) != 36 or digits[:12] != f"{recorded_at & (1 << 48) - 1:012x}" or _dashed(digits) != entry_id:
        return entry_id
    try:
        return base64.b64encode(bytes.fromhex(digits[12:]))[:SHORT_ID_LENGTH].decode()
    except ValueError:
        return entry_id


def _full_id(text: str, recorded_at: int) -> EntryId:
    if len(text) != SHORT_ID_LENGTH:
        return EntryId(text)
    return EntryId(_dashed(f"{recorded_at & (1 << 48) - 1:012x}{base64.b64decode(text + '==', validate=True).hex()}"))


def _dashed(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


_raw_decoder = msgspec.json.Decoder(Raw)
