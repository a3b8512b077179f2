"""Which two acts, unseen by each other, go before a person: the table, and what is true of every story."""

from __future__ import annotations

import pytest
from hypothesis import given

from county_hotline.domain.clashes import Grade, clashes_in, grade
from county_hotline.domain.facts import KINDS, Corrected, Dispatched, Fact, Finished, NoteAdded, Replied, SignedFor
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import AssignmentRole, Outcome, Urgency
from county_hotline.ids import AgencyCode, EntryId, Life, OfficerId, StationId
from county_hotline.wording import has
from tests.domain.any_story import stories

A, B = AgencyCode("370323D01"), AgencyCode("370323D04")
LEAD_A, LEAD_B = Dispatched(agency=A), Dispatched(agency=B)
HELPER_B = Dispatched(agency=B, role=AssignmentRole.HELPER)
SIGN_A, REPLY_A = SignedFor(agency=A), Replied(agency=A, internal="已办")
SOLVED, UNSOLVED = Finished(outcome=Outcome.SOLVED), Finished(outcome=Outcome.UNSOLVED)
TITLE_X, TITLE_Y = Corrected(reason="1", title="x"), Corrected(reason="2", title="y")
URGENT = Corrected(reason="3", urgency=Urgency.URGENT)
PERSON = Corrected(reason="4", person=True)
NOTE = NoteAdded(text="知道了")

TABLE = [
    (LEAD_A, LEAD_B, (Grade.HARD, "two_leads")),
    (LEAD_A, LEAD_A, (Grade.SOFT, "dispatched_twice")),
    (LEAD_A, HELPER_B, None),
    (HELPER_B, HELPER_B, None),
    (TITLE_X, TITLE_Y, (Grade.HARD, "same_field_corrected")),
    (TITLE_X, TITLE_X, (Grade.SOFT, "corrected_meanwhile")),
    (TITLE_X, URGENT, (Grade.SOFT, "corrected_meanwhile")),
    (PERSON, PERSON, (Grade.HARD, "same_field_corrected")),
    (PERSON, TITLE_X, (Grade.SOFT, "corrected_meanwhile")),
    (SOLVED, UNSOLVED, (Grade.HARD, "two_outcomes")),
    (SOLVED, SOLVED, None),
    (SOLVED, LEAD_A, (Grade.HARD, "finished_while_dispatched")),
    (SOLVED, REPLY_A, (Grade.SOFT, "finished_meanwhile")),
    (SOLVED, SIGN_A, (Grade.SOFT, "finished_meanwhile")),
    (SOLVED, TITLE_X, (Grade.SOFT, "finished_meanwhile")),
    (SOLVED, NOTE, None),
    (LEAD_B, SIGN_A, (Grade.SOFT, "moved_meanwhile")),
    (LEAD_B, REPLY_A, (Grade.SOFT, "moved_meanwhile")),
    (LEAD_A, REPLY_A, None),
    (HELPER_B, REPLY_A, None),
    (SIGN_A, REPLY_A, None),
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


def test_every_kind_of_fact_stands_in_the_table_or_changes_nothing_that_could_clash() -> None:
    silent = {"work_order.accepted", "work_order.attachment_added", "work_order.words_erased"}

    assert {fact.kind for row in TABLE for fact in row[:2]} | silent == set(KINDS)


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
        assert second.basis is None or place_of.get(second.basis, -1) < place_of[clash.first]
