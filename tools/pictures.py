"""Play the whole thread at the window by keyboard alone, and keep pictures of the pages for the manual: python -m tools.pictures.

A township station registers with the line cut, the line comes back, the county centre dispatches, the agency signs for it and replies, the
centre reviews and finishes, the township sees it. The same play is a test: tests/stories/test_at_the_window.py. What else may happen to a
request is played after it (tools/pictures_of_life.py), and what happens between the stations (tools/pictures_of_line.py).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tools.screens import virtual_screen
from tools.seats import REVIEWER, ROOT, Request, Seats

PICTURES = ROOT / "docs" / "manual" / "pictures"
HOME = "lianxinqiao"
"""The folder the pictures speak of, in the system's place for what does not stay. A play that did not go on leaves it to be looked at."""
WORDS = "塌陷"
"""What the order of this play is found by."""
REQUEST = Request(
    "13800001234",
    "王𠮷祥",
    "yyzyyc",
    "村道塌陷影响学生通行",
    "11月18日晚起，村口往东的路塌了约一米宽，三轮车过不去，学生上学要绕行。已向村里反映，还没有修。",
    address="燕崖镇燕崖村",
    detail="村口往东约三十米",
    demand="尽快修好并告知",
    category="村道",
)

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


class Play(Seats):
    """One run of the thread."""

    def whole(self) -> None:
        """All seats, in the order things happen."""
        self.register_without_a_line()
        self.dispatch()
        self.sign_for_and_reply()
        self.review_and_finish()
        self.see_it_finished()

    def register_without_a_line(self) -> None:
        """At the township: the line is cut, a request is taken, the slip printed; the line is mended and everything goes up."""
        with self.seat("hall", "01-sign-in"):
            self.press("ctrl+F5")
            if self._pictures is not None:
                self._register_others()
            self.fill(REQUEST)
            self.shot("02-intake")
            self.press("F9")
            self.becomes("hall", WORDS, "to_dispatch")
            self.as_typed("hall", REQUEST)
            self.shot("03-accepted")
            self.press("F4")
            self.shot("04-register")
            self.press("alt+3")
            self.shot("05-sync-offline")
            self.press("ctrl+F5")
            self.sync_until("hall", WORDS, "to_dispatch")
            self.shot("06-sync")
            if self._pictures is not None:
                self.press("alt+9")
                self.shot("07-settings")

    def dispatch(self) -> None:
        """At the county centre: 派单 to the housing office."""
        with self.seat("centre"):
            self.sync_until("centre", WORDS, "to_dispatch")
            self.open(WORDS)
            self.press("F9")
            self._keys.ask("住建")
            self.shot("08-dispatch")
            self.press("Return", "F9")
            self.becomes("centre", WORDS, "to_sign")
            self.sync_until("centre", WORDS, "to_sign")

    def sign_for_and_reply(self) -> None:
        """At the agency: 签收, then 回复 with its two texts."""
        with self.seat("agency"):
            self.sync_until("agency", WORDS, "to_sign")
            self.open(WORDS)
            self.press("F9", "F9")
            self.becomes("agency", WORDS, "in_hand")
            self.press("F9")
            self._keys.type("已到现场，组织人员回填碾压，今天恢复通行。")
            self._keys.press("Tab")
            self._keys.type("您反映的村道已修复通行，谢谢您的反映。")
            self.shot("09-reply")
            self.press("F9")
            self.becomes("agency", WORDS, "to_review")
            self.sync_until("agency", WORDS, "to_review")

    def review_and_finish(self) -> None:
        """At the county centre again, its reviewer: 审核, then 办结."""
        with self.seat("centre", nth=REVIEWER):
            self.sync_until("centre", WORDS, "to_review")
            self.open(WORDS)
            self.press("F9", "Right", "F9")
            self.becomes("centre", WORDS, "to_follow_up")
            self.press("ctrl+j", "F9")
            self.becomes("centre", WORDS, "finished")
            self.sync_until("centre", WORDS, "finished")

    def see_it_finished(self) -> None:
        """At the township: every step stands in the history."""
        with self.seat("hall"):
            self.sync_until("hall", WORDS, "finished")
            if self._pictures is not None:
                self.open(WORDS, "10-found")
                self.shot("11-order")

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
        self.register(rows)


def main(arguments: list[str]) -> int:
    """The pictures, anew: all of them, or those of the thread named `play` (with `life`, which goes on from it) or `line`."""
    from tools.pictures_of_life import Life
    from tools.pictures_of_line import Line

    home = Path(tempfile.gettempdir()) / HOME
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    with virtual_screen() as display:
        if arguments != ["line"]:
            Play(display, home / "county", PICTURES).whole()
        if not arguments or "life" in arguments:
            Life(display, home / "county", PICTURES).whole()
        if not arguments or "line" in arguments:
            Line(display, home / "between" / "county", PICTURES).whole()
    shutil.rmtree(home)
    for picture in sorted(PICTURES.glob("*.png")):
        print(picture.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
