"""hub join, hub sync: this hub's dealings with the hub above it; and what `stations` says of the levels above and below."""

from __future__ import annotations

import msgspec

from county_hotline import paths
from county_hotline.cli.line import fault_of
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.db.relaying.relays import Relays
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.hub import above, joining_above
from county_hotline.hub.asking import Hub
from county_hotline.ids import AgencyCode, StationId
from county_hotline.paths import Home
from county_hotline.sync.identity import travels_in_clear
from county_hotline.sync.round.relays import is_station
from county_hotline.wording import say, sentence, word


def join(asked: Asked) -> Outcome:
    """Enrol this hub at the hub above by its one-time code; with `--same-hub` go on with one that was restored."""
    from county_hotline.cli.hub import founded_hub, opened_hub

    options = asked.options
    if options.same_hub:
        return _same_hub(asked, opened_hub(asked))
    if not (options.url and options.code):
        raise BadInput("I120", text=say("cli.usage.required", what="county-hotline hub join URL CODE"))
    asked.home.ensure()
    hold = paths.hold(asked.home)
    try:
        hub, _ = founded_hub(asked)
        try:
            link = joining_above.join(hub, asked.home, url=options.url, code=options.code, expected_hub=options.hub_id or "")
        finally:
            hub.store.close()
    finally:
        hold.release()
    lines = [say("cli.above.joined", url=options.url, station=link.station.station), say("cli.above.next")]
    if travels_in_clear(options.url):
        lines.append(say("cli.in_clear"))
    return Outcome({"station": link.station, "hub": options.url}, lines)


def _same_hub(asked: Asked, hub: Hub) -> Outcome:
    try:
        link = joining_above.link_of(asked.home)
        if link is None or link.hub is None:
            raise Refusal("R209")
        question = say("cli.above.ask", hub=link.hub.url, hub_id=link.hub.hub_id)
        if not (asked.options.yes or asked.speech.asks(question)):
            raise Refusal("R220")
        changed = joining_above.trust_restored(hub, asked.home)
    finally:
        hub.store.close()
    return Outcome({"changed": changed}, [say("cli.above.trusted" if changed else "cli.above.same")])


def sync(asked: Asked) -> Outcome:
    """One round with the hub above. Exit code 0 only when everything went up and all was taken in."""
    from county_hotline.cli.hub import opened_hub

    hub = opened_hub(asked)
    try:
        report = above.one_round(hub, asked.home)
    finally:
        hub.store.close()
    if report is None:
        return Outcome({"above": None}, [say("cli.above.none")], code=1)
    fault = fault_of(report)
    lines = [say("cli.sync.figures", sent=report.sent, received=report.received, orders=report.orders)]
    facts: dict[str, object] = {"report": report}
    if fault is not None:
        lines.append(sentence(fault))
        facts |= {"code": fault.code, "message": sentence(fault)}
    return Outcome(facts, lines, code=0 if report.complete else 1)


def relay_card(station: str, name: str) -> StationCard:
    """The card of a hub that is to stand below this one, by its whole name (`370323-00`). Raises BadInput I109."""
    if not is_station(station):
        raise BadInput("I109", name="--station", value=station[:20])
    shown = name or word(StationRole.RELAY)
    return StationCard(StationId(station), station[:6], shown, AgencyCode(""), shown, StationRole.RELAY)


def levels(hub: Hub, home: Home) -> tuple[dict[str, object], list[str]]:
    """The hub above, and the stations below each relay: facts and lines."""
    book = Relays(hub.store)
    lines: list[str] = []
    facts: dict[str, object] = {"above": None, "below": []}
    link = joining_above.link_of(home)
    if link is not None and link.hub is not None:
        waiting = book.unsigned()
        lines.append(say("cli.above.link", url=link.hub.url, station=link.station.station, waiting=waiting))
        refused = msgspec.json.decode(hub.store.note(above.REFUSED) or "[]", type=list[tuple[str, str]])
        for station, code in refused:
            words = sentence(HotlineError(code, station=station, relay=link.station.station))
            lines.append(say("cli.above.refused", station=station, code=code, words=words))
        facts["above"] = {"hub": link.hub.url, "station": link.station, "waiting": waiting, "refused": refused}
    found = book.stations()
    entries = {each.card.station: sum(head.serial for head in hub.store.heads(each.card.station)) for each in found}
    facts["below"] = [{"relay": each.relay, "station": each.card, "entries": entries[each.card.station]} for each in found]
    for each in found:
        card = each.card
        details = {"station": card.station, "role": word(card.role), "unit": card.unit_name, "entries": entries[card.station]}
        lines.append(say("cli.above.below", relay=each.relay, **details))
    doubted = {relay: book.doubts(relay) for relay in sorted({each.relay for each in found})}
    lines += [say("cli.above.doubts", relay=relay, count=count) for relay, count in doubted.items() if count]
    return facts, lines
