"""demo: the whole thread plays by itself, over a real hub on loopback and three stations, and says step by step what happened."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from county_hotline.cli.line import counts_line, fault_of
from county_hotline.cli.looking import order_lines
from county_hotline.cli.sample_county import HUB, ROLES, SampleCounty
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.taking import due_line
from county_hotline.cli.upkeep import report_lines
from county_hotline.clock import shown
from county_hotline.desk import handling, intake, line, looking_up, naming, printing
from county_hotline.desk.founding import open_store
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.vocabulary import Channel, MatterKind, Stage
from county_hotline.domain.vocabulary import Outcome as HowItEnded
from county_hotline.errors import Refusal
from county_hotline.ids import Number
from county_hotline.paths import Home
from county_hotline.wording import say, sentence, word

PASSWORD = "yanshi2026"  # noqa: S105 - of sample accounts over sample data
PLACE, AGENCY = "370323109", "370323D04"
HISTORY = 5
"""Accepted, dispatched, signed for, replied, finished."""


@dataclass(slots=True)
class Play:
    """What has happened so far. `expect` ends the play where something is not as it should be."""

    asked: Asked
    county: SampleCounty
    steps: list[dict[str, object]] = field(default_factory=list)
    number: Number = Number("")
    slips: list[str] = field(default_factory=list)
    reports: dict[str, object] = field(default_factory=dict)

    def scene(self, key: str, **details: object) -> None:
        words = say(f"cli.demo.scene.{key}", **details)
        self.steps.append({"scene": key, "words": words})
        self.asked.speech.line()
        self.asked.speech.line(say("cli.demo.head", number=len(self.steps), words=words))

    def tell(self, *lines: str) -> None:
        for words in lines:
            self.asked.speech.line("   " + words)

    def expect(self, holds: bool, what: str) -> None:
        """Refuses (R219) to go on where a step did not do what it should."""
        if not holds:
            raise Refusal("R219", step=len(self.steps), what=what)


def demo(asked: Asked) -> Outcome:
    """Exit code 0 only if every step was as it should be."""
    folder = _folder(asked)
    asked.speech.line(say("cli.demo.begin", folder=folder))
    county = SampleCounty(folder, asked.clock)
    play = Play(asked, county)
    try:
        for scene in SCENES:
            scene(play)
    finally:
        county.close()
    facts = {"folder": str(folder), "number": play.number, "slips": play.slips, "steps": play.steps, "verified": play.reports}
    return Outcome(facts, ["", say("cli.demo.end"), *(f"   {path}" for path in play.slips)])


def _folder(asked: Asked) -> Path:
    if not asked.options.home:
        return Path(tempfile.mkdtemp(prefix="county-hotline-demo-"))
    folder = Path(asked.options.home).expanduser()
    Home(folder).ensure()
    if (folder / HUB).exists() or Home(folder).database.exists():
        raise Refusal("R216", path=str(folder))
    return folder


def _founding(play: Play) -> None:
    play.county.turn()
    play.scene("founding", url=play.county.url)
    for name in ROLES:
        play.county.found(name, PASSWORD)
        with play.county.at(name) as station:
            card = station.desk.card
            play.tell(
                say("cli.card", station=card.station, role=word(card.role), unit=card.unit_name, code=card.unit, desk=card.desk)
            )


def _register_without_a_line(play: Play) -> None:
    play.county.turn()
    play.scene("cut")
    with play.county.at("hall") as hall:
        order = intake.accept(hall.desk, _request())
        play.number = order.number
        play.expect(order.stage is Stage.TO_DISPATCH and order.accepted is not None, "accept")
        code = order.accepted.query_code if order.accepted else ""
        play.tell(say("cli.register.done", number=order.number, at=shown(order.accepted_at)))
        play.tell(say("cli.register.code", code=code), due_line(order))
        counts = looking_up.counts(hall.desk)
        play.tell(counts_line(counts))
        play.expect(counts.waiting == 1 and counts.stored == 1, "counts")


def _print_slips(play: Play) -> None:
    play.scene("slips")
    with play.county.at("hall") as hall:
        for paper in ("a5", "80mm"):
            slip = printing.print_slip(hall.desk, play.number, paper=paper)
            play.expect(Path(slip.path).stat().st_size > 0 and not slip.missing_glyphs, "slip")
            play.slips.append(slip.path)
            play.tell(slip.path)


def _sync_fails_without_a_line(play: Play) -> None:
    play.scene("no_line")
    with play.county.at("hall") as hall:
        report = line.sync_now(hall.desk)
        fault = fault_of(report)
        play.expect(fault is not None and fault.code.startswith("N"), "fault")
        if fault is not None:
            play.tell(sentence(fault))
        play.expect(looking_up.counts(hall.desk).waiting == 1, "counts")
        play.tell(counts_line(looking_up.counts(hall.desk)))


def _line_comes_back(play: Play) -> None:
    play.county.turn()
    play.scene("back")
    _sync(play, "hall", sent=1)
    with play.county.at("hall") as hall:
        play.expect(looking_up.counts(hall.desk).waiting == 0, "counts")


def _centre_dispatches(play: Play) -> None:
    play.scene("dispatch")
    _sync(play, "centre", received=1)
    with play.county.at("centre") as centre:
        agency = naming.agency_named(looking_up.agencies(centre.desk), AGENCY)
        order = handling.dispatch(centre.desk, play.number, agency.code, advice=say("cli.demo.advice"))
        play.expect(order.stage is Stage.TO_SIGN, "dispatch")
        play.tell(say("cli.dispatch.done", number=order.number, agency=agency.name))
    _sync(play, "centre", sent=1)


def _agency_replies(play: Play) -> None:
    play.scene("reply")
    _sync(play, "agency", received=2)
    with play.county.at("agency") as agency:
        order = handling.sign_for(agency.desk, play.number)
        play.expect(order.stage is Stage.IN_HAND, "sign_for")
        play.tell(say("cli.sign_for.done", number=order.number))
        order = handling.reply(
            agency.desk, play.number, internal=say("cli.demo.internal"), public=say("cli.demo.public"), solved=True
        )
        play.expect(order.stage is Stage.TO_REVIEW, "reply")
        play.tell(say("cli.reply.done", number=order.number))
    _sync(play, "agency", sent=2)


def _centre_finishes(play: Play) -> None:
    play.scene("finish")
    _sync(play, "centre", received=2)
    with play.county.at("centre") as centre:
        order = handling.finish(centre.desk, play.number, HowItEnded.SOLVED, say("cli.demo.opinion"))
        play.expect(order.stage is Stage.FINISHED, "finish")
        play.tell(say("cli.finish.done", number=order.number, outcome=word(HowItEnded.SOLVED)))
    _sync(play, "centre", sent=1)


def _township_sees_it(play: Play) -> None:
    play.scene("seen")
    _sync(play, "hall", received=HISTORY - 1)
    with play.county.at("hall") as hall:
        view = looking_up.order(hall.desk, play.number)
        play.expect(view.order.stage is Stage.FINISHED and len(view.story) == HISTORY and not view.waiting, "history")
        play.tell(*order_lines(view, None, hall.store.reference))


def _all_add_up(play: Play) -> None:
    play.scene("verify")
    for name in (HUB, *ROLES):
        store = open_store(play.county.home(name), play.asked.clock)
        try:
            report = store.verify()
        finally:
            store.close()
        play.reports[name] = report
        play.tell(say("cli.demo.verified", name=say(f"cli.demo.at.{name}"), words=report_lines(report)[0]))
        play.expect(report.sound and report.orders == 1, "verify")


def _sync(play: Play, name: str, *, sent: int = 0, received: int = 0) -> None:
    with play.county.at(name) as station:
        report = line.sync_now(station.desk)
    fault = fault_of(report)
    play.tell(
        say("cli.demo.synced", name=say(f"cli.demo.at.{name}"), sent=report.sent, received=report.received),
        *([sentence(fault)] if fault is not None else []),
    )
    play.expect(report.complete and report.sent == sent and report.received == received, "sync")


def _request() -> IntakeForm:
    """Made up; names no one."""
    return IntakeForm(
        name=say("cli.demo.caller"),
        phone="13800000000",
        notified=True,
        channel=Channel.VISIT,
        matter_kind=MatterKind.HELP,
        place=PLACE,
        title=say("cli.demo.title"),
        content=say("cli.demo.content"),
        demand=say("cli.demo.demand"),
        agency_hint=AGENCY,
    )


SCENES: tuple[Callable[[Play], None], ...] = (
    _founding,
    _register_without_a_line,
    _print_slips,
    _sync_fails_without_a_line,
    _line_comes_back,
    _centre_dispatches,
    _agency_replies,
    _centre_finishes,
    _township_sees_it,
    _all_add_up,
)
