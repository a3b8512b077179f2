"""What the other ways to take a request ask of the desk: answer, told path, emergency, repeat. All on the desk's lane."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.slips import PrintedAnswer
from county_hotline.domain.facts import EmergencyTransferred
from county_hotline.domain.reference import Article, ToldPath, in_force
from county_hotline.domain.views import Phrase
from county_hotline.domain.vocabulary import EmergencyLine
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import HotlineError
from county_hotline.ids import Number

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk


class Joining(str, Enum):
    """How what was said comes to an order that is there already. The values are names of `desk.acts`."""

    SUPPLEMENT = "give_more"  # 补充
    URGE = "urge"  # 催办
    MERGE = "merge"  # 另登一件并入


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered at once."""

    words: str
    article: str = ""
    """Code of the article it was answered from, or empty."""
    content: bool | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Which lawful path was told, in the words of the paper."""

    reason: str
    words: str
    path: str
    basis: str
    handed_to: str = ""
    signed: bool | None = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """What to say when a call is handed over, and what to do where the duty is unclear."""

    to_caller: str
    to_centre: str
    unclear: str = ""


class TakingWork(Protocol):
    """Each may raise a HotlineError."""

    def articles(self, typed: str) -> tuple[Article, ...]:
        """知识条目 for what was typed."""
        ...

    def told_paths(self) -> tuple[ToldPath, ...]:
        """The county's lawful paths."""
        ...

    def script(self, form: IntakeForm, line: EmergencyLine) -> Scripts:
        """What to say aloud, with what is known by now."""
        ...

    def answer(self, form: IntakeForm, answer: Answer) -> WorkOrder:
        """直接答复."""
        ...

    def print_answer(self, number: Number) -> PrintedAnswer:
        """答复单 of an order answered at once."""
        ...

    def tell_path(self, form: IntakeForm, told: Told) -> WorkOrder:
        """告知法定途径."""
        ...

    def transfer(self, form: IntakeForm, fact: EmergencyTransferred) -> WorkOrder:
        """紧急转接."""
        ...

    def join(self, number: Number, joining: Joining, words: str) -> WorkOrder:
        """补充 or 催办 of an order that is there already."""
        ...

    def merge(self, form: IntakeForm, into: Number, words: str) -> WorkOrder:
        """Register, and 并单 into an order that is there already. The new order is answered; where it could not be merged it stands
        by itself."""
        ...

    def phrases(self, typed: str) -> tuple[Phrase, ...]:
        """模板与常用语 for what was typed."""
        ...

    def save_phrase(self, phrase: Phrase) -> int:
        """Keep it; its number."""
        ...

    def drop_phrase(self, phrase: int) -> None:
        """Forget it."""
        ...


class DeskTaking:
    """`TakingWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def articles(self, typed: str) -> tuple[Article, ...]:
        """See `TakingWork`."""
        from county_hotline.desk import knowledge

        return knowledge.find(self._desk, typed)

    def told_paths(self) -> tuple[ToldPath, ...]:
        """See `TakingWork`."""
        from county_hotline.desk import county_lists

        return in_force(county_lists.told_paths(self._desk))

    def script(self, form: IntakeForm, line: EmergencyLine) -> Scripts:
        """See `TakingWork`."""
        from county_hotline.ui.screens.intake.script import scripts

        desk = self._desk
        place = desk.store.reference.place(form.place).path if form.place else ""
        return scripts(form, line, place=place, unit=desk.card.unit_name, badge=desk.signed_in().badge)

    def answer(self, form: IntakeForm, answer: Answer) -> WorkOrder:
        """See `TakingWork`."""
        from county_hotline.desk import intake

        return intake.answer(self._desk, form, answer=answer.words, article=answer.article, content=answer.content)

    def print_answer(self, number: Number) -> PrintedAnswer:
        """See `TakingWork`."""
        from county_hotline.desk import answer_slips

        return answer_slips.print_order(self._desk, number)

    def tell_path(self, form: IntakeForm, told: Told) -> WorkOrder:
        """See `TakingWork`."""
        from county_hotline.desk import intake

        return intake.tell_path(
            self._desk,
            form,
            reason=told.reason,
            words=told.words,
            path=told.path,
            basis=told.basis,
            handed_to=told.handed_to,
            signed=told.signed,
        )

    def transfer(self, form: IntakeForm, fact: EmergencyTransferred) -> WorkOrder:
        """See `TakingWork`."""
        from county_hotline.desk import intake

        return intake.transfer_emergency(self._desk, form, fact)

    def join(self, number: Number, joining: Joining, words: str) -> WorkOrder:
        """See `TakingWork`."""
        from county_hotline.desk import acts

        opened = acts.opened(self._desk, self._desk.store.order(number), joining.value)
        return acts.perform(self._desk, number, joining.value, {**opened.values, "words": words})

    def merge(self, form: IntakeForm, into: Number, words: str) -> WorkOrder:
        """See `TakingWork`."""
        from county_hotline.desk import acts, intake

        order = intake.accept(self._desk, form)
        try:
            return acts.perform(self._desk, order.number, Joining.MERGE.value, {"into": into, "reason": words})
        except HotlineError as fault:
            log.warning("not_merged code=%s", fault.code)
            return order

    def phrases(self, typed: str) -> tuple[Phrase, ...]:
        """See `TakingWork`."""
        from county_hotline.desk import phrases

        return phrases.listed(self._desk, typed)

    def save_phrase(self, phrase: Phrase) -> int:
        """See `TakingWork`."""
        from county_hotline.desk import phrases

        return phrases.save(self._desk, phrase)

    def drop_phrase(self, phrase: int) -> None:
        """See `TakingWork`."""
        from county_hotline.desk import phrases

        phrases.drop(self._desk, phrase)
