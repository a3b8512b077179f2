"""A hall, the county centre and a housing office over real stores, exchanging through a hub: what pages are tried on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from county_hotline.app.slip_printer import make_answer, make_slip
from county_hotline.desk import founding, intake
from county_hotline.desk.desk import Desk
from county_hotline.desk.founding import NewStation
from county_hotline.domain.reference import Account
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.ids import AgencyCode, Number, OfficerId
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.signals import Bulletin
from tests.support.ticking_clock import TickingClock

HOUSING = AgencyCode("370323D04")
WATER = AgencyCode("370323D05")
OFFICERS = {
    StationRole.HALL: Account(OfficerId("0301 受理员甲"), "0301", "受理员甲", (OfficerRole.CLERK,)),
    StationRole.CENTRE: Account(OfficerId("0101 派单员甲"), "0101", "派单员甲", (OfficerRole.DISPATCHER,)),
    StationRole.AGENCY: Account(OfficerId("2101 承办员甲"), "2101", "承办员甲", (OfficerRole.HANDLER,)),
}


@dataclass
class County:
    """One county: three stations and its hub."""

    folder: Path
    clock: TickingClock = field(default_factory=lambda: TickingClock(step_ms=1000))
    bulletin: Bulletin = field(default_factory=Bulletin)

    def __post_init__(self) -> None:
        self.hub = founding.open_store(Home(self.folder / "hub"), self.clock)
        self.hall, self.centre, self.agency = (self._desk(role) for role in OFFICERS)

    def _desk(self, role: StationRole) -> Desk:
        home = Home(self.folder / role.value)
        store = founding.open_store(home, self.clock)
        bundle = founding.load_county(store)
        founding.settle(store, home, founding.card_for(bundle, NewStation(role=role)))
        return Desk(
            store=store,
            home=home,
            clock=self.clock,
            settings=Settings(home.settings),
            tell=self.bulletin.post,
            slip_maker=make_slip,
            answer_maker=make_answer,
            officer=OFFICERS[role],
        )

    def accept(self, title: str = "三盏路灯不亮", *, confidential: bool = False, anonymous: bool = False) -> Number:
        """A request at the hall."""
        form = intake.IntakeForm(
            name="王𠮷某",
            phone="13805330007",
            address="燕崖镇双石屋村3组18号",
            place="370323109200",
            title=title,
            content="自十一月起三盏路灯不亮，老人夜间出行看不清。",
            demand="尽快修复",
            confidential=confidential,
            anonymous=anonymous,
        )
        return intake.accept(self.hall, form).number

    def exchange(self, *desks: Desk) -> None:
        """Everything goes up and comes down, for these desks in turn (all of them, twice, where none is named)."""
        for desk in desks or (*self.desks, *self.desks):
            store, card = desk.store, desk.card
            for life in store.unsent_lives():
                batch = store.unsent(life, after=store.receipted(life), limit=500)
                store.take_receipt(self.hub.receive(card.station, batch, signature=b"s" * 64, now_ms=self.clock.now_ms()))
            store.take_in(self.hub.page_for(card, after=store.cursor(), limit=500, life=store.life()))

    @property
    def desks(self) -> tuple[Desk, ...]:
        return self.hall, self.centre, self.agency

    def close(self) -> None:
        for desk in self.desks:
            desk.store.close()
        self.hub.close()
