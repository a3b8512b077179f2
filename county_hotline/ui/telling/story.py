"""经过: what happened to an order, newest on top, in the words of the trade."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import singledispatch

from county_hotline.domain.facts import (
    Accepted,
    AttachmentAdded,
    Corrected,
    Dispatched,
    Fact,
    Finished,
    NoteAdded,
    Replied,
    SignedFor,
    Unknown,
    Withheld,
    WordsErased,
    changed_fields,
)
from county_hotline.domain.happened import Happened
from county_hotline.domain.views import OrderView
from county_hotline.ids import EntryId
from county_hotline.ui.telling.names import Names, officer_name, stations_of
from county_hotline.ui.telling.standing import moment
from county_hotline.wording import has, say, word

MISTRUSTED_MS = 5 * 60_000
QUOTED = 40


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


_SIGNS: dict[type[Fact], tuple[str, str]] = {
    Accepted: ("pencil-square", "blue"),
    Corrected: ("pencil", "quiet"),
    Dispatched: ("send-fill", "blue"),
    SignedFor: ("inbox", "quiet"),
    Replied: ("chat-left-text", "green"),
    Finished: ("check-circle-fill", "green"),
    AttachmentAdded: ("paperclip", "quiet"),
    NoteAdded: ("sticky", "quiet"),
    WordsErased: ("eraser", "amber"),
    Unknown: ("question-circle", "amber"),
    Withheld: ("eye-slash", "quiet"),
}


def story_of(view: OrderView, names: Names, *, year: int) -> tuple[Told, ...]:
    """Every entry, newest on top."""
    units = stations_of(view.story, names)
    waiting = frozenset(view.waiting)
    return tuple(
        _told(event, units.get(event.station, event.station), names, waiting=waiting, year=year)
        for event in reversed(view.story)
    )


def _told(event: Happened, unit: str, names: Names, *, waiting: frozenset[str], year: int) -> Told:
    icon, tone = _SIGNS.get(type(event.fact), ("dot", "quiet"))
    is_waiting = event.entry_id in waiting
    notes = [say("order.waiting")] if is_waiting else []
    if _is_clock_wrong(event.clock_note):
        notes.append(say("order.story.clock"))
    return Told(
        entry_id=event.entry_id,
        when=moment(event.recorded_at, year=year),
        icon=icon,
        tone=tone,
        head=say(
            "order.story.head", who=say("order.story.who", unit=unit, officer=officer_name(event.officer)), act=_act(event.fact)
        ),
        words=_words(event.fact, names, event),
        note="　".join(notes),
        is_waiting=is_waiting,
    )


def _act(fact: Fact) -> str:
    if isinstance(fact, Withheld) and has(f"kind.{fact.kind_on_disk}"):
        return say(f"kind.{fact.kind_on_disk}")
    if isinstance(fact, Unknown):
        return say("order.story.newer")
    return say(f"kind.{fact.kind}") if fact.kind else say("order.story.record")


@singledispatch
def _words(fact: Fact, names: Names, event: Happened) -> str:
    return ""


@_words.register
def _accepted(fact: Accepted, names: Names, event: Happened) -> str:
    due = say("order.story.estimate", day=fact.due_on[5:]) if fact.due_on else ""
    return "，".join(part for part in (word(fact.channel), word(fact.matter_kind), due) if part)


@_words.register
def _corrected(fact: Corrected, names: Names, event: Happened) -> str:
    changed = [
        say("order.story.now", field=say(f"field.{name}"), value=_shown(name, value, names))
        for name, value in changed_fields(fact).items()
    ]
    person = [say("field.person")] if fact.person else []
    return say("order.story.corrected", fields="；".join([*changed, *person]), reason=fact.reason)


def _shown(name: str, value: object, names: Names) -> str:
    if isinstance(value, Enum):
        return word(value)
    if isinstance(value, bool):
        return say("order.story.yes" if value else "order.story.no")
    text = {"place": names.place, "category": names.category}.get(name, str)(str(value)).replace("\n", " ")
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


@_words.register
def _dispatched(fact: Dispatched, names: Names, event: Happened) -> str:
    to = say("order.story.to", agency=names.short(fact.agency), role=word(fact.role))
    until = say("order.story.until", day=fact.due_on[5:]) if fact.due_on else ""
    advice = say("order.story.advice", words=fact.advice) if fact.advice else ""
    return "，".join(part for part in (to, until) if part) + ("。" + advice if advice else "")


@_words.register
def _replied(fact: Replied, names: Names, event: Happened) -> str:
    solved = "" if fact.solved is None else say("order.story.solved" if fact.solved else "order.story.unsolved")
    public = say("order.story.public", words=fact.public) if fact.public else ""
    return "\n".join(part for part in (fact.internal, public, solved) if part)


@_words.register
def _finished(fact: Finished, names: Names, event: Happened) -> str:
    return "。".join(part for part in (word(fact.outcome), fact.opinion) if part)


@_words.register
def _attached(fact: AttachmentAdded, names: Names, event: Happened) -> str:
    return f"{fact.name}（{size_words(fact.size_bytes)}）"


@_words.register
def _noted(fact: NoteAdded, names: Names, event: Happened) -> str:
    return fact.text


@_words.register
def _erased(fact: WordsErased, names: Names, event: Happened) -> str:
    return say("order.story.erased", what=word(fact.erasure), ground=fact.ground)


@_words.register
def _unknown(fact: Unknown, names: Names, event: Happened) -> str:
    return say("kind.unknown")


@_words.register
def _withheld(fact: Withheld, names: Names, event: Happened) -> str:
    return say("kind.withheld")


def field_words(fields: list[str] | tuple[str, ...]) -> str:
    """`标题、内容`."""
    return "、".join(say(f"field.{name}") for name in fields)


def size_words(size_bytes: int) -> str:
    """`412 KB`."""
    return f"{size_bytes / 1024:,.0f} KB" if size_bytes < 1024 * 1024 else f"{size_bytes / 1024 / 1024:,.1f} MB"


def _is_clock_wrong(note: str) -> bool:
    found = note.partition("skew=")[2]
    return found.lstrip("-").isdecimal() and abs(int(found)) >= MISTRUSTED_MS
