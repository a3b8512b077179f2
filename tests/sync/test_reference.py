"""基础数据 over the line: signed on its way down, offered on its way up; nobody's change is lost, and no order waits for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import msgspec
import pytest

from county_hotline.db.reference import BUILT_ON, CHANGED_HERE, Bundle
from county_hotline.domain.reference import Agency, StationCard
from county_hotline.domain.views import LineState, RoundReport
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import HotlineError, NotTrusted
from county_hotline.hub import endpoints
from county_hotline.hub.endpoints import Hub
from county_hotline.ids import AgencyCode
from county_hotline.sync import bundles, keys, line_state, protocol
from county_hotline.sync.protocol import ReferenceBundle, ReferenceOffer
from county_hotline.wording import sentence
from tests.support.flaky import Act, FlakyWire
from tests.support.line import Post, a_card
from tests.support.ticking_clock import TickingClock
from tests.sync.test_guards import altered

Enrol = Callable[[StationCard, TickingClock], Post]
COUNTY = "370323"


def a_bundle(version: int, title: str = "示例热线", county: str = COUNTY) -> bytes:
    return msgspec.json.encode(Bundle(version, county, "沂源县", title))


def title(post: Post) -> str:
    return post.store.reference.bundle().title


def at_hub(hub: Hub) -> tuple[int, str]:
    bundle = hub.store.reference.bundle()
    return bundle.version, bundle.title


def served(post: Post) -> ReferenceBundle:
    post.transport.hello()
    found = post.transport.reference(after=0)
    assert found is not None
    return found


@pytest.fixture
def other(enrolled: Enrol) -> Post:
    """A second desk of the centre."""
    return enrolled(a_card("91", StationRole.CENTRE, "37032300"), TickingClock())


@pytest.fixture
def third_version(hub: Hub, centre: Post, other: Post, hall: Post) -> None:
    """All of the county on the hub's third version."""
    hub.store.reference.take_bundle(a_bundle(3))
    for post in (centre, other, hall):
        post.sync()


# ---------------------------------------------------------------- down


def test_what_the_hub_hands_out_bears_its_signature(hall: Post, hub: Hub) -> None:
    hub.store.reference.take_bundle(a_bundle(3))

    found = served(hall)

    assert (found.version, found.county, found.algorithm, found.key) == (3, COUNTY, "ed25519", hub.pair.key_id)
    digest = hashlib.sha256(found.body).hexdigest()
    statement = f"county-hotline reference 1\n{COUNTY}\n3\n{digest}\n".encode()
    assert hub.pair.public.has_signed(statement, found.signature), "as docs/sync-protocol.md says, written out"


def unsigned(found: ReferenceBundle) -> ReferenceBundle:
    return ReferenceBundle(found.version, found.body)


def forged(found: ReferenceBundle) -> ReferenceBundle:
    mine = keys.make()
    return bundles.signed(found.body, mine)


def another_body(found: ReferenceBundle) -> ReferenceBundle:
    return msgspec.structs.replace(found, body=a_bundle(found.version, "改过的"))


def said_newer(found: ReferenceBundle) -> ReferenceBundle:
    return msgspec.structs.replace(found, version=found.version + 1)


def another_algorithm(found: ReferenceBundle) -> ReferenceBundle:
    return msgspec.structs.replace(found, algorithm="sm2")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (unsigned, "A320"),
        (forged, "A321"),
        (another_body, "A321"),
        (said_newer, "A321"),
        (another_algorithm, "A321"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_our_hub_did_not_sign_is_not_taken_and_orders_go_on(
    change: Callable[[ReferenceBundle], ReferenceBundle], code: str, third_version: None, hall: Post, hub: Hub
) -> None:
    hub.store.reference.take_bundle(a_bundle(4, "新的"))
    number = hall.accept()

    report = altered(hall, reference=change)

    assert (report.fault, report.sent) == (code, 1)
    assert title(hall) == "示例热线"
    assert hub.store.order(number).accepted is not None
    assert line_state.recall(hall.store, enrolled=True).state is LineState.ONLINE


def resigned(hub: Hub, document: bytes, **envelope: object) -> Callable[[ReferenceBundle], ReferenceBundle]:
    """What the hub itself would sign if it had this document."""
    return lambda found: msgspec.structs.replace(bundles.signed(document, hub.pair), **envelope)


def test_another_countys_document_is_not_taken_though_our_hub_signed_it(third_version: None, hall: Post, hub: Hub) -> None:
    hub.store.reference.take_bundle(a_bundle(4))

    report = altered(hall, reference=resigned(hub, a_bundle(4, county="370882")))

    assert (report.fault, report.fault_details) == ("A322", {"ours": COUNTY, "theirs": "370882"})
    assert hall.store.reference.version() == 3


@pytest.mark.parametrize("version", [2, 3])
def test_an_older_document_is_not_taken_though_our_hub_once_signed_it(
    version: int, third_version: None, hall: Post, hub: Hub
) -> None:
    hub.store.reference.take_bundle(a_bundle(4))

    report = altered(hall, reference=resigned(hub, a_bundle(version, "旧的")))

    assert (report.fault, report.fault_details) == ("A323", {"have": 3, "version": version})
    assert title(hall) == "示例热线"


def test_a_document_that_says_another_version_than_was_signed_is_not_taken(third_version: None, hall: Post, hub: Hub) -> None:
    hub.store.reference.take_bundle(a_bundle(4))
    lying = a_bundle(2, "旧的")
    statement = protocol.reference_statement(COUNTY, 9, lying)

    report = altered(hall, reference=resigned(hub, lying, version=9, signature=hub.pair.sign(statement)))

    assert report.fault == "A321"
    assert hall.store.reference.version() == 3


def test_a_pack_nobody_can_read_is_not_taken(third_version: None, hall: Post, hub: Hub) -> None:
    broken = msgspec.json.encode(Bundle(4, COUNTY, "沂源县", "新的", rule_pack="limit = ["))
    hub.store.reference.take_bundle(a_bundle(4))

    report = altered(hall, reference=resigned(hub, broken))

    assert report.fault == "I105"
    assert hall.store.reference.version() == 3


# ---------------------------------------------------------------- with releases that know nothing of this


@pytest.fixture
def older_hub(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """A hub of release 0.1: it neither signs documents nor takes any, and its words have no fields for it."""
    known = dict(endpoints.ENDPOINTS)

    def without(names: tuple[str, ...], path: str) -> Callable[[Hub, endpoints.Question], endpoints.Reply]:
        def told(at: Hub, question: endpoints.Question) -> endpoints.Reply:
            reply = known["GET", path](at, question)
            words = {name: value for name, value in msgspec.json.decode(reply.body).items() if name not in names}
            return endpoints.Reply(msgspec.json.encode(words))

        return told

    new = ("county", "algorithm", "key", "signature")
    monkeypatch.setitem(endpoints.ENDPOINTS, ("GET", "/v1/hello"), without(("signs_reference",), "/v1/hello"))
    monkeypatch.setitem(endpoints.ENDPOINTS, ("GET", "/v1/reference"), without(new, "/v1/reference"))
    monkeypatch.delitem(endpoints.ENDPOINTS, ("POST", "/v1/reference"))
    return hub


def test_an_older_hubs_unsigned_document_is_believed_by_its_signed_answer_as_before(older_hub: Hub, hall: Post) -> None:
    older_hub.store.reference.take_bundle(a_bundle(3, "旧县中心的"))

    report = hall.sync()

    assert (report.fault, report.complete) == ("", True)
    assert title(hall) == "旧县中心的"


def test_an_older_hub_is_not_offered_a_change_and_the_station_says_so(older_hub: Hub, centre: Post) -> None:
    older_hub.store.reference.take_bundle(a_bundle(3))
    centre.sync()
    centre.store.reference.change(title="改了的")
    centre.accept()

    report = centre.sync()

    assert (report.fault, report.sent) == ("A327", 1)
    assert title(centre) == "改了的"
    assert centre.store.note(CHANGED_HERE) == "4"


def test_an_older_station_reads_a_newer_hubs_words(hub: Hub, hall: Post) -> None:
    """The words release 0.1 reads them by: what it does not know it leaves."""

    class OldBundle(msgspec.Struct, frozen=True):
        version: int
        body: bytes

    class OldHello(msgspec.Struct, frozen=True):
        protocol: str
        hub_id: str
        reference: int = 0

    hub.store.reference.take_bundle(a_bundle(3))
    hello = protocol.encoded(hall.transport.hello())

    assert msgspec.json.decode(hello, type=OldHello).reference == 3
    assert msgspec.json.decode(protocol.encoded(served(hall)), type=OldBundle).body == a_bundle(3)


# ---------------------------------------------------------------- up


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
    centre.store.reference.change(title="甲改的")
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


@pytest.mark.parametrize("code", [f"A32{digit}" for digit in range(8)])
def test_each_code_says_that_orders_go_on(code: str) -> None:
    words = sentence(HotlineError(code, version=4, have=3, built_on=2, ours=COUNTY, theirs="370882"))

    assert "件照常同步" in words
    assert "{" not in words
