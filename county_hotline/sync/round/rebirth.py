"""恢复本机, seen from the line: the hub holds more of the present life than this PC has, so its data were put back whole, or are a copy.

Where all that is here of that life is at the hub too, nothing was written twice: a new life begins by itself, and the rest comes back with
the pages. Where something was written here under serials that the hub has otherwise, a person is asked (A104, A311): see ADR 0025.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from county_hotline.domain.entries import GENESIS
from county_hotline.domain.proving import Account
from county_hotline.domain.receipts import Head
from county_hotline.errors import HotlineError, Unreachable
from county_hotline.ids import StationId
from county_hotline.sync import protocol
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round.one_round import Round

log = logging.getLogger(__name__)


def go_on(this: Round, hello: Hello, station: StationId, heads: Sequence[Head]) -> None:
    """Begin a new life, later than all the hub knows, if the present one went on elsewhere and nothing was written in it here since.
    Raises StoreFault S108 when letters ran out, Unreachable."""
    life = this.store.life()
    ours = this.store.head(station, life) or Head(station, life, 0, GENESIS)
    theirs = next((head for head in heads if (head.station, head.life) == (station, life)), None)
    if theirs is None or theirs.serial <= ours.serial or not _is_there(this, hello, ours):
        return
    new = this.store.begin_life(others={head.life for head in heads}, after=ours)
    log.warning("life_went_on_elsewhere life=%s here=%d there=%d now=%s", life, ours.serial, theirs.serial, new)


def _is_there(this: Round, hello: Hello, ours: Head) -> bool:
    """Whether the hub has our last entry at its place: then, by its hash, all before it too."""
    if ours.serial == this.store.receipted(ours.life):
        return True
    if not hello.proves:
        return False
    this.in_time()
    after = ours.serial - 1
    body = this.transport.ask("GET", f"/v1/proof?of=chain&life={ours.life}&from={after}&to={ours.serial}")
    try:
        found = protocol.decoded(body, Account)
    except HotlineError as fault:
        raise Unreachable("N125", said=fault.code) from fault
    return [(line.place, line.hash) for line in found.lines] == [(ours.serial, ours.hash)]
