"""What stands in place of the form while something else is done with it: head, body, and acts of its own at the foot."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.clock import Clock
from county_hotline.desk.pasting import Pasted
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.registering import Taking
from county_hotline.ui.screens.intake.taking_work import TakingWork
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActRow
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import LineInput, TextInput
from county_hotline.ui.widgets.page_head import PageHead

SIGNS = {Tone.RED: "exclamation-octagon-fill", Tone.GREEN: "check-circle-fill", Tone.AMBER: "exclamation-triangle-fill"}


@dataclass(frozen=True, slots=True)
class Host:
    """What a pane may ask of the page it stands in."""

    taking: Taking
    work: TakingWork
    runner: Runner
    clock: Clock
    leave: Callable[[], None]
    """Back to the form."""
    turn_to: Callable[[str], None]
    """`transfer` or `merge`."""
    open_order: Callable[[str], None]
    say: Callable[[str, Tone], None]
    """Above the acts of the form."""
    acts_changed: Callable[[], None]
    take_up: Callable[[str], None]
    throw_away: Callable[[str], None]
    """A draft, by its key."""
    fill: Callable[[Pasted], None]
    """What was pasted goes into the form."""
    insert: Callable[[str], None]
    """A phrase or a template, where the cursor was."""
    fail: Callable[[Exception], None]


class TakingPane(Protocol):
    """One pane, as the page sees it."""

    @property
    def kept(self) -> Mapping[str, LineInput | TextInput]:
        """What is typed in it and must outlive a power cut, by name."""
        ...

    @property
    def frame(self) -> PaneFrame:
        """What is packed in place of the form."""
        ...

    def acts(self) -> Sequence[Act]:
        """Its acts now."""
        ...

    def take_focus(self) -> None:
        """The keyboard goes where it is needed."""
        ...


class PaneFrame(Pane):
    """`.body` is to be filled; `say` speaks beside the acts."""

    def __init__(self, parent: tk.Misc, title: str, beside: str, acts: Sequence[Act]) -> None:
        super().__init__(parent)
        self.head = PageHead(self, title, beside)
        self.head.pack(side="top", fill="x")
        self.row = ActRow(self, acts)
        self.row.pack(side="bottom", fill="x")
        self.body = Pane(self)
        self.body.pack(side="top", fill="both", expand=True)
        self.row.lift()  # Tab comes to the acts after what is above

    def say(self, words: str, tone: Tone = Tone.RED) -> None:
        """Beside the acts."""
        self.row.say(words, ink=theme.INKS[tone], icon=SIGNS.get(tone, ""))
