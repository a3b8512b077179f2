"""Virtual screens. Each test process has one of its own, so that no other takes the keyboard from it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = "1366x768x24"


class NoScreenError(Exception):
    """There is no display and none can be started."""


@contextmanager
def screen() -> Iterator[str]:
    """The name of a display to use: the one that is there, else a virtual one for as long as this lasts."""
    given = os.environ.get("DISPLAY", "")
    if given and "PYTEST_XDIST_WORKER" not in os.environ:
        yield given
        return
    program = shutil.which("Xvfb")
    if program is None:
        raise NoScreenError("Xvfb is missing (Debian: xvfb), and tests of the window need a screen; `make test` installs it")
    with virtual_screen(program) as name:
        yield name


@contextmanager
def virtual_screen(program: str = "Xvfb", *, size: str = SIZE) -> Iterator[str]:
    """A new virtual screen; the X server itself picks a free number and says it when it is ready."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as said:
            number = said.readline().strip()
        if not number:
            raise NoScreenError("Xvfb started but gave no display")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=10)
