"""Which face draws which character, what no face can draw, and 仿宋 borrowed from a font pack."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from county_hotline.forms import faces
from county_hotline.forms.breaking import full_width
from county_hotline.forms.faces import Face
from county_hotline.forms.fonts import FALLBACK, Fonts, fonts_of, missing_glyphs, shipped_fonts
from tests.forms import slips

RARE = {"𠮷": Face.RARE, "䶮": Face.SONG, "㛃": Face.SONG, "𬭎": Face.SONG, "𫠝": Face.RARE, "祥": Face.SONG}
NO_FACE_HAS = "\U0003134a"


def drawn_by(fonts: Fonts, text: str, face: Face) -> list[str]:
    return [Path(run.font.face.filename).stem for run in fonts.runs(text, face)]


@pytest.mark.parametrize(("char", "face"), RARE.items())
def test_rare_characters_come_from_the_face_that_has_them(char: str, face: Face, fonts: Fonts) -> None:
    path = faces.shipped(face)

    assert path is not None
    assert drawn_by(fonts, char, Face.SONG) == [path.stem]


@pytest.mark.parametrize("face", [face for face in FALLBACK if face is not Face.RARE])
def test_every_hand_can_write_every_rare_name(face: Face, fonts: Fonts) -> None:
    assert fonts.missing(["王𠮷祥", "䶮", "㛃", "𬭎"], face) == ()


def test_each_shipped_face_lies_beside_its_licence() -> None:
    for face in faces.SHIPPED:
        path = faces.shipped(face)

        assert path is not None
        assert path.is_file()
        assert [text for text in path.parent.glob("*.txt") if "SIL" in text.read_text(encoding="utf-8")]


def test_the_large_face_stays_closed_until_a_name_needs_it(tmp_path: Path) -> None:
    fonts = Fonts({face: path for face in faces.SHIPPED if (path := faces.shipped(face))})
    slips.draw("a5", slips.PLAIN, tmp_path / "plain.pdf", fonts)
    before = fonts.is_open(Face.RARE)
    slips.draw("a5", slips.RARE, tmp_path / "rare.pdf", fonts)

    assert (before, fonts.is_open(Face.RARE)) == (False, True)


def test_what_no_face_has_is_told_before_printing(fonts: Fonts) -> None:
    assert missing_glyphs(["王𠮷祥", f"{NO_FACE_HAS}和{NO_FACE_HAS}"], fonts) == (NO_FACE_HAS,)


@pytest.mark.parametrize("form", slips.FORMS)
def test_what_no_face_has_is_printed_by_its_number_and_told(form: str, tmp_path: Path, fonts: Fonts) -> None:
    content = replace(slips.PLAIN, caller=f"王{NO_FACE_HAS}祥", title=f"关于{NO_FACE_HAS}的事")

    drawn = slips.draw(form, content, tmp_path / "slip.pdf", fonts)

    said = slips.read_back(drawn.path)
    assert drawn.missing_glyphs == (NO_FACE_HAS,)
    assert "王[U+3134A]祥" in said
    assert "关于[U+3134A]的事" in said


def test_a_glyph_without_ink_counts_as_missing(fonts: Fonts) -> None:
    assert fonts.missing(["\u3164甲 \u3000乙"]) == ("\u3164",)


def test_fangsong_from_a_font_pack_writes_the_values_and_song_the_digits(tmp_path: Path) -> None:
    fonts = pack_of(tmp_path, "simfang.ttf")

    drawn = drawn_by(fonts, "红星镇2026", Face.FANGSONG)

    assert drawn == ["simfang", "NotoSerifSC_400Regular"]


def test_a_short_name_leaves_fangsong_as_a_whole(tmp_path: Path) -> None:
    fonts = pack_of(tmp_path, "simfang.ttf")

    assert drawn_by(fonts, "王𠮷祥", Face.FANGSONG) == ["NotoSerifSC_400Regular", "HanaMinB", "NotoSerifSC_400Regular"]
    assert drawn_by(fonts, "王国祥反映村道塌陷𠮷", Face.FANGSONG) == ["simfang", "HanaMinB"]


def test_a_slip_in_a_borrowed_hand_can_be_copied_as_well(tmp_path: Path) -> None:
    path = slips.draw("a5", slips.RARE, tmp_path / "slip.pdf", pack_of(tmp_path, "FandolFang-Regular.ttf")).path

    said = slips.read_back(path)

    assert b"NotoSansSC-Regular" in path.read_bytes()
    assert "示例镇人民政府（预计）" in said
    assert "王𠮷祥" in said


@pytest.mark.parametrize("content", [b"", b"OTTO\0\1", b"not a font at all" * 9], ids=["empty", "cff", "nonsense"])
def test_a_font_that_cannot_be_used_leaves_song_in_its_place(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "simfang.ttf").write_bytes(content)

    fonts = fonts_of(tmp_path / "pack")

    assert drawn_by(fonts, "红星镇", Face.FANGSONG) != ["simfang"]


def test_the_earlier_folder_wins(tmp_path: Path) -> None:
    for name in ("pack", "pc"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "SIMFANG.TTF").touch()

    assert faces.borrowed([tmp_path / "pack", tmp_path / "pc"]) == {Face.FANGSONG: tmp_path / "pack" / "SIMFANG.TTF"}


PRINTABLE = st.characters(exclude_categories=["C", "Z", "M"]).filter(str.isprintable)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(title=st.text(PRINTABLE, min_size=1, max_size=12), caller=st.text(PRINTABLE, min_size=1, max_size=3))
@example(title="𠮷䶮㛃𬭎", caller="王𠮷祥")
@example(title="\u3164", caller="ᅟ")
def test_any_text_is_on_the_slip_as_itself_or_is_told(folder: Path, title: str, caller: str) -> None:
    fonts = shipped_fonts()

    drawn = slips.draw("a5", replace(slips.PLAIN, title=title, caller=caller), folder / "slip.pdf", fonts)

    said = copied(drawn.path)
    for text in (full_width(title), caller):
        assert fonts.spelled(text, Face.FANGSONG) in said
    assert all(char in drawn.missing_glyphs or char in said for char in full_width(title) + caller)


def copied(path: Path) -> str:
    """What the glyphs on the page mean by the file's own maps: readers reorder and rewrite some scripts, this does not."""
    return slips.meant(path.read_bytes())


def pack_of(tmp_path: Path, name: str) -> Fonts:
    """A font pack whose 仿宋 is a shipped 黑 under another name: unmistakable on the page."""
    (tmp_path / "pack").mkdir()
    hei = faces.shipped(Face.HEI)
    assert hei is not None
    shutil.copyfile(hei, tmp_path / "pack" / name)
    return fonts_of(tmp_path / "pack")
