"""What 督办 asks of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from county_hotline.clock import local
from county_hotline.domain.views import RegisterRow, SupervisionRow
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ui.finding_orders import orders_found
from county_hotline.ui.telling.names import Names, names_of

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.overseeing import CardRow

ACTS = ("supervise", "answer_supervision", "close_supervision", "show_card", "take_back_card")


@dataclass(frozen=True, slots=True)
class SupervisionFacts:
    """The ledger, or the cards, and who asks."""

    names: Names
    now: int
    """UTC ms."""
    duties: frozenset[str]
    """Which of `ACTS` the officer may do."""
    rows: tuple[SupervisionRow, ...] = ()
    cards: tuple[CardRow, ...] = ()
    left: Mapping[str, int | None] = field(default_factory=dict)
    """Working days left, by the day (ISO) an answer is due."""

    @property
    def today(self) -> str:
        """ISO date."""
        return local(self.now).date().isoformat()

    @property
    def is_centre(self) -> bool:
        """Whether supervisions are issued and closed here."""
        return self.names.card.role is StationRole.CENTRE


class SupervisionWork(Protocol):
    """On the desk's lane."""

    def ledger(self, *, open_only: bool) -> SupervisionFacts:
        """督办台账."""
        ...

    def cards(self) -> SupervisionFacts:
        """Cards shown and suggested."""
        ...

    def find_orders(self, text: str) -> tuple[RegisterRow, ...]:
        """Orders that what was typed may mean."""
        ...


class DeskSupervision:
    """`SupervisionWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ledger(self, *, open_only: bool) -> SupervisionFacts:
        """See `SupervisionWork`."""
        from county_hotline.desk import looking_up, overseeing

        desk = self._desk
        rows = overseeing.supervisions(desk, open_only=open_only)
        days = {local(row.supervision.reply_by).date().isoformat() for row in rows if row.supervision.reply_by}
        left = {day: looking_up.workdays_left(desk, day) for day in days}
        return SupervisionFacts(names_of(self._desk), desk.clock.now_ms(), self._duties(), rows, left=left)

    def cards(self) -> SupervisionFacts:
        """See `SupervisionWork`."""
        from county_hotline.desk import overseeing

        desk = self._desk
        return SupervisionFacts(names_of(self._desk), desk.clock.now_ms(), self._duties(), cards=overseeing.cards(desk))

    def find_orders(self, text: str) -> tuple[RegisterRow, ...]:
        """See `SupervisionWork`."""
        return orders_found(self._desk, text)

    def _duties(self) -> frozenset[str]:
        return frozenset(act for act in ACTS if self._desk.may(act))
