"""What attachments do to an order; notes and erasures change nothing that stands."""

from __future__ import annotations

from msgspec.structs import replace

from county_hotline.domain.facts import AttachmentAdded
from county_hotline.domain.folding.ground import step
from county_hotline.domain.happened import Happened
from county_hotline.domain.work_order import WorkOrder


@step.register
def _attachment_added(fact: AttachmentAdded, order: WorkOrder, event: Happened) -> WorkOrder:
    if any(a.sha256 == fact.sha256 for a in order.attachments):
        return order
    return replace(order, attachments=(*order.attachments, fact))
