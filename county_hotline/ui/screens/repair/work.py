"""What the page asks of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.ids import EntryId

if TYPE_CHECKING:
    from county_hotline.desk.acts.spec import Opened
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.repairing import HeldHere

Lines = tuple[tuple[str, str, str], ...]
"""Value, words, note."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One look: what is held, and what stations are called."""

    records: tuple[HeldHere, ...]
    year: int


class RepairWork(Protocol):
    """All on the desk's lane; each may raise HotlineError."""

    def look(self) -> Looked:
        """What is held now."""
        ...

    def open(self, entry_id: EntryId) -> Opened:
        """改写: the form, filled in."""
        ...

    def rewrite(self, entry_id: EntryId, typed: Mapping[str, str]) -> None:
        """Withdraw and write anew."""
        ...

    def withdraw(self, entry_id: EntryId, why: str) -> None:
        """撤回."""
        ...

    def send_again(self, entry_id: EntryId) -> None:
        """再送."""
        ...

    def units(self, typed: str) -> Lines:
        """单位 for a field that finds."""
        ...


class DeskRepair:
    """`RepairWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self) -> Looked:
        """See `RepairWork`."""
        from county_hotline.clock import local
        from county_hotline.desk import repairing

        return Looked(repairing.held(self._desk), local(self._desk.clock.now_ms()).year)

    def open(self, entry_id: EntryId) -> Opened:
        """See `RepairWork`."""
        from county_hotline.desk import repairing

        return repairing.opened(self._desk, entry_id)

    def rewrite(self, entry_id: EntryId, typed: Mapping[str, str]) -> None:
        """See `RepairWork`."""
        from county_hotline.desk import repairing

        repairing.rewrite(self._desk, entry_id, typed)

    def withdraw(self, entry_id: EntryId, why: str) -> None:
        """See `RepairWork`."""
        from county_hotline.desk import repairing

        repairing.withdraw(self._desk, entry_id, why)

    def send_again(self, entry_id: EntryId) -> None:
        """See `RepairWork`."""
        from county_hotline.desk import repairing

        repairing.send_again(self._desk, entry_id)

    def units(self, typed: str) -> Lines:
        """See `RepairWork`."""
        from county_hotline.desk import looking_up

        wanted = typed.strip().lower()
        agencies = looking_up.agencies(self._desk)
        return tuple((a.code, a.name, a.short_name) for a in agencies if wanted in f"{a.name} {a.short_name} {a.code}".lower())
