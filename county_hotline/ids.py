"""Names of things: what identifies orders, entries, stations and units, and how new ones are made."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final, NewType

Number = NewType("Number", str)
"""本地编号: a work order's number, made by `domain.numbering`, printed on the slip, never changed."""

EntryId = NewType("EntryId", str)
"""A UUIDv7 in its usual 36-character form."""

StationId = NewType("StationId", str)
"""站点: `<county 6>-<station 2>`, e.g. `370323-03`."""

Life = NewType("Life", str)
"""One letter A..Z: restoring or cloning a station's data starts a new life with its own chain."""

AgencyCode = NewType("AgencyCode", str)
"""单位代码: a unit of government: township, agency, county centre."""

OfficerId = NewType("OfficerId", str)
"""Who acted: badge and name as signed in, e.g. `0301 受理员甲`."""

ClusterId = NewType("ClusterId", str)
"""同一事项: what several requests about one matter have in common. Random: it tells nothing of any of them."""

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
QUERY_CODE_LENGTH = 8
SALT_BYTES = 16


_ID_PURPOSE: Final = b"county-hotline entry id 1\n"
_VERSION: Final = 7 << 76
_VARIANT: Final = 2 << 62
_RANDOM: Final = ((1 << 12) - 1) << 64 | (1 << 62) - 1
"""The 74 bits of a UUIDv7 that are neither time nor version nor variant."""


def new_entry_id(now_ms: int) -> EntryId:
    """A UUIDv7 (RFC 9562): 48 bits of `now_ms`, 74 random bits. The time in it is never relied on."""
    return _entry_id(now_ms, secrets.randbits(80))


def chained_entry_id(now_ms: int, place: str, serial: int, prev_hash: bytes) -> EntryId:
    """The UUIDv7 of the entry at `serial` of a chain (`place`: station and life, together), whose 74 bits are a hash of that place and of
    the entry before it: whoever has the chain so far computes it, so it need not be sent."""
    digest = hashlib.sha256(_ID_PURPOSE + f"{place}\n{serial}\n".encode() + prev_hash).digest()
    return _entry_id(now_ms, int.from_bytes(digest[:10], "big"))


def _entry_id(now_ms: int, bits: int) -> EntryId:
    text = f"{(now_ms & (1 << 48) - 1) << 80 | _VERSION | _VARIANT | bits & _RANDOM:032x}"
    return EntryId(f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}")


def new_query_code() -> str:
    """查询码: eight characters of Crockford's base 32, 40 random bits, so that only the holder of the slip can ask."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(QUERY_CODE_LENGTH))


def new_cluster_id() -> ClusterId:
    """Another 同一事项: sixteen characters of Crockford's base 32, 80 random bits."""
    return ClusterId("".join(secrets.choice(CROCKFORD) for _ in range(16)))


def new_salt() -> bytes:
    """Sixteen random bytes kept beside erasable words, so that a phone number cannot be guessed back from its hash."""
    return secrets.token_bytes(SALT_BYTES)


def new_nonce() -> str:
    """A random word for keys of epochs, drafts and one-time codes: 26 characters of Crockford's base 32."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(26))
