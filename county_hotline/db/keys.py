"""The key of the encrypted database: 32 random bytes, kept beside the data so that opening asks nothing of the officer.

Linux: a file only its owner may read (0600). Windows: the same file, wrapped by DPAPI for this Windows user.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path

from county_hotline.errors import StoreFault
from county_hotline.paths import settle, write_atomically

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
    """Written whole under another name, then given its own, unless someone was quicker: a kill in between leaves no half key."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    key = secrets.token_bytes(KEY_BYTES)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(temporary, _wrapped(key))
        if sys.platform == "win32":
            temporary.rename(path)
        else:
            os.link(temporary, path)
            settle(path.parent)
    except FileExistsError:
        return database_key(path.parent)
    except OSError as exc:
        raise StoreFault("S102") from exc
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
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
