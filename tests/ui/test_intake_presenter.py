"""登记 without a screen: what F9 does, when drafts are kept, what stands beside the fields."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.repeats import Repeat
from county_hotline.domain.time_limits import Due, TraceLine
from county_hotline.domain.views import Caution
from county_hotline.domain.vocabulary import Stage
from county_hotline.errors import Refusal, StoreFault
from county_hotline.ids import Number
from county_hotline.ui.screens.intake.drafting import SAVE_AFTER_MS
from county_hotline.ui.tones import Tone
from county_hotline.wording import say, sentence
from tests.support.fake_intake import FakeIntakeWork
from tests.support.fake_views import NUMBER, HeldRunner
from tests.support.intake_desk import WHOLE, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_f9_registers_prints_and_clears_for_the_next(desk: Desk) -> None:
    desk.type(WHOLE)

    desk.presenter.accept()

    done, words, tone = desk.view.done[-1]
    assert [form.title for form in desk.work.accepted] == [WHOLE.title]
    assert desk.work.printed == [NUMBER]
    assert (done.number, done.query_code) == (NUMBER, "7K3F-92QD")
    assert f"{NUMBER}-a5.pdf" in words
    assert tone is Tone.GREEN
    assert desk.view.typed == IntakeForm()


def test_f9_pressed_twice_registers_once() -> None:
    held = HeldRunner()
    desk = Desk(held)
    held.let_go()
    desk.type(WHOLE)

    desk.presenter.accept()
    desk.presenter.accept()
    held.let_go()
    desk.presenter.accept()
    held.let_go()

    assert len(desk.work.accepted) == 1
    assert desk.view.sentence == say("intake.already", number=NUMBER)


def test_what_is_missing_is_named_and_the_first_gets_the_keyboard(desk: Desk) -> None:
    desk.type(IntakeForm(title="只有标题"))

    desk.presenter.accept()

    assert desk.work.accepted == []
    assert desk.view.marked == ("phone", "place", "content")
    assert desk.view.went_to[-1] == "phone"
    assert "3" in desk.view.sentence
    assert desk.view.tone is Tone.RED


def test_a_title_that_alone_is_missing_is_taken_from_the_content_and_the_next_f9_registers(desk: Desk) -> None:
    desk.type(replace(WHOLE, title=""))

    desk.presenter.accept()

    assert desk.work.accepted == []
    assert desk.view.typed.title == "自十一月十八日晚起，村口三盏路灯不亮"
    assert desk.view.went_to[-1] == "title"
    assert (desk.view.sentence, desk.view.tone, desk.view.marked) == (say("intake.title_taken"), Tone.AMBER, ())
    desk.presenter.accept()
    assert [form.title for form in desk.work.accepted] == ["自十一月十八日晚起，村口三盏路灯不亮"]


def test_a_title_taken_from_the_content_is_on_disk_with_the_draft(desk: Desk) -> None:
    desk.type(replace(WHOLE, title=""))

    desk.presenter.accept()
    desk.later.pass_ms(SAVE_AFTER_MS)

    assert next(iter(desk.work.kept.values())).title == "自十一月十八日晚起，村口三盏路灯不亮"


def test_with_something_else_missing_no_title_is_taken(desk: Desk) -> None:
    desk.type(replace(WHOLE, title="", place=""))

    desk.presenter.accept()

    assert desk.view.typed.title == ""
    assert desk.view.marked == ("place", "title")


def test_the_next_key_takes_the_red_away(desk: Desk) -> None:
    desk.type(IntakeForm(title="只有标题"))
    desk.presenter.accept()

    desk.type(IntakeForm(title="只有标题。"))

    assert desk.view.marked == ()
    assert desk.view.sentence == ""


def test_a_refused_form_stays_and_its_field_gets_the_keyboard(desk: Desk) -> None:
    desk.work.faults["accept"] = Refusal("R105")
    desk.type(WHOLE)

    desk.presenter.accept()

    assert desk.view.typed == WHOLE
    assert desk.view.went_to[-1] == "people"
    assert desk.view.sentence == sentence(Refusal("R105"))
    desk.work.faults.clear()
    desk.presenter.accept()
    assert [form.title for form in desk.work.accepted] == [WHOLE.title]


def test_a_full_disk_keeps_the_form_and_is_told_by_the_window(desk: Desk) -> None:
    desk.work.faults["accept"] = StoreFault("S101")
    desk.type(WHOLE)

    desk.presenter.accept()

    assert desk.view.typed == WHOLE
    assert [str(fault) for fault in desk.view.faults] == ["S101"]


def test_a_slip_that_cannot_be_made_leaves_the_order_registered_and_says_so(desk: Desk) -> None:
    desk.work.faults["print_slip"] = StoreFault("S103")
    desk.type(WHOLE)

    desk.presenter.accept()

    done, words, tone = desk.view.done[-1]
    assert len(desk.work.accepted) == 1
    assert done.number == NUMBER
    assert words == sentence(StoreFault("S103"))
    assert tone is Tone.AMBER


def test_the_slip_can_be_printed_again(desk: Desk) -> None:
    desk.work.faults["print_slip"] = StoreFault("S103")
    desk.type(WHOLE)
    desk.presenter.accept()
    desk.work.faults.clear()

    desk.presenter.print_again()

    assert desk.work.printed == [NUMBER, NUMBER]
    assert desk.view.done[-1][2] is Tone.GREEN


def test_characters_no_font_has_are_named(desk: Desk) -> None:
    desk.work.glyphs = ("𱁬",)
    desk.type(WHOLE)

    desk.presenter.accept()

    assert "𱁬" in desk.view.done[-1][1]
    assert desk.view.done[-1][2] is Tone.AMBER


def test_nothing_is_printed_where_the_settings_say_so() -> None:
    desk = Desk(prints=False)
    desk.type(WHOLE)

    desk.presenter.accept()

    assert desk.work.printed == []
    assert desk.view.done[-1][0].number == NUMBER


def test_a_draft_is_kept_within_300_ms_of_the_last_key(desk: Desk) -> None:
    desk.type(IntakeForm(phone="138"))
    desk.type(IntakeForm(phone="1380"))
    assert desk.work.kept == {}

    desk.later.pass_ms(300)

    assert [form.phone for form in desk.work.kept.values()] == ["1380"]
    assert "09:12:00" in desk.view.kept


def test_a_form_with_nothing_said_in_it_is_no_draft(desk: Desk) -> None:
    desk.type(replace(IntakeForm(), people=3))

    desk.later.pass_ms(300)

    assert desk.work.kept == {}


def test_a_registered_form_is_a_draft_no_more(desk: Desk) -> None:
    desk.type(WHOLE)
    desk.later.pass_ms(300)

    desk.presenter.accept()
    desk.later.pass_ms(300)

    assert desk.work.kept == {}


def test_drafts_of_before_are_offered_and_taken_up_with_their_own_time() -> None:
    work = FakeIntakeWork(kept={"intake-old": replace(WHOLE, came_at=1_795_220_000_000)})
    desk = Desk(work=work)
    assert [offer.words for offer in desk.view.offers] == [WHOLE.title]

    desk.presenter.take_up("intake-old")
    desk.presenter.accept()

    assert desk.view.place[1] == "燕崖镇"
    assert desk.work.accepted[0].came_at == 1_795_220_000_000
    assert desk.work.kept == {}


def test_taking_up_a_draft_keeps_what_was_being_typed() -> None:
    desk = Desk(work=FakeIntakeWork(kept={"intake-old": WHOLE}))
    desk.type(IntakeForm(phone="139"))

    desk.presenter.take_up("intake-old")

    assert [form.phone for form in desk.work.kept.values()] == [WHOLE.phone, "139"]
    assert [offer.words for offer in desk.view.offers] == ["139"]


def test_a_draft_goes_only_after_a_second_press() -> None:
    desk = Desk(work=FakeIntakeWork(kept={"intake-old": WHOLE}))

    desk.presenter.throw_away("intake-old")
    assert list(desk.work.kept) == ["intake-old"]
    assert desk.view.sentence == say("intake.sure")
    desk.presenter.throw_away("intake-old")

    assert desk.work.kept == {}
    assert desk.view.offers == ()

    desk.view.undo.pop()()

    assert desk.work.kept == {"intake-old": WHOLE}
    assert len(desk.view.offers) == 1


def test_putting_a_form_aside_makes_it_a_draft_and_begins_another(desk: Desk) -> None:
    desk.type(WHOLE)

    desk.presenter.put_aside()

    assert desk.view.typed == IntakeForm()
    assert [offer.words for offer in desk.view.offers] == [WHOLE.title]


def test_leaving_the_page_keeps_the_draft_at_once(desk: Desk) -> None:
    desk.type(IntakeForm(title="路灯"))

    desk.presenter.close()

    assert [form.title for form in desk.work.kept.values()] == ["路灯"]


def test_the_request_came_when_the_first_key_was_pressed(desk: Desk) -> None:
    came = desk.clock.now_ms()
    desk.type(IntakeForm(phone="1"))
    desk.clock.advance(seconds=123)
    desk.type(WHOLE)
    desk.later.pass_ms(1000)

    desk.presenter.accept()

    assert desk.work.accepted[0].came_at == came
    assert desk.view.times == (say("intake.came", time="2026-11-21 09:12"), say("intake.used", minutes=2, seconds="03"))


def test_doubts_stand_beside_their_field_once_it_is_left(desk: Desk) -> None:
    desk.work.doubts = (Caution("phone", "phone_short", {"length": "10"}),)
    desk.view.hand = "phone"
    desk.type(IntakeForm(phone="1380533000"))
    desk.later.pass_ms(300)
    assert desk.view.cautions == {}

    desk.view.hand = "name"
    desk.presenter.left_field()
    desk.later.pass_ms(300)

    assert desk.view.cautions == {"phone": say("warning.phone_short", length="10")}


def test_history_is_asked_for_when_there_is_a_telephone(desk: Desk) -> None:
    desk.type(IntakeForm(phone="138"))
    desk.later.pass_ms(300)
    assert desk.work.asked_for == []
    assert desk.view.history[1] is None

    desk.type(IntakeForm(phone="13805330000"))
    desk.later.pass_ms(300)

    assert desk.work.asked_for == ["13805330000"]
    assert desk.view.history[1] == 0


def test_the_due_date_comes_with_its_reasons(desk: Desk) -> None:
    trace = (
        TraceLine("start_same_day", {"start": "11-21", "weekday": 6}),
        TraceLine("counted_workdays", {"amount": 5, "days": "23"}),
    )
    desk.work.due = Due(date(2026, 11, 27), provisional=False, trace=trace)

    desk.type(WHOLE)
    desk.later.pass_ms(300)

    assert desk.view.due is not None
    assert desk.view.due.on == say("intake.due_on", date="2026-11-27", weekday=say("weekday.5"))
    assert desk.view.due.span == say("intake.span.workdays", amount=5)
    assert desk.view.due.reasons[0] == say("trace.start_same_day", start="11-21", weekday=say("weekday.6"))


def test_likely_repeats_are_told_until_the_officer_says_they_are_not(desk: Desk) -> None:
    desk.work.repeated = (
        Repeat(
            "0031K",
            "三盏路灯不亮",
            "2026-11-20",
            0.8,
            "同一个地方，说的事相近",
            Stage.IN_HAND,
            Number("370323-03A-261120-0031K"),
        ),
    )
    desk.type(WHOLE)
    desk.later.pass_ms(300)
    assert [(line.day, line.title) for line in desk.view.repeats] == [("11-20", "三盏路灯不亮")]
    assert "0031K" in desk.view.repeats[0].stands
    assert "同一个地方" in desk.view.repeats[0].why

    desk.presenter.not_the_same("370323-03A-261120-0031K")
    assert desk.view.repeats == ()

    desk.presenter.accept()
    desk.type(WHOLE)
    desk.later.pass_ms(300)
    assert len(desk.view.repeats) == 1


def test_a_message_that_waited_becomes_the_form_and_what_was_typed_stays_a_draft(desk: Desk) -> None:
    desk.work.messages[7] = replace(WHOLE, incoming=7, came_at=1_795_220_000_000)
    desk.type(IntakeForm(phone="139"))

    desk.presenter.take_in(7)
    desk.presenter.accept()

    assert [form.phone for form in desk.work.kept.values()] == ["139"]
    assert (desk.work.accepted[0].incoming, desk.work.accepted[0].came_at) == (7, 1_795_220_000_000)


def test_only_leaves_of_the_categories_are_offered(desk: Desk) -> None:
    desk.presenter.find_category("基础")

    assert [line.value for line in desk.view.lines] == ["0701"]


def test_an_old_look_does_not_cover_a_newer_one() -> None:
    held = HeldRunner()
    desk = Desk(held)
    held.let_go()
    desk.work.doubts = (Caution("phone", "phone_short", {"length": "3"}),)
    desk.type(IntakeForm(phone="138"))
    desk.later.pass_ms(300)
    old_look = held.jobs.pop()

    desk.work.doubts = ()
    desk.type(IntakeForm(phone="13805330000"))
    desk.later.pass_ms(300)
    held.let_go()
    desk.work.doubts = (Caution("phone", "phone_short", {"length": "3"}),)
    old_look()

    assert desk.view.cautions == {}
