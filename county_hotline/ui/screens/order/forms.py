"""The forms of an order's acts, described: which fields, what stands in them, what to say when one is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from county_hotline.domain.vocabulary import AssignmentRole, Channel, MatterKind, Outcome, Urgency
from county_hotline.ui.screens.order.work import Loaded
from county_hotline.ui.telling.standing import day_words
from county_hotline.wording import explain, say, word


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One field. `kind`: line, text, choice, agency, place, category, tick, file."""

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
    choices: tuple[tuple[str, str], ...] = ()
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
    fields: tuple[FieldTold, ...] = ()
    words: str = ""
    """A paragraph above the fields."""


WRONG_FIELD = {
    "R101": "title", "R102": "content", "R110": "reason", "R112": "title", "R120": "agency", "R121": "agency", "R141": "internal",
    "R160": "file", "R161": "file", "R162": "file", "R170": "text", "R192": "reason", "I101": "file",
}  # fmt: skip
"""Which field a refusal is about; R106 says it itself."""


def form_of(act: str, loaded: Loaded) -> FormTold:
    """The form of an act on the order as it stands."""
    return _FORMS[act](loaded)


def wrong_in(form: FormTold, values: Mapping[str, str], *, today: str) -> tuple[str, str] | None:
    """The first field that is missing or cannot be read, and what to say beside it."""
    for field in form.fields:
        typed = values.get(field.name, "").strip()
        if field.is_required and not typed:
            return field.name, say(f"order.missing.{form.act}.{field.name}")
        if field.name == "due_on" and typed and day_typed(typed, today=today) is None:
            return field.name, say("order.wrong_day")
    return None


def day_typed(typed: str, *, today: str) -> str | None:
    """`2026-11-27`, `20261127`, `11-27`, `1127` or `11.27` as an ISO date; a day long past without a year is next year's."""
    digits = re.fullmatch(r"(?:(\d{4})[-./年]?)?(\d{1,2})[-./月]?(\d{2}|\d)日?", typed.strip())
    if digits is None:
        return None
    year, now = digits.group(1), date.fromisoformat(today)
    try:
        day = date(int(year or now.year), int(digits.group(2)), int(digits.group(3)))
        if year is None and (now - day).days > 180:
            day = day.replace(year=now.year + 1)
    except ValueError:
        return None
    return day.isoformat()


def _dispatch(loaded: Loaded) -> FormTold:
    order, accepted = loaded.view.order, loaded.view.order.accepted
    hint = accepted.agency_hint if accepted and order.lead is None else ""
    due = loaded.due
    why = "；".join(explain(line.code, **line.values) for line in due.trace) if due else say("order.form.no_limit")
    is_past = due is not None and due.on.isoformat() < loaded.today
    return FormTold(
        "dispatch",
        say("order.form.dispatch"),
        say("order.form.dispatch.again" if order.lead else "order.form.dispatch.beside"),
        "order.go.dispatch",
        (
            FieldTold("agency", say("order.field.agency"), "agency", hint, loaded.names.agency(hint), is_required=True,
                      hint=say("order.form.hinted") if hint else ""),
            FieldTold("role", say("order.field.role"), "choice", AssignmentRole.LEAD.value, choices=_choices(AssignmentRole)),
            FieldTold("due_on", say("order.field.due_on"), value=due.on.isoformat() if due else "", width=130,
                      hint=say("order.form.why.past" if is_past else "order.form.why", day=day_words(due.on.isoformat()), why=why) if due else why),
            FieldTold("advice", say("order.field.advice"), "text", lines=4),
        ),
    )  # fmt: skip


def _sign_for(loaded: Loaded) -> FormTold:
    order = loaded.view.order
    mine = next((a for a in reversed(order.assignments) if a.agency == loaded.names.card.unit), None)
    due = day_words(mine.due_on) if mine and mine.due_on else say("order.no_limit")
    words = say("order.form.sign_for.words", agency=loaded.names.agency(loaded.names.card.unit), due=due)
    advice = say("order.form.sign_for.advice", words=mine.advice) if mine and mine.advice else ""
    return FormTold(
        "sign_for", say("order.form.sign_for"), "", "order.go.sign_for", (), "\n".join(part for part in (words, advice) if part)
    )


def _reply(loaded: Loaded) -> FormTold:
    solved = tuple((value, say(f"order.solved.{value}")) for value in ("yes", "no", "open"))
    return FormTold(
        "reply",
        say("order.form.reply"),
        say("order.form.reply.beside"),
        "order.go.reply",
        (
            FieldTold(
                "internal", say("order.field.internal"), "text", is_required=True, lines=6, hint=say("order.form.internal")
            ),
            FieldTold("public", say("order.field.public"), "text", lines=4, hint=say("order.form.public")),
            FieldTold("solved", say("order.field.solved"), "choice", "open", choices=solved),
        ),
    )


def _finish(loaded: Loaded) -> FormTold:
    return FormTold(
        "finish",
        say("order.form.finish"),
        say("order.form.finish.beside"),
        "order.go.finish",
        (
            FieldTold("outcome", say("order.field.outcome"), "choice", Outcome.SOLVED.value, choices=_choices(Outcome)),
            FieldTold("opinion", say("order.field.opinion"), "text", lines=4),
        ),
    )


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
    return FormTold("correct", say("order.form.correct"), say("order.form.correct.beside"), "order.go.correct", tuple(fields))


def _note(loaded: Loaded) -> FormTold:
    field = FieldTold("text", say("order.field.note"), "text", is_required=True, lines=5)
    return FormTold("note", say("order.form.note"), say("order.form.note.beside"), "order.go.note", (field,))


def _attach(loaded: Loaded) -> FormTold:
    field = FieldTold("file", say("order.field.file"), "file", is_required=True, hint=say("order.form.attach.hint"))
    return FormTold("attach", say("order.form.attach"), say("order.form.attach.beside"), "order.go.attach", (field,))


def _print(loaded: Loaded) -> FormTold:
    papers = tuple((paper, say(f"setting.slip.paper.{paper}")) for paper in ("a5", "80mm"))
    field = FieldTold("paper", say("order.field.paper"), "choice", loaded.paper, choices=papers)
    return FormTold("print", say("order.form.print"), say("order.form.print.beside"), "order.go.print", (field,))


def _unmask(loaded: Loaded) -> FormTold:
    field = FieldTold("reason", say("order.field.why_look"), is_required=True, hint=say("order.form.unmask.hint"))
    return FormTold("unmask", say("order.form.unmask"), say("order.form.unmask.beside"), "order.go.unmask", (field,))


_FORMS: dict[str, Callable[[Loaded], FormTold]] = {
    "dispatch": _dispatch,
    "sign_for": _sign_for,
    "reply": _reply,
    "finish": _finish,
    "correct": _correct,
    "note": _note,
    "attach": _attach,
    "print": _print,
    "unmask": _unmask,
}


def _choices(kind: type[Enum]) -> tuple[tuple[str, str], ...]:
    return tuple((str(member.value), word(member)) for member in kind)
