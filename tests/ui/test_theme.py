"""Colours that can be read, and signs that exist."""

from __future__ import annotations

import ast
import tkinter as tk
from pathlib import Path

import pytest

from county_hotline.ui import theme
from county_hotline.ui.theme import Size

UI = Path(theme.__file__).parent


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", [theme.SHEET, theme.SIDE, theme.RAIL, theme.CHOSEN])
@pytest.mark.parametrize("ink", [theme.INK, theme.INK2])
def test_text_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("tone", theme.Tone, ids=lambda tone: tone.value)
def test_a_chip_can_be_read_on_its_wash(tone: theme.Tone) -> None:
    assert contrast(theme.INKS[tone], theme.WASHES[tone]) >= 4.5


def test_hints_keys_and_borders_of_fields_can_be_seen() -> None:
    assert min(contrast(theme.INK3, ground) for ground in (theme.SHEET, theme.SIDE, theme.RAIL)) >= 4.5
    assert min(contrast(theme.FIELD, ground) for ground in (theme.SHEET, theme.SIDE)) >= 3
    assert contrast(theme.SHEET, theme.BLUE) >= 4.5


def icons_in_source() -> list[str]:
    """Every `icon="..."` and every name given to Sign or theme.icon in the window's source."""
    names: set[str] = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "icon" and isinstance(node.value, ast.Constant):
                names.add(str(node.value.value))
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.endswith(("-fill", "-lg", "-split"))
            ):
                names.add(node.value)
    return sorted(names - {""})


@pytest.mark.screen
def test_every_sign_named_in_the_source_exists(root: tk.Tk) -> None:
    names = icons_in_source()

    drawn = [theme.icon(name) for name in names]

    assert len(names) > 10
    assert all(drawn)


@pytest.mark.screen
def test_one_change_of_size_changes_every_font_and_measure(root: tk.Tk) -> None:
    before = theme.line_height(theme.BODY), theme.px(100)

    theme.change_size(root, Size.LARGEST)
    after = theme.line_height(theme.BODY), theme.px(100)
    theme.change_size(root, Size.STANDARD)

    assert after[0] > before[0]
    assert (before[1], after[1]) == (100, 130)
    assert (theme.line_height(theme.BODY), theme.px(100)) == before
