"""The right column as the presenter sees it, and the acts that come and go with what it says."""

from __future__ import annotations

from collections.abc import Sequence

from county_hotline.desk.relating import CLUSTER, LINK
from county_hotline.ui.screens.intake.fields import IntakeFields
from county_hotline.ui.screens.intake.panes import Panes
from county_hotline.ui.screens.intake.presenter import IntakePresenter
from county_hotline.ui.screens.intake.screen import ChosenLine, Done, DueWords, Earlier, Offer, RepeatLine, SuggestionWords
from county_hotline.ui.screens.intake.side import IntakeSide
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActKind


class SideShown:
    """The part of `screen.IntakeScreen` that is told at the right. The page gives what stands below, before anything is shown."""

    presenter: IntakePresenter
    fields: IntakeFields
    _shell: Shell
    _side: IntakeSide
    _panes: Panes
    _extra: dict[str, tuple[Act, ...]]
    """Acts of what the column says now."""
    _repeats: tuple[RepeatLine, ...]
    _relations: tuple[tuple[str, str], ...]
    """What will be written together with the acceptance."""
    _all_history: Act

    def _use_acts(self) -> None:
        raise NotImplementedError

    def _typed(self) -> None:
        raise NotImplementedError

    def show_drafts(self, offers: Sequence[Offer]) -> None:
        """See `IntakeScreen`."""
        key = offers[0].key if offers else ""
        acts = (
            Act("intake.take_up", lambda: self.presenter.take_up(key), "<Alt-j>", "Alt+J", kind=ActKind.PANE),
            Act("intake.throw_away", lambda: self.presenter.throw_away(key), "<Alt-d>", "Alt+D", kind=ActKind.PANE),
            *([Act("intake.draft.all", self._panes.drafts, "<Alt-g>", "Alt+G", kind=ActKind.LINK)] if len(offers) > 1 else []),
        )
        self._extra["drafts"] = acts if offers else ()
        self._panes.show_drafts(offers)
        self._side.show_drafts(offers, acts)
        self._use_acts()

    def show_done(self, done: Done, words: str, tone: Tone) -> None:
        """See `IntakeScreen`."""
        acts = (
            Act("intake.print_again", self.presenter.print_again, "<Control-p>", "Ctrl+P", kind=ActKind.PANE),
            Act("intake.open", lambda: self._open_order(done.number), "<Control-o>", "Ctrl+O", kind=ActKind.PANE),
        )
        self._extra["done"] = acts
        self._side.show_done(done, words, tone, acts)
        self._use_acts()

    def show_history(self, earlier: Sequence[Earlier], total: int | None) -> None:
        """See `IntakeScreen`."""
        self._extra["history"] = (self._all_history,) if total else ()
        self._side.show_history(earlier, total)
        self._use_acts()

    def show_due(self, due: DueWords | None) -> None:
        """See `IntakeScreen`."""
        self._side.show_due(due)

    def show_repeats(self, lines: Sequence[RepeatLine]) -> None:
        """See `IntakeScreen`."""
        self._repeats = tuple(lines)
        joins = lines and lines[0].can_join
        acts = (
            *([Act("intake.join.open", self._join, "<Alt-r>", "Alt+R", kind=ActKind.PANE)] if joins else []),
            Act("intake.link", lambda: self._relate(LINK), "<Alt-l>", "Alt+L", kind=ActKind.PANE),
            Act("intake.cluster", lambda: self._relate(CLUSTER), "<Alt-s>", "Alt+S", kind=ActKind.PANE),
            Act("intake.see", self._see_repeat, "<Alt-o>", "Alt+O", kind=ActKind.LINK),
            Act("intake.not_the_same", self._not_the_same, "<Alt-x>", "Alt+X", kind=ActKind.LINK),
        )
        self._extra["repeats"] = acts if lines else ()
        self._side.show_repeats(lines, acts)
        self._use_acts()

    def show_chosen(self, lines: Sequence[ChosenLine]) -> None:
        """See `IntakeScreen`."""
        act = Act("intake.unrelate", self.presenter.unrelate, "<Alt-u>", "Alt+U", kind=ActKind.LINK)
        self._extra["chosen"] = (act,) if lines else ()
        self._side.show_chosen(lines, act)
        self._use_acts()

    def relate(self, relations: tuple[tuple[str, str], ...]) -> None:
        """See `IntakeScreen`."""
        self._relations = relations

    def show_suggestion(self, words: SuggestionWords | None) -> None:
        """See `IntakeScreen`."""
        adopt: Act | None = None
        wants_unit = words is not None and words.lead not in ("", self.fields.agency.value())
        if words is not None and (wants_unit or words.category):
            adopt = Act("intake.adopt", lambda: self._adopt(words), "<Alt-a>", "Alt+A", kind=ActKind.LINK)
        self._extra["suggestion"] = (adopt,) if adopt is not None else ()
        self._side.show_suggestion(words, adopt)
        self._use_acts()

    def _join(self) -> None:
        if self._repeats:
            self._panes.join(self._repeats[0])

    def _relate(self, way: str) -> None:
        if self._repeats:
            self.presenter.relate(way, self._repeats[0].number)

    def _see_repeat(self) -> None:
        if self._repeats:
            self._open_order(self._repeats[0].number)

    def _not_the_same(self) -> None:
        if self._repeats:
            self.presenter.not_the_same(self._repeats[0].number)

    def _adopt(self, words: SuggestionWords) -> None:
        """Alt+A: what is suggested goes in, because the officer says so."""
        if words.lead:
            self.fields.agency.show(words.lead, words.lead_words)
        if words.category and not self.fields.category.value():
            self.fields.category.show(words.category, words.category_words)
        self._typed()

    def _open_order(self, number: str) -> None:
        self._shell.go("order", number)

    def _show_all_history(self) -> None:
        self._shell.go("register", self.fields.phone.value())
