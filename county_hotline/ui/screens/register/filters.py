"""What 台账 is narrowed to, as chosen, and what that asks of the tables. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from county_hotline.clock import CHINA
from county_hotline.domain.tallies import Slice
from county_hotline.domain.views import RegisterQuery, RegisterSort
from county_hotline.domain.vocabulary import Stage
from county_hotline.ids import AgencyCode

SINCE = ("today", "week", "month", "year", "all")
_DAYS = {"today": 0, "week": 6, "month": 29}
CHIPS = ("late", "waiting", "clashes")


@dataclass(frozen=True, slots=True)
class Filters:
    """The choices over the list."""

    text: str = ""
    since: str = "month"
    stage: str = "open"
    """`open`, `all`, or a stage's number."""
    category: str = ""
    agency: str = ""
    by_due: bool = True
    chip: str = ""
    figure: Slice | None = None
    """The figure of 总览 that is looked into; it stands alone, any other choice puts it away."""
    figure_words: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the text keeps rows away."""
        return bool(self.since != "all" or self.stage != "all" or self.category or self.agency or self.chip or self.figure)

    def wide(self) -> Filters:
        """The same text over everything."""
        return Filters(text=self.text, since="all", stage="all", by_due=False)

    def with_chip(self, chip: str) -> Filters:
        """只看…: a chip shows all it counts, so the other choices give way to it; once more puts them back."""
        if self.chip == chip:
            return Filters(text=self.text)
        return Filters(text=self.text, since="all", stage="all", chip=chip, by_due=chip == "late")

    @classmethod
    def of_figure(cls, told: str) -> Filters:
        """What 总览 asks to be shown: the figure's words, a line's end, and the figure. Raises ValueError for anything else."""
        words, _, slice_ = told.partition("\n")
        return cls(since="all", stage="all", by_due=False, figure=Slice.decode(slice_), figure_words=words)

    def choosing(self, name: str, value: str) -> Filters:
        """One choice changed; it and a chip do not stand together."""
        if name == "order":
            return replace(self, by_due=value == "due")
        return replace(self, chip="", figure=None, **{name: value})  # type: ignore[arg-type]

    def query(self, today: str, now: int) -> RegisterQuery:
        """What is asked for on this day (ISO date) at this moment (UTC ms)."""
        return RegisterQuery(
            text=self.text,
            stages=() if self.stage in ("all", "open") else (Stage(int(self.stage)),),
            ended=False if self.stage == "open" else None,
            since=_since(self.since, date.fromisoformat(today)),
            category=self.category,
            agency=AgencyCode(self.agency),
            waiting_only=self.chip == "waiting",
            clashes_only=self.chip == "clashes",
            figure=self.figure,
            overdue_at=now if self.chip == "late" else 0,
            sort=RegisterSort.DUE if self.by_due else RegisterSort.TIME,
        )


def _since(name: str, today: date) -> int:
    if name == "all":
        return 0
    first = date(today.year, 1, 1) if name == "year" else today - timedelta(days=_DAYS[name])
    return round(datetime(first.year, first.month, first.day, tzinfo=CHINA).timestamp() * 1000)
