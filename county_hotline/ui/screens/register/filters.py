"""What 台账 is narrowed to, as chosen, and what that asks of the tables. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta

from county_hotline.clock import CHINA
from county_hotline.domain.tallies import Slice
from county_hotline.domain.views import RegisterQuery, RegisterSort
from county_hotline.domain.vocabulary import Channel, MatterKind, Stage, Urgency
from county_hotline.ids import AgencyCode, ClusterId

SINCE = ("today", "week", "month", "year", "all")
SPAN = "span"
"""受理时间 from one day to another, both included."""
_DAYS = {"today": 0, "week": 6, "month": 29}
CHIPS = ("late", "waiting", "clashes")
PANE = ("place", "channel", "kind", "urgency", "event", "campaign", "suspended", "confidential")
"""What is chosen in the filter pane alone."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The choices over the list."""

    text: str = ""
    since: str = "month"
    """One of `SINCE`, or `span` with `first` and `last` (ISO dates; either may be open)."""
    first: str = ""
    last: str = ""
    stage: str = "open"
    """`open`, `all`, or a stage's number."""
    category: str = ""
    agency: str = ""
    place: str = ""
    channel: str = ""
    kind: str = ""
    urgency: str = ""
    event: str = ""
    campaign: str = ""
    suspended: str = ""
    """`1` or nothing, as the one below."""
    confidential: str = ""
    chip: str = ""
    sort: RegisterSort = RegisterSort.DUE
    is_reversed: bool = False
    figure: Slice | None = None
    """The figure of 总览 that is looked into; it stands alone, any other choice puts it away."""
    figure_words: str = ""
    cluster: str = ""
    """同一事项, by its id; `cluster_words` is its name."""
    cluster_words: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the text keeps rows away."""
        return self.since != "all" or self.stage != "all" or bool(self.chip or self.figure or self.in_pane)

    @property
    def in_pane(self) -> tuple[str, ...]:
        """Which of the finer choices are made."""
        return tuple(name for name in ("cluster", "category", "agency", *PANE) if getattr(self, name))

    def begun_anew(self) -> Filters:
        """What the page begins with, sorted as it is."""
        return Filters(sort=self.sort, is_reversed=self.is_reversed)

    def wide(self) -> Filters:
        """The same text over everything."""
        return replace(self.begun_anew(), text=self.text, since="all", stage="all")

    def with_chip(self, chip: str) -> Filters:
        """只看…: a chip shows all it counts, so the other choices give way to it; once more puts them back."""
        if self.chip == chip:
            return replace(self.begun_anew(), text=self.text)
        return replace(self.wide(), chip=chip)

    @classmethod
    def of_figure(cls, told: str) -> Filters:
        """What 总览 asks to be shown: the figure's words, a line's end, and the figure. Raises msgspec.DecodeError for anything else."""
        words, _, slice_ = told.partition("\n")
        return cls(since="all", stage="all", sort=RegisterSort.TIME, figure=Slice.decode(slice_), figure_words=words)

    @classmethod
    def of_cluster(cls, told: str) -> Filters:
        """Every order of one matter: its id, a line's end, and its name."""
        cluster, _, words = told.partition("\n")
        return cls(since="all", stage="all", sort=RegisterSort.TIME, cluster=cluster, cluster_words=words)

    def choosing(self, name: str, value: str) -> Filters:
        """One choice changed. A stage and a chip do not stand together; a day makes the span that is meant."""
        changed = replace(self, figure=None, **{name: value})  # type: ignore[arg-type]
        if name == "stage":
            return replace(changed, chip="")
        if name in ("first", "last"):
            return replace(changed, since=SPAN if changed.first or changed.last else "all")
        return replace(changed, first="", last="") if name == "since" else changed

    def without(self, name: str) -> Filters:
        """This choice is taken away."""
        match name:
            case "figure":
                return self.begun_anew()
            case "cluster":
                return replace(self, cluster="", cluster_words="")
            case "since" | "stage":
                return replace(self, first="", last="", figure=None, **{name: "all"})  # type: ignore[arg-type]
            case _:
                return replace(self, **{name: ""})  # type: ignore[arg-type]

    def sorted_by(self, sort: RegisterSort, *, is_reversed: bool = False) -> Filters:
        """The same rows in another order."""
        return replace(self, sort=sort, is_reversed=is_reversed)

    def kept(self) -> dict[str, str]:
        """All that is chosen, to be kept under a name. A figure of 总览 is of its day, and is not kept."""
        said = {each.name: getattr(self, each.name) for each in fields(self) if not each.name.startswith("figure")}
        return {**said, "sort": self.sort.value, "is_reversed": "1" if self.is_reversed else ""}

    @classmethod
    def of_kept(cls, kept: Mapping[str, str]) -> Filters:
        """What was kept. What another release kept besides is left out."""
        known = {each.name for each in fields(cls)} - {"sort", "is_reversed", "figure", "figure_words"}
        sorts = {each.value: each for each in RegisterSort}
        return cls(
            sort=sorts.get(kept.get("sort", ""), RegisterSort.DUE),
            is_reversed=bool(kept.get("is_reversed")),
            **{name: value for name, value in kept.items() if name in known},  # type: ignore[arg-type]
        )

    def query(self, today: str, now: int) -> RegisterQuery:
        """What is asked for on this day (ISO date) at this moment (UTC ms)."""
        return RegisterQuery(
            text=self.text,
            stages=() if self.stage in ("all", "open") else (Stage(int(self.stage)),),
            ended=False if self.stage == "open" else None,
            since=_start(self.first) if self.since == SPAN else _since(self.since, date.fromisoformat(today)),
            until=_start(self.last, days=1) if self.since == SPAN else 0,
            category=self.category,
            agency=AgencyCode(self.agency),
            place=self.place,
            channel=Channel(self.channel) if self.channel else None,
            matter_kind=MatterKind(self.kind) if self.kind else None,
            urgency=Urgency(self.urgency) if self.urgency else None,
            event=self.event,
            campaign=self.campaign,
            suspended_only=bool(self.suspended),
            confidential_only=bool(self.confidential),
            waiting_only=self.chip == "waiting",
            clashes_only=self.chip == "clashes",
            overdue_at=now if self.chip == "late" else 0,
            figure=self.figure,
            cluster=ClusterId(self.cluster),
            sort=self.sort,
            is_reversed=self.is_reversed,
        )


def _since(name: str, today: date) -> int:
    if name == "all":
        return 0
    first = date(today.year, 1, 1) if name == "year" else today - timedelta(days=_DAYS.get(name, 29))
    return _start(first.isoformat())


def _start(iso: str, *, days: int = 0) -> int:
    """The first moment of a day, UTC ms; 0 for none."""
    if not iso:
        return 0
    day = date.fromisoformat(iso) + timedelta(days=days)
    return round(datetime(day.year, day.month, day.day, tzinfo=CHINA).timestamp() * 1000)
