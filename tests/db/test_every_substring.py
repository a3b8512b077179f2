"""完整: every two characters or more of what an order says find it, whatever they are, in the index and before they are in it."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables import register_pages, search
from county_hotline.db.tables.regions import RegionNames
from county_hotline.domain import pinyin
from county_hotline.domain.highlighting import flat
from county_hotline.domain.reference import Place
from county_hotline.domain.views import RegisterQuery
from county_hotline.ids import Number
from tests.support.builders import a_caller
from tests.support.stations import Station

WORDS = (
    "路灯不亮",
    "編號00012345",
    "A16区3号楼",
    "𠮷田家",
    "２０㎡",
    "吳家莊",
    "村口😀停電",
    "KTV",
    "13800138000",
    "一",
    "，",
    "\n",
    "Ab-9",
    "喆",
    "é",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=4).map("".join)
MESSAGES = (
    "西洪村三组村道塌陷，学生上学要绕行两里路，请尽快派人查看。联系电话13905331234。",
    "振興路與人民路交叉口的路燈已經三天不亮，A16區6號樓2单元1201室。",
    "㐂家庄園一期 Ｂ座１２層漏水 ,物業說要等通知（编号：NX-2024-00881）😀😀请回电",
)


def pieces(text: str) -> Iterator[str]:
    """Everything of two letters or more that can be cut out of a text and typed without a blank."""
    for start in range(len(text)):
        for end in range(start + 2, min(len(text), start + 24) + 1):
            if len(flat(text[start:end])) >= 2:
                yield "".join(text[start:end].split())


def found(db: Connection, typed: str) -> set[int]:
    wanted = search.wanted(typed)
    if wanted is None:
        return set()
    rows, values = wanted.rows()
    return {row for (row,) in db.execute(f"SELECT rowid FROM {rows}", values)}


def fill(db: Connection, lines: list[search.Line], *, indexed: bool) -> None:
    search.clear(db)
    if indexed:
        db.executemany("INSERT INTO search (rowid, pairs) VALUES (?,?)", [(line.row, search._words(line)) for line in lines])
    else:
        search.add(db, lines)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(fields=st.lists(TEXTS, min_size=1, max_size=4), others=st.lists(TEXTS, max_size=2), indexed=st.booleans())
@example(fields=["编号00012345"], others=["路3号楼"], indexed=True)
def test_every_substring_of_an_order_finds_it(hall: Station, fields: list[str], others: list[str], indexed: bool) -> None:
    db = hall.store.database.connection()
    fill(db, [search.line_of(1, fields, []), search.line_of(2, others, [])], indexed=indexed)

    for field in fields:
        for typed in set(pieces(field)):
            assert 1 in found(db, typed), typed


@pytest.mark.parametrize("indexed", [False, True])
def test_every_substring_of_a_message_finds_it_and_no_other(hall: Station, indexed: bool) -> None:
    db = hall.store.database.connection()
    fill(db, [search.line_of(row, [text], []) for row, text in enumerate(MESSAGES)], indexed=indexed)

    for row, text in enumerate(MESSAGES):
        for typed in set(pieces(text)):
            assert found(db, typed) == {at for at, each in enumerate(MESSAGES) if flat(typed) in flat(each)}, (row, typed)


def said_in(folder: Path | None) -> list[list[str]]:
    """What real messages say, field by field (`*.jsonl.gz`, whatever their fields are called); our own where there are none."""
    files = sorted(folder.glob("*.jsonl.gz")) if folder else []
    lines = (line for file in files for line in gzip.decompress(file.read_bytes()).decode().splitlines())
    records = map(json.loads, lines)
    found = [[text for text in record.values() if isinstance(text, str) and len(flat(text)) >= 2] for record in records]
    return [fields for fields in found if fields] or [[text] for text in MESSAGES]


@pytest.mark.long
def test_real_messages_are_found_by_whatever_is_cut_out_of_them(hall: Station, rng: random.Random) -> None:
    """All together in one index. `HOTLINE_MESSAGES` names the folder; no text of theirs stands in what this test says of a failure."""
    given = os.environ.get("HOTLINE_MESSAGES")
    db = hall.store.database.connection()
    messages = said_in(Path(given) if given else None)
    fill(db, [search.line_of(row, fields, []) for row, fields in enumerate(messages)], indexed=True)
    whole = ["\ue000".join(map(flat, fields)) for fields in messages]
    lost, others, asked = [], [], 0

    for row, fields in enumerate(messages):
        for at in range(12):
            field = rng.choice(fields)
            start = rng.randrange(len(field) - 1)
            typed = "".join(field[start : start + rng.choice((2, 2, 3, 4, 6, 10, 25))].split())
            if len(flat(typed)) < 2 or (wanted := search.wanted(typed)) is None:
                continue
            asked += 1
            if db.execute("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (wanted.match, row)).fetchone() is None:
                lost.append((row, start, len(typed)))
            if at == 0 and row % 40 == 0 and not typed.isascii():  # Latin is also looked for as a sound
                others += [(row, start, len(typed))] * (
                    found(db, typed) != {n for n, text in enumerate(whole) if flat(typed) in text}
                )

    assert (lost, others) == ([], []), asked
    assert asked >= 10 * len(messages) or not given


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize("name", ["单田芳", "吳家莊", "红星镇人民路3号楼", "曾吕", "𠮷祥", "重庆路长安里"])
def test_a_name_is_found_by_every_beginning_of_its_sound_from_any_character_on(hall: Station, name: str, indexed: bool) -> None:
    db = hall.store.database.connection()
    fill(db, [search.line_of(1, [name], [], [name]), search.line_of(2, ["路灯"], [], ["𠀀"])], indexed=indexed)

    for start in range(len(name)):
        sounds = {"".join(way) for way in pinyin.spellings(name[start:], 2)}
        for typed in (*sounds, *("".join(syllable[0] for syllable in way) for way in pinyin.spellings(name[start:], 2))):
            for end in range(2, len(typed) + 1):
                assert found(db, typed[:end]) == {1}, typed[:end]
    assert found(db, "shanchuan") == set()


def rows(station: Station, typed: str, **given: object) -> list[Number]:
    return [row.number for row in station.store.register(RegisterQuery(text=typed, **given), after=None, limit=9).rows]  # type: ignore[arg-type]


def test_an_order_is_found_by_the_ending_of_every_number_it_has(hall: Station) -> None:
    person = a_caller(name="王贵香", phone="13905331234")
    number = hall.accept(person, query_code="7K3M9Q2X", external_number="W2026-0012345", place_detail="人民路88号")
    hall.accept(a_caller(name="李四", phone="13800000000"), query_code="AAAAAAAA")

    plain = number.replace("-", "")
    endings = [plain[-4:], plain[-7:], number[-9:], "9Q2X", "1234", "05331234", "12345", "6-0012345"]
    for typed in endings:
        assert number in rows(hall, typed), typed


@pytest.mark.parametrize("typed", ["wgx", "wangguixiang", "WangGui", "guix", "rml88h", "renminlu", "王贵", "0533"])
def test_a_caller_and_a_place_are_found_by_sound_but_never_a_confidential_caller(hall: Station, typed: str) -> None:
    person = a_caller(name="王贵香", phone="13905331234", address="人民路88号")
    number = hall.accept(person, place_detail="")
    hall.accept(person, place_detail="", confidential=True)

    assert rows(hall, typed) == [number]


COUNTY = (
    Place("370323103", "燕崖镇", "燕崖镇", "yyz"),
    Place("370323103201", "西郑王庄村", "燕崖镇 西郑王庄村", "yyzxzwzc"),
    Place("370323104", "石桥镇", "石桥镇", "sqz"),
    Place("370323104201", "东长旺村", "石桥镇 东长旺村", "sqzdcwc"),
)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("燕崖", {"370323103"}),
        ("yyz", {"370323103"}),
        ("yanya", {"370323103"}),
        ("王庄", {"370323103201"}),
        ("xzwz", {"370323103201"}),
        ("zhengw", {"370323103201"}),
        ("dzw", {"370323104201"}),
        ("zhangwang", {"370323104201"}),
        ("ngyan", set()),
        ("路灯", set()),
    ],
)
def test_a_region_is_called_by_its_name_its_initials_or_its_sound(typed: str, codes: set[str]) -> None:
    assert set(RegionNames(COUNTY).called(typed)) == codes


@pytest.mark.parametrize("typed", ["燕崖镇", "yyz", "yanyazhen", "燕崖镇 路灯", "王庄"])
def test_an_order_is_found_by_the_region_it_happened_in(hall: Station, typed: str) -> None:
    inside = hall.accept(place="370323103201", title="路灯不亮")
    hall.accept(place="370323104201", title="路灯不亮")
    database, regions = hall.store.database, RegionNames(COUNTY).called

    page = register_pages.register(database, RegisterQuery(text=typed), after=None, limit=9, regions=regions)

    assert [row.number for row in page.rows] == [inside]
