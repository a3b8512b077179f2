"""A person who sits down at the stations of a sample county, one after the other, with nothing but a keyboard; and what the commands say beside it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.keyboard import ANSWERED_S, Keyboard, running

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = [sys.executable, str(ROOT / "main.py")]
PASSWORD = "shiyong2026"  # noqa: S105 - of sample accounts over sample data
LEADER, REVIEWER, SUPERVISOR = 2, 4, 5
"""Which line of the centre's accounts they are."""
TO_NOTIFIED = 4
"""Tabs from a caller's address to 已告知."""
TRIES = 12
LOOKS = 4
"""How often the journal is asked after one round before another is begun."""
LOOK_AGAIN_S = 0.5
ROOMS = ("taking", "dispatching", "keeping", "handling", "calling", "closing", "overseeing")
LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"
"""As the page of an order lists its acts (更多)."""

Facts = dict[str, Any]


class NotThereError(Exception):
    """The play does not go on: where, what should stand there, what does."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is typed into 登记; `place` and `category` as letters or words that find one."""

    phone: str
    name: str
    place: str
    title: str
    content: str
    address: str = ""
    detail: str = ""
    demand: str = ""
    category: str = ""


class Seats:
    """`folder` holds the county; pictures go to `pictures` unless it is None."""

    def __init__(self, display: str, folder: Path, pictures: Path | None, program: list[str] | None = None) -> None:
        self._keys = Keyboard(display)
        self._display = display
        self._folder = folder
        self._pictures = pictures
        self._program = program or PROGRAM

    # -- at the keyboard ----------------------------------------------------------------------------------------------

    @contextmanager
    def seat(self, name: str, picture: str = "", *, nth: int = 1) -> Iterator[None]:
        """Sit down at one of the sample stations, sign in as its nth officer, and close the window in the end."""
        command = [*self._program, "try", "--home", str(self._folder), "--as", name]
        with running(command, self._display, self._folder.with_name(f"{self._folder.name}-{name}.log")):
            self._keys.wait_for_window()
            if picture:
                self.shot(picture)
            if nth > 1:
                self._keys.press("shift+Tab", str(nth), "Tab")
            self._keys.type(PASSWORD)
            self._keys.press_for_a_page("Return")
            yield

    def press(self, *keys: str) -> None:
        """Each key, and then what it brought."""
        for key in keys:
            self._keys.press_and_see(key)

    def shot(self, name: str) -> None:
        """Keep a picture, if pictures are kept."""
        if self._pictures is not None:
            self._keys.shot(self._pictures / f"{name}.png")

    def fill(self, request: Request) -> None:
        """登记, from its first field on."""
        self._keys.fill(request.phone, request.name)
        self._keys.press("Tab", "Tab")
        self._keys.type(request.address)
        self._keys.press(*["Tab"] * TO_NOTIFIED, "space", "Return")
        self._keys.ask(request.place)
        self._keys.fill("", request.detail, request.title)
        self._keys.type(request.content)
        self._keys.press("Tab")
        self._keys.fill(request.demand)
        if request.category:
            self._keys.ask(request.category)
            self._keys.fill("")

    def open(self, words: str, picture: str = "") -> None:
        """Find an order by its words, and open it."""
        self.press("F4")
        self._keys.press("ctrl+f", "ctrl+a")
        self._keys.ask(words)
        self.press("Return")
        if picture:
            self.shot(picture)
        self.press("Return")

    def open_act(self, seat: str, officer: str, words: str, act: str) -> None:
        """The form of an act, by its letter in 更多: the order is in front."""
        listed = self.said("acts", self.row(seat, words)["number"], seat=seat, officer=officer)["acts"]
        listed.sort(key=lambda each: ROOMS.index(each["room"]))
        names = [each["act"] for each in listed]
        if act not in names:
            raise NotThereError(seat, act, names)
        self.press("F10", LETTERS[names.index(act)])
        self._keys.wait(ANSWERED_S)

    # -- what the commands say beside it ------------------------------------------------------------------------------

    def said(self, *command: str, seat: str, officer: str = "", stdin: str = "") -> Facts:
        """What a command says with --json over a station's data. Raises NotThereError where it refuses."""
        line = [*self._program, *command, "--home", str(self._folder / seat), "--json"]
        if officer:
            line += ["--officer", officer]
        done = subprocess.run(line, input=stdin.encode(), capture_output=True, check=False)
        facts: Facts = json.loads(done.stdout)
        if done.returncode:
            raise NotThereError(seat, command, facts)
        return facts

    def register(self, rows: Sequence[dict[str, str]], *, seat: str = "hall", officer: str = "0301") -> None:
        """Requests taken beside the window."""
        told = json.dumps(rows, ensure_ascii=False)
        self.said("register", "--from-json", "-", "--no-slip", seat=seat, officer=officer, stdin=told)

    def act(self, seat: str, officer: str, words: str, act: str, **fields: str) -> None:
        """An act done beside the window."""
        typed = [part for name, value in fields.items() for part in ("--set", f"{name}={value}")]
        self.said("act", self.row(seat, words)["number"], act, *typed, seat=seat, officer=officer)

    def row(self, seat: str, words: str) -> Facts:
        """The order of these words in the list; empty where there is none."""
        rows: list[Facts] = self.said("list", "--text", words, seat=seat)["rows"]
        return rows[0] if rows else {}

    def standing(self, seat: str, words: str) -> tuple[str, bool]:
        """How the order stands at a seat, and whether something of it waits for the line."""
        row = self.row(seat, words)
        return (row["stage"], row["waiting"]) if row else ("", False)

    def history(self, seat: str, words: str) -> list[str]:
        """Kinds of what happened to the order, as known at the seat."""
        number = self.row(seat, words).get("number")
        return [each["kind"].removeprefix("work_order.") for each in self._story(seat, number)] if number else []

    def _story(self, seat: str, number: str) -> list[Facts]:
        story: list[Facts] = self.said("show", number, seat=seat)["history"]
        return story

    def as_typed(self, seat: str, request: Request) -> None:
        """Raises NotThereError where a character that was typed is not in the journal."""
        accepted = self.said("show", self.row(seat, request.title)["number"], seat=seat)["accepted"]
        kept = (accepted["title"], accepted["content"], accepted["place_detail"], accepted["demand"])
        if kept != (request.title, request.content, request.detail, request.demand):
            raise NotThereError(seat, request, kept)

    # -- waiting on state ---------------------------------------------------------------------------------------------

    def sync_until(self, seat: str, words: str, stage: str) -> None:
        """F5, again if need be, until the order stands so at this seat and nothing of it waits there any more."""
        self._sync(seat, lambda: self.standing(seat, words), (stage, False))

    def sync_until_told(self, seat: str, words: str, kind: str) -> None:
        """F5, again if need be, until this is the last that is known of the order here, and nothing of it waits."""
        self._sync(seat, lambda: (self.history(seat, words)[-1:], self.standing(seat, words)[1]), ([kind], False))

    def becomes(self, seat: str, words: str, stage: str) -> None:
        """What was done at the window is in the journal, and the window shows it."""
        self._until(seat, lambda: self.standing(seat, words)[0], stage)

    def happens(self, seat: str, words: str, kind: str) -> None:
        """The same, by what happened last."""
        self._until(seat, lambda: self.history(seat, words)[-1:], [kind])

    def _sync(self, seat: str, look: Callable[[], object], wanted: object) -> None:
        for _ in range(TRIES):
            self.press("F5")
            for _look in range(LOOKS):
                if look() == wanted:
                    self._keys.wait(ANSWERED_S)
                    return
        self._lost(seat, wanted, look())

    def _until(self, seat: str, look: Callable[[], object], wanted: object) -> None:
        for _ in range(TRIES):
            if look() == wanted:
                self._keys.wait(ANSWERED_S)
                return
            time.sleep(LOOK_AGAIN_S)
        self._lost(seat, wanted, look())

    def _lost(self, seat: str, wanted: object, found: object) -> None:
        """Say where it ended, with what the screen showed."""
        last = self._folder.with_name(f"{self._folder.name}-{seat}.png")
        self._keys.shot(last)
        raise NotThereError(seat, wanted, found, str(last))
