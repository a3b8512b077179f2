"""import: tables as they really arrive, brought in by a command line."""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Hotline

HEADERS = ("工单编号", "来电人", "联系电话", "受理时间", "所属乡镇", "一级分类", "二级分类", "诉求内容")
MATTERS = (
    "村口到卫生室的路灯三天不亮，晚上老人出门看不清路。",
    "楼上装修午休时间不停工，影响休息，希望管一管。",
    "自来水水压不足，高层夜间没有水，已有一周。",
    "村道边的护栏被撞坏，没有人修，孩子上学不安全。",
)


def rows(count: int = 4) -> list[list[str]]:
    """Made-up requests of another system."""
    return [
        [
            f"2025110100{place:04d}",
            "张三",
            "13800000000",
            f"2025/11/{place % 28 + 1} 9:05",
            "燕崖镇",
            "农业农村",
            "农田水利",
            f"{MATTERS[place % len(MATTERS)]}第{place}次反映。",
        ]
        for place in range(1, count + 1)
    ]


def write_csv(
    file: Path, table: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS, encoding: str = "utf-8-sig"
) -> Path:
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows([headers, *table])
    return file


def titles(hotline: Hotline, hall: Path) -> list[str]:
    return [row["title"] for row in hotline.json("list", "--home", hall)["rows"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_comes_in_whatever_its_encoding(hotline: Hotline, hall: Path, tmp_path: Path, encoding: str) -> None:
    file = write_csv(tmp_path / "old.csv", rows(), encoding=encoding)

    facts = hotline.json("import", file, "--home", hall)
    shown = hotline.json("show", "20251101000001", "--home", hall, "--reason", "核对")

    assert facts["report"]["accepted"] == 4  # type: ignore[index]
    assert shown["accepted"]["content"] == f"{MATTERS[1]}第1次反映。"  # type: ignore[index]
    assert shown["accepted"]["place"] == "370323109"  # type: ignore[index]
    assert shown["accepted"]["category"] == "0102"  # type: ignore[index]
    assert shown["accepted"]["came_at"] == 1_762_045_500_000  # type: ignore[index]  # 2025-11-02 09:05
    assert shown["person"]["phone"] == "13800000000"  # type: ignore[index]


def test_an_excel_sheet_comes_in(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADERS, *rows()):
        book.active.append(row)
    book.save(tmp_path / "old.xlsx")

    assert hotline.json("import", tmp_path / "old.xlsx", "--home", hall)["report"]["accepted"] == 4  # type: ignore[index]


def test_of_several_sheets_one_must_be_named(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "十月"
    november = book.create_sheet("十一月")
    for row in (HEADERS, *rows()):
        november.append(row)
        book.active.append(row)
    book.save(tmp_path / "old.xlsx")

    said = hotline("import", tmp_path / "old.xlsx", "--home", hall, "--json")

    assert said.facts["code"] == "I126"
    assert "十月 / 十一月" in str(said.facts["message"])
    assert hotline("import", tmp_path / "old.xlsx", "--home", hall, "--sheet", "十一月").code == 0


def test_packed_json_lines_come_in(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    lines = [json.dumps(dict(zip(HEADERS, row, strict=True)), ensure_ascii=False) for row in rows()]
    (tmp_path / "old.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))

    assert hotline.json("import", tmp_path / "old.jsonl.gz", "--home", hall)["report"]["accepted"] == 4  # type: ignore[index]


def test_the_same_file_twice_gives_no_doubles(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "old.csv", rows())
    hotline.json("import", file, "--home", hall)

    said = hotline("import", file, "--home", hall)

    assert "早已有的 4 行跳过" in said.out
    assert len(titles(hotline, hall)) == 4


def test_rows_without_numbers_are_known_again_but_two_equal_calls_are_two(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    table = [[MATTERS[0]], [MATTERS[1]], [MATTERS[0]]]
    file = write_csv(tmp_path / "old.csv", table, ("诉求内容",))

    first = hotline.json("import", file, "--home", hall)["report"]
    again = hotline.json("import", file, "--home", hall)["report"]

    assert (first["accepted"], first["known"]) == (3, 0)  # type: ignore[index]
    assert (again["accepted"], again["known"]) == (0, 3)  # type: ignore[index]


def test_a_dry_run_writes_nothing(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "old.csv", rows())

    said = hotline("import", file, "--home", hall, "--dry-run")

    assert "可导入 4 件" in said.out
    assert titles(hotline, hall) == []


def test_bad_rows_are_given_back_and_the_good_ones_go_in(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    table = rows(25)
    table[2][7] = ""
    table[4][3] = "昨天上午"
    table[6][7] = "=cmd|' /C calc'!A0 " + "长" * 20_001
    file = write_csv(tmp_path / "old.csv", table)
    with file.open("a", encoding="utf-8", newline="") as out:
        out.write("多出,一格,的,一,行,在,这里,看看,吧\r\n断了的一行\r\n")

    said = hotline("import", file, "--home", hall)

    returned = tmp_path / "old.csv.退回.csv"
    back = list(csv.reader(returned.read_text("utf-8-sig").splitlines()))
    assert said.code == 1
    assert "导入 22 件" in said.out
    assert [row[0] for row in back] == ["行号", "4", "6", "8", "27", "28"]
    assert "内容" in back[1][1]
    assert "昨天上午" in back[2][1]
    assert back[3][-1].startswith("'=cmd")
    assert len(titles(hotline, hall)) == 22
    assert returned.read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_our_lists_do_not_have_is_kept_as_it_was_written(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    table = rows(1)
    table[0][4:7] = ["龙华区", "公安（治安、交通）", "车辆违章"]
    hotline.json("import", write_csv(tmp_path / "old.csv", table), "--home", hall)

    accepted = hotline.json("show", "20251101000001", "--home", hall, "--reason", "核对")["accepted"]

    assert accepted["category"] == ""  # type: ignore[index]
    assert accepted["original"]["category"] == "公安（治安、交通） / 车辆违章"  # type: ignore[index]
    assert accepted["place"] == "370323"  # type: ignore[index]
    assert accepted["place_detail"] == "龙华区"  # type: ignore[index]


def test_dirt_is_cleaned_and_the_original_kept(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    dirty = "\n\t\t\t路灯\u200b不亮\u00a0了\x08，三天。\n\t\t"
    hotline.json("import", write_csv(tmp_path / "old.csv", [["A-0001", dirty]], ("编号", "内容")), "--home", hall)

    accepted = hotline.json("show", "A-0001", "--home", hall, "--reason", "核对")["accepted"]

    assert accepted["content"] == "路灯不亮 了，三天。"  # type: ignore[index]
    assert accepted["original"]["content"] == dirty  # type: ignore[index]
    assert accepted["anonymous"] is True  # type: ignore[index]


# ---------------------------------------------------------------- a header that lies


def shifted(count: int = 40) -> tuple[list[str], list[list[str]]]:
    """As such files arrive: an index without a header in front, the names moved over the wrong columns."""
    table = [[str(place), *row[:1], *row[5:], "0"] for place, row in enumerate(rows(count))]
    return ["", "一级分类", "工单编号", "二级分类", "诉求内容", "单位类别"], table


def lying_file(tmp_path: Path, encoding: str = "gb18030") -> Path:
    headers, table = shifted()
    # 工单编号 stands over 一级分类's words, 诉求内容 over the long texts, 一级分类 over the numbers
    return write_csv(tmp_path / "错位.csv", table, headers, encoding)


def test_a_header_that_lies_is_noticed_and_nothing_is_imported(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    said = hotline("import", lying_file(tmp_path), "--home", hall)

    assert said.code == 1
    assert "有一列没有表头" in said.err
    assert "第 3 列“工单编号”：不像是一件一个的编号，写的是 农业农村；第 2 列像" in said.err
    assert "--map 2=external_number --map 5=content" in said.err
    assert titles(hotline, hall) == []


def test_the_same_is_told_to_a_program(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    said = hotline("import", lying_file(tmp_path), "--home", hall, "--json")

    assert said.facts["code"] == "I110"
    doubts = {doubt["field"]: doubt["better"] for doubt in said.facts["details"]["doubts"]}  # type: ignore[index]
    assert doubts["external_number"] == 2


def test_a_mapping_by_position_does_not_believe_the_header(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    facts = hotline.json("import", lying_file(tmp_path), "--home", hall, "--map", "2=外部编号", "--map", "5=content")

    shown = hotline.json("show", "20251101000001", "--home", hall, "--reason", "核对")
    assert facts["columns"] == {"2": "external_number", "5": "content"}
    assert facts["report"]["accepted"] == 40  # type: ignore[index]
    assert shown["accepted"]["content"] == f"{MATTERS[1]}第1次反映。"  # type: ignore[index]


class Terminal:
    """A person at a terminal, who answers."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return self.answer


@pytest.mark.parametrize(("answer", "taken"), [("y\n", 40), ("n\n", 0), ("\n", 0), ("是\n", 40)])
def test_at_a_terminal_a_person_is_asked(
    hotline: Hotline, hall: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, taken: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    said = hotline("import", lying_file(tmp_path), "--home", hall)

    assert "照上面的对应导入吗" in said.err
    assert said.code == (0 if taken else 1)
    assert hotline.json("list", "--home", hall)["total"] == taken


def test_a_file_without_content_is_refused(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "old.csv", [["A-0001", "x"]], ("编号", "备用"))

    assert hotline("import", file, "--home", hall, "--json").facts["code"] == "I103"


def test_a_mapping_file_is_used(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "old.csv", [["A-0001", MATTERS[0]]], ("甲", "乙"))
    mapping = tmp_path / "map.toml"
    mapping.write_text('[columns]\n"甲" = "外部编号"\n"乙" = "内容"\n[values]\n"渠道" = "上级转办"\n', encoding="utf-8")

    hotline.json("import", file, "--home", hall, "--mapping", mapping)

    assert hotline.json("show", "A-0001", "--home", hall)["accepted"]["channel"] == "transfer"  # type: ignore[index]


@pytest.mark.parametrize("words", [["--map", "没有=content"], ["--map", "99=content"], ["--map", "诉求内容=天气"]])
def test_a_mapping_that_fits_nothing_is_refused(hotline: Hotline, hall: Path, tmp_path: Path, words: list[str]) -> None:
    said = hotline("import", write_csv(tmp_path / "old.csv", rows()), "--home", hall, *words, "--json")

    assert said.facts["code"] in ("I103", "I121")


def test_a_word_for_a_channel_that_we_do_not_know_becomes_other_and_is_kept(
    hotline: Hotline, hall: Path, tmp_path: Path
) -> None:
    table = [[f"A-{place:04d}", "来电", MATTERS[0] + str(place)] for place in range(9)] + [["A-0009", "飞鸽", MATTERS[1]]]
    hotline.json("import", write_csv(tmp_path / "old.csv", table, ("编号", "来源渠道", "内容")), "--home", hall)

    known = hotline.json("show", "A-0001", "--home", hall)["accepted"]
    unknown = hotline.json("show", "A-0009", "--home", hall, "--reason", "核对")["accepted"]

    assert known["channel"] == "phone"  # type: ignore[index]
    assert unknown["channel"] == "other"  # type: ignore[index]
    assert unknown["original"]["channel"] == "飞鸽"  # type: ignore[index]


def test_a_column_of_other_words_is_no_channel(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    table = [[f"A-{place:04d}", "附件2", MATTERS[0] + str(place)] for place in range(9)]

    said = hotline("import", write_csv(tmp_path / "old.csv", table, ("编号", "来源", "内容")), "--home", hall, "--json")

    assert said.facts["code"] == "I110"


# ---------------------------------------------------------------- files that cannot be read


def test_bytes_in_no_encoding_are_asked_about(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes("编号,内容\n1,路灯\n".encode("gb18030") + b"\xff\xff\x81\n")

    assert hotline("import", tmp_path / "old.csv", "--home", hall, "--json").facts["code"] == "I102"


def test_an_old_excel_file_says_how_to_save_it(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))

    said = hotline("import", tmp_path / "old.xls", "--home", hall)

    assert said.code == 1
    assert ".xlsx" in said.err


@pytest.mark.parametrize("name", ["old.xlsx", "old.csv.gz"])
def test_a_torn_file_is_said(hotline: Hotline, hall: Path, tmp_path: Path, name: str) -> None:
    whole = gzip.compress(b"x,y\n" * 999) if name.endswith("gz") else b"PK\x03\x04" + bytes(300)
    (tmp_path / name).write_bytes(whole[:-20])

    assert hotline("import", tmp_path / name, "--home", hall, "--json").facts["code"] == "I101"


def test_an_unclosed_quote_is_found_before_anything_is_imported(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text('编号,内容\nA-1,"路灯不亮\nA-2,井盖丢失\n', encoding="utf-8")

    assert hotline("import", tmp_path / "old.csv", "--home", hall, "--json").facts["code"] == "I104"


def test_a_broken_json_line_is_named(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text('{"内容": "路灯不亮"}\n{"内容": \n', encoding="utf-8")

    said = hotline("import", tmp_path / "old.jsonl", "--home", hall)

    assert said.code == 1
    assert "第 2 行" in said.err
