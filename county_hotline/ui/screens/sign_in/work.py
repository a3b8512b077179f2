"""What the sign-in page asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.domain.reference import Account, StationCard
from county_hotline.domain.views import Counts, Line

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """What stands on the page before anyone has signed in."""

    accounts: tuple[Account, ...]
    card: StationCard
    counts: Counts
    line: Line
    draft_times: tuple[int, ...] = ()
    """When each unfinished form was last saved, newest first, UTC ms."""


class SignInWork(Protocol):
    """On the desk's lane."""

    def look(self) -> SignInFacts:
        """Accounts, station, counts, drafts."""
        ...

    def sign_in(self, badge: str, password: str) -> Account:
        """Sign in. Refuses R201, R202, R205."""
        ...


class DeskSignIn:
    """`SignInWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self) -> SignInFacts:
        """See `SignInWork`."""
        from county_hotline.desk import intake, line, looking_up, signing_in

        return SignInFacts(
            signing_in.accounts(self._desk),
            self._desk.card,
            looking_up.counts(self._desk),
            line.line(self._desk),
            tuple(draft.saved_at for draft in intake.drafts(self._desk)),
        )

    def sign_in(self, badge: str, password: str) -> Account:
        """See `SignInWork`."""
        from county_hotline.desk import signing_in

        return signing_in.sign_in(self._desk, badge, password)
