"""What 知识库 asks of the desk."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from county_hotline.domain.reference import Agency, Article, Category
from county_hotline.domain.vocabulary import StationRole

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk


class KnowledgeWork(Protocol):
    """On the desk's lane. Each may raise a HotlineError."""

    def find(self, typed: str) -> tuple[Article, ...]:
        """Articles for what was typed; all for nothing."""
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

    def save(self, article: Article) -> None:
        """Keep it in place of the one with its code; without a code it is new."""
        ...

    def drop(self, code: str) -> None:
        """Take one out."""
        ...


class DeskKnowledge:
    """`KnowledgeWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, typed: str) -> tuple[Article, ...]:
        """See `KnowledgeWork`."""
        from county_hotline.desk import knowledge

        return knowledge.find(self._desk, typed)

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

    def save(self, article: Article) -> None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import county_lists

        if not article.code:
            taken = {each.code for each in county_lists.articles(self._desk)}
            article = replace(article, code=next(code for at in count(1) if (code := f"K{at:04}") not in taken))
        county_lists.save_article(self._desk, article)

    def drop(self, code: str) -> None:
        """See `KnowledgeWork`."""
        from county_hotline.desk import county_lists

        county_lists.drop_article(self._desk, code)
