"""待核对: settling by whole sides, as a form; field by field it is done on its own page."""

from __future__ import annotations

from county_hotline.desk import clashes
from county_hotline.desk.acts import choices
from county_hotline.desk.acts.making import line, picked
from county_hotline.desk.acts.spec import Act
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain.comparing import Side
from county_hotline.domain.facts import ClashSettled
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number


def _settle(desk: Desk, number: Number, values: Values) -> WorkOrder:
    comparison = clashes.compared(desk, number)
    side = values.choice("side", Side)
    chosen = {row.key: side.value for row in comparison.to_choose}
    return clashes.settle(desk, comparison, chosen, reason=values.line("reason"))


ACTS = tuple(
    Act(name, ClashSettled, perform=_settle, fields=(picked("side", choices.members(Side)), line("reason")))
    for name in ("settle", "settle_state")
)
