"""The mapped faces against reportlab's own reading of the same files: same glyphs, same widths, same outlines."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from county_hotline.forms import faces
from county_hotline.forms.faces import Face
from county_hotline.forms.truetype import BLANK, MappedFace

every_face = pytest.mark.parametrize("face", [Face.SONG, Face.HEI, Face.RARE])


@cache
def both(face: Face) -> tuple[MappedFace, TTFontFace]:
    path = str(faces.shipped(face))
    return MappedFace(path), TTFontFace(path)


@every_face
def test_every_character_finds_the_same_glyph(face: Face) -> None:
    ours, theirs = both(face)

    differing = [
        code
        for code in range(0x30000)
        if code not in BLANK and ours.charToGlyph.get(code, 0) != theirs.charToGlyph.get(code, 0)
    ]

    assert differing == []
    assert len(theirs.charToGlyph) > 20_000


@every_face
def test_every_character_has_the_same_width(face: Face) -> None:
    ours, theirs = both(face)

    differing = [code for code in theirs.charToGlyph if code not in BLANK and ours.charWidths[code] != theirs.charWidths[code]]

    assert differing == []


@pytest.mark.parametrize("face", [Face.SONG, Face.HEI])
def test_a_glyph_set_has_the_same_outlines(face: Face, rng: random.Random) -> None:
    ours, theirs = both(face)
    subset = rng.sample([code for code in theirs.charToGlyph if code in ours.charToGlyph], 200)

    assert ours.makeSubset(subset) == theirs.makeSubset(subset)


def test_a_map_of_the_basic_plane_alone_is_read_as_well(tmp_path: Path) -> None:
    """simfang.ttf and its like have only format 4."""
    path = tmp_path / "basic.ttf"
    path.write_bytes(without_wide_map(Path(str(faces.shipped(Face.HEI))).read_bytes()))
    whole, _ = both(Face.HEI)

    basic = MappedFace(str(path))

    assert [code for code in range(0x10000) if basic.charToGlyph.get(code, 0) != whole.charToGlyph.get(code, 0)] == []
    assert 0x2CB4E in whole.charToGlyph
    assert 0x2CB4E not in basic.charToGlyph


@pytest.mark.parametrize("content", [b"OTTO\0\1", b"nonsense" * 20])
def test_a_file_that_is_no_truetype_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "face.ttf").write_bytes(content)

    with pytest.raises(TTFError):
        MappedFace(str(tmp_path / "face.ttf"))


def without_wide_map(font: bytes) -> bytes:
    """The same file with its format 12 maps called something no reader knows."""
    tables = {font[at : at + 4]: at for at in range(12, 12 + 16 * int.from_bytes(font[4:6]), 16)}
    cmap = int.from_bytes(font[tables[b"cmap"] + 8 : tables[b"cmap"] + 12])
    changed = bytearray(font)
    for at in range(cmap + 4, cmap + 4 + 8 * int.from_bytes(font[cmap + 2 : cmap + 4]), 8):
        offset = int.from_bytes(font[at + 4 : at + 8])
        if int.from_bytes(font[cmap + offset : cmap + offset + 2]) == 12:
            changed[at : at + 4] = b"\0\x09\0\x09"
    return bytes(changed)
