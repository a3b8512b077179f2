"""紧急转接, 直接答复, 告知法定途径 and 并入 without a screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as replaced

import pytest
from msgspec.structs import replace

from county_hotline.background import InlineRunner
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.reference import Article, ToldPath
from county_hotline.domain.vocabulary import EmergencyLine, HandedOver
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.ui.screens.intake.answering import AnswerPresenter
from county_hotline.ui.screens.intake.emergency import EmergencyPresenter, Heard
from county_hotline.ui.screens.intake.joining import JoinPresenter
from county_hotline.ui.screens.intake.screen import RepeatLine
from county_hotline.ui.screens.intake.taking_work import Answer, Joining, Told
from county_hotline.ui.screens.intake.telling_path import PathPresenter
from county_hotline.wording import say, sentence
from tests.support.fake_taking import (
    FakeAnswerPane,
    FakeEmergencyPane,
    FakeForm,
    FakeJoinPane,
    FakePathPane,
    FakeTakingWork,
)
from tests.support.fake_views import NUMBER
from tests.support.ticking_clock import TickingClock

WAGES = Article("K1", "被拖欠工资怎么办", "向劳动保障监察机构投诉。", "2026-09-01", "县人社局")
OLD = Article("K2", "去年的体检报名", "五月到六月报名。", "2025-04-01", valid_until="2025-12-31")
COURT = ToldPath("03", "诉讼", "要由法院处理。", "向有管辖权的法院提出。", "第三条")
DANGER = ToldPath("02", "紧急", "紧急情况。", "打110。", "", instead="transfer")
REPEAT = ToldPath("07", "已在办", "已经在办。", "等答复。", "", instead="merge")
THERE = RepeatLine("370323-03A-261120-0031K", "11-20", "三盏路灯不亮", "同一个地方")


@dataclass
class Desk:
    """The four panes round one form."""

    work: FakeTakingWork = field(default_factory=lambda: FakeTakingWork((WAGES, OLD), (COURT, DANGER, REPEAT)))
    form: FakeForm = field(default_factory=FakeForm)
    clock: TickingClock = field(default_factory=TickingClock)

    def __post_init__(self) -> None:
        runner = InlineRunner()
        self.e_pane, self.a_pane = FakeEmergencyPane(), FakeAnswerPane()
        self.p_pane, self.j_pane = FakePathPane(), FakeJoinPane()
        self.emergency = EmergencyPresenter(self.e_pane, self.work, runner, clock=self.clock, taking=self.form)
        self.answering = AnswerPresenter(self.a_pane, self.work, runner, clock=self.clock, taking=self.form)
        self.path = PathPresenter(self.p_pane, self.work, runner, taking=self.form)
        self.join = JoinPresenter(self.j_pane, self.work, runner, taking=self.form)


@pytest.fixture
def desk() -> Desk:
    return Desk()


# -- 紧急转接 -----------------------------------------------------------------------------------------------------------


def test_an_emergency_is_written_down_from_an_empty_form_with_its_moments(desk: Desk) -> None:
    began = desk.clock.now_ms()
    desk.form.missing = True
    desk.emergency.open()
    desk.emergency.pick_line("120")
    desk.clock.advance(seconds=40)
    desk.emergency.pick_result("taken")
    desk.e_pane.typed = Heard("1207", three_party=True, participants="诉求人、本站、1207", words="已派车")

    desk.emergency.record()

    form, fact = desk.work.transferred[0]
    assert form == IntakeForm(came_at=began)
    assert (fact.line, fact.result, fact.taker) == (EmergencyLine.AMBULANCE, HandedOver.TAKEN, "1207")
    assert (fact.three_party, fact.participants, fact.words) == (True, "诉求人、本站、1207", "已派车")
    assert fact.handed_at == began + 40_000
    assert desk.e_pane.recorded == (say("intake.emergency.recorded", line="120", number=NUMBER), False)


def test_nothing_is_printed_of_an_emergency_until_somebody_asks(desk: Desk) -> None:
    desk.emergency.open()
    desk.emergency.pick_line("110")
    desk.emergency.pick_result("taken")

    desk.emergency.record()

    assert [way.prints for way in desk.form.ways] == [False]


@pytest.mark.parametrize("result", ["both", "not_theirs", "no_answer"])
def test_what_the_other_side_did_not_take_whole_is_gone_on_with(desk: Desk, result: str) -> None:
    desk.emergency.open()
    desk.emergency.pick_line("110")
    desk.emergency.pick_result(result)

    desk.emergency.record()

    assert desk.e_pane.recorded is not None
    assert desk.e_pane.recorded[1] is True
    assert desk.emergency.number == NUMBER


def test_line_and_result_are_asked_for_before_anything_is_written(desk: Desk) -> None:
    desk.emergency.open()
    desk.emergency.record()
    desk.emergency.pick_line("119")
    desk.emergency.record()

    assert [field for _, field in desk.e_pane.said] == ["line", "result"]
    assert desk.work.transferred == []


def test_the_script_says_what_is_known_and_asks_for_the_rest(desk: Desk) -> None:
    desk.form.typed = IntakeForm(phone="13805330000", place="370323109", place_detail="村口", title="老人摔倒")
    desk.emergency.open()

    desk.emergency.pick_line("120")

    assert desk.e_pane.scripts is not None
    assert "120" in desk.e_pane.scripts.to_caller
    for known in ("老人摔倒", "燕崖镇 村口", "13805330000", "0301"):
        assert known in desk.e_pane.scripts.to_centre
    desk.form.typed = IntakeForm()
    desk.emergency.pick_line("110")
    assert say("intake.emergency.ask_what") in desk.e_pane.scripts.to_centre


def test_a_transfer_under_way_is_gone_on_with_when_the_key_is_pressed_again(desk: Desk) -> None:
    desk.emergency.open()
    desk.emergency.pick_line("110")

    desk.emergency.open()
    assert len(desk.e_pane.began) == 1
    assert desk.emergency.is_begun

    desk.emergency.give_up()
    desk.emergency.open()
    assert len(desk.e_pane.began) == 2


def test_an_emergency_is_written_down_once_and_the_next_is_another(desk: Desk) -> None:
    desk.emergency.open()
    desk.emergency.pick_line("110")
    desk.emergency.pick_result("taken")
    desk.emergency.record()
    desk.emergency.record()
    assert len(desk.work.transferred) == 1

    desk.emergency.open()
    assert len(desk.e_pane.began) == 2
    assert desk.emergency.number == ""


def test_a_refused_transfer_stays_and_says_why(desk: Desk) -> None:
    desk.work.faults["transfer"] = Refusal("R204", act="transfer_emergency")
    desk.emergency.open()
    desk.emergency.pick_line("110")
    desk.emergency.pick_result("taken")

    desk.emergency.record()

    assert desk.e_pane.said[-1][0] == sentence(Refusal("R204", act="transfer_emergency"))
    assert desk.emergency.is_begun


# -- 直接答复 -----------------------------------------------------------------------------------------------------------


def test_an_article_found_while_typing_is_answered_from_in_edited_words(desk: Desk) -> None:
    desk.answering.open()
    desk.answering.typed("工资")
    assert [told.code for told in desk.a_pane.found] == ["K1"]
    desk.answering.use("K1")
    assert desk.a_pane.words == WAGES.text
    assert "2026-09-01" in desk.a_pane.used
    desk.a_pane.words += "带上合同。"
    desk.a_pane.is_content = True

    desk.answering.record()

    assert desk.work.answered[0][1] == Answer(WAGES.text + "带上合同。", "K1", content=True)
    assert desk.a_pane.left == 1
    assert desk.a_pane.words == ""


def test_what_has_expired_is_marked_and_not_answered_from(desk: Desk) -> None:
    desk.answering.open()
    desk.answering.choose("K2")
    assert desk.a_pane.shown is not None
    assert desk.a_pane.shown.expired == say("knowledge.expired", until="2025-12-31")

    desk.answering.use("K2")

    assert desk.a_pane.words == ""
    assert desk.a_pane.said[-1][0] == desk.a_pane.shown.expired


def test_the_last_day_of_an_article_still_counts(desk: Desk) -> None:
    desk.work.found = (replace(OLD, valid_until="2026-11-21"),)

    desk.answering.open("K2")

    assert desk.a_pane.words == OLD.text


def test_an_answer_emptied_and_written_anew_is_from_no_article(desk: Desk) -> None:
    desk.answering.open("K1")
    desk.a_pane.words = ""
    desk.answering.answer_typed()
    assert desk.a_pane.used == ""
    desk.a_pane.words = "请到窗口办。"

    desk.answering.record()

    assert desk.work.answered[0][1] == Answer("请到窗口办。", "", content=None)


def test_an_answer_waits_while_the_form_is_completed(desk: Desk) -> None:
    desk.form.missing = True
    desk.answering.open("K1")

    desk.answering.record()

    assert desk.work.answered == []
    assert (desk.a_pane.left, desk.a_pane.words) == (1, WAGES.text)
    desk.form.missing = False
    desk.answering.record()
    assert desk.work.answered[0][1].article == "K1"


def test_nothing_is_answered_with_nothing(desk: Desk) -> None:
    desk.answering.open()

    desk.answering.record()

    assert desk.a_pane.said == [(say("intake.answer.empty"), "answer")]


# -- 告知法定途径 --------------------------------------------------------------------------------------------------------


def test_a_path_is_told_in_the_words_that_were_edited(desk: Desk) -> None:
    desk.path.open()
    desk.path.choose("03")
    desk.p_pane.fields = replaced(desk.p_pane.fields, path="到县法院立案庭。", signed=False)

    desk.path.record()

    assert desk.work.told[0][1] == Told("03", COURT.words, "到县法院立案庭。", COURT.basis, signed=False)
    assert desk.p_pane.left == 1


def test_a_bare_refusal_is_not_possible(desk: Desk) -> None:
    desk.path.open()
    desk.p_pane.fields = replaced(desk.p_pane.fields, path="  ")

    desk.path.record()

    assert desk.work.told == []
    assert desk.p_pane.said == [(say("intake.path.no_path"), "path")]


@pytest.mark.parametrize(("code", "instead"), [("02", "transfer"), ("07", "merge")])
def test_an_emergency_is_handed_over_and_a_repeat_joined_instead_of_told(desk: Desk, code: str, instead: str) -> None:
    desk.path.open()
    desk.path.choose(code)
    assert desk.p_pane.instead == say(f"intake.path.{instead}")

    desk.path.record()

    assert desk.p_pane.turned_to == [instead]
    assert desk.work.told == []


def test_what_was_typed_over_a_reason_is_still_there_after_completing_the_form(desk: Desk) -> None:
    desk.form.missing = True
    desk.path.open()
    desk.p_pane.fields = replaced(desk.p_pane.fields, path="到县法院立案庭。")
    desk.path.record()
    desk.form.missing = False

    desk.path.open()
    desk.path.record()

    assert desk.work.told[0][1].path == "到县法院立案庭。"


# -- 并入 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [Joining.SUPPLEMENT, Joining.URGE])
def test_what_was_said_joins_the_order_there_is_without_a_new_one(desk: Desk, way: Joining) -> None:
    desk.form.typed = IntakeForm(title="路灯", content="又坏了两盏。")
    desk.join.open(THERE)
    desk.j_pane.way = way

    desk.join.record()

    assert desk.work.joined == [(Number(THERE.number), way, "又坏了两盏。")]
    assert desk.form.registered == []
    assert desk.form.cleared == 1
    assert desk.j_pane.ended == [(say(f"intake.join.done.{way.value}", number=THERE.number), True)]


def test_another_caller_is_registered_and_merged(desk: Desk) -> None:
    desk.form.typed = IntakeForm(title="路灯", content="我家门口也不亮。")
    desk.join.open(THERE)
    desk.j_pane.way = Joining.MERGE

    desk.join.record()

    assert [(form.content, into) for form, into, _ in desk.work.merged] == [("我家门口也不亮。", THERE.number)]
    assert desk.j_pane.ended == [(say("intake.join.merged", number=NUMBER), True)]


def test_what_could_not_be_merged_is_registered_and_that_is_said(desk: Desk) -> None:
    desk.work.merges = False
    desk.join.open(THERE)
    desk.j_pane.way = Joining.MERGE

    desk.join.record()

    assert desk.j_pane.ended == [(say("intake.join.not_merged", number=NUMBER), False)]


def test_a_refused_urging_leaves_the_form_as_it_is(desk: Desk) -> None:
    desk.work.faults["join"] = Refusal("R190", number=THERE.number)
    desk.form.typed = IntakeForm(content="怎么还没修？")
    desk.join.open(THERE)
    desk.j_pane.way = Joining.URGE

    desk.join.record()

    assert desk.form.cleared == 0
    assert desk.j_pane.said[-1][0] == sentence(Refusal("R190", number=THERE.number))


def test_an_answer_is_recorded_and_its_slip_printed_in_one(desk: Desk) -> None:
    desk.answering.open()
    desk.answering.use("K1")
    desk.answering.record_and_print()
    desk.answering.use("K1")
    desk.answering.record()

    assert len(desk.work.answered) == 2
    assert len(desk.work.printed) == 1
    assert [words for _, words in desk.a_pane.slips] == [say("knowledge.printed", path="slips/a.pdf")]
