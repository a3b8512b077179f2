"""Words on disk to facts and back. An older version's words are lifted one step at a time; a newer one's are kept unread.

Total: whatever the bytes are, `read_fact` answers with a fact (`Unknown` at worst) and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

import msgspec

from county_hotline.domain.facts import KINDS, Fact, Person, Unknown, Withheld

Lift = Callable[[bytes], bytes]

DEEPEST: Final = 64
"""So deep words may nest. A bound of our own: how deep the decoder gets before it gives up depends on who calls it."""
_BRACKETS: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)

LIFTS: dict[tuple[str, int], Lift] = {}
"""(kind, version) -> the words of version + 1. Empty while every kind is at its first version."""

_encoder = msgspec.json.Encoder(order=None)
_decoders = {kind: msgspec.json.Decoder(fact) for kind, fact in KINDS.items()}
_person_decoder = msgspec.json.Decoder(Person)


def words_of(fact: Fact | Person) -> bytes:
    """The words as they lie on disk and travel: compact JSON, never changed afterwards."""
    return _encoder.encode(fact)


_decoded: ContextVar[dict[tuple[str, int, bytes], Fact] | None] = ContextVar("decoded", default=None)


@contextmanager
def decoding_once() -> Iterator[None]:
    """As long as this lasts, the same words are decoded once, however many ask what they tell. Nothing of them is kept afterwards."""
    token = _decoded.set({})
    try:
        yield
    finally:
        _decoded.reset(token)


def read_fact(kind: str, version: int, words: bytes | None) -> Fact:
    """The fact these words tell. No words (erased): `Withheld`. A kind or version unknown here, or torn words: `Unknown`."""
    if words is None:
        return Withheld(kind_on_disk=kind)
    known = _decoded.get()
    if known is None:
        return _fact(kind, version, words)
    fact = known.get((kind, version, words))
    if fact is None:
        fact = known[kind, version, words] = _fact(kind, version, words)
    return fact


def is_too_deep(words: bytes) -> bool:
    """Whether the words nest deeper than any of ours do: such are kept and passed on, never decoded."""
    if words.count(b"[") + words.count(b"{") <= DEEPEST:
        return False
    depth = 0
    for found in _BRACKETS.finditer(words):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            return True
    return False


def _fact(kind: str, version: int, words: bytes) -> Fact:
    fact = KINDS.get(kind)
    if fact is None or version > fact.version or is_too_deep(words):
        return Unknown(kind_on_disk=kind, version_on_disk=version)
    try:
        for step in range(version, fact.version):
            words = LIFTS[kind, step](words)
        return _decoders[kind].decode(words)
    except (msgspec.MsgspecError, KeyError, ValueError):
        return Unknown(kind_on_disk=kind, version_on_disk=version)


def read_person(words: bytes | None) -> Person | None:
    """The caller's particulars, or None where they are erased, withheld or unreadable."""
    if words is None or is_too_deep(words):
        return None
    try:
        return _person_decoder.decode(words)
    except (msgspec.MsgspecError, ValueError):
        return None
