"""粘贴识别: what a pasted message says, put beside what was typed. Nothing typed is overwritten, nothing pasted is lost."""

from __future__ import annotations

import msgspec

from county_hotline.desk.desk import Desk
from county_hotline.desk.intake_form import IntakeForm
from county_hotline.domain.reference import in_force
from county_hotline.domain.taking_apart import Parts, place_in, taken_apart
from county_hotline.domain.vocabulary import Channel
from county_hotline.wording import say

FIELDS = ("phone", "name", "id_number", "address", "place_detail", "title", "demand", "external_number")
"""In the order in which they are shown."""


class Pasted(msgspec.Struct, frozen=True):
    """A text and what it says."""

    said: dict[str, str]
    """By field of `IntakeForm`, only what was found."""
    content: str
    place: str = ""
    """Region code."""
    place_words: str = ""
    came_at: int = 0
    is_form: bool = False
    """It had fields with names: a web form, not a message."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not (self.said or self.content)


def read(desk: Desk, text: str) -> Pasted:
    """The text taken apart, its place looked for in the county's own list."""
    parts = taken_apart(text)
    place = place_in(in_force(desk.store.reference.places()), parts.where, parts.title, parts.content, parts.address)
    said = {name: words for name in FIELDS if (words := parts.where if name == "place_detail" else getattr(parts, name))}
    is_form = bool(parts.where or parts.demand or parts.came_at or _was_labelled(parts, text))
    return Pasted(said, parts.content, place.code if place else "", place.path if place else "", parts.came_at, is_form)


def _was_labelled(parts: Parts, text: str) -> bool:
    return bool(parts.name and parts.phone) and parts.content.strip() != text.strip()


def differing(form: IntakeForm, pasted: Pasted) -> tuple[str, ...]:
    """Fields in which something else stands already: what was typed stays, what was pasted goes behind the content."""
    found = [name for name, words in pasted.said.items() if getattr(form, name).strip() not in ("", words)]
    if pasted.place and form.place not in ("", pasted.place):
        found.append("place")
    return tuple(found)


def filled(form: IntakeForm, pasted: Pasted) -> IntakeForm:
    """The form with what was pasted in its empty fields; what finds its field taken stands behind the content, with its name."""
    taken = differing(form, pasted)
    values: dict[str, str] = {name: words for name, words in pasted.said.items() if name not in taken}
    words = {**pasted.said, "place": pasted.place_words}
    beside = [say("intake.paste.beside", name=say(f"intake.paste.field.{name}"), words=words[name]) for name in taken]
    content = "\n".join(part for part in (form.content, pasted.content, *beside) if part.strip())
    if pasted.place and "place" not in taken:
        values["place"] = pasted.place
    channel = form.channel
    if not form.content and channel is Channel.VISIT:
        channel = Channel.WEB if pasted.is_form else Channel.MESSAGE
    return msgspec.structs.replace(form, **values, content=content, channel=channel, came_at=form.came_at or pasted.came_at)
