"""待核对: which of two clashing acts stands, decided by a person; or that the centre shall decide."""

from __future__ import annotations

from collections.abc import Mapping

from county_hotline.domain.clashes import Clash, Grade
from county_hotline.domain.decisions.ground import SHORT_LIMIT, fits, known
from county_hotline.domain.facts import ClashSettled
from county_hotline.domain.vocabulary import ClashMatter
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import EntryId

Pair = frozenset[EntryId]


def settleable(order: WorkOrder, *matters: ClashMatter) -> None:
    """Refuses (R520) an order of which nothing (of these matters, where any is given) waits to be settled."""
    known(order)
    if not any(clash.matter in (matters or ClashMatter) for clash in order.clashes):
        raise Refusal("R520", number=order.number)


def open_clash(order: WorkOrder, pair: Pair) -> Clash:
    """The open clash of these two acts. Refuses (R520) what is settled, or was none."""
    settleable(order)
    found = next((clash for clash in order.clashes if {clash.first, clash.second} == pair), None)
    if found is None:
        raise Refusal("R520", number=order.number)
    return found


def settle(
    order: WorkOrder,
    pair: Pair,
    *,
    stands: EntryId = EntryId(""),
    fields: Mapping[str, EntryId] | None = None,
    reason: str = "",
) -> ClashSettled:
    """定下: whose act stands, or field by field whose value does; an empty id for a field whose value is written anew beside this. Of a
    soft clash both stand. Refuses a hard one without an answer to everything it is about (R521), and what is neither of the two (R522)."""
    clash = open_clash(order, pair)
    chosen = dict(fields or {})
    if clash.grade is Grade.HARD:
        missing = [name for name in clash.fields if name not in chosen] if clash.fields else [] if stands else ["act"]
        if missing:
            raise Refusal("R521", number=order.number, missing=len(missing), field=missing[0])
    if {stands, *chosen.values()} - {clash.first, clash.second, EntryId("")} or set(chosen) - set(clash.fields):
        raise Refusal("R522", number=order.number)
    fits({"reason": reason}, SHORT_LIMIT)
    return ClashSettled(acts=_sorted(clash), matter=clash.matter, stands=stands, fields=chosen, reason=reason)


def refer(order: WorkOrder, pair: Pair, reason: str = "") -> ClashSettled:
    """请县中心定. Refuses (R523) what is the centre's already."""
    clash = open_clash(order, pair)
    if clash.to_centre or clash.matter is ClashMatter.STATE:
        raise Refusal("R523", number=order.number)
    fits({"reason": reason}, SHORT_LIMIT)
    return ClashSettled(acts=_sorted(clash), matter=clash.matter, reason=reason, to_centre=True)


def _sorted(clash: Clash) -> tuple[EntryId, EntryId]:
    one, other = sorted((clash.first, clash.second))
    return one, other
