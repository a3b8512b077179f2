"""The hands of the scripted clerk: whatever is struck is counted, whatever the window made the clerk wait for is timed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from county_hotline.domain import pinyin
from tools.clerk_work import Way
from tools.eye import Eye
from tools.one_desk import OneDesk

CARET = 120
"""A text cursor that comes and goes changes no more pixels."""
STILL_S = 0.5
PATIENCE_S = 120.0
IN_SIGHT = 8
"""Lines of a list that are seen at once."""
_HAN = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Rates:
    """What is assumed of people; everything else is measured."""

    key_s: float = 0.28
    """Seconds a key: the average typist who is no secretary, 40 words a minute (Card, Moran, Newell, The Keystroke-Level Model, CACM 23(7), 1980)."""
    written_per_minute: float = 40.0
    """Characters by hand. Assumed: what is told of adults lies between 20 and 40; the quickest is taken."""
    chosen_every: int = 2
    """Characters of one choice in an input method (full pinyin, then space or a digit). Assumed: a word of two."""


@dataclass(slots=True)
class Taken:
    """One intake in figures."""

    way: Way
    events: int = 0
    """Keys that reached the window; a Chinese character is one."""
    struck: int = 0
    """Keys a hand strikes: letters and choices instead of characters; Alt+A is two."""
    text: int = 0
    """Of these, for title and content."""
    steps: int = 0
    """Of these, neither text nor value: Enter, Tab, arrows, function keys, chords."""
    waits: dict[str, float] = field(default_factory=dict)
    """Seconds until the screen stood, by what was waited for."""
    content: int = 0
    """Characters of the content."""
    written: int = 0
    """Characters a paper form wants."""
    ledger: int = 0
    """Characters the ledger beside it wants."""

    @property
    def waited_s(self) -> float:
        """Seconds the window made the clerk wait."""
        return sum(self.waits.values())


class Hands:
    """The keyboard, counted."""

    def __init__(self, seat: OneDesk, eye: Eye, rates: Rates) -> None:
        self._keys, self._eye, self._rates = seat.keys, eye, rates
        self._before = eye.look()
        self.taken = Taken(Way.TYPED)

    def write(self, text: str, *, is_text: bool = False) -> None:
        """Type it."""
        self._keys.type(text)
        keys = keys_for(text, self._rates.chosen_every)
        self.taken.events += len(text)
        self.taken.struck += keys
        self.taken.text += keys if is_text else 0

    def press(self, *names: str) -> float:
        """Each key; when the last was struck."""
        struck = 0.0
        for name in names:
            struck = self._keys.strike(name)
            self.taken.events += name.count("+") + 1
            self.taken.struck += name.count("+") + 1
            self.taken.steps += name.count("+") + 1
        return struck

    def copied(self) -> None:
        """Ctrl+A and Ctrl+C, struck in the program where the text was read."""
        self.taken.struck += 4
        self.taken.steps += 4

    def wait(self, what: str, struck: float, *, moved: int = 0) -> None:
        """For the screen's answer to that key, first for more than `moved` pixels if it must be large. Counted: until it stood; not the time
        spent on making sure."""
        first_s = self._eye.waits(self._before, struck, pixels=moved, patience_s=PATIENCE_S) if moved else 0.0
        waited_s = max(first_s, self._eye.rests(struck, pixels=CARET, still_s=STILL_S, patience_s=PATIENCE_S))
        self.taken.waits[what] = self.taken.waits.get(what, 0.0) + waited_s

    def look(self) -> None:
        """How it stands before a key."""
        self._before = self._eye.look()


def keys_for(text: str, chosen_every: int) -> int:
    """Keys that a hand strikes for a text: full pinyin and one choice for every so many characters; for whatever else stands there, one."""
    keys = len(_HAN.sub("", text))
    for run in _HAN.findall(text):
        keys += sum(len(spelled[0]) if (spelled := pinyin.readings(each)) else pinyin.LONGEST for each in run) + -(
            -len(run) // chosen_every
        )
    return keys


def shortest(name: str, code: str, listed: Callable[[str], Sequence[str]]) -> tuple[str, int]:
    """The initials that bring it in sight with the fewest keys, and how far down it stands."""
    spelled = "".join(readings[0][0] for each in name if (readings := pinyin.readings(each)))
    ways = [
        (letters, lines.index(code))
        for end in range(1, len(spelled) + 1)
        if code in (lines := listed(letters := spelled[:end])[:IN_SIGHT])
    ]
    return min(ways, key=lambda way: (len(way[0]) + way[1], way[1])) if ways else (name, 0)


@contextmanager
def clipboard(text: str, display: str) -> Iterator[None]:
    """Somebody copied this in another program, which is still open."""
    owner = subprocess.Popen(
        [sys.executable, "-c", COPIED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "DISPLAY": display}
    )
    assert owner.stdin is not None
    assert owner.stdout is not None
    try:
        owner.stdin.write(text.encode())
        owner.stdin.close()
        owner.stdout.readline()
        yield
    finally:
        owner.kill()
        owner.wait()
        owner.stdout.close()


COPIED = """
import sys, tkinter
window = tkinter.Tk()
window.withdraw()
window.clipboard_clear()
window.clipboard_append(sys.stdin.buffer.read().decode())
window.update()
print(flush=True)
window.mainloop()
"""
