"""Play the whole thread at the window by keyboard alone, and keep pictures of the main pages for the manual: python -m tools.pictures.

A township station registers with the line cut, the line comes back, the county centre dispatches, the agency signs for it and replies, the
centre finishes, the township sees it. The same play is a test: tests/stories/test_at_the_window.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.keyboard import ANSWERED_S, STILL_S, Keyboard, running
from tools.screens import virtual_screen

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "manual" / "pictures"
PASSWORD = "shiyong2026"  # noqa: S105 - of sample accounts over sample data
ROUNDS = {"F5", "ctrl+F5"}
ROUND_S = 1.5
"""A round has come to its end when nothing moved for so long."""
WORDS = "塌陷"
"""What the order of this play is found by."""
TRIES = 12
LOOK_AGAIN_S = 0.5
PROGRAM = [sys.executable, str(ROOT / "main.py")]


OTHERS = (
    ("燕崖镇", "求助", "巷口三盏路灯不亮，夜间看不清路"),
    ("悦庄镇", "投诉", "养殖场夜间排放异味"),
    ("西里镇", "咨询", "灵活就业人员医保缴费时间"),
    ("东里镇", "求助", "自来水发黄，已有两天"),
    ("鲁村镇", "建议", "希望村口增设公交停靠点"),
    ("南麻街道", "投诉", "小区门口占道经营影响通行"),
    ("历山街道", "求助", "电梯停运一周，老人上下楼困难"),
    ("石桥镇", "咨询", "宅基地翻建需要哪些手续"),
    ("中庄镇", "表扬", "便民大厅工作人员帮助找回证件"),
    ("张家坡镇", "求助", "灌溉水渠淤塞，麦田浇不上水"),
    ("大张庄镇", "举报", "山脚下有人夜间倾倒建筑垃圾"),
)
"""Other requests of the same morning, so that the pictures show a desk at work: township, kind, title."""


class NotThereError(Exception):
    """The play does not go on: seat, what should stand there, what does."""


class Play:
    """One run of the thread in `folder`; pictures go to `pictures` unless it is None."""

    def __init__(self, display: str, folder: Path, pictures: Path | None, program: list[str] | None = None) -> None:
        self._keys = Keyboard(display)
        self._display = display
        self._folder = folder
        self._pictures = pictures
        self._program = program or PROGRAM

    def whole(self) -> None:
        """All seats, in the order things happen."""
        self.register_without_a_line()
        self.dispatch()
        self.sign_for_and_reply()
        self.finish()
        self.see_it_finished()

    def register_without_a_line(self) -> None:
        """At the township: the line is cut, a request is taken, the slip printed; the line is mended and everything goes up."""
        with self._seat("hall", "1-sign-in"):
            self._press("ctrl+F5")
            if self._pictures is not None:
                self._register_others()
            self._fill_the_form()
            self._shot("2-intake")
            self._press("F9")
            self._becomes("hall", "to_dispatch")
            self._shot("3-accepted")
            self._press("F4")
            self._shot("4-register")
            self._press("alt+3")
            self._shot("5-sync-offline")
            self._press("ctrl+F5")
            self._sync_until("hall", "to_dispatch")
            self._shot("6-sync")
            self._press("alt+9")
            self._shot("7-settings")

    def dispatch(self) -> None:
        """At the county centre: 派单 to the housing office."""
        with self._seat("centre"):
            self._sync_until("centre", "to_dispatch")
            self._open()
            self._press("F9")
            self._keys.ask("住建")
            self._shot("8-dispatch")
            self._press("Return", "F9")
            self._becomes("centre", "to_sign")
            self._sync_until("centre", "to_sign")

    def sign_for_and_reply(self) -> None:
        """At the agency: 签收, then 登记回复 with its two texts."""
        with self._seat("agency"):
            self._sync_until("agency", "to_sign")
            self._open()
            self._press("F9", "F9")
            self._becomes("agency", "in_hand")
            self._press("F9")
            self._keys.type("已到现场，组织人员回填碾压，今天恢复通行。")
            self._press("Tab")
            self._keys.type("您反映的村道已修复通行，谢谢您的反映。")
            self._shot("9-reply")
            self._press("F9")
            self._becomes("agency", "to_review")
            self._sync_until("agency", "to_review")

    def finish(self) -> None:
        """At the county centre again: 办结."""
        with self._seat("centre"):
            self._sync_until("centre", "to_review")
            self._open()
            self._press("F9", "F9")
            self._becomes("centre", "finished")
            self._sync_until("centre", "finished")

    def see_it_finished(self) -> None:
        """At the township: every step stands in the history."""
        with self._seat("hall"):
            self._sync_until("hall", "finished")
            self._open("10-found")
            self._shot("11-order")

    def _open(self, picture: str = "") -> None:
        """Find the order of this play by its words, and open it."""
        self._press("F4")
        self._keys.press("ctrl+f")
        self._keys.ask(WORDS)
        self._press("Return")
        if picture:
            self._shot(picture)
        self._press("Return")

    def _sync_until(self, seat: str, stage: str) -> None:
        """F5, again if need be, until the order stands so at this seat and nothing of it waits there any more."""
        for _ in range(TRIES):
            self._press("F5")
            if self._standing(seat) == (stage, False):
                self._keys.wait(ANSWERED_S)
                return
        raise NotThereError(seat, stage, self._standing(seat))

    def _becomes(self, seat: str, stage: str) -> None:
        """What was done at the window is in the journal, and the window shows it."""
        for _ in range(TRIES):
            if self._standing(seat)[0] == stage:
                self._keys.wait(ANSWERED_S)
                return
            time.sleep(LOOK_AGAIN_S)
        raise NotThereError(seat, stage, self._standing(seat))

    def _standing(self, seat: str) -> tuple[str, bool]:
        """How the order stands at a seat, and whether something of it waits for the line; asked by command, beside the open window."""
        command = [*self._program, "list", "--home", str(self._folder / seat), "--json", "--text", WORDS]
        done = subprocess.run(command, capture_output=True, check=True)
        rows = json.loads(done.stdout)["rows"]
        return (rows[0]["stage"], rows[0]["waiting"]) if rows else ("", False)

    def _fill_the_form(self) -> None:
        self._press("F2")
        self._keys.fill("13800001234", "王𠮷祥", "", "", "燕崖镇燕崖村", "", "", "")
        self._keys.press("space", "Return")
        self._keys.ask("yyzyyc")
        self._keys.fill("", "村口往东约三十米", "村道塌陷影响学生通行")
        self._keys.type("11月18日晚起，村口往东的路塌了约一米宽，三轮车过不去，学生上学要绕行。已向村里反映，还没有修。")
        self._keys.press("Tab")
        self._keys.fill("尽快修好并告知", "")
        self._keys.ask("村道")
        self._keys.fill("")

    def _register_others(self) -> None:
        """A busy morning, registered by command while the window is open."""
        rows = [
            {
                "电话": f"1380000{2000 + nth}",
                "姓名": "示例",
                "事发地": place,
                "诉求类型": kind,
                "标题": title,
                "内容": f"诉求人反映：{title}。",
            }
            for nth, (place, kind, title) in enumerate(OTHERS)
        ]
        command = [
            *self._program,
            "register",
            "--home",
            str(self._folder / "hall"),
            "--from-json",
            "-",
            "--no-slip",
            "--officer",
            "0301",
        ]
        subprocess.run(command, input=json.dumps(rows, ensure_ascii=False).encode(), check=True, capture_output=True)

    @contextmanager
    def _seat(self, name: str, picture: str = "") -> Iterator[None]:
        """Sit down at one of the sample stations, sign in, and close the window in the end."""
        command = [*self._program, "try", "--home", str(self._folder), "--as", name]
        with running(command, self._display, self._folder.with_name(f"{self._folder.name}-{name}.log")):
            self._keys.wait_for_window()
            if picture:
                self._shot(picture)
            self._keys.type(PASSWORD)
            self._keys.press_for_a_page("Return")
            yield

    def _press(self, *keys: str) -> None:
        """Each key, and then what it brought."""
        for key in keys:
            self._keys.press_and_see(key, still_s=ROUND_S if key in ROUNDS else STILL_S)

    def _shot(self, name: str) -> None:
        if self._pictures is not None:
            self._keys.shot(self._pictures / f"{name}.png")


def main() -> int:
    """The pictures, anew."""
    with tempfile.TemporaryDirectory() as folder, virtual_screen() as display:
        Play(display, Path(folder) / "试用", PICTURES).whole()
    for picture in sorted(PICTURES.glob("*.png")):
        print(picture.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
