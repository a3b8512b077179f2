"""Wording: a sentence for every word of the trade, and saying never fails whatever is missing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline import wording
from county_hotline.domain import vocabulary
from county_hotline.domain.clashes import Grade
from county_hotline.domain.facts import KINDS
from county_hotline.domain.views import LineState
from county_hotline.domain.vocabulary import MatterKind, Stage, Urgency
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.wording import act, explain, has, overlay, plain, problem, say, sentence, word

LISTS: list[type[Enum]] = [
    kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, Enum) and len(kind)
]
LISTS += [Grade, LineState]
FILES = sorted(Path(wording.__file__).parent.glob("*.toml"))
MEMBERS = [member for kind in LISTS for member in kind]
FAULTS = sorted(key for name, own in wording.files() if name == "zh_CN.toml" for key in own if key.startswith("error."))


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Path]:
    """Where a county's own wording lies; dropped again after the test."""
    yield tmp_path / "wording.toml"
    wording.drop_overlay()


@pytest.mark.parametrize("member", MEMBERS, ids=str)
def test_every_member_of_a_closed_list_has_its_word(member: Enum) -> None:
    assert "〔" not in word(member)


def test_words_are_those_of_the_trade() -> None:
    assert [word(kind) for kind in MatterKind] == ["咨询", "求助", "投诉", "举报", "建议", "表扬", "其他"]
    assert [word(stage) for stage in Stage] == [
        "待受理", "待补充", "已告知", "已转紧急热线", "待派单", "待签收", "办理中", "待审核", "待回访", "待重办", "已办结", "已归档",
        "已并单", "已作废",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_fact_has_its_act(kind: str) -> None:
    assert act(kind) != act("work_order.of_the_future")


def test_a_kind_of_a_newer_release_says_so() -> None:
    assert act("work_order.of_the_future") == "由新版本记录，本机暂不能显示"


@pytest.mark.parametrize("key", FAULTS)
def test_every_failure_says_what_happened_and_more(key: str) -> None:
    """What happened. Is anything lost. What to press. The first stop ends the heading."""
    parts = [part for part in wording.shipped()[key].split("。") if part]

    assert len(parts) >= 2
    assert len(parts[0]) <= 60


@pytest.mark.parametrize("key", FAULTS)
def test_no_failure_speaks_as_programmers_do(key: str) -> None:
    words = ("异常", "数据库", "事务", "线程", "接口", "参数", "null", "None", "SQL", "JSON", "exception", "Error")

    assert [word for word in words if word in wording.shipped()[key]] == []


def test_a_failure_is_worded_with_its_details_and_the_fields_own_name() -> None:
    assert sentence(Refusal("R106", field="title", length=61, limit=60)).startswith("“标题”太长了：最多 60 字，现在 61 字。")


def test_a_moment_in_a_failure_is_shown_as_a_time_of_day() -> None:
    assert "2026-11-21 09:12" in sentence(Refusal("R202", until=1_795_223_520_000))


def test_a_failure_that_names_a_key_says_it() -> None:
    assert "第 2 行“version”" in sentence(BadInput("I105", line=2, key="version"))


def test_an_unknown_failure_still_says_its_code() -> None:
    assert "R999" in sentence(Refusal("R999"))


def test_a_detail_that_was_not_given_leaves_a_gap_and_no_fault() -> None:
    assert sentence(Refusal("R201")).startswith("口令不对，还可试 … 次")


def test_what_verify_found_becomes_a_sentence_with_its_place() -> None:
    assert problem("J102 370323-03 A 17").startswith("记录少了一条：370323-03 A 17 ")


@given(
    code=st.text(max_size=12),
    details=st.dictionaries(st.text(max_size=8), st.text(max_size=8) | st.integers() | st.sampled_from(Urgency)),
)
def test_wording_a_failure_never_fails(code: str, details: dict[str, object]) -> None:
    assert sentence(HotlineError(code, **{name: value for name, value in details.items() if name not in {"code", "self"}}))


def test_a_callers_words_in_braces_are_not_looked_into() -> None:
    assert say("error.I101", file="{name}{0.__class__}").startswith("文件“{name}{0.__class__}”")


def test_an_unknown_key_shows_itself() -> None:
    assert say("no.such.key", count=1) == "〔no.such.key〕"


def test_numbers_can_be_shown_in_groups(county: Path) -> None:
    county.write_text('own.stored = "已存 {count:,} 件"', encoding="utf-8")
    overlay(county)

    assert say("own.stored", count=12_345) == "已存 12,345 件"
    assert say("own.stored", count="许多") == "已存 许多 件"


def test_a_county_lays_its_own_words_over_ours(county: Path) -> None:
    county.write_text('[assignment_role]\nlead = "主办"', encoding="utf-8")

    overlay(county)

    assert word(vocabulary.AssignmentRole.LEAD) == "主办"
    assert word(vocabulary.AssignmentRole.HELPER) == "协办"


@pytest.mark.parametrize("text", ["lead = ", "[stage]\nto_sign = 5"])
def test_a_county_file_that_cannot_be_read_changes_nothing(county: Path, text: str) -> None:
    county.write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match="I101"):
        overlay(county)

    assert word(Stage.TO_SIGN) == "待签收"


def test_weekdays_in_a_trace_are_said_as_people_say_them() -> None:
    said = explain("start_next_workday", start="11-21", weekday=6, first="11-23", first_weekday=1)

    assert said == "11-21 周六登记，从下一工作日 11-23 周一起算"


def test_no_key_stands_in_two_files() -> None:
    keys = [key for _, own in wording.files() for key in own]

    assert len(keys) == len(set(keys))
    assert has("program.name")


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.name)
def test_shipped_sentences_read_line_by_line_are_what_a_toml_reader_reads(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert plain.read(text) == dict(wording.flat(tomllib.loads(text)))


@pytest.mark.parametrize(
    "text",
    ["a = 'b'\n", 'a = """b\nc"""\n', "a = 1\n", "[[a]]\n", 'a = "b" # c\n', 'a = "b", c = "d"\n', "a\n", 'a = { b = "c" }\n'],
)
def test_what_is_no_plain_line_is_left_to_the_toml_reader(text: str) -> None:
    assert plain.read(text) is None


def test_a_sentence_with_signs_that_are_escaped_is_read_too() -> None:
    assert plain.read('[a.b]\n"c.d" = "\\"e\\"\\n"\n') == {"a.b.c.d": '"e"\n'}
