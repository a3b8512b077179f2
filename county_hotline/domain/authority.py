"""谁可以做什么, as data: which duties each officer's role has, and which kinds of fact each station may write. Desk and hub both ask here."""

from __future__ import annotations

from enum import Enum
from typing import Final

from county_hotline.domain import facts as f
from county_hotline.domain.facts import KINDS, Fact
from county_hotline.domain.numbering import is_of
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import ClashMatter, OfficerRole, StationRole
from county_hotline.ids import Number

# ---------------------------------------------------------------- officers

COUNTER: Final = frozenset(
    {"accept", "answer", "tell_path", "transfer_emergency", "ask_more", "give_more", "merge", "urge", "rate", "follow_up"}
    | {"correct", "attach", "note", "print", "sync", "inbox", "answer_supervision", "tell_citizen", "repair"}
    | {"settle", "link", "unlink", "cluster", "uncluster"}
)
ON_SITE: Final = frozenset({"call_units", "answer_call", "sign_arrival", "find", "score_call", "cancel_call"})
HANDLING: Final = frozenset(
    {"sign_for", "make_contact", "reply", "ask_send_back", "ask_extension", "ask_suspension", "resume", "tell_citizen"}
    | {
        "ask_hard_case",
        "ask_unreasonable",
        "appeal",
        "answer_supervision",
        "attach",
        "note",
        "print",
        "sync",
        "give_more",
        "repair",
        "link",
        "unlink",
    }
)
DECIDING: Final = frozenset({"decide_send_back", "decide_extension", "decide_suspension", "settle_state"})
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
    | frozenset({"unmask", "erase", "recompute", "reference"}),
    OfficerRole.ADMIN: frozenset({"accounts", "settings", "reference", "erase", "sync", "upkeep", "recompute"}),
}  # fmt: skip
"""Which acts each role's duties include. Clerks see their own callers' particulars by unmasking with a reason: see looking_up."""

# ---------------------------------------------------------------- stations


class Writer(Enum):
    """Which stations may write a kind of fact."""

    ANYBODY = "anybody"
    GIVER = "giver"
    """The station whose number it is, and nobody else: numbers can be foretold."""
    TAKER = "taker"
    """A station of the unit that took the request, or the centre."""
    CENTRE = "centre"
    UNIT = "unit"
    """A station of the unit the fact speaks for, or the centre in its name."""
    TELLER = "teller"
    """Whoever is `TAKER` or `UNIT`."""
    SETTLER = "settler"
    """The centre; of what the caller said also whoever is `TAKER`."""
    HAND = "hand"
    """A station of the unit that calls, or of the one that is called, or the centre."""
    AUTHOR = "author"
    """The station that wrote the record it is about, and nobody else."""


WRITERS: Final[dict[type[Fact], Writer]] = {
    f.Accepted: Writer.GIVER,
    f.Corrected: Writer.TAKER,
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
    f.CitizenTold: Writer.TELLER,
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
    f.CallScored: Writer.UNIT,
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
    f.Linked: Writer.ANYBODY,  # who has two orders may say that they belong together; it brings neither to anybody
    f.Unlinked: Writer.ANYBODY,
    f.Clustered: Writer.ANYBODY,
    f.Unclustered: Writer.ANYBODY,
    f.ClashSettled: Writer.SETTLER,
    f.WordsErased: Writer.TAKER,  # and, of its own entries, the station that wrote them
    f.Withdrawn: Writer.AUTHOR,
}
assert set(WRITERS) == set(KINDS.values())


def may_write(card: StationCard, number: Number, fact: Fact, *, taken_by: str = "", author: str = "") -> bool:
    """Whether a station may write this of that order, as far as the order concerns it at all. `taken_by`: the unit named in the order's
    acceptance (without it only the station whose number it is has taken it); `author`: the station whose words an erasure erases, or whose record is withdrawn.

    A kind not known here is let pass: it is stored and passed on, never folded. A newer version of a known kind, and one whose words are
    gone, is judged by its kind as far as that goes.
    """
    kind = KINDS.get(getattr(fact, "kind_on_disk", fact.kind))
    writer = WRITERS[kind] if kind else Writer.ANYBODY
    if writer is Writer.GIVER:
        return is_of(number, card.station)
    if writer is Writer.AUTHOR:
        return author == card.station
    if writer is Writer.ANYBODY or card.role is StationRole.CENTRE or (kind is f.WordsErased and author == card.station):
        return True
    if writer is Writer.SETTLER:
        about_words = not isinstance(fact, f.ClashSettled) or fact.matter is ClashMatter.WORDS
        writer = Writer.TAKER if about_words else Writer.CENTRE
    if writer in (Writer.TAKER, Writer.TELLER) and (is_of(number, card.station) or taken_by == card.unit != ""):
        return True
    if writer in (Writer.TAKER, Writer.CENTRE):
        return False
    return type(fact) is not kind or card.unit in _speaks_for(fact)


def _speaks_for(fact: Fact) -> set[str]:
    """The units in whose name a fact may be written. A called unit's arrival and answer may be written from the caller's sheet; what a
    unit thinks of the other (互评) is its own to say."""
    names = ("by",) if isinstance(fact, f.CallScored) else ("agency", "caller")
    return {getattr(fact, name, "") for name in names} - {""}
