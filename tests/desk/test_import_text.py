"""汉字编码: proved on the whole file, asked about where it cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.desk.import_text import text_of
from county_hotline.errors import BadInput

MATTER = "编号,内容\r\n1,村口到卫生室的路灯三天不亮，晚上老人出门看不清路。\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_the_encoding_is_found(encoding: str) -> None:
    text, found = text_of(MATTER.encode(encoding), "x.csv")

    assert (text, found) == (MATTER, encoding)


def test_plain_ascii_needs_no_question() -> None:
    assert text_of(b"id,text\n1,abc\n", "x.csv") == ("id,text\n1,abc\n", "utf-8")


def test_the_few_characters_that_read_both_ways_are_asked_about() -> None:
    """é in UTF-8 is 茅 in GB, byte for byte: nobody can know."""
    raw = "é".encode()

    assert raw.decode("gb18030") == "茅"
    with pytest.raises(BadInput, match="I102"):
        text_of(raw, "x.csv")


def test_a_file_torn_in_a_character_is_asked_about() -> None:
    with pytest.raises(BadInput, match="I102"):
        text_of(MATTER.encode("gb18030") + b"\x81", "x.csv")


def test_what_a_person_says_is_tried_on_the_whole_file() -> None:
    with pytest.raises(BadInput, match="I102"):
        text_of(MATTER.encode("gb18030"), "x.csv", "utf-8")
    with pytest.raises(BadInput, match="I102"):
        text_of(MATTER.encode("gb18030"), "x.csv", "no-such-encoding")


COMMON = st.text(
    alphabet="的一是不了人在有我他这中大来上个国和也子时道说出而要于就下得可你年生路灯水电村镇，。", min_size=1, max_size=60
)


@given(text=COMMON, encoding=st.sampled_from(["utf-8", "gb18030"]))
def test_common_text_is_never_read_wrongly(text: str, encoding: str) -> None:
    """It may be asked about (a few characters can be both); it is never taken for something else."""
    try:
        read, _ = text_of(text.encode(encoding), "x.csv")
    except BadInput:
        return
    assert read == text
