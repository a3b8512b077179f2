"""A person at the keyboard of a virtual screen: types, presses keys, waits until the picture stands still, takes it. No mouse."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops, ImageGrab

from tools.key_map import KeyMap

STILL_S = 0.3
ANSWERED_S = 0.9
"""What was typed has been looked up and the answer drawn when nothing moved for so long."""
LOOK_S = 0.1
PATIENCE_S = 120.0
NOTHING_S = 2.5
PAGE_PIXELS = 100_000
BLINKING_PIXELS = 120
"""A text cursor may come and go; anything larger is still moving."""


class NotStillError(Exception):
    """The picture did not come to rest in time."""


class Keyboard:
    """Hands and eyes at one display."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._map = KeyMap(display)
        self._environment = {**os.environ, "DISPLAY": display}

    def type(self, text: str) -> None:
        """Type text, Chinese too."""
        for piece in self._map.bearing(text):
            self._xdotool("type", "--delay", "12", "--", piece)

    def strike(self, key: str) -> float:
        """One key, or several held together, and the moment they were struck; see `KeyMap.strike`."""
        return self._map.strike(key)

    def ask(self, text: str) -> None:
        """Type into a field that looks things up, and wait for its answer."""
        self.type(text)
        self.wait(ANSWERED_S)

    def press(self, *keys: str) -> None:
        """Press keys by their X names: `F9`, `Return`, `alt+3`."""
        for key in keys:
            self._xdotool("key", "--delay", "20", key)
            time.sleep(0.05)

    def fill(self, *texts: str) -> None:
        """Type each text and go on to the next field. An empty text leaves the field as it is."""
        for text in texts:
            if text:
                self.type(text)
            self.press("Return")

    def wait(self, still_s: float = STILL_S) -> Image.Image:
        """The picture, once it has stood still so long."""
        begin = moved = time.monotonic()
        before = self._look()
        while time.monotonic() < begin + PATIENCE_S:
            time.sleep(LOOK_S)
            now = self._look()
            if _moved(before, now) > BLINKING_PIXELS:
                moved = time.monotonic()
            elif time.monotonic() >= moved + still_s:
                return now
            before = now
        raise NotStillError(self.display)

    def press_and_see(self, key: str, *, still_s: float = STILL_S) -> None:
        """Press a key, wait until it has shown something, and until that stands still. Some keys show nothing; they cost `NOTHING_S`."""
        before = self._look()
        self.press(key)
        self._until(before, BLINKING_PIXELS, NOTHING_S)
        self.wait(still_s)

    def press_for_a_page(self, key: str) -> None:
        """Press a key that brings a whole new page, and wait for it."""
        before = self._look()
        self.press(key)
        if not self._until(before, PAGE_PIXELS, PATIENCE_S):
            raise NotStillError(self.display)
        self.wait()

    def _until(self, before: Image.Image, pixels: int, patience_s: float) -> bool:
        """Whether more than so many pixels changed in time."""
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            if _moved(before, self._look()) > pixels:
                return True
            time.sleep(0.03)
        return False

    def shot(self, path: Path) -> None:
        """Keep the picture of the moment the window came to rest."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.wait().quantize(256, kmeans=2).save(path, optimize=True)

    def wait_for_window(self) -> None:
        """Until something is painted at all."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if len(self._look().getcolors(maxcolors=100_000) or range(99)) > 8:
                self.wait()
                return
            time.sleep(STILL_S)
        raise NotStillError(self.display)

    def _look(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True, capture_output=True)


def _moved(before: Image.Image, now: Image.Image) -> int:
    """How many pixels differ."""
    difference = ImageChops.difference(before, now).convert("L").point(lambda level: 255 if level else 0)
    return difference.histogram()[255]


@contextmanager
def running(command: list[str], display: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program on that display for as long as this lasts; ended by the signal a closing session sends."""
    with log.open("wb") as output:
        program = subprocess.Popen(command, env={**os.environ, "DISPLAY": display}, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield program
        finally:
            program.terminate()
            try:
                program.wait(timeout=15)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
