"""交接班: what one shift tells the next. Values; nothing of a caller stands in them in the clear, so that the sheet may lie on the counter."""

from __future__ import annotations

import msgspec

from county_hotline.domain.views import LineState
from county_hotline.ids import Number, OfficerId

LONGEST_NOTES = 320
"""Characters the giver may add: they must fit on the sheet."""


class ShiftLine(msgspec.Struct, frozen=True):
    """One order the next shift has to know of. Of a confidential one only the number stands here."""

    number: Number
    title: str
    agency: str
    """Short name of the unit that has it."""
    due_at: int
    """UTC ms; 0: no limit known."""
    kind: str
    """What is waited for (a value of `tasks.TaskKind`)."""
    tries: int = 0
    confidential: bool = False


class ShiftTodo(msgspec.Struct, frozen=True):
    """待办 of one kind: how many orders, and how many of them are late."""

    kind: str
    orders: int
    overdue: int


class ShiftDraft(msgspec.Struct, frozen=True):
    """A form not finished: when it was last typed in, and by what the officer knows it again, masked."""

    saved_at: int
    caller: str
    confidential: bool


class ShiftSheet(msgspec.Struct, frozen=True, kw_only=True):
    """交接班单: the station as it stands at the end of a shift."""

    unit_name: str
    desk_name: str
    hotline: str
    made_at: int
    giver: OfficerId
    since: int
    """When this shift began: the hand-over before it, or midnight."""
    done: dict[str, int] = {}
    """What was done since, by kind on disk."""
    printed: int = 0
    """Forms printed today."""
    todo: tuple[ShiftTodo, ...] = ()
    overdue: tuple[ShiftLine, ...] = ()
    overdue_count: int = 0
    near: tuple[ShiftLine, ...] = ()
    near_count: int = 0
    call_backs: tuple[ShiftLine, ...] = ()
    call_backs_count: int = 0
    drafts: tuple[ShiftDraft, ...] = ()
    incoming: int = 0
    """待审核留言."""
    stored: int = 0
    received: int = 0
    waiting: int = 0
    held: int = 0
    files: int = 0
    """Attachments that have not arrived."""
    balanced: bool = True
    line: LineState = LineState.UNKNOWN
    line_since: int = 0
    synced_at: int = 0
    notes: str = ""


class Shift(msgspec.Struct, frozen=True):
    """One hand-over as it is kept: the sheet, and who took it over."""

    shift: int
    sheet: ShiftSheet
    taker: OfficerId = OfficerId("")
    taken_at: int = 0
    remark: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the next shift has acknowledged it."""
        return self.taken_at > 0
