"""What may be done on 台账, as data: the page's keys, its links, what stands below the list while rows are ticked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from county_hotline.ui.screens.register.saved_pane import BY_KEY
from county_hotline.ui.shell import Shell
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.ui.screens.register.view import RegisterView


class PageActs:
    """Made before what they act on is there: each looks for it when it is done."""

    def __init__(self, view: RegisterView, shell: Shell) -> None:
        self._view, self._shell = view, shell

    def of_page(self) -> tuple[Act, ...]:
        """All keys of the page."""
        digits = (
            Act("register.saved.recall", partial(self._recall, at), f"<Control-Key-{at}>", details={"place": str(at)})
            for at in range(1, BY_KEY + 1)
        )
        return (
            Act("register.search", self._view.to_search, "<Control-Key-f>", "Ctrl+F"),
            Act("register.turn", self._turn, "<Control-Key-o>", "Ctrl+O"),
            Act("register.reverse", self._reverse, "<Control-Key-r>", "Ctrl+R"),
            Act("register.open", self._open, "<F9>", "F9"),
            *self.links(),
            *self._many(),
            Act("register.clear", self._view.escape, "<Escape>", "Esc"),
            *digits,
        )

    def links(self) -> tuple[Act, ...]:
        """At the head of the page."""
        return (
            Act("register.filters", self._filter, "<Control-Key-l>", "Ctrl+L"),
            Act("register.saved", self._save, "<Control-Key-s>", "Ctrl+S"),
            Act("register.columns", self._arrange, "<Control-Key-g>", "Ctrl+G"),
            Act("register.export", self._export, "<Control-Key-e>", "Ctrl+E"),
        )

    def on_ticked(self) -> tuple[Act, ...]:
        """Below the list, for all that is ticked."""
        return (self.links()[-1], *self._many(), Act("register.ticked.clear", self._untick, shown="Esc"))

    def of_pane(self) -> tuple[Act, ...]:
        """Below the chosen order."""
        urge, _dispatch, prints, _cluster = self._many()
        return Act("register.open", self._open, shown=say("register.enter"), kind=ActKind.MAIN), urge, prints

    def _many(self) -> tuple[Act, ...]:
        return (
            Act("register.many.urge.ask", partial(self._act, "urge"), "<F10>", "F10"),
            Act("register.many.dispatch.ask", partial(self._act, "dispatch"), "<Control-Key-d>", "Ctrl+D"),
            Act("register.print", partial(self._act, "print"), "<Control-Key-p>", "Ctrl+P"),
            Act("register.many.cluster.ask", partial(self._act, "cluster"), "<Alt-s>", "Alt+S"),
        )

    def _act(self, name: str) -> None:
        """On what is ticked; where nothing is, on the chosen order on its own page."""
        numbers = self._view.presenter.ticks.numbers
        if numbers:
            self._view.drawers.many(name, numbers)
        elif self._view.chosen:
            self._shell.go("order", f"{self._view.chosen} {name}")

    def _turn(self) -> None:
        """The next column there is that can be sorted by."""
        sorts, present = self._view.middle.sorts, self._view.filters.sort
        at = sorts.index(present) + 1 if present in sorts else 0
        self._view.presenter.sort(sorts[at % len(sorts)])

    def _reverse(self) -> None:
        self._view.presenter.sort(self._view.filters.sort)

    def _recall(self, place: int) -> None:
        self._view.presenter.recall(place - 1)

    def _filter(self) -> None:
        self._view.drawers.filter()

    def _save(self) -> None:
        self._view.drawers.save()

    def _arrange(self) -> None:
        self._view.drawers.arrange()

    def _export(self) -> None:
        self._view.drawers.export()

    def _untick(self) -> None:
        self._view.presenter.ticks.clear()

    def _open(self) -> None:
        if self._view.chosen:
            self._view.open_order(self._view.chosen)
