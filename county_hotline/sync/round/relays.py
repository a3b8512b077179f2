"""The words between a hub and the hub above it: who stands below, batches passed on under their authors' seals, ranks. Knows no HTTP.

A relayed batch is a batch of docs/sync-protocol.md with one line before it. See the section on relays there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from county_hotline.domain.receipts import Head, Receipt, Run
from county_hotline.domain.reference import StationCard
from county_hotline.errors import HubRejected, Unreachable
from county_hotline.ids import EntryId, StationId
from county_hotline.sync import protocol
from county_hotline.sync.keys import KeyPair, PublicKey

INTRODUCTIONS: Final = "/v1/relay/introductions"
ENTRIES: Final = "/v1/relay/entries"
RANKS: Final = "/v1/relay/ranks"
HEADS: Final = "/v1/relay/heads"
CHAIN: Final = "/v1/relay/chain"

RANKS_A_TIME: Final = 5_000
INTRODUCTIONS_A_TIME: Final = 500
KEYS_EACH: Final = 64
"""Keys that one station may have had; each costs a check of a signature."""
HIGHEST: Final = (1 << 53) - 1
"""No rank, serial or moment is beyond this."""
_STATION: Final = re.compile(r"[0-9]{6}-[0-9A-Z]{2}")


class Key(msgspec.Struct, frozen=True):
    """A key that a station has or had."""

    algorithm: str
    public_key: bytes

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.public_key, self.algorithm)


class Statement(msgspec.Struct, frozen=True):
    """What a hub says of one station that is enrolled at it."""

    relay: StationId
    """That hub, by the name it bears at the hub above it."""
    card: StationCard
    keys: tuple[Key, ...]


class Introduction(msgspec.Struct, frozen=True):
    """A statement, signed by the hub that makes it; hubs above pass it on as it is."""

    body: bytes
    """A `Statement` as JSON."""
    algorithm: str
    key: str
    """Key id of the hub that signed."""
    signature: bytes


class Introductions(msgspec.Struct, frozen=True):
    """Who stands below the asking relay, `INTRODUCTIONS_A_TIME` at a time, hubs before whom they introduce."""

    introductions: tuple[Introduction, ...]


class Introduced(msgspec.Struct, frozen=True):
    """What the hub above made of it."""

    refused: tuple[tuple[str, str], ...] = ()
    """Station and code."""
    stations: tuple[StationId, ...] = ()
    """The stations enrolled at the hub above itself."""


class RelayHead(msgspec.Struct, frozen=True, omit_defaults=True):
    """The line before a relayed batch."""

    v: int = 1
    ranks: tuple[Run, ...] = ()
    """Serials `first`..`last` have these ranks, one after another, in orders of hubs at or below the relay."""
    times: tuple[Run, ...] = ()
    """Serials `first`..`last` were all received then (UTC ms) by the hub that they reached first."""
    held: tuple[tuple[int, str], ...] = ()
    """Serials held back at the relay, with the code: they come without their words."""
    anew: bool = False
    """The relay, or a hub below it, was put back from a backup: ranks that contradict earlier ones count."""


class Relayed(msgspec.Struct, frozen=True):
    """The answer to a relayed batch."""

    receipt: Receipt
    ranks: tuple[Run, ...] = ()
    """Ranks known above, in orders of other hubs than the relay and those below it."""


class Ranks(msgspec.Struct, frozen=True):
    """Places given since to entries that are above already."""

    ranks: tuple[tuple[EntryId, int], ...]
    anew: bool = False
    """See `RelayHead.anew`."""


class RanksTaken(msgspec.Struct, frozen=True):
    """The hub above has looked at so many."""

    count: int


class RelayHeads(msgspec.Struct, frozen=True):
    """How far the hub above holds the chains below the asking relay."""

    epoch: str
    heads: tuple[Head, ...]


def introduce(statement: Statement, pair: KeyPair) -> Introduction:
    """The statement, signed by this hub."""
    body = protocol.encoded(statement)
    public = pair.public
    return Introduction(body, public.algorithm, public.key_id, pair.sign(_signed(body)))


def statement_of(introduction: Introduction) -> Statement:
    """What is said, not yet whether it is true. Raises HubRejected H202."""
    said = protocol.decoded(introduction.body, Statement)
    if not is_station(said.card.station) or not 0 < len(said.keys) <= KEYS_EACH:
        raise HubRejected("H202", why="introduction")
    return said


def is_station(text: str) -> bool:
    """Whether this may be a station's name: `370323-03`."""
    return _STATION.fullmatch(text) is not None


def is_signed_by(introduction: Introduction, key: PublicKey) -> bool:
    """Whether this hub's key signed the statement."""
    return introduction.algorithm == key.algorithm and key.has_signed(_signed(introduction.body), introduction.signature)


def _signed(body: bytes) -> bytes:
    return b"county-hotline introduction 1\n" + body


def encode(head: RelayHead, lines: bytes) -> bytes:
    """A relayed batch: the head's line, then the batch as its author sealed it."""
    return msgspec.json.encode(head) + b"\n" + lines


def decode(body: bytes) -> tuple[RelayHead, bytes]:
    """The head and the batch's own lines. Raises HubRejected H202."""
    line, found, lines = body.partition(b"\n")
    head = protocol.decoded(line, RelayHead)
    if not found or head.v != 1:
        raise HubRejected("H202", why="head")
    return head, lines


def read(body: bytes, kind: type[protocol.T]) -> protocol.T:
    """What the hub above signed. Where it cannot be read, that is its trouble, not a record's: raises Unreachable N115."""
    try:
        return protocol.decoded(body, kind)
    except HubRejected as fault:
        raise Unreachable("N115", said=fault.code) from fault


def runs_of(ranks: Mapping[int, int], step: int) -> tuple[Run, ...]:
    """What is said by serial, as runs in which it grows by `step` (1 for ranks, 0 for times)."""
    runs: list[Run] = []
    for serial in sorted(ranks):
        last = runs[-1] if runs else None
        if last and serial == last.last + 1 and ranks[serial] == last.hub_seq + step * (serial - last.first):
            runs[-1] = Run(last.first, serial, last.hub_seq)
        else:
            runs.append(Run(serial, serial, ranks[serial]))
    return tuple(runs)


def by_serial(runs: Iterable[Run], step: int, serials: range) -> dict[int, int]:
    """`runs_of` undone. Raises HubRejected H202 for serials outside of `serials`, said twice or out of order, and for what is no number of
    ours."""
    found: dict[int, int] = {}
    after = serials.start - 1
    for run in runs:
        if not (after < run.first <= run.last < serials.stop and are_ours((run.hub_seq,))):
            raise HubRejected("H202", why="runs")
        after = run.last
        for serial in range(run.first, run.last + 1):
            found[serial] = run.hub_seq + step * (serial - run.first)
    return found


def are_ours(numbers: Iterable[int]) -> bool:
    """Whether these may be ranks or moments at all: what is beyond would not even find room in a database."""
    return all(0 <= number <= HIGHEST for number in numbers)


def key_named(lines: bytes) -> str:
    """The key id in a batch's last line; empty where it cannot be read (then nothing in it will be believed)."""
    try:
        return msgspec.json.decode(lines.rstrip(b"\n").rpartition(b"\n")[2], type=_Named).key
    except (msgspec.MsgspecError, ValueError):
        return ""


class _Named(msgspec.Struct, frozen=True):
    key: str
