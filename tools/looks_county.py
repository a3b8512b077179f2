"""The county whose pages are looked at: three stations and a hub in one folder, one that is empty, and one where every text is as long as it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from county_hotline.app.station import Station, open_station
from county_hotline.cli.sample_county import ROLES, SampleCounty
from county_hotline.cli.station import acting_officer
from county_hotline.desk import acts, founding, inbox, intake, line, looking_up, naming, signing_in
from county_hotline.desk.founding import NewStation
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.facts import Corrected, Fact, Person, Replied
from county_hotline.domain.reference import Place
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import Channel, MatterKind, OfficerRole, StationRole, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, Number
from county_hotline.paths import Home
from county_hotline.signals import Bulletin
from county_hotline.wording import word
from tests.support.ticking_clock import TickingClock
from tools.pictures import OTHERS
from tools.pictures_of_life import WAITING

PASSWORD = "shiyong2026"  # noqa: S105 - of sample accounts over sample data
CLERK, HANDLER, REVIEWER, SUPERVISOR, LEADER = "0301", "2101", "0104", "0105", "0102"
DISPATCHER = "0101"
HOUSING = AgencyCode("370323D04")
SENT_TO = ("370323D04", "370323D02", "370323109", "370323D06", "370323D05", "370323D14")
KINDS = {word(each): each for each in MatterKind}
DAYS = (9, 12, 16, 17, 18, 19, 20, 21)
"""Of November 2026: the requests of the county came on these."""
LONG_TITLE = "村口往东的路塌了约一米宽三轮车过不去学生上学要绕行已向村里反映还没有修希望尽快修好并告知结果谢谢㚖䃼𡐓💊路灯"[:60]
LONG_CONTENT = ("诉求人反映：村口往东的路昨晚塌了约一米宽，㚖䃼𡐓某称三轮车过不去，💊药也送不进来，学生上学要绕行。" * 260)[
    :12_000
]
LONG_UNIT = "沂源县南鲁山镇三岔山区片区综合行政执法和便民服务工作协调联合办公室"[:33]
LONG_NAME = "㚖䃼𡐓·阿卜杜热合曼"
ROAD, LAMPS, WATER = "塌了半边", "三盏路灯", "自来水发黄"
"""What the orders with a story of their own are found by."""


@dataclass(slots=True)
class County:
    """Everything that a window is opened over, by the name of its seat."""

    clock: TickingClock
    sample: SampleCounty
    seats: dict[str, Station] = field(default_factory=dict)
    news: dict[str, Bulletin] = field(default_factory=dict)

    def sit(self, seat: str, badge: str) -> Station:
        """That officer is signed in there."""
        station = self.seats[seat]
        station.desk.officer = acting_officer(station.desk, badge or LONG_NAME)
        return station

    def number(self, words: str, seat: str = "hall") -> Number:
        """The order of these words."""
        return looking_up.register(self.seats[seat].desk, RegisterQuery(text=words)).rows[0].number

    def act(self, seat: str, badge: str, words: str, name: str, **typed: str) -> None:
        """As a person would: the form as it opens, with this typed into it."""
        desk = self.sit(seat, badge).desk
        number = self.number(words, seat)
        opened = acts.opened(desk, desk.store.order(number), name)
        acts.perform(desk, number, name, {**opened.values, **typed})

    def sync(self, *seats: str) -> None:
        """A round each."""
        for seat in seats or tuple(ROLES):
            line.sync_now(self.seats[seat].desk)

    def open(self, seat: str, home: Home) -> None:
        """Its store, for as long as the county is looked at."""
        bulletin = self.news.setdefault(seat, Bulletin())
        self.seats[seat] = open_station(home, clock=self.clock, tell=bulletin.post)

    def close(self) -> None:
        for station in self.seats.values():
            station.close()
        self.sample.close()


def a_county(folder: Path) -> County:
    """Founded, enrolled and at work since two weeks."""
    clock = TickingClock()
    clock.set_to(2026, 11, DAYS[0])
    county = County(clock, SampleCounty(folder, clock))
    county.sample.turn()
    for name in ROLES:
        county.sample.found(name, PASSWORD)
        county.open(name, county.sample.home(name))
    for day in DAYS:
        clock.set_to(2026, 11, day, 8, 40)
        clock.advance(minutes=12)
        _a_day(county, day)
    _stories(county)
    _alone(county, "empty", folder / "empty")
    _alone(county, "long", folder / "long")
    _long_texts(county)
    return county


def _a_day(county: County, day: int) -> None:
    desk = county.sit("hall", CLERK).desk
    for nth, (place, kind, title) in enumerate(OTHERS):
        county.clock.advance(minutes=7)
        intake.accept(desk, _request(desk.store.reference.places(), place, KINDS[kind], title, f"1380000{day:02}{nth:02}"))
    county.sync("hall", "centre")
    if day == DAYS[-1]:
        return
    rows = looking_up.register(county.seats["centre"].desk, RegisterQuery(), limit=400).rows
    waiting = [row.number for row in rows if row.stage.name == "TO_DISPATCH"]
    for nth, number in enumerate(waiting[: len(waiting) - 2]):
        _dispatch(county, number, SENT_TO[(nth + day) % len(SENT_TO)])
    county.sync("centre", "agency")
    _work_off(county, day)
    county.sync("agency", "centre", "hall")


def _request(places: Sequence[Place], place: str, kind: MatterKind, title: str, phone: str) -> IntakeForm:
    code = naming.places_named(places, place)[0].code
    return IntakeForm(
        name="示例",
        phone=phone,
        notified=True,
        channel=Channel.VISIT,
        matter_kind=kind,
        place=code,
        title=title,
        content=f"诉求人反映：{title}。",
    )


def _dispatch(county: County, number: Number, agency: str) -> None:
    desk = county.sit("centre", DISPATCHER).desk
    opened = acts.opened(desk, desk.store.order(number), "dispatch")
    acts.perform(desk, number, "dispatch", {**opened.values, "agency": agency})


def _work_off(county: County, day: int) -> None:
    """The agency signs for all but one, and answers the older half."""
    desk = county.sit("agency", HANDLER).desk
    rows = looking_up.register(desk, RegisterQuery(), limit=400).rows
    for row in [row for row in rows if row.stage.name == "TO_SIGN"][1:]:
        acts.perform(desk, row.number, "sign_for", acts.opened(desk, desk.store.order(row.number), "sign_for").values)
        if day < 18:
            typed = {"internal": "已到现场处理，复查正常。", "public": "您反映的问题已处理好，谢谢您的反映。", "solved": "yes"}
            opened = acts.opened(desk, desk.store.order(row.number), "reply")
            acts.perform(desk, row.number, "reply", {**opened.values, **typed})


def _stories(county: County) -> None:
    """One order with much behind it, a clash, a record that the hub put aside, messages, what hangs on the line."""
    desk = county.sit("hall", CLERK).desk
    places = desk.store.reference.places()
    for title, place in (
        (f"通村路{ROAD}，三轮车过不去", "燕崖镇"),
        (f"巷口{LAMPS}不亮", "燕崖镇"),
        (f"{WATER}有两天了", "东里镇"),
    ):
        asked = _request(places, place, MatterKind.HELP, title, "13800005001")
        intake.accept(desk, msgspec.structs.replace(asked, name="王𠮷祥", demand="尽快修好并告知", address="燕崖镇燕崖村"))
        county.clock.advance(minutes=3)
    for text in WAITING:
        inbox.paste(desk, text)
    county.sync()
    _much_behind_it(county)
    _clash_and_held(county)
    county.sync()


def _much_behind_it(county: County) -> None:
    county.act("centre", DISPATCHER, ROAD, "dispatch", agency=HOUSING, advice="请会同交通部门现场查看。")
    county.sync()
    county.act("agency", HANDLER, ROAD, "sign_for")
    county.act("agency", HANDLER, ROAD, "note", text="已联系村委会，约定今天下午到现场。")
    county.clock.advance(minutes=20)
    county.act("agency", HANDLER, ROAD, "note", text="现场量过：塌陷长三米、宽一米，需要砌挡墙。")
    county.sync()


def _clash_and_held(county: County) -> None:
    centre = county.sit("centre", DISPATCHER).desk
    number = county.number(LAMPS, "centre")
    from county_hotline.desk import handling

    handling.correct(centre, number, Corrected(reason="村委会来电补充", title="巷口和广场共五盏路灯不亮", demand="两天内修好"))
    hall = county.sit("hall", CLERK).desk
    corrected = Corrected(
        reason="诉求人再次来电", title="巷口三盏路灯不亮已有一周", demand="修好后打电话告诉我", urgency=Urgency.URGENT
    )
    county.sync("centre")
    handling.correct(hall, number, corrected)
    hall.store.record(county.number(WATER), _a_reply_of_another, officer=hall.signed_in().officer)
    county.sync("hall", "centre", "hall")


def _a_reply_of_another(order: WorkOrder) -> tuple[Fact, Person | None]:
    del order
    return Replied(agency=HOUSING, internal="已冲洗管网，水质检测合格。", public="已冲洗管网，水已清。", solved=True), None


def _alone(county: County, seat: str, folder: Path) -> None:
    """A station of no county line: nothing in it yet."""
    home = Home(folder)
    store = founding.open_store(home, county.clock)
    bundle = founding.load_county(store)
    role = StationRole.HALL if seat == "empty" else StationRole.CENTRE
    name = "" if seat == "empty" else LONG_UNIT
    founding.settle(store, home, founding.card_for(bundle, NewStation(role=role, unit_name=name)))
    store.close()
    county.open(seat, home)
    founding.make_accounts(county.seats[seat].desk, password=PASSWORD)


def _long_texts(county: County) -> None:
    """Units of 33 characters, titles of 60, contents of 12,000, characters that few fonts have."""
    desk = county.seats["long"].desk
    desk.officer = founding.named("9901", LONG_NAME, tuple(OfficerRole))
    signing_in.set_account(desk, desk.officer, PASSWORD)
    agencies = desk.store.reference.bundle().agencies
    named = tuple(
        msgspec.structs.replace(each, name=LONG_UNIT, short_name=LONG_UNIT) if nth % 2 else each
        for nth, each in enumerate(agencies)
    )
    desk.store.reference.change(agencies=named)
    for nth in range(12):
        asked = _request(desk.store.reference.places(), "燕崖镇", MatterKind.COMPLAINT, LONG_TITLE, f"1380000900{nth % 3}")
        longer = msgspec.structs.replace(
            asked,
            name="㚖䃼𡐓·阿卜杜热合曼💊",
            content=LONG_CONTENT,
            demand="要求：" + LONG_CONTENT[:400],
            place_detail="村口往东约三十米，老供销社院墙外第三根电线杆对面，门前有两棵柿子树的那一户北边小路尽头",
            address="山东省淄博市沂源县燕崖镇燕崖村村口往东约三十米老供销社院墙外第三根电线杆对面",
        )
        order = intake.accept(desk, longer)
        county.clock.advance(minutes=9)
        if nth % 2:
            opened = acts.opened(desk, desk.store.order(order.number), "dispatch")
            acts.perform(
                desk,
                order.number,
                "dispatch",
                {**opened.values, "agency": agencies[1 + nth].code, "advice": LONG_CONTENT[:600]},
            )
