"""Each officer's own choices (columns, saved filters, recent commands): passed through, not journalled, not sent."""

from __future__ import annotations

from typing import TypeVar

from county_hotline.db.beside import preferences
from county_hotline.desk.desk import Desk

T = TypeVar("T")


def chosen(desk: Desk, key: str, shape: type[T]) -> T | None:
    """What the officer who is signed in chose under `key`; None where nothing was. Refuses (R203) when nobody is signed in."""
    return preferences.chosen(desk.store.database.connection(), desk.signed_in().officer, key, shape)


def choose(desk: Desk, key: str, value: object) -> None:
    """Keep it. Refuses (R203) when nobody is signed in."""
    officer = desk.signed_in().officer
    with desk.store.immediate() as db:
        preferences.choose(db, officer, key, value)


def forget(desk: Desk, key: str) -> None:
    """Back to what everybody has. Refuses (R203) when nobody is signed in."""
    officer = desk.signed_in().officer
    with desk.store.immediate() as db:
        preferences.forget(db, officer, key)
