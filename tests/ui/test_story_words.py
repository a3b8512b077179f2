"""经过 says every kind of fact with what a clerk asks of it: who, why, until when, decided how."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
import ttkbootstrap

from county_hotline.domain import facts as f
from county_hotline.domain.authority import WRITERS, Writer
from county_hotline.domain.civil_time import CHINA, moment_ms
from county_hotline.domain.facts import KINDS, Fact
from county_hotline.domain.happened import Happened
from county_hotline.domain.reference import Agency, StationCard
from county_hotline.domain.views import OrderView
from county_hotline.domain.vocabulary import (
    ENDED,
    AssignmentState,
    Card,
    Channel,
    ClashMatter,
    EmergencyLine,
    Erasure,
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
    VoidReason,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, ClusterId, EntryId, Life, Number, OfficerId, StationId
from county_hotline.ui.telling.marks import STAGES, STATES, stage_mark, state_mark
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.story import Told as StoryLine
from county_hotline.ui.telling.story import story_of
from county_hotline.ui.telling.story.ground import sentences
from county_hotline.ui.tones import Tone

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


def at(day: int, hour: int = 9, minute: int = 0) -> int:
    return moment_ms(datetime(2026, 11, day, hour, minute, tzinfo=CHINA))


ASKED = EntryId("0")
REPEAT = Number("370323-03A-261120-0007K")
SAMPLES: tuple[tuple[Fact, str], ...] = (
    (
        f.Accepted("QC", TOWN, Channel.VISIT, MatterKind.HELP, "", "", "路灯", "路灯不亮", at(18), due_on="2026-11-25"),
        "来访，求助，预计最迟 11-25",
    ),
    (f.Corrected("听错了", title="五盏路灯不亮"), "更正标题为“五盏路灯不亮”。原因：听错了"),
    (
        f.EmergencyTransferred(EmergencyLine.AMBULANCE, at(18, 9, 31), HandedOver.BOTH, taker="0237", words="药品在卡口"),
        "11-18 09:31 转 120，对方已接，热线继续办其余部分。接警员：0237。药品在卡口",
    ),
    (
        f.AnsweredAtOnce("可以线上办。", "K01", "2026-09", "医保缴费", content=True),
        "可以线上办。依据知识条目“医保缴费”（2026-09 版）。诉求人表示可以",
    ),
    (
        f.PathTold("03", "属于信访事项", "县信访局窗口", "信访工作条例", signed=False),
        "属于信访事项。请向：县信访局窗口。依据：信访工作条例。诉求人拒签告知单",
    ),
    (f.MoreAsked("是哪一段路", at(20, 18)), "是哪一段路。请在 11-20 18:00 前补充"),
    (f.MoreGiven("在小学门口。"), "在小学门口。"),
    (f.Merged(REPEAT, "同一件事"), f"并入 {REPEAT}。原因：同一件事"),
    (f.RepeatJoined(REPEAT), f"重复件 {REPEAT} 随本件一起办"),
    (f.Linked(REPEAT, "同一处"), f"与 {REPEAT} 关联。原因：同一处"),
    (f.Unlinked(REPEAT), f"与 {REPEAT} 不再关联"),
    (f.Clustered(ClusterId("K1"), "西洪路停水"), "归入“西洪路停水”"),
    (f.Unclustered(ClusterId("K1"), "另一条路"), "移出同一事项。原因：另一条路"),
    (f.Voided(VoidReason.MISTAKE, "多登了一次"), "误登。多登了一次"),
    (
        f.Dispatched(HOUSING, due_on="2026-11-24", sign_by=at(19, 10), advice="两日内联系", reason="灯杆产权在县里"),
        "派给县住建局（牵头），签收最迟 11-19 10:00，最迟 11-24。改派原因：灯杆产权在县里。拟办：两日内联系",
    ),
    (f.Recalled(HOUSING, "派错了"), "县住建局不用再办。原因：派错了"),
    (
        f.SendBackAsked(HOUSING, SendBackReason.NOT_OUR_DUTY, "三定规定第五条", proposed=WATER),
        "非本单位职责。依据：三定规定第五条。建议改派县水务公司",
    ),
    (
        f.SendBackDecided(HOUSING, approved=False, opinion="属你局职责", asked=ASKED),
        "不同意县住建局退回，继续办理。意见：属你局职责",
    ),
    (f.SignedFor(HOUSING), ""),
    (f.ContactMade(HOUSING, at(19, 9, 40), reached=True, words="约定换灯"), "11-19 09:40 联系到诉求人。约定换灯"),
    (
        f.ExtensionAsked(HOUSING, "2026-11-30", ExtensionReason.WORKS, "灯杆要定制"),
        "申请延到 11-30 周一，工程施工。灯杆要定制",
    ),
    (
        f.ExtensionDecided(HOUSING, approved=True, opinion="属实", asked=ASKED, due_on="2026-11-30", tell_by=at(24, 18)),
        "同意县住建局延期。意见：属实。新时限 11-30 周一。请在 11-24 18:00 前告知诉求人",
    ),
    (
        f.SuspensionAsked(HOUSING, SuspensionReason.SEASON, "冬季不能施工", "气温回升", "2026-11-30", "局长"),
        "季节。冬季不能施工。恢复条件：气温回升。11-30 周一 复核。签字盖章：局长",
    ),
    (
        f.SuspensionDecided(HOUSING, approved=True, opinion="同意", asked=ASKED, review_on="2026-11-30", stops_clock=False),
        "同意县住建局挂起。意见：同意。11-30 周一 复核。挂起期间照计时限",
    ),
    (f.Resumed(HOUSING, "可以施工了", "2026-11-30"), "可以施工了。新时限 11-30 周一"),
    (f.CitizenTold(Told.EXTENSION, at(20, 15), reached=True, words="理解"), "11-20 15:00 已告知诉求人（延期）。理解"),
    (
        f.Replied(
            HOUSING, "换了灯具。", "已修好。", solved=False, genuine=True, unsolved_reason="缺一盏", signed_off_by="局长"
        ),
        "换了灯具。\n公开答复：已修好。\n自评：未解决。未解决原因：缺一盏。诉求属实。签发：局长",
    ),
    (
        f.Reviewed(HOUSING, passed=False, opinion="没有说结果", due_on="2026-11-27"),
        "县住建局的回复退回重办。意见：没有说结果。11-27 周五 前办好",
    ),
    (f.RedoOrdered(HOUSING, "还有一盏", "2026-11-27"), "县住建局再办一次。意见：还有一盏。11-27 周五 前办好"),
    (f.Rated(Satisfaction.GOOD, solved=True, words="快"), "满意，认为已解决，来访。快"),
    (
        f.FollowedUp(FollowUpResult.NO_ANSWER, at(25), next_try_at=at(26, 15)),
        "未接通。11-26 15:00 再访",
    ),
    (f.Reopened("又不亮了"), "原因：又不亮了"),
    (f.Finished(Outcome.SOLVED, "回访属实"), "已解决。回访属实"),
    (f.Archived("2026-114", 10), "卷号 2026-114，保存 10 年"),
    (f.Published("路灯已修复", "三盏路灯已换。", ("a",)), "路灯已修复。三盏路灯已换。照片 1 张"),
    (
        f.UnitsCalled("1", TOWN, (HOUSING, WATER), at(20, 9, 30), "西洪路口", "下水道堵塞", "甲", "乙", "丙"),
        "第 1 次呼叫：县住建局、县水务公司于 11-20 09:30 到西洪路口。下水道堵塞。经办甲，分管乙，主责丙",
    ),
    (f.CallAnswered("1", TOWN, WATER, comes=False, words="在抢修"), "县水务公司不能到场（第 1 次呼叫）。在抢修"),
    (f.ArrivalSigned("1", TOWN, HOUSING, at(20, 9, 28), "丁", "科长"), "县住建局丁，科长，11-20 09:28 到场"),
    (
        f.SiteFindings("1", TOWN, "管道塌了", (f.Task(WATER, "换管", "2026-11-24"),)),
        "管道塌了\n分工：县水务公司 换管，最迟 11-24 周二",
    ),
    (f.CallScored("1", TOWN, TOWN, HOUSING, 5, "到得早"), "燕崖镇给县住建局打 5 分（满分 5 分）。到得早"),
    (f.CallCancelled("1", TOWN, "下雨"), "第 1 次呼叫取消。原因：下雨"),
    (f.Urged(HOUSING, "又来问", by_caller=True), "诉求人再次来问，催县住建局。又来问"),
    (
        f.SupervisionIssued("督2026-3", SupervisionCause.OVERDUE, (HOUSING,), "说明原因", at(23, 18), "县府办"),
        "督2026-3 因逾期督办县住建局。说明原因。11-23 18:00 前书面回复。抄送：县府办",
    ),
    (f.SupervisionReplied("督2026-3", HOUSING, "三日内修好"), "督2026-3 县住建局回复。三日内修好"),
    (f.SupervisionClosed("督2026-3", "已办好"), "督2026-3 督办办结。意见：已办好"),
    (f.CardShown(HOUSING, Card.YELLOW, "逾期三日"), "给县住建局亮黄牌。原因：逾期三日"),
    (f.CardTakenBack(HOUSING, Card.YELLOW, "已批准延期"), "撤回县住建局的黄牌。原因：已批准延期"),
    (f.HardCaseAsked(HOUSING, "涉及历史遗留"), "涉及历史遗留"),
    (f.HardCaseDecided(HOUSING, approved=True, opinion="属实", asked=ASKED), "认定为疑难件（县住建局申请）。意见：属实"),
    (
        f.UnreasonableAsked(HOUSING, "要求超出规定", "条例第九条", "联系五次"),
        "要求超出规定。依据：条例第九条。佐证：联系五次",
    ),
    (
        f.UnreasonableDecided(HOUSING, approved=False, opinion="应再解释", asked=ASKED),
        "不认定为不合理诉求（县住建局申请）。意见：应再解释",
    ),
    (f.AppealAsked(HOUSING, "黄牌一张", "当日停电", "停电通知"), "请求不计入考核：黄牌一张。当日停电。佐证：停电通知"),
    (f.AppealDecided(HOUSING, approved=True, opinion="属实", asked=ASKED), "同意县住建局的考核申诉。意见：属实"),
    (
        f.DueRecomputed("2027", (f.Moved(HOUSING, "2026-11-24", "2026-11-25", 0),)),
        "按日历 2027 重算。县住建局由 11-24 周二 改为 11-25 周三",
    ),
    (f.AttachmentAdded("现场.jpg", "0", 2048, "image/jpeg"), "现场.jpg（2 KB）"),
    (f.NoteAdded("又来电话。"), "又来电话。"),
    (f.WordsErased(ASKED, "本人申请", Erasure.PERSON), "诉求人信息已删除。依据：本人申请"),
    (
        f.ClashSettled((ASKED, EntryId("2")), ClashMatter.STATE, stands=EntryId("1"), reason="产权在县城管"),
        "以县中心 派单员甲的核对定下为准。产权在县城管",
    ),
    (f.Withdrawn(ASKED, "不归本站答复"), "撤回县中心单独放着的一条，那一条不算数。原因：不归本站答复"),
)


def told(fact: Fact) -> StoryLine:
    event = Happened(
        entry_id=EntryId("1"),
        station=StationId("370323-01"),
        life=Life("A"),
        serial=1,
        officer=OfficerId("0101 派单员甲"),
        recorded_at=at(21),
        fact=fact,
    )
    return story_of(OrderView(WorkOrder(REPEAT), (event,)), NAMES, year=2026)[0]


@pytest.mark.parametrize(("fact", "words"), SAMPLES, ids=lambda value: type(value).__name__ if isinstance(value, Fact) else "")
def test_each_kind_is_told_in_the_words_of_a_clerk(fact: Fact, words: str) -> None:
    line = told(fact)

    assert line.words == words
    assert line.icon != "dot"
    assert not [text for text in (line.head, line.words) if "〔" in text or "{" in text]


def test_no_kind_is_left_without_a_sample() -> None:
    assert {type(fact) for fact, _words in SAMPLES} == set(KINDS.values())


@pytest.mark.parametrize("approved", [True, False])
def test_a_verdict_is_told_apart_by_word_and_sign(approved: bool) -> None:
    for kind in (
        f.SendBackDecided,
        f.ExtensionDecided,
        f.SuspensionDecided,
        f.HardCaseDecided,
        f.UnreasonableDecided,
        f.AppealDecided,
    ):
        line = told(kind(HOUSING, approved=approved, opinion="", asked=ASKED))
        other = told(kind(HOUSING, approved=not approved, opinion="", asked=ASKED))

        assert (line.icon, line.words) != (other.icon, other.words)
        assert line.icon != other.icon


def test_every_sign_is_drawn() -> None:
    folder = Path(ttkbootstrap.__file__).parent / "assets" / "icons"
    known = json.loads((folder / "glyphmap.json").read_text(encoding="utf-8"))
    signs = {told(fact).icon for fact, _words in SAMPLES} | {icon for _tone, icon in (*STAGES.values(), *STATES.values())}

    assert not [sign for sign in signs if sign not in json.dumps(known)]


def test_every_stage_and_every_state_of_a_round_has_word_sign_and_tone() -> None:
    marks = [stage_mark(stage) for stage in Stage], [state_mark(state) for state in AssignmentState]
    for members in marks:
        assert not [mark for mark in members if not mark.words or "〔" in mark.words or not mark.icon]
        assert {Tone(mark.tone) for mark in members}
        assert len({mark.icon for mark in members}) == len(members), "without its colour, two look alike"


def test_no_ended_stage_presses_by_its_tone() -> None:
    assert {stage_mark(stage).tone for stage in ENDED} <= {"quiet", "green"}


def test_a_fact_only_the_centre_may_write_names_its_station_the_centre() -> None:
    kinds = {kind for kind, writer in WRITERS.items() if writer is Writer.CENTRE}
    for fact, _words in SAMPLES:
        if type(fact) in kinds:
            assert told(fact).head.startswith("县中心 派单员甲 ")


def test_sentences_keep_the_stops_they_have() -> None:
    assert sentences("修好了。", "", "谢谢") == "修好了。谢谢"
    assert sentences("修好了", "谢谢。") == "修好了。谢谢。"
