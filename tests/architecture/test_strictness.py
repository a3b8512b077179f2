"""What tests/conftest.py and the pytest settings promise: each kind of hidden failure is seen to fail a test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HIDDEN_FAILURES = {
    "a_tk_callback_raises": (
        "ZeroDivisionError",
        """
        import tkinter, pytest
        @pytest.mark.screen
        def test_it():
            root = tkinter.Tk()
            root.report_callback_exception = lambda *fault: None
            root.after(1, lambda: 1 / 0)
            root.after(20, root.quit)
            root.mainloop()
            root.destroy()
        """,
    ),
    "a_thread_dies": (
        "ZeroDivisionError",
        """
        import threading
        def test_it():
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
        """,
    ),
    "something_is_deprecated": (
        "DeprecationWarning: old",
        """
        import warnings
        def test_it():
            warnings.warn("old", DeprecationWarning)
        """,
    ),
    "the_users_home_is_written_to": (
        "wrote into the user's home",
        """
        import pathlib
        def test_it():
            pathlib.Path.home().joinpath("county-hotline.toml").write_text("")
        """,
    ),
    "a_file_is_left_open": (
        "ResourceWarning",
        """
        def test_it(tmp_path):
            opened = (tmp_path / "left").open("w")
            del opened
        """,
    ),
    "a_marker_is_misspelt": (
        "'lnog' not found in `markers`",
        """
        import pytest
        @pytest.mark.lnog
        def test_it(): pass
        """,
    ),
    "an_expected_failure_passes": (
        "[XPASS(strict)]",
        """
        import pytest
        @pytest.mark.xfail
        def test_it(): pass
        """,
    ),
}
"""What must fail, with the word its report must hold."""

HARMLESS = """
        def test_it(tmp_path):
            tmp_path.joinpath("a").write_text("b")
        """


def pytest_on(folder: Path, **surroundings: str) -> str:
    """What pytest with this project's settings says of the test files in `folder`."""
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-p", "tests.conftest", "-p", "no:cacheprovider"]
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "--continue-on-collection-errors", *settings, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return outcome.stdout + outcome.stderr


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One run over all of them."""
    folder = tmp_path_factory.mktemp("hidden")
    for name, (_, source) in {**HIDDEN_FAILURES, "nothing_is_hidden": ("", HARMLESS)}.items():
        (folder / f"test_{name}.py").write_text(textwrap.dedent(source), encoding="utf-8")
    return pytest_on(folder)


NEEDS_A_SCREEN = {"a_tk_callback_raises"}
CASES = [pytest.param(name, marks=[pytest.mark.screen] if name in NEEDS_A_SCREEN else []) for name in HIDDEN_FAILURES]


@pytest.mark.parametrize("hidden", CASES)
def test_a_hidden_failure_fails_the_test(hidden: str, report: str) -> None:
    word, _ = HIDDEN_FAILURES[hidden]

    ends = re.findall(rf"^(?:FAILED|ERROR) \S*test_{hidden}\.py.*$", report, re.MULTILINE)

    assert ends, report
    assert word in report


def test_a_test_that_hides_nothing_passes(report: str) -> None:
    assert re.search(r"^PASSED \S*test_nothing_is_hidden\.py::test_it$", report, re.MULTILINE), report


def test_in_ci_a_missing_screen_is_a_failure_and_no_skip(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text("import pytest\n@pytest.mark.screen\ndef test_it(): pass\n", encoding="utf-8")

    report = pytest_on(tmp_path, CI="true", PATH="", DISPLAY="")

    assert re.search(r"^(?:FAILED|ERROR) .*Xvfb is missing", report, re.MULTILINE), report


WINDOWS_THEN_A_THREAD = """
    import gc, threading, pytest
    from county_hotline.ui import theme
    gc.disable()
    @pytest.mark.screen
    @pytest.mark.parametrize("nth", range(3))
    def test_window(nth):
        theme.new_root("t", theme.Size.STANDARD).destroy()
    def test_thread():
        collecting = threading.Thread(target=gc.collect)
        collecting.start()
        collecting.join()
    """


@pytest.mark.screen
def test_what_a_window_leaves_is_not_collected_on_another_thread(tmp_path: Path) -> None:
    """Tcl would end the process, and with it whatever test happened to run."""
    (tmp_path / "test_after.py").write_text(textwrap.dedent(WINDOWS_THEN_A_THREAD), encoding="utf-8")

    assert "4 passed" in (said := pytest_on(tmp_path, PYTEST_ADDOPTS="-p no:randomly")), said
