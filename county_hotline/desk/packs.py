"""规则包: which one is in force and which ones orders keep, whether another one can be read, what it would have changed, and taking it."""

from __future__ import annotations

from county_hotline.desk import changing
from county_hotline.desk.desk import Desk
from county_hotline.domain import previewing
from county_hotline.domain.civil_time import DAY_MS
from county_hotline.domain.previewing import Preview
from county_hotline.domain.rule_packs import RulePack, parse
from county_hotline.errors import Refusal

LOOKED_BACK_DAYS = 31
"""What a preview measures: the orders of the last month."""


def in_force(desk: Desk) -> RulePack | None:
    """The pack new orders are accepted under; None where none was loaded."""
    return desk.store.reference.rule_pack()


def known(desk: Desk) -> tuple[RulePack, ...]:
    """The one in force first, then those that were: orders accepted under them keep them."""
    return desk.store.reference.packs()


def check(text: str) -> RulePack:
    """The pack, read. Raises BadInput I105 with line and key where it cannot be."""
    return parse(text)


def preview(desk: Desk, text: str) -> Preview:
    """What this pack would have done to the orders of the last 31 days that are here, beside the one in force. Nothing is written.
    Raises BadInput I105; refuses (R432) where no pack or calendar is in force to measure against."""
    after, now = parse(text), desk.clock.now_ms()
    reference = desk.store.reference
    before, calendar = reference.rule_pack(), reference.calendar()
    if before is None or calendar is None:
        raise Refusal("R432")
    stories = desk.store.orders_between(now - LOOKED_BACK_DAYS * DAY_MS, now + 1)
    return previewing.preview(stories, before, after, calendar, now, campaigns=reference.bundle().campaigns)


def take(desk: Desk, text: str) -> RulePack:
    """In force for new orders from now on; the one before is kept for those accepted under it. Refuses other words under a name and
    version that are known here (R431: an order's rules must not change behind its back), and whom `changing.allowed` refuses.
    Raises BadInput I105."""
    changing.allowed(desk)
    pack = parse(text)
    same = desk.store.reference.pack(pack.reference)
    if same is not None and same != pack:
        raise Refusal("R431", pack=pack.title, version=pack.version)
    changing.change(desk, rule_pack=text)
    return pack
