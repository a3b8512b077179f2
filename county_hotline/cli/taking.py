"""register: requests taken from another program, one JSON object or a list of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from county_hotline.app.station import Station
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.desk import field_names, intake, printing
from county_hotline.desk.slips import PrintedSlip
from county_hotline.desk.written_forms import form_from
from county_hotline.domain import decisions
from county_hotline.domain.views import Caution
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, HotlineError, StoreFault
from county_hotline.settings import PRINT_ON_ACCEPT
from county_hotline.wording import say, sentence


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
        decisions.accept(*intake.drawn_up(station.desk, form))
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
