"""What the page of one order asks of the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from county_hotline.clock import local
from county_hotline.desk.acts.spec import Opened, Standing
from county_hotline.desk.relating import Relations
from county_hotline.domain.facts import Person
from county_hotline.domain.files import FileWay
from county_hotline.domain.segments import Segment, segments_of
from county_hotline.domain.time_limits import Due
from county_hotline.domain.views import OrderView, RegisterQuery
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.settings import SLIP_PAPER
from county_hotline.ui.screens.order.correcting import correction
from county_hotline.ui.telling.names import Names, names_of
from county_hotline.ui.telling.standing import Lamp, no_lamp

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.files import FileLine

Lines = tuple[tuple[str, str, str], ...]
"""Value, words, note."""
FOUND_AT_MOST = 40


ANSWER = "answer"
"""答复单, where a paper for the slip is asked for."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An order with all that its page stands on."""

    view: OrderView
    names: Names
    today: str
    now: int
    """UTC ms."""
    standing: tuple[Standing, ...]
    """Every act of this station's kind, done or hindered."""
    decision: str = ""
    """The act that decides the first open application."""
    due: Due | None = None
    """办理期限 as the order's pack counts it from its acceptance."""
    segments: tuple[Segment, ...] = ()
    titles: Mapping[Number, str] = field(default_factory=dict)
    """Titles of the orders it is linked with, as far as they are here."""
    officer: str = ""
    paper: str = "a5"
    """回执纸张 as the settings say."""
    files: tuple[FileLine, ...] = ()
    """附件, each as it stands here."""
    relations: Relations = field(default_factory=Relations)
    """关联 and 同一事项."""
    lamp: Lamp = no_lamp
    """The colour of a limit now, by the rule pack."""

    def can(self, act: str) -> bool:
        """Whether this may be done now."""
        return any(each.name == act and each.can for each in self.standing)


@dataclass(frozen=True, slots=True)
class Printed:
    """A slip that was made."""

    path: str
    reprint: int
    missing: tuple[str, ...]
    is_answer: bool = False
    """答复单 and no 回执."""
    is_cut: bool = False
    """Longer than the paper."""


class OrderWork(Protocol):
    """On the desk's lane. Acts refuse as `desk.acts` says."""

    def look(self, text: str) -> Loaded:
        """One order by any of its numbers. Refuses R190, R191."""
        ...

    def left(self, due_on: str, *, at: int | None = None) -> int | None:
        """Working days left."""
        ...

    def opened(self, number: Number, act: str) -> Opened:
        """An act's form with what stands in it."""
        ...

    def do(self, act: str, number: Number, values: Mapping[str, str]) -> None:
        """One act with what was typed."""
        ...

    def print_slip(self, number: Number, paper: str) -> Printed:
        """受理回执 on this paper, or 答复单 (`ANSWER`). Refuses R204, R207, R600 where nothing was answered at once."""
        ...

    def unmask(self, number: Number, reason: str) -> Person:
        """诉求人 in full; audited."""
        ...

    def open_file(self, number: Number, which: str, reason: str) -> Path:
        """A copy of an attachment, to be opened by the system."""
        ...

    def save_file(self, number: Number, which: str, target: str, reason: str) -> Path:
        """A copy of an attachment where a person wants it."""
        ...

    def fetch_file(self, number: Number, which: str) -> None:
        """Bring it with the next round."""
        ...

    def send_file(self, number: Number, which: str, way: str) -> None:
        """How it is to go."""
        ...

    def found(self, kind: str, typed: str) -> Lines:
        """Agencies, categories, places, orders or articles for what was typed."""
        ...


class DeskOrder:
    """`OrderWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, text: str) -> Loaded:
        """See `OrderWork`."""
        from county_hotline.desk import acts, lamps, looking_up, relating
        from county_hotline.desk import files as desk_files
        from county_hotline.desk.acts import limits

        desk = self._desk
        view = looking_up.order(desk, text)
        order, now = view.order, desk.clock.now_ms()
        names = names_of(desk)
        return Loaded(
            view,
            names,
            local(now).date().isoformat(),
            now,
            acts.standing(desk, order),
            acts.decision_for(order),
            limits.limit_of(desk, order, since=order.accepted_at) if order.accepted else None,
            segments_of(order.number, view.story, until_ms=now),
            self._titles(order),
            desk.signed_in().officer,
            desk.settings.value(SLIP_PAPER),
            desk_files.lines_of(desk, view),
            relating.of_order(desk, order),
            lamps.lamp(desk),
        )

    def left(self, due_on: str, *, at: int | None = None) -> int | None:
        """See `OrderWork`."""
        from county_hotline.desk import looking_up

        return looking_up.workdays_left(self._desk, due_on, at=at)

    def opened(self, number: Number, act: str) -> Opened:
        """See `OrderWork`."""
        from county_hotline.desk import acts

        return acts.opened(self._desk, self._desk.store.order(number), act)

    def do(self, act: str, number: Number, values: Mapping[str, str]) -> None:
        """See `OrderWork`."""
        from county_hotline.desk import acts, handling

        desk = self._desk
        match act:
            case "correct":
                fact, person = correction(desk.store.order(number), values)
                handling.correct(desk, number, fact, person)
            case _:
                acts.perform(desk, number, act, values)

    def print_slip(self, number: Number, paper: str) -> Printed:
        """See `OrderWork`."""
        from county_hotline.desk import answer_slips, printing

        if paper == ANSWER:
            made = answer_slips.print_order(self._desk, number)
            return Printed(made.path, made.reprint, made.missing_glyphs, is_answer=True, is_cut=made.is_cut)
        slip = printing.print_slip(self._desk, number, paper=paper)
        return Printed(slip.path, slip.reprint, slip.missing_glyphs)

    def unmask(self, number: Number, reason: str) -> Person:
        """See `OrderWork`."""
        from county_hotline.desk import looking_up

        return looking_up.unmask(self._desk, number, reason)

    def open_file(self, number: Number, which: str, reason: str) -> Path:
        """See `OrderWork`."""
        from county_hotline.desk import files as desk_files

        return desk_files.open_copy(self._desk, number, which, reason=reason)

    def save_file(self, number: Number, which: str, target: str, reason: str) -> Path:
        """See `OrderWork`."""
        from county_hotline.desk import files as desk_files

        return desk_files.save_copy(self._desk, number, which, Path(target.strip().strip('"')), reason=reason)

    def fetch_file(self, number: Number, which: str) -> None:
        """See `OrderWork`."""
        from county_hotline.desk import files as desk_files

        desk_files.fetch(self._desk, number, which)

    def send_file(self, number: Number, which: str, way: str) -> None:
        """See `OrderWork`."""
        from county_hotline.desk import files as desk_files

        desk_files.let_go(self._desk, number, which, FileWay(way))

    def found(self, kind: str, typed: str) -> Lines:
        """See `OrderWork`."""
        return _FINDERS[kind](self._desk, typed)

    def _titles(self, order: WorkOrder) -> dict[Number, str]:
        linked = [number for number in (order.taking.merged_into, *order.taking.repeats) if number]
        found = {}
        for number in linked:
            other = self._desk.store.order(number)
            if other.accepted is not None:
                found[number] = other.accepted.title
        return found


def _places(desk: Desk, typed: str) -> Lines:
    from county_hotline.desk import looking_up

    return tuple((p.code, p.path, "") for p in looking_up.places(desk, typed, limit=FOUND_AT_MOST))


def _categories(desk: Desk, typed: str) -> Lines:
    from county_hotline.desk import looking_up

    return tuple((c.code, c.path, "") for c in looking_up.categories(desk, typed, limit=60))


def _agencies(desk: Desk, typed: str) -> Lines:
    from county_hotline.desk import looking_up

    wanted = typed.strip().lower()
    agencies = looking_up.agencies(desk)
    return tuple((a.code, a.name, a.short_name) for a in agencies if wanted in f"{a.name} {a.short_name} {a.code}".lower())


def _orders(desk: Desk, typed: str) -> Lines:
    from county_hotline.desk import looking_up

    page = looking_up.register(desk, RegisterQuery(text=typed.strip()), limit=FOUND_AT_MOST)
    return tuple((row.number, row.title or row.number, row.number) for row in page.rows)


def _articles(desk: Desk, typed: str) -> Lines:
    from county_hotline.desk import knowledge

    try:
        found = knowledge.find(desk, typed)
    except Refusal:
        return ()
    return tuple((each.code, each.title, each.version) for each in found[:FOUND_AT_MOST])


_FINDERS: dict[str, Callable[[Desk, str], Lines]] = {
    "place": _places,
    "category": _categories,
    "agency": _agencies,
    "agencies": _agencies,
    "shares": _agencies,
    "order": _orders,
    "article": _articles,
}
