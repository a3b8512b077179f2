"""show, list: one order with its whole history, and pages of 台账."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from county_hotline.app.station import Station
from county_hotline.cli.line import counts_line
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.db.beside.reference import Reference
from county_hotline.desk import exporting, field_names, looking_up, naming
from county_hotline.domain.facts import Fact, Person, Unknown, Withheld
from county_hotline.domain.happened import Happened
from county_hotline.domain.privacy import mask_address, mask_id, mask_name, mask_phone
from county_hotline.domain.register_columns import RegisterColumn
from county_hotline.domain.typed_times import read_time
from county_hotline.domain.views import OrderView, RegisterQuery, RegisterRow, RegisterSort
from county_hotline.domain.vocabulary import AssignmentState, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput
from county_hotline.ids import AgencyCode
from county_hotline.wording import say, word

DAY_MS = 86_400_000
PARTICULARS = ("name", "phone", "address", "id_number")


def show(asked: Asked) -> Outcome:
    """One order, by any form of its number or its query code. The caller is masked unless `--reason` is given (audited)."""
    with station_of(asked) as station:
        view = looking_up.order(station.desk, asked.options.number)
        reason = asked.options.reason
        full = looking_up.unmask(station.desk, view.order.number, reason) if reason is not None else None
        facts = order_facts(view, full)
        lines = order_lines(view, full, station.store.reference)
    return Outcome(facts, lines)


def order_facts(view: OrderView, full: Person | None) -> dict[str, object]:
    """The order and its history for another program; only `full` shows the caller in the clear."""
    order = view.order
    return {
        "number": order.number,
        "stage": order.stage.name.lower(),
        "station": order.station,
        "officer": order.officer,
        "accepted_at": order.accepted_at,
        "due_on": order.due_on,
        "accepted": None if order.accepted is None else _plain(order.accepted, person=full is not None),
        "person": _person_facts(order, full),
        "assignments": [_assignment(each) for each in order.assignments],
        "attachments": [_plain(each) for each in order.attachments],
        "outcome": order.outcome,
        "opinion": order.opinion,
        "finished_at": order.finished_at,
        "clashes": [{"grade": c.grade, "code": c.code, "first": c.first, "second": c.second} for c in order.clashes],
        "official_number": view.official_number,
        "history": [_event(event, view.waiting, full) for event in view.story],
    }


def _assignment(assignment: object) -> dict[str, object]:
    built = msgspec.to_builtins(assignment)
    return {**built, "state": AssignmentState(built["state"]).name.lower()}


def _plain(fact: Fact, *, person: bool = True) -> dict[str, object]:
    """The fact's fields by their names here. What was typed before cleaning goes only with the caller in the clear."""
    fields: dict[str, object] = {name: msgspec.to_builtins(getattr(fact, name)) for name in fact.__struct_fields__}
    if not person:
        fields.pop("original", None)
    return fields


def _person_facts(order: WorkOrder, full: Person | None) -> dict[str, object] | None:
    if full is not None:
        return {**{name: getattr(full, name) for name in PARTICULARS}, "original": full.original}
    if order.person is None or order.is_confidential:
        return None
    return {**_masked(order.person)}


def _masked(person: Person) -> dict[str, str]:
    return {
        "name": mask_name(person.name),
        "phone": mask_phone(person.phone),
        "address": mask_address(person.address),
        "id_number": mask_id(person.id_number),
    }


def _event(event: Happened, waiting: tuple[str, ...], full: Person | None) -> dict[str, object]:
    return {
        "entry_id": event.entry_id,
        "kind": _kind(event.fact),
        "station": event.station,
        "life": event.life,
        "serial": event.serial,
        "officer": event.officer,
        "recorded_at": event.recorded_at,
        "received_at": event.received_at,
        "hub_seq": event.hub_seq,
        "clock_note": event.clock_note,
        "waiting": event.entry_id in waiting,
        "fact": _plain(event.fact, person=full is not None),
    }


def _kind(fact: Fact) -> str:
    return fact.kind_on_disk if isinstance(fact, (Unknown, Withheld)) else fact.kind


def order_lines(view: OrderView, full: Person | None, reference: Reference) -> list[str]:
    """The order as a person reads it: what it is, where it stands, and what happened."""
    order, accepted = view.order, view.order.accepted
    lines = [say("cli.show.head", number=order.number, stage=word(order.stage))]
    if accepted is not None:
        lines += [
            say("cli.show.title", title=accepted.title),
            say(
                "cli.show.kind", kind=word(accepted.matter_kind), channel=word(accepted.channel), urgency=word(accepted.urgency)
            ),
            say("cli.show.place", place=reference.place(accepted.place).path, detail=accepted.place_detail),
            say("cli.show.category", category=reference.category(accepted.category).path if accepted.category else "—"),
            say("cli.show.caller", caller=_caller(order, full)),
            say("cli.show.content", content=accepted.content),
        ]
        if accepted.demand:
            lines.append(say("cli.show.demand", demand=accepted.demand))
        lines.append(say("cli.show.due", due=order.due_on or "—", code=accepted.query_code))
    lines += [_assignment_line(each, reference) for each in order.assignments]
    if order.outcome is not None:
        lines.append(say("cli.show.outcome", outcome=word(order.outcome), opinion=order.opinion))
    lines += [say("cli.show.clash", words=say(f"clash.{clash.code}")) for clash in order.clashes]
    return [*lines, "", say("cli.show.history"), *(_event_line(event, view.waiting) for event in view.story)]


def _caller(order: WorkOrder, full: Person | None) -> str:
    accepted = order.accepted
    if accepted is not None and accepted.confidential and full is None:
        return say("field.confidential")
    person = {} if order.person is None else _masked(order.person)
    if full is not None:
        person = {name: getattr(full, name) for name in PARTICULARS}
    told = "  ".join(text for text in person.values() if text)
    return told or say("field.anonymous")


def _assignment_line(assignment: object, reference: Reference) -> str:
    agency = reference.agency(assignment.agency).name  # type: ignore[attr-defined]
    return say(
        "cli.show.assignment",
        agency=agency,
        role=word(assignment.role),  # type: ignore[attr-defined]
        state=word(assignment.state),  # type: ignore[attr-defined]
        due=assignment.due_on or "—",  # type: ignore[attr-defined]
        reply=assignment.public or assignment.internal,  # type: ignore[attr-defined]
    )


def _event_line(event: Happened, waiting: tuple[str, ...]) -> str:
    known = not isinstance(event.fact, (Unknown, Withheld))
    kind = (
        say(f"kind.{event.fact.kind}") if known else say("kind.unknown" if isinstance(event.fact, Unknown) else "kind.withheld")
    )
    state = say("cli.show.waiting") if event.entry_id in waiting else say("cli.show.received", seq=event.hub_seq)
    return say(
        "cli.show.event", at=shown(event.recorded_at), kind=kind, officer=event.officer, station=event.station, state=state
    )


def register(asked: Asked) -> Outcome:
    """A page of 台账; with `--xlsx` or `--csv` all of it into a file."""
    if asked.options.xlsx or asked.options.csv:
        return _exported(asked)
    with station_of(asked) as station:
        query = _query(asked, station)
        try:
            page = looking_up.register(station.desk, query, after=asked.options.after, limit=max(1, asked.options.limit))
        except (ValueError, IndexError) as exc:
            raise BadInput("I120", text=say("cli.usage.after", value=str(asked.options.after)[:40])) from exc
        counts = looking_up.counts(station.desk)
        lines = [_row_line(row, station.store.reference) for row in page.rows]
    head = say("cli.list.head", total=f"{page.total}+" if page.is_more else page.total, shown=len(page.rows))
    if page.next_after is not None:
        lines.append(say("cli.list.more", after=page.next_after))
    rows = [_row_facts(row) for row in page.rows]
    facts = {"rows": rows, "total": page.total, "next_after": page.next_after, "counts": counts}
    return Outcome(facts, [head, *lines, counts_line(counts)])


def _exported(asked: Asked) -> Outcome:
    options = asked.options
    path = Path(options.xlsx or options.csv).absolute()
    if path.suffix.lower() == ".csv" and options.xlsx:
        raise BadInput("I120", text=say("cli.usage.choice", option="--xlsx", value=path.name[:40], choices="*.xlsx"))
    if path.suffix.lower() != ".csv" and options.csv:
        raise BadInput("I120", text=say("cli.usage.choice", option="--csv", value=path.name[:40], choices="*.csv"))
    with station_of(asked) as station:
        wish = exporting.Wish(
            path=str(path),
            columns=tuple(RegisterColumn),
            query=_query(asked, station),
            said=options.text,
            reason=options.reason,
        )
        told = exporting.write(station.desk, wish)
    masked = [say("register.export.still_masked", count=told.still_masked)] if told.still_masked else []
    facts = {"path": told.path, "orders": told.total, "still_masked": told.still_masked}
    return Outcome(facts, [say("cli.list.exported", count=told.total, path=told.path), *masked])


def _row_facts(row: RegisterRow) -> Mapping[str, object]:
    built: dict[str, object] = msgspec.to_builtins(row)
    return {**built, "stage": row.stage.name.lower()}


def _row_line(row: RegisterRow, reference: Reference) -> str:
    return say(
        "cli.list.row",
        number=row.number,
        stage=word(row.stage),
        at=shown(row.accepted_at),
        due=row.due_on or "—",
        agency=reference.agency(row.agency).short_name or reference.agency(row.agency).name if row.agency else "—",
        waiting=say("cli.list.waiting") if row.waiting else "",
        title=row.title,
    )


def _query(asked: Asked, station: Station) -> RegisterQuery:
    options, reference = asked.options, station.store.reference
    return RegisterQuery(
        text=options.text,
        stages=tuple(_stage(text) for text in options.stage),
        since=_day(options.since, "--since"),
        until=_day(options.until, "--until") + DAY_MS if options.until else 0,
        category=naming.category_named(reference.categories(), options.category).code if options.category else "",
        agency=naming.agency_named(reference.agencies(), options.agency).code if options.agency else AgencyCode(""),
        waiting_only=options.waiting,
        clashes_only=options.clashes,
        overdue_at=asked.clock.now_ms() if options.overdue else 0,
        sort=RegisterSort(options.sort),
        is_reversed=options.reversed,
    )


def _stage(text: str) -> Stage:
    wanted = field_names.plain(text).replace("-", "_")
    for stage in Stage:
        if wanted in (stage.name.lower(), field_names.plain(word(stage)), str(int(stage))):
            return stage
    choices = say("cli.comma").join(word(stage) for stage in Stage)
    raise BadInput("I120", text=say("cli.usage.choice", option="--stage", value=text[:40], choices=choices))


def _day(text: str | None, option: str) -> int:
    moment = read_time(text) if text else 0
    if moment is None:
        raise BadInput("I120", text=say("cli.usage.date", option=option, value=(text or "")[:40]))
    return moment
