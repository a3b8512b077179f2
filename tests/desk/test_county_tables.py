"""县里的表 from Excel: what comes out goes in unchanged, rows that are wrong say where and how, and nothing is written half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.desk import county_tables, intake
from county_hotline.desk.county_table_plan import TablePreview
from county_hotline.desk.county_table_specs import NAMES, table_named
from county_hotline.desk.founding import NewStation
from county_hotline.domain.reference import Agency, Category, Grid, Place
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import AgencyCode
from tests.support.desks import Counter, a_form
from tests.support.marks import found_in
from tests.support.ticking_clock import TickingClock

Rows = Sequence[Sequence[object]]


@pytest.fixture
def centre(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "centre", clock, NewStation(role=StationRole.CENTRE))
    counter.sits(OfficerRole.ADMIN)
    yield counter
    counter.store.close()


def workbook(file: Path, rows: Rows) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    return file


def looked(centre: Counter, name: str, folder: Path, rows: Rows) -> TablePreview:
    return county_tables.look(centre.desk, name, workbook(folder / f"{name}.xlsx", rows))


def told(preview: TablePreview) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in preview.faults]


def version(centre: Counter) -> int:
    return centre.store.reference.version()


def bundle_items(centre: Counter, name: str) -> tuple[object, ...]:
    return table_named(name).items(centre.store.reference.bundle())


# ---------------------------------------------------------------- out and in again


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("name", NAMES)
def test_what_comes_out_goes_in_again_and_changes_nothing(centre: Counter, tmp_path: Path, name: str, ending: str) -> None:
    file = tmp_path / f"表.{ending}"
    before, there = version(centre), bundle_items(centre, name)

    assert county_tables.export(centre.desk, name, file) == len(there)
    preview = county_tables.look(centre.desk, name, file)

    assert told(preview) == []
    assert (preview.count("same"), preview.writes, preview.missing, preview.moved) == (len(there), 0, (), 0)
    assert county_tables.take(centre.desk, preview) == 0
    assert version(centre) == before
    assert centre.told == []


@pytest.mark.parametrize("name", NAMES)
def test_the_second_row_says_what_belongs_in_each_column(centre: Counter, tmp_path: Path, name: str) -> None:
    file = tmp_path / "表.xlsx"
    county_tables.export(centre.desk, name, file)

    sheet = openpyxl.load_workbook(file).active
    heads, notes = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=2))

    assert len(heads) == len(table_named(name).columns)
    assert notes[0].startswith("说明：")
    assert all(words and "〔" not in words for words in (*heads, *notes))


def test_a_name_that_looks_like_a_formula_stays_a_name(centre: Counter, tmp_path: Path) -> None:
    odd = Agency(AgencyCode("370323D90"), "=1+1 公司", phone="-0533")
    centre.store.reference.change(agencies=(*centre.store.reference.agencies(), odd))
    file = tmp_path / "表.xlsx"

    county_tables.export(centre.desk, "agencies", file)

    assert county_tables.look(centre.desk, "agencies", file).writes == 0


def test_nothing_of_who_called_is_in_a_table(centre: Counter, tmp_path: Path) -> None:
    marks = ("王标记贵", "13805339157", "标记路七号")
    desk = centre.sits(OfficerRole.CLERK, OfficerRole.ADMIN)
    intake.accept(desk, a_form(name=marks[0], phone=marks[1], place_detail=marks[2]))
    for name in NAMES:
        file = tmp_path / f"{name}.csv"
        county_tables.export(desk, name, file)
        assert found_in(file.read_bytes(), marks) == []
        assert found_in(file.read_bytes() + marks[0].encode(), marks) != []


# ---------------------------------------------------------------- a preview, then one change


def test_new_changed_unchanged_and_missing_are_counted_and_the_missing_stay(centre: Counter, tmp_path: Path) -> None:
    there = centre.store.reference.agencies()
    first, second = there[0], there[1]
    rows = [
        ["单位名称", "电话", "机构代码"],
        [first.name, "0533-3240000", first.code],
        [second.name, second.phone, second.code],
        ["沂源县数据局", "0533-3241111转8、3242222", "370323d77"],
    ]

    preview = looked(centre, "agencies", tmp_path, rows)
    before = version(centre)
    written = county_tables.take(centre.desk, preview)

    assert [preview.count(state) for state in ("new", "changed", "same")] == [1, 1, 1]
    assert len(preview.missing) == len(there) - 2
    assert preview.planned[0].changes == ("电话：（空） → 0533-3240000",)
    assert (written, version(centre)) == (2, before + 1)
    after = centre.store.reference.agencies()
    assert after[:2] == (replace(first, phone="0533-3240000"), second)
    assert after[2:-1] == there[2:]
    assert after[-1] == Agency(AgencyCode("370323D77"), "沂源县数据局", phone="0533-3241111转8、3242222")
    assert [each.reference for each in centre.told] == [True]


def test_a_title_above_the_heads_and_columns_of_their_own_are_no_hindrance(centre: Counter, tmp_path: Path) -> None:
    rows: Rows = [
        ["沂源县承办单位一览表"],
        [],
        ["序号", "单位代码", "单位全称", "备注"],
        [1, "370323D78", "沂源县林场", "新设"],
    ]

    preview = looked(centre, "agencies", tmp_path, rows)

    assert [(each.row, each.code, each.state) for each in preview.planned] == [(4, "370323D78", "new")]


def test_a_renamed_township_renames_the_paths_and_initials_of_its_villages(centre: Counter, tmp_path: Path) -> None:
    villages = [each for each in centre.store.reference.places() if each.code.startswith("370323109") and len(each.code) == 12]

    preview = looked(centre, "places", tmp_path, [["编码", "名称", "拼音首字母"], ["370323109", "红星镇", "yyz"]])
    county_tables.take(centre.desk, preview)

    assert preview.moved == len(villages) > 0
    after = {each.code: each for each in centre.store.reference.places()}
    assert (after["370323109"].path, after["370323109"].initials) == ("红星镇", "hxz")
    assert all(after[each.code].path == f"红星镇 {each.name}" for each in villages)
    assert all(after[each.code].initials.startswith("hxz") for each in villages)


def test_a_village_comes_with_its_township_aliases_and_unit_and_stands_among_its_like(centre: Counter, tmp_path: Path) -> None:
    rows = [
        ["区划代码", "村居", "乡镇", "别名", "属地单位"],
        ["370323199201", "新村", "新镇", "西郊路、老集,西郊路", "历山街道"],
        ["370323199", "新镇", "", "", "370323001"],
    ]

    county_tables.take(centre.desk, looked(centre, "places", tmp_path, rows))

    places = centre.store.reference.places()
    assert [each.code for each in places] == sorted((each.code for each in places), key=lambda code: (len(code), code))
    assert centre.store.reference.place("370323199201") == Place(
        "370323199201", "新村", "新镇 新村", "xzxc", AgencyCode("370323001"), ("西郊路", "老集")
    )


def test_a_new_category_gets_its_parent_and_path_from_its_code(centre: Counter, tmp_path: Path) -> None:
    rows = [["编码", "分类名称", "责任单位"], ["9801", "直播带货", "县住建局"], ["98", "网络消费", ""]]

    county_tables.take(centre.desk, looked(centre, "categories", tmp_path, rows))

    assert centre.store.reference.category("9801") == Category(
        "9801", "直播带货", "网络消费 / 直播带货", "98", AgencyCode("370323D04")
    )


def test_a_grid_lies_in_a_village(centre: Counter, tmp_path: Path) -> None:
    village = centre.store.reference.place("370323109201")
    rows = [
        ["网格编码", "网格名称", "所在村居", "网格员"],
        ["G-1", "第九网格", village.path, "网格员甲"],
        ["G-2", "十", "燕崖镇", ""],
    ]

    preview = looked(centre, "grids", tmp_path, rows)
    county_tables.take(centre.desk, preview, right_only=True)

    assert told(preview) == [(3, "所在村居", "I245")]
    assert centre.store.reference.bundle().grids[-1] == Grid("G-1", "第九网格", village.code, "网格员甲")


# ---------------------------------------------------------------- rows that are wrong

WRONG: list[tuple[str, str, Rows, list[tuple[int, str, str]], str]] = [
    ("a code twice", "agencies", [["370323D91", "甲局"], ["370323D91", "乙局"]], [(3, "编码", "I231")], "第 2 行已经有"),
    ("no code", "agencies", [["", "甲局"]], [(2, "编码", "I230")], "请填上"),
    ("no name", "agencies", [["370323D91", ""]], [(2, "名称", "I230")], "请填上"),
    ("another county's code", "agencies", [["370322D91", "甲局"]], [(2, "编码", "I233")], "370323 开头的 9 位编码"),
    ("a code of odd length", "categories", [["01011", "甲"]], [(2, "编码", "I233")], "2、4、6 或 8 位数字"),
    ("a number that lost its zero", "categories", [[101, "土地"]], [(2, "编码", "I234")], "写成 0101"),
    ("a parent that is not there", "categories", [["9701", "甲"]], [(2, "编码", "I232")], "上级“97”不在"),
    ("a wrong parent", "categories", [["97", ""], ["9701", "甲"]], [(2, "名称", "I230"), (3, "编码", "I244")], "第 2 行"),
    ("a code as Excel rounds it", "places", [["3.70323E+11", "甲村"]], [(2, "编码", "I239")], "设为“文本”"),
    ("another's name", "agencies", [["370323D91", "沂源县鲁村镇人民政府"]], [(2, "名称", "I238")], "370323102"),
    ("too long a name", "agencies", [["370323D91", "局" * 61]], [(2, "名称", "I240")], "60 个字以内"),
]


@pytest.mark.parametrize(("name", "rows", "faults", "words"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_wrong_row_says_where_what_and_how(
    centre: Counter, tmp_path: Path, name: str, rows: Rows, faults: list[tuple[int, str, str]], words: str
) -> None:
    before = centre.store.reference.document()

    preview = looked(centre, name, tmp_path, [["编码", "名称"], *rows])

    assert told(preview) == faults
    said = county_tables.in_words(preview.faults[-1])
    assert words in said
    assert "〔" not in said
    assert "{" not in said
    with pytest.raises(Refusal, match="R650"):
        county_tables.take(centre.desk, preview)
    assert centre.store.reference.document() == before


@pytest.mark.parametrize(
    ("name", "heads", "row", "fault", "words"),
    [
        ("agencies", ["编码", "名称", "电话"], ["370323D91", "甲局", 5333240000], ("电话", "I242"), "05333240000"),
        ("agencies", ["编码", "名称", "电话"], ["370323D91", "甲局", "问办公室"], ("电话", "I241"), "只写号码"),
        ("agencies", ["编码", "名称", "辖区"], ["370323D91", "甲局", "没有镇"], ("管辖地", "I237"), "没有叫“没有镇”的地方"),
        ("categories", ["编码", "名称", "责任单位"], ["97", "甲", "县住建设局"], ("常办单位", "I235"), "是不是“县住建局”"),
        ("categories", ["编码", "名称", "上级"], ["0199", "甲", "城乡建设"], ("上级", "I243"), "照编码应是“农业农村”"),
    ],
)
def test_what_a_cell_names_must_be_there(
    centre: Counter,
    tmp_path: Path,
    *,
    name: str,
    heads: Sequence[str],
    row: Sequence[object],
    fault: tuple[str, str],
    words: str,
) -> None:
    preview = looked(centre, name, tmp_path, [heads, row])

    assert told(preview) == [(2, *fault)]
    assert words in county_tables.in_words(preview.faults[0])


def test_a_formula_is_not_taken_for_what_it_came_to(centre: Counter, tmp_path: Path) -> None:
    rows = [["编码", "名称", "备注"], ["370323D91", '="甲"&"局"', ""], ["370323D92", "乙局", "=1+1"]]

    preview = looked(centre, "agencies", tmp_path, rows)

    assert told(preview) == [(2, "名称", "I236")]
    assert [each.code for each in preview.planned] == ["370323D92"]


def test_the_right_rows_go_in_when_that_is_wanted_and_the_wrong_ones_come_back(centre: Counter, tmp_path: Path) -> None:
    rows = [["编码", "名称", "电话"], ["370323D91", "甲局", ""], ["", "", "问办公室"]]
    preview = looked(centre, "agencies", tmp_path, rows)

    assert county_tables.take(centre.desk, preview, right_only=True) == 1

    assert centre.store.reference.agencies()[-1].code == "370323D91"
    (back,) = county_tables.given_back(preview)
    assert back.row == 3
    assert back.reason.count("；") == 2


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["名称", "电话"], ["甲局", ""]], "I103"),
        ([["编码", "名称"]], "I246"),
        ([["编码", "名称"], ["说明：", "必填"]], "I246"),
    ],
)
def test_a_file_that_holds_no_such_table_says_so(centre: Counter, tmp_path: Path, rows: Rows, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        looked(centre, "agencies", tmp_path, rows)


def test_what_was_seen_is_not_written_over_what_was_changed_since(centre: Counter, tmp_path: Path) -> None:
    preview = looked(centre, "agencies", tmp_path, [["编码", "名称"], ["370323D91", "甲局"]])
    centre.store.reference.change(note="改过")

    with pytest.raises(Refusal, match="R651"):
        county_tables.take(centre.desk, preview)


def test_only_whoever_has_the_duty_imports_and_only_at_the_centre(centre: Counter, tmp_path: Path) -> None:
    rows = [["编码", "名称"], ["370323D91", "甲局"]]
    centre.sits(OfficerRole.CLERK)

    with pytest.raises(Refusal, match="R204"):
        looked(centre, "agencies", tmp_path, rows)


# ---------------------------------------------------------------- whatever is in the file

CODE = st.sampled_from(["97", "9701", "970101", "9801", "01", "0101", 101, 1, "x", None, "=1"])
NAME = st.sampled_from(["甲", "乙", "丙", "农业农村", "", "=1", "说明"])
PARENT = st.sampled_from(["", "", "97", "甲", "农业农村"])
UNIT = st.sampled_from(["", "县住建局", "没有这个局"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CODE, NAME, PARENT, UNIT), min_size=1, max_size=6))
def test_taking_the_right_rows_leaves_nothing_more_to_take(centre: Counter, tmp_path: Path, rows: Rows) -> None:
    file = workbook(tmp_path / "任意.xlsx", [["编码", "名称", "上级", "责任单位"], ["说明：", "", "", ""], *rows])
    try:
        first = county_tables.look(centre.desk, "categories", file)
    except BadInput:
        assume(False)
    county_tables.take(centre.desk, first, right_only=True)

    again = county_tables.look(centre.desk, "categories", file)

    assert again.writes == 0
    assert told(again) == told(first)
    codes = [each.code for each in centre.store.reference.categories()]
    assert len(codes) == len(set(codes))
    assert all(not each.parent or each.parent in codes for each in centre.store.reference.categories())
