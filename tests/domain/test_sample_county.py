"""The sample county: every list reads, every reference meets its mark, nothing of it is invented where it must not be."""

from __future__ import annotations

import re
import tomllib

import msgspec
import pytest

from county_hotline.domain.reference import Account, Agency, Category, Place, StationCard
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from tests.support.source import PACKAGE

FOLDER = PACKAGE / "data" / "sample_county"


def read(name: str, kind: type[msgspec.Struct]) -> tuple[msgspec.Struct, ...]:
    return msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=tuple[kind, ...], strict=True)  # type: ignore[valid-type]


AGENCIES: tuple[Agency, ...] = read("agencies", Agency)  # type: ignore[assignment]
CATEGORIES: tuple[Category, ...] = read("categories", Category)  # type: ignore[assignment]
PLACES: tuple[Place, ...] = read("places", Place)  # type: ignore[assignment]
ACCOUNTS: tuple[Account, ...] = read("accounts", Account)  # type: ignore[assignment]
STATIONS: tuple[StationCard, ...] = read("stations", StationCard)  # type: ignore[assignment]
COUNTY = tomllib.loads((FOLDER / "county.toml").read_text(encoding="utf-8"))


def test_the_county_names_itself_its_pack_and_its_sources() -> None:
    assert (COUNTY["code"], COUNTY["name"], COUNTY["note"]) == ("370323", "沂源县", "示例")
    assert (PACKAGE / "rule_packs" / f"{COUNTY['rule_pack']}.toml").is_file()
    assert "国家统计局" in COUNTY["places_source"]
    assert set(map(type, COUNTY.values())) == {str}


def test_twelve_townships_and_their_villages() -> None:
    townships = [place for place in PLACES if len(place.code) == 9]
    villages = [place for place in PLACES if len(place.code) == 12]

    assert (len(townships), len(villages)) == (12, 468)
    assert {place.code[:9] for place in villages} == {place.code for place in townships}


@pytest.mark.parametrize("rows", [AGENCIES, CATEGORIES, PLACES], ids=["agencies", "categories", "places"])
def test_no_code_stands_twice(rows: tuple[Agency, ...]) -> None:
    assert len({row.code for row in rows}) == len(rows)


def test_every_place_has_a_path_initials_and_a_township_that_answers_for_it() -> None:
    units = {agency.code for agency in AGENCIES}

    for place in PLACES:
        assert place.path.endswith(place.name)
        assert re.fullmatch(r"[a-z]{2,}", place.initials), place
        assert len(place.initials) == len(place.path.replace(" ", ""))
        assert place.agency == place.code[:9]
        assert place.agency in units


def test_initials_are_what_a_clerk_types() -> None:
    found = {place.path: place.initials for place in PLACES}

    assert found["燕崖镇"] == "yyz"
    assert found["西里镇 红星村"] == "xlzhxc"


def test_every_unit_has_a_short_name_and_no_phone_is_made_up() -> None:
    assert all(agency.name and agency.short_name and not agency.phone for agency in AGENCIES)
    assert sum(bool(agency.place) for agency in AGENCIES) == 12


def test_the_tree_of_categories_holds_together() -> None:
    by_code = {category.code: category for category in CATEGORIES}

    for category in CATEGORIES:
        above = by_code.get(category.parent)
        assert len(category.code) in {2, 4, 6}
        assert category.parent == category.code[:-2]
        assert category.path == (f"{above.path} / {category.name}" if above else category.name)
    assert len([c for c in CATEGORIES if c.code not in {other.parent for other in CATEGORIES}]) > 80


def test_every_hint_of_a_unit_meets_a_unit() -> None:
    assert {category.usual_agency for category in CATEGORIES} - {agency.code for agency in AGENCIES} <= {""}


def test_the_accounts_are_named_by_their_duty_and_cover_every_duty() -> None:
    assert {role for account in ACCOUNTS for role in account.roles} == set(OfficerRole)
    assert all(account.officer == f"{account.badge} {account.name}" for account in ACCOUNTS)
    assert all(re.search(r"员|负责人", account.name) for account in ACCOUNTS)


def test_the_sample_stations_play_the_three_parts() -> None:
    units = {agency.code for agency in AGENCIES}

    assert {card.role for card in STATIONS} == set(StationRole)
    assert all(card.unit in units and card.station.startswith("370323-") for card in STATIONS)


@pytest.mark.parametrize(
    "name",
    ["sample_county/LICENSE-china-division.txt", "calendar/LICENSE-holiday-cn.txt", "calendar/LICENSE-python-holidays.txt"],
)
def test_the_licences_of_what_is_not_ours_lie_beside_it(name: str) -> None:
    assert (PACKAGE / "data" / name).stat().st_size > 400
