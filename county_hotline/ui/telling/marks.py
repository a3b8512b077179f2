"""The sign, word and tone of every stage, every state of a round and every flag: one table for all pages, readable without colour."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.domain.vocabulary import AssignmentState, Card, Concern, Stage, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.wording import say, word


@dataclass(frozen=True, slots=True)
class Mark:
    """Words with a tone (a value of `theme.Tone`) and a sign: never colour alone."""

    words: str
    tone: str = "plain"
    icon: str = ""
    bold: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    """What was looked for in the words."""


STAGES = {
    Stage.UNREAD: ("quiet", "question-circle"),
    Stage.TO_COMPLETE: ("amber", "chat-left-dots"),
    Stage.TOLD: ("quiet", "info-circle"),
    Stage.EMERGENCY: ("quiet", "telephone-forward"),
    Stage.TO_DISPATCH: ("quiet", "send"),
    Stage.TO_SIGN: ("quiet", "inbox"),
    Stage.IN_HAND: ("blue", "hourglass-split"),
    Stage.TO_REVIEW: ("quiet", "eye"),
    Stage.TO_FOLLOW_UP: ("blue", "telephone"),
    Stage.TO_REDO: ("amber", "arrow-repeat"),
    Stage.FINISHED: ("green", "check-circle-fill"),
    Stage.ARCHIVED: ("green", "archive"),
    Stage.MERGED: ("quiet", "box-arrow-in-right"),
    Stage.VOID: ("quiet", "x-circle"),
}
"""Each with an outline of its own: the tone may be lost on paper or to the eye."""
STATES = {
    AssignmentState.TO_SIGN: ("quiet", "inbox"),
    AssignmentState.IN_HAND: ("blue", "hourglass-split"),
    AssignmentState.ASKS_BACK: ("amber", "reply"),
    AssignmentState.RETURNED: ("quiet", "arrow-return-left"),
    AssignmentState.ASKS_EXTENSION: ("amber", "calendar-plus"),
    AssignmentState.SUSPENDED: ("amber", "pause-circle"),
    AssignmentState.REPLIED: ("green", "check-circle"),
    AssignmentState.REDO: ("amber", "arrow-repeat"),
    AssignmentState.DONE: ("green", "check-circle-fill"),
    AssignmentState.WITHDRAWN: ("quiet", "box-arrow-right"),
}


def stage_mark(stage: Stage, *, waiting: bool = False) -> Mark:
    """工单状态. What was only taken here and not yet sent is said to be so: nobody else can act on it."""
    if waiting and stage is Stage.TO_DISPATCH:
        return Mark(say("order.waiting"), "quiet", "cloud-upload")
    return Mark(word(stage), *STAGES[stage])


def state_mark(state: AssignmentState) -> Mark:
    """承办状态."""
    return Mark(word(state), *STATES[state])


def flags_of(order: WorkOrder) -> tuple[Mark, ...]:
    """标记 of an order, what presses most first: cards, 紧急, 督办, 待核对, then what is good to know."""
    return (*_cards(order), *_pressing(order), *_telling(order), *_counted(order))


def _cards(order: WorkOrder) -> list[Mark]:
    shown = [card.card for card in order.oversight.cards if card.taken_back_at is None]
    signs = {Card.RED: ("red", "square-fill"), Card.YELLOW: ("amber", "square-half")}
    return [Mark(word(card), *signs[card]) for card in (Card.RED, Card.YELLOW) if card in shown]


def _pressing(order: WorkOrder) -> list[Mark]:
    accepted, found = order.accepted, []
    if accepted is not None and accepted.urgency is not Urgency.NORMAL:
        is_critical = accepted.urgency is Urgency.CRITICAL
        found.append(Mark(word(accepted.urgency), "red" if is_critical else "amber", "lightning-fill"))
    if any(supervision.is_open for supervision in order.oversight.supervisions):
        found.append(Mark(say("order.flag.supervised"), "red", "flag-fill"))
    if order.clashes:
        found.append(Mark(say("order.to_review"), "amber", "intersect"))
    return found


def _telling(order: WorkOrder) -> list[Mark]:
    accepted, found = order.accepted, []
    if accepted is not None and accepted.confidential:
        found.append(Mark(say("field.confidential"), "quiet", "lock"))
    if accepted is not None and Concern.GROUP in accepted.concerns:
        found.append(Mark(word(Concern.GROUP), "amber", "people-fill"))
    if order.cluster is not None:
        found.append(Mark(say("order.flag.cluster"), "quiet", "collection"))
    if order.oversight.hard_case:
        found.append(Mark(say("order.flag.hard_case"), "quiet", "puzzle"))
    if order.oversight.unreasonable:
        found.append(Mark(say("order.flag.unreasonable"), "quiet", "slash-circle"))
    return found


def _counted(order: WorkOrder) -> list[Mark]:
    returned = sum(a.state is AssignmentState.RETURNED for a in order.assignments)
    counts = (
        ("repeats", len(order.taking.repeats), "layers"),
        ("links", len(order.links), "link-45deg"),
        ("redo", max((a.redo for a in order.assignments), default=0), "arrow-repeat"),
        ("returned", returned, "arrow-return-left"),
        ("extended", sum(a.extensions for a in order.assignments), "calendar-plus"),
    )
    return [Mark(say(f"order.flag.{name}", count=count), "quiet", icon) for name, count, icon in counts if count]
