"""What stands on a 受理回执, ready for any paper: masked already, worded where a word depends on what is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from county_hotline.forms.breaking import full_width
from county_hotline.ids import Number
from county_hotline.wording import say


def copy_for_caller() -> str:
    """诉求人联: the copy the citizen carries home."""
    return say("form.copy_caller")


def copy_to_keep() -> str:
    """存根联: the copy the station keeps."""
    return say("form.copy_kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipContent:
    """One slip. `caller` is masked, or 匿名, or 保密; an empty `due_on` prints no date, for none is ever invented."""

    hotline: str
    """The head line: 沂源县12345政务服务便民热线."""
    number: Number
    query_code: str
    accepted_at: int
    matter_kind: str
    caller: str
    title: str
    agency: str
    """Where it will probably go; empty while nobody knows."""
    due_on: date | None
    due_provisional: bool = False
    station_phone: str = ""
    officer: str
    """The officer's badge."""
    printed_at: int
    printed_by: str
    copy_name: str
    reprint: int = 0
    """0 for the first print, then 1, 2, ..."""
    training: bool = False

    @property
    def query_code_shown(self) -> str:
        """In two halves, as people read it out."""
        return f"{self.query_code[:4]}-{self.query_code[4:]}" if len(self.query_code) == 8 else self.query_code

    @property
    def qr(self) -> str:
        """Number and query code; nothing about a person."""
        return f"LXQ1|{self.number}|{self.query_code}"

    @property
    def matter(self) -> str:
        """The title with marks that print well."""
        return full_width(self.title)

    @property
    def agency_shown(self) -> str:
        return (
            say("form.slip.agency_expected", agency=full_width(self.agency)) if self.agency else say("form.slip.agency_unknown")
        )

    @property
    def due_lines(self) -> tuple[str, ...]:
        """The estimated date and what it is worth; without a date only whose date counts."""
        if self.due_on is None:
            return (say("form.slip.due_official"),)
        if self.due_provisional:
            return (say("form.slip.due_provisional", date=self.due_on.isoformat()), say("form.slip.due_official"))
        return (say("form.slip.due", date=self.due_on.isoformat()),)
