"""查重 at the counter: who called before or told of the same, and nothing more of anybody else than tail, title, day and stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from county_hotline.desk import intake, repeats
from county_hotline.desk.founding import NewStation
from county_hotline.domain.vocabulary import OfficerRole, Stage
from tests.support.desks import PLACE, Counter, a_form
from tests.support.ticking_clock import TickingClock

VILLAGE = PLACE + "200"


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation())
    counter.sits(OfficerRole.CLERK)
    yield counter
    counter.store.close()


def test_the_same_lamp_told_by_a_neighbour_is_offered_with_its_reason(hall: Counter) -> None:
    first = intake.accept(hall.desk, a_form(category="0204", name="示例甲", phone="13900139000"))
    hall.clock.advance(hours=30)

    (found,) = repeats.likely(hall.desk, a_form(category="0204", title="村口路灯还是不亮"))

    assert found.number == first.number
    assert first.number.endswith(found.number_tail)
    assert (found.title, found.day, found.stage) == ("路灯不亮", "2026-11-21", Stage.TO_DISPATCH)
    assert "〔" not in found.why
    assert "相近" in found.why
    assert "电话" not in found.why


def test_who_called_before_is_told_apart(hall: Counter) -> None:
    intake.accept(hall.desk, a_form())

    (found,) = repeats.likely(hall.desk, a_form(place="370323001"))

    assert "同一个电话" in found.why


def test_nothing_of_the_other_caller_is_in_it(hall: Counter) -> None:
    intake.accept(hall.desk, a_form(name="欧阳示例", phone="13911112222", address="某某楼"))

    found = repeats.likely(hall.desk, a_form())

    assert found
    assert not any(word in msgspec.json.encode(found).decode() for word in ("欧阳", "13911112222", "2222", "某某楼"))


def test_confidential_orders_are_never_offered(hall: Counter) -> None:
    intake.accept(hall.desk, a_form(confidential=True))

    assert repeats.likely(hall.desk, a_form()) == ()


def test_what_is_more_than_sixty_days_ago_is_not_looked_at(hall: Counter) -> None:
    intake.accept(hall.desk, a_form())
    hall.clock.advance(hours=24 * 61)

    assert repeats.likely(hall.desk, a_form()) == ()


def test_another_matter_of_the_same_caller_is_no_repeat(hall: Counter) -> None:
    intake.accept(hall.desk, a_form(title="工地欠薪", content="干了三个月活，老板一直不发工资。"))

    assert repeats.likely(hall.desk, a_form()) == ()


def test_five_at_most_the_likeliest_first(hall: Counter) -> None:
    for times in range(7):
        intake.accept(hall.desk, a_form(title=f"路灯不亮{'了' * times}"))

    found = repeats.likely(hall.desk, a_form())

    assert len(found) == repeats.SHOWN
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_an_empty_form_repeats_nothing(hall: Counter) -> None:
    intake.accept(hall.desk, a_form())

    assert repeats.likely(hall.desk, a_form(title="", content="")) == ()
