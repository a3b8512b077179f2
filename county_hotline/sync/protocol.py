"""The words both ends speak: names, versions, limits, what is signed, and the small JSON answers. See docs/sync-protocol.md."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final, TypeVar

import msgspec

from county_hotline.domain.epochs import Earlier
from county_hotline.domain.proving import Sum
from county_hotline.domain.receipts import Head, Held
from county_hotline.domain.reference import StationCard
from county_hotline.errors import HubRejected, NotTrusted
from county_hotline.ids import Life, StationId
from county_hotline.sync.wire.packing import ENCODINGS

PROTOCOL: Final = "county-hotline"
OLDEST: Final = 1
NEWEST: Final = 2
"""The window of protocol versions this release speaks: it will be N-2 .. N. 2 knows streams of frames besides batches."""
LINES_VERSION: Final = 1
"""The form of batches and pages: JSON Lines as since version 1."""

CLOCK_TOLERANCE_S: Final = 300
"""How far a request's `created` may lie from the hub's own clock."""

VERSION_FIELD: Final = "hotline-protocol"
"""The request's header field that names the version it is written in."""
NONCE_FIELD: Final = "hotline-nonce"
"""The header field of a stream that makes its head, which is signed before its body is known, like no other."""

PIECE_BYTES: Final = 256 << 10
"""Of a file, in one request."""
FILES_ASKED: Final = 500
"""Files asked about in one request."""

OCTETS: Final = "application/octet-stream"
OFFSET_OCTETS: Final = "application/offset+octet-stream"
JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
FRAMES: Final = "application/vnd.county-hotline.frames"

T = TypeVar("T")


class Limits(msgspec.Struct, frozen=True):
    """What the hub takes in one request. A station keeps below; more is refused with H203 or H201."""

    batch_entries: int = 5_000
    batch_bytes: int = 16 << 20
    """Packed, as sent."""
    line_bytes: int = 1 << 20
    """One entry, unpacked."""
    page_entries: int = 5_000


class Hello(msgspec.Struct, frozen=True):
    """Who the hub is and how it speaks. The one answer to an unsigned question; itself signed like every answer."""

    protocol: str
    hub_id: str
    algorithm: str
    public_key: bytes
    epoch: str
    """Random, made with the hub's database; another one means the hub was restored and may have forgotten."""
    now: int
    """UTC ms, the hub's clock."""
    oldest: int
    newest: int
    program: str
    encodings: tuple[str, ...] = ENCODINGS
    limits: Limits = Limits()
    reference: int = 0
    """Version of the reference data it has for stations."""
    signs_reference: bool = False
    """Whether it signs the reference data it hands out and takes in what a centre changed. Hubs of release 0.1 say nothing of it."""
    proves: bool = False
    """Whether it answers `GET /v1/agreement`, `/v1/proof` and `/v1/held`, and takes words of records that it has without them."""
    files: bool = False
    """Whether it takes and hands out attachments' files."""
    relays: bool = False
    """Whether hubs may stand below it. Hubs of release 0.1 say nothing of it."""
    vocabularies: tuple[int, ...] = ()
    """Dictionaries over which it takes streams of frames (0: over none); empty at a hub that takes no streams."""
    knowledge: int = -1
    """Last place in its knowledge base. Hubs of before 0.3 say nothing: there articles stand in the reference data alone."""
    lineage: tuple[Earlier, ...] = ()
    """Its earlier epochs, where it was put back from a backup, each with the last place that still holds. Hubs of release 0.1 say nothing."""


class EnrolmentRequest(msgspec.Struct, frozen=True):
    """What a new station tells the hub. Signed by the very key it brings, which proves it holds it."""

    code: str
    algorithm: str
    public_key: bytes
    program: str
    hub_id: str
    """The hub it believes to be talking to."""
    station: StationId | None = None
    """Set where this PC already has entries under this name."""
    as_relay: bool = False
    """A hub asks, to stand below this one."""


class HubCard(msgspec.Struct, frozen=True):
    """What a station keeps of its hub for ever."""

    hub_id: str
    algorithm: str
    public_key: bytes
    epoch: str


class Enrolled(msgspec.Struct, frozen=True):
    """The hub's answer to an enrolment."""

    card: StationCard
    hub: HubCard
    reference: int
    replaced: bool = False
    """Whether another key was the station's before: another PC may have written in its name what the hub has never seen."""


class Heads(msgspec.Struct, frozen=True):
    """How far the hub holds each life of the asking station."""

    station: StationId
    epoch: str
    heads: tuple[Head, ...]


class Problem(msgspec.Struct, frozen=True):
    """Why the hub said no: a code and ids, never words of a person. The station has the sentence."""

    code: str
    details: dict[str, str | int] = {}


class HeldNow(msgspec.Struct, frozen=True):
    """All that the hub holds of the asking station's records now, and what of them lies there without its words (H104)."""

    held: tuple[Held, ...]


class Agreement(msgspec.Struct, frozen=True):
    """What the hub sums up of what is new since the last proof: see docs/sync-protocol.md, section 12."""

    new: Sum
    """What concerns the station and was not written by it, between the two places of its cursor."""
    chain: Sum
    """Of the station's life named, between the two serials."""
    held: bytes
    """`held_digest` of what `GET /v1/held` would answer."""


class ReferenceBundle(msgspec.Struct, frozen=True):
    """基础数据 as the hub hands it out: opaque here. Signed apart from the answer it travels in, so that the document speaks for itself."""

    version: int
    body: bytes
    """Empty where there is none newer than asked for."""
    county: str = ""
    """Six-digit code of the county it is for."""
    algorithm: str = ""
    key: str = ""
    """Key id."""
    signature: bytes = b""
    """Over `reference_statement`."""


class ReferenceOffer(msgspec.Struct, frozen=True):
    """基础数据 as a station of the centre changed it."""

    version: int
    built_on: int
    """The hub's version that was changed."""
    body: bytes
    offered: bytes = b""
    """SHA-256 of the body this station offered before, whose answer may have been lost."""


class ReferenceTaken(msgspec.Struct, frozen=True):
    """The hub has this version now."""

    version: int


class FilesAsked(msgspec.Struct, frozen=True):
    """How far are you with these files? At most `FILES_ASKED`."""

    hashes: tuple[str, ...]
    """SHA-256, lower-case hexadecimal."""


class FilesHeld(msgspec.Struct, frozen=True):
    """Bytes the hub holds of each file that is the asking station's concern; the whole size only once the hash was found right."""

    held: dict[str, int]


class FileOffset(msgspec.Struct, frozen=True):
    """How far a file has come at the hub after a piece."""

    offset: int


def held_digest(held: Iterable[Held]) -> bytes:
    """By which two ends see that they know the same of what is held: why words did not go up whole, only the station knows (H2xx)."""
    lines = sorted((each.entry_id, "H104" if each.code.startswith("H2") else each.code) for each in held)
    return hashlib.sha256("".join(f"{entry_id} {code}\n" for entry_id, code in lines).encode()).digest()


def chain_statement(station: StationId, life: Life, serial: int, digest: bytes) -> bytes:
    """What a station signs at the end of a batch: that its chain of this life stands so at this serial."""
    return f"{PROTOCOL} chain 1\n{station}\n{life}\n{serial}\n{digest.hex()}\n".encode()


def reference_statement(county: str, version: int, body: bytes) -> bytes:
    """What a hub signs of its reference data: that this is the county's document of this version."""
    return f"{PROTOCOL} reference 1\n{county}\n{version}\n{hashlib.sha256(body).hexdigest()}\n".encode()


def agreed_version(oldest: int, newest: int) -> int:
    """The newest version both ends speak. Raises NotTrusted A105 where the windows do not meet."""
    version = min(NEWEST, newest)
    if version < max(OLDEST, oldest):
        raise NotTrusted("A105", ours=f"{OLDEST}-{NEWEST}", theirs=f"{oldest}-{newest}")
    return version


def encoded(value: msgspec.Struct) -> bytes:
    return _encoder.encode(value)


def decoded(body: bytes, kind: type[T]) -> T:
    """Raises HubRejected H202 for anything that is not `kind`."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise HubRejected("H202", why=kind.__name__) from fault


_encoder = msgspec.json.Encoder()
