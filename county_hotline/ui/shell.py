"""What a page may ask of the window it stands in, and what the window asks of a page."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from county_hotline.ui.services import Services
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act

if TYPE_CHECKING:
    from county_hotline.domain.reference import Account


class Shell(Protocol):
    """The window, as a page sees it."""

    services: Services

    def go(self, page: str, argument: str = "") -> None:
        """Bring another page in front; `argument` is its own affair (an order's number)."""
        ...

    def back(self) -> None:
        """Bring the page in front that was there before."""
        ...

    def tell(self, head: str, words: str = "", *, tone: Tone = Tone.QUIET, icon: str = "", acts: Sequence[Act] = ()) -> None:
        """Say something above the page until Esc, an act or another message takes it away."""
        ...

    def hush(self) -> None:
        """Take the message away."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say what a failure means; one that is not ours is logged with its trace and shown as E000."""
        ...

    def murmur(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """A line in the status bar that fades by itself: saved, synced."""
        ...

    def toast(self, words: str, tone: Tone = Tone.GREEN) -> None:
        """Short news at the lower right that goes by itself and never takes the keyboard; it can be read again (Ctrl+F10)."""
        ...

    def undoable(self, words: str, undo: Callable[[], None], *, still: Callable[[], bool] = lambda: True) -> None:
        """Something was done that Ctrl+Z can take back: what, in words; how; and whether it still can be."""
        ...

    def use_acts(self, acts: Sequence[Act], also: Sequence[Act] = ()) -> None:
        """The keys of the page in front, from now on. `also` have no key here and are found in 找命令, grey ones with their reason."""
        ...

    def sync(self) -> None:
        """One round, as F5 does."""
        ...

    def watch_rounds(self, told: Callable[[bool], None]) -> Callable[[], None]:
        """`told(True)` when a round begins, `told(False)` when it has ended, and at once how it is now. The answer cancels it."""
        ...

    def change_size(self, size: Size) -> None:
        """Keep and use another 字号; every page is built again."""
        ...

    def change_contrast(self, *, high: bool) -> None:
        """Keep and use the other set of colours; every page is built again."""
        ...

    def close(self) -> None:
        """Close the window, as its cross does: what pages hold is saved."""
        ...

    def signed_in(self, account: Account) -> None:
        """The sign-in page is done."""
        ...


class Page(Protocol):
    """A page. `open_page(parent, shell) -> Page` in its package's `__init__` makes it, once; it then lives until the window goes."""

    @property
    def frame(self) -> tk.Widget:
        """What the window packs and unpacks."""
        ...

    def shown(self, argument: str) -> None:
        """It is in front now (empty argument: as it was): give its keys (`shell.use_acts`), take the keyboard, refresh what is stale."""
        ...

    def hidden(self) -> None:
        """Another page is in front now."""
        ...

    def close(self) -> None:
        """It will be destroyed: save drafts, cancel subscriptions."""
        ...


class SignInPage(Page, Protocol):
    """The one page without a frame: it says failures itself."""

    def complain(self, words: str) -> None:
        """Say what went wrong."""
        ...

    def inform(self, words: str) -> None:
        """Say something that is no fault."""
        ...
