"""try: a sample county beside the window, with a line that can be cut. Without a screen the demo plays instead."""

from __future__ import annotations

import shutil
from pathlib import Path

from county_hotline import paths
from county_hotline.app import window as app_window
from county_hotline.cli import demo
from county_hotline.cli.sample_county import ROLES, SampleCounty
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.window import has_screen
from county_hotline.desk.founding import open_store
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal
from county_hotline.paths import Home
from county_hotline.wording import say, word

PASSWORD = "shiyong2026"  # noqa: S105 - of sample accounts over sample data, printed on purpose
FOLDER = "county-hotline-try"
TRAINING = "-training"


def try_out(asked: Asked) -> Outcome:
    """Set up once, then sit down at one of the stations."""
    if not has_screen():
        asked.speech.line(say("cli.try.no_screen"))
        return demo.demo(asked)
    folder = Path(asked.options.home).expanduser() if asked.options.home else Path.home() / ".local" / "share" / FOLDER
    return _played(asked, folder, for_training=False)


def train(asked: Asked) -> Outcome:
    """练习: the same county in a folder of its own beside the station's, marked on every page and paper. Refuses (R218) without a screen."""
    if not has_screen():
        raise Refusal("R218")
    return _played(asked, training_folder(asked.home), for_training=True)


def training_folder(home: Home) -> Path:
    """Beside the home that is really worked with, never in it. From a seat of the training itself, the same training."""
    if home.training.exists():
        return home.path.parent
    return home.path.with_name(f"{home.path.name}{TRAINING}")


def _played(asked: Asked, folder: Path, *, for_training: bool) -> Outcome:
    home = Home(folder)
    home.ensure()
    hold = paths.hold(home)
    try:
        _start_afresh(asked, folder)
        county = SampleCounty(folder, asked.clock)
        try:
            _sit_down(asked, county, for_training=for_training)
        finally:
            county.close()
    finally:
        hold.release()
    return Outcome({"home": str(folder)}, [say("cli.try.closed", folder=folder)])


def _start_afresh(asked: Asked, folder: Path) -> None:
    """`--fresh`: only folders that are a trial's own are thrown away."""
    if not asked.options.fresh:
        return
    for name in ("hub", *ROLES):
        if (folder / name).exists():
            shutil.rmtree(folder / name)


def _sit_down(asked: Asked, county: SampleCounty, *, for_training: bool) -> None:
    county.turn()
    for name in ROLES:
        if for_training:
            county.home(name).ensure()
            county.home(name).training.touch()
        county.found(name, PASSWORD)
    seat = getattr(asked.options, "as")
    home = county.home(seat)
    store = open_store(home, asked.clock)
    card, accounts = store.station(), store.accounts()
    store.close()
    if card is None:
        raise Refusal("R200")
    asked.logs.to_files(home.logs)
    speech = asked.speech
    speech.line(say("cli.try.ready", county=card.county_name, note=say("cli.try.sample"), folder=county.folder, url=county.url))
    speech.line(say("cli.try.seat", station=card.station, unit=card.unit_name, role=word(card.role)))
    for account in accounts:
        speech.line(
            say("cli.account.new", badge=account.badge, name=account.name, roles=_roles(account.roles), password=PASSWORD)
        )
    speech.line(say("cli.try.switch"))
    app_window.show(app_window.begin(home, clock=asked.clock, line_switch=county))


def _roles(roles: tuple[OfficerRole, ...]) -> str:
    return say("cli.comma").join(word(role) for role in roles)
