"""Streams as a station sends them, with the byte at which each of their frames ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from county_hotline.domain.entries import GENESIS, Entry
from county_hotline.hub import endpoints
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life
from county_hotline.sync import protocol
from county_hotline.sync.keys import KeyPair
from county_hotline.sync.protocol import Problem
from county_hotline.sync.wire import frames, signing, streams
from county_hotline.sync.wire.frames import Context
from county_hotline.sync.wire.signing import Answered, Asked
from tests.support.line import Post

A = Life("A")


@dataclass(frozen=True)
class Made:
    """A stream, frame by frame."""

    entries: tuple[Entry, ...]
    size: int
    pieces: tuple[bytes, ...]

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)

    def whole_before(self, cut: int) -> int:
        """How many entries lie in frames that are whole in the first `cut` bytes."""
        ends = list(accumulate(map(len, self.pieces)))
        return min(len(self.entries), self.size * sum(end <= cut for end in ends))


def made_of(entries: Sequence[Entry], pair: KeyPair, *, size: int = 3, version: int = 1, level: int = 3) -> Made:
    """These entries as a stream, so many a frame."""
    packer = streams.Packer(level, version)
    before = Context(entries[0].station, entries[0].life, entries[0].serial - 1, entries[0].prev_hash or GENESIS)
    parts = [entries[at : at + size] for at in range(0, len(entries), size)]
    return Made(tuple(entries), size, tuple(packer.pack(frames.encode(part, pair, before)) for part in parts))


def of_post(post: Post, orders: int, *, size: int = 3, version: int = 1) -> Made:
    """So many new orders of the post as a stream."""
    for place in range(orders):
        post.accept(f"路灯不亮{place}")
    return made_of(post.store.unsent(A, after=0, limit=1_000), post.pair, size=size, version=version)


def head_of(post: Post, hub: Hub, *, after: int = 0, version: int = 1, life: str = "A") -> Asked:
    """The signed head of a stream of this post."""
    fields = {protocol.VERSION_FIELD: "2", "content-type": protocol.FRAMES, "content-encoding": "zstd"}
    asked = Asked("POST", f"/v2/frames?life={life}&after={after}&vocabulary={version}", fields)
    signing.sign_head(asked, post.pair, now_s=hub.clock.now_ms() // 1000)
    return asked


def answered(hub: Hub, asked: Asked, pieces: Sequence[bytes]) -> Answered:
    """What the hub answers when these pieces arrive, and no more."""
    stream = endpoints.Stream(hub, asked)
    found = stream.begin()
    for piece in pieces:
        found = found or stream.take(piece)
    found = found or stream.end()
    stream.settle()
    return found


def code_of(answer: Answered) -> str:
    """Why the hub said no; empty where it did not."""
    return protocol.decoded(answer.body, Problem).code if answer.status_code >= 400 else ""


def in_bytes(body: bytes, size: int = 1) -> Iterator[bytes]:
    """A body in pieces of so many bytes."""
    for at in range(0, len(body), size):
        yield body[at : at + size]
