"""登记: what is taken in, cleaned, warned of, hinted at, and kept while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from county_hotline.desk import intake
from county_hotline.desk.founding import NewStation
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.civil_time import end_of_day_ms
from county_hotline.domain.facts import EmergencyTransferred
from county_hotline.domain.reference import Article, Campaign, DutyLine, ToldPath
from county_hotline.domain.rule_packs import Span
from county_hotline.domain.views import Draft
from county_hotline.domain.vocabulary import (
    CallerKind,
    Concern,
    EmergencyLine,
    HandedOver,
    MatterKind,
    OfficerRole,
    SourceLevel,
    Stage,
    Urgency,
)
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode
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


def test_a_line_of_the_duty_list_goes_before_the_usual_unit_unless_a_person_must_judge_its_condition(hall: Counter) -> None:
    plain = DutyLine(1, "宅基地审批", category="010103", lead=AgencyCode("370323D03"))
    hall.store.reference.change(duty_lines=(plain,))
    listed = intake.accept(hall.desk, a_form(category="010103"))
    hall.store.reference.change(duty_lines=(replace(plain, condition="属城区的"),))
    judged = intake.accept(hall.desk, a_form(category="010103"))

    assert listed.accepted is not None
    assert judged.accepted is not None
    assert listed.accepted.agency_hint == "370323D03"
    assert judged.accepted.agency_hint != "370323D03"


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


# ---------------------------------------------------------------- whom and what it touches


def test_an_enterprise_is_asked_for_its_name_and_five_callers_for_who_speaks_for_them(hall: Counter) -> None:
    firm = a_form(caller_kind=CallerKind.ENTERPRISE)
    crowd = a_form(people=5)

    assert intake.missing(firm) == ("company",)
    assert intake.missing(crowd) == ("representatives",)
    for form, code in ((firm, "R401"), (crowd, "R402")):
        with pytest.raises(Refusal, match=code):
            intake.accept(hall.desk, form)


def test_an_enterprises_particulars_lie_with_the_persons(hall: Counter) -> None:
    form = a_form(caller_kind=CallerKind.ENTERPRISE, company="示例公司", credit_code="91370323MA3C000X0X")

    order = intake.accept(hall.desk, form)

    assert order.accepted is not None
    assert order.person is not None
    assert order.accepted.caller_kind is CallerKind.ENTERPRISE
    assert (order.person.company, order.person.credit_code) == ("示例公司", "91370323MA3C000X0X")


def test_five_callers_are_a_group_without_being_told_so(hall: Counter) -> None:
    four = intake.accept(hall.desk, a_form(people=4, concerns=("elderly",)))
    five = intake.accept(hall.desk, a_form(people=5, representatives="示例甲 13800138001\n示例乙", concerns=("elderly",)))

    assert four.accepted is not None
    assert four.accepted.concerns == (Concern.ELDERLY,)
    assert five.accepted is not None
    assert five.accepted.concerns == (Concern.GROUP, Concern.ELDERLY)
    assert five.person is not None
    assert five.person.representatives == "示例甲 13800138001\n示例乙"


def test_where_it_came_from_stays_with_it(hall: Counter) -> None:
    given = {"event": "E1", "grid": "G1", "collected_by": "示例网格员", "line": "12369"}

    order = intake.accept(hall.desk, a_form(**given))

    assert order.accepted is not None
    assert {name: getattr(order.accepted, name) for name in given} == given


# ---------------------------------------------------------------- by when


def test_the_moment_of_the_limit_is_written_down(hall: Counter) -> None:
    order = intake.accept(hall.desk, a_form())

    assert order.accepted is not None
    assert order.accepted.due_at == end_of_day_ms(order.accepted.due_on)
    assert order.due_at == order.accepted.due_at


def test_an_upper_levels_tighter_limit_counts_and_ours_stays_in_the_reasons(hall: Counter) -> None:
    in_two_hours = hall.clock.now + 2 * 3_600_000
    form = a_form(source_level=SourceLevel.CITY, external_due_at=in_two_hours, external_number="市0001")

    estimated = intake.estimate(hall.desk, form)
    order = intake.accept(hall.desk, form)

    assert estimated is not None
    assert estimated.at_ms == in_two_hours
    assert estimated.trace[-1].code == "external_limit"
    assert len(estimated.trace) > 1
    assert order.due_at == in_two_hours
    assert order.due_on == "2026-11-21"


def test_an_upper_levels_limit_at_midnight_ends_with_the_day_before(hall: Counter) -> None:
    midnight = end_of_day_ms("2026-11-22")
    form = a_form(source_level=SourceLevel.CITY, external_due_at=midnight, external_number="市0001")

    estimated = intake.estimate(hall.desk, form)

    assert estimated is not None
    assert (estimated.on.isoformat(), estimated.at) == ("2026-11-22", "24:00")
    assert intake.accept(hall.desk, form).due_on == "2026-11-22"


def test_an_upper_levels_later_limit_changes_nothing(hall: Counter) -> None:
    far = hall.clock.now + 90 * 86_400_000

    assert intake.estimate(hall.desk, a_form(external_due_at=far)) == intake.estimate(hall.desk, a_form())


def test_a_campaigns_own_limit_goes_before_the_packs(hall: Counter) -> None:
    wages = Campaign("Z1", "欠薪专项", "2026-11-01", limits={"all": Span(2)})
    hall.store.reference.change(campaigns=(wages,))

    usual = intake.estimate(hall.desk, a_form())
    special = intake.estimate(hall.desk, a_form(campaign="Z1"))

    assert usual is not None
    assert special is not None
    assert special.on < usual.on
    assert intake.accept(hall.desk, a_form(campaign="Z1")).due_on == special.on.isoformat()


# ---------------------------------------------------------------- ended in the same talk

ARTICLE = Article("K1", "社保卡挂失", "带身份证到窗口办理。", "2026-05-01")
OLD = Article("K2", "旧办法", "已经不用。", "2019-01-01", valid_until="2026-11-20")
PATH = ToldPath("03", "诉讼仲裁", "已进入诉讼程序的，由法院处理。", "县人民法院", "国办函〔2025〕66号")


def test_an_answer_is_registered_and_given_in_one_act_with_the_articles_version(hall: Counter) -> None:
    hall.store.reference.change(articles=(ARTICLE,))

    order = intake.answer(hall.desk, a_form(), answer="带身份证到窗口。", article="K1", content=True)

    answered = order.taking.answered
    assert answered is not None
    assert (answered.article, answered.article_version, answered.article_title) == ("K1", "2026-05-01", "社保卡挂失")
    assert order.stage is Stage.FINISHED
    assert order.entries == 2
    assert hall.store.verify().sound


@pytest.mark.parametrize(("article", "code"), [("K2", "R411"), ("K9", "R410")])
def test_nobody_answers_from_an_article_that_has_expired_or_is_unknown(hall: Counter, article: str, code: str) -> None:
    hall.store.reference.change(articles=(ARTICLE, OLD))

    with pytest.raises(Refusal, match=code):
        intake.answer(hall.desk, a_form(), answer="照旧办法。", article=article)


def test_an_empty_answer_registers_nothing(hall: Counter) -> None:
    with pytest.raises(Refusal, match="R302"):
        intake.answer(hall.desk, a_form(), answer=" ")

    assert hall.store.verify().orders == 0


def test_a_lawful_path_is_told_in_one_act(hall: Counter) -> None:
    hall.store.reference.change(told_paths=(PATH,))

    order = intake.tell_path(
        hall.desk,
        a_form(),
        reason="03",
        words=PATH.words,
        path=PATH.path,
        basis=PATH.basis,
        handed_to="县人民法院",
        signed=False,
    )

    assert order.stage is Stage.TOLD
    assert order.taking.path is not None
    assert order.taking.path.signed is False


def test_a_path_that_leads_nowhere_registers_nothing(hall: Counter) -> None:
    hall.store.reference.change(told_paths=(PATH,))

    with pytest.raises(Refusal, match="R304"):
        intake.tell_path(hall.desk, a_form(), reason="03", words="不归我们管。", path=" ", basis="")

    assert hall.store.verify().orders == 0


# ---------------------------------------------------------------- 紧急转接


def handed(result: HandedOver, **given: object) -> EmergencyTransferred:
    return EmergencyTransferred(line=EmergencyLine.FIRE, handed_at=0, result=result, **given)  # type: ignore[arg-type]


def test_an_emergency_is_written_down_however_little_is_known(hall: Counter) -> None:
    order = intake.transfer_emergency(hall.desk, IntakeForm(), handed(HandedOver.TAKEN, taker="07号"))

    accepted = order.accepted
    assert accepted is not None
    assert order.stage is Stage.EMERGENCY
    assert "119" in accepted.title
    assert accepted.content
    assert accepted.anonymous
    assert accepted.place == (hall.store.reference.agency(hall.card.unit).place or hall.card.county)
    assert order.taking.emergencies[0].handed_at == hall.clock.now
    assert order.taking.emergencies[0].taker == "07号"


def test_nothing_in_the_form_holds_an_emergency_up(hall: Counter) -> None:
    form = IntakeForm(
        name="长" * 900,
        title="着火" * 500,
        content="长" * 30_000,
        demand="长" * 9_000,
        place_detail="长" * 900,
        people=0,
        caller_kind=CallerKind.ENTERPRISE,
        incoming=77,
    )

    order = intake.transfer_emergency(hall.desk, form, handed(HandedOver.TAKEN, taker="长" * 900, words="长" * 9_000))

    assert order.stage is Stage.EMERGENCY
    assert order.accepted is not None
    assert order.accepted.title.startswith("着火")


@pytest.mark.parametrize("result", [HandedOver.BOTH, HandedOver.NOT_THEIRS, HandedOver.NO_ANSWER])
def test_what_the_other_centre_did_not_take_whole_goes_on_as_an_order(hall: Counter, result: HandedOver) -> None:
    order = intake.transfer_emergency(hall.desk, a_form(), handed(result, three_party=True, participants="诉求人、119"))

    assert order.stage is Stage.TO_DISPATCH
    assert order.accepted is not None
    assert (order.accepted.urgency is Urgency.CRITICAL) == (result is HandedOver.NO_ANSWER)
    assert order.taking.emergencies[0].three_party


def test_what_was_said_stands_as_the_content_of_an_emergency_nobody_wrote_up(hall: Counter) -> None:
    order = intake.transfer_emergency(hall.desk, IntakeForm(), handed(HandedOver.TAKEN, words="老人晕倒在集市"))

    assert order.accepted is not None
    assert order.accepted.content == "老人晕倒在集市"
