"""催办, 督办, 亮牌, 疑难与不合理诉求, 考核申诉, 期限重算."""

from __future__ import annotations

import re
from collections.abc import Callable

from county_hotline.desk.acts import choices, limits
from county_hotline.desk.acts.making import (
    APPROVED,
    OPINION,
    approved,
    asked_field,
    asked_in,
    line,
    one_of,
    opinion,
    picked,
    speaker,
    text,
    tick,
    unit_of,
)
from county_hotline.desk.acts.spec import Act, Decide, Field, FieldKind, Speaks
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.civil_time import civil
from county_hotline.domain.facts import (
    AppealAsked,
    AppealDecided,
    CardShown,
    CardTakenBack,
    DueRecomputed,
    Fact,
    HardCaseAsked,
    HardCaseDecided,
    SupervisionClosed,
    SupervisionIssued,
    SupervisionReplied,
    UnreasonableAsked,
    UnreasonableDecided,
    Urged,
)
from county_hotline.domain.recomputing import moved_limits
from county_hotline.domain.vocabulary import Ask, Card, SupervisionCause
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import AgencyCode, EntryId, OfficerId
from county_hotline.wording import say

EVERY_SUPERVISION = 1_000_000


def _urge(desk: Desk, order: WorkOrder, values: Values) -> Urged:
    unit = values.agency("agency") if values.was_given("agency") else AgencyCode(_to_urge(desk, order))
    return decisions.urge(order, unit, words=values.text("words"), by_caller=values.tick("by_caller"))


def _to_urge(desk: Desk, order: WorkOrder) -> str:
    """The lead while it works; nobody by name while the order waits for dispatch."""
    lead = order.lead
    if lead is None or not lead.is_live:
        return ""
    busy = [a.agency for a in order.live if a.is_working]
    return lead.agency if lead.is_working or not busy else busy[0]


def _from_the_counter(desk: Desk, order: WorkOrder) -> str:
    return "" if choices.is_centre(desk) else choices.TICKED


# ---------------------------------------------------------------- 督办


def next_supervision(desk: Desk) -> str:
    """督办编号: `督2026-7`, counted over the supervisions this store knows. Only the centre issues them."""
    year = civil(desk.clock.now_ms()).year
    shape = re.compile(re.escape(say("act.supervise.number", year=year, count="#")).replace(r"\#", r"(\d+)"))
    rows = desk.store.supervisions(open_only=False, limit=EVERY_SUPERVISION)
    used = [int(found[1]) for row in rows if (found := shape.fullmatch(row.supervision.supervision))]
    return say("act.supervise.number", year=year, count=max(used, default=0) + 1)


def _supervise(desk: Desk, order: WorkOrder, values: Values) -> SupervisionIssued:
    if not values.line("reply_by"):
        raise Refusal("R300", field="reply_by", label="reply_by")
    fact = SupervisionIssued(
        supervision=next_supervision(desk),
        cause=values.choice("cause", SupervisionCause),
        agencies=values.agencies("agencies"),
        requirement=values.text("requirement"),
        reply_by=values.end_moment("reply_by"),
        copied_to=values.line("copied_to"),
        joint=values.tick("joint"),
    )
    return decisions.supervise(order, fact, now=values.now)


def _which(values: Values, desk: Desk, order: WorkOrder) -> str:
    return values.line("supervision") or choices.first(choices.open_supervisions)(desk, order)


def _answer(desk: Desk, order: WorkOrder, values: Values) -> SupervisionReplied:
    name = _which(values, desk, order)
    return decisions.answer_supervision(order, name, speaker(desk, values), values.text("words"))


def _close(desk: Desk, order: WorkOrder, values: Values) -> SupervisionClosed:
    name = _which(values, desk, order)
    return decisions.close_supervision(order, name, values.text("opinion"), withdrawn=values.tick("withdrawn"))


# ---------------------------------------------------------------- 亮牌


def _show(desk: Desk, order: WorkOrder, values: Values) -> CardShown:
    return decisions.show_card(order, values.agency("agency"), values.choice("card", Card), values.text("cause"))


def _take_back(desk: Desk, order: WorkOrder, values: Values) -> CardTakenBack:
    unit, _, card = (values.line("card") or choices.first(choices.cards_shown)(desk, order)).rpartition("/")
    try:
        meant = Card(card)
    except ValueError as exc:
        raise BadInput("I140", field="card", label="card", value=card[:40]) from exc
    return decisions.take_back_card(order, AgencyCode(unit), meant, values.text("reason"))


# ---------------------------------------------------------------- 认定, 申诉


def _hard_case(desk: Desk, order: WorkOrder, values: Values) -> HardCaseAsked:
    return decisions.ask_hard_case(order, speaker(desk, values), values.text("words"))


def _unreasonable(desk: Desk, order: WorkOrder, values: Values) -> UnreasonableAsked:
    return decisions.ask_unreasonable(
        order,
        speaker(desk, values),
        words=values.text("words"),
        basis=values.text("basis"),
        evidence=values.text("evidence"),
    )


def _contacts_made(desk: Desk, order: WorkOrder) -> str:
    """What the order itself knows of how often the caller was spoken to."""
    rounds = [a for a in order.assignments if a.contact_tries]
    if not rounds:
        return ""
    return say("act.evidence.contacts", count=sum(a.contact_tries for a in rounds))


def _appeal(desk: Desk, order: WorkOrder, values: Values) -> AppealAsked:
    return decisions.appeal(
        order,
        speaker(desk, values),
        against=values.line("against"),
        words=values.text("words"),
        evidence=values.text("evidence"),
    )


Judge = Callable[..., Fact]


def _judging(ask: Ask, judge: Judge) -> Decide:
    def decide(desk: Desk, order: WorkOrder, values: Values) -> Fact:
        asked: EntryId = asked_in(desk, order, values, ask)
        officer: OfficerId = desk.signed_in().officer
        return judge(order, asked, approved=approved(values), opinion=opinion(values), officer=officer)

    return decide


def _recompute(desk: Desk, order: WorkOrder, values: Values) -> DueRecomputed:
    reference = desk.store.reference
    rules = limits.rules_of(desk, order)
    before, campaigns = reference.calendars(), reference.bundle().campaigns
    moved = moved_limits(order, rules.pack, rules.calendar, before=before, campaigns=campaigns) if rules else ()
    return decisions.recompute(order, rules.calendar.version if rules else "", moved)


UNIT, ABOUT = Speaks.UNIT, Speaks.ABOUT
ACTS = (
    Act(
        "urge",
        Urged,
        _urge,
        fields=(
            Field("agency", FieldKind.AGENCY, choices=choices.units_about("urge"), default=_to_urge),
            text("words"),
            tick("by_caller", default=_from_the_counter),
        ),
        speaks=ABOUT,
        wrong={"R130": "agency", "R327": "agency"},
    ),
    Act(
        "supervise",
        SupervisionIssued,
        _supervise,
        fields=(
            picked("cause", choices.members(SupervisionCause)),
            Field("agencies", FieldKind.AGENCIES, is_required=True, default=choices.lead_unit),
            text("requirement", required=True),
            Field("reply_by", FieldKind.MOMENT, is_required=True),
            line("copied_to"),
            tick("joint"),
        ),
    ),
    Act(
        "answer_supervision",
        SupervisionReplied,
        _answer,
        fields=(
            unit_of("answer_supervision"),
            one_of("supervision", choices.open_supervisions),
            text("words", required=True),
        ),
        speaks=UNIT,
    ),
    Act(
        "close_supervision",
        SupervisionClosed,
        _close,
        fields=(one_of("supervision", choices.open_supervisions), text("opinion", required=True), tick("withdrawn")),
    ),
    Act(
        "show_card",
        CardShown,
        _show,
        fields=(
            Field("agency", FieldKind.AGENCY, is_required=True, default=choices.lead_unit),
            picked("card", choices.members(Card)),
            text("cause", required=True),
        ),
        wrong={"R130": "agency"},
    ),
    Act(
        "take_back_card",
        CardTakenBack,
        _take_back,
        fields=(one_of("card", choices.cards_shown), text("reason", required=True)),
    ),
    Act(
        "ask_hard_case",
        HardCaseAsked,
        _hard_case,
        fields=(unit_of("ask_hard_case"), text("words", required=True)),
        speaks=UNIT,
    ),
    Act(
        "ask_unreasonable",
        UnreasonableAsked,
        _unreasonable,
        fields=(
            unit_of("ask_unreasonable"),
            text("words", required=True),
            text("basis", required=True),
            Field("evidence", FieldKind.TEXT, is_required=True, default=_contacts_made),
        ),
        speaks=UNIT,
    ),
    Act(
        "appeal",
        AppealAsked,
        _appeal,
        fields=(
            unit_of("appeal"),
            line("against", required=True),
            text("words", required=True),
            text("evidence", required=True),
        ),
        speaks=UNIT,
    ),
    Act(
        "decide_hard_case",
        HardCaseDecided,
        _judging(Ask.HARD_CASE, decisions.decide_hard_case),
        fields=(asked_field(Ask.HARD_CASE), APPROVED, OPINION),
    ),
    Act(
        "decide_unreasonable",
        UnreasonableDecided,
        _judging(Ask.UNREASONABLE, decisions.decide_unreasonable),
        fields=(asked_field(Ask.UNREASONABLE), APPROVED, OPINION),
    ),
    Act(
        "decide_appeal",
        AppealDecided,
        _judging(Ask.APPEAL, decisions.decide_appeal),
        fields=(asked_field(Ask.APPEAL), APPROVED, OPINION),
    ),
    Act("recompute", DueRecomputed, _recompute),
)
