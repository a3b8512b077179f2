"""The desk: what every act needs at hand. Functions of this folder take it first; `app` puts it together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from county_hotline.clock import Clock
from county_hotline.db.store import Decide, Store
from county_hotline.desk.learnt import Learnt
from county_hotline.desk.sheets import SheetMaker
from county_hotline.desk.slips import AnswerMaker, SlipMaker
from county_hotline.domain.authority import DUTIES, may_write
from county_hotline.domain.facts import Fact, Person, Withdrawn, WordsErased
from county_hotline.domain.reference import Account, StationCard
from county_hotline.domain.views import RoundReport
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.signals import Changes
from county_hotline.sync.watch import RoundWatch


class RunRound(Protocol):
    """One round of sync, as `app` wired it. Failures of the line come back in the report."""

    def __call__(self) -> RoundReport: ...


@dataclass(slots=True)
class Desk:
    """One officer's place at one station."""

    store: Store
    home: Home
    clock: Clock
    settings: Settings
    tell: Callable[[Changes], None]
    slip_maker: SlipMaker | None = None
    sheet_maker: SheetMaker | None = None
    answer_maker: AnswerMaker | None = None
    run_round: RunRound | None = None
    """None while the station is not enrolled."""
    watch: RoundWatch = field(default_factory=RoundWatch)
    """Of the round that runs."""
    learnt: Learnt = field(default_factory=Learnt)
    """Of past orders, for 建议."""
    officer: Account | None = None
    """Who is signed in."""

    @property
    def card(self) -> StationCard:
        """Which station this is. Refuses (R200) where none was set up."""
        card = self.store.station()
        if card is None:
            raise Refusal("R200")
        return card

    def signed_in(self) -> Account:
        """Who acts. Refuses (R203) when nobody is signed in."""
        if self.officer is None:
            raise Refusal("R203")
        return self.officer

    def record(self, number: Number, decide: Callable[[WorkOrder], tuple[Fact, Person | None]]) -> WorkOrder:
        """Record one fact in the signed-in officer's name; tell others after the commit. Refuses (R312) what is not this station's to write."""
        officer = self.signed_in()
        order = self.store.record(number, self._ours_to_write(number, decide), officer=officer.officer)
        self.tell(Changes(work_orders=frozenset({number}), counts=True))
        return order

    def record_together(
        self, steps: Sequence[tuple[Number, Callable[[WorkOrder], tuple[Fact, Person | None]]]]
    ) -> tuple[WorkOrder, ...]:
        """Facts of several orders in one transaction, in the signed-in officer's name; tell others after the commit. Refuses all of them
        (R312) where one is not this station's to write."""
        officer = self.signed_in()
        ours = [(number, self._ours_to_write(number, decide)) for number, decide in steps]
        orders = self.store.record_together(ours, officer=officer.officer)
        self.tell(Changes(work_orders=frozenset(number for number, _ in steps), counts=True))
        return orders

    def _ours_to_write(self, number: Number, decide: Decide) -> Decide:
        """As the hub asks (domain.authority): what it would hold back would hold up everything this station writes of the order after it."""

        def decided(order: WorkOrder) -> tuple[Fact, Person | None]:
            fact, person = decide(order)
            taken_by = order.accepted.unit if order.accepted else ""
            author = self._author(number, fact) if isinstance(fact, WordsErased | Withdrawn) else ""
            if not may_write(self.card, number, fact, taken_by=taken_by, author=author):
                raise Refusal("R312", number=number)
            return fact, person

        return decided

    def _author(self, number: Number, fact: WordsErased | Withdrawn) -> str:
        return next((event.station for event in self.store.view(number).story if event.entry_id == fact.entry_id), "")

    def may(self, act: str) -> bool:
        """Whether the signed-in officer's duties include this act."""
        return self.officer is not None and any(act in DUTIES[role] for role in self.officer.roles)

    def needs(self, act: str) -> Account:
        """Who acts; refuses (R204) an officer without that duty."""
        officer = self.signed_in()
        if not self.may(act):
            raise Refusal("R204", act=act)
        return officer
