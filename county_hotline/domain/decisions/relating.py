"""关联、同一事项: what may be said of any order that is here, whatever its stage: a repeat often comes after the first has ended."""

from __future__ import annotations

from county_hotline.domain.decisions.ground import SHORT_LIMIT, TITLE_LIMIT, fits, given, known
from county_hotline.domain.facts import Clustered, Linked, Unclustered, Unlinked
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import ClusterId, Number


def link(order: WorkOrder, other: WorkOrder, reason: str = "") -> Linked:
    """关联. Refuses what is not here, the order itself (R660), what is linked already (R661), and two confidential orders (R662): whoever
    handles the one would learn the number of the other."""
    known(order)
    known(other)
    if other.number == order.number:
        raise Refusal("R660", number=order.number, field="other")
    if other.number in order.links or order.number in other.links:
        raise Refusal("R661", number=other.number, field="other")
    if order.is_confidential and other.is_confidential:
        raise Refusal("R662", number=other.number, field="other")
    fits({"reason": reason}, SHORT_LIMIT)
    return Linked(other=other.number, reason=reason)


def linked(order: WorkOrder) -> None:
    """Refuses (R663) an order that names no other."""
    known(order)
    if not order.links:
        raise Refusal("R663", number=order.number)


def unlink(order: WorkOrder, other: Number, reason: str = "") -> Unlinked:
    """取消关联. Refuses (R664) what it is not linked with."""
    linked(order)
    if other not in order.links:
        raise Refusal("R664", number=other, field="other")
    fits({"reason": reason}, SHORT_LIMIT)
    return Unlinked(other=other, reason=reason)


def cluster(order: WorkOrder, which: ClusterId, name: str) -> Clustered:
    """归入同一事项, also out of another one. Refuses an empty or over-long name, and (R665) where it belongs to it already."""
    known(order)
    given({"name": name}, TITLE_LIMIT)
    if order.cluster is not None and order.cluster.cluster == which:
        raise Refusal("R665", number=order.number, name=order.cluster.name, field="name")
    return Clustered(cluster=which, name=name)


def clustered(order: WorkOrder) -> None:
    """Refuses (R666) an order that belongs to none."""
    known(order)
    if order.cluster is None:
        raise Refusal("R666", number=order.number)


def uncluster(order: WorkOrder, reason: str = "") -> Unclustered:
    """移出同一事项."""
    clustered(order)
    assert order.cluster is not None
    fits({"reason": reason}, SHORT_LIMIT)
    return Unclustered(cluster=order.cluster.cluster, reason=reason)
