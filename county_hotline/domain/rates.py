"""比率: how each rate of 总览 is put together. Formulas of DOMAIN 5.2; where that only proposes one, `is_agreed` says no and the page
writes 口径待核定 beside it. Places count differently: numerator, denominator and what is left out are always shown.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

import msgspec

from county_hotline.domain.tallies import Counted, Ratio


class Population(str, Enum):
    """Which orders of the span a rate looks at."""

    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    FINISHED = "finished"


class Formula(msgspec.Struct, frozen=True):
    """One rate: its words stand in `rate.<name>`, `rate.<name>.of` (denominator) and `rate.<name>.apart` (left out)."""

    name: str
    population: Population
    look_at: Counted
    """The orders behind it that are worth opening: those that were not as they should be."""
    is_agreed: bool = False
    """Whether a published sheet was recomputed by it (DOMAIN 5.2); else it is this program's proposal, for the county to settle."""
    by_round: bool = False
    """Counted by rounds of dispatch, not by orders."""


SIGNED_IN_TIME: Final = Formula("signed_in_time", Population.DISPATCHED, Counted.SIGNED_LATE, by_round=True)
"""及时签收率 = signed for in time / dispatched to units, per assignment (DOMAIN 5.2, 签收率 / 及时查阅率; a proposal). Left out: rounds whose
limit to sign is not known, and those taken away unsigned."""
REPLIED_IN_TIME: Final = Formula("replied_in_time", Population.DISPATCHED, Counted.REPLIED_LATE)
"""及时回复率 = replied within the limit / should have replied by now (DOMAIN 5.2; a proposal): replied, or the limit has passed. Left out: not
due yet, or no limit known."""
FINISHED_IN_TIME: Final = Formula("finished_in_time", Population.FINISHED, Counted.FINISHED_LATE, is_agreed=True)
"""按时办结率 = closed within the limit, approved extensions included / closed (DOMAIN 5.2; recomputed from a published sheet: 597 of 601 = 99 %).
Left out: closed without a known limit."""
SATISFIED: Final = Formula("satisfied", Population.FINISHED, Counted.DISSATISFIED)
"""满意率 = satisfied or very satisfied / valid evaluations (DOMAIN 5.2; a proposal: other places divide by all closed). Left out: not rated,
or held to be unreasonable. Nobody is satisfied for having said nothing."""
FAIRLY_SATISFIED: Final = Formula("fairly_satisfied", Population.FINISHED, Counted.DISSATISFIED)
"""基本满意率 = very satisfied, satisfied or fairly satisfied / valid evaluations (DOMAIN 5.2; a proposal). Left out as in 满意率."""
SOLVED: Final = Formula("solved", Population.FINISHED, Counted.UNSOLVED)
"""解决率 = said to be solved when called back / those who said so or the contrary (DOMAIN 5.2; a proposal). Not to be mixed with 满意率."""
CALLED_BACK: Final = Formula("called_back", Population.FINISHED, Counted.UNREACHED)
"""回访率 = reached by a call back / to be called back (DOMAIN 5.2; a proposal). Left out: nobody is to be called."""
ANSWERED: Final = Formula("answered", Population.ACCEPTED, Counted.ANSWERED)
"""直接答复率 = answered at once / accepted (DOMAIN 2.2 step 4, 直办; a proposal)."""

FORMULAS: Final = (
    SIGNED_IN_TIME,
    REPLIED_IN_TIME,
    FINISHED_IN_TIME,
    SATISFIED,
    FAIRLY_SATISFIED,
    SOLVED,
    CALLED_BACK,
    ANSWERED,
)
"""Every rate, in the order of the page."""
WHOLE: Final = 10_000


def hundredths(ratio: Ratio) -> int | None:
    """The rate in hundredths of a per cent; None without a denominator. Rounded to the nearest, but never up to 100.00 while one is missing
    (DOMAIN 5.1: 99.996 is 99.99), nor down to nothing while there is one."""
    if ratio.denominator <= 0:
        return None
    exact = ratio.numerator * WHOLE / ratio.denominator
    found = round(exact)
    if found >= WHOLE and ratio.numerator < ratio.denominator:
        return WHOLE - 1
    return max(found, 1) if ratio.numerator else 0


def percent(ratio: Ratio) -> str:
    """`97.20`; empty without a denominator."""
    found = hundredths(ratio)
    return "" if found is None else f"{found // 100}.{found % 100:02d}"
