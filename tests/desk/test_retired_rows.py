"""停用: a row of a list is no longer offered anywhere, stays readable where it was used, and can be brought back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from county_hotline.desk import county_lists, duty_list, looking_up
from county_hotline.desk.founding import NewStation
from county_hotline.domain.reference import Category, Listed, Place, in_force
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.errors import Refusal
from county_hotline.ui.telling.names import names_of
from tests.support.desks import PLACE, Counter, a_form
from tests.support.ticking_clock import TickingClock

LISTS = ("agencies", "categories", "places", "duty_lines", "fallbacks", "told_paths", "events", "campaigns", "grids")


@pytest.fixture
def centre(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "centre", clock, NewStation(role=StationRole.CENTRE))
    counter.sits(OfficerRole.ADMIN, OfficerRole.CLERK)
    yield counter
    counter.store.close()


def rows(centre: Counter, name: str) -> tuple[Listed, ...]:
    found: tuple[Listed, ...] = getattr(centre.store.reference.bundle(), name)
    return found


@pytest.mark.parametrize("name", LISTS)
def test_a_row_is_retired_and_brought_back_and_nothing_else_changes(centre: Counter, name: str) -> None:
    before = rows(centre, name)
    if not before:
        pytest.skip("the sample county has none")

    gone = county_lists.retire(centre.desk, name, before[-1])
    meanwhile = rows(centre, name)
    county_lists.retire(centre.desk, name, gone, retired=False)

    assert meanwhile == (*before[:-1], replace(before[-1], retired=True))
    assert rows(centre, name) == before
    with pytest.raises(Refusal, match="R425"):
        county_lists.retire(centre.desk, name, gone)


def test_a_retired_unit_place_and_category_are_not_offered_and_still_have_their_names(centre: Counter) -> None:
    desk, reference = centre.desk, centre.store.reference
    unit = next(each for each in reference.agencies() if each.place)
    place = next(each for each in reference.places() if each.code == PLACE)
    category = reference.categories()[-1]
    for name, row in (("agencies", unit), ("places", place), ("categories", category)):
        county_lists.retire(desk, name, row)

    assert unit.code not in {each.code for each in looking_up.agencies(desk)}
    assert PLACE not in {each.code for each in looking_up.places(desk, place.name, limit=500)}
    assert category.code not in {each.code for each in looking_up.categories(desk, limit=5000)}
    names = names_of(desk)
    assert (names.agency(unit.code), names.place(PLACE)) == (unit.name, place.path)
    assert names.categories[category.code].path == category.path


def test_an_order_taken_before_keeps_its_place(centre: Counter) -> None:
    from county_hotline.desk import intake

    number = intake.accept(centre.desk, a_form()).number
    county_lists.retire(centre.desk, "places", next(each for each in rows(centre, "places") if each.code == PLACE))  # type: ignore[union-attr]

    accepted = centre.store.order(number).accepted
    assert accepted is not None
    assert accepted.place == PLACE
    assert centre.store.reference.place(PLACE).path


def test_what_lies_below_a_retired_row_is_not_offered_either() -> None:
    town, village, other = (Place(code, code, code) for code in ("370323109", "370323109200", "370323110"))
    kinds = (Category("02", "a", "a", retired=True), Category("0201", "b", "a / b"), Category("03", "c", "c"))

    assert in_force([replace(town, retired=True), village, other]) == (other,)
    assert [each.code for each in in_force(kinds)] == ["03"]


def test_a_retired_line_and_a_retired_unit_are_not_suggested(centre: Counter) -> None:
    desk = centre.desk
    line = duty_list.lines(desk)[0]
    offered = [each.line for each in duty_list.by_lines(desk, line.category, "", line.matter)]
    county_lists.retire(desk, "duty_lines", line)
    without_line = [each.line for each in duty_list.by_lines(desk, line.category, "", line.matter)]
    county_lists.retire(desk, "duty_lines", replace(line, retired=True), retired=False)
    county_lists.retire(desk, "agencies", desk.store.reference.agency(line.lead))
    without_unit = duty_list.suggest(desk, line.category, "", line.matter)

    assert line.line in offered
    assert line.line not in without_line
    assert line.lead not in {each.lead for each in without_unit}


@pytest.mark.parametrize("name", ["places", "agencies"])
def test_the_county_and_the_centre_itself_are_not_retired(centre: Counter, name: str) -> None:
    own = {centre.desk.card.county, centre.desk.card.unit}
    row = next(each for each in rows(centre, name) if getattr(each, "code", "") in own)

    with pytest.raises(Refusal, match="R672"):
        county_lists.retire(centre.desk, name, row)


def test_only_whoever_has_the_duty_retires(centre: Counter) -> None:
    row = rows(centre, "categories")[0]
    centre.sits(OfficerRole.CLERK)

    with pytest.raises(Refusal, match="R204"):
        county_lists.retire(centre.desk, "categories", row)
