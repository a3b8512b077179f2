"""A county for stories: stations by the names people give them, each with a desk, and a hub between them that a line reaches or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from county_hotline.db.store import Store
from county_hotline.desk import Desk, founding, naming
from county_hotline.desk.founding import NewStation
from county_hotline.domain.reference import Account, StationCard
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.ids import OfficerId
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.signals import Changes
from tests.support.stations import Hub
from tests.support.ticking_clock import TickingClock

POSTS = {
    "受理员": OfficerRole.CLERK,
    "派单员": OfficerRole.DISPATCHER,
    "承办员": OfficerRole.HANDLER,
    "审核员": OfficerRole.REVIEWER,
    "督办员": OfficerRole.SUPERVISOR,
    "负责人": OfficerRole.LEADER,
    "管理员": OfficerRole.ADMIN,
}
CENTRE = "县中心"
PAPERS = Path(__file__).parents[1] / "stories" / "papers"
SAMPLE_PACK = "shandong-2020"
"""What the sample county has."""


@dataclass
class Seat:
    """One station with its desk."""

    name: str
    store: Store
    card: StationCard
    desk: Desk
    told: list[Changes] = field(default_factory=list)

    def sits(self, post: str) -> Desk:
        """The officer of that post is signed in."""
        badge = f"{self.card.station[-2:]}0{1 + list(POSTS).index(post)}"
        self.desk.officer = Account(OfficerId(f"{badge} {post}"), badge, post, (POSTS[post],))
        return self.desk


class StoryCounty:
    """Stations are founded when a story first names them: 县中心, a township (燕崖镇: its hall), a department (县住建局)."""

    def __init__(self, folder: Path, clock: TickingClock, *, rule_pack: str = SAMPLE_PACK) -> None:
        self.folder, self.clock = folder, clock
        shipped = resources.files("county_hotline") / "rule_packs" / f"{rule_pack}.toml"
        self._pack = "" if rule_pack == SAMPLE_PACK else shipped.read_text(encoding="utf-8")
        self.hub = Hub(folder / "hub", clock)
        if not self.hub.store.reference.version():
            founding.load_county(self.hub.store)
        self.seats: dict[str, Seat] = {}
        self.cut: set[str] = set()
        self.seat(CENTRE)

    def seat(self, name: str) -> Seat:
        """The station of that name."""
        if name not in self.seats:
            self.seats[name] = self._founded(name)
            self.hub.give_to(self.seats[name])  # it was there all the time; only the story had not spoken of it
        return self.seats[name]

    def sync(self, *names: str) -> None:
        """Rounds for the stations named (all) that have a line, until nothing is left to say."""
        for _ in range(2):
            for name in names or tuple(self.seats):
                if name not in self.cut:
                    seat = self.seat(name)
                    self.hub.take_from(seat)
                    self.hub.give_to(seat)
                    self._renew(seat)

    def publish(self, paper: str) -> None:
        """A year's paper is in the county's calendar at the hub, in place of what was known of that year."""
        reference = self.hub.store.reference
        text = (PAPERS / f"{paper}.toml").read_text(encoding="utf-8")
        year = f"year = {paper[:4]}\n"
        years = [part for part in reference.bundle().calendar.split("[[year]]") if year not in part]
        head, rest = years[0].replace('version = "', f'version = "{paper} '), years[1:]
        reference.change(calendar="[[year]]".join([head, *rest]) + text)

    def _renew(self, seat: Seat) -> None:
        """What the hub has newer of the reference data; that it is signed and checked is tested elsewhere."""
        reference = self.hub.store.reference
        if reference.version() > seat.store.reference.version():
            seat.store.reference.take_bundle(reference.document())

    def close(self) -> None:
        for store in (self.hub.store, *(seat.store for seat in self.seats.values())):
            store.close()

    def _founded(self, name: str) -> Seat:
        """The station, founded anew or as it lies in the folder already (a copied county)."""
        home = Home(self.folder / f"seat{len(self.seats) + 1}")
        store = founding.open_store(home, self.clock)
        card = store.station() or self._settled(name, store)
        told: list[Changes] = []
        desk = Desk(store, home, self.clock, Settings(home.settings), told.append)
        return Seat(name, store, card, desk, told)

    def _settled(self, name: str, store: Store) -> StationCard:
        place = len(self.seats) + 1
        founding.load_county(store)
        bundle = store.reference.change(rule_pack=self._pack) if self._pack else store.reference.bundle()
        if name.startswith(CENTRE):
            new = NewStation(role=StationRole.CENTRE, station="01" if name == CENTRE else f"{30 + place}")
        else:
            agency = naming.agency_named(bundle.agencies, name)
            role = StationRole.HALL if agency.place else StationRole.AGENCY
            new = NewStation(role=role, station=f"{30 + place}", unit=agency.code)
        card = founding.card_for(bundle, new)
        store.set_station(card)
        return card
