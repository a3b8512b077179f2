"""The 80 mm slip as dots for a thermal printer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from county_hotline.forms import qr
from county_hotline.forms.fonts import Fonts
from county_hotline.forms.receipts import receipt_picture
from tests.forms import slips


@pytest.mark.parametrize("kind", slips.SLIPS)
def test_the_picture_is_576_dots_of_one_bit_with_a_readable_code(kind: str, tmp_path: Path, fonts: Fonts) -> None:
    burnt = receipt_picture(slips.SLIPS[kind], fonts=fonts)
    burnt.save(tmp_path / "dots.png")

    assert (burnt.mode, burnt.width) == ("1", 576)
    assert slips.code_in(tmp_path / "dots.png") == "LXQ1|370323-03A-261121-0007K|8K3D71Q2"


def test_every_module_is_seven_whole_dots(fonts: Fonts) -> None:
    burnt = receipt_picture(slips.PLAIN, fonts=fonts)
    left, side = 8, 29 * 7
    dots = [[burnt.getpixel((x, y)) == 0 for x in range(left, left + side)] for y in range(burnt.height)]
    top = next(y for y in range(400, burnt.height) if all(dots[y][:49]) and not any(dots[y][49:56]))

    blurred = [
        (column, row)
        for row in range(29)
        for column in range(29)
        if len({dots[top + row * 7 + y][column * 7 + x] for y in range(7) for x in range(7)}) > 1
    ]

    assert blurred == []


def test_the_paper_ends_in_white_for_the_cut(fonts: Fonts) -> None:
    burnt = receipt_picture(slips.PLAIN, fonts=fonts)

    assert burnt.crop((0, burnt.height - 40, 576, burnt.height)).convert("L").getextrema() == (255, 255)


@given(serial=st.integers(0, 9999), code=st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=8, max_size=8))
def test_the_best_of_the_eight_masks_is_taken(serial: int, code: str) -> None:
    """Against the standard's rules, counted module by module."""
    encoder = QRCode(3, QRErrorCorrectLevel.M)
    encoder.addData(f"LXQ1|370323-03A-261121-{serial:04d}K|{code}")
    penalties = []
    for mask in range(8):
        encoder.makeImpl(True, mask)
        penalties.append(penalty([list(row) for row in encoder.modules]))
    encoder.makeImpl(True, 0)

    chosen = qr._best_mask(3, encoder.modules)

    assert penalties[chosen] == min(penalties)


def penalty(modules: list[list[bool]]) -> int:
    """ISO/IEC 18004, 7.8.3."""
    side = len(modules)
    cost = 10 * (abs(100 * sum(map(sum, modules)) // side**2 - 50) // 5)
    for lines in (modules, [list(column) for column in zip(*modules, strict=True)]):
        for line in lines:
            shown = "".join("1" if dark else "0" for dark in line)
            cost += sum(40 for finder in qr.FINDERS for at in range(side - 10) if shown[at : at + 11] == finder)
            runs = shown.replace("01", "0 1").replace("10", "1 0").split()
            cost += sum(len(run) - 2 for run in runs if len(run) >= 5)
    blocks = ((row, column) for row in range(side - 1) for column in range(side - 1))
    return cost + sum(3 for row, column in blocks if len({modules[row + y][column + x] for y in (0, 1) for x in (0, 1)}) == 1)
