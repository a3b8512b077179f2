"""直接答复 without Tk: an article is found while one types, its text may be edited, and what is out of date is not answered from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.clock import Clock, local
from county_hotline.desk.slips import PrintedAnswer
from county_hotline.domain.reference import Article
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import HotlineError
from county_hotline.ui.screens.intake.registering import Registering, Taking
from county_hotline.ui.screens.intake.taking_work import Answer, TakingWork
from county_hotline.ui.telling.article import ArticleTold, article_told
from county_hotline.ui.tones import Tone
from county_hotline.wording import say, sentence


class AnswerScreen(Protocol):
    """What the presenter needs of the pane."""

    def show_found(self, found: Sequence[ArticleTold], keep: str) -> None:
        """The list; `keep` stays chosen."""
        ...

    def show_article(self, told: ArticleTold | None) -> None:
        """The chosen one."""
        ...

    def answer(self) -> str:
        """What stands in the answer."""
        ...

    def put_answer(self, text: str, used: str) -> None:
        """A text for the answer, the keyboard there; `used` says from which article."""
        ...

    def show_used(self, words: str) -> None:
        """From which article, or nothing."""
        ...

    def content(self) -> bool | None:
        """Whether the caller said that this settles it."""
        ...

    def complain(self, words: str, field: str) -> None:
        """What is missing; the keyboard goes there."""
        ...

    def leave(self) -> None:
        """Back to the form."""
        ...

    def show_slip(self, path: Path, words: str, tone: Tone) -> None:
        """答复单 lies there: shown to be printed, and said above the form."""
        ...

    def fail(self, fault: Exception) -> None:
        """Not the officer's to mend."""
        ...


class AnswerPresenter:
    """What is typed stays until it is recorded, also when the form must be completed first."""

    def __init__(self, view: AnswerScreen, work: TakingWork, runner: Runner, *, clock: Clock, taking: Taking) -> None:
        self._view, self._work, self._runner, self._clock, self._taking = view, work, runner, clock, taking
        self._found: dict[str, ArticleTold] = {}
        self._asked = 0
        self._used: ArticleTold | None = None
        self._prints = False

    def open(self, article: str = "") -> None:
        """Show the articles there are; `article` is taken at once (from 知识库)."""
        self._find("", article)

    def typed(self, words: str) -> None:
        """Find while one types."""
        self._find(words, "")

    def choose(self, code: str) -> None:
        """Read one."""
        self._view.show_article(self._found.get(code))

    def use(self, code: str) -> None:
        """Answer from this one; refused where it is out of date."""
        told = self._found.get(code)
        if told is None:
            return
        if told.expired:
            self._view.complain(told.expired, "search")
            return
        self._used = told
        self._view.put_answer(told.text, say("intake.answer.from", title=told.title, version=told.version))

    def answer_typed(self) -> None:
        """An answer emptied by hand is from no article any more."""
        if self._used is not None and not self._view.answer().strip():
            self._used = None
            self._view.show_used("")

    def record_and_print(self) -> None:
        """Ctrl+P: as `record`, and the answer slip for the caller to carry home."""
        self._prints = True
        self.record()

    def record(self) -> None:
        """F9: the form is registered and answered in one; what is missing is asked for first."""
        prints, self._prints = self._prints, False
        words = self._view.answer().strip()
        if not words:
            self._view.complain(say("intake.answer.empty"), "answer")
            return
        if self._taking.lacks():
            self._view.leave()
            return
        answer = Answer(words, self._used.code if self._used else "", self._view.content())
        done = self._recorded_to_print if prints else self._recorded
        self._taking.register(Registering(lambda form: self._work.answer(form, answer), done, self._failed))

    def forget(self) -> None:
        """Nothing of it is wanted any more."""
        self._used = None
        self._view.put_answer("", "")

    def _recorded(self, order: WorkOrder) -> None:
        del order
        self.forget()
        self._view.leave()

    def _recorded_to_print(self, order: WorkOrder) -> None:
        self._recorded(order)
        self._runner.run(lambda: self._work.print_answer(order.number), self._printed, self._failed)

    def _printed(self, printed: PrintedAnswer) -> None:
        words, tone = say("knowledge.printed", path=printed.path), Tone.GREEN
        if printed.missing_glyphs:
            chars = "".join(printed.missing_glyphs[:8])
            words, tone = say("knowledge.printed_missing", count=len(printed.missing_glyphs), chars=chars), Tone.AMBER
        elif printed.is_cut:
            words, tone = say("knowledge.printed_cut", path=printed.path), Tone.AMBER
        self._view.show_slip(Path(printed.path), words, tone)

    def _failed(self, fault: Exception) -> None:
        if isinstance(fault, HotlineError):
            self._view.complain(sentence(fault), "")
        else:
            self._view.fail(fault)

    def _find(self, words: str, take: str) -> None:
        self._asked += 1
        mine, today = self._asked, local(self._clock.now_ms()).date().isoformat()

        def show(found: tuple[Article, ...]) -> None:
            if mine != self._asked:
                return
            told = [article_told(article, today) for article in found]
            self._found = {each.code: each for each in told}
            keep = take if take in self._found else told[0].code if told else ""
            self._view.show_found(told, keep)
            self.choose(keep)
            if take:
                self.use(take)

        self._runner.run(lambda: self._work.articles(words), show, self._view.fail)
