"""附件: adding a file, what stands where, taking a copy, fetching, and how it goes. Bytes lie by their hash; a name is only ever shown.

What shows the caller of a confidential order is `personal`: its entry has a neutral name, the true one stands in the person's part, and the
file goes only where the person's words go.
"""

from __future__ import annotations

import hashlib
import mimetypes
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Final

from county_hotline.db.shelf import digest_of
from county_hotline.desk import looking_up, picture_marks
from county_hotline.desk.desk import Desk
from county_hotline.desk.picture_marks import Place
from county_hotline.domain import decisions, files
from county_hotline.domain.cleaning import clean
from county_hotline.domain.facts import AttachmentAdded, Person
from county_hotline.domain.files import FileState, FileWay
from county_hotline.domain.happened import Happened
from county_hotline.domain.views import OrderView
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, Refusal, StoreFault
from county_hotline.ids import Number
from county_hotline.paths import write_atomically
from county_hotline.settings import FILES_ASK_ABOVE
from county_hotline.signals import Changes
from county_hotline.wording import say

LARGEST_ATTACHMENT: Final = files.LARGEST
LARGEST_PICTURE: Final = 64 << 20
"""A picture beyond this is not looked into for the place."""
MB: Final = 1 << 20
_TRIES: Final = 2


class Standing(str, Enum):
    """Where a file stands, as a person asks it."""

    WITHHELD = "withheld"  # 不给本站
    LOCAL = "local"  # 本机
    ASKS = "asks"  # 等您说怎么传
    WAITS_GOOD = "waits_good"  # 等好线路
    WAITS_PARCEL = "waits_parcel"  # 等数据包
    SENDING = "sending"  # 已传 45%
    ARRIVED = "arrived"  # 县中心已收
    ABSENT = "absent"  # 未取回
    WANTED = "wanted"  # 下一轮取回
    FETCHING = "fetching"  # 已取 45%


@dataclass(frozen=True, slots=True)
class FileLine:
    """One attachment of an order as it is shown here."""

    place: int
    """1, 2, 3, … in the order in which they came here."""
    sha256: str
    name: str
    size: int
    media_type: str
    standing: Standing
    percent: int
    """How far it has gone or come."""
    is_personal: bool
    """It shows the caller of a confidential order: opening and saving ask for a reason."""
    lost_its_place: bool
    """Where it was taken was taken out of it."""
    fault: str = ""
    """Code of what last kept it from going or coming."""

    @property
    def is_here(self) -> bool:
        return self.standing not in (Standing.WITHHELD, Standing.ABSENT, Standing.WANTED, Standing.FETCHING)

    @property
    def is_waiting_to_go(self) -> bool:
        return self.is_here and self.standing is not Standing.ARRIVED


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


# ---------------------------------------------------------------- looking


def files_of(desk: Desk, number: Number) -> tuple[FileLine, ...]:
    """The order's attachments that were not erased, each as it stands here."""
    return lines_of(desk, desk.store.view(number))


def lines_of(desk: Desk, view: OrderView) -> tuple[FileLine, ...]:
    """As `files_of`, of an order that is at hand."""
    story = {event.entry_id: event for event in view.story}
    lines: list[FileLine] = []
    for naming, state in desk.store.files.of_order(view.order.number):
        event = story.get(naming.entry_id)  # type: ignore[call-overload]
        if event is None or any(line.sha256 == state.sha256 for line in lines):
            continue
        is_withheld = not state.is_here and desk.store.files.is_withheld(naming.entry_id)
        standing, percent = (Standing.WITHHELD, 0) if is_withheld else _standing(desk, state)
        lines.append(_line(len(lines) + 1, view.order, event, state, standing=standing, percent=percent))
    return tuple(lines)


def _line(place: int, order: WorkOrder, event: Happened, state: FileState, *, standing: Standing, percent: int) -> FileLine:
    fact = event.fact
    assert isinstance(fact, AttachmentAdded)
    return FileLine(
        place=place,
        sha256=fact.sha256,
        name=fact.name if order.is_confidential else _true_name(event, fact),
        size=fact.size_bytes,
        media_type=fact.media_type,
        standing=standing,
        percent=percent,
        is_personal=files.shows_the_caller(order, fact),
        lost_its_place=bool(fact.original),
        fault=state.fault,
    )


def _true_name(event: Happened, fact: AttachmentAdded) -> str:
    return files.shown_name(event.person.original.get("name", "")) or fact.name if event.person else fact.name


def _standing(desk: Desk, state: FileState) -> tuple[Standing, int]:
    if not state.is_here:
        if state.here:
            return Standing.FETCHING, _percent(state.here, state.size)
        return (Standing.WANTED if state.is_wanted else Standing.ABSENT), 0
    if state.is_sent:
        return Standing.ARRIVED, 100
    if state.way is FileWay.PARCEL:
        return Standing.WAITS_PARCEL, _percent(state.sent, state.size)
    if state.sent:
        return Standing.SENDING, _percent(state.sent, state.size)
    if state.way is FileWay.GOOD:
        return Standing.WAITS_GOOD, 0
    asks = state.way is FileWay.UNSAID and state.size > desk.settings.value(FILES_ASK_ABOVE) * MB
    return (Standing.ASKS if asks else Standing.LOCAL), 0


def _percent(part: int, whole: int) -> int:
    """Whole hundredths; 100 only for the whole."""
    return min(99, part * 100 // whole)


def found(desk: Desk, number: Number, which: str) -> FileLine:
    """An attachment by its place (`2`), its name or the beginning of its hash. Refuses R500."""
    lines = files_of(desk, number)
    wanted = which.strip()
    for fits in (
        lambda line: wanted == str(line.place),
        lambda line: wanted == line.name,
        lambda line: len(wanted) >= 6 and line.sha256.startswith(wanted.lower()),
    ):
        if matching := [line for line in lines if fits(line)]:
            return matching[0]
    raise Refusal("R500", number=number, which=wanted[:40])


# ---------------------------------------------------------------- a copy of it


def save_copy(desk: Desk, number: Number, which: str, target: Path, *, reason: str = "") -> Path:
    """另存为: a copy at `target`, or in it where it is a folder, under a name that Windows bears. Nothing is written over (R504).

    What shows a confidential caller needs what unmasking needs, and leaves the same trace (R192, R204, R193). Refuses R501, R502; I170.
    """
    line, name = _to_look_at(desk, number, which, reason)
    path = target / files.safe_name(name, say("files.nameless")) if target.is_dir() else target
    if path.exists():
        raise Refusal("R504")
    return _copied(desk, line, path)


def open_copy(desk: Desk, number: Number, which: str, *, reason: str = "") -> Path:
    """打开: a copy that the system may be asked to open, in a folder that `forget_opened` empties. Refuses as `save_copy` does, and R503
    for what acts by itself when it is opened."""
    line, name = _to_look_at(desk, number, which, reason)
    if files.acts_when_opened(name):
        raise Refusal("R503", name=line.name)
    path = _opened(desk) / line.sha256[:12] / files.safe_name(name, say("files.nameless"))
    return path if path.exists() and digest_of(path)[0] == line.sha256 else _copied(desk, line, path)


def forget_opened(desk: Desk) -> None:
    """Take away the copies that were made for opening; one that is still open stays until the next time."""
    shutil.rmtree(_opened(desk), ignore_errors=True)


def _opened(desk: Desk) -> Path:
    return desk.home.path / "opened"


def _to_look_at(desk: Desk, number: Number, which: str, reason: str) -> tuple[FileLine, str]:
    """A file that is here and may be shown to whoever is signed in, with its true name."""
    desk.signed_in()
    line = found(desk, number, which)
    if line.standing is Standing.WITHHELD:
        raise Refusal("R502", name=line.name)
    if line.is_personal:
        looking_up.unmask(desk, number, reason)
    if not line.is_here or not desk.store.files.shelf.has(line.sha256):
        desk.store.files.look_again()
        raise Refusal("R501", name=line.name)
    named = [
        _true_name(event, event.fact)
        for event in desk.store.view(number).story
        if isinstance(event.fact, AttachmentAdded) and event.fact.sha256 == line.sha256
    ]
    return line, named[0]


def _copied(desk: Desk, line: FileLine, path: Path) -> Path:
    """Checked while it is copied: a damaged file is told, never handed out."""
    shelf = desk.store.files.shelf
    content = b"".join(_pieces(shelf.path(line.sha256)))
    if _digest(content) != line.sha256:
        shelf.put_aside(line.sha256)
        desk.store.files.look_again()
        raise Refusal("R501", name=line.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    except (OSError, StoreFault) as exc:
        raise BadInput("I170") from exc
    return path


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(MB):
            yield piece


# ---------------------------------------------------------------- its way


def fetch(desk: Desk, number: Number, which: str) -> FileLine:
    """取回 with the next round, however large. Refuses R502."""
    line = found(desk, number, which)
    if line.standing is Standing.WITHHELD:
        raise Refusal("R502", name=line.name)
    desk.store.files.want(line.sha256)
    desk.tell(Changes(work_orders=frozenset({number})))
    return line


def let_go(desk: Desk, number: Number, which: str, way: FileWay) -> FileLine:
    """随线路, 等好线路 or 等数据包."""
    line = found(desk, number, which)
    desk.store.files.let_wait(line.sha256, way)
    desk.tell(Changes(work_orders=frozenset({number})))
    return line
