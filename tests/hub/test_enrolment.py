"""Coming in by a one-time code: once, in time, by the station it was made for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from county_hotline.db.store import Store
from county_hotline.domain.reference import StationCard
from county_hotline.errors import BadInput, NotTrusted
from county_hotline.hub.asking import Hub
from county_hotline.hub.stations import WRONG_TRIES, WRONG_WINDOW_S, make_code
from county_hotline.ids import CROCKFORD
from county_hotline.paths import Home
from county_hotline.sync import enrolling, identity
from tests.support.line import KEY, URL, DirectWire, a_card
from tests.support.ticking_clock import TickingClock


class Newcomer:
    """A PC with an empty store and no identity."""

    def __init__(self, home: Home, hub: Hub, clock: TickingClock) -> None:
        home.ensure()
        self.home = home
        self.hub = hub
        self.clock = clock
        self.store = Store.open(home.database, KEY, clock=clock)

    def enrol(self, code: str, **changes: str) -> identity.Identity:
        return enrolling.enrol(
            self.store, self.home, url=URL, code=code, clock=self.clock, wire=DirectWire(self.hub), **changes
        )


@pytest.fixture
def newcomer(tmp_path: Path, hub: Hub) -> Iterator[Callable[[str], Newcomer]]:
    made: list[Newcomer] = []

    def make(name: str) -> Newcomer:
        made.append(Newcomer(Home(tmp_path / name), hub, TickingClock()))
        return made[-1]

    yield make
    for each in made:
        each.store.close()


def code_for(hub: Hub, card: StationCard | None = None, *, replaces: bool = False) -> str:
    return make_code(hub.storage, card or a_card(), now_ms=hub.clock.now_ms(), replaces=replaces)


def refused(newcomer: Newcomer, code: str, **changes: str) -> str:
    with pytest.raises(NotTrusted) as met:
        newcomer.enrol(code, **changes)
    return met.value.code


def test_a_station_comes_in_by_its_code_and_knows_who_it_is_and_whose(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    new = newcomer("a")

    found = new.enrol(code_for(hub))

    assert found.station == a_card()
    assert found.hub is not None
    assert (found.hub.url, found.hub.hub_id, found.hub.epoch) == (URL, hub.pair.key_id, hub.store.epoch())
    assert identity.load(new.home.identity) == found
    assert new.store.station() == a_card()


@pytest.mark.parametrize("typed", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} ", lambda c: c.replace("0", "O")])
def test_a_code_may_be_typed_as_people_type(typed: Callable[[str], str], newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    assert newcomer("a").enrol(typed(code_for(hub))).station == a_card()


def test_every_single_mistyped_character_is_noticed_before_the_code_is_looked_up(
    newcomer: Callable[[str], Newcomer], hub: Hub
) -> None:
    new = newcomer("a")
    code = code_for(hub).replace("-", "")

    for place, letter in enumerate(code):
        wrong = CROCKFORD[(CROCKFORD.index(letter) + 7) % 32]
        assert refused(new, code[:place] + wrong + code[place + 1 :]) == "A215"

    assert new.enrol(code).station == a_card(), "mistyping uses nothing up"


def test_a_code_nobody_made_is_refused(newcomer: Callable[[str], Newcomer], hub: Hub, tmp_path: Path) -> None:
    assert refused(newcomer("a"), "0000-0000-0000") == "A210"


def test_a_code_works_for_a_day_and_no_longer(newcomer: Callable[[str], Newcomer], hub: Hub, clock: TickingClock) -> None:
    code, late = code_for(hub), code_for(hub)
    clock.advance(hours=23)
    newcomer("a").enrol(code)
    clock.advance(hours=2)

    assert refused(newcomer("b"), late) == "A211"


def test_a_code_lets_one_pc_in(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    code = code_for(hub)
    newcomer("a").enrol(code)

    assert refused(newcomer("b"), code) == "A212"


def test_the_same_pc_may_ask_again_when_the_answer_was_lost(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    code = code_for(hub)
    new = newcomer("a")

    assert new.enrol(code) == new.enrol(code)


def test_another_pc_takes_a_stations_place_only_by_a_code_made_for_that(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    old, new = newcomer("old"), newcomer("new")
    old.enrol(code_for(hub))

    plainly = refused(new, code_for(hub))
    new.enrol(code_for(hub, replaces=True))

    assert plainly == "A214"
    found = identity.load(old.home.identity)
    assert found is not None
    assert found.hub is not None
    line = enrolling.line_to(old.home, found.hub, clock=old.clock, wire=DirectWire(hub))
    line.hello()
    with pytest.raises(NotTrusted) as met:
        line.heads()
    assert met.value.code == "A350"


def test_a_pc_with_entries_does_not_become_another_station(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    new = newcomer("a")
    new.enrol(code_for(hub))
    from county_hotline.domain.facts import Person
    from tests.support.line import OFFICER, an_acceptance

    new.store.accept(lambda number: (an_acceptance(), Person()), officer=OFFICER)

    assert refused(new, code_for(hub, a_card("04"))) == "A218"


def test_one_key_is_one_station(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    new = newcomer("a")
    new.enrol(code_for(hub))

    assert refused(new, code_for(hub, a_card("04"))) == "A217"


def test_guessing_is_slowed_down_and_forgiven_after_a_while(
    newcomer: Callable[[str], Newcomer], hub: Hub, clock: TickingClock
) -> None:
    new = newcomer("a")
    for _ in range(WRONG_TRIES):
        assert refused(new, "0000-0000-0000") == "A210"
    code = code_for(hub)

    meanwhile = refused(new, code)
    clock.advance(seconds=WRONG_WINDOW_S + 1)

    assert meanwhile == "A213"
    assert new.enrol(code).station == a_card()


def test_a_hub_other_than_the_one_read_out_gets_no_code(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    code = code_for(hub)

    assert refused(newcomer("a"), code, expected_hub="0123456789abcdef") == "A216"
    assert newcomer("b").enrol(code, expected_hub=hub.pair.key_id).station == a_card()


def test_codes_lie_in_the_database_as_hashes_only(hub: Hub) -> None:
    code = code_for(hub).replace("-", "")

    rows = hub.store.database.connection().execute("SELECT * FROM hub_codes").fetchall()

    assert len(rows) == 1
    assert code not in str(rows)
    assert code.encode() not in rows[0][0]


def test_a_clock_years_off_is_no_hindrance(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    new = newcomer("a")
    new.clock.set_to(2009, 1, 1)

    assert new.enrol(code_for(hub)).station == a_card()


def test_reference_data_comes_with_the_enrolment(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    from county_hotline.db.beside.reference import Bundle
    from county_hotline.sync.protocol import encoded

    hub.store.reference.take_bundle(encoded(Bundle(7, "370323", "沂源县", "示例热线")))

    new = newcomer("a")
    new.enrol(code_for(hub))

    assert new.store.reference.version() == 7


def test_a_restored_hub_is_trusted_again_only_by_a_persons_word(newcomer: Callable[[str], Newcomer], hub: Hub) -> None:
    new = newcomer("a")
    before = new.enrol(code_for(hub))
    hub.store.set_note("epoch", "AFTER-THE-RESTORE")

    changed = enrolling.accept_epoch(new.store, new.home, clock=new.clock, wire=DirectWire(hub))
    again = enrolling.accept_epoch(new.store, new.home, clock=new.clock, wire=DirectWire(hub))
    after = identity.load(new.home.identity)

    assert before.hub is not None
    assert after is not None
    assert after.hub is not None
    assert (changed, again) == (True, False)
    assert (before.hub.epoch == after.hub.epoch, after.hub.epoch) == (False, "AFTER-THE-RESTORE")


def test_without_an_enrolment_there_is_no_epoch_to_accept(newcomer: Callable[[str], Newcomer]) -> None:
    new = newcomer("a")

    with pytest.raises(BadInput) as met:
        enrolling.accept_epoch(new.store, new.home, clock=new.clock)

    assert met.value.code == "I106"
