"""Every act on an order filled in as it should be, so that nothing but the order itself can stand in its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from county_hotline.domain import decisions
from county_hotline.domain import facts as f
from county_hotline.domain.facts import Fact
from county_hotline.domain.reference import ToldPath
from county_hotline.domain.standing_parts import Call
from county_hotline.domain.vocabulary import (
    Ask,
    AssignmentRole,
    Card,
    EmergencyLine,
    ExtensionReason,
    FollowUpResult,
    HandedOver,
    Outcome,
    Satisfaction,
    SendBackReason,
    SupervisionCause,
    SuspensionReason,
    Told,
    VoidReason,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, EntryId, Number, OfficerId

NOW: Final = 1_795_000_000_000
"""A moment in November 2026, UTC ms."""
DAY: Final = 86_400_000
LATER = "2027-03-01"
JUDGE = OfficerId("0102 审核员乙")
ELSEWHERE = AgencyCode("370323D77")
"""A unit that never has the order."""
PATHS = (
    ToldPath("02", "紧急", "紧急事项", "拨打 110", "国办函〔2025〕66号", instead="transfer"),
    ToldPath("03", "诉讼", "已在诉讼中", "请到法院", "信访工作条例"),
)
OTHER = WorkOrder(
    number=Number("370323-03A-261121-0008X"),
    accepted=f.Accepted(
        query_code="7K2M9QXB",
        unit=AgencyCode("370323109"),
        channel="visit",  # type: ignore[arg-type]
        matter_kind="help",  # type: ignore[arg-type]
        category="",
        place="370323109",
        title="同一盏灯",
        content="不亮",
        came_at=0,
    ),
)
Form = Callable[[WorkOrder, AgencyCode], Fact]


def _asked(order: WorkOrder, ask: Ask) -> EntryId:
    found = order.open_application(ask=ask)
    return found.entry_id if found else EntryId("none")


def _call(order: WorkOrder, unit: AgencyCode, fits: Callable[[Call], bool]) -> tuple[str, AgencyCode]:
    found = next((call for call in order.calls if fits(call)), None)
    return (found.called.call, found.called.caller) if found else ("none", unit)


def _ours(order: WorkOrder, unit: AgencyCode) -> tuple[str, AgencyCode]:
    return _call(order, unit, lambda call: call.is_open and call.called.caller == unit)


def _answer_call(order: WorkOrder, unit: AgencyCode) -> Fact:
    call, caller = _call(order, unit, lambda call: call.is_open and unit in call.called.agencies)
    return decisions.answer_call(order, f.CallAnswered(call=call, caller=caller, agency=unit, comes=True))


def _arrive(order: WorkOrder, unit: AgencyCode) -> Fact:
    call, caller = _call(order, unit, lambda c: c.is_open and unit in (c.called.caller, *c.called.agencies))
    fact = f.ArrivalSigned(call=call, caller=caller, agency=unit, arrived_at=NOW, name="丁")
    return decisions.sign_arrival(order, fact, now=NOW)


def _find(order: WorkOrder, unit: AgencyCode) -> Fact:
    call, caller = _ours(order, unit)
    shares = () if order.is_ended else (f.Task(agency=unit, work="清淤", due_on=LATER),)
    return decisions.find(order, f.SiteFindings(call=call, caller=caller, findings="堵了", tasks=shares))


def _score(order: WorkOrder, unit: AgencyCode) -> Fact:
    for call in order.calls:
        for by, of in call.missing_scores():
            if by == unit:
                name, caller = call.called.call, call.called.caller
                return decisions.score_call(order, f.CallScored(call=name, caller=caller, by=by, of=of, score=5))
    return decisions.score_call(order, f.CallScored(call="none", caller=unit, by=unit, of=ELSEWHERE, score=5))


def _answer_supervision(order: WorkOrder, unit: AgencyCode) -> Fact:
    found = next((s for s in order.oversight.supervisions if s.is_open and unit in s.agencies), None)
    return decisions.answer_supervision(order, found.supervision if found else "none", unit, "已办")


def _close_supervision(order: WorkOrder, unit: AgencyCode) -> Fact:
    found = next((s for s in order.oversight.supervisions if s.is_open), None)
    return decisions.close_supervision(order, found.supervision if found else "none", "可", withdrawn=True)


def _show_card(order: WorkOrder, unit: AgencyCode) -> Fact:
    units = [a.agency for a in order.assignments] or [unit]
    lying = {(c.agency, c.card) for c in order.oversight.cards if c.taken_back_at is None}
    free = ((agency, card) for agency in units for card in Card if (agency, card) not in lying)
    agency, card = next(free, (units[0], Card.RED))
    return decisions.show_card(order, agency, card, "超期")


def _take_back(order: WorkOrder, unit: AgencyCode) -> Fact:
    found = next((c for c in order.oversight.cards if c.taken_back_at is None), None)
    agency, card = (found.agency, found.card) if found else (unit, Card.RED)
    return decisions.take_back_card(order, agency, card, "不怪它")


def _extension(order: WorkOrder, unit: AgencyCode) -> Fact:
    return decisions.ask_extension(order, unit, until="2099-12-31", reason=ExtensionReason.WORKS, words="在修", now=0)


def _suspension(order: WorkOrder, unit: AgencyCode) -> Fact:
    words = {"words": "冻土", "resume_when": "化冻", "review_on": LATER}
    return decisions.ask_suspension(order, unit, reason=SuspensionReason.SEASON, now=NOW, **words)  # type: ignore[arg-type]


def _decide_extension(order: WorkOrder, unit: AgencyCode) -> Fact:
    asked = _asked(order, Ask.EXTENSION)
    return decisions.decide_extension(order, asked, approved=False, opinion="不同意", officer=JUDGE)


def _decide_suspension(order: WorkOrder, unit: AgencyCode) -> Fact:
    asked = _asked(order, Ask.SUSPENSION)
    return decisions.decide_suspension(order, asked, approved=False, opinion="不同意", officer=JUDGE, now=NOW)


def _supervise(order: WorkOrder, unit: AgencyCode) -> Fact:
    units = tuple(a.agency for a in order.assignments[:1]) or (unit,)
    fact = f.SupervisionIssued(
        supervision=f"督2026-{len(order.oversight.supervisions) + 1}-{order.entries}",
        cause=SupervisionCause.OVERDUE,
        agencies=units,
        requirement="速办",
        reply_by=NOW + DAY,
    )
    return decisions.supervise(order, fact, now=NOW)


def _call_units(order: WorkOrder, unit: AgencyCode) -> Fact:
    fact = f.UnitsCalled(
        call=decisions.next_call(order, unit),
        caller=unit,
        agencies=(AgencyCode("370323D06" if unit != "370323D06" else "370323D04"),),
        meet_at=NOW + DAY,
        meet_where="桥头",
        matter="堵",
        handler="甲",
        in_charge="乙",
        chief="丙",
    )
    return decisions.call_units(order, fact, now=NOW)


def _follow_up(order: WorkOrder, unit: AgencyCode) -> Fact:
    fact = f.FollowedUp(result=FollowUpResult.RATED, called_at=NOW, satisfaction=Satisfaction.BAD)
    return decisions.follow_up(order, fact, now=NOW)


def _review(order: WorkOrder, unit: AgencyCode) -> Fact:
    return decisions.review(order, f.Reviewed(agency=unit, passed=True, follow_up_by=NOW + DAY))


def _transfer(order: WorkOrder, unit: AgencyCode) -> Fact:
    fact = f.EmergencyTransferred(line=EmergencyLine.FIRE, handed_at=NOW, result=HandedOver.BOTH)
    return decisions.transfer_emergency(order, fact, now=NOW)


def _urge(order: WorkOrder, unit: AgencyCode) -> Fact:
    return decisions.urge(order, unit if order.lead is not None and order.lead.is_live else AgencyCode(""))


def _dispatch(order: WorkOrder, unit: AgencyCode) -> Fact:
    """To the unit where it may be, else to one that never had it."""
    present = order.round_of(unit)
    to = AgencyCode(f"370323E{len(order.assignments):02}") if present is not None and present.is_working else unit
    return decisions.dispatch(order, to, role=AssignmentRole.LEAD, due_on="2026-11-27", reason="改派")


def _publish(order: WorkOrder, unit: AgencyCode) -> Fact:
    return decisions.publish(order, title="路灯已修", text="已修")


def _rate(order: WorkOrder, unit: AgencyCode) -> Fact:
    return decisions.rate(order, f.Rated(satisfaction=Satisfaction.GOOD, rated_at=NOW), now=NOW)


def _tell_citizen(order: WorkOrder, unit: AgencyCode) -> Fact:
    return decisions.tell_citizen(order, f.CitizenTold(Told.PROGRESS, NOW, reached=True, words="在办"), now=NOW)


def _judge(ask: Ask) -> Form:
    judges: dict[Ask, Callable[..., Fact]] = {
        Ask.SEND_BACK: decisions.decide_send_back,
        Ask.HARD_CASE: decisions.decide_hard_case,
        Ask.UNREASONABLE: decisions.decide_unreasonable,
        Ask.APPEAL: decisions.decide_appeal,
    }
    return lambda order, unit: judges[ask](order, _asked(order, ask), approved=True, opinion="同意", officer=JUDGE)


FORMS: Final[dict[str, Form]] = {
    "correct": lambda order, unit: decisions.correct(order, f.Corrected(reason="听错", title="新")),
    "transfer_emergency": _transfer,
    "answer": lambda order, unit: decisions.answer(order, f.AnsweredAtOnce(answer="早九点")),
    "tell_path": lambda order, unit: decisions.tell_path(order, f.PathTold("03", "诉讼中", "请到法院"), PATHS),
    "ask_more": lambda order, unit: decisions.ask_more(order, f.MoreAsked("门牌"), now=NOW),
    "give_more": lambda order, unit: decisions.give_more(order, "三号"),
    "merge": lambda order, unit: decisions.merge(order, OTHER),
    "void": lambda order, unit: decisions.void(order, VoidReason.TEST, "练习"),
    "dispatch": _dispatch,
    "recall": lambda order, unit: decisions.recall(order, unit, "派错"),
    "ask_send_back": lambda order, unit: decisions.ask_send_back(
        order, unit, reason=SendBackReason.WRONG_PLACE, basis="三定规定"
    ),
    "decide_send_back": _judge(Ask.SEND_BACK),
    "sign_for": decisions.sign_for,
    "make_contact": lambda order, unit: decisions.make_contact(order, unit, contacted_at=NOW, reached=True, now=NOW),
    "ask_extension": _extension,
    "decide_extension": _decide_extension,
    "ask_suspension": _suspension,
    "decide_suspension": _decide_suspension,
    "resume": lambda order, unit: decisions.resume(order, unit, "化冻了"),
    "tell_citizen": _tell_citizen,
    "reply": lambda order, unit: decisions.reply(order, unit, internal="已办"),
    "review": _review,
    "redo": lambda order, unit: decisions.redo(order, unit, "补坑"),
    "rate": _rate,
    "follow_up": _follow_up,
    "reopen": lambda order, unit: decisions.reopen(order, "又坏了"),
    "finish": lambda order, unit: decisions.finish(order, Outcome.SOLVED, "属实"),
    "archive": lambda order, unit: decisions.archive(order, file_number="1"),
    "publish": _publish,
    "call_units": _call_units,
    "answer_call": _answer_call,
    "sign_arrival": _arrive,
    "find": _find,
    "score_call": _score,
    "cancel_call": lambda order, unit: decisions.cancel_call(order, f.CallCancelled(*_ours(order, unit), reason="已通")),
    "urge": _urge,
    "supervise": _supervise,
    "answer_supervision": _answer_supervision,
    "close_supervision": _close_supervision,
    "show_card": _show_card,
    "take_back_card": _take_back,
    "ask_hard_case": lambda order, unit: decisions.ask_hard_case(order, unit, "牵涉多家"),
    "decide_hard_case": _judge(Ask.HARD_CASE),
    "ask_unreasonable": lambda order, unit: decisions.ask_unreasonable(
        order, unit, words="反复", basis="条例", evidence="五次答复"
    ),
    "decide_unreasonable": _judge(Ask.UNREASONABLE),
    "appeal": lambda order, unit: decisions.appeal(order, unit, against="超期", words="等料", evidence="单据"),
    "decide_appeal": _judge(Ask.APPEAL),
    "recompute": lambda order, unit: decisions.recompute(
        order, "2027", (f.Moved(agency=AgencyCode(""), before="2026-11-27", due_on="2026-11-28", due_at=NOW),)
    ),
    "attach": lambda order, unit: decisions.attach(
        order, f.AttachmentAdded(name="x", sha256=f"{order.entries:064}", size_bytes=1, media_type="image/png")
    ),
    "note": lambda order, unit: decisions.note(order, "备注"),
}
"""By the names of `decisions.CHECKS`; printing, unmasking and erasing decide nothing about the order."""
