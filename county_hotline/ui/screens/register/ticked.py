"""Which orders of 台账 are ticked: by number, in the order they were, as many as one act may take at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from county_hotline.ui.screens.register.loading import Loading
from county_hotline.ui.screens.register.screen import RegisterScreen
from county_hotline.wording import say

MOST = 1000
Ask = Callable[[int, Callable[[tuple[str, ...]], None]], None]
"""For the first so many numbers of what is listed, and whom to tell."""


class Ticked:
    """What is ticked stays so while the list is sorted, filtered and scrolled."""

    def __init__(self) -> None:
        self._numbers: dict[str, None] = {}

    @property
    def numbers(self) -> tuple[str, ...]:
        """In the order they were ticked."""
        return tuple(self._numbers)

    def turn(self, number: str) -> bool:
        """This one, or no more. Whether there was room for it."""
        if number in self._numbers:
            del self._numbers[number]
            return True
        return self.add((number,)) == 0

    def add(self, numbers: Iterable[str]) -> int:
        """These too. How many there was no room for."""
        fresh = [number for number in numbers if number not in self._numbers]
        room = MOST - len(self._numbers)
        self._numbers.update(dict.fromkeys(fresh[:room]))
        return max(0, len(fresh) - room)

    def clear(self) -> None:
        """None any more."""
        self._numbers.clear()


class TickKeeper:
    """`ticked_list.Ticking`: places become numbers, and what could not be ticked is said."""

    def __init__(self, view: RegisterScreen, loading: Loading, ask: Ask) -> None:
        self._view, self._loading, self._ask = view, loading, ask
        self._ticked = Ticked()

    @property
    def numbers(self) -> tuple[str, ...]:
        """In the order they were ticked."""
        return self._ticked.numbers

    def turn(self, at: int) -> None:
        """The row at this place, ticked or no more."""
        row = self._loading.pages.rows().get(at)
        if row is not None and not self._ticked.turn(row.number):
            self._view.say_done(say("register.ticked.full", most=MOST))
        self._show()

    def reach(self, first: int, last: int) -> None:
        """All rows between these places, as far as they were ever in sight."""
        held = self._loading.pages.rows()
        wanted = [held[at].number for at in range(first, last + 1) if at in held]
        if self._ticked.add(wanted):
            self._view.say_done(say("register.ticked.full", most=MOST))
        elif len(wanted) <= last - first:
            self._view.say_done(say("register.ticked.not_all", count=len(wanted)))
        self._show()

    def all(self) -> None:
        """Everything that is listed, as far as there is room."""
        self._ask(MOST, self._add_all)

    def clear(self) -> bool:
        """None any more; whether any was."""
        were = bool(self._ticked.numbers)
        self._ticked.clear()
        self._show()
        return were

    def rows_changed(self) -> None:
        """Other rows are listed: some that are ticked may not be among them."""
        if self._ticked.numbers:
            self._show()

    def _add_all(self, numbers: tuple[str, ...]) -> None:
        left, total = self._ticked.add(numbers), self._loading.pages.total
        if left or total > len(numbers) or self._loading.is_more:
            self._view.say_done(say("register.ticked.first", most=MOST))
        self._show()

    def _show(self) -> None:
        numbers, rows = self._ticked.numbers, self._loading.pages.rows()
        held = {row.number for row in rows.values()}
        away = (
            sum(number not in held for number in numbers)
            if self._loading.pages.total == len(rows) and not self._loading.is_more
            else 0
        )
        words = (
            say("register.ticked.away", count=len(numbers), away=away) if away else say("register.ticked", count=len(numbers))
        )
        self._view.show_ticked(numbers, words)
