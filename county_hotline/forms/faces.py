"""Which font file stands for which hand on paper: shipped ones, and 仿宋 and 楷体 where the PC or a font pack has them. Files only."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path

SHIPPED_FOLDER = Path(__file__).resolve().parent.parent / "fonts"


class Face(Enum):
    """字体: the hands an office writes in."""

    SONG = "song"
    """宋: labels, digits and Latin."""
    TITLE = "title"
    """小标宋: titles."""
    HEI = "hei"
    """黑: receipts."""
    HEI_BOLD = "hei_bold"
    """粗黑: what must be found at a glance."""
    FANGSONG = "fangsong"
    """仿宋: values and running text; 宋 where the PC has none."""
    KAI = "kai"
    """楷: small notes; 宋 where the PC has none."""
    RARE = "rare"
    """罕用字: what the others lack."""


SHIPPED = {
    Face.SONG: "noto-serif-sc/NotoSerifSC_400Regular.ttf",
    Face.TITLE: "noto-serif-sc/NotoSerifSC_700Bold.ttf",
    Face.HEI: "noto-sans-sc/NotoSansSC_400Regular.ttf",
    Face.HEI_BOLD: "noto-sans-sc/NotoSansSC_700Bold.ttf",
    Face.RARE: "hanazono/HanaMinB.ttf",
}

BORROWED = {
    Face.FANGSONG: (
        "fangsong.ttf",
        "simfang.ttf",
        "仿宋_gb2312.ttf",
        "仿宋.ttf",
        "fandolfang-regular.ttf",
        "fzfsk.ttf",
        "fzfsjw.ttf",
        "方正仿宋_gbk.ttf",
    ),
    Face.KAI: (
        "kai.ttf",
        "simkai.ttf",
        "楷体_gb2312.ttf",
        "楷体.ttf",
        "fandolkai-regular.ttf",
        "fzktk.ttf",
        "fzktjw.ttf",
        "方正楷体_gbk.ttf",
    ),
}
"""File names, in lower case, by which Windows, Kylin, UOS and font packs carry these hands; the first found wins."""


def shipped(face: Face) -> Path | None:
    """The shipped file of a hand; None for those that are borrowed."""
    name = SHIPPED.get(face)
    return SHIPPED_FOLDER / name if name else None


def borrowed(folders: Iterable[Path]) -> dict[Face, Path]:
    """仿宋 and 楷体 as found in these folders, the earlier folder first. What is not found is not named."""
    found: dict[Face, Path] = {}
    for folder in folders:
        here = {path.name.lower(): path for path in _font_files(folder)}
        for face, names in BORROWED.items():
            path = next((here[name] for name in names if name in here), None)
            if path is not None:
                found.setdefault(face, path)
    return found


def pc_folders() -> tuple[Path, ...]:
    """Where this PC keeps its fonts, the user's own last."""
    if sys.platform == "win32":
        own = os.environ.get("LOCALAPPDATA")
        system = Path(os.environ.get("WINDIR") or "C:\\Windows") / "Fonts"
        return (system, Path(own) / "Microsoft" / "Windows" / "Fonts") if own else (system,)
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local" / "share" / "fonts")


def _font_files(folder: Path) -> Iterator[Path]:
    for root, _folders, names in os.walk(folder):
        for name in sorted(names):
            if name.lower().endswith(".ttf"):
                yield Path(root) / name
