"""inbox: messages that wait for review: brought in from a sheet or as text, looked at, made into orders or dropped."""

from __future__ import annotations

from pathlib import Path

import msgspec

from county_hotline.app.station import Station
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.cli.taking import due_line
from county_hotline.clock import shown
from county_hotline.desk import field_names, inbox, intake
from county_hotline.desk.import_returned import write_returned
from county_hotline.desk.inbox import InboxReport
from county_hotline.desk.written_forms import value_of
from county_hotline.domain.privacy import mask_name, mask_phone
from county_hotline.domain.views import Incoming
from county_hotline.domain.vocabulary import Channel
from county_hotline.errors import BadInput
from county_hotline.wording import say, word


def messages(asked: Asked) -> Outcome:
    """One thing at a time: bring in, drop, register, or (nothing asked) list those that wait."""
    options = asked.options
    with station_of(asked) as station:
        if options.add:
            return _added(asked, station)
        if options.text:
            return _report(inbox.paste(station.desk, options.text, channel=_channel(options.channel, Channel.MESSAGE)))
        if options.drop:
            inbox.drop(station.desk, options.drop, options.reason or "")
            return Outcome({"dropped": options.drop}, [say("cli.inbox.dropped", incoming=options.drop)])
        if options.register:
            return _registered(asked, station)
        return _listed(station)


def _channel(text: str | None, otherwise: Channel) -> Channel:
    if not text:
        return otherwise
    found = field_names.member_of(Channel, "channel", text)
    if found is None:
        raise BadInput("I122", name=field_names.label("channel"), value=text[:60])
    return found


def _added(asked: Asked, station: Station) -> Outcome:
    options, file = asked.options, Path(asked.options.add)
    channel = _channel(options.channel, Channel.GRID)
    report = inbox.bring_in(
        station.desk, file, channel=channel, maps=options.map, encoding=options.encoding, sheet=options.sheet
    )
    written = write_returned(report.table, report.returned, (file.resolve().parent, asked.home.path)) if report.table else None
    return _report(report, written)


def _report(report: InboxReport, written: Path | None = None) -> Outcome:
    facts = {
        "messages": report.messages,
        "taken": list(report.taken),
        "known": report.known,
        "returned": list(report.returned),
        "returned_file": str(written) if written else "",
    }
    lines = [
        say("cli.inbox.added", taken=len(report.taken), known=report.known, returned=len(report.returned)),
        *(say("cli.import.reason", row=each.row, reason=each.reason) for each in report.returned),
    ]
    if written:
        lines.append(say("cli.import.returned", path=written, elsewhere=""))
    return Outcome(facts, lines, code=1 if report.returned else 0)


def _registered(asked: Asked, station: Station) -> Outcome:
    """The message as an order, with what `--set` says over it."""
    wanted = asked.options.register
    message = next((each for each in inbox.waiting(station.desk) if each.incoming == wanted), None)
    if message is None:
        raise BadInput("I146", incoming=wanted)
    changes = dict(_change(text, station) for text in asked.options.set)
    if {"name", "phone"} & changes.keys():
        changes = {"anonymous": False, **changes}
    form = msgspec.structs.replace(inbox.form_of(message), **changes)
    order = intake.accept(station.desk, form)
    facts = {"number": order.number, "query_code": order.accepted.query_code if order.accepted else "", "due_on": order.due_on}
    return Outcome(facts, [say("cli.register.done", number=order.number, at=shown(order.accepted_at)), due_line(order)])


def _change(text: str, station: Station) -> tuple[str, object]:
    named, equals, value = text.partition("=")
    field = field_names.field_named(named)
    if not equals or field is None:
        raise field_names.unknown([named])
    return field, value_of(field, value, station.store.reference)


def _listed(station: Station) -> Outcome:
    waiting = inbox.waiting(station.desk)
    lines = [say("cli.inbox.head", count=len(waiting)), *map(_line, waiting)]
    return Outcome({"messages": [_facts(each) for each in waiting]}, lines)


def _facts(message: Incoming) -> dict[str, object]:
    """Who wrote it is shown in full only where it is registered."""
    return {
        "incoming": message.incoming,
        "channel": message.channel.value,
        "came_at": message.came_at,
        "sender": mask_name(message.sender),
        "phone": mask_phone(message.phone),
        "title": message.title,
        "text": message.text,
        "external_number": message.external_number,
        "place": message.place,
        "grid": message.grid,
        "collected_by": message.collected_by,
    }


def _line(message: Incoming) -> str:
    return say(
        "cli.inbox.line",
        incoming=message.incoming,
        at=shown(message.came_at),
        channel=word(message.channel),
        sender=mask_name(message.sender) or say("field.anonymous"),
        title=message.title,
    )
