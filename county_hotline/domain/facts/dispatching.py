"""派单: which unit has it in hand, and what it may say against that."""

from __future__ import annotations

from typing import ClassVar

from county_hotline.domain.facts.ground import Fact
from county_hotline.domain.vocabulary import AssignmentRole, SendBackReason
from county_hotline.ids import AgencyCode, EntryId


class Dispatched(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """派单: the work order was handed to an agency, which must answer by `due_on`."""

    kind: ClassVar[str] = "work_order.dispatched"

    agency: AgencyCode
    role: AssignmentRole = AssignmentRole.LEAD
    due_on: str = ""
    """ISO date, or empty where the pack knows no limit."""
    advice: str = ""
    """拟办意见."""
    due_at: int = 0
    """The very moment `due_on` ends, UTC ms; 0 where only the day is known."""
    sign_by: int = 0
    """签收时限, UTC ms; 0 where the pack knows none."""
    contact_by: int = 0
    """首次联系时限, UTC ms; 0 where the pack knows none."""
    reason: str = ""
    """改派原因, where another unit had it."""
    basis: str = ""
    """依据: the line of the 归属清单, or who named the fallback."""
    fallback_rule: bool = False
    """A fallback by rule: the unit that leads after so many returns."""


class Recalled(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """撤回派单: a unit need not handle it any more."""

    kind: ClassVar[str] = "work_order.recalled"

    agency: AgencyCode
    reason: str


class SendBackAsked(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """申请退回 (派单异议): the unit says it is not its duty, on a legal ground. The clock runs on until it is decided."""

    kind: ClassVar[str] = "work_order.send_back_asked"

    agency: AgencyCode
    reason: SendBackReason
    basis: str
    """法律依据 or 三定 the unit stands on."""
    words: str = ""
    proposed: AgencyCode = AgencyCode("")
    """Whom it takes for the right one."""


class SendBackDecided(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """退回审核: the centre lets the unit go, or not."""

    kind: ClassVar[str] = "work_order.send_back_decided"

    agency: AgencyCode
    approved: bool
    opinion: str
    asked: EntryId
    """The entry that asked."""
