"""What is said of one thing that happened, by kind of fact; and what several rooms need to say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import singledispatch

from county_hotline.domain.facts import Fact
from county_hotline.ids import EntryId
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.standing import day_words, deadline, moment
from county_hotline.wording import say

STOPS = "。！？；.!?…"


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads: the county's names, and the year that need not be said."""

    names: Names
    year: int
    hands: Mapping[EntryId, tuple[str, str]] = field(default_factory=dict)
    """Of each entry who wrote it and what it was, for what speaks of another."""

    def unit(self, code: str) -> str:
        """A unit's short name."""
        return self.names.short(code)

    def units(self, codes: Iterable[str]) -> str:
        """`县住建局、县供电公司`."""
        return "、".join(self.names.short(code) for code in codes)

    def at(self, ms: int) -> str:
        """`11-20 16:02`; nothing for no moment."""
        return moment(ms, year=self.year) if ms else ""

    def by(self, ms: int) -> str:
        """A limit: `11-24 18:00`, or the day alone where it ends with the day."""
        return deadline(ms, year=self.year) if ms else ""

    def day(self, iso: str) -> str:
        """`11-24 周二`."""
        return day_words(iso, year=self.year)


@singledispatch
def words_of(fact: Fact, reading: Reading) -> str:
    """What there is to say beyond who did what."""
    return ""


@singledispatch
def sign_of(fact: Fact) -> tuple[str, str]:
    """Sign and tone; facts with a verdict choose by it."""
    return "dot", "quiet"


def signed(icon: str, tone: str, *kinds: type[Fact]) -> None:
    """These kinds always have this sign."""
    for kind in kinds:
        sign_of.register(kind, lambda _fact: (icon, tone))


def sentences(*parts: str) -> str:
    """What there is of them, with full stops between."""
    told = [part.strip() for part in parts if part.strip()]
    return "".join(part if at + 1 == len(told) or part[-1] in STOPS else f"{part}。" for at, part in enumerate(told))


def clauses(*parts: str) -> str:
    """What there is of them, with commas between."""
    return "，".join(part for part in parts if part)


def given(key: str, words: str) -> str:
    """The sentence with these words in it; nothing for no words."""
    return say(key, words=words) if words else ""


def verdict(key: str, *, approved: bool, opinion: str, unit: str) -> str:
    """`同意县交通局退回。意见：…`."""
    return sentences(
        say(f"order.story.{key}.{'yes' if approved else 'no'}", agency=unit), given("order.story.opinion", opinion)
    )


def decided_sign(*, approved: bool) -> tuple[str, str]:
    """The sign of what the centre decided."""
    return ("check-circle", "green") if approved else ("x-circle", "amber")


def field_words(fields: list[str] | tuple[str, ...]) -> str:
    """`标题、内容`."""
    return "、".join(say(f"field.{name}") for name in fields)


def size_words(size_bytes: int) -> str:
    """`412 KB`."""
    return f"{size_bytes / 1024:,.0f} KB" if size_bytes < 1024 * 1024 else f"{size_bytes / 1024 / 1024:,.1f} MB"
