"""A knowledge article in words."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.domain.articles import ENDING_DAYS, Edition, days_left
from county_hotline.domain.reference import Article
from county_hotline.ui.tones import Tone
from county_hotline.wording import say


@dataclass(frozen=True, slots=True)
class Validity:
    """Until when it holds, as it stands in a list and over an article."""

    words: str
    tone: Tone = Tone.QUIET
    icon: str = ""


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
    validity: Validity = Validity("")
    meta: tuple[tuple[str, str], ...] = ()
    """Label and words: whose it is, where it holds, its keywords, its files."""


def article_told(article: Article, today: str, *, meta: tuple[tuple[str, str], ...] = ()) -> ArticleTold:
    """An article as it is read on a day (ISO): its version and source, until when it holds, and whether it is out of date."""
    number = article.number if isinstance(article, Edition) else 0
    label = say("knowledge.version_label", day=article.version, number=number) if number else article.version
    version = say("knowledge.version", version=label)
    if article.source:
        version = say("knowledge.version_and_source", version=label, source=article.source)
    gone = bool(article.valid_until) and article.valid_until < today
    expired = say("knowledge.expired", until=article.valid_until) if gone else ""
    validity = validity_told(article.valid_until, today)
    return ArticleTold(article.code, article.title, article.text, version, article.version, expired, validity, meta)


def validity_told(valid_until: str, today: str) -> Validity:
    """长期有效, 2027-03-31 止, 还有10天, 已过期: with a sign where it wants looking after."""
    left = days_left(Article("", "", "", today, valid_until=valid_until), today)
    if left is None:
        return Validity(say("knowledge.no_end"))
    if left < 0:
        return Validity(say("knowledge.out_of_date"), Tone.RED, "slash-circle")
    if left == 0:
        return Validity(say("knowledge.last_day"), Tone.AMBER, "hourglass-split")
    if left <= ENDING_DAYS:
        return Validity(say("knowledge.days_left", days=left), Tone.AMBER, "hourglass-split")
    return Validity(say("knowledge.until", until=valid_until))
