"""Parcels on sticks between stations and their hubs: lost, copied, swapped, cut, changed, read late, twice, at the wrong place, mixed with the line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from county_hotline.domain.views import RoundWay
from county_hotline.errors import BadInput, HotlineError
from county_hotline.hub import parcel_answers, parcels
from county_hotline.sync.parcel import bag, coming_down, going_up, sealing, stick
from county_hotline.sync.parcel.going_up import StationEnd
from tests.support.simulator.books import Broken
from tests.support.simulator.machines import HubMachine, Pc
from tests.support.simulator.power import PowerCut

if TYPE_CHECKING:
    from tests.support.simulator.world import World

MOST: Final = 12
"""So many sticks are on their way at once; the oldest is lost."""
SEALED: Final = b"age-encryption.org/v1"
EARLIER_EPOCH, GAP = "I190", "A310"
OFF: Final = "power"


@dataclass
class Stick:
    """One parcel as it lies on a medium."""

    path: Path
    receiver: str
    """The PC or hub it is for."""
    pc: str
    is_spoilt: bool = False


class Sticks:
    """All that are on their way."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lying: list[Stick] = []
        self._made = 0

    def event(self) -> None:
        """Something happens to a stick, or one is made."""
        draw = self._world.chance.random()
        if not self._lying or draw < 0.3:
            self._make()
        elif draw < 0.38:
            self._answer_later()
        elif draw < 0.5:
            self._spoil(self._one())
        else:
            self._carry(self._one())

    def _one(self) -> Stick:
        return self._world.chance.choice(self._lying)

    # ------------------------------------------------------------ made

    def _make(self) -> None:
        world = self._world
        pc = world.chance.choice(world.pcs)
        if pc.is_old or pc.depth:  # a parcel is no word of protocol 1; and one thing at a time at one PC
            return
        world.count("stick")
        folder = self._folder()
        world.on(pc, lambda: self._export(pc, folder), 0.1)
        self._lies(folder, pc.hub_name, pc)

    def _export(self, pc: Pc, folder: Path) -> None:
        end = _end_of(pc)
        made, handed = going_up.make(end)
        pc.power.boundary()
        stick.put(made, folder)
        pc.power.boundary()
        going_up.is_sent(end, made, handed)

    def _answer_later(self) -> None:
        """At the hub, for a station that sent one some time ago, or never."""
        world = self._world
        pc = world.chance.choice(world.pcs)
        hub = world.hubs[pc.hub_name]
        if pc.is_old:
            return
        world.count("stick")
        folder = self._folder()

        def put() -> None:
            self._put(pc, hub, parcel_answers.answer_later(hub.hub, parcel_answers.known(hub.hub, pc.card.station)), folder)

        self._at(hub, put)
        self._lies(folder, pc.name, pc)

    def _put(self, pc: Pc, hub: HubMachine, prepared: parcel_answers.Prepared, folder: Path) -> None:
        path = stick.put(prepared.parcel, folder)
        with suppress(BadInput):  # sealed to a key the PC no longer has
            self._world.books.tap_parcel(pc.card, sealing.opened(bag.opened(path).content, pc.pair))
        hub.power.boundary()
        parcel_answers.is_sent(hub.hub, prepared)

    def _folder(self) -> Path:
        self._made += 1
        folder = self._world.folder / "sticks" / str(self._made)
        folder.mkdir(parents=True)
        return folder

    def _lies(self, folder: Path, receiver: str, pc: Pc) -> None:
        self._lying += [Stick(path, receiver, pc.name) for path in sorted(folder.glob("*.zip"))]
        self._lying = self._lying[-MOST:]

    # ------------------------------------------------------------ spoilt

    def _spoil(self, found: Stick) -> None:
        world = self._world
        world.count("stick")
        draw = world.chance.random()
        if draw < 0.3:
            self._lying.remove(found)
            world.say(f"a stick for {found.receiver} is lost")
            return
        copy = self._folder() / found.path.name
        whole = found.path.read_bytes()
        at = whole.index(SEALED) + 200 if SEALED in whole else len(whole) // 2
        if draw < 0.6:
            copy.write_bytes(whole)
            self._lying.append(Stick(copy, found.receiver, found.pc, found.is_spoilt))
        elif draw < 0.8:
            copy.write_bytes(whole[: int(world.chance.random() * len(whole) * 0.95)])
            self._lying.append(Stick(copy, found.receiver, found.pc, is_spoilt=True))
        elif at < len(whole):
            copy.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            self._lying.append(Stick(copy, found.receiver, found.pc, is_spoilt=True))

    # ------------------------------------------------------------ read

    def _carry(self, found: Stick) -> None:
        """To whom it is for, or, swapped, to somebody else. It may be read again later."""
        world = self._world
        world.count("stick")
        places: dict[str, Pc | HubMachine] = {**world.hubs, **{pc.name: pc for pc in world.pcs if not pc.is_old}}
        where = found.receiver if world.chance.random() < 0.85 else world.chance.choice(sorted(places))
        if world.chance.random() < 0.6:
            self._lying.remove(found)
        machine = places.get(where)
        if machine is None:
            return
        is_right = where == found.receiver and not found.is_spoilt
        if isinstance(machine, HubMachine):
            said = self._at(machine, lambda: self._hand_in(machine, found))
        else:
            pc = machine
            done = world.on(pc, lambda: self._import(pc, found), 0.2)
            said = OFF if done is None else done
        world.say(f"a stick of {found.pc} is read at {where}: {said or 'well'}")
        if said not in (OFF, *self._excused()) and (said.startswith("A") or (said and is_right)):
            raise Broken("no false alarm", f"a good stick of {found.pc} at {where}: {said}")
        if not said and found.is_spoilt:
            raise Broken("P4", f"a spoilt stick of {found.pc} was read at {where}")

    def _excused(self) -> set[str]:
        """What came out in an epoch that the hub has left, or goes on where the hub has no more what was before it (ADR 0023); and what is
        for a key that a new PC took the place of."""
        copies = self._world.copies
        return ({EARLIER_EPOCH, GAP} if copies.hub_restores else set()) | ({"I183", "I189"} if copies.takeovers else set())

    def _hand_in(self, hub: HubMachine, found: Stick) -> str:
        try:
            received = parcels.take(hub.hub, found.path)
        except HotlineError as fault:
            return fault.code
        pc = next((each for each in self._world.pcs if each.card.station == received.station.card.station), None)
        if pc is not None and (prepared := received.answer(hub.hub)) is not None:
            folder = self._folder()
            self._put(pc, hub, prepared, folder)
            self._lies(folder, found.pc, pc)
        return next((problem.code for problem in received.problems if problem.code.startswith("A")), "")

    def _import(self, pc: Pc, found: Stick) -> str:
        try:
            coming_down.take(_end_of(pc), found.path, way=RoundWay.STICK, tell=lambda changes: None)
        except HotlineError as fault:
            return fault.code
        return ""

    def _at(self, hub: HubMachine, work: Callable[[], str | None]) -> str:
        world = self._world
        try:
            with world.at_risk(hub, 0.1):
                return work() or ""
        except PowerCut as cut:
            if cut.power is not hub.power:
                raise
            world.reboot(hub)
            return OFF


def _end_of(pc: Pc) -> StationEnd:
    return StationEnd(pc.store, pc.pair, pc.address, pc.clock)
