"""What was typed into an act's fields, read as what each field is. A field that cannot be read is refused by name (I140)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import TypeVar

from county_hotline.domain.civil_time import civil, moment_ms
from county_hotline.domain.cleaning import clean
from county_hotline.domain.typed_times import read_day, read_time
from county_hotline.errors import BadInput
from county_hotline.ids import AgencyCode

E = TypeVar("E", bound=Enum)


class Values:
    """Typed fields by name; what was not given is empty."""

    def __init__(self, typed: Mapping[str, str], *, now_ms: int) -> None:
        self._typed = dict(typed)
        self._now = civil(now_ms)

    def line(self, name: str) -> str:
        """One line, cleaned."""
        return clean(self._typed.get(name, ""), lines=False)

    def text(self, name: str) -> str:
        """Paragraphs, cleaned."""
        return clean(self._typed.get(name, ""), lines=True)

    def tick(self, name: str) -> bool:
        """Whether it is ticked."""
        return self._typed.get(name, "") == "1"

    def ternary(self, name: str) -> bool | None:
        """Yes, no, or not said."""
        return {"yes": True, "no": False}.get(self._typed.get(name, ""))

    def choice(self, name: str, kind: type[E]) -> E:
        """One of a closed list."""
        try:
            return kind(self._typed.get(name, ""))
        except ValueError as exc:
            raise BadInput("I140", field=name) from exc

    def optional(self, name: str, kind: type[E]) -> E | None:
        """One of a closed list, or nothing."""
        return self.choice(name, kind) if self._typed.get(name) else None

    def whole(self, name: str) -> int:
        """A whole number; 0 where nothing was typed."""
        typed = self.line(name)
        if not typed:
            return 0
        if not typed.isdecimal():
            raise BadInput("I140", field=name)
        return int(typed)

    def day(self, name: str) -> str:
        """An ISO date, or nothing."""
        typed = self.line(name)
        if not typed:
            return ""
        read = read_day(typed, self._now.date())
        if read is None:
            raise BadInput("I140", field=name)
        return read.isoformat()

    def moment(self, name: str) -> int:
        """UTC ms; now where nothing was typed."""
        typed = self.line(name)
        if not typed:
            return moment_ms(self._now)
        read = read_time(typed, self._now)
        if not isinstance(read, datetime):
            raise BadInput("I140", field=name)
        return moment_ms(read.replace(tzinfo=None))

    def agency(self, name: str) -> AgencyCode:
        """A unit's code, or nothing."""
        return AgencyCode(self.line(name))

    def agencies(self, name: str) -> tuple[AgencyCode, ...]:
        """Several units' codes, each once, as they were given."""
        return tuple(dict.fromkeys(AgencyCode(code) for code in self.line(name).split()))
