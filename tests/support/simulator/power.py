"""Where a PC may lose its power: before any statement, between a commit and the mark, at any wait for the wire. Its memory is thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, cast

import playhouse.sqlcipher_ext as ext
from sqlcipher3 import dbapi2 as sqlite

from county_hotline.db import marks, opening
from county_hotline.domain.receipts import Head


class PowerCut(BaseException):
    """This PC is off. No `except Exception` of the program sees it."""

    def __init__(self, power: Power) -> None:
        super().__init__(power.name)
        self.power = power


class Power:
    """One PC's plug. `left`: so many boundaries until it is pulled (None: never)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.left: int | None = None
        self.dead = False
        self.watched = False
        """Boundaries are counted, and the plug may be pulled, only while the world runs; never while it is looked at."""
        self.boundaries = 0
        self.connections: list[Guarded] = []
        """What is open. Closed when the power goes, whoever has hold of it: what was not committed is gone."""

    def boundary(self) -> None:
        """Raises PowerCut when it is now; and for ever after, until `restored`."""
        if self.dead:
            raise PowerCut(self)
        if not self.watched:
            return
        self.boundaries += 1
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.dead = True
                raise PowerCut(self)

    def restored(self) -> None:
        while self.connections:
            self.connections.pop().close()
        self.dead, self.left = False, None


POWERS: Final[dict[str, Power]] = {}
"""By the folder a PC's files lie in."""


class Guarded(sqlite.Connection):  # type: ignore[misc]  # sqlcipher3 has no annotations
    """A connection of which every statement is a boundary."""

    power: Power | None = None

    def execute(self, sql: str, values: Sequence[object] = ()) -> sqlite.Cursor:
        if self.power is not None:
            self.power.boundary()
        return super().execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> sqlite.Cursor:
        if self.power is not None:
            self.power.boundary()
        return super().executemany(sql, rows)


class PluggedDatabase(ext.SqlCipherDatabase):  # type: ignore[misc]  # peewee has no annotations
    """peewee's database over guarded connections."""

    def _connect(self) -> Guarded:
        settings = dict(self.connect_params)
        key = settings.pop("passphrase", "").replace("'", "''")
        connection = sqlite.connect(self.database, isolation_level=None, factory=Guarded, **settings)
        try:
            connection.execute(f"PRAGMA key='{key}'")
            self._add_conn_hooks(connection)
        except BaseException:
            connection.close()
            raise
        connection.power = POWERS.get(str(Path(self.database).parent))
        if connection.power is not None:
            connection.power.connections.append(connection)
        return cast("Guarded", connection)


def plug_in() -> None:
    """From now on every file that is opened is on its PC's plug. The process is the simulator's own; worlds after the first change
    nothing more, or each would count more boundaries than the one before."""
    if vars(opening)["SqlCipherDatabase"] is PluggedDatabase:
        return
    opening.SqlCipherDatabase = PluggedDatabase  # type: ignore[attr-defined]  # as that file imports it
    opening.PRAGMAS = {**opening.PRAGMAS, "synchronous": 0}  # power cuts here leave what was written: nothing waits for a disk
    write = marks.Mark.write

    def guarded(self: marks.Mark, head: Head) -> None:
        power = POWERS.get(str(self._path.parent))
        if power is not None:
            power.boundary()
        write(self, head)

    marks.Mark.write = guarded  # type: ignore[method-assign]
