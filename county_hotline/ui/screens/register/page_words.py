"""What stands round the list of 台账, in words: choices, chips, what it shows and how many, what to do where it is empty. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from county_hotline.domain.views import RegisterSort
from county_hotline.domain.vocabulary import Channel, MatterKind, Stage, Urgency
from county_hotline.ui.screens.register.filters import CHIPS, SINCE, SPAN, Filters
from county_hotline.ui.screens.register.work import RegisterFacts
from county_hotline.wording import say, word

Choices = tuple[tuple[str, str], ...]
"""(value, words) of a choice."""


@dataclass(frozen=True, slots=True)
class ChipTold:
    """只看…: its name, words, and whether it is on."""

    name: str
    words: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class EmptyTold:
    """What stands in place of rows. `acts` are names the view knows: `first`, `widen`, `clear`."""

    head: str
    words: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the choices that narrow the list, in words; `name` is what takes it away."""

    name: str
    words: str


def chips(facts: RegisterFacts, on: str) -> tuple[ChipTold, ...]:
    """Those that are switches, with what each counts."""
    counts = {"late": facts.late, "waiting": facts.waiting, "clashes": facts.clashes}
    return tuple(
        ChipTold(
            name, say(f"register.chip.{name}", count=count(counts[name], more=name in facts.beyond)), counts[name], name == on
        )
        for name in CHIPS
    )


def count(total: int, *, more: bool) -> str:
    """How many; of a long list that was not counted to its end, that there are more."""
    return say("register.count.more" if more else "register.count", count=total)


def choices(facts: RegisterFacts) -> dict[str, Choices]:
    """The lines of each choice."""
    everything = ("", say("register.everything"))
    tops = [c for c in facts.names.categories.values() if not c.parent]
    agencies = sorted(facts.names.agencies.values(), key=lambda agency: agency.code)
    return {
        "since": tuple((name, say(f"register.since.{name}")) for name in (*SINCE, SPAN)),
        "stage": (
            ("open", say("register.stage.open")),
            ("all", everything[1]),
            *((str(int(stage)), word(stage)) for stage in Stage),
        ),
        "category": (everything, *((c.code, c.name) for c in tops)),
        "agency": (everything, *((a.code, a.short_name or a.name) for a in agencies)),
        "channel": (everything, *_members(Channel)),
        "kind": (everything, *_members(MatterKind)),
        "urgency": (everything, *_members(Urgency)),
        "campaign": (everything, *facts.campaigns),
    }


def _members(kind: type[Enum]) -> Choices:
    return tuple((str(member.value), word(member)) for member in kind)


def parts(filters: Filters, facts: RegisterFacts) -> tuple[Part, ...]:
    """Everything that narrows the list, in words, in the order of the page."""
    names = facts.names
    found = []
    if filters.figure is not None:
        found.append(Part("figure", filters.figure_words))
    if filters.since == SPAN:
        open_end = say("register.span.open")
        found.append(Part("since", say("register.span", first=filters.first or open_end, last=filters.last or open_end)))
    elif filters.since != "all":
        found.append(Part("since", say(f"register.since.{filters.since}")))
    if filters.stage == "open":
        found.append(Part("stage", say("register.stage.open")))
    elif filters.stage != "all":
        found.append(Part("stage", word(Stage(int(filters.stage)))))
    if filters.chip:
        found.append(Part("chip", say(f"register.only.{filters.chip}")))
    worded = {
        "category": names.category(filters.category),
        "agency": names.short(filters.agency),
        "place": names.place(filters.place),
        "channel": word(Channel(filters.channel)) if filters.channel else "",
        "kind": word(MatterKind(filters.kind)) if filters.kind else "",
        "urgency": word(Urgency(filters.urgency)) if filters.urgency else "",
        "event": say("register.part.event", event=filters.event),
        "campaign": dict(facts.campaigns).get(filters.campaign, filters.campaign),
        "cluster": say("register.part.cluster", name=filters.cluster_words),
        "suspended": say("register.part.suspended"),
        "confidential": say("register.part.confidential"),
    }
    found += [Part(name, worded[name]) for name in filters.in_pane]
    if filters.text:
        found.append(Part("text", say("register.part.text", text=filters.text)))
    return tuple(found)


def in_chips(told: tuple[Part, ...], *, crowded: bool) -> tuple[Part, ...]:
    """Those that no field over the list shows already; where letters are large, 类别 and 承办 have none there."""
    shown = {"since", "stage", "chip", "text"} | (set() if crowded else {"agency"})
    return tuple(part for part in told if part.name not in shown)


def said(told: tuple[Part, ...]) -> str:
    """What the list shows, in one line."""
    return say("register.comma").join(part.words for part in told) or say("register.said.all")


def sort_words(sort: RegisterSort, *, is_reversed: bool) -> str:
    """By what the list is sorted, and which way round."""
    return say(f"register.sort.{sort.value}.{'back' if is_reversed else 'on'}")


def head(filters: Filters, facts: RegisterFacts, total: str) -> str:
    """The line beside the title. `total`: how many are listed, as `count` says it."""
    if facts.everything == 0:
        return say("register.none")
    if filters.figure is not None:
        return say("register.figure", words=filters.figure_words, total=total)
    order = sort_words(filters.sort, is_reversed=filters.is_reversed)
    if not filters.is_narrow and not filters.text:
        return say("register.all", total=facts.everything, order=order)
    return say("register.some", everything=facts.everything, total=total, order=order)


def empty(filters: Filters, facts: RegisterFacts) -> EmptyTold:
    """What is to be said where no row is listed, and what to do."""
    if facts.everything == 0:
        return EmptyTold(say("register.empty.head"), say("register.empty.words"), ("first",))
    if filters.text:
        where = say("register.empty.within" if filters.is_narrow else "register.empty.anywhere", total=facts.everything)
        acts = ("widen", "clear") if filters.is_narrow else ("clear",)
        return EmptyTold(say("register.empty.no_text", text=filters.text), where, acts)
    if filters.chip and not filters.in_pane:
        return EmptyTold(say(f"register.empty.{filters.chip}"), say("register.empty.good"), ("clear",))
    return EmptyTold(say("register.empty.no_match"), say("register.empty.narrow", total=facts.everything), ("widen", "clear"))
