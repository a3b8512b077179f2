"""held, repair, prove: what the hub holds of this station's records and what to do about it; whether both ends have the same."""

from __future__ import annotations

from county_hotline.cli.acting import set_field
from county_hotline.cli.line import fault_of
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.desk import line, repairing
from county_hotline.desk.desk import Desk
from county_hotline.desk.repairing import HeldHere
from county_hotline.domain.proving import Difference
from county_hotline.errors import HotlineError, Refusal
from county_hotline.ids import EntryId
from county_hotline.wording import act, say, sentence, word


def held(asked: Asked) -> Outcome:
    """What is held, each with its number in the list, why, and what may be done. Exit code 0 also where there is something."""
    with station_of(asked) as station:
        records = repairing.held(station.desk)
    lines = [say("cli.held.count", count=len(records)) if records else say("cli.held.none")]
    for place, each in enumerate(records, start=1):
        lines += [_head(place, each), sentence(HotlineError(each.code)), say("cli.held.ways", ways=_ways(each))]
    return Outcome({"held": [_facts(each) for each in records]}, lines)


def repair(asked: Asked) -> Outcome:
    """Withdraw, write anew (`--set` as in `act`), or send again one held record, by its place in the list or its id."""
    options = asked.options
    with station_of(asked) as station:
        desk = station.desk
        entry_id = _named(desk, options.record)
        match options.mend:
            case "withdraw":
                repairing.withdraw(desk, entry_id, options.why)
            case "resend":
                repairing.send_again(desk, entry_id)
            case _:
                opened = repairing.opened(desk, entry_id)
                typed = {**opened.values, **dict(set_field(station, opened, text) for text in options.set)}
                repairing.rewrite(desk, entry_id, {**typed, repairing.WHY: options.why or typed[repairing.WHY]})
    return Outcome({"entry_id": entry_id, "done": options.mend}, [say(f"held.done.{options.mend}")])


def prove(asked: Asked) -> Outcome:
    """One round that compares everything. Exit code 0 only where both ends have the same."""
    with station_of(asked) as station:
        station.store.proof.ask_for_all()
        report = line.sync_now(station.desk)
        proven = station.store.proof.is_proven()
        entries = station.store.verify().entries if proven else 0
    fault = fault_of(report)
    facts: dict[str, object] = {"proven": proven, "differences": report.differences, "report": report}
    if fault is not None:
        facts |= {"code": fault.code, "message": sentence(fault)}
        return Outcome(facts, [sentence(fault)], code=1)
    if report.differences:
        lines = [say("cli.prove.differ", count=len(report.differences)), *(_differs(each) for each in report.differences)]
        return Outcome(facts, lines, code=1)
    key = "cli.prove.same" if proven else "cli.prove.not_asked"
    return Outcome(facts, [say(key, entries=entries)], code=0 if proven else 1)


def _named(desk: Desk, text: str) -> EntryId:
    """The record meant. Refuses (R540) what is not in the list."""
    records = repairing.held(desk)
    if text.isdecimal() and 1 <= int(text) <= len(records):
        return records[int(text) - 1].entry_id
    if text not in {each.entry_id for each in records}:
        raise Refusal("R540")
    return EntryId(text)


def _head(place: int, each: HeldHere) -> str:
    return say(
        "cli.held.one",
        place=place,
        act=act(each.kind),
        number=each.number,
        title=each.title,
        at=shown(each.recorded_at),
        who=each.officer,
    )


def _ways(each: HeldHere) -> str:
    offered = (("withdraw", each.can_withdraw), ("rewrite", each.can_rewrite), ("resend", each.can_send))
    ways = say("cli.comma").join(say("cli.held.way", name=name, words=say(f"held.{name}")) for name, can in offered if can)
    return ways or say("held.withdrawn" if each.is_withdrawn else "held.nothing")


def _facts(each: HeldHere) -> dict[str, object]:
    return {
        "entry_id": each.entry_id,
        "number": each.number,
        "kind": each.kind,
        "code": each.code,
        "why": sentence(HotlineError(each.code)),
        "recorded_at": each.recorded_at,
        "withdrawn": each.is_withdrawn,
        "ways": [
            n for n, can in (("withdraw", each.can_withdraw), ("rewrite", each.can_rewrite), ("resend", each.can_send)) if can
        ],
    }


def _differs(each: Difference) -> str:
    where = (
        say("held.difference.chain", life=each.chain, serial=each.place)
        if each.chain
        else say("held.difference.place", place=each.place)
    )
    return say("cli.prove.one", which=word(each.which), number=each.number, where=where)
