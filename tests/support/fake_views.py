"""Stand-ins for pages and for the desk, for presenters: they remember what they were shown, and answer what they are told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from county_hotline.background import Step
from county_hotline.domain.reference import Account, StationCard
from county_hotline.domain.views import Counts, Line, RoundReport
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.ids import AgencyCode, Number, OfficerId, StationId
from county_hotline.ui.screens.sign_in.work import SignInFacts
from county_hotline.ui.station import Standing
from county_hotline.ui.tones import Tone

CLERK = Account(OfficerId("0301 受理员甲"), "0301", "受理员甲", (OfficerRole.CLERK,))
CARD = StationCard(
    StationId("370323-03"), "370323", "沂源县", AgencyCode("370323109"), "燕崖镇便民服务中心", StationRole.HALL, "03号台"
)
T = TypeVar("T")
NUMBER = Number("370323-03A-261121-0007K")


@dataclass
class FakeLater:
    """Nothing happens until the test says that time has passed."""

    waiting: list[tuple[int, Callable[[], None]]] = field(default_factory=list)

    def call(self, ms: int, do: Callable[[], None]) -> Callable[[], None]:
        entry = (ms, do)
        self.waiting.append(entry)

        def cancel() -> None:
            if entry in self.waiting:
                self.waiting.remove(entry)

        return cancel

    def pass_ms(self, ms: int) -> None:
        """Everything that waits no longer than this happens, once."""
        due = [entry for entry in self.waiting if entry[0] <= ms]
        self.waiting = [entry for entry in self.waiting if entry not in due]
        for _, do in due:
            do()


@dataclass
class HeldRunner:
    """A runner whose work is done when the test lets it: what happens meanwhile can be tried."""

    jobs: list[Callable[[], None]] = field(default_factory=list)

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        def job() -> None:
            try:
                answer = work()
            except Exception as fault:  # noqa: BLE001 - as the real lanes do
                failed(fault)
            else:
                done(answer)

        self.jobs.append(job)

    def let_go(self) -> None:
        """All jobs, also those that jobs bring."""
        while self.jobs:
            self.jobs.pop(0)()


@dataclass
class FakeSignIn:
    """A sign-in page."""

    accounts: tuple[tuple[str, str], ...] = ()
    station: str = ""
    line: str = ""
    counts: str = ""
    draft: str = ""
    refusal: str = ""
    cleared: int = 0
    is_busy: bool = False
    waiting: str = ""
    opening: Step | None = None

    def show_accounts(self, accounts: tuple[tuple[str, str], ...]) -> None:
        self.accounts = accounts

    def show_station(self, name: str, *, line: str, is_online: bool, counts: str) -> None:
        self.station, self.line, self.counts = name, line, counts

    def show_draft(self, words: str) -> None:
        self.draft = words

    def refuse(self, words: str) -> None:
        self.refusal = words

    def busy(self, *, yes: bool) -> None:
        self.is_busy = yes

    def clear_password(self) -> None:
        self.cleared += 1

    def show_waiting(self, words: str) -> None:
        self.waiting = words

    def show_opening(self, step: Step | None) -> None:
        self.opening = step


@dataclass
class FakeSignInWork:
    """A desk with one account."""

    facts: SignInFacts = field(default_factory=lambda: SignInFacts((CLERK,), CARD, Counts(12, 9, 3), Line()))
    fault: Exception | None = None
    tries: list[tuple[str, str]] = field(default_factory=list)

    look_fault: Exception | None = None

    def look(self) -> SignInFacts:
        if self.look_fault is not None:
            raise self.look_fault
        return self.facts

    def sign_in(self, badge: str, password: str) -> Account:
        self.tries.append((badge, password))
        if self.fault is not None:
            raise self.fault
        return CLERK


@dataclass
class FakeFrame:
    """The frame round the pages."""

    standings: list[Standing] = field(default_factory=list)
    busy: int = 0
    murmurs: list[tuple[str, Tone]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    def show_standing(self, standing: Standing) -> None:
        self.standings.append(standing)

    def show_busy(self) -> None:
        self.busy += 1

    def murmur(self, words: str, tone: Tone = Tone.QUIET) -> None:
        self.murmurs.append((words, tone))

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)


@dataclass
class FakeStationWork:
    """A station whose rounds end as the test says."""

    report: RoundReport = field(default_factory=lambda: RoundReport(started_at=1, sent=3, received=1, complete=True))
    fault: Exception | None = None
    looks: int = 0
    rounds: int = 0

    def look(self) -> Standing:
        self.looks += 1
        return Standing(CARD, Counts(12, 9, 3), Line(), (), {"sync": 3})

    def sync(self) -> RoundReport:
        self.rounds += 1
        if self.fault is not None:
            raise self.fault
        return self.report
