"""How much goes into one request: it grows while requests pass and halves when they are cut, and is remembered over a restart."""

from __future__ import annotations

from typing import Final

from county_hotline.db.store import Store
from county_hotline.domain.entries import Entry
from county_hotline.ids import Life

FIRST: Final = 200
MOST: Final = 2_000
MOST_BYTES: Final = 4 << 20
"""Of words, unpacked. One entry always goes, however large."""


class BatchSize:
    """Entries a request, for one direction; `key` is the note it is remembered under."""

    def __init__(self, store: Store, key: str, *, first: int = FIRST, most: int = MOST) -> None:
        self._store = store
        self._key = key
        self._most = most
        remembered = store.note(key) or ""
        self.entries = max(1, min(most, int(remembered))) if remembered.isdecimal() else first

    def passed(self, sent: int) -> None:
        """A request got through. Only a full one says that more would."""
        if sent >= self.entries:
            self._change(min(self._most, self.entries * 2))

    def cut(self) -> None:
        """A request did not get through, perhaps for its size."""
        self._change(max(1, self.entries // 2))

    def _change(self, entries: int) -> None:
        if entries != self.entries:
            self.entries = entries
            self._store.set_note(self._key, str(entries))


def next_batch(store: Store, life: Life, *, after: int, limit: int) -> list[Entry]:
    """This station's entries of `life` after serial `after`, in serial order, as many as belong in one request."""
    entries = store.unsent(life, after=after, limit=limit)
    size = 0
    for place, entry in enumerate(entries):
        size += sum(len(words.body) for words in (entry.words, entry.person) if words is not None)
        if size > MOST_BYTES and place:
            return entries[:place]
    return entries
