"""知识库 in a round: what was written here goes up, what is new comes down page by page, each kept at once, in a share of the round's time.

Nothing counts that the pinned key did not sign. A cut makes pages smaller; the next round goes on at the place that was reached.
"""

from __future__ import annotations

import logging
from typing import Final

from county_hotline.db.beside.knowledge_items import Item
from county_hotline.db.store import Store
from county_hotline.domain.reference import StationCard
from county_hotline.errors import HubRejected, NotTrusted, Unreachable
from county_hotline.sync import protocol
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round.one_round import Round
from county_hotline.sync.round.persistence import CUTS
from county_hotline.sync.wire import articles
from county_hotline.sync.wire.articles import Taken

log = logging.getLogger(__name__)

SHARE_S: Final = 300.0
"""So long a round goes on with it; photos and files wait meanwhile, orders have gone before."""
OFFERED_BYTES: Final = 512 << 10
SMALLEST: Final = 8 << 10
LARGEST: Final = 1 << 20
USUAL: Final = 128 << 10
QUICK_S: Final = 2.0
"""A page that came sooner may be followed by one twice as large."""
PATIENCE: Final = 8
"""So many cuts one after another, and the line is given up for this round."""


def exchange(this: Round, hello: Hello, hub: PublicKey) -> None:
    """Hand in, then take what is new. Raises NotTrusted A321, A322 (a page that is not our hub's, or not for us), HubRejected,
    Unreachable. Does nothing with a hub that knows nothing of it: articles then come with the county's bundle."""
    if hello.knowledge < 0:
        return
    card = this.store.station()
    if card is not None:
        _Exchange(this, hello, hub, card).run()


class _Exchange:
    def __init__(self, this: Round, hello: Hello, hub: PublicKey, card: StationCard) -> None:
        self._this, self._hello, self._hub, self._card = this, hello, hub, card
        self._end = this.seconds() + SHARE_S
        self._bytes = USUAL
        self._cuts = 0

    def run(self) -> None:
        after = self._this.store.knowledge.position(self._hello.epoch, self._card.role.value)
        self._hand_in()
        last = self._hello.knowledge
        while after < last and self._in_time():
            if (page := self._page(after)) is not None:
                after, last = page
        self._hand_in()  # what a hub that was put back from a backup turned out to lack

    def _in_time(self) -> bool:
        self._this.in_time()
        return self._this.seconds() < self._end

    def _hand_in(self) -> None:
        store = self._this.store
        before: tuple[Item, ...] = ()
        while items := store.knowledge.waiting(OFFERED_BYTES):
            if items == before:
                raise HubRejected("H202", why="knowledge")
            before = items
            self._this.in_time()
            answer = self._this.transport.ask("POST", "/v1/knowledge", body=articles.offer(items), media_type=protocol.LINES)
            settled(store, protocol.decoded(answer, Taken))
            self._this.news()
            if not self._in_time():
                return

    def _page(self, after: int) -> tuple[int, int] | None:
        """Where it ends, and where all ends; None where the line was cut."""
        began = self._this.seconds()
        try:
            body = self._this.transport.ask("GET", f"/v1/knowledge?after={after}&bytes={self._bytes}")
        except Unreachable as fault:
            self._cuts += 1
            if fault.code not in CUTS or self._cuts >= PATIENCE:
                raise
            self._bytes = max(SMALLEST, self._bytes // 2)
            return None
        self._cuts = 0
        if self._this.seconds() - began < QUICK_S:
            self._bytes = min(LARGEST, self._bytes * 2)
        through, last, changed = take(self._this.store, body, self._hub, self._card, after=after)
        if changed:
            self._this.news()
        if through <= after < last:
            raise HubRejected("H202", why="page")
        return through, last


def take(store: Store, body: bytes, hub: PublicKey, card: StationCard, *, after: int) -> tuple[int, int, int]:
    """A page into the store, proved first: where it ends, the hub's last place, how many items were new. Raises NotTrusted A321, A322,
    HubRejected H202."""
    try:
        head, lines = articles.read_page(body, hub)
    except HubRejected as fault:
        if fault.details.get("why") == "signature":
            raise NotTrusted("A321", version=after) from fault
        raise
    if head.county != card.county:
        raise NotTrusted("A322", ours=card.county, theirs=head.county)
    if head.station != card.station or head.after != after:
        raise NotTrusted("A321", version=after)
    items = articles.items_of(head, lines)
    changed = store.knowledge.take(items, after=after, through=head.through, is_all=head.through >= head.last, own=card.station)
    log.info("knowledge_page after=%d through=%d items=%d", after, head.through, len(items))
    return head.through, head.last, changed


def settled(store: Store, said: Taken) -> None:
    """What the hub said of what was handed in."""
    store.knowledge.offered(said.taken, said.refused)
    for kind, name, code in said.refused:
        log.warning("knowledge_refused kind=%s name=%s code=%s", kind, name[:40], code)
