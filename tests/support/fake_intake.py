"""Stand-ins for the intake page and for the desk behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from county_hotline.desk.card_reader import Card
from county_hotline.desk.duty_list import Suggestion
from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.pasting import Pasted
from county_hotline.desk.repeats import Chosen, Repeat
from county_hotline.desk.slips import PrintedSlip
from county_hotline.desk.suggesting import Advice
from county_hotline.domain.facts import Accepted, Person
from county_hotline.domain.reference import Agency, Category, Place
from county_hotline.domain.suggesting import Vote
from county_hotline.domain.time_limits import Due
from county_hotline.domain.views import Caution, RegisterRow
from county_hotline.domain.vocabulary import Channel, MatterKind, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, Number
from county_hotline.ui.screens.intake.screen import (
    ChosenLine,
    Done,
    DueWords,
    Earlier,
    Offer,
    RepeatLine,
    Sources,
    SuggestionWords,
)
from county_hotline.ui.screens.intake.screen import Line as ListLine
from county_hotline.ui.tones import Tone
from tests.support.fake_views import CARD, NUMBER


@dataclass
class FakeIntake:
    """An intake page: `typed` is what stands in its form."""

    typed: IntakeForm = field(default_factory=IntakeForm)
    hand: str = ""
    shown: list[tuple[IntakeForm, str, str, str]] = field(default_factory=list)
    cleared: int = 0
    went_to: list[str] = field(default_factory=list)
    marked: tuple[str, ...] = ()
    sentence: str = ""
    tone: Tone = Tone.QUIET
    cautions: dict[str, str] = field(default_factory=dict)
    kept: str = ""
    times: tuple[str, str] = ("", "")
    offers: tuple[Offer, ...] = ()
    done: list[tuple[Done, str, Tone]] = field(default_factory=list)
    history: tuple[tuple[Earlier, ...], int | None] = ((), None)
    due: DueWords | None = None
    agency: tuple[str, str] = ("", "")
    place: tuple[str, str] = ("", "")
    lines: tuple[ListLine, ...] = ()
    found: dict[str, tuple[ListLine, ...]] = field(default_factory=dict)
    """By the words that were typed."""
    taking: bool = False
    repeats: tuple[RepeatLine, ...] = ()
    chosen: tuple[ChosenLine, ...] = ()
    suggestion: SuggestionWords | None = None
    sources: Sources = field(default_factory=Sources)
    faults: list[Exception] = field(default_factory=list)
    undo: list[Callable[[], None]] = field(default_factory=list)
    pasted: list[tuple[Pasted, tuple[str, ...]]] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)

    def form(self) -> IntakeForm:
        return self.typed

    def is_taking(self) -> bool:
        return self.taking

    def field_in_hand(self) -> str:
        return self.hand

    def show_form(self, form: IntakeForm, *, place: str, category: str, agency: str) -> None:
        self.typed = form
        self.shown.append((form, place, category, agency))

    def clear(self) -> None:
        self.typed = IntakeForm()
        self.cleared += 1

    def show_title(self, words: str) -> None:
        self.typed = replace(self.typed, title=words)

    def go_to(self, field: str) -> None:
        self.went_to.append(field)

    def mark_missing(self, fields: Sequence[str]) -> None:
        self.marked = tuple(fields)

    def show_row_sentence(self, words: str, tone: Tone) -> None:
        self.sentence, self.tone = words, tone

    def show_cautions(self, words: Mapping[str, str]) -> None:
        self.cautions = dict(words)

    def show_kept(self, words: str) -> None:
        self.kept = words

    def show_times(self, came: str, used: str) -> None:
        self.times = (came, used)

    def show_drafts(self, offers: Sequence[Offer]) -> None:
        self.offers = tuple(offers)

    def show_done(self, done: Done, words: str, tone: Tone) -> None:
        self.done.append((done, words, tone))

    def show_history(self, earlier: Sequence[Earlier], total: int | None) -> None:
        self.history = (tuple(earlier), total)

    def show_due(self, due: DueWords | None) -> None:
        self.due = due

    def show_place(self, code: str, words: str) -> None:
        self.place = (code, words)

    def show_agency(self, code: str, words: str) -> None:
        self.agency = (code, words)
        self.typed = replace(self.typed, agency_hint=code)

    def show_repeats(self, lines: Sequence[RepeatLine]) -> None:
        self.repeats = tuple(lines)

    def relate(self, relations: tuple[tuple[str, str], ...]) -> None:
        self.typed = replace(self.typed, relations=relations)

    def show_chosen(self, lines: Sequence[ChosenLine]) -> None:
        self.chosen = tuple(lines)

    def show_suggestion(self, words: SuggestionWords | None) -> None:
        self.suggestion = words

    def offer_sources(self, sources: Sources) -> None:
        self.sources = sources

    def offer_grids(self, typed: str, lines: Sequence[ListLine]) -> None:
        self.found[typed] = tuple(lines)
        self.lines = tuple(lines)

    def offer_places(self, typed: str, lines: Sequence[ListLine]) -> None:
        self.found[typed] = tuple(lines)
        self.lines = tuple(lines)

    def offer_categories(self, typed: str, lines: Sequence[ListLine]) -> None:
        self.found[typed] = tuple(lines)
        self.lines = tuple(lines)

    def offer_agencies(self, typed: str, lines: Sequence[ListLine]) -> None:
        self.found[typed] = tuple(lines)
        self.lines = tuple(lines)

    def show_pasted(self, pasted: Pasted, differing: Sequence[str]) -> None:
        self.pasted.append((pasted, tuple(differing)))

    def insert(self, text: str) -> None:
        self.typed = replace(self.typed, content=self.typed.content + text)

    def toast(self, words: str) -> None:
        self.toasts.append(words)

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        self.undo.append(undo)

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)


@dataclass
class FakeIntakeWork:
    """A desk that remembers. Faults are raised by the act named."""

    now: int = 1_795_223_520_000
    kept: dict[str, IntakeForm] = field(default_factory=dict)
    accepted: list[IntakeForm] = field(default_factory=list)
    printed: list[Number] = field(default_factory=list)
    doubts: tuple[Caution, ...] = ()
    due: Due | None = None
    earlier: tuple[RegisterRow, ...] = ()
    asked_for: list[str] = field(default_factory=list)
    faults: dict[str, Exception] = field(default_factory=dict)
    glyphs: tuple[str, ...] = ()
    repeated: tuple[Repeat, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    category_vote: Vote | None = None
    past_vote: Vote | None = None
    learnt: int = 0
    on_reader: Card = field(default_factory=lambda: Card("林秀英", "11010519491231002X", "红星村"))
    going_on: Sources = field(default_factory=Sources)
    messages: dict[int, IntakeForm] = field(default_factory=dict)

    def agencies(self) -> tuple[Agency, ...]:
        return (
            Agency(AgencyCode("370323D04"), "沂源县住房和城乡建设局", "县住建局"),
            Agency(AgencyCode("370323109"), "燕崖镇人民政府"),
        )

    def places(self, typed: str) -> tuple[Place, ...]:
        return (Place("370323109", "燕崖镇", "燕崖镇", "yyz", AgencyCode("370323109")),)

    def categories(self, typed: str) -> tuple[Category, ...]:
        return (
            Category("07", "基础设施", "基础设施"),
            Category("0701", "路灯", "基础设施 / 路灯", "07", AgencyCode("370323D04")),
        )

    def cautions(self, form: IntakeForm) -> tuple[Caution, ...]:
        return self.doubts

    def estimate(self, form: IntakeForm) -> Due | None:
        return self.due

    def history(self, phone: str) -> tuple[RegisterRow, ...]:
        self.asked_for.append(phone)
        return self.earlier

    def drafts(self) -> tuple[tuple[str, int, IntakeForm], ...]:
        return tuple((key, self.now, form) for key, form in reversed(self.kept.items()))

    def save_draft(self, key: str, form: IntakeForm) -> int:
        self._maybe_fail("save_draft")
        self.kept[key] = form
        return self.now

    def drop_draft(self, key: str) -> None:
        self.kept.pop(key, None)

    def accept(self, form: IntakeForm) -> WorkOrder:
        self._maybe_fail("accept")
        self.accepted.append(form)
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
        return WorkOrder(NUMBER, Stage.TO_DISPATCH, fact, Person(name=form.name, phone=form.phone))

    def print_slip(self, number: Number) -> PrintedSlip:
        self.printed.append(number)
        self._maybe_fail("print_slip")
        return PrintedSlip(f"/home/station/slips/2026-11/{number}-a5.pdf", self.glyphs, 0)

    def likely(self, form: IntakeForm) -> tuple[Repeat, ...]:
        return self.repeated

    def chosen(self, form: IntakeForm) -> tuple[Chosen, ...]:
        return tuple(Chosen(way, Number(number), number[-5:], "三盏路灯不亮", "路灯") for way, number in form.relations)

    def suggest(self, form: IntakeForm) -> Advice:
        del form
        return Advice(self.suggestions, self.category_vote, self.past_vote)

    def learn(self) -> bool:
        self.learnt += 1
        return self.learnt < 3

    def sources(self) -> Sources:
        return self.going_on

    def grids(self, typed: str) -> tuple[tuple[str, str, str], ...]:
        return (("370323109201001", "燕崖村第一网格", "网格员甲"),)

    def card(self) -> Card:
        if "card" in self.faults:
            raise self.faults["card"]
        return self.on_reader

    def pasted(self, text: str) -> Pasted:
        return Pasted({"phone": "13900000000"}, text)

    def incoming(self, incoming: int) -> IntakeForm:
        return self.messages[incoming]

    def _maybe_fail(self, act: str) -> None:
        if act in self.faults:
            raise self.faults[act]
