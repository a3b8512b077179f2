"""登记: what is taken in, cleaned, warned of, hinted at, and kept while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import intake
from county_hotline.desk.founding import NewStation
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.views import Draft
from county_hotline.domain.vocabulary import MatterKind, OfficerRole, Stage, Urgency
from county_hotline.errors import Refusal
from county_hotline.signals import Changes
from tests.support.desks import Counter, a_form
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    counter = Counter(tmp_path / "hall", clock, NewStation())
    counter.sits(OfficerRole.CLERK)
    yield counter
    counter.store.close()


def test_a_request_is_numbered_written_and_told(hall: Counter) -> None:
    order = intake.accept(hall.desk, a_form())

    assert order.number.startswith("370323-03A-261121-0001")
    assert order.stage is Stage.TO_DISPATCH
    assert order.officer == hall.desk.signed_in().officer
    assert order.accepted is not None
    assert order.accepted.came_at == hall.clock.now
    assert order.accepted.unit == hall.card.unit
    assert hall.told == [Changes(work_orders=frozenset({order.number}), counts=True)]
    assert hall.store.verify().sound


def test_what_is_missing_is_named_in_the_order_of_the_page() -> None:
    assert intake.missing(IntakeForm()) == ("phone", "place", "title", "content")
    assert intake.missing(IntakeForm(anonymous=True, place="1", title=" ", content="x")) == ("title",)
    assert intake.missing(a_form()) == ()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " \u200b"}, "R101"),
        ({"content": "\u3000"}, "R102"),
        ({"name": "", "phone": ""}, "R103"),
        ({"place": ""}, "R104"),
        ({"people": 0}, "R105"),
        ({"title": "长" * 61}, "R106"),
        ({"content": "长" * 20_001}, "R106"),
        ({"address": "长" * 201}, "R106"),
    ],
)
def test_what_the_rules_forbid_is_refused_and_uses_no_number(hall: Counter, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        intake.accept(hall.desk, a_form(**wrong))

    assert hall.told == []
    assert intake.accept(hall.desk, a_form()).number[-5:-1] == "0001"


def test_pasted_text_is_cleaned_and_its_original_kept(hall: Counter) -> None:
    pasted = "路\u200b灯\t不亮\u00a0了\x08"

    order = intake.accept(hall.desk, a_form(title=pasted, name="示例\u200b人", content="第一行\r\n第二行"))

    assert order.accepted is not None
    assert order.person is not None
    assert order.accepted.title == "路灯 不亮 了"
    assert order.accepted.original["title"] == pasted
    assert order.accepted.content == "第一行\n第二行"
    assert order.person.name == "示例人"
    assert order.person.original == {"name": "示例\u200b人"}
    assert "phone" not in order.person.original


def test_half_a_character_is_taken_all_the_same(hall: Counter) -> None:
    order = intake.accept(hall.desk, a_form(title="路灯\ud842不亮"))

    assert order.accepted is not None
    assert order.accepted.title == "路灯不亮"
    assert hall.store.verify().sound


def test_doubts_warn_and_never_block(hall: Counter) -> None:
    form = a_form(phone="1380013800", id_number="370323199013011234")

    doubted = {caution.field for caution in intake.cautions(hall.desk, form)}
    order = intake.accept(hall.desk, form)

    assert {"phone", "id_number"} <= doubted
    assert order.person is not None
    assert order.person.phone == "1380013800"


def test_a_tip_off_is_confidential_without_being_told_so(hall: Counter) -> None:
    order = intake.accept(hall.desk, a_form(matter_kind=MatterKind.TIP_OFF))

    assert order.is_confidential
    assert intake.caller_history(hall.desk, "13800138000") == ()


def test_an_anonymous_caller_needs_no_name(hall: Counter) -> None:
    assert intake.accept(hall.desk, a_form(anonymous=True, name="", phone="")).accepted is not None


def test_the_hint_is_the_categorys_unit_else_the_places(hall: Counter) -> None:
    by_category = intake.accept(hall.desk, a_form(category="0101"))
    by_place = intake.accept(hall.desk, a_form(category=""))
    by_hand = intake.accept(hall.desk, a_form(category="0101", agency_hint="370323C00"))

    hints = [order.accepted.agency_hint for order in (by_category, by_place, by_hand) if order.accepted]
    assert hints == ["370323D01", hall.store.reference.place("370323109").agency, "370323C00"]


def test_the_estimate_is_what_the_slip_will_say(hall: Counter) -> None:
    estimated = intake.estimate(hall.desk, a_form())
    order = intake.accept(hall.desk, a_form())

    assert estimated is not None
    assert order.due_on == estimated.on.isoformat()
    assert order.accepted is not None
    assert order.accepted.rule_pack.startswith("shandong-2020@")


def test_urgent_matters_are_due_no_later(hall: Counter) -> None:
    usual = intake.estimate(hall.desk, a_form())
    urgent = intake.estimate(hall.desk, a_form(urgency=Urgency.URGENT))

    assert usual is not None
    assert urgent is None or urgent.on <= usual.on


def test_without_reference_data_no_date_is_promised(tmp_path: Path, clock: TickingClock) -> None:
    hall = Counter(tmp_path / "bare", clock, NewStation())
    hall.store.database.execute_sql("DELETE FROM reference")

    order = intake.accept(hall.sits(OfficerRole.CLERK), a_form())

    assert intake.estimate(hall.desk, a_form()) is None
    assert order.due_on == ""
    hall.store.close()


def test_only_who_has_the_duty_accepts(hall: Counter) -> None:
    hall.desk.officer = None
    with pytest.raises(Refusal, match="R203"):
        intake.accept(hall.desk, a_form())

    with pytest.raises(Refusal, match="R204"):
        intake.accept(hall.sits(OfficerRole.ADMIN), a_form())


def test_the_callers_history_is_known_by_the_number_however_it_is_written(hall: Counter) -> None:
    order = intake.accept(hall.desk, a_form(phone="0533-3240 000"))

    assert [row.number for row in intake.caller_history(hall.desk, "05333240000")] == [order.number]


def test_a_draft_is_there_after_a_restart_until_it_is_dropped(hall: Counter) -> None:
    form = a_form(title="没打完的\ud842字")
    kept_at = intake.save_draft(hall.desk, "one", form)
    hall.clock.advance(minutes=1)
    intake.save_draft(hall.desk, "two", a_form())

    keys = [draft.key for draft in intake.drafts(hall.desk)]
    first = intake.drafts(hall.desk)[1]
    intake.drop_draft(hall.desk, "two")

    assert keys == ["two", "one"]
    assert first.saved_at == kept_at
    assert intake.form_of(first).content == form.content
    assert [draft.key for draft in intake.drafts(hall.desk)] == ["one"]


def test_a_draft_that_cannot_be_read_is_an_empty_form() -> None:
    assert intake.form_of(Draft("x", 1, b"{torn")) == IntakeForm()
