"""One station with its window, and a hand at its keyboard: what tests and measurements of a single seat stand on."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from county_hotline.clock import SystemClock
from county_hotline.desk import founding
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake_form import IntakeForm, drafts, form_of
from county_hotline.domain.vocabulary import StationRole
from county_hotline.paths import Home
from county_hotline.settings import Settings
from tools.keyboard import ANSWERED_S, Keyboard, NotStillError

ROOT = Path(__file__).resolve().parent.parent
TRIES = 3
PASSWORD = "shiyong2026"  # noqa: S105 - of a station made for this


def as_a_user_runs_it(program: subprocess.Popen[bytes]) -> None:
    """With the priority of any program, even where the test itself was asked to stand back and others fill the processors."""
    with contextlib.suppress(AttributeError, PermissionError, ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, program.pid, 0)


class Seat:
    """A station that is there, its window on `display`."""

    def __init__(self, folder: Path, display: str, password: str) -> None:
        self.home, self.display, self._password = Home(folder), display, password
        self.keys = Keyboard(display)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The station without its window, for what is looked up or made ready beside it."""
        store = founding.open_store(self.home, SystemClock())
        try:
            yield Desk(
                store=store, home=self.home, clock=SystemClock(), settings=Settings(self.home.settings), tell=lambda _: None
            )
        finally:
            store.close()

    def sit_down(self, **environment: str) -> subprocess.Popen[bytes]:
        """The window, signed in, with an empty form in front. Whoever asked ends it."""
        program = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), "--home", str(self.home.path)],
            env={**os.environ, "DISPLAY": self.display, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        as_a_user_runs_it(program)
        self.keys.wait_for_window()
        for _ in range(TRIES):
            self.keys.wait(ANSWERED_S)  # the names of who may sign in have come
            if self._signs_in():
                self.keys.press_and_see("F2")
                return program
        program.kill()
        program.wait()
        raise NotStillError(self.display)

    def _signs_in(self) -> bool:
        """Whether another page came. On a busy machine the names may come later than the password."""
        self.keys.press("ctrl+a")
        self.keys.type(self._password)
        try:
            self.keys.press_for_a_page("Return")
        except NotStillError:
            return False
        return True

    def drafts(self) -> dict[str, IntakeForm]:
        """What lies on the disk, by key."""
        with self.desk() as desk:
            return {draft.key: form_of(draft) for draft in drafts(desk)}


class OneDesk(Seat):
    """A new station in `folder`, with accounts."""

    def __init__(self, folder: Path, display: str, *, role: StationRole = StationRole.HALL) -> None:
        super().__init__(folder, display, PASSWORD)
        store = founding.open_store(self.home, SystemClock())
        bundle = founding.load_county(store)
        founding.settle(store, self.home, founding.card_for(bundle, founding.NewStation(role=role)))
        store.close()
        with self.desk() as desk:
            founding.make_accounts(desk, password=PASSWORD)
