"""The pages of 台账 that are held: a few round what is in sight, however long the list. Where each begins is remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
Begins = Mapping[int, "str | None"]
"""The key after which a page begins, by page; the first begins after nothing."""

SIZE = 100
HELD = 6
TOP: Begins = {0: None}


@dataclass(slots=True)
class Pages(Generic[T]):
    """Rows by page, and where those pages begin that were come by."""

    total: int = 0
    begins: Begins = field(default_factory=lambda: TOP)
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


def reach(
    begins: Begins,
    page: int,
    *,
    fetch: Callable[[str | None], tuple[T, str | None]],
    leap: Callable[[str | None, int], str | None],
    last: Callable[[], int],
) -> tuple[int, T, Begins]:
    """Fetch page number `page`, or the last there is: one leap from the nearest known beginning, one page. Which page, what came, all beginnings known."""
    known = dict(begins)
    near = max(at for at in known if at <= page)
    if near != page:
        after = leap(known[near], (page - near) * SIZE)
        if after is None:  # the list has grown shorter since
            return reach(TOP, max(0, min(last(), page - 1)), fetch=fetch, leap=leap, last=last) if page > 0 else _first(fetch)
        known[page] = after
    fetched, following = fetch(known[page])
    if following is not None:
        known[page + 1] = following
    return page, fetched, known


def _first(fetch: Callable[[str | None], tuple[T, str | None]]) -> tuple[int, T, Begins]:
    fetched, following = fetch(None)
    return 0, fetched, {0: None} if following is None else {0: None, 1: following}
