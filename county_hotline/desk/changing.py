"""改县里的清单: every change of the county's lists goes through here: by whose duty it is, at the centre, as a new version, told afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from county_hotline.desk.desk import Desk
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import Refusal
from county_hotline.signals import Changes

T = TypeVar("T")


def allowed(desk: Desk) -> None:
    """Refuses who has not the duty (R204), and any station but the centre (R400): the county's lists are one for all stations."""
    desk.needs("reference")
    if desk.card.role is not StationRole.CENTRE:
        raise Refusal("R400")


def change(desk: Desk, **parts: object) -> None:
    """These lists in place of those before."""
    allowed(desk)
    desk.store.reference.change(**parts)
    desk.tell(Changes(reference=True))


def put(items: Iterable[T], item: T, is_same: Callable[[T], bool]) -> tuple[T, ...]:
    """The list with `item` where its like stood, else behind the others."""
    found, there = [], False
    for each in items:
        if not is_same(each):
            found.append(each)
        elif not there:
            found.append(item)
            there = True
    return tuple(found) if there else (*found, item)


def without(items: Sequence[T], is_meant: Callable[[T], bool], named: str) -> tuple[T, ...]:
    """The list without what is meant. Refuses (R425) where nothing is."""
    rest = tuple(each for each in items if not is_meant(each))
    if len(rest) == len(items):
        raise Refusal("R425", text=named[:40])
    return rest


def is_day(text: str) -> bool:
    """Whether it is an ISO date as it is kept: `2026-11-21`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def needed(field: str, text: str) -> None:
    """Refuses (R420) what was left empty."""
    if not text.strip():
        raise Refusal("R420", field=field)


def known(desk: Desk, *, units: Iterable[str] = (), category: str = "", place: str = "") -> None:
    """Refuses (R421) codes that are not in the county's lists; empty ones are nobody's."""
    reference = desk.store.reference
    there: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("agency", (each.code for each in reference.agencies()), units),
        ("category", (each.code for each in reference.categories()), (category,)),
        ("place", (each.code for each in reference.places()), (place,)),
    )
    for field, codes, given in there:
        unknown = {code for code in given if code} - set(codes)
        if unknown:
            raise Refusal("R421", field=field, text=min(unknown)[:40])
