"""再送: own records that went up without their words are sent once more, whole, when a person asks or the hub has changed."""

from __future__ import annotations

import logging
from typing import Final

import msgspec

from county_hotline.errors import HubRejected
from county_hotline.sync.keys import KeyPair
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round.one_round import Round
from county_hotline.sync.wire import batches

log = logging.getLogger(__name__)

HUB_THEN: Final = "held.hub"
"""Note: program and limit of the hub that the last round met."""
LINE_BYTES: Final = "held.line_bytes"
"""Note: how large one record may be for the hub, as it said last."""


def send_again(this: Round, hello: Hello, pair: KeyPair) -> None:
    """Send each record that waits for it, alone and whole. What the hub refuses stays as it was, with the reason it gives now."""
    card = this.store.station()
    if not hello.proves or card is None:
        return
    quarantine = this.store.quarantine
    as_now = f"{hello.program} {hello.limits.line_bytes}"
    if (then := this.store.note(HUB_THEN)) != as_now:
        for each in quarantine.known(card.station) if then is not None else ():
            if each.code.startswith("H2"):
                quarantine.send_again(each.entry_id)
        this.store.set_note(HUB_THEN, as_now)
        this.store.set_note(LINE_BYTES, str(hello.limits.line_bytes))
    for entry in quarantine.to_send_again():
        this.in_time()
        this.tally.mended += 1
        try:
            receipt = this.transport.push(batches.encode([entry], pair))
        except HubRejected as fault:
            quarantine.sent_again(entry.entry_id, fault.code)
            log.info("entry_refused_again entry_id=%s code=%s", entry.entry_id, fault.code)
            continue
        this.took(msgspec.structs.replace(receipt, held=()))
        quarantine.sent_again(entry.entry_id, next((each.code for each in receipt.held if each.entry_id == entry.entry_id), ""))
