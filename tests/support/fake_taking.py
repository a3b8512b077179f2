"""Stand-ins for the panes of the intake page and for what they ask of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.slips import PrintedAnswer
from county_hotline.domain.facts import Accepted, EmergencyTransferred
from county_hotline.domain.reference import Article, ToldPath
from county_hotline.domain.views import Phrase
from county_hotline.domain.vocabulary import Channel, EmergencyLine, HandedOver, MatterKind, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number
from county_hotline.ui.screens.intake.emergency import Heard
from county_hotline.ui.screens.intake.registering import Registering
from county_hotline.ui.screens.intake.screen import RepeatLine
from county_hotline.ui.screens.intake.script import scripts
from county_hotline.ui.screens.intake.taking_work import Answer, Joining, Scripts, Told
from county_hotline.ui.screens.intake.telling_path import PathTyped
from county_hotline.ui.telling.article import ArticleTold
from county_hotline.ui.tones import Tone
from tests.support.fake_views import CARD, NUMBER


def an_order(stage: Stage, form: IntakeForm | None = None) -> WorkOrder:
    """What the desk answers."""
    form = form or IntakeForm()
    fact = Accepted(
        query_code="7K3F92QD",
        unit=CARD.unit,
        channel=Channel.VISIT,
        matter_kind=MatterKind.HELP,
        category="",
        place=form.place,
        title=form.title,
        content=form.content,
        came_at=form.came_at,
    )
    return WorkOrder(NUMBER, stage, fact)


@dataclass
class FakeTakingWork:
    """A desk that remembers. Faults are raised by the act named."""

    found: tuple[Article, ...] = ()
    paths: tuple[ToldPath, ...] = ()
    merges: bool = True
    faults: dict[str, Exception] = field(default_factory=dict)
    searched: list[str] = field(default_factory=list)
    answered: list[tuple[IntakeForm, Answer]] = field(default_factory=list)
    printed: list[Number] = field(default_factory=list)
    told: list[tuple[IntakeForm, Told]] = field(default_factory=list)
    transferred: list[tuple[IntakeForm, EmergencyTransferred]] = field(default_factory=list)
    joined: list[tuple[Number, Joining, str]] = field(default_factory=list)
    merged: list[tuple[IntakeForm, Number, str]] = field(default_factory=list)

    def articles(self, typed: str) -> tuple[Article, ...]:
        self.searched.append(typed)
        return tuple(article for article in self.found if typed in article.title)

    def phrases(self, typed: str) -> tuple[Phrase, ...]:
        del typed
        return ()

    def save_phrase(self, phrase: Phrase) -> int:
        return phrase.phrase or 1

    def drop_phrase(self, phrase: int) -> None:
        del phrase

    def told_paths(self) -> tuple[ToldPath, ...]:
        return self.paths

    def script(self, form: IntakeForm, line: EmergencyLine) -> Scripts:
        return scripts(form, line, place="燕崖镇", unit=CARD.unit_name, badge="0301")

    def answer(self, form: IntakeForm, answer: Answer) -> WorkOrder:
        self._maybe_fail("answer")
        self.answered.append((form, answer))
        return an_order(Stage.FINISHED, form)

    def print_answer(self, number: Number) -> PrintedAnswer:
        self._maybe_fail("print_answer")
        self.printed.append(number)
        return PrintedAnswer("slips/a.pdf", (), is_cut=False, reprint=0)

    def tell_path(self, form: IntakeForm, told: Told) -> WorkOrder:
        self._maybe_fail("tell_path")
        self.told.append((form, told))
        return an_order(Stage.TOLD, form)

    def transfer(self, form: IntakeForm, fact: EmergencyTransferred) -> WorkOrder:
        self._maybe_fail("transfer")
        self.transferred.append((form, fact))
        return an_order(Stage.EMERGENCY if fact.result is HandedOver.TAKEN else Stage.TO_DISPATCH, form)

    def join(self, number: Number, joining: Joining, words: str) -> WorkOrder:
        self._maybe_fail("join")
        self.joined.append((number, joining, words))
        return an_order(Stage.IN_HAND)

    def merge(self, form: IntakeForm, into: Number, words: str) -> WorkOrder:
        self.merged.append((form, into, words))
        return an_order(Stage.MERGED if self.merges else Stage.TO_DISPATCH, form)

    def _maybe_fail(self, act: str) -> None:
        if act in self.faults:
            raise self.faults[act]


@dataclass
class FakeForm:
    """The form's presenter: registers at once, as often as it is asked."""

    typed: IntakeForm = field(default_factory=IntakeForm)
    missing: bool = False
    registered: list[WorkOrder] = field(default_factory=list)
    ways: list[Registering] = field(default_factory=list)
    cleared: int = 0

    def form(self) -> IntakeForm:
        return self.typed

    def lacks(self) -> bool:
        return self.missing

    def register(self, way: Registering, came_at: int = 0) -> None:
        self.ways.append(way)
        form = self.typed if self.typed.came_at else replace(self.typed, came_at=came_at)
        try:
            order = way.do(form)
        except Exception as fault:  # noqa: BLE001 - as the lanes do
            way.failed(fault)
        else:
            self.registered.append(order)
            way.done(order)

    def given_up(self) -> None:
        self.cleared += 1


@dataclass
class FakePane:
    """Any of the panes: `said` is what stands beside the acts, with the field that got the keyboard."""

    said: list[tuple[str, str]] = field(default_factory=list)
    left: int = 0
    faults: list[Exception] = field(default_factory=list)

    def complain(self, words: str, field: str) -> None:
        self.said.append((words, field))

    def leave(self) -> None:
        self.left += 1

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)


@dataclass
class FakeEmergencyPane(FakePane):
    """紧急转接."""

    began: list[str] = field(default_factory=list)
    typed: Heard = field(default_factory=Heard)
    scripts: Scripts | None = None
    handed: str = ""
    recorded: tuple[str, bool] | None = None

    def begin(self, began: str) -> None:
        self.began.append(began)

    def heard(self) -> Heard:
        return self.typed

    def show_scripts(self, scripts: Scripts) -> None:
        self.scripts = scripts

    def show_handed(self, words: str) -> None:
        self.handed = words

    def show_recorded(self, words: str, *, goes_on: bool) -> None:
        self.recorded = (words, goes_on)


@dataclass
class FakeAnswerPane(FakePane):
    """直接答复."""

    found: tuple[ArticleTold, ...] = ()
    shown: ArticleTold | None = None
    words: str = ""
    used: str = ""
    is_content: bool | None = None
    slips: list[tuple[Path, str]] = field(default_factory=list)

    def show_found(self, found: Sequence[ArticleTold], keep: str) -> None:
        self.found = tuple(found)

    def show_article(self, told: ArticleTold | None) -> None:
        self.shown = told

    def answer(self) -> str:
        return self.words

    def put_answer(self, text: str, used: str) -> None:
        self.words, self.used = text, used

    def show_used(self, words: str) -> None:
        self.used = words

    def content(self) -> bool | None:
        return self.is_content

    def show_slip(self, path: Path, words: str, tone: Tone) -> None:
        self.slips.append((path, words))


@dataclass
class FakePathPane(FakePane):
    """告知法定途径."""

    paths: tuple[ToldPath, ...] = ()
    instead: str = ""
    fields: PathTyped = field(default_factory=lambda: PathTyped("", "", "", "", None))
    turned_to: list[str] = field(default_factory=list)

    def show_paths(self, paths: Sequence[ToldPath]) -> None:
        self.paths = tuple(paths)

    def show_path(self, path: ToldPath | None, instead: str) -> None:
        self.instead = instead
        self.fields = PathTyped(path.words, path.path, path.basis, "", None) if path else PathTyped("", "", "", "", None)

    def typed(self) -> PathTyped:
        return self.fields

    def turn_to(self, instead: str) -> None:
        self.turned_to.append(instead)


@dataclass
class FakeJoinPane(FakePane):
    """并入."""

    line: RepeatLine | None = None
    way: Joining = Joining.SUPPLEMENT
    text: str = ""
    ended: list[tuple[str, bool]] = field(default_factory=list)

    def show_repeat(self, line: RepeatLine, words: str) -> None:
        self.line, self.text = line, words

    def joining(self) -> Joining:
        return self.way

    def words(self) -> str:
        return self.text

    def joined(self, number: str, words: str, *, well: bool) -> None:
        self.ended.append((words, well))
