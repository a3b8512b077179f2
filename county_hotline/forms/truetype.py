"""A TrueType file for reportlab that reads only what is asked of it, and tells truly what its glyphs mean.

reportlab reads a whole face (30 MB, 180 ms for HanaMinB) before the first character, copies the outlines for every document and, beyond
the BMP, writes a ToUnicode map from which 𠮷 cannot be copied. Here the file is mapped, looked up by character, and the map is right.
"""

from __future__ import annotations

import mmap
import zlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from struct import unpack, unpack_from
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTEncoding, TTFError, TTFont, TTFontFace

SUBSETS_KEPT = 24
"""Of the glyph sets made last, this many are kept deflated: a form's fixed words are the same on every slip."""
BLANK = frozenset({0x20, 0xA0, 0x3000, *range(0x2000, 0x200B)})
"""Characters whose glyph is rightly empty."""


class MappedFace(TTFontFace):  # type: ignore[misc]  # reportlab has no types
    """One file, mapped into memory; glyphs, widths and outlines are looked up when a character is drawn."""

    def readFile(self, file: str) -> None:  # noqa: N802 - reportlab's name
        self.filename = file
        with Path(file).open("rb") as opened:
            self._ttf_data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self._pos = 0

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - reportlab's names
        super().extractInfo(0)
        at = self._ttf_data
        self._metrics = unpack(">H", self.get_table("hhea")[34:36])[0]
        self._hmtx, self._loca = self.get_table_pos("hmtx")[0], self.get_table_pos("loca")[0]
        self._long = unpack(">H", self.get_table("head")[50:52])[0] == 1
        self.charToGlyph = _Glyphs(_character_map(at, self.get_table_pos("cmap")[0]), self)
        self.charWidths = _Widths(self)
        self.hmetrics, self.glyphPos = _Looked(self.metric), _Looked(self.outline_at)
        self.defaultWidth = self._pdfScale(self.metric(0)[0])

    def get_table(self, tag: str) -> bytes | _Outlines:
        """A table's bytes; the outlines as a view, for they are ten to thirty megabytes."""
        if tag == "glyf":
            return _Outlines(self._ttf_data, self.get_table_pos(tag)[0])
        table: bytes = super().get_table(tag)
        return table

    def metric(self, glyph: int) -> tuple[int, int]:
        """Advance width and left side bearing in the face's own units."""
        if glyph < self._metrics:
            advance, bearing = unpack_from(">Hh", self._ttf_data, self._hmtx + 4 * glyph)
            return advance, bearing & 0xFFFF
        advance = unpack_from(">H", self._ttf_data, self._hmtx + 4 * (self._metrics - 1))[0]
        bearing = unpack_from(">H", self._ttf_data, self._hmtx + 4 * self._metrics + 2 * (glyph - self._metrics))[0]
        return advance, bearing

    def outline_at(self, glyph: int) -> int:
        """Where a glyph's outline begins, from the start of the outlines."""
        if self._long:
            return int(unpack_from(">L", self._ttf_data, self._loca + 4 * glyph)[0])
        return 2 * int(unpack_from(">H", self._ttf_data, self._loca + 2 * glyph)[0])

    def glyph_of(self, code: int, mapped: int) -> int:
        """The glyph that really shows something for `code`, else 0: an empty outline would lose the character without a word."""
        if mapped and code not in BLANK and self.outline_at(mapped) == self.outline_at(mapped + 1):
            return 0
        return mapped

    def middle(self, char: str) -> float:
        """Height of a glyph's middle above the base line, in em: where the eye sees it stand."""
        glyph = self.charToGlyph.get(ord(char), 0)
        low, high = unpack_from(">hxxh", self._ttf_data, self.get_table_pos("glyf")[0] + self.outline_at(glyph) + 4)
        return float((low + high) / 2 / self.unitsPerEm)

    def addSubsetObjects(self, doc: pdfdoc.PDFDocument, fontname: str, subset: Sequence[int]) -> object:  # noqa: N802
        length, deflated = self.deflated(tuple(subset))
        stream = _deflated_stream(deflated)
        stream.dictionary["Length1"] = length
        descriptor = {
            "Type": "/FontDescriptor", "FontName": pdfdoc.PDFName(fontname), "Flags": self.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray(self.bbox), "Ascent": self.ascent, "Descent": self.descent, "CapHeight": self.capHeight,
            "ItalicAngle": self.italicAngle, "StemV": self.stemV, "MissingWidth": self.defaultWidth,
            "FontFile2": doc.Reference(stream, f"fontFile:{self.filename}({fontname})"),
        }  # fmt: skip
        return doc.Reference(pdfdoc.PDFDictionary(descriptor), f"fontDescriptor:{fontname}")

    @lru_cache(maxsize=SUBSETS_KEPT)  # noqa: B019 - faces live as long as the program
    def widths_of(self, subset: tuple[int, ...]) -> str:
        """The widths of a glyph set as PDF writes them."""
        return "[" + " ".join(f"{self.charWidths[code]:.6g}" for code in subset) + "]"

    @lru_cache(maxsize=SUBSETS_KEPT)  # noqa: B019 - as above
    def deflated(self, subset: tuple[int, ...]) -> tuple[int, bytes]:
        """The outlines of a glyph set: their length, and deflated."""
        outlines = self.makeSubset(list(subset))
        return len(outlines), zlib.compress(outlines)


class MappedFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """reportlab's font over a mapped face, with a right ToUnicode map."""

    def __init__(self, name: str, path: Path) -> None:
        self.fontName = name
        self.face = MappedFace(str(path))
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[pdfdoc.PDFDocument, TTFont.State] = WeakKeyDictionary()
        self._asciiReadable = True
        self.shapable = False

    def begin(self, doc: pdfdoc.PDFDocument, letters: str) -> None:
        """Give `letters` the first glyph set for themselves, so that it is the same, and ready made, on every page of this form."""
        self.splitString(letters, doc)
        self.getSubsetInternalName(0, doc)
        state = self.state[doc]
        state.nextCode = len(state.subsets) * 256

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:  # noqa: N802 - reportlab's name
        state = self.state.pop(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for nth, subset in enumerate(state.subsets):
            name = (SUBSETN(nth) + b"+" + self.face.name).decode("ascii")
            font = pdfdoc.PDFTrueTypeFont()
            font.Name, font.BaseFont = f"{state.internalName}+{nth}", name
            font.FirstChar, font.LastChar = 0, len(subset) - 1
            font.Widths = self.face.widths_of(tuple(subset))
            stream = _deflated_stream(to_unicode(name, tuple(subset)))
            font.ToUnicode = doc.Reference(stream, f"toUnicodeCMap:{name}")
            font.FontDescriptor = self.face.addSubsetObjects(doc, name, subset)
            doc.Reference(font, font.Name)
            fonts[font.Name] = font


def _deflated_stream(content: bytes) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=content, filters=())
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    return stream


@lru_cache(maxsize=SUBSETS_KEPT)
def to_unicode(name: str, subset: tuple[int, ...]) -> bytes:
    """Deflated: what each code of a glyph set means, as UTF-16: reportlab writes five hex digits beyond the BMP, which no reader understands."""
    lines = [f"<{nth:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for nth, code in enumerate(subset) if code]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    meanings = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return zlib.compress(
        (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n/CMapName /{name} def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange\n{meanings}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        ).encode("ascii")
    )


class _Glyphs(dict[int, int]):
    """Character -> glyph, found when asked for; a character without a visible glyph is not in it."""

    def __init__(self, ranges: _Ranges, face: MappedFace) -> None:
        super().__init__()
        self._ranges = ranges
        self._face = face

    def __missing__(self, code: int) -> int:
        self[code] = glyph = self._face.glyph_of(code, self._ranges.glyph(code))
        return glyph

    def __contains__(self, code: object) -> bool:
        return isinstance(code, int) and self[code] != 0

    def get(self, code: int, default: int = 0) -> int:  # type: ignore[override]
        return self[code] or default


class _Widths(dict[int, float]):
    """Character -> width in thousandths of the size."""

    def __init__(self, face: MappedFace) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, code: int) -> float:
        width: float = self._face.metric(self._face.charToGlyph[code])[0] * 1000 / float(self._face.unitsPerEm)
        self[code] = width
        return width

    def get(self, code: int, default: float = 0.0) -> float:  # type: ignore[override]
        return self[code]


class _Looked:
    """A list that is computed where it is read."""

    def __init__(self, look: Callable[[int], object]) -> None:
        self._look = look

    def __getitem__(self, at: int) -> object:
        return self._look(at)


class _Outlines:
    """Slices of the mapped outlines."""

    def __init__(self, mapped: mmap.mmap, start: int) -> None:
        self._mapped = mapped
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._mapped[self._start + part.start : self._start + part.stop]


class _Ranges:
    """A cmap as ranges of characters, searched by halving."""

    def __init__(self, first: Sequence[int], last: Sequence[int]) -> None:
        self._first = first
        self._last = last

    def glyph(self, code: int) -> int:
        nth = bisect_right(self._first, code) - 1
        return self.mapped(nth, code) if nth >= 0 and code <= self._last[nth] else 0

    def mapped(self, nth: int, code: int) -> int:
        raise NotImplementedError


class _Groups(_Ranges):
    """Format 12: all of Unicode."""

    def __init__(self, table: bytes) -> None:
        numbers: Sequence[int] = unpack_from(f">{3 * unpack_from('>L', table, 12)[0]}L", table, 16)
        super().__init__(numbers[0::3], numbers[1::3])
        self._glyph = numbers[2::3]

    def mapped(self, nth: int, code: int) -> int:
        return self._glyph[nth] + code - self._first[nth]


class _Segments(_Ranges):
    """Format 4: the BMP."""

    def __init__(self, table: bytes) -> None:
        count = unpack_from(">H", table, 6)[0] // 2
        ends = unpack_from(f">{count}H", table, 14)
        super().__init__(unpack_from(f">{count}H", table, 16 + 2 * count), ends)
        self._delta: Sequence[int] = unpack_from(f">{count}H", table, 16 + 4 * count)
        self._offsets_at = 16 + 6 * count
        self._offset: Sequence[int] = unpack_from(f">{count}H", table, self._offsets_at)
        self._table = table

    def mapped(self, nth: int, code: int) -> int:
        if not self._offset[nth]:
            return (code + self._delta[nth]) & 0xFFFF
        at = self._offsets_at + 2 * nth + self._offset[nth] + 2 * (code - self._first[nth])
        glyph: int = unpack_from(">H", self._table, at)[0] if at + 2 <= len(self._table) else 0
        return (glyph + self._delta[nth]) & 0xFFFF if glyph else 0


def _character_map(data: mmap.mmap, at: int) -> _Ranges:
    """The widest Unicode map of a face. Raises TTFError where there is none."""
    found: dict[int, bytes] = {}
    for nth in range(unpack_from(">H", data, at + 2)[0]):
        platform, encoding, offset = unpack_from(">HHL", data, at + 4 + 8 * nth)
        kind = unpack_from(">H", data, at + offset)[0]
        if (platform, encoding) in {(3, 10), (3, 1), (0, 3), (0, 4)} and kind in {4, 12}:
            length = unpack_from(">L", data, at + offset + 4)[0] if kind == 12 else unpack_from(">H", data, at + offset + 2)[0]
            found[kind] = data[at + offset : at + offset + length]
    if 12 in found:
        return _Groups(found[12])
    if 4 in found:
        return _Segments(found[4])
    raise TTFError("no Unicode character map")
