"""Lights by the pack alone, and cards only ever suggested."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.domain import facts as f
from county_hotline.domain.civil_time import CHINA as CIVIL
from county_hotline.domain.civil_time import moment_ms
from county_hotline.domain.facts import Fact
from county_hotline.domain.folding import fold
from county_hotline.domain.lights import Light, SuggestedCard, cards_suggested, light_of
from county_hotline.domain.rule_packs import CardRule, LightRule, Margin, RulePack, Span, Suspension, Unit
from county_hotline.domain.vocabulary import AssignmentRole, Card, SuspensionReason
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import EntryId
from county_hotline.wording import word
from tests.domain.any_story import NUMBER
from tests.domain.test_calendars import CHINA
from tests.domain.test_rule_packs import PACKS
from tests.domain.test_segments import ROADS, WATER, story

SHANDONG = PACKS["shandong-2020"]


def at(day: int, hour: int = 0, minute: int = 0) -> int:
    """A moment of November 2026; the 20th is a Friday."""
    return moment_ms(datetime(2026, 11, day, hour, minute, tzinfo=CIVIL))


def with_light(**rule: object) -> RulePack:
    return replace(SHANDONG, light=LightRule(**rule))  # type: ignore[arg-type]


SINCE, DUE, OFFICE = at(16, 9), at(24), at(23, 17, 30)
"""Due at the end of Monday the 23rd, or when the office closes on that day."""


@pytest.mark.parametrize(
    ("pack", "due_at", "yellow"),
    [
        (SHANDONG, DUE, at(23)),
        (SHANDONG, OFFICE, at(23)),
        (SHANDONG, at(23), at(20)),
        (None, DUE, at(23)),
        (with_light(yellow_before=Span(1)), DUE, at(21)),
        (with_light(yellow_before=Span(1)), OFFICE, at(20, 17, 30)),
        (with_light(yellow_before=Span(2)), DUE, at(20)),
        (with_light(yellow_before=Span(1)), at(23), at(20)),
        (with_light(yellow_before=Span(1, Unit.DAY)), OFFICE, at(22, 17, 30)),
        (with_light(yellow_before=Span(4, Unit.HOUR)), OFFICE, at(23, 13, 30)),
        (with_light(yellow_share=50), at(21, 0), at(18, 16, 30)),
        (with_light(yellow_share=80), at(22, 0), at(20, 1, 48)),
    ],
)
def test_a_light_turns_yellow_when_the_pack_says_and_red_once_the_limit_has_ended(
    pack: RulePack | None, due_at: int, yellow: int
) -> None:
    def shown(now: int) -> Light:
        return light_of(due_at=due_at, since=SINCE, now=now, pack=pack, calendar=CHINA)

    assert [shown(yellow - 60_000), shown(yellow), shown(due_at), shown(due_at + 1)] == [
        Light.GREEN,
        Light.YELLOW,
        Light.YELLOW,
        Light.RED,
    ]


def test_without_a_limit_there_is_no_light() -> None:
    assert light_of(due_at=0, since=SINCE, now=DUE, pack=SHANDONG, calendar=CHINA) is Light.NONE


def test_a_share_of_a_weekend_is_measured_by_the_clock() -> None:
    pack = with_light(yellow_share=50)

    lights = [light_of(due_at=at(22), since=at(21), now=now, pack=pack, calendar=CHINA) for now in (at(21, 11), at(21, 12))]

    assert lights == [Light.GREEN, Light.YELLOW]


@pytest.mark.parametrize("light", Light)
def test_every_light_has_its_word(light: Light) -> None:
    assert "〔" not in word(light)


PACKS_WITH_LIGHTS = [SHANDONG, None, with_light(yellow_before=Span(2)), with_light(yellow_share=80)]


@given(
    pack=st.sampled_from(PACKS_WITH_LIGHTS),
    since=st.integers(at(1), at(30)),
    length=st.integers(1, 20 * 86_400_000),
    times=st.lists(st.integers(0, 40 * 86_400_000), min_size=2, max_size=6),
)
def test_a_light_never_goes_back(pack: RulePack | None, since: int, length: int, times: list[int]) -> None:
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    told = [
        order.index(light_of(due_at=since + length, since=since, now=since + step, pack=pack, calendar=CHINA))
        for step in sorted(times)
    ]

    assert told == sorted(told)


CARDS = replace(SHANDONG, cards=CardRule(yellow=Margin(0), red=Margin(2)))


def order_of(*told: tuple[float, Fact]) -> WorkOrder:
    return fold(NUMBER, story((1, f.Dispatched(ROADS, due_on="2026-11-23", due_at=DUE)), *told))


@pytest.mark.parametrize(
    ("now", "card"),
    [(DUE, None), (DUE + 1, Card.YELLOW), (at(26), Card.YELLOW), (at(26) + 1, Card.RED), (at(30), Card.RED)],
)
def test_a_card_is_suggested_as_long_after_the_end_as_the_pack_says(now: int, card: Card | None) -> None:
    suggested = cards_suggested(order_of(), now, CARDS, CHINA)

    assert [one.card for one in suggested] == ([card] if card else [])


def test_a_suggestion_says_for_whom_and_since_when() -> None:
    assert cards_suggested(order_of(), at(27), CARDS, CHINA) == (SuggestedCard(ROADS, Card.RED, DUE, at(26)),)


@pytest.mark.parametrize("pack", [None, *PACKS.values()], ids=str)
def test_a_pack_without_cards_suggests_none(pack: RulePack | None) -> None:
    assert cards_suggested(order_of(), at(30), pack, CHINA) == ()


def hours(moment: int) -> float:
    """Hours after the acceptance of `story`."""
    return (moment - SINCE) / 3_600_000


def test_what_a_person_has_decided_is_not_suggested_again() -> None:
    yellow, red = (f.CardShown(ROADS, card, "超期") for card in (Card.YELLOW, Card.RED))
    taken_back = f.CardTakenBack(ROADS, Card.RED, "误亮")

    def suggested(*told: tuple[float, Fact]) -> list[Card]:
        return [one.card for one in cards_suggested(order_of(*told), at(27), CARDS, CHINA)]

    assert suggested((hours(at(24, 9)), yellow)) == [Card.RED]
    assert suggested((hours(at(26, 9)), red)) == []
    assert suggested((hours(at(26, 9)), red), (hours(at(26, 10)), taken_back)) == []
    assert suggested((hours(at(20, 9)), red)) == [Card.RED], "shown for something that was before"


def test_no_card_for_what_is_replied_ended_or_suspended_with_its_clock_stopped() -> None:
    ask = f.SuspensionAsked(ROADS, SuspensionReason.WORKS, "等材料", "到货", "2026-12-01")
    agree = f.SuspensionDecided(ROADS, approved=True, opinion="同意", asked=EntryId("e-3"), stops_clock=True)
    suspended = order_of((2, f.SignedFor(ROADS)), (3, ask), (4, agree))
    stops = replace(CARDS, suspension=Suspension(stops_clock=True))

    assert cards_suggested(order_of((2, f.Replied(ROADS, internal="已办"))), at(30), CARDS, CHINA) == ()
    assert (
        cards_suggested(order_of((2, f.AnsweredAtOnce("已答复")), (3, f.Recalled(ROADS, "不用"))), at(30), CARDS, CHINA) == ()
    )
    assert cards_suggested(suspended, at(30), stops, CHINA) == ()
    assert [one.card for one in cards_suggested(suspended, at(30), CARDS, CHINA)] == [Card.RED]


def test_helpers_that_run_late_are_suggested_too() -> None:
    helper = f.Dispatched(WATER, AssignmentRole.HELPER, due_on="2026-11-24", due_at=at(25))

    assert [(one.agency, one.card) for one in cards_suggested(order_of((2, helper)), at(26), CARDS, CHINA)] == [
        (ROADS, Card.YELLOW),
        (WATER, Card.YELLOW),
    ]
