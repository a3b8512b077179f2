"""Run the simulator of the sync: `python -m tools.simulate --seed 7 --steps 5000 --trace`, or `--seeds 100 --first 1000` for many worlds.

The same seed always does the same: strings are hashed alike in every process (PYTHONHASHSEED), and all chance comes from the seed.
A world that breaks a promise prints one line to repeat it, made as short as it can be. tests/simulator/seeds.txt keeps those that did.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.support.simulator.world import World

STEPS: Final = 5_000
"""Of one world. Many small worlds find more than one long one."""


def main() -> int:
    """0 where every promise was kept."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(  # noqa: S606 - ourselves again
            sys.executable, [sys.executable, *(f"-W{each}" for each in sys.warnoptions), "-m", "tools.simulate", *sys.argv[1:]]
        )
    asked = _asked()
    without = frozenset(name.strip() for name in asked.without.split(",") if name.strip())
    if asked.clocks:
        return _with_right_clocks(asked, without)
    if asked.seed is not None:
        return _one(asked.seed, asked.steps, without, trace=asked.trace)
    return _many(asked, without)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tools.simulate", description="Simulate a county's sync, and look at its promises."
    )
    parser.add_argument("--seed", type=int, help="one world")
    parser.add_argument("--first", type=int, default=1, help="the first seed of many")
    parser.add_argument("--seeds", type=int, default=20, help="how many worlds")
    parser.add_argument("--total", type=int, default=0, help="so many steps in all, however many worlds that takes")
    parser.add_argument("--steps", type=int, default=STEPS, help="steps a world")
    parser.add_argument("--without", default="", help="faults to leave out, by name, with commas between")
    parser.add_argument("--trace", action="store_true", help="tell every event")
    parser.add_argument("--clocks", action="store_true", help="each world twice, with wrong clocks and with right ones: P7")
    parser.add_argument("--stop", action="store_true", help="stop at the first world that breaks a promise")
    parser.add_argument("--quick", action="store_true", help="do not make a failing world shorter")
    return parser.parse_args()


def _one(seed: int, steps: int, without: frozenset[str], *, trace: bool) -> int:
    from tests.support.simulator.running import lived

    world, broken = lived(seed, steps, without, trace=print if trace else None)
    print(f"history {hashlib.sha256(repr(world.history).encode()).hexdigest()[:16]}")
    print(f"seed {seed}: {world.steps} steps, {'BROKEN ' + str(broken) if broken else 'every promise kept'}")
    return 1 if broken else 0


def _with_right_clocks(asked: argparse.Namespace, without: frozenset[str]) -> int:
    from tests.support.simulator.running import clocks_matter

    found = {seed: clocks_matter(seed, asked.steps, without) for seed in range(asked.first, asked.first + asked.seeds)}
    for seed, difference in found.items():
        if difference:
            print(
                f"BROKEN {difference}\n  repeat: python -m tools.simulate --clocks --first {seed} --seeds 1 --steps {asked.steps}"
            )
    print(f"{len(found)} worlds lived twice; {sum(map(bool, found.values()))} differ")
    return 1 if any(found.values()) else 0


def _many(asked: argparse.Namespace, without: frozenset[str]) -> int:
    from tests.support.simulator.running import lived, shortened

    began, total, kinds, seed, failed = time.perf_counter(), 0, Counter[str](), asked.first, 0
    while (total < asked.total) if asked.total else (seed < asked.first + asked.seeds):
        world, broken = lived(seed, asked.steps, without)
        total += world.steps
        kinds.update(_kinds(world))
        if broken is not None:
            failed += 1
            line = f"--seed {seed} --steps {asked.steps}" if asked.quick else shortened(seed, asked.steps, without, broken)
            print(f"BROKEN {broken}\n  repeat: python -m tools.simulate {line} --trace", flush=True)
        seed += 1
        if failed and asked.stop:
            break
    took = time.perf_counter() - began
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    print(
        f"{seed - asked.first} worlds, {total} steps ({told}) in {took:.1f} s, {total / took:.0f} steps a second; {failed} broken"
    )
    return 1 if failed else 0


def _kinds(world: World) -> dict[str, int]:
    return {"boundary": world.boundaries, **world.counted}


if __name__ == "__main__":
    raise SystemExit(main())
