"""P5 at a relay: once a day it and the hub above sum up what was handed down. Where that differs, all of it is asked for once more.

Additive only: nothing is deleted, nothing is overwritten. What went up is compared each round, by the chains' heads.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from county_hotline.db.relaying import relay_up
from county_hotline.hub.asking import Hub
from county_hotline.sync import protocol
from county_hotline.sync.protocol import Agreement, Hello
from county_hotline.sync.round.proving import DAY_MS

log = logging.getLogger(__name__)

PROVEN: Final = "above.proven"
"""Note: when it was last compared, UTC ms, and what came of it."""


def prove(hub: Hub, hello: Hello, ask: Callable[[str], bytes]) -> bool:
    """Compare, where a day has passed. Whether everything is to be asked for again: then the cursor stands at the beginning."""
    store, now = hub.store, hub.clock.now_ms()
    last = (store.note(PROVEN) or "0").split()
    if not hello.proves or abs(now - int(last[0])) < DAY_MS:
        return False
    at = int(store.note(relay_up.CURSOR) or "0")
    said = protocol.decoded(ask(f"/v1/agreement?after=0&at={at}"), Agreement)
    here = store.proof.from_above()
    agrees = here == said.new
    store.set_note(PROVEN, f"{now} {'agrees' if agrees else 'differs'}")
    if agrees:
        return False
    log.warning("ends_differ_above here=%d above=%d through=%d", here.count, said.new.count, at)
    store.set_note(relay_up.CURSOR, "0")
    return True
