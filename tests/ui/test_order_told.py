"""The page of one order in words, at any point of its life: what stands above, the rounds, the sections, the limits. Folded, no desk."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest

from county_hotline.domain import facts as f
from county_hotline.domain.civil_time import CHINA, moment_ms
from county_hotline.domain.facts import Fact
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.reference import Agency, StationCard
from county_hotline.domain.segments import segments_of
from county_hotline.domain.vocabulary import (
    ENDED,
    Ask,
    AssignmentRole,
    Card,
    Channel,
    Concern,
    EmergencyLine,
    ExtensionReason,
    FollowUpResult,
    HandedOver,
    MatterKind,
    Outcome,
    Satisfaction,
    SendBackReason,
    Stage,
    StationRole,
    SupervisionCause,
    SuspensionReason,
    Told,
    Urgency,
    VoidReason,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, EntryId, Life, Number, OfficerId, StationId
from county_hotline.ui.screens.order.banners import banners_of
from county_hotline.ui.screens.order.limits import lasted, limit_told
from county_hotline.ui.screens.order.sections import SectionTold, sections_of
from county_hotline.ui.telling.marks import flags_of
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.standing import deadline, shares_of, steps_of
from county_hotline.ui.telling.story.ground import Reading

HALL = StationId("370323-03")
NUMBER, OTHER = Number("370323-03A-261116-0002L"), Number("370323-03A-261116-0012H")
HOUSING, WATER, TOWN = AgencyCode("D04"), AgencyCode("D05"), AgencyCode("T01")
NAMES = Names(
    StationCard(StationId("370323-01"), "370323", "沂源县", AgencyCode("C"), "县中心", StationRole.CENTRE),
    {
        HOUSING: Agency(HOUSING, "沂源县住房和城乡建设局", "县住建局"),
        WATER: Agency(WATER, "沂源县水务公司", "县水务公司"),
        TOWN: Agency(TOWN, "燕崖镇人民政府", "燕崖镇"),
    },
    {},
    {},
)
YEAR, TODAY = 2026, "2026-11-21"


def at(day: int, hour: int = 9, minute: int = 0) -> int:
    return moment_ms(datetime(2026, 11, day, hour, minute, tzinfo=CHINA))


NOW = at(21, 9, 14)
ACCEPTED = f.Accepted("QC", TOWN, Channel.VISIT, MatterKind.HELP, "", "", "路灯不亮", "三盏", at(16), due_on="2026-11-23")
SENT = f.Dispatched(HOUSING, due_on="2026-11-24", due_at=at(25, 0), sign_by=at(17, 18), contact_by=at(18, 18))
SIGNED = f.SignedFor(HOUSING)
REPLIED = f.Replied(HOUSING, "换了灯具。", "已修好。", solved=True, signed_off_by="局长")
PASSED = f.Reviewed(HOUSING, passed=True, follow_up_by=at(23, 18))


def story(*happened: Fact) -> tuple[Happened, ...]:
    """One after another, two hours apart from the morning of the sixteenth on."""
    return tuple(
        Happened(
            entry_id=EntryId(str(place)),
            fact=fact,
            station=HALL,
            life=Life("A"),
            serial=place + 1,
            officer=OfficerId("0101 派单员甲"),
            recorded_at=at(16) + place * 2 * 3_600_000,
        )
        for place, fact in enumerate(happened)
    )


def order(*happened: Fact) -> WorkOrder:
    return fold(NUMBER, story(ACCEPTED, *happened))


def left(due_on: str, *, at: int | None = None) -> int | None:
    """Every day is a working day here."""
    from county_hotline.clock import local

    return (date.fromisoformat(due_on) - local(NOW if at is None else at).date()).days if due_on else None


def sections(*happened: Fact) -> dict[str, SectionTold]:
    return {each.name: each for each in sections_of(order(*happened), Reading(NAMES, YEAR), {OTHER: "西洪路路灯坏了"})}


def words_of(section: SectionTold) -> str:
    return "\n".join(
        " ".join((block.head, block.mark.words if block.mark else "", *(f"{line.label}:{line.words}" for line in block.lines)))
        for block in section.blocks
    )


# ---------------------------------------------------------------- how it ended

ENDS: dict[Stage, tuple[Fact, ...]] = {
    Stage.TOLD: (f.PathTold("04", "已由法院判决", "县法院诉讼服务中心", "信访工作条例"),),
    Stage.EMERGENCY: (f.EmergencyTransferred(EmergencyLine.AMBULANCE, at(16), HandedOver.TAKEN, "0237", words="已出车"),),
    Stage.MERGED: (f.Merged(OTHER, "同一处"),),
    Stage.VOID: (f.Voided(VoidReason.TEST, "培训时登的"),),
    Stage.FINISHED: (SENT, SIGNED, REPLIED, PASSED, f.Finished(Outcome.SOLVED, "回访属实")),
    Stage.ARCHIVED: (SENT, SIGNED, REPLIED, PASSED, f.Finished(Outcome.SOLVED, "回访属实"), f.Archived("2026-114", 10)),
}
SAID = {
    Stage.TOLD: ("已告知法定途径", "县法院诉讼服务中心"),
    Stage.EMERGENCY: ("已转紧急热线", "已出车"),
    Stage.MERGED: (f"已并入 {OTHER}", "都在那一件里"),
    Stage.VOID: ("已作废", "培训时登的"),
    Stage.FINISHED: ("已办结，已解决", "回访属实"),
    Stage.ARCHIVED: ("已归档，已办结，已解决", "2026-114"),
}


@pytest.mark.parametrize("stage", sorted(ENDED))
def test_every_end_says_at_the_top_what_ended_it(stage: Stage) -> None:
    ended = order(*ENDS[stage])

    banner = banners_of(ended, NAMES, year=YEAR, decides=False)[-1]

    assert ended.stage is stage
    head, line = SAID[stage]
    assert banner.head.startswith(head)
    assert line in " ".join(words for _label, words in banner.lines)
    assert banner.number == (OTHER if stage is Stage.MERGED else "")
    assert "〔" not in banner.head + str(banner.lines)


def test_a_direct_answer_ends_with_its_answer_and_its_article() -> None:
    answered = order(f.AnsweredAtOnce("可以线上办。", "K01", "2026-09", "医保缴费"))

    banner = banners_of(answered, NAMES, year=YEAR, decides=False)[0]

    assert banner.head.startswith("已直接答复")
    assert dict(banner.lines) == {"答复": "可以线上办。", "知识": "医保缴费。2026-09"}


def test_an_order_that_goes_on_has_no_end_above_it() -> None:
    assert banners_of(order(SENT, SIGNED), NAMES, year=YEAR, decides=False) == ()


# ---------------------------------------------------------------- what is asked

ASKS: dict[Ask, tuple[Fact, str]] = {
    Ask.SEND_BACK: (f.SendBackAsked(HOUSING, SendBackReason.WRONG_PLACE, "三定规定", "不归我局", WATER), "沂源县水务公司"),
    Ask.EXTENSION: (f.ExtensionAsked(HOUSING, "2026-11-30", ExtensionReason.WORKS, "要定制"), "11-30 周一"),
    Ask.SUSPENSION: (
        f.SuspensionAsked(HOUSING, SuspensionReason.SEASON, "冬季", "气温回升", "2026-11-30"),
        "11-30 周一",
    ),
    Ask.HARD_CASE: (f.HardCaseAsked(HOUSING, "历史遗留"), "历史遗留"),
    Ask.UNREASONABLE: (f.UnreasonableAsked(HOUSING, "超出规定", "条例第九条", "联系五次"), "联系五次"),
    Ask.APPEAL: (f.AppealAsked(HOUSING, "黄牌", "停电", "停电通知"), "黄牌"),
}


@pytest.mark.parametrize("ask", list(Ask))
def test_what_a_unit_asks_stands_above_with_reason_and_what_is_wanted(ask: Ask) -> None:
    fact, wanted = ASKS[ask]

    banner = banners_of(order(SENT, SIGNED, fact), NAMES, year=YEAR, decides=True)[0]

    assert banner.tone == "amber"
    assert banner.head.startswith("县住建局申请")
    assert wanted in " ".join(words for _label, words in banner.lines)
    assert "F9" in banner.foot
    assert "〔" not in str(banner)


def test_only_whoever_may_decide_is_told_to_press_f9() -> None:
    banner = banners_of(order(SENT, SIGNED, ASKS[Ask.EXTENSION][0]), NAMES, year=YEAR, decides=False)[0]

    assert "F9" not in banner.foot


def test_of_two_applications_f9_decides_the_first() -> None:
    asked = order(SENT, SIGNED, ASKS[Ask.EXTENSION][0], ASKS[Ask.HARD_CASE][0])

    feet = [banner.foot for banner in banners_of(asked, NAMES, year=YEAR, decides=True)]

    assert ["F9" in foot for foot in feet] == [True, False]


# ---------------------------------------------------------------- sections


def test_a_reply_stands_in_its_two_texts_with_what_the_centre_thought_of_it() -> None:
    told = words_of(sections(SENT, SIGNED, REPLIED, f.Reviewed(HOUSING, passed=False, opinion="没有照片"))["replies"])

    assert "办理情况:换了灯具。" in told
    assert "公开答复:已修好。" in told
    assert "意见:没有照片" in told
    assert "退回重办" in told


def test_a_call_is_kept_whole() -> None:
    called = f.UnitsCalled("1", TOWN, (HOUSING, WATER), at(20, 9, 30), "西洪路口", "下水道堵塞", "甲", "乙", "丙")
    found = f.SiteFindings("1", TOWN, "管道塌了", (f.Task(WATER, "换管", "2026-11-24"),))

    site = sections(
        SENT, called, f.ArrivalSigned("1", TOWN, HOUSING, at(20, 9, 27), "丁", "科长"), found,
        f.CallScored("1", TOWN, TOWN, HOUSING, 5, "到得早"),
    )["site"]  # fmt: skip

    told = words_of(site)
    assert "第 1 次呼叫：燕崖镇叫到西洪路口，11-20 09:30" in told
    assert "县住建局:丁科长 11-20 09:27 到" in told
    assert "县水务公司:没有到场" in told
    assert "处置情况:管道塌了" in told
    assert "分工:分工：县水务公司 换管，最迟 11-24 周二" in told
    assert "还差：燕崖镇评县水务公司、县住建局评燕崖镇" in told
    assert site.blocks[0].mark is not None
    assert site.blocks[0].mark.words == "待互评"


def test_a_supervision_names_who_has_answered_and_who_has_not() -> None:
    issued = f.SupervisionIssued("督3", SupervisionCause.MEDIA, (HOUSING, WATER), "说明原因", at(23, 18), joint=True)

    told = words_of(sections(SENT, issued, f.SupervisionReplied("督3", HOUSING, "已到货"))["supervision"])

    assert "督3 因媒体联合督办" in told
    assert "督办中" in told
    assert "县住建局:11-16 15:00，已到货" in told
    assert "县水务公司:还没有回复" in told
    assert "11-23 18:00 前书面回复" in told


def test_each_try_to_call_back_is_counted_and_told() -> None:
    tries = [f.FollowedUp(FollowUpResult.NO_ANSWER, at(day)) for day in (19, 20)]
    rated = f.FollowedUp(FollowUpResult.RATED, at(21), solved=False, satisfaction=Satisfaction.BAD, words="还是漏")

    section = sections(SENT, SIGNED, REPLIED, PASSED, *tries, rated)["follow_up"]

    assert [block.head for block in section.blocks] == [f"第 {n} 次 11-{18 + n} 09:00" for n in (1, 2, 3)]
    assert [block.mark.words for block in section.blocks if block.mark] == ["未接通", "未接通", "不满意"]
    assert section.beside == "不满意"


def test_repeats_lead_to_their_orders() -> None:
    line = sections(f.RepeatJoined(OTHER))["links"].blocks[0].lines[0]

    assert (line.number, line.words) == (OTHER, "西洪路路灯坏了")


def test_an_emergency_that_was_not_the_end_is_kept_beside() -> None:
    told = words_of(sections(f.EmergencyTransferred(EmergencyLine.POLICE, at(16), HandedOver.BOTH, "0237"), SENT)["emergency"])

    assert "转 110，11-16 09:00" in told
    assert "接警员：0237" in told


def test_what_was_decided_stays_to_be_read() -> None:
    decided = f.ExtensionDecided(HOUSING, approved=True, opinion="属实", asked=EntryId("3"), due_on="2026-11-30")

    told = words_of(sections(SENT, SIGNED, ASKS[Ask.EXTENSION][0], decided)["asked"])

    assert "县住建局申请延期" in told
    assert "同意" in told
    assert "意见:属实" in told


# ---------------------------------------------------------------- rounds, steps, flags


def test_every_round_is_shown_the_ones_that_let_go_last() -> None:
    back = order(
        SENT,
        ASKS[Ask.SEND_BACK][0],
        f.SendBackDecided(HOUSING, approved=True, opinion="属实", asked=EntryId("2")),
        f.Dispatched(WATER, due_on="2026-11-26", reason="退回改派"),
        f.Dispatched(TOWN, AssignmentRole.HELPER, "2026-11-26"),
    )

    shares = shares_of(back, NAMES, left, today=TODAY, now=NOW)

    assert [(share.agency, share.state.words) for share in shares] == [
        ("沂源县水务公司", "待签收"),
        ("燕崖镇人民政府", "待签收"),
        ("沂源县住房和城乡建设局", "已退回"),
    ]
    assert shares[2].gone is None


def test_a_limit_to_sign_counts_before_the_day_it_is_due() -> None:
    late = shares_of(order(SENT), NAMES, left, today=TODAY, now=NOW)[0]
    in_time = shares_of(order(SENT), NAMES, left, today="2026-11-16", now=at(16, 17))[0]

    assert (late.limit.words, late.limit.tone, late.gone) == ("签收已超 4 日", "red", 1.0)
    assert in_time.limit.words == "签收最迟 11-17 18:00"
    assert in_time.gone is not None
    assert 0 < in_time.gone < 1


def test_a_first_contact_that_is_late_is_said_in_red_until_it_is_made() -> None:
    late = shares_of(order(SENT, SIGNED), NAMES, left, today=TODAY, now=NOW)[0]
    made = shares_of(order(SENT, SIGNED, f.ContactMade(HOUSING, at(17), reached=True)), NAMES, left, today=TODAY, now=NOW)[0]

    assert [(line.words, line.tone) for line in late.lines] == [("首次联系已过时限（11-18 18:00）", "red")]
    assert made.lines == ()
    assert "联系到诉求人" in made.note


def test_a_suspended_round_says_when_it_is_looked_at_again() -> None:
    asked = ASKS[Ask.SUSPENSION][0]
    decided = f.SuspensionDecided(HOUSING, approved=True, opinion="同意", asked=EntryId("3"), review_on="2026-11-30")

    share = shares_of(order(SENT, SIGNED, asked, decided), NAMES, left, today=TODAY, now=NOW)[0]

    assert (share.state.words, share.limit.words, share.gone) == ("挂起", "11-30 周一 复核", None)


@pytest.mark.parametrize("stage", sorted(ENDED))
def test_no_step_is_in_hand_once_it_ended(stage: Stage) -> None:
    states = [step.state for step in steps_of(order(*ENDS[stage]), year=YEAR)]

    waits_for_a_call = stage is Stage.FINISHED
    assert ("now" in states) is waits_for_a_call
    assert states[:2] == ["done", "done"]
    assert (states[2] == "done") is (stage in (Stage.FINISHED, Stage.ARCHIVED))


def test_a_call_back_is_the_last_step_and_a_rating_the_one_before() -> None:
    passed = (SENT, SIGNED, REPLIED, PASSED)
    rated = f.FollowedUp(FollowUpResult.RATED, at(21), satisfaction=Satisfaction.GOOD)

    before = [step.state for step in steps_of(order(*passed), year=YEAR)]
    after = [step.state for step in steps_of(order(*passed, rated), year=YEAR)]

    assert before[4:] == ["done", "to_come", "now"]
    assert after[4:] == ["done", "done", "done"]


def test_flags_say_what_presses_and_how_often_it_came_back() -> None:
    accepted = f.Accepted(
        "QC", TOWN, Channel.VISIT, MatterKind.HELP, "", "", "路灯", "三盏", at(16),
        urgency=Urgency.URGENT, confidential=True, concerns=(Concern.GROUP,),
    )  # fmt: skip
    told = fold(
        NUMBER,
        story(
            accepted, SENT, f.RepeatJoined(OTHER), f.CardShown(HOUSING, Card.RED, "超期"),
            f.SupervisionIssued("督3", SupervisionCause.OVERDUE, (HOUSING,), "说明", at(23)), SIGNED, REPLIED,
            f.Reviewed(HOUSING, passed=False),
        ),
    )  # fmt: skip

    flags = flags_of(told)

    assert [flag.words for flag in flags] == ["红牌", "紧急", "督办", "保密件", "群体", "重复 1", "重办 1"]
    assert all(flag.icon for flag in flags)


def test_a_card_taken_back_is_no_flag_any_more() -> None:
    shown = f.CardShown(HOUSING, Card.YELLOW, "超期")

    assert [flag.words for flag in flags_of(order(SENT, shown))] == ["黄牌"]
    assert flags_of(order(SENT, shown, f.CardTakenBack(HOUSING, Card.YELLOW, "已批准延期"))) == ()


# ---------------------------------------------------------------- limits


def test_the_figures_of_the_segments_add_up_to_the_whole() -> None:
    happened = story(ACCEPTED, SENT, SIGNED, REPLIED, PASSED, f.Finished(Outcome.SOLVED))
    odd = tuple(
        Happened(**{name: getattr(e, name) for name in e.__struct_fields__} | {"recorded_at": e.recorded_at + 13_777 * at_})
        for at_, e in enumerate(happened)
    )
    segments = segments_of(NUMBER, odd, until_ms=NOW)

    told = limit_told(fold(NUMBER, odd), NAMES, left, today=TODAY, now=NOW, due=None, segments=segments)

    whole = segments[-1].end // 60_000 - segments[0].begin // 60_000
    assert sum(each.minutes for each in told.segments) == whole
    assert told.whole == lasted(whole)
    assert all(before.span.partition(" 到 ")[2] == after.span.partition(" 到 ")[0] for before, after in pairwise(told.segments))
    assert not [each for each in told.segments if "〔" in each.why or each.why.isascii()]


def test_a_limit_that_ends_with_the_day_names_the_day_and_one_at_noon_its_hour() -> None:
    assert deadline(at(25, 0), year=YEAR) == "11-24 周二"
    assert deadline(at(24, 12), year=YEAR) == "11-24 12:00"


def test_the_pinned_date_says_the_day_and_an_upper_levels_tighter_limit() -> None:
    ours = limit_told(order(SENT), NAMES, left, today=TODAY, now=NOW, due=None, segments=())
    accepted = f.Accepted(
        "QC", TOWN, Channel.TRANSFER, MatterKind.HELP, "", "", "路灯", "三盏", at(16), external_due_at=at(23, 12)
    )
    theirs = limit_told(fold(NUMBER, story(accepted, SENT)), NAMES, left, today=TODAY, now=NOW, due=None, segments=())

    assert ours.words == "最迟 11-24 周二"
    assert theirs.words == "最迟 11-23 周一 12:00 ・ 上级时限"


def test_a_caller_who_must_still_be_told_stands_above() -> None:
    asked = ASKS[Ask.EXTENSION][0]
    decided = f.ExtensionDecided(
        HOUSING, approved=True, opinion="属实", asked=EntryId("3"), due_on="2026-11-30", tell_by=at(24, 18)
    )
    told = order(SENT, SIGNED, asked, decided)
    done = order(
        SENT, SIGNED, asked, decided, f.CitizenTold(Told.EXTENSION, at(20), reached=True, words="理解", agency=HOUSING)
    )

    assert [banner.head for banner in banners_of(told, NAMES, year=YEAR, decides=False)] == ["县住建局要告知诉求人：延期"]
    assert banners_of(done, NAMES, year=YEAR, decides=False) == ()


def test_there_is_an_end_here_for_every_end_there_is() -> None:
    assert set(ENDS) == set(ENDED) == set(SAID)
