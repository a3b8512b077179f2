"""What 台账 asks of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.clock import local
from county_hotline.domain.views import OrderView, RegisterPage, RegisterQuery, RegisterSort
from county_hotline.ui.telling.names import Names, names_of
from county_hotline.ui.telling.standing import Lamp, no_lamp

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.register_choices import RegisterChoices


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
    beyond: frozenset[str] = frozenset()
    """Of which of the counts there may be more: a long list that is narrowed is not counted to its end."""
    campaigns: tuple[tuple[str, str], ...] = ()
    """专项 by code."""


@dataclass(frozen=True, slots=True)
class Liking:
    """What the officer chose, in plain values."""

    columns: tuple[str, ...] = ()
    sort: RegisterSort = RegisterSort.DUE
    is_reversed: bool = False
    saved: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """常用筛选: name and what is chosen in it."""


class RegisterWork(Protocol):
    """On the desk's lane."""

    def look(self) -> RegisterFacts:
        """Names, today, and the counts of the chips."""
        ...

    def page(self, query: RegisterQuery, *, after: str | None, limit: int) -> RegisterPage:
        """A page of rows."""
        ...

    def further(self, query: RegisterQuery, *, after: str | None, rows: int) -> str | None:
        """From where a page begins so many rows further on."""
        ...

    def numbers(self, query: RegisterQuery, *, limit: int) -> tuple[str, ...]:
        """The first so many of what is listed."""
        ...

    def liking(self) -> Liking:
        """What the officer chose."""
        ...

    def like_columns(self, columns: tuple[str, ...]) -> Liking:
        """Other columns; none for what everybody has."""
        ...

    def like_sort(self, sort: RegisterSort, *, is_reversed: bool) -> Liking:
        """Another sort."""
        ...

    def save_filter(self, name: str, kept: Mapping[str, str]) -> Liking:
        """常用筛选, under a name. Refuses R570, R571."""
        ...

    def drop_filter(self, name: str) -> Liking:
        """One less."""
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

    def now(self) -> int:
        """UTC ms, as `today`."""
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

        queries = {
            "everything": RegisterQuery(),
            "late": RegisterQuery(overdue_at=now),
            "waiting": RegisterQuery(waiting_only=True),
            "clashes": RegisterQuery(clashes_only=True),
        }
        pages = {name: looking_up.register(desk, query, limit=1) for name, query in queries.items()}
        return RegisterFacts(
            names,
            today,
            now,
            **{name: page.total for name, page in pages.items()},
            beyond=frozenset(name for name, page in pages.items() if page.is_more),
            lamp=lamps.lamp(desk),
            campaigns=tuple((each.code, each.name) for each in desk.store.reference.bundle().campaigns),
        )

    def page(self, query: RegisterQuery, *, after: str | None, limit: int) -> RegisterPage:
        """See `RegisterWork`."""
        from county_hotline.desk import looking_up

        return looking_up.register(self._desk, query, after=after, limit=limit)

    def further(self, query: RegisterQuery, *, after: str | None, rows: int) -> str | None:
        """See `RegisterWork`."""
        from county_hotline.desk import looking_up

        return looking_up.register_further(self._desk, query, after=after, rows=rows)

    def numbers(self, query: RegisterQuery, *, limit: int) -> tuple[str, ...]:
        """See `RegisterWork`."""
        from county_hotline.desk import looking_up

        return looking_up.register_numbers(self._desk, query, limit=limit)

    def liking(self) -> Liking:
        """See `RegisterWork`."""
        from county_hotline.desk import register_choices

        return _liking(register_choices.chosen(self._desk))

    def like_columns(self, columns: tuple[str, ...]) -> Liking:
        """See `RegisterWork`."""
        from county_hotline.desk import register_choices

        return _liking(register_choices.choose_columns(self._desk, columns))

    def like_sort(self, sort: RegisterSort, *, is_reversed: bool) -> Liking:
        """See `RegisterWork`."""
        from county_hotline.desk import register_choices

        return _liking(register_choices.choose_sort(self._desk, sort, is_reversed=is_reversed))

    def save_filter(self, name: str, kept: Mapping[str, str]) -> Liking:
        """See `RegisterWork`."""
        from county_hotline.desk import register_choices

        return _liking(register_choices.save_filter(self._desk, name, kept))

    def drop_filter(self, name: str) -> Liking:
        """See `RegisterWork`."""
        from county_hotline.desk import register_choices

        return _liking(register_choices.drop_filter(self._desk, name))

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

    def now(self) -> int:
        """See `RegisterWork`."""
        return self._desk.clock.now_ms()


def _liking(chosen: RegisterChoices) -> Liking:
    return Liking(chosen.columns, chosen.sort, chosen.is_reversed, tuple((each.name, each.choices) for each in chosen.saved))
