"""登记 without a screen: the presenter with everything round it."""

from __future__ import annotations

from dataclasses import dataclass, field

from county_hotline.background import InlineRunner, Runner
from county_hotline.desk.intake import IntakeForm
from county_hotline.ui.screens.intake.presenter import IntakePresenter
from tests.support.fake_intake import FakeIntake, FakeIntakeWork
from tests.support.fake_views import FakeLater
from tests.support.ticking_clock import TickingClock

WHOLE = IntakeForm(
    name="李某",
    phone="13805330000",
    place="370323109",
    title="村口路灯连续多日不亮",
    content="自十一月十八日晚起，村口三盏路灯不亮。",
)


@dataclass
class Desk:
    """One intake page with everything round it."""

    runner: Runner = field(default_factory=InlineRunner)
    view: FakeIntake = field(default_factory=FakeIntake)
    work: FakeIntakeWork = field(default_factory=FakeIntakeWork)
    later: FakeLater = field(default_factory=FakeLater)
    clock: TickingClock = field(default_factory=TickingClock)
    prints: bool = True

    def __post_init__(self) -> None:
        self.presenter = IntakePresenter(
            self.view, self.work, self.runner, clock=self.clock, later=self.later, prints=lambda: self.prints
        )
        self.presenter.open()

    def type(self, form: IntakeForm) -> None:
        self.view.typed = form
        self.presenter.typed()
