"""Reference data: the county's lists as one document, packs that orders keep, and changes made here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from county_hotline.db.beside.reference import CHANGED_HERE, KEPT_CALENDARS, Bundle, bundle_from_folder
from county_hotline.domain.reference import Article, Grid, ToldPath
from county_hotline.domain.rule_packs import parse
from county_hotline.errors import BadInput
from tests.support.source import PACKAGE
from tests.support.stations import Station

SHANDONG = (PACKAGE / "rule_packs" / "shandong-2020.toml").read_text(encoding="utf-8")
GUANGDONG = (PACKAGE / "rule_packs" / "guangdong-2022.toml").read_text(encoding="utf-8")
SD, GD = parse(SHANDONG).reference, parse(GUANGDONG).reference
CALENDAR = (PACKAGE / "data" / "calendar" / "china.toml").read_text(encoding="utf-8")
SAMPLE = PACKAGE / "data" / "sample_county"


def document(version: int = 1, **parts: object) -> bytes:
    return msgspec.json.encode(Bundle(version, "370323", "沂源县", "沂源县热线", **parts))  # type: ignore[arg-type]


def references(station: Station) -> list[str]:
    return [pack.reference for pack in station.store.reference.packs()]


def test_a_document_of_release_0_1_0_is_read_without_the_new_lists(hall: Station) -> None:
    old = {"version": 3, "county": "370323", "county_name": "沂源县", "title": "热线", "agencies": [], "rule_pack": SHANDONG}

    bundle = hall.store.reference.take_bundle(msgspec.json.encode(old))

    assert not any((bundle.told_paths, bundle.duty_lines, bundle.articles, bundle.grids, bundle.rest_days, bundle.packs))
    assert references(hall) == [SD]


def test_a_change_is_a_new_version_and_marked_as_made_here(hall: Station) -> None:
    hall.store.reference.take_bundle(document(7, grids=(Grid("1", "一", "370323109201"),)))
    assert hall.store.note(CHANGED_HERE) is None

    bundle = hall.store.reference.change(articles=(Article("ZS001", "题", "文", "2026-11-21"),))

    assert (bundle.version, hall.store.reference.version()) == (8, 8)
    assert [grid.code for grid in hall.store.reference.bundle().grids] == ["1"]
    assert hall.store.note(CHANGED_HERE) == "8"


def test_a_change_that_cannot_be_read_changes_nothing(hall: Station) -> None:
    hall.store.reference.take_bundle(document(rule_pack=SHANDONG))
    wrong: dict[str, object] = {"rest_days": ("2026-13-01",), "rule_pack": "name = 3", "told_paths": (3,)}

    for name, value in wrong.items():
        with pytest.raises(BadInput):
            hall.store.reference.change(**{name: value})

    assert hall.store.reference.version() == 1
    assert hall.store.note(CHANGED_HERE) is None
    assert references(hall) == [SD]


def test_two_processes_that_change_lists_lose_nothing_of_each_other(hall: Station) -> None:
    hall.store.reference.take_bundle(document())
    other = Station(hall.folder, hall.clock, hall.card)
    other.store.reference.bundle()

    hall.store.reference.change(grids=(Grid("1", "一", "370323109201"),))
    other.store.reference.change(rest_days=("2026-12-01",))

    bundle = hall.store.reference.bundle()
    assert (bundle.version, len(bundle.grids), bundle.rest_days) == (3, 1, ("2026-12-01",))
    other.store.close()


def test_a_pack_that_was_replaced_is_kept_for_the_orders_accepted_under_it(hall: Station) -> None:
    reference = hall.store.reference
    reference.take_bundle(document(rule_pack=SHANDONG))

    reference.change(rule_pack=GUANGDONG)

    assert references(hall) == [GD, SD]
    assert reference.bundle().packs == (SHANDONG,)
    pack = reference.pack(SD)
    assert pack is not None
    assert pack.title
    assert reference.pack("shandong-2020@9") is None
    assert reference.rule_pack() == reference.pack(GD)


def test_a_document_from_above_that_knows_no_older_packs_takes_none_away(hall: Station) -> None:
    reference = hall.store.reference
    reference.take_bundle(document(1, rule_pack=SHANDONG))
    reference.take_bundle(document(2, rule_pack=GUANGDONG))
    reference.take_bundle(document(3, rule_pack=GUANGDONG))
    hall.restart()

    assert references(hall) == [GD, SD]

    hall.store.reference.take_bundle(document(4, rule_pack=SHANDONG))
    assert references(hall) == [SD, GD]


def test_without_a_pack_in_force_there_is_none_though_older_ones_are_kept(hall: Station) -> None:
    hall.store.reference.take_bundle(document(1, rule_pack=SHANDONG))
    hall.store.reference.take_bundle(document(2))

    assert hall.store.reference.rule_pack() is None
    assert references(hall) == [SD]


def test_the_calendar_counts_the_countys_own_rest_days(hall: Station) -> None:
    day = date(2026, 11, 25)
    hall.store.reference.take_bundle(document(calendar=CALENDAR))
    before = hall.store.reference.calendar()

    hall.store.reference.change(rest_days=(day.isoformat(),))
    after = hall.store.reference.calendar()

    assert before is not None
    assert after is not None
    assert (before.is_workday(day), after.is_workday(day)) == (True, False)


def test_a_countys_folder_may_hold_any_of_the_lists(tmp_path: Path) -> None:
    for name in ("county.toml", "agencies.json", "categories.json", "places.json"):
        (tmp_path / name).write_bytes((SAMPLE / name).read_bytes())
    (tmp_path / "rest_days.json").write_text('["2026-12-01"]', encoding="utf-8")
    path = ToldPath("01", "甲", "乙。", "丙。", "")
    (tmp_path / "told_paths.json").write_bytes(msgspec.json.encode([path]))

    bundle = msgspec.json.decode(bundle_from_folder(tmp_path, version=1, rule_pack="", calendar=""), type=Bundle)

    assert (bundle.told_paths, bundle.rest_days, bundle.grids) == ((path,), ("2026-12-01",), ())
    (tmp_path / "grids.json").write_text('[{"code": 3}]', encoding="utf-8")
    with pytest.raises(BadInput, match="I111"):
        bundle_from_folder(tmp_path, version=1, rule_pack="", calendar="")


# ---------------------------------------------------------------- calendars once in force

OTHER_CALENDAR = CALENDAR + '\n[[year]]\nyear = 2028\nannounced = false\noff = ["2028-01-03"]\n'
MONDAY = date(2028, 1, 3)


def test_a_calendar_that_is_replaced_is_kept_with_the_rest_days_of_then(hall: Station) -> None:
    reference = hall.store.reference
    reference.take_bundle(document(calendar=CALENDAR))
    assert reference.calendars() == ()

    reference.change(rest_days=("2026-11-25",))
    reference.change(calendar=OTHER_CALENDAR)

    with_rest, without = reference.calendars()
    assert (with_rest.is_workday(date(2026, 11, 25)), without.is_workday(date(2026, 11, 25))) == (False, True)
    assert with_rest.is_workday(MONDAY)
    assert [len(kept.rest_days) for kept in reference.bundle().calendars] == [0, 1], "they travel with the bundle"
    assert hall.store.reference.calendar() is not None


def test_one_that_comes_back_into_force_is_none_of_those_that_were(hall: Station) -> None:
    reference = hall.store.reference
    reference.take_bundle(document(calendar=CALENDAR))
    reference.change(calendar=OTHER_CALENDAR)
    reference.change(calendar=CALENDAR)
    reference.change(title="别的事")

    (kept,) = reference.calendars()
    assert not kept.is_workday(MONDAY)


def test_a_document_of_the_hub_that_knows_no_older_calendar_takes_none_away(hall: Station) -> None:
    hall.store.reference.take_bundle(document(1, calendar=CALENDAR))
    hall.store.reference.take_bundle(document(2, calendar=OTHER_CALENDAR))
    hall.restart()

    assert len(hall.store.reference.calendars()) == 1
    hall.store.reference.take_bundle(document(3, calendar=OTHER_CALENDAR, rest_days=("2026-11-25",)))
    assert len(hall.store.reference.calendars()) == 2


def test_only_the_latest_calendars_are_kept(hall: Station) -> None:
    hall.store.reference.take_bundle(document(calendar=CALENDAR))
    for day in range(1, KEPT_CALENDARS + 3):
        hall.store.reference.change(rest_days=(f"2026-12-{day:02}",))

    kept = hall.store.reference.calendars()
    assert len(kept) == KEPT_CALENDARS
    assert kept[0].rest_days == {date(2026, 12, KEPT_CALENDARS + 1)}
