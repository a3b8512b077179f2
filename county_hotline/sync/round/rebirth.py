"""恢复本机, seen from the line: the hub holds more of the present life than this PC has, so its data were put back whole, or are a copy.

Where all that is here of that life is at the hub too, nothing was written twice: a new life begins by itself, and the rest comes back with
the pages. Where something was written here under serials that the hub has otherwise, a person is told which command writes it once more, in a new
life (A354; `db.line.forks`, ADR 0025).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from county_hotline.db.line.forks import FORK
from county_hotline.domain.entries import GENESIS
from county_hotline.domain.proving import Account, compare
from county_hotline.domain.receipts import Head
from county_hotline.errors import HotlineError, NotTrusted, Unreachable
from county_hotline.ids import StationId
from county_hotline.sync import protocol
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round.one_round import Round

log = logging.getLogger(__name__)


def go_on(this: Round, hello: Hello, station: StationId, heads: Sequence[Head]) -> None:
    """Begin a new life, later than all the hub knows, if the present one went on elsewhere and nothing was written in it here since.
    Raises NotTrusted A354 if something was, StoreFault S108 when letters ran out, Unreachable."""
    life = this.store.life()
    ours = this.store.head(station, life) or Head(station, life, 0, GENESIS)
    theirs = next((head for head in heads if (head.station, head.life) == (station, life)), None)
    if theirs is None or (theirs.serial <= ours.serial and _hash_at(this, theirs) == theirs.hash):
        return
    if theirs.serial <= ours.serial or not _is_there(this, hello, ours):
        _tell_of_a_fork(this, hello, ours, theirs, heads)
        return
    new = this.store.begin_life(others={head.life for head in heads}, after=ours)
    log.warning("life_went_on_elsewhere life=%s here=%d there=%d now=%s", life, ours.serial, theirs.serial, new)


def _tell_of_a_fork(this: Round, hello: Hello, ours: Head, theirs: Head, heads: Sequence[Head]) -> None:
    """Find where the two part. A hub of before 0.2 cannot say; then the guard stops with what it knows."""
    if not hello.proves:
        return
    differ = compare(
        lambda after, through: this.store.proof.chain(ours.station, ours.life, after=after, through=through),
        lambda after, through: _chain_there(this, ours, after, through),
        through=min(ours.serial, theirs.serial),
        chain=ours.life,
    )
    common = min((each.place for each in differ), default=min(ours.serial, theirs.serial) + 1) - 1
    if common < this.store.receipted(ours.life):
        return
    this.store.set_note(FORK, f"{ours.life} {common} {''.join(sorted(head.life for head in heads))}")
    raise NotTrusted("A354", first=common + 1, count=ours.serial - common)


def _hash_at(this: Round, theirs: Head) -> bytes:
    lines = this.store.proof.chain(theirs.station, theirs.life, after=theirs.serial - 1, through=theirs.serial)
    return lines[0].hash if lines else b""


def _is_there(this: Round, hello: Hello, ours: Head) -> bool:
    """Whether the hub has our last entry at its place: then, by its hash, all before it too."""
    if ours.serial == this.store.receipted(ours.life):
        return True
    if not hello.proves:
        return False
    found = _chain_there(this, ours, ours.serial - 1, ours.serial)
    return [(line.place, line.hash) for line in found.lines] == [(ours.serial, ours.hash)]


def _chain_there(this: Round, ours: Head, after: int, through: int) -> Account:
    this.in_time()
    body = this.transport.ask("GET", f"/v1/proof?of=chain&life={ours.life}&from={after}&to={through}")
    try:
        return protocol.decoded(body, Account)
    except HotlineError as fault:
        raise Unreachable("N125", said=fault.code) from fault
