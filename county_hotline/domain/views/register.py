"""台账: what is asked of it, its rows and pages, and one order whole."""

from __future__ import annotations

from enum import Enum

import msgspec

from county_hotline.domain.happened import Happened
from county_hotline.domain.tallies import Slice
from county_hotline.domain.vocabulary import Channel, MatterKind, Stage, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, ClusterId, Number


class Renumbered(msgspec.Struct, frozen=True):
    """An order that bears another number now: the one it had was given to another caller too, and his has reached the hub."""

    was: Number
    now: Number


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
    cluster: ClusterId = ClusterId("")
    """同一事项."""


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
