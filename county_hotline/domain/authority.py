"""谁可以做什么, as data: which duties each officer's role has, and which kinds of fact each station may write. Desk and hub both ask here."""

from __future__ import annotations

from enum import Enum
from typing import Final

from county_hotline.domain import facts as f
from county_hotline.domain.facts import KINDS, Fact
from county_hotline.domain.numbering import is_of
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.ids import Number

# ---------------------------------------------------------------- officers

COUNTER: Final = frozenset(
    {"accept", "answer", "tell_path", "transfer_emergency", "ask_more", "give_more", "merge", "urge", "rate", "follow_up"}
    | {"correct", "attach", "note", "print", "sync", "inbox", "answer_supervision", "tell_citizen"}
)
ON_SITE: Final = frozenset({"call_units", "answer_call", "sign_arrival", "find", "score_call", "cancel_call"})
HANDLING: Final = frozenset(
    {"sign_for", "make_contact", "reply", "ask_send_back", "ask_extension", "ask_suspension", "resume", "tell_citizen"}
    | {"ask_hard_case", "ask_unreasonable", "appeal", "answer_supervision", "attach", "note", "print", "sync", "give_more"}
)
DECIDING: Final = frozenset({"decide_send_back", "decide_extension", "decide_suspension"})
JUDGING: Final = frozenset({"decide_hard_case", "decide_unreasonable", "decide_appeal"})
CENTRAL: Final = frozenset({"dispatch", "recall", "reopen", "void", "merge", "finish", "archive"})
REVIEWING: Final = frozenset({"review", "redo", "finish", "follow_up", "rate", "publish", "archive"})
SUPERVISING: Final = frozenset({"supervise", "close_supervision", "show_card", "take_back_card", "urge"})

DUTIES: Final[dict[OfficerRole, frozenset[str]]] = {
    OfficerRole.CLERK: COUNTER | ON_SITE,
    OfficerRole.DISPATCHER: COUNTER | CENTRAL | DECIDING | frozenset({"recompute"}),
    OfficerRole.HANDLER: HANDLING | ON_SITE,
    OfficerRole.REVIEWER: COUNTER | REVIEWING | DECIDING,
    OfficerRole.SUPERVISOR: COUNTER | SUPERVISING | JUDGING,
    OfficerRole.LEADER: COUNTER | ON_SITE | HANDLING | DECIDING | JUDGING | CENTRAL | REVIEWING | SUPERVISING
    | frozenset({"unmask", "erase", "recompute"}),
    OfficerRole.ADMIN: frozenset({"accounts", "settings", "reference", "erase", "sync", "upkeep", "recompute"}),
}  # fmt: skip
"""Which acts each role's duties include. Clerks see their own callers' particulars by unmasking with a reason: see looking_up."""

# ---------------------------------------------------------------- stations


class Writer(Enum):
    """Which stations may write a kind of fact."""

    ANYBODY = "anybody"
    TAKER = "taker"
    """The station that took the request, or the centre."""
    CENTRE = "centre"
    UNIT = "unit"
    """A station of the unit the fact speaks for, or the centre in its name."""
    HAND = "hand"
    """A station of the unit that calls, or of the one that is called, or the centre."""


WRITERS: Final[dict[type[Fact], Writer]] = {
    f.Accepted: Writer.TAKER,
    f.Corrected: Writer.ANYBODY,
    f.EmergencyTransferred: Writer.TAKER,
    f.AnsweredAtOnce: Writer.TAKER,
    f.PathTold: Writer.TAKER,
    f.MoreAsked: Writer.TAKER,
    f.MoreGiven: Writer.ANYBODY,
    f.Merged: Writer.TAKER,
    f.RepeatJoined: Writer.TAKER,
    f.Voided: Writer.TAKER,
    f.Dispatched: Writer.CENTRE,
    f.Recalled: Writer.CENTRE,
    f.SendBackAsked: Writer.UNIT,
    f.SendBackDecided: Writer.CENTRE,
    f.SignedFor: Writer.UNIT,
    f.ContactMade: Writer.UNIT,
    f.ExtensionAsked: Writer.UNIT,
    f.ExtensionDecided: Writer.CENTRE,
    f.SuspensionAsked: Writer.UNIT,
    f.SuspensionDecided: Writer.CENTRE,
    f.Resumed: Writer.UNIT,
    f.CitizenTold: Writer.ANYBODY,
    f.Replied: Writer.UNIT,
    f.Reviewed: Writer.CENTRE,
    f.RedoOrdered: Writer.CENTRE,
    f.Rated: Writer.TAKER,
    f.FollowedUp: Writer.TAKER,
    f.Reopened: Writer.CENTRE,
    f.Finished: Writer.CENTRE,
    f.Archived: Writer.CENTRE,
    f.Published: Writer.CENTRE,
    f.UnitsCalled: Writer.HAND,
    f.CallAnswered: Writer.HAND,
    f.ArrivalSigned: Writer.HAND,
    f.SiteFindings: Writer.HAND,
    f.CallScored: Writer.HAND,
    f.CallCancelled: Writer.HAND,
    f.Urged: Writer.TAKER,
    f.SupervisionIssued: Writer.CENTRE,
    f.SupervisionReplied: Writer.UNIT,
    f.SupervisionClosed: Writer.CENTRE,
    f.CardShown: Writer.CENTRE,
    f.CardTakenBack: Writer.CENTRE,
    f.HardCaseAsked: Writer.UNIT,
    f.HardCaseDecided: Writer.CENTRE,
    f.UnreasonableAsked: Writer.UNIT,
    f.UnreasonableDecided: Writer.CENTRE,
    f.AppealAsked: Writer.UNIT,
    f.AppealDecided: Writer.CENTRE,
    f.DueRecomputed: Writer.CENTRE,
    f.AttachmentAdded: Writer.ANYBODY,
    f.NoteAdded: Writer.ANYBODY,
    f.WordsErased: Writer.ANYBODY,
}
assert set(WRITERS) == set(KINDS.values())


def may_write(card: StationCard, number: Number, fact: Fact) -> bool:
    """Whether a station may write this of that order. What is not known here is let pass: it is stored and passed on, never folded."""
    writer = WRITERS.get(type(fact), Writer.ANYBODY)
    if writer is Writer.ANYBODY or card.role is StationRole.CENTRE:
        return True
    match writer:
        case Writer.TAKER:
            return is_of(number, card.station)
        case Writer.UNIT:
            return bool(getattr(fact, "agency", "") == card.unit)
        case Writer.HAND:
            units = (getattr(fact, name, "") for name in ("caller", "agency", "by"))
            return card.unit in units
        case _:
            return False
