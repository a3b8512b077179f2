"""导出数据包 / 导入数据包: what has no line goes on a stick, or through a folder that is ferried over; and what comes back is read."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from county_hotline.db.beside import memos
from county_hotline.db.beside.parcels import Carried, Parcels
from county_hotline.desk import joining
from county_hotline.desk.desk import Desk
from county_hotline.desk.sheets import SheetFacts
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import RoundWay
from county_hotline.errors import Refusal, StoreFault
from county_hotline.settings import PARCEL_IN, PARCEL_OUT
from county_hotline.sync import enrolling, keys
from county_hotline.sync.parcel import coming_down, going_up, inspecting, stick
from county_hotline.sync.parcel.going_up import StationEnd
from county_hotline.sync.parcel.inspecting import Inspected
from county_hotline.sync.parcel.label import Label
from county_hotline.sync.parcel.remarks import Remark
from county_hotline.sync.parcel.watched import WatchedFolder

log = logging.getLogger(__name__)


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A parcel that lies on its medium."""

    path: str
    name: str
    serial: int
    entries: int
    files: int
    """Attachments."""
    size: int
    """Bytes."""
    check_code: str
    """To be compared by eye with what the receiver sees."""
    sheet_path: str
    """数据包交接单 as a PDF; empty where none was drawn."""
    is_whole: bool
    """False: not all that waits found room; after the answer the rest goes into the next."""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a parcel that was read."""

    name: str
    serial: int
    signed_for: int
    """Entries of this station that the hub has now signed for."""
    received: int
    """Entries new here."""
    orders: int
    """Orders that changed here."""
    held: int
    """Entries the hub holds for repair."""
    files: int
    """Attachments that are whole here now."""
    complete: bool
    """Whether nothing more was waiting at the hub."""
    remarks: tuple[Remark, ...]
    """What a person should know of it, `error.<code>` each: read before, older than another, something the hub did not take."""


def export(desk: Desk, folder: Path, *, as_folder: bool = False) -> Exported:
    """导出数据包 to the hub, onto a stick or into any folder: all that has no receipt, and the asking for what is new there.

    Refuses (R203) where nobody is signed in, (R209) a station not enrolled. Raises BadInput I196 to I199 for the medium, StoreFault.
    """
    officer = desk.signed_in()
    exported = _exported(desk, _end(desk), folder, as_folder=as_folder, made_by=officer.officer)
    with desk.store.immediate() as db:
        memos.audit(db, desk.clock.now_ms(), officer.officer, act="parcel_export", subject=exported.name)
    return exported


def import_(desk: Desk, file: Path, *, way: RoundWay = RoundWay.STICK) -> Imported:
    """导入数据包: an answer of the hub, a zip or a folder. Whatever stops it, nothing is half done, and the same again goes on.

    Refuses (R209) a station not enrolled. Raises BadInput I18x, I190, I191, I196, I197 (nothing was changed), NotTrusted A104, A31x,
    StoreFault.
    """
    taken = coming_down.take(_end(desk), file, way=way, tell=desk.tell)
    return Imported(
        name=taken.label.name,
        serial=taken.label.serial,
        signed_for=taken.signed_for,
        received=taken.received,
        orders=len(taken.changed),
        held=len(taken.held),
        files=taken.files,
        complete=taken.complete,
        remarks=tuple(taken.remarks),
    )


def inspect(desk: Desk, file: Path) -> Inspected:
    """看看这个数据包: what stands outside on it. Raises BadInput."""
    hub = joining.address_of(desk.home)
    return inspecting.inspect(
        file, lambda label: hub.key if hub is not None and label.sender == hub.hub_id else _own_key(desk, label)
    )


def carried(desk: Desk, limit: int = 50) -> tuple[Carried, ...]:
    """The last parcels made and read here, newest first."""
    return Parcels(desk.store).listed(limit)


class Ferry:
    """网闸摆渡目录 of one station, looked after every few minutes: what is new goes out, what lies there is read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._watched: WatchedFolder | None = None

    def run(self) -> int:
        """How many parcels went or came. Nothing where no folder was chosen or the station is not enrolled. Raises BadInput I196 to I199
        where the folder for what goes out cannot be written to, StoreFault."""
        desk = self._desk
        if joining.address_of(desk.home) is None:
            return 0
        came = self._came(desk.settings.value(PARCEL_IN))
        out = desk.settings.value(PARCEL_OUT)
        if not out or not going_up.has_news(_end(desk)):
            return came
        _exported(desk, _end(desk), Path(out), as_folder=False, made_by="")
        return came + 1

    def _came(self, folder: str) -> int:
        if not folder:
            self._watched = None
            return 0
        if self._watched is None or self._watched.folder != Path(folder):
            self._watched = WatchedFolder(Path(folder), self._read)
        return self._watched.look()

    def _read(self, path: Path) -> None:
        import_(self._desk, path, way=RoundWay.FOLDER)


def _end(desk: Desk) -> StationEnd:
    hub = joining.address_of(desk.home)
    if hub is None:
        raise Refusal("R209")
    return StationEnd(desk.store, keys.keep(desk.home.keys, enrolling.KEY_NAME), hub, desk.clock)


def _own_key(desk: Desk, label: Label) -> keys.PublicKey | None:
    card = desk.store.station()
    own = card is not None and label.sender == card.station
    return keys.keep(desk.home.keys, enrolling.KEY_NAME).public if own else None


def _exported(desk: Desk, end: StationEnd, folder: Path, *, as_folder: bool, made_by: str) -> Exported:
    parcel, handed = going_up.make(end)
    path = stick.put(parcel, folder, as_folder=as_folder)
    going_up.is_sent(end, parcel, handed)
    size = sum(len(body) for body in parcel.files.values())
    code = inspecting.check_code(parcel.digest)
    sheet = _sheet(desk, parcel.label, size=size, check_code=code, made_by=made_by) if made_by else ""
    return Exported(
        path=str(path),
        name=parcel.label.name,
        serial=parcel.label.serial,
        entries=parcel.label.entries,
        files=parcel.label.files,
        size=size,
        check_code=code,
        sheet_path=sheet,
        is_whole=handed.is_whole,
    )


def name_of(card: StationCard) -> str:
    """A station as a hand-over sheet names it: unit and desk."""
    return " ".join(part for part in (card.unit_name, card.desk) if part)


def _sheet(desk: Desk, label: Label, *, size: int, check_code: str, made_by: str) -> str:
    """The parcel lies on its medium whether or not its sheet can be drawn."""
    if desk.sheet_maker is None:
        return ""
    card, path = desk.card, desk.home.slips / f"{label.name}.pdf"
    facts = SheetFacts(
        title_line=desk.store.reference.bundle().title,
        label=label,
        station_name=name_of(card),
        size=size,
        check_code=check_code,
        made_by=made_by,
    )
    try:
        desk.sheet_maker(facts, path)
    except StoreFault as fault:
        log.warning("sheet_not_drawn name=%s code=%s", label.name, fault.code)
        return ""
    return str(path)
