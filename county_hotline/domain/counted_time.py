"""计时: which moment counts for an entry whose PC's clock may have lied by years. Every replica that holds its receipt counts alike.

What the writer's clock said stands in the entry for ever and is shown. What counts, for 各环节用时 and limits, is that moment set right by
what is known: by how much the clock was wrong when the hub was last heard (`skew`), when that was (`seen`), and when the hub
received the entry. A moment that cannot be true is replaced by the hub's own: 时钟不对的，以县中心收到的时间为准.
"""

from __future__ import annotations

from typing import Final

import msgspec

TOLERANCE_MS: Final = 300_000
"""From here on a clock is called wrong."""
AWAY_MS: Final = 180 * 86_400_000
"""No station keeps an entry to itself for longer (parcels come and go every month): one that seems to have is dated wrong. A clock that
was less far behind and never compared with the hub's cannot be told from a station that was away for so long."""


class ClockNote(msgspec.Struct, frozen=True):
    """What an entry says of its PC's clock; nothing where that was right."""

    skew_ms: int = 0
    """That clock minus the hub's, as last compared."""
    seen_ms: int = 0
    """The hub's clock when it was last heard, where this PC's own has been set back behind that since."""

    def text(self) -> str:
        """As it travels: `skew=-86400000 seen=1795223520000`."""
        said = (f"skew={self.skew_ms}" if self.skew_ms else "", f"seen={self.seen_ms}" if self.seen_ms else "")
        return " ".join(filter(None, said))


RIGHT: Final = ClockNote()


def read_note(text: str) -> ClockNote:
    """What `text` says; words unknown here are passed over."""
    if not text:
        return RIGHT
    said = dict(word.partition("=")[::2] for word in text.split())
    return ClockNote(_number(said.get("skew", "")), max(0, _number(said.get("seen", ""))))


def counted_at(recorded_at: int, clock_note: str = "", received_at: int | None = None) -> int:
    """The moment that counts for an entry (UTC ms): `recorded_at` by its writer's clock, `received_at` by its hub's, where that has it."""
    note = read_note(clock_note)
    at = recorded_at - note.skew_ms
    if received_at is None:
        return max(at, note.seen_ms)
    earliest = max(note.seen_ms - TOLERANCE_MS, received_at - AWAY_MS)
    return at if earliest <= at <= received_at + TOLERANCE_MS else received_at


def _number(text: str) -> int:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= 16 else 0
