"""基础数据两边都改过: what differs line by line, and one put over the other only as it was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.db.beside.reference import Bundle
from county_hotline.desk import referring
from county_hotline.desk.desk import Desk
from county_hotline.desk.referring import LISTS, Comparison, ListDifference, Reach, Way, differences
from county_hotline.domain.reference import Account, Agency, DutyLine, FallbackRule, StationCard
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.errors import NotTrusted, Refusal
from county_hotline.hub.asking import Hub
from county_hotline.ids import AgencyCode, OfficerId
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.signals import Changes
from tests.support.bundles import a_bundle, at_hub, title
from tests.support.line import Post, a_card
from tests.support.posts import centre, enrolled, hall, hub
from tests.support.source import PACKAGE
from tests.support.ticking_clock import TickingClock

__all__ = ["centre", "enrolled", "hall", "hub"]

LEADER = Account(OfficerId("9001 负责人"), "9001", "负责人", (OfficerRole.LEADER,))
CLERK = Account(OfficerId("9002 受理员"), "9002", "受理员", (OfficerRole.CLERK,))
HERE = Bundle(1, "370323", "沂源县", "示例热线")


@dataclass
class Seat:
    """A desk of the centre with its way to the hub."""

    desk: Desk
    reach: Reach
    told: list[Changes] = field(default_factory=list)


@pytest.fixture
def second(enrolled: Callable[[StationCard, TickingClock], Post], hub: Hub, centre: Post, tmp_path: Path) -> tuple[Post, Seat]:
    """Another desk of the centre, on the third version like the first."""
    post = enrolled(a_card("91", StationRole.CENTRE, "37032300"), TickingClock())
    hub.store.reference.take_bundle(a_bundle(3))
    for each in (centre, post):
        each.sync()
    home, told = Home(tmp_path / "seat"), []  # type: tuple[Home, list[Changes]]
    desk = Desk(post.store, home, post.clock, Settings(home.settings), told.append, officer=LEADER)

    @contextmanager
    def reach(_desk: Desk) -> Iterator[Way]:
        yield Way(post.transport, post.hub.key)

    return post, Seat(desk, reach, told)


def torn(centre: Post, second: tuple[Post, Seat]) -> Comparison:
    """Both changed theirs; the first one's is the county's."""
    centre.store.reference.change(title="甲改的", agencies=(Agency(AgencyCode("37032320"), "县水务局"),))
    second[0].store.reference.change(title="乙改的")
    centre.sync()
    assert second[0].sync().fault == "A324"
    return referring.compare(second[1].desk, reach=second[1].reach)


def test_a_conflict_is_known_from_the_last_round_that_reached_the_hub(centre: Post, second: tuple[Post, Seat]) -> None:
    post, seat = second
    assert referring.conflict(seat.desk) is None
    post.store.reference.change(title="还没有送过")
    assert referring.conflict(seat.desk) is None
    post.sync()
    centre.sync()

    found = torn(centre, second)

    assert referring.conflict(seat.desk) == (5, 5)
    assert (found.ours, found.theirs, found.built_on) == (5, 5, 4)
    assert found.lists == (ListDifference("agencies", 1, 0, 0), ListDifference("title", 0, 1, 0))


def test_this_stations_goes_over_the_hubs(centre: Post, second: tuple[Post, Seat], hub: Hub) -> None:
    found = torn(centre, second)
    post, seat = second

    version = referring.keep_ours(seat.desk, found, reach=seat.reach)

    assert at_hub(hub) == (version, "乙改的")
    assert Changes(reference=True, counts=True) in seat.told
    assert (post.sync().fault, referring.conflict(seat.desk)) == ("", None)


def test_the_pack_the_hub_had_meanwhile_is_kept_for_the_orders_accepted_under_it(
    centre: Post, second: tuple[Post, Seat], hub: Hub
) -> None:
    pack = (PACKAGE / "rule_packs" / "shandong-2020.toml").read_text(encoding="utf-8")
    centre.store.reference.change(rule_pack=pack)
    found = torn(centre, second)

    referring.keep_ours(second[1].desk, found, reach=second[1].reach)

    reference = centre.store.reference.rule_pack()
    assert reference is not None
    for store in (second[0].store, hub.store):
        assert store.reference.rule_pack() is None
        assert store.reference.pack(reference.reference) is not None


def test_the_hubs_goes_over_this_stations(centre: Post, second: tuple[Post, Seat], hub: Hub) -> None:
    found = torn(centre, second)
    post, seat = second

    referring.take_theirs(seat.desk, found, reach=seat.reach)

    assert (title(post), at_hub(hub)[1]) == ("甲改的", "甲改的")
    assert (post.sync().fault, referring.conflict(seat.desk)) == ("", None)


@pytest.mark.parametrize("act", [referring.keep_ours, referring.take_theirs])
def test_what_was_changed_at_either_end_since_it_was_seen_is_not_lost(
    act: Callable[..., int], centre: Post, second: tuple[Post, Seat], hub: Hub
) -> None:
    found = torn(centre, second)
    post, seat = second
    centre.store.reference.change(title="甲又改的")
    centre.sync()

    with pytest.raises(Refusal, match="R458"):
        act(seat.desk, found, reach=seat.reach)
    found = referring.compare(seat.desk, reach=seat.reach)
    post.store.reference.change(title="乙又改的")
    with pytest.raises(Refusal, match="R458"):
        act(seat.desk, found, reach=seat.reach)

    assert (title(post), at_hub(hub)[1]) == ("乙又改的", "甲又改的")


@pytest.mark.parametrize("act", [referring.keep_ours, referring.take_theirs])
def test_who_may_not_change_the_lists_may_not_choose(
    act: Callable[..., int], centre: Post, second: tuple[Post, Seat], hub: Hub
) -> None:
    found = torn(centre, second)
    second[1].desk.officer = CLERK

    assert not referring.may_choose(second[1].desk)
    with pytest.raises(Refusal, match="R204"):
        act(second[1].desk, found, reach=second[1].reach)

    assert (title(second[0]), at_hub(hub)[1]) == ("乙改的", "甲改的")


def test_where_nothing_is_to_be_chosen_nothing_is_compared(second: tuple[Post, Seat]) -> None:
    post, seat = second
    with pytest.raises(Refusal, match="R457"):
        referring.compare(seat.desk, reach=seat.reach)

    post.store.reference.change(title="只有这里改过")
    with pytest.raises(Refusal, match="R457"):
        referring.compare(seat.desk, reach=seat.reach)


def test_a_document_that_another_signed_is_not_even_looked_at(centre: Post, second: tuple[Post, Seat]) -> None:
    torn(centre, second)
    post, seat = second

    @contextmanager
    def elsewhere(_desk: Desk) -> Iterator[Way]:
        yield Way(post.transport, centre.pair.public)

    with pytest.raises(NotTrusted, match="A321"):
        referring.compare(seat.desk, reach=elsewhere)


# ---------------------------------------------------------------- line by line

LINES = st.lists(
    st.builds(DutyLine, st.integers(1, 6), st.sampled_from("甲乙丙")), max_size=5, unique_by=lambda line: line.line
).map(tuple)


@given(ours=LINES, theirs=LINES)
def test_counts_of_lines_add_up_on_both_sides(ours: tuple[DutyLine, ...], theirs: tuple[DutyLine, ...]) -> None:
    found = differences(msgspec.structs.replace(HERE, duty_lines=ours), msgspec.structs.replace(HERE, duty_lines=theirs))

    if ours == theirs:
        assert found == ()
        return
    (each,) = found
    same = len(set(ours) & set(theirs))
    assert len(ours) == same + each.changed + each.dropped
    assert len(theirs) == same + each.changed + each.added
    if each == ListDifference("duty_lines", 0, 0, 0, is_reordered=True):
        assert sorted(ours, key=lambda line: line.line) == sorted(theirs, key=lambda line: line.line)


@given(ours=LINES, theirs=LINES)
def test_seen_from_the_other_side_what_is_added_is_dropped(ours: tuple[DutyLine, ...], theirs: tuple[DutyLine, ...]) -> None:
    here, there = msgspec.structs.replace(HERE, duty_lines=ours), msgspec.structs.replace(HERE, duty_lines=theirs)

    assert [(each.added, each.changed, each.dropped) for each in differences(here, there)] == [
        (each.dropped, each.changed, each.added) for each in differences(there, here)
    ]


@pytest.mark.parametrize(
    ("part", "ours", "theirs", "counts"),
    [
        ("rule_pack", "一", "二", (0, 1, 0)),
        ("rule_pack", "", "二", (1, 0, 0)),
        ("calendar", "一", "", (0, 0, 1)),
        ("rest_days", ("2026-12-24", "2026-12-25"), ("2026-12-25", "2026-12-31"), (1, 0, 1)),
        ("fallbacks", (FallbackRule(2), FallbackRule(2, category="01")), (FallbackRule(2), FallbackRule(3)), (1, 0, 1)),
        ("title", "示例热线", "另一个", (0, 1, 0)),
    ],
)
def test_each_kind_of_list_is_compared_by_what_its_lines_are_known_by(
    part: str, ours: object, theirs: object, counts: tuple[int, int, int]
) -> None:
    here, there = (msgspec.structs.replace(HERE, **{part: value}) for value in (ours, theirs))

    assert differences(here, there) == (ListDifference(part, *counts),)


def test_every_part_of_a_bundle_is_compared_but_its_name_and_what_is_kept_anyway() -> None:
    assert set(Bundle.__struct_fields__) - set(LISTS) == {"version", "county", "packs", "calendars"}
