"""What 台账 asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.clock import local
from county_hotline.domain.views import OrderView, RegisterPage, RegisterQuery
from county_hotline.ui.telling.names import Names, names_of
from county_hotline.ui.telling.standing import Lamp, no_lamp

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What stands round the list."""

    names: Names
    today: str
    """ISO date."""
    now: int
    """UTC ms."""
    everything: int
    late: int
    waiting: int
    clashes: int
    lamp: Lamp = no_lamp
    """The colour of a limit now, by the rule pack."""


class RegisterWork(Protocol):
    """On the desk's lane."""

    def look(self) -> RegisterFacts:
        """Names, today, and the counts of the chips."""
        ...

    def page(self, query: RegisterQuery, *, after: str | None, limit: int) -> RegisterPage:
        """A page of rows."""
        ...

    def order(self, number: str) -> OrderView:
        """One order. Refuses R190, R191."""
        ...

    def left(self, due_on: str, *, at: int | None = None) -> int | None:
        """Working days left."""
        ...

    def today(self) -> str:
        """ISO date. Asks only the clock, so from any thread."""
        ...


class DeskRegister:
    """`RegisterWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self) -> RegisterFacts:
        """See `RegisterWork`."""
        from county_hotline.desk import lamps, looking_up

        desk, today, now = self._desk, self.today(), self._desk.clock.now_ms()
        names = names_of(desk)

        def total(query: RegisterQuery) -> int:
            return looking_up.register(desk, query, limit=1).total

        return RegisterFacts(
            names,
            today,
            now,
            everything=total(RegisterQuery()),
            late=total(RegisterQuery(overdue_at=now)),
            waiting=total(RegisterQuery(waiting_only=True)),
            clashes=total(RegisterQuery(clashes_only=True)),
            lamp=lamps.lamp(desk),
        )

    def page(self, query: RegisterQuery, *, after: str | None, limit: int) -> RegisterPage:
        """See `RegisterWork`."""
        from county_hotline.desk import looking_up

        return looking_up.register(self._desk, query, after=after, limit=limit)

    def order(self, number: str) -> OrderView:
        """See `RegisterWork`."""
        from county_hotline.desk import looking_up

        return looking_up.order(self._desk, number)

    def left(self, due_on: str, *, at: int | None = None) -> int | None:
        """See `RegisterWork`."""
        from county_hotline.desk import looking_up

        return looking_up.workdays_left(self._desk, due_on, at=at)

    def today(self) -> str:
        """See `RegisterWork`."""
        return local(self._desk.clock.now_ms()).date().isoformat()
