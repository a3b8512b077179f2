"""粘贴识别 as it looks: which fields a pasted text has, its content below, one key to take it over."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from county_hotline.clock import shown
from county_hotline.desk.pasting import Pasted
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.pane_frame import PaneFrame
from county_hotline.ui.tones import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.inputs import LineInput, TextInput
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say


class PastePane:
    """The pane (`pane_frame.TakingPane`). `accept` is told what was pasted, its content as it was mended here."""

    def __init__(self, parent: tk.Misc, *, accept: Callable[[Pasted], None], leave: Callable[[], None]) -> None:
        self._accept, self._leave = accept, leave
        self._pasted = Pasted({}, "")
        self.frame = PaneFrame(parent, say("intake.paste.title"), say("intake.paste.title.beside"), self.acts())
        body = self.frame.body
        self._values = KeyValues(body, column=84)
        self._values.pack(fill="x", padx=theme.px(20), pady=(0, theme.px(8)))
        SectionHead(body, say("intake.field.content"), say("intake.paste.content.beside")).pack(
            fill="x", padx=theme.px(20), pady=(0, theme.px(4))
        )
        self._note = WrappedWords(body, ink=theme.AMBER)
        self._note.pack(side="bottom", fill="x", padx=theme.px(20), pady=(theme.px(4), theme.px(6)))
        self._content = TextInput(body, lines=6)
        self._content.pack(fill="both", expand=True, padx=theme.px(20))

    @property
    def kept(self) -> Mapping[str, LineInput | TextInput]:
        """See `TakingPane`."""
        return {}

    def show(self, pasted: Pasted, differing: Sequence[str]) -> None:
        """What a text says. Of `differing` fields another value was typed before."""
        self._pasted = pasted
        said = dict(pasted.said)
        if pasted.place:
            said["place"] = pasted.place_words
        if pasted.came_at:
            said["came_at"] = shown(pasted.came_at)
        self._values.show([_line(name, words, taken=name in differing) for name, words in said.items()])
        self._content.show(pasted.content)
        self._note.say("" if pasted.place else say("intake.paste.no_place"))

    def acts(self) -> Sequence[Act]:
        """See `TakingPane`."""
        return (
            Act("intake.paste.accept", self._taken, "<F9>", "F9", icon="check-lg", kind=ActKind.MAIN),
            Act("intake.back", self._leave, "<Escape>", "Esc"),
        )

    def take_focus(self) -> None:
        """See `TakingPane`."""
        self._content.take_focus()

    def _taken(self) -> None:
        self._leave()
        self._accept(replace(self._pasted, content=self._content.value()))


def _line(name: str, words: str, *, taken: bool) -> KeyValue:
    label = say(f"intake.paste.field.{name}")
    if taken:
        return KeyValue(label, say("intake.paste.taken", words=words), Tone.AMBER)
    return KeyValue(label, words)
