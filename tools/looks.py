"""Every page in every state, screen and size, to be looked at: python -m tools.looks --out FOLDER [--page NAME] [--size ...] [--screen ...].

The real window over a county of its own (tools/looks_county.py), led to each scene of tools/looks_scenes.py by its keys; pictures and contact
sheets go to a folder outside the repository. What a machine can see is said beside: parts outside the window or cut.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tkinter as tk
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path

from PIL import ImageGrab

from county_hotline import settings as chosen
from county_hotline.app.slip_printer import make_slip
from county_hotline.background import Answers, InlineRunner
from county_hotline.desk import intake, line
from county_hotline.errors import Refusal
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.ui import fonts, theme, tk_mends
from county_hotline.ui.screens.order.presenter import OrderPresenter
from county_hotline.ui.services import Services
from county_hotline.ui.setting_up.presenter import SetUpPresenter
from county_hotline.ui.setting_up.view import SetUpView
from county_hotline.ui.setting_up.work import DeskSetUp
from county_hotline.ui.theme import Size
from county_hotline.ui.window import Window
from tests.support.keys import press
from tests.support.ticking_clock import TickingClock
from tools.looks_album import Album
from tools.looks_county import County, a_county
from tools.looks_scenes import SCENES, Scene
from tools.screens import virtual_screen

BARS = 68
"""Title bar and task bar: what a window does not have of a screen's height."""
SCREENS = ("1366x768", "1920x1080")
THEMES = ("standard", "high")


class Looker:
    """One window over one seat, led by steps."""

    def __init__(self, county: County, seat: str, *, size: Size, high: bool, geometry: str) -> None:
        self._county, self._seat = county, seat
        self._station = county.seats["hall" if seat == "training" else seat]
        self._station.settings.change(chosen.UI_SIZE, size.value)
        self._station.settings.change(chosen.UI_CONTRAST, "high" if high else "standard")
        services = Services(
            desk=self._station.desk,
            desk_lane=InlineRunner(),
            wire_lane=InlineRunner(),
            answers=Answers(),
            bulletin=county.news["hall" if seat == "training" else seat],
            settings=self._station.settings,
            clock=county.clock,
            folder=self._station.home.path / "screen",
            version="1.0",
            is_training=seat == "training",
        )
        self.answers = services.answers
        self.window = Window(services)
        self.root = self.window.root
        self.root.geometry(f"{geometry}+0+0")
        subprocess.run(["xdotool", "mousemove", "9999", "0"], check=True)  # no tooltip where nobody points
        self.settle(200)

    def play(self, scene: Scene) -> None:
        """From the signed-in window to the scene."""
        self._station.desk.officer = None
        account = self._county.sit("hall" if self._seat == "training" else self._seat, scene.badge).desk.signed_in()
        OrderPresenter.kept.clear()
        for draft in intake.drafts(self._station.desk):
            intake.drop_draft(self._station.desk, draft.key)
        self.root.focus_force()
        self.window._account = None  # noqa: SLF001 - so that every page is made anew
        self.window.signed_in(account)
        self.settle(100)
        for step in scene.steps:
            verb, _, rest = step.partition(" ")
            getattr(self, f"do_{verb}")(rest)
            self.settle(60)
        self.settle(150)

    def undo(self) -> None:
        """What a scene did to the county."""
        if self._county.sample.is_cut:
            self._county.sample.turn()
            line.sync_now(self._station.desk)

    def do_go(self, rest: str) -> None:
        page, _, argument = rest.partition(" ")
        self.window.go(page, argument)

    def do_order(self, words: str) -> None:
        self.window.go("order", self._county.number(words, self._seat))

    def do_clash(self, words: str) -> None:
        self.window.go("clash", self._county.number(words, self._seat))

    def do_key(self, keys: str) -> None:
        for key in keys.split():
            press(self.root.focus_get() or self.root, key)
            self.settle(40)

    def do_type(self, text: str) -> None:
        widget = self.root.focus_get()
        if isinstance(widget, tk.Entry) and widget.selection_present():
            widget.delete("sel.first", "sel.last")
        if isinstance(widget, tk.Text | tk.Entry):
            widget.insert("insert", text)
        self.settle(60)

    def do_field(self, rest: str) -> None:
        """A field of 登记, by its name, whatever the keys between are."""
        name, _, text = rest.partition(" ")
        frame = self.window._frame  # noqa: SLF001 - as a person who clicks into it
        page = frame._pages["intake"] if frame is not None else None  # noqa: SLF001
        attrgetter(f"fields.{name}")(page).take_focus()
        self.do_type(text)

    def do_wait(self, milliseconds: str) -> None:
        self.settle(int(milliseconds))

    def do_lock(self, _rest: str) -> None:
        self.window.lock()
        self.settle(400)

    def do_clip(self, text: str) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append(text)

    def do_cut(self, _rest: str) -> None:
        if not self._county.sample.is_cut:
            self._county.sample.turn()

    def do_fail(self, _rest: str) -> None:
        self.window.fail(Refusal("R216", path="D:\\连心桥\\数据\\2026年度备份\\很深的文件夹\\再深一层\\county.db"))

    def do_toast(self, words: str) -> None:
        self.window.toast(words)

    def do_undoable(self, _rest: str) -> None:
        self.window.undoable("撤回筛选条件“未办结的路灯”", lambda: None)

    def settle(self, milliseconds: int) -> None:
        """Let the window live so long."""
        live(self.root, self.answers, milliseconds)

    def close(self) -> None:
        self.window.close()


def live(root: tk.Tk, answers: Answers, milliseconds: int) -> None:
    """Everything that is due happens."""
    end = time.monotonic() + milliseconds / 1000
    while True:
        root.update()
        answers.take(50)
        if time.monotonic() >= end:
            return
        time.sleep(0.02)


def look(scenes: Sequence[Scene], album: Album, county: County, *, screen: str, size: Size, high: bool) -> None:
    """All these scenes on the screen that DISPLAY names."""
    width, height = (int(part) for part in screen.split("x"))
    tail = f"{size.value}-{width}{'-high' if high else ''}"
    for seat in dict.fromkeys(scene.seat for scene in scenes if scene.seat):
        looker = Looker(county, seat, size=size, high=high, geometry=f"{width}x{height - BARS}")
        for scene in [each for each in scenes if each.seat == seat]:
            try:
                looker.play(scene)
                album.take(looker.root, f"{scene.name}-{tail}")
            except Exception as fault:  # noqa: BLE001 - the other pictures are still wanted
                album.said.append(f"{scene.name}-{tail}: not reached: {type(fault).__name__} {fault}")
            looker.undo()
        looker.close()
    for scene in [each for each in scenes if not each.seat]:
        _guide(scene.state, album, f"{scene.name}-{tail}", size=size, high=high, geometry=f"{width}x{height - BARS}")


def _guide(step: str, album: Album, name: str, *, size: Size, high: bool, geometry: str) -> None:
    """首次设置 at that step."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        home.ensure()
        fonts.make_known(home.path / "screen")
        root = theme.new_root("", size, high_contrast=high)
        tk_mends.install(root)
        theme.style_rest(root)
        root.geometry(f"{geometry}+0+0")
        root.deiconify()
        view = SetUpView(root)
        work = DeskSetUp(home, TickingClock(), make_slip)
        view.presenter = SetUpPresenter(view, work, InlineRunner(), Settings(home.settings))
        view.presenter.begin()
        live(root, Answers(), 200)
        for _ in range(8):
            if view.presenter.step == step:
                break
            view.presenter.submit({**_typed(view), "password": "shiyong2026", "again": "shiyong2026"})
            live(root, Answers(), 100)
        if step == "paper":
            press(root.focus_get() or root, "Control-p")
        live(root, Answers(), 400)
        album.take(root, name)
        root.destroy()


def _typed(view: SetUpView) -> dict[str, str]:
    return view._form.values()  # noqa: SLF001 - as F9 reads them


@contextmanager
def shown_on(screen: str) -> Iterator[None]:
    """DISPLAY names a screen of that size: the one that is there, or one for as long as this lasts."""
    given = os.environ.get("DISPLAY", "")
    if given and ImageGrab.grab(xdisplay=given).size == tuple(int(part) for part in screen.split("x")):
        yield
        return
    with virtual_screen(size=f"{screen}x24") as name:
        os.environ["DISPLAY"] = name
        try:
            yield
        finally:
            os.environ["DISPLAY"] = given


def main(arguments: Sequence[str]) -> int:
    """Pictures, contact sheets, and what was found."""
    asked = argparse.ArgumentParser(prog="tools.looks")
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--page", action="append", default=[], help="a page, or page-state; any number of times")
    asked.add_argument("--size", action="append", default=[], choices=[each.value for each in Size])
    asked.add_argument("--screen", action="append", default=[], choices=SCREENS)
    asked.add_argument("--theme", action="append", default=[], choices=THEMES)
    options = asked.parse_args(arguments)
    scenes = [each for each in SCENES if not options.page or each.page in options.page or each.name in options.page]
    album = Album(options.out)
    folder = Path(tempfile.mkdtemp(prefix="lianxinqiao-"))
    county = a_county(folder)
    for screen in options.screen or SCREENS:
        with shown_on(screen):
            for size in [Size(each) for each in options.size] or list(Size):
                for each in options.theme or THEMES[:1]:
                    before = len(album.taken)
                    look(scenes, album, county, screen=screen, size=size, high=each == "high")
                    one = Album(options.out)
                    one.taken = album.taken[before:]
                    one.sheets(f"{size.value}-{screen}-{each}")
    county.close()
    shutil.rmtree(folder, ignore_errors=True)
    (options.out / "found.txt").write_text("\n".join(album.said) + "\n", encoding="utf-8")
    print("\n".join(album.said))
    print(f"{len(album.taken)} pictures in {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
