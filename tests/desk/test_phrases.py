"""模板与常用语: the officer's own and the station's; another officer's are neither seen nor dropped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import phrases
from county_hotline.desk.founding import NewStation
from county_hotline.domain.views import Phrase
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal
from tests.support.desks import Counter
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation())
    counter.sits(OfficerRole.CLERK)
    yield counter
    counter.store.close()


def titles(hall: Counter, typed: str = "") -> list[str]:
    return [each.title for each in phrases.listed(hall.desk, typed)]


def test_own_ones_come_first_and_are_found_by_pinyin_title_and_text(hall: Counter) -> None:
    phrases.save(hall.desk, Phrase(0, "停水", "【时间】起停水。", own=False))
    phrases.save(hall.desk, Phrase(0, "路灯", "路灯不亮。"))

    assert titles(hall) == ["路灯", "停水"]
    assert titles(hall, "ts") == titles(hall, "tingshui") == titles(hall, "时间") == ["停水"]
    assert titles(hall, "xx") == []


def test_another_officers_are_neither_seen_nor_dropped(hall: Counter) -> None:
    mine = phrases.save(hall.desk, Phrase(0, "路灯", "路灯不亮。"))
    shared = phrases.save(hall.desk, Phrase(0, "停水", "停水。", own=False))
    first = hall.desk.officer
    hall.sits(OfficerRole.LEADER)

    assert titles(hall) == ["停水"]
    phrases.drop(hall.desk, mine)
    phrases.drop(hall.desk, shared)
    hall.desk.officer = first
    assert titles(hall) == ["路灯"]


def test_another_officers_is_not_overwritten_by_its_number(hall: Counter) -> None:
    mine = phrases.save(hall.desk, Phrase(0, "路灯", "路灯不亮。"))
    first = hall.desk.officer
    hall.sits(OfficerRole.LEADER)
    phrases.save(hall.desk, Phrase(mine, "别的", "别的。"))
    hall.desk.officer = first

    assert [each.text for each in phrases.listed(hall.desk)] == ["路灯不亮。"]


def test_saving_again_changes_the_same_one(hall: Counter) -> None:
    number = phrases.save(hall.desk, Phrase(0, "路灯", "路灯不亮。"))
    phrases.save(hall.desk, Phrase(number, "路灯", "路灯闪。", own=False))

    assert [(each.text, each.own) for each in phrases.listed(hall.desk)] == [("路灯闪。", False)]


@pytest.mark.parametrize(
    ("phrase", "code"), [(Phrase(0, "", "字"), "R581"), (Phrase(0, "名", " "), "R581"), (Phrase(0, "名" * 200, "字"), "R582")]
)
def test_what_cannot_be_used_is_not_kept(hall: Counter, phrase: Phrase, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        phrases.save(hall.desk, phrase)
    assert titles(hall) == []


def test_they_are_bounded(hall: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MOST", 1)
    phrases.save(hall.desk, Phrase(0, "路灯", "路灯不亮。"))
    with pytest.raises(Refusal, match="R583"):
        phrases.save(hall.desk, Phrase(0, "停水", "停水。"))


def test_a_template_names_fields() -> None:
    assert phrases.is_template("标题：停水\n内容：【时间】起停水\n要求：恢复供水")
    assert not phrases.is_template("【时间】起停水，请尽快恢复。")
    assert not phrases.is_template("【时间】起【地点】停水")
    assert not phrases.is_template("【地点】停水")
