"""The makers of slips and of hand-over sheets handed to the desk: what the desk says, drawn by forms. The fonts are loaded at the first of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from county_hotline.desk.sheets import SheetFacts
from county_hotline.desk.slips import AnswerFacts, SlipFacts
from county_hotline.errors import StoreFault
from county_hotline.sync.parcel.label import Way
from county_hotline.wording import say, word


def make_slip(facts: SlipFacts, path: Path, *, paper: str) -> tuple[str, ...]:
    """A `desk.slips.SlipMaker`."""
    from county_hotline.forms.slip import SlipContent, draw_slip_80mm, draw_slip_a5

    content = SlipContent(
        hotline=facts.title_line,
        number=facts.number,
        query_code=facts.query_code,
        accepted_at=facts.accepted_at,
        matter_kind=word(facts.matter_kind),
        caller=_caller(facts),
        title=facts.title,
        agency=facts.agency,
        due_on=date.fromisoformat(facts.due_on) if facts.due_on else None,
        due_provisional=facts.due_provisional,
        station_phone=facts.station_phone,
        officer=facts.badge,
        printed_at=facts.printed_at,
        printed_by=facts.printed_by,
        copy_name=say("form.copy_caller"),
        reprint=facts.reprint,
        training=facts.sample,
    )
    draw = draw_slip_80mm if paper == "80mm" else draw_slip_a5
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return draw(content, path).missing_glyphs
    except (OSError, StoreFault) as exc:
        raise StoreFault("S103", path=str(path)) from exc


def _caller(facts: SlipFacts) -> str:
    if facts.confidential:
        return say("form.confidential")
    return say("form.anonymous") if facts.anonymous else facts.caller


def make_sheet(facts: SheetFacts, path: Path) -> None:
    """A `desk.sheets.SheetMaker`."""
    from county_hotline.forms.handover_sheet import Handover, draw_handover

    label = facts.label
    hub = say("form.handover.end", name=say("form.handover.hub"), code=label.hub)
    station = say("form.handover.end", name=facts.station_name, code=label.station)
    goes_up = label.way is Way.UP
    content = Handover(
        hotline=facts.title_line,
        name=label.name,
        goes_up=goes_up,
        sender=station if goes_up else hub,
        receiver=hub if goes_up else station,
        serial=label.serial,
        previous=label.previous,
        entries=label.entries,
        files=label.files,
        size=facts.size,
        check_code=facts.check_code,
        made_at=label.made_at,
        made_by=facts.made_by,
        printed_at=label.made_at,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draw_handover(content, path)
    except (OSError, StoreFault) as exc:
        raise StoreFault("S103", path=str(path)) from exc


def make_answer(facts: AnswerFacts, path: Path) -> tuple[tuple[str, ...], bool]:
    """A `desk.slips.AnswerMaker`."""
    from county_hotline.forms.answer_slip import AnswerContent, draw_answer

    content = AnswerContent(
        hotline=facts.title_line,
        number=facts.number,
        question=facts.question,
        answer=facts.answer,
        basis=facts.basis,
        valid_until=facts.valid_until,
        article=facts.article,
        answered_at=facts.answered_at,
        officer=facts.badge,
        unit=facts.unit_name,
        printed_at=facts.printed_at,
        printed_by=facts.printed_by,
        reprint=facts.reprint,
        training=facts.sample,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return draw_answer(content, path)
    except (OSError, StoreFault) as exc:
        raise StoreFault("S103", path=str(path)) from exc
