"""What an act is, as data: its name, the duty it needs, where it may be done, its fields. Window and command line are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain.vocabulary import StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number


class FieldKind(str, Enum):
    """How a field is filled in, and how its text is read."""

    LINE = "line"  # one line of text
    TEXT = "text"  # paragraphs
    CHOICE = "choice"  # one of `choices`
    TICK = "tick"  # "1" or ""
    TERNARY = "ternary"  # "yes", "no" or "" (not said)
    WHOLE = "whole"  # a whole number
    DAY = "day"  # ISO date; what a person may type instead: domain.typed_times
    MOMENT = "moment"  # day and time of day, as typed
    AGENCY = "agency"  # a unit's code
    AGENCIES = "agencies"  # several units' codes, separated by spaces
    ORDER = "order"  # another order's number (or what finds it)
    ARTICLE = "article"  # a knowledge article's code
    SHARES = "shares"  # 分工: a line a unit: `单位：做什么：到哪天`
    FILE = "file"  # a path


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a choice."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an act. Label and hint are worded: `act.<act>.<name>` or else `act.field.<name>`, and the same with `.hint`."""

    name: str
    kind: FieldKind = FieldKind.LINE
    is_required: bool = False
    lines: int = 3
    choices: Callable[[Desk, WorkOrder], tuple[Choice, ...]] | None = None
    default: Callable[[Desk, WorkOrder], str] | None = None
    why: Callable[[Desk, WorkOrder], str] | None = None
    """A sentence below the field that says where its default comes from (已worded)."""
    is_beside: bool = False
    """In the row of the field before it."""


Perform = Callable[[Desk, Number, Values], WorkOrder]
Hindrance = Callable[[Desk, WorkOrder], str]
"""Empty where the act can be done to the order as it stands here, else a wording key below `act.why.`."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing an officer may do to an order. Wording: `act.<name>` its name, `act.<name>.go` its button, `act.<name>.beside`
    a sentence beside the title, `act.<name>.done` what is said afterwards."""

    name: str
    perform: Perform
    hindrance: Hindrance
    fields: tuple[Field, ...] = ()
    at: frozenset[StationRole] = frozenset(StationRole)
    """Stations at which it may be done at all."""
    room: str = ""
    """taking, dispatching, handling, closing, calling, overseeing, keeping: how a list of acts is divided."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """Which field a refusal is about: code to field name."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One act for one order here and now. `why` is a key below `act.why.` and empty where it can be done."""

    name: str
    room: str
    why: str = ""

    @property
    def can(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class Opened:
    """One act's form as it opens: each field with what stands in it."""

    act: Act
    values: Mapping[str, str]
    words: Mapping[str, str]
    """What is read where it is not the value itself (a unit's name)."""
    choices: Mapping[str, tuple[Choice, ...]]
    hints: Mapping[str, str]
