"""知识库: what may be answered at once, found offline. What has expired is shown as such and nobody answers from it."""

from __future__ import annotations

from county_hotline.clock import local
from county_hotline.desk.desk import Desk
from county_hotline.domain.likeness import held, plain
from county_hotline.domain.reference import Article
from county_hotline.errors import Refusal

LEAST = 0.5
"""So much of what was typed must stand in an article."""
SHOWN = 30
_TITLE_WEIGHT = 2.0
_EXPIRED_WEIGHT = 0.25


def find(desk: Desk, typed: str, *, category: str = "") -> tuple[Article, ...]:
    """Articles that hold what was typed, those in force first, the best first; of a category, those of it before the others. Nothing
    typed: all of them, by title."""
    articles = desk.store.reference.bundle().articles
    if not plain(typed):
        return tuple(sorted(articles, key=lambda each: (is_expired(desk, each), not _is_of(each, category), each.title)))[
            :SHOWN
        ]
    scored = [(score, each) for each in articles if (score := _score(desk, each, typed, category))]
    scored.sort(key=lambda pair: (-pair[0], pair[1].title))
    return tuple(each for _, each in scored)[:SHOWN]


def _score(desk: Desk, article: Article, typed: str, category: str) -> float:
    """0 where it does not hold enough of what was typed."""
    in_title, in_text = held(typed, article.title), held(typed, article.text)
    if max(in_title, in_text) < LEAST:
        return 0.0
    score = _TITLE_WEIGHT * in_title + in_text + _is_of(article, category)
    return score * _EXPIRED_WEIGHT if is_expired(desk, article) else score


def _is_of(article: Article, category: str) -> bool:
    return bool(category and article.category) and (
        category.startswith(article.category) or article.category.startswith(category)
    )


def is_expired(desk: Desk, article: Article) -> bool:
    """Whether the last day it may be answered from has passed, by this PC's clock."""
    return bool(article.valid_until) and article.valid_until < local(desk.clock.now_ms()).date().isoformat()


def usable(desk: Desk, code: str) -> Article:
    """The article, to be answered from. Refuses one that is not here (R410) and one that has expired (R411)."""
    found = next((each for each in desk.store.reference.bundle().articles if each.code == code), None)
    if found is None:
        raise Refusal("R410", text=code[:40])
    if is_expired(desk, found):
        raise Refusal("R411", title=found.title[:40], until=found.valid_until)
    return found
