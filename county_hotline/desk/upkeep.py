"""维护: proof that the record adds up, rebuilding what can be rebuilt, a new life after a restore."""

from __future__ import annotations

from county_hotline.desk.desk import Desk
from county_hotline.domain.views import VerifyReport
from county_hotline.ids import Life
from county_hotline.signals import Changes


def verify(desk: Desk) -> VerifyReport:
    """Chains, hashes, words, and tables against the fold. Reads only."""
    return desk.store.verify()


def rebuild(desk: Desk) -> int:
    """Fold every table again from the journal. How many orders."""
    count = desk.store.rebuild()
    desk.tell(Changes(counts=True, reference=True))
    return count


def begin_life(desk: Desk) -> Life:
    """A new chain for this station, after its data was put back from a backup or copied to another PC."""
    life = desk.store.begin_life()
    desk.tell(Changes(counts=True))
    return life
