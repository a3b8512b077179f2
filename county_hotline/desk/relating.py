"""关联 and 同一事项: orders that have to do with each other. Nobody is given an order by it; a link tells at most a number (ADR 0033)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from county_hotline.db.store import Decide, DecideOf
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.civil_time import DAY_MS
from county_hotline.domain.cleaning import clean
from county_hotline.domain.facts import Clustered, Fact, Linked, Person
from county_hotline.domain.headlines import shortened
from county_hotline.domain.standing_parts import Cluster
from county_hotline.domain.views import ClusterRow
from county_hotline.domain.vocabulary import Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, ClusterId, Number, new_cluster_id

LOOKED_BACK_DAYS: Final = 365
"""A matter with no order for so long is not offered any more, and its name may begin another one. (Our assumption.)"""
LINK: Final = "link"
CLUSTER: Final = "cluster"
OFFERED: Final = 40
MEMBERS: Final = 6


class Relative(msgspec.Struct, frozen=True):
    """Another order, as far as it is here."""

    number: Number
    title: str = ""
    stage: Stage | None = None
    """None where the order itself is not at this station."""
    agency: AgencyCode = AgencyCode("")
    accepted_at: int = 0


class Relations(msgspec.Struct, frozen=True):
    """What an order has to do with others."""

    links: tuple[Relative, ...] = ()
    cluster: ClusterRow | None = None
    members: tuple[Relative, ...] = ()
    """The newest others of its matter."""


def of_order(desk: Desk, order: WorkOrder) -> Relations:
    """Links by its own story and by others', and its matter with the newest orders of it."""
    linked = dict.fromkeys((*order.links, *desk.store.naming(order.number)))
    links = tuple(_relative(desk, number) for number in linked)
    if order.cluster is None:
        return Relations(links)
    told = desk.store.cluster(order.cluster.cluster)
    others = [n for n in desk.store.cluster_members(order.cluster.cluster, MEMBERS + 1) if n != order.number]
    return Relations(links, told, tuple(_relative(desk, number) for number in others[:MEMBERS]))


def _relative(desk: Desk, number: Number) -> Relative:
    other = desk.store.order(number)
    if other.accepted is None:
        return Relative(number)
    agency = other.lead.agency if other.lead else other.accepted.agency_hint
    return Relative(number, other.accepted.title, other.stage, agency, other.accepted_at)


# ---------------------------------------------------------------- 关联


def link(desk: Desk, number: Number, other: Number, reason: str = "") -> WorkOrder:
    """关联. Both orders say so, but none names a confidential one. Refuses what `decisions.link` refuses."""
    one, two = desk.store.order(number), desk.store.order(other)
    decisions.link(one, two, reason)
    steps: list[tuple[Number, Decide]] = [
        (each.number, _links(whom, reason)) for each, whom in ((one, two), (two, one)) if _may_name(whom)
    ]
    desk.record_together(steps)
    return desk.store.order(number)


def _links(whom: WorkOrder, reason: str) -> Decide:
    def decide(order: WorkOrder) -> tuple[Fact, Person | None]:
        return decisions.link(order, whom, reason), None

    return decide


def _may_name(order: WorkOrder) -> bool:
    """Whether its number may stand in another order's story, which goes to whoever has that one: when and where somebody reported in
    confidence is not for those who are reported."""
    return not order.is_confidential


def unlink(desk: Desk, number: Number, other: Number, reason: str = "") -> WorkOrder:
    """取消关联, in both orders as far as each says so."""
    decisions.unlink(desk.store.order(number), other, reason)
    steps: list[tuple[Number, Decide]] = [(number, lambda order: (decisions.unlink(order, other, reason), None))]
    if number in desk.store.order(other).links:
        steps.append((other, lambda order: (decisions.unlink(order, number, reason), None)))
    return desk.record_together(steps)[0]


# ---------------------------------------------------------------- 同一事项


def offered(desk: Desk) -> tuple[ClusterRow, ...]:
    """Matters of the last year, the one with the newest order first."""
    return desk.store.clusters(since=_since(desk), limit=OFFERED)


def cluster(desk: Desk, number: Number, *, which: str = "", name: str = "") -> WorkOrder:
    """归入同一事项: into this one (R667 where none of its orders is here), or into that of this very name, or into a new one."""
    chosen = _cluster_of(desk, ClusterId(which), clean(name, lines=False))
    return desk.record(number, lambda order: (decisions.cluster(order, chosen.cluster, chosen.name), None))


def uncluster(desk: Desk, number: Number, reason: str = "") -> WorkOrder:
    """移出同一事项."""
    return desk.record(number, lambda order: (decisions.uncluster(order, reason), None))


def _cluster_of(desk: Desk, which: ClusterId, name: str) -> Cluster:
    if which:
        told = desk.store.cluster(which)
        if told is None:
            raise Refusal("R667", field="cluster")
        return Cluster(told.cluster, told.name)
    called = (row for row in desk.store.clusters(since=_since(desk), limit=10_000) if row.name == name)
    found = next(called, None)
    return Cluster(found.cluster if found else new_cluster_id(), name)


def _since(desk: Desk) -> int:
    return desk.clock.now_ms() - LOOKED_BACK_DAYS * DAY_MS


def name_for(order: WorkOrder) -> str:
    """What a matter that begins with this order would be called: its title, but never a confidential one's."""
    if order.accepted is None or order.is_confidential:
        return ""
    return shortened(order.accepted.title, decisions.TITLE_LIMIT)


# ---------------------------------------------------------------- while a request is taken


class Together(msgspec.Struct, frozen=True):
    """What is written of the new order, and of others, in the transaction that accepts it."""

    then: tuple[Decide, ...] = ()
    beside: tuple[tuple[Number, DecideOf], ...] = ()


def taken_with(desk: Desk, chosen: Sequence[tuple[str, str]], *, confidential: bool) -> Together:
    """The new order linked with what was chosen, and of one matter with it (`IntakeForm.relations`). An order that is no more what it was
    when it was chosen (confidential or erased meanwhile) is left out: a request is never held up by another."""
    then: list[Decide] = []
    beside: list[tuple[Number, DecideOf]] = []
    for way, number in dict.fromkeys(chosen):
        other = desk.store.order(Number(number))
        if other.accepted is None or other.is_confidential:
            continue
        if way == LINK:
            then.append(_links(other, ""))
            if not confidential:
                beside.append((other.number, _linked_with))
        elif way == CLUSTER:
            matter = other.cluster or Cluster(new_cluster_id(), name_for(other))
            then.append(_clusters(matter))
            if other.cluster is None:
                beside.append((other.number, _with(matter)))
    return Together(tuple(then), tuple(beside))


def _linked_with(new: Number) -> Decide:
    return lambda _order: (Linked(other=new), None)


def _with(matter: Cluster) -> DecideOf:
    return lambda _new: _clusters(matter)


def _clusters(matter: Cluster) -> Decide:
    return lambda _order: (Clustered(cluster=matter.cluster, name=matter.name), None)
