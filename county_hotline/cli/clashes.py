"""clashes, clash, settle: what two people did unseen by each other, both sides line by line, and settling it."""

from __future__ import annotations

from collections.abc import Sequence

from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.db.beside.reference import Reference
from county_hotline.desk import clash_words, clashes, field_names, looking_up
from county_hotline.domain.comparing import Comparison, Hand, Row, Side
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.wording import act, say, word

SIDES = {"ours": Side.ONE.value, "theirs": Side.OTHER.value}


class _Lists:
    """The county's names, for `clash_words`."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    def agency(self, code: str) -> str:
        """See `clash_words.Lists`."""
        return next((each.name for each in self._reference.agencies() if each.code == code), code)

    def category(self, code: str) -> str:
        """See `clash_words.Lists`."""
        return self._reference.category(code).path if code else code

    def place(self, code: str) -> str:
        """See `clash_words.Lists`."""
        return self._reference.place(code).path if code else code


def clashes_of(asked: Asked) -> Outcome:
    """Every order here that waits to be settled."""
    with station_of(asked) as station:
        rows = clashes.waiting(station.desk)
    lines = [say("cli.clash.row", number=row.number, count=row.clashes, title=row.title) for row in rows]
    facts = [{"number": row.number, "title": row.title, "clashes": row.clashes} for row in rows]
    return Outcome({"count": len(rows), "orders": facts}, [say("cli.clash.count", count=len(rows)), *lines])


def clash(asked: Asked) -> Outcome:
    """One order's two sides beside what both last agreed on. The caller stays masked."""
    with station_of(asked) as station:
        number = looking_up.order(station.desk, asked.options.number).order.number
        comparison = clashes.compared(station.desk, number)
        why_not = clashes.hindrance(station.desk, comparison)
        lists = _Lists(station.store.reference)
        facts = {**_facts(comparison, lists), "why_not": why_not}
        lines = _lines(comparison, lists)
    if why_not:
        lines.append(say(f"clash.why_not.{why_not}"))
    return Outcome(facts, lines)


def settle(asked: Asked) -> Outcome:
    """Settle it: `--ours` or `--theirs` for all, `--field 栏目=ours|theirs|另写的值` for single lines; `--reason`."""
    options = asked.options
    with station_of(asked) as station:
        number = looking_up.order(station.desk, options.number).order.number
        comparison = clashes.compared(station.desk, number)
        if options.centre:
            clashes.ask_centre(station.desk, comparison, options.reason or "")
            return Outcome({"number": number, "to_centre": True}, [say("cli.clash.left", number=number)])
        side = Side.ONE.value if options.ours else Side.OTHER.value if options.theirs else ""
        chosen = {row.key: side for row in comparison.to_choose if side}
        anew: dict[str, object] = {}
        for text in options.field:
            key, said = _field(comparison, text)
            chosen[key] = SIDES.get(said, clashes.ANEW)
            if said not in SIDES:
                anew[key] = clashes.read_value(station.desk, key, said)
        order = clashes.settle(station.desk, comparison, chosen, anew=anew, reason=options.reason or "")
    facts = {"number": number, "stage": order.stage.name.lower(), "open": len(order.clashes)}
    return Outcome(facts, [say("cli.clash.settled", number=number, stage=word(order.stage), count=len(order.clashes))])


def _field(comparison: Comparison, text: str) -> tuple[str, str]:
    name, is_given, said = text.partition("=")
    keys = {row.key: row for row in comparison.to_choose}
    wanted = name.strip()
    found = wanted if wanted in keys else field_names.field_named(wanted) or ""
    found = found if found in keys else next((key for key, row in keys.items() if clash_words.label(row) == wanted), "")
    if not is_given or not found:
        raise Refusal("R526", text=text[:60], names=_comma([clash_words.label(row) for row in keys.values()]))
    return found, said.strip()


def _lines(comparison: Comparison, lists: _Lists) -> list[str]:
    told = [say("cli.clash.head", number=comparison.number, what=_comma([say(f"clash.{c.code}") for c in comparison.clashes]))]
    told += [_hand("ours", comparison.one), _hand("theirs", comparison.other)]
    for row in comparison.rows:
        told.append(say("cli.clash.line", label=clash_words.label(row), state=word(row.state)))
        before, one, other = _values(comparison, row, lists)
        told += [say("cli.clash.before", words=before), say("cli.clash.ours", words=one), say("cli.clash.theirs", words=other)]
    return told


def _hand(side: str, hand: Hand) -> str:
    last = hand.acts[-1]
    return say(
        f"cli.clash.hand.{side}", station=hand.station, officer=last.officer, act=act(last.fact.kind), said_at=last.recorded_at
    )


def _values(comparison: Comparison, row: Row, lists: _Lists) -> tuple[str, str, str]:
    hidden = comparison.order.is_confidential
    before, one, other = (clash_words.value(row.key, each, lists, hidden=hidden) for each in (row.before, row.one, row.other))
    return before, one, other


def _facts(comparison: Comparison, lists: _Lists) -> dict[str, object]:
    rows = []
    for row in comparison.rows:
        before, one, other = _values(comparison, row, lists)
        held = row.holds.value if row.holds else ""
        rows.append(
            {"key": row.key, "label": clash_words.label(row), "state": row.state.value, "before": before, "ours": one}
            | {"theirs": other, "stands": {"one": "ours", "other": "theirs"}.get(held, "")}
        )
    clashes_ = [
        {"grade": c.grade.value, "code": c.code, "matter": c.matter.value, "to_centre": c.to_centre} for c in comparison.clashes
    ]
    return {"number": Number(comparison.number), "clashes": clashes_, "rows": rows, "more": comparison.more}


def _comma(words: Sequence[str]) -> str:
    return say("cli.comma").join(dict.fromkeys(words))
