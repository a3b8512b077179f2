"""Rows of 台账 by columns, for files: dates as dates, numbers as numbers, all else as text; callers masked unless they are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from county_hotline.clock import local
from county_hotline.desk import looking_up
from county_hotline.desk.desk import Desk
from county_hotline.desk.table_files import Value
from county_hotline.domain.facts import Person
from county_hotline.domain.register_columns import RegisterColumn
from county_hotline.domain.views import RegisterRow
from county_hotline.domain.vocabulary import ENDED, Channel, MatterKind, Urgency
from county_hotline.wording import say, word


class RegisterValues:
    """Of these columns. The county's names are read once, so that a hundred thousand rows ask for none of them again."""

    def __init__(self, desk: Desk, columns: Sequence[RegisterColumn]) -> None:
        bundle = desk.store.reference.bundle()
        self._desk = desk
        self._agencies = {each.code: each.name for each in bundle.agencies}
        self._categories = {each.code: each.path for each in bundle.categories}
        self._places = {each.code: each.path for each in bundle.places}
        self._campaigns = {each.code: each.name for each in bundle.campaigns}
        self._left: dict[str, int | None] = {}
        by_column: dict[RegisterColumn, Callable[[RegisterRow], Value]] = {
            RegisterColumn.STATE: _state,
            RegisterColumn.NUMBER: lambda row: row.number,
            RegisterColumn.TITLE: lambda row: row.title,
            RegisterColumn.CALLER: lambda row: row.caller,
            RegisterColumn.PHONE: lambda row: row.phone,
            RegisterColumn.KIND: lambda row: _worded(row.matter_kind),
            RegisterColumn.CHANNEL: lambda row: _worded(row.channel),
            RegisterColumn.URGENCY: lambda row: _worded(row.urgency),
            RegisterColumn.CATEGORY: lambda row: self._categories.get(row.category, row.category),
            RegisterColumn.PLACE: lambda row: self._places.get(row.place, row.place),
            RegisterColumn.AGENCY: self._agency,
            RegisterColumn.ACCEPTED: lambda row: _moment(row.accepted_at),
            RegisterColumn.DUE: lambda row: _day(row.due_on),
            RegisterColumn.LEFT: self._workdays_left,
            RegisterColumn.FINISHED: lambda row: _moment(row.finished_at),
            RegisterColumn.EVENT: lambda row: row.event,
            RegisterColumn.CAMPAIGN: lambda row: self._campaigns.get(row.campaign, row.campaign),
        }
        self._columns = [(column, by_column[column]) for column in columns]

    def of(self, row: RegisterRow, person: Person | None = None) -> list[Value]:
        """What stands in these columns. `person`: the caller, where he is to be shown in full."""
        full = {RegisterColumn.CALLER: person.name, RegisterColumn.PHONE: person.phone} if person else {}
        return [full[column] if column in full else value(row) for column, value in self._columns]

    def _agency(self, row: RegisterRow) -> Value:
        name = self._agencies.get(row.agency, row.agency)
        return say("register.hint.long", agency=name) if name and row.is_hint else name

    def _workdays_left(self, row: RegisterRow) -> Value:
        if row.stage in ENDED:
            return None
        if row.due_on not in self._left:
            self._left[row.due_on] = looking_up.workdays_left(self._desk, row.due_on)
        return self._left[row.due_on]


def _state(row: RegisterRow) -> Value:
    return say("register.state.waiting", state=word(row.stage)) if row.waiting else word(row.stage)


def _worded(kind: MatterKind | Channel | Urgency | None) -> Value:
    return word(kind) if kind else ""


def _day(iso: str) -> Value:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:  # written elsewhere, by a release that says it otherwise
        return iso


def _moment(ms: int | None) -> datetime | None:
    return local(ms).replace(tzinfo=None, microsecond=0) if ms else None
