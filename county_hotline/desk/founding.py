"""建站: what a new station or hub begins with: the county's reference data, its card, its officers' accounts."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import msgspec

from county_hotline.clock import Clock
from county_hotline.db.beside.reference import Bundle, bundle_from_folder
from county_hotline.db.keys import database_key
from county_hotline.db.store import Store
from county_hotline.desk import home_kind, signing_in
from county_hotline.desk.desk import Desk
from county_hotline.desk.naming import agency_named
from county_hotline.domain.reference import Account, Place, StationCard
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import OfficerId, StationId
from county_hotline.paths import Home
from county_hotline.sync import identity
from county_hotline.sync.identity import HubAddress, Identity

SAMPLE = "sample"
USUAL_STATION = {StationRole.CENTRE: "01", StationRole.HALL: "03", StationRole.AGENCY: "21"}
OFFICERS_AT = {
    StationRole.HALL: (OfficerRole.CLERK, OfficerRole.LEADER, OfficerRole.ADMIN, OfficerRole.HANDLER),
    StationRole.CENTRE: (
        OfficerRole.DISPATCHER,
        OfficerRole.LEADER,
        OfficerRole.ADMIN,
        OfficerRole.REVIEWER,
        OfficerRole.SUPERVISOR,
    ),
    StationRole.AGENCY: (OfficerRole.HANDLER, OfficerRole.LEADER, OfficerRole.ADMIN),
}
"""Whom a new station is given accounts for, out of the county's list of posts."""

_PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz"  # noqa: S105 - an alphabet without look-alikes
_PASSWORD_DIGITS = "23456789"  # noqa: S105 - as above


class NewStation(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a station when it is set up. Empty fields take what the county's list of stations says."""

    role: StationRole = StationRole.HALL
    station: str = ""
    """Two characters: `03`."""
    unit: str = ""
    """Code or name."""
    unit_name: str = ""
    desk: str = ""
    phone: str = ""


class NewAccount(msgspec.Struct, frozen=True):
    """An account and the password it was given: shown once, kept nowhere."""

    account: Account
    password: str


def open_store(home: Home, clock: Clock) -> Store:
    """The home's database, made where it is missing. Raises StoreFault."""
    home.ensure()
    return Store.open(home.database, database_key(home.keys), clock=clock)


def county_folder(county: str) -> Path:
    """The folder of a county's reference data: `sample` is the one that comes with the program."""
    return Path(str(resources.files("county_hotline") / "data" / "sample_county")) if county == SAMPLE else Path(county)


def load_county(store: Store, county: str = SAMPLE) -> Bundle:
    """Put a county's reference data in force, with the rule pack it names. Raises BadInput I111."""
    folder = county_folder(county)
    shipped = resources.files("county_hotline")
    try:
        named = msgspec.toml.decode((folder / "county.toml").read_bytes(), type=dict[str, str]).get("rule_pack", "")
        own = folder / f"{named}.toml"
        pack = own if own.is_file() else shipped / "rule_packs" / f"{named}.toml"
        rule_pack = pack.read_text(encoding="utf-8") if named else ""
        calendar = (shipped / "data" / "calendar" / "china.toml").read_text(encoding="utf-8")
    except (OSError, msgspec.MsgspecError) as exc:
        raise BadInput("I111", reason=str(exc)) from exc
    version = store.reference.version() + 1
    document = bundle_from_folder(folder, version=version, rule_pack=rule_pack, calendar=calendar)
    return store.reference.take_bundle(_with_county_itself(document))


def _with_county_itself(document: bytes) -> bytes:
    """The county is a place too: for matters of which nobody knows where, or that are everywhere."""
    bundle = msgspec.json.decode(document, type=Bundle)
    if any(place.code == bundle.county for place in bundle.places):
        return document
    whole = Place(code=bundle.county, name=bundle.county_name, path=bundle.county_name)
    return msgspec.json.encode(msgspec.structs.replace(bundle, places=(whole, *bundle.places)))


def card_for(bundle: Bundle, new: NewStation, county: str = SAMPLE) -> StationCard:
    """The station's card. Refuses (R210) a station code that is not two characters, and (R211) a unit the county does not have."""
    code = (new.station or USUAL_STATION[new.role]).upper()
    if len(code) != 2 or not code.isascii() or not code.isalnum():
        raise Refusal("R210", station=code[:20])
    station = StationId(f"{bundle.county}-{code}")
    known = next((card for card in listed(county) if card.station == station and card.role is new.role), None)
    if new.unit or known is None:
        agency = agency_named(bundle.agencies, new.unit or _centre_of(bundle, new.role))
        unit, unit_name = agency.code, agency.name
    else:
        unit, unit_name = known.unit, known.unit_name
    return StationCard(
        station=station,
        county=bundle.county,
        county_name=bundle.county_name,
        unit=unit,
        unit_name=new.unit_name or unit_name,
        role=new.role,
        desk=new.desk or (known.desk if known else ""),
        phone=new.phone or (known.phone if known else ""),
    )


def _centre_of(bundle: Bundle, role: StationRole) -> str:
    """The hotline centre is the unit whose code ends in C00; every other station must name its unit."""
    if role is not StationRole.CENTRE:
        return ""
    return next((agency.code for agency in bundle.agencies if agency.code.endswith("C00")), "")


def listed(county: str = SAMPLE) -> Sequence[StationCard]:
    """The stations that a county's own list names; none where it has no list."""
    try:
        return msgspec.json.decode((county_folder(county) / "stations.json").read_bytes(), type=tuple[StationCard, ...])
    except (OSError, msgspec.MsgspecError):
        return ()


def make_accounts(desk: Desk, *, password: str = "", county: str = SAMPLE) -> tuple[NewAccount, ...]:
    """Accounts for the posts a station of this role has, with `password` or one of its own each."""
    return tuple(_made(desk, account, password) for account in posts(desk.card, county))


def posts(card: StationCard, county: str = SAMPLE) -> tuple[Account, ...]:
    """The officers a new station has: the county's posts for its role, badges beginning with the station's two characters."""
    try:
        listed = msgspec.json.decode((county_folder(county) / "accounts.json").read_bytes(), type=tuple[Account, ...])
    except (OSError, msgspec.MsgspecError):
        listed = ()
    posts_here = OFFICERS_AT[card.role]
    wanted = [account for account in listed if set(account.roles) & set(posts_here)]
    wanted.sort(key=lambda account: min(posts_here.index(role) for role in account.roles if role in posts_here))
    return tuple(
        named(f"{card.station[-2:]}{place:02d}", account.name, account.roles) for place, account in enumerate(wanted, 1)
    )


def named(badge: str, name: str, roles: tuple[OfficerRole, ...]) -> Account:
    """An account whose officer is badge and name."""
    return Account(officer=OfficerId(f"{badge} {name}"), badge=badge, name=name, roles=roles)


def new_password() -> str:
    """Ten characters that are read aloud without mistakes: letters, digits, no look-alikes."""
    letters = "".join(secrets.choice(_PASSWORD_LETTERS) for _ in range(4))
    return letters + "-" + "".join(secrets.choice(_PASSWORD_DIGITS) for _ in range(5))


def _made(desk: Desk, account: Account, password: str) -> NewAccount:
    chosen = password or new_password()
    signing_in.set_account(desk, account, chosen)
    return NewAccount(account, chosen)


def settle(store: Store, home: Home, card: StationCard, *, hub: HubAddress | None = None) -> None:
    """This home is that station's from now on. Raises StoreFault S109 where it has entries of another."""
    store.set_station(card)
    identity.save(home.identity, Identity(card, hub))


def settle_hub(store: Store, county: str = SAMPLE) -> Bundle:
    """This home is a hub's from now on, with the county's reference data. Refuses (R212) a station's home."""
    card = store.station()
    if card is not None:
        raise Refusal("R212", station=card.station)
    home_kind.make_hub(store)
    return store.reference.bundle() if store.reference.version() else load_county(store, county)
