"""What every test stands on: strictness, a clock turned by hand, a screen where needed, and hands off the user's own files."""

from __future__ import annotations

import gc
import os
import random
import shutil
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.support.ticking_clock import TickingClock
from tools.screens import NoScreenError, screen

SLOW_IS_NO_FAULT = (HealthCheck.too_slow, HealthCheck.data_too_large)
"""Two cores and several test processes: how long an example takes says nothing about the code."""

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=SLOW_IS_NO_FAULT)
settings.register_profile("long", max_examples=2_000, deadline=None, suppress_health_check=SLOW_IS_NO_FAULT)
settings.register_profile(  # tools/spoiling.py: that it fails is what is asked, not on how little
    "sabotage",
    max_examples=60,
    deadline=None,
    suppress_health_check=SLOW_IS_NO_FAULT,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("HOTLINE_PROFILE", "quick"))

MEMORY = Path("/dev/shm")
ROOM_BYTES = 2 << 30
"""So much must be free there; what a test leaves behind is taken away when it has passed."""


def pytest_configure() -> None:
    """Folders of tests lie in memory where there is room: the stores wait for the disk at every commit, which is longer than
    their work. Kills and full disks are the same there; what a power cut does stands on `synchronous=FULL`, which is asserted."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


@pytest.fixture
def clock() -> TickingClock:
    """2026-11-21 09:12 in China, standing still."""
    return TickingClock()


@pytest.fixture(scope="session")
def screen_of_this_process() -> Iterator[str]:
    """One display for all tests of this process. Without any, tests marked `screen` fail in CI and are skipped elsewhere."""
    try:
        with screen() as name:
            yield name
    except NoScreenError as fault:
        if os.environ.get("CI"):
            pytest.fail(str(fault))
        pytest.skip(str(fault))


@pytest.fixture
def display(screen_of_this_process: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """DISPLAY names a screen that this process has to itself. Asked for by every test marked `screen`."""
    monkeypatch.setenv("DISPLAY", screen_of_this_process)
    return screen_of_this_process


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test marked `screen` gets the display without asking."""
    for item in items:
        names = getattr(item, "fixturenames", None)
        if item.get_closest_marker("screen") and names is not None and "display" not in names:
            item.fixturenames = ["display", *names]  # type: ignore[attr-defined]  # a new list: parametrised items share the old one


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """A window's last remains are collected on the thread it lived on. Elsewhere (pytest-xdist listens on a thread) Tcl ends the whole
    process: "async handler deleted by the wrong thread"."""
    try:
        return (yield)
    finally:
        if item.get_closest_marker("screen") or "display" in getattr(item, "fixturenames", ()):
            gc.collect()


@pytest.fixture(autouse=True)
def tk_errors(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Tk prints what goes wrong in a callback and carries on; here it fails the test. One that means it asks for the list and clears it."""
    faults: list[str] = []
    try:
        import tkinter as tk
    except ImportError:
        yield faults
        return
    report = tk.Misc._report_exception  # type: ignore[attr-defined]  # below the hook a window may set for itself

    def note(widget: tk.Misc) -> None:
        faults.append(traceback.format_exc())
        report(widget)

    monkeypatch.setattr(tk.Misc, "_report_exception", note)
    yield faults
    if faults:
        pytest.fail("error in a Tk callback:\n" + "\n".join(faults), pytrace=False)


@pytest.fixture(autouse=True)
def home_of_nobody(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test or a program it starts takes for the user's folders is an empty folder that must stay empty."""
    home = tmp_path_factory.mktemp("home-of-nobody")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    yield
    written = sorted(
        str(found.relative_to(home)) for found in home.rglob("*") if found.is_file() and not _is_cache(found, home)
    )
    if written:
        pytest.fail(f"the test wrote into the user's home: {', '.join(written[:5])}", pytrace=False)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Chance that a failure names and a rerun repeats (the seed is the test's own name)."""
    return random.Random(request.node.nodeid)


def _is_cache(found: Path, home: Path) -> bool:
    """The font system keeps a cache in every home; that is no business of ours."""
    return found.relative_to(home).parts[0] in {".cache", ".fontconfig", "fontconfig"}
