"""The window: what the program does when nothing else was asked."""

from __future__ import annotations

import os
import sys

from county_hotline.app import window as app_window
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.errors import HotlineError
from county_hotline.wording import say, sentence


def window(asked: Asked) -> Outcome:
    """Until it is closed; a new home is set up first. Refuses (R218) where there is no screen."""
    if asked.home.setup.exists() or (not asked.home.database.exists() and has_screen()):
        from county_hotline.app import setting_up

        if not setting_up.guide(asked.home, asked.clock):
            return Outcome({"closed": True, "set_up": False})
    if asked.home.logs.is_dir():
        asked.logs.to_files(asked.home.logs)
    try:
        app_window.show(app_window.begin(asked.home, clock=asked.clock))
    except HotlineError as fault:
        if not asked.options.explicit:
            _tell_without_console(fault)
        raise
    return Outcome({"closed": True})


def has_screen() -> bool:
    """Whether a window could be shown at all."""
    if sys.platform in ("win32", "darwin"):
        return True
    if not os.environ.get("DISPLAY"):
        return False
    try:
        import tkinter as tk
    except ImportError:
        return False
    try:
        tk.Tk().destroy()
    except tk.TclError:
        return False
    return True


def _tell_without_console(fault: HotlineError) -> None:
    """Started by a double click there is no console to read the sentence in."""
    if sys.stderr is not None and sys.stderr.isatty():
        return
    from tkinter import TclError, Tk, messagebox

    try:
        root = Tk()
        root.withdraw()
        messagebox.showerror(say("program.title"), sentence(fault), parent=root)
        root.destroy()
    except TclError:
        return
