"""What stands ready on every page: 找命令, 撤销, and short news that can be read again. The window owns one for whoever is signed in."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.clock import shown
from county_hotline.ui.palette.entries import Entry
from county_hotline.ui.palette.finding import Palette
from county_hotline.ui.palette.gathering import Commanding, gathered
from county_hotline.ui.services import Services
from county_hotline.ui.theme import Tone
from county_hotline.ui.tk_runner import TkLater
from county_hotline.ui.undoing import Undoable, UndoList
from county_hotline.ui.widgets.key_board import KeyBoard
from county_hotline.ui.widgets.toasts import ICONS, Room, Toasts
from county_hotline.wording import say


class Comfort:
    """Made when somebody signs in."""

    def __init__(
        self, window: Commanding, root: tk.Tk, services: Services, keys: KeyBoard, *, room: Callable[[], Room]
    ) -> None:
        self._window, self._root, self._services, self._keys = window, root, services, keys
        self.undo_list = UndoList()
        self.toasts = Toasts(root, TkLater(root), room=room, now=self._now)
        self.palette = Palette(root, services, gather=self._gathered, open_order=lambda number: window.go("order", number))
        self.palette.learn()

    def find_command(self) -> None:
        """找命令, or away with it."""
        self.palette.turn()

    def undo(self) -> None:
        """Take back the last act, and say which. In an input the keys are the input's own."""
        if is_typing(self._root):
            return
        act = self.undo_list.take()
        if act is None:
            self.toasts.say(say("undo.nothing"), Tone.QUIET, at_once=True)
            return
        act.undo()
        self.toasts.say(say("undo.done", what=act.words), Tone.GREEN, at_once=True)

    def undoable(self, act: Undoable) -> None:
        """Something was done that can be taken back: said with the key that does it."""
        self.undo_list.add(act)
        self.toasts.say(say("undo.can", what=act.words), Tone.QUIET)

    def show_told(self) -> None:
        """What was said lately, newest first."""
        told = self.toasts.told or []
        nothing = [Entry("told", say("told.nothing"), _nothing, icon="chat-left-text")]
        lines = [
            Entry(f"told.{at}", each.words, _nothing, group=each.at, icon=ICONS.get(each.tone, "info-circle"))
            for at, each in enumerate(told)
        ]
        self.palette.show_lines(lines or nothing)

    def hide(self) -> None:
        """Another page, or the sign-in page, comes in front."""
        self.palette.close()

    def lock(self) -> None:
        """Nothing stands over the sign-in page."""
        self.palette.close()
        self.toasts.clear()

    def _now(self) -> str:
        return shown(self._services.clock.now_ms())

    def _gathered(self) -> tuple[Entry, ...]:
        return gathered(self._window, self._keys.acts, self._services.settings)


def is_typing(root: tk.Misc) -> bool:
    """Whether the keyboard is in an input that has its own 撤销."""
    focused = root.focus_get()
    return focused is not None and focused.winfo_class() in ("Text", "TEntry", "Entry")


def _nothing() -> None:
    """A line to be read."""
