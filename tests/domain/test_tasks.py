"""待办: what an order waits for at every turn of its life, from whom, until when."""

from __future__ import annotations

import pytest
from hypothesis import given

from county_hotline.domain import facts as f
from county_hotline.domain.authority import DUTIES
from county_hotline.domain.civil_time import end_of_day_ms
from county_hotline.domain.decisions import CHECKS
from county_hotline.domain.facts import Fact
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.tasks import ACT_FOR, CENTRE, TaskKind, tasks_of
from county_hotline.domain.vocabulary import Ask, FollowUpResult, Satisfaction
from county_hotline.ids import EntryId
from tests.domain.any_story import NUMBER, stories
from tests.domain.good_forms import DAY, NOW
from tests.domain.test_decisions_whole_life import (
    ASKED,
    CALLED,
    DONE,
    FOUND,
    IN_HAND,
    PASSED,
    REPLIED,
    SENT,
    UNHAPPY,
    WAITING,
    WATCHED,
    so_far,
    then,
)
from tests.domain.test_work_order import HOUSING, ROADS, accepted

MORE = f.MoreAsked(wanted="门牌", by=NOW + DAY)
GRANTED = f.ExtensionDecided(
    agency=HOUSING,
    approved=True,
    opinion="同意",
    asked=EntryId("e-3"),
    due_on="2026-12-11",
    due_at=end_of_day_ms("2026-12-11"),
    tell_by=NOW + DAY,
)
TRIED = f.FollowedUp(result=FollowUpResult.NO_ANSWER, called_at=NOW, next_try_at=NOW + DAY)
GAVE_UP = f.FollowedUp(result=FollowUpResult.NO_ANSWER, called_at=NOW)
HAPPY = f.FollowedUp(result=FollowUpResult.RATED, called_at=NOW, satisfaction=Satisfaction.GOOD)
K = TaskKind
TAKER = accepted().unit


@pytest.mark.parametrize(
    ("before", "waited_for"),
    [
        ((), {(K.DISPATCH, CENTRE)}),
        ((MORE,), {(K.COMPLETE, TAKER)}),
        (SENT, {(K.SIGN, HOUSING), (K.WATCH, CENTRE), (K.WATCH, TAKER)}),
        (IN_HAND, {(K.REPLY, HOUSING), (K.WATCH, CENTRE), (K.WATCH, TAKER)}),
        (WAITING, {(K.RESUME, HOUSING), (K.WATCH, CENTRE), (K.TELL, HOUSING)}),
        (REPLIED, {(K.REVIEW, CENTRE)}),
        (PASSED, {(K.FOLLOW_UP, CENTRE)}),
        ((*PASSED, TRIED), {(K.FOLLOW_UP, CENTRE)}),
        ((*PASSED, GAVE_UP), {(K.FINISH, CENTRE)}),
        ((*PASSED, HAPPY), {(K.FINISH, CENTRE)}),
        (UNHAPPY, {(K.JUDGE, CENTRE)}),
        ((*UNHAPPY, f.Finished(outcome="explained", opinion="已说明")), set()),  # type: ignore[arg-type]
        (then(PASSED, "redo"), {(K.REPLY, HOUSING), (K.WATCH, CENTRE), (K.WATCH, TAKER)}),
        (DONE, {(K.FOLLOW_UP, CENTRE)}),
        (then(DONE, "archive"), set()),
        (then((), "void"), set()),
    ],
)
def test_an_order_waits_for_what_comes_next(before: tuple[Fact, ...], waited_for: set[tuple[TaskKind, str]]) -> None:
    assert {(task.kind, task.unit) for task in tasks_of(so_far(*before))} == waited_for


@pytest.mark.parametrize("asked", ASKED.values(), ids=[ask.value for ask in ASKED])
def test_an_application_waits_for_the_centre(asked: tuple[Fact, ...]) -> None:
    assert (K.DECIDE, CENTRE, HOUSING) in {(task.kind, task.unit, task.agency) for task in tasks_of(so_far(*asked))}


def test_an_extension_granted_is_told_and_moves_the_reply() -> None:
    order = so_far(*ASKED[Ask.EXTENSION], GRANTED)

    found = {task.kind: task for task in tasks_of(order)}
    assert (found[K.TELL].unit, found[K.TELL].due_at) == (HOUSING, NOW + DAY)
    assert found[K.REPLY].due_at == end_of_day_ms("2026-12-11")


def test_a_call_waits_for_answers_the_meeting_and_the_scores() -> None:
    assert {(t.kind, t.unit) for t in tasks_of(so_far(*CALLED))} >= {(K.ANSWER_CALL, ROADS), (K.MEET, HOUSING)}
    assert {(t.kind, t.unit, t.agency) for t in tasks_of(so_far(*FOUND))} >= {(K.SCORE, HOUSING, ROADS)}


def test_a_supervision_waits_for_its_answers_and_then_for_the_centre() -> None:
    assert (K.ANSWER_SUPERVISION, HOUSING) in {(t.kind, t.unit) for t in tasks_of(so_far(*WATCHED))}
    answered = then(WATCHED, "answer_supervision")
    assert (K.CLOSE_SUPERVISION, CENTRE) in {(t.kind, t.unit) for t in tasks_of(so_far(*answered))}


def test_a_tighter_limit_of_an_upper_level_is_the_one_that_counts() -> None:
    order = fold(
        NUMBER,
        (
            Happened(
                entry_id=EntryId("e-0"),
                fact=accepted(due_on="2026-11-27", external_due_at=5),
                station=NUMBER[:9],  # type: ignore[arg-type]
                life="A",  # type: ignore[arg-type]
                serial=1,
                officer="0301 受理员甲",  # type: ignore[arg-type]
                recorded_at=1,
                basis=None,
            ),
        ),
    )

    assert [task.due_at for task in tasks_of(order)] == [5]


def test_every_thing_waited_for_has_its_act_and_somebody_whose_duty_it_is() -> None:
    duties = frozenset().union(*DUTIES.values())
    acts = {act for kind, act in ACT_FOR.items() if kind is not K.DECIDE}

    assert set(ACT_FOR) == set(TaskKind)
    assert acts <= set(CHECKS) & duties


@given(story=stories(starts_accepted=True))
def test_an_open_order_always_waits_for_somebody(story: tuple[Happened, ...]) -> None:
    """No list can forget an order."""
    order = fold(NUMBER, story)

    if order.accepted is not None and not order.is_ended:
        assert tasks_of(order), order.stage
