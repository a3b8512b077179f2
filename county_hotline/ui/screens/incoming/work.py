"""What 来件 asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from county_hotline.domain.views import Incoming

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came of a sheet or a text of messages."""

    taken: int
    known: int = 0
    """That were here already."""
    returned: int = 0
    """Rows given back."""
    returned_file: str = ""
    """Where they lie, each with its reason."""
    first: int = 0
    """The first that was taken."""


class IncomingWork(Protocol):
    """On the desk's lane. Each may raise a HotlineError."""

    def waiting(self) -> tuple[Incoming, ...]:
        """What waits to be reviewed, the longest waiting first."""
        ...

    def drop(self, incoming: int, reason: str) -> None:
        """不转, and why."""
        ...

    def paste(self, text: str) -> BroughtIn:
        """One message, or several short ones, as they were copied from elsewhere."""
        ...

    def bring_in(self, file: Path) -> BroughtIn:
        """A sheet of messages: how many rows were taken, which were not and why."""
        ...


class DeskIncoming:
    """`IncomingWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def waiting(self) -> tuple[Incoming, ...]:
        """See `IncomingWork`."""
        from county_hotline.desk import inbox

        return inbox.waiting(self._desk)

    def drop(self, incoming: int, reason: str) -> None:
        """See `IncomingWork`."""
        from county_hotline.desk import inbox

        inbox.drop(self._desk, incoming, reason)

    def paste(self, text: str) -> BroughtIn:
        """See `IncomingWork`."""
        from county_hotline.desk import inbox

        report = inbox.paste(self._desk, text)
        return BroughtIn(len(report.taken), report.known, first=report.taken[0] if report.taken else 0)

    def bring_in(self, file: Path) -> BroughtIn:
        """See `IncomingWork`."""
        from county_hotline.desk import inbox
        from county_hotline.desk.import_returned import write_returned

        report = inbox.bring_in(self._desk, file)
        where = write_returned(report.table, report.returned, (file.parent, self._desk.home.path)) if report.table else None
        return BroughtIn(len(report.taken), report.known, len(report.returned), str(where or ""), next(iter(report.taken), 0))
