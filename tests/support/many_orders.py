"""Orders in every state there is, of several days, places, units and kinds, made of facts at a hall, the centre and an agency."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final, NamedTuple

from county_hotline.domain.facts import (
    AnsweredAtOnce,
    Archived,
    Corrected,
    Dispatched,
    Fact,
    Finished,
    FollowedUp,
    Merged,
    NoteAdded,
    PathTold,
    Rated,
    Recalled,
    Replied,
    Reviewed,
    SignedFor,
    SuspensionAsked,
    SuspensionDecided,
    Voided,
    WordsErased,
)
from county_hotline.domain.vocabulary import (
    AssignmentRole,
    Channel,
    FollowUpResult,
    MatterKind,
    Outcome,
    Satisfaction,
    SuspensionReason,
    Urgency,
    VoidReason,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, Number
from tests.support.builders import OFFICER, a_caller, made
from tests.support.desks import ROADS, Counter, Counters
from tests.support.ticking_clock import TickingClock

HOUR: Final = 3_600_000
WATER: Final = AgencyCode("370323D04")
UNITS: Final = (ROADS, WATER, AgencyCode("370323109"))
PLACES: Final = ("370323109201", "370323109204", "370323109", "370323104201", "370323104", "370323", "")
CATEGORIES: Final = ("010101", "0102", "02", "0301", "")
EVENTS: Final = ("", "", "2026-11", "2026-12")
CAMPAIGNS: Final = ("", "", "", "DQ")
TITLES: Final = ("路灯不亮", "停水三天", "編號00012345的路燈", "A16区3号楼漏水", "村口😀停電", "道路塌陷")
CONTENTS: Final = (
    "村口的路灯三天不亮，晚上看不清路。",
    "西洪村三组村道塌陷，学生上学要绕行两里路。",
    "振興路與人民路交叉口，A16區6號樓。",
    "㐂家庄園一期 Ｂ座１２層漏水。",
)
DETAILS: Final = ("", "人民路88号", "红星小区3号楼", "振興路")
NAMES: Final = ("王贵香", "李四", "𠮷祥")
PHONES: Final = ("13905331234", "13800138000", "13805331234")
ADDRESSES: Final = ("", "人民路9号", "红旗路")
ANSWERS: Final = ("修好了", "已经换了灯泡，路灯亮了。")


class Listed(NamedTuple):
    """One order as the centre folds it."""

    row: int
    """By when it arrived there."""
    order: WorkOrder
    waiting: int
    """Its entries of the centre that have no receipt."""


class ManyOrders:
    """A county in which much happened. What is asked is asked at its centre."""

    def __init__(self, folder: Path, seed: int, count: int) -> None:
        self.clock = TickingClock()
        self.counters = Counters(folder, self.clock)
        self.centre = self.counters.centre
        self._chance = random.Random(seed)
        self.clock.wind_back(days=9)
        for place in range(count):
            self._something(place)
        self.numbers = tuple(sorted(self._known(self.centre)))

    def listed(self) -> list[Listed]:
        """All the centre has, each folded from its own story."""
        return [self._one(number) for number in self.numbers]

    def close(self) -> None:
        self.counters.close()

    def _one(self, number: Number) -> Listed:
        store = self.centre.store
        row = store.register_row(number)
        assert row is not None
        return Listed(row, store.order(number), len(store.view(number).waiting))

    def _something(self, place: int) -> None:
        chance = self._chance
        self.clock.advance(hours=chance.choice([0, 0, 1, 2, 7]), minutes=chance.choice([0, 1, 5]))
        self._accept(chance.choice([self.counters.hall, self.counters.hall, self.centre]), place)
        if place % 7 == 6:
            self.counters.sync()
        known = sorted(self._known(self.centre))
        for number in chance.sample(known, min(2, len(known))):
            if not self.centre.store.order(number).assignments:
                self._live(number)

    def _known(self, counter: Counter) -> list[Number]:
        return [Number(row[0]) for row in counter.store.database.execute_sql("SELECT number FROM work_orders").fetchall()]

    def _accept(self, counter: Counter, place: int) -> None:
        chance = self._chance
        limit = {"due_on": "", "due_at": 0} if chance.random() < 0.25 else {"due_on": "2026-11-30", "due_at": self._at()}
        make = made(
            a_caller(name=chance.choice(NAMES), phone=chance.choice(PHONES), address=chance.choice(ADDRESSES)),
            query_code=f"7K3M{place:04d}",
            unit=counter.card.unit,
            channel=chance.choice([Channel.VISIT, Channel.VISIT, Channel.LETTER]),
            matter_kind=chance.choice([MatterKind.HELP, MatterKind.HELP, MatterKind.TIP_OFF]),
            urgency=chance.choice([Urgency.NORMAL, Urgency.NORMAL, Urgency.URGENT]),
            category=chance.choice(CATEGORIES),
            place=chance.choice(PLACES),
            place_detail=chance.choice(DETAILS),
            title=chance.choice(TITLES),
            content=chance.choice(CONTENTS),
            demand=chance.choice(["", "尽快修复"]),
            event=chance.choice(EVENTS),
            campaign=chance.choice(CAMPAIGNS),
            confidential=chance.random() < 0.15,
            agency_hint=chance.choice(["", *UNITS]),
            external_number=f"W2026-{place:07d}" if chance.random() < 0.2 else "",
            external_due_at=self._at() if chance.random() < 0.1 else 0,
            **limit,
        )
        counter.store.accept(make, officer=OFFICER)

    def _at(self) -> int:
        """A moment near now; 0 now and then."""
        return self._chance.choice([0, *[self.clock.now + self._chance.randrange(-60, 150) * HOUR] * 3])

    def _record(self, number: Number, fact: Fact, counter: Counter | None = None) -> WorkOrder:
        self.clock.advance(minutes=self._chance.choice([0, 1, 90]))
        return (counter or self.centre).store.record(number, lambda order: (fact, None), officer=OFFICER)

    def _live(self, number: Number) -> None:
        """Some of a life, from its beginning."""
        draw, chance = self._chance.random(), self._chance
        if draw < 0.1:
            self._record(number, AnsweredAtOnce(answer="可以。"))
        elif draw < 0.15:
            self._record(number, PathTold(reason="03", words="请走法定途径。", path="法院"))
        elif draw < 0.2:
            self._record(number, Voided(reason=VoidReason.TEST))
        elif draw < 0.25:
            self._record(number, Merged(into=chance.choice(sorted(self._known(self.centre)))))
        elif draw < 0.9:
            self._handled(number)
        if chance.random() < 0.1:
            self._written_by_two(number)
        if chance.random() < 0.08:
            first = self.centre.store.view(number).story[0]
            self._record(number, WordsErased(entry_id=first.entry_id, ground="本人申请"))

    def _handled(self, number: Number) -> None:
        chance, unit = self._chance, self._chance.choice(UNITS)
        due = {"due_on": "2026-12-01", "due_at": self._at()} if chance.random() < 0.8 else {}
        self._record(number, Dispatched(agency=unit, sign_by=chance.choice([0, self._at()]), **due))  # type: ignore[arg-type]
        other = chance.choice([each for each in UNITS if each != unit])
        if chance.random() < 0.2:
            self._record(number, Dispatched(agency=other, role=AssignmentRole.HELPER, due_on="2026-12-02"))
        if chance.random() < 0.15:
            self._record(number, Recalled(agency=unit, reason="派错了"))
            if chance.random() < 0.5:
                self._record(number, Dispatched(agency=other, due_on="2026-12-03", due_at=self._at()))
            return
        for fact in self._work(unit)[: chance.choice([0, 1, 2, 3, 4, 5, 6, 7])]:
            self._record(number, fact)
            if isinstance(fact, SignedFor) and chance.random() < 0.15:
                self._stands_still(number, unit)
                return

    def _work(self, unit: AgencyCode) -> list[Fact]:
        chance = self._chance
        result = chance.choice([FollowUpResult.RATED] * 4 + [FollowUpResult.NO_ANSWER] * 3 + list(FollowUpResult))
        solved, satisfaction = chance.choice([None, True, False]), chance.choice([None, *Satisfaction])
        return [
            SignedFor(agency=unit),
            Replied(agency=unit, internal="修了", public=chance.choice(ANSWERS)),
            Reviewed(agency=unit, passed=chance.random() < 0.9, follow_up_by=self._at()),
            FollowedUp(result=result, called_at=self.clock.now, solved=solved, satisfaction=satisfaction),
            Finished(outcome=Outcome.SOLVED),
            Rated(satisfaction=chance.choice(list(Satisfaction))),
            Archived(file_number="1"),
        ]

    def _stands_still(self, number: Number, unit: AgencyCode) -> None:
        asked = SuspensionAsked(
            agency=unit, reason=SuspensionReason.SEASON, words="等汛期过去", resume_when="水退", review_on="2026-12-20"
        )
        application = self._record(number, asked).open_application()
        assert application is not None
        approved = self._chance.random() < 0.8
        self._record(number, SuspensionDecided(agency=unit, approved=approved, opinion="同意", asked=application.entry_id))

    def _written_by_two(self, number: Number) -> None:
        """The hall and the centre correct what they see, unseen by each other: a clash, or only other words."""
        chance = self._chance
        self._record(number, Corrected(reason="写错了", title=chance.choice(TITLES), place=chance.choice(PLACES)))
        if number in self._known(self.counters.hall):
            words = Corrected(reason="听错了", title=chance.choice(TITLES), category=chance.choice(CATEGORIES))
            self._record(number, chance.choice([words, NoteAdded(text="又来电")]), self.counters.hall)
