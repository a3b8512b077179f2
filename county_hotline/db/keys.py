"""The key of the encrypted database: 32 random bytes, kept beside the data so that opening asks nothing of the officer.

Linux: a file only its owner may read (0600). Windows: the same file, wrapped by DPAPI for this Windows user.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from county_hotline.errors import StoreFault

KEY_BYTES = 32


def database_key(folder: Path) -> bytes:
    """The key in `folder`, made on first use. Raises StoreFault S102 (cannot write) or S106 (not a key)."""
    path = folder / "database.key"
    try:
        stored = path.read_bytes()
    except FileNotFoundError:
        return _make(path)
    except OSError as exc:
        raise StoreFault("S102") from exc
    key = _unwrapped(stored)
    if len(key) != KEY_BYTES:
        raise StoreFault("S106")
    return key


def _make(path: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_wrapped(key))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        return database_key(path.parent)
    except OSError as exc:
        raise StoreFault("S102") from exc
    return key


def _wrapped(key: bytes) -> bytes:
    if sys.platform == "win32":
        from county_hotline.db.dpapi import protect

        return protect(key)
    return key


def _unwrapped(stored: bytes) -> bytes:
    if sys.platform == "win32":
        from county_hotline.db.dpapi import unprotect

        return unprotect(stored)
    return stored
