"""A real station in an empty folder, and its window, for tests of the whole."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from county_hotline.app.slip_printer import make_slip
from county_hotline.background import Answers, InlineRunner, Runner
from county_hotline.desk import founding, signing_in
from county_hotline.desk.desk import Desk
from county_hotline.domain.vocabulary import StationRole
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.signals import Bulletin
from county_hotline.ui.services import Services
from county_hotline.ui.window import Window
from tests.support.ticking_clock import TickingClock

PASSWORD = "lian-23456"
PATIENCE_S = 10


@dataclass
class Opened:
    """A window over a station."""

    window: Window
    desk: Desk
    clock: TickingClock
    answers: Answers

    def settle(self) -> None:
        """Let everything that is due happen."""
        self.window.root.update()
        self.answers.take(100)
        self.window.root.update()

    def wait_for(self, holds: Callable[[], bool]) -> None:
        """Let the window live until `holds()`; fails after a while."""
        limit = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < limit, "nothing came of it"
            self.window.root.update()
            time.sleep(0.01)

    def sign_in(self, badge: str = "0301") -> None:
        """As if name and password had been typed."""
        account = signing_in.sign_in(self.desk, badge, PASSWORD)
        self.window.signed_in(account)
        self.settle()


def a_desk(folder: Path, clock: TickingClock, bulletin: Bulletin, *, role: StationRole = StationRole.HALL) -> Desk:
    """A station of the sample county in this folder (its hall), nobody signed in, without accounts: hashing passwords takes long."""
    home = Home(folder)
    store = founding.open_store(home, clock)
    bundle = founding.load_county(store)
    founding.settle(store, home, founding.card_for(bundle, founding.NewStation(role=role)))
    return Desk(store=store, home=home, clock=clock, settings=Settings(home.settings), tell=bulletin.post, slip_maker=make_slip)


def a_station(folder: Path, clock: TickingClock, bulletin: Bulletin, *, role: StationRole = StationRole.HALL) -> Desk:
    """The same with its accounts, all with one password."""
    desk = a_desk(folder, clock, bulletin, role=role)
    founding.make_accounts(desk, password=PASSWORD)
    return desk


@contextmanager
def a_window(
    folder: Path, *, lanes: tuple[Runner, Runner] | None = None, role: StationRole = StationRole.HALL
) -> Iterator[Opened]:
    """A window over a new station; work is done at once unless real lanes are given."""
    clock, answers, bulletin = TickingClock(), Answers(), Bulletin()
    desk = a_station(folder, clock, bulletin, role=role)
    desk_lane, wire_lane = lanes or (InlineRunner(), InlineRunner())
    services = Services(
        desk=desk,
        desk_lane=desk_lane,
        wire_lane=wire_lane,
        answers=answers,
        bulletin=bulletin,
        settings=desk.settings,
        clock=clock,
        folder=folder / "screen",
        version="test",
    )
    window = Window(services)
    window.root.update()
    opened = Opened(window, desk, clock, answers)
    try:
        yield opened
    finally:
        if window.is_open:
            window.close()
        desk.store.close()


def type_keys(*arguments: str) -> None:
    """The real keyboard of the virtual screen."""
    subprocess.run(["xdotool", *arguments], check=True, timeout=30)
