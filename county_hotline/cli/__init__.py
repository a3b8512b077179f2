"""The commands: what a station or hub does when it is asked by a line instead of a window. Nothing is loaded that is not asked for."""

from __future__ import annotations

from collections.abc import Sequence

from county_hotline.clock import Clock

__all__ = ["main"]


def main(argv: Sequence[str] | None = None, *, clock: Clock | None = None) -> int:
    """Do what the arguments say (those of the process, if none are given). 0 done, 1 refused or failed, 2 wrongly asked."""
    from county_hotline.cli.running import run

    return run(argv, clock)
