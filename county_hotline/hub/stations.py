"""接入: one-time codes the hub's operator makes, and the stations that come in by them. A code is for one station, once, for a day."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections import defaultdict
from typing import Final

from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import NotTrusted
from county_hotline.hub.storage import Code, EnrolledStation, Storage
from county_hotline.ids import CROCKFORD
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.protocol import EnrolmentRequest

log = logging.getLogger(__name__)

CODE_LENGTH: Final = 12
VALID_HOURS: Final = 24
HOUR_MS: Final = 3_600_000
WRONG_TRIES: Final = 5
WRONG_WINDOW_S: Final = 600.0
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


class WrongTries:
    """How often each address lately offered a wrong code."""

    def __init__(self) -> None:
        self._at: dict[str, list[float]] = defaultdict(list)

    def check(self, address: str, now_s: float) -> None:
        """Raises NotTrusted A213 while an address has to wait."""
        recent = [at for at in self._at[address] if now_s - at < WRONG_WINDOW_S]
        if recent:
            self._at[address] = recent
        else:
            del self._at[address]
        if len(recent) >= WRONG_TRIES:
            raise NotTrusted("A213", wait_s=int(WRONG_WINDOW_S - (now_s - recent[0])) + 1)

    def note(self, address: str, now_s: float) -> None:
        self._at[address].append(now_s)


def make_code(storage: Storage, card: StationCard, *, now_ms: int, hours: int = VALID_HOURS, replaces: bool = False) -> str:
    """A new code for this station, grouped for reading aloud: `7K2M-Q9XD-41TV`. `replaces` lets another key take its place."""
    body = "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LENGTH - 1))
    text = body + _check_character(body)
    storage.add_code(Code(_digest(text), card, replaces, now_ms + hours * HOUR_MS))
    log.info("code_made station=%s hours=%d replaces=%s", card.station, hours, replaces)
    return "-".join(text[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def enrol(storage: Storage, request: EnrolmentRequest, *, now_ms: int) -> EnrolledStation:
    """Let a station in by its code. The same key with the same code again is the same success (its answer was lost).

    Raises NotTrusted: A210 unknown code, A211 expired, A212 used by another, A214 the station has another key, A215 mistyped,
    A217 this key is another station's already, A218 this PC holds another station's entries, A330 the code is for a hub and a station asks
    (or the other way round), A331 the station stands below a relay.
    """
    key = PublicKey(request.public_key, request.algorithm)
    code = _valid(storage.code(_digest(_normal(request.code))), key, now_ms)
    card = code.card
    if request.station is not None and request.station != card.station:
        raise NotTrusted("A218", station=request.station, code_for=card.station)
    if (card.role is StationRole.RELAY) != request.as_relay:
        raise NotTrusted("A330", station=card.station)
    if relay := storage.stands_below(card.station):
        raise NotTrusted("A331", station=card.station, relay=relay)
    known = storage.station(card.station)
    if known is not None and known.key != key and not code.replaces:
        raise NotTrusted("A214", station=card.station)
    holder = storage.station_by_key(key.key_id)
    if holder is not None and holder.card.station != card.station:
        raise NotTrusted("A217", station=holder.card.station)
    new = EnrolledStation(card, key, enrolled_at=now_ms, last_seen=now_ms, program=request.program[:40])
    if not storage.enrol(code, new):
        raise NotTrusted("A212")
    if known is not None and known.card != card:
        storage.recheck(was=known.card)
    log.info("station_enrolled station=%s key_id=%s", card.station, key.key_id)
    return new


def _valid(code: Code | None, key: PublicKey, now_ms: int) -> Code:
    if code is None:
        raise NotTrusted("A210")
    if code.used_by == key.key_id:
        return code
    if code.used_by:
        raise NotTrusted("A212")
    if now_ms > code.expires_at:
        raise NotTrusted("A211")
    return code


def _normal(typed: str) -> str:
    """As made, whatever case, gaps and look-alikes were typed. Raises NotTrusted A215 where the check character says: mistyped."""
    text = typed.upper().translate(_LOOKALIKES)
    if len(text) != CODE_LENGTH or set(text) - set(CROCKFORD) or _check_character(text[:-1]) != text[-1]:
        raise NotTrusted("A215")
    return text


def _check_character(body: str) -> str:
    """Odd weights are invertible modulo 32: every single wrong character is noticed."""
    return CROCKFORD[sum((2 * place + 1) * CROCKFORD.index(letter) for place, letter in enumerate(body)) % 32]


def _digest(code: str) -> bytes:
    return hashlib.sha256(b"county-hotline code " + code.encode()).digest()
