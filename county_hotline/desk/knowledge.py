"""知识库: what may be answered at once, found offline. What has expired is shown as such and nobody answers from it."""

from __future__ import annotations

import msgspec

from county_hotline.clock import local
from county_hotline.db.beside.knowledge import Knowledge
from county_hotline.desk.desk import Desk
from county_hotline.domain.articles import ArticleCounts, ArticlePage, ArticleQuery, Edition, days_left
from county_hotline.domain.articles import is_expired as has_expired
from county_hotline.domain.reference import Article
from county_hotline.errors import Refusal
from county_hotline.wording import say

SHOWN = 30


def find(desk: Desk, typed: str, *, category: str = "") -> tuple[Edition, ...]:
    """Articles that hold what was typed, those in force first, the best first; of a category, those of it before the others. Nothing
    typed: the first of all, by title."""
    page = look(desk, ArticleQuery(typed, near=category), limit=SHOWN)
    return _knowledge(desk).many([row.code for row in page.rows])


def look(desk: Desk, query: ArticleQuery, *, after: int = 0, limit: int = SHOWN) -> ArticlePage:
    """Rows of the list, from the `after`-th on, as of today."""
    return _knowledge(desk).find(msgspec.structs.replace(query, today=today(desk)), after=after, limit=limit)


def newest(desk: Desk, code: str) -> Edition | None:
    """The newest version; None where there is no such article."""
    return _knowledge(desk).newest(code)


def history(desk: Desk, code: str) -> tuple[Edition, ...]:
    """Every version, the newest first."""
    return _knowledge(desk).history(code)


def counts(desk: Desk) -> ArticleCounts:
    """What wants looking after."""
    return _knowledge(desk).counts(today(desk))


def usable(desk: Desk, code: str) -> Edition:
    """The article, to be answered from. Refuses one that is not here or withdrawn (R410) and one that has expired (R411)."""
    found = newest(desk, code)
    if found is None or found.gone:
        raise Refusal("R410", text=code[:40])
    if is_expired(desk, found):
        raise Refusal("R411", title=found.title[:40], until=found.valid_until)
    return found


def is_expired(desk: Desk, article: Article) -> bool:
    """Whether the last day it may be answered from has passed, by this PC's clock."""
    return has_expired(article.valid_until, today(desk))


def left(desk: Desk, article: Article) -> int | None:
    """Days it may still be answered from after today; None: it has no end."""
    return days_left(article, today(desk))


def version_of(edition: Article) -> str:
    """As an order keeps it and a slip says it: the text's day, and the how many-eth version it is."""
    number = edition.number if isinstance(edition, Edition) else 0
    return say("knowledge.version_label", day=edition.version, number=number) if number else edition.version


def today(desk: Desk) -> str:
    """By this PC's clock, ISO."""
    return local(desk.clock.now_ms()).date().isoformat()


def _knowledge(desk: Desk) -> Knowledge:
    """With what the county's bundle brought of it meanwhile."""
    desk.store.knowledge.catch_up(desk.store.reference.bundle().articles)
    return desk.store.knowledge
