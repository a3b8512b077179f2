"""打印答复单: of an article, or of an order answered from the version of then; counted, and nothing about a person on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from county_hotline.desk import Desk, answer_slips, articles, intake, knowledge
from county_hotline.desk.slips import AnswerFacts
from county_hotline.domain.articles import Edition
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal
from tests.support.desks import Counters, a_form
from tests.support.ticking_clock import TickingClock

HEATING = Edition("", "供热投诉找谁", "先找供热企业。", "2026-10-15", source="供热条例", valid_until="2027-03-31")


@pytest.fixture
def printed() -> list[AnswerFacts]:
    return []


@pytest.fixture
def desk(tmp_path: Path, clock: TickingClock, printed: list[AnswerFacts]) -> Iterator[Desk]:
    counters = Counters(tmp_path, clock)
    desk = counters.centre.sits(OfficerRole.CLERK, OfficerRole.ADMIN)

    def maker(facts: AnswerFacts, path: Path) -> tuple[tuple[str, ...], bool]:
        printed.append(facts)
        return (), False

    desk.answer_maker = maker
    yield desk
    counters.close()


def test_an_article_is_printed_without_an_order(desk: Desk, printed: list[AnswerFacts]) -> None:
    made = articles.save(desk, HEATING)
    slip = answer_slips.print_article(desk, made.code)

    assert slip.path.endswith(f"{made.code}-answer.pdf")
    facts = printed[0]
    assert (facts.number, facts.question, facts.answer, facts.basis) == ("", HEATING.title, HEATING.text, "供热条例")
    assert (facts.valid_until, facts.article) == ("2027-03-31", f"{made.code}　2026-10-15 第1版")


def test_an_orders_slip_says_what_was_answered_from_the_version_of_then(desk: Desk, printed: list[AnswerFacts]) -> None:
    made = articles.save(desk, HEATING)
    order = intake.answer(desk, a_form(name="张三丰", phone="13800000000"), answer="已告知找供热企业。", article=made.code)
    articles.save(desk, msgspec.structs.replace(made, source="新条例", version="2026-11-01"), why="新条例")
    for _ in range(2):
        answer_slips.print_order(desk, order.number)

    facts = printed[1]
    assert (facts.number, facts.answer, facts.basis, facts.reprint) == (order.number, "已告知找供热企业。", "供热条例", 1)
    assert facts.article == f"{made.code}　2026-10-15 第1版"
    assert b"13800000000" not in msgspec.json.encode(facts)
    assert "张三丰".encode() not in msgspec.json.encode(facts)


def test_what_was_not_answered_or_has_expired_is_not_printed(desk: Desk, clock: TickingClock) -> None:
    order = intake.accept(desk, a_form())
    with pytest.raises(Refusal, match="R600"):
        answer_slips.print_order(desk, order.number)
    over = articles.save(desk, msgspec.structs.replace(HEATING, version="2025-01-01", valid_until="2025-12-31"))
    assert knowledge.is_expired(desk, over)
    with pytest.raises(Refusal, match="R411"):
        answer_slips.print_article(desk, over.code)
    desk.answer_maker = None
    made = articles.save(desk, HEATING)
    with pytest.raises(Refusal, match="R207"):
        answer_slips.print_article(desk, made.code)
