"""建议 from what was done before: it counts, says its count, and is silent where it does not know."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.suggesting import LEAST, NEAREST, Confidence, Past, PastOrders, voted

LAMP, WATER = Past("A-住建", "0101"), Past("A-水务", "0202")


def past(*told: tuple[str, Past]) -> PastOrders:
    orders = PastOrders()
    for text, where in told:
        orders.learn(text, where)
    return orders


def votes(orders: PastOrders, text: str) -> list[tuple[str, int, int]]:
    return [(vote.label, vote.count, vote.of) for vote in voted(orders.near(text), lambda each: each.agency)]


TOWN = past(
    *[(f"{road}路灯连续多日不亮，夜里看不清", LAMP) for road in ("西洪路", "新建巷", "东里村口", "南麻街", "学校门口", "老街")],
    *[(f"{road}自来水管停水多日", WATER) for road in ("西洪路", "新建巷", "东里村", "南麻街", "小区", "老街")],
)


def test_the_like_went_where_most_of_the_like_went() -> None:
    assert votes(TOWN, "红星村路灯不亮")[0] == ("A-住建", 6, 6)
    assert votes(TOWN, "家里停水，自来水管坏了")[0] == ("A-水务", 6, 6)


def test_it_is_silent_about_what_it_never_heard_of() -> None:
    assert votes(TOWN, "医保报销比例咨询") == []
    assert votes(TOWN, "") == []
    assert votes(PastOrders(), "路灯不亮") == []


def test_few_are_no_ground_and_few_are_never_sure() -> None:
    few = [LAMP] * (LEAST - 1)
    assert voted(few, lambda each: each.agency) == ()
    [vote] = voted([LAMP] * LEAST, lambda each: each.agency)
    assert vote.confidence is Confidence.MIDDLE
    [vote] = voted([LAMP] * NEAREST, lambda each: each.agency)
    assert vote.confidence is Confidence.HIGH


def test_it_is_silent_where_they_do_not_agree() -> None:
    spread = [Past(f"A-{nth}", "") for nth in range(6)]

    assert voted(spread, lambda each: each.agency) == ()
    assert voted([LAMP, LAMP, WATER, WATER], lambda each: each.category, speaks=0.6) == ()


@given(
    st.lists(st.tuples(st.text("路灯不亮停水管井盖坏噪声", max_size=30), st.sampled_from([LAMP, WATER])), max_size=30),
    st.text(max_size=40),
)
def test_it_never_counts_more_than_it_asked(told: list[tuple[str, Past]], text: str) -> None:
    near = past(*told).near(text)
    found = voted(near, lambda each: each.agency)

    assert len(near) <= min(NEAREST, len(told))
    assert sum(vote.count for vote in found) <= len(near)
    assert all(vote.of == len(near) for vote in found)
