"""A hub that stands below another: what its stations write goes up as they signed it, what concerns them comes down, and all fold alike."""

from __future__ import annotations

import pytest

from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.vocabulary import StationRole
from tests.support.levels import HOUSING, WATER, Levels, chain_ends


def test_what_a_town_takes_is_above_as_it_was_signed(levels: Levels) -> None:
    number = levels.accept("hall")

    levels.quiet()

    assert levels.hubs["city"].store.order(number).entries == 1
    assert levels.posts["city centre"].store.order(number).entries == 1
    assert chain_ends(levels.hubs["city"], levels.posts["hall"]) == chain_ends(levels.hubs["county"], levels.posts["hall"])
    levels.all_agree()


def test_the_citys_order_comes_down_to_the_unit_it_was_given_to_and_its_answer_goes_up(levels: Levels) -> None:
    number = levels.accept("city hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()

    assert levels.posts["water"].store.order(number).entries == 2
    assert not levels.posts["housing"].store.order(number).entries
    levels.posts["water"].sign_for(number, WATER)
    levels.posts["water"].reply(number, WATER)
    levels.quiet()

    levels.all_agree()
    assert levels.posts["city hall"].store.order(number).stage == levels.posts["water"].store.order(number).stage


def test_an_order_of_one_county_is_handled_in_another(levels: Levels) -> None:
    number = levels.accept("hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, HOUSING)
    levels.quiet()
    levels.posts["housing"].sign_for(number, HOUSING)
    levels.posts["housing"].reply(number, HOUSING)
    levels.posts["centre"].correct(number, "两盏路灯不亮")
    levels.quiet()

    levels.all_agree()
    assert set(levels.holders(number)) == {"city", "county", "town", "other", "city centre", "centre", "hall", "housing"}


def test_what_two_levels_do_without_seeing_each_other_clashes_alike_everywhere(levels: Levels) -> None:
    number = levels.accept("hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, HOUSING)
    levels.posts["centre"].dispatch(number, WATER)
    levels.sync("city centre", "centre")
    levels.quiet()

    levels.all_agree()
    order = levels.posts["hall"].store.order(number)
    assert {each.agency for each in order.assignments} == {WATER, HOUSING}


@pytest.mark.parametrize("home", ["city hall", "hall"])
@pytest.mark.parametrize("first", ["water", "city centre"])
def test_all_levels_tell_it_in_the_order_of_the_home_hub(levels: Levels, home: str, first: str) -> None:
    """Each hub hears of its own people first; what counts is who was first where the order is at home."""
    number = levels.accept(home)
    levels.quiet()
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()
    for who in ("water", "city centre", "centre"):
        levels.posts[who].record(number, NoteAdded(text=f"{who}看过"))
    levels.posts["water" if first == "city centre" else "city centre"].record(number, NoteAdded(text="又看过"))
    up = {"water": ("water", "county"), "city centre": ("city centre",)}
    later = next(who for who in up if who != first)
    levels.sync(*up[first], *up[later], "centre")
    levels.quiet()

    levels.all_agree()
    told = [event.station for event in levels.posts[home].store.view(number).story][2:]
    assert set(told) == {"370323-20", "370300-01", "370323-01"}


def test_a_countys_weeks_without_the_city_go_up_in_the_order_in_which_they_came_in(levels: Levels) -> None:
    """The city judges anew who may write what: an answer that came before its dispatch would be held there."""
    number = levels.accept("hall")
    levels.sync("hall", "town", "water", "centre")
    levels.posts["centre"].dispatch(number, WATER)
    levels.sync("centre", "water")
    levels.posts["water"].sign_for(number, WATER)
    levels.sync("water", "centre")
    levels.posts["centre"].correct(number, "两盏路灯不亮")
    levels.sync("centre", "water")
    levels.posts["water"].reply(number, WATER)
    levels.sync("water", "county")

    city = levels.hubs["city"].store
    assert not city.database.execute_sql("SELECT entry_id FROM held WHERE here").fetchall()
    assert city.order(number).entries == 5
    levels.quiet()
    levels.all_agree()


def test_what_came_from_below_is_not_handed_back(levels: Levels) -> None:
    levels.accept("hall")

    (_, town, county) = levels.sync("hall", "town", "county")

    assert (town.sent, town.received) == (1, 0)
    assert (county.sent, county.received) == (1, 0)


def test_a_round_again_brings_nothing(levels: Levels) -> None:
    levels.accept("hall")
    levels.quiet()

    report = levels.hubs["county"].sync()

    assert (report.sent, report.received, report.complete) == (0, 0, True)


def test_what_counts_of_a_time_is_one_moment_at_every_level(levels: Levels) -> None:
    """A new window's clock is years behind and was never set right; what its own hub says of when it came is what counts at the county
    and the city too, days later."""
    window = levels.post("window", "town", "370323-04", StationRole.HALL, "370323103")
    window.clock.now -= 5 * 365 * 86_400_000
    number = levels.accept("window")
    came_at = levels.clock.now
    window.sync()
    levels.clock.now += 3 * 86_400_000
    levels.sync("town")
    levels.clock.now += 3 * 86_400_000
    levels.quiet()

    levels.all_agree()
    assert levels.posts["city centre"].store.order(number).accepted_at == came_at
