"""加附件: a file is put on the shelf, then named in the journal. Bytes lie by their hash; a name is only ever shown.

What shows the caller of a confidential order is `personal`: its entry has a neutral name, the true one stands in the person's part, and the
file goes only where the person's words go.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from county_hotline.db.beside.shelf import digest_of
from county_hotline.desk import picture_marks
from county_hotline.desk.desk import Desk
from county_hotline.desk.picture_marks import Place
from county_hotline.domain import decisions, files
from county_hotline.domain.cleaning import clean
from county_hotline.domain.facts import AttachmentAdded, Person
from county_hotline.domain.files import FileWay
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, Refusal, StoreFault
from county_hotline.ids import Number
from county_hotline.wording import say

LARGEST_ATTACHMENT: Final = files.LARGEST
LARGEST_PICTURE: Final = 64 << 20
"""A picture beyond this is not looked into for the place."""
MB: Final = 1 << 20
_TRIES: Final = 2


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of adding a file."""

    order: WorkOrder
    sha256: str
    place: Place


# ---------------------------------------------------------------- adding


def attach(
    desk: Desk,
    number: Number,
    file: Path,
    *,
    personal: bool | None = None,
    keeps_place: bool = False,
    way: FileWay = FileWay.UNSAID,
) -> Attached:
    """加附件: the file is put on the shelf under its hash and forced to the disk, then named in the journal.

    Where a picture says where it was taken, that is taken out (`keeps_place`: the place is the matter), and the file as it was brought stays
    here by its own hash. `personal`: it shows who the caller is; of a confidential order's file that is taken for granted where it is not
    denied. Refuses R160 (empty), R161 (there already), R162 (too large); raises BadInput I101, StoreFault.
    """
    desk.needs("attach")
    order = desk.store.order(number)
    if personal is None and order.is_confidential:
        personal = True
    brought = _brought(file, keeps_place=keeps_place)
    fact, person = _named(order, file, brought, personal=personal)
    decisions.attach(order, fact)
    for last in range(_TRIES):
        brought.keep(desk)
        try:
            order = desk.record(number, lambda order: (_on_the_shelf(desk, decisions.attach(order, fact)), person))
        except _Swept:
            if last == _TRIES - 1:
                raise StoreFault("S107", path=str(desk.home.attachments)) from None
        else:
            break
    if way is not FileWay.UNSAID:
        desk.store.files.let_wait(fact.sha256, way)
    return Attached(order, fact.sha256, brought.place)


class _Swept(Exception):
    """Another program of this home took the file for one that nobody names: put it there again."""


def _on_the_shelf(desk: Desk, fact: AttachmentAdded) -> AttachmentAdded:
    """Asked inside the transaction that names the file: sweeping waits for it, or is over."""
    if not desk.store.files.shelf.has(fact.sha256):
        raise _Swept
    return fact


class _Brought:
    """A file as it is to be kept: with the place taken out where it had one, and as it was brought."""

    def __init__(self, file: Path, size: int, sha256: str) -> None:
        self.file, self.size, self.sha256 = file, size, sha256
        self.original = ""
        self.place = Place.NO_PICTURE
        self._cleaned: bytes | None = None

    def clean(self) -> None:
        """Take the place out of a picture."""
        with self.file.open("rb") as file:
            head = file.read(picture_marks.HEAD_BYTES)
            if not picture_marks.is_looked_into(head) or self.size > LARGEST_PICTURE:
                self.place = Place.UNSURE if picture_marks.is_looked_into(head) else picture_marks.kind_of(head)
                return
            cleaned, self.place = picture_marks.without_place(head + file.read())
        if self.place is not Place.NONE:
            self._cleaned, self.original = cleaned, self.sha256
            self.size, self.sha256 = len(cleaned), _digest(cleaned)
            if self.sha256 == self.original:
                self._cleaned, self.original = None, ""

    def keep(self, desk: Desk) -> None:
        """Put it, and the original, on the shelf. Raises StoreFault, BadInput I101."""
        store = desk.store
        for sha256 in (self.original, self.sha256):
            if not sha256:
                continue
            store.files.begin(sha256, store.life())
            if not store.files.shelf.has(sha256):
                if sha256 == self.sha256 and self._cleaned is not None:
                    store.files.shelf.keep(iter((self._cleaned,)), sha256)
                else:
                    with _reading(self.file) as content:
                        store.files.shelf.keep(content, sha256)
        store.files.note_here(self.sha256, self.size)


def _brought(file: Path, *, keeps_place: bool) -> _Brought:
    try:
        if file.stat().st_size > LARGEST_ATTACHMENT:
            raise Refusal("R162", limit=LARGEST_ATTACHMENT // MB)
        sha256, size = digest_of(file)
        brought = _Brought(file, size, sha256)
        if not keeps_place:
            brought.clean()
    except OSError as exc:
        raise BadInput("I101", file=file.name) from exc
    return brought


def _reading(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as exc:
        raise BadInput("I101", file=file.name) from exc


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _named(order: WorkOrder, file: Path, brought: _Brought, *, personal: bool | None) -> tuple[AttachmentAdded, Person | None]:
    """The fact, and the person's part with the true name where the name may say who it is."""
    name = files.shown_name(clean(file.name, lines=False)) or say("files.nameless")
    shown = say("files.neutral", count=len(order.attachments) + 1, suffix=files.suffix_of(name)) if personal else name
    fact = AttachmentAdded(
        name=shown,
        sha256=brought.sha256,
        size_bytes=brought.size,
        media_type=mimetypes.guess_type(f"x{files.suffix_of(name)}")[0] or "application/octet-stream",
        personal=personal,
        original=brought.original,
    )
    return fact, Person(original={"name": name}) if personal else None
