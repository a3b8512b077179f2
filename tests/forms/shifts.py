"""交接班单 for tests: a quiet day, and one on which everything is as full and as long as it may be."""

from __future__ import annotations

from county_hotline.domain.shifts import LONGEST_NOTES, Shift, ShiftDraft, ShiftLine, ShiftSheet, ShiftTodo
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.views import LineState
from county_hotline.ids import Number, OfficerId
from tests.support.ticking_clock import MORNING

HOUR = 3_600_000
GIVER = OfficerId("0301 受理员甲")
TAKER = OfficerId("0302 受理员乙")
LONG_TITLE = "振兴路与胜利路交叉口东北角沿街商铺夜间施工噪音扰民并占用盲道堆放建筑材料影响老人和学生出行"


def a_line(serial: int, *, confidential: bool = False, title: str = LONG_TITLE, kind: str = "reply") -> ShiftLine:
    number = Number(f"370323-03A-261121-{serial:04d}K")
    return ShiftLine(number, "" if confidential else title, "县住房和城乡建设局", MORNING + HOUR, kind, 1, confidential)


QUIET = Shift(
    7,
    ShiftSheet(
        unit_name="燕崖镇便民服务中心",
        desk_name="03号台",
        hotline="沂源县12345政务服务便民热线",
        made_at=MORNING,
        giver=GIVER,
        since=MORNING - 3 * HOUR,
        done={"work_order.accepted": 7, "work_order.answered_at_once": 3},
        todo=(ShiftTodo("follow_up", 2, 0),),
        call_backs=(a_line(18, title="路灯不亮", kind="follow_up"),),
        call_backs_count=1,
        stored=41,
        received=41,
        line=LineState.ONLINE,
        line_since=MORNING - HOUR,
        synced_at=MORNING - HOUR,
        notes="下午有人再送照片（0007）。\n打印机墨粉将尽，备件在柜二。",
    ),
)
_LINES = tuple(a_line(serial, confidential=serial == 2) for serial in range(1, 7))
FULL = Shift(
    123_456,
    ShiftSheet(
        unit_name="沂源县燕崖镇党群服务中心综合便民服务大厅",
        desk_name="03号台",
        hotline="沂源县12345政务服务便民热线",
        made_at=MORNING,
        giver=GIVER,
        since=MORNING - 9 * HOUR,
        done={f"work_order.{name}": 123 for name in ("accepted", "answered_at_once", "dispatched", "signed_for", "replied", "finished")},
        printed=87,
        todo=tuple(ShiftTodo(kind.value, 1234, 56) for kind in list(TaskKind)[:10]),
        overdue=_LINES,
        overdue_count=60,
        near=_LINES,
        near_count=60,
        call_backs=_LINES,
        call_backs_count=60,
        drafts=tuple(ShiftDraft(MORNING, "王** 138****4472", confidential=at == 2) for at in range(9)),
        incoming=12,
        stored=12_345,
        received=12_000,
        waiting=344,
        held=3,
        files=17,
        balanced=False,
        line=LineState.OFFLINE,
        line_since=MORNING - HOUR,
        synced_at=MORNING - 8 * HOUR,
        notes="县中心来电：水压一件周一前必须签收；" * (LONGEST_NOTES // 18),
    ),
    TAKER,
    MORNING + HOUR,
)  # fmt: skip
SHIFTS = {"quiet": QUIET, "full": FULL}
