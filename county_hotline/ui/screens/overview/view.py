"""总览 as it looks: span and filters above, one of four panels, acts below; and 大屏 over everything."""

from __future__ import annotations

import tkinter as tk

from county_hotline import settings as chosen
from county_hotline.background import Lane
from county_hotline.ui import theme
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.overview.panels import PANELS
from county_hotline.ui.screens.overview.presenter import Choices, OverviewPresenter
from county_hotline.ui.screens.overview.telling import OverviewTold
from county_hotline.ui.screens.overview.wall import Wall
from county_hotline.ui.screens.overview.work import SPANS, Asked, OverviewFacts
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

STOP_S = 1.0


class OverviewView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.OverviewScreen`)."""

    presenter: OverviewPresenter

    def __init__(self, parent: tk.Misc, shell: Shell, drawing: Lane) -> None:
        super().__init__(parent, shell, say("overview.title"))
        self._drawing = drawing
        self._wall: Wall | None = None
        self._key = ""
        self._told: OverviewTold | None = None
        self._span = Segments(
            self._head.right,
            [Choice(name, say(f"overview.span.{name}")) for name in SPANS],
            on_choose=self._choose_span,
        )
        self._span.pack(side="right")
        self._build_filters()
        self._body = Pane(self.frame)
        self._body.pack(side="top", fill="both", expand=True, padx=theme.px(20), pady=(theme.px(4), 0))
        self._panels = {name: made(self._body, drawing, self._open, self._choose) for name, made in PANELS.items()}
        self._panel = "glance"

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front; an argument names a panel, or `wall`."""
        self._is_front = True
        acts = self._acts()
        self._foot.show(acts)
        self._shell.use_acts(acts)
        self._show_panel(argument if argument in PANELS else self._panel)
        self.presenter.shown()
        self._panels[self._panel].take_focus()
        if argument == "wall":
            self.open_wall()

    def close(self) -> None:
        """No answer, no news, no drawing any more."""
        super().close()
        self.close_wall()
        self._drawing.stop(STOP_S)

    def is_seen(self) -> bool:
        """See `OverviewScreen`. 大屏 is seen whatever page is in front, also while the window is locked."""
        return self._is_front or self._wall is not None

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_asked(self, asked: Asked, choices: dict[str, Choices]) -> None:
        """See `OverviewScreen`."""
        self._span.show(asked.span)
        for name, field in (("place", self._place), ("agency", self._agency)):
            if name in choices:
                field.offer([Choice(value, words) for value, words in choices[name]])
            field.show(getattr(asked, name))
        if asked.span == "own":
            self._first.show(asked.first)
            self._last.show(asked.last)
            self._days.pack(side="left")
        else:
            self._days.pack_forget()

    def show(self, told: OverviewTold) -> None:
        """See `OverviewScreen`."""
        self._told = told
        self._head.say(beside=told.beside)
        self._panels[self._panel].show(told)
        self._say_foot()

    def wants_wall(self) -> bool:
        """See `OverviewScreen`."""
        return self._wall is not None

    def show_wall(self, today: OverviewFacts, month: OverviewFacts) -> None:
        """See `OverviewScreen`."""
        if self._wall is not None:
            self._wall.show(today, month)

    def open(self, argument: str) -> None:
        """See `OverviewScreen`."""
        self._shell.go("register", argument)

    def say_printed(self, path: str) -> None:
        """See `OverviewScreen`."""
        self._shell.murmur(say("overview.printed", path=path), Tone.GREEN)

    # -- what a person does -----------------------------------------------------------------------------------------

    def open_wall(self) -> None:
        """大屏, over everything; Esc leaves it."""
        if self._wall is None:
            seconds = int(self._shell.services.settings.value(chosen.WALL_SECONDS))
            self._wall = Wall(self.frame, self._drawing, self._shell.services.clock, seconds=seconds, leave=self.close_wall)
        self.presenter.look()

    def close_wall(self) -> None:
        """Back to the page."""
        if self._wall is not None:
            self._wall.close()
            self._wall = None

    def _acts(self) -> tuple[Act, ...]:
        return (
            Act("overview.open", self._open_chosen, "<F9>", "F9", "table", ActKind.MAIN),
            Act("overview.turn_panel", self._turn_panel, "<Next>", "PgDn"),
            Act("overview.turn_span", self.presenter.turn_span, "<Control-Key-t>", "Ctrl+T"),
            Act("overview.wall", self.open_wall, "<F11>", "F11", "display"),
            Act("overview.print", self.presenter.print, "<Control-Key-p>", "Ctrl+P"),
        )

    def _choose_span(self, name: str) -> None:
        self.presenter.choose_span(name)

    def _open(self, key: str) -> None:
        self.presenter.open(key)

    def _open_chosen(self) -> None:
        if self._key:
            self.presenter.open(self._key)

    def _choose(self, key: str) -> None:
        self._key = key
        self._say_foot()

    def _say_foot(self) -> None:
        words = self._told.figures.get(self._key, "") if self._told is not None else ""
        self._foot.say(f"F9：{words}" if words else say("overview.f9"))

    def _turn_panel(self) -> None:
        names = list(PANELS)
        self._show_panel(names[(names.index(self._panel) + 1) % len(names)])
        self._panels[self._panel].take_focus()

    def _show_panel(self, name: str) -> None:
        self._panels[self._panel].pack_forget()
        self._panel, self._key = name, ""
        self._panels[name].pack(fill="both", expand=True)
        self._which.show(name)
        if self._told is not None:
            self._panels[name].show(self._told)
        self._say_foot()

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_filters(self) -> None:
        row = Pane(self.frame)
        row.pack(side="top", fill="x", padx=theme.px(20), pady=(0, theme.px(8)))
        self._which = Segments(
            row, [Choice(name, say(f"overview.panel.{name}")) for name in PANELS], on_choose=self._show_panel
        )
        self._which.pack(side="left")
        right = Pane(row)
        right.pack(side="right")
        self._days = Pane(right)
        self._first, self._last = (self._day(key) for key in ("first", "last"))
        self._place = self._filter(right, "place")
        self._place.on_change(lambda: self.presenter.choose_place(self._place.value()))
        self._agency = self._filter(right, "agency")
        self._agency.on_change(lambda: self.presenter.choose_agency(self._agency.value()))

    def _day(self, key: str) -> LineInput:
        Words(self._days, say(f"overview.{key}"), ink=theme.INK2).pack(side="left", padx=(theme.px(10), theme.px(6)))
        made = LineInput(self._days, width=theme.px(104))
        made.pack(side="left")
        made.on_change(lambda: self.presenter.choose_days(self._first.value(), self._last.value()))
        return made

    def _filter(self, parent: Pane, key: str) -> ChoiceInput:
        Words(parent, say(f"overview.{key}"), ink=theme.INK2).pack(side="left", padx=(theme.px(14), theme.px(6)))
        made = ChoiceInput(parent, [Choice("", say("overview.everywhere"))], width=theme.px(124))
        made.pack(side="left")
        return made
