"""Requests and answers signed by RFC 9421 over RFC 9530 digests. An answer is bound to the very request it answers.

Both ends use this file; neither says here how the bytes travel.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final

from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
)
from http_message_signatures.algorithms import ED25519 as ED25519_MESSAGES
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from county_hotline.errors import NotTrusted
from county_hotline.ids import new_nonce
from county_hotline.sync import protocol
from county_hotline.sync.keys import ED25519, KeyPair, PublicKey

_KEY_ID: Final = re.compile(r';keyid="([0-9a-f]{16})"')
TAG: Final = "county-hotline"
_ASKED: Final = ("@method", "@path", "@query", "content-digest")
_STREAMED: Final = ("@method", "@path", "@query", "content-encoding", protocol.VERSION_FIELD, protocol.NONCE_FIELD)
"""Of a request whose body is made while it is sent. What is in the body proves itself, frame by frame."""
_ANSWERED: Final = ("@status", "content-digest", '"@method";req', '"@path";req', '"@query";req')
_ANSWERED_SIGNED: Final = (*_ANSWERED, '"signature";req')
_AUTHORITY: Final = "http://hub"
"""Signatures name no host: a gateway may give the hub another name outside."""
_SIGN: Final = r"[A-Za-z0-9._~\-!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2}"
_TARGET: Final = re.compile(rf"/(?:{_SIGN})*(?:\?(?:{_SIGN}|\?)*)?")
_NO_SIGN: Final = re.compile(r"[^A-Za-z0-9._~\-!$&'()*+,;=:@/?%]|%(?![0-9A-Fa-f]{2})")


@dataclass(slots=True)
class Asked:
    """A request as it is signed: method, path with query, header fields, body as sent."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def url(self) -> str:
        return _AUTHORITY + (self.target if is_target(self.target) else _mended(self.target))


@dataclass(slots=True)
class Answered:
    """An answer as it is signed."""

    status_code: int
    headers: dict[str, str]
    body: bytes
    request: Asked


def is_target(text: str) -> bool:
    """Whether this is a path with a query as RFC 3986 has them. Nothing else is answered but with a refusal."""
    return _TARGET.fullmatch(text) is not None


def _mended(target: str) -> str:
    """What is no target can be signed for no one; that it was refused can still be signed: with what is no sign of a target escaped."""
    return "/" * (not target.startswith("/")) + _NO_SIGN.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode(errors="surrogatepass")), target
    )


def sign_request(asked: Asked, pair: KeyPair, *, now_s: int) -> None:
    """Adds digest and signature to `asked.headers`."""
    _sign(asked, pair, _ASKED, now_s=now_s, body=asked.body)


def sign_head(asked: Asked, pair: KeyPair, *, now_s: int) -> None:
    """Adds a nonce and the signature of a request whose body nobody knows yet to `asked.headers`."""
    asked.headers[protocol.NONCE_FIELD] = new_nonce()
    _sign(asked, pair, _STREAMED, now_s=now_s, body=None)


def sign_answer(answered: Answered, pair: KeyPair, *, now_s: int) -> None:
    """Adds digest and signature to `answered.headers`."""
    covered = _ANSWERED_SIGNED if "signature" in answered.request.headers else _ANSWERED
    _sign(answered, pair, covered, now_s=now_s, body=answered.body)


def key_id_of(asked: Asked) -> str:
    """Whose key a request says it is signed with, unchecked; empty where it is not signed."""
    found = _KEY_ID.search(asked.headers.get("signature-input", ""))
    return found[1] if found else ""


def verify_request(asked: Asked, key: PublicKey, *, now_s: int) -> None:
    """Raises NotTrusted A202 (signature or digest wrong) or A203 (`created` too far from the hub's clock)."""
    _is_timely(_verify(asked, key, _ASKED, asked.body), now_s)


def verify_head(asked: Asked, key: PublicKey, *, now_s: int) -> None:
    """The same for a request whose body is still to come: nothing is said about that."""
    _is_timely(_verify(asked, key, _STREAMED, None), now_s)


def _is_timely(created: int, now_s: int) -> None:
    if abs(created - now_s) > protocol.CLOCK_TOLERANCE_S:
        raise NotTrusted("A203", off_s=created - now_s)


def is_answer_of(answered: Answered, key: PublicKey) -> bool:
    """Whether `key` signed this answer to this very request. Anything else is not our hub speaking."""
    covered = _ANSWERED_SIGNED if "signature" in answered.request.headers else _ANSWERED
    try:
        _verify(answered, key, covered, answered.body)
    except NotTrusted:
        return False
    return True


class _OneKey(HTTPSignatureKeyResolver):
    """Exactly the key that is expected, under its own id."""

    def __init__(self, key_id: str, pair: KeyPair | None = None, public: PublicKey | None = None) -> None:
        self._key_id = key_id
        self._pair = pair
        self._public = public

    def resolve_private_key(self, key_id: str) -> object:
        return self._pair.signer() if self._pair is not None else None

    def resolve_public_key(self, key_id: str) -> object:
        if self._public is None or self._public.algorithm != ED25519 or key_id != self._key_id:
            return None
        return self._public.verifier()


class _NoClock(HTTPMessageVerifier):
    """The library would ask this PC's clock, which may lie by years; the caller compares `created` itself."""

    def validate_created_and_expires(self, sig_input: object, max_age: object = None) -> None:
        return


def _sign(message: Asked | Answered, pair: KeyPair, covered: tuple[str, ...], *, now_s: int, body: bytes | None) -> None:
    signer = HTTPMessageSigner(signature_algorithm=ED25519_MESSAGES, key_resolver=_OneKey(pair.key_id, pair=pair))
    signer.sign(
        message,
        key_id=pair.key_id,
        created=dt.datetime.fromtimestamp(now_s, dt.UTC),
        label="hotline",
        tag=TAG,
        covered_component_ids=covered,
        body=body,
    )
    message.headers = {name.lower(): value for name, value in message.headers.items()}


def _verify(message: Asked | Answered, key: PublicKey, covered: tuple[str, ...], body: bytes | None) -> int:
    verifier = _NoClock(signature_algorithm=ED25519_MESSAGES, key_resolver=_OneKey(key.key_id, public=key))
    try:
        result = verifier.verify(message, max_age=None, expect_tag=TAG, require_components=covered, body=body)[0]
        if body is not None:
            verifier.verify_body(message, [result], body)
        created = result.parameters["created"]
    except (InvalidSignature, HTTPMessageSignaturesException, KeyError, ValueError) as fault:
        raise NotTrusted("A202", key=key.key_id) from fault
    if result.body is not body or not isinstance(created, int):
        raise NotTrusted("A202", key=key.key_id)
    return created
