"""Stand-ins for 知识库 and 来件 and for what they ask of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from county_hotline.domain.reference import Agency, Article, Category
from county_hotline.domain.views import Incoming
from county_hotline.domain.vocabulary import Channel
from county_hotline.ids import AgencyCode
from county_hotline.ui.screens.incoming.presenter import MessageTold
from county_hotline.ui.screens.incoming.work import BroughtIn
from county_hotline.ui.screens.knowledge.presenter import ArticleTyped, Lines
from county_hotline.ui.telling.article import ArticleTold


@dataclass
class FakeKnowledgeWork:
    """A knowledge base that remembers."""

    kept: dict[str, Article] = field(default_factory=dict)
    answers: bool = True
    edits: bool = True
    faults: dict[str, Exception] = field(default_factory=dict)

    def find(self, typed: str) -> tuple[Article, ...]:
        return tuple(article for article in self.kept.values() if typed in article.title)

    def may_edit(self) -> bool:
        return self.edits

    def may_answer(self) -> bool:
        return self.answers

    def agencies(self) -> tuple[Agency, ...]:
        return (Agency(AgencyCode("370323D04"), "沂源县住房和城乡建设局", "县住建局"),)

    def categories(self) -> tuple[Category, ...]:
        return (Category("0701", "路灯", "基础设施 / 路灯"),)

    def save(self, article: Article) -> None:
        if "save" in self.faults:
            raise self.faults["save"]
        self.kept[article.code] = article

    def drop(self, code: str) -> None:
        del self.kept[code]


@dataclass
class FakeKnowledge:
    """The page of 知识库."""

    search: str = ""
    found: tuple[ArticleTold, ...] = ()
    total: str = ""
    shown: ArticleTold | None = None
    duties: tuple[bool, bool] = (False, False)
    answered: list[str] = field(default_factory=list)
    editor: ArticleTyped | None = None
    said: list[tuple[str, str]] = field(default_factory=list)
    murmured: list[str] = field(default_factory=list)
    lines: Lines = ()
    faults: list[Exception] = field(default_factory=list)

    def is_seen(self) -> bool:
        return True

    def typed(self) -> str:
        return self.search

    def show_found(self, found: Sequence[ArticleTold], keep: str, *, total_words: str) -> None:
        self.found, self.total = tuple(found), total_words

    def show_article(self, told: ArticleTold | None) -> None:
        self.shown = told

    def show_duties(self, *, may_answer: bool, may_edit: bool) -> None:
        self.duties = (may_answer, may_edit)

    def answer_from(self, code: str) -> None:
        self.answered.append(code)

    def edit(self, typed: ArticleTyped, head: str) -> None:
        self.editor = typed

    def edited(self) -> ArticleTyped:
        assert self.editor is not None
        return self.editor

    def close_editor(self) -> None:
        self.editor = None

    def offer(self, field: str, lines: Lines) -> None:
        self.lines = lines

    def say(self, words: str, *, wrong: str = "") -> None:
        self.said.append((words, wrong))

    def murmur(self, words: str) -> None:
        self.murmured.append(words)

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)


def a_message(incoming: int, *, title: str = "", text: str = "村口路灯不亮。", sender: str = "王小明") -> Incoming:
    """One that waits."""
    return Incoming(incoming, Channel.MAILBOX, 1_795_220_000_000, sender, "13805331234", title, text)


@dataclass
class FakeIncomingWork:
    """Messages that wait."""

    messages: dict[int, Incoming] = field(default_factory=dict)
    dropped: list[tuple[int, str]] = field(default_factory=list)
    pasted: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    report: BroughtIn = field(default_factory=lambda: BroughtIn(2, known=1))
    faults: dict[str, Exception] = field(default_factory=dict)

    def waiting(self) -> tuple[Incoming, ...]:
        return tuple(self.messages.values())

    def drop(self, incoming: int, reason: str) -> None:
        if "drop" in self.faults:
            raise self.faults["drop"]
        self.dropped.append((incoming, reason))
        del self.messages[incoming]

    def paste(self, text: str) -> BroughtIn:
        self.pasted.append(text)
        self.messages[9] = a_message(9, text=text)
        return BroughtIn(1, first=9)

    def bring_in(self, file: Path) -> BroughtIn:
        self.files.append(file)
        return self.report


@dataclass
class FakeIncoming:
    """The page of 来件."""

    messages: tuple[MessageTold, ...] = ()
    kept: str = ""
    shown: MessageTold | None = None
    form: str = ""
    typed: str = ""
    taken: list[str] = field(default_factory=list)
    said: str = ""
    told: tuple[str, str, bool] | None = None
    murmured: str = ""
    fault: Exception | None = None

    def is_seen(self) -> bool:
        return True

    def show(self, messages: Sequence[MessageTold], keep: str) -> None:
        self.messages, self.kept = tuple(messages), keep

    def show_message(self, told: MessageTold | None) -> None:
        self.shown = told

    def ask(self, what: str) -> None:
        self.form = what

    def asked(self) -> str:
        return self.typed

    def close_form(self) -> None:
        self.form = self.typed = ""

    def take_in(self, key: str) -> None:
        self.taken.append(key)

    def say(self, words: str) -> None:
        self.said = words

    def tell(self, head: str, words: str, *, all_well: bool) -> None:
        self.told = (head, words, all_well)

    def murmur(self, words: str) -> None:
        self.murmured = words

    def fail(self, fault: Exception) -> None:
        self.fault = fault
