"""受理回执: the words that must be on it, the size it must have, the code it must carry, and that it looks as it was approved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from county_hotline.forms.breaking import full_width
from county_hotline.forms.fonts import Fonts
from county_hotline.forms.slip import SlipContent
from tests.forms import slips

every_form = pytest.mark.parametrize("form", slips.FORMS)
every_slip = pytest.mark.parametrize("kind", slips.SLIPS)
TOLERATED = 0.2
"""Thousandths of a page: another release of the renderer moves edges, one letter moves more."""


def expected(content: SlipContent, form: str) -> list[str]:
    """What the citizen must be able to read and copy."""
    words = [
        content.hotline,
        "受理回执",
        "8K3D-71Q2",
        content.number,
        "2026-11-21 09:12",
        content.matter_kind,
        content.caller,
        full_width(content.title),
        f"{content.agency}（预计）" if content.agency else "待派单",
        "以平台正式时限为准",
        "12345",
        content.station_phone,
        content.officer,
        content.copy_name,
        "2026-11-21 09:15",
        "您的信息仅用于办理本诉求",
    ]
    words += [content.due_on.isoformat()] if content.due_on else []
    words += ["（暂定）"] if content.due_provisional else []
    words += [f"补打 {content.reprint}"] if content.reprint else []
    words += ["练习 无效"] if content.training else []
    words += ["110、119、120、122", content.printed_by] if form == "a5" else ["110  119  120  122"]
    return [slips.squeezed(word) for word in words]


@every_form
@every_slip
def test_every_word_can_be_copied_from_the_slip(form: str, kind: str, tmp_path: Path, fonts: Fonts) -> None:
    content = slips.SLIPS[kind]

    drawn = slips.draw(form, content, tmp_path / "slip.pdf", fonts)

    said = slips.read_back(drawn.path)
    assert [word for word in expected(content, form) if word not in said] == []
    assert drawn.missing_glyphs == ()


@every_form
def test_another_reader_copies_rare_names_too(form: str, tmp_path: Path, fonts: Fonts) -> None:
    path = slips.draw(form, slips.RARE, tmp_path / "slip.pdf", fonts).path

    said = slips.read_by_poppler(path)

    assert [word for word in ("王𠮷祥", "㛃*䶮反映𬭎达建材店占道") if word not in said] == []


@every_form
@every_slip
def test_every_font_is_in_the_file_and_none_is_helvetica(form: str, kind: str, tmp_path: Path, fonts: Fonts) -> None:
    written = slips.draw(form, slips.SLIPS[kind], tmp_path / "slip.pdf", fonts).path.read_bytes()

    assert re.findall(rb"/Subtype /(Type0|Type1|Type3|CIDFont\w+)\b", written) == []
    assert written.count(b"/Subtype /TrueType") == written.count(b"/FontFile2") >= 2
    assert b"Helvetica" not in written


@pytest.mark.parametrize(("form", "width", "height"), [("a5", 210.0, 148.0), ("80mm", 80.0, None)])
@every_slip
def test_the_slip_is_one_page_of_its_paper(
    form: str, width: float, height: float | None, kind: str, tmp_path: Path, fonts: Fonts
) -> None:
    path = slips.draw(form, slips.SLIPS[kind], tmp_path / "slip.pdf", fonts).path

    document = PdfDocument(path)
    pages, size = len(document), document[0].get_size()
    document.close()

    assert pages == 1
    assert size[0] * 25.4 / 72 == pytest.approx(width, abs=0.05)
    assert height is None or size[1] * 25.4 / 72 == pytest.approx(height, abs=0.05)


@every_form
def test_the_qr_code_holds_number_and_query_code_and_nothing_else(form: str, tmp_path: Path, fonts: Fonts) -> None:
    path = slips.draw(form, slips.PLAIN, tmp_path / "slip.pdf", fonts).path
    slips.picture(path, 150).save(tmp_path / "slip.png")

    assert slips.code_in(tmp_path / "slip.png") == "LXQ1|370323-03A-261121-0007K|8K3D71Q2"


@every_form
def test_no_date_is_printed_where_none_is_known(form: str, tmp_path: Path, fonts: Fonts) -> None:
    said = slips.read_back(slips.draw(form, slips.SECRET, tmp_path / "slip.pdf", fonts).path)

    assert set(re.findall(r"\d{4}-\d\d-\d\d", said)) == {"2026-11-21"}
    assert "以平台正式时限为准" in said


@every_form
def test_a_first_print_says_nothing_of_reprints_or_training(form: str, tmp_path: Path, fonts: Fonts) -> None:
    said = slips.read_back(slips.draw(form, slips.PLAIN, tmp_path / "slip.pdf", fonts).path)

    assert "补打" not in said
    assert "练习" not in said


@every_form
def test_an_absurdly_long_title_ends_in_an_ellipsis_and_leaves_the_page_whole(form: str, tmp_path: Path, fonts: Fonts) -> None:
    content = replace(slips.PLAIN, title="占道经营" * 500)

    said = slips.read_back(slips.draw(form, content, tmp_path / "slip.pdf", fonts).path)

    assert "…" in said
    assert "您的信息仅用于办理本诉求" in said


def test_the_same_content_gives_the_same_bytes(tmp_path: Path, fonts: Fonts) -> None:
    first = slips.draw("a5", slips.PLAIN, tmp_path / "first.pdf", fonts).path.read_bytes()
    slips.draw("a5", slips.LONG, tmp_path / "between.pdf", fonts)
    again = slips.draw("a5", slips.PLAIN, tmp_path / "again.pdf", fonts).path.read_bytes()

    assert again == first


@every_form
@every_slip
def test_the_slip_looks_as_it_was_approved(form: str, kind: str, tmp_path: Path, fonts: Fonts) -> None:
    golden = slips.golden(form, kind)

    drawn = slips.picture(slips.draw(form, slips.SLIPS[kind], tmp_path / "slip.pdf", fonts).path)

    assert slips.difference(drawn, golden) <= TOLERATED, "looked at and right? then: python -m tools.golden_forms"


@pytest.mark.parametrize(
    "other",
    [replace(slips.PLAIN, title="村道塌陷影响学生回家"), replace(slips.PLAIN, due_on=date(2026, 12, 4)), slips.RARE],
    ids=["two letters", "a date", "a name and a title"],
)
def test_the_comparison_sees_a_small_change(other: SlipContent, tmp_path: Path, fonts: Fonts) -> None:
    golden = slips.golden("a5", "plain")

    drawn = slips.picture(slips.draw("a5", other, tmp_path / "slip.pdf", fonts).path)

    assert slips.difference(drawn, golden) > 0.2
