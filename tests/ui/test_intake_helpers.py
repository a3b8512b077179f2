"""登记 without a screen: what outlives a power cut, who rings, what is pasted or read from a card, what was done before."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from county_hotline.desk.card_reader import Card
from county_hotline.desk.duty_list import Suggestion
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.suggesting import Vote
from county_hotline.domain.vocabulary import Channel, MatterKind
from county_hotline.errors import Refusal, StoreFault
from county_hotline.ids import AgencyCode
from county_hotline.ui.screens.intake.drafting import SAVE_AFTER_MS
from county_hotline.ui.tones import Tone
from county_hotline.wording import say, sentence
from tests.support.fake_intake import FakeIntakeWork
from tests.support.fake_views import HeldRunner
from tests.support.intake_desk import WHOLE, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_who_types_without_a_pause_is_kept_all_the_same(desk: Desk) -> None:
    """The time runs from the first key that is not on disk, not from the last."""
    desk.type(IntakeForm(content="路"))
    first = [entry for entry in desk.later.waiting if entry[0] == SAVE_AFTER_MS]
    desk.type(IntakeForm(content="路灯"))

    assert len(first) == 1
    assert any(entry is first[0] for entry in desk.later.waiting)
    desk.later.pass_ms(SAVE_AFTER_MS)
    assert [form.content for form in desk.work.kept.values()] == ["路灯"]
    desk.type(IntakeForm(content="路灯不"))
    desk.later.pass_ms(SAVE_AFTER_MS)
    assert [form.content for form in desk.work.kept.values()] == ["路灯不"]


def test_where_the_disk_is_slow_the_next_save_takes_all_that_was_typed_meanwhile() -> None:
    held = HeldRunner()
    desk = Desk(held)
    held.let_go()
    for title in ("路", "路灯", "路灯不", "路灯不亮"):
        desk.type(IntakeForm(title=title))
        desk.later.pass_ms(SAVE_AFTER_MS)

    held.jobs.pop(0)()
    assert [form.title for form in desk.work.kept.values()] == ["路灯不亮"]
    desk.work.kept.clear()
    held.let_go()
    assert desk.work.kept == {}, "written again though nothing was typed"


def test_after_a_save_that_failed_the_next_key_is_saved_again(desk: Desk) -> None:
    desk.work.faults["save_draft"] = StoreFault("S101")
    desk.type(IntakeForm(title="路"))
    desk.later.pass_ms(SAVE_AFTER_MS)
    desk.work.faults.clear()

    desk.type(IntakeForm(title="路灯"))
    desk.later.pass_ms(SAVE_AFTER_MS)

    assert [form.title for form in desk.work.kept.values()] == ["路灯"]


def test_words_of_which_no_line_was_taken_yet_are_kept(desk: Desk) -> None:
    desk.type(IntakeForm(half={"place": "hxz"}))

    desk.later.pass_ms(300)

    assert [form.half for form in desk.work.kept.values()] == [{"place": "hxz"}]


def test_a_form_that_was_emptied_again_is_no_draft_any_more(desk: Desk) -> None:
    desk.type(IntakeForm(phone="138"))
    desk.later.pass_ms(300)

    desk.type(IntakeForm())
    desk.later.pass_ms(300)

    assert desk.work.kept == {}


def test_of_a_confidential_draft_nothing_is_shown_before_it_is_taken_up() -> None:
    secret = replace(WHOLE, confidential=True)
    tip = replace(WHOLE, matter_kind=MatterKind.TIP_OFF)
    desk = Desk(work=FakeIntakeWork(kept={"a": secret, "b": tip, "c": IntakeForm(phone="13805330000")}))

    words = {offer.key: offer.words for offer in desk.view.offers}
    assert words == {"a": say("intake.draft.confidential"), "b": say("intake.draft.confidential"), "c": "13805330000"}


def test_a_draft_is_saved_between_the_questions_of_a_look() -> None:
    """A look asks one question after the other, so that a key waits for one of them at most."""
    held = HeldRunner()
    desk = Desk(held)
    held.let_go()
    desk.type(WHOLE)
    desk.later.pass_ms(250)

    assert len(held.jobs) == 2  # the draft, and the first question


def test_who_rings_stands_in_an_empty_form_and_a_second_ring_takes_its_place(desk: Desk) -> None:
    desk.presenter.called("13800000001", busy=False)
    desk.presenter.called("13800000002", busy=False)

    assert (desk.view.typed.phone, desk.view.typed.channel) == ("13800000002", Channel.PHONE)
    assert desk.work.kept == {}  # who only rang leaves nothing behind


def test_a_ring_does_not_overwrite_a_form_in_work(desk: Desk) -> None:
    desk.type(WHOLE)

    desk.presenter.called("13800000001", busy=False)

    assert desk.view.typed.phone == "13800000001"
    assert [form.title for form in desk.work.kept.values()] == [WHOLE.title]
    assert desk.view.sentence == say("intake.pop.aside", phone="13800000001")


def test_a_ring_during_an_emergency_waits_as_a_draft(desk: Desk) -> None:
    desk.type(WHOLE)

    desk.presenter.called("13800000001", busy=True)

    assert desk.view.typed == WHOLE
    assert [form.phone for form in desk.work.kept.values()] == ["13800000001"]
    assert desk.view.toasts == [say("intake.pop.waiting", phone="13800000001")]


def test_what_was_pasted_fills_what_is_empty_is_kept_at_once_and_can_be_taken_back(desk: Desk) -> None:
    desk.type(IntakeForm(name="李某"))
    desk.presenter.paste("路灯不亮")
    [(pasted, differing)] = desk.view.pasted
    assert differing == ()

    desk.presenter.fill(pasted)

    assert (desk.view.typed.name, desk.view.typed.phone, desk.view.typed.content) == ("李某", "13900000000", "路灯不亮")
    assert [form.content for form in desk.work.kept.values()] == ["路灯不亮"]
    desk.view.undo[-1]()
    assert desk.view.typed.content == ""


def test_nothing_in_the_clipboard_is_said(desk: Desk) -> None:
    desk.presenter.paste("  \n")

    assert desk.view.sentence == say("intake.paste.nothing")


def test_a_card_fills_name_number_and_address_and_can_be_taken_back(desk: Desk) -> None:
    desk.type(IntakeForm(name="林秀", phone="138", anonymous=True))

    desk.presenter.read_card()

    typed = desk.view.typed
    assert (typed.name, typed.id_number, typed.address, typed.phone) == ("林秀英", "11010519491231002X", "红星村", "138")
    assert not typed.anonymous
    desk.view.undo[-1]()
    assert desk.view.typed.name == "林秀"


def test_characters_that_a_card_did_not_give_are_told(desk: Desk) -> None:
    desk.work.on_reader = Card("林?英", "11010519491231002X")

    desk.presenter.read_card()

    assert desk.view.tone is Tone.AMBER
    assert "姓名" in desk.view.sentence


def test_a_reader_that_does_not_answer_leaves_the_form_as_it_is(desk: Desk) -> None:
    desk.type(WHOLE)
    desk.work.faults["card"] = Refusal("R585")

    desk.presenter.read_card()

    assert desk.view.typed == WHOLE
    assert desk.view.sentence == sentence(Refusal("R585"))


def test_what_was_only_done_before_is_offered_and_never_put_in(desk: Desk) -> None:
    desk.work.suggestions = (Suggestion(AgencyCode("370323D01"), by_past=True),)
    desk.work.past_vote = Vote("370323D01", 14, 16)
    desk.type(WHOLE)
    desk.later.pass_ms(300)

    assert desk.view.typed.agency_hint == ""
    assert desk.view.suggestion is not None
    assert "14/16" in desk.view.suggestion.reason
    assert "88" in desk.view.suggestion.reason
