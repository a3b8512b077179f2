"""What the intake page asks of the desk, all on the desk's lane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from county_hotline.clock import local
from county_hotline.desk import intake, looking_up, pasting, printing, repeats, suggesting
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.pasting import Pasted
from county_hotline.desk.repeats import Chosen, Repeat
from county_hotline.desk.slips import PrintedSlip
from county_hotline.desk.suggesting import Advice
from county_hotline.domain.reference import Agency, Category, Place, in_force
from county_hotline.domain.time_limits import Due
from county_hotline.domain.views import Caution, RegisterRow
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import StoreFault
from county_hotline.ids import Number
from county_hotline.ui.screens.intake.screen import Sources
from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.desk.card_reader import Card

GRIDS = 60
"""Lines of the grid field's list."""


class IntakeWork(Protocol):
    """Each may raise a HotlineError."""

    def agencies(self) -> tuple[Agency, ...]:
        """承办单位."""
        ...

    def places(self, typed: str) -> tuple[Place, ...]:
        """区划 for what was typed."""
        ...

    def categories(self, typed: str) -> tuple[Category, ...]:
        """类别 for what was typed."""
        ...

    def cautions(self, form: IntakeForm) -> tuple[Caution, ...]:
        """What looks wrong but may be right."""
        ...

    def estimate(self, form: IntakeForm) -> Due | None:
        """最迟办结."""
        ...

    def history(self, phone: str) -> tuple[RegisterRow, ...]:
        """此人历史."""
        ...

    def drafts(self) -> tuple[tuple[str, int, IntakeForm], ...]:
        """Key, time and form of each draft, newest first."""
        ...

    def save_draft(self, key: str, form: IntakeForm) -> int:
        """Keep; when."""
        ...

    def drop_draft(self, key: str) -> None:
        """Forget."""
        ...

    def accept(self, form: IntakeForm) -> WorkOrder:
        """受理."""
        ...

    def print_slip(self, number: Number) -> PrintedSlip:
        """受理回执."""
        ...

    def likely(self, form: IntakeForm) -> tuple[Repeat, ...]:
        """可能重复, likeliest first."""
        ...

    def chosen(self, form: IntakeForm) -> tuple[Chosen, ...]:
        """What will be linked, or be of one matter, when the form is accepted."""
        ...

    def suggest(self, form: IntakeForm) -> Advice:
        """建议: whose matter it is and what kind, by the county's list and by what was done before."""
        ...

    def learn(self) -> bool:
        """A few more past orders; whether there are more."""
        ...

    def sources(self) -> Sources:
        """领导接线 and 专项 of today."""
        ...

    def grids(self, typed: str) -> tuple[tuple[str, str, str], ...]:
        """网格 for what was typed: code, name, keeper."""
        ...

    def incoming(self, incoming: int) -> IntakeForm:
        """The form of a message that waits (来件)."""
        ...

    def pasted(self, text: str) -> Pasted:
        """粘贴识别."""
        ...

    def card(self) -> Card:
        """读身份证."""
        ...


class DeskIntake:
    """`IntakeWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def agencies(self) -> tuple[Agency, ...]:
        """See `IntakeWork`."""
        return looking_up.agencies(self._desk)

    def places(self, typed: str) -> tuple[Place, ...]:
        """See `IntakeWork`."""
        return looking_up.places(self._desk, typed, 60)

    def categories(self, typed: str) -> tuple[Category, ...]:
        """See `IntakeWork`."""
        return looking_up.categories(self._desk, typed)

    def cautions(self, form: IntakeForm) -> tuple[Caution, ...]:
        """See `IntakeWork`."""
        return intake.cautions(self._desk, form)

    def estimate(self, form: IntakeForm) -> Due | None:
        """See `IntakeWork`."""
        return intake.estimate(self._desk, form)

    def history(self, phone: str) -> tuple[RegisterRow, ...]:
        """See `IntakeWork`."""
        return intake.caller_history(self._desk, phone)

    def drafts(self) -> tuple[tuple[str, int, IntakeForm], ...]:
        """See `IntakeWork`."""
        return tuple((draft.key, draft.saved_at, intake.form_of(draft)) for draft in intake.drafts(self._desk))

    def save_draft(self, key: str, form: IntakeForm) -> int:
        """See `IntakeWork`."""
        return intake.save_draft(self._desk, key, form)

    def drop_draft(self, key: str) -> None:
        """See `IntakeWork`."""
        intake.drop_draft(self._desk, key)

    def accept(self, form: IntakeForm) -> WorkOrder:
        """See `IntakeWork`."""
        return intake.accept(self._desk, form)

    def print_slip(self, number: Number) -> PrintedSlip:
        """See `IntakeWork`."""
        return printing.print_slip(self._desk, number)

    def likely(self, form: IntakeForm) -> tuple[Repeat, ...]:
        """See `IntakeWork`."""
        return repeats.likely(self._desk, form)

    def chosen(self, form: IntakeForm) -> tuple[Chosen, ...]:
        """See `IntakeWork`."""
        return repeats.chosen(self._desk, form)

    def suggest(self, form: IntakeForm) -> Advice:
        """See `IntakeWork`."""
        return suggesting.advise(self._desk, form)

    def learn(self) -> bool:
        """See `IntakeWork`."""
        return suggesting.learn(self._desk)

    def sources(self) -> Sources:
        """See `IntakeWork`."""
        bundle = self._desk.store.reference.bundle()
        today = local(self._desk.clock.now_ms()).date().isoformat()
        events = [event for event in in_force(bundle.events) if event.on == today]
        campaigns = [
            each for each in in_force(bundle.campaigns) if each.since <= today and (not each.until or today <= each.until)
        ]
        return Sources(
            tuple((event.code, say("intake.event", period=event.period, leader=event.leader)) for event in events),
            tuple((campaign.code, campaign.name) for campaign in campaigns),
        )

    def grids(self, typed: str) -> tuple[tuple[str, str, str], ...]:
        """See `IntakeWork`."""
        found = [
            grid
            for grid in in_force(self._desk.store.reference.bundle().grids)
            if typed in grid.name or grid.code.startswith(typed) or typed in grid.keeper
        ]
        return tuple((grid.code, grid.name, grid.keeper) for grid in found[:GRIDS])

    def incoming(self, incoming: int) -> IntakeForm:
        """See `IntakeWork`."""
        from county_hotline.desk import inbox

        waiting = inbox.waiting(self._desk)
        message = next((each for each in waiting if each.incoming == incoming), None)
        if message is None:
            raise StoreFault("S120", incoming=incoming)
        return inbox.form_of(message)

    def pasted(self, text: str) -> Pasted:
        """See `IntakeWork`."""
        return pasting.read(self._desk, text)

    def card(self) -> Card:
        """See `IntakeWork`."""
        from county_hotline.desk import card_reader

        return card_reader.read(self._desk)
