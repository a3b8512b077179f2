"""What a station asks of a hub in a round: how far it got, batches in, pages and receipts out, reference data both ways."""

from __future__ import annotations

from typing import Final

from county_hotline.hub import receiving, referring, serving
from county_hotline.hub.asking import Endpoints, Hub, Question, Reply, known, number, unpacked
from county_hotline.ids import Life
from county_hotline.sync import protocol
from county_hotline.sync.protocol import ReferenceOffer


def _heads(hub: Hub, question: Question) -> Reply:
    return Reply(protocol.encoded(serving.heads(hub.store, known(hub, question, hands_in=True))))


def _push(hub: Hub, question: Question) -> Reply:
    station = known(hub, question, hands_in=True)
    lines = unpacked(hub, question.asked)
    receipt = receiving.receive(hub.store, station, lines, limits=hub.limits, now_ms=hub.clock.now_ms())
    return Reply(protocol.encoded(receipt))


def _pull(hub: Hub, question: Question) -> Reply:
    station = known(hub, question)
    limit = max(1, min(number(question, "limit", 200), hub.limits.page_entries))
    life = Life(question.query.get("life", ""))
    lines = serving.page(hub.store, station, after=number(question, "after", 0), limit=limit, life=life)
    return Reply(lines, media_type=protocol.LINES)


def _receipt(hub: Hub, question: Question) -> Reply:
    station = known(hub, question, hands_in=True)
    limit = max(1, min(number(question, "limit", 200), hub.limits.page_entries))
    life = Life(question.query.get("life", ""))
    found = serving.receipt(hub.storage, station, life=life, after=number(question, "after", 0), limit=limit)
    return Reply(protocol.encoded(found))


def _reference(hub: Hub, question: Question) -> Reply:
    known(hub, question)
    return Reply(protocol.encoded(referring.newer(hub.store, hub.pair, number(question, "after", 0))))


def _offered_reference(hub: Hub, question: Question) -> Reply:
    station = known(hub, question)
    offer = protocol.decoded(unpacked(hub, question.asked), ReferenceOffer)
    return Reply(protocol.encoded(referring.take(hub.store, station, offer)))


ENDPOINTS: Final[Endpoints] = {
    ("GET", "/v1/heads"): _heads,
    ("POST", "/v1/entries"): _push,
    ("GET", "/v1/entries"): _pull,
    ("GET", "/v1/receipts"): _receipt,
    ("GET", "/v1/reference"): _reference,
    ("POST", "/v1/reference"): _offered_reference,
}
