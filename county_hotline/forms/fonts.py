"""Text as runs that can be printed: which face draws which character, and what no face can draw. Never falls back without a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import RLock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from county_hotline.forms.faces import BORROWED, SHIPPED, Face, borrowed, pc_folders, shipped
from county_hotline.forms.truetype import MappedFace, MappedFont

FALLBACK: Mapping[Face, tuple[Face, ...]] = {
    Face.FANGSONG: (Face.FANGSONG, Face.SONG, Face.RARE),
    Face.KAI: (Face.KAI, Face.SONG, Face.RARE),
    Face.SONG: (Face.SONG, Face.RARE),
    Face.TITLE: (Face.TITLE, Face.RARE),
    Face.HEI: (Face.HEI, Face.RARE),
    Face.HEI_BOLD: (Face.HEI_BOLD, Face.RARE),
}
SHORT_VALUE = 8
"""A value of up to so many characters (a name) leaves 仿宋 as a whole when one of them is not in it: it must look like one name."""
LATIN_SIZE = 0.95
"""宋's digits and Latin shout beside 仿宋 at full size."""
BOLDER = {Face.SONG: 0.012, Face.FANGSONG: 0.012, Face.HEI: 0.02, Face.HEI_BOLD: 0.06, Face.TITLE: 0.04}
TEXTS_KEPT = 512
"""A form's fixed sentences are cut into runs once."""
PAPER_LOCK = RLock()
"""reportlab's fonts serve one document at a time."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one face."""

    font: MappedFont
    text: str
    scale: float = 1.0
    rise: float = 0.0
    """In em, so that faces of different build stand on one line for the eye."""
    bolder: float = 0.0
    """An outline of so many em: a 宋 lending one character to 黑 would be the faintest on the page."""

    def width(self, size: float) -> float:
        """In the unit of `size`."""
        widths = self.font.face.charWidths
        return sum(widths[ord(char)] for char in self.text) * size * self.scale / 1000


class Fonts:
    """The faces of one set of files, each opened when the first character needs it."""

    def __init__(self, files: Mapping[Face, Path]) -> None:
        self._files = dict(files)
        self._open: dict[Path, MappedFont] = {}

    def font(self, face: Face) -> MappedFont:
        """The face, registered with reportlab under a name of its own."""
        path = self._files.get(face) or self._files[Face.SONG]
        if path not in self._open:
            with PAPER_LOCK:
                if path not in self._open:
                    font = MappedFont(f"{path.stem}-{len(pdfmetrics._fonts)}", path)  # noqa: SLF001 - only for a free name
                    pdfmetrics.registerFont(font)
                    self._open[path] = font
        return self._open[path]

    def has_own(self, face: Face) -> bool:
        """Whether a file stands for this hand, or 宋 stands in."""
        return face in self._files

    def is_open(self, face: Face) -> bool:
        return self._files.get(face) in self._open

    def covers(self, face: Face, char: str) -> bool:
        return ord(char) in self.font(face).face.charToGlyph

    def missing(self, texts: Iterable[str], face: Face = Face.SONG) -> tuple[str, ...]:
        """The characters no face of `face`'s row can show, each once, in order."""
        row = FALLBACK[face]
        seen = dict.fromkeys(char for text in texts for char in text)
        return tuple(char for char in seen if not any(self.covers(one, char) for one in row))

    @lru_cache(maxsize=TEXTS_KEPT)  # noqa: B019 - a few sets of files in a program's life
    def spelled(self, text: str, face: Face) -> str:
        """`text` with every character that no face can show written as `[U+20BB7]`."""
        lost = self.missing((text,), face)
        return text.translate({ord(char): f"[U+{ord(char):04X}]" for char in lost}) if lost else text

    @lru_cache(maxsize=TEXTS_KEPT)  # noqa: B019 - as above
    def runs(self, text: str, face: Face) -> tuple[Run, ...]:
        """`text`, spelled already, cut where the face must change."""
        row: Sequence[Face] = FALLBACK[face]
        if len(row) > 2 and (not self.has_own(face) or self._leaves(text, face)):
            row = row[1:]
        pieces: list[tuple[Face, str]] = []
        for char in text:
            one = self._face_for(char, row)
            if pieces and pieces[-1][0] is one:
                pieces[-1] = (one, pieces[-1][1] + char)
            else:
                pieces.append((one, char))
        return tuple(self._run(one, piece, face) for one, piece in pieces)

    def _face_for(self, char: str, row: Sequence[Face]) -> Face:
        """ASCII is always 宋's beside 仿宋 and 楷: theirs is drawn for typewriters."""
        if len(row) > 2 and char.isascii():
            return row[1]
        return next((one for one in row if self.covers(one, char)), row[0])

    def _leaves(self, text: str, face: Face) -> bool:
        return len(text) <= SHORT_VALUE and any(not char.isascii() and not self.covers(face, char) for char in text)

    def _run(self, one: Face, text: str, wanted: Face) -> Run:
        scale = LATIN_SIZE if one is Face.SONG and self.has_own(wanted) and wanted in BORROWED and text.isascii() else 1.0
        rise = self._rise(one) if one in BORROWED else 0.0
        return Run(self.font(one), text, scale, rise, BOLDER.get(wanted, 0.0) if one is Face.RARE else 0.0)

    @cache  # noqa: B019 - a few sets of files in a program's life
    def _rise(self, face: Face) -> float:
        """How far a borrowed face must be raised to stand where 宋 stands."""
        if not self.covers(face, "国"):
            return 0.0
        return self.font(Face.SONG).face.middle("国") - self.font(face).face.middle("国")


@cache
def shipped_fonts() -> Fonts:
    """Only what comes with the program: the same picture on every PC."""
    return Fonts(_shipped_files())


@cache
def fonts_of(pack: Path | None = None) -> Fonts:
    """The shipped faces, with 仿宋 and 楷体 from a font pack folder or this PC where they are."""
    folders = (*((pack,) if pack else ()), *pc_folders())
    return Fonts(_shipped_files() | {face: path for face, path in borrowed(folders).items() if _opens(path)})


def missing_glyphs(texts: Iterable[str], fonts: Fonts | None = None) -> tuple[str, ...]:
    """Before printing: the characters that would come out as `[U+...]`, each once."""
    return (fonts or fonts_of()).missing(texts)


def _shipped_files() -> dict[Face, Path]:
    return {face: path for face in SHIPPED if (path := shipped(face))}


def _opens(path: Path) -> bool:
    """A borrowed file may be CFF, broken or forbid embedding; then 宋 stands in."""
    try:
        return ord("国") in MappedFace(str(path)).charToGlyph
    except (TTFError, OSError, ValueError):
        return False
