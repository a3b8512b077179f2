"""A clerk who registers and prints without pause, and is killed: `python -m tests.support.registering FOLDER KILLS SEED`.

Every child is forked from this warm process, opens the database itself, and dies by SIGKILL at a random moment. After each the
database is opened and checked against the slips that were printed. Prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from county_hotline.clock import SystemClock
from county_hotline.db.store import Store
from county_hotline.paths import write_atomically
from tests.support.builders import KEY, OFFICER, a_card, made

KILLS_A_FOLDER = 25
LONGEST_S = 0.08


def main() -> int:
    """Prints kills, slips, life and what was wrong."""
    folder, kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    slips, problems = 0, []
    for place in range(kills):
        home = folder / str(place // KILLS_A_FOLDER)
        found_before = len(list(home.glob("slips/*.pdf")))
        kill_one(home, chance)
        problems += check(home)
        slips += len(list(home.glob("slips/*.pdf"))) - found_before
    sys.stdout.write(json.dumps({"kills": kills, "slips": slips, "problems": problems}))
    return 0


def kill_one(home: Path, chance: random.Random) -> None:
    """One child's short life. It counts from the moment it begins to work."""
    (home / "slips").mkdir(parents=True, exist_ok=True)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            register_for_ever(home, writing)
        finally:
            os._exit(1)
    os.close(writing)
    begun = os.read(reading, 1)
    os.close(reading)
    if begun != b"!":
        raise RuntimeError("the child could not begin")
    time.sleep(chance.uniform(0.0, LONGEST_S))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        raise RuntimeError(f"the child ended by itself: {status}")


def register_for_ever(home: Path, ready: int) -> None:
    store = Store.open(home / "journal.db", KEY, clock=SystemClock())
    if store.station() is None:
        store.set_station(a_card())
    os.write(ready, b"!")
    while True:
        number = store.accept(made(), officer=OFFICER).number
        write_atomically(home / "slips" / f"{number}.pdf", number.encode())
        store.record(number, lambda order: (made(title="改后")(order.number)[0], None), officer=OFFICER)


def check(home: Path) -> list[str]:
    """What the next morning finds: every number on a slip, a sound chain, tables like the fold, the same life."""
    store = Store.open(home / "journal.db", KEY, clock=SystemClock())
    try:
        report = store.verify()
        lost = [slip.stem for slip in home.glob("slips/*.pdf") if store.resolve(slip.stem) is None]
        torn = [str(path) for path in home.glob("slips/*.pdf") if path.read_bytes() != path.stem.encode()]
        other_life = [f"life {store.life()}"] if store.life() != "A" else []
        return [*report.problems, *(f"lost {number}" for number in lost), *torn, *other_life]
    finally:
        store.close()


if __name__ == "__main__":
    raise SystemExit(main())
