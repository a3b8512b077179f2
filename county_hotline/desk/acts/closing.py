"""审核, 评价, 回访, 重办, 办结, 归档, 公开."""

from __future__ import annotations

from county_hotline.desk.acts import choices, limits
from county_hotline.desk.acts.making import happened_at, line, one_of, picked, ternary, text, tick, unit_about
from county_hotline.desk.acts.spec import Act, Field, FieldKind, Speaks
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.facts import (
    Archived,
    Finished,
    FollowedUp,
    Published,
    Rated,
    RedoOrdered,
    Reopened,
    Reviewed,
)
from county_hotline.domain.vocabulary import AssignmentRole, Channel, FollowUpResult, Outcome, Satisfaction
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.wording import say, word


def _review(desk: Desk, order: WorkOrder, values: Values) -> Reviewed:
    if values.line("passed") not in (choices.YES, choices.NO):
        raise Refusal("R300", field="passed", label="passed")
    passed = values.line("passed") == choices.YES
    day = "" if passed else values.day("due_on") or limits.redo_due(desk, order)
    fact = Reviewed(
        agency=values.agency("agency"),
        passed=passed,
        opinion=values.text("opinion"),
        due_on=day,
        due_at=limits.day_ends(desk, order, day),
        follow_up_by=limits.follow_up_by(desk, order) if passed and values.tick("call_back") else 0,
    )
    return decisions.review(order, fact)


def _wants_call_back(desk: Desk, order: WorkOrder) -> str:
    """回访 by the caller's wish; nobody calls who left no number."""
    accepted = order.accepted
    unreachable = accepted is not None and accepted.anonymous and order.person is not None and not order.person.phone
    return choices.TICKED if accepted is not None and accepted.wants_call_back and not unreachable else ""


def _redo(desk: Desk, order: WorkOrder, values: Values) -> RedoOrdered:
    day = values.day("due_on") or limits.redo_due(desk, order)
    return decisions.redo(
        order,
        values.agency("agency"),
        values.text("opinion"),
        due_on=day,
        due_at=limits.day_ends(desk, order, day),
        most=limits.redo_most(desk, order),
    )


def _rate(desk: Desk, order: WorkOrder, values: Values) -> Rated:
    fact = Rated(
        satisfaction=values.choice("satisfaction", Satisfaction),
        solved=values.ternary("solved"),
        words=values.text("words"),
        channel=values.optional("channel", Channel) or Channel.VISIT,
        rated_at=values.moment("rated_at"),
    )
    return decisions.rate(order, fact, now=values.now)


def _follow_up(desk: Desk, order: WorkOrder, values: Values) -> FollowedUp:
    result = values.choice("result", FollowUpResult)
    again = result in (FollowUpResult.NO_ANSWER, FollowUpResult.WRONG_NUMBER) and values.tick("again")
    fact = FollowedUp(
        result=result,
        called_at=values.moment("called_at"),
        contacted=values.ternary("contacted"),
        genuine=values.ternary("genuine"),
        solved=values.ternary("solved"),
        satisfaction=values.optional("satisfaction", Satisfaction),
        words=values.text("words"),
        next_try_at=limits.next_try_at(desk, order) if again else 0,
    )
    return decisions.follow_up(order, fact, now=values.now)


def _may_try_again(desk: Desk, order: WorkOrder) -> str:
    return choices.TICKED if limits.next_try_at(desk, order) else ""


def _outcome(desk: Desk, order: WorkOrder) -> str:
    """As the lead said whether it is solved."""
    solved = order.lead.solved if order.lead else None
    if order.outcome is not None:
        return order.outcome.value
    return {True: Outcome.SOLVED, False: Outcome.UNSOLVED, None: Outcome.EXPLAINED}[solved].value


def _why_finish(desk: Desk, order: WorkOrder) -> str:
    """What to think of before: a caller who is not satisfied, helpers still at work."""
    if decisions.unjudged(order):
        return say("act.finish.dissatisfied")
    busy = [a for a in order.live if a.is_working and a.role is AssignmentRole.HELPER]
    names = say("act.comma").join(choices.unit_name(desk, a.agency) for a in busy)
    return say("act.finish.helpers_busy", units=names) if busy else ""


def _finish(desk: Desk, order: WorkOrder, values: Values) -> Finished:
    return decisions.finish(order, values.choice("outcome", Outcome), values.text("opinion"))


def _archive(desk: Desk, order: WorkOrder, values: Values) -> Archived:
    return decisions.archive(order, file_number=values.line("file_number"), keep_years=values.whole("keep_years"))


def _publish(desk: Desk, order: WorkOrder, values: Values) -> Published:
    shown = {each.sha256 for each in order.attachments}
    return decisions.publish(
        order, title=values.line("title"), text=values.text("text"), photos=values.several("photos", shown)
    )


def _public_text(desk: Desk, order: WorkOrder) -> str:
    return order.lead.public if order.lead else ""


def _reply_photos(desk: Desk, order: WorkOrder) -> str:
    return " ".join(order.lead.photos) if order.lead else ""


def _why_redo(desk: Desk, order: WorkOrder) -> str:
    said = order.satisfaction
    return say("act.redo.said", satisfaction=word(said)) if order.closing.dissatisfied and said else ""


ACTS = (
    Act(
        "review",
        Reviewed,
        _review,
        fields=(
            unit_about("review"),
            picked("passed", choices.yes_no("passed")),
            text("opinion"),
            tick("call_back", default=_wants_call_back),
            Field("due_on", FieldKind.DAY, default=limits.redo_due),
        ),
        speaks=Speaks.ABOUT,
    ),
    Act(
        "redo",
        RedoOrdered,
        _redo,
        fields=(
            unit_about("redo"),
            Field("opinion", FieldKind.TEXT, is_required=True, why=_why_redo),
            Field("due_on", FieldKind.DAY, default=limits.redo_due),
        ),
        speaks=Speaks.ABOUT,
    ),
    Act(
        "rate",
        Rated,
        _rate,
        fields=(
            picked("satisfaction", choices.members(Satisfaction)),
            ternary("solved"),
            text("words"),
            one_of("channel", choices.members(Channel)),
            happened_at("rated_at"),
        ),
    ),
    Act(
        "follow_up",
        FollowedUp,
        _follow_up,
        fields=(
            picked("result", choices.members(FollowUpResult)),
            happened_at("called_at"),
            ternary("contacted"),
            ternary("genuine"),
            ternary("solved"),
            one_of("satisfaction", choices.members(Satisfaction), required=False),
            text("words"),
            tick("again", default=_may_try_again),
        ),
    ),
    Act(
        "reopen",
        Reopened,
        lambda desk, order, values: decisions.reopen(order, values.text("reason")),
        fields=(text("reason", required=True),),
    ),
    Act(
        "finish",
        Finished,
        _finish,
        fields=(
            one_of("outcome", choices.members(Outcome), default=_outcome),
            Field("opinion", FieldKind.TEXT, why=_why_finish),
        ),
    ),
    Act("archive", Archived, _archive, fields=(line("file_number"), Field("keep_years", FieldKind.WHOLE))),
    Act(
        "publish",
        Published,
        _publish,
        fields=(
            line("title", required=True),
            Field("text", FieldKind.TEXT, is_required=True, lines=5, default=_public_text),
            Field("photos", FieldKind.SEVERAL, choices=choices.photos, default=_reply_photos, is_shown=choices.has_photos),
        ),
    ),
)
