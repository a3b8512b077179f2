"""What 规则包 asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from county_hotline.domain.previewing import Preview
from county_hotline.domain.rule_packs import RulePack
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import BadInput, Refusal

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.recomputing import MovedOrder, Year


class PackState(str, Enum):
    """Where a pack stands."""

    IN_FORCE = "in_force"  # 在用
    KEPT = "kept"  # 旧版: orders still keep it
    SHIPPED = "shipped"  # 随程序带的
    FILE = "file"  # 从文件读入


@dataclass(frozen=True, slots=True)
class KnownPack:
    """A pack with its text."""

    pack: RulePack
    state: PackState
    text: str = ""
    """Empty where it cannot be taken: it is in force, or kept for older orders alone."""

    @property
    def key(self) -> str:
        """What its row stands for."""
        return f"{self.state.value} {self.pack.reference}"


@dataclass(frozen=True, slots=True)
class PacksFacts:
    """The packs, and who asks."""

    packs: tuple[KnownPack, ...]
    why: str = ""
    """Why none can be put in force here (a key below `packs.why.`); empty where one can."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a pack would have done to the orders of the last month."""

    before: RulePack
    after: RulePack
    found: Preview


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """The calendar, and who asks."""

    version: str
    years: tuple[Year, ...]
    rest_days: tuple[tuple[str, int], ...]
    """(ISO date, weekday 1..7)."""
    moved: tuple[MovedOrder, ...]
    why: str = ""
    """Why the county's rest days cannot be set here; empty where they can."""
    may_recompute: bool = False


class PacksWork(Protocol):
    """On the desk's lane."""

    def look(self) -> PacksFacts:
        """Packs that are here."""
        ...

    def read(self, file: str) -> KnownPack:
        """A pack from a file. Raises BadInput with line and key."""
        ...

    def try_out(self, known: KnownPack) -> Trial:
        """试算. Refuses where no pack is in force or there is no calendar."""
        ...

    def take(self, known: KnownPack) -> None:
        """启用. Raises Refusal."""
        ...

    def calendar(self) -> CalendarFacts:
        """The calendar."""
        ...

    def add_rest_day(self, typed: str) -> None:
        """Another 县休息日. Raises BadInput, Refusal."""
        ...

    def drop_rest_day(self, day: str) -> None:
        """One less. Raises Refusal."""
        ...

    def recompute(self) -> int:
        """期限重算; for how many orders. Raises Refusal."""
        ...


class DeskPacks:
    """`PacksWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self) -> PacksFacts:
        """See `PacksWork`."""
        from county_hotline.desk import packs

        in_force = packs.in_force(self._desk)
        found = [
            KnownPack(pack, PackState.IN_FORCE if in_force and pack.reference == in_force.reference else PackState.KEPT)
            for pack in packs.known(self._desk)
        ]
        known = {each.pack.reference for each in found}
        shipped = [KnownPack(packs.check(text), PackState.SHIPPED, text) for text in _shipped()]
        found += sorted((each for each in shipped if each.pack.reference not in known), key=lambda each: each.pack.region)
        return PacksFacts(tuple(found), self._why())

    def read(self, file: str) -> KnownPack:
        """See `PacksWork`."""
        from county_hotline.desk import packs

        try:
            text = Path(file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as exc:
            raise BadInput("I101", file=Path(file).name) from exc
        return KnownPack(packs.check(text), PackState.FILE, text)

    def try_out(self, known: KnownPack) -> Trial:
        """See `PacksWork`."""
        from county_hotline.desk import packs

        before = packs.in_force(self._desk)
        found = packs.preview(self._desk, known.text)
        assert before is not None
        return Trial(before, known.pack, found)

    def take(self, known: KnownPack) -> None:
        """See `PacksWork`."""
        from county_hotline.desk import packs

        packs.take(self._desk, known.text)

    def calendar(self) -> CalendarFacts:
        """See `PacksWork`."""
        from county_hotline.desk import recomputing

        desk = self._desk
        calendar = desk.store.reference.calendar()
        days = tuple((day, date.fromisoformat(day).isoweekday()) for day in recomputing.rest_days(desk))
        is_centre = desk.card.role is StationRole.CENTRE
        return CalendarFacts(
            version=calendar.version if calendar else "",
            years=recomputing.years(desk),
            rest_days=days,
            moved=recomputing.moved_orders(desk),
            why=self._why(),
            may_recompute=is_centre and desk.may("recompute"),
        )

    def add_rest_day(self, typed: str) -> None:
        """See `PacksWork`."""
        from county_hotline.desk import recomputing

        recomputing.add_rest_day(self._desk, typed)

    def drop_rest_day(self, day: str) -> None:
        """See `PacksWork`."""
        from county_hotline.desk import recomputing

        recomputing.drop_rest_day(self._desk, day)

    def recompute(self) -> int:
        """See `PacksWork`."""
        from county_hotline.desk import recomputing

        return recomputing.recompute(self._desk)

    def _why(self) -> str:
        from county_hotline.desk import changing

        try:
            changing.allowed(self._desk)
        except Refusal as fault:
            return "duty" if fault.code == "R204" else "place"
        return ""


def _shipped() -> list[str]:
    """Packs that come with the program."""
    folder = resources.files("county_hotline") / "rule_packs"
    return [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")]
