"""一线处置: 呼叫, 响应, 报到, 处置, 互评."""

from __future__ import annotations

import re
from collections.abc import Iterator

from county_hotline.desk import naming
from county_hotline.desk.acts import choices
from county_hotline.desk.acts.making import happened_at, line, one_of, speaker, text, unit_of
from county_hotline.desk.acts.spec import Act, Choice, Field, FieldKind, Speaks
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.civil_time import civil, end_of_day_ms
from county_hotline.domain.facts import (
    ArrivalSigned,
    CallAnswered,
    CallCancelled,
    CallScored,
    SiteFindings,
    Task,
    UnitsCalled,
)
from county_hotline.domain.standing_parts import Call
from county_hotline.domain.typed_times import read_day
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import AgencyCode

COLON = re.compile(r"\s*[:：]\s*")


def _call_units(desk: Desk, order: WorkOrder, values: Values) -> UnitsCalled:
    caller = speaker(desk, values)
    fact = UnitsCalled(
        call=decisions.next_call(order, caller),
        caller=caller,
        agencies=values.agencies("agencies"),
        meet_at=values.moment("meet_at"),
        meet_where=values.line("meet_where"),
        matter=values.text("matter"),
        handler=values.line("handler"),
        in_charge=values.line("in_charge"),
        chief=values.line("chief"),
    )
    return decisions.call_units(order, fact, now=values.now, is_centre=choices.is_centre(desk))


def _where(desk: Desk, order: WorkOrder) -> str:
    accepted = order.accepted
    if accepted is None:
        return ""
    return " ".join(part for part in (desk.store.reference.place(accepted.place).path, accepted.place_detail) if part)


def _matter(desk: Desk, order: WorkOrder) -> str:
    return order.accepted.title if order.accepted else ""


def _officer(desk: Desk, order: WorkOrder) -> str:
    return desk.officer.name if desk.officer else ""


def _named(desk: Desk, order: WorkOrder, values: Values, offered: choices.Choices) -> tuple[AgencyCode, str]:
    """Which call is meant: as its choice says it (`370323109/1`), as caller and number, or the latest one that fits."""
    typed, caller = values.line("call"), values.agency("caller")
    if typed and caller:
        return caller, typed
    unit, _, number = (typed or choices.first(offered)(desk, order)).rpartition("/")
    return AgencyCode(unit), number


def _concerns_us(desk: Desk, call: Call) -> bool:
    return choices.is_centre(desk) or desk.card.unit in (call.called.caller, *call.called.agencies)


def _is_ours(desk: Desk, call: Call) -> bool:
    return choices.is_centre(desk) or desk.card.unit == call.called.caller


OPEN = choices.calls_where(lambda desk, call: call.is_open and _concerns_us(desk, call))
OURS = choices.calls_where(lambda desk, call: call.is_open and _is_ours(desk, call))
FOUND = choices.calls_where(lambda desk, call: call.found_at is not None and _concerns_us(desk, call))


def _answer(desk: Desk, order: WorkOrder, values: Values) -> CallAnswered:
    caller, call = _named(desk, order, values, OPEN)
    fact = CallAnswered(
        call=call,
        caller=caller,
        agency=speaker(desk, values),
        comes=values.line("comes") != choices.NO,
        words=values.text("words"),
    )
    return decisions.answer_call(order, fact)


def _arrive(desk: Desk, order: WorkOrder, values: Values) -> ArrivalSigned:
    caller, call = _named(desk, order, values, OPEN)
    if values.agency("agency") != desk.card.unit != caller and not choices.is_centre(desk):
        raise Refusal("R208", act="sign_arrival")  # who calls signs for all, who was called for itself
    fact = ArrivalSigned(
        call=call,
        caller=caller,
        agency=values.agency("agency"),
        arrived_at=values.moment("arrived_at"),
        name=values.line("name"),
        post=values.line("post"),
    )
    return decisions.sign_arrival(order, fact, now=values.now)


def _not_here_yet(desk: Desk, order: WorkOrder) -> str:
    """The first called unit nobody came for; at a called unit's own station that unit."""
    for call in reversed(order.calls):
        if call.is_open and _concerns_us(desk, call):
            if desk.card.unit in call.called.agencies:
                return desk.card.unit
            return call.absent[0] if call.absent else ""
    return ""


def _find(desk: Desk, order: WorkOrder, values: Values) -> SiteFindings:
    caller, call = _named(desk, order, values, OURS)
    tasks = tuple(_shares(desk, values))
    return decisions.find(order, SiteFindings(call=call, caller=caller, findings=values.text("findings"), tasks=tasks))


def _shares(desk: Desk, values: Values) -> Iterator[Task]:
    """分工, a line a unit: `单位：做什么：到哪天`. Raises BadInput I141 with the line that cannot be read."""
    agencies = desk.store.reference.agencies()
    for words in filter(None, (part.strip() for part in values.text("tasks").splitlines())):
        parts = COLON.split(words, maxsplit=2)
        if len(parts) < 2:
            raise BadInput("I141", field="tasks", value=words[:40])
        day = read_day(parts[2], civil(values.now).date()) if len(parts) == 3 and parts[2] else None
        if day is None and len(parts) == 3 and parts[2]:
            raise BadInput("I141", field="tasks", value=words[:40])
        until = day.isoformat() if day else ""
        yield Task(naming.agency_named(agencies, parts[0]).code, parts[1], until, end_of_day_ms(until) if until else 0)


def _score(desk: Desk, order: WorkOrder, values: Values) -> CallScored:
    caller, call = _named(desk, order, values, FOUND)
    by, _, of = values.line("pair").rpartition("/")
    unit = AgencyCode(by) if by and choices.is_centre(desk) else desk.card.unit
    scored = AgencyCode(of) or values.agency("of")
    fact = CallScored(call=call, caller=caller, by=unit, of=scored, score=values.whole("score"), words=values.text("words"))
    return decisions.score_call(order, fact)


def _pairs(desk: Desk, order: WorkOrder) -> tuple[Choice, ...]:
    """Who is to score whom, of those this station speaks for."""
    return tuple(
        Choice(
            f"{by}/{of}",
            say_pair(desk, by, of),
        )
        for call in reversed(order.calls)
        for by, of in call.missing_scores()
        if by == desk.card.unit or choices.is_centre(desk)
    )


def say_pair(desk: Desk, by: AgencyCode, of: AgencyCode) -> str:
    """`某某镇 → 某某局`."""
    return f"{choices.unit_name(desk, by)} → {choices.unit_name(desk, of)}"


def _cancel(desk: Desk, order: WorkOrder, values: Values) -> CallCancelled:
    caller, call = _named(desk, order, values, OURS)
    if caller != desk.card.unit and not choices.is_centre(desk):
        raise Refusal("R386", number=order.number)
    return decisions.cancel_call(order, CallCancelled(call=call, caller=caller, reason=values.line("reason")))


def _which(offered: choices.Choices) -> Field:
    return one_of("call", offered)


UNIT = Speaks.UNIT
ACTS = (
    Act(
        "call_units",
        UnitsCalled,
        _call_units,
        fields=(
            Field("agencies", FieldKind.AGENCIES, is_required=True),
            Field("meet_at", FieldKind.MOMENT, is_required=True),
            Field("meet_where", is_required=True, default=_where),
            Field("matter", FieldKind.TEXT, is_required=True, default=_matter),
            Field("handler", is_required=True, default=_officer),
            line("in_charge", required=True),
            line("chief", required=True),
        ),
        speaks=UNIT,
    ),
    Act(
        "answer_call",
        CallAnswered,
        _answer,
        fields=(unit_of("answer_call"), _which(OPEN), one_of("comes", choices.yes_no("comes")), text("words")),
        speaks=UNIT,
    ),
    Act(
        "sign_arrival",
        ArrivalSigned,
        _arrive,
        fields=(
            _which(OPEN),
            Field("agency", FieldKind.AGENCY, is_required=True, default=_not_here_yet),
            line("name", required=True),
            line("post"),
            happened_at("arrived_at"),
        ),
        speaks=UNIT,
    ),
    Act(
        "find",
        SiteFindings,
        _find,
        fields=(_which(OURS), text("findings", required=True, lines=5), Field("tasks", FieldKind.SHARES, lines=4)),
        speaks=UNIT,
    ),
    Act(
        "score_call",
        CallScored,
        _score,
        fields=(
            _which(FOUND),
            one_of("pair", _pairs),
            Field("score", FieldKind.WHOLE, is_required=True),
            text("words"),
        ),
        speaks=UNIT,
        wrong={"R396": "pair", "R397": "pair"},
    ),
    Act("cancel_call", CallCancelled, _cancel, fields=(_which(OURS), line("reason", required=True)), speaks=UNIT),
)
