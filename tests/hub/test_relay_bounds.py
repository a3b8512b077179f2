"""How much one relay may claim in one question, and what of it is believed."""

from __future__ import annotations

import pytest

from county_hotline.db.relaying.relays import Relays
from county_hotline.domain.receipts import Run
from county_hotline.errors import HubRejected
from county_hotline.hub import above
from county_hotline.hub import relays as answers
from county_hotline.ids import EntryId
from county_hotline.sync import keys, protocol
from county_hotline.sync.round import relays
from county_hotline.sync.round.relays import Key, Ranks, RelayHead, Statement
from tests.hub.test_relay_trust import a_statement, introduced, passed_on, the_line, waiting_at_the_county
from tests.support.levels import Levels

DAY_MS = 86_400_000


def test_who_stands_below_is_told_in_pages(levels: Levels, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relays, "INTRODUCTIONS_A_TIME", 2)
    city, county = levels.hubs["city"], levels.hubs["county"]
    city.store.database.execute_sql("DELETE FROM below WHERE relay = '370323-00'")
    county.store.set_note(above.INTRODUCED, "")

    (report,) = levels.sync("county")

    assert (report.fault, county.store.note(above.REFUSED)) == ("", "[]")
    below = {station for station, relay in Relays(city.store).homes().below.items() if relay == "370323-00"}
    assert len(below) == 4, "so in two pages"
    assert {each.card.station for each in county.hub.storage.stations()} <= below
    assert Relays(county.store).homes().below.keys() <= below
    levels.quiet()
    levels.all_agree()


def test_more_at_once_is_refused_before_it_is_looked_at(levels: Levels) -> None:
    statement = a_statement(levels.hubs["county"], "370323-77", keys.make())

    with pytest.raises(HubRejected, match="H203"):
        introduced(levels.hubs["county"], *[statement] * (relays.INTRODUCTIONS_A_TIME + 1))


def test_a_relay_brings_only_so_many_stations_and_those_it_has_stay(levels: Levels, monkeypatch: pytest.MonkeyPatch) -> None:
    county, city = levels.hubs["county"], levels.hubs["city"]
    have = [each for each in Relays(city.store).stations() if each.relay == "370323-00"]
    monkeypatch.setattr(answers, "STATIONS_BELOW", len(have) + 1)

    said = [a_statement(county, f"370323-7{nth}", keys.make()) for nth in range(3)]
    answer = introduced(county, *said)

    assert answer.refused == (("370323-71", "H231"), ("370323-72", "H231"))
    again = introduced(county, *(relays.Introduction(*each.signed) for each in have))
    assert again.refused == ()


def test_a_station_has_only_so_many_keys(levels: Levels) -> None:
    county, pair = levels.hubs["county"], keys.make()
    card = Relays(levels.hubs["city"].store).stations()[0].card
    many = tuple(Key(pair.public.algorithm, bytes([nth]) * 32) for nth in range(relays.KEYS_EACH + 1))

    with pytest.raises(HubRejected, match="H202"):
        introduced(county, relays.introduce(Statement(card.station, card, many), county.hub.pair))


@pytest.mark.parametrize("claimed", [1, 946_684_799_999, 4_102_444_800_000])
def test_moments_that_cannot_be_are_not_believed(claimed: int, levels: Levels) -> None:
    assert received_at(levels, claimed) == {levels.hubs["city"].hub.clock.now_ms()}


def test_a_moment_that_can_be_is_believed_whatever_the_clock_above_says(levels: Levels) -> None:
    """Both levels fold by it: a wrong clock of one hub must not make two stories of one."""
    claimed = levels.hubs["city"].hub.clock.now_ms() + 4 * 365 * DAY_MS

    assert received_at(levels, claimed) == {claimed}


def received_at(levels: Levels, claimed: int) -> set[int]:
    """When the city's hub holds that the county received an entry, as the county claims it."""
    batch = waiting_at_the_county(levels)
    first, last = batch.entries[0].serial, batch.entries[-1].serial
    passed_on(levels.hubs["county"], batch, RelayHead(times=(Run(first, last, claimed),)))
    ids = [entry.entry_id for entry in batch.entries]
    rows = levels.hubs["city"].store.database.execute_sql(
        "SELECT received_at FROM receipts r JOIN entries e ON e.entry = r.entry WHERE e.entry_id = ?", (ids[0],)
    )
    return {row[0] for row in rows}


@pytest.mark.parametrize(
    "runs",
    [
        [(2, 2, 7), (1, 2, 7)],
        [(1, 1, 7), (1, 1, 7)],
        [(1, 1, -1)],
        [(1, 1, 1 << 70)],
        [(0, 1, 7)],
        [(1, 1 << 40, 7)],
    ],
)
def test_runs_are_in_order_and_say_each_serial_once(runs: list[tuple[int, int, int]]) -> None:
    """In no order, each of n runs could be looked at n times."""
    with pytest.raises(HubRejected, match="H202"):
        relays.by_serial([Run(*each) for each in runs], 1, range(1, 3))


def test_a_rank_that_no_database_holds_is_refused(levels: Levels) -> None:
    said = Ranks(((EntryId("e"), 1 << 70),))

    with pytest.raises(HubRejected, match="H202"):
        the_line(levels.hubs["county"]).ask("POST", relays.RANKS, body=protocol.encoded(said))
