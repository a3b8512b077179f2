"""导出: 台账 into a file, in slices so that the window stays alive; masked as on the screen, or in the clear with a reason, audited."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from county_hotline.clock import shown
from county_hotline.db.beside import memos
from county_hotline.desk import looking_up
from county_hotline.desk.desk import Desk
from county_hotline.desk.register_values import RegisterValues
from county_hotline.desk.table_files import Head, TableFile, table_file
from county_hotline.domain.cleaning import clean
from county_hotline.domain.facts import Person
from county_hotline.domain.register_columns import RegisterColumn
from county_hotline.domain.views import RegisterQuery, RegisterRow
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import Number
from county_hotline.wording import say

SLICE: Final = 200
"""Rows written at once: a few hundredths of a second."""
SLICE_IN_THE_CLEAR: Final = 20
"""Each of these is folded from its story."""
MOST: Final = 1_048_575
"""Rows a sheet of Excel has below its head."""
WIDTHS: Final = {
    RegisterColumn.NUMBER: 24,
    RegisterColumn.TITLE: 44,
    RegisterColumn.CATEGORY: 30,
    RegisterColumn.PLACE: 26,
    RegisterColumn.AGENCY: 22,
    RegisterColumn.ACCEPTED: 18,
    RegisterColumn.FINISHED: 18,
}
CALLERS: Final = (RegisterColumn.CALLER, RegisterColumn.PHONE)


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be exported, and whither. `numbers` where some were ticked, else all that `query` lists."""

    path: str
    columns: tuple[RegisterColumn, ...]
    query: RegisterQuery = RegisterQuery()
    numbers: tuple[Number, ...] = ()
    said: str = ""
    """What the list shows, in words: stands in the file and in the audit."""
    reason: str | None = None
    """Why callers are to be seen in full; None: masked."""


class Exported(msgspec.Struct, frozen=True):
    """How far it is. `path` once it is whole."""

    done: int
    total: int
    path: str = ""
    still_masked: int = 0
    """Callers this officer may not see in full, or whose particulars are not here."""


class Exporting:
    """One export: `step` until it says a path, or `cancel`. What fails leaves no file."""

    def __init__(self, desk: Desk, wish: Wish) -> None:
        self._desk, self._wish = desk, wish
        self._rows = _rows(desk, wish)
        self._done = self._still_masked = 0
        self._values = RegisterValues(desk, wish.columns)
        heads = [Head(say(f"register.column.{each.value}"), WIDTHS.get(each, 14)) for each in wish.columns]
        self._file: TableFile = table_file(Path(wish.path), say("register.title"), heads)

    def step(self) -> Exported:
        """One slice more. Raises StoreFault; whatever is raised, nothing stays under the file's name."""
        try:
            return self._step()
        except BaseException:
            self._file.drop()
            raise

    def cancel(self) -> None:
        """Nothing stays."""
        self._file.drop()

    def _step(self) -> Exported:
        size = SLICE if self._wish.reason is None else SLICE_IN_THE_CLEAR
        rows = self._desk.store.register_arrived(self._rows[self._done : self._done + size])
        people = self._in_the_clear(rows)
        for row in rows:
            self._file.add(self._values.of(row, people.get(row.number)))
        self._done = min(self._done + size, len(self._rows))
        if self._done < len(self._rows):
            return Exported(self._done, len(self._rows), still_masked=self._still_masked)
        self._audit()
        self._file.finish(self._notes(self._desk.clock.now_ms()))
        return Exported(self._done, len(self._rows), str(Path(self._wish.path)), self._still_masked)

    def _in_the_clear(self, rows: Sequence[RegisterRow]) -> dict[Number, Person]:
        """Who may be seen in full, each written into the audit before he is."""
        reason = self._wish.reason
        if reason is None or not set(CALLERS) & set(self._wish.columns):
            return {}
        people: dict[Number, Person] = {}
        for row in rows:
            order = self._desk.store.order(row.number)
            if order.person is not None and looking_up.may_unmask(self._desk, order):
                people[row.number] = order.person
            else:
                self._still_masked += 1
        officer, now = self._desk.signed_in().officer, self._desk.clock.now_ms()
        with self._desk.store.immediate() as db:
            for number in people:
                memos.audit(db, now, officer, act="unmask", subject=number, reason=clean(reason, lines=False))
        return people

    def _audit(self) -> None:
        how = "masked" if self._wish.reason is None else "in_the_clear"
        told = f"{how} {len(self._rows)} {self._wish.said}"
        with self._desk.store.immediate() as db:
            memos.audit(
                db, self._desk.clock.now_ms(), _officer(self._desk), act="export", subject=_name(self._wish), reason=told
            )

    def _notes(self, now: int) -> list[tuple[str, str]]:
        card = self._desk.card
        return [
            (say("register.export.notes"), ""),
            (say("register.export.notes.what"), self._wish.said or say("register.everything")),
            (say("register.export.notes.count"), say("register.export.count", count=len(self._rows))),
            (
                say("register.export.notes.who"),
                say("register.export.notes.by", unit=card.unit_name, officer=_officer(self._desk)),
            ),
            (say("register.export.notes.when"), shown(now)),
            (
                say("register.export.notes.callers"),
                say("register.export.masked" if self._wish.reason is None else "register.export.in_the_clear"),
            ),
        ]


def begin(desk: Desk, wish: Wish) -> Exporting:
    """Ready to write. Refuses an export in the clear without a reason (R192) or without the duty (R204), more rows than a sheet has
    (R572) and nothing to export (R573); raises BadInput I250 where the folder is not there, StoreFault where it cannot be written."""
    if wish.reason is not None:
        desk.signed_in()
        if not may_see_callers(desk):
            raise Refusal("R204", act="unmask")
        if not wish.reason.strip():
            raise Refusal("R192")
    if not Path(wish.path).parent.is_dir():
        raise BadInput("I250", folder=str(Path(wish.path).parent))
    return Exporting(desk, wish)


def may_see_callers(desk: Desk) -> bool:
    """Whether the signed-in officer may export any caller in full."""
    return desk.officer is not None and bool(looking_up.ENTITLED & set(desk.officer.roles))


def write(desk: Desk, wish: Wish) -> Exported:
    """All of it at once, for the command line."""
    exporting = begin(desk, wish)
    while not (told := exporting.step()).path:
        pass
    return told


def free_path(folder: Path, stem: str, ending: str) -> Path:
    """A name in the folder that no file has."""
    path, count = folder / f"{stem}{ending}", 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}{ending}"
    return path


def _rows(desk: Desk, wish: Wish) -> list[int]:
    if wish.numbers:
        found = [row for number in wish.numbers if (row := desk.store.register_row(number)) is not None]
    else:
        found = desk.store.register_arrivals(wish.query, limit=MOST + 1)
    if len(found) > MOST:
        raise Refusal("R572", most=MOST)
    if not found:
        raise Refusal("R573")
    return found


def _officer(desk: Desk) -> str:
    return desk.officer.officer if desk.officer else ""


def _name(wish: Wish) -> str:
    return Path(wish.path).name
