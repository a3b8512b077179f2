"""What the page of one order asks of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from county_hotline.clock import local
from county_hotline.domain.facts import Person
from county_hotline.domain.time_limits import Due
from county_hotline.domain.views import OrderView
from county_hotline.domain.vocabulary import AssignmentRole, Outcome
from county_hotline.ids import AgencyCode, Number
from county_hotline.settings import SLIP_PAPER
from county_hotline.ui.screens.order.correcting import correction
from county_hotline.ui.telling.names import Names

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk

DUTIES = ("dispatch", "sign_for", "reply", "finish", "correct", "note", "attach", "print")


@dataclass(frozen=True, slots=True)
class Loaded:
    """An order with all that its page stands on."""

    view: OrderView
    names: Names
    today: str
    allowed: frozenset[str]
    """Acts the officer may do to it as it stands."""
    duties: frozenset[str]
    """Acts of the officer's duties at this station, whatever the order's state."""
    due: Due | None = None
    """办理期限 a dispatcher is offered."""
    officer: str = ""
    paper: str = "a5"
    """回执纸张 as the settings say."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A slip that was made."""

    path: str
    reprint: int
    missing: tuple[str, ...]


class OrderWork(Protocol):
    """On the desk's lane. Acts refuse as `desk.handling` says."""

    def look(self, text: str) -> Loaded:
        """One order by any of its numbers. Refuses R190, R191."""
        ...

    def left(self, due_on: str, *, at: int | None = None) -> int | None:
        """Working days left."""
        ...

    def do(self, act: str, number: Number, values: Mapping[str, str]) -> None:
        """One act with what was typed."""
        ...

    def print_slip(self, number: Number, paper: str) -> Printed:
        """受理回执."""
        ...

    def unmask(self, number: Number, reason: str) -> Person:
        """诉求人 in full; audited."""
        ...

    def found(self, kind: str, typed: str) -> tuple[tuple[str, str, str], ...]:
        """Agencies, categories or places for what was typed: value, words, note."""
        ...


class DeskOrder:
    """`OrderWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, text: str) -> Loaded:
        """See `OrderWork`."""
        from county_hotline.desk import handling, looking_up

        desk = self._desk
        view = looking_up.order(desk, text)
        allowed = handling.allowed(desk, view.order)
        names = Names(
            desk.card,
            {agency.code: agency for agency in looking_up.agencies(desk)},
            {category.code: category for category in looking_up.categories(desk, limit=100_000)},
            {place.code: place for place in looking_up.places(desk, "", limit=100_000)},
        )
        return Loaded(
            view,
            names,
            local(desk.clock.now_ms()).date().isoformat(),
            allowed,
            frozenset(act for act in DUTIES if desk.may(act)),
            handling.default_due(desk, view.order) if "dispatch" in allowed else None,
            desk.signed_in().officer,
            desk.settings.value(SLIP_PAPER),
        )

    def left(self, due_on: str, *, at: int | None = None) -> int | None:
        """See `OrderWork`."""
        from county_hotline.desk import looking_up

        return looking_up.workdays_left(self._desk, due_on, at=at)

    def do(self, act: str, number: Number, values: Mapping[str, str]) -> None:
        """See `OrderWork`."""
        from county_hotline.desk import handling

        desk = self._desk
        match act:
            case "dispatch":
                handling.dispatch(
                    desk,
                    number,
                    AgencyCode(values["agency"]),
                    role=AssignmentRole(values["role"]),
                    due_on=values["due_on"],
                    advice=values["advice"],
                )
            case "sign_for":
                handling.sign_for(desk, number)
            case "reply":
                solved = {"yes": True, "no": False}.get(values["solved"])
                handling.reply(desk, number, internal=values["internal"], public=values["public"], solved=solved)
            case "finish":
                handling.finish(desk, number, Outcome(values["outcome"]), values["opinion"])
            case "correct":
                fact, person = correction(desk.store.order(number), values)
                handling.correct(desk, number, fact, person)
            case "note":
                handling.note(desk, number, values["text"])
            case "attach":
                handling.attach(desk, number, Path(values["file"].strip().strip('"')))
            case _:
                raise KeyError(act)

    def print_slip(self, number: Number, paper: str) -> Printed:
        """See `OrderWork`."""
        from county_hotline.desk import printing

        slip = printing.print_slip(self._desk, number, paper=paper)
        return Printed(slip.path, slip.reprint, slip.missing_glyphs)

    def unmask(self, number: Number, reason: str) -> Person:
        """See `OrderWork`."""
        from county_hotline.desk import looking_up

        return looking_up.unmask(self._desk, number, reason)

    def found(self, kind: str, typed: str) -> tuple[tuple[str, str, str], ...]:
        """See `OrderWork`."""
        from county_hotline.desk import looking_up

        if kind == "place":
            return tuple((p.code, p.path, "") for p in looking_up.places(self._desk, typed, limit=40))
        if kind == "category":
            return tuple((c.code, c.path, "") for c in looking_up.categories(self._desk, typed, limit=60))
        wanted = typed.strip().lower()
        agencies = looking_up.agencies(self._desk)
        return tuple((a.code, a.name, a.short_name) for a in agencies if wanted in f"{a.name} {a.short_name} {a.code}".lower())
