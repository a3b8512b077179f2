"""Stand-ins for pages and for the desk, for presenters: they remember what they were shown, and answer what they are told to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.slips import PrintedSlip
from county_hotline.domain.facts import Accepted, Person
from county_hotline.domain.reference import Account, Agency, Category, Place, StationCard
from county_hotline.domain.time_limits import Due
from county_hotline.domain.views import Caution, Counts, Line, RegisterRow, RoundReport
from county_hotline.domain.vocabulary import Channel, MatterKind, OfficerRole, Stage, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, Number, OfficerId, StationId
from county_hotline.ui.screens.intake.screen import Done, DueWords, Earlier, Offer
from county_hotline.ui.screens.intake.screen import Line as ListLine
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


@dataclass
class FakeSignInWork:
    """A desk with one account."""

    facts: SignInFacts = field(default_factory=lambda: SignInFacts((CLERK,), CARD, Counts(12, 9, 3), Line()))
    fault: Exception | None = None
    tries: list[tuple[str, str]] = field(default_factory=list)

    def look(self) -> SignInFacts:
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


@dataclass
class FakeIntake:
    """An intake page: `typed` is what stands in its form."""

    typed: IntakeForm = field(default_factory=IntakeForm)
    hand: str = ""
    shown: list[tuple[IntakeForm, str, str, str]] = field(default_factory=list)
    cleared: int = 0
    is_busy: bool = False
    went_to: list[str] = field(default_factory=list)
    marked: tuple[str, ...] = ()
    sentence: str = ""
    tone: Tone = Tone.QUIET
    cautions: dict[str, str] = field(default_factory=dict)
    kept: str = ""
    times: tuple[str, str] = ("", "")
    offers: tuple[Offer, ...] = ()
    done: list[tuple[Done, str, Tone]] = field(default_factory=list)
    history: tuple[tuple[Earlier, ...], int | None] = ((), None)
    due: DueWords | None = None
    agency: tuple[str, str] = ("", "")
    lines: tuple[ListLine, ...] = ()
    faults: list[Exception] = field(default_factory=list)

    def form(self) -> IntakeForm:
        return self.typed

    def field_in_hand(self) -> str:
        return self.hand

    def show_form(self, form: IntakeForm, *, place: str, category: str, agency: str) -> None:
        self.typed = form
        self.shown.append((form, place, category, agency))

    def clear(self) -> None:
        self.typed = IntakeForm()
        self.cleared += 1

    def busy(self, *, yes: bool) -> None:
        self.is_busy = yes

    def go_to(self, field: str) -> None:
        self.went_to.append(field)

    def mark_missing(self, fields: Sequence[str]) -> None:
        self.marked = tuple(fields)

    def show_row_sentence(self, words: str, tone: Tone) -> None:
        self.sentence, self.tone = words, tone

    def show_cautions(self, words: Mapping[str, str]) -> None:
        self.cautions = dict(words)

    def show_kept(self, words: str) -> None:
        self.kept = words

    def show_times(self, came: str, used: str) -> None:
        self.times = (came, used)

    def show_drafts(self, offers: Sequence[Offer]) -> None:
        self.offers = tuple(offers)

    def show_done(self, done: Done, words: str, tone: Tone) -> None:
        self.done.append((done, words, tone))

    def show_history(self, earlier: Sequence[Earlier], total: int | None) -> None:
        self.history = (tuple(earlier), total)

    def show_due(self, due: DueWords | None) -> None:
        self.due = due

    def show_agency(self, code: str, words: str) -> None:
        self.agency = (code, words)

    def offer_places(self, lines: Sequence[ListLine]) -> None:
        self.lines = tuple(lines)

    def offer_categories(self, lines: Sequence[ListLine]) -> None:
        self.lines = tuple(lines)

    def offer_agencies(self, lines: Sequence[ListLine]) -> None:
        self.lines = tuple(lines)

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)


@dataclass
class FakeIntakeWork:
    """A desk that remembers. Faults are raised by the act named."""

    now: int = 1_795_223_520_000
    kept: dict[str, IntakeForm] = field(default_factory=dict)
    accepted: list[IntakeForm] = field(default_factory=list)
    printed: list[Number] = field(default_factory=list)
    doubts: tuple[Caution, ...] = ()
    due: Due | None = None
    earlier: tuple[RegisterRow, ...] = ()
    asked_for: list[str] = field(default_factory=list)
    faults: dict[str, Exception] = field(default_factory=dict)
    glyphs: tuple[str, ...] = ()

    def agencies(self) -> tuple[Agency, ...]:
        return (
            Agency(AgencyCode("370323D04"), "沂源县住房和城乡建设局", "县住建局"),
            Agency(AgencyCode("370323109"), "燕崖镇人民政府"),
        )

    def places(self, typed: str) -> tuple[Place, ...]:
        return (Place("370323109", "燕崖镇", "燕崖镇", "yyz", AgencyCode("370323109")),)

    def categories(self, typed: str) -> tuple[Category, ...]:
        return (
            Category("07", "基础设施", "基础设施"),
            Category("0701", "路灯", "基础设施 / 路灯", "07", AgencyCode("370323D04")),
        )

    def cautions(self, form: IntakeForm) -> tuple[Caution, ...]:
        return self.doubts

    def estimate(self, form: IntakeForm) -> Due | None:
        return self.due

    def history(self, phone: str) -> tuple[RegisterRow, ...]:
        self.asked_for.append(phone)
        return self.earlier

    def drafts(self) -> tuple[tuple[str, int, IntakeForm], ...]:
        return tuple((key, self.now, form) for key, form in reversed(self.kept.items()))

    def save_draft(self, key: str, form: IntakeForm) -> int:
        self._maybe_fail("save_draft")
        self.kept[key] = form
        return self.now

    def drop_draft(self, key: str) -> None:
        self.kept.pop(key, None)

    def accept(self, form: IntakeForm) -> WorkOrder:
        self._maybe_fail("accept")
        self.accepted.append(form)
        fact = Accepted(
            query_code="7K3F92QD",
            unit=CARD.unit,
            channel=Channel.VISIT,
            matter_kind=MatterKind.HELP,
            category="",
            place=form.place,
            title=form.title,
            content=form.content,
            came_at=form.came_at,
        )
        return WorkOrder(NUMBER, Stage.TO_DISPATCH, fact, Person(name=form.name, phone=form.phone))

    def print_slip(self, number: Number) -> PrintedSlip:
        self.printed.append(number)
        self._maybe_fail("print_slip")
        return PrintedSlip(f"/home/station/slips/2026-11/{number}-a5.pdf", self.glyphs, 0)

    def _maybe_fail(self, act: str) -> None:
        if act in self.faults:
            raise self.faults[act]
