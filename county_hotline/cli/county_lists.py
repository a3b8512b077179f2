"""county: units, categories, places and grids in and out by Excel: looked at first, written in one change at the centre."""

from __future__ import annotations

from pathlib import Path

from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.desk import county_tables
from county_hotline.desk.county_table_plan import TablePreview
from county_hotline.desk.import_returned import write_returned
from county_hotline.wording import say

ROWS_SHOWN = 30


def county(asked: Asked) -> Outcome:
    """A table of the county's: imported, or exported."""
    return _export(asked) if asked.options.county_act == "export" else _import(asked)


def _export(asked: Asked) -> Outcome:
    options = asked.options
    with station_of(asked) as station:
        count = county_tables.export(station.desk, options.county_table, Path(options.county_file))
    title = say(f"county_table.title.{options.county_table}")
    return Outcome({"rows": count}, [say("cli.county.exported", title=title, count=count, path=options.county_file)])


def _import(asked: Asked) -> Outcome:
    """Without `--take-right` a file with a wrong row changes nothing."""
    options, file = asked.options, Path(asked.options.county_file)
    with station_of(asked) as station:
        preview = county_tables.look(station.desk, options.county_table, file, sheet=options.sheet)
        is_taken = not options.dry_run and (options.take_right or not preview.wrong)
        written = None
        if is_taken:
            county_tables.take(station.desk, preview, right_only=options.take_right)
        if preview.wrong and not options.dry_run:
            written = write_returned(preview.table, county_tables.given_back(preview), (file.resolve().parent, asked.home.path))
    return Outcome(_facts(preview, written, taken=is_taken), _lines(preview, written, asked), code=1 if preview.wrong else 0)


def _facts(preview: TablePreview, written: Path | None, *, taken: bool) -> dict[str, object]:
    return {
        **_figures(preview),
        "table": preview.name,
        "taken": taken,
        "faults": list(preview.faults),
        "missing_names": list(preview.missing),
        "planned": [each for each in preview.planned if each.state != "same"],
        "returned_file": str(written) if written else "",
    }


def _figures(preview: TablePreview) -> dict[str, int]:
    return {
        "new": preview.count("new"),
        "changed": preview.count("changed"),
        "same": preview.count("same"),
        "missing": len(preview.missing),
        "moved": preview.moved,
        "wrong": preview.wrong,
    }


def _lines(preview: TablePreview, written: Path | None, asked: Asked) -> list[str]:
    options, between = asked.options, say("county_table.between")
    lines = [say("cli.county.counts", title=say(f"county_table.title.{preview.name}"), **_figures(preview))]
    lines += [say("cli.import.reason", row=each.row, reason=county_tables.in_words(each)) for each in preview.faults]
    doing = [each for each in preview.planned if each.state != "same"] if options.dry_run else []
    for each in doing[:ROWS_SHOWN]:
        state = say(f"county_table.state.{each.state}")
        lines.append(
            say("cli.county.row", row=each.row, state=state, code=each.code, name=each.name, changes=between.join(each.changes))
        )
    if len(doing) > ROWS_SHOWN:
        lines.append(say("cli.county.more", count=len(doing) - ROWS_SHOWN))
    if options.dry_run:
        lines.append(say("cli.county.would"))
    elif preview.wrong and not options.take_right:
        lines.append(say("cli.county.nothing", count=preview.wrong))
    elif not preview.writes:
        lines.append(say("cli.county.same"))
    else:
        lines.append(say("cli.county.done", count=preview.writes))
    if written:
        lines.append(say("cli.import.returned", path=written, elsewhere=""))
    return lines
