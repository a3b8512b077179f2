"""A relay speaks for its own stations' units: it does not become another unit's reader by making up a station of it (P9)."""

from __future__ import annotations

import pytest

from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import StationId
from county_hotline.sync import keys
from county_hotline.sync.round import relays
from county_hotline.sync.round.relays import Introduction, Key, Statement
from county_hotline.sync.wire import pages
from tests.hub.test_relay_trust import introduced, the_line
from tests.support.levels import WATER, Level, Levels, a_card_of


def made_up(level: Level, unit: str) -> Introduction:
    """A station that nobody has."""
    card = a_card_of("370324-77", StationRole.AGENCY, unit)
    public = keys.make().public
    return relays.introduce(Statement(StationId("370324-00"), card, (Key(public.algorithm, public.raw),)), level.hub.pair)


@pytest.mark.parametrize("unit", ["370300103", WATER], ids=["of a station here", "below another relay"])
def test_p9_a_relay_brings_in_no_unit_that_others_speak_for(unit: str, levels: Levels) -> None:
    other = levels.hubs["other"]
    number = levels.accept("city hall", confidential=True)
    levels.sync("city hall")

    answer = introduced(other, made_up(other, unit))

    page = pages.decode(the_line(other).ask("GET", "/v1/entries?after=0&limit=5000&life="))
    assert number not in {each.entry.work_order for each in page.entries}
    assert answer.refused == (("370324-77", "A331"),)


def test_a_unit_that_nobody_else_speaks_for_is_brought_in_and_stays(levels: Levels) -> None:
    other = levels.hubs["other"]
    said = made_up(other, "37032499")

    assert [introduced(other, said).refused for _ in range(2)] == [(), ()]
