"""Two ends and a line for tests: stations with real stores, a hub with a real store, wires between them that may be bad."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2

from county_hotline.clock import Clock
from county_hotline.db.store import Store
from county_hotline.domain.facts import Accepted, Corrected, Dispatched, Fact, Finished, Person, Replied, SignedFor
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import RoundReport
from county_hotline.domain.vocabulary import AssignmentRole, Channel, MatterKind, Outcome, StationRole
from county_hotline.hub import endpoints
from county_hotline.hub.asking import Hub
from county_hotline.hub.stations import make_code
from county_hotline.hub.storage import Storage
from county_hotline.ids import AgencyCode, Number, OfficerId, StationId
from county_hotline.paths import Home
from county_hotline.signals import Changes
from county_hotline.sync import enrolling, keys
from county_hotline.sync.identity import HubAddress, address_of
from county_hotline.sync.protocol import EnrolmentRequest
from county_hotline.sync.round.engine import Engine
from county_hotline.sync.wire.signing import Asked
from county_hotline.sync.wire.transport import HttpTransport, Transport
from tests.support.ticking_clock import TickingClock

KEY = bytes(32)
COUNTY = "370323"
URL = "http://hub.test"
OFFICER = OfficerId("0301 受理员甲")
HALL = "370323103"
WATER = AgencyCode("37032320")
HOUSING = AgencyCode("37032321")


class DirectWire(httpx2.BaseTransport):
    """The hub's own answers, in this process, with no server between."""

    def __init__(self, hub: Hub, address: str = "10.0.0.7") -> None:
        self._hub = hub
        self._address = address

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        if request.url.path == "/v2/frames":
            return self._streamed(request, headers)
        body = b"".join(request.stream)  # type: ignore[arg-type]
        target = request.url.raw_path.decode()
        answered = endpoints.answer(self._hub, Asked(request.method, target, headers, body), self._address)
        return httpx2.Response(answered.status_code, headers=answered.headers, stream=Once(answered.body))

    def _streamed(self, request: httpx2.Request, headers: dict[str, str]) -> httpx2.Response:
        """Piece by piece, as a server does; where the line is cut, whatever was whole is kept and nobody is answered."""
        stream = endpoints.Stream(self._hub, Asked(request.method, request.url.raw_path.decode(), headers))
        answered = stream.begin()
        try:
            for piece in request.stream:  # type: ignore[union-attr]
                answered = answered or stream.take(piece)
            answered = answered or stream.end()
        finally:
            stream.settle()
        return httpx2.Response(answered.status_code, headers=answered.headers, stream=Once(answered.body))


class Torn(httpx2.SyncByteStream):
    """A body whose end never comes: the line is cut before it."""

    def __init__(self, beginning: bytes) -> None:
        self._beginning = beginning

    def __iter__(self) -> Iterator[bytes]:
        yield self._beginning
        raise httpx2.WriteError("cut")


class Once(httpx2.SyncByteStream):
    """A body as it comes off the wire, never unpacked on the way."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body


def a_hub(folder: Path, clock: Clock) -> Hub:
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(folder / "journal.db", KEY, clock=clock)
    return Hub(store=store, storage=Storage(store), pair=keys.keep(folder / "keys", "hub"), clock=clock)


def a_card(station: str = "03", role: StationRole = StationRole.HALL, unit: str = HALL) -> StationCard:
    return StationCard(
        station=StationId(f"{COUNTY}-{station}"),
        county=COUNTY,
        county_name="沂源县",
        unit=AgencyCode(unit),
        unit_name="示例单位",
        role=role,
    )


CENTRE_CARD = a_card("90", StationRole.CENTRE, "37032300")
AGENCY_CARD = a_card("20", StationRole.AGENCY, WATER)


@dataclass
class Post:
    """One station with its store and its way to the hub."""

    store: Store
    clock: TickingClock
    pair: keys.KeyPair
    hub: HubAddress
    transport: Transport
    tell: Callable[[Changes], None] = lambda changes: None
    wire: httpx2.BaseTransport | None = None

    @classmethod
    def enrolled(
        cls,
        folder: Path,
        hub: Hub,
        card: StationCard,
        *,
        clock: TickingClock,
        wire: httpx2.BaseTransport | None = None,
        wrap: Callable[[Transport], Transport] = lambda plain: plain,
    ) -> Post:
        """A station that came in by a code, over a good line; its later requests go over `wire`."""
        folder.mkdir(parents=True, exist_ok=True)
        store = Store.open(folder / "journal.db", KEY, clock=clock)
        pair = keys.keep(folder / "keys", "station")
        good = HttpTransport(URL, pair, None, clock=clock, wire=DirectWire(hub))
        good.hello()
        code = make_code(hub.storage, card, now_ms=hub.clock.now_ms())
        enrolled = good.enrol(
            EnrolmentRequest(
                code=code, algorithm=keys.ED25519, public_key=pair.public.raw, program="test", hub_id=hub.pair.key_id
            )
        )
        store.set_station(enrolled.card)
        address = address_of(URL, enrolled.hub)
        line = HttpTransport(URL, pair, address.key, clock=clock, wire=wire or DirectWire(hub))
        good.close()
        return cls(store, clock, pair, address, wrap(line), wire=wire)

    @classmethod
    def taking_over(cls, folder: Path, hub: Hub, card: StationCard, *, clock: Clock) -> Post:
        """A new PC with nothing on it that goes on in a station's name (换机)."""
        home = Home(folder)
        store = Store.open(home.database, KEY, clock=clock)
        code = make_code(hub.storage, card, now_ms=hub.clock.now_ms(), replaces=True)
        found = enrolling.enrol(store, home, url=URL, code=code, clock=clock, wire=DirectWire(hub))
        assert found.hub is not None
        pair = keys.keep(home.keys, "station")
        return cls(store, clock, pair, found.hub, HttpTransport(URL, pair, found.hub.key, clock=clock, wire=DirectWire(hub)))  # type: ignore[arg-type]

    def sync(self) -> RoundReport:
        engine = Engine(self.store, self.transport, hub=self.hub, pair=self.pair, clock=self.clock, tell=self.tell)
        return engine.round()

    def accept(self, title: str = "路灯不亮", **changes: object) -> Number:
        """受理 with sensible fields."""
        person = Person(name="来件人", phone="13800000000")
        return self.store.accept(lambda number: (an_acceptance(title, **changes), person), officer=OFFICER).number

    def record(self, number: Number, fact: Fact) -> None:
        self.store.record(number, lambda order: (fact, None), officer=OFFICER)

    def dispatch(self, number: Number, agency: AgencyCode = WATER) -> None:
        self.record(number, Dispatched(agency=agency, role=AssignmentRole.LEAD, due_on="2026-11-28"))

    def sign_for(self, number: Number, agency: AgencyCode = WATER) -> None:
        self.record(number, SignedFor(agency=agency))

    def reply(self, number: Number, agency: AgencyCode = WATER) -> None:
        self.record(number, Replied(agency=agency, internal="已到现场修复。", public="已修复。", solved=True))

    def finish(self, number: Number, outcome: Outcome = Outcome.SOLVED) -> None:
        self.record(number, Finished(outcome=outcome))

    def correct(self, number: Number, title: str) -> None:
        self.record(number, Corrected(reason="听错", title=title))

    def close(self) -> None:
        self.transport.close()
        self.store.close()

    def entries(self) -> int:
        return self.store.verify().entries


def an_acceptance(title: str = "路灯不亮", **changes: object) -> Accepted:
    fields: dict[str, object] = {
        "query_code": "7K2M9QXD",
        "unit": AgencyCode(HALL),
        "channel": Channel.VISIT,
        "matter_kind": MatterKind.HELP,
        "category": "0101",
        "place": "370323103",
        "title": title,
        "content": "村口第三盏路灯不亮已有一周，夜间行走不便。",
        "came_at": 1_795_223_520_000,
    }
    return Accepted(**{**fields, **changes})  # type: ignore[arg-type]
