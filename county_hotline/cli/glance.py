"""overview and handover: the figures of a span, and what one shift tells the next."""

from __future__ import annotations

import msgspec

from county_hotline.app.station import Station
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.desk import handing_over, looking_up
from county_hotline.desk import overview as figures
from county_hotline.desk.overview import Overview, Scope
from county_hotline.domain import rates
from county_hotline.domain.rates import percent
from county_hotline.domain.shifts import Shift
from county_hotline.domain.vocabulary import Stage
from county_hotline.errors import BadInput
from county_hotline.wording import say, word


def overview(asked: Asked) -> Outcome:
    """总览 of a span: today, week, month, or from one day to another; of a region, of a unit that leads."""
    options = asked.options
    with station_of(asked) as station:
        desk = station.desk
        if options.since or options.until:
            first, last = figures.own_span(options.since or options.until, options.until or options.since)
        else:
            first, last = figures.spans(desk)[options.span]
        found = figures.overview(desk, Scope(first, last, _place(station, options.region), _agency(station, options.agency)))
    return Outcome(_facts(found), _lines(found))


def _place(station: Station, typed: str | None) -> str:
    if not typed:
        return ""
    found = looking_up.places(station.desk, typed, limit=1)
    if not found:
        raise BadInput("I122", name=say("overview.place"), value=typed[:60])
    return found[0].code


def _agency(station: Station, typed: str | None) -> str:
    if not typed:
        return ""
    for agency in looking_up.agencies(station.desk, also_retired=True):
        if typed in (agency.code, agency.name, agency.short_name):
            return agency.code
    raise BadInput("I122", name=say("overview.agency"), value=typed[:60])


def _facts(found: Overview) -> dict[str, object]:
    """Everything by its name here, and each rate as its two numbers and as `97.20`."""
    facts: dict[str, object] = msgspec.to_builtins(found)
    facts["rates"] = {
        each.name: {
            **msgspec.to_builtins(found.flow.ratios[each.name]),
            "percent": percent(found.flow.ratios[each.name]),
            "agreed": each.is_agreed,
        }
        for each in rates.FORMULAS
    }
    return facts


def _lines(found: Overview) -> list[str]:
    flow, standing, did = found.flow, found.standing, found.line
    lines = [
        say("cli.overview.span", first=found.scope.first, last=found.scope.last, at=shown(found.now)),
        say("cli.overview.flow", accepted=flow.accepted, dispatched=flow.dispatched, finished=flow.finished),
        say(
            "cli.overview.standing",
            open=standing.open,
            overdue=standing.overdue,
            soon=standing.due_soon,
            calls=standing.to_follow_up,
        ),
    ]
    lines += [say("cli.overview.stage", stage=word(Stage(int(each.code))), count=each.count) for each in standing.stages]
    for formula in rates.FORMULAS:
        ratio = flow.ratios[formula.name]
        name = say(f"rate.{formula.name}.name")
        value = f"{percent(ratio)}%" if ratio.denominator else say("overview.rate.none")
        lines.append(
            say(
                "cli.overview.rate",
                name=name,
                value=value,
                numerator=ratio.numerator,
                denominator=ratio.denominator,
                apart=ratio.apart,
            )
        )
    lines.append(say("cli.overview.line", rounds=did.rounds_today, sent=did.sent_today, received=did.received_today))
    return lines


def handover(asked: Asked) -> Outcome:
    """交接班: as it stands (nothing asked), handed over with `--notes`, taken over with `--take`, or the earlier ones with `--kept`."""
    options = asked.options
    with station_of(asked) as station:
        desk = station.desk
        if options.kept:
            kept = handing_over.kept(desk)
            return Outcome({"shifts": kept}, [_kept(each) for each in kept] or [say("handover.kept_none")])
        if options.take_over is not None:
            taken = handing_over.take_over(desk, options.take_over)
            return Outcome({"shift": taken}, [say("handover.taken", number=taken.shift)])
        if options.notes is None:
            sheet = handing_over.gather(desk)
            return Outcome(
                {"sheet": sheet},
                [say("cli.handover.now", todo=sum(each.orders for each in sheet.todo), overdue=sheet.overdue_count)],
            )
        made = handing_over.hand_over(desk, options.notes)
        path = _printed(asked, station, made)
    return Outcome({"shift": made, "paper": path}, [say("handover.done", number=made.shift), say("handover.saved", path=path)])


def _printed(asked: Asked, station: Station, made: Shift) -> str:
    from county_hotline.forms.shift_sheet import draw_shift

    path = handing_over.paper_path(station.desk, made)
    missing = draw_shift(made, path, printed_at=asked.clock.now_ms())
    handing_over.printed(station.desk, made)
    if missing:
        asked.speech.aside(say("handover.missing", count=len(missing)))
    return str(path)


def _kept(shift: Shift) -> str:
    at, giver = shown(shift.sheet.made_at), shift.sheet.giver
    if not shift.is_taken:
        return f"{shift.shift}　" + say("handover.kept_open", at=at, giver=giver)
    return f"{shift.shift}　" + say(
        "handover.kept_taken", at=at, giver=giver, taker=shift.taker, taken_at=shown(shift.taken_at)
    )
