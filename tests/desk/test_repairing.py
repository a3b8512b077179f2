"""单独放着: what is said of it, and 撤回, 改写, 再送 at the desk; what is written anew will stand."""

from __future__ import annotations

import pytest

from county_hotline.desk import repairing
from county_hotline.domain.facts import Accepted, Finished, NoteAdded, Replied
from county_hotline.domain.receipts import Held
from county_hotline.domain.vocabulary import OfficerRole, Outcome
from county_hotline.errors import HotlineError, Refusal
from county_hotline.ids import EntryId
from county_hotline.wording import has, sentence
from tests.support.desks import ROADS, Counter
from tests.support.play import Play


def last(counter: Counter, play: Play) -> EntryId:
    return counter.store.view(play.number).story[-1].entry_id


def says(counter: Counter, **codes: str) -> None:
    """The hub's word: this is what it holds."""
    counter.store.quarantine.take([Held(EntryId(entry_id), code) for entry_id, code in codes.items()], counter.card)


@pytest.fixture
def replied(play: Play) -> EntryId:
    """The agency replied; the hub holds it."""
    play.in_hand()
    play.does(play.agency, "reply", internal="已修", public="已修好", solved="yes")
    entry_id = last(play.agency, play)
    says(play.agency, **{entry_id: "H106"})
    return entry_id


def test_each_is_told_with_what_may_be_done(play: Play, replied: EntryId) -> None:
    (told,) = repairing.held(play.agency.desk)

    assert (told.number, told.code, told.kind) == (play.number, "H106", Replied.kind)
    assert (told.is_ours, told.can_withdraw, told.can_rewrite, told.can_send) == (True, True, True, False)


def test_withdrawn_it_counts_no_more_here_and_is_not_withdrawn_twice(play: Play, replied: EntryId) -> None:
    order = repairing.withdraw(play.agency.desk, replied, "不归本站答复")

    assert order.assignments[0].public == ""
    (told,) = repairing.held(play.agency.desk)
    assert (told.is_withdrawn, told.can_withdraw, told.can_rewrite) == (True, False, False)
    with pytest.raises(Refusal, match="R547"):
        repairing.withdraw(play.agency.desk, replied, "再来一次")


def test_nothing_is_withdrawn_without_a_reason(play: Play, replied: EntryId) -> None:
    with pytest.raises(Refusal, match="R541"):
        repairing.withdraw(play.agency.desk, replied, "  ")


def test_what_is_not_held_or_not_ours_is_left_alone(play: Play, replied: EntryId) -> None:
    acceptance = play.agency.store.view(play.number).story[0].entry_id
    with pytest.raises(Refusal, match="R540"):
        repairing.withdraw(play.agency.desk, acceptance, "错")
    with play.agency.store.immediate() as db:
        db.execute("INSERT INTO held VALUES (?, 'H104', 0)", (acceptance,))
    with pytest.raises(Refusal, match="R542"):
        repairing.withdraw(play.agency.desk, acceptance, "错")
    theirs = next(each for each in repairing.held(play.agency.desk) if each.entry_id == acceptance)
    assert (theirs.is_ours, theirs.can_withdraw, theirs.can_rewrite) == (False, False, False)


def test_the_form_opens_with_what_it_said_and_is_written_anew_in_one_act(play: Play, replied: EntryId) -> None:
    desk = play.agency.desk
    opened = repairing.opened(desk, replied)
    assert (opened.values["internal"], opened.values["public"], opened.values["solved"]) == ("已修", "已修好", "yes")
    assert opened.act.fields[-1].name == repairing.WHY

    order = repairing.rewrite(desk, replied, {**opened.values, "public": "三盏都修好了", repairing.WHY: "写漏了"})

    assert order.assignments[0].public == "三盏都修好了"
    assert order.entries == play.centre.store.order(play.number).entries
    story = play.agency.store.view(play.number).story
    assert [event.fact.kind for event in story[-3:]] == [Replied.kind, "work_order.withdrawn", Replied.kind]


def test_the_same_words_again_would_be_held_again_and_neither_is_written(play: Play, replied: EntryId) -> None:
    desk = play.agency.desk
    opened = repairing.opened(desk, replied)

    with pytest.raises(Refusal, match="R543"):
        repairing.rewrite(desk, replied, {**opened.values, repairing.WHY: "再试"})

    assert last(play.agency, play) == replied


def test_what_the_act_itself_refuses_is_refused_with_its_field(play: Play, replied: EntryId) -> None:
    desk = play.agency.desk
    opened = repairing.opened(desk, replied)

    with pytest.raises(Refusal) as refused:
        repairing.rewrite(desk, replied, {**opened.values, "internal": "", repairing.WHY: "改"})

    assert refused.value.details["field"] == "internal"
    assert last(play.agency, play) == replied


def test_an_acceptance_too_large_is_written_anew_under_its_number(play: Play) -> None:
    (first,) = play.hall.store.view(play.number).story
    says(play.hall, **{first.entry_id: "H201"})
    play.hall.store.set_note("held.line_bytes", "1000")
    desk = play.hall.desk
    opened = repairing.opened(desk, first.entry_id)
    assert opened.values["title"] == "路灯不亮"

    with pytest.raises(Refusal, match="R544"):
        repairing.rewrite(desk, first.entry_id, {**opened.values, "content": "长" * 900, repairing.WHY: "太长"})
    order = repairing.rewrite(desk, first.entry_id, {**opened.values, "content": "三盏。", repairing.WHY: "太长"})

    assert order.number == play.number
    assert order.accepted is not None
    assert isinstance(first.fact, Accepted)
    assert (order.accepted.content, order.accepted.query_code) == ("三盏。", first.fact.query_code)
    assert order.person == first.person


@pytest.mark.parametrize(("code", "refusal"), [("H101", "R546"), ("H103", "R545")])
def test_what_cannot_be_written_anew_says_what_to_do_instead(play: Play, replied: EntryId, code: str, refusal: str) -> None:
    says(play.agency, **{replied: code})

    with pytest.raises(Refusal, match=refusal):
        repairing.opened(play.agency.desk, replied)


def test_only_what_was_kept_back_for_its_words_is_sent_again(play: Play, replied: EntryId) -> None:
    with pytest.raises(Refusal, match="R548"):
        repairing.send_again(play.agency.desk, replied)
    says(play.agency, **{replied: "H202"})

    repairing.send_again(play.agency.desk, replied)
    repairing.send_again(play.agency.desk, replied)

    assert [entry.entry_id for entry in play.agency.store.quarantine.to_send_again()] == [replied]
    assert repairing.held(play.agency.desk)[0].is_sent_again


def test_an_officer_without_the_duty_repairs_nothing(play: Play, replied: EntryId) -> None:
    play.agency.sits(OfficerRole.ADMIN)

    for act in (repairing.opened, repairing.send_again):
        with pytest.raises(Refusal, match="R204"):
            act(play.agency.desk, replied)
    assert not repairing.held(play.agency.desk)[0].can_withdraw


def test_a_rewrite_of_another_act_needs_that_acts_duty(play: Play) -> None:
    play.passed()
    play.centre.store.record(play.number, lambda order: (Finished(outcome=Outcome.SOLVED), None), officer="x")  # type: ignore[arg-type]
    entry_id = last(play.centre, play)
    says(play.centre, **{entry_id: "H102"})
    play.centre.sits(OfficerRole.CLERK)

    with pytest.raises(Refusal, match="R204"):
        repairing.rewrite(play.centre.desk, entry_id, {"outcome": "unsolved", repairing.WHY: "改"})


def test_every_act_with_one_fact_can_be_filled_in_from_it(play: Play) -> None:
    play.hall.store.record(play.number, lambda order: (NoteAdded(text="又来电话"), None), officer="x")  # type: ignore[arg-type]
    entry_id = last(play.hall, play)
    says(play.hall, **{entry_id: "H102"})

    assert repairing.opened(play.hall.desk, entry_id).values["text"] == "又来电话"
    play.does(play.centre, "dispatch", agency=ROADS)
    dispatched = last(play.centre, play)
    says(play.centre, **{dispatched: "H102"})
    opened = repairing.opened(play.centre.desk, dispatched)
    assert opened.values["agency"] == ROADS
    assert opened.words["agency"]


@pytest.mark.parametrize("code", ["H101", "H102", "H103", "H104", "H106", "H107", "H201", "H202"])
def test_each_reason_says_what_it_is_whether_anything_is_lost_and_what_to_do(code: str) -> None:
    words = sentence(HotlineError(code))

    assert has(f"error.{code}")
    assert len([part for part in words.split("。") if part]) >= 3
    assert "都在" in words or "没有丢" in words or "都留着" in words
