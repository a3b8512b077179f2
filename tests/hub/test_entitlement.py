"""What a station writes makes nobody's caller known to it: not by noting, dispatching, accepting or correcting what is not its own (P9)."""

from __future__ import annotations

import pytest

from county_hotline.domain.facts import Corrected, Dispatched, Fact, NoteAdded, Person
from county_hotline.domain.vocabulary import AssignmentRole
from county_hotline.hub import serving
from county_hotline.hub.asking import Hub
from county_hotline.ids import AgencyCode, Life, Number
from county_hotline.sync.wire import batches
from tests.support.forging import an_entry_of
from tests.support.line import OFFICER, WATER, Post, an_acceptance

NAME, PHONE = "某某某", "13911112222"
CALLER = Person(name=NAME, phone=PHONE)


def registered(post: Post, **changes: object) -> Number:
    """An order with a caller that can be looked for, sent to the hub."""
    number = post.store.accept(lambda given: (an_acceptance("路灯不亮", **changes), CALLER), officer=OFFICER).number
    post.sync()
    return number


def handed(post: Post, hub: Hub) -> str:
    """Everything the hub would hand this station from the beginning on."""
    station = hub.storage.station_by_key(post.pair.key_id)
    assert station is not None
    return serving.page(hub.store, station, after=0, limit=1_000, life=Life("")).decode()


def forge(post: Post, number: Number, fact: Fact, *, version: int | None = None, person: Person | None = None) -> None:
    """An enrolled station's key, used by someone who keeps none of the program's rules: the next entry of its chain, sent."""
    entry = an_entry_of(post, number, fact, version=version, person=person)
    post.transport.push(batches.encode([entry], post.pair))


OWN = AgencyCode(WATER)


@pytest.mark.parametrize(
    "fact",
    [
        NoteAdded(text="看看"),
        Corrected(reason="看看", title="看看"),
        Dispatched(agency=OWN, role=AssignmentRole.LEAD, due_on="2026-11-28"),
        an_acceptance("冒名", unit=OWN, content="冒名"),
    ],
    ids=lambda fact: fact.kind,
)
def test_writing_about_anothers_order_does_not_bring_it(fact: Fact, hall: Post, agency: Post, hub: Hub) -> None:
    number = registered(hall)
    agency.transport.hello()

    forge(agency, number, fact)

    assert PHONE not in handed(agency, hub)
    assert "村口第三盏" not in handed(agency, hub)
    assert "村口第三盏" in handed(hall, hub), "its own station is still handed it"


@pytest.mark.parametrize(
    "fact",
    [Corrected(reason="看看", confidential=False), an_acceptance("冒名", unit=OWN, confidential=False)],
    ids=lambda fact: fact.kind,
)
def test_an_agency_does_not_open_a_confidential_order_for_itself(
    fact: Fact, hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = registered(hall, confidential=True)
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    agency.transport.hello()

    forge(agency, number, fact)

    assert PHONE not in handed(agency, hub)
    assert "村口第三盏" in handed(agency, hub), "the matter itself is the agency's"


def test_the_station_that_took_an_order_may_open_it(hall: Post, centre: Post, agency: Post, hub: Hub) -> None:
    number = registered(hall, confidential=True)
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    hall.record(number, Corrected(reason="本人同意公开", confidential=False))
    hall.sync()

    assert PHONE in handed(agency, hub)


@pytest.mark.parametrize("from_the_beginning", [True, False])
def test_nobody_else_opens_it_though_he_may_correct_it(
    from_the_beginning: bool, hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    """The centre corrects whatever was taken; whose secret it is only the station that was told it can say."""
    number = registered(hall, confidential=from_the_beginning)
    if not from_the_beginning:
        hall.record(number, Corrected(reason="本人要求保密", confidential=True))
        hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.record(number, Corrected(reason="点错", confidential=False, title="第三盏路灯不亮"))
    report = centre.sync()

    assert report.complete
    assert "第三盏路灯不亮" in handed(agency, hub), "the rest of the correction counts"
    assert PHONE not in handed(agency, hub)


def test_an_order_that_becomes_confidential_is_closed_from_then_on(hall: Post, centre: Post, agency: Post, hub: Hub) -> None:
    number = registered(hall)
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    agency.sync()
    assert agency.store.order(number).person is not None, "so far it was nobody's secret"

    hall.record(number, Corrected(reason="本人要求保密", confidential=True))
    later = Person(name=NAME, phone="13933334444")
    hall.store.record(number, lambda order: (Corrected(reason="换号", person=True), later), officer=OFFICER)
    hall.sync()
    agency.sync()

    assert PHONE not in handed(agency, hub)
    assert "13933334444" not in handed(agency, hub)
    order = agency.store.order(number)
    assert order.is_confidential
    assert order.person is not None
    assert order.person.phone == PHONE, "what was known cannot be made unknown; nothing new is told"
    assert agency.store.verify().sound


def test_a_hub_that_cannot_read_an_acceptance_hands_out_no_caller(hall: Post, centre: Post, agency: Post, hub: Hub) -> None:
    """A newer release may say what is confidential in words this one does not know."""
    newer = hall.store.accept(lambda given: (an_acceptance(), CALLER), officer=OFFICER).number
    hall.transport.hello()
    forge(hall, newer, an_acceptance(), version=99, person=CALLER)
    centre.transport.hello()
    forge(centre, newer, Dispatched(agency=OWN, role=AssignmentRole.LEAD, due_on="2026-11-28"))

    assert newer in handed(agency, hub)
    assert PHONE not in handed(agency, hub)


def test_a_number_belongs_to_the_station_that_gives_it(hall: Post, agency: Post, hub: Hub) -> None:
    """Numbers can be foretold: whoever accepts under one that is not its own must not become the order."""
    number = hall.store.accept(lambda given: (an_acceptance(confidential=True), CALLER), officer=OFFICER).number
    agency.transport.hello()

    forge(agency, number, an_acceptance("冒名", unit=OWN))
    report = hall.sync()

    assert report.complete
    assert hub.store.order(number).station == "370323-03"
    assert PHONE not in handed(agency, hub)
