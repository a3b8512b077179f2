"""The forms of an order's acts, described: made from what the desk says an act asks, or (correct, print, unmask) written here. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from county_hotline.desk.acts.spec import Field, Opened
from county_hotline.domain.vocabulary import Channel, MatterKind, Urgency
from county_hotline.ui.screens.order.acts import act_words
from county_hotline.ui.screens.order.work import ANSWER, Loaded
from county_hotline.wording import has, say, word

FINDS = ("agency", "place", "category", "order", "article")
"""Kinds of fields with a list that is asked for."""


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One field. `kind`: a value of `desk.acts.spec.FieldKind`, or place, category."""

    name: str
    label: str
    kind: str = "line"
    value: str = ""
    words: str = ""
    """What is read, where it is not the value itself."""
    is_required: bool = False
    lines: int = 3
    width: int = 0
    """0: all there is."""
    choices: tuple[tuple[str, str, str], ...] = ()
    """Value, words, note."""
    hint: str = ""
    """A quiet line below."""
    is_beside: bool = False
    """In the row of the field before it."""


@dataclass(frozen=True, slots=True)
class FormTold:
    """A form in the page."""

    act: str
    title: str
    beside: str
    go: str
    """Wording of the button that does it."""
    done: str = ""
    """Wording of what is said afterwards."""
    fields: tuple[FieldTold, ...] = ()
    words: str = ""
    """A paragraph above the fields."""
    wrong: Mapping[str, str] | None = None
    """Which field a refusal is about: code to field."""


WRONG_FIELD = {
    "R101": "title", "R102": "content", "R110": "reason", "R112": "title", "R170": "text", "R192": "reason",
}  # fmt: skip
"""Which field a refusal is about in the forms written here; R106 says it itself."""
GO, DONE, BESIDE, HINT, WORDS = "go", "done", "beside", "hint", "words"
"""Last parts of the wording keys of an act: its button, what is said afterwards, beside its title, below a field, above the fields."""
_WIDTHS = {"day": 130, "moment": 180, "whole": 80}


def form_of(opened: Opened) -> FormTold:
    """The form of an act as the desk opens it."""
    act = opened.act
    return FormTold(
        act.name,
        act_words(act.name),
        _said(f"act.{act.name}.{BESIDE}"),
        _first(f"act.{act.name}.{GO}", f"act.{act.name}"),
        _first(f"act.{act.name}.{DONE}", "order.saved"),
        tuple(_field(act.name, field, opened) for field in act.fields),
        _said(f"act.{act.name}.{WORDS}"),
        act.wrong,
    )


def _field(act: str, field: Field, opened: Opened) -> FieldTold:
    name, kind = field.name, field.kind.value
    choices = tuple((choice.value, choice.words, choice.note) for choice in opened.choices.get(name, ()))
    label = _said(f"act.{act}.{name}") or _said(f"act.field.{name}") or name
    value = opened.values.get(name, "")
    return FieldTold(
        name,
        label,
        "choice" if choices and kind in ("line", "agency", "order", "article") else kind,
        value,
        opened.words.get(name, value),
        field.is_required,
        field.lines,
        _WIDTHS.get(kind, 0),
        choices,
        opened.hints.get(name, "") or _said(f"act.{act}.{name}.{HINT}") or _said(f"act.field.{name}.{HINT}"),
        field.is_beside,
    )


def _said(key: str) -> str:
    return say(key) if has(key) else ""


def _first(*keys: str) -> str:
    """The first of these keys that is worded; the last where none is."""
    return next((key for key in keys if has(key)), keys[-1])


def own_form(act: str, loaded: Loaded) -> FormTold | None:
    """The form of an act whose form is written here; None where the desk describes it."""
    made = _FORMS.get(act)
    return made(loaded) if made else None


def wrong_in(form: FormTold, values: Mapping[str, str]) -> tuple[str, str] | None:
    """The first field that is missing, and what to say beside it."""
    for field in form.fields:
        if field.is_required and not values.get(field.name, "").strip():
            own = f"order.missing.{form.act}.{field.name}"
            return field.name, say(own) if has(own) else say(f"order.missing.{_asks(field.kind)}", field=field.label)
    return None


def _asks(kind: str) -> str:
    return "found" if kind in (*FINDS, "agencies", "shares") else "chosen" if kind in ("choice", "ternary") else "written"


def _correct(loaded: Loaded) -> FormTold:
    order, names = loaded.view.order, loaded.names
    accepted = order.accepted
    if accepted is None:
        return FormTold("correct", say("order.form.correct"), "", "order.go.correct")
    fields = [
        FieldTold("reason", say("order.field.reason"), is_required=True),
        FieldTold("title", say("field.title"), value=accepted.title, is_required=True),
        FieldTold("content", say("field.content"), "text", accepted.content, lines=4, is_required=True),
        FieldTold("demand", say("field.demand"), value=accepted.demand),
        FieldTold("place", say("field.place"), "place", accepted.place, names.place(accepted.place), is_required=True),
        FieldTold("place_detail", say("order.field.place_detail"), value=accepted.place_detail),
        FieldTold("category", say("field.category"), "category", accepted.category, names.category(accepted.category)),
        FieldTold(
            "matter_kind", say("order.field.matter_kind"), "choice", accepted.matter_kind.value, choices=_choices(MatterKind)
        ),
        FieldTold("channel", say("field.channel"), "choice", accepted.channel.value, choices=_choices(Channel), is_beside=True),
        FieldTold(
            "urgency", say("order.field.urgency"), "choice", accepted.urgency.value, choices=_choices(Urgency), is_beside=True
        ),
    ]
    if order.person is not None:
        fields += [
            FieldTold("name", say("field.name"), width=150),
            FieldTold("phone", say("field.phone"), width=170, is_beside=True),
            FieldTold("address", say("field.address"), hint=say("order.form.person")),
        ]
    fields += [
        FieldTold("confidential", say("field.confidential"), "tick", "1" if accepted.confidential else ""),
        FieldTold("public", say("order.field.may_publish"), "tick", "1" if accepted.public else "", is_beside=True),
    ]
    return FormTold(
        "correct",
        say("order.form.correct"),
        say("order.form.correct.beside"),
        "order.go.correct",
        "order.done.correct",
        tuple(fields),
        wrong=WRONG_FIELD,
    )


def _plain(act: str, field: FieldTold) -> FormTold:
    return FormTold(
        act,
        say(f"order.form.{act}"),
        say(f"order.form.{act}.{BESIDE}"),
        f"order.go.{act}",
        f"order.done.{act}",
        (field,),
        wrong=WRONG_FIELD,
    )


def _print(loaded: Loaded) -> FormTold:
    papers = tuple((paper, say(f"setting.slip.paper.{paper}"), "") for paper in ("a5", "80mm"))
    if loaded.view.order.taking.answered is None:
        return _plain("print", FieldTold("paper", say("order.field.paper"), "choice", loaded.paper, choices=papers))
    choices = (
        (ANSWER, say("knowledge.print"), ""),
        *((paper, say("order.slip_on", paper=words), "") for paper, words, _ in papers),
    )
    field = FieldTold("paper", say("order.field.what_paper"), "choice", ANSWER, choices=choices)
    return replace(_plain("print", field), title=say("order.form.print_answered"), go="order.go.print_answered")


def _unmask(loaded: Loaded) -> FormTold:
    del loaded
    return _plain(
        "unmask", FieldTold("reason", say("order.field.why_look"), is_required=True, hint=say("order.form.unmask.hint"))
    )


_FORMS: dict[str, Callable[[Loaded], FormTold]] = {"correct": _correct, "print": _print, "unmask": _unmask}


def _choices(kind: type[Enum]) -> tuple[tuple[str, str, str], ...]:
    return tuple((str(member.value), word(member), "") for member in kind)
