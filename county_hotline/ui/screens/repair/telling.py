"""One held record in words: what it is, whether anything is lost, what to do; and the form by which it is written anew. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from county_hotline.errors import HotlineError
from county_hotline.ui.telling.reading import FieldTold
from county_hotline.ui.telling.standing import moment, short_number
from county_hotline.wording import act, has, say, sentence

if TYPE_CHECKING:
    from county_hotline.desk.acts.spec import Field, Opened
    from county_hotline.desk.repairing import HeldHere

WHY = "withdrawn_why"
_KINDS = {"text": "text", "choice": "choice", "ternary": "choice", "tick": "tick", "agency": "find"}
_TERNARY = ("yes", "no", "")


@dataclass(frozen=True, slots=True)
class RecordTold:
    """One line, and what is said of it beside the list."""

    key: str
    number: str
    """Whole, to open the order with."""
    short: str
    when: str
    what: str
    """受理, 回复 …"""
    title: str
    why: str
    """In a few words."""
    tone: str
    paragraphs: tuple[tuple[str, str], ...]
    """Label and words: what it is, whether anything is lost, what to do."""
    who: str
    can_rewrite: bool
    can_withdraw: bool
    can_send: bool


def record_told(each: HeldHere, *, year: int) -> RecordTold:
    """A line of the list."""
    settled = each.is_withdrawn or not each.is_ours or each.code == "H107"
    key = f"held.short.{each.code}"
    why = (
        say("held.short.withdrawn") if each.is_withdrawn else say(key) if has(key) else say("held.short.other", code=each.code)
    )
    return RecordTold(
        key=each.entry_id,
        number=each.number,
        short=short_number(each.number),
        when=moment(each.recorded_at, year=year),
        what=act(each.kind),
        title=each.title,
        why=why,
        tone="quiet" if settled else "amber",
        paragraphs=_paragraphs(each),
        who=each.officer,
        can_rewrite=each.can_rewrite,
        can_withdraw=each.can_withdraw,
        can_send=each.can_send and not each.is_sent_again,
    )


def _paragraphs(each: HeldHere) -> tuple[tuple[str, str], ...]:
    """The sentence of the code has three parts: what happened, whether anything is lost, what to do."""
    what, _, rest = sentence(HotlineError(each.code)).partition("。")
    lost, _, then = rest.partition("。")
    ours = f"held.then.{each.code}"
    if each.is_ours and has(ours):
        then = say(ours)
    elif not each.is_ours:
        then = say("held.then.theirs", station=each.station)
    parts = [(say("held.what"), f"{what}。"), (say("held.lost"), f"{lost}。")]
    if each.is_withdrawn:
        then = say("held.withdrawn")
    elif each.is_sent_again:
        then = say("held.sent_again")
    return (*parts, (say("held.do"), then or say("held.nothing")))


def fields_of(opened: Opened) -> tuple[FieldTold, ...]:
    """The form's fields, as a small form shows them."""
    return tuple(_field(opened, field) for field in opened.act.fields)


def why_field() -> FieldTold:
    """撤回 asks for a reason."""
    return FieldTold(WHY, say("held.why"), "text", is_required=True, lines=3)


def _field(opened: Opened, field: Field) -> FieldTold:
    own = f"act.{opened.act.name}.{field.name}"
    label = say(own) if has(own) else say(f"act.field.{field.name}")
    choices = tuple((each.value, each.words) for each in opened.choices.get(field.name, ()))
    if field.kind.value == "ternary" and not choices:
        choices = tuple((value, say(f"held.ternary.{value or 'unsaid'}")) for value in _TERNARY)
    return FieldTold(
        field.name,
        label,
        _KINDS.get(field.kind.value, "line"),
        value=opened.values.get(field.name, ""),
        words=opened.words.get(field.name, ""),
        hint=opened.hints.get(field.name, ""),
        choices=choices,
        is_required=field.is_required,
        lines=field.lines,
    )
