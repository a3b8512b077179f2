"""首次设置: what a new PC is asked before its first sign-in, kept step by step so that it can be left and gone on with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from county_hotline import paths
from county_hotline.clock import Clock
from county_hotline.db.store import Store
from county_hotline.desk import founding, home_kind, joining, upkeep
from county_hotline.desk.desk import Desk
from county_hotline.desk.founding import SAMPLE, NewStation
from county_hotline.desk.slips import SlipFacts, SlipMaker
from county_hotline.desk.upkeep import About
from county_hotline.domain.reference import Account, StationCard
from county_hotline.domain.vocabulary import MatterKind, StationRole
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.paths import Home
from county_hotline.settings import Settings
from county_hotline.wording import say

STEPS = ("pc", "station", "accounts", "paper", "screen", "rules")
BY_CODE, BY_FOLDER = "code", "folder"
SLIP_NAME = "trial-slip.pdf"
LARGEST_SLIP = 20_000
"""Bytes of an enrolment slip: a few lines of text."""


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What was answered so far. Neither the one-time code nor any password is kept."""

    step: str = STEPS[0]
    role: StationRole = StationRole.HALL
    source: str = SAMPLE
    folder: str = ""
    url: str = ""
    hub_id: str = ""
    station: str = ""
    unit: str = ""
    desk: str = ""
    phone: str = ""

    @property
    def county(self) -> str:
        """Where the county's lists come from, as `founding` names it."""
        return self.folder if self.source == BY_FOLDER else SAMPLE


class EnrolmentSlip(msgspec.Struct, frozen=True):
    """接入单: the lines that `county-hotline enrol` prints, as text."""

    url: str
    code: str
    hub_id: str


class SetUp(msgspec.Struct, frozen=True):
    """How far this home is."""

    card: StationCard | None
    accounts: tuple[Account, ...]
    posts: tuple[Account, ...]
    """Whom the station is to have."""
    about: About | None


def begun(home: Home) -> Begun:
    """What was answered before; the beginning where nothing was, or it cannot be read."""
    try:
        kept = msgspec.json.decode(home.setup.read_bytes(), type=Begun)
    except (OSError, msgspec.MsgspecError):
        return Begun()
    return kept if kept.step in STEPS else Begun()


def keep(home: Home, answers: Begun) -> None:
    """For when it is left. Raises StoreFault."""
    home.ensure()
    paths.write_atomically(home.setup, msgspec.json.encode(answers))


def done(home: Home) -> None:
    """The sign-in comes next, from now on."""
    home.setup.unlink(missing_ok=True)


def read_slip(file: Path) -> EnrolmentSlip:
    """The enrolment slip in a text file. Refuses (R630) a file that is none."""
    try:
        with file.open("rb") as opened:
            text = opened.read(LARGEST_SLIP).decode("utf-8-sig", "replace")
    except OSError as exc:
        raise Refusal("R630", file=file.name) from exc
    url = re.search(r"https?://[^\s，。、）)]+", text)
    hub_id = re.search(r"\b[0-9a-f]{16,64}\b", text)
    spoken = re.search(r"(?<![0-9A-Za-z-])(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}(?![0-9A-Za-z-])", text)
    plain = re.search(r"(?<![0-9A-Za-z])(?=[0-9A-Z]*[A-Z])[0-9A-Z]{12}(?![0-9A-Za-z])", text)
    code = spoken or plain
    if code is None:
        raise Refusal("R630", file=file.name)
    return EnrolmentSlip(url.group() if url else "", code.group(), hub_id.group() if hub_id else "")


def listed(role: StationRole, county: str = SAMPLE) -> tuple[StationCard, ...]:
    """The stations of this kind that the county's own list names."""
    return tuple(card for card in founding.listed(county) if card.role is role)


def standing(home: Home, clock: Clock) -> SetUp:
    """What is here already. Raises StoreFault."""
    if not home.database.exists():
        return SetUp(None, (), (), None)
    with _desk(home, clock) as desk:
        card = desk.store.station()
        about = upkeep.about(desk) if card is not None and desk.store.reference.version() else None
        return SetUp(card, desk.store.accounts(), founding.posts(card) if card is not None else (), about)


def found(home: Home, clock: Clock, answers: Begun) -> StationCard:
    """This PC is that station's, with the county's data from a folder or the sample. Again with other answers, as long as nothing was
    written. Refuses (R215) a hub's home, R210, R211; raises BadInput I111, StoreFault S109."""
    home.ensure()
    hold = paths.hold(home)
    try:
        with _store(home, clock) as store:
            bundle = founding.load_county(store, answers.county)
            new = NewStation(
                role=answers.role, station=answers.station, unit=answers.unit, desk=answers.desk, phone=answers.phone
            )
            card = founding.card_for(bundle, new, answers.county)
            founding.settle(store, home, card)
            return card
    finally:
        hold.release()


def join(home: Home, clock: Clock, answers: Begun, code: str) -> StationCard:
    """This PC is the station the code was made for. Raises as `joining.join`; refuses (R215) a hub's home."""
    home.ensure()
    hold = paths.hold(home)
    try:
        with _store(home, clock) as store:
            return joining.join(store, home, url=answers.url, code=code, clock=clock, hub_id=answers.hub_id)
    finally:
        hold.release()


def make_accounts(home: Home, clock: Clock, password: str, county: str = SAMPLE) -> tuple[Account, ...]:
    """Accounts for the station's posts, all beginning with this password. Those that are there get it anew. Refuses (R206) a weak one."""
    with _desk(home, clock) as desk:
        return tuple(made.account for made in founding.make_accounts(desk, password=password, county=county))


def trial_slip(home: Home, clock: Clock, maker: SlipMaker, *, paper: str) -> Path:
    """A slip of nobody's, marked as for training, to try the printer with. Raises StoreFault S103."""
    with _desk(home, clock) as desk:
        card = desk.card
    now = clock.now_ms()
    facts = SlipFacts(
        title_line=say("setup.trial.head", county=card.county_name),
        number=Number(f"{card.station}A-000000-0000X"),
        query_code="00000000",
        accepted_at=now,
        matter_kind=MatterKind.INQUIRY,
        caller="",
        anonymous=True,
        confidential=False,
        title=say("setup.trial.title"),
        agency="",
        due_on="",
        due_provisional=False,
        station_phone=card.phone,
        badge="",
        unit_name=card.unit_name,
        desk_name=card.desk,
        printed_at=now,
        printed_by="",
        reprint=0,
        sample=True,
    )
    path = home.slips / SLIP_NAME
    maker(facts, path, paper=paper)
    return path


@contextmanager
def _store(home: Home, clock: Clock) -> Iterator[Store]:
    store = founding.open_store(home, clock)
    try:
        if home_kind.is_hub(store):
            raise Refusal("R215", path=str(home.path))
        yield store
    finally:
        store.close()


@contextmanager
def _desk(home: Home, clock: Clock) -> Iterator[Desk]:
    with _store(home, clock) as store:
        yield Desk(store, home, clock, Settings(home.settings), lambda _: None)
