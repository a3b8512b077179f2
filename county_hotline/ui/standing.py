"""The window put where it stood last on these screens, and where it stands remembered when it goes."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.placing import Place, Places, fitted


class Standing:
    """`take()` before the window is shown, `keep(page)` before it is destroyed."""

    def __init__(self, root: tk.Tk, places: Places, least: tuple[int, int]) -> None:
        self._root, self._places, self._least = root, places, least
        self._kept = places.of(self._screens())

    @property
    def page(self) -> str:
        """The page that was in front last, or empty."""
        return self._kept.page if self._kept is not None else ""

    def take(self) -> None:
        """As it stood last, where that is still to be seen; else all of the screen."""
        root = self._root
        root.minsize(*self._least)
        seen = fitted(self._kept, self._screen(), self._least) if self._kept is not None else None
        whole = f"{root.winfo_screenwidth()}x{root.winfo_screenheight()}+0+0"
        root.geometry(seen.geometry if seen is not None and not seen.zoomed else whole)
        if seen is None or seen.zoomed:
            try:
                root.state("zoomed")
            except tk.TclError:
                root.attributes("-zoomed", True)

    def keep(self, page: str) -> None:
        """For the next time. A window that was never shown, or lies in the task bar, leaves what was kept."""
        root = self._root
        if root.state() in ("iconic", "withdrawn"):
            return
        place = Place(root.winfo_width(), root.winfo_height(), root.winfo_x(), root.winfo_y(), self._is_zoomed(), page)
        self._places.keep(self._screens(), place)

    def _is_zoomed(self) -> bool:
        if self._root.state() == "zoomed":
            return True
        try:
            return bool(self._root.attributes("-zoomed"))
        except tk.TclError:
            return False

    def _screens(self) -> str:
        left, top, wide, high = self._screen()
        return f"{wide}x{high}{left:+d}{top:+d}"

    def _screen(self) -> tuple[int, int, int, int]:
        root = self._root
        left, top, wide, high = root.winfo_vrootx(), root.winfo_vrooty(), root.winfo_vrootwidth(), root.winfo_vrootheight()
        return left, top, max(wide, root.winfo_screenwidth()), max(high, root.winfo_screenheight())
