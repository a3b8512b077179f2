"""What 同步 asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from county_hotline.domain.views import (
    Counts,
    FilesWaiting,
    Finding,
    HeldRecord,
    Line,
    ParcelFound,
    Progress,
    RegisterQuery,
    RegisterRow,
    RoundReport,
)

if TYPE_CHECKING:
    from county_hotline.desk.carrying import Exported, Imported
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.media import Medium
    from county_hotline.desk.referring import Comparison

ROUNDS = 50
CLASHES = 50


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """One look at the line."""

    counts: Counts
    line: Line
    rounds: tuple[RoundReport, ...]
    held: tuple[HeldRecord, ...]
    clashes: tuple[RegisterRow, ...]
    clashes_total: int
    now: int
    conflict: tuple[int, int] | None = None
    """Versions of the reference data here and at the hub, where both were changed and a person is to choose."""
    may_choose: bool = False
    """Whether it is for who is signed in."""
    progress: Progress | None = None
    """Of the round that runs."""
    seconds_left: int | None = None
    """What is unsent, at the speed of the last rounds."""
    files: FilesWaiting = field(default_factory=FilesWaiting)


class SyncWork(Protocol):
    """`look` on the desk's lane, `halt` where it is asked, the others on the wire's."""

    def look(self) -> SyncFacts:
        """Counts, line, rounds, what is held and what needs a person."""
        ...

    def halt(self) -> None:
        """停下 the round that runs; at once, on any thread."""
        ...

    def diagnose(self) -> tuple[Finding, ...]:
        """检查线路. Raises HotlineError."""
        ...

    def media(self) -> tuple[Medium, ...]:
        """U 盘 that are plugged in."""
        ...

    def parcels(self) -> tuple[ParcelFound, ...]:
        """Parcels for this station on them."""
        ...

    def export(self, folder: Path) -> Exported:
        """导出数据包. Raises HotlineError."""
        ...

    def bring_in(self, file: Path) -> Imported:
        """导入数据包. Raises HotlineError."""
        ...

    def compare(self) -> Comparison:
        """Both versions of the reference data. Raises HotlineError."""
        ...

    def keep_ours(self, seen: Comparison) -> int:
        """用本站的. The county's version then. Raises HotlineError."""
        ...

    def take_theirs(self, seen: Comparison) -> int:
        """用县中心的. Its version. Raises HotlineError."""
        ...


class DeskSync:
    """`SyncWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self) -> SyncFacts:
        """See `SyncWork`."""
        from county_hotline.desk import files, line, looking_up, referring

        desk = self._desk
        counts, rounds = looking_up.counts(desk), line.rounds(desk, ROUNDS)
        clashes = looking_up.register(desk, RegisterQuery(clashes_only=True), limit=CLASHES)
        return SyncFacts(
            counts,
            line.line(desk),
            rounds,
            line.held(desk),
            clashes.rows,
            clashes.total,
            desk.clock.now_ms(),
            referring.conflict(desk),
            referring.may_choose(desk),
            line.progress(desk),
            line.seconds_to_send(counts, rounds),
            files.waiting(desk),
        )

    def halt(self) -> None:
        """See `SyncWork`."""
        from county_hotline.desk import line

        line.halt(self._desk)

    def diagnose(self) -> tuple[Finding, ...]:
        """See `SyncWork`."""
        from county_hotline.desk import line

        return line.diagnose(self._desk)

    def media(self) -> tuple[Medium, ...]:
        """See `SyncWork`."""
        from county_hotline.desk import media

        return media.plugged_in()

    def parcels(self) -> tuple[ParcelFound, ...]:
        """See `SyncWork`."""
        from county_hotline.desk import media

        return tuple(found for each in media.plugged_in() for found in media.parcels_for_us(self._desk, each.path))

    def export(self, folder: Path) -> Exported:
        """See `SyncWork`."""
        from county_hotline.desk import carrying

        return carrying.export(self._desk, folder)

    def bring_in(self, file: Path) -> Imported:
        """See `SyncWork`."""
        from county_hotline.desk import carrying

        return carrying.import_(self._desk, file)

    def compare(self) -> Comparison:
        """See `SyncWork`."""
        from county_hotline.desk import referring

        return referring.compare(self._desk)

    def keep_ours(self, seen: Comparison) -> int:
        """See `SyncWork`."""
        from county_hotline.desk import referring

        return referring.keep_ours(self._desk, seen)

    def take_theirs(self, seen: Comparison) -> int:
        """See `SyncWork`."""
        from county_hotline.desk import referring

        return referring.take_theirs(self._desk, seen)
