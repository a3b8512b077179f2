"""parcel: 数据包 on a stick or through a folder, at a station and at a hub: export, import, inspect, list, folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from county_hotline.app.slip_printer import make_sheet
from county_hotline.cli.hub import opened_hub
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import login, station_of
from county_hotline.clock import shown
from county_hotline.db.beside.parcels import IN, Carried, Parcels
from county_hotline.desk import carrying, founding, home_kind
from county_hotline.desk.carrying import Exported
from county_hotline.desk.sheets import SheetFacts
from county_hotline.errors import BadInput, HotlineError
from county_hotline.forms.handover_sheet import size_in_words
from county_hotline.ids import StationId
from county_hotline.settings import PARCEL_IN, PARCEL_OUT, Settings
from county_hotline.sync.parcel import inspecting, stick
from county_hotline.sync.parcel.inspecting import Inspected
from county_hotline.sync.parcel.remarks import Remark
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.hub.asking import Hub
    from county_hotline.hub.parcel_answers import Prepared


def parcel(asked: Asked) -> Outcome:
    """One of the things to be done with parcels; what it is done to stands behind it."""
    done: dict[str, Callable[[Asked], Outcome]] = {
        "export": _export,
        "import": _import,
        "inspect": _inspect,
        "list": _list,
        "folders": _folders,
    }
    return done[asked.options.parcel_act](asked)


# ---------------------------------------------------------------- export


def _export(asked: Asked) -> Outcome:
    """A station's for its hub; a hub's for the station named by `--for`."""
    folder = _path(asked, otherwise=".")
    if _is_hub(asked):
        return _export_of_hub(asked, folder)
    with station_of(asked) as station:
        exported = carrying.export(station.desk, folder, as_folder=asked.options.as_folder)
    return Outcome({"exported": exported}, _exported_lines(exported))


def _export_of_hub(asked: Asked, folder: Path) -> Outcome:
    from county_hotline.hub import parcel_answers

    wanted = getattr(asked.options, "for")
    if not wanted:
        raise BadInput("I120", text=say("cli.usage.required", what="--for"))
    hub = opened_hub(asked)
    try:
        prepared = parcel_answers.answer_later(hub, parcel_answers.known(hub, StationId(wanted)))
        exported = _put(asked, hub, prepared, folder)
    finally:
        hub.store.close()
    return Outcome({"exported": exported}, _exported_lines(exported))


def _put(asked: Asked, hub: Hub, prepared: Prepared, folder: Path) -> Exported:
    """The hub's parcel onto its medium, with its hand-over sheet."""
    from county_hotline.hub import parcel_answers

    made = prepared.parcel
    path = stick.put(made, folder, as_folder=asked.options.as_folder)
    parcel_answers.is_sent(hub, prepared)
    card = parcel_answers.known(hub, StationId(made.label.station)).card
    size = sum(len(body) for body in made.files.values())
    facts = SheetFacts(
        title_line=hub.store.reference.bundle().title,
        label=made.label,
        station_name=carrying.name_of(card),
        size=size,
        check_code=inspecting.check_code(made.digest),
        made_by=login(),
    )
    sheet = asked.home.slips / f"{made.label.name}.pdf"
    make_sheet(facts, sheet)
    return Exported(
        path=str(path),
        name=made.label.name,
        serial=made.label.serial,
        entries=made.label.entries,
        files=made.label.files,
        size=size,
        check_code=facts.check_code,
        sheet_path=str(sheet),
        is_whole=prepared.is_whole,
    )


def _exported_lines(exported: Exported) -> list[str]:
    lines = [
        say("cli.parcel.exported", path=exported.path),
        say("cli.parcel.holds", entries=exported.entries, files=exported.files, size=size_in_words(exported.size)),
        say("cli.parcel.check_code", code=exported.check_code),
    ]
    if exported.sheet_path:
        lines.append(say("cli.parcel.sheet", path=exported.sheet_path))
    if not exported.is_whole:
        lines.append(say("cli.parcel.not_whole"))
    return lines


# ---------------------------------------------------------------- import


def _import(asked: Asked) -> Outcome:
    path = _path(asked)
    if _is_hub(asked):
        return _import_at_hub(asked, path)
    with station_of(asked) as station:
        imported = carrying.import_(station.desk, path)
    lines = [say("cli.parcel.imported", name=imported.name)]
    lines.append(say("cli.parcel.brought", signed_for=imported.signed_for, received=imported.received, orders=imported.orders))
    if imported.held:
        lines.append(say("cli.sync.held", count=imported.held))
    lines += _remarks(imported.remarks)
    if not imported.complete:
        lines.append(say("cli.parcel.more"))
    return Outcome({"imported": imported, "told": _remarks(imported.remarks)}, lines)


def _import_at_hub(asked: Asked, path: Path) -> Outcome:
    """With `--answer-to`, the answer lies there at once: the stick goes back as it came."""
    from county_hotline.hub import parcels

    hub = opened_hub(asked)
    try:
        received = parcels.take(hub, path)
        prepared = received.answer(hub) if asked.options.answer_to else None
        answer = None if prepared is None else _put(asked, hub, prepared, Path(asked.options.answer_to))
    finally:
        hub.store.close()
    name, station = received.request.label.name, received.station.card.station
    remarks = (*received.remarks, *(Remark(each.code, each.details) for each in received.problems))
    facts: dict[str, object] = {
        "name": name,
        "station": station,
        "entries": received.entries,
        "held": received.held,
        "told": _remarks(remarks),
        "answer": answer,
    }
    lines = [say("cli.parcel.imported", name=name), say("cli.parcel.took", station=station, entries=received.entries)]
    if received.held:
        lines.append(say("cli.parcel.holding", count=received.held))
    lines += _remarks(remarks)
    lines += [say("cli.parcel.no_answer", station=station)] if answer is None else _exported_lines(answer)
    return Outcome(facts, lines)


def _remarks(remarks: tuple[Remark, ...]) -> list[str]:
    return [sentence(HotlineError(remark.code, **dict(remark.details))) for remark in remarks]


# ---------------------------------------------------------------- looking


def _inspect(asked: Asked) -> Outcome:
    """What stands outside on a parcel; nothing of it is opened, nothing changes."""
    path = _path(asked)
    if _is_hub(asked):
        from county_hotline.hub import parcels

        hub = opened_hub(asked)
        try:
            found = inspecting.inspect(path, lambda label: parcels.key_of(hub, label))
        finally:
            hub.store.close()
    else:
        with station_of(asked) as station:
            found = carrying.inspect(station.desk, path)
    label = found.label
    signed = {None: "cli.parcel.signed_unknown", True: "cli.parcel.signed", False: "cli.parcel.signed_by_other"}[
        found.is_signed
    ]
    lines = [
        say("cli.parcel.is", name=label.name, way=say(f"parcel.way.{label.way.value}"), station=label.station, hub=label.hub),
        say("cli.parcel.serials", serial=label.serial, previous=label.previous, made_at=shown(label.made_at)),
        say("cli.parcel.holds", entries=label.entries, files=label.files, size=size_in_words(found.size)),
        say("cli.parcel.check_code", code=found.check_code),
        say(signed),
    ]
    return Outcome(_inspected(found), lines)


def _inspected(found: Inspected) -> dict[str, object]:
    label = found.label
    return {
        "label": label,
        "name": label.name,
        "check_code": found.check_code,
        "size": found.size,
        "is_signed": found.is_signed,
    }


def _list(asked: Asked) -> Outcome:
    """The last parcels made and read here."""
    if not asked.home.database.exists():
        raise BadInput("I107", path=str(asked.home.path))
    store = founding.open_store(asked.home, asked.clock)
    try:
        listed = Parcels(store).listed()
    finally:
        store.close()
    return Outcome({"parcels": listed}, [_carried(each) for each in listed] or [say("cli.parcel.none")])


def _carried(each: Carried) -> str:
    way = say("parcel.direction.in" if each.way == IN else "parcel.direction.out")
    code = inspecting.check_code(each.digest)
    return say(
        "cli.parcel.one", at=shown(each.at), way=way, peer=each.peer, serial=each.serial, entries=each.entries, code=code
    )


def _folders(asked: Asked) -> Outcome:
    """网闸摆渡目录: where they are, or where they are to be from now on; `-` chooses none."""
    if not asked.home.database.exists():
        raise BadInput("I107", path=str(asked.home.path))
    settings = Settings(asked.home.settings)
    for setting, chosen in ((PARCEL_OUT, asked.options.out_folder), (PARCEL_IN, asked.options.in_folder)):
        if chosen is None:
            continue
        folder = "" if chosen == "-" else str(Path(chosen).expanduser().resolve())
        if folder and not Path(folder).is_dir():
            raise BadInput("I196", path=folder)
        settings.change(setting, folder)
    out, come = settings.value(PARCEL_OUT), settings.value(PARCEL_IN)
    none = say("cli.parcel.no_folder")
    return Outcome({"out_folder": out, "in_folder": come}, [say("cli.parcel.folders", out=out or none, come=come or none)])


# ---------------------------------------------------------------- whose home


def _is_hub(asked: Asked) -> bool:
    """Raises BadInput I107 where there is no home."""
    if not asked.home.database.exists():
        raise BadInput("I107", path=str(asked.home.path))
    store = founding.open_store(asked.home, asked.clock)
    try:
        return home_kind.is_hub(store)
    finally:
        store.close()


def _path(asked: Asked, *, otherwise: str = "") -> Path:
    given = asked.options.path_of_parcel or otherwise
    if not given:
        raise BadInput("I120", text=say("cli.usage.required", what=say("cli.argument.path_of_parcel")))
    return Path(given).expanduser()
