"""How the panes of the intake page register the form that stands on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.work_order import WorkOrder


@dataclass(frozen=True, slots=True)
class Registering:
    """One way to register the form: what is done with it, and who hears of the end."""

    do: Callable[[IntakeForm], WorkOrder]
    done: Callable[[WorkOrder], None]
    failed: Callable[[Exception], None]
    prints: bool = True
    """Whether a slip is made at once, where the settings say so."""
    unprinted: str = "intake.not_printed"
    """What is said where none is."""


class Taking(Protocol):
    """The form's presenter, as the panes see it."""

    def form(self) -> IntakeForm:
        """What is typed."""
        ...

    def lacks(self) -> bool:
        """Whether something needed is missing; says what, and goes there."""
        ...

    def register(self, way: Registering, came_at: int = 0) -> None:
        """Register the form in this way, once."""
        ...

    def given_up(self) -> None:
        """What was typed went elsewhere."""
        ...
