"""A hub that stands below another: what its stations write goes up as they signed it, what concerns them comes down, and all fold alike."""

from __future__ import annotations

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


def test_a_round_again_brings_nothing(levels: Levels) -> None:
    levels.accept("hall")
    levels.quiet()

    report = levels.hubs["county"].sync()

    assert (report.sent, report.received, report.complete) == (0, 0, True)
