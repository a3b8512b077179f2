"""待审核留言: messages of mailbox, radio and media, short messages and grid workers' sheets. Each waits until somebody made it an order or
dropped it with a reason; the same message comes in only once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from county_hotline.desk import importing, naming
from county_hotline.desk.desk import Desk
from county_hotline.desk.field_names import label
from county_hotline.desk.import_mapping import ColumnMap, doubts, told
from county_hotline.desk.import_returned import ReturnedRow, given_back
from county_hotline.desk.import_rows import ReadRow, RowReader, digest_of
from county_hotline.desk.import_tables import Table, read_table
from county_hotline.desk.intake_form import IntakeForm
from county_hotline.desk.own_secret import own_secret
from county_hotline.domain.cleaning import clean
from county_hotline.domain.headlines import headline
from county_hotline.domain.views import Incoming
from county_hotline.domain.vocabulary import Channel
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.signals import Changes
from county_hotline.wording import say

SHOWN = 500
WITHOUT_NUMBER = "MSG-"
"""Pasted messages are known again by this and the hash of who wrote what."""
_HASH_LENGTH = 16
_REGION = re.compile(r"\d{6}|\d{9}|\d{12}")
_BEGINS = re.compile(r"(?m)^[ \t]*(?:(?P<phone>\+?\d[\d -]{5,18}\d)[ \t:：,，]+)?12345[#＃](?=[^#＃\n]*[#＃][^#＃\n]*[#＃])")
"""`12345#姓名#地址#内容`, with or without the sender's number before it (厦门's form of a short message, DOMAIN 2.2 row 1)."""
_ALSO_SAID = ("address", "demand", "company", "representatives")
"""Columns a message has no field for: written below its text."""


class InboxReport(msgspec.Struct, frozen=True, kw_only=True):
    """What came in. `known`: messages that were here already, as a message or as an order."""

    messages: int
    taken: tuple[int, ...]
    """Their numbers here."""
    known: int
    returned: tuple[ReturnedRow, ...] = ()
    table: Table | None = None
    """As it was read, to write the rows given back beside it."""


def waiting(desk: Desk) -> tuple[Incoming, ...]:
    """Those nobody has decided on, the oldest first."""
    return desk.store.incoming(waiting_only=True, limit=SHOWN)


def settled(desk: Desk) -> tuple[Incoming, ...]:
    """Those that became an order or were dropped, newest first. What became an order shows its words there alone."""
    return tuple(each for each in desk.store.incoming(waiting_only=False, limit=SHOWN) if each.decided_at)


# ---------------------------------------------------------------- coming in


def bring_in(
    desk: Desk,
    file: Path,
    *,
    channel: Channel = Channel.GRID,
    maps: Sequence[str] = (),
    encoding: str | None = None,
    sheet: str | None = None,
) -> InboxReport:
    """A sheet of messages, a row each; `channel` where a row says none, `maps` as in `import_mapping.told`. Rows that cannot be read are
    given back with their reason. Raises BadInput: what reading a table raises, I103 without a column of contents, I110 where contents
    and header contradict. Numbers that only count the rows of a sheet (1, 2, 3) are not believed to name a message."""
    desk.needs("inbox")
    table = read_table(file, encoding=encoding, sheet=sheet)
    columns = _without_counting(table, told(table, maps))
    importing.check(table, columns)
    reader = RowReader(columns, desk.store.reference, place="", values={"channel": channel.value}, secret=own_secret(desk))
    found, returned = [], []
    for row in table.rows:
        try:
            if row.problem:
                raise BadInput("I128", why=say(f"import.row.{row.problem}"))
            found.append(_message(desk, reader.read(row)))
        except HotlineError as fault:
            returned.append(given_back(row.number, fault))
    taken, known = _kept(desk, found)
    return InboxReport(messages=len(table.rows), taken=taken, known=known, returned=tuple(returned), table=table)


def _without_counting(table: Table, columns: ColumnMap) -> ColumnMap:
    counting = {doubt.place for doubt in doubts(table, columns) if doubt.field == "external_number"}
    return ColumnMap({place: field for place, field in columns.fields.items() if place not in counting}, told=columns.told)


def paste(desk: Desk, text: str, *, channel: Channel = Channel.MESSAGE, sender: str = "", phone: str = "") -> InboxReport:
    """Text copied from elsewhere: one message, or as many as there are lines that begin like short messages (`12345#姓名#地址#内容`).
    Raises BadInput I145 for nothing."""
    desk.needs("inbox")
    if not clean(text, lines=True):
        raise BadInput("I145")
    given = Incoming(
        0, channel, desk.clock.now_ms(), clean(sender, lines=False), clean(phone, lines=False), "", clean(text, lines=True)
    )
    found = [_numbered(desk, each) for each in _short_messages(given) or (given,)]
    taken, known = _kept(desk, found)
    return InboxReport(messages=len(found), taken=taken, known=known)


def _short_messages(given: Incoming) -> tuple[Incoming, ...]:
    """The short messages in a text; what stands before the first belongs to it."""
    begins = list(_BEGINS.finditer(given.text))
    ends = [*(each.start() for each in begins[1:]), len(given.text)][: len(begins)]
    found = []
    for place, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        name, where, words = (part.strip() for part in re.split("[#＃]", given.text[begin.end() : end], maxsplit=2))
        before = given.text[: begin.start()].strip() if place == 0 else ""
        phone = begin["phone"] or given.phone
        text = "\n".join(part for part in (before, words) if part)
        if text:
            found.append(msgspec.structs.replace(given, sender=name or given.sender, phone=phone, place=where, text=text))
    return tuple(found)


def _numbered(desk: Desk, message: Incoming) -> Incoming:
    """With a number to be known by, and its place as a code where the county has one so called."""
    digest = digest_of((message.channel.value, message.sender, message.phone, message.place, message.text), own_secret(desk))
    places = naming.places_named(desk.store.reference.places(), message.place) if message.place else []
    return msgspec.structs.replace(
        message,
        external_number=WITHOUT_NUMBER + digest[:_HASH_LENGTH].upper(),
        place=places[0].code if len(places) == 1 else message.place,
        title=headline(message.text),
    )


def _message(desk: Desk, read: ReadRow) -> Incoming:
    form = read.form
    also = [f"{label(name)}{say('inbox.colon')}{text}" for name in _ALSO_SAID if (text := getattr(form, name).strip())]
    grid = next((each for each in desk.store.reference.bundle().grids if each.code == form.grid), None)
    place = form.place or (grid.place if grid else "")
    return Incoming(
        incoming=0,
        channel=form.channel,
        came_at=form.came_at or desk.clock.now_ms(),
        sender=clean(form.name, lines=False),
        phone=clean(form.phone, lines=False),
        title=form.title,
        text="\n".join((clean(form.content, lines=True), *also)),
        external_number=form.external_number,
        place=" ".join(part for part in (place, clean(form.place_detail, lines=False)) if part),
        grid=form.grid or read.as_written.get("grid", ""),
        collected_by=clean(form.collected_by, lines=False),
    )


def _kept(desk: Desk, messages: Iterable[Incoming]) -> tuple[tuple[int, ...], int]:
    taken, known = [], 0
    for each in messages:
        if desk.store.known_incoming(each.external_number):
            known += 1
        else:
            taken.append(desk.store.add_incoming(each))
    if taken:
        desk.tell(Changes(counts=True))
    return tuple(taken), known


# ---------------------------------------------------------------- reviewed


def form_of(message: Incoming) -> IntakeForm:
    """The form it opens as: nothing in it that the message does not say. Accepting the form settles the message in the same
    transaction (`IntakeForm.incoming`)."""
    code, _, detail = message.place.partition(" ")
    if not _REGION.fullmatch(code):
        code, detail = "", message.place
    return IntakeForm(
        name=message.sender,
        phone=message.phone,
        anonymous=not (message.sender or message.phone),
        channel=message.channel,
        place=code,
        place_detail=detail,
        title=message.title or headline(message.text),
        content=message.text,
        came_at=message.came_at,
        external_number=message.external_number,
        grid=message.grid,
        collected_by=message.collected_by,
        incoming=message.incoming,
    )


def drop(desk: Desk, incoming: int, reason: str) -> None:
    """It becomes no order, and why. Refuses without a reason (R440). Raises StoreFault S120 where it was decided on before."""
    officer = desk.needs("inbox")
    why = clean(reason, lines=False)
    if not why:
        raise Refusal("R440")
    desk.store.settle_incoming(incoming, dropped=why, officer=officer.officer, at=desk.clock.now_ms())
    desk.tell(Changes(counts=True))
