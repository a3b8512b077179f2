"""takeover, lost-above, hub restored, hub rescue: after a PC is gone, or a hub was put back from a backup."""

from __future__ import annotations

from collections.abc import Callable

from county_hotline import paths
from county_hotline.cli import founding as accounts
from county_hotline.cli.line import fault_of
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.db.store import Store
from county_hotline.desk import Desk, founding, home_kind, joining, line, looking_up
from county_hotline.domain.typed_times import read_time
from county_hotline.domain.views import RoundReport
from county_hotline.errors import BadInput, Refusal
from county_hotline.hub import former
from county_hotline.hub.asking import Hub
from county_hotline.ids import StationId
from county_hotline.settings import Settings
from county_hotline.wording import act, say, sentence

HOUR_MS = 3_600_000
ROUNDS = 50
"""So many at most until all has come: each of half an hour."""


def takeover(asked: Asked) -> Outcome:
    """A new PC goes on in the name of a station: enrolled, then rounds until all that concerns it is here. Exit code 1 where a round broke
    off; `sync` goes on from there."""
    options = asked.options
    asked.home.ensure()
    hold = paths.hold(asked.home)
    try:
        store = founding.open_store(asked.home, asked.clock)
        asked.logs.to_files(asked.home.logs)
        if home_kind.is_hub(store):
            raise Refusal("R215", path=str(asked.home.path))
        card = joining.take_over(
            store, asked.home, url=options.url, code=options.code, clock=asked.clock, hub_id=options.hub_id or ""
        )
        life = store.life()
        made = () if store.accounts() else accounts.new_accounts(asked, _desk(asked, store))
        store.close()
        report, orders = _fetched(asked)
    finally:
        hold.release()
    fault = fault_of(report)
    lines = [
        say("cli.takeover.done", hub=options.url, station=card.station, life=life),
        say("cli.takeover.here" if report.complete else "cli.takeover.more", orders=orders),
        *([sentence(fault)] if fault else []),
        *accounts.account_lines(made),
        "",
        say("cli.takeover.next"),
    ]
    facts = {"station": card, "life": life, "orders": orders, "report": report, "accounts": accounts.account_facts(made)}
    return Outcome(facts, lines, code=0 if report.complete else 1)


def _desk(asked: Asked, store: Store) -> Desk:
    return Desk(store, asked.home, asked.clock, Settings(asked.home.settings), lambda _: None)


def _fetched(asked: Asked) -> tuple[RoundReport, int]:
    with station_of(asked) as station:
        report = line.sync_now(station.desk)
        for _ in range(ROUNDS):
            if report.complete or report.fault:
                break
            report = line.sync_now(station.desk)
        return report, station.store.verify().orders


def lost_above(asked: Asked) -> Outcome:
    """Others' records that the hub, put back from a backup, has lost and that have not come back yet. Nothing is done with them."""
    with station_of(asked) as station:
        found = looking_up.lost_above(station.desk)
    lines = [
        say(
            "cli.lost_above.line",
            number=each.number,
            station=each.station,
            act=act(each.kind),
            at=shown(each.recorded_at),
        )
        for each in found
    ]
    head = say("cli.lost_above.some", count=len(found)) if found else say("cli.lost_above.none")
    return Outcome({"records": list(found)}, [head, *lines])


def restored(asked: Asked, opened: Callable[[Asked], Hub]) -> Outcome:
    """A person says that this hub was put back from a backup: it takes a new epoch. `--put-back`: since when it answered before this was said."""
    since = None
    if asked.options.put_back:
        since = read_time(asked.options.put_back)
        if since is None:
            raise BadInput("I109", name="--put-back", value=asked.options.put_back)
    hold = paths.hold(asked.home) if asked.home.path.is_dir() else None
    try:
        hub = opened(asked)
        epochs = hub.store.epochs
        through = None if since is None else epochs.through_before(since)
        epoch = epochs.begin(through=through)
        hub.store.close()
    finally:
        if hold is not None:
            hold.release()
    return Outcome({"epoch": epoch}, [say("cli.hub_restored.done", epoch=epoch[:8])])


def rescue(asked: Asked, opened: Callable[[Asked], Hub]) -> Outcome:
    """The PC that was replaced may hand in what it had not sent, for some hours. Refuses (R561) a station that was never replaced."""
    if not asked.options.station:
        raise BadInput("I120", text=say("cli.usage.required", what="--station"))
    hub = opened(asked)
    try:
        county = hub.store.reference.bundle().county
        station = StationId(f"{county}-{asked.options.station.upper()}")
        until = asked.clock.now_ms() + asked.options.hours * HOUR_MS
        keys = former.allow(hub.store, station, until_ms=until)
    finally:
        hub.store.close()
    return Outcome(
        {"station": station, "until": until, "keys": keys},
        [say("cli.hub_rescue.done", station=station, until=shown(until))],
    )
