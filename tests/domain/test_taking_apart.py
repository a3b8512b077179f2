"""粘贴识别: fields are found, and nothing of a text is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from county_hotline.domain.reference import Place
from county_hotline.domain.taking_apart import CONTENT, Parts, pieces, place_in, taken_apart

FORM = """诉求标题：村口路灯不亮
联系人：林秀英
联系电话：138 0591 4472
身份证号：11010519491231002X
事发地点：红星镇红星村三组
提交时间：2026-11-20 21:05
诉求内容：自十一月十八日起，三盏路灯不亮。
夜里学生看不清路。
诉求目的：尽快修好
"""
LABELS = ("联系电话：", "姓名:", "【内容】", "要求：", "地址：", "标题：", "身份证号：", "提交时间：")
BITS = st.one_of(
    st.sampled_from(
        (*LABELS, "13805914472", "11010519491231002X", "红星镇红星村", "2026-11-20", "\n", " ", "，", "。", "我叫林秀英，")
    ),
    st.text(max_size=12),
)
TEXTS = st.lists(BITS, max_size=14).map("".join)
TOWN, VILLAGE = Place("370323109", "红星镇", "红星镇"), Place("370323109201", "红星村", "红星镇 红星村", aliases=("老街",))
OTHER, NAMESAKE = Place("370323110", "东里镇", "东里镇"), Place("370323110205", "红星村", "东里镇 红星村")


def test_a_web_form_is_taken_apart() -> None:
    assert taken_apart(FORM) == Parts(
        phone="138 0591 4472",
        name="林秀英",
        id_number="11010519491231002X",
        where="红星镇红星村三组",
        title="村口路灯不亮",
        content="自十一月十八日起，三盏路灯不亮。\n夜里学生看不清路。",
        demand="尽快修好",
        came_at=1_795_179_900_000,
    )


def test_of_a_plain_message_telephone_and_name_are_read_and_stay_where_they_stand() -> None:
    text = "您好，我叫林秀英，红星村三组的路灯坏了十天没人修，请尽快处理，电话13805914472。"

    parts = taken_apart(text)

    assert (parts.phone, parts.name, parts.content) == ("13805914472", "林秀英", text)
    assert parts.title
    assert len(parts.title) <= 25


def test_an_identity_number_is_taken_out_of_a_sentence() -> None:
    parts = taken_apart("本人身份证11010519491231002X，低保停发两个月。")

    assert parts.id_number == "11010519491231002X"
    assert parts.id_number not in parts.content


@pytest.mark.parametrize("text", ["电话：没有", "姓名：\n", "身份证号：123", "提交时间：昨天夜里"])
def test_what_a_label_does_not_fit_stays_content(text: str) -> None:
    assert taken_apart(text).content == text.strip()


def test_what_is_said_twice_is_kept_twice() -> None:
    parts = taken_apart("联系电话：13805914472\n联系电话：13900000000")

    assert (parts.phone, parts.content) == ("13805914472", "联系电话：13900000000")


def test_who_says_what_he_is_has_no_name() -> None:
    assert taken_apart("我是红星村的，路坏了").name == ""
    assert taken_apart("我是业主，路坏了").name == ""


def test_a_name_in_brackets_is_a_label_only_where_a_line_begins() -> None:
    parts = taken_apart("【标题】停水\n【内容】自昨天起【地点】停水")

    assert (parts.title, parts.content) == ("停水", "自昨天起【地点】停水")


@given(TEXTS)
@example(FORM)
@example("标题：停水\n电话：13805914472，晚上打")
def test_the_pieces_are_the_text_again(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


@given(TEXTS)
@example(FORM)
def test_nothing_but_labels_and_blanks_is_lost(text: str) -> None:
    parts = taken_apart(text)
    said = "".join(str(getattr(parts, name)) for name in Parts.__struct_fields__)
    for piece in pieces(text):
        if piece.field == CONTENT:
            for line in piece.text.split("\n"):
                assert line.strip(" \t\u3000\r，,；;。|｜") in parts.content
        elif piece.field not in ("label", "came_at"):
            assert piece.text.strip().strip(" \t\u3000，,；;。|｜\r\n").strip() in said


def test_a_village_is_found_by_its_township_and_not_guessed_between_two() -> None:
    places = (TOWN, VILLAGE, OTHER, NAMESAKE)

    assert place_in(places, "东里镇红星村三组") == NAMESAKE
    assert place_in(places, "红星镇的路") == TOWN
    assert place_in(places, "红星村三组") is None
    assert place_in(places, "老街口") == VILLAGE
    assert place_in(places, "没有地点", "东里镇") == OTHER
    assert place_in(places, "") is None
