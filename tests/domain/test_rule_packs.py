"""Rule packs: the shipped ones say what their sources say, and a wrong one names line and key."""

from __future__ import annotations

import re

import pytest

from county_hotline.domain.rule_packs import RestDay, Span, Start, Unit, parse
from county_hotline.domain.vocabulary import MatterKind, Urgency
from county_hotline.errors import BadInput
from tests.support.source import PACKAGE

FILES = sorted((PACKAGE / "rule_packs").glob("*.toml"))
PACKS = {file.stem: parse(file.read_text(encoding="utf-8")) for file in FILES}
SHANDONG = (PACKAGE / "rule_packs" / "shandong-2020.toml").read_text(encoding="utf-8")

KINDS = ("inquiry", "help", "suggestion", "complaint", "tip_off", "praise")


@pytest.mark.parametrize(
    ("pack", "days"),
    [
        ("shandong-2020", (5, 5, 5, 5, 5, 5)),
        ("guangdong-2022", (2, 10, 10, 15, 15, None)),
        ("sichuan-2026", (3, 7, 7, 15, 15, None)),
        ("fujian-pending", (None,) * 6),
    ],
)
def test_limits_are_those_of_the_source_and_no_others(pack: str, days: tuple[int | None, ...]) -> None:
    limits = [PACKS[pack].limit_for(MatterKind(kind)) for kind in KINDS]

    assert tuple(limit and limit.amount for limit in limits) == days
    assert {limit.unit for limit in limits if limit} <= {Unit.WORKDAY}


def test_these_packs_ship_and_no_others() -> None:
    assert set(PACKS) == {"shandong-2020", "guangdong-2022", "sichuan-2026", "fujian-pending"}


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_names_its_source_and_what_had_to_be_assumed(name: str) -> None:
    pack = PACKS[name]

    assert pack.name == name
    assert pack.reference == f"{name}@1"
    assert re.search(r"[\w-]+\.(?:net|com|cn)\b", pack.source)
    assert pack.assumptions


def test_a_pack_without_limits_is_not_settled() -> None:
    assert [name for name, pack in PACKS.items() if not pack.is_settled] == ["fujian-pending"]


def test_extension_and_sending_back_as_shandong_has_them() -> None:
    pack = PACKS["shandong-2020"]

    assert pack.extension is not None
    assert pack.extension.longest == Span(10)
    assert pack.sending_back is not None
    assert pack.sending_back.within == Span(2)
    assert not pack.sending_back.restarts_callers_limit


def test_a_tighter_limit_by_urgency_goes_before_the_kinds() -> None:
    pack = parse(SHANDONG + '\n[urgent]\ncritical = { amount = 2, unit = "hour" }\n')

    urgent, normal = pack.limit_for(MatterKind.HELP, Urgency.CRITICAL), pack.limit_for(MatterKind.HELP, Urgency.URGENT)

    assert urgent is not None
    assert (urgent.amount, urgent.unit) == (2, Unit.HOUR)
    assert normal is not None
    assert normal.amount == 5


def test_a_limit_carries_how_its_days_are_counted() -> None:
    changed = SHANDONG.replace('"next_workday"', '"same_day"').replace('"as_received"', '"as_next_workday"')

    limit = parse(changed.replace('"24:00"', '"17:30"')).limit_for(MatterKind.HELP)

    assert limit is not None
    assert (limit.start, limit.rest_day, limit.end_of_day) == (Start.SAME_DAY, RestDay.AS_NEXT_WORKDAY, "17:30")
    assert limit.pack == "山东2020"


@pytest.mark.parametrize(
    ("find", "put", "key"),
    [
        ("amount = 5", "amount = 0", "limits[...].amount"),
        ("amount = 5", 'amount = "5"', "limits[...].amount"),
        ('{ amount = 5, unit = "workday" }', '{ amount = 5, unit = "week" }', "limits[...].unit"),
        ("all =", "everything =", "limits.everything"),
        ('start = "next_workday"', 'start = "tomorrow"', "day_count.start"),
        ('end_of_day = "24:00"', 'end_of_day = "late"', "day_count.end_of_day"),
        ('region = "370000"', 'region = "Shandong"', "region"),
        ('valid_from = "2020-01"', 'valid_from = "January"', "valid_from"),
        ('valid_from = "2020-01"', 'valid_form = "2020-01"', "valid_form"),
        ('title = "山东2020"', 'title = " "', "title"),
        ('name = "shandong-2020"', 'name = "Shandong 2020"', "name"),
        ("version = 1", "version = 1.5", "version"),
    ],
)
def test_a_wrong_pack_names_line_and_key(find: str, put: str, key: str) -> None:
    text = SHANDONG.replace(find, put, 1)
    line = next(place for place, words in enumerate(text.splitlines(), start=1) if put in words)

    with pytest.raises(BadInput) as fault:
        parse(text)

    assert (fault.value.code, fault.value.details) == ("I105", {"line": line, "key": key})


def test_what_is_no_toml_names_the_line() -> None:
    with pytest.raises(BadInput) as fault:
        parse(SHANDONG.replace("version = 1", "version = = 1"))

    assert (fault.value.details["line"], fault.value.details["key"]) == (3, "version = = 1")


def test_a_pack_without_a_source_is_no_pack() -> None:
    with pytest.raises(BadInput) as fault:
        parse(re.sub(r"source = .*\n", "", SHANDONG))

    assert fault.value.details["key"] == "source"
