"""How an order is told on any page: steps, shares, story, callers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from county_hotline.desk import acts as desk_acts
from county_hotline.desk import handling, looking_up
from county_hotline.desk.desk import Desk
from county_hotline.domain.facts import Corrected, Unknown, Withheld
from county_hotline.domain.views import OrderView
from county_hotline.domain.vocabulary import Outcome, Stage
from county_hotline.ids import Number
from county_hotline.ui.screens.order.work import DeskOrder
from county_hotline.ui.telling import caller
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.standing import day_words, left_mark, moment, shares_of, short_number, stage_mark, steps_of
from county_hotline.ui.telling.story import Told, story_of
from tests.support.county import HOUSING, County
from tests.support.ticking_clock import MORNING

YEAR = 2026


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    yield made
    made.close()


def names(desk: Desk, number: Number) -> Names:
    return DeskOrder(desk).look(number).names


def story(desk: Desk, number: Number) -> tuple[Told, ...]:
    return story_of(looking_up.order(desk, number), names(desk, number), year=YEAR)


def whole_life(county: County) -> Number:
    number = county.accept()
    county.exchange()
    handling.dispatch(county.centre, number, HOUSING, due_on="2026-11-27", advice="两日内联系诉求人。")
    county.exchange()
    handling.sign_for(county.agency, number)
    handling.reply(county.agency, number, internal="换了灯具。", public="已修好。", solved=True)
    county.exchange()
    handling.finish(county.centre, number, Outcome.SOLVED, "回访属实。")
    county.exchange()
    return number


def test_a_whole_life_is_told_newest_first_in_the_words_of_the_trade(county: County) -> None:
    number = whole_life(county)

    told = story(county.hall, number)

    assert [line.head for line in told] == [
        "县中心 派单员甲 办结",
        "县住建局 承办员甲 回复",
        "县住建局 承办员甲 签收",
        "县中心 派单员甲 派单",
        "燕崖镇 受理员甲 受理",
    ]
    assert told[1].words == "换了灯具。\n公开答复：已修好。\n自评：已解决"
    assert told[3].words == "派给县住建局（牵头），最迟 11-27。拟办：两日内联系诉求人。"
    assert not any(line.is_waiting for line in told)


def test_what_the_hub_has_not_signed_for_is_marked(county: County) -> None:
    number = county.accept()
    county.exchange(county.hall)

    handling.note(county.hall, number, "又来电话。")

    assert [(line.note, line.is_waiting) for line in story(county.hall, number)] == [("待上传", True), ("", False)]


def test_what_a_newer_release_wrote_is_shown_as_that(county: County) -> None:
    number = county.accept()
    view = looking_up.order(county.hall, number)
    newer = replace(view.story[0], fact=Unknown(kind_on_disk="work_order.urged", version_on_disk=3))
    gone = replace(view.story[0], fact=Withheld(kind_on_disk="work_order.replied"))

    told = story_of(msgspec.structs.replace(view, story=(newer, gone)), names(county.hall, number), year=YEAR)

    assert "由新版本记录" in told[1].head
    assert "回复" in told[0].head
    assert told[0].words == "内容已依法删除"


def test_a_correction_says_what_it_now_is_and_why(county: County) -> None:
    number = county.accept()

    handling.correct(county.hall, number, Corrected(reason="听错了", title="五盏路灯不亮", public=True))

    assert story(county.hall, number)[0].words == "更正标题为“五盏路灯不亮”；公开为“是”。原因：听错了"


def test_an_entry_written_with_a_wrong_clock_says_so(county: County) -> None:
    number = county.accept()
    view = looking_up.order(county.hall, number)
    odd = replace(view.story[0], clock_note="skew=-86400000")

    told = story_of(msgspec.structs.replace(view, story=(odd,), waiting=()), names(county.hall, number), year=YEAR)

    assert told[0].note == "当时电脑的钟不准"


@pytest.mark.parametrize(
    ("stage", "now"), [("accepted", 2), ("dispatched", 3), ("signed", 3), ("replied", 4), ("finished", None)]
)
def test_the_steps_follow_the_order(county: County, stage: str, now: int | None) -> None:
    number = county.accept()
    county.exchange()
    if stage != "accepted":
        handling.dispatch(county.centre, number, HOUSING, due_on="2026-11-27")
        county.exchange()
    if stage in ("signed", "replied", "finished"):
        handling.sign_for(county.agency, number)
    if stage in ("replied", "finished"):
        handling.reply(county.agency, number, internal="换了灯具。")
        county.exchange()
    if stage == "finished":
        handling.finish(county.centre, number, Outcome.SOLVED)
    desk = county.agency if stage == "signed" else county.centre

    states = [step.state for step in steps_of(looking_up.order(desk, number).order, year=YEAR)]

    assert [at for at, state in enumerate(states) if state == "now"] == ([] if now is None else [now])
    assert states[5:] == ["to_come", "to_come"]
    assert states[:2] == ["done", "done"]


def test_a_units_share_of_the_time_is_counted_in_working_days(county: County) -> None:
    number = county.accept()
    county.exchange()
    handling.dispatch(county.centre, number, HOUSING, due_on="2026-11-27")
    county.clock.advance(days=4)  # Wednesday

    share = shares_of(
        county.centre.store.order(number),
        names(county.centre, number),
        DeskOrder(county.centre).left,
        today="2026-11-25",
    )[0]

    assert share.limit.words == "剩 2 日 ・ 最迟 11-27"
    assert share.gone == pytest.approx(3 / 5)


def test_a_unit_that_replied_is_told_what_it_used(county: County) -> None:
    number = whole_life(county)

    share = shares_of(
        county.hall.store.order(number), names(county.hall, number), DeskOrder(county.hall).left, today="2026-12-30"
    )[0]

    assert share.limit.words == "用 0 日，限 5 日"
    assert share.limit.tone == "green"


def test_a_unit_that_no_longer_leads_comes_last_and_has_no_limit(county: County) -> None:
    number = county.accept()
    county.exchange()
    handling.dispatch(county.centre, number, HOUSING, due_on="2026-11-27")
    desk_acts.perform(
        county.centre,
        number,
        "dispatch",
        {"agency": county.hall.card.unit, "role": "lead", "due_on": "2026-11-30", "reason": "灯杆产权在镇里"},
    )

    shares = shares_of(
        county.centre.store.order(number), names(county.centre, number), DeskOrder(county.centre).left, today="2026-11-21"
    )

    assert [share.state.words for share in shares] == ["待签收", "已退出"]
    assert shares[1].gone is None
    assert shares[0].lines[0].words == "改派原因：灯杆产权在镇里"


@pytest.mark.parametrize(
    ("left", "due", "words", "tone"),
    [
        (None, "", "不限时", "quiet"),
        (5, "2026-11-27", "剩 5 日", "plain"),
        (1, "2026-11-23", "剩 1 日", "amber"),
        (0, "2026-11-21", "今天到期", "amber"),
        (0, "2026-11-20", "已超期", "red"),
        (-3, "2026-11-18", "超 3 日", "red"),
    ],
)
def test_how_much_time_is_left_is_said_with_a_sign(left: int | None, due: str, words: str, tone: str) -> None:
    mark = left_mark(left, due, today="2026-11-21")

    assert (mark.words, mark.tone) == (words, tone)
    assert bool(mark.icon) is (tone in ("amber", "red"))


def test_a_date_of_another_year_says_its_year() -> None:
    assert day_words("2027-01-04", year=2026) == "2027-01-04 周一"
    assert day_words("2026-11-27", year=2026) == "11-27 周五"
    assert moment(MORNING, year=2027) == "2026-11-21"
    assert moment(MORNING, year=2026) == "11-21 09:12"


def test_a_date_that_is_none_is_shown_as_it_came() -> None:
    assert day_words("下周三", year=2026) == "下周三"


def test_what_was_only_taken_here_is_said_to_wait() -> None:
    assert stage_mark(Stage.TO_DISPATCH, waiting=True).words == "待上传"
    assert stage_mark(Stage.TO_SIGN, waiting=True).words == "待签收"


def test_a_number_is_short_in_lists() -> None:
    assert short_number("370323-03A-261121-0007K") == "261121-0007"
    assert short_number("HK2021-7") == "HK2021-7"


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ["王**", "138****0007", "来访"]),
        ({"anonymous": True}, ["匿名", "来访"]),
        ({"confidential": True}, ["保密件，不显示", "来访"]),
    ],
)
def test_a_caller_is_masked_anonymous_or_confidential(county: County, fields: dict[str, bool], shown: list[str]) -> None:
    number = county.accept(confidential="confidential" in fields, anonymous="anonymous" in fields)

    assert caller.parts(county.hall.store.order(number)) == shown


def test_an_order_whose_acceptance_is_not_here_can_be_shown(county: County) -> None:
    number = county.accept()
    view = looking_up.order(county.hall, number)
    nothing = OrderView(replace(view.order, accepted=None, person=None, stage=Stage.UNREAD), view.story)

    assert caller.parts(nothing.order) == ["诉求人信息不在本机"]
    assert [step.state for step in steps_of(nothing.order, year=YEAR)][:2] == ["done", "now"]
