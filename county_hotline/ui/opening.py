"""A file handed to whatever program the system opens it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def open_with_system(path: Path) -> bool:
    """Whether the system has a program for it and was asked."""
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 - a copy of ours, of a kind that does not act by itself
        except OSError:
            return False
        return True
    opener = shutil.which("xdg-open")
    if opener is None:
        return False
    subprocess.Popen(  # noqa: S603 - a copy of ours
        [opener, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    return True


def folder_for_copies() -> Path:
    """Where people look for what they saved."""
    home = Path.home()
    return next((folder for folder in (home / "Desktop", home / "桌面", home / "Downloads") if folder.is_dir()), home)
