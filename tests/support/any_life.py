"""Random lives of a few orders: several people at several stations do whatever they may, and try what they may not; a line comes and goes."""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

from county_hotline.clock import local
from county_hotline.desk import acts, intake
from county_hotline.desk.acts.spec import Field, FieldKind, Opened
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.authority import may_write
from county_hotline.domain.facts import Fact
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import EntryId, Number
from tests.support.story_county import CENTRE, Seat, StoryCounty
from tests.support.ticking_clock import TickingClock

SECOND = "县中心二"
SEATS = {
    CENTRE: ("派单员", "审核员", "督办员", "负责人", "负责人"),
    SECOND: ("负责人",),
    "燕崖镇": ("受理员", "负责人"),
    "县住建局": ("承办员", "负责人"),
    "县水利局": ("负责人",),
}
UNITS = ("370323D04", "370323D02", "370323109", "370323D13")
APART = frozenset({"print", "unmask", "erase", "attach"})
"""Acts that write no step of the life, or need a file."""
ENOUGH = 3
WORDS = ("现场看过，已处理", "按权责清单办", "电话联系三次", "")
RARE = frozenset({"tell_path", "answer", "void", "merge", "archive", "transfer_emergency", "recall", "note", "correct"})
"""Acts that end an order or that can be done at any time: else every walk would end before anything happened."""
USUAL = frozenset({"dispatch", "sign_for", "reply", "review", "call_units", "find", "supervise"})
"""Acts on which others wait."""


@dataclass
class Life:
    """What happened in one run."""

    county: StoryCounty
    clock: TickingClock
    chance: random.Random
    numbers: list[Number] = field(default_factory=list)
    written: dict[EntryId, Fact] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    refused: int = 0
    forged: int = 0

    def step(self) -> None:
        """One of: time passes, somebody syncs, a new request, an act."""
        draw = self.chance.random()
        if draw < 0.12:
            self.clock.advance(hours=self.chance.choice((1, 5, 20, 70)))
        elif draw < 0.34:
            self.county.sync(*self.chance.sample(list(SEATS), self.chance.choice((1, 2, len(SEATS)))))
        elif not self.numbers or (draw < 0.42 and len(self.numbers) < ENOUGH):
            self.register()
        else:
            self.act()

    def settle(self) -> None:
        """The line is there for everybody until nothing is left to say."""
        for _ in range(2):
            self.county.sync(*SEATS)

    def register(self) -> None:
        seat = self.county.seat("燕崖镇")
        desk = seat.sits("受理员")
        form = IntakeForm(
            name="示例来电人",
            phone="13800138000",
            place="370323109",
            title=f"路灯不亮{len(self.numbers)}",
            content="三盏。",
            public=self.chance.random() < 0.5,
            confidential=self.chance.random() < 0.15,
        )
        self.clock.advance(seconds=1)
        order = intake.accept(desk, form)
        self.numbers.append(order.number)
        self._keep(seat, order.number)

    def act(self) -> None:
        """Somebody does something to an order they have, chosen mostly among what can be done."""
        name = self.chance.choice(list(SEATS))
        seat = self.county.seat(name)
        desk = seat.sits(self.chance.choice(SEATS[name]))
        number = self.chance.choice(self.numbers)
        order = seat.store.order(number)
        if not order.entries:
            return
        open_acts = [each.name for each in acts.standing(desk, order) if each.can and each.name not in APART]
        everything = [each for each in acts.ACTS if each not in APART]
        legal = bool(open_acts) and self.chance.random() < 0.85
        offered = open_acts if legal else everything
        weights = [1 if each in RARE else 9 if each in USUAL else 4 for each in offered]
        chosen = self.chance.choices(offered, weights)[0]
        self.clock.advance(seconds=1)
        try:
            acts.perform(desk, number, chosen, self._typed(desk, order, chosen))
        except (Refusal, BadInput):
            self.refused += 1
        else:
            self.done.append(chosen)
            for each in self.numbers:
                self._keep(seat, each)

    def forge(self, fact: Fact) -> None:
        """Write a fact that no decision would have let pass, from a station that may write its kind."""
        seat = self.county.seat(self.chance.choice(list(SEATS)))
        desk = seat.sits("负责人")
        known = [number for number in self.numbers if seat.store.order(number).accepted is not None]
        number = self.chance.choice(known) if known else None
        if number is None or not fact.kind or not may_write(seat.card, number, fact):
            return
        self.clock.advance(seconds=1)
        seat.store.record(number, lambda order: (fact, None), officer=desk.signed_in().officer)
        self.forged += 1
        self._keep(seat, number)

    def _keep(self, seat: Seat, number: Number) -> None:
        for event in seat.store.view(number).story:
            if event.station == seat.card.station:
                self.written.setdefault(event.entry_id, event.fact)

    # -- filling forms ----------------------------------------------------------------------------------------------

    def _typed(self, desk: Desk, order: WorkOrder, name: str) -> dict[str, str]:
        opened = acts.opened(desk, order, name)
        typed = dict(opened.values)
        for each in opened.act.fields:
            if not typed.get(each.name) or self.chance.random() < 0.3:
                typed[each.name] = self._value(opened, each)
        return typed

    def _value(self, opened: Opened, told: Field) -> str:
        """Something for a field, now and then nothing or something that is refused."""
        chance, choices = self.chance, [each.value for each in opened.choices.get(told.name, ())]
        if told.kind in (FieldKind.CHOICE, FieldKind.AGENCY) and choices:
            return chance.choice(choices)
        day, at = local(self.clock.now).date(), local(self.clock.now)
        pools: dict[FieldKind, tuple[str, ...]] = {
            FieldKind.TICK: ("1", ""),
            FieldKind.TERNARY: ("yes", "no", ""),
            FieldKind.WHOLE: tuple(str(each) for each in range(7)),
            FieldKind.DAY: tuple((day + timedelta(days=each)).isoformat() for each in range(-2, 25)),
            FieldKind.MOMENT: tuple(f"{at + timedelta(hours=each):%Y-%m-%d %H:%M}" for each in range(-30, 40)),
            FieldKind.AGENCY: UNITS,
            FieldKind.AGENCIES: (" ".join(UNITS[:2]), " ".join(UNITS[1:3]), UNITS[0]),
            FieldKind.ORDER: tuple(self.numbers),
            FieldKind.SHARES: ("", "县住建局：修好：12-20"),
            FieldKind.LINE: WORDS,
            FieldKind.TEXT: WORDS,
        }
        return chance.choice(pools.get(told.kind, ("",)))


@cache
def founded() -> Path:
    """A county with all its seats taken and nothing in it yet, to be copied: founding takes longer than a whole life."""
    folder = Path(tempfile.mkdtemp(prefix="county-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    county = StoryCounty(folder, TickingClock())
    for name in SEATS:
        county.seat(name)
    county.close()
    return folder


def a_life(folder: Path, clock: TickingClock, seed: int) -> Life:
    """A life in a county of its own."""
    shutil.copytree(founded(), folder, dirs_exist_ok=True)
    county = StoryCounty(folder, clock)
    for name in SEATS:
        county.seat(name)
    return Life(county, clock, random.Random(seed))
