"""Second looks: plausible numbers pass without a word, odd ones are spoken of, nothing is ever refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.checks import DAY_MS, cautions_for, credit_cautions, id_cautions, phone_cautions, transfer_cautions
from county_hotline.domain.facts import Person
from county_hotline.wording import say
from tests.support.ticking_clock import MORNING

PLAUSIBLE = """13805914472|138 0591 4472|138-0591-4472|+86 138 0591 4472|008613805914472|8613805914472|１３８０５９１４４７２|
0533-3241234|(0533)3241234|05333241234|010-62345678|0533-3241234-801|0533-3241234转801|+86 533 3241234|
12345|110|95588|10086|400-123-4567|13805914472、0533-3241234|"""


@pytest.mark.parametrize("phone", PLAUSIBLE.replace("\n", "").split("|"))
def test_plausible_phones_pass_without_a_word(phone: str) -> None:
    assert phone_cautions(phone) == []


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("1380591447", "手机号应为 11 位，现在是 10 位"),
        ("138059144721", "手机号应为 11 位，现在是 12 位，是不是多打了"),
        ("+852 2345 6789", "像是境外号码，请核对国家代码"),
        ("3241234", "固定电话没有区号，县外打不通"),
        ("0533-324", "固定电话位数不对，区号后面应是 7 或 8 位"),
        ("12345678901", "这不像电话号码，请再核对一遍"),
        ("不肯说", "这不像电话号码，请再核对一遍"),
        ("13805914472、138059", "手机号应为 11 位，现在是 6 位"),
    ],
)
def test_odd_phones_say_why(phone: str, said: str) -> None:
    (caution,) = phone_cautions(phone)

    assert caution.field == "phone"
    assert say(f"warning.{caution.code}", **caution.details) == said


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", None),
        ("11010519491231002X", None),
        ("11010519491231002x", None),
        ("110105 19491231 002X", None),
        ("H12345678", None),
        ("110105194912310021", "id_check"),
        ("1101051949123100", "id_length"),
        ("990101199001011230", "id_odd"),
        ("110105491231002", "id_length"),
        ("abc", None),
        ("没有带", None),
    ],
)
def test_identity_numbers(number: str, code: str | None) -> None:
    assert [caution.code for caution in id_cautions(number)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", None),
        ("91110000600037341L", None),
        ("９１１１００００ 600037341l", None),
        ("91110000600037342L", "credit_check"),
        ("9111000060003734", "credit_length"),
        ("A1110000600037341L", "credit_odd"),
        ("统一社会信用代码", "credit_length"),
    ],
)
def test_credit_codes(number: str, code: str | None) -> None:
    assert [caution.code for caution in credit_cautions(number)] == ([code] if code else [])


def test_what_came_from_above_is_asked_for_its_number_and_its_limit_is_looked_at() -> None:
    def codes(*, above: bool, number: str, due: int) -> list[str]:
        return [each.code for each in transfer_cautions(above, number, external_due_at=due, now=MORNING)]

    assert codes(above=False, number="", due=0) == []
    assert codes(above=True, number=" ", due=0) == ["external_number_missing"]
    assert codes(above=True, number="市0001", due=MORNING + 1) == []
    assert codes(above=True, number="市0001", due=MORNING - 1) == ["external_due_past"]


@pytest.mark.parametrize(
    ("came_at", "code"),
    [
        (MORNING, None),
        (0, None),
        (MORNING + 4 * 60_000, None),
        (MORNING + 6 * 60_000, "came_in_future"),
        (MORNING - 300 * DAY_MS, None),
        (MORNING - 400 * DAY_MS, "came_long_ago"),
    ],
)
def test_times_that_cannot_be_meant(came_at: int, code: str | None) -> None:
    found = cautions_for(Person(), came_at=came_at, now=MORNING)

    assert [caution.code for caution in found] == ([code] if code else [])


def test_everything_odd_is_told_in_the_order_of_the_form() -> None:
    person = Person(phone="1380", id_number="123")

    found = cautions_for(person, title="长" * 26, content="灯坏", came_at=1, now=MORNING)

    assert [caution.field for caution in found] == ["phone", "id_number", "title", "content", "came_at"]


def test_an_empty_form_is_not_spoken_of() -> None:
    assert cautions_for(Person(), title="", content="", came_at=0, now=MORNING) == []


@given(phone=st.text(max_size=30), id_number=st.text(max_size=30), digits=st.text("0123456789+-() 转、", max_size=30))
def test_nothing_that_can_be_typed_is_refused(phone: str, id_number: str, digits: str) -> None:
    for person in (Person(phone=phone, id_number=id_number), Person(phone=digits, id_number=digits)):
        for caution in cautions_for(person, title=phone, content=id_number, came_at=None, now=MORNING):
            assert "〔" not in say(f"warning.{caution.code}", **caution.details)
