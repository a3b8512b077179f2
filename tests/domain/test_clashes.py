"""Which two acts, unseen by each other, go before a person: the table, and what is true of every story."""

from __future__ import annotations

import pytest
from hypothesis import given

from county_hotline.domain import facts as f
from county_hotline.domain.clash_rules import HARMLESS, RULES
from county_hotline.domain.clashes import Grade, clashes_in, grade
from county_hotline.domain.facts import KINDS, Corrected, Dispatched, Fact, Finished, NoteAdded, Replied, SignedFor
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import (
    AssignmentRole,
    Card,
    ClashMatter,
    EmergencyLine,
    ExtensionReason,
    FollowUpResult,
    HandedOver,
    Outcome,
    Satisfaction,
    SendBackReason,
    SupervisionCause,
    SuspensionReason,
    Urgency,
    VoidReason,
)
from county_hotline.ids import AgencyCode, ClusterId, EntryId, Life, Number, OfficerId, StationId
from county_hotline.wording import has
from tests.domain.any_story import facts, stories

A, B = AgencyCode("370323D01"), AgencyCode("370323D04")
LEAD_A, LEAD_B = Dispatched(agency=A), Dispatched(agency=B)
HELPER_B = Dispatched(agency=B, role=AssignmentRole.HELPER)
RULE_B = Dispatched(agency=B, role=AssignmentRole.FALLBACK, fallback_rule=True)
SIGN_A, REPLY_A = SignedFor(agency=A), Replied(agency=A, internal="已办")
SOLVED, UNSOLVED = Finished(outcome=Outcome.SOLVED), Finished(outcome=Outcome.UNSOLVED)
TITLE_X, TITLE_Y = Corrected(reason="1", title="x"), Corrected(reason="2", title="y")
URGENT = Corrected(reason="3", urgency=Urgency.URGENT)
PERSON = Corrected(reason="4", person=True)
NOTE = NoteAdded(text="知道了")
CONTACT_A = f.ContactMade(agency=A, contacted_at=1, reached=True)
BACK_A = f.SendBackAsked(agency=A, reason=SendBackReason.WRONG_PLACE, basis="依据")
LONGER_A = f.ExtensionAsked(agency=A, until="2026-12-01", reason=ExtensionReason.WORKS, words="在修")
WAIT_A = f.SuspensionAsked(agency=A, reason=SuspensionReason.SEASON, words="冻土", resume_when="化冻", review_on="2027-03-01")
RESUMED_A = f.Resumed(agency=A, words="化冻了")
RECALL_A = f.Recalled(agency=A, reason="派错")
REDO_A, REDO_B = f.RedoOrdered(agency=A, opinion="重办"), f.RedoOrdered(agency=B, opinion="重办")
PASSED_A, FAILED_A = f.Reviewed(agency=A, passed=True), f.Reviewed(agency=A, passed=False, opinion="缺照片")
TOLD = f.PathTold(reason="03", words="诉讼中", path="请到法院")
TOLD_ELSE = f.PathTold(reason="05", words="信访", path="请到信访局")
ANSWER, ANSWER_ELSE = f.AnsweredAtOnce(answer="早九点"), f.AnsweredAtOnce(answer="晚九点")
MERGED, MERGED_ELSE = f.Merged(into=Number("x")), f.Merged(into=Number("y"))
VOID = f.Voided(reason=VoidReason.TEST, words="练习")
TAKEN = f.EmergencyTransferred(line=EmergencyLine.POLICE, handed_at=1, result=HandedOver.TAKEN)
NOT_THEIRS = f.EmergencyTransferred(line=EmergencyLine.POLICE, handed_at=1, result=HandedOver.NOT_THEIRS)
ASK_MORE, MORE = f.MoreAsked(wanted="门牌"), f.MoreGiven(words="三号")
K1, K2 = f.Clustered(ClusterId("K1"), "停水"), f.Clustered(ClusterId("K2"), "停水")
LINK, UNLINK = f.Linked(Number("x")), f.Unlinked(Number("x"))
JOINED = f.RepeatJoined(repeat=Number("z"))
REOPENED = f.Reopened(reason="又坏了")
PAIR = (EntryId("e-0"), EntryId("e-1"))
SETTLED = f.ClashSettled(acts=PAIR, matter=ClashMatter.STATE, stands=PAIR[0])
SETTLED_ELSE = f.ClashSettled(acts=PAIR, matter=ClashMatter.STATE, stands=PAIR[1])
REFERRED = f.ClashSettled(acts=PAIR, matter=ClashMatter.WORDS, to_centre=True)
ARCHIVED, ARCHIVED_ELSE = f.Archived(file_number="1"), f.Archived(file_number="2")
BAD, GOOD = f.Rated(satisfaction=Satisfaction.BAD), f.Rated(satisfaction=Satisfaction.GOOD)
CALLED = f.FollowedUp(result=FollowUpResult.NO_ANSWER, called_at=1)
CALLED_BAD = f.FollowedUp(result=FollowUpResult.RATED, called_at=1, satisfaction=Satisfaction.VERY_BAD)
PUBLISHED, PUBLISHED_ELSE = f.Published(title="x", text="x"), f.Published(title="x", text="y")
NOT_PUBLIC = Corrected(reason="5", public=False)
SECRET = Corrected(reason="6", confidential=True)
ERASED = f.WordsErased(entry_id=EntryId("e-0"), ground="本人申请")
URGE_A = f.Urged(agency=A)
CALL = f.UnitsCalled(
    call="1", caller=A, agencies=(B,), meet_at=9, meet_where="桥头", matter="堵", handler="甲", in_charge="乙", chief="丙"
)
COMES = f.CallAnswered(call="1", caller=A, agency=B, comes=True)
CANNOT = f.CallAnswered(call="1", caller=A, agency=B, comes=False, words="抢险")
ARRIVED = f.ArrivalSigned(call="1", caller=A, agency=B, arrived_at=9, name="丁")
FINDINGS = f.SiteFindings(call="1", caller=A, findings="清淤")
OTHER_CALL = f.SiteFindings(call="2", caller=A, findings="清淤")
SCORE_5, SCORE_1 = f.CallScored(call="1", caller=A, by=A, of=B, score=5), f.CallScored(call="1", caller=A, by=A, of=B, score=1)
CANCELLED = f.CallCancelled(call="1", caller=A, reason="已通")
WATCHED = f.SupervisionIssued(
    supervision="督2026-1", cause=SupervisionCause.OVERDUE, agencies=(A,), requirement="速办", reply_by=9
)
WATCH_REPLY = f.SupervisionReplied(supervision="督2026-1", agency=A, words="在办")
WATCH_CLOSED = f.SupervisionClosed(supervision="督2026-1", opinion="已办")
YELLOW = f.CardShown(agency=A, card=Card.YELLOW, cause="超期")
RED = f.CardShown(agency=A, card=Card.RED, cause="超期")


def verdict(kind: type[Fact], approved: bool, asked: str = "e-1", **more: object) -> Fact:
    return kind(agency=A, approved=approved, opinion="意见", asked=EntryId(asked), **more)


VERDICTS = (
    f.SendBackDecided,
    f.ExtensionDecided,
    f.SuspensionDecided,
    f.HardCaseDecided,
    f.UnreasonableDecided,
    f.AppealDecided,
)
LATER = verdict(f.ExtensionDecided, True, due_on="2026-12-11")
LATEST = verdict(f.ExtensionDecided, True, due_on="2026-12-18")
H, S = Grade.HARD, Grade.SOFT

TABLE: list[tuple[Fact, Fact, tuple[Grade, str] | None]] = [
    (LEAD_A, LEAD_B, (H, "two_leads")),
    (LEAD_A, RULE_B, (H, "two_leads")),
    (LEAD_A, LEAD_A, (S, "dispatched_twice")),
    (LEAD_A, HELPER_B, None),
    (HELPER_B, HELPER_B, None),
    (LEAD_B, REDO_A, (H, "two_leads")),
    (LEAD_A, REDO_A, None),
    (HELPER_B, REDO_A, None),
    *((LEAD_B, act, (S, "moved_meanwhile")) for act in (SIGN_A, CONTACT_A, REPLY_A, BACK_A, LONGER_A, WAIT_A, RESUMED_A)),
    *((RULE_B, act, (S, "moved_meanwhile")) for act in (SIGN_A, REPLY_A)),
    *((LEAD_A, act, None) for act in (SIGN_A, REPLY_A, BACK_A)),
    (HELPER_B, REPLY_A, None),
    (SIGN_A, REPLY_A, None),
    (RECALL_A, REPLY_A, (H, "recalled_while_replied")),
    (RECALL_A, LEAD_A, (H, "recalled_while_dispatched")),
    (RECALL_A, LEAD_B, None),
    (RECALL_A, SIGN_A, (S, "moved_meanwhile")),
    (RECALL_A, BACK_A, (S, "moved_meanwhile")),
    (RECALL_A, RECALL_A, None),
    (ASK_MORE, LEAD_A, (S, "asked_while_dispatched")),
    *((end, LEAD_A, (H, "ended_while_dispatched")) for end in (TOLD, ANSWER, MERGED, VOID, TAKEN)),
    *((end, HELPER_B, (H, "ended_while_dispatched")) for end in (TOLD, VOID)),
    (NOT_THEIRS, LEAD_A, None),
    (MERGED, MERGED_ELSE, (H, "two_merges")),
    (MERGED, MERGED, None),
    *((VOID, end, (H, "two_endings")) for end in (TOLD, ANSWER, MERGED, SOLVED, TAKEN, NOT_THEIRS)),
    *((TOLD, end, (H, "two_endings")) for end in (ANSWER, MERGED, SOLVED)),
    (TOLD, TAKEN, None),
    (TOLD, TOLD_ELSE, (S, "told_twice")),
    (TOLD, TOLD, None),
    (ANSWER, ANSWER_ELSE, (S, "answered_twice")),
    (JOINED, MERGED, (H, "joined_what_ended")),
    (JOINED, VOID, (H, "joined_what_ended")),
    *((JOINED, end, (S, "joined_meanwhile")) for end in (TOLD, ANSWER, SOLVED, ARCHIVED)),
    *((MORE, end, (S, "added_meanwhile")) for end in (TOLD, ANSWER, MERGED, VOID, SOLVED, REPLY_A)),
    (MORE, ASK_MORE, None),
    (MORE, LEAD_A, None),
    (TITLE_X, TITLE_Y, (H, "same_field_corrected")),
    (TITLE_X, TITLE_X, (S, "corrected_meanwhile")),
    (TITLE_X, URGENT, (S, "corrected_meanwhile")),
    (PERSON, PERSON, (H, "same_field_corrected")),
    (PERSON, TITLE_X, (S, "corrected_meanwhile")),
    (SOLVED, UNSOLVED, (H, "two_outcomes")),
    (SOLVED, SOLVED, None),
    (SOLVED, LEAD_A, (H, "finished_while_dispatched")),
    (SOLVED, REDO_A, (H, "redo_while_finished")),
    (ARCHIVED, REDO_A, (H, "redo_while_finished")),
    (SOLVED, REOPENED, (H, "reopened_while_finished")),
    (ARCHIVED, REOPENED, (H, "reopened_while_finished")),
    (REOPENED, REOPENED, (S, "reopened_twice")),
    (SOLVED, FAILED_A, (H, "given_back_while_finished")),
    (SOLVED, PASSED_A, None),
    *(
        (SOLVED, act, (S, "finished_meanwhile"))
        for act in (REPLY_A, SIGN_A, TITLE_X, BACK_A, LONGER_A, WAIT_A, RECALL_A, URGE_A)
    ),
    (SOLVED, NOTE, None),
    *((end, said, (S, "finished_while_dissatisfied")) for end in (SOLVED, ARCHIVED) for said in (BAD, CALLED_BAD)),
    (SOLVED, GOOD, None),
    (SOLVED, CALLED, None),
    (BAD, GOOD, None),
    (CALLED, CALLED_BAD, (S, "followed_up_twice")),
    (REDO_A, REDO_A, (S, "redo_twice")),
    (REDO_A, REDO_B, None),
    (ARCHIVED, ARCHIVED_ELSE, (S, "archived_twice")),
    (ARCHIVED, ARCHIVED, None),
    (PUBLISHED, NOT_PUBLIC, (H, "published_while_withdrawn")),
    (PUBLISHED, SECRET, (H, "published_while_withdrawn")),
    (PUBLISHED, ERASED, (H, "published_while_withdrawn")),
    (PUBLISHED, TITLE_X, None),
    (PUBLISHED, PUBLISHED_ELSE, (S, "published_twice")),
    *((verdict(kind, True), verdict(kind, False), (H, "two_verdicts")) for kind in VERDICTS),
    *((verdict(kind, True), verdict(kind, True), (S, "decided_twice")) for kind in VERDICTS),
    *((verdict(kind, True), verdict(kind, False, "e-2"), None) for kind in VERDICTS),
    (LATER, LATEST, (H, "two_verdicts")),
    *((verdict(kind, True), REPLY_A, (S, "replied_meanwhile")) for kind in VERDICTS[:3]),
    *((verdict(kind, False), REPLY_A, None) for kind in VERDICTS[:3]),
    (PASSED_A, FAILED_A, (H, "two_reviews")),
    (PASSED_A, PASSED_A, None),
    (PASSED_A, REPLY_A, (S, "replied_meanwhile")),
    (REDO_A, REPLY_A, (S, "replied_meanwhile")),
    (URGE_A, REPLY_A, (S, "urged_meanwhile")),
    (URGE_A, URGE_A, None),
    *((asked, asked, (S, "asked_twice")) for asked in (BACK_A, LONGER_A, WAIT_A)),
    (BACK_A, LONGER_A, None),
    (CALL, CALL, (H, "two_calls")),
    (FINDINGS, FINDINGS, (H, "two_findings")),
    (FINDINGS, OTHER_CALL, None),
    (CANCELLED, FINDINGS, (H, "cancelled_while_found")),
    (CANCELLED, OTHER_CALL, None),
    (CANCELLED, COMES, (S, "cancelled_meanwhile")),
    (CANCELLED, ARRIVED, (S, "cancelled_meanwhile")),
    (ARRIVED, ARRIVED, None),
    (SCORE_5, SCORE_1, (H, "two_scores")),
    (SCORE_5, SCORE_5, None),
    (COMES, CANNOT, (S, "call_answered_twice")),
    (COMES, COMES, None),
    (WATCHED, WATCHED, (H, "two_supervisions")),
    (WATCH_CLOSED, WATCH_REPLY, (S, "closed_meanwhile")),
    (WATCH_CLOSED, WATCH_CLOSED, (S, "closed_twice")),
    (YELLOW, YELLOW, (S, "card_twice")),
    (YELLOW, RED, None),
    (SETTLED, SETTLED_ELSE, (H, "settled_differently")),
    (SETTLED, SETTLED, (S, "settled_twice")),
    (SETTLED, REFERRED, None),
    (SETTLED, LEAD_A, None),
    (K1, K2, (H, "two_clusters")),
    (K1, K1, None),
    (K1, f.Unclustered(ClusterId("K1")), None),
    (LINK, LINK, None),
    (LINK, UNLINK, None),
    (LINK, LEAD_A, None),
    (NOTE, NOTE, None),
    (NOTE, TITLE_X, None),
]


def wrote(fact: Fact, place: int, by: str, *, seen: int | None = None, life: str = "A") -> Happened:
    """`by` wrote `fact` at `place` of the agreed order, having seen up to `seen`."""
    return Happened(
        entry_id=EntryId(f"e-{place}"),
        fact=fact,
        station=StationId(by),
        life=Life(life),
        serial=1,
        officer=OfficerId("0101 派单员甲"),
        recorded_at=0,
        basis=None if seen is None else EntryId(f"e-{seen}"),
    )


@pytest.mark.parametrize(("one", "other", "expected"), TABLE)
@pytest.mark.parametrize("turned", [False, True])
def test_how_two_acts_stand_together_does_not_depend_on_which_came_first(
    one: Fact, other: Fact, expected: tuple[Grade, str] | None, turned: bool
) -> None:
    first, second = (other, one) if turned else (one, other)

    found = clashes_in([wrote(first, 0, "370323-01"), wrote(second, 1, "370323-03")])

    assert [(clash.grade, clash.code) for clash in found] == ([expected] if expected else [])


@pytest.mark.parametrize("code", sorted({row[2][1] for row in TABLE if row[2]}))
def test_every_clash_has_its_sentence(code: str) -> None:
    assert has(f"clash.{code}")


def test_every_kind_of_fact_stands_in_the_table_or_is_named_as_harmless() -> None:
    ruled = {kind for rule in RULES for kind in (*rule.ones, *rule.others)} | {Corrected}

    assert {kind.kind for kind in ruled} | {kind.kind for kind in HARMLESS} == set(KINDS)
    assert not ruled & set(HARMLESS)


def test_every_line_of_the_rules_has_its_row_here() -> None:
    told = {row[2] for row in TABLE if row[2]}

    assert {(rule.grade, rule.code) for rule in RULES} <= told


@given(one=facts, other=facts)
def test_no_pair_is_graded_otherwise_when_it_is_turned_round(one: Fact, other: Fact) -> None:
    found = [clashes_in([wrote(a, 0, "370323-01"), wrote(b, 1, "370323-03")]) for a, b in ((one, other), (other, one))]

    assert [c.code for c in found[0]] == [c.code for c in found[1]]


def test_what_was_seen_is_no_clash() -> None:
    assert clashes_in([wrote(LEAD_A, 0, "370323-01"), wrote(LEAD_B, 1, "370323-03", seen=0)]) == ()


def test_ones_own_earlier_act_is_seen_by_nature() -> None:
    assert clashes_in([wrote(LEAD_A, 0, "370323-01"), wrote(LEAD_B, 1, "370323-01")]) == ()


def test_another_life_of_the_same_station_is_another_hand() -> None:
    """A restored copy did not see what the lost one wrote."""
    assert len(clashes_in([wrote(LEAD_A, 0, "370323-01"), wrote(LEAD_B, 1, "370323-01", life="B")])) == 1


def test_a_basis_that_is_not_here_counts_as_having_seen_nothing() -> None:
    assert len(clashes_in([wrote(LEAD_A, 0, "370323-01"), wrote(LEAD_B, 1, "370323-03", seen=99)])) == 1


def test_the_fields_both_corrected_are_named() -> None:
    mine = Corrected(reason="1", title="x", content="c", person=True)
    theirs = Corrected(reason="2", title="y", content="c", person=True)

    assert grade(mine, theirs) == (Grade.HARD, "same_field_corrected", ("title", "person"))


@given(story=stories())
def test_every_clash_is_between_two_hands_the_later_of_which_had_not_seen_the_earlier(story: tuple[Happened, ...]) -> None:
    place_of = {event.entry_id: place for place, event in enumerate(story)}

    for clash in clashes_in(story):
        first, second = story[place_of[clash.first]], story[place_of[clash.second]]
        assert place_of[clash.first] < place_of[clash.second]
        assert first.author != second.author
        assert second.basis is None or place_of.get(EntryId(second.basis), -1) < place_of[clash.first]
