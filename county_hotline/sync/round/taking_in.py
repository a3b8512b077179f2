"""The receiving half of a round: page after page of what concerns this station, each written down before the next is asked for."""

from __future__ import annotations

from county_hotline.errors import Unreachable
from county_hotline.sync import guards
from county_hotline.sync.protocol import Limits
from county_hotline.sync.round.one_round import Round
from county_hotline.sync.round.outbox import BatchSize
from county_hotline.sync.round.persistence import Persistence


class Reader:
    """Reads on from the cursor until the hub says there is no more."""

    def __init__(self, this: Round, limits: Limits) -> None:
        self._this = this
        self._most = max(1, limits.page_entries)
        self._tries = Persistence(BatchSize(this.store, "sync.page"))

    def take_in_all(self) -> None:
        while not self._take_in_one():
            pass

    def _take_in_one(self) -> bool:
        """One page. True when it was the last."""
        store = self._this.store
        self._this.in_time()
        cursor = store.cursor()
        try:
            page = self._this.transport.pull(after=cursor, limit=min(self._tries.size.entries, self._most), life=store.life())
        except Unreachable as fault:
            self._tries.cut(fault)
            return False
        guards.moves_on(page, cursor)
        if page.entries or page.cursor != cursor:
            numbers = store.take_in(page)
            self._this.tally.received += len(page.entries)
            self._this.changed(numbers)
        self._tries.passed(len(page.entries))
        return page.complete
