"""附件 at the hub: taken piece by piece behind what is here, checked by their hash when whole, handed out to those the order concerns.

tus's verbs in our profile (docs/sync-protocol.md): what is asked stands in the query, which is signed; how far a file has come stands in the
signed body of the answer, and once more in `upload-offset` for whoever only looks.
"""

from __future__ import annotations

import logging
from typing import Final

from county_hotline.db.line.file_rights import FileRights
from county_hotline.domain.files import HASH
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import HubRejected
from county_hotline.hub.asking import Endpoints, Hub, Question, Reply, known, number, unpacked
from county_hotline.hub.storage import EnrolledStation
from county_hotline.sync import protocol
from county_hotline.sync.protocol import FileOffset, FilesAsked, FilesHeld

log = logging.getLogger(__name__)

NOT_YOURS, TORN, GAP, OTHER_BYTES, NOT_YET, NO_ROOM = "H210", "H211", "H212", "H213", "H214", "H215"
NO_SHARE: Final = "H230"
"""What this station has sent and nobody else has been given fills its part of the disk: later."""


def _held(hub: Hub, question: Question) -> Reply:
    """How far each of these files has come here. Those no entry here names, or that are not the station's concern, are left out."""
    station = known(hub, question)
    asked = protocol.decoded(unpacked(hub, question.asked), FilesAsked)
    held = {}
    for sha256 in asked.hashes[: protocol.FILES_ASKED]:
        if HASH.fullmatch(sha256) and (rights := hub.store.file_rights(station.card, sha256)).sizes:
            held[sha256] = _came(hub, station, sha256, rights)
    return Reply(protocol.encoded(FilesHeld(held)))


def _head(hub: Hub, question: Question) -> Reply:
    """tus's HEAD: for people and their tools. A station asks `_held`, whose answer is signed to the last byte."""
    station = known(hub, question)
    sha256, rights = _concerned(hub, station, question)
    headers = {"upload-offset": str(_came(hub, station, sha256, rights)), "upload-length": str(min(rights.sizes))}
    return Reply(b"", headers=headers)


def _take(hub: Hub, question: Question) -> Reply:
    """One piece. The same piece again changes nothing; one that begins behind what is here is refused with how far it has come."""
    station = known(hub, question)
    sha256, rights = _concerned(hub, station, question)
    size, offset = number(question, "size", 0), number(question, "offset", 0)
    piece = unpacked(hub, question.asked)
    if not rights.may_send or size not in rights.sizes:
        raise HubRejected(NOT_YOURS)
    if not piece or len(piece) > protocol.PIECE_BYTES or offset + len(piece) > size:
        raise HubRejected(TORN, limit=protocol.PIECE_BYTES)
    if not hub.store.files.shelf.has_room():
        raise HubRejected(NO_ROOM)
    files, name = hub.store.files, station.card.station
    came = _came(hub, station, sha256, rights)
    if offset > came:
        raise HubRejected(GAP, offset=came)
    if came == 0 and not files.has_room_for(name, sha256, size):
        raise HubRejected(NO_SHARE)
    now = files.take_piece(sha256, offset, piece, size=size, station=name, knows=rights.may_know)
    if now is None:
        log.warning("file_thrown_away station=%s sha256=%s", name, sha256[:12])
        raise HubRejected(OTHER_BYTES)
    if came < size <= now:
        log.info("file_received station=%s sha256=%s bytes=%d", name, sha256[:12], size)
    return Reply(protocol.encoded(FileOffset(now)), headers={"upload-offset": str(now)})


def _give(hub: Hub, question: Question) -> Reply:
    """A piece of a whole file from `offset` on, at most `length` bytes."""
    station = known(hub, question)
    sha256, rights = _concerned(hub, station, question)
    if not rights.may_have:
        raise HubRejected(NOT_YOURS)
    shelf, offset = hub.store.files.shelf, number(question, "offset", 0)
    if not shelf.has(sha256):
        raise HubRejected(NOT_YET)
    length = max(1, min(number(question, "length", protocol.PIECE_BYTES), protocol.PIECE_BYTES))
    piece = shelf.read(sha256, offset, length)
    if not rights.has_sent and offset + len(piece) >= shelf.size(sha256) and station.card.role is not StationRole.RELAY:
        hub.store.files.note_taken(sha256, station.card.station)  # a relay's would vouch for all below it
    return Reply(piece, media_type=protocol.OCTETS)


def _concerned(hub: Hub, station: EnrolledStation, question: Question) -> tuple[str, FileRights]:
    """The file asked about, and what the station may do with it. Whether it is here at all is told to nobody else."""
    sha256 = question.query.get("hash", "")
    rights = hub.store.file_rights(station.card, sha256) if HASH.fullmatch(sha256) else FileRights()
    if not rights.sizes:
        raise HubRejected(NOT_YOURS)
    return sha256, rights


def _came(hub: Hub, station: EnrolledStation, sha256: str, rights: FileRights) -> int:
    """How far the file is here; to who may not know that, only how much of it came from there."""
    shelf, name = hub.store.files.shelf, station.card.station
    return shelf.came(sha256, name) if rights.may_know else shelf.came_apart(sha256, name)


ENDPOINTS: Final[Endpoints] = {
    ("POST", "/v1/files"): _held,
    ("HEAD", "/v1/files"): _head,
    ("PATCH", "/v1/files"): _take,
    ("GET", "/v1/files"): _give,
}
