"""What 设置 asks of the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from county_hotline.background import Answers
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import VerifyReport
from county_hotline.settings import SETTINGS, Plain, Setting

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.upkeep import About


class SettingsWork(Protocol):
    """On the desk's lane."""

    def values(self) -> dict[str, Plain]:
        """What is chosen now, by key."""
        ...

    def change(self, setting: Setting[str] | Setting[int] | Setting[bool], value: Plain) -> None:
        """Choose and save. Raises BadInput I109, StoreFault."""
        ...

    def about(self) -> tuple[StationCard, About]:
        """What this station is and stands on."""
        ...

    def verify(self, told: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> VerifyReport:
        """Whether the record adds up; `told(done, total)` happens where the screen lives. Refuses (R631) once it is stopped."""
        ...


class DeskSettings:
    """`SettingsWork` over the real desk."""

    def __init__(self, desk: Desk, answers: Answers) -> None:
        self._desk, self._answers = desk, answers

    def values(self) -> dict[str, Plain]:
        """See `SettingsWork`."""
        return {setting.key: self._desk.settings.value(cast("Setting[str]", setting)) for setting in SETTINGS}

    def change(self, setting: Setting[str] | Setting[int] | Setting[bool], value: Plain) -> None:
        """See `SettingsWork`."""
        self._desk.settings.change(cast("Setting[str]", setting), cast("str", value))

    def about(self) -> tuple[StationCard, About]:
        """See `SettingsWork`."""
        from county_hotline.desk import upkeep

        return self._desk.card, upkeep.about(self._desk)

    def verify(self, told: Callable[[int, int], None], is_stopped: Callable[[], bool]) -> VerifyReport:
        """See `SettingsWork`."""
        from county_hotline.desk import upkeep

        def step(done: int, total: int) -> bool:
            self._answers.put(lambda: told(done, total))
            return not is_stopped()

        return upkeep.verify(self._desk, step)
