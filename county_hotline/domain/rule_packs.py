"""规则包: what differs from place to place and year to year. Versioned TOML; an order keeps the pack it was accepted under."""

from __future__ import annotations

import re
from enum import Enum
from typing import Annotated, Final

import msgspec

from county_hotline.domain.reading import line_of, read_toml
from county_hotline.domain.vocabulary import MatterKind, Urgency
from county_hotline.errors import BadInput

ALL_KINDS: Final = "all"
_VALID_FROM = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-4]):[0-5]\d")


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


class TimeLimit(msgspec.Struct, frozen=True):
    """时限 of one order, with how its days are counted and which pack says so."""

    amount: int
    unit: Unit = Unit.WORKDAY
    start: Start = Start.NEXT_WORKDAY
    rest_day: RestDay = RestDay.AS_RECEIVED
    end_of_day: str = "24:00"
    pack: str = ""
    """The pack's title, for the trace a person reads."""


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many days or hours, as a pack writes them."""

    amount: Amount
    unit: Unit = Unit.WORKDAY


class DayCount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How days are counted."""

    start: Start = Start.NEXT_WORKDAY
    rest_day: RestDay = RestDay.AS_RECEIVED
    end_of_day: str = "24:00"
    """When the last day ends: midnight, or the office's closing time."""


class Extension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """延期: added to the old due date, not to today."""

    longest: Span


class SendingBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """退回: within which time a unit may send an order back, and what that does to the caller's date."""

    within: Span
    restarts_callers_limit: bool = False


class RulePack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One place's rules in one version."""

    name: str
    version: Amount
    title: str
    """As the status bar and the trace say it: 山东2020."""
    region: str
    """Six digits."""
    valid_from: str
    """Year, month or day, as exactly as the source says it."""
    source: str
    limits: dict[str, Span] = {}
    """办理时限 by kind of matter, or under `all`. A kind without one has no date here (以平台时限为准)."""
    urgent: dict[Urgency, Span] = {}
    """Tighter limits by urgency; they go before those by kind."""
    day_count: DayCount = DayCount()
    extension: Extension | None = None
    sending_back: SendingBack | None = None
    assumptions: tuple[str, ...] = ()
    """What the source does not say and we had to choose; shown to the county's officer, who must confirm it."""

    @property
    def reference(self) -> str:
        """`name@version`: what an order keeps."""
        return f"{self.name}@{self.version}"

    @property
    def is_settled(self) -> bool:
        """Whether the pack knows any limit at all (待核定 otherwise)."""
        return bool(self.limits)

    def limit_for(self, kind: MatterKind, urgency: Urgency = Urgency.NORMAL) -> TimeLimit | None:
        """The limit of such an order, or None where this pack does not know one: then no date is printed."""
        span = self.urgent.get(urgency) or self.limits.get(kind.value) or self.limits.get(ALL_KINDS)
        if span is None:
            return None
        return TimeLimit(
            amount=span.amount,
            unit=span.unit,
            start=self.day_count.start,
            rest_day=self.day_count.rest_day,
            end_of_day=self.day_count.end_of_day,
            pack=self.title,
        )


def parse(text: str) -> RulePack:
    """A pack from its TOML. Raises BadInput I105 naming line and key."""
    pack = read_toml(text, RulePack, code="I105")
    kinds = {ALL_KINDS, *(kind.value for kind in MatterKind)}
    wrong = {
        "name": not re.fullmatch(r"[a-z0-9-]+", pack.name),
        "title": not pack.title.strip(),
        "region": not re.fullmatch(r"\d{6}", pack.region),
        "valid_from": not _VALID_FROM.fullmatch(pack.valid_from),
        "source": not pack.source.strip(),
        "day_count.end_of_day": not _TIME_OF_DAY.fullmatch(pack.day_count.end_of_day),
        **{f"limits.{kind}": kind not in kinds for kind in pack.limits},
    }
    for key, is_wrong in wrong.items():
        if is_wrong:
            raise BadInput("I105", line=line_of(text, key), key=key)
    return pack
