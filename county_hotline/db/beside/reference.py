"""Reference data in the database: one versioned bundle of plain lists, replaced as a whole, read into memory once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import Final, Protocol

import msgspec

from county_hotline.db.opening import translated
from county_hotline.domain.calendars import Calendar, calendar_from
from county_hotline.domain.reference import (
    Agency,
    Article,
    Campaign,
    Category,
    DutyLine,
    FallbackRule,
    Grid,
    LeaderEvent,
    Place,
    ToldPath,
)
from county_hotline.domain.rule_packs import RulePack, parse
from county_hotline.errors import BadInput
from county_hotline.ids import AgencyCode, new_salt

CHANGED_HERE: Final = "reference.changed_here"
"""Note: the version of the bundle that was made at this station and is not the hub's yet."""
BUILT_ON: Final = "reference.built_on"
"""Note: the version the first change since the hub's was made on."""


class Cursor(Protocol):
    """As much of a database cursor as is needed here."""

    def fetchone(self) -> tuple[bytes] | None: ...


class KeptCalendar(msgspec.Struct, frozen=True):
    """A calendar once in force: dates counted by it are known by it."""

    text: str
    rest_days: tuple[str, ...] = ()


KEPT_CALENDARS: Final = 12
"""So many; a date counted by an older one is taken for one that somebody set."""


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
    told_paths: tuple[ToldPath, ...] = ()
    """法定途径."""
    duty_lines: tuple[DutyLine, ...] = ()
    """归属清单, in the order in which they are tried."""
    fallbacks: tuple[FallbackRule, ...] = ()
    """兜底规则."""
    articles: tuple[Article, ...] = ()
    """知识库."""
    events: tuple[LeaderEvent, ...] = ()
    """领导接线."""
    campaigns: tuple[Campaign, ...] = ()
    """专项."""
    grids: tuple[Grid, ...] = ()
    """网格."""
    rest_days: tuple[str, ...] = ()
    """县自定休息日: ISO dates."""
    packs: tuple[str, ...] = ()
    """Texts of packs once in force: orders accepted under them keep them."""
    calendars: tuple[KeptCalendar, ...] = ()
    """Calendars once in force, with the county's rest days of then, the latest last."""


_MORE: Final[dict[str, object]] = {
    "told_paths": tuple[ToldPath, ...],
    "duty_lines": tuple[DutyLine, ...],
    "fallbacks": tuple[FallbackRule, ...],
    "articles": tuple[Article, ...],
    "events": tuple[LeaderEvent, ...],
    "campaigns": tuple[Campaign, ...],
    "grids": tuple[Grid, ...],
    "rest_days": tuple[str, ...],
}


class Reference:
    """基础数据 as the desk asks for it. `execute` runs one statement on the calling thread's connection, `together` makes several one
    transaction."""

    def __init__(
        self,
        execute: Callable[..., Cursor],
        *,
        connected: Callable[[], bool] = lambda: True,
        together: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._execute = execute
        self._connected = connected
        self._together = together
        self._stamp = b""
        self._bundle: Bundle | None = None
        self._packs: tuple[RulePack, ...] | None = None
        self._calendar: Calendar | None = None
        self._calendars: tuple[Calendar, ...] | None = None

    def take_bundle(self, document: bytes, *, over: Callable[[bytes], None] = lambda before: None) -> Bundle:
        """Put a bundle in place of the one before; a pack it replaces is kept here. `over` is shown, in the same transaction, the document
        that would be replaced, and may refuse by raising. Raises BadInput I111 where the new one cannot be read or holds a day that is
        none, I105 or I108 where a pack or the calendar cannot. A calendar it replaces is kept too."""
        bundle = _checked(document)
        with translated(), self._together():
            over(self.document())
            self._put(bundle, document)
        self.forget()
        return bundle

    def change(self, **parts: object) -> Bundle:
        """Other lists in place of those named, as a new version; a pack that is replaced is kept. It is noted (`reference.changed_here`)
        that this version was made here and is to be offered to the level above. Raises BadInput like `take_bundle`."""
        with translated(), self._together():
            self.forget()
            before = self.bundle()
            bundle = msgspec.structs.replace(before, **{**parts, "version": before.version + 1})
            bundle = after(bundle, before)
            document = msgspec.json.encode(bundle)
            bundle = _checked(document)
            self._put(bundle, document)
            self._execute(
                "INSERT INTO notes SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM notes WHERE key = ?) "
                "ON CONFLICT DO UPDATE SET value = excluded.value",
                BUILT_ON,
                str(before.version),
                CHANGED_HERE,
            )
            self._execute(
                "INSERT INTO notes VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value",
                CHANGED_HERE,
                str(bundle.version),
            )
        self.forget()
        return bundle

    def _put(self, bundle: Bundle, document: bytes) -> None:
        """Write it, and keep the pack and the calendar that were in force here even where the new document knows nothing of them."""
        before = self.document()
        old = msgspec.json.decode(before, type=Bundle) if before else bundle
        kept = _kept((*self._kept_here(), *bundle.packs), old.rule_pack, bundle.rule_pack)
        calendars = _kept_calendars((*self._calendars_here(), *bundle.calendars), old, bundle)
        self._execute("INSERT OR REPLACE INTO reference VALUES ('packs', ?)", msgspec.json.encode(kept))
        self._execute("INSERT OR REPLACE INTO reference VALUES ('calendars', ?)", msgspec.json.encode(calendars))
        self._execute("INSERT OR REPLACE INTO reference VALUES ('bundle', ?), ('stamp', ?)", document, new_salt())

    def _kept_here(self) -> tuple[str, ...]:
        row = self._execute("SELECT body FROM reference WHERE kind = 'packs'").fetchone()
        return msgspec.json.decode(row[0], type=tuple[str, ...]) if row else ()

    def _calendars_here(self) -> tuple[KeptCalendar, ...]:
        row = self._execute("SELECT body FROM reference WHERE kind = 'calendars'").fetchone()
        return msgspec.json.decode(row[0], type=tuple[KeptCalendar, ...]) if row else ()

    def forget(self) -> None:
        """Read again at the next question."""
        self._bundle = self._packs = self._calendar = self._calendars = None

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
        return self.packs()[0] if self.bundle().rule_pack else None

    def packs(self) -> tuple[RulePack, ...]:
        """Every pack known here: the one in force, where there is one, then those that once were."""
        bundle = self.bundle()
        if self._packs is None:
            with translated():
                kept = self._kept_here() if self._connected() else bundle.packs
            in_force = (parse(bundle.rule_pack),) if bundle.rule_pack else ()
            self._packs = (*in_force, *(parse(text) for text in _kept(kept, "", bundle.rule_pack)))
        return self._packs

    def pack(self, ref: str) -> RulePack | None:
        """The pack an order was accepted under (`name@version`), in force or kept; None where it was never here."""
        return next((pack for pack in self.packs() if pack.reference == ref), None)

    def calendar(self) -> Calendar | None:
        """工作日历 with the county's own rest days, or None where none was loaded."""
        bundle = self.bundle()
        if self._calendar is None and bundle.calendar:
            self._calendar = calendar_from(bundle.calendar).with_rest_days(_days(bundle.rest_days))
        return self._calendar

    def calendars(self) -> tuple[Calendar, ...]:
        """Calendars once in force here, with the rest days of then, the latest first."""
        bundle = self.bundle()
        if self._calendars is None:
            with translated():
                kept = self._calendars_here() if self._connected() else bundle.calendars
            self._calendars = tuple(calendar_from(each.text).with_rest_days(_days(each.rest_days)) for each in reversed(kept))
        return self._calendars


def _checked(document: bytes) -> Bundle:
    """The bundle, with everything in it that is a text of its own read once."""
    try:
        bundle = msgspec.json.decode(document, type=Bundle)
        _days(bundle.rest_days)
    except (msgspec.MsgspecError, ValueError) as exc:
        raise BadInput("I111", reason=str(exc)) from exc
    for pack in (bundle.rule_pack, *bundle.packs):
        if pack:
            parse(pack)
    if bundle.calendar:
        calendar_from(bundle.calendar)
    return bundle


def _days(days: Iterable[str]) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, days))


def _kept(packs: Iterable[str], replaced: str, in_force: str) -> tuple[str, ...]:
    """Packs once in force, each reference once: an order's pack is the text that was last in force under its name. One that this release
    cannot read any more is of no use to anybody."""
    texts = {ref: text for text in (*packs, replaced) if (ref := _reference_of(text))}
    texts.pop(_reference_of(in_force), None)
    return tuple(texts.values())


def after(bundle: Bundle, before: Bundle) -> Bundle:
    """The bundle that follows `before`: the pack and the calendar it replaces, and what those had replaced, are known in it as once in
    force."""
    return msgspec.structs.replace(
        bundle,
        packs=_kept((*before.packs, *bundle.packs), before.rule_pack, bundle.rule_pack),
        calendars=_kept_calendars((*before.calendars, *bundle.calendars), before, bundle),
    )


def _kept_calendars(calendars: Iterable[KeptCalendar], before: Bundle, after: Bundle) -> tuple[KeptCalendar, ...]:
    """Calendars once in force but for the one that is, each once, the latest last. One that cannot be read any more is of no use."""
    replaced, in_force = (KeptCalendar(each.calendar, tuple(sorted(each.rest_days))) for each in (before, after))
    found = dict.fromkeys((*calendars, replaced) if replaced != in_force else calendars)
    return tuple(each for each in found if each.text and each != in_force and _is_readable(each))[-KEPT_CALENDARS:]


def _is_readable(kept: KeptCalendar) -> bool:
    try:
        calendar_from(kept.text)
        _days(kept.rest_days)
    except (BadInput, ValueError):
        return False
    return True


def _reference_of(pack: str) -> str:
    try:
        return parse(pack).reference
    except BadInput:
        return ""


def bundle_from_folder(folder: Path, *, version: int, rule_pack: str, calendar: str) -> bytes:
    """A bundle document from `county.toml`, `agencies.json`, `categories.json`, `places.json` and, where they are there, a file for each
    of the other lists, called as the list is (`duty_lines.json`). Raises BadInput I111."""
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
        bundle = msgspec.structs.replace(bundle, **{name: found for name in _MORE if (found := _listed(folder, name))})
    except (OSError, KeyError, msgspec.MsgspecError) as exc:
        raise BadInput("I111", reason=str(exc)) from exc
    return msgspec.json.encode(bundle)


def _listed(folder: Path, name: str) -> object:
    """The list in the folder; empty where there is no file."""
    file = folder / f"{name}.json"
    return msgspec.json.decode(file.read_bytes(), type=_MORE[name]) if file.is_file() else ()
