"""The one window: signs in, shows pages in their frame, gives keys to whom they belong, and says what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from county_hotline import settings as chosen
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import HotlineError
from county_hotline.settings import Plain, Setting
from county_hotline.ui import fonts, theme, tk_mends
from county_hotline.ui.pages import PAGES, page
from county_hotline.ui.placing import Places
from county_hotline.ui.services import Services
from county_hotline.ui.shell import Page, SignInPage
from county_hotline.ui.standing import Standing
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.tk_runner import Drain
from county_hotline.ui.undoing import Undoable
from county_hotline.ui.widgets.acts import Act
from county_hotline.ui.widgets.key_board import KeyBoard
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.domain.reference import Account
    from county_hotline.ui.comfort import Comfort
    from county_hotline.ui.main_frame import MainFrame
    from county_hotline.ui.widgets.focus_ring import FocusRing

log = logging.getLogger(__name__)

IDLE_LOOK_MS = 5000
AFTER_PAINT_MS = 60
"""What may wait waits so long: drawing itself is done when Tk is idle, so idle callbacks would come before it."""
LEAST = (1024, 600)
HIGH = "high"


class Window:
    """The program's window. `Window(services).run()` returns when it is closed."""

    def __init__(self, services: Services) -> None:
        self.services = services
        fonts.make_known(services.folder)
        high = services.settings.value(chosen.UI_CONTRAST) == HIGH
        title = say("training.title") if services.is_training else say("program.title")
        self.root = theme.new_root(title, Size(services.settings.value(chosen.UI_SIZE)), high_contrast=high)
        tk_mends.install(self.root)
        tk_mends.tell_errors(self.root, self._callback_failed)
        self._drain = Drain(self.root, services.answers)
        self._keys = KeyBoard(self.root)
        self._sign_in: SignInPage | None = None
        self._help: Page | None = None
        self._frame: MainFrame | None = None
        self._comfort: Comfort | None = None
        self._ring: FocusRing | None = None
        self._standing = Standing(self.root, Places(services.folder / "places.json"), LEAST)
        self._account: Account | None = None
        self._is_locked = True
        self._is_open = True
        self._moved_at = services.clock.monotonic_s()
        self._after: set[str] = set()
        self._standing.take()
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

    @property
    def is_at_work(self) -> bool:
        """Whether somebody is signed in and the window is not locked."""
        return self._frame is not None and not self._is_locked

    def close(self) -> None:
        """Save what pages hold, then go."""
        self._is_open = False
        self._standing.keep(self._frame.in_front if self._frame is not None else self._standing.page)
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
            self._put_comfort_away()
            self._frame.go(page, argument or (self._frame.in_front if page == "manual" else ""))

    def back(self) -> None:
        """See `Shell`."""
        if self._help is not None:
            self._drop_help()
            self._show_sign_in()
        elif self._frame is not None:
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
        again = self._frame.notice.again() if self._frame is not None else None
        self.hush()
        if again is not None and self._comfort is not None:
            self._comfort.undo_list.add(Undoable(say("undo.notice"), again))
        return again is not None

    def murmur(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """See `Shell`."""
        if self._frame is not None:
            self._frame.status.murmur(words, tone)

    def toast(self, words: str, tone: Tone = Tone.GREEN) -> None:
        """See `Shell`."""
        if self._comfort is not None:
            self._comfort.toasts.say(words, tone)

    def undoable(self, words: str, undo: Callable[[], None], *, still: Callable[[], bool] = lambda: True) -> None:
        """See `Shell`."""
        if self._comfort is not None:
            self._comfort.undoable(Undoable(words, undo, still))

    def use_acts(self, acts: Sequence[Act], also: Sequence[Act] = ()) -> None:
        """See `Shell`."""
        self._keys.use(acts, also)

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
        self._change_look(size, high=theme.is_high_contrast())

    def change_contrast(self, *, high: bool) -> None:
        """See `Shell`."""
        self.services.settings.change(chosen.UI_CONTRAST, HIGH if high else chosen.UI_CONTRAST.default)
        self._change_look(theme.size(), high=high)

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
        if self._comfort is not None:
            self._comfort.toasts.close()
        self._comfort = self._made_comfort()
        self._open_frame(self._first_page(account))

    def turn_line(self) -> None:
        """断网/联网 of a trial."""
        if self._frame is not None and not self._is_locked:
            self._frame.turn_line()

    def lock(self) -> None:
        """Back to the sign-in page; every page stays as it is behind it."""
        if self._is_locked:
            return
        self._is_locked = True
        if self._comfort is not None:
            self._comfort.lock()
        if self._frame is not None:
            self._frame.lock()
        self._show_sign_in()

    # -- what its commands do (see commands.Commanded, palette.gathering.Commanding) --------------------------------

    def find_command(self) -> None:
        """See `Commanded`."""
        if self._comfort is not None and not self._is_locked:
            self._comfort.find_command()

    def undo(self) -> None:
        """See `Commanded`."""
        if self._comfort is not None and not self._is_locked:
            self._comfort.undo()

    def show_told(self) -> None:
        """See `Commanded`."""
        if self._comfort is not None and not self._is_locked:
            self._comfort.show_told()

    def practise(self) -> None:
        """See `Commanded`."""
        if self.services.practise is not None:
            words = say("training.starting" if self.services.practise() else "training.not_started")
            if self._is_locked and self._sign_in is not None:
                self._sign_in.inform(words)
            self.toast(words, Tone.QUIET)

    def choose(self, setting: Setting[str] | Setting[int] | Setting[bool], value: Plain) -> None:
        """See `Commanding`."""
        before: Plain = self.services.settings.value(setting)  # type: ignore[misc]
        self._choose(setting, value)
        self.undoable(say("palette.chosen", what=say(setting.wording)), partial(self._choose, setting, before))

    def why_not(self, command: str) -> str:
        """See `Commanding`."""
        desk = self.services.desk
        if command.startswith("page."):
            spec = page(command.removeprefix("page."))
            return say("palette.no_duty") if spec.duty and not desk.may(spec.duty) else ""
        if command == "sync" and desk.run_round is None:
            return say("palette.not_joined")
        if command == "undo" and (self._comfort is None or self._comfort.undo_list.top is None):
            return say("undo.nothing")
        if command == "practise" and self.services.practise is None:
            return say("training.is_here" if self.services.is_training else "training.not_from_here")
        return ""

    def has_line_switch(self) -> bool:
        """See `Commanding`."""
        return self.services.line_switch is not None

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _choose(self, setting: Setting[str] | Setting[int] | Setting[bool], value: Plain) -> None:
        if setting is chosen.UI_SIZE:
            self.change_size(Size(value))
        elif setting is chosen.UI_CONTRAST:
            self.change_contrast(high=value == HIGH)
        else:
            self.services.settings.change(setting, value)  # type: ignore[misc]
            if self._frame is not None and self._frame.in_front == "settings":
                self._frame.go("settings", "")

    def _first_page(self, account: Account) -> str:
        """Who takes requests begins with one; the others where they left off, else with the register."""
        if OfficerRole.CLERK in account.roles:
            return "intake"
        kept = self._standing.page
        return kept if is_rail_page(kept) else "register"

    def _change_look(self, size: Size, *, high: bool) -> None:
        """Every page is built again in the new size or colours."""
        if size is theme.size() and high is theme.is_high_contrast():
            return
        in_front = self._frame.in_front if self._frame is not None else ""
        if self._comfort is not None:
            self._comfort.lock()
        if self._frame is not None:
            self._frame.close()
            self._frame = None
        self._drop_sign_in()
        theme.change_look(self.root, size, high_contrast=high)
        if self._ring is not None:
            self._ring.turn(on=high)
        if self._is_locked or self._account is None:
            self._show_sign_in()
        else:
            self._open_frame(in_front)

    def _made_comfort(self) -> Comfort:
        from county_hotline.ui.comfort import Comfort

        return Comfort(self, self.root, self.services, self._keys, room=self._toast_room)

    def _toast_room(self) -> tuple[int, int, int, int]:
        """Over the station's own name, which nobody has to read again."""
        if self._frame is None:
            return 0, 0, self.root.winfo_width(), theme.px(48)
        return self._frame.strip.name_room()

    def _put_comfort_away(self) -> None:
        if self._comfort is not None:
            self._comfort.hide()

    def _after_first_paint(self) -> None:
        from county_hotline.ui.widgets.focus_ring import FocusRing

        theme.style_rest(self.root)
        self._ring = FocusRing(self.root)
        self._ring.turn(on=theme.is_high_contrast())
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

        if self._sign_in is None:
            self._sign_in = sign_in.open_page(self.root, self)
        self._sign_in.frame.pack(fill="both", expand=True)
        acts = [Act("ui.page.manual", self._help_at_the_door, "<F1>", "F1")]
        if self.services.practise is not None:
            acts.append(Act("ui.practise", self.practise, "<F8>", "F8"))
        self._keys.use(acts)
        self._sign_in.shown("")

    def _help_at_the_door(self) -> None:
        """F1 before anybody has signed in: the manual in place of the sign-in page."""
        if self._sign_in is not None and self._help is None:
            self._sign_in.hidden()
            self._sign_in.frame.pack_forget()
            self._help = page("manual").open(self.root, self)
            self._help.frame.pack(fill="both", expand=True)
            self._help.shown("sign_in")

    def _drop_help(self) -> None:
        if self._help is not None:
            self._help.close()
            self._help.frame.destroy()
            self._help = None

    def _drop_sign_in(self) -> None:
        self._drop_help()
        if self._sign_in is not None:
            self._sign_in.close()
            self._sign_in.frame.destroy()
            self._sign_in = None

    def _open_frame(self, name: str) -> None:
        from county_hotline.ui.commands import COMMANDS
        from county_hotline.ui.main_frame import MainFrame

        theme.style_rest(self.root)
        self._frame = MainFrame(self, self.root, self._account)
        self._frame.pane.pack(fill="both", expand=True)
        always = {each.key: partial(each.do, self) for each in COMMANDS if each.key}
        self._keys.always(always | {"<Escape>": self.hush}, self.hush_if_told)
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


def is_rail_page(name: str) -> bool:
    """Whether a page can be begun with: it needs no order."""
    return any(spec.name == name and spec.exists and not spec.within for spec in PAGES)
