"""基础数据 over the line: signed on its way down, offered on its way up; nobody's change is lost, and no order waits for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import msgspec
import pytest

from county_hotline.db.beside.reference import CHANGED_HERE, Bundle
from county_hotline.domain.views import LineState
from county_hotline.errors import HotlineError
from county_hotline.hub import asking, endpoints
from county_hotline.hub.asking import Hub
from county_hotline.sync import keys, line_state, protocol
from county_hotline.sync.protocol import Limits, ReferenceBundle
from county_hotline.sync.round import bundles
from county_hotline.wording import sentence
from tests.support.bundles import COUNTY, a_bundle, title
from tests.support.line import Post
from tests.sync.test_guards import altered


def served(post: Post) -> ReferenceBundle:
    post.transport.hello()
    found = post.transport.reference(after=0)
    assert found is not None
    return found


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


def test_a_record_that_stands_still_keeps_no_reference_data_back(third_version: None, hall: Post, hub: Hub) -> None:
    hub.store.reference.take_bundle(a_bundle(4, "新的"))
    hall.accept()
    hub.limits = Limits(line_bytes=10)

    report = hall.sync()

    assert (report.fault, title(hall)) == ("H201", "新的")


# ---------------------------------------------------------------- with releases that know nothing of this


@pytest.fixture
def older_hub(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """A hub of release 0.1: it neither signs documents nor takes any, and its words have no fields for it."""
    known = dict(endpoints.ENDPOINTS)

    def without(names: tuple[str, ...], path: str) -> Callable[[Hub, asking.Question], asking.Reply]:
        def told(at: Hub, question: asking.Question) -> asking.Reply:
            reply = known["GET", path](at, question)
            words = {name: value for name, value in msgspec.json.decode(reply.body).items() if name not in names}
            return asking.Reply(msgspec.json.encode(words))

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


@pytest.mark.parametrize("code", [f"A32{digit}" for digit in range(8)])
def test_each_code_says_that_orders_go_on(code: str) -> None:
    words = sentence(HotlineError(code, version=4, have=3, built_on=2, ours=COUNTY, theirs="370882"))

    assert "件照常同步" in words
    assert "{" not in words
