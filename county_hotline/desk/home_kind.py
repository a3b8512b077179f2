"""Whose home a folder is: a station's has a card, a hub's says so in a note."""

from __future__ import annotations

from county_hotline.db.store import Store

_NOTE = "home.role"
_HUB = "hub"


def is_hub(store: Store) -> bool:
    """Whether this home is a hub's."""
    return store.note(_NOTE) == _HUB


def make_hub(store: Store) -> None:
    """This home is a hub's from now on."""
    if not is_hub(store):
        store.set_note(_NOTE, _HUB)
