"""knowledge: articles in and out by Excel, one with its versions, what ends soon, and reports that one is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.desk import answer_slips, article_tables, knowledge, remarks
from county_hotline.desk.article_tables import ArticleImport
from county_hotline.desk.import_returned import write_returned
from county_hotline.domain.articles import ArticleQuery, RemarkField, Reported
from county_hotline.errors import BadInput, Refusal
from county_hotline.wording import say, word

_MOST = 500


def knowledge_base(asked: Asked) -> Outcome:
    """One of the things to be done with the knowledge base; what it is done to stands behind it."""
    done: dict[str, Callable[[Asked], Outcome]] = {
        "import": _import,
        "export": _export,
        "show": _show,
        "ending": _ending,
        "print": _print,
        "report": _report,
        "reports": _reports,
    }
    return done[asked.options.knowledge_act](asked)


def _what(asked: Asked) -> str:
    """What stands behind the act. Raises BadInput I120 where nothing does."""
    if not asked.options.what_of_knowledge:
        raise BadInput("I120", text=say("cli.usage.required", what=say("cli.argument.what_of_knowledge")))
    return str(asked.options.what_of_knowledge)


def _import(asked: Asked) -> Outcome:
    file = Path(_what(asked))
    with station_of(asked) as station:
        report = article_tables.import_excel(station.desk, file, dry_run=asked.options.dry_run)
        written = None
        if not report.dry_run:
            written = write_returned(report.table, report.returned, (file.resolve().parent, asked.home.path))
    return _imported(report, written)


def _imported(report: ArticleImport, written: Path | None) -> Outcome:
    figures = {"rows": report.rows, "new": report.new, "changed": report.changed, "same": report.same}
    key = "cli.knowledge.would" if report.dry_run else "cli.knowledge.imported"
    lines = [say(key, **figures, returned=len(report.returned)), *(f"  {title}" for title in report.titles if report.dry_run)]
    lines += [say("cli.import.reason", row=each.row, reason=each.reason) for each in report.returned]
    if written:
        lines.append(say("cli.import.returned", path=written, elsewhere=""))
    facts = {**figures, "returned": list(report.returned), "returned_file": str(written) if written else ""}
    return Outcome(facts, lines, code=1 if report.returned else 0)


def _export(asked: Asked) -> Outcome:
    path = Path(_what(asked))
    with station_of(asked) as station:
        count = article_tables.export_excel(station.desk, path)
    return Outcome({"articles": count}, [say("cli.knowledge.exported", count=count, path=path)])


def _show(asked: Asked) -> Outcome:
    """One article with all its versions."""
    code = _what(asked)
    with station_of(asked) as station:
        past = knowledge.history(station.desk, code)
    if not past:
        raise Refusal("R410", text=code[:40])
    lines = [past[0].title, past[0].text, ""]
    for each in past:
        who = say("knowledge.history.who", by=each.by, at=shown(each.at)) if each.by else ""
        gone = say("knowledge.history.gone") if each.gone else ""
        lines.append("  ".join(part for part in (knowledge.version_of(each), who, each.why, gone) if part))
    return Outcome({"versions": [msgspec.to_builtins(each) for each in past]}, lines)


def _ending(asked: Asked) -> Outcome:
    """What ends within a month, and what has ended."""
    with station_of(asked) as station:
        rows = [
            row
            for validity in ("expired", "ending")
            for row in knowledge.look(station.desk, ArticleQuery(validity=validity), limit=_MOST).rows
        ]
    lines = [say("cli.knowledge.ending", code=row.code, title=row.title, until=row.valid_until) for row in rows]
    return Outcome({"articles": [row._asdict() for row in rows]}, lines or [say("cli.knowledge.none_ends")])


def _print(asked: Asked) -> Outcome:
    """打印答复单 of an article."""
    with station_of(asked) as station:
        printed = answer_slips.print_article(station.desk, _what(asked))
    key = "knowledge.printed_cut" if printed.is_cut else "knowledge.printed"
    return Outcome({"slip": printed.path, "cut": printed.is_cut}, [say(key, path=printed.path)])


def _report(asked: Asked) -> Outcome:
    """纠错上报: the words behind it; `--article` says of which, `--about` what in it."""
    options = asked.options
    with station_of(asked) as station:
        made = remarks.report(station.desk, RemarkField(options.about), _what(asked), code=options.article)
    return Outcome({"remark": made.remark}, [say("knowledge.remark.sent")])


def _reports(asked: Asked) -> Outcome:
    with station_of(asked) as station:
        found = remarks.listed(station.desk)
    lines = [_reported(each) for each in found]
    facts = [{"remark": each.remark, "settlement": each.settlement} for each in found]
    return Outcome({"reports": facts}, lines or [say("knowledge.remark.empty")])


def _reported(each: Reported) -> str:
    state = word(each.settlement.outcome) if each.settlement else say("knowledge.remark.open")
    reason = each.settlement.reason if each.settlement else ""
    remark = each.remark
    return say(
        "cli.knowledge.report", state=state, code=remark.code or "—", field=word(remark.field), text=remark.text, reason=reason
    )
