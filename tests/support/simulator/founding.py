"""A county before anything happened: every hub founded, every station enrolled. Made once a process and copied for each world."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from county_hotline.domain.reference import StationCard
from county_hotline.ids import AgencyCode, StationId
from county_hotline.sync.identity import HubAddress
from tests.support.line import DirectWire, Post
from tests.support.simulator.chance import DICE, load_the_dice
from tests.support.simulator.machines import Clock, HubMachine, Time
from tests.support.simulator.power import plug_in
from tests.support.simulator.topology import COUNTY, Seat, Topology
from tests.support.ticking_clock import TickingClock


@dataclass(frozen=True)
class Founded:
    """Where it lies and who belongs where."""

    folder: Path
    cards: dict[str, StationCard]
    addresses: dict[str, HubAddress]


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
    addresses = {}
    for seat in topology.seats:
        hub = hubs[seat.hub].hub
        post = Post.enrolled(folder / seat.code, hub, card_of(seat), clock=TickingClock(), wire=DirectWire(hub))
        addresses[seat.code] = post.hub
        post.close()
    for machine in hubs.values():
        machine.close()
    return Founded(folder, {seat.code: card_of(seat) for seat in topology.seats}, addresses)


def card_of(seat: Seat) -> StationCard:
    return StationCard(
        station=StationId(f"{COUNTY}-{seat.code}"),
        county=COUNTY,
        county_name="沂源县",
        unit=AgencyCode(seat.unit),
        unit_name="示例单位",
        role=seat.role,
    )
