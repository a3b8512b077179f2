"""What 关联 and 同一事项 do to an order: nothing to its stage, its units or its limits."""

from __future__ import annotations

from msgspec.structs import replace

from county_hotline.domain.facts import Clustered, Linked, Unclustered, Unlinked
from county_hotline.domain.folding.ground import step
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Cluster
from county_hotline.domain.work_order import WorkOrder


@step.register
def _linked(fact: Linked, order: WorkOrder, event: Happened) -> WorkOrder:
    if fact.other in order.links or fact.other == order.number:
        return order
    return replace(order, links=(*order.links, fact.other))


@step.register
def _unlinked(fact: Unlinked, order: WorkOrder, event: Happened) -> WorkOrder:
    if fact.other not in order.links:
        return order
    return replace(order, links=tuple(each for each in order.links if each != fact.other))


@step.register
def _clustered(fact: Clustered, order: WorkOrder, event: Happened) -> WorkOrder:
    """An order belongs to one at a time: the later moves it."""
    return replace(order, cluster=Cluster(fact.cluster, fact.name))


@step.register
def _unclustered(fact: Unclustered, order: WorkOrder, event: Happened) -> WorkOrder:
    """Out of the one that is named; it may have been moved to another meanwhile."""
    if order.cluster is None or order.cluster.cluster != fact.cluster:
        return order
    return replace(order, cluster=None)
