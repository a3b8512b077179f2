"""Who is where, as data: hubs, their stations, and which hub lies above which. A further hub or desk is a line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from county_hotline.domain.vocabulary import StationRole

COUNTY: Final = "370323"
CITY: Final = "370300"
TOWN, VILLAGE, WATER, CENTRE, CITY_CENTRE = "370323103", "370323109", "37032320", "37032300", "370300C00"
UNITS: Final = (TOWN, VILLAGE, WATER, CENTRE)


@dataclass(frozen=True)
class Seat:
    """One station: two characters of its code, what it is, whose, and at which hub."""

    code: str
    role: StationRole
    unit: str
    hub: str = "county"
    county: str = COUNTY

    @property
    def station(self) -> str:
        return f"{self.county}-{self.code}"


@dataclass(frozen=True)
class Level:
    """One hub, and the one above it (empty: none)."""

    name: str
    above: str = ""
    station: str = ""
    """What it is called at the hub above."""


@dataclass(frozen=True)
class Topology:
    """A county."""

    hubs: tuple[Level, ...]
    seats: tuple[Seat, ...]


ONE_HUB: Final = Topology(
    hubs=(Level("county"),),
    seats=(
        Seat("03", StationRole.HALL, TOWN),
        Seat("04", StationRole.HALL, VILLAGE),
        Seat("90", StationRole.CENTRE, CENTRE),
        Seat("91", StationRole.CENTRE, CENTRE),
        Seat("20", StationRole.AGENCY, WATER),
    ),
)
"""Two halls, the centre's two desks, which see every order, and an agency."""

BELOW_A_CITY: Final = Topology(
    hubs=(Level("city"), Level("county", "city", "370323-00")),
    seats=(
        Seat("03", StationRole.HALL, TOWN),
        Seat("90", StationRole.CENTRE, CENTRE),
        Seat("20", StationRole.AGENCY, WATER),
        Seat("61", StationRole.CENTRE, CITY_CENTRE, "city", CITY),
        Seat("63", StationRole.HALL, "370300103", "city", CITY),
    ),
)
"""A hall, the centre and an agency of a county whose hub stands below the city's, with a desk there that acts on everybody's orders and a
hall whose orders are nobody's in the county until they are sent there."""
