"""Set up everything a task needs, then run it: `python3 -m tools.setup test`. Standard library only: it runs before anything is installed."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tools.system_packages import apt_install, provide, provide_shared_python, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-lock.sha256"
LOWEST = (3, 11)

PYTEST = ("-m", "pytest", "-n", "2")
TASKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "run": (("main.py", "try"),),
    "test": (PYTEST,),
    "test-long": ((*PYTEST, "-m", "long or not long"),),
    "check": (("-m", "tools.check"),),
    "bench": (("-m", "tools.bench"),),
    "dist": (("installer/build.py",), ("installer/smoke.py",)),
    "pictures": (("-m", "tools.pictures"),),
    "ready": (),
}
"""Each task as the lines the environment's Python runs, in order, until one fails."""


class Abilities(NamedTuple):
    """What an interpreter can do for us."""

    new_enough: bool
    has_tk: bool
    makes_environments: bool


def main() -> int:
    """Set up, then do the task with whatever arguments follow it."""
    parser = argparse.ArgumentParser(prog="python3 -m tools.setup", description="Set up and run a task of the project.")
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("more", nargs=argparse.REMAINDER, help="handed on to the task")
    asked = parser.parse_args()
    os.chdir(ROOT)
    provide(asked.task)
    if not (_make_environment() and _install_lock()):
        return 1
    if asked.task == "dist":
        provide_shared_python(str(VENV_PYTHON))
    return _carry_out(asked.task, asked.more)


def _carry_out(task: str, more: list[str]) -> int:
    surroundings = {**os.environ, "PYTHONUTF8": "1", "HOTLINE_PROFILE": "long" if task == "test-long" else "quick"}
    for line in TASKS[task]:
        code = subprocess.call([str(VENV_PYTHON), *line, *more], env=surroundings)
        if code != 0:
            return code
    return 0


def _make_environment() -> bool:
    """Whether .venv is there with a Python that is new enough and, where that can be had, a Tk for the window."""
    present = _abilities(str(VENV_PYTHON)) if VENV_PYTHON.exists() else None
    if present and present.new_enough and present.has_tk:
        return True
    chosen = _choose_python()
    if chosen is None:
        say(
            f"No Python {LOWEST[0]}.{LOWEST[1]} or newer that can make an environment. On Debian: apt-get install python3 python3-venv python3-tk."
        )
        return False
    if not _abilities(chosen).has_tk:
        say("No Tk for Python (Debian: python3-tk): the window and the tests of tests/ui will not run; everything else will.")
        if present and present.new_enough:
            return True
    say(f"Making .venv with {chosen}.")
    shutil.rmtree(VENV, ignore_errors=True)
    return subprocess.call([chosen, "-m", "venv", str(VENV)]) == 0


def _choose_python() -> str | None:
    """The first interpreter with all abilities; on a Debian after installing what it lacks; else one that at least makes environments."""
    complete = next((python for python in _candidates() if all(_abilities(python))), None)
    if complete is None and _install_debians_python():
        complete = next((python for python in _candidates() if all(_abilities(python))), None)
    if complete is not None:
        return complete
    return next((python for python in _candidates() if (can := _abilities(python)).new_enough and can.makes_environments), None)


def _candidates() -> list[str]:
    """Interpreters of this PC, the one that runs this first."""
    names = ["python3", *(f"python3.{minor}" for minor in range(LOWEST[1], 16)), "python"]
    found = [sys.executable, *(shutil.which(name) for name in names), "/usr/bin/python3"]
    outside = [python for python in found if python and Path(python).exists() and VENV not in Path(python).parents]
    return list(dict.fromkeys(outside))


def _install_debians_python() -> bool:
    if sys.platform != "linux" or not shutil.which("apt-get"):
        return False
    say("Python here lacks Tk (for the window) or venv (for an environment of its own).")
    return apt_install(["python3", "python3-tk", "python3-venv"])


def _abilities(python: str) -> Abilities:
    """Asked of the interpreter itself: Debian's has no Tk and no ensurepip until they are installed."""
    question = (
        "import sys, importlib.util as u; ok = lambda *names: all(u.find_spec(name) for name in names);"
        f"print(int(sys.version_info >= {LOWEST}), int(ok('tkinter', '_tkinter')), int(ok('venv', 'ensurepip')))"
    )
    try:
        answer = subprocess.run([python, "-c", question], check=False, capture_output=True, text=True, timeout=60)
        new_enough, has_tk, makes = answer.stdout.split()
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return Abilities(new_enough=False, has_tk=False, makes_environments=False)
    return Abilities(new_enough == "1", has_tk == "1", makes == "1")


def _install_lock() -> bool:
    """Whether .venv holds what the lock says. A stamp of the lock's hash saves asking the registry again."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="ascii").strip() == wanted:
        return True
    say(f"Installing {LOCK.name} into .venv, every file checked against its hash (once; a minute or two).")
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    if subprocess.call([*pip, "-r", str(LOCK)]) != 0:
        say("The libraries could not be installed: pip's own words stand above. With a line to the registry, try again.")
        return False
    STAMP.write_text(wanted + "\n", encoding="ascii")
    return True


if __name__ == "__main__":
    raise SystemExit(main())
