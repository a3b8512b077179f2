"""P5 between hubs: a relay that lacks something of what was handed down to it notices, and gets it."""

from __future__ import annotations

from county_hotline.domain.facts import NoteAdded
from county_hotline.hub import proving_above
from tests.support.levels import HOUSING, WATER, Levels

DAY_MS = 86_400_000


def a_story(levels: Levels) -> None:
    ours, theirs = levels.accept("hall"), levels.accept("city hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(theirs, WATER)
    levels.posts["city centre"].dispatch(ours, HOUSING)
    levels.quiet()
    levels.posts["water"].sign_for(theirs, WATER)
    levels.posts["city hall"].record(theirs, NoteAdded(text="问过"))
    levels.posts["city centre"].record(ours, NoteAdded(text="看过"))
    levels.quiet()


def test_hubs_that_have_the_same_agree_each_day(levels: Levels) -> None:
    for _ in range(2):
        a_story(levels)
        levels.clock.now += DAY_MS
        levels.quiet()

        notes = {name: levels.stores[name].note(proving_above.PROVEN) for name in ("county", "other", "town")}
        assert notes == dict.fromkeys(notes, f"{levels.clock.now} agrees")


def test_a_relay_that_skipped_something_gets_it_within_a_day(levels: Levels) -> None:
    number = levels.accept("city hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, WATER)
    levels.sync("city centre")
    county = levels.hubs["county"]
    county.store.set_note("above.cursor", "99")  # as no program of ours would
    levels.quiet()
    assert not county.store.order(number).entries
    county.store.set_note(
        "above.cursor", str(levels.hubs["city"].store.database.execute_sql("SELECT max(hub_seq) FROM receipts").fetchone()[0])
    )

    levels.clock.now += DAY_MS
    levels.quiet()

    assert county.store.order(number).entries == 2
    levels.all_agree()
