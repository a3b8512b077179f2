"""Which two facts, written without sight of each other, go before a person: a table by their kinds. What stands in no line is harmless.

HARD: the two cannot both hold, or the fold lets one of them fall. SOFT: both hold, but each should know of the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from county_hotline.domain import facts as f
from county_hotline.domain.facts import Fact, changed_fields
from county_hotline.domain.vocabulary import DISSATISFIED, AssignmentRole, HandedOver


class Grade(str, Enum):
    """HARD: the two cannot both hold. SOFT: both hold, but each should know of the other."""

    HARD = "hard"
    SOFT = "soft"


When = Callable[[Fact, Fact], bool]
Kinds = tuple[type[Fact], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: facts of these kinds, where everything in `when` holds of the pair."""

    grade: Grade
    code: str
    """Wording key below `clash.`."""
    ones: Kinds
    others: Kinds
    when: tuple[When, ...] = ()


def _same(*names: str) -> When:
    return lambda one, other: all(getattr(one, name) == getattr(other, name) for name in names)


def _differ(*names: str) -> When:
    return lambda one, other: any(getattr(one, name) != getattr(other, name) for name in names)


def _one_leads(one: Fact, other: Fact) -> bool:
    by_rule = getattr(one, "fallback_rule", False)
    return getattr(one, "role", None) is AssignmentRole.LEAD or bool(by_rule)


def _both_lead(one: Fact, other: Fact) -> bool:
    return _one_leads(one, other) and _one_leads(other, one)


def _one_taken(one: Fact, other: Fact) -> bool:
    return getattr(one, "result", None) is HandedOver.TAKEN


def _other_dissatisfied(one: Fact, other: Fact) -> bool:
    return getattr(other, "satisfaction", None) in DISSATISFIED


def _one_approved(one: Fact, other: Fact) -> bool:
    return bool(getattr(one, "approved", False))


def _other_failed(one: Fact, other: Fact) -> bool:
    return not getattr(other, "passed", True)


def _other_takes_back_consent(one: Fact, other: Fact) -> bool:
    return getattr(other, "public", None) is False or bool(getattr(other, "confidential", False))


def _both_settle(one: Fact, other: Fact) -> bool:
    return not getattr(one, "to_centre", True) and not getattr(other, "to_centre", True)


def _other_kind(one: Fact, other: Fact) -> bool:
    return type(one) is not type(other)


HARD, SOFT = Grade.HARD, Grade.SOFT
DECIDED: Kinds = (
    f.SendBackDecided,
    f.ExtensionDecided,
    f.SuspensionDecided,
    f.HardCaseDecided,
    f.UnreasonableDecided,
    f.AppealDecided,
)
ENDINGS: Kinds = (f.PathTold, f.AnsweredAtOnce, f.Merged, f.Voided, f.Finished)
"""Ways to end an order; 紧急转接 is none where the other side left part of it to us."""
AT_THE_COUNTER: Kinds = (f.PathTold, f.AnsweredAtOnce, f.Merged, f.Voided)
ASKED: Kinds = (f.SendBackAsked, f.ExtensionAsked, f.SuspensionAsked)
APPLIED: Kinds = (*ASKED, f.HardCaseAsked, f.UnreasonableAsked, f.AppealAsked)
AT_WORK: Kinds = (f.SignedFor, f.ContactMade, f.Replied, f.Resumed, *ASKED)
"""What a unit does with its round."""

RULES: tuple[Rule, ...] = (
    # 派单
    Rule(HARD, "two_leads", (f.Dispatched,), (f.Dispatched,), (_both_lead, _differ("agency"))),
    Rule(SOFT, "dispatched_twice", (f.Dispatched,), (f.Dispatched,), (_both_lead,)),
    Rule(HARD, "two_leads", (f.Dispatched,), (f.RedoOrdered,), (_one_leads, _differ("agency"))),
    Rule(SOFT, "moved_meanwhile", (f.Dispatched,), AT_WORK, (_one_leads, _differ("agency"))),
    Rule(HARD, "recalled_while_replied", (f.Recalled,), (f.Replied,), (_same("agency"),)),
    Rule(HARD, "recalled_while_dispatched", (f.Recalled,), (f.Dispatched,), (_same("agency"),)),
    Rule(SOFT, "moved_meanwhile", (f.Recalled,), AT_WORK, (_same("agency"),)),
    Rule(SOFT, "asked_while_dispatched", (f.MoreAsked,), (f.Dispatched,)),
    # 两处用不同的办法了结
    Rule(HARD, "ended_while_dispatched", AT_THE_COUNTER, (f.Dispatched,)),
    Rule(HARD, "ended_while_dispatched", (f.EmergencyTransferred,), (f.Dispatched,), (_one_taken,)),
    Rule(HARD, "two_merges", (f.Merged,), (f.Merged,), (_differ("into"),)),
    Rule(HARD, "two_endings", ENDINGS, ENDINGS, (_other_kind,)),
    Rule(HARD, "two_endings", (f.Voided,), (f.EmergencyTransferred,)),
    Rule(SOFT, "told_twice", (f.PathTold,), (f.PathTold,), (_differ("reason", "path"),)),
    Rule(SOFT, "answered_twice", (f.AnsweredAtOnce,), (f.AnsweredAtOnce,), (_differ("answer"),)),
    Rule(HARD, "joined_what_ended", (f.RepeatJoined,), (f.Merged, f.Voided)),
    Rule(SOFT, "joined_meanwhile", (f.RepeatJoined,), (f.PathTold, f.AnsweredAtOnce, f.Finished, f.Archived)),
    Rule(SOFT, "added_meanwhile", (f.MoreGiven,), (*ENDINGS, f.Replied)),
    # 办结, 重办, 重新打开
    Rule(HARD, "two_outcomes", (f.Finished,), (f.Finished,), (_differ("outcome"),)),
    Rule(HARD, "finished_while_dispatched", (f.Finished,), (f.Dispatched,)),
    Rule(HARD, "redo_while_finished", (f.RedoOrdered,), (f.Finished, f.Archived)),
    Rule(HARD, "reopened_while_finished", (f.Reopened,), (f.Finished, f.Archived)),
    Rule(HARD, "given_back_while_finished", (f.Finished,), (f.Reviewed,), (_other_failed,)),
    Rule(SOFT, "finished_while_dissatisfied", (f.Finished, f.Archived), (f.Rated, f.FollowedUp), (_other_dissatisfied,)),
    Rule(SOFT, "finished_meanwhile", (f.Finished,), (*AT_WORK, f.Corrected, f.Recalled, f.Urged)),
    Rule(SOFT, "reopened_twice", (f.Reopened,), (f.Reopened,)),
    Rule(SOFT, "redo_twice", (f.RedoOrdered,), (f.RedoOrdered,), (_same("agency"),)),
    Rule(SOFT, "archived_twice", (f.Archived,), (f.Archived,), (_differ("file_number", "keep_years"),)),
    Rule(HARD, "published_while_withdrawn", (f.Published,), (f.Corrected,), (_other_takes_back_consent,)),
    Rule(HARD, "published_while_withdrawn", (f.Published,), (f.WordsErased,)),
    Rule(SOFT, "published_twice", (f.Published,), (f.Published,), (_differ("title", "text"),)),
    # 申请和审核
    Rule(HARD, "two_verdicts", DECIDED, DECIDED, (_same("asked"), _differ("approved"))),
    Rule(HARD, "two_verdicts", (f.ExtensionDecided,), (f.ExtensionDecided,), (_same("asked"), _differ("due_on"))),
    Rule(HARD, "two_verdicts", (f.SuspensionDecided,), (f.SuspensionDecided,), (_same("asked"), _differ("review_on"))),
    Rule(SOFT, "decided_twice", DECIDED, DECIDED, (_same("asked"),)),
    Rule(HARD, "two_reviews", (f.Reviewed,), (f.Reviewed,), (_same("agency"), _differ("passed"))),
    Rule(SOFT, "replied_meanwhile", (f.Reviewed, f.RedoOrdered), (f.Replied,), (_same("agency"),)),
    Rule(
        SOFT,
        "replied_meanwhile",
        (f.SendBackDecided, f.ExtensionDecided, f.SuspensionDecided),
        (f.Replied,),
        (_same("agency"), _one_approved),
    ),
    Rule(SOFT, "urged_meanwhile", (f.Urged,), (f.Replied,), (_same("agency"),)),
    *(Rule(SOFT, "asked_twice", (kind,), (kind,), (_same("agency"),)) for kind in ASKED),
    Rule(SOFT, "followed_up_twice", (f.FollowedUp,), (f.FollowedUp,)),
    # 一线处置
    Rule(HARD, "two_calls", (f.UnitsCalled,), (f.UnitsCalled,), (_same("caller", "call"),)),
    Rule(HARD, "two_findings", (f.SiteFindings,), (f.SiteFindings,), (_same("caller", "call"),)),
    Rule(HARD, "cancelled_while_found", (f.CallCancelled,), (f.SiteFindings,), (_same("caller", "call"),)),
    Rule(SOFT, "cancelled_meanwhile", (f.CallCancelled,), (f.CallAnswered, f.ArrivalSigned), (_same("caller", "call"),)),
    Rule(HARD, "two_scores", (f.CallScored,), (f.CallScored,), (_same("caller", "call", "by", "of"), _differ("score"))),
    Rule(
        SOFT, "call_answered_twice", (f.CallAnswered,), (f.CallAnswered,), (_same("caller", "call", "agency"), _differ("comes"))
    ),
    # 督办, 亮牌
    Rule(HARD, "two_supervisions", (f.SupervisionIssued,), (f.SupervisionIssued,), (_same("supervision"),)),
    Rule(SOFT, "closed_meanwhile", (f.SupervisionClosed,), (f.SupervisionReplied,), (_same("supervision"),)),
    Rule(SOFT, "closed_twice", (f.SupervisionClosed,), (f.SupervisionClosed,), (_same("supervision"),)),
    Rule(SOFT, "card_twice", (f.CardShown,), (f.CardShown,), (_same("agency", "card"),)),
    # 同一事项
    Rule(HARD, "two_clusters", (f.Clustered,), (f.Clustered,), (_differ("cluster"),)),
    # 待核对
    Rule(
        HARD,
        "settled_differently",
        (f.ClashSettled,),
        (f.ClashSettled,),
        (_both_settle, _same("acts"), _differ("stands", "fields")),
    ),
    Rule(SOFT, "settled_twice", (f.ClashSettled,), (f.ClashSettled,), (_both_settle, _same("acts"))),
)
HARMLESS: Kinds = (
    f.Accepted,  # only the number's own station writes it
    f.AttachmentAdded,
    f.NoteAdded,
    f.Withdrawn,  # only its own station writes it, and nobody else was given what it withdraws
    f.CitizenTold,
    f.HardCaseAsked,  # each is decided by itself
    f.UnreasonableAsked,
    f.AppealAsked,
    f.CardTakenBack,
    f.Linked,  # twice is once
    f.Unlinked,
    f.Unclustered,  # takes out of the one it names, wherever the order was put meanwhile
    f.DueRecomputed,  # moves only a limit that still is the one it counted anew
)
"""Kinds that stand in no line, and why they need none where that is not plain."""


def _index() -> dict[tuple[type[Fact], type[Fact]], tuple[Rule, ...]]:
    found: dict[tuple[type[Fact], type[Fact]], tuple[Rule, ...]] = {}
    for rule in RULES:
        for one in rule.ones:
            for other in rule.others:
                found[one, other] = (*found.get((one, other), ()), rule)
    return found


_BY_KINDS = _index()


def rule_for(one: Fact, other: Fact) -> Rule | None:
    """The first line that holds of the two in this order."""
    for rule in _BY_KINDS.get((type(one), type(other)), ()):
        if all(holds(one, other) for holds in rule.when):
            return rule
    return None


def two_corrections(one: f.Corrected, other: f.Corrected) -> tuple[Grade, str, tuple[str, ...]]:
    """HARD where both made something else of a field; the fields are named."""
    mine, theirs = changed_fields(one), changed_fields(other)
    both = tuple(name for name in mine if name in theirs and mine[name] != theirs[name])
    if one.person and other.person:
        both = (*both, "person")
    if both:
        return HARD, "same_field_corrected", both
    return SOFT, "corrected_meanwhile", tuple(dict.fromkeys((*mine, *theirs)))
