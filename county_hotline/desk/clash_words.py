"""A comparison in officers' words, for the window and the command line alike: what a line is called, what a value says."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from county_hotline.clock import shown
from county_hotline.domain.comparing import ASPECTS, Row
from county_hotline.domain.facts import Dispatched, Person
from county_hotline.domain.happened import Happened
from county_hotline.domain.privacy import mask_name, mask_phone
from county_hotline.wording import act, has, say, word


class Lists(Protocol):
    """The county's names."""

    def agency(self, code: str) -> str:
        """The unit's whole name; the code where it is not known here."""
        ...

    def category(self, code: str) -> str:
        """The path from the top."""
        ...

    def place(self, code: str) -> str:
        """Township and village."""
        ...


def label(row: Row) -> str:
    """What the line is about."""
    if row.code:
        return say(f"clash.what.{row.code}") if has(f"clash.what.{row.code}") else say("clash.what.act")
    return say(f"clash.aspect.{row.key}") if row.key in ASPECTS and not row.is_field else say(f"field.{row.key}")


def value(name: str, found: object, lists: Lists, *, hidden: bool) -> str:
    """A value as it is read. `hidden`: the caller is confidential, nothing of them is said."""
    if found in (None, "", (), 0):
        return say("clash.none")
    if isinstance(found, Happened):
        return _act(found, lists)
    if isinstance(found, Person):
        return say("clash.hidden") if hidden else " ".join((mask_name(found.name), mask_phone(found.phone))).strip()
    if isinstance(found, bool):
        return say("clash.yes" if found else "clash.no")
    if isinstance(found, Enum):
        return word(found)
    if isinstance(found, tuple):
        return say("clash.comma").join(lists.agency(each) for each in found)
    if name == "due_at" and isinstance(found, int):
        return _deadline(found)
    named = {"lead": lists.agency, "place": lists.place, "category": lists.category}.get(name, str)
    return named(str(found))


def _deadline(at: int) -> str:
    """What ends at midnight ends with the day before."""
    words = shown(at)
    return shown(at - 1).partition(" ")[0] if words.endswith("00:00") else words


def _act(event: Happened, lists: Lists) -> str:
    """`县城市管理局` of a dispatch, whose unit is what matters; else what was done."""
    if isinstance(event.fact, Dispatched):
        return lists.agency(event.fact.agency)
    agency = getattr(event.fact, "agency", "")
    done = act(event.fact.kind)
    return say("clash.act_of", act=done, agency=lists.agency(agency)) if agency else done
