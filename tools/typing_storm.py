"""Kills the real window while Chinese is typed into it, again and again, and looks what of the typing lies on the disk.

    python -m tools.typing_storm [KILLS] [SEED]

Every character reaches the window as a keystroke of the screen, the way an input method hands over what it composed. What a composition has
not handed over yet cannot be read by any program.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from county_hotline.desk.intake_form import IntakeForm
from tools.keyboard import PATIENCE_S, NotStillError
from tools.one_desk import OneDesk
from tools.screens import virtual_screen

ALLOWED_S = 0.3
"""So much typing may be lost."""
SETTLED_S = 0.4
"""What is typed at first is on the disk by then, or lost beyond what is allowed."""
FIELDS = {"name": 1, "address": 4, "place": 9, "place_detail": 10, "title": 11, "content": 12, "demand": 13}
"""How many times Tab is pressed from the telephone on."""
CHARACTERS = "路灯不亮水管停水垃圾没清运噪声扰民井盖坏"
PHONE = "1380533"
BETWEEN_S = (0.01, 0.06)
"""From key to key: quicker than anybody types."""
AFTER_S = (0.0, 2.5)
"""How long a person types before the power goes."""


@dataclass(frozen=True, slots=True)
class Killed:
    """One kill: what was typed, what of it lies on the disk, and how long before the kill the oldest lost key had been struck."""

    field: str
    typed: str
    kept: str
    lost_s: float
    is_prefix: bool
    offered: int
    """Drafts that lie there, this one among them."""
    starved_s: float = 0.0
    """While the keys were struck: how long the window was ready to go on and had no processor, as the kernel counts it. It excuses nothing;
    it tells a busy machine from a slow program."""

    @property
    def is_well(self) -> bool:
        """At most the last 300 ms are lost, and nothing is there that was not typed."""
        return self.is_prefix and self.lost_s <= ALLOWED_S

    def told(self) -> str:
        """One line."""
        return (
            f"{self.field:13} typed {len(self.typed):3} kept {len(self.kept):3} lost {self.lost_s * 1000:5.0f} ms  "
            f"no processor {self.starved_s * 1000:5.0f} ms  "
            f"drafts {self.offered:3}  {'ok' if self.is_well else 'LOST'}"
        )


class TypingStorm(OneDesk):
    """A station in `folder`, its window on `display`, and a hand at its keyboard until the power goes."""

    def __init__(self, folder: Path, display: str, seed: int) -> None:
        super().__init__(folder, display)
        self._dice = random.Random(seed)  # noqa: S311 - where the power goes is no secret
        self._known: set[str] = set()

    def kill_once(self) -> Killed:
        """Sit down, type, and be cut off."""
        field = self._dice.choice(sorted(FIELDS))
        program = self.sit_down()
        try:
            self.keys.type(PHONE)
            self._wait_for_a_new_draft()  # the form is in front, however busy the machine is
            self.keys.press(*["Tab"] * FIELDS[field])
            self.keys.type(CHARACTERS)  # lays them on keys, so that no later one waits
            time.sleep(SETTLED_S)
            before = _without_processor_s(program.pid)
            struck = self._strike(time.monotonic() + self._dice.uniform(*AFTER_S))
            starved_s = _without_processor_s(program.pid) - before
        finally:
            dead_at = time.monotonic()
            program.send_signal(signal.SIGKILL)
            program.wait()
        return replace(self._weighed(field, struck, dead_at), starved_s=starved_s)

    def _wait_for_a_new_draft(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while not any(form.phone == PHONE for key, form in self.drafts().items() if key not in self._known):
            if time.monotonic() > end:
                raise NotStillError(self.display)
            time.sleep(0.1)

    def _strike(self, until: float) -> list[tuple[str, float]]:
        """Keys one by one, each with the moment it was struck."""
        struck = []
        while time.monotonic() < until:
            character = self._dice.choice(CHARACTERS)
            struck.append((character, self.keys.strike(character)))
            time.sleep(self._dice.uniform(*BETWEEN_S))
        return struck

    def _weighed(self, field: str, struck: Sequence[tuple[str, float]], dead_at: float) -> Killed:
        found = self.drafts()
        new = {key: form for key, form in found.items() if key not in self._known}
        self._known |= set(found)
        kept = next((_said(form, field) for form in new.values()), "")
        typed = CHARACTERS + "".join(character for character, _ in struck)
        lost = struck[max(0, len(kept) - len(CHARACTERS)) :]
        lost_s = dead_at - lost[0][1] if lost else 0.0
        if len(kept) < len(CHARACTERS):
            lost_s = max(lost_s, float(AFTER_S[1]))
        return Killed(field, typed, kept, lost_s, typed.startswith(kept), len(found))


def _without_processor_s(pid: int) -> float:
    """Seconds that the main thread of a process waited for a processor so far; 0 where the kernel does not say."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


def _said(form: IntakeForm, field: str) -> str:
    return form.half.get("place", "") if field == "place" else str(getattr(form, field))


def main(arguments: list[str]) -> int:
    """So many kills (200), one line each; 1 where more than 300 ms were lost once."""
    kills, seed = (int(each) for each in (*arguments, *("200", "1")[len(arguments) :]))
    folder = Path(tempfile.mkdtemp(prefix="typing-storm-"))
    found = []
    with virtual_screen() as display:
        storm = TypingStorm(folder / "home", display, seed)
        for nth in range(1, kills + 1):
            found.append(storm.kill_once())
            print(f"{nth:4} {found[-1].told()}", flush=True)
    print(summed_up(found))
    shutil.rmtree(folder)
    return 0 if all(each.is_well for each in found) else 1


def summed_up(found: Sequence[Killed]) -> str:
    """How much was lost: the middle, the worst tenth, the worst."""
    lost = sorted(each.lost_s * 1000 for each in found)
    tenths = (lost[len(lost) // 2], lost[len(lost) * 9 // 10], lost[-1])
    told = ", ".join(
        f"{name} {ms:.0f} ms" for name, ms in zip(("half at most", "nine tenths at most", "worst"), tenths, strict=True)
    )
    bad = sum(not each.is_well for each in found)
    return f"{len(found)} kills: {told}; nothing lost {sum(ms == 0 for ms in lost)} times; beyond {ALLOWED_S * 1000:.0f} ms {bad} times"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
