"""试算: what another pack would have done, order by order and in numbers that add up."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.domain import facts as f
from county_hotline.domain.civil_time import CHINA as CIVIL
from county_hotline.domain.civil_time import moment_ms
from county_hotline.domain.facts import Fact
from county_hotline.domain.happened import Happened
from county_hotline.domain.previewing import Preview, preview
from county_hotline.domain.reference import Campaign
from county_hotline.domain.rule_packs import RulePack, Span
from county_hotline.domain.vocabulary import MatterKind, Outcome, VoidReason
from county_hotline.ids import Number
from tests.domain.any_story import NUMBER, moments, stories
from tests.domain.test_calendars import CHINA
from tests.domain.test_rule_packs import PACKS
from tests.domain.test_segments import ACCEPTED, story

SHANDONG, GUANGDONG, FUJIAN = PACKS["shandong-2020"], PACKS["guangdong-2022"], PACKS["fujian-pending"]
NOW = moment_ms(datetime(2026, 12, 10, 9, tzinfo=CIVIL))
DAY = 24.0


def of(kind: MatterKind, *later: tuple[float, Fact], campaign: str = "") -> tuple[Number, tuple[Happened, ...]]:
    """Accepted on Monday 16 November at nine, then facts so many hours later."""
    first, *rest = story(*later)
    return NUMBER, (replace(first, fact=replace(ACCEPTED, matter_kind=kind, campaign=campaign)), *rest)


def done(days: float) -> tuple[float, Fact]:
    return days * DAY, f.Finished(Outcome.SOLVED)


ASKED = [
    of(MatterKind.INQUIRY, done(4)),  # Shandong 11-23, Guangdong 11-18: late under Guangdong only
    of(MatterKind.HELP, done(9)),  # Shandong 11-23, Guangdong 11-30: late under Shandong only
    of(MatterKind.COMPLAINT),  # Shandong 11-23, Guangdong 12-07: goes on, late under both
    of(MatterKind.PRAISE, done(1)),  # no date in Guangdong
    of(MatterKind.HELP, (1, f.Voided(VoidReason.TEST))),
    (NUMBER, ()),
]


def test_each_order_is_measured_against_both_packs() -> None:
    found = preview(ASKED, SHANDONG, GUANGDONG, CHINA, NOW)

    assert [(row.due_before, row.due_after, row.overdue_before, row.overdue_after) for row in found.rows] == [
        ("2026-11-23", "2026-11-18", False, True),
        ("2026-11-23", "2026-11-30", True, False),
        ("2026-11-23", "2026-12-07", True, True),
        ("2026-11-23", "", False, False),
    ]
    assert (found.overdue_before, found.overdue_after) == (2, 2)
    assert (found.earlier, found.later, found.same, found.no_date_before, found.no_date_after) == (1, 2, 0, 0, 1)
    assert (len(found.changed), found.left_out) == (4, 2)


def test_a_pack_without_limits_leaves_no_date_and_nothing_overdue() -> None:
    found = preview(ASKED, SHANDONG, FUJIAN, CHINA, NOW)

    assert (found.no_date_after, found.overdue_after) == (4, 0)


def test_a_campaigns_own_limit_is_looked_up() -> None:
    campaign = Campaign("c1", "清欠", "2026-11-01", limits={"all": Span(1)})
    over = Campaign("c1", "清欠", "2026-10-01", "2026-10-31", limits={"all": Span(1)})
    asked = [of(MatterKind.HELP, done(3), campaign="c1")]

    assert preview(asked, SHANDONG, SHANDONG, CHINA, NOW, campaigns=[campaign]).rows[0].due_before == "2026-11-17"
    assert preview(asked, SHANDONG, SHANDONG, CHINA, NOW, campaigns=[over]).rows[0].due_before == "2026-11-23"


packs = st.sampled_from([*PACKS.values(), replace(SHANDONG, limits={"all": Span(1)})])


@given(told=st.lists(stories(starts_accepted=True, max_size=5), max_size=4), before=packs, after=packs, now=moments)
def test_the_numbers_add_up_and_the_other_way_round_they_are_swapped(
    told: list[tuple[Happened, ...]], before: RulePack, after: RulePack, now: int
) -> None:
    asked = [(NUMBER, events) for events in told]
    one, other = preview(asked, before, after, CHINA, now), preview(asked, after, before, CHINA, now)

    assert len(one.rows) + one.left_out == len(asked)
    assert one.earlier + one.later + one.same + sum(not (r.due_at_before and r.due_at_after) for r in one.rows) == len(one.rows)
    assert _numbers(one) == _numbers(other)[::-1]


def _numbers(found: Preview) -> list[int]:
    return [found.overdue_before, found.earlier, found.no_date_before, found.no_date_after, found.later, found.overdue_after]
