"""期限重算 and the county's own rest days: what moves, what a person set stays, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from county_hotline.desk import acts, recomputing, today
from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import Account
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import OfficerId
from tests.support.county import HOUSING, County
from tests.support.source import PACKAGE

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


# ---------------------------------------------------------------- a paper comes from above

PAPER = Path(__file__).parents[1] / "stories" / "papers" / "2027-公布.toml"
YEARS_END = (2026, 12, 28, 9, 0)


def publish(*desks: Desk) -> None:
    """The sample paper of 2027 comes with the hub's next version."""
    for desk in desks:
        before = desk.store.reference.bundle()
        years = [part for part in before.calendar.split("[[year]]") if "year = 2027\n" not in part]
        calendar = "[[year]]".join(years) + PAPER.read_text(encoding="utf-8")
        after = msgspec.structs.replace(before, version=before.version + 1, calendar=calendar)
        desk.store.reference.take_bundle(msgspec.json.encode(after))


def test_what_a_hall_accepts_by_the_old_paper_after_all_was_counted_again_moves_too(county: County) -> None:
    county.clock.set_to(*YEARS_END)
    first = county.accept()
    county.exchange()
    publish(county.centre)
    assert recomputing.recompute(county.centre) == 1
    late = county.accept("断线的站收的")
    county.exchange()

    assert [each.number for each in recomputing.moved_orders(county.centre)] == [late]
    assert recomputing.recompute(county.centre) == 1

    dates = {county.centre.store.order(number).due_on for number in (first, late)}
    assert dates == {"2027-01-06"}


def test_what_is_accepted_by_the_new_paper_is_not_counted_again(county: County) -> None:
    county.clock.set_to(*YEARS_END)
    publish(*county.desks)
    county.accept()
    county.exchange()

    assert recomputing.moved_orders(county.centre) == ()


def test_the_figure_is_looked_for_again_after_ten_minutes_or_another_calendar(county: County) -> None:
    county.clock.set_to(*YEARS_END)
    county.accept()
    county.exchange()
    assert recomputing.would_move(county.centre) == 0, "nothing was ever replaced"
    publish(county.centre)
    assert recomputing.would_move(county.centre) == 1

    county.accept("又一件")
    county.exchange()
    assert recomputing.would_move(county.centre) == 1
    county.clock.advance(seconds=recomputing.LOOK_AGAIN_MS // 1000)
    assert recomputing.would_move(county.centre) == 2

    recomputing.recompute(county.centre)
    assert recomputing.would_move(county.centre) == 0
    assert today.to_recompute(county.centre) == 0


def test_the_figure_is_for_those_whose_duty_it_is_at_the_centre(county: County) -> None:
    county.clock.set_to(*YEARS_END)
    county.accept()
    county.exchange()
    publish(*county.desks)
    county.hall.officer = CHIEF

    assert recomputing.would_move(county.hall) == 0
    assert today.waiting_elsewhere(county.centre)["settings"] == 1
    county.centre.officer = Account(OfficerId("0109 受理员"), "0109", "受理员", (OfficerRole.CLERK,))
    assert today.waiting_elsewhere(county.centre)["settings"] == 0


def test_the_act_on_one_order_counts_by_its_own_pack_and_knows_the_calendar_before(county: County) -> None:
    """A mended paper: nothing is provisional, only the calendar before it tells that a date was counted."""
    number = county.accept()
    county.exchange()
    centre = county.centre
    with pytest.raises(Refusal) as caught:
        acts.perform(centre, number, "recompute", {})
    assert caught.value.code == "R340"
    other = (PACKAGE / "rule_packs" / "guangdong-2022.toml").read_text(encoding="utf-8")
    centre.store.reference.change(rule_pack=other, rest_days=("2026-11-25",))

    order = acts.perform(centre, number, "recompute", {})

    assert order.due_on == "2026-11-30"


@pytest.mark.parametrize("days", [-3652, 3652])
def test_dates_counted_from_a_wrong_clock_are_counted_again_once_a_person_recomputes(county: County, days: int) -> None:
    """The hall's clock was wrong by ten years before it first met the hub; the estimate and the date that was dispatched by it both move."""
    right = county.accept()
    county.exchange()
    due_on = county.centre.store.order(right).due_on
    county.clock.wind_back(days=-days)
    number = county.accept()
    county.clock.wind_back(days=days)
    county.exchange()
    centre = county.centre
    acts.perform(centre, number, "dispatch", {"agency": HOUSING, "due_on": centre.store.order(number).due_on})
    assert centre.store.order(number).due_on != due_on
    assert recomputing.would_move(centre) == 1

    assert recomputing.recompute(centre) == 1

    assert centre.store.order(number).due_on == due_on
    assert centre.store.order(right).due_on == due_on
    assert recomputing.moved_orders(centre) == ()
