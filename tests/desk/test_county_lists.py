"""县里的清单 and 规则包: what is half right is refused and changes nothing; what is in force for orders never changes behind their backs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from county_hotline.desk import Desk, county_lists, intake, packs
from county_hotline.desk.founding import NewStation
from county_hotline.domain.reference import Campaign, Grid, LeaderEvent, ToldPath
from county_hotline.domain.rule_packs import Span
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import AgencyCode
from tests.support.desks import PLACE, Counter, a_form
from tests.support.ticking_clock import TickingClock

HOUSING = AgencyCode("370323D04")
EVENT = LeaderEvent("2026-11", "第11期", "副县长", HOUSING, "2026-11-26", "09:00", "11:00", "供热、物业")
CAMPAIGN = Campaign("qx", "欠薪专项", "2026-11-01", "2027-02-28", {"complaint": Span(3)})
GRID = Grid("W99", "第九十九网格", PLACE, "网格员")
PATH = ToldPath("98", "示例", "不属本平台受理。", "县人民法院", "示例依据")

Save = Callable[[Desk, msgspec.Struct], msgspec.Struct]
KINDS: dict[str, tuple[msgspec.Struct, str]] = {
    "event": (EVENT, "events"),
    "campaign": (CAMPAIGN, "campaigns"),
    "grid": (GRID, "grids"),
    "told_path": (PATH, "told_paths"),
}


@pytest.fixture
def centre(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "centre", clock, NewStation(role=StationRole.CENTRE))
    counter.sits(OfficerRole.ADMIN, OfficerRole.CLERK)
    yield counter
    counter.store.close()


def of(kind: str, act: str) -> Callable[..., object]:
    found: Callable[..., object] = getattr(county_lists, f"{act}_{kind}")
    return found


def listed(centre: Counter, kind: str) -> tuple[object, ...]:
    found: tuple[object, ...] = getattr(county_lists, KINDS[kind][1])(centre.desk)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_is_saved_replaced_and_dropped(centre: Counter, kind: str) -> None:
    item, _ = KINDS[kind]
    before = listed(centre, kind)

    of(kind, "save")(centre.desk, item)
    of(kind, "save")(centre.desk, item)
    assert len(listed(centre, kind)) == len(before) + 1
    assert item in listed(centre, kind)

    of(kind, "drop")(centre.desk, item.code)  # type: ignore[attr-defined]
    assert listed(centre, kind) == before
    with pytest.raises(Refusal, match="R425"):
        of(kind, "drop")(centre.desk, item.code)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_centre_and_only_whose_duty_it_is(centre: Counter, tmp_path: Path, clock: TickingClock, kind: str) -> None:
    hall = Counter(tmp_path / "hall", clock, NewStation())

    with pytest.raises(Refusal, match="R400"):
        of(kind, "save")(hall.sits(OfficerRole.ADMIN), KINDS[kind][0])
    with pytest.raises(Refusal, match="R204"):
        of(kind, "save")(centre.sits(OfficerRole.CLERK), KINDS[kind][0])
    hall.store.close()


@pytest.mark.parametrize(
    ("kind", "wrong", "code"),
    [
        ("event", {"code": "第11期"}, "R428"),
        ("event", {"leader": " "}, "R420"),
        ("event", {"scope": ""}, "R420"),
        ("event", {"unit": "X"}, "R421"),
        ("event", {"on": "2026-11-31"}, "R426"),
        ("event", {"on": ""}, "R426"),
        ("event", {"from_time": "9点"}, "R427"),
        ("event", {"until_time": "08:00"}, "R427"),
        ("campaign", {"name": ""}, "R420"),
        ("campaign", {"since": "今天"}, "R426"),
        ("campaign", {"until": "2026-10-01"}, "R426"),
        ("campaign", {"limits": {"nothing": Span(3)}}, "R429"),
        ("campaign", {"limits": {"all": Span(0)}}, "R429"),
        ("grid", {"place": ""}, "R420"),
        ("grid", {"place": "999"}, "R421"),
        ("told_path", {"code": "1"}, "R428"),
        ("told_path", {"path": " "}, "R420"),
        ("told_path", {"instead": "refuse"}, "R430"),
    ],
)
def test_what_is_half_right_is_refused_and_changes_nothing(
    centre: Counter, kind: str, wrong: dict[str, object], code: str
) -> None:
    before = centre.store.reference.bundle()

    with pytest.raises(Refusal, match=code):
        of(kind, "save")(centre.desk, replace(KINDS[kind][0], **wrong))

    assert centre.store.reference.bundle() == before


# ---------------------------------------------------------------- 规则包

OTHER = """
name = "other"
version = 1
title = "试行"
region = "370323"
valid_from = "2026-11"
source = "示例"
[limits]
all = { amount = 1 }
"""


def test_another_pack_holds_for_new_orders_and_the_old_one_for_the_old(centre: Counter) -> None:
    before = packs.in_force(centre.desk)
    first = intake.accept(centre.desk, a_form())

    taken = packs.take(centre.desk, OTHER)
    second = intake.accept(centre.desk, a_form())

    assert before is not None
    assert first.accepted is not None
    assert second.accepted is not None
    assert packs.in_force(centre.desk) == taken
    assert (first.accepted.rule_pack, second.accepted.rule_pack) == (before.reference, "other@1")
    assert second.due_on < first.due_on
    assert {pack.reference for pack in packs.known(centre.desk)} >= {before.reference, "other@1"}


def test_a_preview_tells_what_would_have_changed_and_writes_nothing(centre: Counter) -> None:
    intake.accept(centre.desk, a_form())
    version = centre.store.reference.version()

    found = packs.preview(centre.desk, OTHER)

    assert (len(found.rows), found.earlier) == (1, 1)
    assert centre.store.reference.version() == version
    centre.clock.advance(days=packs.LOOKED_BACK_DAYS + 1)
    assert packs.preview(centre.desk, OTHER).rows == ()


def test_other_words_under_a_known_version_are_refused(centre: Counter) -> None:
    packs.take(centre.desk, OTHER)

    with pytest.raises(Refusal, match="R431"):
        packs.take(centre.desk, OTHER.replace("amount = 1", "amount = 9"))
    packs.take(centre.desk, OTHER.replace("version = 1", "version = 2").replace("amount = 1", "amount = 9"))

    assert packs.in_force(centre.desk) is not None
    assert packs.known(centre.desk)[0].reference == "other@2"


def test_a_pack_that_cannot_be_read_says_where_and_is_not_taken(centre: Counter) -> None:
    with pytest.raises(BadInput, match="I105"):
        packs.check(OTHER.replace("amount = 1", "amount = 0"))
    with pytest.raises(BadInput, match="I105"):
        packs.take(centre.desk, "name = ")

    assert packs.in_force(centre.desk) != packs.check(OTHER)


def test_without_a_pack_in_force_nothing_can_be_measured(centre: Counter) -> None:
    centre.store.reference.change(rule_pack="")

    with pytest.raises(Refusal, match="R432"):
        packs.preview(centre.desk, OTHER)
