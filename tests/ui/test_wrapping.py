"""避头尾: where Chinese lines may break."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from county_hotline.ui.widgets.wrapping import NOT_FIRST, NOT_LAST, break_lines, cut


def width_of(text: str) -> int:
    """A Chinese character is two wide, a Latin one is one."""
    return sum(1 if character.isascii() else 2 for character in text)


def test_a_comma_begins_no_line() -> None:
    assert break_lines("路灯不亮，影响通行", 8, width_of) == ("路灯不", "亮，影响", "通行")


def test_an_opening_mark_ends_no_line() -> None:
    assert break_lines("老人绊倒（未就医）", 10, width_of) == ("老人绊倒", "（未就医）")


def test_a_date_is_not_torn() -> None:
    assert break_lines("最迟办结 2026-11-27 周五", 16, width_of) == ("最迟办结", "2026-11-27 周五")


def test_a_run_wider_than_the_line_is_torn_rather_than_lost() -> None:
    assert "".join(break_lines("/srv/station/slips/2026-11", 10, width_of)) == "/srv/station/slips/2026-11"


def test_the_last_line_allowed_ends_with_dots_when_something_is_cut() -> None:
    assert break_lines("一二三四五六七八九十", 8, width_of, at_most=2) == ("一二三四", "五六七…")


def test_a_text_that_fits_is_not_cut() -> None:
    assert cut("路灯不亮", 8, width_of) == "路灯不亮"
    assert cut("路灯不亮了", 8, width_of) == "路灯不…"


@given(st.text(alphabet="路灯不亮影响通行，。；（）《》“”12-a ", max_size=60), st.integers(6, 40))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = break_lines(text, width, width_of)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= width for line in lines)


@given(
    st.text(alphabet="路灯不亮影响通行", min_size=4, max_size=40),
    st.sampled_from(sorted(NOT_FIRST - {"“"})),
    st.integers(8, 30),
)
def test_no_closing_mark_begins_a_line(text: str, mark: str, width: int) -> None:
    lines = break_lines(f"{text[:3]}{mark}{text[3:]}{mark}", width, width_of)

    assert not any(line[:1] == mark for line in lines[1:])


@given(st.text(alphabet="路灯不亮影响通行", min_size=4, max_size=40), st.sampled_from(sorted(NOT_LAST)), st.integers(8, 30))
def test_no_opening_mark_ends_a_line(text: str, mark: str, width: int) -> None:
    lines = break_lines(f"{text[:3]}{mark}{text[3:]}", width, width_of)

    assert not any(line[-1:] == mark for line in lines[:-1])


def test_a_line_of_parts_breaks_between_them_and_the_mark_goes() -> None:
    text = "11-11 15:15 派出 ・ 承办员甲 11-12 01:00 签收"

    assert break_lines(text, 28, width_of) == ("11-11 15:15 派出", "承办员甲 11-12 01:00 签收")
    assert break_lines(text, 80, width_of) == (text,)


def test_a_part_too_long_for_a_line_of_its_own_begins_where_it_stands() -> None:
    assert break_lines("甲 ・ 住在六楼以上的住户", 12, width_of) == ("甲 ・ 住在六", "楼以上的住户")
