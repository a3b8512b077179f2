"""What a hub would hold back is refused at the desk already: held back, it would hold up all that is written of the order after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import acts, intake
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal
from tests.support.desks import ROADS, Counters, a_form
from tests.support.ticking_clock import TickingClock

OTHER = "370323D04"


@pytest.fixture
def counters(tmp_path: Path, clock: TickingClock) -> Iterator[Counters]:
    made = Counters(tmp_path, clock)
    for counter in (made.hall, made.centre, made.agency):
        counter.sits(OfficerRole.LEADER)
    yield made
    made.close()


def test_a_unit_does_not_join_its_own_order_to_one_that_another_took(counters: Counters) -> None:
    """The centre does: else the order it goes on in would never hear of it, and the unit's reply there would be held back with it."""
    hall, centre = counters.hall, counters.centre
    master = intake.accept(centre.desk, a_form()).number
    counters.sync()
    acts.perform(centre.desk, master, "dispatch", {"agency": hall.card.unit, "role": "lead"})
    counters.sync()
    repeat = intake.accept(hall.desk, a_form(name="另一位")).number

    with pytest.raises(Refusal) as caught:
        acts.perform(hall.desk, repeat, "merge", {"into": master})

    assert caught.value.code == "R312"
    assert not hall.store.order(repeat).is_ended
    assert not hall.store.order(master).taking.repeats
    counters.sync()
    acts.perform(centre.desk, repeat, "merge", {"into": master})
    assert centre.store.order(master).taking.repeats == (repeat,)


def test_who_was_called_signs_for_itself_and_who_calls_for_everybody(counters: Counters) -> None:
    hall, agency = counters.hall, counters.agency
    number = intake.accept(hall.desk, a_form()).number
    called = {"agencies": f"{ROADS} {OTHER}", "meet_at": "2026-12-20 09:00", "in_charge": "乙", "chief": "丙"}
    opened = acts.opened(hall.desk, hall.store.order(number), "call_units").values
    acts.perform(hall.desk, number, "call_units", {**opened, **called})
    counters.sync()
    signs = {"name": "某", "agency": OTHER}

    with pytest.raises(Refusal) as caught:
        acts.perform(agency.desk, number, "sign_arrival", signs)

    assert caught.value.code == "R208"
    acts.perform(agency.desk, number, "sign_arrival", {**signs, "agency": ROADS})
    acts.perform(hall.desk, number, "sign_arrival", signs)
    counters.sync()
    assert {arrival.agency for arrival in hall.store.order(number).calls[0].arrivals} == {ROADS, OTHER}
