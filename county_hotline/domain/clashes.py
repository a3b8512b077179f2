"""What two people did without seeing each other, and which cannot simply both hold: a pure function of the agreed order.

An entry's `basis` says how far its writer had seen the others (`sight`). What else others wrote before the entry's own place was
unseen by its writer. Both acts are kept; the pair goes before a person (待核对).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from county_hotline.domain.clash_rules import APPLIED, DECIDED, Grade, rule_for, two_corrections
from county_hotline.domain.facts import Corrected, Fact
from county_hotline.domain.happened import Happened
from county_hotline.domain.precedence import matter_of_fields
from county_hotline.domain.sight import Sight
from county_hotline.domain.vocabulary import ClashMatter
from county_hotline.ids import EntryId

__all__ = ["Clash", "Grade", "clashes_in", "grade"]


AT_MOST_UNSEEN: Final = 100
"""With so many acts before it an act is compared, of those that it says not to have seen. No office writes more of one order unseen; whoever
does writes to make every PC that has the order count for ever."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One pair for review: `first` came first in the agreed order, `second` was written without having seen it."""

    grade: Grade
    code: str
    """Wording key below `clash.`."""
    first: EntryId
    second: EntryId
    fields: tuple[str, ...] = ()
    matter: ClashMatter = ClashMatter.STATE
    to_centre: bool = False
    """Somebody who may settle it has left it to the centre."""


def clashes_in(story: Sequence[Happened]) -> tuple[Clash, ...]:
    """Every clash of one order's story, which is in the agreed order."""
    sight = Sight(story)
    return tuple(
        clash
        for place, event in enumerate(story)
        for other in sight.unseen_by(place, at_most=AT_MOST_UNSEEN)
        if (clash := _between(story[other], event))
    )


def _between(first: Happened, second: Happened) -> Clash | None:
    if isinstance(second.fact, APPLIED) and isinstance(first.fact, DECIDED) and first.fact.asked == second.entry_id:  # type: ignore[attr-defined]
        return Clash(Grade.HARD, "decided_too_early", first.entry_id, second.entry_id)
    graded = grade(first.fact, second.fact) or grade(second.fact, first.fact)
    if graded is None:
        return None
    level, code, fields = graded
    return Clash(level, code, first.entry_id, second.entry_id, fields, matter_of_fields(fields))


def grade(one: Fact, other: Fact) -> tuple[Grade, str, tuple[str, ...]] | None:
    """How these two, unseen by each other, stand together (see clash_rules); None: no matter."""
    if isinstance(one, Corrected) and isinstance(other, Corrected):
        return two_corrections(one, other)
    rule = rule_for(one, other)
    return None if rule is None else (rule.grade, rule.code, ())
