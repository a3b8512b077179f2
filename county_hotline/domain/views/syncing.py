"""同步: the line, a round, parcels, what the hub has of this station, and whether the records are sound."""

from __future__ import annotations

from enum import Enum

import msgspec

from county_hotline.domain.proving import Difference
from county_hotline.ids import EntryId, Number, StationId


class Counts(msgspec.Struct, frozen=True):
    """已存 ＝ 已签收 ＋ 待传, in orders (件); `balanced` is checked on entries against the hub's last signed receipt."""

    stored: int = 0
    received: int = 0
    waiting: int = 0
    held: int = 0
    """单独放着: the hub holds a record back for repair."""
    entries: int = 0
    """Entries of this station's present life, and how many of them the hub has signed for."""
    entries_received: int = 0
    balanced: bool = True
    differences: int = 0
    """In how many records the last proof found station and hub to differ; then `balanced` is False."""


class LineState(str, Enum):
    """The line to the hub, as last seen."""

    UNKNOWN = "unknown"  # 未联系
    ONLINE = "online"  # 在线
    OFFLINE = "offline"  # 离线
    REFUSED = "refused"  # 需要处理: authority failure
    UNENROLLED = "unenrolled"  # 未接入


class Line(msgspec.Struct, frozen=True):
    """What the strip says of the line."""

    state: LineState = LineState.UNKNOWN
    since: int = 0
    """UTC ms."""
    fault: str = ""
    """Error code of the last failure."""
    skew_ms: int | None = None
    """This PC's clock minus the hub's, when last compared."""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far the round that runs has come; entries."""

    sent: int = 0
    to_send: int = 0
    """What was unsent when it began."""
    received: int = 0


class ParcelFound(msgspec.Struct, frozen=True):
    """A data parcel for this station that lies somewhere."""

    path: str
    serial: int
    made_at: int
    """UTC ms, the hub's clock."""
    entries: int
    was_read: bool


class FilesWaiting(msgspec.Struct, frozen=True):
    """附件随后: attachments that lie here whole and have not arrived at the hub."""

    count: int = 0
    size: int = 0
    """Bytes still to go."""
    asked: int = 0
    """Those of them that wait for a person's word, a good line or a parcel."""


class Finding(msgspec.Struct, frozen=True):
    """诊断线路: what one step found."""

    step: str
    """See sync.diagnosing.STEPS."""
    well: bool | None = None
    """None: not asked, because one before it failed."""
    code: str = ""
    """The failure's code."""
    figures: dict[str, str | int] = {}


class RoundWay(str, Enum):
    """途径: by what a round went."""

    LINE = "line"  # 线路
    STICK = "stick"  # U 盘
    FOLDER = "folder"  # 摆渡目录


class RoundReport(msgspec.Struct, frozen=True, kw_only=True):
    """一轮同步: what one round did. Failures of the line and refused records are values, not exceptions."""

    started_at: int
    ended_at: int = 0
    sent: int = 0
    """Entries the hub signed for."""
    received: int = 0
    """Entries taken in."""
    orders: int = 0
    """Orders that changed here."""
    held: tuple[str, ...] = ()
    """Entry ids the hub holds for repair, new in this round."""
    requests: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    fault: str = ""
    """Error code that ended the round early, or empty."""
    fault_details: dict[str, str | int] = {}
    complete: bool = False
    """True when nothing is left to send or take in."""
    released: tuple[str, ...] = ()
    """Entry ids the hub holds no more."""
    differences: tuple[Difference, ...] = ()
    """In what station and hub were found to differ at the end of the round; nothing where they agree."""
    files_sent: int = 0
    """Attachments that are whole at the hub since this round."""
    files_received: int = 0
    files_waiting: int = 0
    """Attachments that may go over the line and have not arrived."""
    files_fault: str = ""
    """Error code of what went wrong with attachments; every record may have arrived all the same."""
    number: int | None = None
    """第几轮, counted on this station for rounds that reached the hub."""
    way: RoundWay = RoundWay.LINE


class HeldRecord(msgspec.Struct, frozen=True):
    """单独放着: one record the hub keeps but holds back until it is repaired; `code` says why (`error.<code>`)."""

    entry_id: EntryId
    number: Number
    title: str
    code: str


class Unplaced(msgspec.Struct, frozen=True):
    """县中心恢复后还没回来的一条: another station's record that is here and that the hub, put back from a backup, has lost."""

    number: Number
    station: StationId
    """Who wrote it, and has to send it again."""
    entry_id: EntryId
    kind: str
    recorded_at: int


class VerifyReport(msgspec.Struct, frozen=True, kw_only=True):
    """What `verify` found. `sound` means: chains hold, words match their hashes, tables equal the fold."""

    sound: bool
    entries: int
    orders: int
    lives: int
    erased: int
    problems: tuple[str, ...] = ()
    """Codes with ids, e.g. `J102 370323-03 A 17`."""
