"""What the fold makes of facts that came together without sight of each other: the first stands where only one can."""

from __future__ import annotations

from county_hotline.domain import facts as f
from county_hotline.domain.vocabulary import Ask, AssignmentState, Outcome, Stage
from county_hotline.ids import EntryId
from tests.domain.test_decisions_whole_life import ASKED, CALLED, DONE, IN_HAND, PASSED, REPLIED, UNHAPPY, so_far
from tests.domain.test_work_order import HOUSING, ROADS

YES = f.SendBackDecided(agency=HOUSING, approved=True, opinion="同意", asked=EntryId("e-3"))
NO = f.SendBackDecided(agency=HOUSING, approved=False, opinion="不同意", asked=EntryId("e-3"))


def test_the_first_decision_on_an_application_stands() -> None:
    order = so_far(*ASKED[Ask.SEND_BACK], NO, YES)

    assert [(a.approved, a.opinion) for a in order.applications] == [(False, "不同意")]
    assert order.stage is Stage.IN_HAND


def test_the_first_findings_of_a_call_stand_and_make_helpers_once() -> None:
    first = f.SiteFindings(call="1", caller=HOUSING, findings="清淤", tasks=(f.Task(agency=ROADS, work="清淤"),))
    second = f.SiteFindings(call="1", caller=HOUSING, findings="封路", tasks=(f.Task(agency=ROADS, work="封路"),))

    order = so_far(*CALLED, first, second)

    assert order.calls[0].findings == "清淤"
    assert [a.advice for a in order.live if a.agency == ROADS] == ["清淤"]


def test_finishing_with_an_opinion_judges_a_caller_who_is_not_satisfied_and_keeps_what_they_said() -> None:
    silent, judged = f.Finished(outcome=Outcome.EXPLAINED), f.Finished(outcome=Outcome.EXPLAINED, opinion="政策所限")

    assert so_far(*UNHAPPY, silent).closing.dissatisfied
    assert not so_far(*UNHAPPY, judged).closing.dissatisfied
    assert so_far(*UNHAPPY, judged).satisfaction == so_far(*UNHAPPY, silent).satisfaction


def test_finishing_again_does_not_move_the_day_it_was_finished() -> None:
    once, again = so_far(*DONE), so_far(*DONE, f.Finished(outcome=Outcome.UNSOLVED, opinion="政策所限"))

    assert (again.finished_at, again.outcome) == (once.finished_at, Outcome.UNSOLVED)


def test_what_was_reopened_waits_for_dispatch_and_its_rounds_stay_in_the_history() -> None:
    order = so_far(*DONE, f.Reopened(reason="又坏了"))

    assert (order.stage, order.outcome, order.finished_at) == (Stage.TO_DISPATCH, None, None)
    assert [a.state for a in order.assignments] == [AssignmentState.WITHDRAWN]
    assert order.assignments[0].internal == "已办"


def test_a_recall_takes_the_reply_with_it_and_that_goes_before_a_person_where_it_was_unseen() -> None:
    order = so_far(*REPLIED, f.Recalled(agency=HOUSING, reason="派错"))

    assert (order.stage, order.live) == (Stage.TO_DISPATCH, ())


def test_a_redo_is_a_round_of_its_own() -> None:
    order = so_far(*PASSED, f.RedoOrdered(agency=HOUSING, opinion="补坑"))

    assert [(a.state, a.redo) for a in order.assignments] == [(AssignmentState.DONE, 0), (AssignmentState.REDO, 1)]
    assert so_far(*IN_HAND).stage is Stage.IN_HAND
