"""What an act's fields offer: closed lists, the county's lists, and what lies in the order itself. Defaults stand here too."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from county_hotline.clock import shown
from county_hotline.desk.acts.limits import AS_TYPED
from county_hotline.desk.acts.spec import Choice
from county_hotline.desk.desk import Desk
from county_hotline.domain.civil_time import civil
from county_hotline.domain.decisions import hindrance
from county_hotline.domain.files import FileWay, shows_the_caller
from county_hotline.domain.reference import in_force
from county_hotline.domain.standing_parts import Application, Call
from county_hotline.domain.vocabulary import Ask, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode
from county_hotline.settings import FILES_ASK_ABOVE
from county_hotline.wording import say, word

Choices = Callable[[Desk, WorkOrder], tuple[Choice, ...]]
Default = Callable[[Desk, WorkOrder], str]
YES, NO = "yes", "no"
TICKED = "1"


def members(kind: type[Enum], *, without: frozenset[Enum] = frozenset()) -> Choices:
    """All of a closed list."""
    lines = tuple(member for member in kind if member not in without)
    return lambda desk, order: tuple(Choice(str(member.value), word(member)) for member in lines)


def yes_no(name: str) -> Choices:
    """Two lines worded `act.choice.<name>.yes` and `.no`."""
    return lambda desk, order: tuple(Choice(value, say(f"act.choice.{name}.{value}")) for value in (YES, NO))


def ways(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
    """How a file may go to the hub."""
    limit = desk.settings.value(FILES_ASK_ABOVE)
    return tuple(Choice(way.value, say(f"file_way.{way.name.lower()}", limit=limit)) for way in FileWay)


def fixed(value: str) -> Default:
    """Always the same."""
    return lambda desk, order: value


def now(desk: Desk, order: WorkOrder) -> str:
    """This moment, as a person would type it."""
    return civil(desk.clock.now_ms()).strftime(AS_TYPED)


def unit_name(desk: Desk, agency: str) -> str:
    """A unit as a list says it."""
    found = desk.store.reference.agency(agency)
    return found.short_name or found.name


# ---------------------------------------------------------------- units


def is_centre(desk: Desk, order: WorkOrder | None = None) -> bool:
    """Whether this station is the county centre's."""
    return desk.card.role is StationRole.CENTRE


def units_for(desk: Desk, order: WorkOrder, act: str) -> tuple[AgencyCode, ...]:
    """The units for which this act can be done now, this station's own first; elsewhere than at the centre only the own one."""
    mine = desk.card.unit
    known = (mine, *(_concerned(order) if is_centre(desk) else ()))
    return tuple(unit for unit in dict.fromkeys(known) if not hindrance(act, order, unit))


def _concerned(order: WorkOrder) -> tuple[AgencyCode, ...]:
    called = (unit for call in order.calls for unit in (call.called.caller, *call.called.agencies))
    watched = (unit for each in order.oversight.supervisions for unit in each.agencies)
    return tuple(dict.fromkeys((*(a.agency for a in reversed(order.assignments)), *called, *watched)))


def units_about(act: str) -> Choices:
    """Units the act may be done for or about."""

    def offered(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
        return tuple(Choice(unit, unit_name(desk, unit)) for unit in units_for(desk, order, act))

    return offered


def first_unit(act: str) -> Default:
    """The lead where it is one of them, else the first."""

    def chosen(desk: Desk, order: WorkOrder) -> str:
        found = units_for(desk, order, act)
        lead = order.lead.agency if order.lead else ""
        return lead if lead in found else found[0] if found else ""

    return chosen


def lead_unit(desk: Desk, order: WorkOrder) -> str:
    """Who leads."""
    return order.lead.agency if order.lead else ""


# ---------------------------------------------------------------- photos


def photos(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
    """Attachments that are pictures and do not show a confidential caller, by their hash."""
    pictures = [each for each in order.attachments if each.media_type.startswith("image/")]
    return tuple(Choice(each.sha256, each.name) for each in pictures if not shows_the_caller(order, each))


def has_photos(desk: Desk, order: WorkOrder) -> bool:
    """Whether there is a picture to choose."""
    return bool(photos(desk, order))


# ---------------------------------------------------------------- applications, calls, supervisions


def open_applications(ask: Ask) -> Choices:
    """Applications of this kind that wait for a decision."""

    def offered(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
        waiting = [a for a in order.applications if a.is_open and a.ask is ask]
        return tuple(Choice(a.entry_id, unit_name(desk, a.agency), _asked_words(desk, a)) for a in waiting)

    return offered


def _asked_words(desk: Desk, application: Application) -> str:
    reason = say(f"{application.ask.value}_reason.{application.reason}") if application.reason else ""
    is_unit = application.ask is Ask.SEND_BACK and application.wanted
    wanted = unit_name(desk, application.wanted) if is_unit else application.wanted
    parts = (shown(application.asked_at), reason, wanted, application.words)
    return " ".join(part for part in parts if part)


def first(choices: Choices) -> Default:
    """The first that is offered."""

    def chosen(desk: Desk, order: WorkOrder) -> str:
        offered = choices(desk, order)
        return offered[0].value if offered else ""

    return chosen


def call_named(call: Call) -> str:
    """A call's name as one text: `370323109/1`."""
    return "/".join(call.name)


def calls_where(fits: Callable[[Desk, Call], bool]) -> Choices:
    """Calls of the order, the latest first."""

    def offered(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
        found = [call for call in reversed(order.calls) if not call.cancelled and fits(desk, call)]
        return tuple(
            Choice(call_named(call), say("act.choice.call", at=shown(call.called.meet_at), where=call.called.meet_where))
            for call in found
        )

    return offered


def open_supervisions(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
    """督办 that are not closed."""
    return tuple(Choice(s.supervision, s.supervision, s.requirement) for s in order.oversight.supervisions if s.is_open)


def cards_shown(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
    """Cards that lie in the order: unit and card as one value."""
    return tuple(
        Choice(f"{c.agency}/{c.card.value}", f"{unit_name(desk, c.agency)} {word(c.card)}", c.cause)
        for c in order.oversight.cards
        if c.taken_back_at is None
    )


# ---------------------------------------------------------------- the county's lists


def told_paths(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
    """法定途径 of the county's list."""
    return tuple(Choice(each.code, each.name, each.path) for each in in_force(desk.store.reference.bundle().told_paths))


def entries(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
    """Entries of the order's story, the latest first."""
    story = desk.store.view(order.number).story
    return tuple(Choice(e.entry_id, say(f"kind.{e.fact.kind}"), shown(e.recorded_at)) for e in reversed(story))
