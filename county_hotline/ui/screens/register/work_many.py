"""What 台账 asks of the desk for many orders at once: files, and one act on all that are ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from county_hotline.domain.register_columns import RegisterColumn
from county_hotline.domain.views import RegisterQuery
from county_hotline.ids import Number

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.exporting import Exporting


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What is to be written, and whither."""

    path: str
    columns: tuple[str, ...]
    query: RegisterQuery
    numbers: tuple[str, ...]
    said: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ExportTold:
    """How far it is; `path` once it is whole."""

    done: int
    total: int
    path: str = ""
    still_masked: int = 0


class ExportUnderWay(Protocol):
    """One export."""

    def step(self) -> ExportTold:
        """One slice more. Raises StoreFault."""
        ...

    def cancel(self) -> None:
        """Nothing stays."""
        ...


@dataclass(frozen=True, slots=True)
class WeighedTold:
    """Whether an act can be done to one order; why not, in words; whom it would go to."""

    number: str
    title: str
    why: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DoneTold:
    """What became of one order."""

    number: str
    title: str
    why: str = ""
    path: str = ""


class ManyWork(Protocol):
    """On the desk's lane."""

    def begin(self, wish: ExportWish) -> ExportUnderWay:
        """Ready to write. Refuses R192, R204, R572, R573, I250."""
        ...

    def free_path(self, folder: str, stem: str, ending: str) -> str:
        """A name in the folder that no file has."""
        ...

    def may_see_callers(self) -> bool:
        """Whether the officer may export callers in full at all."""
        ...

    def weigh(self, act: str, numbers: Sequence[str]) -> tuple[WeighedTold, ...]:
        """What would happen to each."""
        ...

    def do(self, act: str, number: str, typed: Mapping[str, str]) -> DoneTold:
        """One of them."""
        ...

    def units(self, typed: str) -> tuple[tuple[str, str], ...]:
        """Units whose name holds what was typed: code and name."""
        ...

    def join(self, paths: Sequence[str]) -> str:
        """All slips in one file, to be printed in one go."""
        ...


class DeskMany:
    """`ManyWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def begin(self, wish: ExportWish) -> ExportUnderWay:
        """See `ManyWork`."""
        from county_hotline.desk import exporting

        columns = tuple(RegisterColumn(name) for name in wish.columns)
        numbers = tuple(Number(each) for each in wish.numbers)
        asked = exporting.Wish(
            path=wish.path, columns=columns, query=wish.query, numbers=numbers, said=wish.said, reason=wish.reason
        )
        return _Under(exporting.begin(self._desk, asked))

    def free_path(self, folder: str, stem: str, ending: str) -> str:
        """See `ManyWork`."""
        from county_hotline.desk import exporting

        return str(exporting.free_path(Path(folder), stem, ending))

    def may_see_callers(self) -> bool:
        """See `ManyWork`."""
        from county_hotline.desk import exporting

        return exporting.may_see_callers(self._desk)

    def weigh(self, act: str, numbers: Sequence[str]) -> tuple[WeighedTold, ...]:
        """See `ManyWork`."""
        from county_hotline.desk import acting_on_many

        weighed = acting_on_many.weigh(self._desk, act, [Number(each) for each in numbers])
        return tuple(WeighedTold(each.number, each.title, each.why, each.unit) for each in weighed)

    def do(self, act: str, number: str, typed: Mapping[str, str]) -> DoneTold:
        """See `ManyWork`."""
        from county_hotline.desk import acting_on_many

        done = acting_on_many.do(self._desk, act, Number(number), typed)
        return DoneTold(done.number, done.title, done.why, done.path)

    def units(self, typed: str) -> tuple[tuple[str, str], ...]:
        """See `ManyWork`."""
        from county_hotline.desk import looking_up

        wanted = typed.strip()
        return tuple(
            (a.code, a.name)
            for a in looking_up.agencies(self._desk, also_retired=True)
            if wanted in a.name or wanted in a.short_name
        )

    def join(self, paths: Sequence[str]) -> str:
        """See `ManyWork`."""
        from county_hotline.desk import printing

        return printing.join(self._desk, [Path(each) for each in paths])


class _Under:
    """`ExportUnderWay` over the desk's."""

    def __init__(self, exporting: Exporting) -> None:
        self._exporting = exporting

    def step(self) -> ExportTold:
        """See `ExportUnderWay`."""
        told = self._exporting.step()
        return ExportTold(told.done, told.total, told.path, told.still_masked)

    def cancel(self) -> None:
        """See `ExportUnderWay`."""
        self._exporting.cancel()
