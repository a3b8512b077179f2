"""The frame round every page: strip above, rail at the left, status bar below. It only shows; `window.py` decides."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from county_hotline.domain.reference import Account, StationCard
from county_hotline.domain.views import Counts, Line
from county_hotline.ui import theme
from county_hotline.ui.commands import command
from county_hotline.ui.pages import PAGES, PageSpec
from county_hotline.ui.saying import line_words, verdict
from county_hotline.ui.theme import Tone
from county_hotline.ui.tk_runner import TkLater
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Chip, Hairline, Pane, Sign, Words
from county_hotline.ui.widgets.wrapped import CutWords
from county_hotline.wording import say

MANY = 1000
"""So many have no room in the rail; the strip says how many they are."""
MURMUR_MS = 8000


@dataclass(frozen=True, slots=True)
class FrameDeeds:
    """What its buttons do."""

    go: Callable[[str], None]
    sync: Callable[[], None]
    lock: Callable[[], None]
    turn_line: Callable[[], None] | None
    may: Callable[[str], bool]
    is_training: bool = False


class Strip(Pane):
    """Station, officer, line, the equation of counts, 同步."""

    def __init__(self, parent: tk.Misc, deeds: FrameDeeds) -> None:
        super().__init__(parent, ground=theme.AMBER_WASH if deeds.is_training else theme.SIDE, height=theme.px(48))
        Hairline(self).pack(side="bottom", fill="x")
        right = Pane(self)
        right.pack(side="right", padx=(0, theme.px(16)))
        Words(self, say("program.name"), font=theme.TITLE, ink=theme.BLUE).pack(side="left", padx=(theme.px(18), theme.px(20)))
        if deeds.is_training:
            _training_mark(self).pack(side="left", padx=(0, theme.px(14)))
        self._station = CutWords(self, ink=theme.INK2)
        self._station.pack(side="left", fill="x", expand=True, padx=(0, theme.px(12)))
        sync = command("sync")
        ActButton(right, Act(sync.wording, deeds.sync, sync.key, sync.shown, icon="arrow-repeat", kind=ActKind.PANE)).pack(
            side="right", padx=(theme.px(14), 0)
        )
        self._equation = Equation(right)
        self._equation.pack(side="right", padx=(theme.px(16), 0))
        self._line = Chip(right)
        self._line.pack(side="right", padx=(theme.px(16), 0))
        self._switch: ActButton | None = None
        if deeds.turn_line is not None:
            turn = command("line")
            self._switch = ActButton(
                right, Act(turn.wording, deeds.turn_line, turn.key, turn.shown, icon="plug", kind=ActKind.PANE)
            )
            self._switch.pack(side="right", padx=(theme.px(16), 0))
        self._officer = Words(right, icon="person")
        self._officer.pack(side="right")

    def show_station(self, card: StationCard, officer: Account | None) -> None:
        """Who and where."""
        self._station.say("・".join(part for part in (card.unit_name, card.desk) if part))
        self._officer.say(f" {officer.name}" if officer else "")

    def name_room(self) -> tuple[int, int, int, int]:
        """Where the station's name stands, within the window: x, y, width, height."""
        window, gap = self.winfo_toplevel(), theme.px(3)
        left = self._station.winfo_rootx() - window.winfo_rootx()
        top = self.winfo_rooty() - window.winfo_rooty()
        return left, top + gap, self._station.winfo_width(), self.winfo_height() - 2 * gap

    def show_line(self, line: Line, *, is_cut: bool) -> None:
        """The line's state, in a word with its sign."""
        words, tone, icon = line_words(line)
        self._line.show(words, tone=tone, icon=icon)
        if self._switch is not None:
            words = say("ui.switch.mend" if is_cut else "ui.switch.cut")
            self._switch.configure(text=f"{words}  {command('line').shown}")

    def show_busy(self) -> None:
        """A round is running."""
        self._line.show(say("ui.syncing"), tone=Tone.BLUE, icon="arrow-repeat")

    def show_counts(self, counts: Counts) -> None:
        """The equation."""
        self._equation.show(counts)


def _training_mark(parent: tk.Misc) -> tk.Label:
    """练习模式, white on amber: word and colour, on every page at the same place."""
    return tk.Label(
        parent,
        text=f" {say('training.strip')} ",
        font=theme.BOLD,
        foreground=theme.SHEET,
        background=theme.AMBER,
        padx=theme.px(8),
        pady=theme.px(3),
    )


class Equation(Pane):
    """已存 n ＝ 已签收 n ＋ 待传 n ✓ 对得上: a person can check it by head."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._figures: dict[str, Words] = {}
        for key, before in (("stored", ""), ("received", "＝"), ("waiting", "＋")):
            if before:
                Words(self, before, ink=theme.INK2).pack(side="left", padx=(theme.px(10), 0))
            Words(self, say(f"ui.counts.{key}"), ink=theme.INK2).pack(side="left", padx=(theme.px(5), theme.px(8)))
            self._figures[key] = Words(self, "…", font=theme.BOLD)
            self._figures[key].pack(side="left")
        self._sign = Sign(self, "", pixels=14)
        self._sign.pack(side="left", padx=(theme.px(12), theme.px(5)))
        self._verdict = Words(self, font=theme.SMALL)
        self._verdict.pack(side="left")

    def show(self, counts: Counts) -> None:
        """Three figures and whether they agree."""
        self._figures["stored"].say(f"{counts.stored:,}")
        self._figures["received"].say(f"{counts.received:,}")
        self._figures["waiting"].say(f"{counts.waiting:,}")
        words, agrees = verdict(counts)
        ink = theme.GREEN if agrees else theme.RED
        self._sign.show("check-lg" if agrees else "exclamation-octagon-fill", pixels=14, ink=ink)
        self._verdict.configure(text=words, foreground=ink, font=theme.SMALL if agrees else theme.SMALL_BOLD)


class Rail(Pane):
    """The pages, each with its key; what waits is counted beside its page."""

    def __init__(self, parent: tk.Misc, deeds: FrameDeeds) -> None:
        super().__init__(parent, ground=theme.RAIL, width=theme.px(160 if theme.size() is not theme.Size.LARGEST else 140))
        tk.Frame(self, height=theme.px(8), background=theme.RAIL).pack(side="top")
        if deeds.is_training:
            mark = "\n".join(say("training.mark"))
            tk.Label(self, text=mark, font=theme.BRAND, foreground=theme.BAR, background=theme.RAIL).place(
                relx=0.5, rely=0.72, anchor="center"
            )
        self._items: dict[str, RailItem] = {}
        self._height = 0
        self.bind("<Configure>", lambda event: self._fit(event.height))
        for spec in PAGES:
            if spec.key and not spec.within and spec.exists and (not spec.duty or deeds.may(spec.duty)):
                item = RailItem(self, spec, deeds.go)
                item.pack(side="bottom" if spec.at_foot else "top", fill="x", pady=(0, theme.px(8)) if spec.at_foot else 0)
                self._items[spec.name] = item

    def _fit(self, height: int) -> None:
        """Lower items where the window is too low for all of them."""
        room = (height - theme.px(20)) // max(1, len(self._items))
        wanted = max(theme.px(40), theme.line_height(theme.BODY) + 12)
        if min(room, wanted) != self._height:
            self._height = min(room, wanted)
            for item in self._items.values():
                item.configure(height=self._height)

    def show(self, name: str) -> None:
        """Which page is in front."""
        for key, item in self._items.items():
            item.choose(on=key == name)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """What waits, beside each page: things to do, calls, supervisions, messages, orders to be sent."""
        for name, count in counts.items():
            if name in self._items:
                self._items[name].show_count(count)


class RailItem(Pane):
    """Sign, name, count, key."""

    def __init__(self, parent: tk.Misc, spec: PageSpec, go: Callable[[str], None]) -> None:
        super().__init__(parent, ground=theme.RAIL, height=max(theme.px(40), theme.line_height(theme.BODY) + 12))
        self._spec = spec
        self._bar = tk.Frame(self, width=4, background=theme.RAIL)
        self._bar.pack(side="left", fill="y")
        self._sign = Sign(self, spec.icon)
        self._sign.pack(side="left", padx=(theme.px(12), theme.px(12)))
        self._name = Words(self, say(spec.wording), ink=theme.INK2)
        self._name.pack(side="left")
        shown = spec.shown.replace("Alt+", "A") if theme.size() is theme.Size.LARGEST else spec.shown
        self._key = Words(self, shown, font=theme.SMALL, ink=theme.INK3)
        self._key.pack(side="right", padx=(theme.px(6), theme.px(12)))
        self._count = tk.Label(
            self, font=theme.SMALL_BOLD, foreground=theme.INK, background=theme.SHEET, padx=theme.px(6), pady=1
        )
        for part in (self, self._bar, self._sign, self._name, self._key, self._count):
            part.bind("<Button-1>", lambda _event: go(spec.name))

    def choose(self, *, on: bool) -> None:
        """In front or not: ground, bar, weight and sign together."""
        ground = theme.SHEET if on else theme.RAIL
        for part in (self, self._sign, self._name, self._key):
            part.configure(background=ground)
        self._bar.configure(background=theme.BLUE if on else theme.RAIL)
        self._sign.show(self._spec.icon, ink=theme.BLUE if on else theme.INK2)
        self._name.configure(font=theme.BOLD if on else theme.BODY, foreground=theme.INK if on else theme.INK2)
        self._count.configure(background=theme.RAIL if on else theme.SHEET)

    def show_count(self, count: int) -> None:
        """A figure before the key; none takes it away."""
        if count:
            words = str(count) if count < MANY else f"{MANY - 1}+"
            self._count.configure(text=words, padx=theme.px(6 if len(words) < 4 else 2))
            self._count.pack(side="right")
        else:
            self._count.pack_forget()


class StatusBar(Pane):
    """What the station stands on today, and a line that fades."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, ground=theme.SIDE, height=theme.px(28))
        Hairline(self).pack(side="top", fill="x")
        keys = "　".join(f"{each.shown} {say(each.wording)}" for each in (command("palette"), command("lock")))
        Words(self, keys, font=theme.SMALL, ink=theme.INK2).pack(side="right", padx=theme.px(18))
        self._facts = Words(self, font=theme.SMALL, ink=theme.INK2)
        self._facts.pack(side="left", padx=(theme.px(18), 0))
        self._murmur = Words(self, font=theme.SMALL, ink=theme.INK2)
        self._murmur.pack(side="right", padx=theme.px(18))
        self._later = TkLater(self)
        self._stop_fading: Callable[[], None] | None = None

    def show(self, facts: tuple[str, ...]) -> None:
        """规则包, 日历, 磁盘余."""
        self._facts.say("　・　".join(facts))

    def murmur(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """Says it for a while."""
        if self._stop_fading is not None:
            self._stop_fading()
        self._murmur.say(words, ink=theme.INKS[tone])
        self._stop_fading = self._later.call(MURMUR_MS, lambda: self._murmur.say(""))
