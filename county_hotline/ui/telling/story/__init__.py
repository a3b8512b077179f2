"""经过: what happened to an order, newest on top, in the words of the trade. One room each for the facts of a room."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.domain.counted_time import TOLERANCE_MS
from county_hotline.domain.facts import Fact, Unknown, Withheld
from county_hotline.domain.happened import Happened
from county_hotline.domain.views import OrderView
from county_hotline.ids import EntryId
from county_hotline.ui.telling.names import Names, officer_name, stations_of
from county_hotline.ui.telling.standing import moment
from county_hotline.ui.telling.story import (
    calling,
    closing,
    dispatching,
    handling,
    keeping,
    overseeing,
    relating,
    settling,
    taking,
)
from county_hotline.ui.telling.story.ground import Reading, field_words, sign_of, size_words, words_of
from county_hotline.wording import has, say

__all__ = ["Told", "field_words", "size_words", "story_of"]

ROOMS = (taking, dispatching, handling, closing, calling, overseeing, keeping, relating, settling)
"""Loaded so that each has told `words_of` what is said of its facts."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line of 经过."""

    entry_id: EntryId
    when: str
    icon: str
    tone: str
    head: str
    """Who did what."""
    words: str = ""
    note: str = ""
    """What should be known of the line itself: not sent yet, written with a wrong clock."""
    is_waiting: bool = False


def story_of(view: OrderView, names: Names, *, year: int) -> tuple[Told, ...]:
    """Every entry, newest on top."""
    units = stations_of(view.story, names)
    waiting = frozenset(view.waiting)
    hands = {event.entry_id: (_who(units.get(event.station, event.station), event), _act(event.fact)) for event in view.story}
    reading = Reading(names, year, hands)
    return tuple(
        _told(event, units.get(event.station, event.station), reading, waiting=waiting) for event in reversed(view.story)
    )


def _told(event: Happened, unit: str, reading: Reading, *, waiting: frozenset[str]) -> Told:
    icon, tone = sign_of(event.fact)
    is_waiting = event.entry_id in waiting
    notes = [say("order.waiting")] if is_waiting else []
    if _is_clock_wrong(event.clock_note):
        notes.append(say("order.story.clock"))
    return Told(
        entry_id=event.entry_id,
        when=moment(event.recorded_at, year=reading.year),
        icon=icon,
        tone=tone,
        head=say("order.story.head", who=_who(unit, event), act=_act(event.fact)),
        words=words_of(event.fact, reading),
        note="　".join(notes),
        is_waiting=is_waiting,
    )


def _who(unit: str, event: Happened) -> str:
    return say("order.story.who", unit=unit, officer=officer_name(event.officer))


def _act(fact: Fact) -> str:
    if isinstance(fact, Withheld) and has(f"kind.{fact.kind_on_disk}"):
        return say(f"kind.{fact.kind_on_disk}")
    if isinstance(fact, Unknown):
        return say("order.story.newer")
    return say(f"kind.{fact.kind}") if fact.kind else say("order.story.record")


def _is_clock_wrong(note: str) -> bool:
    found = note.partition("skew=")[2]
    return found.lstrip("-").isdecimal() and abs(int(found)) >= TOLERANCE_MS
