"""dispatch, sign-for, reply, finish, correct, note, print: what the window does to one order, by a line."""

from __future__ import annotations

import msgspec

from county_hotline.app.station import Station
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.cli.taking import due_line
from county_hotline.clock import local
from county_hotline.desk import field_names, handling, looking_up, naming, printing
from county_hotline.desk.written_forms import value_of
from county_hotline.domain.facts import CORRECTABLE, Corrected, Person
from county_hotline.domain.typed_times import read_time
from county_hotline.domain.vocabulary import AssignmentRole
from county_hotline.domain.vocabulary import Outcome as HowItEnded
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput
from county_hotline.ids import Number
from county_hotline.wording import say, word

PERSONAL = ("name", "phone", "address", "id_number")


def dispatch(asked: Asked) -> Outcome:
    """派单."""
    options = asked.options
    with station_of(asked) as station:
        agency = naming.agency_named(station.store.reference.agencies(), options.to)
        order = handling.dispatch(
            station.desk,
            _number(asked, station),
            agency.code,
            role=AssignmentRole(options.as_role),
            due_on=_day(options.due) if options.due else "",
            advice=options.advice,
            reason=options.reason,
            basis=options.basis,
        )
    return _done(order, say("cli.dispatch.done", number=order.number, agency=agency.name), due_line(order))


def sign_for(asked: Asked) -> Outcome:
    """签收."""
    with station_of(asked) as station:
        order = handling.sign_for(station.desk, _number(asked, station))
    return _done(order, say("cli.sign_for.done", number=order.number))


def reply(asked: Asked) -> Outcome:
    """回复."""
    options = asked.options
    solved = None if options.solved is None else options.solved == "yes"
    with station_of(asked) as station:
        order = handling.reply(
            station.desk, _number(asked, station), internal=options.text, public=options.public, solved=solved
        )
    return _done(order, say("cli.reply.done", number=order.number))


def finish(asked: Asked) -> Outcome:
    """办结."""
    ended = HowItEnded(asked.options.outcome)
    with station_of(asked) as station:
        order = handling.finish(station.desk, _number(asked, station), ended, asked.options.opinion)
    return _done(order, say("cli.finish.done", number=order.number, outcome=word(ended)))


def correct(asked: Asked) -> Outcome:
    """更正: `--set 标题=…`, any number of times."""
    with station_of(asked) as station:
        number = _number(asked, station)
        changes = dict(_change(text, station) for text in asked.options.set)
        person = _person(station.store.order(number).person, changes)
        fields = {name: value for name, value in changes.items() if name not in PERSONAL}
        fact = Corrected(reason=asked.options.reason, **fields)  # type: ignore[arg-type]
        order = handling.correct(station.desk, number, fact, person)
    return _done(order, say("cli.correct.done", number=order.number))


def note(asked: Asked) -> Outcome:
    """备注."""
    with station_of(asked) as station:
        order = handling.note(station.desk, _number(asked, station), asked.options.text)
    return _done(order, say("cli.note.done", number=order.number))


def print_slip(asked: Asked) -> Outcome:
    """受理回执, again."""
    with station_of(asked) as station:
        slip = printing.print_slip(station.desk, _number(asked, station), paper=asked.options.paper)
    facts = {"slip": slip.path, "reprint": slip.reprint, "missing_glyphs": list(slip.missing_glyphs)}
    lines = [say("cli.register.slip", path=slip.path)]
    if slip.missing_glyphs:
        lines.append(say("cli.register.glyphs", glyphs=" ".join(slip.missing_glyphs)))
    return Outcome(facts, lines)


def _number(asked: Asked, station: Station) -> Number:
    return looking_up.order(station.desk, asked.options.number).order.number


def _done(order: WorkOrder, *lines: str) -> Outcome:
    return Outcome({"number": order.number, "stage": order.stage.name.lower(), "due_on": order.due_on}, lines)


def _day(text: str) -> str:
    moment = read_time(text)
    if moment is None:
        raise BadInput("I120", text=say("cli.usage.date", option="--due", value=text[:40]))
    return local(moment).date().isoformat()


def _change(text: str, station: Station) -> tuple[str, object]:
    named, equals, value = text.partition("=")
    field = field_names.field_named(named)
    if not equals or field is None or field not in (*CORRECTABLE, *PERSONAL):
        raise field_names.unknown([named], (*CORRECTABLE, *PERSONAL))
    return field, value_of(field, value, station.store.reference)


def _person(before: Person | None, changes: dict[str, object]) -> Person | None:
    if not any(name in PERSONAL for name in changes):
        return None
    kept = before or Person()
    return msgspec.structs.replace(kept, **{name: changes[name] for name in PERSONAL if name in changes})
