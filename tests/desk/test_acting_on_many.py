"""一起办: weighed first, done one by one, each with its own outcome; nothing is half done in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from county_hotline.desk import acting_on_many, handling, intake, printing
from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import Account
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.ids import AgencyCode, Number, OfficerId
from county_hotline.signals import Bulletin
from tests.support.county import HOUSING, WATER
from tests.support.fake_views import CLERK
from tests.support.ticking_clock import TickingClock
from tests.support.windows import a_desk

DISPATCHER = Account(OfficerId("0101 派单员甲"), "0101", "派单员甲", (OfficerRole.DISPATCHER,))


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path / "centre", TickingClock(step_ms=1000), Bulletin(), role=StationRole.CENTRE)
    desk.officer = DISPATCHER
    yield desk
    desk.store.close()


def accept(desk: Desk, title: str, agency: str = "") -> Number:
    form = intake.IntakeForm(phone="13805330007", place="370323", title=title, content=title, agency_hint=AgencyCode(agency))
    return intake.accept(desk, form).number


def test_what_can_be_done_and_what_cannot_is_said_before_anything_is(centre: Desk) -> None:
    suggested, unsuggested, out = accept(centre, "有建议", HOUSING), accept(centre, "没有建议"), accept(centre, "已派出")
    handling.dispatch(centre, out, WATER)
    before = centre.store.counts().entries

    weighed = {each.number: each for each in acting_on_many.weigh(centre, "dispatch", (suggested, unsuggested, out))}

    assert weighed[suggested].can
    assert weighed[suggested].unit == "县住建局"
    assert weighed[unsuggested].can
    assert weighed[unsuggested].unit == ""
    assert "改派" in weighed[out].why
    assert centre.store.counts().entries == before


def test_each_goes_to_its_own_unit_or_all_to_the_one_that_was_typed(centre: Desk) -> None:
    own, other, typed = accept(centre, "有建议", HOUSING), accept(centre, "没有建议"), accept(centre, "再一件", HOUSING)

    outcomes = [acting_on_many.do(centre, "dispatch", number, {"agency": "", "advice": ""}) for number in (own, other)]
    outcomes.append(acting_on_many.do(centre, "dispatch", typed, {"agency": WATER, "advice": "尽快"}))

    leads = [order.lead.agency if order.lead else "" for order in map(centre.store.order, (own, other, typed))]
    assert leads == [HOUSING, "", WATER]
    assert [bool(each.why) for each in outcomes] == [False, True, False]
    assert "单位" in outcomes[1].why


def test_what_changed_since_it_was_weighed_is_refused_with_its_reason(centre: Desk) -> None:
    number = accept(centre, "派了两次", HOUSING)
    assert acting_on_many.weigh(centre, "dispatch", (number,))[0].can
    handling.dispatch(centre, number, WATER)

    done = acting_on_many.do(centre, "dispatch", number, {"agency": HOUSING})

    assert "改派" in done.why
    lead = centre.store.order(number).lead
    assert lead is not None
    assert lead.agency == WATER


def test_a_clerk_may_not_dispatch_and_is_told_for_each(centre: Desk) -> None:
    number = accept(centre, "一件", HOUSING)
    centre.officer = CLERK

    (weighed,) = acting_on_many.weigh(centre, "dispatch", (number,))

    assert weighed.why
    assert acting_on_many.do(centre, "dispatch", number, {}).why


def test_all_are_urged_each_at_whoever_has_it(centre: Desk) -> None:
    out, waiting = accept(centre, "已派出"), accept(centre, "没派")
    handling.dispatch(centre, out, WATER)

    weighed = acting_on_many.weigh(centre, "urge", (out, waiting))
    outcomes = [acting_on_many.do(centre, "urge", each.number, {"words": "又来电话"}) for each in weighed]

    assert [each.why for each in outcomes] == ["", ""]
    assert weighed[0].unit
    kinds = [centre.store.view(number).story[-1].fact.kind for number in (out, waiting)]
    assert kinds == ["work_order.urged"] * 2


def test_slips_of_many_are_one_file_to_print(centre: Desk) -> None:
    numbers = [accept(centre, f"第{place}件") for place in range(3)]

    outcomes = [acting_on_many.do(centre, "print", number, {}) for number in numbers]
    joined = printing.join(centre, [Path(each.path) for each in outcomes])

    with pypdfium2.PdfDocument(joined) as book:
        assert len(book) == 3
