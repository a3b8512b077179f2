"""What a station asks to be sure that both ends have the same: sums over what is new, over ranges, and what is held of its records."""

from __future__ import annotations

from typing import Final

from county_hotline.domain import proving
from county_hotline.domain.proving import NOT_SUMMED, sum_of
from county_hotline.errors import HubRejected
from county_hotline.hub.asking import Endpoints, Hub, Question, Reply, known, number
from county_hotline.ids import Life
from county_hotline.sync import protocol
from county_hotline.sync.protocol import Agreement, HeldNow

ENTRIES, CHAIN = "entries", "chain"


def _agreement(hub: Hub, question: Question) -> Reply:
    card = known(hub, question).card
    proof = hub.store.proof
    life, since, through = Life(question.query.get("life", "")), number(question, "from", 0), number(question, "to", 0)
    is_much = through - since > proving.MOST_READ
    said = Agreement(
        new=proof.new_for(card, after=number(question, "after", 0), at=number(question, "at", 0)),
        chain=NOT_SUMMED
        if is_much
        else sum_of(line.hash for line in proof.chain(card.station, life, after=since, through=through)),
        held=protocol.held_digest(hub.store.quarantine.of(card.station)),
    )
    return Reply(protocol.encoded(said))


def _proof(hub: Hub, question: Question) -> Reply:
    card = known(hub, question).card
    after, through = number(question, "from", 0), number(question, "to", 0)
    match question.query.get("of", ENTRIES):
        case "entries":
            said = hub.store.proof.handed_out(card, after=after, through=through, at=number(question, "at", through))
        case "chain":
            life = Life(question.query.get("life", ""))
            said = hub.store.proof.chain_told(card.station, life, after=after, through=through)
        case _:
            raise HubRejected("H205", field="of")
    return Reply(protocol.encoded(said))


def _held(hub: Hub, question: Question) -> Reply:
    card = known(hub, question).card
    return Reply(protocol.encoded(HeldNow(hub.store.quarantine.of(card.station))))


ENDPOINTS: Final[Endpoints] = {
    ("GET", "/v1/agreement"): _agreement,
    ("GET", "/v1/proof"): _proof,
    ("GET", "/v1/held"): _held,
}
