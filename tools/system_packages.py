"""Programs of the system that a task needs beside Python, and how they come onto a Debian."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import NamedTuple

APT_PATIENCE_S = 900
"""A registry that does not answer must not hold anyone for ever."""


class SystemPackage(NamedTuple):
    """A Debian package, the program that shows it is there, and what it is for."""

    name: str
    program: str
    purpose: str


SCREEN = SystemPackage("xvfb", "Xvfb", "a virtual screen for tests marked `screen`")
KEYBOARD = SystemPackage("xdotool", "xdotool", "a keyboard for tests marked `screen`")
WINDOWS = SystemPackage("x11-utils", "xwininfo", "which windows are open, for tests marked `screen`")
PAPER = SystemPackage("poppler-utils", "pdftotext", "reading our PDFs back, tests/forms")
CODES = SystemPackage("zbar-tools", "zbarimg", "reading the slip's QR code back, tests/forms")
FONTS = SystemPackage("fontconfig", "fc-match", "showing the shipped fonts in the window")
HISTORY = SystemPackage("git", "git", "which files are in the repository, tests/architecture")
OBJECTS = SystemPackage("binutils", "objdump", "building the executable")

NEEDED_BY: dict[str, tuple[SystemPackage, ...]] = {
    "run": (FONTS,),
    "test": (SCREEN, KEYBOARD, WINDOWS, PAPER, CODES, FONTS, HISTORY),
    "test-long": (SCREEN, KEYBOARD, WINDOWS, PAPER, CODES, FONTS, HISTORY),
    "bench": (SCREEN, FONTS),
    "dist": (SCREEN, KEYBOARD, WINDOWS, PAPER, FONTS, OBJECTS),
    "pictures": (SCREEN, KEYBOARD, WINDOWS, FONTS),
}


def provide(task: str) -> None:
    """Install what `task` needs and is missing. Where that cannot be done, say so once and go on."""
    if sys.platform != "linux":
        return
    missing = _missing(task)
    if not missing:
        return
    say(f"Missing on this system: {_told(missing)}.")
    apt_install([package.name for package in missing])
    if still := _missing(task):
        say(f"Going on without {', '.join(package.name for package in still)}; what needs them is skipped or fails.")


def provide_shared_python(python: str) -> None:
    """PyInstaller carries Python along as a shared library, which Debian keeps in a package of its own."""
    if sys.platform != "linux":
        return
    question = (
        "import ctypes, sys, sysconfig; print('libpython%d.%d' % sys.version_info[:2]);"
        "ctypes.CDLL(sysconfig.get_config_var('INSTSONAME') or None)"
    )
    asked = subprocess.run([python, "-c", question], check=False, capture_output=True, text=True)
    if asked.returncode != 0:
        say("Missing on this system: Python as a shared library (building the executable).")
        apt_install([asked.stdout.strip()])


def apt_install(names: list[str]) -> bool:
    """Whether apt could install them. Asks for no password where nobody could type one."""
    if not shutil.which("apt-get"):
        say(f"This is no Debian: please install what corresponds to {' '.join(names)} by hand.")
        return False
    rights = _rights()
    if rights is None:
        say(f"Neither root nor sudo here: please have someone run `apt-get install {' '.join(names)}`.")
        return False
    say(f"Installing {' '.join(names)} with apt-get.")
    apt = [
        *rights,
        "apt-get",
        "-q",
        "-o",
        "DPkg::Lock::Timeout=120",
        "-o",
        "Acquire::Retries=1",
        "-o",
        "Acquire::http::Timeout=30",
    ]
    install = [*apt, "install", "-y", "--no-install-recommends", *names]
    return _quietly(install) or (_quietly([*apt, "update"]) and _quietly(install))


def say(sentence: str) -> None:
    """One line of the set-up's own talk, apart from the program's output."""
    print(f"[setup] {sentence}", file=sys.stderr, flush=True)


def _told(packages: list[SystemPackage]) -> str:
    return "; ".join(f"{package.name} ({package.purpose})" for package in packages)


def _missing(task: str) -> list[SystemPackage]:
    return [package for package in NEEDED_BY.get(task, ()) if not shutil.which(package.program)]


def _rights() -> list[str] | None:
    """What to put before apt-get to be allowed to run it: nothing, sudo, or None where there is no way."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def _quietly(command: list[str]) -> bool:
    """Run apt; show what it said only when it failed."""
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            check=False,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=APT_PATIENCE_S,
        )
    except subprocess.TimeoutExpired:
        say(f"No end of `{' '.join(command)}` after {APT_PATIENCE_S} s; stopped.")
        return False
    if done.returncode != 0:
        said = [line for line in done.stdout.splitlines() if line.startswith(("E:", "Err:", "W:"))] or done.stdout.splitlines()[
            -3:
        ]
        say(f"`{' '.join(command)}` did not succeed: {' '.join(said)}")
    return done.returncode == 0
