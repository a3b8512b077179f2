"""Files that are copied, put back, or gone with their PC: backups of stations and hubs, twins, and new PCs in an old one's name."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from county_hotline.ids import Life
from tests.support.line import Post
from tests.support.simulator import checks
from tests.support.simulator.machines import Backup, Clock, Pc

if TYPE_CHECKING:
    from tests.support.simulator.world import World


class Copies:
    """What becomes of files and PCs."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._hub_copy: Path | None = None
        self._hub_copy_knows_all = False
        """Every PC's key is in it. A hub that was put back to before a takeover asks for a new code (A201), and a person gives it."""
        self.hub_restores = self.takeovers = 0

    def back_up(self) -> None:
        self._world.count("act")
        pc = self._world.idle()
        if pc is not None and "restore" not in self._world.without:
            pc.backups.append(Backup(pc.back_up(f"{len(pc.backups)}"), pc.lives()))

    def restore(self) -> None:
        """An old file is put back. What nobody else had of it is gone; all else must come back."""
        self._world.count("act")
        pc = self._world.idle()
        if pc is None or not pc.backups or pc.restores >= 3 or self._has_twin(pc) or "restore" in self._world.without:
            return
        backup = self._world.chance.choice(pc.backups)
        pc.pull()
        pc.put_back(backup.copy)
        pc.restores += 1
        self._world.boot(pc)
        self._went_with_its_file(pc, backup.lives)
        self._world.say(f"{pc.name} is put back to an older file, life {pc.store.life()}")

    def _went_with_its_file(self, pc: Pc, lives: Mapping[Life, int]) -> None:
        """What this PC wrote beyond these serials is not on its disk any more."""
        at_hub = checks.entries_at(self._world.hubs[pc.hub_name])
        for each in self._world.books.written.values():
            if each.pc == pc.name and each.serial > lives.get(each.life, 0):
                each.only_above, each.gone = True, each.gone or each.entry_id not in at_hub

    def take_over(self) -> None:
        """A new PC goes on in a station's name. What the old one had not sent is gone with it."""
        self._world.count("act")
        pc = self._world.idle()
        if (
            pc is None
            or self._has_twin(pc)
            or pc.is_old
            or "takeover" not in self._world.plays
            or self.takeovers >= 2
            or self._world.waiting
        ):
            return
        self.takeovers += 1
        self._hub_copy_knows_all = False
        hub = self._world.hubs[pc.hub_name]
        pc.pull()
        shutil.rmtree(pc.folder)
        pc.folder.mkdir()
        self._went_with_its_file(pc, {})
        with hub.looked_at():
            post = Post.taking_over(pc.folder, hub.hub, pc.card, clock=pc.clock)
        post.close()
        pc.noted, pc.backups = {}, []
        self._world.boot(pc)
        self._world.say(f"{pc.name} is taken over by a new PC, life {pc.store.life()}")

    def back_up_hub(self) -> None:
        self._world.count("act")
        if "hub restore" in self._world.plays:
            hub = self._world.hubs["county"]
            self._hub_copy = hub.back_up("hub")
            self._hub_copy_knows_all = True

    def restore_hub(self) -> None:
        """The hub's database is put back. What no PC has any more of what it lost is gone for good, so that is not tried (ADR 0023)."""
        self._world.count("act")
        if self._hub_copy is None or not self._hub_copy_knows_all or self._world.waiting or self.hub_restores >= 3:
            return
        if "city" in self._world.plays:
            return  # a hub below another keeps its ranks (ADR 0020, A333: a person has to look)
        on_disk = {pc.name: pc.entry_ids() for pc in self._world.pcs}
        if any(not each.gone and each.entry_id not in on_disk[each.pc] for each in self._world.books.written.values()):
            return
        hub = self._world.hubs["county"]
        hub.pull()
        hub.put_back(self._hub_copy)
        self.hub_restores += 1
        self._world.boot(hub)
        self._world.say(f"the hub is put back to an older file, epoch {hub.store.epoch()[:8]}")

    def clone(self) -> None:
        """The database is copied to a second PC, alone."""
        self._world.count("act")
        pc = self._world.idle()
        if pc is None or len(self._world.pcs) > len(self._world.topology.seats) or "clone" in self._world.without:
            return
        twin = Pc(
            f"{pc.name}+", self._world.folder / f"{pc.name}+", Clock(self._world.time, pc.clock.off_ms), pc.card, pc.address
        )
        twin.folder.mkdir()
        shutil.copyfile(pc.back_up("twin"), twin.file)
        shutil.copytree(pc.folder / "keys", twin.folder / "keys")
        self._world.stand(twin, next(seat.hub for seat in self._world.topology.seats if seat.code == pc.name))
        twin.noted = {pc.store.life(): pc.noted.get(pc.store.life(), 0)}
        self._world.say(f"{pc.name} is copied to a second PC, life {twin.store.life()}")

    def _has_twin(self, pc: Pc) -> bool:
        return sum(each.card.station == pc.card.station for each in self._world.pcs) > 1
