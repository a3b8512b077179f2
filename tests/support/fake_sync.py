"""同步 without a screen: a page that remembers, a desk with the facts one gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from county_hotline.desk.carrying import Exported, Imported
from county_hotline.desk.media import Medium
from county_hotline.desk.referring import Comparison, ListDifference
from county_hotline.domain.views import (
    Counts,
    FilesWaiting,
    Finding,
    HeldRecord,
    Line,
    LineState,
    ParcelFound,
    Progress,
    RoundReport,
)
from county_hotline.errors import HotlineError
from county_hotline.ids import Number
from county_hotline.sync.parcel.remarks import Remark
from county_hotline.ui.screens.sync.carrying import CarryTold
from county_hotline.ui.screens.sync.checking import CheckTold
from county_hotline.ui.screens.sync.choosing import ChoiceTold
from county_hotline.ui.screens.sync.telling import SyncTold
from county_hotline.ui.screens.sync.work import SyncFacts
from tests.support.ticking_clock import MORNING

NUMBER = Number("370323-03A-261121-0007K")


def facts(
    *,
    counts: Counts | None = None,
    line: Line | None = None,
    rounds: tuple[RoundReport, ...] = (),
    held: tuple[HeldRecord, ...] = (),
    conflict: tuple[int, int] | None = None,
    may_choose: bool = True,
    progress: Progress | None = None,
    seconds_left: int | None = None,
    files: FilesWaiting | None = None,
) -> SyncFacts:
    return SyncFacts(
        counts or Counts(stored=12, received=12, entries=30, entries_received=30),
        line or Line(LineState.ONLINE, MORNING),
        rounds,
        held,
        (),
        0,
        MORNING,
        conflict,
        may_choose,
        progress,
        seconds_left,
        files or FilesWaiting(),
    )


WAITING = Counts(stored=12, received=9, waiting=3, entries=30, entries_received=25)


@dataclass
class FakeSync:
    """A page that remembers."""

    is_front: bool = True
    told: list[SyncTold] = field(default_factory=list)
    running: list[bool] = field(default_factory=list)
    started: int = 0
    choices: list[ChoiceTold | None] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    checks: list[CheckTold | None] = field(default_factory=list)

    carried: list[CarryTold | None] = field(default_factory=list)
    folder: str = ""
    file: str = ""

    def show_carry(self, told: CarryTold | None) -> None:
        self.carried.append(told)

    def ask_folder(self) -> str:
        return self.folder

    def ask_parcel(self) -> str:
        return self.file

    def show_check(self, told: CheckTold | None) -> None:
        self.checks.append(told)

    def show_choice(self, told: ChoiceTold | None) -> None:
        self.choices.append(told)

    def chosen(self, head: str, words: str) -> None:
        self.done.append(head)

    def is_seen(self) -> bool:
        return self.is_front

    def show(self, told: SyncTold) -> None:
        self.told.append(told)

    def show_running(self, *, yes: bool) -> None:
        self.running.append(yes)

    def start_round(self) -> None:
        self.started += 1

    def fail(self, fault: Exception) -> None:
        if not isinstance(fault, HotlineError):
            raise fault
        self.failures.append(fault.code)


BOTH = Comparison(
    ours=5,
    theirs=4,
    built_on=3,
    lists=(
        ListDifference("duty_lines", added=2, changed=1, dropped=3),
        ListDifference("title", added=0, changed=1, dropped=0),
        ListDifference("agencies", added=0, changed=0, dropped=0, is_reordered=True),
    ),
)


@dataclass
class FakeWork:
    """A desk with these facts."""

    facts: SyncFacts
    looks: int = 0
    compared: int = 0
    fault: HotlineError | None = None
    done: list[str] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    def halt(self) -> None:
        self.done.append("halt")

    sticks: tuple[Medium, ...] = ()
    found: tuple[ParcelFound, ...] = ()
    exported: list[str] = field(default_factory=list)
    brought: list[str] = field(default_factory=list)
    remarks: tuple[Remark, ...] = ()

    def media(self) -> tuple[Medium, ...]:
        return self.sticks

    def parcels(self) -> tuple[ParcelFound, ...]:
        return self.found

    def export(self, folder: Path) -> Exported:
        if self.fault is not None:
            raise self.fault
        self.exported.append(str(folder))
        return Exported(
            path=f"{folder}/370323-03-up-000001.zip",
            name="370323-03-up-000001",
            serial=1,
            entries=12,
            files=1,
            size=4_000,
            check_code="3F2A 91C0",
            sheet_path="/slips/370323-03-up-000001.pdf",
            is_whole=True,
        )

    def bring_in(self, file: Path) -> Imported:
        if self.fault is not None:
            raise self.fault
        self.brought.append(str(file))
        return Imported(
            name="370323-03-down-000001",
            serial=1,
            signed_for=12,
            received=3,
            orders=2,
            held=0,
            files=0,
            complete=True,
            remarks=self.remarks,
        )

    def diagnose(self) -> tuple[Finding, ...]:
        if self.fault is not None:
            raise self.fault
        return self.findings

    def compare(self) -> Comparison:
        self.compared += 1
        if self.fault is not None:
            raise self.fault
        return BOTH

    def keep_ours(self, seen: Comparison) -> int:
        return self._done("keep_ours", seen)

    def take_theirs(self, seen: Comparison) -> int:
        return self._done("take_theirs", seen)

    def _done(self, name: str, seen: Comparison) -> int:
        assert seen == BOTH
        if self.fault is not None:
            raise self.fault
        self.done.append(name)
        self.facts = facts()
        return 6

    def look(self) -> SyncFacts:
        self.looks += 1
        return self.facts
