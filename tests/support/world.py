"""Two posts of the centre, a hub, and lines between them that may be bad: what the invariants of the sync are tried on."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from county_hotline.db.store import Store
from county_hotline.domain.facts import Corrected, Dispatched, Fact, Finished, NoteAdded, Replied, SignedFor
from county_hotline.domain.vocabulary import Outcome, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number
from tests.support.flaky import Act, FlakyWire, at_random
from tests.support.line import HOUSING, OFFICER, WATER, DirectWire, Post, a_card, a_hub
from tests.support.ticking_clock import TickingClock

FACTS: tuple[Callable[[random.Random], Fact], ...] = (
    lambda chance: Corrected(reason="听错", title=f"路灯不亮{chance.randrange(3)}"),
    lambda chance: Dispatched(agency=chance.choice((WATER, HOUSING)), due_on="2026-11-28"),
    lambda chance: SignedFor(agency=chance.choice((WATER, HOUSING))),
    lambda chance: Replied(agency=chance.choice((WATER, HOUSING)), internal="已修复。"),
    lambda chance: Finished(outcome=chance.choice((Outcome.SOLVED, Outcome.EXPLAINED))),
    lambda chance: NoteAdded(text=f"备注{chance.randrange(3)}"),
)
"""Any act on an order, whether or not it still fits: the fold must bear all of them."""

ROUNDS_TO_QUIET = 4


class World:
    """Both posts see every order, so both may act on the same one."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="line-"))
        clock = TickingClock()
        self.hub = a_hub(self.folder / "hub", clock)
        self.wires = [FlakyWire(DirectWire(self.hub)), FlakyWire(DirectWire(self.hub))]
        self.posts = [
            Post.enrolled(
                self.folder / str(place),
                self.hub,
                a_card(str(90 + place), StationRole.CENTRE, "37032300"),
                clock=TickingClock(now=clock.now - place * 86_400_000 * 400),
                wire=wire,
            )
            for place, wire in enumerate(self.wires)
        ]
        self.numbers: list[Number] = []

    def close(self) -> None:
        for post in self.posts:
            post.close()
        self.hub.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def stores(self) -> tuple[Store, ...]:
        return (*(post.store for post in self.posts), self.hub.store)

    def accept(self, who: int) -> Number:
        self.numbers.append(self.posts[who].accept(confidential=len(self.numbers) % 3 == 0))
        return self.numbers[-1]

    def act(self, who: int, number: Number, fact: Fact) -> None:
        """Any fact whatever, so long as the order is there."""
        if self.posts[who].store.order(number).entries:
            self.posts[who].store.record(number, lambda order: (fact, None), officer=OFFICER)

    def bad_line(self, who: int, seed: int, share: float = 0.5) -> None:
        self.wires[who].follow(at_random(random.Random(seed), share))

    def script(self, who: int, acts: Sequence[Act]) -> None:
        self.wires[who].follow(acts)

    def quiet(self) -> None:
        """Good lines for a while: everything that can arrive arrives."""
        for wire in self.wires:
            wire.follow(())
        for _ in range(ROUNDS_TO_QUIET):
            for post in self.posts:
                report = post.sync()
                assert report.fault == "", report
        assert all(post.store.counts().waiting == 0 for post in self.posts)

    def orders(self, store: Store) -> list[WorkOrder]:
        return [store.order(number) for number in self.numbers]

    def all_agree(self) -> None:
        """I5, with what stands on it: same orders, same tables, whole chains, same counts."""
        here, there, above = (self.orders(store) for store in self.stores)
        assert here == there
        assert here == above
        reports = [store.verify() for store in self.stores]
        assert [report.problems for report in reports] == [(), (), ()]
        assert len({(report.entries, report.orders) for report in reports}) == 1


TABLES = {
    "entries": "entry_id, hash",
    "words": "entry, salt, body",
    "persons": "entry, salt, body",
    "receipts": "hub_seq, entry, received_at",
    "chains": "station, life, serial, hash, receipted",
    "held": "entry_id, code, here",
    "erasures": "entry, part, fact_entry",
    "work_orders": "*",
    "assignments": "*",
    "clashes": "*",
    "concerns": "*",
}


def picture(store: Store) -> dict[str, list[str]]:
    """Everything in the database that delivering may touch, row by row, and where the cursor stands."""
    db = store.database.connection()
    rows: dict[str, list[str]] = {
        name: sorted(map(repr, db.execute(f"SELECT {fields} FROM {name}"))) for name, fields in TABLES.items()
    }
    rows["cursor"] = [str(store.cursor())]
    return rows
