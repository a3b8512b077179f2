"""Reference data in the database: one versioned bundle of plain lists, replaced as a whole, read into memory once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from county_hotline.db.opening import translated
from county_hotline.domain.calendars import Calendar, calendar_from
from county_hotline.domain.reference import Agency, Category, Place
from county_hotline.domain.rule_packs import RulePack, parse
from county_hotline.errors import BadInput
from county_hotline.ids import AgencyCode, new_salt


class Cursor(Protocol):
    """As much of a database cursor as is needed here."""

    def fetchone(self) -> tuple[bytes] | None: ...


class Bundle(msgspec.Struct, frozen=True):
    """Everything a station needs to know of its county, as one document."""

    version: int
    county: str
    """Six-digit code."""
    county_name: str
    title: str
    """The line over every form: `××县12345政务服务便民热线`."""
    agencies: tuple[Agency, ...] = ()
    categories: tuple[Category, ...] = ()
    places: tuple[Place, ...] = ()
    rule_pack: str = ""
    """The pack's TOML text."""
    calendar: str = ""
    """The calendar file's text; see domain.calendars."""
    note: str = ""
    """示例 for sample data; shown and printed."""


class Reference:
    """基础数据 as the desk asks for it. `execute` runs one statement on the calling thread's connection."""

    def __init__(self, execute: Callable[..., Cursor], *, connected: Callable[[], bool] = lambda: True) -> None:
        self._execute = execute
        self._connected = connected
        self._stamp = b""
        self._bundle: Bundle | None = None
        self._pack: RulePack | None = None
        self._calendar: Calendar | None = None

    def take_bundle(self, document: bytes) -> Bundle:
        """Put a bundle in place of the one before. Raises BadInput I111 where it cannot be read or holds a pack that cannot."""
        try:
            bundle = msgspec.json.decode(document, type=Bundle)
        except msgspec.MsgspecError as exc:
            raise BadInput("I111", reason=str(exc)) from exc
        if bundle.rule_pack:
            parse(bundle.rule_pack)
        if bundle.calendar:
            calendar_from(bundle.calendar)
        with translated():
            self._execute("INSERT OR REPLACE INTO reference VALUES ('bundle', ?), ('stamp', ?)", document, new_salt())
        self.forget()
        return bundle

    def forget(self) -> None:
        """Read again at the next question."""
        self._bundle = self._pack = self._calendar = None

    def document(self) -> bytes:
        """The bundle as it lies in the database, to be sent on. Empty where there is none."""
        with translated():
            row = self._execute("SELECT body FROM reference WHERE kind = 'bundle'").fetchone()
        return bytes(row[0]) if row else b""

    def bundle(self) -> Bundle:
        """The bundle in force; an empty one where none was loaded yet. Another process may have put a newer one in place."""
        self._notice_a_newer_one()
        if self._bundle is None:
            document = self.document()
            self._bundle = msgspec.json.decode(document, type=Bundle) if document else Bundle(0, "", "", "")
        return self._bundle

    def _notice_a_newer_one(self) -> None:
        if not self._connected():
            return
        with translated():
            row = self._execute("SELECT body FROM reference WHERE kind = 'stamp'").fetchone()
        stamp = bytes(row[0]) if row else b""
        if stamp != self._stamp:
            self.forget()
            self._stamp = stamp

    def version(self) -> int:
        return self.bundle().version

    def agencies(self) -> tuple[Agency, ...]:
        return self.bundle().agencies

    def agency(self, code: str) -> Agency:
        """The unit with this code; one that only repeats the code where it is unknown here."""
        return next((a for a in self.agencies() if a.code == code), Agency(AgencyCode(code), code))

    def categories(self) -> tuple[Category, ...]:
        return self.bundle().categories

    def category(self, code: str) -> Category:
        return next((c for c in self.categories() if c.code == code), Category(code, code, code))

    def places(self) -> tuple[Place, ...]:
        return self.bundle().places

    def place(self, code: str) -> Place:
        return next((p for p in self.places() if p.code == code), Place(code, code, code))

    def rule_pack(self) -> RulePack | None:
        """规则包 in force, or None where none was loaded."""
        bundle = self.bundle()
        if self._pack is None and bundle.rule_pack:
            self._pack = parse(bundle.rule_pack)
        return self._pack

    def calendar(self) -> Calendar | None:
        """工作日历, or None where none was loaded."""
        bundle = self.bundle()
        if self._calendar is None and bundle.calendar:
            self._calendar = calendar_from(bundle.calendar)
        return self._calendar


def bundle_from_folder(folder: Path, *, version: int, rule_pack: str, calendar: str) -> bytes:
    """A bundle document from `county.toml`, `agencies.json`, `categories.json`, `places.json`. Raises BadInput I111."""
    try:
        county = msgspec.toml.decode((folder / "county.toml").read_bytes(), type=dict[str, str])
        bundle = Bundle(
            version=version,
            county=county["code"],
            county_name=county["name"],
            title=county["title"],
            note=county.get("note", ""),
            agencies=msgspec.json.decode((folder / "agencies.json").read_bytes(), type=tuple[Agency, ...]),
            categories=msgspec.json.decode((folder / "categories.json").read_bytes(), type=tuple[Category, ...]),
            places=msgspec.json.decode((folder / "places.json").read_bytes(), type=tuple[Place, ...]),
            rule_pack=rule_pack,
            calendar=calendar,
        )
    except (OSError, KeyError, msgspec.MsgspecError) as exc:
        raise BadInput("I111", reason=str(exc)) from exc
    return msgspec.json.encode(bundle)
