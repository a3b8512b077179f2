"""The one window: signs in, shows pages in their frame, gives keys to whom they belong, and says what went wrong."""

from __future__ import annotations

import logging
import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline import settings as chosen
from county_hotline.domain.reference import Account
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import HotlineError
from county_hotline.ui import fonts, theme, tk_mends
from county_hotline.ui.pages import PAGES, page
from county_hotline.ui.services import Services
from county_hotline.ui.shell import Page, SignInPage
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.tk_runner import Drain
from county_hotline.ui.widgets.acts import Act
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.key_board import KeyBoard
from county_hotline.ui.widgets.notice import NoticeSlot
from county_hotline.wording import say, sentence

log = logging.getLogger(__name__)

IDLE_LOOK_MS = 5000
AFTER_PAINT_MS = 60
"""What may wait waits so long: drawing itself is done when Tk is idle, so idle callbacks would come before it."""
LEAST = (1024, 600)


class Window:
    """The program's window. `Window(services).run()` returns when it is closed."""

    def __init__(self, services: Services) -> None:
        self.services = services
        fonts.make_known(services.folder)
        self.root = theme.new_root(say("program.title"), Size(services.settings.value(chosen.UI_SIZE)))
        tk_mends.install(self.root)
        tk_mends.tell_errors(self.root, self._callback_failed)
        self._drain = Drain(self.root, services.answers)
        self._keys = KeyBoard(self.root)
        self._sign_in: SignInPage | None = None
        self._frame: MainFrame | None = None
        self._account: Account | None = None
        self._is_locked = True
        self._is_open = True
        self._moved_at = services.clock.monotonic_s()
        self._after: set[str] = set()
        self._place()
        self._show_sign_in()
        self.root.protocol("WM_DELETE_WINDOW", self.close)
        self.root.deiconify()
        self._after = {self.root.after(AFTER_PAINT_MS, self._after_first_paint)}

    def run(self) -> None:
        """Until the window is closed."""
        self.root.mainloop()

    @property
    def is_open(self) -> bool:
        """Whether it is still there."""
        return self._is_open

    def close(self) -> None:
        """Save what pages hold, then go."""
        self._is_open = False
        if self._frame is not None:
            self._frame.close()
            self._frame = None
        if self._sign_in is not None:
            self._sign_in.close()
        self._drain.stop()
        for after in self._after:
            self.root.after_cancel(after)
        self.root.destroy()

    # -- what pages ask (see shell.Shell) ---------------------------------------------------------------------------

    def go(self, page: str, argument: str = "") -> None:
        """See `Shell`."""
        if self._frame is not None and not self._is_locked:
            self._frame.go(page, argument)

    def back(self) -> None:
        """See `Shell`."""
        if self._frame is not None:
            self._frame.back()

    def tell(self, head: str, words: str = "", *, tone: Tone = Tone.QUIET, icon: str = "", acts: Sequence[Act] = ()) -> None:
        """See `Shell`."""
        if self._sign_in is not None and self._is_locked:
            self._sign_in.complain(f"{head}。{words}")
        elif self._frame is not None:
            self._frame.notice.show(head, words, tone=tone, icon=icon, acts=acts)

    def hush(self) -> None:
        """See `Shell`."""
        if self._frame is not None:
            self._frame.notice.clear()

    def fail(self, fault: Exception) -> None:
        """See `Shell`."""
        if isinstance(fault, HotlineError):
            log.info("told code=%s", fault.code)
        else:
            log.error("bug_told kind=%s", type(fault).__name__, exc_info=fault)
        self._say_fault(fault)

    def hush_if_told(self) -> bool:
        """Whether there was a message to take away."""
        told = self._frame is not None and self._frame.notice.is_shown
        self.hush()
        return told

    def murmur(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """See `Shell`."""
        if self._frame is not None:
            self._frame.status.murmur(words, tone)

    def use_acts(self, acts: Sequence[Act]) -> None:
        """See `Shell`."""
        self._keys.use(acts)

    def sync(self) -> None:
        """See `Shell`."""
        if self._frame is not None and not self._is_locked:
            self._frame.presenter.sync()

    def watch_rounds(self, told: Callable[[bool], None]) -> Callable[[], None]:
        """See `Shell`."""
        if self._frame is None:
            return lambda: None
        return self._frame.presenter.watch(told)

    def change_size(self, size: Size) -> None:
        """See `Shell`."""
        self.services.settings.change(chosen.UI_SIZE, size.value)
        if size is theme.size():
            return
        in_front = self._frame.in_front if self._frame is not None else ""
        if self._frame is not None:
            self._frame.close()
            self._frame = None
        self._drop_sign_in()
        theme.change_size(self.root, size)
        if self._is_locked or self._account is None:
            self._show_sign_in()
        else:
            self._open_frame(in_front)

    def signed_in(self, account: Account) -> None:
        """See `Shell`."""
        same = self._account is not None and self._account.officer == account.officer
        self._account = account
        self._is_locked = False
        self._moved_at = self.services.clock.monotonic_s()
        self._drop_sign_in()
        if self._frame is not None and same:
            self._frame.unlock()
            return
        if self._frame is not None:
            self._frame.close()
        self._open_frame(_first_page(account))

    def turn_line(self) -> None:
        """断网/联网 of a trial."""
        if self._frame is not None and not self._is_locked:
            self._frame.turn_line()

    def lock(self) -> None:
        """Back to the sign-in page; every page stays as it is behind it."""
        if self._is_locked:
            return
        self._is_locked = True
        if self._frame is not None:
            self._frame.lock()
        self._show_sign_in()

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _place(self) -> None:
        width, height = self.root.winfo_screenwidth(), self.root.winfo_screenheight()
        self.root.geometry(f"{width}x{height}+0+0")
        self.root.minsize(*LEAST)
        try:
            self.root.state("zoomed")
        except tk.TclError:
            self.root.attributes("-zoomed", True)

    def _after_first_paint(self) -> None:
        theme.style_rest(self.root)
        tk_mends.mend_catalogue()
        for seen in ("<Key>", "<Button>", "<Motion>"):
            self.root.bind_all(seen, lambda _event: self._touched(), add="+")
        self._watch_idle()

    def _touched(self) -> None:
        self._moved_at = self.services.clock.monotonic_s()

    def _watch_idle(self) -> None:
        self._after = {self.root.after(IDLE_LOOK_MS, self._watch_idle)}
        idle_s = self.services.clock.monotonic_s() - self._moved_at
        if idle_s >= self.services.settings.value(chosen.IDLE_LOCK) * 60:
            self.lock()

    def _show_sign_in(self) -> None:
        from county_hotline.ui.screens import sign_in

        self._keys.use(())
        if self._sign_in is None:
            self._sign_in = sign_in.open_page(self.root, self)
        self._sign_in.frame.pack(fill="both", expand=True)
        self._sign_in.shown("")

    def _drop_sign_in(self) -> None:
        if self._sign_in is not None:
            self._sign_in.close()
            self._sign_in.frame.destroy()
            self._sign_in = None

    def _open_frame(self, name: str) -> None:
        from functools import partial

        from county_hotline.ui.commands import COMMANDS

        theme.style_rest(self.root)
        self._frame = MainFrame(self, self._account)
        self._frame.pane.pack(fill="both", expand=True)
        self._keys.always({each.key: partial(each.do, self) for each in COMMANDS} | {"<Escape>": self.hush}, self.hush_if_told)
        self._frame.go(name, "")
        self._tell_of_settings()

    def _tell_of_settings(self) -> None:
        """Said once: the file that holds what was chosen could not be read."""
        told, self.services.settings.told = self.services.settings.told, None
        if told is not None:
            head, _, words = say(told).partition("。")
            self.tell(head, words, tone=Tone.AMBER, acts=(Act("ui.seen", self.hush, "<Escape>", "Esc"),))

    def _callback_failed(self, fault: BaseException) -> None:
        if isinstance(fault, Exception):
            self._say_fault(fault)

    def _say_fault(self, fault: Exception) -> None:
        ours = fault if isinstance(fault, HotlineError) else HotlineError("E000")
        head, _, words = sentence(ours).partition("。")
        self.tell(
            head, words, tone=Tone.RED, icon="exclamation-octagon-fill", acts=(Act("ui.seen", self.hush, "<Escape>", "Esc"),)
        )


class MainFrame:
    """Strip, rail, status bar, and the pages that were opened."""

    def __init__(self, window: Window, account: Account | None) -> None:
        from county_hotline.ui.frame import FrameDeeds, Rail, StatusBar, Strip
        from county_hotline.ui.station import DeskStation, StationPresenter

        self._window = window
        services = window.services
        switch = services.line_switch
        deeds = FrameDeeds(
            window.go, window.sync, window.lock, window.turn_line if switch is not None else None, services.desk.may
        )
        self.pane = Pane(window.root, ground=theme.SHEET)
        self.strip = Strip(self.pane, deeds)
        self.strip.pack(side="top", fill="x")
        self.status = StatusBar(self.pane)
        self.status.pack(side="bottom", fill="x")
        self.rail = Rail(self.pane, deeds)
        self.rail.pack(side="left", fill="y")
        self._right = Pane(self.pane)
        self._right.pack(side="left", fill="both", expand=True)
        self.notice = NoticeSlot(self._right)
        self.notice.pack(side="top", fill="x")
        self._pages: dict[str, Page] = {}
        self._trail: list[tuple[str, str]] = []
        self.in_front = ""
        self._account = account
        self.presenter = StationPresenter(
            self, DeskStation(services), desk_lane=services.desk_lane, wire_lane=services.wire_lane, bulletin=services.bulletin
        )
        self.presenter.look()

    def go(self, name: str, argument: str) -> None:
        """Bring a page in front; it is built the first time."""
        spec = page(name)
        if not spec.exists or (spec.duty and not self._window.services.desk.may(spec.duty)):
            return
        if self.in_front and self.in_front != name:
            self._pages[self.in_front].hidden()
            self._pages[self.in_front].frame.pack_forget()
        if name not in self._pages:
            self._pages[name] = page(name).open(self._right, self._window)
        self._trail = [*self._trail[-20:], (name, argument)]
        self.in_front = name
        self.notice.clear()
        self.rail.show(page(name).within or name)
        self._window.use_acts(())
        self._pages[name].frame.pack(fill="both", expand=True)
        self._pages[name].shown(argument)

    def back(self) -> None:
        """The page that was in front before this one."""
        own = self.in_front
        while self._trail and self._trail[-1][0] == own:
            self._trail.pop()
        name, argument = self._trail.pop() if self._trail else (page(own).within or own, "")
        self.go(name, argument)

    def lock(self) -> None:
        """Out of sight, as it is."""
        self._pages[self.in_front].hidden()
        self.pane.pack_forget()

    def unlock(self) -> None:
        """In sight again, as it was."""
        self.pane.pack(fill="both", expand=True)
        self._window.use_acts(())
        self._pages[self.in_front].shown("")

    def close(self) -> None:
        """Pages save what they hold; everything goes."""
        self.presenter.close()
        for opened in self._pages.values():
            opened.close()
        self.pane.destroy()

    # -- what the presenter of the frame shows (see station.Frame) --------------------------------------------------

    def show_standing(self, standing: object) -> None:
        """See `station.Frame`."""
        from county_hotline.ui.station import Standing

        if isinstance(standing, Standing):
            switch = self._window.services.line_switch
            self.strip.show_station(standing.card, self._account)
            self.strip.show_counts(standing.counts)
            self.strip.show_line(standing.line, is_cut=switch is not None and switch.is_cut)
            self.rail.show_counts(standing.waiting)
            self.status.show(standing.facts)

    def show_busy(self) -> None:
        """See `station.Frame`."""
        self.strip.show_busy()

    def murmur(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """See `station.Frame`."""
        self.status.murmur(words, tone)

    def fail(self, fault: Exception) -> None:
        """See `station.Frame`."""
        self._window.fail(fault)

    def turn_line(self) -> None:
        """Cut the trial's line, or mend it; a round finds out at once, as the probe would before long."""
        switch = self._window.services.line_switch
        if switch is not None:
            switch.turn()
            self.presenter.look()
            self._window.sync()


def _first_page(account: Account) -> str:
    """Who takes requests begins with one; the others with what there is to do."""
    return "intake" if OfficerRole.CLERK in account.roles or not page("register").exists else "register"


__all__ = ["PAGES", "Window"]
