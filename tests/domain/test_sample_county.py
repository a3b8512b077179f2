"""The sample county: every list reads, every reference meets its mark, nothing of it is invented where it must not be."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import msgspec
import pytest

from county_hotline.db.beside.reference import Bundle, bundle_from_folder
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
BUNDLE = msgspec.json.decode(bundle_from_folder(FOLDER, version=1, rule_pack="", calendar=""), type=Bundle)
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

    assert {card.role for card in STATIONS} == set(StationRole) - {StationRole.RELAY}, "a hub is no station of a county"
    assert all(card.unit in units and card.station.startswith("370323-") for card in STATIONS)


@pytest.mark.parametrize(
    "name",
    ["sample_county/LICENSE-china-division.txt", "calendar/LICENSE-holiday-cn.txt", "calendar/LICENSE-python-holidays.txt"],
)
def test_the_licences_of_what_is_not_ours_lie_beside_it(name: str) -> None:
    assert (PACKAGE / "data" / name).stat().st_size > 400


def test_every_one_of_the_sixteen_lawful_paths_says_whom_to_turn_to() -> None:
    paths = {path.code: path for path in BUNDLE.told_paths}

    assert [*paths] == [f"{code:02d}" for code in range(1, 17)]
    assert all(path.name and path.words.endswith("。") and path.path.endswith("。") for path in paths.values())
    assert (paths["02"].instead, paths["07"].instead) == ("transfer", "merge")
    assert {path.instead for path in paths.values()} == {"", "transfer", "merge"}
    assert all("信访" in part for part in (paths["05"].name, paths["05"].words))


def test_the_duty_list_stands_on_the_countys_own_categories_and_units_and_calls_itself_a_sample() -> None:
    units = {agency.code for agency in AGENCIES}
    categories = {category.code for category in CATEGORIES}

    assert [line.line for line in BUNDLE.duty_lines] == list(range(1, len(BUNDLE.duty_lines) + 1))
    assert len(BUNDLE.duty_lines) >= 20
    for line in BUNDLE.duty_lines:
        assert line.matter
        assert "示例" in line.basis
        assert line.category in categories
        assert {line.lead, line.fallback, *line.helpers} - {""} <= units, line
    assert any(not line.lead for line in BUNDLE.duty_lines)


def test_the_one_fallback_rule_is_marked_as_a_sample() -> None:
    assert [(rule.after_returns, rule.unit, "示例" in rule.named_by) for rule in BUNDLE.fallbacks] == [(2, "", True)]


def test_every_article_says_where_it_stands_and_of_when_it_is() -> None:
    units = {agency.code for agency in AGENCIES}
    categories = {category.code for category in CATEGORIES}

    assert len({article.code for article in BUNDLE.articles}) == len(BUNDLE.articles) >= 8
    for article in BUNDLE.articles:
        assert article.title
        assert article.source
        assert 40 <= len(article.text) <= 300
        assert date.fromisoformat(article.version).year > 2000
        assert not article.unit or article.unit in units
        assert not article.category or article.category in categories


def test_the_grids_lie_in_a_village_of_the_county() -> None:
    villages = {place.code for place in PLACES}

    assert BUNDLE.grids
    assert all(grid.place in villages and grid.code.startswith(grid.place) for grid in BUNDLE.grids)


def test_nothing_is_made_up_that_only_a_county_can_say() -> None:
    assert not any((BUNDLE.events, BUNDLE.campaigns, BUNDLE.rest_days, BUNDLE.packs))


def test_what_the_law_says_of_wages_and_of_going_to_court_is_said_whole() -> None:
    """《劳动争议调解仲裁法》第二十七条第四款: no year runs for wages while the employment lasts. 《行政复议法》第二十三条: what must first be
    reviewed."""
    wages, court = (next(each for each in BUNDLE.articles if each.code == code) for code in ("ZS006", "ZS005"))

    assert "劳动关系还在的，不受一年时效的限制" in wages.text
    assert "要先申请行政复议才能起诉" in court.text
    assert "第二十三条" in court.source


def test_no_told_path_promises_what_telling_it_does_not_do() -> None:
    """告知 ends an order: it joins it to no other, and nobody writes below it."""
    told = {path.code: f"{path.words}{path.path}" for path in BUNDLE.told_paths}

    assert "我们把" not in told["07"]
    assert "写在下面" not in told["16"]
