"""总览 and 交接班 over a real desk: every figure opens its orders, shifts are handed over and taken over once, and no caller stands anywhere."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from county_hotline.desk import acts, handing_over, intake, looking_up, overview
from county_hotline.desk.desk import Desk
from county_hotline.desk.overview import Overview, Scope
from county_hotline.domain import rates
from county_hotline.domain.shifts import LONGEST_NOTES
from county_hotline.domain.tallies import Counted
from county_hotline.domain.views import LineState, RegisterQuery
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import Refusal
from county_hotline.forms import raster, shift_sheet
from county_hotline.forms.chart_parts import Bar, Point
from county_hotline.forms.overview_sheet import draw_overview
from county_hotline.forms.shift_sheet import draw_shift
from county_hotline.ui.screens.overview.paper import content_of
from county_hotline.ui.screens.overview.telling import overview_told
from county_hotline.ui.screens.overview.work import Asked, DeskOverview, OverviewFacts
from tests.support.desks import ROADS, a_form
from tests.support.marks import bytes_of, found_in
from tests.support.play import Play

NAME, PHONE, ADDRESS, MATTER = "𠮷䶮㛃", "17740915382", "㸚𬭎村庵前四十七号", "举报某站长收礼七千元"
MARKS = (NAME, PHONE, ADDRESS, MATTER)


def facts_of(desk: Desk, span: str = "today", **asked: str) -> OverviewFacts:
    return DeskOverview(desk).look(Asked(span, **asked))


def a_busy_day(play: Play) -> None:
    """The order of the play comes to its end; others are answered, secret, left open."""
    play.passed()
    for place, category in (("370323109", "010101"), ("370323109", "02"), ("370323104201", "")):
        intake.accept(play.hall.desk, a_form(place=place, category=category, phone="13900139000"))
    answered = intake.accept(play.hall.desk, a_form(title="几点上班", phone="13900139001")).number
    acts.perform(play.hall.desk, answered, "answer", {"answer": "八点半。"})
    play.counters.sync()


def secret(play: Play) -> str:
    """A confidential caller, dispatched, late, waiting; and a draft of another."""
    hall = play.hall.desk
    form = a_form(name=NAME, phone=PHONE, address=ADDRESS, title=MATTER, confidential=True)
    number = intake.accept(hall, form).number
    intake.save_draft(hall, "draft-1", form)
    intake.save_draft(hall, "draft-2", a_form(name="示例来电人", phone="13800138000"))
    play.counters.sync()
    acts.perform(
        play.centre.desk,
        number,
        "dispatch",
        {**acts.opened(play.centre.desk, play.centre.store.order(number), "dispatch").values, "agency": ROADS},
    )
    play.counters.sync()
    return number


def test_every_figure_on_the_page_opens_as_many_orders_as_it_says(play: Play) -> None:
    a_busy_day(play)
    desk, shown = play.centre.desk, 0

    for asked in (Asked("today"), Asked("month"), Asked("today", place="370323109"), Asked("today", agency=ROADS)):
        work = DeskOverview(desk)
        facts = work.look(asked)
        told = overview_told(facts)
        figures = {tile.key: tile.figure for tile in told.tiles}
        for chart in (told.places, told.categories, told.stages, told.week):
            rows = [row for row in chart.rows if not isinstance(row, Point)]
            figures |= {row.key: row.figure if isinstance(row, Bar) else str(row.value) for row in rows}
        figures |= {f"rate:{each.name}": str(facts.overview.flow.looked_at[each.name]) for each in rates.FORMULAS}
        for key, figure in figures.items():
            page = looking_up.register(desk, RegisterQuery(figure=work.slice_of(facts, key)))
            assert f"{page.total:,}" == figure, (asked, key)
            assert key in told.figures, key
            shown += page.total

    assert shown > 30


def test_a_span_of_ones_own_is_two_days_the_right_way_round_and_a_year_at_most() -> None:
    assert overview.own_span(" 2026-11-01", "2026-11-21 ") == ("2026-11-01", "2026-11-21")
    assert overview.own_span("2025-11-22", "2026-11-21") == ("2025-11-22", "2026-11-21")
    for first, last, code in (
        ("2026-11-02", "2026-11-01", "R620"),
        ("昨天", "2026-11-01", "R620"),
        ("2025-11-20", "2026-11-21", "R621"),
    ):
        with pytest.raises(Refusal) as refused:
            overview.own_span(first, last)
        assert refused.value.code == code


def test_spans_begin_with_the_day_the_week_and_the_month(play: Play) -> None:
    assert overview.spans(play.hall.desk) == {
        "today": ("2026-11-21", "2026-11-21"),
        "week": ("2026-11-16", "2026-11-21"),
        "month": ("2026-11-01", "2026-11-21"),
    }


def test_what_the_line_did_is_counted_since_midnight(play: Play) -> None:
    from county_hotline.domain.views import RoundReport

    hall, now = play.hall, play.hall.clock.now
    for at, sent in ((now - 86_400_000, 5), (now - 1000, 3)):
        hall.store.add_round(RoundReport(started_at=at, ended_at=at, sent=sent, received=1, requests=1, complete=True))

    did = overview.line_did(hall.desk)

    assert (did.rounds_today, did.sent_today, did.received_today, len(did.rounds)) == (1, 3, 1, 2)
    assert did.synced_at == now - 1000
    assert did.proven_at == 0  # a whole round is no proof
    assert did.line.state is LineState.UNENROLLED


def test_nothing_of_a_confidential_caller_stands_in_figures_sheets_or_pictures(play: Play, tmp_path: Path) -> None:
    number = secret(play)
    play.hall.clock.advance(days=30)
    seen = 0

    for desk in (play.hall.desk, play.centre.desk, play.agency.desk):
        facts = facts_of(desk, "month")
        content = content_of(facts, "示例热线")
        draw_overview(content, tmp_path / "overview.pdf")
        made = handing_over.hand_over(desk, "看一看。")
        draw_shift(made, tmp_path / "shift.pdf", printed_at=desk.clock.now_ms())
        told = repr(overview_told(facts)).encode()
        raw = [msgspec.json.encode(facts.overview), msgspec.json.encode(made), told, repr(content).encode()]
        raw += [bytes_of(tmp_path / "overview.pdf"), bytes_of(tmp_path / "shift.pdf")]
        assert not [mark for each in raw for mark in found_in(each, MARKS)]
        seen += any(line.number == number and line.confidential for line in (*made.sheet.overdue, *made.sheet.near))

    assert seen  # else nothing was looked at
    sheet = handing_over.kept(play.hall.desk)[0].sheet
    assert sorted((each.caller, each.confidential) for each in sheet.drafts) == [("", True), ("示** 138****8000", False)]


def test_a_shift_is_handed_over_with_what_waits_and_taken_over_once(play: Play) -> None:
    a_busy_day(play)
    hall = play.hall
    hall.sits(OfficerRole.CLERK)
    giver = hall.desk.signed_in().officer
    made = handing_over.hand_over(hall.desk, "下午有人再送照片。\n墨粉将尽。")

    assert made.sheet.done["work_order.accepted"] == 5
    assert made.sheet.notes == "下午有人再送照片。\n墨粉将尽。"
    assert handing_over.to_take_over(hall.desk) is None  # one's own
    with pytest.raises(Refusal) as own:
        handing_over.take_over(hall.desk, made.shift)
    hall.sits(OfficerRole.LEADER)
    waiting = handing_over.to_take_over(hall.desk)
    taken = handing_over.take_over(hall.desk, made.shift)
    with pytest.raises(Refusal) as again:
        handing_over.take_over(hall.desk, made.shift)

    assert own.value.code == "R623"
    assert again.value.code == "R624"
    assert waiting == made
    assert taken.taken_at == hall.clock.now
    assert handing_over.to_take_over(hall.desk) is None
    assert handing_over.kept(hall.desk) == (taken,)
    assert (taken.sheet.giver, taken.taker) == (giver, hall.desk.signed_in().officer)


def test_the_next_shift_begins_where_the_one_before_ended(play: Play) -> None:
    hall = play.hall
    hall.sits(OfficerRole.CLERK)
    hall.clock.advance(seconds=1)
    first = handing_over.hand_over(hall.desk)
    hall.clock.advance(hours=2)
    intake.accept(hall.desk, a_form())

    sheet = handing_over.gather(hall.desk)
    hall.clock.advance(days=1)
    tomorrow = handing_over.gather(hall.desk)

    assert sheet.since == first.sheet.made_at
    assert sheet.done["work_order.accepted"] == 1
    assert tomorrow.since > sheet.made_at
    assert tomorrow.done == {}


def test_notes_stay_while_they_are_written_and_go_with_the_hand_over(play: Play) -> None:
    desk = play.hall.desk
    handing_over.keep_notes(desk, "写到一半")
    other = play.hall.sits(OfficerRole.CLERK)
    assert handing_over.notes(other) == ""
    desk = play.hall.sits(OfficerRole.LEADER, OfficerRole.CLERK)
    assert handing_over.notes(desk) == "写到一半"

    with pytest.raises(Refusal) as refused:
        handing_over.hand_over(desk, "长" * (LONGEST_NOTES + 1))
    kept = handing_over.notes(desk)
    handing_over.hand_over(desk, kept)

    assert refused.value.code == "R622"
    assert handing_over.notes(desk) == ""
    assert handing_over.kept(desk)[0].sheet.notes == "写到一半"


def test_a_hand_over_and_its_print_are_audited_and_one_that_is_not_here_is_refused(play: Play, tmp_path: Path) -> None:
    from county_hotline.db.beside import memos

    desk = play.hall.desk
    made = handing_over.hand_over(desk)
    draw_shift(made, tmp_path / "shift.pdf", printed_at=desk.clock.now_ms())
    handing_over.printed(desk, made)
    lines = memos.audit_lines(desk.store.database.connection(), 2)

    assert [(line[2], line[3]) for line in lines] == [("print", "1"), ("hand_over", "1")]
    assert handing_over.paper_path(desk, made).name == "shift-000001.pdf"
    assert handing_over.one(desk, 1) == made
    assert raster.picture(shift_sheet.preview(made, printed_at=0), width=300).width == 300
    for call in (handing_over.one, handing_over.take_over):
        with pytest.raises(Refusal) as refused:
            call(desk, 9)
        assert refused.value.code == "R624"


def test_an_empty_station_has_figures_of_nothing(play: Play) -> None:
    play.hall.clock.advance(days=200)
    found: Overview = overview.overview(play.hall.desk, Scope("2027-06-09", "2027-06-09"))

    assert (found.flow.accepted, found.places, found.units) == (0, (), ())
    assert all(ratio.denominator == 0 for ratio in found.flow.ratios.values())
    assert overview.figure(found, Counted.OVERDUE).until == found.now
