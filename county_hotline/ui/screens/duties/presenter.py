"""清单 without Tk: one list at a time, searched here, changed by whoever may, brought in and taken out as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from county_hotline.background import Runner
from county_hotline.domain.reference import in_force
from county_hotline.errors import HotlineError
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.bringing_in import BringingIn, PreviewScreen
from county_hotline.ui.long_work import LongWork
from county_hotline.ui.looking import Looking, still_chosen
from county_hotline.ui.screens.duties.conversions import Item
from county_hotline.ui.screens.duties.lists import ListSpec, list_named, normal
from county_hotline.ui.screens.duties.work import DutiesFacts, DutiesWork
from county_hotline.ui.telling.reading import FieldTold, LineTold, ReadTold, SectionTold
from county_hotline.wording import say, sentence

OFFERED = 12
NAMES = ("matter", "whole", "name", "period", "after_returns")
"""Columns that name a line, the first that is there."""
_FIELD_OF = {"R423": "after_returns", "R428": "code", "R429": "limits", "R430": "instead"}
_OURS = {"duty_matter": "matter", "list_name": "name"}
"""Fields as the desk calls them, and as they stand in these forms."""
Lines = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RowTold:
    """One line by column."""

    key: str
    cells: dict[str, str]
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class FormTold:
    """A line being written: a new one, or one that is there."""

    head: str
    beside: str
    fields: tuple[FieldTold, ...]


class DutiesScreen(PreviewScreen, Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show_head(self, words: str) -> None:
        """The line beside the title."""
        ...

    def show_rows(self, name: str, rows: tuple[RowTold, ...], *, keep: str) -> None:
        """One of the lists."""
        ...

    def show_empty(self, head: str, words: str) -> None:
        """What stands in place of rows."""
        ...

    def show_line(self, told: ReadTold | None) -> None:
        """The chosen line, for reading."""
        ...

    def show_rights(self, why: str, *, may_exchange: bool, may_write: bool) -> None:
        """Whether the list may be changed here: empty, or why not. `may_exchange`: it goes in and out as a workbook; `may_write`: line
        by line too."""
        ...

    def show_form(self, told: FormTold | None) -> None:
        """The form in place of the line; None takes it away."""
        ...

    def wrong(self, field: str, words: str) -> None:
        """Say it below that field."""
        ...

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """Lines for a field that finds."""
        ...

    def undoable(self, words: str, undo: Callable[[], None]) -> None:
        """Said, with the key that takes it back."""
        ...


class DutiesPresenter:
    """One look at a time; what is searched for is searched among what is here."""

    def __init__(
        self, view: DutiesScreen, work: DutiesWork, runner: Runner, *, bulletin: Bulletin, long_work: LongWork
    ) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._spec = list_named("duty_lines")
        self._facts: DutiesFacts | None = None
        self._text = ""
        self._chosen = ""
        self._editing: Item | None = None
        self._is_writing = False
        self._looking = Looking(runner, ask=self._question, show=self._looked, fail=view.fail)
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)
        self.bringing_in = BringingIn(view, work, long_work, self._looking.look)

    # -- what the view reports --------------------------------------------------------------------------------------

    def shown(self) -> None:
        """In front."""
        if self._facts is None or self._looking.is_stale:
            self._looking.look()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def show_list(self, name: str) -> None:
        """Another segment."""
        if name != self._spec.name:
            self._spec = list_named(name)
            self._text, self._chosen = "", ""
            self.leave_form()
            self._looking.look()

    def search(self, text: str) -> None:
        """Only lines that hold every word."""
        if text.strip() != self._text:
            self._text = text.strip()
            self._show()

    def choose(self, key: str) -> None:
        """This line is chosen."""
        if key != self._chosen:
            self._chosen = key
            self.leave_form()
            self._show_chosen()

    def begin(self) -> None:
        """新增."""
        self._open_form(None)

    def change(self) -> None:
        """改."""
        item = self._item()
        if item is not None:
            self._open_form(item)

    def leave_form(self) -> None:
        """Back to the line."""
        if self._is_writing:
            self._is_writing, self._editing = False, None
            self._view.show_form(None)

    def save(self, values: Mapping[str, str]) -> None:
        """Keep what was typed."""
        facts, spec, before = self._facts, self._spec, self._editing
        if facts is None or spec.made is None:
            return
        kept = spec.values(before, facts.names) if before is not None else {}
        taken = frozenset(map(spec.key, facts.items)) if before is None else frozenset()
        try:
            item = spec.made(normal(spec, {**kept, **values}, today=facts.today, taken=taken), facts.names)
        except HotlineError as fault:
            self._wrong(fault)
            return
        self._runner.run(lambda: self._work.save(spec.name, item, before), self._saved, self._wrong)

    def retire(self) -> None:
        """停用 the chosen line, or 启用 it again. Nothing is deleted, so nothing is asked: Ctrl+Z takes it back."""
        item, facts = self._item(), self._facts
        if item is not None and facts is not None and not facts.why:
            self._set_retired(item, retired=not item.retired, is_undo=False)

    def _set_retired(self, item: Item, *, retired: bool, is_undo: bool) -> None:
        spec, facts = self._spec, self._facts
        if facts is None:
            return
        cells = spec.cells(item, facts.names)
        name = next((cells[each] for each in (*NAMES, *cells) if cells.get(each)), "")
        now = replace(item, retired=retired)

        def done(key: str) -> None:
            self._chosen = key
            words = say("duties.retired" if retired else "duties.in_force_again", name=name)
            if not is_undo:
                self._view.undoable(words, lambda: self._set_retired(now, retired=not retired, is_undo=True))
            self._looking.look()

        self._runner.run(lambda: self._work.retire(spec.name, item, retired=retired), done, self._failed)

    def bring_in(self, file: str) -> None:
        """导入 Excel: looked at before anything is written."""
        self.bringing_in.look(self._spec.name, file)

    def take_out(self, file: str) -> None:
        """导出."""
        name = self._spec.name
        self._runner.run(
            lambda: self._work.take_out(name, file),
            lambda count: self._view.say(say("duties.taken_out", count=count), file, "green"),
            self._failed,
        )

    def find(self, field: str, typed: str) -> None:
        """Lines for a field that finds."""
        facts = self._facts
        if facts is None:
            return
        match field:
            case "category":
                lines = [(c.code, c.path, "") for c in in_force(facts.names.categories.values())]
            case "place":
                lines = [(p.code, p.path, p.initials) for p in in_force(facts.names.places.values())]
            case _:
                lines = [(a.code, a.name, a.short_name) for a in in_force(facts.names.agencies.values())]
        wanted = typed.replace(" ", "").lower()
        hits = [line for line in lines if not wanted or any(wanted in text.replace(" ", "").lower() for text in line)]
        self._view.offer(field, typed, tuple((value, words, "") for value, words, _note in hits[:OFFERED]))

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _news(self, changes: Changes) -> None:
        if changes.reference:
            self._looking.is_stale = True
            if self._view.is_seen():
                self._looking.look()

    def _question(self) -> Callable[[], DutiesFacts]:
        name = self._spec.name
        return lambda: self._work.look(name)

    def _looked(self, facts: DutiesFacts) -> None:
        """What was seen of another list than the one shown now is let go: turning to this one has asked for it."""
        if facts.name == self._spec.name:
            self._facts = facts
            self._show()

    def _show(self) -> None:
        facts, spec = self._facts, self._spec
        if facts is None:
            return
        rows = tuple(self._found(facts, spec))
        self._chosen = still_chosen(self._chosen, [row.key for row in rows])
        total = len(facts.items)
        which = "some" if self._text else "all"
        self._view.show_head(say(f"duties.head.{which}", list=say(f"duties.list.{spec.name}"), total=total, found=len(rows)))
        why = say(f"duties.why.{facts.why}") if facts.why else ""
        self._view.show_rights(why, may_exchange=facts.may_exchange, may_write=spec.made is not None)
        if self._text:
            self._view.show_empty(say("duties.empty.search", text=self._text), say("duties.empty.search.words", total=total))
        else:
            does = "read" if facts.why else "words" if spec.made is not None else "file"
            self._view.show_empty(say(f"duties.empty.{spec.name}"), say(f"duties.empty.{does}"))
        self._view.show_rows(spec.name, rows, keep=self._chosen)
        self._show_chosen()

    def _found(self, facts: DutiesFacts, spec: ListSpec) -> list[RowTold]:
        wanted = self._text.lower().split()
        rows = []
        for item in facts.items:
            cells = spec.cells(item, facts.names)
            text = " ".join((*cells.values(), *spec.values(item, facts.names).values())).lower()
            if all(part in text for part in wanted):
                rows.append(RowTold(spec.key(item), cells, is_retired=item.retired))
        return rows

    def _item(self) -> Item | None:
        items = self._facts.items if self._facts else ()
        return next((item for item in items if self._spec.key(item) == self._chosen), None)

    def _show_chosen(self) -> None:
        item, facts, spec = self._item(), self._facts, self._spec
        if item is None or facts is None:
            self._view.show_line(None)
            return
        values = spec.values(item, facts.names)
        lines = []
        for name, kind, _required in spec.fields:
            words = values.get(f"{name}.words") or values.get(name, "")
            if kind == "tick":
                words = say("duties.yes" if words else "duties.no")
            elif kind == "choice":
                words = say(f"duties.{name}.{words or 'none'}")
            elif not words and name in ("lead", "unit"):
                words = say("duties.township")
            if words and name not in ("matter", "name", "line"):
                lines.append(LineTold(words, say(f"duties.field.{name}")))
        title = values.get("matter") or values.get("name") or values.get("period") or say(f"duties.list.{spec.name}")
        number = say("duties.number", number=values["line"]) if values.get("line") else ""
        if item.retired:
            number = " ".join(part for part in (number, say("duties.retired_mark")) if part)
        self._view.show_line(ReadTold(self._chosen, number, title, sections=(SectionTold("", tuple(lines)),)))

    def _open_form(self, item: Item | None) -> None:
        facts, spec = self._facts, self._spec
        if facts is None or facts.why or spec.made is None:
            return
        self._is_writing, self._editing = True, item
        values = spec.values(item, facts.names) if item is not None else {}
        fields = spec.told_fields(values)
        if item is not None:
            fields = tuple(field for field in fields if field.name not in spec.fixed or field.is_required)
        head = say("duties.form.new" if item is None else "duties.form.change", list=say(f"duties.list.{spec.name}"))
        self._view.show_form(FormTold(head, say("duties.form.beside"), fields))

    def _saved(self, key: str) -> None:
        self._chosen = key
        self.leave_form()
        self._done(say("duties.saved"))

    def _done(self, words: str) -> None:
        self._view.say(words, say("duties.goes_up"), "green")
        self._looking.look()

    def _wrong(self, fault: Exception) -> None:
        field = ""
        if isinstance(fault, HotlineError):
            field = str(fault.details.get("field") or _FIELD_OF.get(fault.code, ""))
        if isinstance(fault, HotlineError) and field:
            self._view.wrong(_OURS.get(field, field), sentence(fault))
        else:
            self._view.fail(fault)

    def _failed(self, fault: Exception) -> None:
        self._view.fail(fault)
