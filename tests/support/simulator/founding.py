"""A county before anything happened: every hub founded, every station enrolled. Made once a process and copied for each world."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from county_hotline.domain.reference import StationCard
from county_hotline.hub import joining_above
from county_hotline.hub.stations import make_code
from county_hotline.ids import AgencyCode, StationId
from county_hotline.paths import Home
from county_hotline.sync.identity import HubAddress, Identity
from tests.support.levels import a_relay_card
from tests.support.line import URL, DirectWire, Post
from tests.support.simulator.chance import DICE, load_the_dice
from tests.support.simulator.machines import Clock, HubMachine, Time
from tests.support.simulator.power import plug_in
from tests.support.simulator.topology import Seat, Topology
from tests.support.ticking_clock import TickingClock


@dataclass(frozen=True)
class Founded:
    """Where it lies and who belongs where."""

    folder: Path
    cards: dict[str, StationCard]
    addresses: dict[str, HubAddress]
    links: dict[str, Identity]
    """What each hub is at the hub above it."""


def ram_disk() -> Path:
    """Files that need no disk, where there is such a place."""
    shared = Path("/dev/shm")
    return shared if shared.is_dir() else Path(tempfile.gettempdir())


@cache
def founded(topology: Topology) -> Founded:
    """The county as it is copied for each world."""
    load_the_dice()
    plug_in()
    DICE.begin(0)
    folder = Path(tempfile.mkdtemp(prefix="simulated-county-", dir=ram_disk()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    hubs = {}
    for level in topology.hubs:
        hubs[level.name] = HubMachine(level.name, folder / level.name, Clock(Time()))
        hubs[level.name].folder.mkdir()
        hubs[level.name].boot()
    links = {}
    for level in topology.hubs:
        if level.above:
            upper, lower = hubs[level.above].hub, hubs[level.name]
            code = make_code(upper.storage, a_relay_card(level.station), now_ms=upper.clock.now_ms())
            links[level.name] = joining_above.join(lower.hub, Home(lower.folder), url=URL, code=code, wire=DirectWire(upper))
    addresses = {}
    for seat in topology.seats:
        hub = hubs[seat.hub].hub
        post = Post.enrolled(folder / seat.code, hub, card_of(seat), clock=TickingClock(), wire=DirectWire(hub))
        addresses[seat.code] = post.hub
        post.close()
    for machine in hubs.values():
        machine.close()
    return Founded(folder, {seat.code: card_of(seat) for seat in topology.seats}, addresses, links)


def card_of(seat: Seat) -> StationCard:
    return StationCard(
        station=StationId(seat.station),
        county=seat.county,
        county_name="沂源县",
        unit=AgencyCode(seat.unit),
        unit_name="示例单位",
        role=seat.role,
    )
