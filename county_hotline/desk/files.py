"""附件 of an order: what stands where, taking a copy, fetching, and how each goes."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from county_hotline.db.beside.shelf import digest_of
from county_hotline.desk import looking_up
from county_hotline.desk.desk import Desk
from county_hotline.domain import files
from county_hotline.domain.facts import AttachmentAdded
from county_hotline.domain.files import FileState, FileWay
from county_hotline.domain.happened import Happened
from county_hotline.domain.views import FilesWaiting, OrderView
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, Refusal, StoreFault
from county_hotline.ids import Number
from county_hotline.paths import write_atomically
from county_hotline.settings import FILES_ASK_ABOVE
from county_hotline.signals import Changes
from county_hotline.wording import say

MB: Final = 1 << 20


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


_ASKED: Final = (Standing.ASKS, Standing.WAITS_GOOD, Standing.WAITS_PARCEL)


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


def waiting(desk: Desk) -> FilesWaiting:
    """附件随后: what has not arrived at the hub yet."""
    states = desk.store.files.unsent()
    asked = sum(_standing(desk, each)[0] in _ASKED for each in states)
    return FilesWaiting(len(states), sum(each.size - each.sent for each in states), asked)


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
    content = shelf.read(line.sha256, 0, files.LARGEST)
    if hashlib.sha256(content).hexdigest() != line.sha256:
        shelf.put_aside(line.sha256)
        desk.store.files.look_again()
        raise Refusal("R501", name=line.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    except (OSError, StoreFault) as exc:
        raise BadInput("I170") from exc
    return path


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
