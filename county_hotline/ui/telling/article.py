"""A knowledge article in words."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.domain.reference import Article
from county_hotline.wording import say


@dataclass(frozen=True, slots=True)
class ArticleTold:
    """One article, as it is read."""

    code: str
    title: str
    text: str
    version: str
    """版本日期 and source, in words."""
    version_date: str = ""
    expired: str = ""
    """Why it may not be answered from, or empty."""


def article_told(article: Article, today: str) -> ArticleTold:
    """An article as it is read on a day (ISO): its version and source, and whether it is out of date."""
    version = say("knowledge.version", version=article.version)
    if article.source:
        version = say("knowledge.version_and_source", version=article.version, source=article.source)
    gone = bool(article.valid_until) and article.valid_until < today
    expired = say("knowledge.expired", until=article.valid_until) if gone else ""
    return ArticleTold(article.code, article.title, article.text, version, article.version, expired)
