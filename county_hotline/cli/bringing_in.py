"""import: another system's table, looked at first, asked about where it is odd, brought in, with what was given back beside it."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from county_hotline.app.station import Station
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.desk import field_names, import_mapping, importing, naming
from county_hotline.desk.import_mapping import ColumnMap, Doubt
from county_hotline.desk.import_returned import write_returned
from county_hotline.desk.import_tables import Table, read_table
from county_hotline.desk.importing import ImportReport
from county_hotline.errors import BadInput
from county_hotline.wording import say

REASONS_SHOWN = 10
PLAIN_WORD = re.compile(r"[\w@%+=:,./-]+")
"""Needs no quotes: the library puts them round all Chinese."""
NO_HEADER_ROW_SAID = 1
KEPT_OPTIONS = ("mapping", "sheet", "encoding", "header_row", "place", "channel", "limit", "officer")
"""What was asked besides the mapping stays asked in the command that is proposed."""


def bring_in(asked: Asked) -> Outcome:
    """Exit code 0 when no row was given back."""
    options = asked.options
    table = read_table(Path(options.file), encoding=options.encoding, sheet=options.sheet, header_row=options.header_row)
    columns, values = _mapping(asked, table)
    columns = _settled(asked, table, columns)
    with station_of(asked) as station, _stopped_by_ctrl_c() as stopping:
        if options.channel:
            values["channel"] = options.channel
        report = importing.bring_in(
            station.desk,
            table,
            columns,
            place=_place(asked, station),
            values=values,
            limit=options.limit,
            dry_run=options.dry_run,
            progress=lambda done, of: _progress(asked, done, of, last=done == of or stopping.is_set()),
            is_stopping=stopping.is_set,
        )
    returned = None
    folder = Path(options.file).resolve().parent
    if not options.dry_run:
        returned = write_returned(table, report.returned, (folder, asked.home.path))
    facts: dict[str, object] = {
        "file": table.name,
        "encoding": table.encoding,
        "columns": {str(place + 1): field for place, field in sorted(columns.fields.items())},
        "report": report,
        "returned_file": str(returned) if returned else "",
    }
    lines = _lines(table, columns, report)
    if returned is not None:
        elsewhere = "" if returned.parent == folder else say("cli.import.elsewhere", folder=folder)
        lines.append(say("cli.import.returned", path=returned, elsewhere=elsewhere))
    return Outcome(facts, lines, code=1 if report.returned or report.stopped else 0)


def _progress(asked: Asked, done: int, of: int, *, last: bool) -> None:
    if of > importing.AT_ONCE:
        asked.speech.progress(say("cli.import.progress", done=done, of=of), last=last)


@contextmanager
def _stopped_by_ctrl_c() -> Iterator[threading.Event]:
    """The first Ctrl+C lets the rows in hand be finished; the next one ends the program where it stands."""
    stopping = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopping
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(_signal: int, _frame: object) -> None:
        stopping.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        yield stopping
    finally:
        signal.signal(signal.SIGINT, before)


def _mapping(asked: Asked, table: Table) -> tuple[ColumnMap, dict[str, str]]:
    kept = import_mapping.from_file(Path(asked.options.mapping)) if asked.options.mapping else import_mapping.MappingFile()
    words = [f"{column}={field}" for column, field in kept.columns.items()]
    values = {}
    for name, value in kept.values.items():
        field = field_names.field_named(name)
        if field is None:
            raise field_names.unknown([name])
        values[field] = value
    return import_mapping.told(table, [*words, *asked.options.map]), values


def _place(asked: Asked, station: Station) -> str:
    given = asked.options.place
    return naming.place_named(station.store.reference.places(), given).code if given else ""


def _settled(asked: Asked, table: Table, columns: ColumnMap) -> ColumnMap:
    """The mapping to use: as it is where all fits, or after a person was asked. Raises I110 where nobody can be asked, or said no."""
    found = import_mapping.doubts(table, columns)
    if not found:
        return columns
    if columns.told:
        for doubt in found:
            asked.speech.aside(say("cli.import.told_doubt", column=_column(doubt), expected=_expected(doubt)))
        return columns
    suggested = import_mapping.suggestion(table, columns, found)
    for words in _doubt_lines(asked, table, found, suggested):
        asked.speech.aside(words)
    if suggested.places("content") and (asked.options.yes or asked.speech.asks(say("cli.import.ask"))):
        return suggested
    raise BadInput(
        "I110",
        column=found[0].header,
        expected=_expected(found[0]),
        doubts=[_doubt_facts(doubt) for doubt in found],
        command=_command(asked, suggested),
    )


def _doubt_lines(asked: Asked, table: Table, found: Sequence[Doubt], suggested: ColumnMap) -> list[str]:
    lines = [say("cli.import.doubts", name=table.name)]
    if any(not header.strip() for header in table.headers):
        lines.append(say("cli.import.empty_header"))
    for doubt in found:
        better = "" if doubt.better is None else say("cli.import.better", place=doubt.better + 1)
        examples = say("cli.comma").join(doubt.examples)
        lines.append(
            say("cli.import.doubt", column=_column(doubt), expected=_expected(doubt), examples=examples, better=better)
        )
    lines += ["", say("cli.import.columns")]
    for place, header in enumerate(table.headers):
        cells = [" ".join(cell.split())[:24] for cell in table.column(place)[:2]]
        meant = suggested.fields.get(place)
        lines.append(
            say(
                "cli.import.column",
                place=place + 1,
                header=header or "—",
                examples=say("cli.comma").join(cells),
                meant=say("cli.import.meant", field=field_names.label(meant)) if meant else "",
            )
        )
    return [*lines, "", say("cli.import.command"), f"  {_command(asked, suggested)}", ""]


def _command(asked: Asked, suggested: ColumnMap) -> str:
    maps = " ".join(f"--map {place + 1}={field}" for place, field in sorted(suggested.fields.items()))
    options = vars(asked.options)
    kept = {
        name.replace("_", "-"): str(options[name]) for name in KEPT_OPTIONS if options[name] not in (None, NO_HEADER_ROW_SAID)
    }
    rest = "".join(f" --{name} {_quoted(value)}" for name, value in kept.items())
    return f"county-hotline import {_quoted(asked.options.file)} {maps}{rest} --home {_quoted(str(asked.home.path))}"


def _quoted(text: str) -> str:
    """To be typed again as it stands, also with blanks in it."""
    if sys.platform == "win32":
        return subprocess.list2cmdline([text])
    return text if PLAIN_WORD.fullmatch(text) else shlex.quote(text)


def _doubt_facts(doubt: Doubt) -> dict[str, object]:
    return {
        "column": doubt.place + 1,
        "header": doubt.header,
        "field": doubt.field,
        "expected": doubt.expected,
        "examples": list(doubt.examples),
        "better": None if doubt.better is None else doubt.better + 1,
    }


def _column(doubt: Doubt) -> str:
    return say("cli.import.named", place=doubt.place + 1, header=doubt.header)


def _expected(doubt: Doubt) -> str:
    return say(f"import.expected.{doubt.expected}")


def _unused_line(table: Table, columns: ColumnMap) -> list[str]:
    """Columns of which nothing is taken over, so that nobody misses them later."""
    unused = [
        say("cli.import.named", place=place + 1, header=header or "—")
        for place, header in enumerate(table.headers)
        if place not in columns.fields and any(cell.strip() for cell in table.column(place))
    ]
    return [say("cli.import.unused", columns=say("cli.comma").join(unused))] if unused else []


def _lines(table: Table, columns: ColumnMap, report: ImportReport) -> list[str]:
    fields = say("cli.comma").join(
        say("cli.import.used", place=place + 1, field=field_names.label(field))
        for place, field in sorted(columns.fields.items())
    )
    lines = [
        say("cli.import.file", name=table.name, encoding=table.encoding, rows=len(table.rows)),
        say("cli.import.fields", fields=fields),
        *_unused_line(table, columns),
        say(
            "cli.import.would" if report.dry_run else "cli.import.done",
            accepted=report.accepted,
            known=report.known,
            returned=len(report.returned),
        ),
    ]
    if report.stopped:
        lines.insert(0, say("cli.import.stopped", rows=report.rows, of=len(table.rows)))
    if report.first:
        lines.append(say("cli.import.numbers", first=report.first, last=report.last))
    if report.as_written:
        lines.append(say("cli.import.as_written", count=report.as_written))
    lines += [say("cli.import.reason", row=each.row, reason=each.reason) for each in report.returned[:REASONS_SHOWN]]
    if len(report.returned) > REASONS_SHOWN:
        lines.append(say("cli.import.more", count=len(report.returned) - REASONS_SHOWN))
    return lines
