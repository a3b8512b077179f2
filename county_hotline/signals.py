"""Who is told after a commit: `Changes` posted on a `Bulletin`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from county_hotline.background import Step
from county_hotline.ids import Number

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit touched. A screen refreshes only if it shows some of it and did not cause it (`by`)."""

    work_orders: frozenset[Number] = frozenset()
    counts: bool = False
    """已存/待传/已签收 or the state of the line may have changed."""
    reference: bool = False
    opening: Step | None = None
    """Nothing is open yet: the tables are folded anew after an upgrade, and it is so far."""
    by: object | None = None


Reader = Callable[[Changes], None]


@dataclass(slots=True)
class Bulletin:
    """Readers hear in the order they came. One reader's failure does not keep the news from the others."""

    _readers: list[Reader] = field(default_factory=list)

    def subscribe(self, reader: Reader) -> Callable[[], None]:
        """Returns the function that cancels the subscription."""
        self._readers.append(reader)

        def cancel() -> None:
            if reader in self._readers:
                self._readers.remove(reader)

        return cancel

    def post(self, changes: Changes) -> None:
        for reader in tuple(self._readers):
            try:
                reader(changes)
            except Exception:
                log.exception("reader_failed")

    def __len__(self) -> int:
        return len(self._readers)
