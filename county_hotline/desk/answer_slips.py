"""打印答复单: what was asked and answered, on what ground, until when it holds, by whom: from an article, or from an order answered at once."""

from __future__ import annotations

from pathlib import Path

import msgspec

from county_hotline.clock import local
from county_hotline.db.beside import memos
from county_hotline.desk import knowledge
from county_hotline.desk.desk import Desk
from county_hotline.desk.slips import AnswerFacts, PrintedAnswer
from county_hotline.domain.articles import Edition
from county_hotline.domain.facts import AnsweredAtOnce
from county_hotline.errors import Refusal
from county_hotline.ids import Number

FORM = "answer"


def print_article(desk: Desk, code: str, *, answer: str = "") -> PrintedAnswer:
    """答复单 of an article, in its own words or others; no order is made for it. Refuses R204, R410, R411, R207. Raises StoreFault S103."""
    desk.needs("print")
    edition = knowledge.usable(desk, code)
    now = desk.clock.now_ms()
    facts = _facts(desk, edition, question=edition.title, answer=answer.strip() or edition.text, answered_at=now)
    return _printed(desk, facts, desk.home.slips / local(now).strftime("%Y-%m") / f"{code}-answer.pdf", subject=code)


def print_order(desk: Desk, number: Number) -> PrintedAnswer:
    """答复单 of an order that was answered at once, from the version it was answered from. Refuses R600 where it was not, R204, R207."""
    desk.needs("print")
    view = desk.store.view(number)
    event = next((each for each in reversed(view.story) if isinstance(each.fact, AnsweredAtOnce)), None)
    if event is None or view.order.accepted is None:
        raise Refusal("R600")
    fact = event.fact
    assert isinstance(fact, AnsweredAtOnce)
    past = knowledge.history(desk, fact.article) if fact.article else ()
    edition = next((each for each in past if knowledge.version_of(each) == fact.article_version), None)
    before = desk.store.prints(number, FORM)
    facts = msgspec.structs.replace(
        _facts(desk, edition, question=view.order.accepted.title, answer=fact.answer, answered_at=event.recorded_at),
        number=number,
        article=f"{fact.article}　{fact.article_version}".strip("　"),
        reprint=before,
    )
    month = local(view.order.accepted_at).strftime("%Y-%m")
    return _printed(desk, facts, desk.home.slips / month / f"{number}-answer.pdf", subject=number, counted=number)


def _printed(desk: Desk, facts: AnswerFacts, path: Path, *, subject: str, counted: Number | None = None) -> PrintedAnswer:
    if desk.answer_maker is None:
        raise Refusal("R207")
    missing, is_cut = desk.answer_maker(facts, path)
    officer = desk.signed_in().officer
    with desk.store.immediate() as db:
        if counted is not None:
            memos.add_print(db, counted, FORM, at=facts.printed_at, officer=officer)
        memos.audit(db, facts.printed_at, officer, act="print", subject=subject, reason=FORM)
    return PrintedAnswer(str(path), missing, is_cut, facts.reprint)


def _facts(desk: Desk, edition: Edition | None, *, question: str, answer: str, answered_at: int) -> AnswerFacts:
    officer, card, bundle = desk.signed_in(), desk.card, desk.store.reference.bundle()
    return AnswerFacts(
        title_line=bundle.title,
        number="",
        question=question,
        answer=answer,
        basis=edition.source if edition else "",
        valid_until=edition.valid_until if edition else "",
        article=f"{edition.code}　{knowledge.version_of(edition)}" if edition else "",
        answered_at=answered_at,
        badge=officer.badge,
        unit_name=card.unit_name,
        station_phone=card.phone,
        printed_at=desk.clock.now_ms(),
        printed_by=officer.name,
        reprint=0,
        sample=bool(bundle.note),
    )
