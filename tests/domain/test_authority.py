"""Who may do what: every fact has its writers, every act somebody whose duty it is, and separate duties stay apart."""

from __future__ import annotations

import pytest

from county_hotline.domain import facts as f
from county_hotline.domain.authority import DUTIES, WRITERS, Writer, may_write
from county_hotline.domain.facts import KINDS, Fact
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import ClashMatter, OfficerRole, StationRole
from county_hotline.ids import AgencyCode, EntryId, Number, StationId
from tests.domain.any_story import NUMBER

HERE, ELSEWHERE = AgencyCode("370323D01"), AgencyCode("370323D04")


def card(role: StationRole, station: str = "370323-21", unit: AgencyCode = HERE) -> StationCard:
    return StationCard(StationId(station), "370323", "示例县", unit, "某单位", role)


AGENCY, CENTRE = card(StationRole.AGENCY), card(StationRole.CENTRE, "370323-01", AgencyCode("370323C00"))
TAKER = card(StationRole.HALL, NUMBER[:9], AgencyCode("370323109"))
SIGNED, REPLIED = f.SignedFor(agency=HERE), f.Replied(agency=ELSEWHERE, internal="x")
VERDICT = f.Reviewed(agency=HERE, passed=True)
MORE, NOTE = f.MoreGiven(words="x"), f.NoteAdded(text="x")
MERGED, VOID = f.Merged(into=Number("x")), f.Reopened(reason="x")
SCORE = f.CallScored(call="1", caller=ELSEWHERE, by=HERE, of=ELSEWHERE, score=5)
FORGED = f.CallScored(call="1", caller=HERE, by=ELSEWHERE, of=HERE, score=5)
ACTS = (EntryId("1"), EntryId("2"))
SETTLED_WORDS = f.ClashSettled(acts=ACTS, matter=ClashMatter.WORDS)
SETTLED_STATE = f.ClashSettled(acts=ACTS, matter=ClashMatter.STATE)


@pytest.mark.parametrize(
    ("who", "fact", "may"),
    [
        (AGENCY, SIGNED, True),
        (AGENCY, REPLIED, False),
        (AGENCY, VERDICT, False),
        (AGENCY, MERGED, False),
        (AGENCY, MORE, True),
        (AGENCY, NOTE, True),
        (AGENCY, SCORE, True),
        (AGENCY, FORGED, False),
        (TAKER, MERGED, True),
        (TAKER, VERDICT, False),
        (TAKER, SIGNED, False),
        (CENTRE, VERDICT, True),
        (CENTRE, REPLIED, True),
        (CENTRE, MERGED, True),
        (AGENCY, SETTLED_WORDS, False),
        (TAKER, SETTLED_WORDS, True),
        (TAKER, SETTLED_STATE, False),
        (CENTRE, SETTLED_STATE, True),
    ],
)
def test_a_station_writes_what_is_its_own_to_write(who: StationCard, fact: Fact, may: bool) -> None:
    assert may_write(who, NUMBER, fact) is may


def test_another_station_of_the_unit_that_took_it_is_the_taker_too() -> None:
    second = card(StationRole.HALL, "370323-04", TAKER.unit)

    assert not may_write(second, NUMBER, MERGED)
    assert may_write(second, NUMBER, MERGED, taken_by=TAKER.unit)


def test_every_kind_of_fact_has_its_writers() -> None:
    assert set(WRITERS) == set(KINDS.values())
    assert {kind for kind, writer in WRITERS.items() if writer is Writer.GIVER} == {f.Accepted}


def test_what_is_decided_over_a_unit_is_the_centres() -> None:
    decided = {kind for kind in WRITERS if kind.__name__.endswith("Decided")}

    assert len(decided) == 6
    assert {WRITERS[kind] for kind in decided} == {Writer.CENTRE}


def test_who_handles_does_not_judge_and_who_administers_does_not_handle() -> None:
    """Separate duties, as 等保 level 2 asks for."""
    judging = {act for acts in DUTIES.values() for act in acts if act.startswith("decide_")} | {"review", "finish", "dispatch"}

    assert DUTIES[OfficerRole.HANDLER] & judging == set()
    assert DUTIES[OfficerRole.CLERK] & judging == set()
    assert DUTIES[OfficerRole.ADMIN] & (judging | {"accept", "reply", "unmask"}) == set()


def test_every_duty_of_an_order_is_somebodys_besides_the_leaders() -> None:
    """A county without a leader at his desk still works; seeing a caller in full goes by entitlement (looking_up)."""
    whole = frozenset().union(*DUTIES.values())
    others = frozenset().union(*(acts for role, acts in DUTIES.items() if role is not OfficerRole.LEADER))

    assert whole - others == {"unmask"}
