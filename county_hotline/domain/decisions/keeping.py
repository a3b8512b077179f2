"""附件, 备注, 删除: what may be added to any order at any time."""

from __future__ import annotations

from county_hotline.domain.decisions.ground import LONG_LIMIT, SHORT_LIMIT, fits, known
from county_hotline.domain.facts import AttachmentAdded, NoteAdded, Withdrawn, WordsErased
from county_hotline.domain.vocabulary import Erasure, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import EntryId


def attach(order: WorkOrder, fact: AttachmentAdded) -> AttachmentAdded:
    """附件. Refuses an empty file and one already there."""
    known(order)
    if fact.size_bytes <= 0:
        raise Refusal("R160", name=fact.name)
    if any(a.sha256 == fact.sha256 for a in order.attachments):
        raise Refusal("R161", number=order.number)
    return fact


def notable(order: WorkOrder) -> None:
    """Refuses (R100) what is not here."""
    if order.stage is Stage.UNREAD:
        raise Refusal("R100", number=order.number)


def note(order: WorkOrder, text: str) -> NoteAdded:
    """备注. Refuses an empty one, and one on what is not here."""
    notable(order)
    if not text.strip():
        raise Refusal("R170", number=order.number)
    fits({"text": text}, LONG_LIMIT)
    return NoteAdded(text=text)


def erase(order: WorkOrder, entry_id: EntryId, *, ground: str, erasure: Erasure) -> WordsErased:
    """删除个人信息. Refuses without a ground."""
    if not ground.strip():
        raise Refusal("R180", number=order.number)
    fits({"ground": ground}, SHORT_LIMIT)
    return WordsErased(entry_id=entry_id, ground=ground, erasure=erasure)


def withdraw(entry_id: EntryId, why: str) -> Withdrawn:
    """撤回 what the hub holds apart. Refuses (R541) without a reason. That it is held, and whose it is, the desk has seen to."""
    if not why.strip():
        raise Refusal("R541", field="why")
    fits({"why": why}, SHORT_LIMIT)
    return Withdrawn(entry_id=entry_id, why=why)
