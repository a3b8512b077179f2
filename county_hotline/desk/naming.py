"""Who and where is meant: a unit, a place or a category by code, name, path or initials. Never guesses between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Protocol, TypeVar

from county_hotline.domain.reference import Agency, Category, Place
from county_hotline.errors import Refusal

CANDIDATES_SHOWN = 5


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def agency_named(agencies: Sequence[Agency], text: str) -> Agency:
    """The unit with this code, name or short name, or the only one whose name holds the text. Refuses (R211) none and several."""
    wanted = _plain(text)
    exact = [a for a in agencies if wanted in (_plain(a.code), _plain(a.name), _plain(a.short_name))]
    found = exact or [a for a in agencies if wanted and (wanted in _plain(a.name) or wanted in _plain(a.short_name))]
    return _only(found, "R211", text)


def place_named(places: Sequence[Place], text: str) -> Place:
    """The place with this code, path, name or initials. Refuses (R213) none and several."""
    found = places_named(places, text)
    return _only(found, "R213", text)


def places_named(places: Sequence[Place], text: str) -> list[Place]:
    """All places that the text names exactly, by the surest way that names any."""
    wanted = _plain(text)
    ways: tuple[Callable[[Place], bool], ...] = (
        lambda p: _plain(p.code) == wanted,
        lambda p: _plain(p.path) == wanted,
        lambda p: _plain(p.name) == wanted,
        lambda p: p.initials == wanted,
        lambda p: _plain(p.path).endswith(wanted),
    )
    for way in ways:
        if wanted and (found := [place for place in places if way(place)]):
            return found
    return []


def category_named(categories: Sequence[Category], text: str) -> Category:
    """The category with this code, path or name. Refuses (R214) none and several."""
    return _only(categories_named(categories, text), "R214", text)


def categories_named(categories: Sequence[Category], text: str) -> list[Category]:
    """All categories that the text names exactly."""
    wanted = _plain(text)
    ways = (attrgetter("code"), attrgetter("path"), attrgetter("name"))
    for way in ways:
        if wanted and (found := [category for category in categories if _plain(way(category)) == wanted]):
            return found
    return []


def _only(found: Sequence[N], code: str, text: str) -> N:
    if len(found) == 1:
        return found[0]
    raise Refusal(code, text=text[:40], found=_names(found))


def _names(found: Iterable[_Named]) -> str:
    return " / ".join(each.name for each in list(found)[:CANDIDATES_SHOWN])


def _plain(text: str) -> str:
    return "".join(text.split()).replace("/", "").lower()
