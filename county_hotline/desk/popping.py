"""来电弹屏: a caller's number from a telephone box or another program, handed to the window that runs over the same home.

The way is a small file in the home folder, which only this user of the computer may read and write; the window takes it away at once.
No number goes into a log. ADR 0028 says why no socket.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from county_hotline import paths
from county_hotline.domain.checks import phone_cautions
from county_hotline.domain.cleaning import clean
from county_hotline.errors import BadInput, Refusal, StoreFault
from county_hotline.ids import new_nonce
from county_hotline.paths import Home, write_atomically

LASTS_MS: Final = 120_000
"""Who has not been shown by then has long hung up."""
_ENDING: Final = ".ring"
_LONGEST: Final = 24


def ring(home: Home, caller: str, *, now: int) -> str:
    """Hand the number over; as it was understood. Refuses (BadInput I200) what is no telephone number, and (R580) where no window is open
    over this home. Raises StoreFault."""
    number = clean(caller, lines=False).replace(" ", "")
    if not any(each.isdecimal() for each in number) or len(number) > _LONGEST or phone_cautions(number):
        raise BadInput("I200")
    if not _is_open(home):
        raise Refusal("R580", path=str(home.path))
    try:
        home.rings.mkdir(mode=0o700, exist_ok=True)
    except OSError as exc:
        raise paths.store_fault(exc, home.rings) from exc
    write_atomically(home.rings / f"{now}-{new_nonce()}{_ENDING}", number.encode())
    return number


def _is_open(home: Home) -> bool:
    """Whether a window holds this home."""
    if not home.lock.exists():
        return False
    try:
        paths.hold(home).release()
    except StoreFault:
        return True
    return False


def rung(home: Home, *, now: int) -> tuple[str, ...]:
    """The numbers that wait, in their order; each is taken away, and told once. What is too old or unreadable goes too."""
    found = []
    for file in _waiting(home.rings):
        at = file.name.partition("-")[0]
        try:
            number = file.read_text(encoding="utf-8")
            file.unlink()
        except (OSError, UnicodeDecodeError):
            continue
        if at.isdecimal() and 0 <= now - int(at) <= LASTS_MS and not phone_cautions(number):
            found.append(number[:_LONGEST])
    return tuple(found)


def _waiting(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.name.endswith(_ENDING))
    except OSError:  # nobody ever rang
        return []
