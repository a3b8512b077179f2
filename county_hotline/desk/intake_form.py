"""登记页上填的: every field of a request as it is typed, what is still missing, and the drafts that survive a kill."""

from __future__ import annotations

from typing import Final

import msgspec

from county_hotline.db.beside import memos
from county_hotline.desk.desk import Desk
from county_hotline.domain.cleaning import storable
from county_hotline.domain.views import Draft
from county_hotline.domain.vocabulary import CallerKind, Channel, MatterKind, SourceLevel, Urgency

GROUP_FROM: Final = 5
"""From so many callers on it is a group matter and needs representatives (DOMAIN 3.2: 代表人, 共同诉求人数 ≥ 5)."""


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
    caller_kind: CallerKind = CallerKind.PERSON
    company: str = ""
    credit_code: str = ""
    representatives: str = ""
    concerns: tuple[str, ...] = ()
    """Values of `Concern`. 群体 sets itself from five callers on."""
    source_level: SourceLevel = SourceLevel.COUNTY
    external_due_at: int = 0
    """The limit an upper level set, UTC ms; 0: none."""
    event: str = ""
    """领导接线 event, by code."""
    campaign: str = ""
    """专项, by code."""
    grid: str = ""
    """网格, by code."""
    collected_by: str = ""
    line: str = ""
    """归并热线 it was dialled by."""
    incoming: int = 0
    """待审核留言 it is made from; 0: none."""
    relations: tuple[tuple[str, str], ...] = ()
    """What is written together with the acceptance, in the order chosen: `link` or `cluster`, and the order's number."""
    half: dict[str, str] = {}
    """What is typed and no value yet, by field: words in a field that finds, of which no line was taken; an answer not recorded yet
    (`answer.words`). Kept in drafts only."""


def missing(form: IntakeForm) -> tuple[str, ...]:
    """Fields still needed before 受理, in the order of the page."""
    needed = []
    if not form.anonymous and not (form.phone.strip() or form.name.strip()):
        needed.append("phone")
    if form.caller_kind is CallerKind.ENTERPRISE and not form.company.strip():
        needed.append("company")
    if form.people >= GROUP_FROM and not form.representatives.strip():
        needed.append("representatives")
    needed += [name for name in ("place", "title", "content") if not getattr(form, name).strip()]
    return tuple(needed)


def save_draft(desk: Desk, key: str, form: IntakeForm) -> int:
    """Keep what is typed. When it was kept, UTC ms."""
    now = desk.clock.now_ms()
    typed = {name: storable(text) for name in form.__struct_fields__ if type(text := getattr(form, name)) is str}
    half = {name: storable(text) for name, text in form.half.items()}
    with desk.store.immediate() as db:
        memos.save_draft(db, key, now, msgspec.json.encode(msgspec.structs.replace(form, half=half, **typed)))
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
