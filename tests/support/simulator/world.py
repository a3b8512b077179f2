"""A county in one process, from one seed: officers, hubs, lines, clocks and power supplies, one event after another, until all is quiet."""

from __future__ import annotations

import logging
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from county_hotline.domain.views import RoundReport
from county_hotline.errors import HotlineError
from tests.support.simulator import checks
from tests.support.simulator.books import MARK_TEXT, Books, Broken, Ear
from tests.support.simulator.chance import DICE
from tests.support.simulator.copies import Copies
from tests.support.simulator.founding import founded, ram_disk
from tests.support.simulator.machines import Clock, HubMachine, Machine, Pc, Time, until_it_opens
from tests.support.simulator.officers import Officers
from tests.support.simulator.power import PowerCut
from tests.support.simulator.sticks import Sticks
from tests.support.simulator.topology import BELOW_A_CITY, ONE_HUB, Topology
from tests.support.simulator.wire import SimulatedWire, Weather, Wire

T = TypeVar("T")

YEARS_10_MS: Final = 10 * 365 * 86_400_000
DEEPEST: Final = 2
"""So many rounds wait for the wire inside one another."""
NARROW_BYTES: Final = 2_500
"""What a narrow line lets through between two cuts: one small batch."""
PASSES: Final = 8
PLAYS: Final = {"city": 0.2, "sticks": 0.4, "files": 0.35, "hub restore": 0.25, "takeover": 0.25}
"""Which worlds have a hub above the hub, parcels, attachments, a hub that is put back, stations that get a new PC; by name, with their share."""
FAULTS: Final = (
    *(fate.name.lower() for fate in Wire),
    "crash",
    "clock",
    "restore",
    "clone",
    "narrow",
    "bad records",
    "erase",
    "meanwhile",
    *PLAYS,
)
"""What may be turned off, by name."""


class World:
    """One county and all that befalls it."""

    def __init__(
        self,
        seed: int,
        *,
        without: frozenset[str] = frozenset(),
        topology: Topology | None = None,
        trace: Callable[[str], None] | None = None,
    ) -> None:
        self.plays = _drawn(seed) - without
        topology = topology or (BELOW_A_CITY if "city" in self.plays else ONE_HUB)
        county = founded(topology)
        DICE.begin(seed)
        self.chance = random.Random(seed)
        self.without = without
        self.topology = topology
        self.time = Time()
        self.books = Books()
        self.counted: Counter[str] = Counter()
        self.weather: dict[str, Weather] = {}
        self.is_quiet = False
        old = topology.seats[seed % len(topology.seats)].code if seed % 2 else ""
        self._old = "" if "hub restore" in self.plays else old  # 0.1 asks a person where a hub was put back (ADR 0023)
        self.history: tuple[tuple[str, str, int, str], ...] = ()
        """The hub's order as it was at the last quiet moment."""
        self._trace = trace
        self._late: list[Callable[[], object]] = []
        self.waiting: list[Pc | HubMachine] = []
        self._jumps = 0
        self._until_quiet = self.chance.randrange(20, 70)
        self._officers = Officers(self.chance, self.books, without, self.plays)
        self.folder = Path(tempfile.mkdtemp(prefix="world-", dir=ram_disk()))
        shutil.copytree(county.folder, self.folder, dirs_exist_ok=True)
        self.hubs = {level.name: HubMachine(level.name, self.folder / level.name, Clock(self.time)) for level in topology.hubs}
        for hub in self.hubs.values():
            hub.boot()
        for level in topology.hubs:
            if level.above:
                lower = self.hubs[level.name]
                lower.link, lower.wire = county.links[level.name], SimulatedWire(self, lower, self.hubs[level.above])
                self.weather[level.name] = Weather()
        self.sticks = Sticks(self)
        self.copies = Copies(self)
        self.pcs: list[Pc] = []
        for seat in topology.seats:
            self.stand(  # P8: in every second world one station speaks protocol 1 only
                Pc(seat.code, self.folder / seat.code, Clock(self.time), county.cards[seat.code], county.addresses[seat.code]),
                seat.hub,
            )
        self._ear = Ear()
        self._logger = logging.getLogger("county_hotline")
        self._logged_before = self._logger.level
        self._logger.setLevel(logging.INFO)
        self._logger.addHandler(self._ear)

    def close(self) -> None:
        self._logger.removeHandler(self._ear)
        self._logger.setLevel(self._logged_before)
        for machine in (*self.pcs, *self.hubs.values()):
            machine.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def steps(self) -> int:
        """Events handled so far: acts, rounds, pieces of the wire, ticks, and boundaries at which the power could go."""
        return sum(self.counted.values()) + self.boundaries

    @property
    def boundaries(self) -> int:
        return sum(machine.power.boundaries for machine in (*self.pcs, *self.hubs.values()))

    # ------------------------------------------------------------ the run

    def run(self, steps: int) -> None:
        """At least so many steps, and quiet at the end. Raises Broken."""
        while self.steps < steps:
            self._event()
            self._until_quiet -= 1
            if self._until_quiet <= 0:
                self.quiet()
                self._until_quiet = self.chance.randrange(20, 70)
        self.quiet()

    def _event(self) -> None:
        happens, weights = zip(*_EVENTS, strict=True)
        what = self.chance.choices(happens, weights)[0]
        what(self)
        self._listen()

    def quiet(self) -> None:
        """Good lines, all powered on, rounds until nothing moves; then every promise is looked at."""
        self.say("quiet")
        self.is_quiet = True
        self._deliver_all()
        for weather in self.weather.values():
            weather.bad, weather.narrow = 0.0, None
        if "narrow" not in self.without and self.chance.random() < 0.3:
            self._settle(narrow=NARROW_BYTES)
        self._settle(narrow=None)
        checks.all_promises(self)
        self._listen()
        self.history = checks.history(self.hubs["county"])
        self.is_quiet = False

    def _settle(self, *, narrow: int | None) -> None:
        """Rounds of everybody until nothing moves. P6: each pass in which something waits moves something."""
        for pc in self.pcs:  # who stands below is told in one piece, which need not fit: lines between hubs are not so narrow
            self.weather[pc.name].narrow = narrow
        passes = 0
        while True:
            passes += 1
            reports = [self.round(machine) for machine in self._with_rounds()]
            faults = [report.fault for report in reports if report and report.fault]
            moved = sum(report.sent + report.received + _files_moved(report, narrow) for report in reports if report)
            waits = [report for report in reports if report is None or not report.complete or report.fault]
            if not moved and not waits:
                return
            if narrow is None and (faults or passes > PASSES):
                raise Broken("P6", f"over good lines, pass {passes}: {faults or 'something still moves'}")
            if narrow is not None and not moved:
                raise Broken(
                    "P6", f"over lines that pass {narrow} bytes between two cuts nothing moved in a whole pass: {faults}"
                )

    # ------------------------------------------------------------ events

    def act(self, pc: Pc | None = None) -> None:
        pc = pc or self.idle()
        if pc is None:
            return
        self.count("act")
        told = self.on(pc, lambda: self._officers.act(pc), 0.12)
        self._account(pc, told=told is not None)
        self.say(f"{pc.name} {told or 'loses its power in an act'}")

    def round(self, pc: Pc | HubMachine | None = None) -> RoundReport | None:
        """One round; None where the power went."""
        pc = pc or self.chance.choice(self._with_rounds())
        if pc in self.waiting:
            return None
        self.count("round")
        jumps = self._jumps
        self.waiting.append(pc)
        try:
            report = self.on(pc, pc.round, 0.25)
        finally:
            self.waiting.remove(pc)
        self._account(pc, told=False)
        self.say(f"{pc.name} round: {_brief(report) if report else 'loses its power'}")
        if report is not None:
            self._judge(pc, report, jumped=jumps != self._jumps)
        self.books.altered.discard(pc.name)
        return report

    def _judge(self, pc: Pc | HubMachine, report: RoundReport, *, jumped: bool) -> None:
        """A bad line is called a bad line, and nothing else is. Raises Broken."""
        if MARK_TEXT.search(repr(report)):
            raise Broken("P9", f"{pc.name}: a report tells of a confidential caller")
        fault = report.fault
        excused = {"A202": pc.name in self.books.altered, "A203": jumped}
        if fault.startswith("N") and fault not in ("N115", "N118"):
            return
        if fault and not excused.get(fault, False):
            raise Broken("no false alarm", f"{pc.name}: {fault} {report.fault_details}")

    def turn_of_weather(self) -> None:
        pc = self.chance.choice(self._with_rounds())
        weather = self.weather[pc.name]
        weather.bad = self.chance.choice((0.0, 0.1, 0.3, 0.6, 1.0))
        narrow = self.chance.choice((None, None, 200, NARROW_BYTES))
        weather.narrow = narrow if "narrow" not in self.without and isinstance(pc, Pc) else None
        self.count("tick")

    def tick(self) -> None:
        self.count("tick")
        self.passes(ms=self.chance.choice((1_000, 60_000, 3_600_000, 86_400_000)))

    def jump(self) -> None:
        """Somebody, or a dead battery, sets a clock by up to ten years."""
        self.count("tick")
        machine = self.chance.choice((*self.pcs, *self.hubs.values()))
        off = self.chance.choice((0, 1, -1, 1, -1)) * self.chance.randrange(YEARS_10_MS)
        if "clock" in self.without:
            return
        machine.clock.off_ms = off
        self._jumps += isinstance(machine, HubMachine)
        self.say(f"the clock of {machine.name} is {off / 86_400_000:.1f} days off")

    def blackout(self) -> None:
        """The power goes while nothing was done."""
        machine = self.idle() if self.chance.random() < 0.6 else self.chance.choice(list(self.hubs.values()))
        if machine is not None and "crash" not in self.without:
            self.reboot(machine)

    def stick(self) -> None:
        if "sticks" in self.plays:
            self.sticks.event()

    def late_delivery(self) -> None:
        self.count("tick")
        if self._late:
            self._late.pop(self.chance.randrange(len(self._late)))()

    # ------------------------------------------------------------ what the wire asks of the world

    def fate_of(self, pc: Pc | HubMachine) -> Wire | None:
        """What happens to this request; None: it passes."""
        weather = self.weather[pc.name]
        if self.is_quiet or self.chance.random() >= weather.bad:
            return None
        fate = self.chance.choice(list(Wire))
        return None if fate.name.lower() in self.without else fate

    def meanwhile(self, pc: Pc | HubMachine) -> None:
        """While one PC waits for the wire, others go on, and its own officer too."""
        if self.is_quiet or self.chance.random() > 0.12 or "meanwhile" in self.without or not self.waiting:
            return
        draw = self.chance.random()
        if draw < 0.4:
            self.act(pc if isinstance(pc, Pc) else None)
        elif draw < 0.55:
            self.act()
        elif draw < 0.8 and len(self.waiting) < DEEPEST:
            self.round()
        elif draw < 0.86:
            self.late_delivery()
        elif draw < 0.9:
            self.stick()
        elif "crash" not in self.without:
            self.reboot(self.chance.choice(list(self.hubs.values())))

    def later(self, deliver: Callable[[], object]) -> None:
        self._late.append(deliver)

    def part_of(self, size: int) -> int:
        """A place in so many bytes."""
        return int(self.chance.random() * size)

    def drip_ms(self) -> int:
        return self.chance.choice((100, 5_000, 200_000, 600_000))

    def passes(self, *, ms: int) -> None:
        self.time.ms += ms

    def count(self, what: str) -> None:
        self.counted[what] += 1

    def say(self, what: str) -> None:
        if self._trace is not None:
            self._trace(f"{self.steps:7} {'  ' * len(self.waiting)}{what}")

    @contextmanager
    def at_risk(self, machine: Machine, share: float = 0.03) -> Iterator[None]:
        """Boundaries are counted; this time, perhaps, the power goes at one of them."""
        power = machine.power
        if power.watched:  # an act while its own round waits
            yield
            return
        power.watched = not self.is_quiet
        draw, left = self.chance.random(), 1 + int(self.chance.expovariate(1 / 30))
        power.left = left if draw < share and not self.is_quiet and "crash" not in self.without else None
        try:
            yield
        finally:
            power.watched, power.left = False, None

    def reboot(self, machine: Machine) -> None:
        """Off and on again."""
        self.count("reboot")
        machine.pull()
        self.boot(machine)
        self.say(f"{machine.name} starts again")

    # ------------------------------------------------------------ inside

    def on(self, pc: Pc | HubMachine, work: Callable[[], T], share: float) -> T | None:
        """Do something on a PC. None where its power went; then it has started again."""
        pc.depth += 1
        try:
            with self.at_risk(pc, share):
                return work()
        except PowerCut as cut:
            if cut.power is not pc.power or pc.depth > 1:
                raise
        except HotlineError as fault:
            raise Broken("no trouble of its own", f"{pc.name}: {fault!r}") from fault
        finally:
            pc.depth -= 1
        self.reboot(pc)
        return None

    def _account(self, pc: Pc | HubMachine, *, told: bool) -> None:
        """What became of the act that was begun."""
        if isinstance(pc, Pc) and pc.pending is not None:
            pending, pc.pending = pc.pending, None
            self.books.note(pc, pending, told=told)

    def boot(self, machine: Machine) -> None:
        with self.at_risk(machine, 0.2):
            until_it_opens(machine)

    def stand(self, pc: Pc, hub: str) -> None:
        pc.wire = SimulatedWire(self, pc, self.hubs[hub])
        self.weather[pc.name] = Weather()
        pc.is_old, pc.hub_name = pc.name == self._old, hub
        self.pcs.append(pc)
        pc.boot()

    def _with_rounds(self) -> list[Pc | HubMachine]:
        """All PCs, and hubs that stand below another."""
        return [*self.pcs, *(hub for hub in self.hubs.values() if hub.link is not None)]

    def idle(self) -> Pc | None:
        """A PC that waits for nothing."""
        pc = self.chance.choice(self.pcs)
        return None if pc in self.waiting else pc

    def _deliver_all(self) -> None:
        """What was given up on arrives now, or never."""
        while self._late:
            deliver = self._late.pop(self.chance.randrange(len(self._late)))
            if self.chance.random() < 0.5:
                deliver()

    def _listen(self) -> None:
        if self._ear.heard:
            raise Broken(*self._ear.heard[0])


def _drawn(seed: int) -> frozenset[str]:
    """What this world has besides: few have all of it, so that each stays small."""
    chance = random.Random(f"plays {seed}")
    return frozenset(name for name, share in PLAYS.items() if chance.random() < share)


def _files_moved(report: RoundReport, narrow: int | None) -> int:
    """Attachments; the smallest piece is larger than what a narrow line lets through."""
    return report.files_sent + report.files_received if narrow is None else 0


def _brief(report: RoundReport) -> str:
    return f"sent {report.sent}, took in {report.received}, held {len(report.held)}, {report.fault or 'no fault'}"


_EVENTS: Final[tuple[tuple[Callable[[World], object], float], ...]] = (
    (World.act, 40),
    (World.round, 28),
    (World.turn_of_weather, 7),
    (World.tick, 7),
    (World.jump, 4),
    (World.blackout, 4),
    (lambda world: world.copies.back_up(), 5),
    (lambda world: world.copies.restore(), 3),
    (lambda world: world.copies.clone(), 0.4),
    (World.late_delivery, 5),
    (World.stick, 9),
    (lambda world: world.copies.take_over(), 0.6),
    (lambda world: world.copies.back_up_hub(), 1.5),
    (lambda world: world.copies.restore_hub(), 1.5),
)
