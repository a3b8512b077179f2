"""催办、督办、亮牌、疑难与不合理诉求、考核申诉、期限重算: what watches over the handling."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from county_hotline.domain.facts.ground import Fact
from county_hotline.domain.vocabulary import Card, SupervisionCause
from county_hotline.ids import AgencyCode, EntryId


class Moved(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """One limit computed anew. An empty agency means the order's own estimate of acceptance."""

    agency: AgencyCode
    before: str
    due_on: str
    due_at: int
    provisional: bool = False


class Urged(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """催办: the caller asks again, or the centre presses."""

    kind: ClassVar[str] = "work_order.urged"

    agency: AgencyCode
    words: str = ""
    by_caller: bool = False


class SupervisionIssued(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """督办: units must answer in writing until a day."""

    kind: ClassVar[str] = "work_order.supervision_issued"

    supervision: str
    """督办编号, counted by the centre."""
    cause: SupervisionCause
    agencies: tuple[AgencyCode, ...]
    requirement: str
    reply_by: int
    """UTC ms."""
    copied_to: str = ""
    """抄送."""
    joint: bool = False
    """联合督办."""


class SupervisionReplied(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """督办回复, by a unit."""

    kind: ClassVar[str] = "work_order.supervision_replied"

    supervision: str
    agency: AgencyCode
    words: str


class SupervisionClosed(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """督办办结, or its withdrawal."""

    kind: ClassVar[str] = "work_order.supervision_closed"

    supervision: str
    opinion: str
    withdrawn: bool = False


class CardShown(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """亮牌, by a person who looked at it."""

    kind: ClassVar[str] = "work_order.card_shown"

    agency: AgencyCode
    card: Card
    cause: str


class CardTakenBack(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """撤牌."""

    kind: ClassVar[str] = "work_order.card_taken_back"

    agency: AgencyCode
    card: Card
    reason: str


class HardCaseAsked(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """申请认定疑难."""

    kind: ClassVar[str] = "work_order.hard_case_asked"

    agency: AgencyCode
    words: str


class HardCaseDecided(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """疑难认定."""

    kind: ClassVar[str] = "work_order.hard_case_decided"

    agency: AgencyCode
    approved: bool
    opinion: str
    asked: EntryId


class UnreasonableAsked(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """申请认定不合理诉求, with the evidence: calls made, ground in law. Left out of satisfaction once approved."""

    kind: ClassVar[str] = "work_order.unreasonable_asked"

    agency: AgencyCode
    words: str
    basis: str
    evidence: str
    """联系次数与时间, 答复过程."""


class UnreasonableDecided(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """不合理诉求认定."""

    kind: ClassVar[str] = "work_order.unreasonable_decided"

    agency: AgencyCode
    approved: bool
    opinion: str
    asked: EntryId


class AppealAsked(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """考核申诉: a unit says an overdue, a card or a bad rating should not count against it."""

    kind: ClassVar[str] = "work_order.appeal_asked"

    agency: AgencyCode
    against: str
    """What should not count."""
    words: str
    evidence: str = ""


class AppealDecided(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """申诉审核."""

    kind: ClassVar[str] = "work_order.appeal_decided"

    agency: AgencyCode
    approved: bool
    opinion: str
    asked: EntryId


class DueRecomputed(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """期限重算: the calendar of a year arrived (or was mended), and provisional dates were counted again."""

    kind: ClassVar[str] = "work_order.due_recomputed"

    calendar: str
    """Version of the calendar they were counted by."""
    moved: tuple[Moved, ...]
