"""A parcel onto a stick or into a folder: under a name of its own kind while it is written, then flushed, read back and given its name.

Whatever is pulled out when: there is a whole parcel or none. Nobody's file is ever replaced.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from pathlib import Path
from typing import Final

from county_hotline.errors import BadInput
from county_hotline.paths import settle
from county_hotline.sync.parcel.bag import ENDING, Made

UNFINISHED: Final = ".part"
"""What carries this ending is still being written: every reader leaves it alone."""
_TRIES: Final = 100


def put(parcel: Made, folder: Path, *, as_folder: bool = False) -> Path:
    """Write the parcel into `folder`. Where it lies then.

    Raises BadInput: I196 no such folder, I197 it went away while it was written to, I198 full, I199 may not be written to.
    """
    if not folder.is_dir():
        raise BadInput("I196", path=str(folder))
    unfinished = folder / f"{parcel.label.name}-{os.getpid()}{UNFINISHED}"
    try:
        if as_folder:
            _write_folder(parcel, unfinished)
        else:
            _write(unfinished, parcel.zipped())
        path = _named(unfinished, folder, parcel.label.name, "" if as_folder else ENDING)
        settle(folder)
    except OSError as fault:
        raise _said(fault, folder) from fault
    finally:
        _forget(unfinished)
    return path


def _write(path: Path, content: bytes) -> None:
    """Raises OSError; also where what can be read back is not what was written."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.read_bytes() != content:
        raise OSError(errno.EIO, "read back otherwise")


def _write_folder(parcel: Made, path: Path) -> None:
    (path / "data").mkdir(parents=True)
    for name, body in parcel.files.items():
        _write(path / name, body)
    settle(path / "data")
    settle(path)


def _named(unfinished: Path, folder: Path, name: str, ending: str) -> Path:
    """The first free name: `<name>.zip`, `<name>-2.zip` … FAT knows no links, so another writer in the same instant is not ruled out there;
    a serial is only given once."""
    for nth in range(1, _TRIES):
        path = folder / (f"{name}{ending}" if nth == 1 else f"{name}-{nth}{ending}")
        if not path.exists():
            unfinished.rename(path)
            return path
    raise OSError(errno.EEXIST, "no free name")


def _said(fault: OSError, folder: Path) -> BadInput:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return BadInput("I198", path=str(folder))
    if fault.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return BadInput("I199", path=str(folder))
    return BadInput("I197", path=str(folder))


def _forget(unfinished: Path) -> None:
    with contextlib.suppress(OSError):
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        else:
            unfinished.unlink(missing_ok=True)
