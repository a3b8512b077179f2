"""手册 without Tk: which page is open, where one came from, and what a search found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from county_hotline.ui.screens.manual.library import Hit, Leaf, Library


class ManualScreen(Protocol):
    """What the presenter needs of the view."""

    def show_leaf(self, leaf: Leaf, block: int) -> None:
        """A page, from this block on."""
        ...

    def show_contents(self, leaves: Sequence[Leaf], chosen: str) -> None:
        """All pages at the left."""
        ...

    def show_hits(self, typed: str, hits: Sequence[Hit]) -> None:
        """What was found, instead of the contents."""
        ...

    def show_missing(self) -> None:
        """This copy of the program came without its manual."""
        ...

    def leave(self) -> None:
        """Back to the page one came from."""
        ...


class ManualPresenter:
    """The trail is of places in the manual only; the window has its own."""

    def __init__(self, view: ManualScreen, library: Library) -> None:
        self._view, self._library = view, library
        self._here = ("", 0)
        self._trail: list[tuple[str, int]] = []
        self._hits: tuple[Hit, ...] = ()

    @property
    def can_go_back(self) -> bool:
        """Whether there is a page before this one."""
        return bool(self._trail)

    def about(self, page: str) -> None:
        """F1 on a page of the window."""
        if not self._library.leaves:
            self._view.show_missing()
            return
        self._trail = []
        self._hits = ()
        self._open(*self._library.about(page))
        self._view.show_contents(self._library.leaves, self._here[0])

    def turn_to(self, name: str, block: int = 0) -> None:
        """Another page."""
        if (name, block) != self._here:
            self._trail.append(self._here)
            self._open(name, block)

    def follow(self, link: str) -> bool:
        """A link of the page; False for one that leads out of the manual."""
        place = self._library.followed(self._here[0], link)
        if place is None:
            return False
        self.turn_to(*place)
        if not self._hits:
            self._view.show_contents(self._library.leaves, place[0])
        return True

    def back(self) -> None:
        """The place before; from the first one, out of the manual."""
        if not self._trail:
            self._view.leave()
            return
        self._open(*self._trail.pop())
        if not self._hits:
            self._view.show_contents(self._library.leaves, self._here[0])

    def search(self, typed: str) -> None:
        """What was typed; nothing typed shows the contents again."""
        if not typed.strip():
            self._hits = ()
            self._view.show_contents(self._library.leaves, self._here[0])
            return
        self._hits = self._library.hits(typed)
        self._view.show_hits(typed.strip(), self._hits)

    def choose(self, key: str) -> None:
        """A line at the left: a page's name, or the number of a hit."""
        if key.isdecimal() and int(key) < len(self._hits):
            hit = self._hits[int(key)]
            self.turn_to(hit.name, hit.block)
        elif self._library.leaf(key) is not None:
            self.turn_to(key)

    def _open(self, name: str, block: int) -> None:
        leaf = self._library.leaf(name)
        if leaf is not None:
            self._here = (name, block)
            self._view.show_leaf(leaf, block)
