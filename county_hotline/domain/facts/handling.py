"""办理: what a unit does with it, and the time it asks for."""

from __future__ import annotations

from typing import ClassVar

from county_hotline.domain.facts.ground import Fact
from county_hotline.domain.vocabulary import ExtensionReason, SuspensionReason, Told
from county_hotline.ids import AgencyCode, EntryId


class SignedFor(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """签收: the agency has read the order and takes it in hand."""

    kind: ClassVar[str] = "work_order.signed_for"

    agency: AgencyCode


class ContactMade(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """首次联系: the unit spoke to the caller, or tried to."""

    kind: ClassVar[str] = "work_order.contact_made"

    agency: AgencyCode
    contacted_at: int
    """UTC ms."""
    reached: bool
    words: str = ""


class ExtensionAsked(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """申请延期."""

    kind: ClassVar[str] = "work_order.extension_asked"

    agency: AgencyCode
    until: str
    """The day asked for, ISO."""
    reason: ExtensionReason
    words: str
    """What was done so far, and what is still to do."""
    sealed_by: str = ""
    """签字盖章的负责人, where the pack wants that."""


class ExtensionDecided(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """延期审核. The new limit holds from here on, and the caller must be told."""

    kind: ClassVar[str] = "work_order.extension_decided"

    agency: AgencyCode
    approved: bool
    opinion: str
    asked: EntryId
    due_on: str = ""
    due_at: int = 0
    tell_by: int = 0
    """Until when the caller must be told, UTC ms; 0 where the pack says nothing."""


class SuspensionAsked(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """申请挂起: it cannot go on until something outside happens."""

    kind: ClassVar[str] = "work_order.suspension_asked"

    agency: AgencyCode
    reason: SuspensionReason
    words: str
    resume_when: str
    """恢复条件."""
    review_on: str
    """复核日期, ISO: on that day somebody looks again."""
    sealed_by: str = ""
    """签字盖章的负责人."""


class SuspensionDecided(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """挂起审核."""

    kind: ClassVar[str] = "work_order.suspension_decided"

    agency: AgencyCode
    approved: bool
    opinion: str
    asked: EntryId
    review_on: str = ""
    stops_clock: bool = False
    """Whether the limit waits meanwhile, by the pack."""


class Resumed(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """恢复办理: what it waited for has happened, or the review day found no more reason to wait."""

    kind: ClassVar[str] = "work_order.resumed"

    agency: AgencyCode
    words: str
    due_on: str = ""
    """The limit from here on, where the pack let it wait."""
    due_at: int = 0


class CitizenTold(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """告知诉求人: of a new date with its reason, of progress, of the result."""

    kind: ClassVar[str] = "work_order.citizen_told"

    about: Told
    told_at: int
    """UTC ms."""
    reached: bool
    words: str
    agency: AgencyCode = AgencyCode("")
    """The unit that told, where a unit did."""


class Replied(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """回复: what the agency did, in two texts: for the file, and for the caller."""

    kind: ClassVar[str] = "work_order.replied"

    agency: AgencyCode
    internal: str
    """办理情况."""
    public: str = ""
    """公开答复内容: the only text a caller is shown."""
    solved: bool | None = None
    """是否解决."""
    genuine: bool | None = None
    """诉求是否属实."""
    beyond_duty: bool | None = None
    """是否超出职责."""
    unsolved_reason: str = ""
    """未解决原因."""
    signed_off_by: str = ""
    """签发: the unit's head (post or name as the unit writes it)."""
    photos: tuple[str, ...] = ()
    """SHA-256 of attachments that show it, before and after."""
