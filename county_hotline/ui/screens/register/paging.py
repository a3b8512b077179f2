"""The pages of 台账 that are held: a few round what is in sight, however long the list. Where each begins is remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

SIZE = 100
HELD = 6


@dataclass(slots=True)
class Pages(Generic[T]):
    """Rows by page. `begins[n]` is the key after which page n begins; it grows as one comes further down."""

    total: int = 0
    begins: list[str | None] = field(default_factory=lambda: [None])
    _rows: dict[int, tuple[T, ...]] = field(default_factory=dict)

    def missing(self, first: int, last: int) -> int | None:
        """The first page wanted for these places that is not held."""
        last = min(last, self.total - 1)
        wanted = range(max(0, first) // SIZE, last // SIZE + 1) if last >= 0 else range(0)
        return next((page for page in wanted if page not in self._rows), None)

    def put(self, page: int, rows: tuple[T, ...]) -> None:
        """Hold this page; what is farthest from it is let go."""
        self._rows[page] = rows
        while len(self._rows) > HELD:
            del self._rows[max(self._rows, key=lambda held: abs(held - page))]

    def rows(self) -> dict[int, T]:
        """What is held, by place."""
        return {page * SIZE + at: row for page, rows in sorted(self._rows.items()) for at, row in enumerate(rows)}


def walk(
    begins: list[str | None], page: int, fetch: Callable[[str | None], tuple[T, str | None]]
) -> tuple[int, T, list[str | None]]:
    """Fetch page number `page` (or the last there is), from the nearest known beginning. Which page, what came, all beginnings."""
    known = list(begins)
    at = min(page, len(known) - 1)
    while True:
        fetched, following = fetch(known[at])
        if following is not None and len(known) == at + 1:
            known.append(following)
        if at == page or following is None:
            return at, fetched, known
        at += 1
