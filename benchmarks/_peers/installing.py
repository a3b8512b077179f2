"""Where the peers lie, and how they get there: PyPI and npm, into var/peers of the repository. What cannot be had is left out, and said."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "var" / "peers"
POUCHDB, POUCHDB_SERVER = "pouchdb@9.0.0", "pouchdb-server@4.2.0"


@dataclass(frozen=True)
class Peers:
    """None for one that is not here."""

    anki: Path | None
    """The interpreter it is installed in."""
    pouch: Path | None
    """The module of its client."""
    pouch_server: Path | None


def installed() -> Peers:
    """The peers, installed at the first asking."""
    return Peers(_anki(), _npm("pouch", POUCHDB, "node_modules/pouchdb"), _pouch_server())


def _pouch_server() -> Path | None:
    return _npm("pouch-server", POUCHDB_SERVER, "node_modules/.bin/pouchdb-server")


def _anki() -> Path | None:
    place = FOLDER / "anki"
    python = place / "bin" / "python"
    if not python.exists():
        _told("anki", [sys.executable, "-m", "venv", str(place)], [str(python), "-m", "pip", "install", "-q", "anki"])
    return python if python.exists() else None


def _npm(name: str, package: str, inside: str) -> Path | None:
    place = FOLDER / name
    if not (place / inside).exists() and shutil.which("npm"):
        place.mkdir(parents=True, exist_ok=True)
        _told(package, ["npm", "init", "-y"], ["npm", "install", "--silent", package], at=place)
    return place / inside if (place / inside).exists() else None


def _told(name: str, *commands: list[str], at: Path | None = None) -> None:
    print(f"installing {name} into {FOLDER} …", flush=True)
    for command in commands:
        if subprocess.run(command, cwd=at, capture_output=True, check=False).returncode:
            print(f"{name} cannot be had here and is left out", flush=True)
            return
