"""Which key does what: some keys always, others while a page is in front."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from county_hotline.ui.widgets.acts import Act


class KeyBoard:
    """Keys of the whole window. Esc takes a message away before it does anything else."""

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._always: dict[str, Callable[[], None]] = {}
        self._bound: list[str] = []
        self.acts: tuple[Act, ...] = ()
        """What the page in front can do now."""
        self._hushed: Callable[[], bool] = lambda: False

    def always(self, deeds: Mapping[str, Callable[[], None]], hushed: Callable[[], bool]) -> None:
        """Keys that work on every page. `hushed()` takes a message away and says whether there was one."""
        self._always = dict(deeds)
        self._hushed = hushed
        for key, do in self._always.items():
            self._bind(key, do)

    def use(self, acts: Sequence[Act], also: Sequence[Act] = ()) -> None:
        """The acts' keys in place of those before; `also` are remembered without keys."""
        for key in self._bound:
            if key in self._always:
                self._bind(key, self._always[key])
            else:
                self._root.unbind(key)
        self._bound = []
        self.acts = (*acts, *also)
        for act in acts:
            if act.key:
                self._bind(act.key, act.do)
                self._bound.append(act.key)

    def _bind(self, key: str, do: Callable[[], None]) -> None:
        def pressed(_event: tk.Event[tk.Misc]) -> str:
            if not (key == "<Escape>" and self._hushed()):
                do()
            return "break"

        self._root.bind(key, pressed)
