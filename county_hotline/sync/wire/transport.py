"""What a station says to its hub. Every failure of the line leaves here as Unreachable, of trust as NotTrusted, of a record as HubRejected.

What is not signed by the hub's pinned key was not said by the hub: a captive portal's page, a proxy's, a torn answer.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from county_hotline.clock import Clock
from county_hotline.domain.receipts import Head, Page, Receipt
from county_hotline.errors import HotlineError, HubRejected, NotTrusted, Unreachable
from county_hotline.ids import Life, new_nonce
from county_hotline.sync import protocol
from county_hotline.sync.keys import KeyPair, PublicKey
from county_hotline.sync.protocol import Enrolled, EnrolmentRequest, Hello, ReferenceBundle, ReferenceOffer, ReferenceTaken
from county_hotline.sync.wire import packing, pages, signing
from county_hotline.sync.wire.http_line import HttpLine, Traffic, Wire

_ANSWER_BOUNDS: Final = packing.Bounds()


class Transport(Protocol):
    """A way to the hub. Each call either answers or raises Unreachable, NotTrusted or HubRejected; none leaves anything open."""

    traffic: Traffic

    def hello(self) -> Hello:
        """Who is there; sets the clock by which later requests are signed."""
        ...

    def enrol(self, request: EnrolmentRequest) -> Enrolled:
        """Hand in a one-time code."""
        ...

    def heads(self) -> tuple[Head, ...]:
        """How far the hub holds each life of this station."""
        ...

    def push(self, lines: bytes) -> Receipt:
        """Send one batch (`batches.encode`)."""
        ...

    def stream(self, life: Life, *, after: int, vocabulary: int, pieces: Iterable[bytes]) -> Receipt:
        """Send frames of `life` that follow serial `after`, packed over this vocabulary (`streams.Packer`), made while they are sent."""
        ...

    def receipt(self, life: Life, *, after: int, limit: int) -> Receipt:
        """The hub's word for entries it already holds, from serial `after` + 1 on: for an answer that was lost."""
        ...

    def pull(self, *, after: int, limit: int, life: Life) -> Page:
        """What concerns this station after its cursor, but for what it wrote itself in `life`."""
        ...

    def reference(self, *, after: int) -> ReferenceBundle | None:
        """Reference data newer than version `after`, or None. To be checked by `bundles`."""
        ...

    def offer_reference(self, offer: ReferenceOffer) -> ReferenceTaken:
        """Hand in reference data that a station of the centre changed."""
        ...

    def ask(self, method: str, target: str, *, body: bytes = b"", media_type: str = protocol.JSON) -> bytes:
        """One signed question, `body` packed on the way, and the body of the hub's own answer, unpacked."""
        ...

    def close(self) -> None:
        """Let go of the line."""
        ...


class HttpTransport:
    """The HTTP profile of docs/sync-protocol.md. `wire` is given by tests; else a real connection is made when first needed."""

    def __init__(
        self,
        url: str,
        pair: KeyPair,
        hub: PublicKey | None,
        *,
        clock: Clock,
        wire: Wire | None = None,
        authority: str | None = None,
    ) -> None:
        """`hub` is the pinned key (None only while enrolling); `authority` a file of certificates to trust besides the system's."""
        self._line = HttpLine(url, clock=clock, wire=wire, authority=authority)
        self._clock = clock
        self._pair = pair
        self._hub = hub
        self._hub_lead_ms: float = clock.now_ms() - clock.monotonic_s() * 1000
        self._encoding = packing.PLAIN
        self._version = protocol.OLDEST

    def hello(self) -> Hello:
        asked = signing.Asked("GET", f"/v1/hello?nonce={new_nonce()}")
        begun = self._clock.monotonic_s()
        answered = self._line.exchange(asked)
        hello = self._genuine_hello(answered)
        if self._took_long(begun):
            raise Unreachable("N113")  # it says what time it was, nobody knows when
        self._hub_lead_ms = hello.now - (begun + self._clock.monotonic_s()) * 500
        self._encoding = packing.agreed(hello.encodings)
        self._version = protocol.agreed_version(hello.oldest, hello.newest)
        return hello

    def enrol(self, request: EnrolmentRequest) -> Enrolled:
        # A stranger's bytes are never unpacked, so these go as they are.
        fields = {**self._fields(), "content-type": protocol.JSON}
        return self._read(self._ask(signing.Asked("POST", "/v1/enrolments", fields, protocol.encoded(request))), Enrolled)

    def heads(self) -> tuple[Head, ...]:
        return self._read(self._get("/v1/heads"), protocol.Heads).heads

    def push(self, lines: bytes) -> Receipt:
        return self._read(self._post("/v1/entries", protocol.LINES, lines), Receipt)

    def stream(self, life: Life, *, after: int, vocabulary: int, pieces: Iterable[bytes]) -> Receipt:
        fields = {**self._fields(), "content-type": protocol.FRAMES, "content-encoding": packing.ZSTD}
        asked = signing.Asked("POST", f"/v2/frames?life={life}&after={after}&vocabulary={vocabulary}", fields)
        signing.sign_head(asked, self._pair, now_s=self._now_s())
        return self._read(self._exchanged(asked, pieces), Receipt)

    def receipt(self, life: Life, *, after: int, limit: int) -> Receipt:
        return self._read(self._get(f"/v1/receipts?life={life}&after={after}&limit={limit}"), Receipt)

    def pull(self, *, after: int, limit: int, life: Life) -> Page:
        answered = self._get(f"/v1/entries?after={after}&limit={limit}&life={life}")
        with _as_link_failure():
            return pages.decode(self._unpacked(answered))

    def reference(self, *, after: int) -> ReferenceBundle | None:
        answered = self._get(f"/v1/reference?after={after}")
        bundle = self._read(answered, ReferenceBundle)
        return bundle if bundle.body else None

    def offer_reference(self, offer: ReferenceOffer) -> ReferenceTaken:
        return self._read(self._post("/v1/reference", protocol.JSON, protocol.encoded(offer)), ReferenceTaken)

    def ask(self, method: str, target: str, *, body: bytes = b"", media_type: str = protocol.JSON) -> bytes:
        answered = (
            self._post(target, media_type, body, method) if body else self._ask(signing.Asked(method, target, self._fields()))
        )
        with _as_link_failure():
            return self._unpacked(answered)

    @property
    def traffic(self) -> Traffic:
        """What was spent since it was last set."""
        return self._line.traffic

    @traffic.setter
    def traffic(self, traffic: Traffic) -> None:
        self._line.traffic = traffic

    def close(self) -> None:
        self._line.close()

    def _now_s(self) -> int:
        """The hub's clock as last heard, carried on by this PC's monotonic one; the wall clock may lie by years."""
        return int((self._hub_lead_ms + self._clock.monotonic_s() * 1000) / 1000)

    def _get(self, target: str) -> signing.Answered:
        return self._ask(signing.Asked("GET", target, self._fields()))

    def _post(self, target: str, media_type: str, body: bytes, method: str = "POST") -> signing.Answered:
        fields = {**self._fields(), "content-type": media_type, "content-encoding": self._encoding}
        return self._ask(signing.Asked(method, target, fields, packing.pack(body, self._encoding)))

    def _fields(self) -> dict[str, str]:
        return {protocol.VERSION_FIELD: str(self._version)}

    def _ask(self, asked: signing.Asked) -> signing.Answered:
        """One signed request and the hub's own answer to it; its refusals are raised."""
        signing.sign_request(asked, self._pair, now_s=self._now_s())
        return self._exchanged(asked)

    def _exchanged(self, asked: signing.Asked, pieces: Iterable[bytes] | None = None) -> signing.Answered:
        begun = self._clock.monotonic_s()
        answered = self._line.exchange(asked, pieces)
        if self._hub is None or not signing.is_answer_of(answered, self._hub):
            raise _not_the_hub(answered.status_code)
        if answered.status_code >= 400:
            refusal = self._refusal(answered)
            if refusal.code == "A203" and self._took_long(begun):
                raise Unreachable("N113") from refusal  # no clock is wrong: it was on its way for so long
            raise refusal
        return answered

    def _took_long(self, begun: float) -> bool:
        """Whether more passed since then than a hub lets the times of requests be off."""
        return self._clock.monotonic_s() - begun > protocol.CLOCK_TOLERANCE_S / 2

    def _genuine_hello(self, answered: signing.Answered) -> Hello:
        """Raises Unreachable N110 where no hub speaks; NotTrusted A101 where another hub than ours does."""
        hello = None
        if answered.status_code == 200:
            with contextlib.suppress(HubRejected):
                hello = protocol.decoded(answered.body, Hello)
        if hello is None or hello.protocol != protocol.PROTOCOL:
            raise _not_the_hub(answered.status_code)
        named = PublicKey(hello.public_key, hello.algorithm)
        if named.key_id != hello.hub_id or not signing.is_answer_of(answered, named):
            raise _not_the_hub(answered.status_code)
        if self._hub is not None and named != self._hub:
            raise NotTrusted("A101", ours=self._hub.key_id, theirs=hello.hub_id)
        if self._hub is None:
            self._hub = named
        return hello

    def _refusal(self, answered: signing.Answered) -> HotlineError:
        """What the hub itself said no with."""
        with _as_link_failure():
            problem = protocol.decoded(self._unpacked(answered), protocol.Problem)
        return refusal_of(problem, answered.status_code)

    def _read(self, answered: signing.Answered, kind: type[protocol.T]) -> protocol.T:
        with _as_link_failure():
            return protocol.decoded(self._unpacked(answered), kind)

    def _unpacked(self, answered: signing.Answered) -> bytes:
        return packing.unpack(answered.body, answered.headers.get("content-encoding", packing.PLAIN), _ANSWER_BOUNDS)


def refusal_of(problem: protocol.Problem, status: int) -> HotlineError:
    """The hub's own no, in its class: A trust, H a record; anything else is the hub's trouble and passes."""
    details = {**problem.details}
    if problem.code.startswith("A"):
        return NotTrusted(problem.code, **details)
    if problem.code.startswith("H") and status < 500:
        return HubRejected(problem.code, **details)
    return Unreachable("N114", status=status, said=problem.code)


def _not_the_hub(status: int) -> Unreachable:
    """An answer nobody we know has signed. Its number only helps a person to guess who spoke."""
    if status == 413:
        return Unreachable("N112", status=status)
    if status in (502, 503, 504):
        return Unreachable("N111", status=status)
    return Unreachable("N110", status=status)


@contextlib.contextmanager
def _as_link_failure() -> Iterator[None]:
    """What the hub signed but we cannot read is the hub's trouble, not a record's."""
    try:
        yield
    except HubRejected as fault:
        raise Unreachable("N115", said=fault.code) from fault
    except ValueError as fault:
        raise Unreachable("N115", said="H202") from fault
