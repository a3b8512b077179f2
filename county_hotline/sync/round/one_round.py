"""What the steps of one round share: the store, the way to the hub, what was done so far, and when it is enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from county_hotline.clock import Clock
from county_hotline.db.store import Store
from county_hotline.domain.proving import Difference
from county_hotline.domain.receipts import Receipt
from county_hotline.domain.views import Progress, RoundReport
from county_hotline.errors import HotlineError, Unreachable
from county_hotline.ids import EntryId, Number
from county_hotline.signals import Changes
from county_hotline.sync.watch import RoundWatch
from county_hotline.sync.wire.http_line import Traffic
from county_hotline.sync.wire.transport import Transport

ROUND_S: Final = 1_800.0
"""However much there is, a round ends after so long; the next one goes on where it stopped."""


@dataclass(slots=True)
class Tally:
    """What a round has done so far."""

    sent: int = 0
    received: int = 0
    changed: set[Number] = field(default_factory=set)
    held: dict[EntryId, str] = field(default_factory=dict)
    fault: HotlineError | None = None
    complete: bool = False
    mended: int = 0
    """Records sent once more, whole."""
    released: frozenset[EntryId] = frozenset()
    """What the hub holds no more."""
    differences: tuple[Difference, ...] = ()
    """In what the two ends were found to differ."""
    files_sent: int = 0
    files_received: int = 0
    files_waiting: int = 0
    """Files that may go over the line and are not whole at the hub yet."""
    files_fault: str = ""
    """Code of the first failure about files: told apart, for no record hangs on it."""

    def report(self, traffic: Traffic, *, started_at: int, ended_at: int) -> RoundReport:
        """What came of the round, as people are told it."""
        fault = self.fault
        return RoundReport(
            started_at=started_at,
            ended_at=ended_at,
            sent=self.sent,
            received=self.received,
            orders=len(self.changed),
            held=tuple(self.held),
            requests=traffic.requests,
            bytes_sent=traffic.bytes_sent,
            bytes_received=traffic.bytes_received,
            fault=fault.code if fault else "",
            fault_details=fault.figures() if fault else {},
            complete=self.complete,
            released=tuple(sorted(self.released)),
            differences=self.differences,
            files_sent=self.files_sent,
            files_received=self.files_received,
            files_waiting=self.files_waiting,
            files_fault=self.files_fault,
        )


class Round:
    """What every step of one round shares. Steps ask `in_time` before each request."""

    def __init__(
        self,
        store: Store,
        transport: Transport,
        *,
        clock: Clock,
        tell: Callable[[Changes], None],
        is_stopping: Callable[[], bool],
        watch: RoundWatch,
    ) -> None:
        self.store = store
        self.transport = transport
        self.tally = Tally()
        self._tell = tell
        self.clock = clock
        self._is_stopping = is_stopping
        self._watch = watch
        self._to_send = 0
        self._end = clock.monotonic_s() + ROUND_S

    def begin(self) -> None:
        """The hub is there: from now on the watch says how far the round has come."""
        counts = self.store.counts()
        self._to_send = counts.entries - counts.entries_received
        self._watch.progress = Progress(to_send=self._to_send)
        self._tell(Changes(counts=True))

    def now_ms(self) -> int:
        """This PC's clock, which may lie."""
        return self.clock.now_ms()

    def seconds(self) -> float:
        """A clock nobody sets."""
        return self.clock.monotonic_s()

    def in_time(self) -> None:
        """Raises Unreachable N116 when the round has lasted too long, N117 when the program is closing, N119 when a person stops it."""
        if self.clock.monotonic_s() > self._end:
            raise Unreachable("N116")
        if self._is_stopping():
            raise Unreachable("N117")
        if self._watch.is_halted:
            raise Unreachable("N119")

    def took(self, receipt: Receipt) -> None:
        """Write a receipt down and tell the screens."""
        numbers = self.store.take_receipt(receipt)
        self.tally.sent += sum(run.last - run.first + 1 for run in receipt.runs)
        self.tally.held.update({held.entry_id: held.code for held in receipt.held})
        self.changed(numbers)

    def news(self) -> None:
        """What all stations share is another now."""
        self._tell(Changes(reference=True))

    def changed(self, numbers: frozenset[Number]) -> None:
        self.tally.changed |= numbers
        self._watch.progress = Progress(sent=self.tally.sent, to_send=self._to_send, received=self.tally.received)
        self._tell(Changes(work_orders=numbers, counts=True))
