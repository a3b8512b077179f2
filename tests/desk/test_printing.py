"""打印: a slip is counted, says when it is a reprint, and never costs the order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.db.beside import memos
from county_hotline.desk import handling, intake, printing
from county_hotline.desk.founding import NewStation
from county_hotline.desk.slips import SlipFacts
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal, StoreFault
from county_hotline.ids import Number
from county_hotline.settings import SLIP_PAPER
from tests.support.desks import MONTH, Counter, a_form
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation(phone="0533-3240000"))
    counter.sits(OfficerRole.CLERK)
    yield counter
    counter.store.close()


def test_a_slip_says_what_the_caller_may_know_with_the_caller_masked(hall: Counter) -> None:
    order = intake.accept(hall.desk, a_form(name="司马示例", category="0101"))

    slip = printing.print_slip(hall.desk, order.number)

    facts = hall.printer.printed[0]
    assert order.accepted is not None
    assert slip.path == str(hall.home.slips / MONTH / f"{order.number}-a5.pdf")
    assert Path(slip.path).is_file()
    assert (facts.number, facts.query_code, facts.due_on) == (order.number, order.accepted.query_code, order.due_on)
    assert (facts.caller, facts.agency, facts.station_phone) == ("司**", "沂源县农业农村局", "0533-3240000")
    assert facts.sample
    assert facts.badge == "0300"


@pytest.mark.parametrize("given", [{"anonymous": True}, {"confidential": True}])
def test_an_anonymous_or_confidential_caller_is_not_on_the_slip(hall: Counter, given: dict[str, object]) -> None:
    order = intake.accept(hall.desk, a_form(**given))

    printing.print_slip(hall.desk, order.number)

    assert hall.printer.printed[0].caller == ""


def test_reprints_are_counted_and_written_down(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form()).number

    reprints = [printing.print_slip(hall.desk, number, paper=paper).reprint for paper in ("a5", "80mm", "a5")]

    assert reprints == [0, 1, 2]
    assert [facts.reprint for facts in hall.printer.printed] == [0, 1, 2]
    lines = memos.audit_lines(hall.store.database.connection(), 9)
    assert [(act, subject) for _, _, act, subject, _ in lines] == [("print", number)] * 3


def test_the_stations_paper_is_taken_where_none_is_named(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form()).number
    hall.desk.settings.change(SLIP_PAPER, "80mm")

    assert printing.print_slip(hall.desk, number).path.endswith("-80mm.pdf")


def test_the_slip_names_the_unit_that_leads_now(hall: Counter, clock: TickingClock, tmp_path: Path) -> None:
    centre = Counter(tmp_path / "centre", clock, NewStation(role=hall.card.role.CENTRE))
    number = intake.accept(centre.sits(OfficerRole.DISPATCHER), a_form()).number
    handling.dispatch(centre.desk, number, centre.card.unit)

    printing.print_slip(centre.desk, number)

    assert centre.printer.printed[0].agency == "沂源县12345政务服务便民热线中心"
    centre.store.close()


def test_without_any_unit_the_slip_leaves_it_out(hall: Counter) -> None:
    hall.store.database.execute_sql("DELETE FROM reference")
    number = intake.accept(hall.desk, a_form()).number

    printing.print_slip(hall.desk, number)

    assert (hall.printer.printed[0].agency, hall.printer.printed[0].sample) == ("", False)


def test_characters_no_face_has_are_told(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form(name="㛃某")).number

    assert printing.print_slip(hall.desk, number).missing_glyphs == ("㛃",)


def test_a_slip_that_cannot_be_made_costs_neither_order_nor_count(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form()).number

    def broken(facts: SlipFacts, path: Path, *, paper: str) -> tuple[str, ...]:
        raise StoreFault("S103")

    hall.desk.slip_maker = broken
    with pytest.raises(StoreFault, match="S103"):
        printing.print_slip(hall.desk, number)
    hall.desk.slip_maker = hall.printer

    assert printing.print_slip(hall.desk, number).reprint == 0
    assert hall.store.order(number).accepted is not None


def test_what_cannot_be_printed_is_refused(hall: Counter) -> None:
    number = intake.accept(hall.desk, a_form()).number

    with pytest.raises(Refusal, match="R100"):
        printing.print_slip(hall.desk, Number("370323-09A-261121-00017"))
    with pytest.raises(Refusal, match="R204"):
        printing.print_slip(hall.sits(OfficerRole.ADMIN), number)
    hall.sits(OfficerRole.CLERK).slip_maker = None
    with pytest.raises(Refusal, match="R207"):
        printing.print_slip(hall.desk, number)
