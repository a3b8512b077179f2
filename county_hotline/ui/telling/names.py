"""Codes as people read them: units, categories and places of the county, and which unit stands behind a station."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from county_hotline.domain.authority import WRITERS, Writer
from county_hotline.domain.facts import Accepted
from county_hotline.domain.happened import Happened
from county_hotline.domain.reference import Agency, Category, Place, StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import OfficerId, StationId
from county_hotline.wording import word

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk

EVERY = 100_000
"""More lines than any county's lists have."""


@dataclass(frozen=True, slots=True)
class Names:
    """Everything a page needs to put words in the place of codes."""

    card: StationCard
    agencies: Mapping[str, Agency]
    categories: Mapping[str, Category]
    places: Mapping[str, Place]

    def agency(self, code: str) -> str:
        """The unit's whole name; the code where it is not known here."""
        found = self.agencies.get(code)
        return found.name if found else code

    def short(self, code: str) -> str:
        """The unit's name for lists."""
        found = self.agencies.get(code)
        return (found.short_name or found.name) if found else code

    def category(self, code: str) -> str:
        """The path from the top."""
        found = self.categories.get(code)
        return found.path if found else code

    def place(self, code: str) -> str:
        """Township and village."""
        found = self.places.get(code)
        return found.path if found else code


def names_of(desk: Desk) -> Names:
    """All of the county's names. On the desk's lane."""
    from county_hotline.desk import looking_up

    return Names(
        desk.card,
        {agency.code: agency for agency in looking_up.agencies(desk, also_retired=True)},
        {category.code: category for category in looking_up.categories(desk, limit=EVERY, also_retired=True)},
        {place.code: place for place in looking_up.places(desk, "", limit=EVERY, also_retired=True)},
    )


def stations_of(story: tuple[Happened, ...], names: Names) -> dict[StationId, str]:
    """Which unit stands behind each station, as far as what they did tells it: no list of stations is needed for that. What only
    the centre may write comes first, for the centre may also write in a unit's name."""
    takers = {event.station for event in story if isinstance(event.fact, Accepted)}
    centre = word(StationRole.CENTRE)
    found = {event.station: centre for event in story if _is_the_centres(event, takers)}
    if names.card.role is StationRole.CENTRE:
        found[names.card.station] = centre
    for event in story:
        if isinstance(event.fact, Accepted):
            found.setdefault(event.station, names.short(event.fact.unit))
        elif WRITERS.get(type(event.fact)) is Writer.UNIT:
            found.setdefault(event.station, names.short(getattr(event.fact, "agency", "")))
    found.setdefault(names.card.station, names.card.unit_name)
    return found


def _is_the_centres(event: Happened, takers: Collection[StationId]) -> bool:
    """Whether nobody but the centre may have written it."""
    writer = WRITERS.get(type(event.fact))
    return writer is Writer.CENTRE or (writer is Writer.TAKER and bool(takers) and event.station not in takers)


def officer_name(officer: OfficerId | None) -> str:
    """`0301 受理员甲` without the badge."""
    return (officer or "").partition(" ")[2] or (officer or "")
