"""数据包交接单: one A4 page, every word on it can be copied, nothing runs over a line, and it looks as it was approved."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from county_hotline.forms.fonts import Fonts
from county_hotline.forms.handover_sheet import Handover, draw_handover, sheet, size_in_words
from tests.forms import slips
from tests.forms.handovers import HANDOVERS, LONG, UP

every_sheet = pytest.mark.parametrize("kind", HANDOVERS)
TOLERATED = 0.2
"""Thousandths of a page."""


def drawn(content: Handover, folder: Path, fonts: Fonts) -> Path:
    path = folder / "sheet.pdf"
    assert draw_handover(content, path, fonts=fonts) == ()
    return path


def test_every_word_can_be_copied(tmp_path: Path, fonts: Fonts) -> None:
    said = slips.read_back(drawn(UP, tmp_path, fonts))

    for word in (
        "370323-03-up-000007",
        "3F2A 91C0 77DE 5B12",
        "128 条",
        "3 个",
        "338 KB",
        "签名",
        "交出人",
        "运送人",
        "接收人",
        UP.sender,
    ):
        assert slips.squeezed(word) in said


@every_sheet
def test_it_is_one_page_of_a4(kind: str, tmp_path: Path, fonts: Fonts) -> None:
    document = PdfDocument(drawn(HANDOVERS[kind], tmp_path, fonts))
    pages, size = len(document), document[0].get_size()
    document.close()

    assert pages == 1
    assert [round(side * 25.4 / 72) for side in size] == [210, 297]


def test_what_goes_down_asks_for_another_trip(tmp_path: Path, fonts: Fonts) -> None:
    up, down = (slips.read_back(drawn(content, tmp_path, fonts)) for content in (UP, LONG))

    assert "回执数据包带回交出方" in up
    assert "再导出一个带回县中心" in down
    assert "无" in down  # the first one has none before it


def test_nothing_runs_over_the_right_line(tmp_path: Path, fonts: Fonts) -> None:
    """Right of the frame there is white, from the table's top to its foot."""
    picture = slips.picture(drawn(LONG, tmp_path, fonts))
    dots = picture.width / 210
    margin = picture.crop((int(188.5 * dots), int(48.5 * dots), picture.width, int(290 * dots)))

    assert margin.getextrema() == (255, 255)


def test_a_name_that_no_font_has_is_told(fonts: Fonts) -> None:
    assert sheet(replace(UP, made_by="\U0002f8ff"), fonts).missing


def test_the_same_content_gives_the_same_bytes(tmp_path: Path, fonts: Fonts) -> None:
    first = drawn(UP, tmp_path, fonts).read_bytes()
    drawn(LONG, tmp_path, fonts)

    assert drawn(UP, tmp_path, fonts).read_bytes() == first


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (345_678, "338 KB"), (3 << 20, "3.0 MB"), (5000 << 20, "5,000.0 MB")])
def test_sizes_are_said_as_the_pc_says_them(size: int, words: str) -> None:
    assert size_in_words(size) == words


@every_sheet
def test_the_sheet_looks_as_it_was_approved(kind: str, tmp_path: Path, fonts: Fonts) -> None:
    with Image.open(slips.GOLDEN / f"handover_{kind}.png") as kept:
        golden = kept.convert("L")

    found = slips.picture(drawn(HANDOVERS[kind], tmp_path, fonts))

    assert slips.difference(found, golden) <= TOLERATED, "looked at and right? then: python -m tools.golden_forms"


def test_no_citizens_word_has_a_place_on_it() -> None:
    """Every field is a name of an end, a number, a moment or an officer."""
    assert not re.search("caller|person|title|content|phone", " ".join(Handover.__dataclass_fields__))
