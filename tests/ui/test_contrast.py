"""Every pair of ink and ground that is drawn can be read: WCAG AA in the standard colours, AAA in 高对比. No other colour is in the source."""

from __future__ import annotations

import re
import tkinter as tk
from pathlib import Path
from tkinter import ttk

import pytest

from county_hotline.ui import theme, tokens
from county_hotline.ui.tokens import HIGH, STANDARD, Tokens
from county_hotline.ui.widgets.focus_ring import FocusRing
from county_hotline.ui.widgets.inputs import LineInput
from tests.support.windows import a_window
from tests.ui.test_theme import contrast

UI = Path(theme.__file__).parent
GROUNDS = ("sheet", "side", "rail", "chosen", "grey_wash")
TEXT = (
    *((ink, ground) for ink in ("ink", "ink2") for ground in (*GROUNDS, "blue_wash", "red_wash", "amber_wash", "green_wash")),
    *(("ink3", ground) for ground in ("sheet", "side", "rail", "grey_wash")),
    *((tone, ground) for tone in ("blue", "red", "amber", "green") for ground in ("sheet", "side", "chosen", f"{tone}_wash")),
    ("blue", "rail"), ("red", "red_wash_on"), ("sheet", "blue"), ("sheet", "blue_on"), ("sheet", "amber"),
)  # fmt: skip
EDGES = (("field", "sheet"), ("field", "side"), ("blue", "sheet"), ("blue", "side"), ("red", "sheet"))
"""What is no text but must be found: borders of fields, rings."""


@pytest.mark.parametrize(("ink", "ground"), TEXT)
@pytest.mark.parametrize(("colours", "least"), [(STANDARD, 4.5), (HIGH, 7.0)], ids=["standard", "high"])
def test_text_can_be_read(colours: Tokens, least: float, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= least


@pytest.mark.parametrize(("edge", "ground"), EDGES)
@pytest.mark.parametrize(("colours", "least"), [(STANDARD, 3.0), (HIGH, 4.5)], ids=["standard", "high"])
def test_what_borders_a_field_can_be_found(colours: Tokens, least: float, edge: str, ground: str) -> None:
    assert contrast(getattr(colours, edge), getattr(colours, ground)) >= least


def test_no_colour_stands_outside_the_tokens() -> None:
    """A chart's own shades are told apart by lightness, see its test."""
    elsewhere = {
        path.relative_to(UI).as_posix(): found
        for path in UI.rglob("*.py")
        if path.name not in ("tokens.py", "why_pane.py", "chart_picture.py")
        if (found := re.findall(r"\"#[0-9a-fA-F]{6}\"", path.read_text(encoding="utf-8")))
    }
    assert elsewhere == {"theme.py": elsewhere["theme.py"]}
    assert len(elsewhere["theme.py"]) == 6, "the engine's anchors: our colours made lighter"


def test_no_colour_is_the_default_of_an_argument() -> None:
    """It would be the one in force when the program began."""
    frozen = [
        f"{path.name}: {line.strip()}"
        for path in UI.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"(ink|ground|colour): str = (theme\.)?[A-Z]", line)
    ]

    assert frozen == []


@pytest.mark.screen
def test_every_page_follows_the_other_colours_and_comes_back(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.window.change_contrast(high=True)
        opened.settle()
        high = theme.INK, theme.INKS[theme.Tone.RED], theme.WASHES[theme.Tone.AMBER]
        opened.window.change_contrast(high=False)
        opened.settle()

    assert high == (tokens.HIGH.ink, tokens.HIGH.red, tokens.HIGH.amber_wash)
    assert tokens.STANDARD.ink == theme.INK


@pytest.mark.screen
def test_in_high_contrast_a_thick_ring_stands_round_what_has_the_keyboard(root: tk.Tk) -> None:
    ring = FocusRing(root)
    fields = [LineInput(root), LineInput(root)]
    for field in fields:
        field.pack(pady=20)
    ring.turn(on=True)
    fields[0].focus_force()
    root.update()
    fields[1].focus_force()
    root.update()
    seen = [(bar.winfo_x(), bar.winfo_y(), bar.winfo_width(), bar.winfo_height()) for bar in ring._bars]
    ring.turn(on=False)
    root.update()

    x, y, width, height = fields[1].winfo_x(), fields[1].winfo_y(), fields[1].winfo_width(), fields[1].winfo_height()
    assert seen[0] == (x - 3, y - 3, width + 6, 3)
    assert seen[3] == (x + width, y - 3, 3, height + 6)
    assert not any(bar.winfo_ismapped() for bar in ring._bars)


@pytest.mark.screen
def test_the_box_of_a_tick_is_ours_in_either_colours(root: tk.Tk) -> None:
    """The engine's border has 2.3:1; ours is that of a field."""
    standard = str(ttk.Style(root).layout("Sheet.TCheckbutton"))
    theme.change_look(root, theme.Size.STANDARD, high_contrast=True)
    theme.style_rest(root)
    high = str(ttk.Style(root).layout("Sheet.TCheckbutton"))
    theme.change_look(root, theme.Size.STANDARD, high_contrast=False)

    assert "Lxq.tick.standard'" in standard
    assert "Lxq.tick.standard.high'" in high
