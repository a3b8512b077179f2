"""知识库 without Tk: found while one types and filters, answered from, printed, and changed by whom the county lets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from pathlib import Path

from msgspec.structs import replace

from county_hotline.background import Runner
from county_hotline.clock import Clock, local
from county_hotline.domain.articles import ArticleCounts, ArticlePage, ArticleQuery, Edition
from county_hotline.errors import HotlineError
from county_hotline.ids import AgencyCode
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.knowledge.screen import ArticleTyped, KnowledgeScreen, Lines, RowTold
from county_hotline.ui.screens.knowledge.work import AnswerPrinted, ArticleRead, KnowledgeWork
from county_hotline.ui.telling.article import article_told, validity_told
from county_hotline.wording import say, sentence

NEEDED = {"title": "knowledge.no_title", "text": "knowledge.no_text", "version": "knowledge.no_version"}
_BETWEEN = re.compile(r"[\s\u3001\uff0c,\uff1b;]+")
MB = 1 << 20


@dataclass(slots=True)
class _Seen:
    """The list as it stands."""

    total: int = 0
    codes: list[str] = field(default_factory=list)
    is_asking: bool = False


class KnowledgePresenter:
    """One list, one article, one editor."""

    def __init__(self, view: KnowledgeScreen, work: KnowledgeWork, runner: Runner, *, clock: Clock, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner, self._clock = view, work, runner, clock
        self._seen = _Seen()
        self._read: ArticleRead | None = None
        self._editing: Edition | None = None
        self._began: tuple[ArticleTyped, str] | None = None
        """What the editor began with, and its head."""
        self._dropping = False
        self._asked = 0
        self._may_edit = self._may_answer = False
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    @property
    def chosen(self) -> str:
        """Code of the article that is read."""
        return self._read.edition.code if self._read else ""

    @property
    def title(self) -> str:
        """Of the article that is read."""
        return self._read.edition.title if self._read else ""

    def shown(self) -> None:
        """In front: what one may, and the list."""
        self._may_edit, self._may_answer = self._work.may_edit(), self._work.may_answer()
        self._view.show_duties(may_answer=self._may_answer, may_edit=self._may_edit)
        if self._editing is None:
            self.look(self.chosen)

    def close(self) -> None:
        """No news any more."""
        self._cancel()

    # -- the list ---------------------------------------------------------------------------------------------------

    def look(self, keep: str = "") -> None:
        """Find for what is typed and chosen now."""
        self._asked += 1
        mine, query, today = self._asked, self._query(), self._today()

        def show(found: tuple[ArticlePage, ArticleCounts]) -> None:
            if mine != self._asked:
                return
            page, counts = found
            rows = [RowTold(row.code, row.title, validity_told(row.valid_until, today), row.version) for row in page.rows]
            codes = [row.code for row in rows]
            self._seen = _Seen(page.total, codes)
            keep_now = keep if keep in codes else codes[0] if codes else ""
            self._view.show_found(rows, keep_now, total=page.total, beside=self._beside(page.total, counts))
            self.choose(keep_now)

        self._runner.run(lambda: (self._work.look(query, 0), self._work.counts()), show, self._view.fail)

    def more(self) -> None:
        """The list comes to the end of what is here."""
        seen = self._seen
        if seen.is_asking or len(seen.codes) >= seen.total:
            return
        seen.is_asking = True
        mine, query, today, after = self._asked, self._query(), self._today(), len(seen.codes)

        def show(page: ArticlePage) -> None:
            if mine != self._asked:
                return
            seen.is_asking = False
            known = set(seen.codes)
            fresh = [row for row in page.rows if row.code not in known]
            seen.codes += [row.code for row in fresh]
            self._view.add_found(
                [RowTold(row.code, row.title, validity_told(row.valid_until, today), row.version) for row in fresh]
            )

        self._runner.run(lambda: self._work.look(query, after), show, self._view.fail)

    def choose(self, code: str) -> None:
        """Read one."""
        self._view.say("")
        if not code:
            self._show(None)
            return
        mine = self._asked

        def show(read: ArticleRead | None) -> None:
            if mine == self._asked:
                self._show(read)

        self._runner.run(lambda: self._work.read(code), show, self._view.fail)

    def _show(self, read: ArticleRead | None) -> None:
        self._read = read
        if read is None:
            self._view.show_article(None, ())
            return
        edition = read.edition
        meta = [
            (say("knowledge.unit"), read.unit),
            (say("knowledge.places"), say("cli.comma").join(read.places) or say("knowledge.whole_county")),
            (say("knowledge.valid"), _validity_words(edition.valid_until, self._today())),
            (say("knowledge.field.category"), read.category),
            (say("knowledge.keywords"), say("cli.comma").join(edition.keywords)),
        ]
        told = article_told(edition, self._today(), meta=tuple((label, words) for label, words in meta if words))
        self._view.show_article(told, [(each.sha256, _file_words(each.name, each.size)) for each in edition.files])

    # -- answering --------------------------------------------------------------------------------------------------

    def use(self) -> None:
        """用它答复; refused where it is out of date."""
        if self._read is None:
            return
        told = article_told(self._read.edition, self._today())
        if told.expired:
            self._view.say(told.expired)
        elif not self._may_answer:
            self._view.say(say("knowledge.may_not_answer"))
        else:
            self._view.answer_from(told.code)

    def print_answer(self) -> None:
        """打印答复单."""
        if code := self.chosen:
            self._runner.run(lambda: self._work.print_answer(code), self._printed, self._failed)

    def _printed(self, printed: AnswerPrinted) -> None:
        path = str(printed.path)
        if printed.missing:
            self._view.say(say("knowledge.printed_missing", count=len(printed.missing), chars="".join(printed.missing[:8])))
        elif printed.is_cut:
            self._view.say(say("knowledge.printed_cut", path=path))
        elif self._view.open_path(printed.path):
            self._view.murmur(say("knowledge.printed", path=path))
        else:
            self._view.say(say("knowledge.no_program", path=path))

    def open_file(self, sha256: str) -> None:
        """打开 a form; one that is not here is asked for."""
        code = self.chosen

        def opened(path: Path | None) -> None:
            if path is None:
                self._view.say(say("knowledge.file_wanted"))
            elif not self._view.open_path(path):
                self._view.say(say("knowledge.no_program", path=str(path)))

        self._runner.run(lambda: self._work.open_file(code, sha256), opened, self._failed)

    def save_file(self, sha256: str) -> None:
        """另存为: a copy of a form where the officer wants it; nothing is written over."""
        edition = self._read.edition if self._read is not None else None
        file = next((each for each in edition.files if each.sha256 == sha256), None) if edition is not None else None
        if edition is None or file is None or not (target := self._view.ask_target(file.name)):
            return

        def saved(path: Path | None) -> None:
            if path is None:
                self._view.say(say("knowledge.file_wanted"))
            else:
                self._view.murmur(say("knowledge.file_saved", path=str(path)))

        self._runner.run(lambda: self._work.save_file(edition.code, sha256, Path(target)), saved, self._failed)

    # -- in and out -------------------------------------------------------------------------------------------------

    def take_out(self, file: str) -> None:
        """导出 of every article, to be changed in Excel and imported again."""
        self._runner.run(
            lambda: self._work.take_out(file),
            lambda count: self._view.murmur(say("knowledge.taken_out", count=count, file=file)),
            self._failed,
        )

    # -- changing ---------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """新条目."""
        if self._allowed():
            today = self._today()
            self._edit(Edition("", "", "", today), ArticleTyped(version=today), say("knowledge.new"))

    def change(self) -> None:
        """改 the chosen one."""
        if self._read is not None and self._allowed():
            self._edit(self._read.edition, _typed_of(self._read), say("knowledge.change"))

    def drop(self) -> None:
        """停用: the same editor, for the reason."""
        if self._read is not None and self._allowed():
            self._edit(self._read.edition, _typed_of(self._read), say("knowledge.drop"), dropping=True)
            self._view.say(say("knowledge.no_why_drop"), wrong="why")

    def save(self) -> None:
        """F9 in the editor."""
        if self._editing is None:
            return
        typed, before = self._view.edited(), self._editing
        why = typed.why.strip()
        if before.code and not why:
            self._view.say(say("knowledge.no_why_drop" if self._dropping else "knowledge.no_why"), wrong="why")
            return
        if self._dropping:
            self._runner.run(
                lambda: self._work.drop(before.code, why), lambda _none: self._kept("knowledge.dropped", ""), self._failed
            )
            return
        for name, wording in NEEDED.items():
            if not getattr(typed, name).strip():
                self._view.say(say(wording), wrong=name)
                return
        edition = _edition_of(before, typed)
        self._runner.run(
            lambda: self._work.save(edition, why, before.number if before.code else None),
            lambda kept: self._kept("knowledge.saved", kept.code),
            self._failed,
        )

    def add_file(self, path: Path) -> None:
        """A form more, from the editor."""
        if (before := self._editing) is None:
            return

        def added(edition: Edition) -> None:
            self._editing = edition
            self._view.show_files([_file_words(each.name, each.size) for each in edition.files])

        self._runner.run(lambda: self._work.add_file(before, path), added, self._failed)

    def drop_files(self) -> None:
        """The version that is being written has no files."""
        if self._editing is not None:
            self._editing = replace(self._editing, files=())
            self._view.show_files(())

    def give_up(self) -> None:
        """Esc in the editor. What was typed and not kept comes back by Ctrl+Z."""
        editing, began = self._editing, self._began
        if editing is not None and began is not None:
            typed, head, dropping = self._view.edited(), began[1], self._dropping
            left = replaced(typed, files=_files_of(editing))
            if replaced(typed, files=()) != replaced(began[0], files=()):
                self._view.undoable(say("knowledge.left_unsaved"), lambda: self._edit(editing, left, head, dropping=dropping))
        self._close_editor()

    def _edit(self, edition: Edition, typed: ArticleTyped, head: str, *, dropping: bool = False) -> None:
        self._editing, self._dropping, self._began = edition, dropping, (typed, head)
        self._view.edit(typed, head)

    def _close_editor(self) -> None:
        self._editing = self._began = None
        self._view.close_editor()

    def find(self, field: str, typed: str) -> None:
        """Lines for unit, category or place."""
        wanted = typed.replace(" ", "").lower()

        def look() -> Lines:
            if field == "place":
                return [(each.code, each.path, "") for each in self._work.places(typed)]
            if field == "unit":
                return [(a.code, a.name, a.short_name) for a in self._work.agencies() if wanted in f"{a.name} {a.short_name}"]
            found = self._work.categories()
            return [
                (c.code, c.path, "") for c in found if wanted in c.path.replace(" ", "").lower() or c.code.startswith(wanted)
            ]

        self._runner.run(look, lambda lines: self._view.offer(field, typed, lines), self._view.fail)

    # -- inside -----------------------------------------------------------------------------------------------------

    def _query(self) -> ArticleQuery:
        chosen = self._view.filters()
        return ArticleQuery(
            self._view.typed(),
            chosen.get("unit", ""),
            chosen.get("category", ""),
            chosen.get("place", ""),
            chosen.get("validity", ""),
        )

    def _beside(self, total: int, counts: ArticleCounts) -> str:
        parts = [say("knowledge.total", count=total)]
        if self._may_edit:
            said = (
                ("ending", counts.ending),
                ("expired", counts.expired),
                ("remarks", counts.remarks),
                ("asides", counts.asides),
            )
            parts += [say(f"knowledge.counts.{name}", count=count) for name, count in said if count]
        return " · ".join(parts) if total or len(parts) > 1 else ""

    def _today(self) -> str:
        return local(self._clock.now_ms()).date().isoformat()

    def _allowed(self) -> bool:
        if not self._may_edit:
            self._view.say(say("knowledge.may_not_edit"))
        return self._may_edit

    def _kept(self, wording: str, code: str) -> None:
        if self._editing is not None:
            self._close_editor()
        self._view.murmur(say(wording))
        self.look(code or self.chosen)

    def _news(self, changes: Changes) -> None:
        if changes.reference and self._view.is_seen() and self._editing is None:
            self.look(self.chosen)

    def _failed(self, fault: Exception) -> None:
        if isinstance(fault, HotlineError):
            self._view.say(sentence(fault))
        else:
            self._view.fail(fault)


def _validity_words(valid_until: str, today: str) -> str:
    """The day always, and what it means today."""
    told = validity_told(valid_until, today)
    return f"{say('knowledge.until', until=valid_until)}　{told.words}" if told.icon else told.words


def _file_words(name: str, size: int) -> str:
    shown = f"{size / MB:.1f} MB" if size >= MB else f"{max(1, size >> 10)} KB"
    return say("knowledge.file_line", name=name, size=shown)


def _files_of(edition: Edition) -> tuple[str, ...]:
    return tuple(_file_words(each.name, each.size) for each in edition.files)


def _typed_of(read: ArticleRead) -> ArticleTyped:
    edition = read.edition
    return ArticleTyped(
        edition.title,
        edition.text,
        edition.version,
        edition.source,
        edition.unit,
        read.unit,
        edition.category,
        read.category,
        edition.valid_until,
        say("cli.comma").join(edition.keywords),
        " ".join(edition.places),
        "\n".join(read.places),
        _files_of(edition),
        needs_why=True,
    )


def _edition_of(before: Edition, typed: ArticleTyped) -> Edition:
    return replace(
        before,
        title=typed.title,
        text=typed.text,
        version=typed.version.strip(),
        source=typed.source,
        unit=AgencyCode(typed.unit),
        category=typed.category,
        valid_until=typed.valid_until.strip(),
        keywords=tuple(word for word in _BETWEEN.split(typed.keywords) if word),
        places=tuple(typed.places.split()),
        gone=False,
    )
