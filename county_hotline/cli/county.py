"""duty-list, packs, articles: the county's lists and rules: looked at by all, changed at the centre."""

from __future__ import annotations

from pathlib import Path

import msgspec

from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.db.beside.reference import Reference
from county_hotline.desk import duty_list, knowledge, naming, packs
from county_hotline.desk.duty_list import ListReport, Suggestion
from county_hotline.desk.import_returned import write_returned
from county_hotline.domain.previewing import Preview
from county_hotline.domain.reference import DutyLine
from county_hotline.domain.rule_packs import RulePack
from county_hotline.errors import BadInput
from county_hotline.wording import rule, say

ROWS_SHOWN = 20


def duties(asked: Asked) -> Outcome:
    """归属清单: imported, exported, asked whose a matter is, or (nothing asked) shown."""
    options = asked.options
    with station_of(asked) as station:
        desk, reference = station.desk, station.store.reference
        if incoming := vars(options)["import"]:
            file = Path(incoming)
            report = duty_list.import_excel(desk, file, replace=options.replace, dry_run=options.dry_run)
            written = None
            if not options.dry_run:
                written = write_returned(report.table, report.returned, (file.resolve().parent, asked.home.path))
            return _imported(report, written)
        if options.export:
            count = duty_list.export_excel(desk, Path(options.export))
            return Outcome({"lines": count}, [say("cli.duties.exported", count=count, path=options.export)])
        if options.text:
            category = naming.category_named(reference.categories(), options.category).code if options.category else ""
            place = naming.place_named(reference.places(), options.place).code if options.place else ""
            found = duty_list.suggest(desk, category, place, options.text)
            return Outcome({"suggestions": list(found)}, [_suggestion(each, reference) for each in found])
        listed = duty_list.lines(desk)
        return Outcome({"lines": list(listed)}, [_duty_line(each, reference) for each in listed])


def _imported(report: ListReport, written: Path | None) -> Outcome:
    key = "cli.duties.would" if report.dry_run else "cli.duties.imported"
    said = say(key, taken=report.taken, replaced=report.replaced, returned=len(report.returned))
    lines = [said, *(say("cli.import.reason", row=each.row, reason=each.reason) for each in report.returned)]
    if written:
        lines.append(say("cli.import.returned", path=written, elsewhere=""))
    facts = {
        "rows": report.rows,
        "taken": report.taken,
        "replaced": report.replaced,
        "returned": list(report.returned),
        "returned_file": str(written) if written else "",
    }
    return Outcome(facts, lines, code=1 if report.returned else 0)


def _named(reference: Reference, *units: str) -> str:
    return say("cli.comma").join(reference.agency(unit).short_name or reference.agency(unit).name for unit in units if unit)


def _duty_line(line: DutyLine, reference: Reference) -> str:
    return say(
        "cli.duties.line",
        line=line.line,
        matter=line.matter,
        condition=line.condition,
        lead=_named(reference, line.lead) or say("duty_list.by_place"),
        helpers=_named(reference, *line.helpers) or "—",
        basis=line.basis,
    )


def _suggestion(found: Suggestion, reference: Reference) -> str:
    return say("cli.duties.suggestion", lead=_named(reference, found.lead), basis=found.basis, condition=found.condition)


# ---------------------------------------------------------------- 规则包


def rule_packs(asked: Asked) -> Outcome:
    """规则包: one checked, tried, taken, or (nothing asked) those known here."""
    options = asked.options
    with station_of(asked) as station:
        desk = station.desk
        if options.check:
            pack = packs.check(_text(options.check))
            return Outcome(_pack_facts(pack), [say("cli.packs.sound", title=pack.title, pack=pack.reference), *_in_words(pack)])
        if options.preview:
            return _previewed(packs.preview(desk, _text(options.preview)))
        if options.take:
            pack = packs.take(desk, _text(options.take))
            return Outcome(_pack_facts(pack), [say("cli.packs.taken", title=pack.title, pack=pack.reference)])
        in_force, known = packs.in_force(desk), packs.known(desk)
    lines = []
    for pack in known:
        state = say("cli.packs.in_force" if pack == in_force else "cli.packs.kept")
        lines.append(say("cli.packs.line", title=pack.title, pack=pack.reference, source=pack.source, state=state))
    words = _in_words(in_force) if in_force else []
    facts = {"in_force": in_force.reference if in_force else "", "known": [pack.reference for pack in known]}
    return Outcome(facts, [*lines, *words])


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise BadInput("I101", file=Path(file).name) from exc


def _pack_facts(pack: RulePack) -> dict[str, object]:
    return {"pack": pack.reference, "title": pack.title, "source": pack.source, "words": _in_words(pack)}


def _in_words(pack: RulePack) -> list[str]:
    return [rule(line.code, **line.values) for line in pack.in_words()]


def _previewed(found: Preview) -> Outcome:
    figures = {
        "orders": len(found.rows),
        "left_out": found.left_out,
        "earlier": found.earlier,
        "later": found.later,
        "same": found.same,
        "no_date_before": found.no_date_before,
        "no_date_after": found.no_date_after,
        "overdue_before": found.overdue_before,
        "overdue_after": found.overdue_after,
    }
    lines = [say("cli.packs.preview", days=packs.LOOKED_BACK_DAYS, **figures)]
    lines += [
        say("cli.packs.moved", number=row.number, before=row.due_before or "—", after=row.due_after or "—")
        for row in found.changed[:ROWS_SHOWN]
    ]
    rows = [msgspec.to_builtins(row) for row in found.changed]
    return Outcome({**figures, "changed": rows}, lines)


# ---------------------------------------------------------------- 知识库


def articles(asked: Asked) -> Outcome:
    """知识库: what is found for some words, or all of it."""
    with station_of(asked) as station:
        found = knowledge.find(station.desk, asked.options.text)
        expired = [knowledge.is_expired(station.desk, each) for each in found]
    lines, rows = [], []
    for article, is_over in zip(found, expired, strict=True):
        state = say("cli.articles.expired", until=article.valid_until) if is_over else ""
        lines.append(say("cli.articles.line", code=article.code, title=article.title, version=article.version, state=state))
        rows.append({**msgspec.to_builtins(article), "expired": is_over})
    return Outcome({"articles": rows}, lines or [say("cli.articles.none")])
