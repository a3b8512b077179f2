"""附件, 备注, 打印, 查看全部, 删除."""

from __future__ import annotations

from pathlib import Path

from county_hotline.desk import looking_up, printing
from county_hotline.desk.acts import choices
from county_hotline.desk.acts.making import line, one_of, text, tick
from county_hotline.desk.acts.spec import Act, Field, FieldKind
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.facts import AttachmentAdded, NoteAdded, WordsErased
from county_hotline.domain.files import FileWay
from county_hotline.domain.vocabulary import Erasure
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import EntryId, Number


def _attach(desk: Desk, number: Number, values: Values) -> WorkOrder:
    from county_hotline.desk import attaching

    typed = values.path("file")
    if not typed:
        raise Refusal("R300", field="file", label="file")
    way = values.optional("way", FileWay) or FileWay.UNSAID
    keeps, personal = values.tick("keeps_place"), values.ternary("personal")
    return attaching.attach(desk, number, Path(typed), personal=personal, keeps_place=keeps, way=way).order


def _print(desk: Desk, number: Number, values: Values) -> WorkOrder:
    printing.print_slip(desk, number)
    return desk.store.order(number)


def _unmask(desk: Desk, number: Number, values: Values) -> WorkOrder:
    looking_up.unmask(desk, number, values.line("reason"))
    return desk.store.order(number)


def _erase(desk: Desk, number: Number, values: Values) -> WorkOrder:
    from county_hotline.desk import handling

    entry = EntryId(values.line("entry"))
    erasure = values.optional("erasure", Erasure) or Erasure.BOTH
    return handling.erase(desk, number, entry, ground=values.line("ground"), erasure=erasure)


ACTS = (
    Act(
        "attach",
        AttachmentAdded,
        perform=_attach,
        fields=(
            Field("file", FieldKind.FILE, is_required=True),
            Field(
                "personal",
                FieldKind.CHOICE,
                is_required=True,
                choices=choices.yes_no("personal"),
                default=choices.fixed(choices.YES),
                is_shown=lambda desk, order: order.is_confidential,
            ),
            tick("keeps_place"),
            Field("way", FieldKind.CHOICE, choices=choices.ways),
        ),
        wrong={"R160": "file", "R161": "file", "R162": "file", "I101": "file"},
    ),
    Act(
        "note",
        NoteAdded,
        lambda desk, order, values: decisions.note(order, values.text("text")),
        fields=(text("text", required=True),),
        wrong={"R170": "text"},
    ),
    Act("print", NoteAdded, perform=_print),
    Act("unmask", NoteAdded, perform=_unmask, fields=(line("reason", required=True),), wrong={"R192": "reason"}),
    Act(
        "erase",
        WordsErased,
        perform=_erase,
        fields=(
            Field("entry", FieldKind.CHOICE, is_required=True, choices=choices.entries),
            one_of("erasure", choices.members(Erasure)),
            line("ground", required=True),
        ),
        wrong={"R180": "ground", "R181": "entry"},
    ),
)
