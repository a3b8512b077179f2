"""Regions by what they are called, from the county's list: an order keeps only the code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from county_hotline.domain import pinyin
from county_hotline.domain.highlighting import flat
from county_hotline.domain.reference import Place

_SYLLABLE = "\ue002"


class RegionNames:
    """The county's regions, made ready once to be asked at every key."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self._known = [(place.code, flat(place.path), *_sounds(place)) for place in places]

    def called(self, piece: str) -> tuple[str, ...]:
        """The codes of the regions whose path has the piece (already flat) as text, as initials or as syllables, the last of which may be
        unfinished; where a region is named, what lies in it is not."""
        ways = tuple(_SYLLABLE + _SYLLABLE.join(way) for way in pinyin.cut(piece))
        latin = bool(ways) or (piece.isascii() and piece.isalpha())
        found = [
            code
            for code, path, initials, sounds in self._known
            if piece in path or (latin and (piece in initials or any(way in sounds for way in ways)))
        ]
        return tuple(_without_those_within(sorted(found)))


def _sounds(place: Place) -> tuple[str, str]:
    ways = [way for name in place.path.split() for way in pinyin.spellings(name)]
    initials = [place.initials, *("".join(syllable[0] for syllable in way) for way in ways)]
    return " ".join(dict.fromkeys(initials)), " ".join(_SYLLABLE + _SYLLABLE.join(way) for way in ways)


def _without_those_within(codes: Iterable[str]) -> Iterable[str]:
    last = ""
    for code in codes:
        if not last or not code.startswith(last):
            last = code
            yield code
