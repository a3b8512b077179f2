"""Backups of homes and how they are put back: the database alone, or the folder with all that lies in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from county_hotline.db.store import Store
from county_hotline.hub.asking import Hub
from county_hotline.hub.storage import Storage
from tests.support.flaky import FlakyWire
from tests.support.line import KEY, DirectWire, Post

DATABASE = "journal.db"
ENDINGS = ("", "-wal", "-shm")


def backed_up(store: Store, folder: Path, copy: Path) -> Path:
    """The whole folder as it lies on the disk, in a moment when nobody writes."""
    store.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(folder, copy)
    return copy


def put_back(store: Store, folder: Path, copy: Path, *, whole: bool = False) -> Store:
    """The copy's database in the place of the one in `folder`; `whole`: the marks beside it too. Opened again."""
    clock = store._clock
    store.close()
    for ending in ENDINGS:
        (folder / f"{DATABASE}{ending}").unlink(missing_ok=True)
    shutil.copyfile(copy / DATABASE, folder / DATABASE)
    if whole:
        for mark in (".mark", ".places"):
            (folder / mark).unlink(missing_ok=True)
            if (copy / mark).exists():
                shutil.copyfile(copy / mark, folder / mark)
    return Store.open(folder / DATABASE, KEY, clock=clock)


def hub_put_back(hub: Hub, folder: Path, copy: Path, *, whole: bool = False) -> None:
    """The same, of a hub that goes on answering under its key."""
    hub.store = put_back(hub.store, folder, copy, whole=whole)
    hub.storage = Storage(hub.store)


def now_speaks_to(post: Post, hub: Hub) -> None:
    """From now on another hub answers at the address."""
    assert isinstance(post.wire, FlakyWire)
    post.wire._wire = DirectWire(hub)
