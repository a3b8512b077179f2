"""Officers at their desks: stations of the sample county with accounts, a slip printer that only writes down, and a hub between."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from county_hotline.db.store import Store
from county_hotline.desk import Desk, founding, signing_in
from county_hotline.desk.founding import NewStation
from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.slips import SlipFacts
from county_hotline.domain.reference import Account, StationCard
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.ids import AgencyCode, OfficerId
from county_hotline.paths import Home, write_atomically
from county_hotline.settings import Settings
from county_hotline.signals import Changes
from tests.support.stations import Hub
from tests.support.ticking_clock import TickingClock

PASSWORD = "mima1234"
ROADS = AgencyCode("370323D02")
PLACE = "370323109"
MONTH = "2026-11"


@dataclass
class Printer:
    """A SlipMaker that writes the number down."""

    printed: list[SlipFacts] = field(default_factory=list)

    def __call__(self, facts: SlipFacts, path: Path, *, paper: str) -> tuple[str, ...]:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, f"{facts.number} {paper}".encode())
        self.printed.append(facts)
        return ("㛃",) if "㛃" in facts.caller else ()


class Counter:
    """One station with its desk."""

    def __init__(self, folder: Path, clock: TickingClock, new: NewStation) -> None:
        self.home = Home(folder)
        self.clock = clock
        self.store: Store = founding.open_store(self.home, clock)
        bundle = founding.load_county(self.store)
        self.card: StationCard = founding.card_for(bundle, new)
        self.store.set_station(self.card)
        self.told: list[Changes] = []
        self.printer = Printer()
        self.desk = Desk(self.store, self.home, clock, Settings(self.home.settings), self.told.append, slip_maker=self.printer)

    def sits(self, *roles: OfficerRole) -> Desk:
        """An officer with these roles is signed in."""
        officer = OfficerId(f"0300 {'、'.join(roles)}")
        self.desk.officer = Account(officer, "0300", "、".join(roles), roles)
        return self.desk

    def with_account(self, *roles: OfficerRole, badge: str = "0301", name: str = "受理员甲") -> Account:
        """An account with a password."""
        account = Account(OfficerId(f"{badge} {name}"), badge, name, roles or (OfficerRole.CLERK,))
        signing_in.set_account(self.desk, account, PASSWORD)
        return account


class Counters:
    """A hall, the centre and one agency, with the hub between them."""

    def __init__(self, folder: Path, clock: TickingClock) -> None:
        self.hub = Hub(folder / "hub", clock)
        self.hall = Counter(folder / "hall", clock, NewStation(role=StationRole.HALL))
        self.centre = Counter(folder / "centre", clock, NewStation(role=StationRole.CENTRE))
        self.agency = Counter(folder / "agency", clock, NewStation(role=StationRole.AGENCY, station="20", unit=ROADS))

    def sync(self) -> None:
        for _ in range(2):
            for counter in (self.hall, self.centre, self.agency):
                self.hub.take_from(counter)
                self.hub.give_to(counter)

    def close(self) -> None:
        for box in (self.hub, self.hall, self.centre, self.agency):
            box.store.close()


def a_form(**given: object) -> IntakeForm:
    """登记, filled in."""
    filled: dict[str, object] = {
        "name": "示例来电人",
        "phone": "13800138000",
        "place": PLACE,
        "title": "路灯不亮",
        "content": "村口的路灯三天不亮。",
        "notified": True,
    }
    return IntakeForm(**{**filled, **given})  # type: ignore[arg-type]
