"""What an act is, as data: its name, what it writes, its fields. Window and command line are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain.facts import Fact
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
    SEVERAL = "several"  # some of `choices`, their values separated by spaces
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
    """A sentence below the field that says where its default comes from (已worded); empty where there is nothing to say."""
    is_shown: Callable[[Desk, WorkOrder], bool] | None = None
    """Whether the field has a purpose here; left out of `Opened` where it has none."""
    is_beside: bool = False
    """In the row of the field before it."""


Decide = Callable[[Desk, WorkOrder, Values], Fact]
"""The fact of what was typed, or a refusal."""
Perform = Callable[[Desk, Number, Values], WorkOrder]
"""For the few acts that do more than record one fact."""


class Speaks(Enum):
    """In whose name an act is done."""

    ORDER = "order"
    """Nobody's in particular: what it asks first concerns the order alone."""
    UNIT = "unit"
    """This station's own unit's; at the centre that of any unit the order concerns, by the field `agency`."""
    ABOUT = "about"
    """The centre's, about one unit that the order concerns, by the field `agency`."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing an officer may do to an order. Wording: `act.<name>` its name, `act.<name>.go` its button, `act.<name>.beside`
    a sentence beside the title, `act.<name>.done` what is said afterwards."""

    name: str
    writes: type[Fact]
    """Decides (by domain.authority) at which stations it may be done."""
    decide: Decide | None = None
    perform: Perform | None = None
    fields: tuple[Field, ...] = ()
    room: str = ""
    """taking, dispatching, handling, closing, calling, overseeing, keeping: how a list of acts is divided."""
    speaks: Speaks = Speaks.ORDER
    wrong: Mapping[str, str] = field(default_factory=dict)
    """Which field a refusal is about, where the refusal does not say so itself: code to field name."""


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
    """One act's form as it opens: each field with what stands in it. `act.fields` are those that have a purpose here."""

    act: Act
    values: Mapping[str, str]
    words: Mapping[str, str]
    """What is read where it is not the value itself (a unit's name)."""
    choices: Mapping[str, tuple[Choice, ...]]
    hints: Mapping[str, str]
    """A sentence below a field, where there is one."""
