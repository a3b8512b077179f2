"""知识库 without Tk: found while one types, answered from, and changed by whom the county lets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from county_hotline.background import Runner
from county_hotline.clock import Clock, local
from county_hotline.domain.reference import Article
from county_hotline.errors import HotlineError
from county_hotline.ids import AgencyCode
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.knowledge.work import KnowledgeWork
from county_hotline.ui.telling.article import ArticleTold, article_told
from county_hotline.wording import say, sentence

Lines = Sequence[tuple[str, str, str]]
NEEDED = {"title": "knowledge.no_title", "text": "knowledge.no_text", "version": "knowledge.no_version"}


@dataclass(frozen=True, slots=True)
class ArticleTyped:
    """What stands in the editor."""

    title: str = ""
    text: str = ""
    version: str = ""
    source: str = ""
    unit: str = ""
    unit_words: str = ""
    category: str = ""
    category_words: str = ""
    valid_until: str = ""


class KnowledgeScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def typed(self) -> str:
        """What stands in the search."""
        ...

    def show_found(self, found: Sequence[ArticleTold], keep: str, *, total_words: str) -> None:
        """The list."""
        ...

    def show_article(self, told: ArticleTold | None) -> None:
        """The chosen one."""
        ...

    def show_duties(self, *, may_answer: bool, may_edit: bool) -> None:
        """What this officer may do."""
        ...

    def answer_from(self, code: str) -> None:
        """Go to 登记 with it."""
        ...

    def edit(self, typed: ArticleTyped, head: str) -> None:
        """The editor in place of the reading."""
        ...

    def edited(self) -> ArticleTyped:
        """What stands in the editor."""
        ...

    def close_editor(self) -> None:
        """Back to reading."""
        ...

    def offer(self, field: str, lines: Lines) -> None:
        """Lines for a field that finds."""
        ...

    def say(self, words: str, *, wrong: str = "") -> None:
        """Beside the acts; `wrong` names the field that takes the keyboard."""
        ...

    def murmur(self, words: str) -> None:
        """A line that fades."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class KnowledgePresenter:
    """One list, one article, one editor."""

    def __init__(self, view: KnowledgeScreen, work: KnowledgeWork, runner: Runner, *, clock: Clock, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner, self._clock = view, work, runner, clock
        self._found: dict[str, Article] = {}
        self._told: dict[str, ArticleTold] = {}
        self._chosen = ""
        self._editing: Article | None = None
        self._doomed = ""
        self._asked = 0
        self._may_edit = self._may_answer = False
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    def shown(self) -> None:
        """In front: what this officer may do, and the list as it is now."""

        def duties(may: tuple[bool, bool]) -> None:
            self._may_answer, self._may_edit = may
            self._view.show_duties(may_answer=self._may_answer, may_edit=self._may_edit)

        self._runner.run(lambda: (self._work.may_answer(), self._work.may_edit()), duties, self._view.fail)
        self.look()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def look(self, keep: str = "") -> None:
        """Find for what is typed; the chosen one stays chosen."""
        self._asked += 1
        mine, typed, keep = self._asked, self._view.typed(), keep or self._chosen
        today = local(self._clock.now_ms()).date().isoformat()

        def show(found: tuple[Article, ...]) -> None:
            if mine != self._asked:
                return
            self._found = {article.code: article for article in found}
            told = [article_told(article, today) for article in found]
            self._told = {each.code: each for each in told}
            self._chosen = keep if keep in self._told else told[0].code if told else ""
            expired = sum(bool(each.expired) for each in told)
            words = say("knowledge.total_expired" if expired else "knowledge.total", count=len(told), expired=expired)
            self._view.show_found(told, self._chosen, total_words=words)
            self._view.show_article(self._told.get(self._chosen))

        self._runner.run(lambda: self._work.find(typed), show, self._view.fail)

    def choose(self, code: str) -> None:
        """Read one."""
        self._chosen, self._doomed = code, ""
        self._view.say("")
        self._view.show_article(self._told.get(code))

    def use(self) -> None:
        """用它答复; refused where it is out of date."""
        told = self._told.get(self._chosen)
        if told is None:
            return
        if told.expired:
            self._view.say(told.expired)
        elif not self._may_answer:
            self._view.say(say("knowledge.may_not_answer"))
        else:
            self._view.answer_from(told.code)

    def new(self) -> None:
        """新条目."""
        if self._allowed():
            today = local(self._clock.now_ms()).date().isoformat()
            self._editing = Article("", "", "", today)
            self._view.edit(ArticleTyped(version=today), say("knowledge.new"))

    def change(self) -> None:
        """改 the chosen one."""
        article = self._found.get(self._chosen)
        if article is not None and self._allowed():
            self._editing = article
            self._runner.run(lambda: self._typed_of(article), self._edit, self._view.fail)

    def drop(self) -> None:
        """删 the chosen one; asks for a second press first."""
        code = self._chosen
        if not code or not self._allowed():
            return
        if self._doomed != code:
            self._doomed = code
            self._view.say(say("knowledge.sure", title=self._found[code].title))
            return
        self._doomed = self._chosen = ""
        self._runner.run(lambda: self._work.drop(code), lambda _none: self._kept("knowledge.dropped", ""), self._failed)

    def save(self) -> None:
        """F9 in the editor."""
        if self._editing is None:
            return
        typed = self._view.edited()
        for field, wording in NEEDED.items():
            if not getattr(typed, field).strip():
                self._view.say(say(wording), wrong=field)
                return
        article = replace(
            self._editing,
            title=typed.title,
            text=typed.text,
            version=typed.version.strip(),
            source=typed.source,
            unit=AgencyCode(typed.unit),
            category=typed.category,
            valid_until=typed.valid_until.strip(),
        )
        self._runner.run(
            lambda: self._work.save(article), lambda _none: self._kept("knowledge.saved", article.code), self._failed
        )

    def give_up(self) -> None:
        """Esc in the editor."""
        self._editing = None
        self._view.close_editor()

    def find(self, field: str, typed: str) -> None:
        """Lines for unit or category."""
        wanted = typed.replace(" ", "").lower()

        def look() -> Lines:
            if field == "unit":
                return [(a.code, a.name, a.short_name) for a in self._work.agencies() if wanted in f"{a.name} {a.short_name}"]
            found = self._work.categories()
            return [
                (c.code, c.path, "") for c in found if wanted in c.path.replace(" ", "").lower() or c.code.startswith(wanted)
            ]

        self._runner.run(look, lambda lines: self._view.offer(field, lines), self._view.fail)

    def _typed_of(self, article: Article) -> ArticleTyped:
        unit = next((agency.name for agency in self._work.agencies() if agency.code == article.unit), "")
        category = next((each.path for each in self._work.categories() if each.code == article.category), "")
        return ArticleTyped(
            article.title,
            article.text,
            article.version,
            article.source,
            article.unit,
            unit,
            article.category,
            category,
            article.valid_until,
        )

    def _edit(self, typed: ArticleTyped) -> None:
        self._view.edit(typed, say("knowledge.change"))

    def _allowed(self) -> bool:
        if not self._may_edit:
            self._view.say(say("knowledge.may_not_edit"))
        return self._may_edit

    def _kept(self, wording: str, code: str) -> None:
        if self._editing is not None:
            self.give_up()
        self._view.murmur(say(wording))
        self.look(code)

    def _news(self, changes: Changes) -> None:
        if changes.reference and self._view.is_seen() and self._editing is None:
            self.look()

    def _failed(self, fault: Exception) -> None:
        if isinstance(fault, HotlineError):
            self._view.say(sentence(fault))
        else:
            self._view.fail(fault)
