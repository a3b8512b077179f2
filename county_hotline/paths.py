"""Where a station or hub keeps what is its own: one folder, `Home`; and how a small file is replaced without a torn moment."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from county_hotline.errors import StoreFault

PROGRAM = "county-hotline"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one station or hub. Program files are never in it."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "journal.db"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def identity(self) -> Path:
        return self.path / "identity.toml"

    @property
    def settings(self) -> Path:
        return self.path / "settings.toml"

    @property
    def wording(self) -> Path:
        """The county's own wording, laid over ours where it exists."""
        return self.path / "wording.toml"

    @property
    def slips(self) -> Path:
        return self.path / "slips"

    @property
    def attachments(self) -> Path:
        return self.path / "attachments"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def setup(self) -> Path:
        """What 首次设置 was answered so far; there until it is done."""
        return self.path / "setup.json"

    @property
    def training(self) -> Path:
        """There in a home for 练习, made with it and never in another."""
        return self.path / "training"

    @property
    def rings(self) -> Path:
        """Numbers of callers on their way to the open window; each for a moment."""
        return self.path / "rings"

    @property
    def lock(self) -> Path:
        """Held while a program writes here: two copies on one folder refuse each other."""
        return self.path / ".lock"

    def ensure(self) -> None:
        """Make the folders, for this user's eyes alone. Raises StoreFault where that cannot be."""
        for folder in (self.path, self.keys, self.slips, self.attachments, self.logs):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as exc:
                raise store_fault(exc, folder) from exc


class Hold:
    """A home held by this program alone, until `release` or the end of the process, however it ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let another program have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def hold(home: Home) -> Hold:
    """This home for this window or hub alone. Raises StoreFault: S104 where another has it, S102 where it cannot be written."""
    try:
        descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as exc:
        raise store_fault(exc, home.lock) from exc
    try:
        _lock(descriptor)
    except OSError as exc:
        os.close(descriptor)
        raise StoreFault("S104", path=str(home.path)) from exc
    return Hold(descriptor)


def _lock(descriptor: int) -> None:
    """The system's own lock: it goes with the process, so that no power cut leaves one behind."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def default_home() -> Home:
    """Where this user's data lie when the command line does not say: `data` beside a portable program, else the user's folder."""
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).resolve().parent / "data"
        if beside.is_dir():
            return Home(beside)
    if sys.platform == "win32":
        return Home(Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / PROGRAM)
    return Home(Path.home() / ".local" / "share" / PROGRAM)


def write_atomically(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Replace a small file whole or not at all: temporary name, fsync, read back, rename. Raises StoreFault."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != content:
            raise StoreFault("S107", path=str(path))
        temporary.replace(path)
        settle(path.parent)
    except OSError as exc:
        raise store_fault(exc, path) from exc
    finally:
        _forget(temporary)


def store_fault(exc: OSError, path: Path) -> StoreFault:
    """What the system said of a file, as one of ours."""
    if exc.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StoreFault("S101", path=str(path))
    if exc.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return StoreFault("S102", path=str(path))
    return StoreFault("S107", path=str(path), errno=exc.errno or 0)


def settle(folder: Path) -> None:
    """The rename itself must outlive a power cut; Windows settles it by itself and cannot open folders."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget(temporary: Path) -> None:
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return
