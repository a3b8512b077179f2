"""What a relay may not do, and what is noticed of it: authors sign for themselves, and each stands below one relay only."""

from __future__ import annotations

import msgspec
import pytest

from county_hotline.db.relaying.relay_up import Bundle
from county_hotline.db.relaying.relays import Relays
from county_hotline.domain.facts import Finished, NoteAdded
from county_hotline.domain.vocabulary import Outcome, StationRole
from county_hotline.errors import NotTrusted
from county_hotline.hub import above, joining_above
from county_hotline.hub.stations import make_code
from county_hotline.ids import Life, StationId
from county_hotline.sync import keys, protocol
from county_hotline.sync.round import relays
from county_hotline.sync.round.relays import Introduced, Introductions, Key, Ranks, Relayed, RelayHead, Statement
from county_hotline.sync.wire import batches
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.forging import an_entry_of
from tests.support.levels import HOUSING, WATER, Level, Levels, a_card_of, a_relay_card
from tests.support.line import URL, DirectWire

HALL = StationId("370323-03")
A = Life("A")


def the_line(level: Level) -> HttpTransport:
    """The relay's own key in the hands of someone who keeps none of the program's rules."""
    link = joining_above.link_of(level.home)
    assert link is not None
    assert link.hub is not None
    line = joining_above.line_above(level.hub, link.hub, wire=level.wire)
    line.hello()
    return line


def first_up(level: Level) -> Bundle:
    found = Relays(level.store).next_up(entries=200, without=())
    assert found is not None
    return found


def passed_on(level: Level, batch: Bundle, head: RelayHead | None = None, pair: keys.KeyPair | None = None) -> Relayed:
    """Send a batch up, perhaps with another's signature under it."""
    last = batch.entries[-1]
    seal = batches.BatchSeal(last.serial, last.hash, "ed25519", batch.seal.key, batch.seal.signature)
    lines = batches.encode(batch.entries, pair) if pair else batches.encode_under(batch.entries, seal)
    answer = the_line(level).ask("POST", relays.ENTRIES, body=relays.encode(head or RelayHead(), lines))
    return protocol.decoded(answer, Relayed)


def introduced(level: Level, *introductions: relays.Introduction) -> Introduced:
    body = protocol.encoded(Introductions(introductions))
    return protocol.decoded(the_line(level).ask("POST", relays.INTRODUCTIONS, body=body), Introduced)


def a_statement(level: Level, station: str, pair: keys.KeyPair, relay: str = "370323-00") -> relays.Introduction:
    card = a_card_of(station, StationRole.AGENCY, "37032399")
    said = Statement(StationId(relay), card, (Key(pair.public.algorithm, pair.public.raw),))
    return relays.introduce(said, level.hub.pair)


def waiting_at_the_county(levels: Levels) -> Bundle:
    levels.accept("hall")
    levels.sync("hall", "town")
    return first_up(levels.hubs["county"])


def test_a_relay_cannot_write_in_an_authors_name(levels: Levels) -> None:
    batch = waiting_at_the_county(levels)
    before = levels.hubs["city"].store.verify().entries

    for forger in (levels.hubs["county"].hub.pair, keys.make()):
        with pytest.raises(NotTrusted, match="A301"):
            passed_on(levels.hubs["county"], batch, pair=forger)

    assert levels.hubs["city"].store.verify().entries == before


def test_a_relay_passes_nothing_on_of_whom_it_did_not_introduce(levels: Levels) -> None:
    batch = waiting_at_the_county(levels)

    with pytest.raises(NotTrusted, match="A336"):
        passed_on(levels.hubs["other"], batch)


def test_one_author_that_is_refused_keeps_nobody_else_back(levels: Levels) -> None:
    """The water office's statement never reached the city: its own entries wait, the hall's go up."""
    levels.hubs["city"].store.database.execute_sql("DELETE FROM below WHERE station = '370323-20'")
    number = levels.accept("hall")
    levels.sync("hall", "town", "water")
    levels.posts["centre"].sync()
    levels.posts["centre"].dispatch(number, WATER)
    levels.sync("centre", "water")
    levels.posts["water"].sign_for(number, WATER)
    levels.sync("water")
    levels.posts["centre"].correct(number, "两盏路灯不亮")
    levels.sync("centre")

    (report,) = levels.sync("county")

    assert report.fault == "A336"
    assert not report.complete
    assert levels.hubs["city"].store.order(number).entries == 3, "acceptance, dispatch, correction"
    levels.hubs["county"].store.set_note(above.INTRODUCED, "")
    levels.quiet()
    levels.all_agree()


def test_a_station_stands_below_one_relay_only(levels: Levels) -> None:
    other = levels.hubs["other"]
    pair = keys.make()

    answer = introduced(
        other, a_statement(other, "370323-20", pair, "370324-00"), a_statement(other, "370300-03", pair, "370324-00")
    )

    assert answer.refused == (("370323-20", "A331"), ("370300-03", "A331"))
    assert Relays(levels.hubs["city"].store).homes().below["370323-20"] == "370323-00"


def test_a_station_below_is_not_let_in_above_too(levels: Levels) -> None:
    city = levels.hubs["city"].hub
    code = make_code(city.storage, a_card_of("370323-20", StationRole.AGENCY, WATER), now_ms=city.clock.now_ms())
    line = HttpTransport(URL, keys.make(), None, clock=city.clock, wire=DirectWire(city))
    line.hello()

    with pytest.raises(NotTrusted, match="A331"):
        line.enrol(_request(code, city.pair.key_id, line))


def _request(code: str, hub_id: str, line: HttpTransport, *, as_relay: bool = False) -> protocol.EnrolmentRequest:
    pair = line._pair
    return protocol.EnrolmentRequest(code, pair.public.algorithm, pair.public.raw, "test", hub_id, as_relay=as_relay)


def test_a_relay_speaks_for_a_hub_below_it_only_with_that_hubs_signature(levels: Levels) -> None:
    county = levels.hubs["county"]
    invented = a_statement(county, "370323-77", keys.make(), "370323-T1")
    signed_there = a_statement(levels.hubs["town"], "370323-78", keys.make(), "370323-T1")
    of_nobody = a_statement(county, "370323-79", keys.make(), "370323-ZZ")

    answer = introduced(county, invented, signed_there, of_nobody)

    assert sorted(answer.refused) == [("370323-77", "A334"), ("370323-79", "A334")]
    assert Relays(levels.hubs["city"].store).homes().below.get("370323-78") == "370323-00"


def test_a_station_is_no_relay_and_a_relays_code_lets_no_station_in(levels: Levels) -> None:
    city = levels.hubs["city"].hub
    hall = levels.posts["city hall"]
    hall.transport.hello()
    with pytest.raises(NotTrusted, match="A332"):
        hall.transport.ask("POST", relays.RANKS, body=protocol.encoded(Ranks(())))

    code = make_code(city.storage, a_relay_card("370325-00"), now_ms=city.clock.now_ms())
    line = HttpTransport(URL, keys.make(), None, clock=city.clock, wire=DirectWire(city))
    line.hello()
    with pytest.raises(NotTrusted, match="A330"):
        line.enrol(_request(code, city.pair.key_id, line))
    line.enrol(_request(code, city.pair.key_id, line, as_relay=True))


def test_a_ring_of_hubs_is_refused(levels: Levels) -> None:
    """The city below its own county: the county's statements come back to itself."""
    levels.hubs["city"].join(levels.hubs["town"], "370300-00")

    levels.sync("city")
    levels.sync("town")
    levels.sync("county")

    refused = levels.hubs["county"].store.note(above.REFUSED) or ""
    assert "A335" in refused or "A331" in refused


def test_a_relay_says_ranks_of_its_own_orders_only(levels: Levels) -> None:
    """The city's order is the city's to put in order; the county's word for it counts for nothing."""
    number = levels.accept("city hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()
    for who in ("water", "city centre"):
        levels.posts[who].record(number, NoteAdded(text=f"{who}看过"))
    levels.quiet()
    events = levels.hubs["city"].store.view(number).story

    body = protocol.encoded(Ranks(tuple((event.entry_id, 900 - place) for place, event in enumerate(events))))
    the_line(levels.hubs["county"]).ask("POST", relays.RANKS, body=body)

    assert levels.hubs["city"].store.view(number).story == events
    levels.quiet()
    levels.all_agree()


def test_a_rank_that_contradicts_one_known_is_refused(levels: Levels) -> None:
    number = levels.accept("hall")
    levels.quiet()
    entry_id = levels.hubs["city"].store.view(number).story[0].entry_id

    with pytest.raises(NotTrusted, match="A333"):
        the_line(levels.hubs["county"]).ask("POST", relays.RANKS, body=protocol.encoded(Ranks(((entry_id, 4711),))))


def test_a_relay_that_withholds_one_of_a_chain_is_caught_by_the_chain(levels: Levels) -> None:
    levels.accept("hall")
    levels.accept("hall", "井盖丢失")
    levels.sync("hall", "town")
    batch = first_up(levels.hubs["county"])

    with pytest.raises(NotTrusted, match="A310"):
        passed_on(levels.hubs["county"], batch._replace(entries=batch.entries[1:]))


def test_a_relay_that_brings_an_answer_before_what_it_answers_is_noticed(levels: Levels) -> None:
    number = levels.accept("hall")
    levels.quiet()
    levels.posts["city centre"].correct(number, "三盏路灯不亮")
    levels.quiet()
    levels.posts["centre"].correct(number, "四盏路灯不亮")
    levels.posts["centre"].sync()
    levels.posts["hall"].correct(number, "五盏路灯不亮")
    levels.sync("town", "hall", "town", "hall")
    levels.posts["hall"].correct(number, "六盏路灯不亮")
    levels.sync("hall", "town")
    held_back = first_up(levels.hubs["county"])
    centre = (held_back.entries[0].station, held_back.entries[0].life)
    assert centre[0] == "370323-01"

    jumped = Relays(levels.hubs["county"].store).next_up(entries=200, without={centre})
    assert jumped is not None
    passed_on(levels.hubs["county"], jumped)

    assert Relays(levels.hubs["city"].store).doubts(StationId("370323-00")) > 0
    levels.quiet()
    levels.all_agree()


def test_a_batch_that_comes_twice_is_the_same_success(levels: Levels) -> None:
    batch = waiting_at_the_county(levels)

    first, again = passed_on(levels.hubs["county"], batch), passed_on(levels.hubs["county"], batch)

    assert first.receipt.runs == again.receipt.runs
    assert first.ranks == again.ranks
    levels.quiet()
    levels.all_agree()


def test_what_a_station_signed_by_its_old_key_goes_up_all_the_same(levels: Levels) -> None:
    """The window's PC was changed before the county had a line to the city."""
    levels.post("window", "town", "370323-04", StationRole.HALL, "370323103")
    number = levels.accept("window")
    levels.sync("window")
    town = levels.hubs["town"].hub
    card = town.storage.station(StationId("370323-04"))
    assert card is not None
    code = make_code(town.storage, card.card, now_ms=town.clock.now_ms(), replaces=True)
    line = HttpTransport(URL, keys.make(), None, clock=town.clock, wire=DirectWire(town))
    line.hello()
    line.enrol(_request(code, town.pair.key_id, line))

    levels.sync("town", "county", "town", "county")

    assert levels.hubs["city"].store.order(number).entries == 1


def test_a_county_centre_is_no_centre_of_its_neighbours_orders(levels: Levels) -> None:
    """Its key in the wrong hands closes nothing in the next county."""
    levels.post("other centre", "other", "370324-01", StationRole.CENTRE, "370324C00")
    number = levels.accept("hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()
    forger = levels.posts["other centre"]
    story = levels.posts["hall"].store.view(number).story
    forger.transport.hello()
    entry = an_entry_of(forger, number, Finished(outcome=Outcome.SOLVED))
    forger.transport.push(batches.encode([entry], forger.pair))
    levels.sync("other", "county", "town", "hall")

    assert levels.posts["hall"].store.view(number).story == story
    assert ("370324-01", "A") in {(head.station, head.life) for head in levels.hubs["city"].store.heads(StationId("370324-01"))}


def test_the_relays_statement_of_a_station_is_passed_on_as_it_was_signed(levels: Levels) -> None:
    at_county = {each.card.station: each for each in Relays(levels.hubs["county"].store).stations()}
    at_city = {each.card.station: each for each in Relays(levels.hubs["city"].store).stations()}

    assert at_city[HALL].signed == at_county[HALL].signed
    assert at_city[HALL].relay == "370323-00"
    assert msgspec.json.decode(at_city[HALL].statement)["relay"] == "370323-T1"
    assert HOUSING not in {each.card.unit for each in at_county.values()}
