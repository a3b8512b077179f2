"""Attachments: every file is whole and right in the end at whoever is entitled to it, and nowhere else (P3, P9; ADR 0018)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from county_hotline.db.store import Store
from county_hotline.domain.facts import AttachmentAdded, WordsErased
from tests.support.simulator.books import MARK, Broken, Written
from tests.support.simulator.machines import Pc

if TYPE_CHECKING:
    from tests.support.simulator.checks import Picture


def every_file_is_where_it_belongs(picture: Picture) -> None:
    """Raises Broken."""
    books = picture.books
    for each in books.written.values():
        if not isinstance(each.fact, AttachmentAdded) or (content := books.files.get(each.fact.sha256)) is None:
            continue
        stores = {pc.name: pc.store for pc in picture.pcs} | {picture.hub.name: picture.hub.store}
        for name, store in stores.items():
            _is_right(name, store, each.fact.sha256, content)
        for pc in picture.pcs:
            if books.is_opened(each.number) or not (MARK.search(content) and _is_kept_from(picture, pc, each)):
                continue
            if pc.store.files.shelf.has(each.fact.sha256):
                raise Broken("P9", f"{pc.name} has a file that shows the caller of {each.number}")
        if _counts(picture, each):
            _is_everywhere(picture, each, each.fact.sha256)


def _is_right(name: str, store: Store, sha256: str, content: bytes) -> None:
    shelf = store.files.shelf
    if shelf.has(sha256) and shelf.path(sha256).read_bytes() != content:
        raise Broken("P3", f"{name} has other bytes under a file's name")


def _is_everywhere(picture: Picture, each: Written, sha256: str) -> None:
    if not picture.hub.store.files.shelf.has(sha256):
        raise Broken("P3", f"{picture.hub.name} lacks a file of {each.number} that {each.pc} added")
    for pc in picture.pcs:
        if pc.is_old or _is_kept_from(picture, pc, each) or not picture.must_read(pc.card, each.number):
            continue
        if not pc.store.files.shelf.has(sha256):
            raise Broken("P3", f"{pc.name} lacks a file of {each.number} that {each.pc} added: {pc.store.files.state(sha256)}")


def _counts(picture: Picture, each: Written) -> bool:
    """Whether the file has to travel: named by what stands at its own station's hub, nothing of it erased, still on its writer's disk, and
    that writer knows more than protocol 1, which has no files. Files go between a station and its hub only (ADR 0020)."""
    writer = next((pc for pc in picture.pcs if pc.name == each.pc), None)
    if writer is None or writer.is_old or each.gone or each.entry_id in picture.held or each.entry_id in picture.bare:
        return False
    if any(
        isinstance(other.fact, WordsErased) and other.fact.entry_id == each.entry_id for other in picture.books.written.values()
    ):
        return False
    assert isinstance(each.fact, AttachmentAdded)
    return writer.store.files.shelf.has(each.fact.sha256)


def _is_kept_from(picture: Picture, pc: Pc, each: Written) -> bool:
    """Whether it shows, or may show, a caller whom this station is not told (ADR 0018: where nobody was asked, it shows him)."""
    assert isinstance(each.fact, AttachmentAdded)
    books = picture.books
    if each.pc == pc.name or each.fact.personal is False or books.may_know(pc.card, each.number):
        return False
    return not books.is_open_to_all(each.number)
