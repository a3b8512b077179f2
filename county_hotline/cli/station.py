"""A station opened for one command, and in whose name the command acts."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from county_hotline.app.station import Station, open_station
from county_hotline.background import Step
from county_hotline.cli.speech import Asked
from county_hotline.desk import Desk
from county_hotline.domain.reference import Account
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal
from county_hotline.ids import OfficerId
from county_hotline.wording import say


@contextmanager
def station_of(asked: Asked) -> Iterator[Station]:
    """The station in `--home`, with the acting officer at its desk; closed at the end. Refuses (R200) a folder that a join left
    unfinished."""
    station = open_station(asked.home, clock=asked.clock, told=lambda step: _told(asked, step))
    try:
        if station.store.station() is None:
            raise Refusal("R200")
        asked.logs.to_files(asked.home.logs)
        if station.settings.told is not None:
            asked.speech.aside(say(station.settings.told))
        station.desk.officer = acting_officer(station.desk, getattr(asked.options, "officer", None))
        yield station
    finally:
        station.close()


def _told(asked: Asked, step: Step) -> bool:
    """The tables are folded anew after an upgrade. Ctrl+C stops it; the next command goes on."""
    if step.total is not None:
        asked.speech.progress(say("cli.opening", done=step.done, total=step.total), last=step.done == step.total)
    return True


def acting_officer(desk: Desk, badge: str | None) -> Account:
    """The account with this badge; without one, whoever is logged in to the PC, at the command line, with all duties.

    The command line is for those who may read the key file anyway; the journal says that it was they. Refuses an unknown badge (R205).
    """
    if badge is None:
        name = login()
        return Account(OfficerId(say("cli.officer", login=name)), say("cli.officer_badge"), name, tuple(OfficerRole))
    for account in desk.store.accounts():
        if badge in (account.badge, account.name, account.officer):
            return account
    raise Refusal("R205", name=badge)


def login() -> str:
    """Whoever is logged in to the PC."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
