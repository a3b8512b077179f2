"""有诉必理 in odd combinations: what has not ended waits for somebody who may do it, and nothing that was written is lost unseen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from county_hotline.domain import decisions
from county_hotline.domain import facts as f
from county_hotline.domain.authority import DUTIES
from county_hotline.domain.clashes import clashes_in
from county_hotline.domain.decisions import hindrance
from county_hotline.domain.facts import Fact
from county_hotline.domain.folding import fold
from county_hotline.domain.segments import segments_of
from county_hotline.domain.tasks import ACT_FOR, CENTRE, TaskKind, tasks_of
from county_hotline.domain.vocabulary import (
    AssignmentRole,
    AssignmentState,
    EmergencyLine,
    ExtensionReason,
    FollowUpResult,
    HandedOver,
    Outcome,
    Satisfaction,
    Stage,
    Told,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import EntryId
from tests.domain.any_story import NUMBER
from tests.domain.good_forms import DAY, NOW, OTHER, PATHS
from tests.domain.test_decisions_whole_life import (
    ASKED,
    CALLED,
    CARDED,
    DONE,
    FOUND,
    IN_HAND,
    JOINED,
    PASSED,
    REPLIED,
    SENT,
    TOLD,
    UNHAPPY,
    WAITING,
    WATCHED,
    so_far,
    story_of,
    then,
)
from tests.domain.test_work_order import HOUSING, ROADS, accepted

HELPER = AssignmentRole.HELPER
BAD = f.FollowedUp(result=FollowUpResult.RATED, called_at=NOW, satisfaction=Satisfaction.BAD)
UNREASONABLE = (
    *UNHAPPY,
    f.UnreasonableAsked(agency=HOUSING, words="无依据", basis="条例", evidence="三次"),
    f.UnreasonableDecided(agency=HOUSING, approved=True, opinion="属实", asked=EntryId(f"e-{len(UNHAPPY) + 1}")),
)
LONGER = (
    *IN_HAND,
    f.ExtensionAsked(agency=HOUSING, until="2026-12-04", reason=ExtensionReason.WORKS, words="在修"),
    f.ExtensionDecided(agency=HOUSING, approved=True, opinion="同意", asked=EntryId("e-3"), due_on="2026-12-04"),
)
RECALLED = (*LONGER, f.Recalled(agency=HOUSING, reason="属地错误"))
LEAD_BACK = (
    *SENT,
    f.Dispatched(agency=ROADS, role=HELPER),
    f.SignedFor(agency=ROADS),
    f.Recalled(agency=HOUSING, reason="属地错误"),
)
TWO_REPLIED = (
    *SENT,
    f.Dispatched(agency=ROADS, role=HELPER),
    *(f.SignedFor(agency=unit) for unit in (HOUSING, ROADS)),
    *(f.Replied(agency=unit, internal="已修") for unit in (HOUSING, ROADS)),
)
TWO_DONE = (
    *TWO_REPLIED,
    f.Reviewed(agency=HOUSING, passed=True, follow_up_by=NOW + DAY),
    f.Reviewed(agency=ROADS, passed=True),
)
UNHAPPY_WITH_TWO = (*TWO_DONE, BAD, f.Finished(outcome=Outcome.SOLVED))
HELPER_REDO = (*UNHAPPY_WITH_TWO, f.RedoOrdered(agency=ROADS, opinion="路面要重铺"))
ASKED_UNSEEN = (*SENT, f.MoreAsked(wanted="门牌"), f.SignedFor(agency=HOUSING), f.Replied(agency=HOUSING, internal="已修"))
GOING_ON: dict[str, tuple[Fact, ...]] = {
    "taken": (),
    "asked": (f.MoreAsked(wanted="门牌"),),
    "sent": SENT,
    "in hand": IN_HAND,
    "suspended": WAITING,
    "replied": REPLIED,
    "passed": PASSED,
    "not satisfied": UNHAPPY,
    "not satisfied, without reason": UNREASONABLE,
    "given back": (*REPLIED, f.Reviewed(agency=HOUSING, passed=False, opinion="重办")),
    "redo": then(PASSED, "redo"),
    "redo of a helper": HELPER_REDO,
    "called": CALLED,
    "found": FOUND,
    "watched": WATCHED,
    "carded": CARDED,
    "joined": JOINED,
    "recalled": RECALLED,
    "lead gone, helper at work": LEAD_BACK,
    "asked unseen": ASKED_UNSEEN,
    "asked unseen, passed": (*ASKED_UNSEEN, f.Reviewed(agency=HOUSING, passed=True)),
    "reopened": (*DONE, f.Reopened(reason="又坏了")),
    "told and reopened": (*TOLD, f.Reopened(reason="有新情况")),
    "archived and reopened": (*then(DONE, "archive"), f.Reopened(reason="又坏了")),
    "void and reopened": (*then((), "void"), f.Reopened(reason="不是误登")),
    "merged and reopened": (f.Merged(into=OTHER.number), f.Reopened(reason="不是一件")),
    "nobody answered the line": (f.EmergencyTransferred(line=EmergencyLine.FIRE, handed_at=NOW, result=HandedOver.NO_ANSWER),),
    "emergency after dispatch": (
        *IN_HAND,
        f.EmergencyTransferred(line=EmergencyLine.FIRE, handed_at=NOW, result=HandedOver.TAKEN),
    ),
    **{f"asks for {ask.value}": facts for ask, facts in ASKED.items()},
}


def _may(task: TaskKind) -> bool:
    """Whether some role has the duty that does it."""
    decide = {f"decide_{each}" for each in ("send_back", "extension", "suspension", "hard_case", "unreasonable", "appeal")}
    acts = decide if task is TaskKind.DECIDE else {ACT_FOR[task]}
    return any(acts & duties for duties in DUTIES.values())


def _can_be_done(order: WorkOrder, task: TaskKind, unit: str, about: str) -> bool:
    if task is TaskKind.DECIDE:
        return any(each.is_open for each in order.applications)
    speaks = about if about and (unit == CENTRE or task is TaskKind.WATCH) else unit
    return not hindrance(ACT_FOR[task], order, speaks)  # type: ignore[arg-type]


@pytest.mark.parametrize("facts", GOING_ON.values(), ids=GOING_ON)
def test_what_has_not_ended_waits_for_somebody_and_everything_waited_for_can_be_done(facts: tuple[Fact, ...]) -> None:
    order = so_far(*facts)
    tasks = tasks_of(order)

    assert not order.is_ended
    assert {task.kind for task in tasks} - {TaskKind.WATCH, TaskKind.TELL, TaskKind.SCORE}
    for task in tasks:
        assert _may(task.kind), task
        assert _can_be_done(order, task.kind, task.unit, task.agency), task


@pytest.mark.parametrize("facts", GOING_ON.values(), ids=GOING_ON)
def test_whatever_is_given_up_is_the_order_can_come_to_its_end(facts: tuple[Fact, ...]) -> None:
    """A way to the end that somebody at the centre can go from here, whoever has it."""
    order = so_far(*facts)
    ways = ("finish", "tell_path", "answer", "recall", "review", "reply", "sign_for", "resume", "give_more", "decide_send_back")

    assert [way for way in ways for unit in (HOUSING, ROADS) if not hindrance(way, order, unit)]


def test_a_caller_found_unreasonable_leaves_the_order_to_be_finished() -> None:
    assert {task.kind for task in tasks_of(so_far(*UNREASONABLE))} == {TaskKind.FINISH}


def test_a_helper_that_must_do_it_again_opens_what_was_finished() -> None:
    order = so_far(*HELPER_REDO)

    assert order.stage is Stage.TO_FOLLOW_UP
    assert (TaskKind.REPLY, ROADS) in {(task.kind, task.unit) for task in tasks_of(order)}


def test_reopening_is_an_answer_to_a_caller_who_was_not_satisfied() -> None:
    order = so_far(*UNHAPPY_WITH_TWO, f.Reopened(reason="重新派"))

    assert not order.closing.dissatisfied


def test_what_nobody_judged_is_not_archived() -> None:
    with pytest.raises(Refusal) as caught:
        decisions.archive(so_far(*UNHAPPY_WITH_TWO))

    assert caught.value.code == "R370"


def test_a_helper_s_review_takes_no_call_back_away() -> None:
    assert so_far(*TWO_DONE).closing.follow_up_by == NOW + DAY


def test_the_centre_tells_of_a_new_date_where_the_unit_has_it_no_more() -> None:
    def tellers(*facts: Fact) -> set[str]:
        return {task.unit for task in tasks_of(so_far(*facts)) if task.kind is TaskKind.TELL}

    assert tellers(*LONGER) == {HOUSING}
    assert tellers(*RECALLED) == {CENTRE}
    assert tellers(*RECALLED, f.Merged(into=OTHER.number)) == set()


def test_the_centre_tells_a_confidential_caller_whose_number_the_unit_does_not_have() -> None:
    order = fold(NUMBER, story_of((accepted(due_on="2026-11-27", confidential=True), *LONGER)))

    assert {task.unit for task in tasks_of(order) if task.kind is TaskKind.TELL} == {CENTRE}


def test_who_is_to_be_told_is_folded_alike_where_the_caller_is_known_and_where_not() -> None:
    """I5; an anonymous caller without a number is told by nobody."""
    story = story_of((accepted(due_on="2026-11-27", confidential=True, anonymous=True), *LONGER))
    known = fold(NUMBER, (replace(story[0], person=f.Person()), *story[1:]))

    assert replace(known, person=None) == fold(NUMBER, story)
    assert TaskKind.TELL not in {task.kind for task in tasks_of(known)}


def test_those_whose_orders_went_on_in_this_one_are_to_be_told_what_became_of_it() -> None:
    ended = (*JOINED, *REPLIED, f.Finished(outcome=Outcome.SOLVED))
    told = f.CitizenTold(about=Told.RESULT, told_at=NOW, reached=True, words="已修好")
    unreached = f.CitizenTold(about=Told.RESULT, told_at=NOW, reached=False, words="没人接")

    for facts, waits in ((ended, True), ((*ended, unreached), True), ((*ended, told), False), (JOINED, False)):
        order = so_far(*facts)
        assert ((TaskKind.TELL, CENTRE) in {(task.kind, task.unit) for task in tasks_of(order)}) is waits
    assert not hindrance("tell_citizen", so_far(*ended), HOUSING)


def test_a_unit_that_has_it_does_not_wait_for_what_was_asked_of_the_caller_unseen() -> None:
    facts = (accepted(), *ASKED_UNSEEN, f.Reviewed(agency=HOUSING, passed=True))
    order = fold(NUMBER, story_of(facts))
    holders = [segment.holder for segment in segments_of(NUMBER, story_of(facts), until_ms=NOW + DAY)]

    assert order.stage is Stage.TO_FOLLOW_UP
    assert not hindrance("finish", order, HOUSING)
    assert "caller" not in holders
    assert TaskKind.COMPLETE in {task.kind for task in tasks_of(order)}


def test_a_reply_is_reviewed_though_a_share_of_the_same_unit_was_recalled() -> None:
    facts = (*REPLIED, f.Dispatched(agency=HOUSING, role=HELPER), f.Recalled(agency=HOUSING, reason="不用"))
    order = so_far(*facts, f.Reviewed(agency=HOUSING, passed=True))

    assert order.lead is not None
    assert order.lead.state is AssignmentState.DONE


def test_no_unit_gets_a_share_beside_its_reply_that_waits_for_review() -> None:
    with pytest.raises(Refusal) as caught:
        decisions.dispatch(so_far(*REPLIED), HOUSING, role=HELPER, due_on="")

    assert caught.value.code == "R121"


def test_two_lines_for_one_unit_are_one_share_and_the_lead_keeps_its_round() -> None:
    tasks = (f.Task(ROADS, "补路面", "2026-12-02"), f.Task(ROADS, "修路沿", "2026-12-01"), f.Task(HOUSING, "总牵头"))
    found = f.SiteFindings(call="1", caller=HOUSING, findings="塌陷", tasks=tasks)
    order = so_far(*CALLED, found)

    assert [(a.agency, a.role) for a in order.assignments] == [(HOUSING, AssignmentRole.LEAD), (ROADS, HELPER)]
    assert (order.assignments[1].advice, order.assignments[1].due_on) == ("补路面\n修路沿", "2026-12-01")


def test_work_is_not_divided_on_what_has_ended() -> None:
    order = so_far(*CALLED, f.Replied(agency=HOUSING, internal="已修"), f.Finished(outcome=Outcome.SOLVED))
    found = f.SiteFindings(call="1", caller=HOUSING, findings="塌陷")

    assert decisions.find(order, found) is found
    with pytest.raises(Refusal) as caught:
        decisions.find(order, f.SiteFindings(call="1", caller=HOUSING, findings="塌陷", tasks=(f.Task(ROADS, "补"),)))
    assert caught.value.code == "R382"


@pytest.mark.parametrize(
    ("result", "allowed"),
    [(HandedOver.BOTH, True), (HandedOver.NO_ANSWER, False), (HandedOver.NOT_THEIRS, False)],
)
def test_an_emergency_is_not_told_away_where_nobody_took_the_call(result: HandedOver, allowed: bool) -> None:
    order = so_far(f.EmergencyTransferred(line=EmergencyLine.AMBULANCE, handed_at=NOW, result=result))
    told = f.PathTold("02", "紧急", "拨打120")
    if allowed:
        assert decisions.tell_path(order, told, PATHS) is told
        return
    with pytest.raises(Refusal) as caught:
        decisions.tell_path(order, told, PATHS)
    assert caught.value.code == "R307"


def test_a_decision_that_comes_before_its_application_goes_before_a_person() -> None:
    asked = f.ExtensionAsked(agency=HOUSING, until="2026-12-04", reason=ExtensionReason.WORKS, words="在修")
    decided = f.ExtensionDecided(agency=HOUSING, approved=True, opinion="同意", asked=EntryId("e-4"), due_on="2026-12-04")
    story = story_of((accepted(), *IN_HAND, decided, asked))
    unseen = (*story[:-1], replace(story[-1], basis=EntryId("e-2")))
    order = fold(NUMBER, unseen)

    assert TaskKind.DECIDE in {task.kind for task in tasks_of(order)}
    assert [clash.code for clash in clashes_in(unseen)] == ["decided_too_early"]
