"""附件 at a relay: what came from below goes on to the hub above, what is named from above is fetched, after all text, piece by piece.

A station's file step (`sync.round.files`) over the relay's own line. The hub above asks of each file what it asks of a station's.
"""

from __future__ import annotations

from collections.abc import Callable

from county_hotline.db.relaying.relays import Relays
from county_hotline.domain.files import LARGEST
from county_hotline.hub.asking import Hub
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round import files
from county_hotline.sync.round.files import FileChoices
from county_hotline.sync.round.one_round import Round, Tally
from county_hotline.sync.watch import RoundWatch
from county_hotline.sync.wire.transport import Transport

_ALL = FileChoices(ask_above=LARGEST, fetch_up_to=LARGEST)
"""Nobody sits at a hub to be asked; and what its stations will want it cannot know."""
_NOT_OURS = "H210"


def exchange(hub: Hub, transport: Transport, hello: Hello, tally: Tally, *, is_stopping: Callable[[], bool]) -> None:
    """Send and fetch what may go now. What came of it stands in `tally`, failures too."""
    this = Round(hub.store, transport, clock=hub.clock, tell=lambda changes: None, is_stopping=is_stopping, watch=RoundWatch())
    this.tally = tally
    for file in hub.store.files.to_fetch():
        if file.fault not in ("", _NOT_OURS):  # nobody here would ask for it again
            hub.store.files.note_fault(file.sha256, "")
    book = Relays(hub.store)
    files.exchange(this, hello, _ALL, lambda: None, may_leave=lambda file: book.may_show(file.sha256))
