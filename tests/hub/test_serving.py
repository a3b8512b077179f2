"""What each station is handed: what concerns it and nothing else; confidential callers stay where they came in."""

from __future__ import annotations

import threading

import msgspec

from county_hotline.domain.facts import Corrected, Person
from county_hotline.hub import endpoints, serving
from county_hotline.hub.app import create_app
from county_hotline.hub.asking import Hub
from county_hotline.ids import AgencyCode, Life
from county_hotline.sync.wire import batches, signing
from tests.support.line import HOUSING, OFFICER, WATER, Post, a_card, an_acceptance

A = Life("A")
SECRET = "保密人甲乙"


def page_of(post: Post, hub: Hub) -> bytes:
    station = hub.storage.station_by_key(post.pair.key_id)
    assert station is not None
    return serving.page(hub.store, station, after=0, limit=1_000, life=Life(""))


def test_a_hall_takes_in_what_became_of_its_own_orders_and_no_others(
    hall: Post, centre: Post, enrolled: object, hub: Hub
) -> None:
    other = enrolled(a_card("04", unit="370323104"), hall.clock)  # type: ignore[operator]
    mine, theirs = hall.accept(), other.accept(unit=AgencyCode("370323104"))
    hall.sync()
    other.sync()
    centre.sync()
    centre.dispatch(mine)
    centre.dispatch(theirs)
    centre.sync()

    hall.sync()

    assert len(hall.store.order(mine).assignments) == 1
    assert hall.store.order(theirs).entries == 0


def test_an_agency_takes_in_an_order_from_its_beginning_once_it_was_dispatched_to_it(
    hall: Post, centre: Post, agency: Post
) -> None:
    wanted, other = hall.accept("水压不足"), hall.accept("楼道杂物")
    hall.correct(wanted, "水压严重不足")
    hall.sync()
    agency.sync()
    nothing_yet = agency.entries()
    centre.sync()
    centre.dispatch(wanted, WATER)
    centre.dispatch(other, HOUSING)
    centre.sync()

    agency.sync()

    assert nothing_yet == 0
    assert agency.store.order(wanted) == centre.store.order(wanted)
    assert agency.store.order(other).entries == 0


def test_the_centre_takes_in_everything(hall: Post, centre: Post) -> None:
    numbers = [hall.accept() for _ in range(5)]
    hall.sync()

    centre.sync()

    assert [centre.store.order(n) for n in numbers] == [hall.store.order(n) for n in numbers]


def test_a_confidential_callers_words_are_in_no_byte_an_agency_is_sent(
    hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    number = hall.store.accept(
        lambda given: (an_acceptance(confidential=True), Person(name=SECRET, phone="13911112222")), officer=OFFICER
    ).number
    hall.store.record(
        number,
        lambda order: (Corrected(reason="听错", person=True), Person(name=SECRET, phone="13911113333")),
        officer=OFFICER,
    )
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    agency.sync()

    sent_to_agency = page_of(agency, hub)

    assert SECRET.encode() not in sent_to_agency
    assert b"1391111" not in sent_to_agency
    assert agency.store.order(number).person is None
    assert agency.store.order(number).accepted is not None
    assert agency.store.verify().sound, "the chain holds although words were withheld"


def test_ten_threads_sending_the_same_batch_store_it_once(hall: Post, hub: Hub) -> None:
    for _ in range(20):
        hall.accept()
    lines = batches.encode(hall.store.unsent(A, after=0, limit=99), hall.pair)
    answers: list[int] = []
    start = threading.Barrier(10)

    def send() -> None:
        asked = signing.Asked("POST", "/v1/entries", {}, lines)
        signing.sign_request(asked, hall.pair, now_s=hub.clock.now_ms() // 1000)
        start.wait()
        answers.append(endpoints.answer(hub, asked, "").status_code)

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200] * 10
    assert hub.store.verify().entries == 20
    assert hub.store.verify().sound


def test_ten_stations_sending_at_once_get_one_order_without_gap(hall: Post, enrolled: object, hub: Hub) -> None:
    posts = [enrolled(a_card(f"{n:02}"), hall.clock) for n in range(10, 20)]  # type: ignore[operator]
    requests = []
    for post in posts:
        for _ in range(3):
            post.accept()
        lines = batches.encode(post.store.unsent(A, after=0, limit=99), post.pair)
        asked = signing.Asked("POST", "/v1/entries", {}, lines)
        signing.sign_request(asked, post.pair, now_s=hub.clock.now_ms() // 1000)
        requests.append(asked)
    threads = [threading.Thread(target=endpoints.answer, args=(hub, asked, "")) for asked in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    seqs = hub.store.database.connection().execute("SELECT hub_seq FROM receipts ORDER BY hub_seq").fetchall()

    assert [row[0] for row in seqs] == list(range(1, 31))


def test_reference_data_reaches_a_station_with_its_next_round(hall: Post, hub: Hub) -> None:
    from county_hotline.db.beside.reference import Bundle

    hub.store.reference.take_bundle(msgspec.json.encode(Bundle(3, "370323", "沂源县", "示例热线")))

    hall.sync()

    assert hall.store.reference.version() == 3


def test_the_openapi_document_names_every_endpoint_and_type(hub: Hub) -> None:
    from tests.support.wires import AsgiWire

    wire = AsgiWire(create_app(hub))
    import httpx2

    response = wire.handle_request(httpx2.Request("GET", "http://hub.test/schema/openapi.json"))
    document = msgspec.json.decode(b"".join(response.stream))  # type: ignore[arg-type]
    wire.close()

    assert document["openapi"].startswith("3.1")
    served = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert served == set(endpoints.ENDPOINTS)
    assert {"Hello", "Enrolled", "Heads", "Receipt", "Problem", "ReferenceBundle", "ReferenceTaken"} <= set(
        document["components"]["schemas"]
    )


def test_the_hub_tells_monitoring_that_it_lives(hub: Hub) -> None:
    answered = endpoints.answer(hub, signing.Asked("GET", "/healthz"), "")

    assert answered.status_code == 200
    assert msgspec.json.decode(answered.body)["status"] == "ok"
