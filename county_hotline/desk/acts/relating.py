"""关联, 同一事项: acts that change no stage, no unit and no limit."""

from __future__ import annotations

from county_hotline.desk import looking_up, relating
from county_hotline.desk.acts.making import line
from county_hotline.desk.acts.spec import Act, Choice, Field, FieldKind
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain.facts import Clustered, Linked, Unclustered, Unlinked
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.wording import say


def _link(desk: Desk, number: Number, values: Values) -> WorkOrder:
    if not values.line("other"):
        raise Refusal("R300", field="other", label="other")
    other = looking_up.order(desk, values.line("other")).order.number
    return relating.link(desk, number, other, values.line("reason"))


def _unlink(desk: Desk, number: Number, values: Values) -> WorkOrder:
    if not values.line("other"):
        raise Refusal("R300", field="other", label="other")
    return relating.unlink(desk, number, Number(values.line("other")), values.line("reason"))


def _linked(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
    others = relating.of_order(desk, order).links
    return tuple(Choice(each.number, each.number, each.title) for each in others if each.number in order.links)


def _first_linked(desk: Desk, order: WorkOrder) -> str:
    return order.links[0] if order.links else ""


def _cluster(desk: Desk, number: Number, values: Values) -> WorkOrder:
    return relating.cluster(desk, number, which=values.line("cluster"), name=values.line("name"))


def _matters(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
    mine = order.cluster.cluster if order.cluster else ""
    return tuple(
        Choice(row.cluster, row.name, say("act.cluster.count", count=row.orders))
        for row in relating.offered(desk)
        if row.cluster != mine
    )


def _name(desk: Desk, order: WorkOrder) -> str:
    return relating.name_for(order)


def _uncluster(desk: Desk, number: Number, values: Values) -> WorkOrder:
    return relating.uncluster(desk, number, values.line("reason"))


ACTS = (
    Act("link", Linked, perform=_link, fields=(Field("other", FieldKind.ORDER, is_required=True), line("reason"))),
    Act(
        "unlink",
        Unlinked,
        perform=_unlink,
        fields=(
            Field("other", FieldKind.CHOICE, is_required=True, choices=_linked, default=_first_linked),
            line("reason"),
        ),
    ),
    Act(
        "cluster",
        Clustered,
        perform=_cluster,
        fields=(
            Field("cluster", FieldKind.CHOICE, choices=_matters, is_shown=lambda desk, order: bool(_matters(desk, order))),
            Field("name", default=_name),
        ),
    ),
    Act("uncluster", Unclustered, perform=_uncluster, fields=(line("reason"),)),
)
