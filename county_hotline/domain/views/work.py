"""What is worked through: 待办 and its neighbours 现场, 督办台账, 待审核留言."""

from __future__ import annotations

from enum import Enum

import msgspec

from county_hotline.domain.standing_parts import Call, Supervision
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.vocabulary import Channel, Stage, Urgency
from county_hotline.ids import AgencyCode, Number


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
