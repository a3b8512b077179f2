"""What the world knows of itself and the program does not: everything that was written, by whom, having seen what, and whose secret it is."""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

import zstandard

from county_hotline.domain.facts import Accepted, Corrected, Fact, Person, WordsErased
from county_hotline.domain.numbering import is_of, station_in
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import EntryId, Life, Number, StationId
from county_hotline.sync.wire.signing import Answered
from tests.support.simulator.machines import Pc, Pending

MARK: Final = re.compile(rb"MK[0-9]{5}Z")
MARK_TEXT: Final = re.compile(MARK.pattern.decode())


class Broken(AssertionError):
    """A promise that was not kept: its name (P1 to P9, or what else must hold) and what was seen."""

    def __init__(self, promise: str, seen: str) -> None:
        super().__init__(f"{promise}: {seen}")
        self.promise = promise


@dataclass
class Written:
    """One entry, as its writer's PC has it."""

    entry_id: EntryId
    station: StationId
    life: Life
    serial: int
    digest: bytes
    number: Number
    fact: Fact
    person: Person | None
    seen: frozenset[EntryId]
    pc: str
    fault: str
    told: bool
    gone: bool = False
    """It went with a file that was replaced by an older one, and nobody else had it."""
    only_above: bool = False
    """It went from its writer's file with an older one put back: it comes back as the hub has it."""


@dataclass
class Books:
    """All that was written, and the marks of confidential callers."""

    written: dict[EntryId, Written] = field(default_factory=dict)
    numbers: list[Number] = field(default_factory=list)
    secrets: dict[str, Number] = field(default_factory=dict)
    """Mark -> the order whose confidential caller bears it."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What was put on a shelf, by its hash."""
    altered: set[str] = field(default_factory=set)
    """PCs of whose round a request was changed on its way: the hub may say so (A202)."""

    def note(self, pc: Pc, pending: Pending, *, told: bool) -> None:
        """Write down what came of an act: all of it or nothing. Raises Broken."""
        with pc.looked_at() as store:
            life = store.life()
            rows = (
                store.database.connection()
                .execute(
                    "SELECT entry_id, serial, hash, work_order FROM entries WHERE station = ? AND life = ? AND serial > ? ORDER BY serial",
                    (pc.card.station, life, pc.noted.get(life, 0)),
                )
                .fetchall()
            )
        if len(rows) != len(pending.facts) and (told or rows):
            raise Broken("P1", f"{pc.name}: an act of {len(pending.facts)} facts left {len(rows)} entries, told={told}")
        for (entry_id, serial, digest, number), (fact, person) in zip(rows, pending.facts, strict=False):
            self.written[entry_id] = Written(
                entry_id=entry_id,
                station=pc.card.station,
                life=life,
                serial=serial,
                digest=digest,
                number=number,
                fact=fact,
                person=person,
                seen=pending.seen,
                pc=pc.name,
                fault=pending.fault,
                told=told,
            )
            pc.noted[life] = serial
            self._note_order(number, fact, person)

    def _note_order(self, number: Number, fact: Fact, person: Person | None) -> None:
        if isinstance(fact, Accepted) and number not in self.numbers:
            self.numbers.append(number)
            if fact.confidential and person is not None:
                self.secrets[MARK_TEXT.findall(person.name)[0]] = number

    def mark(self) -> str:
        return f"MK{len(self.written):05d}Z"

    def is_opened(self, number: Number) -> bool:
        """Whether the station that took the order has said that its caller is not confidential after all."""
        return any(
            each.number == number
            and is_of(number, each.station)
            and isinstance(each.fact, Corrected)
            and each.fact.confidential is False
            for each in self.written.values()
        )

    def may_know(self, card: StationCard, number: Number) -> bool:
        """Whether a confidential caller's particulars are for this station: of the unit that took the order, and the centre."""
        if card.county != station_in(number)[:6]:
            return False  # a confidential caller stays with the level that took the order (ADR 0020)
        if card.role in (StationRole.CENTRE, StationRole.RELAY) or is_of(number, card.station):
            return True
        units = {each.fact.unit for each in self.written.values() if each.number == number and isinstance(each.fact, Accepted)}
        return card.unit in units

    def secrets_kept_from(self, card: StationCard) -> set[str]:
        return {mark for mark, number in self.secrets.items() if not self.may_know(card, number) and not self.is_opened(number)}

    def tap(self, card: StationCard, answered: Answered) -> None:
        """Look at what a hub answers a station. Raises Broken P9."""
        if not self.secrets or not answered.body:
            return
        body = answered.body
        if answered.headers.get("content-encoding") == "zstd":
            body = zstandard.ZstdDecompressor().decompressobj().decompress(body)
        found = {mark.decode() for mark in MARK.findall(body)}
        if leaked := found & self.secrets_kept_from(card):
            raise Broken("P9", f"an answer to {card.station} tells of {sorted(leaked)}")

    def tap_upwards(self, county: str, body: bytes, fields: Mapping[str, str]) -> None:
        """Look at what a hub asks the hub above, which is of another `county`. Raises Broken P9."""
        if not self.secrets or not body:
            return
        if fields.get("content-encoding") == "zstd":
            with suppress(zstandard.ZstdError):  # shortened on its way
                body = zstandard.ZstdDecompressor().decompressobj().decompress(body)
        kept = {
            mark for mark, number in self.secrets.items() if station_in(number)[:6] != county and not self.is_opened(number)
        }
        if leaked := {mark.decode() for mark in MARK.findall(body)} & kept:
            raise Broken("P9", f"what goes up to {county} tells of {sorted(leaked)}")

    def tap_parcel(self, card: StationCard, plain: bytes) -> None:
        """Look at what lies in a parcel for a station. Raises Broken P9."""
        with zipfile.ZipFile(BytesIO(plain)) as inside:
            found = {mark.decode() for name in inside.namelist() for mark in MARK.findall(inside.read(name))}
        if leaked := found & self.secrets_kept_from(card):
            raise Broken("P9", f"a parcel for {card.station} tells of {sorted(leaked)}")

    def is_open_to_all(self, number: Number) -> bool:
        """Whether nobody ever said that its caller is confidential, nor that he is not, nor erased anything of it."""
        said = [each.fact for each in self.written.values() if each.number == number]
        return not any(
            (isinstance(fact, Accepted) and fact.confidential)
            or (isinstance(fact, Corrected) and fact.confidential is not None)
            or isinstance(fact, WordsErased)
            for fact in said
        )


class Ear(logging.Handler):
    """Hears every line of every log of the program. A caller's mark in one, or a request the hub could not bear, is remembered."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.heard: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.exc_info:
            text += f" {record.exc_info[1]!r}"
        if MARK_TEXT.search(text):
            self.heard.append(("P9", f"the log says: {text}"))
        if record.levelno >= logging.ERROR:
            self.heard.append(("no trouble of its own", f"the log says: {text}"))
