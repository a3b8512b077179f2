"""The order chosen in 台账, asked for one at a time: keys pressed while an answer is on its way end at the last row."""

from __future__ import annotations

from county_hotline.background import Runner
from county_hotline.ui.screens.register.loading import Loading
from county_hotline.ui.screens.register.screen import RegisterScreen
from county_hotline.ui.screens.register.telling import Now, PeekTold, peek_told
from county_hotline.ui.screens.register.work import RegisterWork


class Peeking:
    """`look(number)` shows it beside the list; nothing takes it away."""

    def __init__(self, view: RegisterScreen, work: RegisterWork, runner: Runner, loading: Loading) -> None:
        self._view, self._work, self._runner, self._loading = view, work, runner, loading
        self._wanted = ("", "")
        self._asked: tuple[str, str] | None = None

    def look(self, number: str, typed: str) -> None:
        """This order; `typed` is marked where it stands out of the list's sight."""
        self._wanted = (number, typed)
        if not number:
            self._view.show_peek(None)
        elif self._asked is None:
            asked = self._asked = self._wanted
            self._runner.run(lambda: self._peeked(*asked), self._show, self._failed)

    def _peeked(self, number: str, typed: str) -> PeekTold:
        """On the desk's lane."""
        facts = self._loading.facts or self._work.look()
        now = Now(self._work.today(), facts.now, facts.lamp, typed)
        return peek_told(self._work.order(number), facts.names, self._work.left, now)

    def _show(self, told: PeekTold) -> None:
        asked, self._asked = self._asked, None
        if asked == self._wanted:
            self._view.show_peek(told)
        else:
            self.look(*self._wanted)

    def _failed(self, fault: Exception) -> None:
        self._asked = None
        self._view.fail(fault)
