"""维护: proof that the record adds up, rebuilding what can be rebuilt, a new life after a restore."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from county_hotline.desk.desk import Desk
from county_hotline.domain.views import Renumbered, VerifyReport
from county_hotline.errors import Refusal
from county_hotline.ids import Life
from county_hotline.signals import Changes

PLAIN_HEAD = b"SQLite format 3\x00"


class About(msgspec.Struct, frozen=True):
    """What this station stands on."""

    rule_pack: str
    """Its title, or empty."""
    rule_pack_version: int
    years: tuple[int, ...]
    """Years whose holidays are announced."""
    reference_version: int
    note: str
    """示例 for sample data."""
    folder: str
    is_encrypted: bool


def about(desk: Desk) -> About:
    """Rule pack, calendar, reference data, where the data lie and whether they are encrypted there."""
    reference = desk.store.reference
    pack, calendar = reference.rule_pack(), reference.calendar()
    years = tuple(sorted(year for year in calendar.years if calendar.is_announced(year))) if calendar else ()
    return About(
        rule_pack=pack.title if pack else "",
        rule_pack_version=pack.version if pack else 0,
        years=years,
        reference_version=reference.version(),
        note=reference.bundle().note,
        folder=str(desk.home.path),
        is_encrypted=_is_encrypted(desk.home.database),
    )


def _is_encrypted(database: Path) -> bool:
    """Whether the file does not begin as a plain SQLite file does."""
    with database.open("rb") as file:
        return file.read(len(PLAIN_HEAD)) != PLAIN_HEAD


def verify(desk: Desk, told: Callable[[int, int], bool] = lambda _done, _total: True) -> VerifyReport:
    """Chains, hashes, words, and tables against the fold. Reads only. `told(done, total)` now and then says whether to go on; where it
    says no, refuses (R631)."""

    def step(done: int, total: int) -> None:
        if not told(done, total):
            raise Refusal("R631")

    return desk.store.verify(step)


def rebuild(desk: Desk) -> int:
    """Fold every table again from the journal. How many orders."""
    count = desk.store.rebuild()
    desk.tell(Changes(counts=True, reference=True))
    return count


def begin_life(desk: Desk) -> tuple[Life, tuple[Renumbered, ...]]:
    """A new chain for this station, after its data was put back from a backup or copied to another PC. With it the orders that bear another
    number now, because a round found that the hub has given theirs to another caller. Raises StoreFault S108, S130."""
    was = desk.store.life()
    given = desk.store.leave_fork()
    life = desk.store.life() if desk.store.life() != was else desk.store.begin_life()
    desk.tell(Changes(counts=True, work_orders=frozenset(each for pair in given for each in (pair.was, pair.now))))
    return life, given
