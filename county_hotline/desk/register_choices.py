"""台账 as each officer likes it: columns, sort, filters kept under a name. Nothing of it is journalled or sent."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from county_hotline.db.beside import preferences
from county_hotline.desk.desk import Desk
from county_hotline.domain.cleaning import clean
from county_hotline.domain.views import RegisterSort
from county_hotline.errors import Refusal

KEY = "register"
MOST_SAVED = 30
LONGEST_NAME = 20


class SavedFilter(msgspec.Struct, frozen=True):
    """常用筛选: what the list was narrowed to and how it was sorted, by the names of the page's choices."""

    name: str
    choices: dict[str, str]


class RegisterChoices(msgspec.Struct, frozen=True):
    """What one officer chose."""

    columns: tuple[str, ...] = ()
    """In their order; none: what everybody has."""
    sort: RegisterSort = RegisterSort.DUE
    is_reversed: bool = False
    saved: tuple[SavedFilter, ...] = ()


def chosen(desk: Desk) -> RegisterChoices:
    """What the signed-in officer chose; what everybody has where nobody is signed in, or nothing was chosen."""
    if desk.officer is None:
        return RegisterChoices()
    found = preferences.chosen(desk.store.database.connection(), desk.officer.officer, KEY, RegisterChoices)
    return found or RegisterChoices()


def choose_columns(desk: Desk, columns: tuple[str, ...]) -> RegisterChoices:
    """Other columns; none puts back what everybody has."""
    return _keep(desk, msgspec.structs.replace(chosen(desk), columns=columns))


def choose_sort(desk: Desk, sort: RegisterSort, *, is_reversed: bool) -> RegisterChoices:
    """Another sort."""
    return _keep(desk, msgspec.structs.replace(chosen(desk), sort=sort, is_reversed=is_reversed))


def save_filter(desk: Desk, name: str, choices: Mapping[str, str]) -> RegisterChoices:
    """Keep a filter under this name, in the place of one that had it. Refuses without a name (R570) and more than there is room for (R571)."""
    name = clean(name, lines=False)[:LONGEST_NAME].strip()
    if not name:
        raise Refusal("R570")
    present = chosen(desk)
    kept = SavedFilter(name, dict(choices))
    if any(each.name == name for each in present.saved):
        saved = tuple(kept if each.name == name else each for each in present.saved)
    else:
        saved = (*present.saved, kept)
    if len(saved) > MOST_SAVED:
        raise Refusal("R571", most=MOST_SAVED)
    return _keep(desk, msgspec.structs.replace(present, saved=saved))


def drop_filter(desk: Desk, name: str) -> RegisterChoices:
    """A kept filter is not needed any more."""
    present = chosen(desk)
    return _keep(desk, msgspec.structs.replace(present, saved=tuple(each for each in present.saved if each.name != name)))


def _keep(desk: Desk, choices: RegisterChoices) -> RegisterChoices:
    officer = desk.signed_in().officer
    with desk.store.immediate() as db:
        preferences.choose(db, officer, KEY, choices)
    return choices
