"""Between the stations, played at the window by keyboard alone, a picture a page: attachments, a stick while the line is down, the line looked
at step by step, two people who changed the same order, a record that the hub put aside: python -m tools.pictures line.

Its county is its own, so that it can be played alone.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument

from county_hotline.app.station import open_station
from county_hotline.domain.facts import Fact, Person, Replied
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode
from county_hotline.paths import Home
from tools.seats import NotThereError, Seats

CLERK, DISPATCHER = "0301", "0101"
ROAD, LAMPS, WATER = "通村路", "路灯", "自来水"
"""What the orders of this play are found by."""
HOUSING = AgencyCode("370323D04")
MB = 1 << 20


def asked(title: str, place: str, phone: str, content: str) -> dict[str, str]:
    """A request as the command takes it."""
    return {"电话": phone, "姓名": "示例", "事发地": place, "诉求类型": "求助", "标题": title, "内容": content}


TAKEN = (
    asked("通村路塌了半边，三轮车过不去", "燕崖镇", "13800005001", "村口往东的路昨晚塌了约一米宽，学生上学要绕行。"),
    asked("巷口三盏路灯不亮", "燕崖镇", "13800005002", "巷口三盏路灯不亮，夜间看不清路，已有一周。"),
    asked("自来水发黄有两天了", "东里镇", "13800005003", "自来水发黄，烧开也有味，全村都这样。"),
)
OFFLINE = (
    asked("小区电梯停运，老人上下楼困难", "南麻街道", "13800005004", "二单元电梯停运一周，物业说等配件。"),
    asked("灌溉水渠淤塞，麦田浇不上水", "张家坡镇", "13800005005", "水渠入口淤塞约五十米，三百亩麦田等水。"),
    asked("养殖场夜间排放异味", "悦庄镇", "13800005006", "每天夜里十点以后异味重，开不了窗。"),
)
"""Taken while the line is down."""


class Line(Seats):
    """The third thread."""

    def whole(self) -> None:
        """All seats, in the order things happen."""
        self._stick = self._folder.with_name("U盘")
        self._stick.mkdir(parents=True)
        self.attach()
        self.change_on_both_sides()
        self.reply_for_another()
        self.settle()
        self.by_stick()
        self.sheet()

    def attach(self) -> None:
        """At the township: a photograph, a recording that is asked about, and what came back as received."""
        with self.seat("hall"):
            self.register(TAKEN)
            number = self.row("hall", ROAD)["number"]
            for name, body in (("塌陷处.jpg", a_photograph()), ("村民签名表.jpg", a_photograph(sky="#e8e4d8"))):
                self._attach(number, name, body)
            self.sync_until("hall", ROAD, "to_dispatch")
            self.press("F5")
            self._attach(number, "现场录像.mp4", os.urandom(24 * MB))
            self._attach(number, "诉求人录音.mp3", os.urandom(2 * MB), "--personal", "no", "--way", "parcel")
            self.press("ctrl+F5")
            self._attach(number, "绕行路线.jpg", a_photograph(sky="#c9d6dd"))
            self.open(ROAD)
            self.shot("60-attachments")
            self.press("ctrl+g")
            self.shot("61-attach")
            self.press("Escape", "ctrl+F5")

    def _attach(self, number: str, name: str, body: bytes, *options: str) -> None:
        path = self._folder.with_name(name)
        path.write_bytes(body)
        self.said("attach", number, str(path), *options, seat="hall", officer=CLERK)
        path.unlink()

    def change_on_both_sides(self) -> None:
        """The centre corrects what it has; the township, which has not seen it yet, corrects the same."""
        with self.seat("centre"):
            self.sync_until("centre", LAMPS, "to_dispatch")
            number = self.row("centre", LAMPS)["number"]
            changed = ("--set", "标题=巷口和广场共五盏路灯不亮", "--set", "要求=两天内修好")
            self.said("correct", number, "--reason", "村委会来电补充", *changed, seat="centre", officer=DISPATCHER)
            self.sync_until_told("centre", LAMPS, "corrected")
        again = ("--set", "标题=巷口三盏路灯不亮已有一周", "--set", "要求=修好后打电话告诉我", "--set", "紧急程度=紧急")
        self.said("correct", number, "--reason", "诉求人再次来电", *again, seat="hall", officer=CLERK)

    def reply_for_another(self) -> None:
        """What a program of others wrote into this station: a reply for a unit that this station is not."""
        number = self.row("hall", WATER)["number"]
        station = open_station(Home(self._folder / "hall"))
        try:
            officer = next(each.officer for each in station.store.accounts() if each.badge == CLERK)
            station.store.record(number, a_reply_of_another, officer=officer)
        finally:
            station.close()

    def settle(self) -> None:
        """At the township: what waits for a person, 对照, and what the hub put aside."""
        with self.seat("hall"):
            self._until_it_is_seen()
            self.press("alt+3")
            self.shot("62-sync-persons")
            number = self.row("hall", LAMPS)["number"]
            if not self.said("clashes", seat="hall")["orders"]:
                raise NotThereError("hall", "clashes", number)
            self.open(LAMPS)
            self.shot("63-clash-banner")
            self.press("F3", "F9")
            self.shot("64-clash")
            self.press("Left", "Down", "Right")
            self.shot("65-clash-chosen")
            self.press("F9")
            self.press("alt+3", "Tab", "Return")
            self.shot("66-held")

    def _until_it_is_seen(self) -> None:
        for _ in range(6):
            self.press("F5")
            if self.said("held", seat="hall")["held"] and self.said("clashes", seat="hall")["orders"]:
                return
        raise NotThereError("hall", "held")

    def by_stick(self) -> None:
        """Without a line: out by stick, the hub reads it, its answer comes back."""
        with self.seat("hall"):
            self.press("ctrl+F5")
            self.register(OFFLINE)
            self.press("alt+3", "F5", "ctrl+d")
            self.shot("67-check-line")
            self.press("F3", "alt+3", "F9")
            self.shot("68-stick")
            self._name_in_the_dialog(self._stick)
            self.press("Return")  # the first went into the folder, this one takes it
            self._keys.wait(1)
            self.shot("69-exported")
            (parcel,) = self._stick.glob("*.zip")
            back = self._stick / "带回"
            back.mkdir()
            self.said("parcel", "import", str(parcel), "--answer-to", str(back), seat="hub")
            (answer,) = back.glob("*.zip")
            self.press("ctrl+o")
            self._name_in_the_dialog(answer)
            self.shot("70-imported")

    def _name_in_the_dialog(self, path: Path) -> None:
        """The first button of the notice opens the system's own dialog."""
        self._keys.press("Return")
        self._keys.wait(1)
        self._keys.press("ctrl+a")
        self._keys.type(str(path))
        self.press("Return")
        self._keys.wait(1)

    def sheet(self) -> None:
        """The hand-over sheet as it comes out of the printer."""
        (sheet,) = (self._folder / "hall" / "slips").glob("*-up-*.pdf")
        if self._pictures is not None:
            page = PdfDocument(sheet)[0].render(scale=1.6).to_pil().convert("RGB")
            page.quantize(64).save(self._pictures / "71-hand-over.png", optimize=True)


def a_reply_of_another(order: WorkOrder) -> tuple[Fact, Person | None]:
    """县住建局's words, from a station that is not 县住建局's."""
    del order
    return Replied(agency=HOUSING, internal="已冲洗管网，水质检测合格。", public="已冲洗管网，水已清。", solved=True), None


def a_photograph(sky: str = "#bcd3e6") -> bytes:
    """Something that a telephone may have taken."""
    picture = Image.new("RGB", (1600, 1200), sky)
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 700), (500, 480), (900, 640), (1600, 420), (1600, 1200), (0, 1200)], fill="#7d8b5c")
    draw.polygon([(620, 1200), (760, 640), (860, 640), (1180, 1200)], fill="#9a948a")
    draw.polygon([(900, 900), (1060, 860), (1180, 1200), (980, 1200)], fill="#5c4a38")
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=88)
    return body.getvalue()
