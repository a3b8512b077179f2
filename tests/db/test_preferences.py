"""An officer's own choices stay his, and a choice nobody can read any more is none."""

from __future__ import annotations

from county_hotline.db.beside import preferences
from county_hotline.ids import OfficerId
from tests.support.stations import Station

WANG, LI = OfficerId("0301"), OfficerId("0302")


def test_each_officer_has_choices_of_his_own(hall: Station) -> None:
    with hall.store.immediate() as db:
        preferences.choose(db, WANG, "register.columns", ["number", "title"])
        preferences.choose(db, WANG, "register.columns", ["title"])
        preferences.choose(db, LI, "register.columns", ["due"])
        preferences.forget(db, LI, "register.columns")

        assert preferences.chosen(db, WANG, "register.columns", list[str]) == ["title"]
        assert preferences.chosen(db, LI, "register.columns", list[str]) is None


def test_a_choice_of_another_shape_is_none(hall: Station) -> None:
    with hall.store.immediate() as db:
        preferences.choose(db, WANG, "register.columns", {"wide": True})

        assert preferences.chosen(db, WANG, "register.columns", list[str]) is None
