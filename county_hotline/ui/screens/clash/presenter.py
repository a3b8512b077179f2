"""对照 without Tk: which line has the keyboard, what was chosen, and what F9 does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.domain.comparing import Side
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.looking import Looking
from county_hotline.ui.screens.clash.telling import ANEW, ClashTold, clash_told
from county_hotline.ui.screens.clash.work import ClashWork, Loaded


class ClashScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show(self, told: ClashTold, *, at: str) -> None:
        """The comparison; the line `at` has the keyboard."""
        ...

    def show_nothing(self) -> None:
        """Nothing waits to be settled."""
        ...

    def write(self, key: str, label: str, before: str) -> None:
        """Ask for another value of this line."""
        ...

    def settled(self) -> None:
        """Say that it is settled, in passing."""
        ...

    def left(self) -> None:
        """Say that it waits for the centre, in passing."""
        ...

    def go_back(self) -> None:
        """The page that was there before."""
        ...

    def reason(self) -> str:
        """What was written as the reason, and clear it."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class ClashPresenter:
    """Choices are kept while the page stands; a settled order gives way to the next."""

    def __init__(self, view: ClashScreen, work: ClashWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._number = ""
        self._at = ""
        self._loaded: Loaded | None = None
        self._pairs: object = None
        self._chosen: dict[str, str] = {}
        self._anew: dict[str, str] = {}
        self._is_busy = self._is_writing = False
        self._looking = Looking(runner, ask=self._question, show=self._looked, fail=view.fail)
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    # -- what the view reports --------------------------------------------------------------------------------------

    def shown(self, number: str) -> None:
        """In front, with an order's number or as it was."""
        if number and number != self._number:
            self._number = number
            self._begin_anew()
        self._looking.look()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def move(self, by: int) -> None:
        """↑↓: another line that is to be chosen."""
        keys = self._choices()
        if keys:
            place = keys.index(self._at) if self._at in keys else 0
            self.stand_at(keys[max(0, min(place + by, len(keys) - 1))])

    def stand_at(self, key: str) -> None:
        """This line has the keyboard."""
        if key in self._choices():
            self._at = key
            self._tell()

    def choose(self, side: Side, key: str = "") -> None:
        """←→: this side's value (of the line that has the keyboard)."""
        at = key or self._at
        if at in self._choices() and self._may_settle():
            self._chosen[at] = side.value
            self._at = at
            self._tell()

    def choose_all(self, side: Side) -> None:
        """Alt+1, Alt+2: everything by one side."""
        if self._may_settle():
            self._chosen = dict.fromkeys(self._choices(), side.value)
            self._tell()

    def write_anew(self) -> None:
        """空格: another value instead of both; acts and the caller's particulars have none."""
        told = self._told()
        row = next((row for row in told.rows if row.key == self._at and row.may_write), None) if told else None
        if row is not None and self._may_settle():
            self._is_writing = True
            self._view.write(row.key, row.label, self._anew.get(row.key, row.one.words))

    def written(self, key: str, text: str) -> None:
        """Another value was written."""
        self._is_writing = False
        if text.strip():
            self._chosen[key], self._anew[key] = ANEW, text.strip()
        self._tell()

    def settle(self) -> None:
        """F9: settle and go on to the next; where something is not chosen yet, go there."""
        loaded, told = self._loaded, self._told()
        if loaded is None or told is None or loaded.comparison is None or self._is_busy or not told.may_settle:
            return
        if not told.is_ready:
            self.stand_at(next(key for key in self._choices() if key not in self._chosen))
            return
        comparison, chosen, anew, reason = loaded.comparison, dict(self._chosen), dict(self._anew), self._view.reason()
        self._do(lambda: self._work.settle(comparison, chosen, anew, reason), self._view.settled)

    def ask_centre(self) -> None:
        """请县中心定."""
        loaded, told = self._loaded, self._told()
        if loaded is None or told is None or loaded.comparison is None or self._is_busy or not told.may_ask_centre:
            return
        comparison, reason = loaded.comparison, self._view.reason()
        self._do(lambda: self._work.ask_centre(comparison, reason), self._view.left)

    def put_off(self) -> None:
        """先放着: the next one, or back where this was the last."""
        loaded = self._loaded
        numbers = loaded.numbers if loaded else ()
        place = numbers.index(self._number) + 1 if self._number in numbers else len(numbers)
        if place >= len(numbers):
            self._view.go_back()
        else:
            self.shown(numbers[place])

    # -- within -----------------------------------------------------------------------------------------------------

    def _do(self, deed: Callable[[], None], say: Callable[[], None]) -> None:
        self._is_busy = True

        def done(_nothing: None) -> None:
            self._is_busy = False
            say()
            self._next()

        def failed(fault: Exception) -> None:
            self._is_busy = False
            self._view.fail(fault)
            self._looking.look()

        self._runner.run(deed, done, failed)

    def _next(self) -> None:
        """The same order again where more of it is open, else the one after it."""
        numbers = self._loaded.numbers if self._loaded else ()
        place = numbers.index(self._number) if self._number in numbers else -1
        comparison = self._loaded.comparison if self._loaded else None
        if comparison is None or not comparison.more:
            others = (*numbers[place + 1 :], *numbers[: max(place, 0)])
            self._number = others[0] if others else ""
        self._begin_anew()
        self._looking.look()

    def _begin_anew(self) -> None:
        self._at, self._chosen, self._anew, self._pairs = "", {}, {}, None

    def _choices(self) -> list[str]:
        comparison = self._loaded.comparison if self._loaded else None
        return [row.key for row in comparison.to_choose] if comparison else []

    def _may_settle(self) -> bool:
        return self._loaded is not None and not self._loaded.why_not

    def _question(self) -> Callable[[], Loaded]:
        number = self._number
        return lambda: self._work.look(number)

    def _looked(self, loaded: Loaded) -> None:
        self._loaded = loaded
        comparison = loaded.comparison
        if comparison is None:
            self._number = ""
            self._view.show_nothing()
            return
        pairs = (comparison.number, comparison.clashes)
        if self._pairs not in (None, pairs):  # somebody settled part of it, or more came: what was chosen was of something else
            self._begin_anew()
        self._number, self._pairs = comparison.number, pairs
        if self._at not in self._choices():
            self._at = next(iter(self._choices()), "")
        self._tell()

    def _told(self) -> ClashTold | None:
        if self._loaded is None or self._loaded.comparison is None:
            return None
        return clash_told(self._loaded, self._chosen, self._anew)

    def _tell(self) -> None:
        told = self._told()
        if told is not None:
            self._view.show(told, at=self._at)

    def _news(self, changes: Changes) -> None:
        if self._view.is_seen() and not (self._is_busy or self._is_writing) and changes.work_orders:
            self._looking.look()
