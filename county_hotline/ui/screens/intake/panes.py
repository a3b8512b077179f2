"""The panes that take the form's place, one at a time; each is built when it is first opened and keeps what is typed in it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from county_hotline.desk.pasting import Pasted
from county_hotline.ui.screens.intake.answer_pane import AnswerPane
from county_hotline.ui.screens.intake.drafts_pane import DraftsPane
from county_hotline.ui.screens.intake.emergency_pane import EmergencyPane
from county_hotline.ui.screens.intake.join_pane import JoinPane
from county_hotline.ui.screens.intake.pane_frame import Host, TakingPane
from county_hotline.ui.screens.intake.paste_pane import PastePane
from county_hotline.ui.screens.intake.path_pane import PathPane
from county_hotline.ui.screens.intake.phrases_pane import PhrasesPane
from county_hotline.ui.screens.intake.screen import Offer, RepeatLine
from county_hotline.ui.tones import Tone
from county_hotline.ui.widgets.acts import Act


class Panes:
    """`parent` is where they are packed; `changed()` is told when another pane, or none, is in front,
    `typed()` when something is typed that must outlive a power cut."""

    def __init__(
        self, parent: tk.Misc, host: Callable[[], Host], changed: Callable[[], None], typed: Callable[[], None]
    ) -> None:
        self._parent, self._host, self._changed, self._typed = parent, host, changed, typed
        self._emergency: EmergencyPane | None = None
        self._answer: AnswerPane | None = None
        self._path: PathPane | None = None
        self._join: JoinPane | None = None
        self._drafts: DraftsPane | None = None
        self._paste: PastePane | None = None
        self._phrases: PhrasesPane | None = None
        self._offers: tuple[Offer, ...] = ()
        self._in_front: TakingPane | None = None
        self._built: dict[str, TakingPane] = {}
        self._waiting: dict[str, str] = {}
        """Of a draft, for panes that are not open yet; by pane and input."""

    @property
    def is_open(self) -> bool:
        """Whether one of them is in front."""
        return self._in_front is not None

    @property
    def owes_emergency(self) -> bool:
        """Whether a transfer was begun and is not written down."""
        return self._emergency is not None and self._emergency.presenter.is_begun

    def acts(self) -> Sequence[Act]:
        """Of the one in front."""
        return self._in_front.acts() if self._in_front is not None else ()

    def take_focus(self) -> None:
        """The keyboard goes to the one in front."""
        if self._in_front is not None:
            self._in_front.take_focus()

    def half(self) -> dict[str, str]:
        """What stands in them unrecorded, by pane and input."""
        typed = {
            f"{name}.{field}": text
            for name, pane in self._built.items()
            if name != "join" or pane is self._in_front  # elsewhere it is only the form's own text again
            for field, each in pane.kept.items()
            if (text := each.value())
        }
        return self._waiting | typed

    def show(self, half: Mapping[str, str]) -> None:
        """What an earlier form left in them goes; what a draft holds for them comes."""
        self._waiting = {name: text for name, text in half.items() if "." in name}
        for name, pane in self._built.items():
            for each in pane.kept.values():
                each.show("")
            self._fill(name, pane)

    def emergency(self) -> None:
        """紧急转接."""
        pane = self._emergency = self._emergency or EmergencyPane(self._parent, self._host())
        self._show("emergency", pane, pane.open)

    def answer(self, article: str = "") -> None:
        """直接答复."""
        pane = self._answer = self._answer or AnswerPane(self._parent, self._host())
        self._show("answer", pane, lambda: pane.open(article))

    def path(self) -> None:
        """告知法定途径."""
        pane = self._path = self._path or PathPane(self._parent, self._host())
        self._show("path", pane, pane.open)

    def join(self, line: RepeatLine) -> None:
        """并入."""
        pane = self._join = self._join or JoinPane(self._parent, self._host())
        self._show("join", pane, lambda: pane.open(line))

    def drafts(self) -> None:
        """没受理的草稿, all of them."""
        host = self._host()
        pane = self._drafts = self._drafts or DraftsPane(
            self._parent, take_up=host.take_up, throw_away=host.throw_away, leave=host.leave
        )
        self._show("drafts", pane, lambda: pane.show(self._offers))

    def paste(self, pasted: Pasted, differing: Sequence[str]) -> None:
        """粘贴识别."""
        host = self._host()
        pane = self._paste = self._paste or PastePane(self._parent, accept=host.fill, leave=host.leave)
        self._show("paste", pane, lambda: pane.show(pasted, differing))

    def phrases(self) -> None:
        """模板与常用语."""
        pane = self._phrases = self._phrases or PhrasesPane(self._parent, self._host())
        self._show("phrases", pane, pane.open)

    def show_drafts(self, offers: Sequence[Offer]) -> None:
        """These wait now."""
        self._offers = tuple(offers)
        if self._drafts is not None:
            self._drafts.show(offers)

    def say(self, words: str, tone: Tone) -> None:
        """What the page says beside its acts, where 草稿 is in front."""
        if self._drafts is not None and self._in_front is self._drafts:
            self._drafts.frame.say(words, tone)

    def close(self) -> None:
        """None is in front."""
        if self._in_front is not None:
            self._in_front.frame.pack_forget()
            self._in_front = None
            self._changed()

    def _show(self, name: str, pane: TakingPane, begin: Callable[[], None]) -> None:
        if self._in_front is not None and self._in_front is not pane:
            self._in_front.frame.pack_forget()
        self._in_front = pane
        pane.frame.pack(fill="both", expand=True)
        begin()
        if name not in self._built:
            self._built[name] = pane
            for each in pane.kept.values():
                each.on_change(self._typed)
        self._fill(name, pane)
        self._changed()
        pane.take_focus()

    def _fill(self, name: str, pane: TakingPane) -> None:
        for field, each in pane.kept.items():
            if text := self._waiting.pop(f"{name}.{field}", ""):
                each.show(text)
