"""What a person may choose at this station: declared once with type, range and wording; kept as TOML in the home folder.

Identity (station, keys, hub address) is not a setting: it lies in `identity.toml`, written by enrolment only.
"""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from county_hotline.errors import BadInput
from county_hotline.paths import store_fault, write_atomically

log = logging.getLogger(__name__)
T = TypeVar("T", str, int, bool)
Plain = str | int | bool


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing that may be chosen. Its words are `setting.<key>`, its choices' `setting.<key>.<choice>`."""

    key: str
    default: T
    choices: tuple[T, ...] = ()
    low: int | None = None
    high: int | None = None

    @property
    def wording(self) -> str:
        return f"setting.{self.key}"

    def accepts(self, value: object) -> bool:
        """Whether `value` is of this setting's type and within its range."""
        if type(value) is not type(self.default):
            return False
        if self.choices and value not in self.choices:
            return False
        if not isinstance(value, int):
            return True
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


SLIP_PAPER = Setting("slip.paper", "a5", choices=("a5", "80mm"))
PRINT_ON_ACCEPT = Setting("slip.print_on_accept", default=True)
UI_SIZE = Setting("ui.size", "standard", choices=("standard", "large", "largest"))
UI_CONTRAST = Setting("ui.contrast", "standard", choices=("standard", "high"))
SYNC_EVERY = Setting("sync.every_minutes", 10, low=1, high=240)
SYNC_PROBE = Setting("sync.probe_seconds", 30, low=5, high=600)
FILES_ASK_ABOVE = Setting("sync.files_ask_above_mb", 20, low=1, high=200)
FILES_FETCH_UP_TO = Setting("sync.files_fetch_up_to_mb", 5, low=0, high=200)
CARD_READER = Setting("card.reader", "none", choices=("none", "termb"))
"""Which driver reads identity cards (desk.card_reader)."""
IDLE_LOCK = Setting("idle_lock.minutes", 10, low=1, high=120)
OVERVIEW_TARGET = Setting("overview.target_percent", 0, low=0, high=100)
"""目标 of 按时办结率; none where 0: places differ, and the program invents none."""
WALL_SECONDS = Setting("overview.wall_seconds", 15, low=5, high=300)
PARCEL_OUT = Setting("parcel.out_folder", "")
PARCEL_IN = Setting("parcel.in_folder", "")
"""网闸摆渡目录: where parcels are put, and where they are looked for; nowhere where empty. Set where parcels are, not on the settings page."""

SETTINGS: tuple[Setting[str] | Setting[int] | Setting[bool], ...] = (
    SLIP_PAPER,
    PRINT_ON_ACCEPT,
    UI_SIZE,
    UI_CONTRAST,
    SYNC_EVERY,
    SYNC_PROBE,
    FILES_ASK_ABOVE,
    FILES_FETCH_UP_TO,
    CARD_READER,
    IDLE_LOCK,
    OVERVIEW_TARGET,
    WALL_SECONDS,
)
"""Every setting, in the order of the settings page."""


class Settings:
    """The settings of one home. An unreadable file is put aside as `.corrupt`, defaults hold, and `told` says so."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.told: str | None = None
        """Wording key of what the officer should know about the file, or None."""
        self._chosen: dict[str, Plain] = self._read()

    def value(self, setting: Setting[T]) -> T:
        """What was chosen, or the default (also where the file says something out of range)."""
        chosen = self._chosen.get(setting.key)
        return chosen if setting.accepts(chosen) else setting.default  # type: ignore[return-value]

    def change(self, setting: Setting[T], value: T) -> None:
        """Choose and save. Refuses a value out of range (BadInput I109); where saving fails (StoreFault) nothing changes."""
        if not setting.accepts(value):
            raise BadInput("I109", name=setting.key, value=str(value))
        chosen = {**self._chosen, setting.key: value}
        write_atomically(self._path, _written(chosen).encode())
        self._chosen = chosen

    def _read(self) -> dict[str, Plain]:
        try:
            text = self._path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError:
            return self._put_aside()
        except OSError as exc:
            raise store_fault(exc, self._path) from exc
        try:
            return _flat(tomllib.loads(text))
        except tomllib.TOMLDecodeError:
            return self._put_aside()

    def _put_aside(self) -> dict[str, Plain]:
        log.warning("settings_unreadable path=%s", self._path.name)
        self.told = "setting.unreadable"
        try:
            self._path.replace(self._path.with_name(f"{self._path.name}.corrupt"))
        except OSError as exc:
            raise store_fault(exc, self._path) from exc
        return {}


def _flat(table: Mapping[str, object], above: str = "") -> dict[str, Plain]:
    """Dotted keys. What a newer release wrote is kept, as long as it is plain."""
    found: dict[str, Plain] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            found.update(_flat(value, f"{above}{name}."))
        elif isinstance(value, (str, int)):
            found[f"{above}{name}"] = value
    return found


def _written(chosen: Mapping[str, Plain]) -> str:
    """TOML of dotted keys, sorted, so that two equal files are equal bytes. JSON's scalars are TOML's, save for DEL."""
    lines = (f"{_key(key)} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in sorted(chosen.items()))
    return "".join(lines).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return ".".join(
        part if part.isascii() and part.isidentifier() else json.dumps(part, ensure_ascii=False) for part in key.split(".")
    )
