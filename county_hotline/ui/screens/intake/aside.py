"""What the intake page looks up while one types: doubts, the date, the caller's history, and lines for the finding fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import msgspec

from county_hotline.background import Runner
from county_hotline.clock import local
from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.repeats import Chosen, Repeat
from county_hotline.desk.suggesting import Advice
from county_hotline.domain import finding
from county_hotline.domain.reference import Agency, Category, Place
from county_hotline.domain.suggesting import Vote
from county_hotline.domain.time_limits import Due, TraceLine
from county_hotline.domain.views import Caution, RegisterRow
from county_hotline.ids import AgencyCode
from county_hotline.ui.later import Later
from county_hotline.ui.saying import stage_words
from county_hotline.ui.screens.intake.screen import (
    ChosenLine,
    DueWords,
    Earlier,
    IntakeScreen,
    Line,
    RepeatLine,
    SuggestionWords,
)
from county_hotline.ui.screens.intake.work import IntakeWork
from county_hotline.wording import explain, say

LOOK_AFTER_MS = 250
SHORTEST_PHONE = 7
SHOWN_EARLIER = 4


@dataclass(slots=True)
class Look:
    """What one look finds, step by step on the desk's lane."""

    cautions: tuple[Caution, ...] = ()
    due: Due | None = None
    history: tuple[RegisterRow, ...] | None = None
    """None where there was no telephone to ask by."""
    likely: tuple[Repeat, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    suggested: Advice = field(default_factory=Advice)

    def steps(self, work: IntakeWork, form: IntakeForm) -> Iterator[Callable[[], Look | None]]:
        """The questions, quick ones first; the last answers with all that was found."""

        def who() -> None:
            self.cautions = work.cautions(form)
            self.history = work.history(form.phone) if _is_phone(form.phone) else None

        def when() -> None:
            self.due = work.estimate(form)

        def again() -> None:
            self.likely = work.likely(form)
            self.chosen = work.chosen(form) if form.relations else ()

        def whose() -> Look:
            self.suggested = work.suggest(form)
            return self

        yield from (who, when, again, whose)


class Aside:
    """One look at a time; while one runs, only the newest form waits."""

    def __init__(self, view: IntakeScreen, work: IntakeWork, runner: Runner, later: Later) -> None:
        self._view, self._work, self._runner, self._later = view, work, runner, later
        self._cancel: Callable[[], None] = _nothing
        self._look_number = 0
        self._agencies: tuple[Agency, ...] = ()
        self._categories: dict[str, Category] = {}
        self._places: dict[str, Place] = {}
        self._suggested = ""
        """The unit that the county's own list put into the field."""
        self._suggested_for = IntakeForm()
        """What the list was asked with for it."""
        self._not_the_same: set[str] = set()
        """Orders that were looked at and are another matter."""

    def fetch_lists(self) -> None:
        """The lists that are short enough to be kept."""
        self._runner.run(self._work.agencies, self._keep_agencies, self._view.fail)
        self._runner.run(lambda: self._work.categories(""), self._keep_categories, self._view.fail)
        self._runner.run(self._work.sources, self._view.offer_sources, self._view.fail)
        self._learn(more=True)

    def _learn(self, *, more: bool) -> None:
        """What was done before, a few orders a job, so that whatever else is wanted comes between."""
        if more:
            self._runner.run(self._work.learn, lambda more: self._learn(more=more), self._view.fail)

    def forget(self) -> None:
        """Another form begins."""
        self._not_the_same.clear()
        self._suggested = ""

    def not_the_same(self, number: str, form: IntakeForm) -> None:
        """不是同一件: it is not shown again for this form."""
        self._not_the_same.add(number)
        self._look(form)

    def find_grid(self, typed: str) -> None:
        """Lines for the grid field."""

        def offer(found: tuple[tuple[str, str, str], ...]) -> None:
            self._view.offer_grids(typed, [Line(*each) for each in found])

        self._runner.run(lambda: self._work.grids(typed), offer, self._view.fail)

    def look(self, form: IntakeForm, *, at_once: bool = False) -> None:
        """Look at the form a little after the last key."""
        self._cancel()
        if at_once:
            self._look(form)
        else:
            self._cancel = self._later.call(LOOK_AFTER_MS, lambda: self._look(form))

    def settle(self, form: IntakeForm, then: Callable[[], None]) -> None:
        """`then`, once the unit that the list put into the field is the one for what stands there now: who changes the place and registers
        at once has not seen the new one yet. What the officer chose is never waited for."""
        asked = msgspec.structs.replace(self._suggested_for, agency_hint=form.agency_hint)
        if not self._suggested or form.agency_hint != self._suggested or form == asked:
            then()
            return

        def shown(found: Advice) -> None:
            self._show_suggestion(found)
            then()

        self._runner.run(lambda: self._work.suggest(form), shown, lambda _fault: then())

    def show_form(self, form: IntakeForm) -> None:
        """Put a draft in, at once: what is typed next is typed over it, never put away by it. The words of a place not seen before follow."""
        place = self._places.get(form.place)
        category = self._categories.get(form.category)
        self._view.show_form(
            form,
            place=place.path if place else "",
            category=category.path if category else "",
            agency=self._agency_words(form.agency_hint),
        )
        self._look(form)

        def name(found: tuple[Place, ...]) -> None:
            self._keep_places(found)
            if form.place in self._places and self._view.form().place == form.place:
                self._view.show_place(form.place, self._places[form.place].path)

        if form.place and place is None:
            self._runner.run(lambda: self._work.places(form.place), name, self._view.fail)

    def find_place(self, typed: str) -> None:
        """Lines for the place field."""

        def offer(found: tuple[Place, ...]) -> None:
            self._keep_places(found)
            self._view.offer_places(typed, [Line(place.code, place.path, _beside(place, typed)) for place in found])

        self._runner.run(lambda: self._work.places(typed), offer, self._view.fail)

    def find_category(self, typed: str) -> None:
        """Lines for the category field: leaves only, a branch is no answer."""
        parents = {category.parent for category in self._categories.values()}
        leaves = [
            (rank, category)
            for category in self._categories.values()
            if category.code not in parents
            and (rank := finding.rank(typed, (category.name, category.path), category.code)) is not None
        ]
        leaves.sort(key=lambda pair: pair[0])
        self._view.offer_categories(typed, [Line(category.code, category.path) for _, category in leaves])

    def find_agency(self, typed: str) -> None:
        """Lines for the agency field."""
        found = [
            (rank, agency)
            for agency in self._agencies
            if (rank := finding.rank(typed, (agency.short_name or agency.name, agency.name), agency.code)) is not None
        ]
        found.sort(key=lambda pair: pair[0])
        self._view.offer_agencies(typed, [Line(agency.code, agency.name, agency.short_name) for _, agency in found])

    def _look(self, form: IntakeForm) -> None:
        """One question after the other, each a job of its own: a draft that must be saved meanwhile waits for one of them, never for all."""
        self._look_number += 1
        mine = self._look_number
        steps = iter(Look().steps(self._work, form))

        def go_on() -> None:
            if mine != self._look_number:
                return
            step = next(steps, None)
            if step is not None:
                self._runner.run(step, after, self._view.fail)

        def after(found: Look | None) -> None:
            if found is not None and mine == self._look_number:
                self._suggested_for = form
                self._show(found)
            go_on()

        go_on()

    def _show(self, found: Look) -> None:
        words: dict[str, str] = {}
        in_hand = self._view.field_in_hand()
        for caution in found.cautions:
            if caution.field == in_hand:
                continue  # nobody is told a number is too short while typing it
            words[caution.field] = say(f"warning.{caution.code}", **caution.details)
        self._view.show_cautions(words)
        self._view.show_due(_due_words(found.due) if found.due else None)
        self._view.show_chosen([_chosen(each) for each in found.chosen])
        self._view.show_repeats([_repeat(each) for each in found.likely if each.number not in self._not_the_same])
        self._show_suggestion(found.suggested)
        if found.history is None:
            self._view.show_history((), None)
        else:
            self._view.show_history([_earlier(row) for row in found.history[:SHOWN_EARLIER]], len(found.history))

    def _show_suggestion(self, found: Advice) -> None:
        """The best one in words. What the county's own list says stands in the field, too, as long as the officer chose and types nothing else;
        what was only done before is never put in unasked."""
        lead = found.units[0].lead if found.by_list else AgencyCode("")
        form = self._view.form()
        chosen = form.agency_hint
        if "agency_hint" not in form.half and chosen in ("", self._suggested) and lead != chosen:
            self._suggested = lead
            self._view.show_agency(lead, self._agency_words(lead))
        category = self._categories.get(found.category.label) if found.category else None
        if not found.units and category is None:
            self._view.show_suggestion(None)
            return
        words = SuggestionWords("", "")
        if found.units:
            best = found.units[0]
            words = SuggestionWords(
                best.lead,
                self._agency_words(best.lead),
                say("intake.and").join(self._agency_words(code) for code in best.helpers),
                self._agency_words(best.fallback) if best.fallback else "",
                best.basis,
                best.condition,
                self._reason(found.past) if found.past else "",
            )
        if category is not None and found.category is not None:
            words = replace(
                words,
                category=category.code,
                category_words=category.path,
                category_reason=_counted("intake.suggestion.of_category", found.category, ""),
            )
        self._view.show_suggestion(words)

    def _reason(self, past: Vote) -> str:
        return _counted("intake.suggestion.of_unit", past, self._agency_words(past.label))

    def _agency_words(self, code: str) -> str:
        return next((agency.name for agency in self._agencies if agency.code == code), code)

    def _keep_agencies(self, found: tuple[Agency, ...]) -> None:
        self._agencies = found

    def _keep_categories(self, found: tuple[Category, ...]) -> None:
        self._categories = {category.code: category for category in found}

    def _keep_places(self, found: tuple[Place, ...]) -> None:
        self._places.update({place.code: place for place in found})


def _beside(place: Place, typed: str) -> str:
    """The other name it was found by, else how it is typed."""
    return finding.spoken(typed, (place.name, place.path, *place.aliases)) if place.aliases else place.initials


def _repeat(repeat: Repeat) -> RepeatLine:
    tail, stage = say("intake.tail", tail=repeat.number_tail), stage_words(repeat.stage)[0]
    ago = say(f"repeats.ago.{repeat.days}") if repeat.days in (0, 1) else say("repeats.ago", days=repeat.days)
    matter = say("repeats.of", name=repeat.cluster) if repeat.cluster else ""
    stands = "・".join(each for each in (tail, ago, stage, repeat.unit, matter) if each)
    return RepeatLine(
        repeat.number,
        repeat.day[5:],
        repeat.title,
        repeat.why,
        stands,
        can_join=not repeat.has_ended,
        cluster=repeat.cluster,
    )


def _chosen(chosen: Chosen) -> ChosenLine:
    words = say(f"intake.chosen.{chosen.way}", tail=chosen.number_tail, title=chosen.title, name=chosen.cluster)
    return ChosenLine(chosen.way, words)


def _counted(key: str, vote: Vote, unit: str) -> str:
    sure = say(f"suggest.confidence.{vote.confidence.value}")
    return say(key, count=vote.count, of=vote.of, unit=unit, sure=sure, percent=round(100 * vote.share))


def _is_phone(text: str) -> bool:
    return sum(character.isdecimal() for character in text) >= SHORTEST_PHONE


def _due_words(due: Due) -> DueWords:
    span = next((_span(line) for line in due.trace if "amount" in line.values), "")
    on = say("intake.due_on", date=due.on.isoformat(), weekday=say(f"weekday.{due.on.isoweekday()}"))
    return DueWords(on, span, tuple(explain(line.code, **line.values) for line in due.trace), provisional=due.provisional)


def _span(line: TraceLine) -> str:
    unit = "workdays" if "workdays" in line.code else "days" if "days" in line.code else "hours"
    return say(f"intake.span.{unit}", amount=line.values["amount"])


def _earlier(row: RegisterRow) -> Earlier:
    state, tone, icon = stage_words(row.stage)
    return Earlier(str(row.number), f"{local(row.accepted_at):%m-%d}", row.title, state, tone, icon)


def _nothing() -> None:
    """No timer is running."""
