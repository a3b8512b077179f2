"""纪元 of a hub: what its earlier epochs have in common with the present one, after it was put back from a backup. Pure.

A hub that was put back gives the places after the backup's last one anew, to other entries. So it takes a new epoch, which begins from the
one in its file at the last place that is there: a `Branch`. A hub may be put back again, from any backup: branches are a tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

import msgspec

MOST: Final = 200
"""So many branches are kept, the latest ones. Whoever is still in an earlier epoch asks a person."""


class Branch(msgspec.Struct, frozen=True):
    """`epoch` began from `parent`, which it shares up to place `through`."""

    epoch: str
    parent: str
    through: int


class Earlier(msgspec.Struct, frozen=True):
    """One earlier epoch, as the hub says it in its hello: up to place `through` everything the hub signed in it is still true."""

    epoch: str
    through: int
    hash: bytes = b""
    """Of the entry at that place, where one stands there: so that a station notices a hub that is wrong about itself."""


class Standing(Enum):
    """How an epoch that is named somewhere stands to the one in force here."""

    PRESENT = "present"
    EARLIER = "earlier"
    """What was signed in it holds up to a place (see `Earlier.through`)."""
    UNKNOWN = "unknown"


def together(*known: Iterable[Branch]) -> tuple[Branch, ...]:
    """All these branches, each once."""
    found = {branch.epoch: branch for branches in known for branch in branches}
    return tuple(found.values())[-MOST:]


def lineage(present: str, branches: Iterable[Branch]) -> tuple[Earlier, ...]:
    """What every other epoch of the tree has in common with `present`; those that have nothing are left out."""
    by_epoch = {branch.epoch: branch for branch in branches}
    ours = _path(present, by_epoch)
    others = dict.fromkeys(name for branch in by_epoch.values() for name in (branch.parent, branch.epoch) if name != present)
    found = []
    for epoch in others:
        for ancestor, through in _path(epoch, by_epoch).items():
            if ancestor in ours:
                shared = [limit for limit in (through, ours[ancestor]) if limit is not None]
                found.append(Earlier(epoch, min(shared, default=0)))
                break
    return tuple(found)


def _path(epoch: str, by_epoch: dict[str, Branch]) -> dict[str, int | None]:
    """The epoch and those it came from, each with the last place that it shares with `epoch`; None: all."""
    found: dict[str, int | None] = {epoch: None}
    limit: int | None = None
    while (branch := by_epoch.get(epoch)) is not None and branch.parent not in found:
        limit = branch.through if limit is None else min(limit, branch.through)
        epoch = branch.parent
        found[epoch] = limit
    return found
