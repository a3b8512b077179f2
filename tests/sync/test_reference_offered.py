"""基础数据 on its way up: a centre's change is the county's after one round, built on what the hub has; nobody's change is lost."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from county_hotline.db.beside.reference import BUILT_ON, CHANGED_HERE, Bundle
from county_hotline.domain.reference import Agency
from county_hotline.domain.views import LineState, RoundReport
from county_hotline.errors import NotTrusted
from county_hotline.hub import endpoints
from county_hotline.hub.asking import Hub
from county_hotline.ids import AgencyCode
from county_hotline.sync import line_state
from county_hotline.sync.protocol import ReferenceOffer
from county_hotline.sync.round import bundles
from tests.support.bundles import COUNTY, a_bundle, at_hub, title
from tests.support.flaky import Act, FlakyWire
from tests.support.line import Post
from tests.sync.test_guards import altered


def test_what_a_centre_changed_is_the_countys_after_one_round(third_version: None, centre: Post, hall: Post, hub: Hub) -> None:
    centre.store.reference.change(title="改了的", agencies=(Agency(AgencyCode("37032320"), "县水务局"),))

    report = centre.sync()
    hall.sync()

    assert (report.fault, report.complete) == ("", True)
    assert at_hub(hub) == (4, "改了的")
    assert (hall.store.reference.version(), title(hall)) == (4, "改了的")
    assert centre.store.note(CHANGED_HERE) is None
    assert centre.sync().requests == 3, "nothing is offered twice"


def test_several_changes_go_as_one(third_version: None, centre: Post, hub: Hub) -> None:
    for words in ("一", "二", "三"):
        centre.store.reference.change(title=words)

    assert centre.sync().fault == ""
    assert at_hub(hub) == (6, "三")


def test_a_change_built_on_what_the_hub_no_longer_has_is_kept_and_told(
    third_version: None, centre: Post, other: Post, hub: Hub
) -> None:
    centre.store.reference.change(title="甲改的")
    other.store.reference.change(title="乙改的")
    other.store.reference.change(title="乙又改的")
    centre.sync()
    number = other.accept()

    report, again = other.sync(), other.sync()

    assert (report.fault, report.fault_details, report.sent) == ("A324", {"have": 4, "built_on": 3}, 1)
    assert again.fault == "A324", "until a person decides"
    assert hub.store.order(number).accepted is not None
    assert at_hub(hub) == (4, "甲改的")
    assert (title(other), other.store.note(CHANGED_HERE)) == ("乙又改的", "5")
    assert line_state.recall(other.store, enrolled=True).state is LineState.ONLINE


def test_while_a_change_waits_the_hubs_newer_one_is_not_even_asked_for(
    third_version: None, centre: Post, other: Post, hub: Hub
) -> None:
    for words in ("一", "二", "三"):
        centre.store.reference.change(title=words)
    centre.sync()
    other.store.reference.change(title="乙改的")

    report = other.sync()

    assert (report.fault, report.requests) == ("A324", 4), "hello, heads, the offer, a page"
    assert (other.store.reference.version(), title(other)) == (4, "乙改的")


def conflict(centre: Post, other: Post) -> None:
    centre.store.reference.change(title="甲改的")
    other.store.reference.change(title="乙改的")
    centre.sync()
    assert other.sync().fault == "A324"


def test_a_person_may_put_this_stations_over_the_hubs(third_version: None, centre: Post, other: Post, hub: Hub) -> None:
    conflict(centre, other)

    version = bundles.keep_ours(other.store, other.transport)
    centre.sync()

    assert at_hub(hub) == (version, "乙改的") == (5, "乙改的")
    assert title(centre) == "乙改的"
    assert other.sync().fault == ""


def test_a_person_may_take_the_hubs_instead(third_version: None, centre: Post, other: Post, hub: Hub) -> None:
    conflict(centre, other)

    version = bundles.take_theirs(other.store, other.transport, other.hub.key)
    report = other.sync()
    other.store.reference.change(title="再改的")
    after = other.sync()

    assert (version, report.fault, after.fault) == (4, "", "")
    assert at_hub(hub) == (5, "再改的")


def test_an_offer_whose_answer_was_lost_is_the_same_success(third_version: None, centre: Post, hub: Hub) -> None:
    centre.store.reference.change(title="改了的")
    cut_after_offer(centre)

    assert at_hub(hub) == (4, "改了的")
    assert centre.sync().fault == ""
    assert centre.store.note(CHANGED_HERE) is None


def test_a_change_made_after_an_answer_was_lost_still_stands_on_it(
    third_version: None, centre: Post, other: Post, hub: Hub
) -> None:
    centre.store.reference.change(title="改了的")
    cut_after_offer(centre)
    centre.store.reference.change(title="又改的")

    assert centre.sync().fault == ""
    assert at_hub(hub) == (5, "又改的")


def cut_after_offer(post: Post) -> RoundReport:
    """hello, heads, then the offer, done at the hub and never answered."""
    assert isinstance(post.wire, FlakyWire)
    post.wire.follow((Act.PASS, Act.PASS, Act.CUT_AFTER))
    report = post.sync()
    assert report.fault == "N105"
    return report


def test_what_is_changed_while_the_offer_travels_goes_with_the_next_round(third_version: None, centre: Post, hub: Hub) -> None:
    centre.store.reference.change(title="改了的")

    def meanwhile(answer: object) -> object:
        centre.store.reference.change(title="路上改的")
        return answer

    first = altered(centre, offer_reference=meanwhile)
    assert (first.fault, at_hub(hub)) == ("", (4, "改了的"))
    assert (centre.store.note(CHANGED_HERE), centre.store.note(BUILT_ON)) == ("5", "4")
    centre.transport = centre.transport._plain  # type: ignore[attr-defined]

    assert centre.sync().fault == ""
    assert at_hub(hub) == (5, "路上改的")


def test_what_is_changed_here_while_the_hubs_travels_is_not_overwritten(
    third_version: None, centre: Post, other: Post, hub: Hub
) -> None:
    for words in ("甲改的", "甲又改的"):
        centre.store.reference.change(title=words)
    centre.sync()

    def meanwhile(answer: object) -> object:
        other.store.reference.change(title="乙改的")
        return answer

    altered(other, reference=meanwhile)

    assert (title(other), other.store.note(CHANGED_HERE)) == ("乙改的", "4")
    other.transport = other.transport._plain  # type: ignore[attr-defined]
    assert other.sync().fault == "A324"


@pytest.mark.parametrize("act", [Act.CUT_BEFORE, Act.DOUBLE, Act.LATE, Act.TRUNCATE, Act.PORTAL, Act.STALE, Act.GARBLE])
def test_whatever_befalls_an_offer_the_next_round_mends_it(act: Act, third_version: None, centre: Post, hub: Hub) -> None:
    centre.store.reference.change(title="改了的")
    assert isinstance(centre.wire, FlakyWire)
    centre.wire.follow((Act.PASS, Act.PASS, act))

    centre.sync()
    report = centre.sync()

    assert (report.fault, at_hub(hub)) == ("", (4, "改了的"))


def test_only_the_centre_changes_the_countys_data(third_version: None, hall: Post, hub: Hub) -> None:
    hall.store.reference.change(title="村里改的")
    hall.accept()

    report = hall.sync()

    assert (report.fault, report.sent) == ("A325", 1)
    assert at_hub(hub) == (3, "示例热线")


# ---------------------------------------------------------------- what the hub refuses, whoever asks


def refused(post: Post, offer: ReferenceOffer) -> str:
    post.transport.hello()
    with pytest.raises(NotTrusted) as met:
        post.transport.offer_reference(offer)
    return met.value.code


def test_the_hub_itself_refuses_a_station_that_is_no_centre(third_version: None, hall: Post, hub: Hub) -> None:
    assert refused(hall, ReferenceOffer(4, 3, a_bundle(4, "冒充的"))) == "A325"
    assert at_hub(hub) == (3, "示例热线")


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        (ReferenceOffer(4, 2, a_bundle(4)), "A324"),
        (ReferenceOffer(3, 3, a_bundle(3, "同号")), "A324"),
        (ReferenceOffer(2, 3, a_bundle(2)), "A324"),
        (ReferenceOffer(9, 2, a_bundle(9), hashlib.sha256(b"x").digest()), "A324"),
        (ReferenceOffer(4, 3, a_bundle(4, county="370882")), "A322"),
        (ReferenceOffer(4, 3, a_bundle(4, county="")), "A322"),
        (ReferenceOffer(5, 3, a_bundle(4)), "A326"),
        (ReferenceOffer(4, 3, b"{"), "A326"),
        (ReferenceOffer(4, 3, b""), "A326"),
        (ReferenceOffer(4, 3, msgspec.json.encode(Bundle(4, COUNTY, "沂源县", "新", rule_pack="limit = ["))), "A326"),
    ],
    ids=[
        "older_base",
        "same_number",
        "older_number",
        "wrong_digest",
        "other_county",
        "no_county",
        "two_versions",
        "torn",
        "empty",
        "broken_pack",
    ],
)
def test_the_hub_takes_no_document_that_is_not_the_next_of_its_county(
    offer: ReferenceOffer, code: str, third_version: None, centre: Post, hub: Hub
) -> None:
    assert refused(centre, offer) == code
    assert at_hub(hub) == (3, "示例热线")


def test_the_answer_is_409(third_version: None, centre: Post, hub: Hub) -> None:
    assert endpoints._status(NotTrusted("A324")) == 409
