"""对照: what both sides last agreed on, what each made of it, and what is left for a person. A pure function of the story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

import msgspec

from county_hotline.domain.clashes import Clash, Grade
from county_hotline.domain.facts import Corrected, changed_fields
from county_hotline.domain.folding import fold, standing
from county_hotline.domain.happened import Happened
from county_hotline.domain.numbering import is_of
from county_hotline.domain.sight import Sight
from county_hotline.domain.vocabulary import AssignmentRole
from county_hotline.domain.weighing import Weighing, weigh
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import EntryId, Life, Number, StationId

ASPECTS: Final = ("lead", "due_at", "helpers", "stage", "urgency")
"""What of an order as it stands is told beside what clashes."""
LEADS: Final = frozenset({"two_leads"})
"""Clashes that are themselves about who leads."""


FIRST_STANDS: Final = frozenset({"two_calls", "two_findings", "two_scores", "two_supervisions"})
"""Where neither weighs more the fold takes the first of these; of anything else the last."""


class RowState(str, Enum):
    """What is to be done about one line."""

    TO_CHOOSE = "to_choose"  # 要您定
    FOLLOWS = "follows"  # 随上面
    MERGED = "merged"  # 自动并好
    BOTH = "both"  # 两件都算
    SAME = "same"  # 相同


class Side(str, Enum):
    """Whose."""

    ONE = "one"
    OTHER = "other"


class Row(msgspec.Struct, frozen=True):
    """One line: a field of the request, a pair of acts, or an aspect of the order as it stands."""

    key: str
    """Name of the field or aspect, or `act1`, `act2` ... for a pair of acts."""
    state: RowState
    before: object
    one: object
    """A value, or for a pair of acts the act (`Happened`)."""
    other: object
    code: str = ""
    """Of the clash of a pair of acts."""
    one_changed: bool = False
    other_changed: bool = False
    holds: Side | None = None
    """Which is taken until somebody settles it."""
    clashes: tuple[Clash, ...] = ()

    @property
    def is_field(self) -> bool:
        """Whether another value may be written in its place."""
        return bool(self.clashes) and not self.code


class Hand(msgspec.Struct, frozen=True):
    """What one side did unseen by the other, in the agreed order."""

    station: StationId
    life: Life
    acts: tuple[Happened, ...]


class Comparison(msgspec.Struct, frozen=True):
    """One order's open clashes between two hands."""

    number: Number
    order: WorkOrder
    before: Happened | None
    """The last thing both had seen."""
    one: Hand
    """This station's own, else the side that took the request, else the earlier one."""
    other: Hand
    rows: tuple[Row, ...]
    """What is to be chosen first."""
    clashes: tuple[Clash, ...]
    more: int = 0
    """Clashes of this order with other hands, still to come."""

    @property
    def to_choose(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.state is RowState.TO_CHOOSE)

    def act_of(self, side: Side, clash: Clash) -> EntryId:
        """The act of this side in one of the clashes."""
        mine = {event.entry_id for event in (self.one if side is Side.ONE else self.other).acts}
        return clash.first if clash.first in mine else clash.second


def compare(number: Number, happened: Sequence[Happened], own: StationId) -> Comparison | None:
    """The first two hands of the order between which something is open; hard clashes first. None where nothing is."""
    story = standing(happened)
    open_still = sorted(weigh(number, story).open, key=lambda clash: clash.grade is not Grade.HARD)
    if not open_still:
        return None
    return _Comparing(number, story, open_still, own).answer()


class _Comparing:
    """The story of one order while it is compared."""

    def __init__(self, number: Number, story: Sequence[Happened], open_still: Sequence[Clash], own: StationId) -> None:
        self._number = number
        self._story = story
        self._event = {event.entry_id: event for event in story}
        hands = self._hands(open_still[0])
        self._clashes = tuple(clash for clash in open_still if self._hands(clash) == hands)
        self._more = len(open_still) - len(self._clashes)
        first, second = (self._event[act] for act in (open_still[0].first, open_still[0].second))
        turned = second.station == own != first.station or (first.station != own and is_of(number, second.station))
        self._one, self._other = (second, first) if turned else (first, second)
        sight = Sight(story)
        self._shared = sorted(
            set.intersection(*(set(sight.seen_by_both(clash.first, clash.second)) for clash in self._clashes))
        )
        self._weighing = Weighing(number, story, open_still)

    def _hands(self, clash: Clash) -> frozenset[tuple[StationId, Life]]:
        return frozenset(self._event[act].author for act in (clash.first, clash.second))

    def answer(self) -> Comparison:
        one, other = self._hand(self._one), self._hand(self._other)
        shared = [self._story[place] for place in self._shared]
        base = fold(self._number, shared)
        mine, theirs = (fold(self._number, [*shared, *hand.acts]) for hand in (one, other))
        chosen = [*self._fields(base, one, other), *self._acts(base)]
        rows = [*chosen, *_aspects((base, mine, theirs), chosen)]
        rows.sort(key=lambda row: list(RowState).index(row.state))
        return Comparison(
            number=self._number,
            order=fold(self._number, self._story),
            before=shared[-1] if shared else None,
            one=one,
            other=other,
            rows=tuple(rows),
            clashes=self._clashes,
            more=self._more,
        )

    def _hand(self, event: Happened) -> Hand:
        """Everything of this hand that the other had not seen, up to its last clashing act."""
        acts = {act for clash in self._clashes for act in (clash.first, clash.second)}
        last = max(place for place, each in enumerate(self._story) if each.author == event.author and each.entry_id in acts)
        unseen = (
            each
            for place, each in enumerate(self._story[: last + 1])
            if each.author == event.author and place not in self._shared
        )
        return Hand(event.station, event.life, tuple(unseen))

    # -- rows -------------------------------------------------------------------------------------------------------

    def _fields(self, base: WorkOrder, one: Hand, other: Hand) -> Iterator[Row]:
        """Every field that either side corrected, where corrections clash."""
        corrections = [clash for clash in self._clashes if self._is_of_fields(clash)]
        mine, theirs = _corrected(one), _corrected(other)
        for name in dict.fromkeys((*mine, *theirs)) if corrections else ():
            clashes = tuple(clash for clash in corrections if clash.grade is Grade.HARD and name in clash.fields)
            before = _value(base, name)
            yield Row(
                key=name,
                state=RowState.TO_CHOOSE if clashes else RowState.MERGED,
                before=before,
                one=mine.get(name, before),
                other=theirs.get(name, before),
                one_changed=name in mine,
                other_changed=name in theirs,
                holds=self._holds(clashes[-1], name) if clashes else None,
                clashes=clashes,
            )

    def _acts(self, base: WorkOrder) -> Iterator[Row]:
        whole = [clash for clash in self._clashes if not self._is_of_fields(clash)]
        for count, clash in enumerate(whole, start=1):
            first, second = self._event[clash.first], self._event[clash.second]
            one, other = (first, second) if first.author == self._one.author else (second, first)
            is_hard = clash.grade is Grade.HARD
            yield Row(
                key=f"act{count}",
                state=RowState.TO_CHOOSE if is_hard else RowState.BOTH,
                before=_lead(base) if clash.code in LEADS else base.stage,
                one=one,
                other=other,
                code=clash.code,
                one_changed=True,
                other_changed=True,
                holds=self._holds(clash, "") if is_hard else None,
                clashes=(clash,),
            )

    def _is_of_fields(self, clash: Clash) -> bool:
        return all(isinstance(self._event[act].fact, Corrected) for act in (clash.first, clash.second))

    def _holds(self, clash: Clash, field: str) -> Side:
        winner = self._weighing.winner(clash, field)
        if winner is None:
            winner = clash.first if clash.code in FIRST_STANDS else clash.second
        return Side.ONE if self._event[winner].author == self._one.author else Side.OTHER


def _corrected(hand: Hand) -> dict[str, object]:
    """What the hand's corrections made of each field, the later over the earlier."""
    found: dict[str, object] = {}
    for event in hand.acts:
        if isinstance(event.fact, Corrected):
            found |= changed_fields(event.fact)
            if event.fact.person:
                found["person"] = event.person
    return found


def _aspects(orders: tuple[WorkOrder, WorkOrder, WorkOrder], chosen: Sequence[Row]) -> Iterator[Row]:
    """How the order as a whole would stand by each side; what was told by a field or a pair already is left out."""
    told = {row.key for row in chosen} | ({"lead"} if any(row.code in LEADS for row in chosen) else set())
    follows = any(row.state is RowState.TO_CHOOSE and row.code for row in chosen)
    for name in ASPECTS:
        before, one, other = (_value(order, name) for order in orders)
        changed = (one != before, other != before)
        if name in told or (not any(changed) and not before):
            continue
        differ = all(changed) and one != other
        state = (
            RowState.SAME if not any(changed) else RowState.FOLLOWS if one != other and (follows or differ) else RowState.MERGED
        )
        yield Row(name, state, before, one, other, one_changed=changed[0], other_changed=changed[1])


def _value(order: WorkOrder, name: str) -> object:
    match name:
        case "lead":
            return _lead(order)
        case "helpers":
            return tuple(a.agency for a in order.live if a.role is AssignmentRole.HELPER)
        case "stage" | "due_at" | "person":
            return getattr(order, name)
    return getattr(order.accepted, name) if order.accepted else None


def _lead(order: WorkOrder) -> str:
    return order.lead.agency if order.lead and order.lead.is_live else ""
