"""告知法定途径 as it looks: the county's reasons at the left, the words of the chosen one at the right, to be edited before they are printed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping, Sequence

from county_hotline.domain.reference import ToldPath
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.pane_frame import Host, PaneFrame
from county_hotline.ui.screens.intake.telling_path import PathPresenter, PathTyped
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.inputs import Choice, LineInput, TextInput
from county_hotline.ui.widgets.notice import NoticeSlot
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

SIGNED = {"": None, "yes": True, "no": False}
_LIST_WIDTH = {Size.STANDARD: 336, Size.LARGE: 280, Size.LARGEST: 250}
_ICONS = {"transfer": "exclamation-triangle-fill", "merge": "intersect"}


class PathPane:
    """The pane (`pane_frame.TakingPane`) and what its presenter sees (`telling_path.PathScreen`)."""

    def __init__(self, parent: tk.Misc, host: Host) -> None:
        self._host = host
        self.presenter = PathPresenter(self, host.work, host.runner, taking=host.taking)
        self._instead = ""
        self.frame = PaneFrame(parent, say("intake.path.title"), say("intake.path.beside"), self.acts())
        left = Pane(self.frame.body, width=theme.px(_LIST_WIDTH[theme.size()]))
        left.pack(side="left", fill="y", padx=(theme.px(20), 0), pady=(0, theme.px(6)))
        self._list = RowList(
            left,
            [Column(say("intake.path.column.code"), 40), Column(say("intake.path.column.name"))],
            on_choose=self.presenter.choose,
            on_open=lambda _code: self._words.take_focus(),
        )
        self._list.pack(fill="both", expand=True)
        self._list.explain_empty("signpost-split", say("intake.path.empty"), say("intake.path.empty.words"))
        flow = FlowPane(self.frame.body)
        flow.pack(side="left", fill="both", expand=True)
        self._notice = NoticeSlot(flow.body)
        self._notice.pack(fill="x")
        self._inner = Pane(flow.body)
        self._inner.pack(fill="x", padx=(0, theme.px(20)))
        self._build_fields()
        flow.adopt()

    # -- the pane ---------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Begin, or go on."""
        self.presenter.open()

    @property
    def kept(self) -> Mapping[str, LineInput | TextInput]:
        """See `TakingPane`."""
        return {"handed": self._handed}

    def acts(self) -> Sequence[Act]:
        """See `TakingPane`."""
        wording = f"intake.path.record.{self._instead or 'tell'}"
        icon = _ICONS.get(self._instead, "printer")
        return (
            Act(wording, self.presenter.record, "<F9>", "F9", icon=icon, kind=ActKind.MAIN),
            Act("intake.back", self._host.leave, "<Escape>", "Esc"),
        )

    def take_focus(self) -> None:
        """See `TakingPane`."""
        self._list.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_paths(self, paths: Sequence[ToldPath]) -> None:
        """See `PathScreen`."""
        self._list.show([_row(path) for path in paths])

    def show_path(self, path: ToldPath | None, instead: str) -> None:
        """See `PathScreen`."""
        for field, name in ((self._words, "words"), (self._path, "path"), (self._basis, "basis")):
            field.show(getattr(path, name) if path else "")
        self._handed.show("")
        self._signed.show("")
        if path is not None and path.may_hand_over and not instead:
            self._handed_row.pack(fill="x", after=self._basis_row)
        else:
            self._handed_row.pack_forget()
        self._notice.clear()
        self._inner.pack_forget()
        if not instead:
            self._inner.pack(fill="x", padx=(0, theme.px(20)))
        else:
            head, _, words = instead.partition("。")
            self._notice.show(head, words, tone=Tone.RED if path and path.instead == "transfer" else Tone.AMBER)
        self._instead = path.instead if path and instead else ""
        self.frame.row.show(self.acts())
        self.frame.say("")
        self._host.acts_changed()

    def typed(self) -> PathTyped:
        """See `PathScreen`."""
        return PathTyped(
            self._words.value(),
            self._path.value(),
            self._basis.value(),
            self._handed.value(),
            SIGNED[self._signed.value()],
        )

    def complain(self, words: str, field: str) -> None:
        """See `PathScreen`."""
        self.frame.say(words)
        inputs = {"words": self._words, "path": self._path}
        if field in inputs:
            inputs[field].take_focus()
        elif field == "list":
            self._list.take_focus()

    def leave(self) -> None:
        """See `PathScreen`."""
        self._host.leave()

    def turn_to(self, instead: str) -> None:
        """See `PathScreen`."""
        self._host.turn_to(instead)

    def fail(self, fault: Exception) -> None:
        """See `PathScreen`."""
        self._host.fail(fault)

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_fields(self) -> None:
        lines = (3, 4, 2) if theme.size() is not Size.LARGEST else (3, 3, 2)
        _, self._words = self._text("words", lines[0], required=True)
        _, self._path = self._text("path", lines[1], required=True)
        self._basis_row, self._basis = self._text("basis", lines[2])
        self._handed_row = FieldRow(self._inner)
        self._handed = LineInput(self._handed_row.body, hint=say("intake.path.handed.hint"))
        self._handed_row.put(self._handed, say("intake.path.handed"), grow=True)
        row = FieldRow(self._inner)
        row.pack(fill="x")
        self._signed = Segments(
            row.body,
            [Choice(value, say(f"intake.path.signed.{value or 'unsaid'}")) for value in SIGNED],
            on_choose=lambda _value: None,
        )
        row.put(self._signed, say("intake.path.signed"))

    def _text(self, name: str, lines: int, *, required: bool = False) -> tuple[FieldRow, TextInput]:
        row = FieldRow(self._inner)
        row.pack(fill="x")
        text = TextInput(row.body, lines=lines)
        row.put(text, say(f"intake.path.{name}"), required=required, grow=True)
        return row, text


def _row(path: ToldPath) -> ListRow:
    tone = Tone.RED if path.instead == "transfer" else Tone.PLAIN
    return ListRow(path.code, (Cell(path.code, Tone.QUIET), Cell(path.name, tone, _ICONS.get(path.instead, ""))))
