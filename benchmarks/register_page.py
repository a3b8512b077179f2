"""台账 as a page: opened, walked, leapt to its end, scrolled, searched; with a thousand orders and with a million, in one run.

    python -m benchmarks.register_page [--orders 1000000] [--rounds 9] [--json]      (needs a display; make bench starts one)

The page is the real one, presenter, widgets and drawing, over a station's file of `_million`; work is done at once, so each figure holds the
tables' time and the drawing's. The anchor is the same page over a thousand orders. Target: at most 1.2 times it, or 50 ms.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import _million
from benchmarks.accept import KEY
from county_hotline.app.slip_printer import make_slip
from county_hotline.background import Answers, InlineRunner
from county_hotline.clock import SystemClock
from county_hotline.db.store import Store
from county_hotline.desk import founding
from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import Account
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.ids import OfficerId
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.register.view import RegisterView
from county_hotline.ui.services import Services
from county_hotline.ui.window import Window

TARGET, TARGET_MS = 1.2, 50.0
TYPED = "路灯"


@contextmanager
def page_over(made: Path) -> Iterator[tuple[Window, RegisterView]]:
    """The page over a copy of this file."""
    folder = Path(tempfile.mkdtemp(prefix="register-page-", dir=made.parent))
    try:
        home = Home(folder)
        home.ensure()
        for each in made.parent.glob(f"{made.name}*"):
            shutil.copy(each, folder / each.name.replace(made.name, home.database.name))
        mark = made.with_name(".mark")
        if mark.exists():
            shutil.copy(mark, folder / ".mark")
        store = Store.open(home.database, KEY, clock=SystemClock())
        founding.load_county(store)
        officer = Account(OfficerId("0301 受理员甲"), "0301", "受理员甲", (OfficerRole.CLERK,))
        bulletin, answers, clock = Bulletin(), Answers(), SystemClock()
        desk = Desk(
            store=store, home=home, clock=clock, settings=Settings(home.settings), tell=bulletin.post, slip_maker=make_slip
        )
        services = Services(
            desk=desk, desk_lane=InlineRunner(), wire_lane=InlineRunner(), answers=answers, bulletin=bulletin, settings=desk.settings,
            clock=clock, folder=folder / "screen", version="bench",
        )  # fmt: skip
        window = Window(services)
        window.root.geometry("1366x700+0+0")
        desk.officer = officer
        window.signed_in(officer)
        window.go("register")
        window.root.update()
        frame = window._frame  # noqa: SLF001 - what a person sees
        assert frame is not None
        view = frame._pages["register"]  # noqa: SLF001
        assert isinstance(view, RegisterView)
        yield window, view
        window.close()
        store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def figures(made: Path, rounds: int) -> dict[str, float]:
    """Milliseconds, medians: each step until it is drawn."""
    with page_over(made) as (window, view):
        view.presenter.widen()
        listed = view._list  # noqa: SLF001

        def timed(do: Callable[[], object], back: Callable[[], object]) -> float:
            taken = []
            for _ in range(rounds):
                begun = time.perf_counter()
                do()
                window.root.update()
                taken.append((time.perf_counter() - begun) * 1000)
                back()
                window.root.update()
            return statistics.median(taken)

        def top() -> None:
            listed._go(0)  # noqa: SLF001

        return {
            "open": timed(lambda: view.presenter._news(Changes(counts=True)), lambda: None),  # noqa: SLF001
            "page": timed(lambda: listed._go(listed.at + listed.rows_in_sight), lambda: None),  # noqa: SLF001
            "end": timed(lambda: listed._go(10**9), top),  # noqa: SLF001
            "scroll": timed(lambda: listed._scroll(3), lambda: None),  # noqa: SLF001
            "search": timed(lambda: view.presenter.search(TYPED), lambda: view.presenter.search("")),
            "late": timed(lambda: view.presenter.toggle("late"), view.presenter.widen),
        }


def main() -> int:
    """Figures as a table, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    _million.with_arguments(parser).add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    few, many = (
        figures(_million.made(orders, options.data, cache=options.cache), options.rounds) for orders in (1000, options.orders)
    )
    steps = {
        name: {"few_ms": round(few[name], 1), "many_ms": round(many[name], 1), "ratio": round(many[name] / few[name], 2)}
        for name in few
    }
    well = all(step["ratio"] <= TARGET or step["many_ms"] <= TARGET_MS for step in steps.values())
    if options.json:
        sys.stdout.write(json.dumps({"orders": options.orders, "steps": steps, "met": well}) + "\n")
    else:
        for name, step in steps.items():
            sys.stdout.write(f"{name:8} {step['few_ms']:9.1f} ms {step['many_ms']:9.1f} ms   x{step['ratio']}\n")
        sys.stdout.write(f"target x{TARGET} or {TARGET_MS} ms: {'met' if well else 'missed'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
