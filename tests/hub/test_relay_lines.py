"""Bad lines between hubs, hubs that are restarted, rounds in any order: everything arrives once, and all levels agree (P2, P5)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from county_hotline.db.relaying.relays import Relays
from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.vocabulary import StationRole
from county_hotline.hub import joining_above
from county_hotline.hub.serve import UpwardThread
from tests.support.flaky import BAD, Act, at_random
from tests.support.levels import HOUSING, WATER, Levels, a_city
from tests.support.line import OFFICER
from tests.support.world import FACTS

STATIONS = ("city centre", "city hall", "centre", "water", "hall", "housing")
RELAYS = ("town", "county", "other")


def busy(levels: Levels) -> None:
    """Orders of each level, acted on at each level."""
    chance = random.Random(7)
    numbers = [levels.accept("hall"), levels.accept("city hall"), levels.accept("centre")]
    levels.quiet()
    for number in numbers:
        levels.posts["city centre"].dispatch(number, WATER)
        levels.posts["centre"].dispatch(number, WATER)
        levels.posts["city centre"].dispatch(number, HOUSING)
    levels.sync(*STATIONS)
    levels.sync(*RELAYS, *STATIONS)
    for number in numbers:
        for who in STATIONS:
            if levels.posts[who].store.order(number).entries:
                levels.posts[who].record(number, chance.choice(FACTS)(chance))


@pytest.mark.parametrize("act", BAD, ids=lambda act: act.name.lower())
def test_a_line_between_hubs_that_fails_once_costs_nothing(levels: Levels, act: Act) -> None:
    number = levels.accept("hall")
    levels.accept("city hall")
    levels.sync("hall", "city hall", "town")
    wire = levels.hubs["county"].wire
    assert wire is not None
    for place in range(7):
        wire.follow([*[Act.PASS] * place, act])
        levels.posts["centre"].accept(f"第{place}件")
        levels.sync("centre")
        (report,) = levels.sync("county")
        assert report.fault[:1] in ("", "N"), report
    levels.quiet()

    levels.all_agree()
    assert levels.hubs["city"].store.order(number).entries == 1


def test_everything_passes_a_line_that_fails_every_other_time(levels: Levels) -> None:
    busy(levels)
    for place, name in enumerate(RELAYS):
        wire = levels.hubs[name].wire
        assert wire is not None
        wire.follow(at_random(random.Random(place), 0.5))
    for _ in range(6):
        for report in levels.sync(*STATIONS, *RELAYS):
            assert report.fault[:1] in ("", "N", "H"), report

    levels.quiet()
    levels.all_agree()


def test_a_relay_that_is_restarted_in_the_middle_goes_on(levels: Levels) -> None:
    busy(levels)
    wire = levels.hubs["county"].wire
    assert wire is not None
    for place in range(9):
        wire.follow([*[Act.PASS] * place, *[Act.CUT_AFTER] * 40])
        levels.sync(*STATIONS, "town", "county")
        levels.hubs["county"].restart()
        levels.hubs["town"].restart()

    levels.quiet()
    levels.all_agree()


def test_a_unit_that_comes_later_is_given_what_was_sent_to_it_before(levels: Levels) -> None:
    """The city dispatched to a county's office that had no station yet."""
    number = levels.accept("city hall")
    levels.quiet()
    roads = levels.posts["water"].store.station()
    assert roads is not None
    levels.posts["city centre"].dispatch(number, _GAS)
    levels.posts["city centre"].record(number, NoteAdded(text="请尽快"))
    levels.quiet()

    levels.post("gas", "county", "370323-24", StationRole.AGENCY, _GAS)
    levels.quiet()

    assert levels.posts["gas"].store.order(number).entries == 3
    levels.all_agree()


_GAS = type(WATER)("37032324")


def test_a_hub_joins_with_years_of_orders(tmp_path: Path) -> None:
    """What was there before the hub above was: all of it goes up, in its order."""
    levels = Levels()
    try:
        levels.hub("city")
        county = levels.hub("county")
        levels.post("hall", "county", "370323-03", StationRole.HALL, "370323103")
        levels.post("centre", "county", "370323-01", StationRole.CENTRE, "370323C00")
        levels.post("city centre", "city", "370300-01", StationRole.CENTRE, "370300C00")
        for place in range(12):
            number = levels.accept("hall", f"第{place}件")
            levels.sync("hall", "centre")
            levels.posts["centre"].dispatch(number, WATER)
            levels.posts["hall"].correct(number, f"更正{place}")
            levels.sync("centre", "hall")
        county.join(levels.hubs["city"], "370323-00")
        levels.quiet()

        levels.all_agree()
        assert len(levels.posts["city centre"].store.order(levels.numbers[3]).assignments) == 1
        assert Relays(county.store).unsigned() == 0
    finally:
        levels.close()


def test_a_hub_above_that_was_restored_is_sent_again_what_it_lacks(levels: Levels) -> None:
    """A person says that it may be trusted; until then nothing is sent."""
    levels.accept("hall")
    levels.quiet()
    city = levels.hubs["city"]
    city.store.set_note("epoch", "ANOTHER")

    (report,) = levels.sync("county")
    assert report.fault == "A102"

    county = levels.hubs["county"]
    assert joining_above.trust_restored(county.hub, county.home, wire=county.wire)
    assert not joining_above.trust_restored(county.hub, county.home, wire=county.wire)
    levels.accept("hall", "井盖丢失")
    levels.sync("hall", "town", "county")
    assert city.store.order(levels.numbers[-1]).entries == 1


def test_the_served_hub_does_rounds_by_itself(levels: Levels) -> None:
    number = levels.accept("hall")
    levels.sync("hall", "town")
    county = levels.hubs["county"]
    thread = UpwardThread(county.hub, county.home, every_s=600, wire=county.wire)

    thread.start()
    while levels.hubs["city"].store.order(number).entries == 0:
        assert thread.is_alive()
    thread.stop()

    assert not thread.is_alive()


class RoundsInAnyOrder(RuleBasedStateMachine):
    """A city over a county over a town, six stations: acts and rounds in whatever order, over lines that may be bad; then quiet."""

    def __init__(self) -> None:
        super().__init__()
        self._made: Levels | None = None

    @initialize()
    def begin(self) -> None:
        self._made = a_city()
        self._made.quiet()

    @property
    def levels(self) -> Levels:
        assert self._made is not None
        return self._made

    @rule(who=st.sampled_from(("hall", "city hall", "centre")), confidential=st.booleans())
    def accept(self, who: str, confidential: bool) -> None:
        self.levels.accept(who, confidential=confidential)

    @precondition(lambda self: self._made and self._made.numbers)
    @rule(who=st.sampled_from(STATIONS), seed=st.integers(0, 2**16))
    def act(self, who: str, seed: int) -> None:
        chance = random.Random(seed)
        post, number = self.levels.posts[who], chance.choice(self.levels.numbers)
        if post.store.order(number).entries:
            post.store.record(number, lambda order: (chance.choice(FACTS)(chance), None), officer=OFFICER)

    @precondition(lambda self: self._made and self._made.numbers)
    @rule(who=st.sampled_from(("city centre", "centre")), unit=st.sampled_from((WATER, HOUSING)), seed=st.integers(0, 99))
    def dispatch(self, who: str, unit: str, seed: int) -> None:
        number = self.levels.numbers[seed % len(self.levels.numbers)]
        if self.levels.posts[who].store.order(number).entries:
            self.levels.posts[who].dispatch(number, type(WATER)(unit))

    @rule(names=st.lists(st.sampled_from((*STATIONS, *RELAYS)), min_size=1, max_size=6))
    def rounds(self, names: list[str]) -> None:
        for report in self.levels.sync(*names):
            assert report.fault[:1] in ("", "N", "H"), report

    @rule(name=st.sampled_from(RELAYS), seed=st.integers(0, 2**16))
    def the_line_turns_bad(self, name: str, seed: int) -> None:
        wire = self.levels.hubs[name].wire
        assert wire is not None
        wire.follow(at_random(random.Random(seed), 0.4))

    @rule(name=st.sampled_from(("town", "county", "city")))
    def restart(self, name: str) -> None:
        self.levels.hubs[name].restart()

    def teardown(self) -> None:
        if self._made is None:
            return
        try:
            self._made.quiet()
            self._made.all_agree(number for number in self._made.numbers if len(self._made.holders(number)) > 1)
        finally:
            self._made.close()


TestRoundsInAnyOrder = RoundsInAnyOrder.TestCase
TestRoundsInAnyOrder.settings = settings(settings(), max_examples=max(4, settings().max_examples // 12), stateful_step_count=14)
