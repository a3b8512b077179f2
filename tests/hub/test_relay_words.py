"""Confidential callers at each level (P9), what is held back, and what is erased: how these pass a relay."""

from __future__ import annotations

import httpx2
import msgspec
import pytest

from county_hotline.db import entries_here
from county_hotline.db.line import releasing
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import Corrected, NoteAdded, Person, Replied, Withdrawn, WordsErased
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import Erasure, StationRole
from county_hotline.ids import Life, Number, StationId
from county_hotline.sync.wire import batches
from tests.support.flaky import FlakyWire
from tests.support.forging import an_entry_of
from tests.support.levels import HOUSING, WATER, Level, Levels, chain_ends
from tests.support.line import KEY, OFFICER, DirectWire, Post, an_acceptance
from tests.support.marks import found_in, rows_of

NAME, PHONE, HOUSE = "欧阳某某某", "13911112222", "双石屋村十八号东屋"
MARKS = (NAME, PHONE, HOUSE)
CALLER = Person(name=NAME, phone=PHONE, address=HOUSE)


class Listening(FlakyWire):
    """A line whose every body is kept."""

    heard = b""

    def _deliver(self, request: httpx2.Request) -> tuple[int, dict[str, str], bytes]:
        sent = b"".join(request.stream)  # type: ignore[arg-type]
        answer = super()._deliver(request)
        self.heard += sent + b"\n" + answer[2] + b"\n"
        return answer


def registered(levels: Levels, who: str, *, confidential: bool = True) -> Number:
    post = levels.posts[who]
    card = post.store.station()
    assert card is not None
    number = post.store.accept(
        lambda given: (an_acceptance("路灯不亮", unit=card.unit, confidential=confidential), CALLER), officer=OFFICER
    ).number
    levels.numbers.append(number)
    return number


def files_with_marks(levels: Levels) -> set[str]:
    """Whose database holds a mark, in whatever writing."""
    found = set()
    for name, store in levels.stores.items():
        store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        folder = levels.folder / name
        if found_in(rows_of(folder / "journal.db", KEY), MARKS):
            found.add(name)
    return found


def test_a_confidential_caller_does_not_leave_the_level_that_took_it(levels: Levels) -> None:
    number = registered(levels, "hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, HOUSING)
    levels.posts["centre"].dispatch(number, WATER)
    levels.quiet()
    levels.posts["housing"].reply(number, HOUSING)
    levels.quiet()

    levels.all_agree()
    assert files_with_marks(levels) == {"hall", "town"}, "not even the county: the town took it"
    order = levels.posts["city centre"].store.order(number)
    assert order.is_confidential
    assert order.person is None
    assert all(store.verify().sound for store in levels.stores.values())


def test_no_line_between_hubs_carries_a_confidential_caller(levels: Levels) -> None:
    wires = {}
    for name in ("county", "town", "other"):
        level = levels.hubs[name]
        assert level.wire is not None
        assert level.above is not None
        level.wire = wires[name] = Listening(DirectWire(level.above.hub))
    number = registered(levels, "hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, HOUSING)
    levels.quiet()

    assert all(len(wire.heard) > 1000 for wire in wires.values())
    assert {name: found_in(wire.heard, MARKS) for name, wire in wires.items()} == {"county": [], "town": [], "other": []}


def test_an_open_order_brings_its_caller_to_who_handles_it(levels: Levels) -> None:
    number = registered(levels, "hall", confidential=False)
    levels.quiet()
    levels.posts["city centre"].dispatch(number, HOUSING)
    levels.quiet()

    assert files_with_marks(levels) == {"hall", "town", "county", "centre", "city", "city centre", "other", "housing"}


def test_the_citys_confidential_caller_does_not_come_down(levels: Levels) -> None:
    number = registered(levels, "city hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()

    levels.all_agree()
    assert files_with_marks(levels) == {"city hall", "city centre", "city"}


def test_what_a_unit_learns_of_the_citys_caller_reaches_the_city_that_took_it(levels: Levels) -> None:
    """欧阳某某某 gives the county's centre another telephone; the city's hall has to call back."""
    number = registered(levels, "city hall")
    levels.quiet()
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()
    later = Person(name=NAME, phone="13933334444")
    levels.posts["centre"].store.record(number, lambda order: (Corrected(reason="换号", person=True), later), officer=OFFICER)
    levels.quiet()

    levels.all_agree()
    person = levels.posts["city hall"].store.order(number).person
    assert person is not None
    assert person.phone == "13933334444"


def test_what_the_city_learns_of_a_countys_caller_comes_down_to_who_took_it(levels: Levels) -> None:
    number = registered(levels, "hall")
    levels.quiet()
    later = Person(name=NAME, phone="13933334444")
    levels.posts["city centre"].store.record(
        number, lambda order: (Corrected(reason="换号", person=True), later), officer=OFFICER
    )
    levels.quiet()

    levels.all_agree()
    person = levels.posts["hall"].store.order(number).person
    assert person is not None
    assert person.phone == "13933334444"


# ---------------------------------------------------------------- erased


@pytest.mark.parametrize("late", [False, True], ids=["after it went up", "before it went up"])
def test_what_is_erased_below_is_erased_at_every_level(levels: Levels, *, late: bool) -> None:
    number = registered(levels, "hall", confidential=False)
    if not late:
        levels.quiet()
    target = levels.posts["hall"].store.view(number).story[0].entry_id
    levels.posts["hall"].record(number, WordsErased(entry_id=target, erasure=Erasure.BOTH, ground="个人信息保护法"))
    levels.quiet()

    levels.all_agree()
    assert files_with_marks(levels) == set()
    assert all(store.verify().sound for store in levels.stores.values())


def test_what_the_city_erases_is_erased_below(levels: Levels) -> None:
    number = registered(levels, "city hall", confidential=False)
    levels.quiet()
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()
    target = levels.posts["city hall"].store.view(number).story[0].entry_id
    levels.posts["city hall"].record(number, WordsErased(entry_id=target, erasure=Erasure.BOTH, ground="个人信息保护法"))
    levels.quiet()

    levels.all_agree()
    assert files_with_marks(levels) == set()


# ---------------------------------------------------------------- held back


def held_reply(levels: Levels) -> tuple[Number, Post]:
    """The water office answers an order that nobody gave it: its hub holds that back, and what it writes of it afterwards."""
    number = levels.accept("hall")
    levels.quiet()
    water = levels.posts["water"]
    water.transport.hello()
    first = an_entry_of(water, number, Replied(agency=WATER, internal="已修复。", public="已修复。", solved=True))
    second = an_entry_of(
        water, number, Replied(agency=WATER, internal="又修了一次。", public="好了。", solved=True), after=first
    )
    water.transport.push(batches.encode([first, second], water.pair))
    return number, water


def test_what_is_held_back_below_goes_up_without_its_words_and_keeps_the_chain_whole(levels: Levels) -> None:
    number, water = held_reply(levels)
    another = an_entry_of(water, number, Replied(agency=WATER, internal="三修。", public="好了。", solved=True))
    water.transport.push(batches.encode([another], water.pair))

    levels.sync("county", "town", "hall")

    assert levels.hubs["city"].store.order(number).entries == 1
    assert not found_in(rows_of(levels.hubs["city"].home.database, KEY), ["又修了一次"])
    assert chain_ends(levels.hubs["city"], water) == chain_ends(levels.hubs["county"], water)
    codes = {row[1] for row in levels.hubs["city"].store.database.execute_sql("SELECT entry_id, code FROM held WHERE here")}
    assert codes <= {"H106", "H103"}
    assert codes


def test_what_is_released_below_goes_up_again_with_its_words(levels: Levels) -> None:
    """The water office is made a centre's desk: what it wrote may stand now."""
    number, _ = held_reply(levels)
    levels.sync("county")
    assert levels.hubs["city"].store.order(number).entries == 1

    levels.posts.pop("water").close()  # whoever wrote this was no program of ours
    station = levels.hubs["county"].hub.storage.station(StationId("370323-20"))
    assert station is not None
    now_central = msgspec.structs.replace(station.card, role=StationRole.CENTRE)
    with levels.hubs["county"].store.immediate() as db:
        db.execute(
            "UPDATE hub_stations SET card = ? WHERE station = ?", (msgspec.json.encode(now_central), now_central.station)
        )
        assert len(releasing.judge_again(db, now_central.station, now_central)) == 2
    levels.quiet()

    assert levels.hubs["county"].store.order(number).entries == 3
    levels.all_agree()
    assert levels.posts["city centre"].store.order(number).entries == 3


def test_a_caller_kept_below_is_not_looked_for_above_however_the_record_came_to_stand(levels: Levels) -> None:
    """A record waits above for another, and is let go by what comes later: that its caller stayed below is still no fault."""
    number = registered(levels, "hall")
    hall = levels.posts["hall"]
    hall.finish(number)  # not its to do
    wrong = hall.store.view(number).story[-1].entry_id
    hall.record(number, NoteAdded(text="等着的"))
    levels.quiet()
    hall.record(number, Withdrawn(entry_id=wrong, why="不归本站"))
    later = Person(name=NAME, phone="13933334444")
    hall.store.record(number, lambda order: (Corrected(reason="换号", person=True), later), officer=OFFICER)
    levels.quiet()

    for name in ("county", "city"):
        codes = {row[0] for row in levels.hubs[name].store.database.execute_sql("SELECT code FROM held WHERE NOT here")}
        assert codes == {"H220"}, name


def test_what_a_relay_asked_to_hold_waits_for_it_whatever_is_judged_again_above(levels: Levels) -> None:
    """The water office is a centre's desk in the city's eyes, which would let it write; but the city has no words of it."""
    number, water = held_reply(levels)
    levels.sync("county")
    levels.posts.pop("water").close()
    city = levels.hubs["city"]
    with city.store.immediate() as db:
        card = msgspec.structs.replace(a_card(water), role=StationRole.CENTRE)
        db.execute("UPDATE below SET card = ? WHERE station = ?", (msgspec.json.encode(card), card.station))

    assert city.hub.storage.recheck() == []

    assert city.store.order(number).entries == 1


def test_what_is_held_above_alone_of_a_station_below_is_judged_again_too(levels: Levels) -> None:
    """The order concerns the county's desk only later: its note came to the city too early, by a relay that turned things round."""
    number = levels.accept("city hall")
    levels.quiet()
    city, water = levels.hubs["city"], levels.posts["water"]
    levels.posts["city centre"].dispatch(number, WATER)
    levels.quiet()
    water.sign_for(number, WATER)
    with city.store.immediate() as db:
        db.execute(
            "DELETE FROM concerns WHERE work_order = ? AND reader LIKE 'unit %' AND reader LIKE ?", (number, f"%{WATER}")
        )
    levels.sync("water", "county")
    assert city.store.order(number).entries == 2
    with city.store.immediate() as db:
        db.execute("INSERT INTO concerns VALUES (?,?,1)", (f"unit {WATER}", number))

    assert len(city.hub.storage.recheck()) == 1

    levels.quiet()
    levels.all_agree()
    assert city.store.order(number).entries == 3


def test_a_withdrawal_settles_what_it_withdraws_at_every_level(levels: Levels) -> None:
    number, water = held_reply(levels)
    levels.sync("county")
    ids = [each.entry_id for each in unsent_of(levels.hubs["county"], water)]
    after = unsent_of(levels.hubs["county"], water)[-1]
    for entry_id in ids:
        after = an_entry_of(water, number, Withdrawn(entry_id=entry_id, why="不归本单位"), after=after)
        water.transport.push(batches.encode([after], water.pair))
    levels.posts.pop("water").close()

    levels.quiet()

    for name in ("county", "city"):
        codes = [row[0] for row in levels.hubs[name].store.database.execute_sql("SELECT code FROM held WHERE here")]
        assert codes == ["H108"] * 4, name
    levels.all_agree()


def test_a_withdrawal_and_what_it_withdraws_may_go_up_in_one_batch(levels: Levels) -> None:
    number, water = held_reply(levels)
    entries = unsent_of(levels.hubs["county"], water)
    after = entries[-1]
    for each in entries:
        after = an_entry_of(water, number, Withdrawn(entry_id=each.entry_id, why="不归本单位"), after=after)
        water.transport.push(batches.encode([after], water.pair))
    levels.posts.pop("water").close()

    levels.quiet()

    codes = [row[0] for row in levels.hubs["city"].store.database.execute_sql("SELECT code FROM held WHERE here")]
    assert codes == ["H108"] * 4


def test_released_words_reach_a_reader_above_who_had_read_past_their_place(levels: Levels) -> None:
    """An order whose acceptance was held below: the city centre has long read on when it is let go."""
    levels.posts["hall"].transport.hello()
    county, city = levels.hubs["county"], levels.hubs["city"]
    number, _ = held_reply(levels)
    levels.sync("county")
    for _ in range(3):
        levels.accept("city hall", "别的事")
        levels.sync("city hall", "city centre")
    station = county.hub.storage.station(StationId("370323-20"))
    assert station is not None
    levels.posts.pop("water").close()
    with county.store.immediate() as db:
        card = msgspec.structs.replace(station.card, role=StationRole.CENTRE)
        db.execute("UPDATE hub_stations SET card = ? WHERE station = ?", (msgspec.json.encode(card), card.station))
    county.hub.storage.recheck()
    levels.quiet()

    assert city.store.order(number).entries == 3
    assert levels.posts["city centre"].store.order(number).entries == 3
    levels.all_agree()


def a_card(post: Post) -> StationCard:
    card = post.store.station()
    assert card is not None
    return card


def unsent_of(level: Level, post: Post) -> list[Entry]:
    """What this hub has of a station's hand."""
    with level.store.immediate() as db:
        return entries_here.unsent(db, a_card(post).station, Life("A"), after=0, limit=99)
