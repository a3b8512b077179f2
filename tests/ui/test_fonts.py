"""The window's fonts: Tk is told of the shipped ones, wherever the program and its data lie."""

from __future__ import annotations

from pathlib import Path

from county_hotline.ui import fonts


def test_the_window_can_be_told_where_the_fonts_are(tmp_path: Path) -> None:
    text = fonts.fontconfig_text(tmp_path / "a & b")

    for face in fonts.FACES:
        assert f"<dir>{fonts.SHIPPED / face}</dir>" in text
    assert f"<cachedir>{tmp_path}/a &amp; b</cachedir>" in text
