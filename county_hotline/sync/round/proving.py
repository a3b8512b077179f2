"""P5: after a round both ends sum up what they should have in common. What differs is found, named, written down, and asked for again.

Additive only: a page that begins before what is lacking is asked for once more. Nothing is deleted, nothing is overwritten.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

import msgspec

from county_hotline.domain.proving import Account, Difference, Line, Which, compare, sum_of
from county_hotline.domain.reference import StationCard
from county_hotline.errors import HotlineError, NotTrusted, Unreachable
from county_hotline.ids import Life
from county_hotline.sync import protocol
from county_hotline.sync.identity import HubAddress
from county_hotline.sync.protocol import Agreement, HeldNow, Hello
from county_hotline.sync.round.one_round import Round

log = logging.getLogger(__name__)

DAY_MS: Final = 86_400_000
"""Everything is compared once a day, whatever was proven before."""
PAGE: Final = 50
MOST_FETCHED: Final = 60
"""Pages asked for again in one round."""


def prove(this: Round, hello: Hello, hub: HubAddress) -> None:
    """Compare what is new since the last proof; once a day, when a person asks for it, and where that differs, everything. A hub of before 0.2 is not
    asked. A line that breaks meanwhile spoils no round that has done its work: the next one asks again."""
    card = this.store.station()
    if not hello.proves or card is None:
        return
    try:
        _Prover(
            this, card, f"{hub.hub_id} {hello.epoch} {card.station} {card.unit} {card.role.value} {this.store.life()}"
        ).prove()
    except Unreachable as fault:
        log.info("proof_put_off code=%s", fault.code)


class _Prover:
    def __init__(self, this: Round, card: StationCard, whom: str) -> None:
        self._this, self._card = this, card
        self._proof = this.store.proof
        self._proven = self._proof.proven(whom)
        self._cursor = this.store.cursor()
        self._life = this.store.life()
        self._serial = this.store.receipted(self._life)

    def prove(self) -> None:
        now, before = self._this.now_ms(), self._proven
        differed = self._proof.differences()
        moved = self._this.tally.sent or self._this.tally.received or self._this.tally.mended
        whole = bool(differed and moved) or abs(now - before.whole_at) >= DAY_MS
        if not (whole or moved):
            return
        said = self._ask(
            f"/v1/agreement?after={before.cursor}&at={self._cursor}&life={self._life}&from={before.serial}&to={self._serial}",
            Agreement,
        )
        self._learn_held(said)
        new, row = self._proof.new_since(self._card.station, row=before.row, through=self._cursor)
        chain = self._chain(self._life, before.serial, self._serial)
        agrees = new == said.new and sum_of(line.hash for line in chain) == said.chain
        found: list[Difference] = []
        if whole or not agrees:
            found = self._everything()
            if any(self._asked_for_again(found)):
                found = self._everything()
            before = msgspec.structs.replace(before, whole_at=now)
        if found:
            log.warning("ends_differ count=%d first=%s place=%d", len(found), found[0].which.value, found[0].place)
            self._this.tally.differences = tuple(found)
            self._proof.remember(msgspec.structs.replace(before, cursor=0, row=0, serial=0), found)
        else:
            row = self._proof.new_since(self._card.station, row=row, through=0)[1]
            self._proof.remember(msgspec.structs.replace(before, cursor=self._cursor, row=row, serial=self._serial), ())

    def _everything(self) -> list[Difference]:
        """All that others wrote, and every life of our own as far as it is signed for."""
        found = compare(self._taken_in, self._handed_out, through=self._cursor)
        for head in self._this.store.heads(self._card.station):
            serial = self._this.store.receipted(head.life)
            found += compare(
                lambda after, through, life=head.life: self._chain(life, after, through),  # type: ignore[misc]
                lambda after, through, life=head.life: self._chain_there(life, after, through),  # type: ignore[misc]
                through=serial,
                chain=head.life,
            )
        return found

    def _taken_in(self, after: int, through: int) -> Sequence[Line]:
        return self._proof.taken_in(self._card.station, after=after, through=through)

    def _handed_out(self, after: int, through: int) -> Account:
        return self._ask(f"/v1/proof?of=entries&from={after}&to={through}&at={self._cursor}", Account)

    def _chain(self, life: Life, after: int, through: int) -> Sequence[Line]:
        return self._proof.chain(self._card.station, life, after=after, through=through)

    def _chain_there(self, life: Life, after: int, through: int) -> Account:
        return self._ask(f"/v1/proof?of=chain&life={life}&from={after}&to={through}", Account)

    def _asked_for_again(self, found: Sequence[Difference]) -> list[int]:
        """Pages that begin just before what is lacking here. What they bring is taken in like any other page."""
        lacking = sorted({each.at for each in found if each.which is Which.LACKING and (each.at or not each.chain)})
        brought: list[int] = []
        reached = -1
        for at in lacking[:MOST_FETCHED]:
            if at < reached:
                continue
            self._this.in_time()
            page = self._this.transport.pull(after=at, limit=PAGE, life=Life(""))
            try:
                self._this.changed(self._this.store.take_in(page))
            except NotTrusted as fault:  # the same entry at two places, or two entries at one: for a person
                log.warning("page_not_taken code=%s after=%d", fault.code, at)
            else:
                brought.append(at)
            reached = page.cursor
        return brought

    def _learn_held(self, said: Agreement) -> None:
        """What the hub holds of ours has changed: its word is the list."""
        store = self._this.store
        if said.held == protocol.held_digest(store.quarantine.known(self._card.station)):
            return
        struck = store.quarantine.take(self._ask("/v1/held", HeldNow).held, self._card)
        self._this.tally.released |= struck
        for entry_id in struck:
            self._this.tally.held.pop(entry_id, None)
        self._this.changed(frozenset())

    def _ask(self, target: str, kind: type[protocol.T]) -> protocol.T:
        self._this.in_time()
        body = self._this.transport.ask("GET", target)
        try:
            return protocol.decoded(body, kind)
        except HotlineError as fault:
            raise Unreachable("N125", said=fault.code) from fault
