"""待审核留言: what comes in comes in once, waits for a person, and becomes an order or is dropped with a reason. Never by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from county_hotline.desk import inbox, intake
from county_hotline.desk.founding import NewStation
from county_hotline.domain.facts import EmergencyTransferred
from county_hotline.domain.reference import Grid
from county_hotline.domain.views import Incoming
from county_hotline.domain.vocabulary import Channel, EmergencyLine, HandedOver, OfficerRole, Stage
from county_hotline.errors import BadInput, Refusal, StoreFault
from tests.support.desks import PLACE, Counter
from tests.support.ticking_clock import TickingClock

VILLAGE = PLACE + "200"
HEADERS = ("编号", "姓名", "电话", "地点", "内容", "时间", "网格", "采集人")


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation())
    counter.store.reference.change(grids=(Grid("W01", "第一网格", VILLAGE),))
    counter.sits(OfficerRole.CLERK)
    yield counter
    counter.store.close()


def sheet(path: Path, *rows: tuple[object, ...], headers: tuple[str, ...] = HEADERS) -> Path:
    book = openpyxl.Workbook()
    for row in (headers, *rows):
        book.active.append(row)
    book.save(path)
    return path


def only(hall: Counter) -> Incoming:
    (message,) = inbox.waiting(hall.desk)
    return message


# ---------------------------------------------------------------- pasted


def test_a_short_message_is_taken_apart(hall: Counter) -> None:
    report = inbox.paste(hall.desk, "12345#示例甲#燕崖镇#村口的路灯三天不亮，晚上看不清路。")

    message = only(hall)
    assert report.taken == (message.incoming,)
    assert (message.sender, message.place, message.channel) == ("示例甲", PLACE, Channel.MESSAGE)
    assert message.text == "村口的路灯三天不亮，晚上看不清路。"
    assert message.title


def test_several_short_messages_are_several_and_the_senders_number_is_kept(hall: Counter) -> None:
    text = "13800138000 12345#示例甲#某某桥头#水沟堵了# 两天了\n13900139000：12345＃示例乙＃燕崖镇＃停水了，\n从早上开始"

    inbox.paste(hall.desk, text)

    first, second = inbox.waiting(hall.desk)
    assert (first.phone, first.place, first.text) == ("13800138000", "某某桥头", "水沟堵了# 两天了")
    assert (second.phone, second.place, second.text) == ("13900139000", PLACE, "停水了，\n从早上开始")


def test_any_other_text_is_one_message_as_it_stands(hall: Counter) -> None:
    inbox.paste(hall.desk, "主持人好，\n我们村的路坏了。12345#没有写完", channel=Channel.MEDIA, sender="听众甲")

    message = only(hall)
    assert message.text == "主持人好，\n我们村的路坏了。12345#没有写完"
    assert (message.sender, message.channel) == ("听众甲", Channel.MEDIA)


def test_what_stands_before_the_first_short_message_is_not_lost(hall: Counter) -> None:
    inbox.paste(hall.desk, "今早收到：\n12345#示例甲#燕崖镇#停水了")

    assert only(hall).text == "今早收到：\n停水了"


def test_the_number_of_a_message_tells_nobody_elsewhere_which_telephone_sent_it(
    hall: Counter, tmp_path: Path, clock: TickingClock
) -> None:
    """It goes wherever the order goes, a confidential one's too: two stations give the same message other numbers."""
    other = Counter(tmp_path / "other", clock, NewStation())
    other.sits(OfficerRole.CLERK)
    rows = sheet(
        tmp_path / "rows.xlsx",
        ("示例甲", "13800138000", "村口的路灯三天不亮，晚上看不清路。"),
        headers=("姓名", "电话", "内容"),
    )
    for counter in (hall, other):
        inbox.paste(counter.desk, "路灯不亮。", phone="13800138000")
        inbox.bring_in(counter.desk, rows)

    here, there = ({each.external_number for each in inbox.waiting(counter.desk)} for counter in (hall, other))

    other.store.close()
    assert len(here) == len(there) == 2
    assert not here & there


def test_the_same_message_comes_in_once(hall: Counter) -> None:
    inbox.paste(hall.desk, "12345#示例甲#燕崖镇#停水了")
    again = inbox.paste(hall.desk, "12345#示例甲#燕崖镇#停水了")

    assert (again.taken, again.known) == ((), 1)
    assert len(inbox.waiting(hall.desk)) == 1


def test_nothing_to_paste_is_said(hall: Counter) -> None:
    with pytest.raises(BadInput, match="I145"):
        inbox.paste(hall.desk, " \u200b\n")


# ---------------------------------------------------------------- sheets


def test_a_grid_workers_sheet_waits_row_by_row(hall: Counter, tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "采集.xlsx",
        (
            "W-2026-001",
            "示例甲",
            "13800138000",
            "桥头",
            "桥头护栏断了一段，孩子上学要经过。",
            "2026-11-20 16:30",
            "W01",
            "网格员甲",
        ),
        ("W-2026-002", "", "", "燕崖镇", "垃圾箱满了三天没有人收，味道很大。", "2026-11-20", "未知网格", "网格员甲"),
    )

    report = inbox.bring_in(hall.desk, file)

    first, second = sorted(inbox.waiting(hall.desk), key=lambda each: each.external_number)
    assert len(report.taken) == 2
    assert report.returned == ()
    assert (first.place, first.grid, first.collected_by) == (f"{VILLAGE} 桥头", "W01", "网格员甲")
    assert first.channel is Channel.GRID
    assert (second.place, second.grid) == ("燕崖镇", "未知网格")


def test_the_same_sheet_again_brings_nothing_and_an_order_already_there_neither(hall: Counter, tmp_path: Path) -> None:
    row = ("W-2026-001", "示例甲", "", "燕崖镇", "桥头护栏断了一段，孩子上学要经过。", "", "", "")
    file = sheet(tmp_path / "a.xlsx", row)
    inbox.bring_in(hall.desk, file)
    intake.accept(hall.desk, replace(inbox.form_of(only(hall)), place=PLACE))

    report = inbox.bring_in(hall.desk, file)

    assert (report.taken, report.known) == ((), 1)
    assert inbox.waiting(hall.desk) == ()


def test_numbers_that_only_count_rows_name_no_message(hall: Counter, tmp_path: Path) -> None:
    one = sheet(tmp_path / "a.xlsx", (1, "示例甲", "", "燕崖镇", "桥头护栏断了一段，孩子上学要经过。", "", "", ""))
    other = sheet(tmp_path / "b.xlsx", (1, "示例乙", "", "燕崖镇", "垃圾箱满了三天没有人收，味道很大。", "", "", ""))

    inbox.bring_in(hall.desk, one)
    report = inbox.bring_in(hall.desk, other)

    assert len(report.taken) == 1
    assert len(inbox.waiting(hall.desk)) == 2


def test_rows_without_contents_are_given_back_and_the_others_come_in(hall: Counter, tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "a.xlsx",
        ("W-2026-001", "示例甲", "", "燕崖镇", "", "", "", ""),
        ("W-2026-002", "示例乙", "", "燕崖镇", "垃圾箱满了三天没有人收，味道很大。", "昨天下午", "", ""),
        ("W-2026-003", "示例丙", "", "燕崖镇", "路灯坏了好几天，晚上看不清路。", "2026-11-20", "", ""),
        ("W-2026-004", "示例丁", "", "燕崖镇", "水沟堵了，一下雨就漫到路上。", "2026-11-20", "", ""),
        ("W-2026-005", "示例戊", "", "燕崖镇", "树枝搭在电线上，刮风就冒火花。", "2026-11-20", "", ""),
        ("W-2026-006", "示例己", "", "燕崖镇", "井盖破了，骑车差点摔进去。", "2026-11-20", "", ""),
    )

    report = inbox.bring_in(hall.desk, file)

    assert [(each.row, each.code) for each in report.returned] == [(2, "R102"), (3, "I122")]
    assert len(report.taken) == 4


def test_what_a_message_has_no_field_for_stands_below_its_text(hall: Counter, tmp_path: Path) -> None:
    headers = ("姓名", "住址", "内容", "要求")
    inbox.bring_in(
        hall.desk,
        sheet(tmp_path / "a.xlsx", ("示例甲", "某某楼", "暖气片一直不热，找了物业没人管。", "尽快修好"), headers=headers),
    )

    assert only(hall).text == "暖气片一直不热，找了物业没人管。\n住址：某某楼\n要求：尽快修好"


# ---------------------------------------------------------------- reviewed


def test_a_message_opens_as_a_form_with_only_what_it_says(hall: Counter) -> None:
    inbox.paste(hall.desk, "村口的路坏了，车过不去。")

    form = inbox.form_of(only(hall))

    assert form.anonymous
    assert form.place == ""
    assert intake.missing(form) == ("place",)
    assert form.channel is Channel.MESSAGE


def test_accepting_it_settles_it_in_the_same_act(hall: Counter) -> None:
    inbox.paste(hall.desk, "12345#示例甲#燕崖镇#停水了，从早上开始。")
    message = only(hall)

    order = intake.accept(hall.desk, inbox.form_of(message))

    assert inbox.waiting(hall.desk) == ()
    (done,) = inbox.settled(hall.desk)
    assert (done.number, done.text) == (order.number, "")
    assert order.accepted is not None
    assert order.accepted.external_number == message.external_number


def test_two_people_cannot_make_two_orders_of_one_message(hall: Counter) -> None:
    inbox.paste(hall.desk, "12345#示例甲#燕崖镇#停水了，从早上开始。")
    form = inbox.form_of(only(hall))
    intake.accept(hall.desk, form)

    with pytest.raises(StoreFault, match="S120"):
        intake.accept(hall.desk, form)

    assert hall.store.verify().orders == 1


def test_an_emergency_told_by_a_message_settles_it_too(hall: Counter) -> None:
    inbox.paste(hall.desk, "山上冒烟了")

    fact = EmergencyTransferred(line=EmergencyLine.FIRE, handed_at=0, result=HandedOver.TAKEN)
    order = intake.transfer_emergency(hall.desk, inbox.form_of(only(hall)), fact)

    assert order.stage is Stage.EMERGENCY
    assert inbox.waiting(hall.desk) == ()


def test_what_becomes_no_order_says_why(hall: Counter) -> None:
    inbox.paste(hall.desk, "祝节目越办越好")
    message = only(hall)

    with pytest.raises(Refusal, match="R440"):
        inbox.drop(hall.desk, message.incoming, " ")
    inbox.drop(hall.desk, message.incoming, "不是诉求")

    assert inbox.waiting(hall.desk) == ()
    (done,) = inbox.settled(hall.desk)
    assert (done.dropped, done.officer) == ("不是诉求", hall.desk.signed_in().officer)
    with pytest.raises(StoreFault, match="S120"):
        inbox.drop(hall.desk, message.incoming, "再去掉一次")


def test_only_who_has_the_duty_reviews(hall: Counter) -> None:
    hall.sits(OfficerRole.HANDLER)

    with pytest.raises(Refusal, match="R204"):
        inbox.paste(hall.desk, "停水了")
