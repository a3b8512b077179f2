"""总览: which orders a figure counts, and the figures together. Values; they are counted in `db.tables.tallies`."""

from __future__ import annotations

from enum import Enum

import msgspec

from county_hotline.domain.vocabulary import Stage


class Counted(str, Enum):
    """What a figure counts. Those of a span lie in [since, until); those that stand now have none."""

    ACCEPTED = "accepted"  # 受理
    DISPATCHED = "dispatched"  # 派单
    FINISHED = "finished"  # 办结
    ANSWERED = "answered"  # 直接答复
    IN_TIME = "in_time"  # 按时办结
    FINISHED_LATE = "finished_late"  # 超期办结
    RATED = "rated"  # 已评价
    SATISFIED = "satisfied"  # 满意
    FAIRLY_SATISFIED = "fairly_satisfied"  # 基本满意及以上
    DISSATISFIED = "dissatisfied"  # 不满意
    UNREACHED = "unreached"  # 未接通
    SIGNED_LATE = "signed_late"  # 有没及时签收的: dispatched in the span, some round not signed for in time
    REPLIED_LATE = "replied_late"  # 没及时回复: dispatched in the span, replied late, or late by `at` and not replied
    UNSOLVED = "unsolved"  # 回访说没解决
    OPEN = "open"  # 在办
    OVERDUE = "overdue"  # 超期
    DUE = "due"  # 到期: open, the limit ends within (since, until]
    NO_LIMIT = "no_limit"  # 无期限
    TO_FOLLOW_UP = "to_follow_up"  # 待回访


STANDING = frozenset({Counted.OPEN, Counted.OVERDUE, Counted.DUE, Counted.NO_LIMIT, Counted.TO_FOLLOW_UP})
"""What is so now, whatever span is looked at."""


class Slice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Exactly the orders a figure counts. 台账 shows them by the same condition, so that the list is as long as the figure says."""

    what: Counted = Counted.ACCEPTED
    since: int = 0
    """UTC ms."""
    until: int = 0
    """UTC ms; for OVERDUE the moment by which the limit had ended."""
    place: str = ""
    """A township's or a village's code: its villages are included. `-` for orders whose township is not known."""
    is_place_alone: bool = False
    """Of `place`: not what lies in it."""
    category: str = ""
    """A category's code: its children are included. `-` for orders without one."""
    agency: str = ""
    """The unit that leads. `-` for orders that none leads."""
    stage: Stage | None = None
    at: int = 0
    """UTC ms: by when REPLIED_LATE is late."""
    not_places: tuple[str, ...] = ()
    """其他: none of these townships; within a township none of these villages."""
    not_categories: tuple[str, ...] = ()
    """其他: none of these heads."""

    def encode(self) -> str:
        """As text that a page may hand to another."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def decode(cls, text: str) -> Slice:
        """What `encode` wrote. Raises msgspec.ValidationError for anything else."""
        return msgspec.json.decode(text, type=cls)


NONE = "-"
"""Of a filter: those that have none."""


class Ratio(msgspec.Struct, frozen=True):
    """A numerator over its denominator, and what was left out of both."""

    numerator: int = 0
    denominator: int = 0
    apart: int = 0


class Group(msgspec.Struct, frozen=True):
    """One bar: a township, a category or a stage."""

    code: str
    """Empty: no code is known; `*`: 其他, all the smaller ones."""
    count: int
    open: int = 0
    overdue: int = 0


OTHERS = "*"


class Day(msgspec.Struct, frozen=True):
    """One day of a line or of the week to come."""

    day: str
    """ISO date."""
    accepted: int = 0
    finished: int = 0
    due: int = 0


class UnitRate(msgspec.Struct, frozen=True):
    """按时办结率 of one unit."""

    agency: str
    ratio: Ratio


class Flow(msgspec.Struct, frozen=True):
    """What happened within the span."""

    accepted: int = 0
    before: int = 0
    """Accepted in as long a span just before it."""
    dispatched: int = 0
    finished: int = 0
    answered: int = 0
    unrated: int = 0
    """Finished in the span, and not rated: counted neither as satisfied nor as dissatisfied."""
    unreached: int = 0
    ratios: dict[str, Ratio] = {}
    """By the name of their formula (`domain.rates`)."""
    looked_at: dict[str, int] = {}
    """By the same names: how many orders to look at (`Formula.look_at`)."""


class Standing(msgspec.Struct, frozen=True):
    """What is so now."""

    open: int = 0
    overdue: int = 0
    due_soon: int = 0
    no_limit: int = 0
    to_follow_up: int = 0
    stages: tuple[Group, ...] = ()
    """在办 by stage; `code` is the stage's number, `overdue` those late."""
    days: tuple[Day, ...] = ()
    """到期 by day, today and the six days after it: what is left of today, what ends on each."""
