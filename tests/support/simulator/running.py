"""Whole lives of worlds, and how one that breaks a promise is made shorter."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.simulator.books import Broken
from tests.support.simulator.world import FAULTS, World

SHORTEST = 20


def lived(
    seed: int, steps: int, without: frozenset[str] = frozenset(), *, trace: Callable[[str], None] | None = None
) -> tuple[World, BaseException | None]:
    """A world from its beginning to its end, and the promise it broke, if any. Whatever the program raises breaks one."""
    world = World(seed, without=without, trace=trace)
    try:
        world.run(steps)
    except Exception as fault:  # noqa: BLE001 - a simulator finds what nobody thought of
        if trace is not None:
            import traceback

            trace(traceback.format_exc())
        return world, fault
    else:
        return world, None
    finally:
        world.close()


def clocks_matter(seed: int, steps: int, without: frozenset[str]) -> str:
    """P7: what differs where the same seed is lived with right clocks; empty where nothing does. How many requests and boundaries there
    are must not hang on the clocks, so no power goes and no line is too narrow for a few bytes more."""
    calm = without | {"crash", "narrow"}
    wrong, broken = lived(seed, steps, calm)
    right, also = lived(seed, steps, calm | {"clock"})
    if broken or also:
        return str(broken or also)
    if wrong.history != right.history:
        place = next((at for at, pair in enumerate(zip(wrong.history, right.history, strict=False)) if pair[0] != pair[1]), -1)
        return f"P7: the hub's order differs from place {place}: {wrong.history[place:][:3]} / {right.history[place:][:3]}"
    return ""


def shortened(seed: int, steps: int, without: frozenset[str], broken: BaseException) -> str:
    """The arguments that repeat it with as few steps and kinds of fault as were easily found."""

    def still_breaks(fewer: int, less: frozenset[str]) -> bool:
        again = lived(seed, fewer, less)[1]
        return again is not None and _kind(again) == _kind(broken)

    low, high = SHORTEST, steps
    while high - low > max(10, high // 50):
        middle = (low + high) // 2
        low, high = (low, middle) if still_breaks(middle, without) else (middle, high)
    for fault in FAULTS:
        if fault not in without and still_breaks(high, without | {fault}):
            without |= {fault}
    left_out = f" --without {','.join(sorted(without))!r}" if without else ""
    return f"--seed {seed} --steps {high}{left_out}"


def _kind(fault: BaseException) -> str:
    return fault.promise if isinstance(fault, Broken) else type(fault).__name__
