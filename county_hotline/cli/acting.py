"""acts, act: what may be done to one order now, and doing it, by a line: every act the window has."""

from __future__ import annotations

from collections.abc import Mapping

from county_hotline.app.station import Station
from county_hotline.cli.speech import Asked, Outcome
from county_hotline.cli.station import station_of
from county_hotline.cli.taking import due_line
from county_hotline.desk import acts, field_names, looking_up, naming
from county_hotline.desk.acts.spec import Choice, Field, FieldKind, Opened
from county_hotline.errors import BadInput, Refusal
from county_hotline.wording import has, say, shipped, word

YES_NO = {FieldKind.TICK: ("1", ""), FieldKind.TERNARY: ("yes", "no")}


def acts_of(asked: Asked) -> Outcome:
    """What may be done to the order now, each with its fields; with `--all` also what may not, and why."""
    with station_of(asked) as station:
        order = looking_up.order(station.desk, asked.options.number).order
        standing = acts.standing(station.desk, order)
        shown = [each for each in standing if each.can or asked.options.all]
        forms = {each.name: acts.opened(station.desk, order, each.name) for each in shown if each.can}
    lines = [say("cli.acts.head", number=order.number, stage=word(order.stage))]
    listed: list[dict[str, object]] = []
    for each in shown:
        why = _why(each.why)
        listed.append({"act": each.name, "name": say(f"act.{each.name}"), "room": each.room, "why": why})
        if not each.can:
            lines.append(say("cli.acts.not", act=each.name, name=say(f"act.{each.name}"), why=why))
            continue
        lines.append(say("cli.acts.one", act=each.name, name=say(f"act.{each.name}")))
        listed[-1]["fields"] = [_told(forms[each.name], field) for field in forms[each.name].act.fields]
        lines += [_line(forms[each.name], field) for field in forms[each.name].act.fields]
    return Outcome({"number": order.number, "stage": order.stage.name.lower(), "acts": listed}, lines)


def act(asked: Asked) -> Outcome:
    """Do one act: `--set 栏目=内容` any number of times; what is not said stands as the form opens."""
    with station_of(asked) as station:
        number = looking_up.order(station.desk, asked.options.number).order.number
        name = _act_named(asked.options.act)
        opened = acts.opened(station.desk, station.store.order(number), name)
        typed = {**opened.values, **dict(set_field(station, opened, text) for text in asked.options.set)}
        order = acts.perform(station.desk, number, name, typed)
    facts = {"number": order.number, "act": name, "stage": order.stage.name.lower(), "due_on": order.due_on}
    lines = [say("cli.act.done", number=order.number, done=say(f"act.{name}.done"), stage=word(order.stage))]
    return Outcome(facts, [*lines, due_line(order)] if order.due_on and not order.is_ended else lines)


def _why(key: str) -> str:
    return say(f"act.why.{key}") if has(f"act.why.{key}") else key


def _told(opened: Opened, field: Field) -> Mapping[str, object]:
    return {
        "field": field.name,
        "name": acts.label(opened.act.name, field.name),
        "kind": field.kind.value,
        "required": field.is_required,
        "value": opened.values.get(field.name, ""),
        "choices": [{"value": c.value, "words": c.words} for c in opened.choices.get(field.name, ())],
        "hint": opened.hints.get(field.name, ""),
    }


def _line(opened: Opened, field: Field) -> str:
    value = opened.words.get(field.name) or _chosen(opened, field) or opened.values.get(field.name, "")
    offered = say("cli.comma").join(f"{c.value} {c.words}" for c in opened.choices.get(field.name, ()))
    parts = (
        acts.label(opened.act.name, field.name),
        say("cli.acts.required") if field.is_required else "",
        say("cli.acts.value", value=value) if value else "",
        say("cli.acts.choices", choices=offered) if offered else "",
    )
    return say("cli.acts.field", field=field.name, words=" ".join(part for part in parts if part))


def _chosen(opened: Opened, field: Field) -> str:
    value = opened.values.get(field.name, "")
    return next((c.words for c in opened.choices.get(field.name, ()) if c.value == value), "")


def _act_named(text: str) -> str:
    """By its name or what it is called on the screen. Refuses (I142) an unknown one."""
    wanted = text.strip().replace("-", "_")
    for name in acts.ACTS:
        if wanted in (name, shipped().get(f"act.{name}")):
            return name
    raise BadInput("I142", text=text[:40])


def set_field(station: Station, opened: Opened, text: str) -> tuple[str, str]:
    """`栏目=内容` as field and value. Refuses (I143) an unknown field, naming those there are."""
    named, equals, value = text.partition("=")
    wanted = named.strip()
    for field in opened.act.fields:
        if equals and wanted in (field.name, acts.label(opened.act.name, field.name)):
            return field.name, _value(station, opened, field, value.strip())
    there = say("cli.comma").join(acts.label(opened.act.name, field.name) for field in opened.act.fields)
    raise BadInput("I143", text=text[:40], act=say(f"act.{opened.act.name}"), fields=there)


def _value(station: Station, opened: Opened, field: Field, text: str) -> str:
    agencies = station.store.reference.agencies()
    if not text:
        return ""
    if field.kind is FieldKind.AGENCY:
        return naming.agency_named(agencies, text).code
    if field.kind is FieldKind.AGENCIES:
        parts = text.replace(say("cli.comma"), " ").replace(",", " ").split()
        return " ".join(naming.agency_named(agencies, part).code for part in parts)
    if field.kind in YES_NO:
        return _truth(opened, field, text)
    if field.kind is FieldKind.CHOICE:
        return _one_of(opened, field, text)
    return text


def _truth(opened: Opened, field: Field, text: str) -> str:
    said = field_names.truth_of(text)
    if said is None:
        raise BadInput("I140", field=field.name, label=acts.label(opened.act.name, field.name), value=text[:40])
    return YES_NO[field.kind][not said]


def _one_of(opened: Opened, field: Field, text: str) -> str:
    """A choice by its value, its words, or the only one whose words or note hold the text. Refuses (R311) none and several."""
    offered = opened.choices.get(field.name, ())
    exact = [c for c in offered if text in (c.value, c.words)]
    found: list[Choice] = exact or [c for c in offered if text in c.words or text in c.note]
    if len(found) == 1:
        return found[0].value
    there = say("cli.comma").join(c.words for c in offered)
    raise Refusal("R311", field=field.name, label=acts.label(opened.act.name, field.name), value=text[:40], choices=there)
