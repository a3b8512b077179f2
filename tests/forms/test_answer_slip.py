"""答复单: every word can be copied, a long answer takes a larger paper, only what no paper holds is cut and says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from county_hotline.forms.answer_slip import A4, A5, AnswerContent, draw_answer
from county_hotline.forms.fonts import Fonts
from county_hotline.forms.page import PT
from county_hotline.wording import say
from tests.forms import slips

SHORT = AnswerContent(
    hotline="沂源县12345政务服务便民热线",
    number="370323-03A-261121-0007K",
    question="供热投诉找谁",
    answer="先找供热企业。\n再拨打12345。",
    basis="《山东省供热条例》第二十七条",
    valid_until="2027-03-15",
    article="K00012　2026-10-15 第3版",
    answered_at=1_795_223_520_000,
    officer="0301",
    unit="沂源县燕崖镇人民政府",
    printed_at=1_795_223_620_000,
    printed_by="受理员甲",
)


def size_of(path: Path) -> tuple[float, float]:
    document = PdfDocument(path.read_bytes())
    try:
        return tuple(round(each / PT, 0) for each in document[0].get_size())
    finally:
        document.close()


def test_what_was_asked_answered_and_on_what_ground_stands_on_it(tmp_path: Path, fonts: Fonts) -> None:
    path = tmp_path / "a.pdf"
    assert draw_answer(SHORT, path, fonts=fonts) == ((), False)
    said = slips.read_back(path)

    for word in (
        SHORT.number,
        SHORT.question,
        "先找供热企业。",
        "再拨打12345。",
        SHORT.basis,
        "2027-03-15",
        "K00012",
        "第3版",
        "0301",
        SHORT.unit,
        "2026-11-2109:12",
    ):
        assert word in said
    assert size_of(path) == (A5.width, A5.height)


def test_without_order_and_article_it_says_so(tmp_path: Path, fonts: Fonts) -> None:
    path = tmp_path / "a.pdf"
    draw_answer(replace(SHORT, number="", article="", basis="", valid_until=""), path, fonts=fonts)
    said = slips.read_back(path)

    assert say("form.answer.unregistered") in said
    assert say("form.answer.no_article") in said
    assert "长期有效" not in said, "nobody knows how long it holds"


@pytest.mark.parametrize(("times", "paper", "is_cut"), [(1, A5, False), (12, A4, False), (60, A4, True)])
def test_a_long_answer_takes_a_larger_paper_and_only_then_is_cut(
    times: int, paper: object, is_cut: bool, tmp_path: Path, fonts: Fonts
) -> None:
    path = tmp_path / "a.pdf"
    answer = "\n".join(
        f"第{at}条：" + "室温达不到十八度的，可以申请测温退费，测温由供热企业和社区一起做，结果当场签字。" * 2
        for at in range(times)
    )
    assert draw_answer(replace(SHORT, answer=answer), path, fonts=fonts)[1] is is_cut
    said = slips.read_back(path)

    assert size_of(path) == (paper.width, paper.height)  # type: ignore[attr-defined]
    assert (say("form.answer.more") in said) is is_cut
    assert (f"第{times - 1}条" in said) is not is_cut


def test_a_character_no_face_has_is_told(tmp_path: Path, fonts: Fonts) -> None:
    assert draw_answer(replace(SHORT, question="\U0003fffd村"), tmp_path / "a.pdf", fonts=fonts)[0] == ("\U0003fffd",)
