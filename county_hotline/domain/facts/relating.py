"""关联、同一事项: orders that stand for themselves and have to do with each other (domain brief 2.2 row 6, 3.2 and 9 row 56)."""

from __future__ import annotations

from typing import ClassVar

from county_hotline.domain.facts.ground import Fact
from county_hotline.ids import ClusterId, Number


class Linked(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """关联: this order and another are to be read together. Each goes its own way; the other says so of this one, too, unless one of
    them is confidential (ADR 0033)."""

    kind: ClassVar[str] = "work_order.linked"

    other: Number
    reason: str = ""


class Unlinked(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """取消关联: they have nothing to do with each other."""

    kind: ClassVar[str] = "work_order.unlinked"

    other: Number
    reason: str = ""


class Clustered(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """归入同一事项: one of several requests about one matter. It names the matter, never another order."""

    kind: ClassVar[str] = "work_order.clustered"

    cluster: ClusterId
    name: str
    """What the matter is called, as whoever began it typed."""


class Unclustered(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """移出同一事项: it is another matter after all."""

    kind: ClassVar[str] = "work_order.unclustered"

    cluster: ClusterId
    reason: str = ""
