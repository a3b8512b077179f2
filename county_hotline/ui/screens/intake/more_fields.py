"""补充: what is seldom asked for. It is hidden until Alt+M, and shown unasked where there is room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from county_hotline.clock import shown
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.typed_times import read_time
from county_hotline.domain.vocabulary import CallerKind, Concern, SourceLevel
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.screen import Sources
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.finder import Finder
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, Input, LineInput, Tick
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.wording import say, word


class MoreValues(TypedDict):
    """These fields of an `IntakeForm`."""

    caller_kind: CallerKind
    company: str
    credit_code: str
    concerns: tuple[str, ...]
    source_level: SourceLevel
    external_number: str
    external_due_at: int
    event: str
    campaign: str
    grid: str
    collected_by: str
    line: str
    id_number: str


class MoreFields(Pane):
    """`values()` reads it, `show(form)` fills it. `inputs` and `rows` are part of the form's."""

    label = ""

    def __init__(self, parent: Pane, *, find_grid: Callable[[str], None]) -> None:
        super().__init__(parent)
        self.label = say("intake.more")
        """Names it when it is out of sight."""
        self._find_grid = find_grid
        self.rows: dict[str, FieldRow] = {}
        SectionHead(self, say("intake.more"), say("intake.more_hint")).pack(
            fill="x", padx=theme.px(22), pady=(theme.px(2), theme.px(5))
        )
        self._build_caller()
        self._build_care()
        self._build_source()
        self._build_grid()
        self._events = self._choice_row("event", "campaign")
        self.inputs: dict[str, Input] = {
            "caller_kind": self.caller_kind, "company": self.company, "credit_code": self.credit_code,
            "source_level": self.source_level, "external_number": self.external_number, "external_due_at": self.due,
            "event": self.event, "campaign": self.campaign, "grid": self.grid_field, "collected_by": self.collected_by,
            "line": self.line, "id_number": self.id_number,
        }  # fmt: skip
        self.due.on_change(self._check_due)
        self.offer_sources(Sources())

    def values(self) -> MoreValues:
        """What is typed and chosen. A limit that cannot be read is none; the row says so."""
        return MoreValues(
            caller_kind=CallerKind(self.caller_kind.value()),
            company=self.company.value(),
            credit_code=self.credit_code.value(),
            concerns=tuple(each.value for each, tick in self.ticks.items() if tick.is_on()),
            source_level=SourceLevel(self.source_level.value()),
            external_number=self.external_number.value(),
            external_due_at=read_time(self.due.value()) or 0,
            event=self.event.value(),
            campaign=self.campaign.value(),
            grid=self.grid_field.value(),
            collected_by=self.collected_by.value(),
            line=self.line.value(),
            id_number=self.id_number.value(),
        )

    def show(self, form: IntakeForm) -> None:
        """Fill it; tells nobody."""
        for name in ("company", "credit_code", "external_number", "collected_by", "line", "id_number"):
            self.inputs[name].show(getattr(form, name))
        self.caller_kind.show(CallerKind(form.caller_kind).value)
        self.source_level.show(SourceLevel(form.source_level).value)
        self.due.show(shown(form.external_due_at) if form.external_due_at else form.half.get("external_due_at", ""))
        self.event.show(form.event)
        self.campaign.show(form.campaign)
        for each, tick in self.ticks.items():
            tick.show(on=each.value in form.concerns)
        self._check_due()

    def half(self) -> dict[str, str]:
        """A limit that cannot be read yet."""
        typed = self.due.value()
        return {"external_due_at": typed} if typed and read_time(typed) is None else {}

    def is_used(self, form: IntakeForm) -> bool:
        """Whether a form has anything of it."""
        empty = IntakeForm()
        return any(getattr(form, name) != getattr(empty, name) for name in MoreValues.__annotations__)

    def offer_sources(self, sources: Sources) -> None:
        """领导接线 and 专项 of today; without any there is no row."""
        none = Choice("", say("intake.none"))
        self.event.offer([none, *(Choice(*each) for each in sources.events)])
        self.campaign.offer([none, *(Choice(*each) for each in sources.campaigns)])
        for field in (self.event, self.campaign):
            if not field.value():
                field.show("")
        if sources.events or sources.campaigns:
            self._events.pack(fill="x", padx=(theme.px(12), theme.px(20)))
        else:
            self._events.pack_forget()

    # -- building ---------------------------------------------------------------------------------------------------

    def _row(self, *names: str) -> FieldRow:
        row = FieldRow(self)
        row.pack(fill="x", padx=(theme.px(12), theme.px(20)))
        for name in names:
            self.rows[name] = row
        return row

    def _build_caller(self) -> None:
        row = self._row("caller_kind", "company")
        self.caller_kind = ChoiceInput(row.body, [Choice(each.value, word(each)) for each in CallerKind], width=128)
        row.put(self.caller_kind, say("intake.field.caller_kind"))
        self.company = LineInput(row.body)
        row.put(self.company, say("intake.field.company"), grow=True)
        row = self._row("credit_code", "id_number")
        self.credit_code = LineInput(row.body, width=190, hint=say("intake.hint.credit_code"))
        row.put(self.credit_code, say("intake.field.credit_code"))
        self.id_number = LineInput(row.body)
        row.put(self.id_number, say("intake.field.id_number"), grow=True)

    def _build_care(self) -> None:
        row = self._row("concerns")
        self.ticks = {each: Tick(row.body, word(each)) for each in Concern}
        for at, tick in enumerate(self.ticks.values()):
            row.put(tick, say("intake.field.concerns") if at == 0 else "")

    def _build_source(self) -> None:
        row = self._row("source_level", "external_number", "external_due_at")
        self.source_level = ChoiceInput(row.body, [Choice(each.value, word(each)) for each in SourceLevel], width=88)
        row.put(self.source_level, say("intake.field.source_level"))
        self.external_number = LineInput(row.body)
        row.put(self.external_number, say("intake.field.external_number"), grow=True)
        self.due = LineInput(row.body, width=150, hint=say("intake.hint.external_due_at"))
        row.put(self.due, say("intake.field.external_due_at"))

    def _build_grid(self) -> None:
        row = self._row("grid", "collected_by", "line")
        self.grid_field = Finder(row.body, hint=say("intake.hint.grid"), on_typed=self._find_grid)
        row.put(self.grid_field, say("intake.field.grid"), grow=True)
        self.collected_by = LineInput(row.body, width=100)
        row.put(self.collected_by, say("intake.field.collected_by"))
        self.line = LineInput(row.body, width=70, hint=say("intake.hint.line"))
        row.put(self.line, say("intake.field.line"))

    def _choice_row(self, *names: str) -> FieldRow:
        row = self._row(*names)
        self.event = ChoiceInput(row.body, width=230)
        row.put(self.event, say("intake.field.event"))
        self.campaign = ChoiceInput(row.body)
        row.put(self.campaign, say("intake.field.campaign"), grow=True)
        return row

    def _check_due(self) -> None:
        typed = self.due.value().strip()
        wrong = bool(typed) and read_time(typed) is None
        self.rows["external_due_at"].say(say("intake.wrong_due") if wrong else "", Tone.AMBER)
