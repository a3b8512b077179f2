"""基础数据两边都改过 (A324): what differs between this station's and the hub's, and a person's word for one of them. Nothing is merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final

import msgspec

from county_hotline.db.beside.reference import CHANGED_HERE, Bundle
from county_hotline.desk import changing, joining
from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import DutyLine, FallbackRule
from county_hotline.errors import Refusal
from county_hotline.signals import Changes
from county_hotline.sync import enrolling
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.round import bundles
from county_hotline.sync.wire.transport import Transport

LISTS: Final = (
    "agencies",
    "categories",
    "places",
    "duty_lines",
    "fallbacks",
    "told_paths",
    "articles",
    "events",
    "campaigns",
    "grids",
    "rule_pack",
    "calendar",
    "rest_days",
    "county_name",
    "title",
    "note",
)
"""The parts of a bundle, in the order in which they are told. Packs and calendars once in force are kept whichever is taken."""
CONFLICT: Final = "A324"
LOOKED_BACK: Final = 50
"""Rounds searched for the last one that reached the hub."""


@dataclass(frozen=True, slots=True)
class ListDifference:
    """What the hub's version of one list has otherwise than this station's, in lines."""

    name: str
    """One of LISTS."""
    added: int
    """Lines the hub's has and ours has not: taking ours loses them."""
    changed: int
    """Lines both have, written otherwise: one of the two writings is lost."""
    dropped: int
    """Lines ours has and the hub's has not: taking the hub's loses them."""
    is_reordered: bool = False
    """Whether the lines both have stand in another order."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both as they stood when they were compared."""

    ours: int
    """Version."""
    theirs: int
    built_on: int
    """The hub's version on which the change made here stands."""
    lists: tuple[ListDifference, ...]

    @property
    def added(self) -> int:
        """Lines that only the hub's has."""
        return sum(each.added for each in self.lists)

    @property
    def changed(self) -> int:
        """Lines written otherwise."""
        return sum(each.changed for each in self.lists)

    @property
    def dropped(self) -> int:
        """Lines that only ours has."""
        return sum(each.dropped for each in self.lists)


@dataclass(frozen=True, slots=True)
class Way:
    """An open way to the hub this station belongs to."""

    transport: Transport
    hub: PublicKey


Reach = Callable[[Desk], AbstractContextManager[Way]]


@contextmanager
def reach_hub(desk: Desk) -> Iterator[Way]:
    """The way to the hub, closed at the end. Refuses (R209) a station not enrolled."""
    hub = joining.address_of(desk.home)
    if hub is None:
        raise Refusal("R209")
    transport = enrolling.line_to(desk.home, hub, clock=desk.clock)
    try:
        with desk.store.connected():
            yield Way(transport, hub.key)
    finally:
        transport.close()


def conflict(desk: Desk) -> tuple[int, int] | None:
    """Our version and the hub's, as last heard, where a person is to choose: a change made here waits, and the last round that reached the
    hub was told A324 about this very one."""
    if desk.store.note(CHANGED_HERE) is None:
        return None
    reached = (each for each in desk.store.rounds(LOOKED_BACK) if not each.fault.startswith("N"))
    last = next(reached, None)
    if last is None or last.fault != CONFLICT or last.fault_details.get("built_on") != bundles.built_on(desk.store):
        return None
    return desk.store.reference.version(), int(last.fault_details.get("have", 0))


def may_choose(desk: Desk) -> bool:
    """Whether the signed-in officer may choose: who may change the county's lists, at the centre."""
    try:
        changing.allowed(desk)
    except Refusal:
        return False
    return True


def compare(desk: Desk, *, reach: Reach = reach_hub) -> Comparison:
    """Fetch the hub's and lay both side by side. Refuses (R457) where nothing is to be chosen. Raises Unreachable, NotTrusted A32x."""
    if desk.store.note(CHANGED_HERE) is None:
        raise Refusal("R457")
    with reach(desk) as way:
        found = bundles.theirs(desk.store, way.transport, way.hub)
    ours, built_on = desk.store.reference.bundle(), bundles.built_on(desk.store)
    if found.version == built_on:
        raise Refusal("R457")
    theirs = msgspec.json.decode(found.body, type=Bundle)
    return Comparison(ours.version, found.version, built_on, differences(ours, theirs))


def keep_ours(desk: Desk, seen: Comparison, *, reach: Reach = reach_hub) -> int:
    """用本站的: it goes over the hub's, and so to all stations. The version it then is. Refuses R204, R400, and (R458) where either was
    changed since it was compared. Raises as `bundles.keep_ours`; where the line breaks before the end, the next round ends it."""
    changing.allowed(desk)
    with reach(desk) as way:
        found = bundles.theirs(desk.store, way.transport, way.hub)
        _as_seen(desk, seen, found.version)
        theirs = msgspec.json.decode(found.body, type=Bundle)
        try:
            version = bundles.keep_ours(desk.store, way.transport, over=theirs)
        finally:
            desk.tell(Changes(reference=True, counts=True))
    return version


def take_theirs(desk: Desk, seen: Comparison, *, reach: Reach = reach_hub) -> int:
    """用县中心的: it goes over what was changed here. Its version. Refuses and raises as `keep_ours`."""
    changing.allowed(desk)
    with reach(desk) as way:
        _as_seen(desk, seen, way.transport.hello().reference)
        version = bundles.take_theirs(desk.store, way.transport, way.hub)
    desk.tell(Changes(reference=True, counts=True))
    return version


def _as_seen(desk: Desk, seen: Comparison, theirs: int) -> None:
    if (desk.store.reference.version(), theirs) != (seen.ours, seen.theirs) or desk.store.note(CHANGED_HERE) is None:
        raise Refusal("R458")


# ---------------------------------------------------------------- what differs


def differences(ours: Bundle, theirs: Bundle) -> tuple[ListDifference, ...]:
    """The lists in which they differ, line by line, in the order of LISTS. Pure."""
    found = (_difference(name, _lines(ours, name), _lines(theirs, name)) for name in LISTS)
    return tuple(each for each in found if each.added or each.changed or each.dropped or each.is_reordered)


Lines = dict[tuple[object, int], object]
"""Lines by what identifies each, and the how many-eth with it."""


def _lines(bundle: Bundle, name: str) -> Lines:
    part: object = getattr(bundle, name)
    lines = part if isinstance(part, tuple) else (part,) if part else ()
    seen: Counter[object] = Counter()
    found: Lines = {}
    for line in lines:
        key = _key(line, is_text=not isinstance(part, tuple))
        found[key, seen[key]] = line
        seen[key] += 1
    return found


def _key(line: object, *, is_text: bool) -> object:
    """What a line is known by: its code, its number; a day by itself; a text is one line."""
    match line:
        case str():
            return "" if is_text else line
        case DutyLine():
            return line.line
        case FallbackRule():
            return line.category, line.after_returns
        case _:
            return getattr(line, "code")  # noqa: B009 - every other list is of things with a code


def _difference(name: str, ours: Lines, theirs: Lines) -> ListDifference:
    both = [key for key in ours if key in theirs]
    return ListDifference(
        name,
        added=len(theirs) - len(both),
        changed=sum(ours[key] != theirs[key] for key in both),
        dropped=len(ours) - len(both),
        is_reordered=name != "rest_days" and both != [key for key in theirs if key in ours],
    )
