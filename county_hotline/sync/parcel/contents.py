"""What lies inside a parcel, for its receiver's eyes: a zip of `parcel.json` and the batches, receipts, pages, documents it speaks of."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import msgspec

from county_hotline.domain.epochs import Earlier
from county_hotline.domain.receipts import Head, Held
from county_hotline.errors import BadInput
from county_hotline.ids import Life
from county_hotline.sync.parcel import bounded_zip
from county_hotline.sync.parcel.bounded_zip import BoundedZip, Bounds
from county_hotline.sync.parcel.label import Label
from county_hotline.sync.wire.articles import Taken

AIM_BYTES: Final = 64 << 20
"""Of text, unpacked: no more is put into one parcel. Tens of thousands of entries."""
HEAD: Final = "parcel.json"
BATCHES: Final = "batches/"
AGAIN: Final = "again/"
"""Batches of one record each that went up without its words before, now whole."""
RECEIPTS: Final = "receipts/"
PAGES: Final = "pages/"
FILES: Final = "files/"
OFFER: Final = "reference-offer.json"
REFERENCE: Final = "reference.json"
KNOWLEDGE_OFFER: Final = "knowledge-offer.jsonl"
KNOWLEDGE: Final = "knowledge/"

_BOUNDS: Final = Bounds(members=20_000, member_bytes=128 << 20, total_bytes=512 << 20)

H = TypeVar("H", bound="Inside")


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """What both ways say: the label once more, so that nobody puts another's content into a bag of their own."""

    label: Label


class Request(Inside, frozen=True, kw_only=True):
    """parcel.json on the way up: beside the batches, what the answer should contain."""

    life: Life
    """The station's present one: pages leave out what it wrote in it."""
    cursor: int
    """Pages are wanted after this place of the hub's order."""
    receipted: dict[str, int] = {}
    """By life, the serial up to which the station has the hub's signed word."""
    heads: tuple[Head, ...] = ()
    """How far each of its lives goes here."""
    reference: int = 0
    """Version of the reference data it has."""
    files: tuple[str, ...] = ()
    """Attachments (SHA-256, hexadecimal) it has and would hear of how far the hub has them."""
    wants: dict[str, int] = {}
    """Attachments it lacks, with how many bytes of each have come."""
    knowledge: int = -1
    """Pages of the knowledge base are wanted after this place; -1 from a station that knows nothing of it."""


class Problem(msgspec.Struct, frozen=True):
    """Something of the station's parcel that the hub did not take, as it would have said over the line."""

    code: str
    details: dict[str, str | int] = {}


class Answer(Inside, frozen=True, kw_only=True):
    """parcel.json on the way down."""

    answers: int
    """The serial of the station's parcel this is made for."""
    life: Life
    """The life that was left out of the pages."""
    after: int
    """Where the first page begins: the cursor the station had named."""
    cursor: int
    """Where the last page ends."""
    complete: bool
    """Whether nothing more was waiting."""
    lineage: tuple[Earlier, ...] = ()
    """The hub's earlier epochs, as its hello says them."""
    heads: tuple[Head, ...] = ()
    """How far the hub holds each life of the station."""
    problems: tuple[Problem, ...] = ()
    reference_taken: int = 0
    """The version of the station's reference data the hub has taken; 0 for none."""
    held: tuple[Held, ...] = ()
    """All that the hub holds of the station's records now, and what it has of them without their words."""
    again: dict[str, str] = {}
    """Of records the station sent again whole: the code with which they are still held, empty for none."""
    files: dict[str, int] = {}
    """Attachments the station spoke of, with how many bytes of each the hub has."""
    knowledge: Taken | None = None
    """What the hub says of what was handed in for the knowledge base; None where nothing was."""


def packed(head: Inside, members: dict[str, bytes]) -> bytes:
    """The inside, not yet encrypted."""
    file = io.BytesIO()
    bounded_zip.written({HEAD: msgspec.json.encode(head), **members}, file, packed=True)
    return file.getvalue()


@contextmanager
def opened(plain: bytes) -> Iterator[BoundedZip]:
    """The members of an inside. Raises BadInput I187, I191."""
    try:
        with bounded_zip.opened(io.BytesIO(plain), _BOUNDS) as found:
            yield found
    except BadInput as fault:
        if fault.code == "I180":
            raise BadInput("I191") from fault
        raise


def head_of(inside: BoundedZip, label: Label, kind: type[H]) -> H:
    """parcel.json. Raises BadInput I191 where it cannot be read or speaks of another parcel than the label outside."""
    try:
        head = msgspec.json.decode(inside.read(HEAD), type=kind)
    except (msgspec.MsgspecError, ValueError) as fault:
        raise BadInput("I191") from fault
    if head.label != label:
        raise BadInput("I191")
    return head


def members(inside: BoundedZip, folder: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each member of one folder, in the order they were put in."""
    for name in inside.names():
        if name.startswith(folder):
            yield name.removeprefix(folder), inside.read(name)
