"""期限重算 and the county's own rest days: what moves, what a person set stays, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import acts, recomputing
from county_hotline.domain.reference import Account
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import OfficerId
from tests.support.county import HOUSING, County

CHIEF = Account(OfficerId("0102 负责人甲"), "0102", "负责人甲", (OfficerRole.LEADER, OfficerRole.ADMIN))


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    made.centre.officer = CHIEF
    yield made
    made.close()


def test_a_rest_day_moves_counted_dates_only_once_a_person_recomputes(county: County) -> None:
    number = county.accept()
    county.exchange()
    centre = county.centre
    acts.perform(centre, number, "dispatch", {"agency": HOUSING})
    assert centre.store.order(number).due_on == "2026-11-27"
    assert recomputing.moved_orders(centre) == ()

    assert recomputing.add_rest_day(centre, "11-25") == ("2026-11-25",)
    assert centre.store.order(number).due_on == "2026-11-27"
    (waiting,) = recomputing.moved_orders(centre)
    assert {moved.due_on for moved in waiting.moved} == {"2026-11-30"}

    assert recomputing.recompute(centre) == 1
    assert centre.store.order(number).due_on == "2026-11-30"
    assert centre.store.view(number).story[-1].fact.kind == "work_order.due_recomputed"
    assert recomputing.moved_orders(centre) == ()
    assert recomputing.recompute(centre) == 0


def test_a_rest_day_taken_back_moves_them_back(county: County) -> None:
    number = county.accept()
    county.exchange()
    centre = county.centre
    acts.perform(centre, number, "dispatch", {"agency": HOUSING})
    recomputing.add_rest_day(centre, "2026-11-25")
    recomputing.recompute(centre)

    assert recomputing.drop_rest_day(centre, "2026-11-25") == ()
    recomputing.recompute(centre)

    assert centre.store.order(number).due_on == "2026-11-27"


def test_a_date_that_a_person_set_stays(county: County) -> None:
    number = county.accept()
    county.exchange()
    centre = county.centre
    acts.perform(centre, number, "dispatch", {"agency": HOUSING, "due_on": "2026-11-26"})
    recomputing.add_rest_day(centre, "2026-11-25")

    recomputing.recompute(centre)

    assert centre.store.order(number).due_on == "2026-11-26"


@pytest.mark.parametrize("typed", ["", "下雪那天", "2026-13-40"])
def test_what_is_no_day_is_refused(county: County, typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        recomputing.add_rest_day(county.centre, typed)

    assert caught.value.code == "R455"
    assert recomputing.rest_days(county.centre) == ()


def test_only_the_centre_recomputes_and_sets_rest_days(county: County) -> None:
    county.hall.officer = CHIEF

    for act in (lambda: recomputing.recompute(county.hall), lambda: recomputing.add_rest_day(county.hall, "2026-12-24")):
        with pytest.raises(Refusal) as caught:
            act()
        assert caught.value.code in ("R456", "R400")


def test_years_say_which_are_announced(county: County) -> None:
    years = recomputing.years(county.centre)

    assert (years[0].year, years[0].announced) == (2027, False)
    assert (years[1].year, years[1].announced) == (2026, True)
    assert years[1].made_up == 6
