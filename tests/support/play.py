"""One order at three stations, to play acts on."""

from __future__ import annotations

from county_hotline.desk import acts, intake
from county_hotline.desk.acts.spec import Opened, Standing
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.domain.work_order import WorkOrder
from tests.support.desks import ROADS, Counter, Counters, a_form


class Play:
    """One order at three stations, all of whose officers may do everything."""

    def __init__(self, counters: Counters) -> None:
        self.counters = counters
        self.hall, self.centre, self.agency = counters.hall, counters.centre, counters.agency
        self.hall.sits(OfficerRole.LEADER, OfficerRole.CLERK)
        self.centre.sits(OfficerRole.LEADER)
        self.agency.sits(OfficerRole.LEADER, OfficerRole.HANDLER)
        self.number = intake.accept(self.hall.desk, a_form()).number
        counters.sync()

    def order(self, counter: Counter | None = None) -> WorkOrder:
        return (counter or self.centre).store.order(self.number)

    def opened(self, counter: Counter, act: str) -> Opened:
        return acts.opened(counter.desk, self.order(counter), act)

    def does(self, counter: Counter, act: str, **typed: str) -> WorkOrder:
        """As a person would: the form as it opens, with this typed into it. Everybody hears of it."""
        order = acts.perform(counter.desk, self.number, act, {**self.opened(counter, act).values, **typed})
        self.counters.sync()
        return order

    def in_hand(self) -> None:
        self.does(self.centre, "dispatch", agency=ROADS)
        self.does(self.agency, "sign_for")

    def passed(self) -> None:
        self.in_hand()
        self.does(self.agency, "reply", internal="已修", public="已修好", solved="yes")
        self.does(self.centre, "review", passed="yes")

    def standing(self, counter: Counter) -> dict[str, Standing]:
        return {each.name: each for each in acts.standing(counter.desk, self.order(counter))}
