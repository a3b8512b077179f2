"""登记: taking a request. Text is cleaned and its original kept; doubts are shown and never block; drafts survive a kill."""

from __future__ import annotations

import msgspec

from county_hotline.clock import local
from county_hotline.db import memos
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.checks import cautions_for
from county_hotline.domain.cleaning import clean, storable
from county_hotline.domain.facts import Accepted, Person
from county_hotline.domain.time_limits import Due, due
from county_hotline.domain.views import Caution, Draft, RegisterRow
from county_hotline.domain.vocabulary import Channel, MatterKind, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, new_query_code
from county_hotline.signals import Changes


class IntakeForm(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the officer has typed so far. Texts as typed; closed lists as their values."""

    name: str = ""
    phone: str = ""
    address: str = ""
    id_number: str = ""
    anonymous: bool = False
    confidential: bool = False
    public: bool = False
    notified: bool = False
    wants_call_back: bool = True
    people: int = 1
    channel: Channel = Channel.VISIT
    matter_kind: MatterKind = MatterKind.HELP
    urgency: Urgency = Urgency.NORMAL
    category: str = ""
    place: str = ""
    place_detail: str = ""
    title: str = ""
    content: str = ""
    demand: str = ""
    agency_hint: str = ""
    came_at: int = 0
    """来件时间, UTC ms; 0 means now."""
    external_number: str = ""


_ONE_LINE = ("title", "place_detail", "external_number")
_MANY_LINES = ("content", "demand")
_PERSON = ("name", "phone", "address", "id_number")


def missing(form: IntakeForm) -> tuple[str, ...]:
    """Fields still needed before 受理, in the order of the page."""
    needed = []
    if not form.anonymous and not (form.phone.strip() or form.name.strip()):
        needed.append("phone")
    needed += [name for name in ("place", "title", "content") if not getattr(form, name).strip()]
    return tuple(needed)


def cautions(desk: Desk, form: IntakeForm) -> tuple[Caution, ...]:
    """What looks wrong but may be right."""
    person = Person(name=form.name, phone=form.phone, address=form.address, id_number=form.id_number)
    return tuple(
        cautions_for(person, title=form.title, content=form.content, came_at=form.came_at or None, now=desk.clock.now_ms())
    )


def estimate(desk: Desk, form: IntakeForm) -> Due | None:
    """最迟办结 as the rule pack in force and the calendar give it, with the reasons; None where the pack knows no limit."""
    pack, calendar = desk.store.reference.rule_pack(), desk.store.reference.calendar()
    if pack is None or calendar is None:
        return None
    limit = pack.limit_for(form.matter_kind, form.urgency)
    return due(local(desk.clock.now_ms()), limit, calendar) if limit else None


def accept(desk: Desk, form: IntakeForm) -> WorkOrder:
    """受理: number, journal, tables, all at once or nothing. Refuses what decisions.accept refuses."""
    officer = desk.needs("accept")
    fact, person = drawn_up(desk, form)
    order = desk.store.accept(lambda number: (decisions.accept(fact, person), person), officer=officer.officer)
    desk.tell(Changes(work_orders=frozenset({order.number}), counts=True))
    return order


def drawn_up(desk: Desk, form: IntakeForm) -> tuple[Accepted, Person]:
    """What would be written for this form: cleaned, with originals, hint and estimate. Nothing is decided or kept yet."""
    texts = _cleaned(form, (*_ONE_LINE, *_MANY_LINES))
    particulars = _cleaned(form, _PERSON)
    person = Person(**particulars, original=_originals(form, particulars))
    return _accepted(desk, form, texts), person


def _accepted(desk: Desk, form: IntakeForm, texts: dict[str, str]) -> Accepted:
    estimated = estimate(desk, form)
    reference = desk.store.reference
    pack = reference.rule_pack()
    hint = form.agency_hint or reference.category(form.category).usual_agency or reference.place(form.place).agency
    return Accepted(
        query_code=new_query_code(),
        unit=desk.card.unit,
        channel=form.channel,
        matter_kind=form.matter_kind,
        category=form.category,
        place=form.place,
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
        original=_originals(form, texts),
        **texts,
    )


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


def save_draft(desk: Desk, key: str, form: IntakeForm) -> int:
    """Keep what is typed. When it was kept, UTC ms."""
    now = desk.clock.now_ms()
    typed = {name: storable(text) for name in form.__struct_fields__ if type(text := getattr(form, name)) is str}
    with desk.store.immediate() as db:
        memos.save_draft(db, key, now, msgspec.json.encode(msgspec.structs.replace(form, **typed)))
    return now


def drafts(desk: Desk) -> tuple[Draft, ...]:
    """Unfinished forms, newest first; `form_of` reads one."""
    return desk.store.drafts()


def form_of(draft: Draft) -> IntakeForm:
    """The form a draft holds; an empty one where it cannot be read any more."""
    try:
        return msgspec.json.decode(draft.body, type=IntakeForm)
    except msgspec.MsgspecError:
        return IntakeForm()


def drop_draft(desk: Desk, key: str) -> None:
    """The form was finished or given up."""
    with desk.store.immediate() as db:
        memos.drop_draft(db, key)
