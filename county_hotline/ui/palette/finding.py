"""找命令 in the window: gathers its lines when it opens, looks an order up by its number, remembers what an officer used last."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from county_hotline.background import Runner
from county_hotline.errors import HotlineError, Refusal
from county_hotline.ui.palette.entries import Entry, Spell, found, remembered
from county_hotline.ui.palette.view import PaletteView
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.ui.services import Services

RECENT = "palette.recent"
SHORTEST = 4
"""So many letters and digits may be the end of a number or a query code."""
ORDER = "order"


class Palette:
    """Opened and closed by the window. `gather()` says what there is now; `open_order(number)` goes there."""

    def __init__(
        self, window: tk.Misc, services: Services, *, gather: Callable[[], tuple[Entry, ...]], open_order: Callable[[str], None]
    ) -> None:
        self._window, self._services = window, services
        self._gather, self._open_order = gather, open_order
        self._view: PaletteView | None = None
        self._before: tk.Misc | None = None
        self._gathered: tuple[Entry, ...] = ()
        self._recent: tuple[str, ...] = ()
        self._of_order: tuple[str, Entry] | None = None
        """What was typed, and the line that the desk answered."""
        self._spell: Spell | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is in front."""
        return self._view is not None

    @property
    def view(self) -> PaletteView | None:
        """As it stands."""
        return self._view

    def learn(self) -> None:
        """Somebody signed in: what did they use last?"""
        self._recent = ()
        desk = self._services.desk

        def ask() -> tuple[str, ...]:
            from county_hotline.desk import own_choices

            return own_choices.chosen(desk, RECENT, tuple[str, ...]) or ()

        self._lane.run(ask, self._learnt, lambda _fault: None)

    def turn(self) -> None:
        """Open it, or away with it."""
        if self._view is not None:
            self.close()
            return
        self._gathered = self._gather()
        self._show(self._found, self._take)

    def show_lines(self, lines: Sequence[Entry]) -> None:
        """The same list over other lines (what was said lately); choosing one only closes it."""
        self.close()
        self._gathered = tuple(lines)
        self._show(partial(_holding, self._gathered), lambda _entry: self.close(), hint=say("told.hint"), keys=say("told.keys"))

    def close(self) -> None:
        """Away; the keyboard goes back to where it was."""
        if self._view is None:
            return
        self._view.destroy()
        self._view = None
        if self._before is not None and self._before.winfo_exists() and self._before.winfo_viewable():
            self._before.focus_set()

    def _show(
        self, ask: Callable[[str], Sequence[Entry]], chosen: Callable[[Entry], None], *, hint: str = "", keys: str = ""
    ) -> None:
        self._before = self._window.focus_get()
        self._view = PaletteView(self._window, ask=ask, chosen=chosen, left=self.close, hint=hint, keys=keys)
        self._view.open()

    @property
    def _lane(self) -> Runner:
        return self._services.desk_lane

    def _learnt(self, recent: tuple[str, ...]) -> None:
        self._recent = recent

    def _found(self, typed: str) -> tuple[Entry, ...]:
        lines = found(self._gathered, typed, recent=self._recent, spell=self._spelled)
        plain = "".join(typed.split())
        asked = self._of_order is not None and self._of_order[0] == plain
        if not asked and sum(each.isascii() and each.isalnum() for each in plain) >= SHORTEST and any(map(str.isdigit, plain)):
            self._look_for_order(plain)
        if self._of_order is not None and self._of_order[0] == plain:
            return (self._of_order[1], *lines)
        return lines

    def _spelled(self, words: str) -> tuple[str, ...]:
        if self._spell is None:
            from county_hotline.ui.palette.spelling import spell

            self._spell = spell
        return self._spell(words)

    def _look_for_order(self, typed: str) -> None:
        desk = self._services.desk

        def ask() -> tuple[str, str]:
            from county_hotline.desk import looking_up
            from county_hotline.ui.telling.standing import short_number
            from county_hotline.wording import word

            view = looking_up.order(desk, typed)
            return view.order.number, say("palette.order", number=short_number(view.order.number), stage=word(view.order.stage))

        self._lane.run(ask, lambda answer: self._answered(typed, *answer), lambda fault: self._not_one(typed, fault))

    def _answered(self, typed: str, number: str, words: str) -> None:
        entry = Entry(ORDER, words, partial(self._open_order, number), group=say("palette.group.order"), icon="file-text")
        self._of_order = (typed, entry)
        self._look_again(typed)

    def _not_one(self, typed: str, fault: Exception) -> None:
        """A mistyped number says so; anything else that was typed is no number."""
        if not isinstance(fault, HotlineError):
            raise fault
        if isinstance(fault, Refusal) and fault.code == "R191":
            words = say("palette.group.order")
            self._of_order = (typed, Entry(ORDER, words, lambda: None, icon="file-text", why_not=sentence(fault)))
            self._look_again(typed)

    def _look_again(self, typed: str) -> None:
        if self._view is not None and "".join(self._view.field.value().split()) == typed:
            self._view.look()

    def _take(self, entry: Entry) -> None:
        self.close()
        if entry.name != ORDER:
            self._recent = remembered(self._recent, entry.name)
            self._remember(self._recent)
        entry.do()

    def _remember(self, recent: tuple[str, ...]) -> None:
        desk = self._services.desk

        def keep() -> None:
            from county_hotline.desk import own_choices

            own_choices.choose(desk, RECENT, recent)

        self._lane.run(keep, lambda _none: None, lambda _fault: None)


def _holding(lines: tuple[Entry, ...], typed: str) -> tuple[Entry, ...]:
    """Lines that have every word typed, in their own order."""
    return tuple(line for line in lines if all(word in line.words.lower() for word in typed.lower().split()))
