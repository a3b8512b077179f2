"""查阅: what is found, what is masked, and that seeing a caller in full is written down first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from county_hotline.db.beside import memos
from county_hotline.desk import handling, intake, looking_up
from county_hotline.desk.founding import NewStation
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import Erasure, OfficerRole, StationRole
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode
from tests.support.desks import Counter, a_form
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation())
    counter.sits(OfficerRole.CLERK)
    yield counter
    counter.store.close()


def audit(counter: Counter) -> list[tuple[str, str, str, str]]:
    return [line[1:] for line in memos.audit_lines(counter.store.database.connection(), 9)]


def test_the_register_shows_callers_masked(hall: Counter) -> None:
    intake.accept(hall.desk, a_form(name="司马示例", phone="13805914472"))

    row = looking_up.register(hall.desk, RegisterQuery()).rows[0]

    assert (row.caller, row.phone) == ("司**", "138****4472")


def test_a_confidential_caller_is_not_shown_at_all(hall: Counter) -> None:
    intake.accept(hall.desk, a_form(confidential=True))

    row = looking_up.register(hall.desk, RegisterQuery()).rows[0]

    assert (row.caller, row.phone, row.confidential) == ("", "", True)


def test_one_order_is_found_by_what_a_clerk_types(hall: Counter) -> None:
    order = intake.accept(hall.desk, a_form(external_number="WZ2026-1"))

    for typed in (order.number, order.number.lower(), order.number[-12:], order.number[-5:], "wz2026-1"):
        assert looking_up.order(hall.desk, typed).order.number == order.number


def test_a_mistyped_number_is_told_from_one_that_is_not_here(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form()).number
    wrong = number[:-1] + ("A" if number[-1] != "A" else "B")

    with pytest.raises(Refusal, match="R191"):
        looking_up.order(hall.desk, wrong)
    with pytest.raises(Refusal, match="R190") as fault:
        looking_up.order(hall.desk, "没有\u200b的" * 40)
    assert fault.value.details["number"] == ("没有的" * 40)[:40]


def test_counts_agree_with_what_was_done(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form()).number
    intake.accept(hall.desk, a_form())
    handling.note(hall.desk, number, "备注")

    counts = looking_up.counts(hall.desk)

    assert (counts.stored, counts.received, counts.waiting, counts.entries, counts.balanced) == (2, 0, 2, 3, True)


def test_places_are_found_by_name_path_initials_and_code_best_first(hall: Counter) -> None:
    def names(typed: str) -> list[str]:
        return [place.name for place in looking_up.places(hall.desk, typed)]

    assert names("燕崖镇")[0] == "燕崖镇"
    assert names("yyz")[0] == "燕崖镇"
    assert names("370323109")[0] == "燕崖镇"
    assert "燕崖村" in names("崖村")
    assert names("没有这个地方") == []
    assert len(names("")) == 12
    assert len(looking_up.places(hall.desk, "y", limit=3)) == 3


def test_categories_are_found_by_path_and_code(hall: Counter) -> None:
    everything = looking_up.categories(hall.desk)

    assert len(everything) > 20
    assert {category.code for category in looking_up.categories(hall.desk, "宅基地")} >= {"0101"}
    assert all(category.code.startswith("0101") for category in looking_up.categories(hall.desk, "0101"))
    assert len(looking_up.categories(hall.desk, limit=5)) == 5


def test_units_are_those_of_the_county(hall: Counter) -> None:
    assert "370323C00" in {agency.code for agency in looking_up.agencies(hall.desk)}


def test_working_days_left_count_down_and_below(hall: Counter) -> None:
    order = intake.accept(hall.desk, a_form())

    before = looking_up.workdays_left(hall.desk, order.due_on)
    hall.clock.advance(days=60)
    after = looking_up.workdays_left(hall.desk, order.due_on)

    assert before is not None
    assert after is not None
    assert before > 0 > after
    assert looking_up.workdays_left(hall.desk, order.due_on, at=order.accepted_at) == before
    assert looking_up.workdays_left(hall.desk, "") is None
    assert looking_up.workdays_left(hall.desk, "明年") is None
    hall.store.database.execute_sql("DELETE FROM reference")
    assert looking_up.workdays_left(hall.desk, order.due_on) is None


def test_a_caller_is_seen_in_full_with_a_reason_that_is_kept(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form(name="示例来电人")).number

    person = looking_up.unmask(hall.desk, number, "核对\u200b地址")

    assert person.name == "示例来电人"
    assert audit(hall)[0] == (hall.desk.signed_in().officer, "unmask", number, "核对地址")


def test_without_a_reason_or_the_duty_nothing_is_seen_or_written(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form()).number
    hidden = intake.accept(hall.desk, a_form(confidential=True)).number

    with pytest.raises(Refusal, match="R192"):
        looking_up.unmask(hall.desk, number, " ")
    with pytest.raises(Refusal, match="R204"):
        looking_up.unmask(hall.desk, hidden, "看看")
    with pytest.raises(Refusal, match="R204"):
        looking_up.unmask(hall.sits(OfficerRole.ADMIN), number, "看看")
    hall.desk.officer = None
    with pytest.raises(Refusal, match="R203"):
        looking_up.unmask(hall.desk, number, "看看")

    assert audit(hall) == []


def test_an_agencys_leader_does_not_see_a_confidential_caller_it_got_before(
    hall: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = intake.accept(hall.desk, a_form(confidential=True, name="保密来电人")).number
    leader = hall.sits(OfficerRole.LEADER)
    elsewhere = msgspec.structs.replace(hall.desk.card, unit=AgencyCode("370323D04"), role=StationRole.AGENCY)
    monkeypatch.setattr(hall.store, "station", lambda: elsewhere)

    with pytest.raises(Refusal, match="R204"):
        looking_up.unmask(leader, hidden, "核实")


def test_a_leader_sees_a_confidential_caller(hall: Counter) -> None:
    hidden = intake.accept(hall.desk, a_form(confidential=True, name="保密来电人")).number

    assert looking_up.unmask(hall.sits(OfficerRole.LEADER), hidden, "核实").name == "保密来电人"


def test_a_caller_whose_particulars_are_not_here_cannot_be_seen(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form()).number
    first = hall.store.view(number).story[0].entry_id
    handling.erase(hall.sits(OfficerRole.LEADER), number, first, ground="本人申请", erasure=Erasure.PERSON)

    with pytest.raises(Refusal, match="R193"):
        looking_up.unmask(hall.desk, number, "核实")
