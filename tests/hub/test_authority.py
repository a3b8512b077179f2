"""What a station may write is for the hub to say, whatever program the station runs: each kind by each role, through the endpoints."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from county_hotline.domain import authority
from county_hotline.domain import facts as f
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import KINDS, Fact
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import (
    Card,
    ClashMatter,
    EmergencyLine,
    Erasure,
    ExtensionReason,
    FollowUpResult,
    HandedOver,
    Outcome,
    Satisfaction,
    SendBackReason,
    Stage,
    StationRole,
    SupervisionCause,
    SuspensionReason,
    Told,
    VoidReason,
)
from county_hotline.errors import HotlineError
from county_hotline.hub import serving
from county_hotline.hub.asking import Hub
from county_hotline.hub.stations import enrol, make_code
from county_hotline.ids import AgencyCode, ClusterId, EntryId, Life, Number
from county_hotline.sync import keys
from county_hotline.sync.protocol import EnrolmentRequest
from county_hotline.sync.wire import batches
from county_hotline.wording import sentence
from tests.support.forging import an_entry_of
from tests.support.line import AGENCY_CARD, CENTRE_CARD, HALL, HOUSING, WATER, Post, a_card, an_acceptance
from tests.support.ticking_clock import TickingClock

Enrol = Callable[[StationCard, TickingClock], Post]
TOWN = AgencyCode(HALL)
OTHER = Number("370323-03A-261121-00021")
NOBODY = EntryId("00000000-0000-7000-8000-000000000000")


def _facts(unit: AgencyCode) -> dict[type[Fact], Fact]:
    """One of each kind, those that speak for a unit for this one."""
    made = (
        an_acceptance("又一件", unit=unit),
        f.Corrected(reason="改了", title="改了的题目"),
        f.EmergencyTransferred(line=EmergencyLine.POLICE, handed_at=1, result=HandedOver.TAKEN),
        f.AnsweredAtOnce(answer="答"),
        f.PathTold(reason="01", words="不归", path="找法院"),
        f.MoreAsked(wanted="门牌"),
        f.MoreGiven(words="东头第三家"),
        f.Merged(into=OTHER),
        f.RepeatJoined(repeat=OTHER),
        f.Voided(reason=VoidReason.TEST),
        f.Dispatched(agency=unit),
        f.Recalled(agency=unit, reason="错"),
        f.SendBackAsked(agency=unit, reason=SendBackReason.OTHER, basis="三定"),
        f.SendBackDecided(agency=unit, approved=True, opinion="同意", asked=NOBODY),
        f.SignedFor(agency=unit),
        f.ContactMade(agency=unit, contacted_at=1, reached=True),
        f.ExtensionAsked(agency=unit, until="2026-12-20", reason=ExtensionReason.TESTING, words="等"),
        f.ExtensionDecided(agency=unit, approved=True, opinion="同意", asked=NOBODY),
        f.SuspensionAsked(agency=unit, reason=SuspensionReason.SEASON, words="冬", resume_when="开春", review_on="2027-03-01"),
        f.SuspensionDecided(agency=unit, approved=True, opinion="同意", asked=NOBODY),
        f.Resumed(agency=unit, words="开春了"),
        f.CitizenTold(about=Told.PROGRESS, told_at=1, reached=True, words="在办", agency=unit),
        f.Replied(agency=unit, internal="修好了"),
        f.Reviewed(agency=unit, passed=True),
        f.RedoOrdered(agency=unit, opinion="重办"),
        f.Rated(satisfaction=Satisfaction.GOOD),
        f.FollowedUp(result=FollowUpResult.NO_ANSWER, called_at=1),
        f.Reopened(reason="又坏了"),
        f.Finished(outcome=Outcome.SOLVED),
        f.Archived(),
        f.Published(title="路灯", text="修好了"),
        f.UnitsCalled(
            call="1",
            caller=unit,
            agencies=(HOUSING,),
            meet_at=1,
            meet_where="村口",
            matter="看路灯",
            handler="经办",
            in_charge="分管",
            chief="主责",
        ),
        f.CallAnswered(call="1", caller=HOUSING, agency=unit, comes=True),
        f.ArrivalSigned(call="1", caller=HOUSING, agency=unit, arrived_at=1, name="来人"),
        f.SiteFindings(call="1", caller=unit, findings="电缆断"),
        f.CallScored(call="1", caller=HOUSING, by=unit, of=HOUSING, score=5),
        f.CallCancelled(call="1", caller=unit, reason="不去了"),
        f.Urged(agency=unit),
        f.SupervisionIssued(supervision="1", cause=SupervisionCause.OVERDUE, agencies=(unit,), requirement="办", reply_by=1),
        f.SupervisionReplied(supervision="1", agency=unit, words="已办"),
        f.SupervisionClosed(supervision="1", opinion="结"),
        f.CardShown(agency=unit, card=Card.YELLOW, cause="慢"),
        f.CardTakenBack(agency=unit, card=Card.YELLOW, reason="错"),
        f.HardCaseAsked(agency=unit, words="难"),
        f.HardCaseDecided(agency=unit, approved=True, opinion="是", asked=NOBODY),
        f.UnreasonableAsked(agency=unit, words="无理", basis="条例", evidence="三次"),
        f.UnreasonableDecided(agency=unit, approved=True, opinion="是", asked=NOBODY),
        f.AppealAsked(agency=unit, against="黄牌", words="冤"),
        f.AppealDecided(agency=unit, approved=True, opinion="是", asked=NOBODY),
        f.DueRecomputed(calendar="2027", moved=()),
        f.AttachmentAdded(name="图", sha256="0" * 64, size_bytes=1, media_type="image/png"),
        f.NoteAdded(text="看看"),
        f.WordsErased(entry_id=NOBODY, ground="本人申请", erasure=Erasure.BOTH),
        f.Withdrawn(entry_id=NOBODY, why="不归本站"),
        f.Linked(other=OTHER),
        f.Unlinked(other=OTHER),
        f.Clustered(cluster=ClusterId("K1"), name="停水"),
        f.Unclustered(cluster=ClusterId("K1")),
        f.ClashSettled(acts=(NOBODY, NOBODY), matter=ClashMatter.STATE),
    )
    return {type(fact): fact for fact in made}


TAKING = [
    "Corrected",
    "EmergencyTransferred",
    "AnsweredAtOnce",
    "PathTold",
    "MoreAsked",
    "Merged",
    "RepeatJoined",
    "Voided",
    "Rated",
    "FollowedUp",
    "Urged",
    "WordsErased",
]
CENTRAL = [
    "Dispatched",
    "Recalled",
    "SendBackDecided",
    "ExtensionDecided",
    "SuspensionDecided",
    "Reviewed",
    "RedoOrdered",
    "Reopened",
    "Finished",
    "Archived",
    "Published",
    "SupervisionIssued",
    "SupervisionClosed",
    "CardShown",
    "CardTakenBack",
    "HardCaseDecided",
    "UnreasonableDecided",
    "AppealDecided",
    "DueRecomputed",
    "ClashSettled",
]
SPEAKING = [
    "SendBackAsked",
    "SignedFor",
    "ContactMade",
    "ExtensionAsked",
    "SuspensionAsked",
    "Resumed",
    "CitizenTold",
    "Replied",
    "UnitsCalled",
    "CallAnswered",
    "ArrivalSigned",
    "SiteFindings",
    "CallScored",
    "CallCancelled",
    "SupervisionReplied",
    "HardCaseAsked",
    "UnreasonableAsked",
    "AppealAsked",
]
OPEN = ["MoreGiven", "AttachmentAdded", "NoteAdded", "Linked", "Unlinked", "Clustered", "Unclustered"]
"""By hand, and not from `authority`: who may write what. Every kind stands in exactly one list, but for `Accepted`, which only the station
writes whose number it is, and `Withdrawn`, which names a record of its writer's own (here: nobody's)."""


class Hand(NamedTuple):
    """A station that forges, what it speaks for, and which kinds of the hall's order are its to write."""

    name: str
    card: StationCard
    speaks_for: AgencyCode
    may: frozenset[str]


HANDS = (
    Hand("the hall that took it", a_card(), TOWN, frozenset((*TAKING, *SPEAKING, *OPEN, "Accepted"))),
    Hand("the hall, for another unit", a_card(), WATER, frozenset((*TAKING, *OPEN, "Accepted", "CitizenTold"))),
    Hand("its neighbour at the same counter", a_card("05"), TOWN, frozenset((*TAKING, *SPEAKING, *OPEN))),
    Hand("the agency that handles it", AGENCY_CARD, WATER, frozenset((*SPEAKING, *OPEN))),
    Hand("the agency, for another unit", AGENCY_CARD, HOUSING, frozenset(OPEN)),
    Hand("the centre", CENTRE_CARD, WATER, frozenset((*TAKING, *CENTRAL, *SPEAKING, *OPEN))),
    Hand("an agency it does not concern", a_card("21", StationRole.AGENCY, HOUSING), HOUSING, frozenset()),
    Hand("another hall", a_card("04", unit="370323104"), AgencyCode("370323104"), frozenset()),
)


def everything_of(post: Post, hub: Hub) -> str:
    """All the hub would hand this station, from the beginning on."""
    station = hub.storage.station_by_key(post.pair.key_id)
    assert station is not None
    return serving.page(hub.store, station, after=0, limit=5_000, life=Life("")).decode()


def forged(post: Post, number: Number, *facts: Fact) -> list[str]:
    """Entries made with a really enrolled station's key by someone who keeps none of the program's rules: codes of the held ones."""
    post.transport.hello()
    entries: list[Entry] = []
    for fact in facts:
        entries.append(an_entry_of(post, number, fact, after=entries[-1] if entries else None))
    receipt = post.transport.push(batches.encode(entries, post.pair))
    held = {each.entry_id: each.code for each in receipt.held}
    return [held.get(entry.entry_id, "") for entry in entries]


@pytest.fixture
def dispatched(hall: Post, centre: Post) -> Number:
    return _handed_over(hall, centre, 1)[0]


def test_the_lists_name_every_kind_once() -> None:
    names = [*TAKING, *CENTRAL, *SPEAKING, *OPEN, "Accepted", "Withdrawn"]

    assert sorted(names) == sorted(kind.__name__ for kind in KINDS.values())
    assert set(_facts(WATER)) == set(KINDS.values())


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_each_hand_writes_what_is_its_own_and_nothing_else(
    hand: Hand, dispatched: Number, hall: Post, centre: Post, enrolled: Enrol, hub: Hub
) -> None:
    post = next((each for each in (hall, centre) if each.store.station() == hand.card), None)
    post = post or enrolled(hand.card, TickingClock())
    facts = _facts(hand.speaks_for)
    fresh = _handed_over(hall, centre, len(facts))  # what is held of an order holds what follows
    wrong = []
    for number, (kind, fact) in zip(fresh, facts.items(), strict=True):
        (code,) = forged(post, number, fact)
        expected = "" if kind.__name__ in hand.may else "H106"
        folded = hub.store.order(number).entries == 3
        if code != expected or folded is not (code == ""):
            wrong.append((kind.__name__, code, folded))

    assert wrong == []
    assert hub.store.order(dispatched).entries == 2
    assert hub.store.verify().sound


def _handed_over(hall: Post, centre: Post, count: int) -> list[Number]:
    """Orders of the hall, in the hands of the water station's unit."""
    numbers = [hall.accept() for _ in range(count)]
    hall.sync()
    centre.sync()
    for number in numbers:
        centre.dispatch(number)
    centre.sync()
    return numbers


def test_what_is_held_reaches_nobody_and_its_writer_is_told(
    dispatched: Number, hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    agency.sync()
    agency.finish(dispatched)

    report = agency.sync()
    for post in (hall, centre):
        post.sync()

    assert (report.fault, report.complete, len(report.held)) == ("", True, 1)
    assert [record.code for record in agency.store.held()] == ["H106"]
    assert hub.store.order(dispatched).stage is Stage.TO_SIGN
    for post in (hall, centre):
        assert post.store.order(dispatched).stage is Stage.TO_SIGN
        assert "work_order.finished" not in everything_of(post, hub)
    assert hub.store.verify().sound


def test_what_the_same_hand_wrote_after_it_waits_with_it_and_others_go_on(
    dispatched: Number, hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    codes = forged(agency, dispatched, f.Finished(outcome=Outcome.SOLVED), f.SignedFor(agency=WATER))
    hall.record(dispatched, f.NoteAdded(text="又来问过"))
    hall.sync()

    assert codes == ["H106", "H103"]
    assert hub.store.order(dispatched).entries == 3
    assert "又来问过" in everything_of(centre, hub)


def test_a_held_erasure_erases_nothing_at_the_hub(dispatched: Number, agency: Post, hall: Post, hub: Hub) -> None:
    acceptance = hub.store.view(dispatched).story[0].entry_id

    codes = forged(agency, dispatched, f.WordsErased(entry_id=acceptance, ground="x"))
    hall.record(dispatched, f.NoteAdded(text="之后"))
    hall.sync()

    assert codes == ["H106"]
    accepted = hub.store.order(dispatched).accepted
    assert accepted is not None
    assert accepted.title == "路灯不亮"
    assert hub.store.verify().erased == 0


def test_a_held_erasure_that_came_before_what_it_names_is_not_obeyed_later(agency: Post, hall: Post, hub: Hub) -> None:
    number = hall.accept()
    (entry,) = hall.store.unsent(hall.store.life(), after=0, limit=1)

    codes = forged(agency, number, f.WordsErased(entry_id=entry.entry_id, ground="x"))
    hall.sync()

    assert codes == ["H106"]
    assert hub.store.order(number).accepted is not None


def test_an_agency_may_erase_its_own_words(dispatched: Number, agency: Post, hub: Hub) -> None:
    agency.sync()
    agency.reply(dispatched)
    reply = agency.store.view(dispatched).story[-1].entry_id
    agency.record(dispatched, f.WordsErased(entry_id=reply, ground="写了别人的名字"))

    report = agency.sync()

    assert report.held == ()
    assert hub.store.verify().erased == 2


def test_a_newer_version_of_a_known_kind_is_judged_by_its_kind(dispatched: Number, agency: Post, hub: Hub) -> None:
    """Or whoever names a version this hub cannot read would write it for the stations that can."""
    agency.transport.hello()
    entry = an_entry_of(agency, dispatched, f.Finished(outcome=Outcome.SOLVED), version=99)
    receipt = agency.transport.push(batches.encode([entry], agency.pair))

    assert [each.code for each in receipt.held] == ["H106"]


def test_a_kind_nobody_here_knows_is_passed_on_by_those_it_concerns_only(
    dispatched: Number, agency: Post, centre: Post, enrolled: Enrol, hub: Hub
) -> None:
    class Praised(f.NoteAdded, frozen=True):
        kind = "work_order.praised"

    stranger = enrolled(a_card("21", StationRole.AGENCY, HOUSING), TickingClock())

    assert forged(agency, dispatched, Praised(text="谢谢")) == [""]
    assert forged(stranger, dispatched, Praised(text="看看")) == ["H106"]
    assert "work_order.praised" in everything_of(centre, hub)


def test_a_score_is_its_own_units_to_give(dispatched: Number, agency: Post) -> None:
    """The calling unit does not write what the called one thinks of it."""
    flattering = f.CallScored(call="1", caller=WATER, by=HOUSING, of=WATER, score=5)

    assert forged(agency, dispatched, flattering) == ["H106"]


def test_an_earlier_lifes_entries_are_judged_alike(dispatched: Number, agency: Post, hub: Hub) -> None:
    agency.sync()
    agency.sign_for(dispatched)
    agency.store.begin_life()
    agency.reply(dispatched)

    report = agency.sync()

    assert (report.fault, report.held) == ("", ())
    assert hub.store.order(dispatched).entries == 4


def test_a_station_is_judged_by_what_it_is_enrolled_as_now(dispatched: Number, agency: Post, hub: Hub, enrolled: Enrol) -> None:
    """Its unit was changed at the hub; what it wrote for the old one and had not sent is set apart, not believed and not lost."""
    agency.sync()
    agency.sign_for(dispatched)
    _becomes(hub, agency, a_card("20", StationRole.AGENCY, HOUSING))

    report = agency.sync()

    assert (report.fault, len(report.held)) == ("", 1)
    assert hub.store.order(dispatched).stage is Stage.TO_SIGN
    assert agency.store.order(dispatched).assignments[0].signed_at is not None, "here it still stands"


def test_a_centre_that_is_one_no_more_writes_nothing_central(dispatched: Number, centre: Post, hub: Hub) -> None:
    _becomes(hub, centre, a_card("90", StationRole.HALL, "37032300"))

    assert forged(centre, dispatched, f.Finished(outcome=Outcome.SOLVED)) == ["H106"]


def _becomes(hub: Hub, post: Post, card: StationCard) -> None:
    """The hub's operator made a code for another card, and the same key came in by it."""
    code = make_code(hub.storage, card, now_ms=hub.clock.now_ms())
    request = EnrolmentRequest(code, keys.ED25519, post.pair.public.raw, "test", hub.pair.key_id)
    enrol(hub.storage, request, now_ms=hub.clock.now_ms())


def test_desk_and_hub_ask_the_same_table(dispatched: Number) -> None:
    """What the desk is told it may write (`authority.may_write` alone) is never held at a hub to which the order has come."""
    for hand in HANDS[:6]:
        for kind, fact in _facts(hand.speaks_for).items():
            if authority.may_write(hand.card, dispatched, fact):
                assert kind.__name__ in hand.may


def test_the_code_has_a_sentence() -> None:
    words = sentence(HotlineError("H106"))

    assert "不归本站" in words
    assert "H106" not in words
