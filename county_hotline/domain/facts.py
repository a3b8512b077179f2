"""What may happen in the life of a work order, one frozen type each. Kinds and fields on disk are for ever; see upcasts.

A fact's own fields are its *words* on disk; what identifies the caller (`Person`) lies apart, so that it can be withheld and erased alone.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from county_hotline.domain.vocabulary import (
    AssignmentRole,
    Channel,
    Erasure,
    MatterKind,
    Outcome,
    Urgency,
)
from county_hotline.ids import AgencyCode, EntryId


class Person(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """诉求人: everything that says who the caller is."""

    name: str = ""
    phone: str = ""
    address: str = ""
    id_number: str = ""
    """证件号码: optional, only where the matter needs it."""
    original: dict[str, str] = {}
    """What was typed or pasted, for each field whose text was cleaned."""


class Fact(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """One act. `kind` is its name on disk, `version` the form of its words."""

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1


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
    original: dict[str, str] = {}


class Dispatched(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """派单: the work order was handed to an agency, which must answer by `due_on`."""

    kind: ClassVar[str] = "work_order.dispatched"

    agency: AgencyCode
    role: AssignmentRole = AssignmentRole.LEAD
    due_on: str = ""
    """ISO date, or empty where the pack knows no limit."""
    advice: str = ""
    """拟办意见."""


class SignedFor(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """签收: the agency has read the order and takes it in hand."""

    kind: ClassVar[str] = "work_order.signed_for"

    agency: AgencyCode


class Replied(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """回复: what the agency did, in two texts: for the file, and for the caller."""

    kind: ClassVar[str] = "work_order.replied"

    agency: AgencyCode
    internal: str
    """办理情况."""
    public: str = ""
    """公开答复内容: the only text a caller is shown."""
    solved: bool | None = None


class Finished(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """办结: the centre has checked the reply and closes the order."""

    kind: ClassVar[str] = "work_order.finished"

    outcome: Outcome
    opinion: str = ""


class AttachmentAdded(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """附件: a file belongs to the order; the file itself lies by its hash."""

    kind: ClassVar[str] = "work_order.attachment_added"

    name: str
    sha256: str
    size_bytes: int
    media_type: str


class NoteAdded(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """备注: something worth knowing that changes no state."""

    kind: ClassVar[str] = "work_order.note_added"

    text: str


class WordsErased(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """删除个人信息: the words of an entry of this order were erased by law; the chain still verifies."""

    kind: ClassVar[str] = "work_order.words_erased"

    entry_id: EntryId
    ground: str
    """The legal ground or request, in words."""
    erasure: Erasure = Erasure.BOTH


class Unknown(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """由新版本记录: a kind (or version) this release does not know. Stored, passed on, shown, not folded."""

    kind_on_disk: str = ""
    version_on_disk: int = 0


class Withheld(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """已删除或不在本站: the words of this entry are not here (erased); only its envelope is."""

    kind_on_disk: str = ""


KINDS: dict[str, type[Fact]] = {
    fact.kind: fact
    for fact in (Accepted, Corrected, Dispatched, SignedFor, Replied, Finished, AttachmentAdded, NoteAdded, WordsErased)
}
"""Every kind this release reads. Names are for ever."""

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
)
"""The fields of `Accepted` that `Corrected` may replace."""


def changed_fields(fact: Corrected) -> dict[str, object]:
    """The fields a correction replaces, with their new values."""
    return {name: value for name in CORRECTABLE if (value := getattr(fact, name)) is not None}
