"""Lines for what is typed into the filter pane: places by name or initials, categories, units. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from county_hotline.ui.telling.names import Names

Lines = tuple[tuple[str, str, str], ...]
"""Value, words, note."""
MOST = 40


def places(names: Names, typed: str) -> Lines:
    """Townships before villages."""
    wanted = typed.replace(" ", "").lower()
    found = [
        place
        for place in names.places.values()
        if wanted in place.path.replace(" ", "").lower() or wanted in place.initials or place.code.startswith(wanted)
    ]
    found.sort(key=lambda place: (len(place.code), place.code))
    return tuple((place.code, place.path, "") for place in found[:MOST])


def categories(names: Names, typed: str) -> Lines:
    """The upper before those below them."""
    wanted = typed.strip()
    found = [each for each in names.categories.values() if wanted in each.path or each.code.startswith(wanted)]
    found.sort(key=lambda each: (len(each.code), each.code))
    return tuple((each.code, each.path, "") for each in found[:MOST])


def agencies(names: Names, typed: str) -> Lines:
    """By name or short name."""
    wanted = typed.strip()
    found = [each for each in names.agencies.values() if wanted in each.name or wanted in each.short_name]
    return tuple((each.code, each.short_name or each.name, each.name if each.short_name else "") for each in found[:MOST])


FINDERS: Mapping[str, Callable[[Names, str], Lines]] = {"place": places, "category": categories, "agency": agencies}
WORDS: Mapping[str, Callable[[Names, str], str]] = {"place": Names.place, "category": Names.category, "agency": Names.short}
