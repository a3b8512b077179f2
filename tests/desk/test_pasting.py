"""粘贴识别 at the counter: nothing typed is overwritten, nothing pasted is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.desk import pasting
from county_hotline.desk.founding import NewStation
from county_hotline.desk.intake_form import IntakeForm
from county_hotline.desk.pasting import FIELDS, Pasted, filled
from county_hotline.domain.vocabulary import Channel
from tests.support.desks import Counter
from tests.support.ticking_clock import TickingClock

WORDS = st.text("路灯不亮张三12 ", max_size=6)
SAID = st.dictionaries(st.sampled_from(FIELDS), st.text("甲乙丙丁", min_size=1, max_size=4))


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation())
    yield counter
    counter.store.close()


def test_the_place_is_found_in_the_countys_own_list(hall: Counter) -> None:
    pasted = pasting.read(hall.desk, "姓名：示例\n电话：13805330000\n地点：燕崖镇政府门口\n内容：路灯不亮")

    assert pasted.place_words == "燕崖镇"
    assert pasted.said["place_detail"] == "燕崖镇政府门口"
    assert pasted.is_form
    assert filled(IntakeForm(), pasted).channel is Channel.WEB


def test_a_message_is_a_message(hall: Counter) -> None:
    pasted = pasting.read(hall.desk, "燕崖镇路灯不亮，13805330000")

    assert filled(IntakeForm(), pasted).channel is Channel.MESSAGE
    assert filled(IntakeForm(channel=Channel.WECHAT), pasted).channel is Channel.WECHAT


@given(SAID, SAID, WORDS, WORDS)
def test_nothing_typed_is_overwritten_and_nothing_pasted_is_lost(
    typed: dict[str, str], said: dict[str, str], before: str, content: str
) -> None:
    form = IntakeForm(content=before, **typed)  # type: ignore[arg-type]

    after = filled(form, Pasted(said, content))

    assert all(getattr(after, name) == words for name, words in typed.items())
    assert all(
        words in (getattr(after, name), *after.content.split("：")) or words in after.content for name, words in said.items()
    )
    assert before.strip() in after.content
    assert content.strip() in after.content
