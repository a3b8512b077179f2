"""办理: what a unit does with it, and the time it asks for."""

from __future__ import annotations

from county_hotline.desk.acts import choices, limits
from county_hotline.desk.acts.making import (
    APPROVED,
    OPINION,
    approved,
    asked_field,
    asked_in,
    happened_at,
    line,
    one_of,
    opinion,
    picked,
    speaker,
    ternary,
    text,
    tick,
    unit_of,
)
from county_hotline.desk.acts.spec import Act, Field, FieldKind, Speaks
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.facts import (
    CitizenTold,
    ContactMade,
    ExtensionAsked,
    ExtensionDecided,
    Replied,
    Resumed,
    SignedFor,
    SuspensionAsked,
    SuspensionDecided,
)
from county_hotline.domain.vocabulary import Ask, ExtensionReason, SuspensionReason, Told
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode
from county_hotline.wording import say


def _contact(desk: Desk, order: WorkOrder, values: Values) -> ContactMade:
    return decisions.make_contact(
        order,
        speaker(desk, values),
        contacted_at=values.moment("contacted_at"),
        reached=values.tick("reached"),
        words=values.text("words"),
        now=values.now,
    )


def _ask_extension(desk: Desk, order: WorkOrder, values: Values) -> ExtensionAsked:
    unit = speaker(desk, values)
    more = limits.more_time(desk, order, unit)
    return decisions.ask_extension(
        order,
        unit,
        until=values.day("until"),
        reason=values.choice("reason", ExtensionReason),
        words=values.text("words"),
        now=values.now,
        apply_by=more.apply_by,
        most=more.most,
        latest=more.latest,
        sealed_by=values.line("sealed_by"),
        needs_seal=more.needs_seal,
    )


def _unit(act: str, desk: Desk, order: WorkOrder) -> AgencyCode:
    return AgencyCode(choices.first_unit(act)(desk, order))


def _latest(desk: Desk, order: WorkOrder) -> str:
    """The old limit and the longest the pack gives; nothing where it gives none."""
    return limits.more_time(desk, order, _unit("ask_extension", desk, order)).latest


def _why_until(desk: Desk, order: WorkOrder) -> str:
    mine = order.round_of(_unit("ask_extension", desk, order))
    if mine is None or not mine.due_on:
        return ""
    latest = _latest(desk, order)
    key = "act.ask_extension.until_latest" if latest else "act.ask_extension.until_open"
    return say(key, due_on=mine.due_on, latest=latest)


def _decide_extension(desk: Desk, order: WorkOrder, values: Values) -> ExtensionDecided:
    asked = asked_in(desk, order, values, Ask.EXTENSION)
    found = next((a for a in order.applications if a.entry_id == asked), None)
    day = values.day("until") or (found.wanted if found else "")
    return decisions.decide_extension(
        order,
        asked,
        approved=approved(values),
        opinion=opinion(values),
        officer=desk.signed_in().officer,
        until=day,
        due_at=limits.day_ends(desk, order, day),
        latest=limits.more_time(desk, order, found.agency).latest if found else "",
        tell_by=limits.tell_by(desk, order),
    )


def _wanted(ask: Ask) -> choices.Default:
    def wanted(desk: Desk, order: WorkOrder) -> str:
        found = order.open_application(ask=ask)
        return found.wanted if found else ""

    return wanted


def _ask_suspension(desk: Desk, order: WorkOrder, values: Values) -> SuspensionAsked:
    return decisions.ask_suspension(
        order,
        speaker(desk, values),
        reason=values.choice("reason", SuspensionReason),
        words=values.text("words"),
        resume_when=values.text("resume_when"),
        review_on=values.day("review_on"),
        sealed_by=values.line("sealed_by"),
        now=values.now,
        latest_review=limits.latest_review(desk, order),
    )


def _decide_suspension(desk: Desk, order: WorkOrder, values: Values) -> SuspensionDecided:
    return decisions.decide_suspension(
        order,
        asked_in(desk, order, values, Ask.SUSPENSION),
        approved=approved(values),
        opinion=opinion(values),
        officer=desk.signed_in().officer,
        now=values.now,
        review_on=values.day("review_on"),
        latest_review=limits.latest_review(desk, order),
        stops_clock=limits.stops_clock(desk, order),
    )


def _resume(desk: Desk, order: WorkOrder, values: Values) -> Resumed:
    unit = speaker(desk, values)
    due_on, due_at = limits.due_after_waiting(desk, order, unit)
    return decisions.resume(order, unit, values.text("words"), due_on=due_on, due_at=due_at)


def _tell(desk: Desk, order: WorkOrder, values: Values) -> CitizenTold:
    unit = desk.card.unit
    fact = CitizenTold(
        about=values.choice("about", Told),
        told_at=values.moment("told_at"),
        reached=values.tick("reached"),
        words=values.text("words"),
        agency=unit if order.round_of(unit) else AgencyCode(""),
    )
    return decisions.tell_citizen(order, fact, now=values.now)


def _to_tell(desk: Desk, order: WorkOrder) -> str:
    """What is still to be told; of what has ended the result."""
    about = Told.RESULT if order.is_ended else Told.PROGRESS
    return (order.to_tell[0].about if order.to_tell else about).value


def _why_tell(desk: Desk, order: WorkOrder) -> str:
    if order.to_tell and order.to_tell[0].about is Told.EXTENSION:
        return say("act.tell_citizen.new_date", due_on=order.due_on)
    return ""


def _reply(desk: Desk, order: WorkOrder, values: Values) -> Replied:
    return decisions.reply(
        order,
        speaker(desk, values),
        internal=values.text("internal"),
        public=values.text("public"),
        solved=values.ternary("solved"),
        genuine=values.ternary("genuine"),
        beyond_duty=values.ternary("beyond_duty"),
        unsolved_reason=values.text("unsolved_reason"),
        signed_off_by=values.line("signed_off_by"),
        photos=values.several("photos", {each.sha256 for each in order.attachments}),
    )


def _why_public(desk: Desk, order: WorkOrder) -> str:
    return say("act.reply.public_wanted") if decisions.lacks_public(order, "") else ""


def _needs_seal(desk: Desk, order: WorkOrder) -> bool:
    return limits.more_time(desk, order, _unit("ask_extension", desk, order)).needs_seal


UNIT = Speaks.UNIT
REACHED = tick("reached", default=choices.fixed(choices.TICKED))
ACTS = (
    Act(
        "sign_for",
        SignedFor,
        lambda desk, order, values: decisions.sign_for(order, speaker(desk, values)),
        fields=(unit_of("sign_for"),),
        speaks=UNIT,
    ),
    Act(
        "make_contact",
        ContactMade,
        _contact,
        fields=(unit_of("make_contact"), happened_at("contacted_at"), REACHED, text("words")),
        speaks=UNIT,
    ),
    Act(
        "ask_extension",
        ExtensionAsked,
        _ask_extension,
        fields=(
            unit_of("ask_extension"),
            Field("until", FieldKind.DAY, is_required=True, default=_latest, why=_why_until),
            picked("reason", choices.members(ExtensionReason)),
            text("words", required=True),
            Field("sealed_by", is_required=True, is_shown=_needs_seal),
        ),
        speaks=UNIT,
    ),
    Act(
        "decide_extension",
        ExtensionDecided,
        _decide_extension,
        fields=(asked_field(Ask.EXTENSION), APPROVED, Field("until", FieldKind.DAY, default=_wanted(Ask.EXTENSION)), OPINION),
    ),
    Act(
        "ask_suspension",
        SuspensionAsked,
        _ask_suspension,
        fields=(
            unit_of("ask_suspension"),
            picked("reason", choices.members(SuspensionReason)),
            text("words", required=True),
            text("resume_when", required=True),
            Field("review_on", FieldKind.DAY, is_required=True, default=limits.latest_review),
            line("sealed_by"),
        ),
        speaks=UNIT,
    ),
    Act(
        "decide_suspension",
        SuspensionDecided,
        _decide_suspension,
        fields=(
            asked_field(Ask.SUSPENSION),
            APPROVED,
            Field("review_on", FieldKind.DAY, default=_wanted(Ask.SUSPENSION)),
            OPINION,
        ),
    ),
    Act("resume", Resumed, _resume, fields=(unit_of("resume"), text("words", required=True)), speaks=UNIT),
    Act(
        "tell_citizen",
        CitizenTold,
        _tell,
        fields=(
            one_of("about", choices.members(Told), default=_to_tell),
            happened_at("told_at"),
            REACHED,
            Field("words", FieldKind.TEXT, is_required=True, why=_why_tell),
        ),
    ),
    Act(
        "reply",
        Replied,
        _reply,
        fields=(
            unit_of("reply"),
            text("internal", required=True, lines=5),
            Field("public", FieldKind.TEXT, lines=5, why=_why_public),
            ternary("solved"),
            ternary("genuine"),
            ternary("beyond_duty"),
            line("unsolved_reason"),
            line("signed_off_by"),
            Field("photos", FieldKind.SEVERAL, choices=choices.photos, is_shown=choices.has_photos),
        ),
        speaks=UNIT,
    ),
)
