"""附件、备注、删除: what may be added to any order at any time."""

from __future__ import annotations

from typing import ClassVar

from county_hotline.domain.facts.ground import Fact
from county_hotline.domain.vocabulary import Erasure
from county_hotline.ids import EntryId


class AttachmentAdded(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """附件: a file belongs to the order; the file itself lies by its hash."""

    kind: ClassVar[str] = "work_order.attachment_added"

    name: str
    sha256: str
    size_bytes: int
    media_type: str
    personal: bool | None = None
    """Whether it shows who the caller is, as the clerk said; None where nobody was asked (the order was not confidential). Where it
    does, `name` is a neutral one and the true one stands in the person's part."""
    original: str = ""
    """SHA-256 of the file as it was brought, where marks (the place) were taken out of it; it stays at the station that added it."""


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


class Withdrawn(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """撤回: a record that its own station wrote, and that the hub holds apart, never counts: neither here nor there (see folding.standing)."""

    kind: ClassVar[str] = "work_order.withdrawn"

    entry_id: EntryId
    why: str
