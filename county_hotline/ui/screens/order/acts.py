"""Which acts stand at the foot of an order: what it waits for from this station and officer, a few likely others, and all of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from county_hotline.desk.acts.spec import Standing
from county_hotline.domain.civil_time import DAY_MS, start_of_day_ms
from county_hotline.domain.reference import StationCard
from county_hotline.domain.tasks import ACT_FOR, CENTRE, Task, TaskKind, tasks_of
from county_hotline.domain.vocabulary import StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.standing import deadline
from county_hotline.wording import has, say, word

FEW = 3
"""Others beside the main act; the rest are in the list."""
FIRST = (
    TaskKind.ANSWER_CALL, TaskKind.SETTLE_STATE, TaskKind.SETTLE, TaskKind.DECIDE, TaskKind.SIGN, TaskKind.CONTACT, TaskKind.DISPATCH, TaskKind.COMPLETE, TaskKind.TELL,
    TaskKind.RESUME, TaskKind.REVIEW, TaskKind.JUDGE, TaskKind.FOLLOW_UP, TaskKind.REPLY, TaskKind.MEET, TaskKind.FINISH,
    TaskKind.ANSWER_SUPERVISION, TaskKind.CLOSE_SUPERVISION, TaskKind.SCORE, TaskKind.WATCH,
)  # fmt: skip
"""What is done first where several things are waited for: who stands waiting, then what nobody else can go on without."""
LIKELY = {
    StationRole.HALL: ("give_more", "urge", "merge", "print", "note", "correct"),
    StationRole.CENTRE: ("dispatch", "review", "finish", "urge", "supervise", "ask_more", "merge", "print", "note"),
    StationRole.AGENCY: ("make_contact", "reply", "ask_extension", "ask_send_back", "call_units", "note", "print"),
}
INSTEAD = {"review": "finish"}
"""办结 lets a reply stand that nobody reviewed: for an officer of the centre without the duty of reviewing."""
ROOMS = ("taking", "dispatching", "keeping", "handling", "calling", "closing", "overseeing", "settling")
"""So ordered that three columns of about one height hold them."""
KEYS = {
    "dispatch": ("<Control-Key-d>", "Ctrl+D"),
    "sign_for": ("<Control-Key-i>", "Ctrl+I"),
    "reply": ("<Control-Key-h>", "Ctrl+H"),
    "finish": ("<Control-Key-j>", "Ctrl+J"),
    "correct": ("<Control-Key-e>", "Ctrl+E"),
    "note": ("<Control-Key-b>", "Ctrl+B"),
    "attach": ("<Control-Key-g>", "Ctrl+G"),
    "print": ("<Control-Key-p>", "Ctrl+P"),
    "unmask": ("<Control-Key-u>", "Ctrl+U"),
}
"""Acts with a key of their own, whether or not they stand at the foot."""


@dataclass(frozen=True, slots=True)
class ActTold:
    """One act in words. `why` says what keeps it from being done."""

    name: str
    words: str
    why: str = ""

    @property
    def can(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class RoomTold:
    """Acts of one room, those that can be done first."""

    words: str
    acts: tuple[ActTold, ...]


@dataclass(frozen=True, slots=True)
class FootTold:
    """The foot of the page."""

    main: ActTold | None
    others: tuple[ActTold, ...]
    rooms: tuple[RoomTold, ...]
    waits: str = ""
    """What the order waits for from others, where nothing is asked of this station."""

    def found(self, name: str) -> ActTold | None:
        """An act by name, done or hindered; None where this station has no such act."""
        return next((act for room in self.rooms for act in room.acts if act.name == name), None)

    def doable(self) -> tuple[ActTold, ...]:
        """Everything that can be done now."""
        return tuple(act for room in self.rooms for act in room.acts if act.can)


def act_words(name: str) -> str:
    """The act's name as people say it."""
    return say(f"act.{name}") if has(f"act.{name}") else name


def _named(name: str, order: WorkOrder) -> str:
    """An order that was answered at once has a paper with the answer on it: its act says so."""
    return say("knowledge.print") if name == "print" and order.taking.answered is not None else act_words(name)


def foot_of(
    order: WorkOrder,
    names: Names,
    standing: Sequence[Standing],
    *,
    today: str,
    now: int = 0,
    decision: Callable[[WorkOrder], str] = lambda _order: "",
) -> FootTold:
    """Acts of an order for this station and officer. `decision` names the act that decides its first open application."""
    told = {each.name: ActTold(each.name, _named(each.name, order), _why(each)) for each in standing}
    can = [name for name, act in told.items() if act.can]
    due_soon = start_of_day_ms(today) + DAY_MS
    mine = [task for task in tasks_of(order) if is_ours(task, names.card) and _presses(task, due_soon)]
    mine.sort(key=lambda task: FIRST.index(task.kind))
    wanted = [decision(order) if task.kind is TaskKind.DECIDE else ACT_FOR[task.kind] for task in mine]
    wanted = [name if name in can else INSTEAD.get(name, name) for name in wanted]
    asked = [name for name in dict.fromkeys(wanted) if name in can]
    main = asked[0] if asked else "note" if "note" in can else ""
    likely = [name for name in (*asked[1:], *LIKELY[names.card.role]) if name in can and name != main]
    return FootTold(
        told[main] if main else None,
        tuple(told[name] for name in dict.fromkeys(likely))[:FEW],
        _rooms(standing, told),
        "" if asked else _waits(order, names, year=int(today[:4]), now=now),
    )


def is_ours(task: Task, card: StationCard) -> bool:
    """Whether it is this station's to do."""
    return task.unit == card.unit or (task.unit == CENTRE and card.role is StationRole.CENTRE)


def _presses(task: Task, due_soon: int) -> bool:
    """Watching over what is done elsewhere becomes an act only once it runs late."""
    return task.kind is not TaskKind.WATCH or 0 < task.due_at <= due_soon


def _why(each: Standing) -> str:
    if each.can:
        return ""
    key = f"act.why.{each.why}"
    return say(key) if has(key) else each.why


def _rooms(standing: Sequence[Standing], told: dict[str, ActTold]) -> tuple[RoomTold, ...]:
    rooms = []
    for room in ROOMS:
        acts = [told[each.name] for each in standing if each.room == room]
        if acts:
            acts.sort(key=lambda act: not act.can)
            rooms.append(RoomTold(say(f"order.room.{room}"), tuple(acts)))
    return tuple(rooms)


def _waits(order: WorkOrder, names: Names, *, year: int, now: int) -> str:
    """`等县住建局：待回复，最迟 11-24 18:00`."""
    others = [task for task in tasks_of(order) if task.kind is not TaskKind.WATCH and not is_ours(task, names.card)]
    if not others:
        return ""
    first = min(others, key=lambda task: FIRST.index(task.kind))
    unit = word(StationRole.CENTRE) if first.unit == CENTRE else names.short(first.unit)
    if not first.due_at:
        return say("order.waits", unit=unit, what=word(first.kind))
    key = "order.waits_late" if first.due_at < now else "order.waits_until"
    return say(key, unit=unit, what=word(first.kind), at=deadline(first.due_at, year=year))
