"""登录 without Tk: what is shown first, what a wrong password says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Runner, Step
from county_hotline.clock import Clock, local, shown
from county_hotline.errors import HotlineError, Refusal
from county_hotline.ui.screens.sign_in.work import SignInFacts, SignInWork
from county_hotline.wording import say, sentence, word

if TYPE_CHECKING:
    from county_hotline.domain.reference import Account


class SignInScreen(Protocol):
    """What the presenter needs of the view."""

    def show_accounts(self, accounts: tuple[tuple[str, str], ...]) -> None:
        """Badge and words of each."""
        ...

    def show_station(self, name: str, *, line: str, is_online: bool, counts: str) -> None:
        """The left side."""
        ...

    def show_draft(self, words: str) -> None:
        """The line about unfinished forms."""
        ...

    def refuse(self, words: str) -> None:
        """Red, below the password; empty takes it away."""
        ...

    def busy(self, *, yes: bool) -> None:
        """While the password is checked."""
        ...

    def clear_password(self) -> None:
        """Empty it and give it the keyboard."""
        ...

    def show_waiting(self, words: str) -> None:
        """Quiet, below the password; empty takes it away."""
        ...

    def show_opening(self, step: Step | None) -> None:
        """The tables are folded anew after an upgrade, and it is so far; None: that is over."""
        ...


class SignInPresenter:
    """One sign-in at a time; a refusal is a sentence, never a box."""

    def __init__(
        self, view: SignInScreen, work: SignInWork, runner: Runner, *, clock: Clock, signed_in: Callable[[Account], None]
    ) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._clock = clock
        self._signed_in = signed_in
        self._is_busy = False
        self._is_looking = False
        self._wanted = ""

    def look(self) -> None:
        """Fetch what stands on the page."""
        self._is_looking = True
        self._runner.run(self._work.look, self._looked, self._failed)

    def opening(self, step: Step) -> None:
        """Nothing can be looked at yet: the tables are folded anew after an upgrade."""
        self._view.show_opening(step)

    def sign_in(self, badge: str, password: str) -> None:
        """Try. A second press meanwhile changes nothing. Pressed before the accounts are there, it is kept until they are."""
        if self._is_busy:
            return
        if not password and (badge or self._is_looking):
            self._view.refuse(say("sign_in.no_password"))
            self._view.clear_password()
            return
        if not badge:
            self._wanted = password
            self._view.show_waiting(say("sign_in.waiting") if password else "")
            if not self._is_looking:
                self.look()  # the accounts could not be read before; perhaps now
            return
        self._is_busy = True
        self._view.busy(yes=True)
        self._runner.run(lambda: self._work.sign_in(badge, password), self._entered, self._failed)

    def time(self) -> str:
        """This PC's time as the left side shows it: a wrong clock is seen before the day begins."""
        now = self._clock.now_ms()
        return say("sign_in.now", now=shown(now), weekday=say(f"weekday.{local(now).isoweekday()}"))

    def _looked(self, facts: SignInFacts) -> None:
        self._is_looking = False
        self._view.show_opening(None)
        self._view.show_accounts(
            tuple(
                (each.badge, say("sign_in.account", name=each.name, role=word(each.roles[0])) if each.roles else each.name)
                for each in facts.accounts
            )
        )
        from county_hotline.domain.views import (
            LineState,  # the desk has loaded it by now; before the first paint it would only take time
        )

        is_online = facts.line.state is LineState.ONLINE
        counts = {name: f"{getattr(facts.counts, name):,}" for name in ("stored", "received", "waiting")}
        self._view.show_station(
            "・".join(part for part in (facts.card.unit_name, facts.card.desk) if part),
            line=say("sign_in.online" if is_online else "sign_in.offline_too"),
            is_online=is_online,
            counts=say("sign_in.counts", **counts),
        )
        self._view.show_draft(_draft_words(facts.draft_times))
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self._view.show_waiting("")
        if not facts.accounts:
            self._view.refuse(say("sign_in.no_accounts"))
        elif wanted:
            self.sign_in(facts.accounts[0].badge, wanted)

    def _entered(self, account: Account) -> None:
        self._is_busy = False
        self._view.busy(yes=False)
        self._signed_in(account)

    def _failed(self, fault: Exception) -> None:
        self._is_busy = self._is_looking = False
        self._wanted = ""
        self._view.busy(yes=False)
        self._view.show_opening(None)
        if not isinstance(fault, HotlineError):
            raise fault  # to the one place that logs and shows the code
        self._view.refuse(sentence(fault))
        if isinstance(fault, Refusal):
            self._view.clear_password()


def _draft_words(times: tuple[int, ...]) -> str:
    if not times:
        return ""
    when = shown(times[0])
    return say("sign_in.draft", when=when) if len(times) == 1 else say("sign_in.drafts", count=len(times), when=when)
