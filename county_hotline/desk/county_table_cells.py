"""县里的表, read cell by cell: what a cell may hold, and for one that may not what is wrong and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import msgspec

from county_hotline.desk import naming
from county_hotline.desk.import_returned import ReturnedRow
from county_hotline.desk.import_tables import Table
from county_hotline.domain.cleaning import clean
from county_hotline.domain.reference import Agency, Place
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.ids import AgencyCode
from county_hotline.wording import say, sentence

LONGEST: Final = 60
"""Signs of a name."""
SEVERAL: Final = re.compile(r"[、,，;；\n]+")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_FEW: Final = 3
"""Digits the shortest number has, and letters (an extension is written with one) that several numbers have at most."""
_ALIKE: Final = 0.5


class RowFault(msgspec.Struct, frozen=True):
    """One thing that is wrong in one row."""

    row: int
    """As Excel numbers it."""
    column: str
    """The column's head; empty where the whole row is meant."""
    value: str
    about: str
    """Which of them: code and name, as far as they are in the row."""
    code: str
    wrong: str
    instead: str


def fault_of(returned: ReturnedRow, table: Table, place: int) -> RowFault:
    """A row that was given back with one reason, which says all there is to say. `place`: the column by which people know the row."""
    about = next((each.cells[place] for each in table.rows if each.number == returned.row and place < len(each.cells)), "")
    return RowFault(returned.row, "", "", about.strip()[:LONGEST], returned.code, returned.reason, "")


@dataclass(frozen=True, slots=True)
class Codes:
    """How the codes of a table are written."""

    shape: str
    """A pattern; `COUNTY` stands for the county's six digits."""
    lengths: tuple[int, ...] = ()
    """Of codes that are digits alone: shorter ones may have lost zeros at the front."""


class Lookup:
    """Who and where is meant in a cell."""

    def __init__(self, agencies: Sequence[Agency], places: Sequence[Place], county: str) -> None:
        self.county = county
        self._agencies, self._places = agencies, places
        self._unit_codes = {text: each.code for each in agencies for text in (each.code, each.name)}
        self._place_codes = {text: each.code for each in places for text in (each.path, each.code)}
        self._unit_names = {each.code: each.name for each in agencies}
        self._place_names = {each.code: each.path for each in places if self._place_codes[each.path] == each.code}

    def unit(self, text: str) -> AgencyCode:
        """The unit so called. Raises BadInput I235 naming the one most like it."""
        if text in self._unit_codes:
            return self._unit_codes[text]
        try:
            return naming.agency_named(self._agencies, text).code
        except Refusal as exc:
            names = [name for each in self._agencies for name in (each.short_name, each.name) if name]
            raise BadInput("I235", value=text[:40], like=_nearest(text, names)) from exc

    def place(self, text: str) -> str:
        """The place so called. Raises BadInput I237 naming the one most like it."""
        if text in self._place_codes:
            return self._place_codes[text]
        try:
            return naming.place_named(self._places, text).code
        except Refusal as exc:
            raise BadInput("I237", value=text[:40], like=_nearest(text, [each.path for each in self._places])) from exc

    def unit_name(self, code: str) -> str:
        """As it is written out, and read again."""
        return self._unit_names.get(AgencyCode(code), code)

    def place_name(self, code: str) -> str:
        """As it is written out, and read again: the code where several are called so."""
        return self._place_names.get(code, code)


def _nearest(text: str, names: Iterable[str]) -> str:
    found = get_close_matches(text, list(names), 1, _ALIKE)
    return say("county_table.like", name=found[0]) if found else ""


def code(text: str, codes: Codes, county: str, shape_words: str) -> str:
    """A code as it is kept. Raises BadInput I230, I233, I234, I239."""
    if not text:
        raise BadInput("I230", column=say("county_table.code"))
    if _SCIENTIFIC.fullmatch(text):
        raise BadInput("I239", value=text[:40])
    pattern = codes.shape.replace("COUNTY", county)
    found = next((each for each in (text, text.upper()) if re.fullmatch(pattern, each)), "")
    if found:
        return found
    found = text.upper()
    longer = next((length for length in codes.lengths if length > len(found)), 0)
    if found.isdecimal() and longer == len(found) + 1 and not found.startswith("0"):
        raise BadInput("I234", value=found[:40], whole=found.zfill(longer))
    raise BadInput("I233", value=text[:40], shape=shape_words)


def line(text: str) -> str:
    """One line. Raises BadInput I240 where it is too long."""
    if len(text) > LONGEST:
        raise BadInput("I240", count=len(text), most=LONGEST)
    return text


def phone(text: str) -> str:
    """A number, or several. Raises BadInput I241, and I242 where the zero of the dialling code is gone."""
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    if text and (digits < _FEW or letters > _FEW or len(text) > LONGEST):
        raise BadInput("I241", value=text[:40])
    if re.fullmatch(r"[2-9]\d{9,10}", text) and not text.startswith(("400", "800")):
        raise BadInput("I242", value=text, whole=f"0{text}")
    return text


def several(text: str) -> tuple[str, ...]:
    """Words written one after another, each once."""
    return tuple(dict.fromkeys(line(each) for part in SEVERAL.split(text) if (each := part.strip())))


def tidy(text: str) -> str:
    """A cell without what nobody sees."""
    return clean(text, lines=False).strip().removeprefix("'").strip()


class Reader:
    """Reads the cells of one row, and gathers what is wrong in it."""

    def __init__(self, row: int, said: Mapping[str, str], heads: Mapping[str, str]) -> None:
        self.row, self.said, self._heads = row, said, heads
        self.faults: list[RowFault] = []

    def read(self, column: str, how: Callable[[str], object]) -> object:
        """The cell's meaning; what is wrong is noted, and then it is None."""
        try:
            return how(self.said.get(column, ""))
        except HotlineError as fault:
            self.wrong(column, fault)
            return None

    def wrong(self, column: str, fault: HotlineError) -> None:
        """Note what is wrong in this cell: the first and the last thing its sentence says."""
        about = " ".join(text for text in (self.said.get("code", ""), self.said.get("name", "")) if text)
        stop = say("cli.full_stop")
        happened, *rest = [part for part in sentence(fault).split(stop) if part]
        self.faults.append(
            RowFault(
                row=self.row,
                column=self._heads.get(column, ""),
                value=self.said.get(column, "")[:LONGEST],
                about=about[: 2 * LONGEST],
                code=fault.code,
                wrong=happened,
                instead=rest[-1] if rest else "",
            )
        )
