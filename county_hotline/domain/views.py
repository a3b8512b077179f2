"""What screens and the command line are shown: plain values read from the tables, one type a page."""

from __future__ import annotations

from enum import Enum

import msgspec

from county_hotline.domain.happened import Happened
from county_hotline.domain.proving import Difference
from county_hotline.domain.standing_parts import Call, Supervision
from county_hotline.domain.tallies import Slice
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.vocabulary import Channel, MatterKind, Stage, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, EntryId, Number, StationId


class Renumbered(msgspec.Struct, frozen=True):
    """An order that bears another number now: the one it had was given to another caller too, and his has reached the hub."""

    was: Number
    now: Number


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


class RegisterSort(str, Enum):
    """台账按什么先后. What has no such value comes last, whichever way round."""

    TIME = "time"  # 登记: the newest first
    DUE = "due"  # 最迟办结: the earliest first
    STAGE = "stage"  # 状态: as an order goes through them
    AGENCY = "agency"  # 承办: by code
    FINISHED = "finished"  # 办结时间: the newest first


class RegisterQuery(msgspec.Struct, frozen=True):
    """What 台账 shows, and in which order. Empty fields do not filter."""

    text: str = ""
    """Number or its tail, official number, query code, phone ending, name, or any 2+ characters of title, place, content."""
    stages: tuple[Stage, ...] = ()
    since: int = 0
    """Accepted at or after, UTC ms."""
    until: int = 0
    category: str = ""
    """A category code; its children are included."""
    agency: AgencyCode = AgencyCode("")
    waiting_only: bool = False
    clashes_only: bool = False
    overdue_before: str = ""
    """ISO date: only orders that have not ended and were due before it."""
    sort: RegisterSort = RegisterSort.TIME
    is_reversed: bool = False
    """The other way round than `sort` says."""
    overdue_at: int = 0
    """UTC ms: only orders that have not ended and whose limit had passed by then."""
    ended: bool | None = None
    """Only orders that have ended, or only those that have not."""
    event: str = ""
    """领导接线, by code."""
    campaign: str = ""
    """专项, by code."""
    figure: Slice | None = None
    """Exactly the orders that a figure of 总览 counts."""
    place: str = ""
    """A region's code; what lies in it is included."""
    channel: Channel | None = None
    matter_kind: MatterKind | None = None
    urgency: Urgency | None = None
    suspended_only: bool = False
    """挂起: some unit's clock stands still."""
    confidential_only: bool = False


class RegisterRow(msgspec.Struct, frozen=True):
    """One line of 台账. The caller is masked."""

    number: Number
    stage: Stage
    title: str
    caller: str
    phone: str
    matter_kind: MatterKind | None
    channel: Channel | None
    urgency: Urgency | None
    category: str
    place: str
    agency: AgencyCode
    """Lead, or the hint while none was dispatched."""
    is_hint: bool
    due_on: str
    due_provisional: bool
    accepted_at: int
    finished_at: int | None
    confidential: bool
    waiting: bool
    """待上传: entries of this station for it have no receipt yet."""
    clashes: int
    official_number: str = ""
    due_at: int = 0
    """The moment the limit in force ends, UTC ms; 0 where none is known."""
    event: str = ""
    campaign: str = ""


class RegisterPage(msgspec.Struct, frozen=True):
    """A page of 台账 by keyset: give `next_after` back for the following page; None at the end."""

    rows: tuple[RegisterRow, ...]
    total: int
    next_after: str | None
    is_more: bool = False
    """There may be more than `total`: a list that is narrowed is counted up to a thousand, then as far as one has read."""


class OrderView(msgspec.Struct, frozen=True):
    """One order with its whole history, newest last, in the agreed order."""

    order: WorkOrder
    story: tuple[Happened, ...]
    waiting: tuple[str, ...] = ()
    """Entry ids of this station without a receipt."""
    official_number: str = ""


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


class Caution(msgspec.Struct, frozen=True):
    """Something worth a second look that never blocks: `code` is a wording key below `warning.`, `field` where it stands."""

    field: str
    code: str
    details: dict[str, str] = {}


class Draft(msgspec.Struct, frozen=True):
    """An unfinished form, kept while it is typed."""

    key: str
    saved_at: int
    body: bytes
    """The form as JSON."""


class Phrase(msgspec.Struct, frozen=True):
    """模板与常用语, one. `【…】` in its text is a blank to fill in; 0 is a new one."""

    phrase: int
    title: str
    text: str
    own: bool = True
    """The officer's, not the station's."""


class TodayRow(msgspec.Struct, frozen=True):
    """待办, one line: one thing waited for of one order."""

    number: Number
    kind: TaskKind
    act: str
    """下一步: what F9 does (a name of `desk.acts`)."""
    title: str
    stage: Stage
    urgency: Urgency | None
    agency: AgencyCode
    """The unit it is about, else who leads."""
    due_at: int
    """UTC ms; 0: no limit known."""
    since: int
    tries: int = 0
    """回访: which try it is."""
    is_mine: bool = False
    """Whether the officer who asks had a hand in the order."""
    confidential: bool = False


class TodayGroup(str, Enum):
    """Groups of 待办, in the order of the page."""

    OVERDUE = "overdue"  # 超期
    DUE_SOON = "due_soon"  # 下一个工作日到期 (today included)
    CALL_BACK = "call_back"  # 今天回访
    TO_DECIDE = "to_decide"  # 等我定
    REST = "rest"  # 其余


class Today(msgspec.Struct, frozen=True):
    """待办 of one officer at one station, most urgent first."""

    groups: tuple[tuple[TodayGroup, tuple[TodayRow, ...]], ...]
    """Only groups that hold something."""
    mine: int
    whole: int
    """Of the whole station."""
    done_today: dict[str, int] = {}
    """今天: how many were accepted, answered, dispatched, signed for, printed here today, by act."""


class CallRow(msgspec.Struct, frozen=True):
    """现场, one line: one call of one order, kept whole."""

    number: Number
    title: str
    stage: Stage
    place: str
    """Region code of the event; where the units meet stands in the call."""
    call: Call


class SupervisionRow(msgspec.Struct, frozen=True):
    """督办台账, one line: one supervision of one order, with its answers."""

    number: Number
    title: str
    stage: Stage
    supervision: Supervision


class Incoming(msgspec.Struct, frozen=True):
    """待审核留言: a message of a mailbox, a radio show or a grid worker that becomes an order only once somebody reviewed it."""

    incoming: int
    channel: Channel
    came_at: int
    sender: str
    phone: str
    title: str
    text: str
    external_number: str = ""
    place: str = ""
    grid: str = ""
    collected_by: str = ""
    number: Number = Number("")
    """The order it became."""
    dropped: str = ""
    """Why it became none."""
    decided_at: int = 0
    officer: str = ""
