"""Stand-ins for 知识库 and 来件 and for what they ask of the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from county_hotline.background import Steps, Told
from county_hotline.desk.county_table_plan import TablePreview
from county_hotline.domain.articles import (
    ArticleCounts,
    ArticleFile,
    ArticlePage,
    ArticleQuery,
    ArticleRow,
    Aside,
    Edition,
    RemarkField,
    RemarkOutcome,
    Reported,
)
from county_hotline.domain.reference import Agency, Category, Place
from county_hotline.domain.views import Incoming
from county_hotline.domain.vocabulary import Channel
from county_hotline.ids import AgencyCode
from county_hotline.ui.screens.incoming.presenter import MessageTold
from county_hotline.ui.screens.incoming.work import BroughtIn
from county_hotline.ui.screens.knowledge.screen import ArticleTyped, Lines, RowTold
from county_hotline.ui.screens.knowledge.work import AnswerPrinted, ArticleRead
from county_hotline.ui.telling.article import ArticleTold


@dataclass
class FakeKnowledgeWork:
    """A knowledge base that remembers."""

    kept: dict[str, Edition] = field(default_factory=dict)
    answers: bool = True
    edits: bool = True
    faults: dict[str, Exception] = field(default_factory=dict)
    asked: list[ArticleQuery] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[RemarkField, str, str]] = field(default_factory=list)
    reports: list[Reported] = field(default_factory=list)
    settled: list[tuple[str, RemarkOutcome, str]] = field(default_factory=list)
    waiting: list[Aside] = field(default_factory=list)
    decided: list[tuple[int, bool]] = field(default_factory=list)
    restored: list[tuple[str, int]] = field(default_factory=list)
    is_absent: bool = False
    rows: int = 60

    def look(self, query: ArticleQuery, after: int) -> ArticlePage:
        self.asked.append(query)
        found = [each for each in self.kept.values() if query.text in each.title]
        rows = [
            ArticleRow(each.code, each.number, each.title, each.unit, each.category, each.version, each.valid_until)
            for each in found
        ]
        return ArticlePage(tuple(rows[after : after + self.rows]), len(rows))

    def read(self, code: str) -> ArticleRead | None:
        return ArticleRead(self.kept[code], "县住建局") if code in self.kept else None

    def history(self, code: str) -> tuple[Edition, ...]:
        return (self.kept[code], msgspec.structs.replace(self.kept[code], number=0, text="从前的"))

    def counts(self) -> ArticleCounts:
        return ArticleCounts(len(self.kept), 0, 1, len(self.waiting), len(self.reports))

    def may_edit(self) -> bool:
        return self.edits

    def may_answer(self) -> bool:
        return self.answers

    def agencies(self) -> tuple[Agency, ...]:
        return (Agency(AgencyCode("370323D04"), "沂源县住房和城乡建设局", "县住建局"),)

    def categories(self) -> tuple[Category, ...]:
        return (Category("0701", "路灯", "基础设施 / 路灯"),)

    def places(self, typed: str) -> tuple[Place, ...]:
        return (Place("370323103", "燕崖镇", "燕崖镇"),)

    def save(self, edition: Edition, why: str, based_on: int | None) -> Edition:
        if "save" in self.faults:
            raise self.faults["save"]
        made = msgspec.structs.replace(edition, code=edition.code or "K9", number=(based_on or 0) + 1, why=why)
        self.kept[made.code] = made
        return made

    def add_file(self, edition: Edition, path: Path) -> Edition:
        return msgspec.structs.replace(edition, files=(*edition.files, ArticleFile(path.name, "a" * 64, 2048)))

    def drop(self, code: str, why: str) -> None:
        self.dropped.append((code, why))
        del self.kept[code]

    def restore(self, code: str, number: int) -> None:
        self.restored.append((code, number))

    def print_answer(self, code: str) -> AnswerPrinted:
        self.printed.append(code)
        return AnswerPrinted(Path("a.pdf"), (), is_cut=False)

    def open_file(self, code: str, sha256: str) -> Path | None:
        return None if self.is_absent else Path("form.pdf")

    def save_file(self, code: str, sha256: str, target: Path) -> Path | None:
        if "save_file" in self.faults:
            raise self.faults["save_file"]
        return None if self.is_absent else target

    def preview(self, name: str, file: str) -> Steps[TablePreview]:
        raise NotImplementedError

    def take(self, preview: TablePreview, file: str, told: Told) -> tuple[int, str]:
        raise NotImplementedError

    def take_out(self, file: str) -> int:
        return len(self.kept)

    def report(self, field: RemarkField, text: str, code: str) -> None:
        if "report" in self.faults:
            raise self.faults["report"]
        self.remarks.append((field, text, code))

    def reported(self) -> tuple[Reported, ...]:
        return tuple(self.reports)

    def settle(self, remark: str, outcome: RemarkOutcome, reason: str, code: str) -> None:
        self.settled.append((remark, outcome, reason or code))

    def asides(self) -> tuple[Aside, ...]:
        return tuple(self.waiting)

    def decide(self, item: int, *, retake: bool) -> None:
        self.decided.append((item, retake))


@dataclass
class FakeKnowledge:
    """The page of 知识库."""

    search: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    found: list[RowTold] = field(default_factory=list)
    total: int = 0
    beside: str = ""
    shown: ArticleTold | None = None
    files: tuple[tuple[str, str], ...] = ()
    duties: tuple[bool, bool] = (False, False)
    answered: list[str] = field(default_factory=list)
    editor: ArticleTyped | None = None
    opened: list[Path] = field(default_factory=list)
    target: str = ""
    undos: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    murmured: list[str] = field(default_factory=list)
    lines: Lines = ()
    faults: list[Exception] = field(default_factory=list)

    def is_seen(self) -> bool:
        return True

    def typed(self) -> str:
        return self.search

    def filters(self) -> dict[str, str]:
        return self.chosen

    def show_found(self, rows: Sequence[RowTold], keep: str, *, total: int, beside: str) -> None:
        self.found, self.total, self.beside = list(rows), total, beside

    def add_found(self, rows: Sequence[RowTold]) -> None:
        self.found += rows

    def show_article(self, told: ArticleTold | None, files: Sequence[tuple[str, str]]) -> None:
        self.shown, self.files = told, tuple(files)

    def show_duties(self, *, may_answer: bool, may_edit: bool) -> None:
        self.duties = (may_answer, may_edit)

    def answer_from(self, code: str) -> None:
        self.answered.append(code)

    def edit(self, typed: ArticleTyped, head: str) -> None:
        self.editor = typed

    def edited(self) -> ArticleTyped:
        assert self.editor is not None
        return self.editor

    def show_files(self, names: Sequence[str]) -> None:
        assert self.editor is not None
        self.editor = replace(self.editor, files=tuple(names))

    def close_editor(self) -> None:
        self.editor = None

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        self.lines = lines

    def undoable(self, words: str, undo: Callable[[], None]) -> None:
        self.undos.append((words, undo))

    def ask_target(self, name: str) -> str:
        self.asked_for.append(name)
        return self.target

    def open_path(self, path: Path) -> bool:
        self.opened.append(path)
        return True

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
