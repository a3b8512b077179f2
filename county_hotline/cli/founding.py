"""init, enrol, join, stations, account: what an IT officer does once."""

from __future__ import annotations

from collections.abc import Sequence

from county_hotline import paths
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.clock import shown
from county_hotline.db.beside.reference import Bundle
from county_hotline.db.store import Store
from county_hotline.desk import Desk, founding, home_kind, joining, signing_in
from county_hotline.desk.founding import NewAccount, NewStation
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.errors import BadInput, Refusal, Unreachable
from county_hotline.settings import Settings
from county_hotline.sync.identity import travels_in_clear
from county_hotline.wording import say, word


def init(asked: Asked) -> Outcome:
    """A new station (or hub) in `--home`."""
    if asked.options.role == "hub":
        return _init_hub(asked)
    asked.home.ensure()
    hold = paths.hold(asked.home)
    try:
        store = founding.open_store(asked.home, asked.clock)
        asked.logs.to_files(asked.home.logs)
        if store.station() is not None or home_kind.is_hub(store):
            raise Refusal("R216", path=str(asked.home.path))
        bundle = founding.load_county(store, asked.options.county)
        card = _card_for(asked, bundle, asked.options.county)
        founding.settle(store, asked.home, card)
        accounts = new_accounts(asked, Desk(store, asked.home, asked.clock, Settings(asked.home.settings), lambda _: None))
        store.close()
    finally:
        hold.release()
    lines = [say("cli.init.done", path=asked.home.path), *_card_lines(card)]
    if bundle.note:
        lines.append(say("cli.init.sample", note=bundle.note))
    return Outcome(
        {"home": str(asked.home.path), "station": card, "sample": bool(bundle.note), "accounts": account_facts(accounts)},
        (*lines, *account_lines(accounts), "", say("cli.init.next")),
    )


def new_accounts(asked: Asked, desk: Desk) -> tuple[NewAccount, ...]:
    """The county's posts at a new home, with the password asked for or each its own."""
    return founding.make_accounts(
        desk, password=asked.options.password or "", county=getattr(asked.options, "county", "sample")
    )


def _init_hub(asked: Asked) -> Outcome:
    from county_hotline.cli.hub import founded_hub

    hub, bundle = founded_hub(asked)
    hub.store.close()
    facts = {"home": str(asked.home.path), "hub_id": hub.pair.key_id, "county": bundle.county, "sample": bool(bundle.note)}
    lines = [say("cli.init.hub", path=asked.home.path, county=bundle.county_name, hub_id=hub.pair.key_id)]
    if bundle.note:
        lines.append(say("cli.init.sample", note=bundle.note))
    return Outcome(facts, lines)


def _new_station(asked: Asked, role: str = "") -> NewStation:
    options = asked.options
    return NewStation(
        role=StationRole(role or options.role or "hall"),
        station=options.station or "",
        unit=options.unit or "",
        unit_name=options.name or "",
        desk=options.desk or "",
        phone=options.phone or "",
    )


def _card_for(asked: Asked, bundle: Bundle, county: str) -> StationCard:
    """The new station's card; a station that the county does not list must name its unit (I120)."""
    new = _new_station(asked)
    try:
        return founding.card_for(bundle, new, county)
    except Refusal as fault:
        if fault.code == "R211" and not new.unit:
            raise BadInput("I120", text=say("cli.usage.unit", station=new.station)) from fault
        raise


def enrol(asked: Asked) -> Outcome:
    """At a hub: a one-time code for a station. With `--hub` and `--code`, at a station: the same as join."""
    if asked.options.hub or asked.options.code:
        if not (asked.options.hub and asked.options.code):
            raise BadInput("I120", text=say("cli.usage.required", what="--hub, --code"))
        return join(asked)
    from county_hotline.cli import above
    from county_hotline.cli.hub import opened_hub
    from county_hotline.hub import stations as enrolment

    hub = opened_hub(asked)
    try:
        if not (asked.options.station and asked.options.role):
            raise BadInput("I120", text=say("cli.usage.required", what="--station, --role"))
        if asked.options.role == StationRole.RELAY.value:
            card = above.relay_card(asked.options.station.upper(), asked.options.name or "")
        else:
            bundle = hub.store.reference.bundle()
            card = _card_for(asked, bundle, founding.SAMPLE if bundle.note else "")
        hours = asked.options.hours
        code = enrolment.make_code(hub.storage, card, now_ms=asked.clock.now_ms(), hours=hours, replaces=asked.options.replaces)
    finally:
        hub.store.close()
    hub_id = hub.pair.key_id
    is_relay = card.role is StationRole.RELAY
    then = "cli.above.enrolled" if is_relay else "cli.enrol.taking_over" if asked.options.replaces else "cli.enrol.next"
    lines = [
        say("cli.enrol.code", code=code, hours=hours),
        say("cli.enrol.hub_id", hub_id=hub_id),
        *_card_lines(card),
        "",
        say(then, code=code, hub_id=hub_id),
    ]
    return Outcome({"code": code, "hours": hours, "hub_id": hub_id, "station": card}, lines)


def join(asked: Asked) -> Outcome:
    """A station hands in its code; a new home is founded with what the hub says. With `--same-hub` no code: see `_same_hub`."""
    options = asked.options
    if getattr(options, "same_hub", False):
        return _same_hub(asked)
    if not (options.hub and options.code):
        raise BadInput("I120", text=say("cli.usage.required", what="--hub, --code"))
    asked.home.ensure()
    hold = paths.hold(asked.home)
    try:
        store = founding.open_store(asked.home, asked.clock)
        asked.logs.to_files(asked.home.logs)
        if home_kind.is_hub(store):
            raise Refusal("R215", path=str(asked.home.path))
        card = _joined(asked, store)
        desk = Desk(store, asked.home, asked.clock, Settings(asked.home.settings), lambda _: None)
        accounts = () if store.accounts() else new_accounts(asked, desk)
        store.close()
    finally:
        hold.release()
    lines = [
        say("cli.join.done", hub=asked.options.hub),
        *_card_lines(card),
        *account_lines(accounts),
        *([say("cli.in_clear")] if travels_in_clear(asked.options.hub) else []),
        "",
        say("cli.join.next"),
    ]
    return Outcome({"station": card, "hub": asked.options.hub, "accounts": account_facts(accounts)}, lines)


def _joined(asked: Asked, store: Store) -> StationCard:
    options = asked.options
    try:
        return joining.join(
            store, asked.home, url=options.hub, code=options.code, clock=asked.clock, hub_id=options.hub_id or ""
        )
    except Unreachable:
        asked.speech.aside(say("cli.join.not_joined"))
        raise


def _same_hub(asked: Asked) -> Outcome:
    """The hub was restored from a backup: with a person's word for it, this station goes on with it. Refuses (R220) without one."""
    if not asked.home.database.exists():
        raise BadInput("I107", path=str(asked.home.path))
    hold = paths.hold(asked.home)
    try:
        asked.logs.to_files(asked.home.logs)
        known = joining.address_of(asked.home)
        if known is None:
            raise Refusal("R209")
        if not (asked.options.yes or asked.speech.asks(say("cli.join.same_hub_ask", hub=known.url, hub_id=known.hub_id))):
            raise Refusal("R220")
        store = founding.open_store(asked.home, asked.clock)
        changed = joining.trust_restored_hub(store, asked.home, clock=asked.clock)
        store.close()
    finally:
        hold.release()
    words = say("cli.join.same_hub_done" if changed else "cli.join.same_hub_before", hub=known.url)
    lines = [words, say("cli.join.next")] if changed else [words]
    return Outcome({"hub": known.url, "hub_id": known.hub_id, "changed": changed}, lines)


def stations(asked: Asked) -> Outcome:
    """At a hub: who is enrolled, who stands below its relays, and which hub is above."""
    from county_hotline.cli import above
    from county_hotline.cli.hub import opened_hub

    hub = opened_hub(asked)
    try:
        found = hub.storage.stations()
        heads = {each.card.station: hub.store.heads(each.card.station) for each in found}
        levels, more = above.levels(hub, asked.home)
    finally:
        hub.store.close()
    facts = [
        {
            "station": each.card,
            "enrolled_at": each.enrolled_at,
            "last_seen": each.last_seen,
            "program": each.program,
            "entries": sum(head.serial for head in heads[each.card.station]),
        }
        for each in found
    ]
    lines = [
        say(
            "cli.stations.line",
            station=each.card.station,
            role=word(each.card.role),
            unit=each.card.unit_name,
            seen=shown(each.last_seen),
            entries=sum(head.serial for head in heads[each.card.station]),
        )
        for each in found
    ]
    return Outcome({"stations": facts, **levels}, [*(lines or [say("cli.stations.none")]), *more])


def account(asked: Asked) -> Outcome:
    """Without a badge: who may sign in here. With one: a new account, or a new password for it."""
    with station_of(asked) as station:
        if asked.options.badge is None:
            found = signing_in.accounts(station.desk)
            lines = [say("cli.account.line", badge=a.badge, name=a.name, roles=_roles(a.roles)) for a in found]
            return Outcome({"accounts": found}, lines or [say("cli.account.none")])
        made = _set_account(asked, station.desk)
    return Outcome({"account": made.account, "password": made.password}, account_lines((made,)))


def _set_account(asked: Asked, desk: Desk) -> NewAccount:
    options = asked.options
    before = next((a for a in signing_in.accounts(desk) if a.badge == options.badge), None)
    if before is None and not (options.name and options.roles):
        raise BadInput("I120", text=say("cli.usage.required", what="--name, --roles"))
    roles = _roles_in(options.roles) if options.roles else (before.roles if before else ())
    name = options.name or (before.name if before else "")
    password = options.password or founding.new_password()
    made = before if before and name == before.name else founding.named(options.badge, name, roles)
    signing_in.set_account(desk, founding.named(made.badge, made.name, roles), password)
    return NewAccount(founding.named(made.badge, made.name, roles), password)


def _roles_in(text: str) -> tuple[OfficerRole, ...]:
    words = {word(role): role for role in OfficerRole} | {role.value: role for role in OfficerRole}
    try:
        return tuple(words[part.strip()] for part in text.replace("，", ",").split(",") if part.strip())
    except KeyError as exc:
        raise BadInput("I109", name="--roles", value=str(exc.args[0])) from exc


def _roles(roles: Sequence[OfficerRole]) -> str:
    return say("cli.comma").join(word(role) for role in roles)


def _card_lines(card: StationCard) -> list[str]:
    details = {"station": card.station, "role": word(card.role), "unit": card.unit_name, "code": card.unit, "desk": card.desk}
    return [say("cli.card", **details)]


def account_facts(accounts: Sequence[NewAccount]) -> list[dict[str, object]]:
    """For `--json`."""
    return [
        {"badge": a.account.badge, "name": a.account.name, "roles": a.account.roles, "password": a.password} for a in accounts
    ]


def account_lines(accounts: Sequence[NewAccount]) -> list[str]:
    """Names and passwords, shown this once."""
    if not accounts:
        return []
    lines = [
        say("cli.account.new", badge=a.account.badge, name=a.account.name, roles=_roles(a.account.roles), password=a.password)
        for a in accounts
    ]
    return ["", say("cli.account.once"), *lines]
