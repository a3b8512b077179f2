"""A copy of the sources in which one thing at a time is broken, and whether the tests named for it notice."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
COPIED: Final = ("county_hotline", "tests", "tools", "pyproject.toml")
PATIENCE_S: Final = 120
SIMULATOR: Final = "simulator"
KEPT: Final = "every promise kept"
PASSED: Final = "every test passed"
SEEDS: Final = 30
"""The simulator looks for it in so many worlds."""
_NO_SABOTAGE: Final = re.compile(
    r"\b(?:SyntaxError|IndentationError|NameError|UnboundLocalError|ImportError|ModuleNotFoundError)\b"
)
"""What only says that the spoilt line itself is nonsense."""


class Sabotage(NamedTuple):
    """`old` stands once in `file`; with `new` in its place one of `tests` must fail. `tests`: patterns below tests/db (below tests, where
    they name a folder), each perhaps with `::` and a test's name; or `simulator`, perhaps with `:` and the first seed it is looked for in."""

    breaks: str
    what: str
    file: str
    old: str
    new: str
    tests: str


class Outcome(NamedTuple):
    """What became of one sabotage."""

    noticed_by: str
    """The test that failed, or the promise that was broken and after how many steps; empty where nothing did."""
    said: str
    seconds: float


def places(sabotage: Sabotage) -> int:
    """How often the line it spoils stands in today's source: it fits where that is once."""
    file = ROOT / sabotage.file
    return file.read_text(encoding="utf-8").count(sabotage.old) if file.exists() else 0


class Copy:
    """The sources in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for part in COPIED:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, folder / part)

    def tried(self, sabotage: Sabotage) -> Outcome:
        """Spoil, run its tests, mend."""
        began = time.perf_counter()
        file = self._folder / sabotage.file
        whole = file.read_text(encoding="utf-8")
        if whole.count(sabotage.old) != 1:
            return Outcome("", f"the line stands {whole.count(sabotage.old)} times in {sabotage.file}", 0)
        self._write(file, whole.replace(sabotage.old, sabotage.new))
        try:
            noticed_by, said = self.failure(sabotage.tests)
        finally:
            self._write(file, whole)
        return Outcome("" if _NO_SABOTAGE.search(said) else noticed_by, said, time.perf_counter() - began)

    def failure(self, tests: str, *, patience_s: float = PATIENCE_S) -> tuple[str, str]:
        """Which of these tests fails first on the copy as it is, and with what; empty where none does."""
        if tests.startswith(SIMULATOR):
            return self._broken_promise(int(tests.partition(":")[2] or 1), patience_s)
        return self._failed_test(tests, patience_s)

    def _broken_promise(self, first: int, patience_s: float) -> tuple[str, str]:
        worlds = ("--first", str(first), "--seeds", str(SEEDS + 1 - first), "--steps", "4000", "--quick", "--stop")
        code, said = self._run(patience_s, "-m", "tools.simulate", *worlds)
        if code == 0:
            return "", KEPT
        row = next((row[7:] for row in said.splitlines() if row.startswith("BROKEN")), said.strip()[-200:])
        steps = re.search(r"(\d+) steps \(", said)
        return (f"{row.split(':')[0][:60]} ({steps[1]} steps)", row) if steps else ("", row)

    def _failed_test(self, tests: str, patience_s: float) -> tuple[str, str]:
        how = ("-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider")
        code, said = self._run(patience_s, "-m", "pytest", *how, *self._chosen(tests))
        row = next((row for row in said.splitlines() if row.startswith(("FAILED", "ERROR"))), "")
        if code == 1 and row:
            return row.split("::")[-1].split(" - ")[0].split("[")[0], row
        return "", PASSED if code == 0 else said.strip()[-600:]

    def _chosen(self, tests: str) -> list[str]:
        chosen = []
        for pattern in tests.split():
            name, mark, test = pattern.partition("::")
            found = sorted((self._folder / "tests").glob(name if "/" in name else f"db/{name}"))
            if not found:
                raise FileNotFoundError(f"no such tests: {name}")
            chosen += [f"{path.relative_to(self._folder)}{mark}{test}" for path in found]
        return chosen

    def _run(self, patience_s: float, *arguments: str) -> tuple[int, str]:
        """The exit code, and what was said; a code of its own where it did not end in time."""
        surroundings = {**os.environ, "PYTHONHASHSEED": "0", "HOTLINE_PROFILE": "sabotage", "COLUMNS": "400"}
        process = subprocess.Popen(  # a session of its own, so that nothing it started outlives it
            [sys.executable, *arguments],
            cwd=self._folder,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            said, _ = process.communicate(timeout=patience_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return -1, f"did not end in {patience_s} s"
        return process.returncode, said

    def _write(self, file: Path, text: str) -> None:
        file.write_text(text, encoding="utf-8")
        Path(importlib.util.cache_from_source(str(file))).unlink(missing_ok=True)
