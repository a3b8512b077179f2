"""The window's own fonts: shipped with the program, made known to the system before Tk starts."""

from __future__ import annotations

import os
import sys
from html import escape
from pathlib import Path

SHIPPED = Path(__file__).parent.parent / "fonts"
FACES = ("noto-sans-sc", "hanazono")
"""The folders of the faces the window draws with: the second for rare characters of names."""

_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
<alias binding="strong"><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
<match target="font">
<edit name="hintstyle" mode="assign"><const>hintslight</const></edit>
<edit name="antialias" mode="assign"><bool>true</bool></edit>
</match>
</fontconfig>
"""


def make_known(folder: Path) -> None:
    """Let Tk see only the shipped fonts, so that every PC draws the same. `folder` is ours to write in. Call before Tk starts."""
    if sys.platform == "win32":
        _add_on_windows()
    else:
        os.environ["FONTCONFIG_FILE"] = str(_written_conf(folder))


def fontconfig_text(cache: Path) -> str:
    """A fonts.conf that names the shipped folders and nothing else."""
    folders = "\n".join(f"<dir>{escape(str(SHIPPED / face))}</dir>" for face in FACES)
    return _CONF.format(folders=folders, cache=escape(str(cache)))


def _written_conf(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    conf = folder / "fonts.conf"
    text = fontconfig_text(folder / "fontcache")
    if not conf.exists() or conf.read_text(encoding="utf-8") != text:
        conf.write_text(text, encoding="utf-8")
    return conf


def _add_on_windows() -> None:
    """Fonts for this process only; nothing is installed and nothing stays behind."""
    import ctypes

    gdi = ctypes.windll.gdi32  # type: ignore[attr-defined,unused-ignore]
    only_this_process = 0x10
    for file in sorted(found for face in FACES for found in (SHIPPED / face).glob("*.ttf")):
        gdi.AddFontResourceExW(str(file), only_this_process, 0)
