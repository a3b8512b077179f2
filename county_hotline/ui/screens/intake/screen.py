"""What the presenter needs of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.pasting import Pasted
from county_hotline.ui.tones import Tone


@dataclass(frozen=True, slots=True)
class Done:
    """The order just registered."""

    number: str
    query_code: str
    title: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A draft that may be taken up."""

    key: str
    saved: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list that opens below a field: what is kept, what is read."""

    value: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One line of 此人历史."""

    number: str
    day: str
    title: str
    state: str
    tone: Tone
    icon: str


@dataclass(frozen=True, slots=True)
class DueWords:
    """最迟办结: the date, the span, and why that day."""

    on: str
    span: str
    reasons: tuple[str, ...]
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """One line of 可能重复."""

    number: str
    day: str
    title: str
    why: str
    """What it has in common with what is typed, in words."""
    stands: str = ""
    """Its tail, how long ago, how it stands and who has it."""
    can_join: bool = True
    """Nothing joins what has ended."""
    cluster: str = ""
    """The matter it belongs to."""


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """What will be written together with the acceptance."""

    way: str
    """`link` or `cluster`."""
    words: str


@dataclass(frozen=True, slots=True)
class SuggestionWords:
    """建议: whose matter it is by the county's list."""

    lead: str
    """Code of the unit."""
    lead_words: str
    helpers: str = ""
    fallback: str = ""
    basis: str = ""
    condition: str = ""
    """When that holds; a person judges."""
    reason: str = ""
    """What was done before, counted, and how sure that makes."""
    category: str = ""
    """Code of the kind of matter, where none was chosen."""
    category_words: str = ""
    category_reason: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the county has going on today, for 补充: value and words each."""

    events: tuple[tuple[str, str], ...] = ()
    """领导接线."""
    campaigns: tuple[tuple[str, str], ...] = ()
    """专项."""


class IntakeScreen(Protocol):
    """A page of which ten lines in a test are enough."""

    def form(self) -> IntakeForm:
        """What is typed and chosen."""
        ...

    def is_taking(self) -> bool:
        """Whether Enter has taken a line that is still being found."""
        ...

    def field_in_hand(self) -> str:
        """The field with the keyboard, or empty."""
        ...

    def show_form(self, form: IntakeForm, *, place: str, category: str, agency: str) -> None:
        """Put a draft in, with the words of what was chosen."""
        ...

    def show_title(self, words: str) -> None:
        """Put a title in."""
        ...

    def clear(self) -> None:
        """An empty form, keyboard at its first field."""
        ...

    def go_to(self, field: str) -> None:
        """The keyboard goes to a field."""
        ...

    def mark_missing(self, fields: Sequence[str]) -> None:
        """Red borders."""
        ...

    def show_row_sentence(self, words: str, tone: Tone) -> None:
        """Beside F9."""
        ...

    def show_cautions(self, words: Mapping[str, str]) -> None:
        """Beside the fields: amber, never blocking."""
        ...

    def show_kept(self, words: str) -> None:
        """草稿已存."""
        ...

    def show_times(self, came: str, used: str) -> None:
        """来件, 已用."""
        ...

    def show_drafts(self, offers: Sequence[Offer]) -> None:
        """Unfinished forms."""
        ...

    def show_done(self, done: Done, words: str, tone: Tone) -> None:
        """刚受理."""
        ...

    def show_history(self, earlier: Sequence[Earlier], total: int | None) -> None:
        """此人历史; None while there is no telephone to ask by."""
        ...

    def show_due(self, due: DueWords | None) -> None:
        """最迟办结."""
        ...

    def show_repeats(self, lines: Sequence[RepeatLine]) -> None:
        """可能重复, likeliest first."""
        ...

    def relate(self, relations: tuple[tuple[str, str], ...]) -> None:
        """From now on part of the form (`IntakeForm.relations`)."""
        ...

    def show_chosen(self, lines: Sequence[ChosenLine]) -> None:
        """What will be written together with the acceptance."""
        ...

    def show_suggestion(self, words: SuggestionWords | None) -> None:
        """建议."""
        ...

    def offer_sources(self, sources: Sources) -> None:
        """领导接线 and 专项 of today."""
        ...

    def offer_grids(self, typed: str, lines: Sequence[Line]) -> None:
        """Below the grid field."""
        ...

    def show_place(self, code: str, words: str) -> None:
        """The words of the place that stands there."""
        ...

    def show_agency(self, code: str, words: str) -> None:
        """Put in whom it usually goes to, where the officer chose nothing."""
        ...

    def offer_places(self, typed: str, lines: Sequence[Line]) -> None:
        """Below the place field."""
        ...

    def offer_categories(self, typed: str, lines: Sequence[Line]) -> None:
        """Below the category field."""
        ...

    def offer_agencies(self, typed: str, lines: Sequence[Line]) -> None:
        """Below the agency field."""
        ...

    def show_pasted(self, pasted: Pasted, differing: Sequence[str]) -> None:
        """粘贴识别, before it is taken over; of `differing` fields something else was typed."""
        ...

    def insert(self, text: str) -> None:
        """Put a phrase where the cursor was."""
        ...

    def toast(self, words: str) -> None:
        """News that takes no keyboard."""
        ...

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """Something was done that Ctrl+Z takes back."""
        ...

    def fail(self, fault: Exception) -> None:
        """Anything that is not the officer's to mend."""
        ...
