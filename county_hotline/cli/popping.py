"""pop: who rings, shown in the window that is open."""

from __future__ import annotations

import sys

from county_hotline.cli.speech import Asked, Outcome
from county_hotline.wording import say


def pop(asked: Asked) -> Outcome:
    """The form for this caller. `-` reads the number from standard input, where no list of processes shows it."""
    from county_hotline.desk import popping

    caller = sys.stdin.readline() if asked.options.caller == "-" else asked.options.caller
    popping.ring(asked.home, caller, now=asked.clock.now_ms())
    return Outcome({"shown": True}, [say("cli.pop.done")])
