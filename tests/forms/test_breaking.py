"""避头尾 and marks: where a line of Chinese may end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.forms.breaking import HANGS, NOT_FIRST, NOT_LAST, full_width, wrap


def em(text: str) -> float:
    """Han one, ASCII half."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("村道塌陷影响学生", 4, ["村道塌陷", "影响学生"]),
        ("村道塌陷，影响学生", 4.5, ["村道塌陷，", "影响学生"]),
        ("村道塌陷，影响学生", 4, ["村道塌", "陷，影响", "学生"]),
        ("他说（测试）好", 3, ["他说", "（测", "试）好"]),
        ("村道塌陷（预计）", 6, ["村道塌陷", "（预计）"]),
        ("编号370323-03A-261121-0007K", 12, ["编号", "370323-03A-261121-0007K"]),
        ("等等……结束", 3, ["等", "等……", "结束"]),
        ("第一行\n第二行", 9, ["第一行", "第二行"]),
        ("at 09:12 on", 4, ["at 09:12", "on"]),
        ("ABCDEFGH", 2, ["ABCD", "EFGH"]),
        ("", 5, [""]),
    ],
)
def test_lines_end_where_a_reader_expects(text: str, width: float, lines: list[str]) -> None:
    assert wrap(text, width, em) == lines


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("标题,半角:标点(测试)", "标题，半角：标点（测试）"),
        ("09:12到达", "09:12到达"),
        ("电话0533-5550 012", "电话0533-5550 012"),
        ("是吗?好!", "是吗？好！"),
        ("0412,2026", "0412,2026"),
    ],
)
def test_half_width_marks_beside_chinese_are_printed_full(typed: str, printed: str) -> None:
    assert full_width(typed) == printed


WORDS = st.text(st.sampled_from("村道塌陷学生，。、（）《》“”…—12ab 𠮷"), max_size=60)


@given(text=WORDS, width=st.integers(4, 20))
def test_no_letter_is_lost_or_doubled(text: str, width: int) -> None:
    assert "".join(wrap(text, width, em)).replace(" ", "") == text.replace(" ", "")


@given(text=st.text(st.sampled_from("村道塌陷学生12ab𠮷"), max_size=60).map("，".join), width=st.integers(4, 20))
def test_no_line_begins_with_a_closing_mark_or_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width, em)

    assert [line for line in lines[1:] if line[0] in NOT_FIRST] == []
    assert [line for line in lines if em(line) > width + (0.5 if line[-1:] in HANGS else 0)] == []


@given(text=st.text(st.sampled_from("村道塌陷学生𠮷"), max_size=60).map("（".join), width=st.integers(4, 20))
def test_no_line_ends_with_an_opening_mark(text: str, width: int) -> None:
    assert [line for line in wrap(text, width, em)[:-1] if line[-1] in NOT_LAST] == []
