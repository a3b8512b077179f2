"""What the sign-in page asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from county_hotline.domain.reference import Account, StationCard
    from county_hotline.domain.views import Counts, Line
    from county_hotline.ui.services import Services


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
        """Accounts, station, counts, drafts. Whoever was here has left his place: copies made for opening go."""
        ...

    def sign_in(self, badge: str, password: str) -> Account:
        """Sign in. Refuses R201, R202, R205."""
        ...


class DeskSignIn:
    """`SignInWork` over the real desk."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def look(self) -> SignInFacts:
        """See `SignInWork`."""
        from county_hotline.desk import files, intake, line, looking_up, signing_in

        desk = self._services.desk
        files.forget_opened(desk)
        return SignInFacts(
            signing_in.accounts(desk),
            desk.card,
            looking_up.counts(desk),
            line.line(desk),
            tuple(draft.saved_at for draft in intake.drafts(desk)),
        )

    def sign_in(self, badge: str, password: str) -> Account:
        """See `SignInWork`."""
        from county_hotline.desk import signing_in

        return signing_in.sign_in(self._services.desk, badge, password)
