"""没受理的草稿: all of them, to go on with or to let go."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.intake.pane_frame import PaneFrame
from county_hotline.ui.screens.intake.screen import Offer
from county_hotline.ui.tones import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.inputs import LineInput, TextInput
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.wording import say


class DraftsPane:
    """The pane (`pane_frame.TakingPane`). `take_up` and `throw_away` are told the key of a draft."""

    def __init__(
        self, parent: tk.Misc, *, take_up: Callable[[str], None], throw_away: Callable[[str], None], leave: Callable[[], None]
    ) -> None:
        self._take_up, self._throw_away, self._leave = take_up, throw_away, leave
        self.frame = PaneFrame(parent, say("intake.drafts"), say("intake.draft.beside"), self.acts())
        columns = [Column(say("intake.draft.column.saved"), 150), Column(say("intake.draft.column.words"))]
        self._list = RowList(self.frame.body, columns, on_choose=lambda _key: self.frame.say(""), on_open=self._taken)
        self._list.pack(fill="both", expand=True, padx=theme.px(20), pady=(0, theme.px(6)))
        self._list.explain_empty("pencil", say("intake.draft.none"), say("intake.draft.none.words"))

    @property
    def kept(self) -> Mapping[str, LineInput | TextInput]:
        """See `TakingPane`."""
        return {}

    def show(self, offers: Sequence[Offer]) -> None:
        """What waits now; the chosen one stays chosen."""
        rows = [ListRow(offer.key, (Cell(offer.saved, Tone.QUIET), Cell(offer.words))) for offer in offers]
        self._list.show(rows, keep=self._list.chosen)

    def acts(self) -> Sequence[Act]:
        """See `TakingPane`."""
        return (
            Act(
                "intake.take_up", lambda: self._taken(self._list.chosen), "<F9>", "F9", icon="pencil-square", kind=ActKind.MAIN
            ),
            Act("intake.throw_away", lambda: self._dropped(self._list.chosen), "<Delete>", "Del"),
            Act("intake.back", self._leave, "<Escape>", "Esc"),
        )

    def take_focus(self) -> None:
        """See `TakingPane`."""
        self._list.take_focus()

    def _taken(self, key: str) -> None:
        if key:
            self._leave()
            self._take_up(key)

    def _dropped(self, key: str) -> None:
        if key:
            self._throw_away(key)
