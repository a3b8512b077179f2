"""派单, 撤回, 退回."""

from __future__ import annotations

from county_hotline.desk import duty_list
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
    unit_about,
    unit_of,
)
from county_hotline.desk.acts.spec import Act, Field, FieldKind, Speaks
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.facts import Dispatched, Recalled, SendBackAsked, SendBackDecided
from county_hotline.domain.reference import FallbackRule
from county_hotline.domain.vocabulary import Ask, AssignmentRole, SendBackReason
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode
from county_hotline.wording import say


def dispatched(
    desk: Desk,
    order: WorkOrder,
    agency: AgencyCode,
    *,
    role: AssignmentRole,
    due_on: str = "",
    advice: str = "",
    reason: str = "",
    basis: str = "",
    fallback_rule: bool = False,
) -> Dispatched:
    """派单 with the limits of the order's pack: the order's own day where none is given, 签收 and 首次联系 from now."""
    day = due_on or limits.due_for_unit(desk, order)
    return decisions.dispatch(
        order,
        agency,
        role=role,
        due_on=day,
        due_at=limits.day_ends(desk, order, day),
        sign_by=limits.sign_by(desk, order),
        contact_by=limits.contact_by(desk, order),
        advice=advice,
        reason=reason,
        basis=basis,
        fallback_rule=fallback_rule,
    )


def _dispatch(desk: Desk, order: WorkOrder, values: Values) -> Dispatched:
    role = values.optional("role", AssignmentRole) or AssignmentRole.LEAD
    rule = _rule(desk, order)
    by_rule = values.tick("fallback_rule") and role is AssignmentRole.FALLBACK
    return dispatched(
        desk,
        order,
        values.agency("agency"),
        role=role,
        due_on=values.day("due_on"),
        advice=values.text("advice"),
        reason=values.line("reason"),
        basis=_true_basis(desk, order, values) or (rule.named_by if rule and by_rule else ""),
        fallback_rule=by_rule,
    )


def _true_basis(desk: Desk, order: WorkOrder, values: Values) -> str:
    """依据 as it stands in the form; a line of the list that names another unit than the chosen one is no ground for it."""
    basis, agency = values.line("basis"), values.agency("agency")
    names_another = any(each.basis == basis and each.lead != agency for each in _listed(desk, order))
    return "" if names_another else basis


def _rule(desk: Desk, order: WorkOrder) -> FallbackRule | None:
    """The 兜底规则 that holds for this order after so many returns; the one of its category before a general one."""
    category = order.accepted.category if order.accepted else ""
    holding = [
        rule
        for rule in desk.store.reference.bundle().fallbacks
        if order.returns >= rule.after_returns and (not rule.category or category.startswith(rule.category))
    ]
    return max(holding, key=lambda rule: (len(rule.category), rule.after_returns), default=None)


def _by_rule(desk: Desk, order: WorkOrder) -> AgencyCode:
    rule = _rule(desk, order)
    if rule is None:
        return AgencyCode("")
    place = order.accepted.place if order.accepted else ""
    return rule.unit or desk.store.reference.place(place).agency


def _offered_unit(desk: Desk, order: WorkOrder) -> str:
    """Whom the rule names after so many returns; else whom the unit that was let go took for the right one; else the hint of acceptance.
    Nobody who had it and was let go."""
    returned = {a.agency for a in order.assignments if a.ended_at is not None}
    proposed = next((a.wanted for a in reversed(order.applications) if a.ask is Ask.SEND_BACK and a.approved), "")
    hint = order.accepted.agency_hint if order.accepted else ""
    if order.lead is not None and order.lead.is_live:
        return ""
    for unit in (_by_rule(desk, order), proposed, *(each.lead for each in _listed(desk, order)), hint):
        if unit and unit not in returned:
            return str(unit)
    return ""


def _listed(desk: Desk, order: WorkOrder) -> tuple[duty_list.Suggestion, ...]:
    """What 归属清单 says of this matter, the most exact line first; a person judges its condition."""
    accepted = order.accepted
    if accepted is None:
        return ()
    return duty_list.by_lines(desk, accepted.category, accepted.place, f"{accepted.title} {accepted.content}")


def _why_unit(desk: Desk, order: WorkOrder) -> str:
    unit, rule = _offered_unit(desk, order), _rule(desk, order)
    if (
        unit
        and (listed := next((each for each in _listed(desk, order) if each.lead == unit), None))
        and unit != _by_rule(desk, order)
    ):
        when = say("act.dispatch.when", condition=listed.condition) if listed.condition else ""
        return say("act.dispatch.listed", basis=listed.basis, matter=listed.matter, when=when)
    if not unit or rule is None or unit != _by_rule(desk, order):
        return ""
    return say("act.dispatch.by_rule", count=order.returns, unit=choices.unit_name(desk, unit), who=rule.named_by)


def _role(desk: Desk, order: WorkOrder) -> str:
    if order.lead is not None and order.lead.is_live:
        return AssignmentRole.HELPER.value
    return AssignmentRole.FALLBACK.value if _by_rule(desk, order) else AssignmentRole.LEAD.value


def _has_lead(desk: Desk, order: WorkOrder) -> bool:
    return order.lead is not None and order.lead.is_live


def _had_return(desk: Desk, order: WorkOrder) -> bool:
    return order.returns > 0


def _basis(desk: Desk, order: WorkOrder) -> str:
    """Who named the fallback, or the line of the list that was offered."""
    rule = _rule(desk, order)
    if rule and _by_rule(desk, order):
        return rule.named_by
    unit = _offered_unit(desk, order)
    return next((each.basis for each in _listed(desk, order) if unit and each.lead == unit), "")


def _ask_back(desk: Desk, order: WorkOrder, values: Values) -> SendBackAsked:
    unit = speaker(desk, values)
    until, most = limits.send_back_until(desk, order, unit)
    return decisions.ask_send_back(
        order,
        unit,
        reason=values.choice("reason", SendBackReason),
        basis=values.text("basis"),
        words=values.text("words"),
        proposed=values.agency("proposed"),
        now=values.now,
        until=until,
        most=most,
    )


def _decide_back(desk: Desk, order: WorkOrder, values: Values) -> SendBackDecided:
    return decisions.decide_send_back(
        order,
        asked_in(desk, order, values, Ask.SEND_BACK),
        approved=approved(values),
        opinion=opinion(values),
        officer=desk.signed_in().officer,
    )


ACTS = (
    Act(
        "dispatch",
        Dispatched,
        _dispatch,
        fields=(
            Field("agency", FieldKind.AGENCY, is_required=True, default=_offered_unit, why=_why_unit),
            one_of("role", choices.members(AssignmentRole), default=_role),
            Field("due_on", FieldKind.DAY, default=limits.due_for_unit),
            text("advice"),
            Field("reason", is_shown=_has_lead),
            Field("basis", default=_basis),
            Field(
                "fallback_rule",
                FieldKind.TICK,
                default=lambda desk, order: choices.TICKED if _by_rule(desk, order) else "",
                is_shown=_had_return,
            ),
        ),
    ),
    Act(
        "recall",
        Recalled,
        lambda desk, order, values: decisions.recall(order, values.agency("agency"), values.line("reason")),
        fields=(unit_about("recall"), line("reason", required=True)),
        speaks=Speaks.ABOUT,
    ),
    Act(
        "ask_send_back",
        SendBackAsked,
        _ask_back,
        fields=(
            unit_of("ask_send_back"),
            picked("reason", choices.members(SendBackReason)),
            text("basis", required=True),
            text("words"),
            Field("proposed", FieldKind.AGENCY),
        ),
        speaks=Speaks.UNIT,
    ),
    Act("decide_send_back", SendBackDecided, _decide_back, fields=(asked_field(Ask.SEND_BACK), APPROVED, OPINION)),
)
