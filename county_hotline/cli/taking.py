"""register, answer, tell-path, transfer: requests taken from another program (one JSON object or a list of them), and those that end in
the same talk."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from county_hotline.app.station import Station
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.desk import county_lists, field_names, intake, printing
from county_hotline.desk.slips import PrintedSlip
from county_hotline.desk.written_forms import form_from
from county_hotline.domain.facts import EmergencyTransferred
from county_hotline.domain.typed_times import read_time
from county_hotline.domain.views import Caution
from county_hotline.domain.vocabulary import Channel, EmergencyLine, HandedOver
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, HotlineError, StoreFault
from county_hotline.settings import PRINT_ON_ACCEPT
from county_hotline.wording import say, sentence, word


def register(asked: Asked) -> Outcome:
    """Accept what the file says; all of it is understood before the first is accepted."""
    written = _read(asked.options.from_json)
    with station_of(asked) as station:
        forms = [_understood(place, one, len(written), station) for place, one in enumerate(written, 1)]
        done = [_accepted(asked, station, form) for form in forms]
    facts: dict[str, object] = {"orders": [each for each, _ in done]}
    if len(done) == 1:
        facts |= done[0][0]
    return Outcome(facts, [line for _, lines in done for line in lines])


def _understood(place: int, one: Mapping[str, object], count: int, station: Station) -> intake.IntakeForm:
    try:
        form = form_from(one, station.store.reference)
        intake.decided(station.desk, form)
    except HotlineError as fault:
        if count > 1:
            raise BadInput("I123", place=place, why=field_names.what_happened(fault)) from fault
        raise
    return form


def _accepted(asked: Asked, station: Station, form: intake.IntakeForm) -> tuple[dict[str, object], list[str]]:
    cautions = intake.cautions(station.desk, form)
    order = intake.accept(station.desk, form)
    slip, fault = _slip(asked, station, order)
    accepted = order.accepted
    facts: dict[str, object] = {
        "number": order.number,
        "query_code": accepted.query_code if accepted else "",
        "accepted_at": order.accepted_at,
        "due_on": order.due_on,
        "due_provisional": bool(accepted and accepted.due_provisional),
        "slip": slip.path if slip else "",
        "missing_glyphs": list(slip.missing_glyphs) if slip else [],
        "cautions": [{"field": c.field, "code": c.code, "message": _said(c)} for c in cautions],
    }
    if fault is not None:
        facts["slip_fault"] = {"code": fault.code, "message": sentence(fault)}
    return facts, _lines(order, slip, fault, [_said(caution) for caution in cautions])


def _slip(asked: Asked, station: Station, order: WorkOrder) -> tuple[PrintedSlip | None, StoreFault | None]:
    """The slip, or why there is none: the order stands either way."""
    if asked.options.no_slip or not (asked.options.paper or station.settings.value(PRINT_ON_ACCEPT)):
        return None, None
    try:
        return printing.print_slip(station.desk, order.number, paper=asked.options.paper), None
    except StoreFault as fault:
        return None, fault


def _said(caution: Caution) -> str:
    return say(f"warning.{caution.code}", **caution.details)


def _lines(order: WorkOrder, slip: PrintedSlip | None, fault: StoreFault | None, cautions: list[str]) -> list[str]:
    accepted = order.accepted
    lines = [
        say("cli.register.done", number=order.number, at=shown(order.accepted_at)),
        say("cli.register.code", code=accepted.query_code if accepted else ""),
        due_line(order),
    ]
    if slip is not None:
        lines.append(say("cli.register.slip", path=slip.path))
        if slip.missing_glyphs:
            lines.append(say("cli.register.glyphs", glyphs=" ".join(slip.missing_glyphs)))
    if fault is not None:
        lines.append(sentence(fault))
    return lines + [say("cli.register.caution", words=words) for words in cautions]


def due_line(order: WorkOrder) -> str:
    """The date and what it is worth."""
    if not order.due_on:
        return say("cli.due.none")
    provisional = order.accepted is not None and order.accepted.due_provisional
    return say("cli.due.provisional" if provisional else "cli.due.on", date=order.due_on)


# ---------------------------------------------------------------- ended in the same talk


def answer(asked: Asked) -> Outcome:
    """直接答复 of a new request."""
    options = asked.options
    content = None if options.content is None else options.content == "yes"
    with station_of(asked) as station:
        order = intake.answer(
            station.desk, _one_form(asked, station), answer=options.answer, article=options.article, content=content
        )
    return _ended(order)


def tell_path(asked: Asked) -> Outcome:
    """告知法定途径 of a new request: words, path and basis are those of the county's list where none are given."""
    options = asked.options
    signed = None if options.signed is None else options.signed == "yes"
    with station_of(asked) as station:
        listed = next((each for each in county_lists.told_paths(station.desk) if each.code == options.path_code), None)
        order = intake.tell_path(
            station.desk,
            _one_form(asked, station),
            reason=options.path_code,
            words=options.words or (listed.words if listed else ""),
            path=options.path or (listed.path if listed else ""),
            basis=options.basis or (listed.basis if listed else ""),
            handed_to=options.handed_to,
            signed=signed,
        )
    return _ended(order)


def transfer(asked: Asked) -> Outcome:
    """紧急转接, already spoken: written down with whatever is known of the caller."""
    options = asked.options
    handed_at = read_time(options.handed_at) if options.handed_at else 0
    if handed_at is None:
        raise BadInput("I120", text=say("cli.usage.date", option="--handed-at", value=options.handed_at[:40]))
    fact = EmergencyTransferred(
        line=EmergencyLine(options.line),
        handed_at=handed_at,
        result=HandedOver(options.result),
        taker=options.taker,
        three_party=options.three_party,
        participants=options.participants,
        words=options.words,
    )
    with station_of(asked) as station:
        form = _one_form(asked, station) if options.from_json else intake.IntakeForm(channel=Channel.PHONE)
        order = intake.transfer_emergency(station.desk, form, fact)
    return _ended(order)


def _one_form(asked: Asked, station: Station) -> intake.IntakeForm:
    """Raises BadInput I124 where the file holds several."""
    written = _read(asked.options.from_json)
    if len(written) != 1:
        raise BadInput("I124")
    return form_from(written[0], station.store.reference)


def _ended(order: WorkOrder) -> Outcome:
    facts = {
        "number": order.number,
        "query_code": order.accepted.query_code if order.accepted else "",
        "accepted_at": order.accepted_at,
        "stage": order.stage.name.lower(),
    }
    lines = [
        say("cli.register.done", number=order.number, at=shown(order.accepted_at)),
        say("cli.register.code", code=facts["query_code"]),
        say("cli.register.stage", stage=word(order.stage)),
    ]
    return Outcome(facts, lines)


# ---------------------------------------------------------------- reading


def _read(source: str) -> list[dict[str, object]]:
    """Raises BadInput I101 for a file that cannot be opened, I104 for what is not JSON, I124 for JSON that is no request."""
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as exc:
        raise BadInput("I101", file=source) from exc
    try:
        written = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as exc:
        raise BadInput("I104", line=_line(raw, str(exc))) from exc
    requests = written if isinstance(written, list) else [written]
    if not requests or not all(isinstance(one, dict) for one in requests):
        raise BadInput("I124")
    return requests


def _line(raw: bytes, message: str) -> int:
    digits = "".join(ch for ch in message.rpartition("byte")[2] if ch.isdecimal())
    return raw[: int(digits or 0)].count(b"\n") + 1
