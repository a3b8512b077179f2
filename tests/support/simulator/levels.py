"""What must hold between a hub and the hub above it: P2, P5 and P9 (ADR 0020); and how two stories, or what was settled in one, are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from county_hotline.domain.facts import ClashSettled
from county_hotline.domain.happened import Happened
from county_hotline.domain.numbering import station_in
from county_hotline.domain.vocabulary import ClashMatter
from county_hotline.ids import EntryId
from tests.support.levels import chains
from tests.support.simulator.books import Broken
from tests.support.simulator.machines import HubMachine
from tests.support.simulator.topology import CITY, COUNTY

if TYPE_CHECKING:
    from tests.support.simulator.checks import Picture

HASH = 1


def first_difference(ours: list[Happened], theirs: list[Happened]) -> str:
    """Where two stories part."""
    for place, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        if one != other:
            fields = [name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name)]
            return f"at {place}: {[(name, getattr(one, name), getattr(other, name)) for name in fields]}"
    return f"{len(ours)} / {len(theirs)} entries"


def settled_in(story: list[Happened], clashing: set[tuple[str, str]]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs that a person's word may have taken off the list, and those that it must have: said of both acts after they were there, of
    more than words, and by a word that itself clashes with nothing."""
    perhaps: set[tuple[str, str]] = set()
    surely: set[tuple[str, str]] = set()
    place = {event.entry_id: at for at, event in enumerate(story)}
    contested = {entry for pair in clashing for entry in pair}
    for at, event in enumerate(story):
        if not isinstance(event.fact, ClashSettled) or event.fact.to_centre:
            continue
        first, second = sorted(event.fact.acts, key=lambda act: place.get(act, at))
        perhaps.add((first, second))
        is_after = all(place.get(act, at) < at for act in (first, second))
        if is_after and event.fact.matter is ClashMatter.STATE and event.entry_id not in contested:
            surely.add((first, second))
    return perhaps, surely


def held_at(hub: HubMachine) -> dict[EntryId, str]:
    """What a hub holds, with its code."""
    with hub.looked_at() as store:
        rows = store.database.connection().execute("SELECT entry_id, code FROM held WHERE here")
        return {EntryId(row[0]): row[1] for row in rows}


def agree(county: Picture, city: Picture) -> None:
    """Raises Broken where the two levels differ, or one is told of a caller that the other keeps."""
    _every_entry_is_below(county, city)
    for number in sorted(county.stories.keys() & city.stories.keys()):
        below, above = (_without_places(each.stories[number]) for each in (county, city))
        if below != above:
            raise Broken("P5", f"county and city tell {number} otherwise: {first_difference(below, above)}")
    ends_below, ends_above = chains(county.hub.store), chains(city.hub.store)
    own = {chain: end for chain, end in ends_below.items() if chain[0].startswith(COUNTY)}
    if not own.items() <= ends_above.items():
        raise Broken("P5", f"chains end otherwise above: {own.items() - ends_above.items()}")
    for picture, kept in ((city, COUNTY), (county, CITY)):
        books = picture.books
        marks = {
            mark
            for mark, number in books.secrets.items()
            if station_in(number).startswith(kept) and not books.is_opened(number)
        }
        picture.none_of_these_is_here(picture.hub.name, picture.hub.store, marks)


def _without_places(story: list[Happened]) -> list[Happened]:
    """Every hub has places of its own; what they agree on is the order, and all else."""
    return [msgspec.structs.replace(event, hub_seq=None) for event in story]


def _every_entry_is_below(county: Picture, city: Picture) -> None:
    """What concerns somebody in the county has come down to its hub, whoever wrote it."""
    readers = {reader for pc in county.pcs for reader in (pc.card.station, pc.card.unit)}
    for entry_id, row in city.at_hub.items():
        number = city.books.written[entry_id].number
        if entry_id in city.held or not (station_in(number).startswith(COUNTY) or city.must[number] & readers):
            continue
        if entry_id not in county.at_hub or county.at_hub[entry_id][HASH] != row[HASH]:
            raise Broken("P3", f"the county lacks an entry of {number} that the city has: {city.books.written[entry_id]}")
