"""一线处置: 呼叫, 报到, 处置. A township calls departments to a place; every call is kept whole and scored once (鼓楼)."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from county_hotline.domain.facts.ground import Fact
from county_hotline.ids import AgencyCode


class Task(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """分工: one unit's share of what was agreed on the spot."""

    agency: AgencyCode
    work: str
    due_on: str = ""
    due_at: int = 0


class UnitsCalled(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """呼叫: these units are to be at this place at this time."""

    kind: ClassVar[str] = "work_order.units_called"

    call: str
    """`1`, `2`: counted within the order by who calls; with the caller's unit it names the call."""
    caller: AgencyCode
    agencies: tuple[AgencyCode, ...]
    meet_at: int
    """UTC ms."""
    meet_where: str
    matter: str
    handler: str
    """经办: the person at the township who runs it."""
    in_charge: str
    """分管领导."""
    chief: str
    """主责领导."""


class CallAnswered(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """响应: a called unit says that it comes, or why it cannot."""

    kind: ClassVar[str] = "work_order.call_answered"

    call: str
    caller: AgencyCode
    agency: AgencyCode
    comes: bool
    words: str = ""


class ArrivalSigned(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """报到: who came for a unit, and when. Also written from the paper sheet."""

    kind: ClassVar[str] = "work_order.arrival_signed"

    call: str
    caller: AgencyCode
    agency: AgencyCode
    arrived_at: int
    """UTC ms."""
    name: str
    post: str = ""
    """职务."""


class SiteFindings(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """处置: what was found together, and who does what until when."""

    kind: ClassVar[str] = "work_order.site_findings"

    call: str
    caller: AgencyCode
    findings: str
    tasks: tuple[Task, ...] = ()


class CallScored(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """互评: the calling unit scores a called one, or the other way round."""

    kind: ClassVar[str] = "work_order.call_scored"

    call: str
    caller: AgencyCode
    by: AgencyCode
    of: AgencyCode
    score: int
    """1 (worst) to 5."""
    words: str = ""


class CallCancelled(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """取消呼叫."""

    kind: ClassVar[str] = "work_order.call_cancelled"

    call: str
    caller: AgencyCode
    reason: str
