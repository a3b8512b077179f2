"""附件 in a parcel: pieces of files, each from where the other side got, as many as there is room for. A file goes on in the next parcel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from county_hotline.db.beside.shelf import Shelf
from county_hotline.db.store import Store
from county_hotline.domain.files import HASH, FileState, FileWay
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import StoreFault
from county_hotline.sync.parcel.bounded_zip import BoundedZip
from county_hotline.sync.parcel.contents import FILES

ROOM: Final = 96 << 20
"""Bytes of attachments in one parcel."""
SMALL: Final = 5 << 20
"""Files up to so many bytes go along unasked; larger ones where a person said 等数据包 or asked for them."""
_NAME: Final = re.compile(r"([0-9a-f]{64})-([0-9]{1,12})-([1-9][0-9]{0,11})")


class Piece(msgspec.Struct, frozen=True):
    """Bytes of a file from `offset` on; `size` is the whole file's."""

    sha256: str
    offset: int
    size: int
    body: bytes


class Load:
    """Pieces gathered for one parcel."""

    def __init__(self, shelf: Shelf, members: dict[str, bytes]) -> None:
        self._shelf = shelf
        self._members = members
        self._left = ROOM
        self.count = 0
        self.is_whole = True
        """Whether all that was to go found room."""

    def add(self, sha256: str, *, offset: int, size: int) -> bool:
        """The rest of this file, or as much of it as there is room for: whether its end goes along. One that cannot be read now waits."""
        if offset >= size:
            return False
        try:
            body = self._shelf.read(sha256, offset, min(self._left, size - offset)) if self._left else b""
        except StoreFault:
            return False
        if body:
            self._members[f"{FILES}{sha256}-{offset}-{size}"] = body
            self._left -= len(body)
            self.count += 1
        self.is_whole &= offset + len(body) >= size
        return bool(body) and offset + len(body) >= size


def add_unsent(store: Store, load: Load) -> tuple[str, ...]:
    """At a station: what the hub lacks, and what waits for a parcel first. Which files were spoken of."""
    files = [file for file in store.files.unsent() if file.way is FileWay.PARCEL or file.size <= SMALL]
    for file in sorted(files, key=_waits_first):
        load.add(file.sha256, offset=min(file.sent, file.size), size=file.size)
    return tuple(file.sha256 for file in files)


def wanted(store: Store) -> dict[str, int]:
    """At a station: files it lacks, with how far each has come."""
    return {file.sha256: store.files.shelf.came(file.sha256) for file in store.files.to_fetch(SMALL)}


def add_wanted(store: Store, card: StationCard, asked: dict[str, int], fresh: list[tuple[str, int]], load: Load) -> None:
    """At a hub: what the station asked for, and small files that entries of this very parcel name, where it may have them (P9)."""
    unasked = {sha256: 0 for sha256, size in fresh if size <= SMALL and sha256 not in asked}
    shelf = store.files.shelf
    for sha256, offset in (asked | unasked).items():
        if not (HASH.fullmatch(sha256) and shelf.has(sha256) and store.file_rights(card, sha256).may_have):
            continue
        if load.add(sha256, offset=offset, size=shelf.size(sha256)) and card.role is not StationRole.RELAY:
            store.files.note_taken(sha256, card.station)


def take_at_station(store: Store, inside: BoundedZip) -> int:
    """Pieces of files that a living entry here names. How many files are whole now that were not."""
    whole = 0
    for piece in _pieces(inside):
        state = store.files.state(piece.sha256)
        if state is None or state.is_here or state.size != piece.size:
            continue
        came = _put(store.files.shelf, piece)
        if came is None:
            store.files.note_here(piece.sha256, 0)
        elif came < piece.size:
            store.files.note_here(piece.sha256, came)
        else:
            store.files.came(piece.sha256, piece.size)
            whole += 1
    return whole


def take_at_hub(store: Store, card: StationCard, inside: BoundedZip, asked: tuple[str, ...]) -> dict[str, int]:
    """Pieces of files that this station may send, as over the line (`hub.files`). How far each file it spoke of has come here; to who may
    not know whether it is here, only how much of it came from there."""
    for piece in _pieces(inside):
        rights = store.file_rights(card, piece.sha256)
        fits = piece.offset + len(piece.body) <= piece.size and piece.size in rights.sizes
        if not rights.may_send or not fits or not store.files.shelf.has_room():
            continue
        if _at_hub(store, card, piece.sha256) or store.files.has_room_for(card.station, piece.sha256, piece.size):
            store.files.take_piece(
                piece.sha256, piece.offset, piece.body, size=piece.size, station=card.station, knows=rights.may_know
            )
    theirs = [sha256 for sha256 in asked if HASH.fullmatch(sha256) and store.file_rights(card, sha256).may_send]
    return {sha256: _at_hub(store, card, sha256) for sha256 in theirs}


def _at_hub(store: Store, card: StationCard, sha256: str) -> int:
    shelf, knows = store.files.shelf, store.file_rights(card, sha256).may_know
    return shelf.came(sha256, card.station) if knows else shelf.came_apart(sha256, card.station)


def _put(shelf: Shelf, piece: Piece) -> int | None:
    """Behind what is here; how far the file is then, None where it turned out to be another and was thrown away."""
    if piece.offset + len(piece.body) > piece.size:
        return shelf.came(piece.sha256)
    came = shelf.append(piece.sha256, piece.offset, piece.body)
    if came < piece.size:
        return came
    return piece.size if shelf.finish(piece.sha256) else None


def _pieces(inside: BoundedZip) -> Iterator[Piece]:
    """Each read only when its turn comes."""
    for name in inside.names():
        found = _NAME.fullmatch(name.removeprefix(FILES)) if name.startswith(FILES) else None
        if found:
            yield Piece(found[1], int(found[2]), int(found[3]), inside.read(name))


def _waits_first(file: FileState) -> tuple[bool, int]:
    return file.way is not FileWay.PARCEL, file.size
