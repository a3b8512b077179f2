"""What was typed into an act's fields, read as what each field is. A field that cannot be read is refused by name (I140)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import time
from enum import Enum
from typing import TypeVar

from county_hotline.domain.civil_time import civil, end_of_day_ms, moment_ms
from county_hotline.domain.cleaning import clean
from county_hotline.domain.typed_times import read_day, read_moment
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import AgencyCode

E = TypeVar("E", bound=Enum)
MS_DIGITS = 13


class Values:
    """Typed fields by name; what was not given is empty."""

    def __init__(self, typed: Mapping[str, str], *, now_ms: int) -> None:
        self._typed = dict(typed)
        self.now = now_ms

    def was_given(self, name: str) -> bool:
        """Whether the field was there at all."""
        return name in self._typed

    def line(self, name: str) -> str:
        """One line, cleaned."""
        return clean(self._typed.get(name, ""), lines=False)

    def path(self, name: str) -> str:
        """A path exactly as typed: a file's name may hold what a text may not. Quotes around it (as Explorer copies it) go."""
        return self._typed.get(name, "").strip().strip('"')

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
        """One of a closed list. Refuses (R300) where none was chosen."""
        if not self._typed.get(name):
            raise Refusal("R300", field=name, label=name)
        try:
            return kind(self._typed.get(name, ""))
        except ValueError as exc:
            raise BadInput("I140", field=name, label=name, value=self.line(name)[:40]) from exc

    def optional(self, name: str, kind: type[E]) -> E | None:
        """One of a closed list, or nothing."""
        return self.choice(name, kind) if self._typed.get(name) else None

    def whole(self, name: str) -> int:
        """A whole number; 0 where nothing was typed."""
        typed = self.line(name)
        if not typed:
            return 0
        if not typed.isdecimal():
            raise BadInput("I140", field=name, label=name, value=typed[:40])
        return int(typed)

    def day(self, name: str) -> str:
        """An ISO date, or nothing."""
        typed = self.line(name)
        if not typed:
            return ""
        read = read_day(typed, civil(self.now).date())
        if read is None:
            raise BadInput("I140", field=name, label=name, value=typed[:40])
        return read.isoformat()

    def moment(self, name: str) -> int:
        """UTC ms; now where nothing was typed. A whole number of thirteen digits is UTC ms already."""
        typed = self.line(name)
        if not typed:
            return self.now
        if typed.isdecimal() and len(typed) == MS_DIGITS:
            return int(typed)
        read = read_moment(typed, civil(self.now))
        if read is None:
            raise BadInput("I140", field=name, label=name, value=typed[:40])
        return moment_ms(read)

    def several(self, name: str, of: Collection[str]) -> tuple[str, ...]:
        """Some of a list, as they were given. What is not in it is refused."""
        given = tuple(dict.fromkeys(self.line(name).split()))
        for value in given:
            if value not in of:
                raise BadInput("I140", field=name, label=name, value=value[:40])
        return given

    def maybe_moment(self, name: str) -> int:
        """UTC ms; 0 where nothing was typed."""
        return self.moment(name) if self.line(name) else 0

    def end_moment(self, name: str) -> int:
        """UTC ms, where a day alone means its end."""
        typed = self.line(name)
        day = read_day(typed, civil(self.now).date())
        at = self.moment(name)
        return end_of_day_ms(day.isoformat()) if day is not None and civil(at).time() == time.min else at

    def agency(self, name: str) -> AgencyCode:
        """A unit's code, or nothing."""
        return AgencyCode(self.line(name))

    def agencies(self, name: str) -> tuple[AgencyCode, ...]:
        """Several units' codes, each once, as they were given."""
        return tuple(dict.fromkeys(AgencyCode(code) for code in self.line(name).split()))
