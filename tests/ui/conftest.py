"""A themed root window with all mends, for tests of the real widgets."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.ui import fonts, theme, tk_mends
from county_hotline.ui.theme import Size


@pytest.fixture(scope="session")
def shipped_fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tk sees the program's own fonts, as in the program. The font system reads this once a process."""
    folder = tmp_path_factory.mktemp("screen")
    fonts.make_known(folder)
    return folder


@pytest.fixture
def root(display: str, shipped_fonts: Path) -> Iterator[tk.Tk]:
    """The root window in 标准, shown, 1000 by 640."""
    window = theme.new_root("test", Size.STANDARD)
    tk_mends.install(window)
    theme.style_rest(window)
    window.geometry("1000x640+0+0")
    window.deiconify()
    window.update()
    yield window
    if window.winfo_exists():
        window.destroy()
