"""Which of two clashing acts stands until a person settles: a table by code of clash and by field, weighed by source.

What the level above says of state, unit and deadline stands; what the station wrote of the caller's words stands until the request was
passed on to a unit (domain brief 2.5). Among equals what keeps a request with somebody stands (有诉必理), then the stricter. Every line
is a list of weights, so that the answer cannot depend on which of the two came first; where they weigh the same the agreed order decides.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, IntEnum
from typing import Final, NamedTuple

from county_hotline.domain import facts as f
from county_hotline.domain.authority import WRITERS, Writer
from county_hotline.domain.civil_time import start_of_day_ms
from county_hotline.domain.facts import Fact
from county_hotline.domain.happened import Happened
from county_hotline.domain.numbering import is_of
from county_hotline.domain.vocabulary import ClashMatter, Outcome
from county_hotline.ids import Number


class Source(IntEnum):
    """Who speaks, as far as the story itself tells it; what weighs more of state, unit and deadline stands last."""

    UNIT = 0
    """承办单位, of its own round."""
    TAKER = 1
    """The station that took the request."""
    ABOVE = 2
    """县中心: whoever writes what only the centre may write, or writes of an order that another station took."""


class Stands(Enum):
    """Which of two acts holds until a person settles."""

    ONE = "one"
    OTHER = "other"
    AS_IT_CAME = "as_it_came"
    """Neither weighs more: the fold takes them in the agreed order, as it takes any two."""


class Act(NamedTuple):
    """One of two clashing acts, with what it is weighed by."""

    fact: Fact
    source: Source
    passed_on: bool = False
    """Whether both had seen the request go to a unit."""


Weight = Callable[[Act], int]


def source_of(number: Number, event: Happened) -> Source:
    """Who wrote it. A post of the centre that took the request itself speaks as its taker, save in what only the centre may write."""
    writer = WRITERS.get(type(event.fact))
    if writer is Writer.CENTRE:
        return Source.ABOVE
    if writer in (Writer.UNIT, Writer.HAND):
        return Source.UNIT
    return Source.TAKER if is_of(number, event.station) else Source.ABOVE


# ---------------------------------------------------------------- weights: the heavier stands

_GOES_ON: Final = (f.Dispatched, f.RedoOrdered, f.Reopened, f.RepeatJoined)
_TOLD: Final = (f.Voided, f.Merged, f.PathTold, f.AnsweredAtOnce, f.Finished, f.EmergencyTransferred)
_CLAIMED: Final = (Outcome.SOLVED, Outcome.ANSWERED, Outcome.EXPLAINED, Outcome.UNSOLVED)


def above(act: Act) -> int:
    """县中心 before the station, the station before a unit."""
    return int(act.source)


def goes_on(act: Act) -> int:
    """What leaves the request with somebody before what ends it or lets it go."""
    failed = isinstance(act.fact, f.Reviewed) and not act.fact.passed
    return int(failed or isinstance(act.fact, _GOES_ON))


def new_lead(act: Act) -> int:
    """A new unit before another round of the one before."""
    return int(isinstance(act.fact, f.Dispatched))


def told_more(act: Act) -> int:
    """Of two endings the one that told the caller more; 作废 is the last."""
    return _TOLD.index(type(act.fact)) if isinstance(act.fact, _TOLD) else -1


def claims_less(act: Act) -> int:
    """Of two outcomes the one that claims less."""
    return _CLAIMED.index(act.fact.outcome) if isinstance(act.fact, f.Finished) else -1


def refuses(act: Act) -> int:
    """What leaves limit and unit as they were before what changes them."""
    return int(not getattr(act.fact, "approved", True) or not getattr(act.fact, "passed", True))


def earlier_day(act: Act) -> int:
    """Of two days granted the earlier: the limit is not moved further than both agreed to."""
    return -start_of_day_ms(getattr(act.fact, "due_on", "") or getattr(act.fact, "review_on", ""))


def wish(act: Act) -> int:
    """The caller's wish not to be shown, and the law, before what was published."""
    return int(not isinstance(act.fact, f.Published))


def really_happened(act: Act) -> int:
    """What was done by people somewhere before what was only written down."""
    return int(isinstance(act.fact, f.EmergencyTransferred | f.SiteFindings))


def still_asked(act: Act) -> int:
    """An application that nobody had read when it was decided is still asked."""
    return int(not hasattr(act.fact, "asked"))


PRECEDENCE: Final[dict[str, tuple[Weight, ...]]] = {
    "two_leads": (new_lead,),
    "recalled_while_replied": (above,),
    "recalled_while_dispatched": (goes_on,),
    "ended_while_dispatched": (goes_on,),
    "two_merges": (above,),
    "two_endings": (really_happened, above, told_more),
    "joined_what_ended": (goes_on,),
    "two_outcomes": (claims_less,),
    "finished_while_dispatched": (goes_on,),
    "redo_while_finished": (goes_on,),
    "reopened_while_finished": (goes_on,),
    "given_back_while_finished": (goes_on,),
    "published_while_withdrawn": (wish,),
    "two_verdicts": (refuses, earlier_day),
    "decided_too_early": (still_asked,),
    "two_reviews": (refuses,),
    "two_calls": (),
    "two_findings": (),
    "cancelled_while_found": (really_happened,),
    "two_scores": (),
    "two_supervisions": (),
    "two_clusters": (above,),
    "settled_differently": (above,),
}
"""By code of a hard clash of whole acts. A soft clash needs no line: both acts hold."""

# ---------------------------------------------------------------- fields of two corrections

CALLER_WORDS: Final = frozenset(
    {
        "title",
        "content",
        "demand",
        "place",
        "place_detail",
        "person",
        "people",
        "channel",
        "anonymous",
        "confidential",
        "public",
    }
)
"""What the caller said, or is. The other fields say who handles it and how fast."""
PROTECTS: Final[dict[str, bool]] = {"anonymous": True, "confidential": True, "public": False}
"""Of these the value that protects the caller stands, whoever wrote it."""


def matter_of_fields(fields: tuple[str, ...]) -> ClashMatter:
    """What two corrections are about: the caller's words where they touch nothing else."""
    return ClashMatter.WORDS if fields and set(fields) <= CALLER_WORDS else ClashMatter.STATE


def _protects(field: str) -> Weight:
    return lambda act: int(getattr(act.fact, field, None) is PROTECTS[field])


def _took_it(act: Act) -> int:
    """Who heard the caller, until the request was passed on; then the level above."""
    return int(act.source is Source.TAKER) if not act.passed_on else above(act)


def weights(code: str, field: str = "") -> tuple[Weight, ...]:
    """By what a hard clash of this code, or this field of it, is weighed. Raises KeyError for a code that has no line."""
    if not field:
        return PRECEDENCE[code]
    if field in PROTECTS:
        return (_protects(field), _took_it)
    return (_took_it,) if field in CALLER_WORDS else (above,)


def stands(code: str, one: Act, other: Act, field: str = "") -> Stands:
    """Which of the two holds until a person settles it."""
    for weight in weights(code, field):
        mine, theirs = weight(one), weight(other)
        if mine != theirs:
            return Stands.ONE if mine > theirs else Stands.OTHER
    return Stands.AS_IT_CAME
