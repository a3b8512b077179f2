"""登记: taking a request, and ending it in the same talk where it needs no unit. Text is cleaned and its original kept; doubts are shown
and never block; an emergency waits for nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec

from county_hotline.desk import duty_list, knowledge, relating
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake_form import GROUP_FROM, IntakeForm, drafts, drop_draft, form_of, missing, save_draft
from county_hotline.domain import decisions
from county_hotline.domain.checks import cautions_for, transfer_cautions
from county_hotline.domain.civil_time import civil
from county_hotline.domain.cleaning import clean
from county_hotline.domain.decisions import CONTENT_LIMIT, LONG_LIMIT, SHORT_LIMIT, TITLE_LIMIT
from county_hotline.domain.decisions.ground import fits
from county_hotline.domain.facts import Accepted, AnsweredAtOnce, EmergencyTransferred, Fact, PathTold, Person
from county_hotline.domain.headlines import shortened
from county_hotline.domain.order_limits import limit_of
from county_hotline.domain.time_limits import Due, due
from county_hotline.domain.trace_lines import TraceLine
from county_hotline.domain.views import Caution, RegisterRow
from county_hotline.domain.vocabulary import CallerKind, Concern, HandedOver, MatterKind, SourceLevel, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal, StoreFault
from county_hotline.ids import AgencyCode, OfficerId, new_query_code
from county_hotline.signals import Changes
from county_hotline.wording import say, word

__all__ = [
    "GROUP_FROM",
    "IntakeForm",
    "accept",
    "answer",
    "caller_history",
    "cautions",
    "decided",
    "drafts",
    "drawn_up",
    "drop_draft",
    "estimate",
    "form_of",
    "missing",
    "save_draft",
    "tell_path",
    "transfer_emergency",
]

Follow = Callable[[WorkOrder], tuple[Fact, Person | None]]

_MATTER = ("title", "place_detail", "external_number", "collected_by", "line", "content", "demand")
_PERSON = ("name", "phone", "address", "id_number", "company", "credit_code", "representatives")
_CUT = {
    **dict.fromkeys((*_PERSON, "place_detail", "external_number", "collected_by", "line"), SHORT_LIMIT),
    "content": CONTENT_LIMIT,
    "demand": LONG_LIMIT,
}
"""How much of a field is kept where nothing may be refused."""
MOST_PEOPLE = 99_999
_MANY_LINES = ("content", "demand", "representatives")


def cautions(desk: Desk, form: IntakeForm) -> tuple[Caution, ...]:
    """What looks wrong but may be right."""
    person = Person(**{name: getattr(form, name) for name in _PERSON})
    now = desk.clock.now_ms()
    found = cautions_for(person, title=form.title, content=form.content, came_at=form.came_at or None, now=now)
    above = form.source_level is not SourceLevel.COUNTY
    return (*found, *transfer_cautions(above, form.external_number, external_due_at=form.external_due_at, now=now))


# ---------------------------------------------------------------- by when


def estimate(desk: Desk, form: IntakeForm) -> Due | None:
    """最迟办结: the tighter of the upper level's limit and of what the rule pack in force and the calendar give, with the reasons; None
    where nobody set one. The pack's own date stands first in the reasons where the upper level's counts."""
    ours = _by_our_rules(desk, form)
    above = form.external_due_at
    if not above or (ours is not None and ours.at_ms <= above):
        return ours
    last = civil(above - 1).date()  # what ends at midnight ends with the day before
    at = "24:00" if civil(above).date() != last else f"{civil(above):%H:%M}"
    line = TraceLine("external_limit", {"level": word(form.source_level), "day": last.isoformat(), "time": at})
    return Due(last, provisional=False, trace=(*(ours.trace if ours else ()), line), at=at, at_ms=above)


def _by_our_rules(desk: Desk, form: IntakeForm) -> Due | None:
    pack, calendar = desk.store.reference.rule_pack(), desk.store.reference.calendar()
    if pack is None or calendar is None:
        return None
    now = desk.clock.now_ms()
    texts = _cleaned(form, _MATTER)
    asked = Accepted(
        query_code="",
        unit=desk.card.unit,
        channel=form.channel,
        matter_kind=form.matter_kind,
        category=form.category,
        place=form.place,
        title=texts["title"],
        content=texts["content"],
        demand=texts["demand"],
        came_at=now,
        urgency=form.urgency,
        campaign=form.campaign,
    )
    limit = limit_of(asked, pack, desk.store.reference.bundle().campaigns, at=now)
    return due(civil(now), limit, calendar) if limit else None


# ---------------------------------------------------------------- registering


def accept(desk: Desk, form: IntakeForm) -> WorkOrder:
    """受理: number, journal, tables, all at once or nothing. Refuses what `decided` refuses."""
    return _registered(desk, form, act="accept")


def decided(desk: Desk, form: IntakeForm) -> tuple[Accepted, Person]:
    """What would be written, if it may be. Refuses what decisions.accept refuses, an enterprise without a name (R401), five callers and
    more without representatives (R402)."""
    if form.caller_kind is CallerKind.ENTERPRISE and not form.company.strip():
        raise Refusal("R401")
    if form.people >= GROUP_FROM and not form.representatives.strip():
        raise Refusal("R402", count=form.people)
    fact, person = drawn_up(desk, msgspec.structs.replace(form, agency_hint=form.agency_hint or _lead(desk, form)))
    fits({"company": person.company, "credit_code": person.credit_code, "collected_by": fact.collected_by}, SHORT_LIMIT)
    fits({"representatives": person.representatives}, LONG_LIMIT)
    return decisions.accept(fact, person), person


def _lead(desk: Desk, form: IntakeForm) -> str:
    """Whose matter the county's list says it is. Empty where no category was chosen, no line fits, or the best one holds only on a
    condition that a person must judge: what is printed on the slip is no guess."""
    if not form.category:
        return ""
    suggested = duty_list.by_lines(desk, form.category, form.place, f"{form.title}\n{form.content}")
    return suggested[0].lead if suggested and not suggested[0].condition else ""


def _registered(desk: Desk, form: IntakeForm, *, act: str, then: Sequence[Follow] = ()) -> WorkOrder:
    """The request and what follows at once."""
    officer = desk.needs(act)
    return _written(desk, form, decided(desk, form), officer=officer.officer, then=then)


def _written(
    desk: Desk, form: IntakeForm, ready: tuple[Accepted, Person], *, officer: OfficerId, then: Sequence[Follow]
) -> WorkOrder:
    """One transaction for all of it, the message it was made from among it."""
    together = relating.taken_with(desk, form.relations, confidential=ready[0].confidential)
    order = desk.store.accept(
        lambda _number: ready,
        officer=officer,
        then=(*together.then, *then),
        beside=together.beside,
        incoming=form.incoming,
    )
    others = (number for number, _ in together.beside)
    desk.tell(Changes(work_orders=frozenset({order.number, *others}), counts=True))
    return order


# ---------------------------------------------------------------- ended in the same talk


def answer(desk: Desk, form: IntakeForm, *, answer: str, article: str = "", content: bool | None = None) -> WorkOrder:
    """直接答复: registered and answered, in one transaction. Refuses an unknown or expired article (R410, R411), and what the rules of
    answering refuse."""
    known = knowledge.usable(desk, article) if article else None
    fact = AnsweredAtOnce(
        answer=clean(answer, lines=True),
        article=known.code if known else "",
        article_version=knowledge.version_of(known) if known else "",
        article_title=known.title if known else "",
        content=content,
    )
    return _registered(desk, form, act="answer", then=(lambda order: (decisions.answer(order, fact), None),))


def tell_path(
    desk: Desk,
    form: IntakeForm,
    *,
    reason: str,
    words: str,
    path: str,
    basis: str,
    handed_to: str = "",
    handed_number: str = "",
    signed: bool | None = None,
) -> WorkOrder:
    """告知法定途径: registered and told, in one transaction. Refuses what the rules of telling refuse."""
    fact = PathTold(
        reason=clean(reason, lines=False),
        words=clean(words, lines=True),
        path=clean(path, lines=True),
        basis=clean(basis, lines=True),
        handed_to=clean(handed_to, lines=False),
        handed_number=clean(handed_number, lines=False),
        signed=signed,
    )
    paths = desk.store.reference.bundle().told_paths
    return _registered(desk, form, act="tell_path", then=(lambda order: (decisions.tell_path(order, fact, paths), None),))


def transfer_emergency(desk: Desk, form: IntakeForm, fact: EmergencyTransferred) -> WorkOrder:
    """紧急转接, already spoken: registered and written down in one transaction, however little is known of the caller. Goes on as an order
    unless the other centre took it whole. Refuses only who has not the duty, and what the rules of handing over refuse."""
    now = desk.clock.now_ms()
    limits = {"taker": SHORT_LIMIT, "participants": SHORT_LIMIT, "words": LONG_LIMIT}
    texts = {name: clean(getattr(fact, name), lines=name == "words")[:limit] for name, limit in limits.items()}
    fact = msgspec.structs.replace(fact, handed_at=fact.handed_at or now, **texts)
    officer = desk.needs("transfer_emergency")
    accepted, person = drawn_up(desk, _filled_up(desk, form, fact))
    ready = (decisions.accept(accepted, person), person)
    follow = (lambda order: (decisions.transfer_emergency(order, fact, now=now), None),)
    order = _written(desk, msgspec.structs.replace(form, incoming=0), ready, officer=officer.officer, then=follow)
    if form.incoming:
        with suppress(StoreFault):  # settled by somebody else meanwhile: no reason to hold up an emergency
            desk.store.settle_incoming(form.incoming, number=order.number, officer=officer.officer, at=now)
    return order


def _filled_up(desk: Desk, form: IntakeForm, fact: EmergencyTransferred) -> IntakeForm:
    """The form with honest words where nothing was typed, and nothing in it that could hold up a hand-over: who is not known is anonymous,
    where is not known is the clerk's township (or the county), over-long words are cut behind. Nobody answered: 特急 (our assumption)."""
    unit = desk.store.reference.agency(desk.card.unit)
    cut = {name: getattr(form, name)[:limit] for name, limit in _CUT.items()}
    form = msgspec.structs.replace(form, **cut)
    said = fact.words or say("emergency.content", line=word(fact.line), result=word(fact.result))
    return msgspec.structs.replace(
        form,
        title=shortened(clean(form.title, lines=False), TITLE_LIMIT) or say("emergency.title", line=word(fact.line)),
        content=form.content if clean(form.content, lines=True) else said,
        place=form.place or unit.place or desk.card.county,
        anonymous=form.anonymous or not (clean(form.name, lines=False) or clean(form.phone, lines=False)),
        people=min(max(form.people, 1), MOST_PEOPLE),
        urgency=Urgency.CRITICAL if fact.result is HandedOver.NO_ANSWER else form.urgency,
    )


# ---------------------------------------------------------------- what is written


def drawn_up(desk: Desk, form: IntakeForm) -> tuple[Accepted, Person]:
    """What would be written for this form: cleaned, with originals, hint and estimate. Nothing is decided or kept yet."""
    texts = _cleaned(form, _MATTER)
    particulars = _cleaned(form, _PERSON)
    person = Person(**particulars, original=_originals(form, particulars))
    return _accepted(desk, form, texts), person


def _accepted(desk: Desk, form: IntakeForm, texts: dict[str, str]) -> Accepted:
    estimated = _by_our_rules(desk, form)
    reference = desk.store.reference
    pack = reference.rule_pack()
    hint = form.agency_hint or reference.category(form.category).usual_agency or duty_list.township_of(desk, form.place)
    return Accepted(
        query_code=new_query_code(),
        unit=desk.card.unit,
        channel=form.channel,
        matter_kind=form.matter_kind,
        category=form.category,
        place=form.place,
        title=texts["title"],
        content=texts["content"],
        demand=texts["demand"],
        place_detail=texts["place_detail"],
        came_at=form.came_at or desk.clock.now_ms(),
        urgency=form.urgency,
        people=form.people,
        anonymous=form.anonymous,
        confidential=form.confidential or form.matter_kind is MatterKind.TIP_OFF,
        public=form.public,
        notified=form.notified,
        wants_call_back=form.wants_call_back,
        agency_hint=AgencyCode(hint),
        rule_pack=pack.reference if pack else "",
        due_on=estimated.on.isoformat() if estimated else "",
        due_provisional=bool(estimated and estimated.provisional),
        due_at=estimated.at_ms if estimated else 0,
        external_number=texts["external_number"],
        source_level=form.source_level,
        external_due_at=form.external_due_at,
        caller_kind=form.caller_kind,
        concerns=_concerns(form),
        event=form.event,
        campaign=form.campaign,
        grid=form.grid,
        collected_by=texts["collected_by"],
        line=texts["line"],
        original=_originals(form, texts),
    )


def _concerns(form: IntakeForm) -> tuple[Concern, ...]:
    """As ticked, in the order of the list, each once; 群体 from five callers on. What a newer release's draft names is left out."""
    ticked = set(form.concerns) | ({Concern.GROUP.value} if form.people >= GROUP_FROM else set())
    return tuple(concern for concern in Concern if concern.value in ticked)


def _cleaned(form: IntakeForm, fields: tuple[str, ...]) -> dict[str, str]:
    return {name: clean(getattr(form, name), lines=name in _MANY_LINES) for name in fields}


def _originals(form: IntakeForm, cleaned: dict[str, str]) -> dict[str, str]:
    return {
        name: before.encode("utf-8", "replace").decode()
        for name, after in cleaned.items()
        if (before := getattr(form, name)) != after and before.strip() != after
    }


def caller_history(desk: Desk, phone: str) -> tuple[RegisterRow, ...]:
    """此人历史: earlier orders of this number at this station; confidential ones are not among them."""
    return desk.store.by_phone(phone)
