"""What two people did without seeing each other, and which cannot simply both hold: a pure function of the agreed order.

An entry's `basis` says how far its writer had seen the others. Whatever others wrote between there and the entry's own place
was unseen by its writer. Both acts are kept; the pair goes before a person (待核对).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from county_hotline.domain.facts import Corrected, Dispatched, Fact, Finished, Replied, SignedFor, changed_fields
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import AssignmentRole
from county_hotline.ids import EntryId


class Grade(str, Enum):
    """HARD: the two cannot both hold. SOFT: both hold, but each should know of the other."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Clash:
    """One pair for review: `first` came first in the agreed order, `second` was written without having seen it."""

    grade: Grade
    code: str
    """Wording key below `clash.`."""
    first: EntryId
    second: EntryId
    fields: tuple[str, ...] = ()


def clashes_in(story: Sequence[Happened]) -> tuple[Clash, ...]:
    """Every clash of one order's story, which is in the agreed order."""
    place_of = {event.entry_id: place for place, event in enumerate(story)}
    found = []
    for place, event in enumerate(story):
        horizon = -1 if event.basis is None else place_of.get(event.basis, -1)
        unseen = (other for other in story[horizon + 1 : place] if other.author != event.author)
        found += [clash for other in unseen if (clash := _between(other, event))]
    return tuple(found)


def _between(first: Happened, second: Happened) -> Clash | None:
    graded = grade(first.fact, second.fact) or grade(second.fact, first.fact)
    if graded is None:
        return None
    level, code, fields = graded
    return Clash(level, code, first.entry_id, second.entry_id, fields)


def grade(one: Fact, other: Fact) -> tuple[Grade, str, tuple[str, ...]] | None:
    """How these two, unseen by each other, stand together; None: no matter."""
    match one, other:
        case Dispatched(agency=a, role=AssignmentRole.LEAD), Dispatched(agency=b, role=AssignmentRole.LEAD):
            return (Grade.HARD, "two_leads", ()) if a != b else (Grade.SOFT, "dispatched_twice", ())
        case Corrected(), Corrected():
            return _two_corrections(one, other)
        case Finished(outcome=a), Finished(outcome=b):
            return (Grade.HARD, "two_outcomes", ()) if a != b else None
        case Finished(), Dispatched():
            return Grade.HARD, "finished_while_dispatched", ()
        case Finished(), Replied() | Corrected() | SignedFor():
            return Grade.SOFT, "finished_meanwhile", ()
        case Dispatched(agency=a, role=AssignmentRole.LEAD), SignedFor(agency=b) | Replied(agency=b) if a != b:
            return Grade.SOFT, "moved_meanwhile", ()
    return None


def _two_corrections(one: Corrected, other: Corrected) -> tuple[Grade, str, tuple[str, ...]] | None:
    mine, theirs = changed_fields(one), changed_fields(other)
    both = tuple(name for name in mine if name in theirs and mine[name] != theirs[name])
    if one.person and other.person:
        both = (*both, "person")
    if both:
        return Grade.HARD, "same_field_corrected", both
    return Grade.SOFT, "corrected_meanwhile", tuple(dict.fromkeys((*mine, *theirs)))
