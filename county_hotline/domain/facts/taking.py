"""受理: how a request comes in, and every way in which it needs no unit to handle it. No refusal without a told path."""

from __future__ import annotations

from typing import ClassVar

from county_hotline.domain.facts.ground import Fact
from county_hotline.domain.vocabulary import (
    CallerKind,
    Channel,
    Concern,
    EmergencyLine,
    HandedOver,
    MatterKind,
    SourceLevel,
    Urgency,
    VoidReason,
)
from county_hotline.ids import AgencyCode, Number


class Accepted(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """受理: a caller's request was registered and given its number."""

    kind: ClassVar[str] = "work_order.accepted"

    query_code: str
    """查询码, shown only on the caller's slip."""
    unit: AgencyCode
    """受理单位."""
    channel: Channel
    matter_kind: MatterKind
    category: str
    """Category code from the reference data, or empty when not yet known."""
    place: str
    """事发地: 12-digit (or 9-digit township) region code; decides the responsible township (属地原则)."""
    title: str
    content: str
    came_at: int
    """来件时间, UTC ms, as the officer says."""
    demand: str = ""
    place_detail: str = ""
    urgency: Urgency = Urgency.NORMAL
    people: int = 1
    anonymous: bool = False
    confidential: bool = False
    public: bool = False
    """同意公开."""
    notified: bool = False
    """已告知个人信息用途 (个人信息保护法: the notice given at the counter)."""
    wants_call_back: bool = True
    agency_hint: AgencyCode = AgencyCode("")
    """承办去向(预计): where it will probably go; the centre decides."""
    rule_pack: str = ""
    """`name@version` of the pack it was accepted under and keeps."""
    due_on: str = ""
    """预计办结日期 as ISO date, or empty where the pack knows no limit."""
    due_provisional: bool = False
    """True while a calendar year it crosses is not announced."""
    external_number: str = ""
    """外部编号 of another system (imports, transfers)."""
    original: dict[str, str] = {}
    """What was typed or pasted, for each field whose text was cleaned."""
    due_at: int = 0
    """The very moment `due_on` ends (or an hour's limit does), UTC ms; 0 where only the day is known."""
    source_level: SourceLevel = SourceLevel.COUNTY
    external_due_at: int = 0
    """The limit an upper level set with its transfer, UTC ms; where tighter than ours it is the one that counts."""
    caller_kind: CallerKind = CallerKind.PERSON
    concerns: tuple[Concern, ...] = ()
    event: str = ""
    """领导接线 event it came in by: its code in the reference data."""
    campaign: str = ""
    """专项 it belongs to, by code: with limits of its own."""
    grid: str = ""
    """网格编码."""
    collected_by: str = ""
    """Who brought it in (网格员)."""
    line: str = ""
    """归并热线 it was dialled by: 12369."""
    tags: tuple[str, ...] = ()


class Corrected(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """更正: some fields were wrong; a new fact, never an edit. Fields left out stay as they were."""

    kind: ClassVar[str] = "work_order.corrected"

    reason: str
    channel: Channel | None = None
    matter_kind: MatterKind | None = None
    category: str | None = None
    place: str | None = None
    place_detail: str | None = None
    title: str | None = None
    content: str | None = None
    demand: str | None = None
    urgency: Urgency | None = None
    anonymous: bool | None = None
    confidential: bool | None = None
    public: bool | None = None
    person: bool = False
    """The caller's particulars were corrected too; they lie in the person's own words."""
    people: int | None = None
    grid: str | None = None
    campaign: str | None = None
    original: dict[str, str] = {}


class EmergencyTransferred(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """紧急转接: the call was handed to 110, 119, 120 or 122; never queued, always by voice, then written down."""

    kind: ClassVar[str] = "work_order.emergency_transferred"

    line: EmergencyLine
    handed_at: int
    """When the other side answered (or the try ended), UTC ms."""
    result: HandedOver
    taker: str = ""
    """接警员: badge or name, as heard."""
    three_party: bool = False
    """三方通话: caller, 12345 and the other centre spoke together."""
    participants: str = ""
    words: str = ""
    """What was said and agreed."""


class AnsweredAtOnce(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """即时答复: the caller was answered in the same talk, from the knowledge base or from what the officer knows."""

    kind: ClassVar[str] = "work_order.answered_at_once"

    answer: str
    article: str = ""
    """知识条目 by code, or empty where none was used."""
    article_version: str = ""
    """Its version date, printed on the slip."""
    article_title: str = ""
    content: bool | None = None
    """Whether the caller said that this settles it."""


class PathTold(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """告知法定途径: it is not for this line, and the caller was told who it is for. Never a bare refusal."""

    kind: ClassVar[str] = "work_order.path_told"

    reason: str
    """Two digits of the list of told paths in the reference data."""
    words: str
    """The reason as printed."""
    path: str
    """Whom to turn to, and how."""
    basis: str = ""
    handed_to: str = ""
    """The unit or line it was also handed over to."""
    handed_number: str = ""
    signed: bool | None = None
    """Whether the caller signed the notice (False: 拒签)."""


class MoreAsked(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """请补充: it cannot be handled until the caller says more."""

    kind: ClassVar[str] = "work_order.more_asked"

    wanted: str
    by: int = 0
    """Until when, UTC ms."""


class MoreGiven(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """补充诉求: the caller said more, asked or not."""

    kind: ClassVar[str] = "work_order.more_given"

    words: str


class Merged(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """并单: this order repeats another and goes on as part of it."""

    kind: ClassVar[str] = "work_order.merged"

    into: Number
    reason: str = ""


class RepeatJoined(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """并入: another order that repeats this one is handled with it."""

    kind: ClassVar[str] = "work_order.repeat_joined"

    repeat: Number


class Voided(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """作废: there was no request. Not a way to end one."""

    kind: ClassVar[str] = "work_order.voided"

    reason: VoidReason
    words: str = ""


CORRECTABLE = (
    "channel",
    "matter_kind",
    "category",
    "place",
    "place_detail",
    "title",
    "content",
    "demand",
    "urgency",
    "anonymous",
    "confidential",
    "public",
    "people",
    "grid",
    "campaign",
)
"""The fields of `Accepted` that `Corrected` may replace."""


def changed_fields(fact: Corrected) -> dict[str, object]:
    """The fields a correction replaces, with their new values."""
    return {name: value for name in CORRECTABLE if (value := getattr(fact, name)) is not None}
