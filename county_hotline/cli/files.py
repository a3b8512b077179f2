"""attach, files, file-save: an order's attachments by a line: adding one, how each stands, fetching and sending, and a copy of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from county_hotline.app.station import Station
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.desk import attaching, looking_up
from county_hotline.desk import files as desk_files
from county_hotline.desk.files import FileLine
from county_hotline.desk.picture_marks import Place
from county_hotline.domain.files import FileWay
from county_hotline.errors import HotlineError
from county_hotline.forms.handover_sheet import size_in_words
from county_hotline.ids import Number
from county_hotline.wording import say, sentence


def attach(asked: Asked) -> Outcome:
    """附件, with what it shows and how it is to go."""
    options = asked.options
    personal = None if options.personal is None else options.personal == "yes"
    with station_of(asked) as station:
        done = attaching.attach(
            station.desk,
            _number(asked, station),
            Path(options.file),
            personal=personal,
            keeps_place=options.keep_place,
            way=FileWay(options.way or ""),
        )
        line = desk_files.found(station.desk, done.order.number, done.sha256)
    facts = {"number": done.order.number, "picture_place": done.place.value, "file": _facts(line)}
    lines = [say("cli.attach.done", number=done.order.number, name=line.name)]
    if done.place in (Place.TAKEN_OUT, Place.UNSURE):
        lines.append(say(f"cli.attach.{done.place.value}"))
    return Outcome(facts, lines)


def files(asked: Asked) -> Outcome:
    """How an order's attachments stand; of one of them: fetch it, or say how it is to go."""
    options = asked.options
    with station_of(asked) as station:
        number = _number(asked, station)
        which = options.which or "1"
        if options.fetch:
            desk_files.fetch(station.desk, number, which)
        if options.way:
            desk_files.let_go(station.desk, number, which, FileWay(options.way))
        chosen = desk_files.found(station.desk, number, which).sha256 if options.which else ""
        lines = [each for each in desk_files.files_of(station.desk, number) if chosen in ("", each.sha256)]
    facts = {"number": number, "files": [_facts(each) for each in lines]}
    return Outcome(facts, [say("cli.files.head", number=number, count=len(lines)), *(_words(each) for each in lines)])


def file_save(asked: Asked) -> Outcome:
    """另存为."""
    options = asked.options
    with station_of(asked) as station:
        number = _number(asked, station)
        path = desk_files.save_copy(station.desk, number, options.which, Path(options.target), reason=options.reason or "")
    return Outcome({"number": number, "path": str(path)}, [say("cli.files.saved", path=path)])


def _number(asked: Asked, station: Station) -> Number:
    return looking_up.order(station.desk, asked.options.number).order.number


def _facts(line: FileLine) -> dict[str, object]:
    return {**dataclasses.asdict(line), "standing": line.standing.value}


def _words(line: FileLine) -> str:
    standing = say(f"standing.{line.standing.value}", percent=line.percent)
    words = say("cli.files.one", place=line.place, name=line.name, size=size_in_words(line.size), standing=standing)
    return "\n".join((words, say("cli.files.fault", why=sentence(HotlineError(line.fault))))) if line.fault else words
