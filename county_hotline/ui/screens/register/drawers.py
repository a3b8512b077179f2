"""What stands beside the list of 台账 while something is chosen: one at a time, built when it is first wanted, left by Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from county_hotline.background import Runner
from county_hotline.ui.opening import folder_for_copies
from county_hotline.ui.screens.register.columns import FULL, left_out
from county_hotline.ui.screens.register.columns_pane import ColumnsPane
from county_hotline.ui.screens.register.export_pane import ExportPane
from county_hotline.ui.screens.register.export_presenter import ExportPresenter
from county_hotline.ui.screens.register.filter_pane import FilterPane
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.many_pane import ManyPane
from county_hotline.ui.screens.register.many_presenter import ManyPresenter
from county_hotline.ui.screens.register.saved_pane import SavedPane
from county_hotline.ui.screens.register.work_many import ManyWork
from county_hotline.ui.shell import Shell
from county_hotline.ui.widgets.acts import Act

if TYPE_CHECKING:
    from county_hotline.ui.screens.register.view import RegisterView


class Drawers:
    """Opens them over `view`; while one is open its keys are the page's."""

    def __init__(self, view: RegisterView, shell: Shell, work: ManyWork, runner: Runner) -> None:
        self._view, self._shell, self._work, self._runner = view, shell, work, runner
        self._open: ColumnsPane | SavedPane | FilterPane | ExportPane | ManyPane | None = None
        self._leave = Act("register.leave", self.leave)
        self._columns: ColumnsPane | None = None
        self._saved: SavedPane | None = None
        self._filter: FilterPane | None = None
        self._export: ExportPane | None = None
        self._many: ManyPane | None = None
        self._width = 0

    @property
    def is_open(self) -> bool:
        """Whether one is."""
        return self._open is not None

    def acts(self) -> tuple[Act, ...] | None:
        """The keys of the open one."""
        return self._open.acts if self._open is not None else None

    def take_focus(self) -> bool:
        """The keyboard goes to the open one; whether one is."""
        if self._open is None:
            return False
        self._open.take_focus()
        return True

    def fit(self, width: int) -> None:
        """So wide is what stands beside the list."""
        self._width = width
        for each in (self._columns, self._saved, self._filter, self._export):
            if each is not None:
                each.widen(width)

    def leave(self) -> None:
        """Back to the list; what is being written is stopped first, and says so."""
        if self._export is not None and self._open is self._export and self._export.presenter.is_running:
            self._export.presenter.cancel()
            return
        if self._many is not None and self._open is self._many:
            if self._many.presenter.is_running:
                self._many.presenter.stop()
                return
            self._many.presenter.close()
        if self._open is not None:
            self._put_away()
            self._view.use_acts()
            self._view.take_focus()

    def close(self) -> None:
        """The page goes: what runs ends after its slice."""
        if self._export is not None:
            self._export.presenter.cancel()
        if self._many is not None:
            self._many.presenter.close()

    def liked(self) -> None:
        """The officer's choices are others now."""
        if self._columns is not None and self._open is self._columns:
            self._show_columns(self._columns)
        if self._saved is not None and self._open is self._saved:
            self._show_saved(self._saved)

    # -- each of them -----------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """栏目."""
        if self._columns is None:
            self._columns = ColumnsPane(self._view.below, self._leave, on_change=self._view.presenter.like_columns)
        self._show_columns(self._columns)
        self._bring(self._columns)

    def save(self) -> None:
        """常用筛选."""
        if self._saved is None:
            self._saved = SavedPane(
                self._view.below,
                self._leave,
                on_save=self._view.presenter.save_filter,
                on_use=self._recall,
                on_drop=self._view.presenter.drop_filter,
            )
        self._show_saved(self._saved)
        self._bring(self._saved)

    def filter(self) -> None:
        """筛选."""
        facts = self._view.presenter.facts
        if facts is None:
            return
        if self._filter is None:
            self._filter = FilterPane(self._view.below, self._leave, on_use=self._use)
        self._filter.open(self._view.filters, self._view.choices, facts.names, facts.today)
        self._bring(self._filter)

    def export(self) -> None:
        """导出."""
        listed = self._view.presenter.listed()
        if listed is None:
            return
        if self._export is None:
            self._export = ExportPane(self._view.below, self._shell, self._leave)
            self._export.presenter = ExportPresenter(self._export, self._work, self._runner)
        if not self._export.presenter.is_running:
            columns = tuple("number" if name == FULL else name for name in self._view.columns_chosen)
            self._export.presenter.open(listed, columns, str(folder_for_copies()))
        self._bring(self._export)

    def many(self, act: str, numbers: tuple[str, ...]) -> None:
        """One act on all of these."""
        if self._many is None:
            self._many = ManyPane(self._view.below, self._shell, self._leave)
            self._many.presenter = ManyPresenter(self._many, self._work, self._runner)
        self._put_away()
        self._open = self._many
        self._view.beside_list()
        self._view.middle.pack_forget()
        self._many.pack(side="left", fill="both", expand=True)
        self._many.presenter.open(act, numbers)
        self._view.use_acts()
        self._many.take_focus()

    def _recall(self, place: int) -> None:
        self.leave()
        self._view.presenter.recall(place)

    def _use(self, filters: Filters) -> None:
        self.leave()
        self._view.presenter.choose_all(filters)

    def _show_columns(self, pane: ColumnsPane) -> None:
        chosen = tuple("number" if name == FULL else name for name in self._view.columns_chosen)
        pane.show(chosen, left_out(chosen, self._view.columns_shown))

    def _show_saved(self, pane: SavedPane) -> None:
        pane.show([name for name, _kept in self._view.liking.saved], self._view.said)

    def _bring(self, drawer: ColumnsPane | SavedPane | FilterPane | ExportPane) -> None:
        self._put_away()
        self._open = drawer
        self._view.beside_list()
        drawer.widen(self._width)
        drawer.pack(side="right", fill="y", before=self._view.middle)
        self._view.use_acts()
        drawer.take_focus()

    def _put_away(self) -> None:
        if self._open is None:
            return
        was, self._open = self._open, None
        was.pack_forget()
        if not self._view.middle.winfo_manager():
            self._view.show_list()
        self._view.beside_list()
