"""What 知识库 asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Steps, Told
from county_hotline.domain.articles import (
    ArticleCounts,
    ArticlePage,
    ArticleQuery,
    Aside,
    Edition,
    RemarkField,
    RemarkOutcome,
    Reported,
)
from county_hotline.domain.reference import Agency, Category, Place
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ui.bringing_in import ImportWork

if TYPE_CHECKING:
    from county_hotline.desk.county_table_plan import TablePreview
    from county_hotline.desk.desk import Desk

ROWS = 60


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """An article with what only the county's lists know of it."""

    edition: Edition
    unit: str = ""
    places: tuple[str, ...] = ()
    category: str = ""
    absent: frozenset[str] = frozenset()
    """Its files that are not here yet, by hash."""


@dataclass(frozen=True, slots=True)
class AnswerPrinted:
    """A slip that lies on the disk."""

    path: Path
    missing: tuple[str, ...]
    is_cut: bool


class KnowledgeWork(ImportWork, Protocol):
    """On the desk's lane. Each may raise a HotlineError."""

    def look(self, query: ArticleQuery, after: int) -> ArticlePage:
        """Rows for what was typed and chosen, from the `after`-th on."""
        ...

    def read(self, code: str) -> ArticleRead | None:
        """One article."""
        ...

    def history(self, code: str) -> tuple[Edition, ...]:
        """Its versions, the newest first."""
        ...

    def counts(self) -> ArticleCounts:
        """What wants looking after."""
        ...

    def may_edit(self) -> bool:
        """Whether the officer may change them."""
        ...

    def may_answer(self) -> bool:
        """Whether the officer may answer from them."""
        ...

    def agencies(self) -> tuple[Agency, ...]:
        """For the unit of an article."""
        ...

    def categories(self) -> tuple[Category, ...]:
        """For its category."""
        ...

    def places(self, typed: str) -> tuple[Place, ...]:
        """For where it holds."""
        ...

    def save(self, edition: Edition, why: str, based_on: int | None) -> Edition:
        """Its next version; without a code it is new."""
        ...

    def add_file(self, edition: Edition, path: Path) -> Edition:
        """The same with one more file, which is on the shelf then."""
        ...

    def drop(self, code: str, why: str) -> None:
        """停用."""
        ...

    def restore(self, code: str, number: int) -> None:
        """An older version's words as the newest."""
        ...

    def print_answer(self, code: str) -> AnswerPrinted:
        """答复单 of the article's own text."""
        ...

    def open_file(self, code: str, sha256: str) -> Path | None:
        """A copy to be opened; None where it is not here yet: then it is asked for with the next round."""
        ...

    def save_file(self, code: str, sha256: str, target: Path) -> Path | None:
        """另存为: where the copy lies; None where the file is not here yet: then it is asked for with the next round."""
        ...

    def take_out(self, file: str) -> int:
        """导出: how many articles."""
        ...

    def report(self, field: RemarkField, text: str, code: str) -> None:
        """纠错上报."""
        ...

    def reported(self) -> tuple[Reported, ...]:
        """Reports with their answers."""
        ...

    def settle(self, remark: str, outcome: RemarkOutcome, reason: str, code: str) -> None:
        """The centre's answer; `code`: the article in which it is mended."""
        ...

    def asides(self) -> tuple[Aside, ...]:
        """Versions made here that wait for a person."""
        ...

    def decide(self, item: int, *, retake: bool) -> None:
        """Its words as the next version, or not at all."""
        ...


class DeskKnowledge:
    """`KnowledgeWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, query: ArticleQuery, after: int) -> ArticlePage:
        """See `KnowledgeWork`."""
        from county_hotline.desk import knowledge

        return knowledge.look(self._desk, query, after=after, limit=ROWS)

    def read(self, code: str) -> ArticleRead | None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import knowledge

        edition = knowledge.newest(self._desk, code)
        if edition is None or edition.gone:
            return None
        reference = self._desk.store.reference
        shelf = self._desk.store.files.shelf
        return ArticleRead(
            edition,
            reference.agency(edition.unit).name if edition.unit else "",
            tuple(reference.place(each).path for each in edition.places),
            reference.category(edition.category).path if edition.category else "",
            frozenset(each.sha256 for each in edition.files if not shelf.has(each.sha256)),
        )

    def history(self, code: str) -> tuple[Edition, ...]:
        """See `KnowledgeWork`."""
        from county_hotline.desk import knowledge

        return knowledge.history(self._desk, code)

    def counts(self) -> ArticleCounts:
        """See `KnowledgeWork`."""
        from county_hotline.desk import knowledge

        return knowledge.counts(self._desk)

    def may_edit(self) -> bool:
        """See `KnowledgeWork`."""
        return self._desk.may("reference") and self._desk.card.role is StationRole.CENTRE

    def may_answer(self) -> bool:
        """See `KnowledgeWork`."""
        return self._desk.may("answer")

    def agencies(self) -> tuple[Agency, ...]:
        """See `KnowledgeWork`."""
        from county_hotline.desk import looking_up

        return looking_up.agencies(self._desk)

    def categories(self) -> tuple[Category, ...]:
        """See `KnowledgeWork`."""
        from county_hotline.desk import looking_up

        return looking_up.categories(self._desk, limit=100_000)

    def places(self, typed: str) -> tuple[Place, ...]:
        """See `KnowledgeWork`."""
        from county_hotline.desk import looking_up

        return looking_up.places(self._desk, typed, limit=8)

    def save(self, edition: Edition, why: str, based_on: int | None) -> Edition:
        """See `KnowledgeWork`."""
        from county_hotline.desk import articles

        return articles.save(self._desk, edition, why=why, based_on=based_on)

    def add_file(self, edition: Edition, path: Path) -> Edition:
        """See `KnowledgeWork`."""
        from msgspec.structs import replace

        from county_hotline.desk import articles

        return replace(edition, files=(*edition.files, articles.file_of(self._desk, path)))

    def drop(self, code: str, why: str) -> None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import articles

        articles.withdraw(self._desk, code, why=why)

    def restore(self, code: str, number: int) -> None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import articles

        articles.restore(self._desk, code, number)

    def print_answer(self, code: str) -> AnswerPrinted:
        """See `KnowledgeWork`."""
        from county_hotline.desk import answer_slips

        printed = answer_slips.print_article(self._desk, code)
        return AnswerPrinted(Path(printed.path), printed.missing_glyphs, printed.is_cut)

    def open_file(self, code: str, sha256: str) -> Path | None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import article_files

        return article_files.open_copy(self._desk, code, sha256)

    def save_file(self, code: str, sha256: str, target: Path) -> Path | None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import article_files

        return article_files.save_copy(self._desk, code, sha256, target)

    def preview(self, name: str, file: str) -> Steps[TablePreview]:
        """See `ImportWork`."""
        from county_hotline.desk import article_tables

        del name
        return article_tables.look_in_steps(self._desk, Path(file))

    def take(self, preview: TablePreview, file: str, told: Told) -> tuple[int, str]:
        """See `ImportWork`."""
        from county_hotline.desk import article_tables, county_tables
        from county_hotline.desk.import_returned import write_returned

        count = article_tables.take(self._desk, preview, right_only=preview.wrong > 0, told=told)
        rows = county_tables.given_back(preview)
        return count, str(write_returned(preview.table, rows, (Path(file).parent, self._desk.home.path)) or "")

    def take_out(self, file: str) -> int:
        """See `KnowledgeWork`."""
        from county_hotline.desk import article_tables

        return article_tables.export_excel(self._desk, Path(file))

    def report(self, field: RemarkField, text: str, code: str) -> None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import remarks

        remarks.report(self._desk, field, text, code=code)

    def reported(self) -> tuple[Reported, ...]:
        """See `KnowledgeWork`."""
        from county_hotline.desk import remarks

        return remarks.listed(self._desk)

    def settle(self, remark: str, outcome: RemarkOutcome, reason: str, code: str) -> None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import remarks

        remarks.settle(self._desk, remark, outcome, reason=reason, code=code)

    def asides(self) -> tuple[Aside, ...]:
        """See `KnowledgeWork`."""
        from county_hotline.desk import articles

        return articles.asides(self._desk) if self.may_edit() else ()

    def decide(self, item: int, *, retake: bool) -> None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import articles

        if retake:
            articles.retake(self._desk, item)
        else:
            articles.drop_aside(self._desk, item)
