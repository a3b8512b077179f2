"""Charts: the same drawing on paper and screen, numbers beside the bars, hatched where it is late, nothing over its edge."""

from __future__ import annotations

import itertools
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from county_hotline.forms import charts, raster
from county_hotline.forms.chart_parts import Bar, Column, Inks, Look, Point
from county_hotline.forms.charts import Chart
from county_hotline.forms.fonts import Fonts
from tests.forms import slips

TOLERATED = 0.4
"""Thousandths of a picture."""
LOOK = Look(460, 14, 12)
ROWS = (
    Bar("place:1", "燕崖镇", 41, "41", "22%"),
    Bar("place:2", "沂源县住房和城乡建设局城市管理综合行政执法大队", 33, "33", "其中超期 4", 4),
    Bar("place:3", "𠮷祥社区", 0, "0"),
)
UNITS = (
    Bar("unit:1", "县医保局", 100, "100.00%", "18 / 18", is_in_column=True),
    Bar("unit:2", "县城管局", 88.46, "88.46%", "23 / 26", is_below=True, is_in_column=True),
)
WEEK = (
    Column("overdue", "已超期", 5, is_late=True),
    *(Column(f"due:{at}", f"11-{22 + at}", at % 4, below="周一") for at in range(7)),
)
DAYS = tuple(Point(f"11-{at:02d}" if at % 5 == 0 else "", at * 7 % 12, at * 5 % 9) for at in range(1, 31))


def chart(kind: str, fonts: Fonts) -> Chart:
    match kind:
        case "bars":
            return charts.bars(ROWS, LOOK, fonts=fonts)
        case "units":
            return charts.bars(UNITS, LOOK, most=100, target=95, fonts=fonts)
        case "columns":
            return charts.columns(WEEK, Look(460, 14, 12, 180), fonts=fonts)
        case _:
            return charts.trend(DAYS, Look(640, 14, 12, 180), bar="受理 柱", line="办结 线", fonts=fonts)


KINDS = ("bars", "units", "columns", "trend")


def picture(kind: str, fonts: Fonts) -> Image.Image:
    drawn = chart(kind, fonts)
    made = raster.picture(charts.pdf_of(drawn, fonts=fonts), width=round(drawn.width))
    return Image.open(BytesIO(made.png)).convert("L")


def words(kind: str, fonts: Fonts) -> str:
    document = PdfDocument(charts.pdf_of(chart(kind, fonts), fonts=fonts))
    said = str(document[0].get_textpage().get_text_range())
    document.close()
    return said


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_looks_as_it_was_approved(kind: str, fonts: Fonts) -> None:
    with Image.open(slips.GOLDEN / f"chart_{kind}.png") as kept:
        golden = kept.convert("L")

    assert slips.difference(picture(kind, fonts), golden) <= TOLERATED


def test_every_number_stands_beside_its_bar_in_words_that_can_be_copied(fonts: Fonts) -> None:
    said = words("bars", fonts) + words("units", fonts) + words("columns", fonts)

    for row in (*ROWS, *UNITS):
        assert row.figure in said
        assert not row.note or row.note in said
    assert "已超期" in said


def test_a_long_label_is_cut_and_leaves_its_bar_room(fonts: Fonts) -> None:
    assert "沂源县住房" in words("bars", fonts)
    assert "执法大队" not in words("bars", fonts)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_drawn_over_the_edge(kind: str, fonts: Fonts) -> None:
    """Words and bars end before the last column of pixels; axis lines may touch it."""
    found = picture(kind, fonts)
    edge = [found.getpixel((found.width - 1, y)) for y in range(found.height)]

    assert min(float(str(each)) for each in edge) > 150


@pytest.mark.parametrize("kind", ["bars", "columns"])
def test_each_figure_can_be_pointed_at_where_it_stands(kind: str, fonts: Fonts) -> None:
    drawn = chart(kind, fonts)
    keys = [row.key for row in (ROWS if kind == "bars" else WEEK)]

    assert [region.key for region in drawn.regions] == keys
    assert all(r.x >= 0 and r.x + r.width <= drawn.width + 0.01 for r in drawn.regions)
    assert all(r.y >= 0 and r.y + r.height <= drawn.height + 0.01 for r in drawn.regions)


def test_what_is_late_is_told_from_what_is_not_in_grey_too(fonts: Fonts) -> None:
    """Hatching: along a late bar dark and light take turns."""
    found = picture("columns", fonts)
    middle = [found.getpixel((x, found.height // 2)) for x in range(16, 42)]
    grey = [float(str(each)) for each in middle]

    turns = sum(a > b + 8 for a, b in itertools.pairwise(grey))
    assert turns >= 4


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_and_edges_can_be_seen_by_weak_eyes() -> None:
    inks = Inks()

    assert all(contrast(ink, inks.ground) >= 4.5 for ink in (inks.ink, inks.quiet, inks.late_edge))
    assert all(contrast(edge, inks.ground) >= 3 for edge in (inks.bar_edge, inks.late_edge))


def test_an_axis_ends_at_a_round_number_that_four_steps_lead_to() -> None:
    for most in range(1, 3000, 7):
        end = charts._axis_end(most)
        assert most <= end <= max(4, 2.6 * most)
        assert end % 4 == 0


def test_a_page_that_is_not_there_is_said_so(fonts: Fonts) -> None:
    with pytest.raises(ValueError, match="page 1"):
        raster.picture(charts.pdf_of(chart("bars", fonts), fonts=fonts), width=100, page=1)


def test_the_same_chart_is_drawn_the_same_again(fonts: Fonts, tmp_path: Path) -> None:
    del tmp_path
    first = charts.pdf_of(chart("trend", fonts), fonts=fonts)

    def plain(pdf: bytes) -> bytes:
        return re.sub(rb"/ID\s*\[.*?\]", b"", pdf, flags=re.DOTALL)

    assert plain(charts.pdf_of(chart("trend", fonts), fonts=fonts)) == plain(first)
