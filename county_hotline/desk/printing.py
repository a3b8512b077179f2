"""打印: the acknowledgment slip of an order, counted, marked as a reprint from the second on."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from county_hotline.clock import local
from county_hotline.db.beside import memos
from county_hotline.desk.desk import Desk
from county_hotline.desk.slips import PrintedSlip, SlipFacts
from county_hotline.domain.civil_time import start_of_day_ms
from county_hotline.domain.privacy import mask_name
from county_hotline.domain.reference import Account
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.paths import write_atomically
from county_hotline.settings import SLIP_PAPER

FORM = "F1"


def print_slip(desk: Desk, number: Number, *, paper: str | None = None) -> PrintedSlip:
    """受理回执 as a PDF in the station's slip folder. Refuses an order whose acceptance is not here. Raises StoreFault S103."""
    officer = desk.needs("print")
    order = desk.store.order(number)
    if order.accepted is None:
        raise Refusal("R100", number=number)
    if desk.slip_maker is None:
        raise Refusal("R207")
    now = desk.clock.now_ms()
    size = paper or str(desk.settings.value(SLIP_PAPER))
    before = desk.store.prints(number, FORM)
    path = slip_path(desk, order, size)
    missing = desk.slip_maker(_facts(desk, order, officer, reprint=before, now=now), path, paper=size)
    with desk.store.immediate() as db:
        memos.add_print(db, number, FORM, at=now, officer=officer.officer)
        memos.audit(db, now, officer.officer, act="print", subject=number, reason=FORM)
    return PrintedSlip(str(path), missing, before)


def join(desk: Desk, slips: Sequence[Path]) -> str:
    """Several slips in one file beside them, to be printed in one go. Raises StoreFault."""
    import pypdfium2

    joined = pypdfium2.PdfDocument.new()
    for slip in slips:
        with pypdfium2.PdfDocument(slip) as one:
            joined.import_pages(one)
    written = io.BytesIO()
    joined.save(written)
    joined.close()
    now = local(desk.clock.now_ms())
    path = desk.home.slips / f"{now:%Y-%m}" / f"{now:%Y%m%d-%H%M%S}-{len(slips)}.pdf"
    write_atomically(path, written.getvalue())
    return str(path)


def printed_today(desk: Desk) -> int:
    """How many forms were printed here since midnight."""
    midnight = start_of_day_ms(local(desk.clock.now_ms()).date().isoformat())
    return memos.prints_since(desk.store.database.connection(), midnight)


def slip_path(desk: Desk, order: WorkOrder, paper: str) -> Path:
    """`slips/2026-11/<number>-a5.pdf`: one folder a month, the newest print of a size in place of the one before."""
    month = local(order.accepted_at).strftime("%Y-%m")
    return desk.home.slips / month / f"{order.number}-{paper}.pdf"


def _facts(desk: Desk, order: WorkOrder, officer: Account, *, reprint: int, now: int) -> SlipFacts:
    accepted, person, card = order.accepted, order.person, desk.card
    if accepted is None:
        raise Refusal("R100", number=order.number)
    reference = desk.store.reference
    unit = order.lead.agency if order.lead else accepted.agency_hint
    return SlipFacts(
        title_line=reference.bundle().title,
        number=order.number,
        query_code=accepted.query_code,
        accepted_at=order.accepted_at,
        matter_kind=accepted.matter_kind,
        caller="" if person is None or accepted.anonymous or accepted.confidential else mask_name(person.name),
        anonymous=accepted.anonymous,
        confidential=accepted.confidential,
        title=accepted.title,
        agency=reference.agency(unit).name if unit else "",
        due_on=order.due_on,
        due_provisional=accepted.due_provisional,
        station_phone=card.phone,
        badge=officer.badge,
        unit_name=card.unit_name,
        desk_name=card.desk,
        printed_at=now,
        printed_by=officer.name,
        reprint=reprint,
        sample=bool(reference.bundle().note),
    )
