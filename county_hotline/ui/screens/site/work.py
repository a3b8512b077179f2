"""What 现场 asks of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.domain.views import CallRow, RegisterRow
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import AgencyCode, Number
from county_hotline.ui.finding_orders import orders_found
from county_hotline.ui.telling.names import Names, names_of

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk

ACTS = ("call_units", "answer_call", "sign_arrival", "find", "score_call", "cancel_call")


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The calls, and who asks."""

    rows: tuple[CallRow, ...]
    names: Names
    now: int
    """UTC ms."""
    duties: frozenset[str]
    """Which of `ACTS` the officer may do."""

    @property
    def unit(self) -> AgencyCode:
        """The station's own unit."""
        return self.names.card.unit

    @property
    def sees_all(self) -> bool:
        """Whether this station acts for every unit (the county centre)."""
        return self.names.card.role is StationRole.CENTRE


class SiteWork(Protocol):
    """On the desk's lane."""

    def look(self, *, open_only: bool) -> SiteFacts:
        """The calls this station knows."""
        ...

    def arrive(self, number: Number, typed: Mapping[str, str]) -> None:
        """报到, one person. Raises Refusal, BadInput."""
        ...

    def find_orders(self, text: str) -> tuple[RegisterRow, ...]:
        """Orders that what was typed may mean."""
        ...


class DeskSite:
    """`SiteWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, *, open_only: bool) -> SiteFacts:
        """See `SiteWork`."""
        from county_hotline.desk import overseeing

        desk = self._desk
        names = names_of(desk)
        duties = frozenset(act for act in ACTS if desk.may(act))
        return SiteFacts(overseeing.calls(desk, open_only=open_only), names, desk.clock.now_ms(), duties)

    def arrive(self, number: Number, typed: Mapping[str, str]) -> None:
        """See `SiteWork`."""
        from county_hotline.desk import acts

        acts.perform(self._desk, number, "sign_arrival", typed)

    def find_orders(self, text: str) -> tuple[RegisterRow, ...]:
        """See `SiteWork`."""
        return orders_found(self._desk, text)
