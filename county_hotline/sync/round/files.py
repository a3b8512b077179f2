"""附件 in a round: after all text, piece by piece, in a share of the time, each way from where the other side got.

Text that is written meanwhile goes first. What fails here ends this step, or leaves out one file, and is told apart: it never makes a round
fail, for every record has arrived by then.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from county_hotline.db.beside.shelf import digest_of
from county_hotline.db.store import Store
from county_hotline.domain.files import FileState, FileWay
from county_hotline.errors import HotlineError, HubRejected, StoreFault, Unreachable
from county_hotline.settings import FILES_ASK_ABOVE, FILES_FETCH_UP_TO, Settings
from county_hotline.sync import protocol
from county_hotline.sync.protocol import FileOffset, FilesAsked, FilesHeld, Hello
from county_hotline.sync.round.one_round import Round

log = logging.getLogger(__name__)

SHARE_S: Final = 240.0
"""So long a round goes on with files; the next one, text first, goes on where it stopped."""
SMALLEST: Final = 4 << 10
GROWS_AFTER: Final = 4
"""So many full pieces in a row, and a larger one is tried: each try that fails costs its time on the line."""
GOOD_BYTES_S: Final = 96 << 10
"""A line is good where a piece passes at this speed."""
PATIENCE: Final = 12
"""So many cuts one after another with no piece between them, and the line is given up for this round."""
TROUBLES: Final = 3
"""So many files one after another that the hub has trouble with, and the others wait too."""
TOLD_EVERY_S: Final = 1.0
_CUTS: Final = frozenset({"N104", "N105", "N112", "N113"})
_OF_ONE_FILE: Final = frozenset({"N114", "N118", "N120", "N121", "N122", "S102", "S107"})
"""What goes wrong with one file and leaves the others their turn. N114 is the hub's trouble, perhaps with this file alone."""
_PIECE: Final = "sync.piece"


@dataclass(frozen=True, slots=True)
class FileChoices:
    """What the settings say, in bytes."""

    ask_above: int = 20 << 20
    """Larger files wait until a person says how they are to go."""
    fetch_up_to: int = 5 << 20
    """Larger files are fetched only when a person asks for them."""


def choices_of(settings: Settings) -> FileChoices:
    """What this home's settings say now."""
    return FileChoices(settings.value(FILES_ASK_ABOVE) << 20, settings.value(FILES_FETCH_UP_TO) << 20)


def may_go(file: FileState, choices: FileChoices) -> bool:
    """Whether a file may be sent over the line at all."""
    if file.way is FileWay.UNSAID:
        return file.size <= choices.ask_above
    return file.way is not FileWay.PARCEL


def exchange(
    this: Round,
    hello: Hello,
    choices: FileChoices,
    send_text: Callable[[], object],
    *,
    may_leave: Callable[[FileState], bool] = lambda file: True,
) -> None:
    """Send and fetch what may go now; `may_leave`: whether a file may be shown to the hub at all. Failures about files stand in the tally;
    only what `send_text` meets is raised."""
    if not hello.files:
        return
    _Exchange(this, choices, send_text, may_leave).run(hello.epoch)


class _Enough(Exception):
    """The share is used up, or nothing more can be done over this line now."""


class _Exchange:
    def __init__(
        self, this: Round, choices: FileChoices, send_text: Callable[[], object], may_leave: Callable[[FileState], bool]
    ) -> None:
        self._this = this
        self._may_leave = may_leave
        self._files = this.store.files
        self._choices = choices
        self._send_text = send_text
        self._end = this.seconds() + SHARE_S
        self._pieces = PieceSize(this.store)
        self._cuts = self._troubles = 0
        self._is_slow = False
        self._told_at = 0.0

    def run(self, epoch: str) -> None:
        try:
            self._files.heard_of(epoch)
            self._files.look_again()
            self._files.sweep(self._this.store.life())
            self._both_ways()
        except _Enough:
            pass
        except (StoreFault, Unreachable, HubRejected) as fault:
            self._note(fault)
        self._this.tally.files_waiting = len(self._going())

    def _going(self) -> list[FileState]:
        return [file for file in self._files.to_send() if may_go(file, self._choices) and self._may_leave(file)]

    def _both_ways(self) -> None:
        going = self._going()
        coming = self._files.to_fetch(self._choices.fetch_up_to)
        held = self._held([file.sha256 for file in (*going, *coming)])
        for file in going:
            self._one(file, lambda file=file: self._send(file, held.get(file.sha256)))  # type: ignore[misc]
        for file in coming:
            if held.get(file.sha256, 0) >= file.size:
                self._one(file, lambda file=file: self._fetch(file))  # type: ignore[misc]

    def _held(self, hashes: Sequence[str]) -> dict[str, int]:
        """How far the hub is with these files."""
        held: dict[str, int] = {}
        wanted = list(dict.fromkeys(hashes))
        for start in range(0, len(wanted), protocol.FILES_ASKED):
            asked = protocol.encoded(FilesAsked(tuple(wanted[start : start + protocol.FILES_ASKED])))
            answer = self._persistently(lambda asked=asked: self._this.transport.ask("POST", "/v1/files", body=asked))  # type: ignore[misc]
            held.update(protocol.decoded(answer, FilesHeld).held)
        return held

    def _one(self, file: FileState, step: Callable[[], None]) -> None:
        """One file. What goes wrong with it alone leaves the others their turn."""
        try:
            step()
        except (HubRejected, StoreFault, Unreachable) as fault:
            if not isinstance(fault, HubRejected) and fault.code not in _OF_ONE_FILE:
                raise
            self._files.note_fault(file.sha256, fault.code)
            self._note(fault)
            self._troubles += fault.code == "N114"
            if self._troubles >= TROUBLES:
                raise _Enough from fault
        else:
            self._troubles = 0
        self._tell(file, at_once=True)

    # ------------------------------------------------------------ up

    def _send(self, file: FileState, held: int | None) -> None:
        if held is None:
            raise HubRejected("H210")
        offset = min(held, file.size)
        self._files.note_sent(file.sha256, offset)
        begun_again, stood = False, 0
        while offset < file.size:
            self._in_time()
            before = offset
            try:
                offset = self._push(file, offset)
            except HubRejected as fault:
                if fault.code == "H212":
                    offset = _offset_in(fault, file.size)
                elif fault.code == "H213" and not begun_again:
                    self._check_own(file)
                    offset, begun_again = 0, True
                else:
                    self._files.note_sent(file.sha256, 0)
                    raise
            stood += offset <= before
            if stood > 2 * PATIENCE:
                raise Unreachable("N118", sha256=file.sha256)
            self._files.note_sent(file.sha256, offset)
            self._tell(file)
            if file.way is FileWay.GOOD and self._is_slow and offset < file.size:
                raise Unreachable("N121")
        self._files.note_fault(file.sha256, "")
        self._this.tally.files_sent += 1

    def _push(self, file: FileState, offset: int) -> int:
        """One piece; how far the hub then is."""
        piece = self._files.shelf.read(file.sha256, offset, self._pieces.bytes)
        if not piece:
            self._files.note_here(file.sha256, 0)
            raise Unreachable("N120")
        target = f"/v1/files?hash={file.sha256}&size={file.size}&offset={offset}"
        began = self._this.seconds()
        try:
            answer = self._this.transport.ask("PATCH", target, body=piece, media_type=protocol.OFFSET_OCTETS)
        except Unreachable as fault:
            self._cut(fault)
            return offset
        self._passed(len(piece))
        self._is_slow = len(piece) < GOOD_BYTES_S * (self._this.seconds() - began)
        return min(protocol.decoded(answer, FileOffset).offset, file.size)

    def _check_own(self, file: FileState) -> None:
        """The hub found other bytes than the name says. Where it is our own copy that is damaged, it is put aside, to be fetched again.
        Raises Unreachable N120."""
        if digest_of(self._files.shelf.path(file.sha256))[0] != file.sha256:
            self._files.shelf.put_aside(file.sha256)
            self._files.note_here(file.sha256, 0)
            raise Unreachable("N120")

    # ------------------------------------------------------------ down

    def _fetch(self, file: FileState) -> None:
        shelf = self._files.shelf
        offset = shelf.came(file.sha256)
        while offset < file.size:
            self._in_time()
            target = f"/v1/files?hash={file.sha256}&offset={offset}&length={self._pieces.bytes}"
            try:
                piece = self._this.transport.ask("GET", target)
            except Unreachable as fault:
                self._cut(fault)
                continue
            if not piece or offset + len(piece) > file.size:
                raise Unreachable("N122")
            self._passed(len(piece))
            offset = shelf.append(file.sha256, offset, piece)
            self._files.note_here(file.sha256, min(offset, file.size - 1))
            self._tell(file)
        if not shelf.finish(file.sha256):
            self._files.note_here(file.sha256, 0)
            raise Unreachable("N122")
        self._files.came(file.sha256, file.size)
        self._this.tally.files_received += 1

    # ------------------------------------------------------------ the line

    def _in_time(self) -> None:
        """Text first: what was written meanwhile goes before the next piece. Raises _Enough when the share is used up."""
        if self._this.store.station() is not None and self._this.store.unsent_lives():  # a hub writes nothing itself
            self._send_text()
        try:
            self._this.in_time()
        except Unreachable as fault:
            raise _Enough from fault
        if self._this.seconds() > self._end:
            raise _Enough

    def _persistently(self, ask: Callable[[], bytes]) -> bytes:
        while True:
            self._in_time()
            try:
                return ask()
            except Unreachable as fault:
                self._cut(fault)

    def _cut(self, fault: Unreachable) -> None:
        self._cuts += 1
        if fault.code not in _CUTS or self._cuts >= PATIENCE:
            raise fault
        self._pieces.cut()

    def _passed(self, size: int) -> None:
        self._cuts = 0
        self._pieces.passed(size)

    def _note(self, fault: HotlineError) -> None:
        self._this.tally.files_fault = self._this.tally.files_fault or fault.code
        log.info("files_stopped code=%s", fault.code)

    def _tell(self, file: FileState, *, at_once: bool = False) -> None:
        """The screens, now and then."""
        now = self._this.seconds()
        if at_once or now - self._told_at >= TOLD_EVERY_S:
            self._told_at = now
            self._this.changed(frozenset(naming.number for naming in self._files.named(file.sha256)))


class PieceSize:
    """Bytes of a piece: smaller after each cut, larger again while pieces pass, remembered over a restart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._full = 0
        noted = store.note(_PIECE) or ""
        self.bytes = max(SMALLEST, min(protocol.PIECE_BYTES, int(noted))) if noted.isdecimal() else protocol.PIECE_BYTES

    def passed(self, size: int) -> None:
        """A piece got through. Only a full one says that a larger one would."""
        self._full = self._full + 1 if size >= self.bytes else 0
        if self._full >= GROWS_AFTER:
            self._change(min(protocol.PIECE_BYTES, self.bytes * 2))

    def cut(self) -> None:
        """A piece did not get through, perhaps for its size."""
        self._full = 0
        self._change(max(SMALLEST, self.bytes // 2))

    def _change(self, size: int) -> None:
        self._full = 0
        if size != self.bytes:
            self.bytes = size
            self._store.set_note(_PIECE, str(size))


def _offset_in(fault: HubRejected, size: int) -> int:
    offset = fault.details.get("offset", 0)
    return max(0, min(int(offset), size)) if isinstance(offset, int) else 0
