"""交接班单: one A4 page however full the day was, confidential orders by their number alone, and it looks as it was approved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from county_hotline.forms import raster, shift_sheet
from county_hotline.forms.fonts import Fonts
from tests.forms import slips
from tests.forms.shifts import FULL, LONG_TITLE, QUIET, SHIFTS
from tests.support.ticking_clock import MORNING

every_sheet = pytest.mark.parametrize("kind", SHIFTS)
TOLERATED = 0.2
"""Thousandths of a page."""


def drawn(kind: str, folder: Path, fonts: Fonts) -> Path:
    path = folder / "sheet.pdf"
    assert shift_sheet.draw_shift(SHIFTS[kind], path, printed_at=MORNING, fonts=fonts) == ()
    return path


@every_sheet
def test_it_is_one_page_of_a4_and_ends_above_its_foot(kind: str, tmp_path: Path, fonts: Fonts) -> None:
    document = PdfDocument(drawn(kind, tmp_path, fonts))
    pages, size = len(document), document[0].get_size()
    document.close()
    found = slips.picture(tmp_path / "sheet.pdf")
    below = found.crop((0, round(found.height * 291 / 297), found.width, found.height))

    assert pages == 1
    assert [round(side * 25.4 / 72) for side in size] == [210, 297]
    assert below.getextrema() == (255, 255)


@every_sheet
def test_nothing_runs_over_the_right_line(kind: str, tmp_path: Path, fonts: Fonts) -> None:
    found = slips.picture(drawn(kind, tmp_path, fonts))
    right = found.crop((round(found.width * 188.5 / 210), 0, found.width, found.height))

    assert right.getextrema() == (255, 255)


def test_every_word_can_be_copied(tmp_path: Path, fonts: Fonts) -> None:
    said = slips.read_back(drawn("quiet", tmp_path, fonts))

    for word in (
        "交接班",
        "第000007号",
        "受理员甲",
        "受理7",
        "直接答复3",
        "待回访2",
        "261121-0018",
        "路灯不亮",
        "墨粉将尽",
        "已存41＝已签收41＋待传0",
    ):
        assert slips.squeezed(word) in said


def test_of_a_confidential_order_and_draft_only_a_number_and_a_time_stand_there(tmp_path: Path, fonts: Fonts) -> None:
    said = slips.read_back(drawn("full", tmp_path, fonts))
    hidden = [line for line in FULL.sheet.overdue if line.confidential]

    assert hidden
    assert all(not line.title for line in hidden)
    assert f"{slips.squeezed('261121-0002')}保密" in said
    assert LONG_TITLE[:10] in said
    assert "还有5" in said


def test_who_took_over_stands_on_a_print_made_after_it(tmp_path: Path, fonts: Fonts) -> None:
    assert "受理员乙已在机上确认" in slips.read_back(drawn("full", tmp_path, fonts))
    assert "已在机上确认" not in slips.read_back(drawn("quiet", tmp_path, fonts))


def test_the_preview_is_the_same_page_and_says_that_it_is_one(fonts: Fonts) -> None:
    pdf = shift_sheet.preview(type(QUIET)(0, QUIET.sheet), printed_at=MORNING, fonts=fonts)
    document = PdfDocument(pdf)
    said = document[0].get_textpage().get_text_range()
    document.close()
    found = raster.picture(pdf, width=700)

    assert "预览，还没有交班" in said
    assert (found.width, round(found.height / found.width, 2)) == (700, 1.41)


@every_sheet
def test_the_sheet_looks_as_it_was_approved(kind: str, tmp_path: Path, fonts: Fonts) -> None:
    with Image.open(slips.GOLDEN / f"shift_{kind}.png") as kept:
        golden = kept.convert("L")

    found = slips.picture(drawn(kind, tmp_path, fonts))

    assert slips.difference(found, golden) <= TOLERATED, "looked at and right? then: python -m tools.golden_forms"
