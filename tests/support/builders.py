"""What tests are made of: callers, requests, stations' cards. Each has everything it needs; name only what matters to the test."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from county_hotline.domain.entries import GENESIS, Entry, Words, seal
from county_hotline.domain.facts import Accepted, Fact, Person
from county_hotline.domain.receipts import Head
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import words_of
from county_hotline.domain.vocabulary import Channel, MatterKind, StationRole
from county_hotline.ids import AgencyCode, EntryId, Life, Number, OfficerId, StationId, new_entry_id, new_salt
from tests.support.ticking_clock import MORNING

KEY = bytes(range(32))
OFFICER = OfficerId("0301 受理员甲")
TOWN = AgencyCode("370323103")
WATER = AgencyCode("37032320")
HOUSING = AgencyCode("37032321")
CENTRE = AgencyCode("37032300")

Make = Callable[[Number], tuple[Accepted, Person]]


def a_caller(**given: object) -> Person:
    """诉求人, reachable."""
    return msgspec.structs.replace(Person(name="示例来电人", phone="13800138000", address="示例路1号"), **given)


def an_order(**given: object) -> Accepted:
    """受理, as a hall writes it."""
    accepted = Accepted(
        query_code="7K3M9Q2X",
        unit=TOWN,
        channel=Channel.VISIT,
        matter_kind=MatterKind.HELP,
        category="0102",
        place="370323103201",
        title="路灯不亮",
        content="村口的路灯三天不亮，晚上看不清路。",
        came_at=MORNING,
        due_on="2026-11-30",
    )
    return msgspec.structs.replace(accepted, **given)


def made(person: Person | None = None, **given: object) -> Make:
    """What `Store.accept` asks for."""
    return lambda number: (an_order(**given), person or a_caller())


def a_card(station: str = "03", role: StationRole = StationRole.HALL, unit: str = TOWN) -> StationCard:
    """站点 of the sample county."""
    return StationCard(
        station=StationId(f"370323-{station}"),
        county="370323",
        county_name="沂源县",
        unit=AgencyCode(unit),
        unit_name="示例单位",
        role=role,
    )


def an_entry(
    number: str,
    fact: Fact,
    *,
    after: Head | None = None,
    station: str = "370323-09",
    life: str = "A",
    basis: str | None = None,
    person: Person | None = None,
    entry_id: str | None = None,
    kind: str | None = None,
    version: int | None = None,
) -> Entry:
    """One sealed entry of another station's chain, following `after`."""
    return seal(
        entry_id=EntryId(entry_id or new_entry_id(MORNING)),
        work_order=Number(number),
        station=StationId(station),
        life=Life(life),
        serial=after.serial + 1 if after else 1,
        basis=EntryId(basis) if basis else None,
        officer=OfficerId("0901 承办员甲"),
        recorded_at=MORNING,
        clock_note="",
        kind=kind or fact.kind,
        version=version or fact.version,
        prev_hash=after.hash if after else GENESIS,
        words=Words(new_salt(), words_of(fact)),
        person=None if person is None else Words(new_salt(), words_of(person)),
    )


def head_of(entry: Entry) -> Head:
    """Where the chain stands after this entry."""
    return Head(entry.station, entry.life, entry.serial, entry.hash)
