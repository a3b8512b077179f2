"""Opening a station's home: settings, store, desk, printer and line, put together; and closing it again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from county_hotline import wording
from county_hotline.app.slip_printer import make_answer, make_sheet, make_slip
from county_hotline.background import Told, go_on
from county_hotline.clock import Clock, SystemClock
from county_hotline.db.keys import database_key
from county_hotline.db.store import Store
from county_hotline.desk import Desk, home_kind
from county_hotline.domain.views import RoundReport
from county_hotline.errors import BadInput, Refusal
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.signals import Changes
from county_hotline.sync.watch import RoundWatch

log = logging.getLogger(__name__)

Tell = Callable[[Changes], None]


def _tell_nobody(_: Changes) -> None:
    """The command line has no screen to refresh."""


def _never() -> bool:
    return False


@dataclass(slots=True)
class Station:
    """One station's home, open."""

    home: Home
    store: Store
    settings: Settings
    desk: Desk
    clock: Clock

    def close(self) -> None:
        """Close the calling thread's connection."""
        self.store.close()


def open_station(
    home: Home,
    *,
    clock: Clock | None = None,
    tell: Tell = _tell_nobody,
    is_stopping: Callable[[], bool] = _never,
    settings: Settings | None = None,
    told: Told = go_on,
) -> Station:
    """The station in this folder; the calling thread is connected to its database. `told` as in `Store.open`.

    Raises BadInput I107 where there is none, Refusal R215 for a hub's home, R671 where it was stopped, StoreFault where it cannot be opened.
    """
    if not home.database.exists():
        raise BadInput("I107", path=str(home.path))
    clock = clock or SystemClock()
    home.ensure()
    store = Store.open(home.database, database_key(home.keys), clock=clock, told=told)
    if home_kind.is_hub(store):
        store.close()
        raise Refusal("R215", path=str(home.path))
    settings = settings or Settings(home.settings)
    if home.wording.exists():
        wording.overlay(home.wording)
    desk = Desk(
        store=store,
        home=home,
        clock=store.time,
        settings=settings,
        tell=tell,
        slip_maker=make_slip,
        sheet_maker=make_sheet,
        answer_maker=make_answer,
    )
    desk.run_round = round_of(store, home, clock=clock, tell=tell, is_stopping=is_stopping, watch=desk.watch)
    card = store.station()
    log.info("station_opened station=%s life=%s", card.station if card else "none", store.life())
    return Station(home, store, settings, desk, clock)


def round_of(
    store: Store,
    home: Home,
    *,
    clock: Clock,
    tell: Tell,
    is_stopping: Callable[[], bool] = _never,
    watch: RoundWatch | None = None,
) -> Callable[[], RoundReport] | None:
    """One round of sync with the hub this home was enrolled at; None where it was not. The wire is loaded at the first round.

    A damaged identity stops the line, not the counter: it is raised by the round, not here.
    """
    try:
        if not is_enrolled(home):
            return None
    except BadInput as fault:
        log.warning("identity_unreadable code=%s", fault.code)

    def one_round() -> RoundReport:
        from county_hotline.desk import joining
        from county_hotline.sync import enrolling, keys
        from county_hotline.sync.round.engine import Engine
        from county_hotline.sync.round.files import choices_of

        hub = joining.address_of(home)
        if hub is None:
            raise Refusal("R209")
        pair = keys.keep(home.keys, enrolling.KEY_NAME)
        transport = enrolling.line_to(home, hub, clock=clock)
        try:
            with store.connected():
                engine = Engine(
                    store,
                    transport,
                    hub=hub,
                    pair=pair,
                    clock=clock,
                    tell=tell,
                    is_stopping=is_stopping,
                    watch=watch,
                    file_choices=lambda: choices_of(Settings(home.settings)),
                )
                report = engine.round()
                enrolling.keep_epoch(store, home)
                return report
        finally:
            transport.close()

    return one_round


def is_enrolled(home: Home) -> bool:
    """Whether a hub's address is pinned here. Raises BadInput I106 for a damaged identity."""
    from county_hotline.sync import identity

    found = identity.load(home.identity)
    return found is not None and found.hub is not None
