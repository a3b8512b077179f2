"""What a rule pack is made of: its lists, its spans of time, and one small table for each thing a place may rule."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Final

import msgspec

from county_hotline.domain.vocabulary import MatterKind

MIDNIGHT: Final = "24:00"


class Unit(str, Enum):
    """What a limit is counted in."""

    WORKDAY = "workday"  # 工作日
    DAY = "day"  # 自然日
    HOUR = "hour"  # 小时, clock hours


class Start(str, Enum):
    """起算: which day is the first one counted."""

    NEXT_WORKDAY = "next_workday"  # 次日起
    SAME_DAY = "same_day"  # 当日起


class RestDay(str, Enum):
    """What arrives on a day off."""

    AS_RECEIVED = "as_received"  # counts from its real day
    AS_NEXT_WORKDAY = "as_next_workday"  # counts as if it came on the next working day


Amount = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Percent = Annotated[int, msgspec.Meta(ge=1, le=99)]


class TimeLimit(msgspec.Struct, frozen=True):
    """时限 of one order, with how its days are counted and which pack says so."""

    amount: int
    unit: Unit = Unit.WORKDAY
    start: Start = Start.NEXT_WORKDAY
    rest_day: RestDay = RestDay.AS_RECEIVED
    end_of_day: str = MIDNIGHT
    pack: str = ""
    """The pack's title, for the trace a person reads."""
    counts_itself: bool = True
    """含本数: the last of the days counted is the day it is due; otherwise it must be done before that day."""
    cutoff: str = ""
    """What comes after this minute (`HH:MM`) counts as come the next day; empty: the day counts until midnight."""


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many days or hours, as a pack writes them."""

    amount: Amount
    unit: Unit = Unit.WORKDAY

    @property
    def roughly_hours(self) -> int:
        """Clock hours if every day were a working day: good enough to tell which of two rules is the tighter one."""
        return self.amount * (1 if self.unit is Unit.HOUR else 24)


class Margin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So long before or after the end of a limit; 0: at its end itself."""

    amount: Annotated[int, msgspec.Meta(ge=0, le=1000)]
    unit: Unit = Unit.WORKDAY

    @property
    def roughly_hours(self) -> int:
        """As of `Span`."""
        return self.amount * (1 if self.unit is Unit.HOUR else 24)


class Overlay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tighter limit for some matters (生命危险, 水电气热): those whose text holds one of the keywords, of these kinds."""

    name: str
    keywords: tuple[str, ...] = ()
    """One of them in the title, the words or the demand; none: all matters of these kinds."""
    kinds: tuple[MatterKind, ...] = ()
    """None: every kind."""
    respond: Span | None = None
    """首次响应: contact or arrival. A response is not a solution."""
    handle: Span | None = None

    def applies(self, kind: MatterKind, text: str) -> bool:
        """Whether a matter of this kind and text is meant."""
        if self.kinds and kind not in self.kinds:
            return False
        return not self.keywords or any(word in text for word in self.keywords)


class DayCount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How days are counted."""

    start: Start = Start.NEXT_WORKDAY
    rest_day: RestDay = RestDay.AS_RECEIVED
    end_of_day: str = MIDNIGHT
    """When the last day ends: midnight, or the office's closing time."""
    counts_itself: bool = True
    """含本数 (`以内` 包括本数, as laws use the word): see `TimeLimit`."""
    cutoff: str = ""


class Extension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """延期: added to the old due date, not to today."""

    longest: Span | None = None
    most: Amount | None = None
    """How many times."""
    apply_before: Margin | None = None
    """How long before the end it must be asked for at the latest; 0: before the end."""
    needs_seal: bool | None = None
    """Whether the unit's head must sign and seal."""
    tell_within: Span | None = None
    """Within which time the caller must be told the new date with its reason."""


class SendingBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """退回: within which time a unit may send an order back, and what that does to the caller's date."""

    within: Span | None = None
    most: Amount | None = None
    restarts_callers_limit: bool = False


class Suspension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """挂起."""

    longest: Span | None = None
    review_every: Span | None = None
    """How often somebody looks again whether it can go on."""
    stops_clock: bool = False
    """Whether the limit waits meanwhile."""


class FollowUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """回访."""

    within: Span | None = None
    tries: Amount | None = None
    next_try: Span | None = None
    """How long after a try that reached nobody the next one is due."""


class Redo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """重办."""

    limit: Span | None = None
    most: Amount | None = None


class LightRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """警示灯: when it turns yellow; one of the two. It is red once the limit has ended."""

    yellow_before: Span | None = None
    """So long before the end."""
    yellow_share: Percent | None = None
    """Once so many hundredths of the time have gone."""


class CardRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """红黄牌: how long after the end of a limit a card may be suggested. Only a person shows one."""

    yellow: Margin | None = None
    red: Margin | None = None


class Fallback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """兜底."""

    after_returns: Amount | None = None
