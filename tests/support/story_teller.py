"""Plays a story on a county of real stores: every act through the desk, every field by the label that stands on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

import msgspec
import pytest

from county_hotline.desk import acts, inbox, intake, looking_up, naming, printing, recomputing, relating, today
from county_hotline.desk.acts import limits
from county_hotline.desk.acts.spec import FieldKind, Opened
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.slips import SlipFacts
from county_hotline.domain import segments
from county_hotline.domain.facts import EmergencyTransferred
from county_hotline.domain.vocabulary import (
    AssignmentState,
    CallerKind,
    Channel,
    Concern,
    EmergencyLine,
    HandedOver,
    MatterKind,
    SourceLevel,
    Stage,
    Urgency,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import HotlineError
from county_hotline.ids import AgencyCode, Number
from county_hotline.ui.screens.today.telling import step_words
from county_hotline.wording import act as kind_word
from county_hotline.wording import say, sentence, word
from tests.support.story_county import CENTRE, StoryCounty
from tests.support.story_script import Script, Step
from tests.support.ticking_clock import TickingClock

TICKS = {"是": "1", "否": ""}
TERNARIES = {"是": "yes", "否": "no", "未说": ""}
FORM = {
    "姓名": "name", "电话": "phone", "住址": "address", "标题": "title", "内容": "content", "要求": "demand", "地点": "place_detail",
    "单位名称": "company", "信用代码": "credit_code", "代表人": "representatives", "外部编号": "external_number", "采集人": "collected_by",
    "热线": "line", "网格": "grid", "专项": "campaign", "接线": "event",
}  # fmt: skip
LISTS = {
    "渠道": ("channel", Channel), "类型": ("matter_kind", MatterKind), "紧急程度": ("urgency", Urgency),
    "诉求人类型": ("caller_kind", CallerKind), "来源级别": ("source_level", SourceLevel),
}  # fmt: skip
FLAGS = {"匿名": "anonymous", "保密": "confidential", "同意公开": "public", "要求回访": "wants_call_back"}

RELATIONS = {"受理时关联": relating.LINK, "受理时归入": relating.CLUSTER}


class StillMissing(Exception):
    """The form is not complete; the page says what is missing."""


class StoryTeller:
    """One story."""

    def __init__(self, script: Script, county: StoryCounty, clock: TickingClock) -> None:
        self._script, self._county, self._clock = script, county, clock
        self._numbers: dict[str, Number] = {}

    def tell(self) -> None:
        """Every step; what does not happen as told fails with its line."""
        steps: dict[str, Callable[[Step], None]] = {
            "time": self._time,
            "sync": lambda step: self._county.sync(*step.words.split()),
            "cut": lambda step: self._county.cut.add(step.words),
            "mend": lambda step: self._county.cut.discard(step.words),
            "paper": lambda step: self._county.publish(step.words),
            "act": self._act,
            "check": self._check,
        }
        for step in self._script.steps:
            try:
                steps[step.kind](step)
            except HotlineError as fault:
                pytest.fail(f"{self._script.title} 第{step.line}行 {step.words}：{fault.code} {sentence(fault)}")
            except AssertionError as fault:
                pytest.fail(f"{self._script.title} 第{step.line}行 {step.words}：{fault}")

    # -- time and acts ----------------------------------------------------------------------------------------------

    def _time(self, step: Step) -> None:
        at = datetime.strptime(step.words, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - civil time in China
        before = self._clock.now
        self._clock.set_to(at.year, at.month, at.day, at.hour, at.minute)
        assert self._clock.now >= before, "时间倒流"

    def _act(self, step: Step) -> None:
        desk = self._county.seat(step.station).sits(step.post)
        self._clock.advance(seconds=1)
        try:
            self._done(desk, step)
        except HotlineError as fault:
            if step.is_refused and step.refused in sentence(fault):
                return
            raise
        except StillMissing as fault:
            if step.is_refused and step.refused in fault.args[0]:
                return
            raise AssertionError(f"还差 {fault.args[0]}") from fault
        assert not step.is_refused, f"应当办不了：{step.refused}"

    def _done(self, desk: Desk, step: Step) -> None:
        if step.act in _NEW:
            named = [(label, self._numbers.get(value, value) if label in RELATIONS else value) for label, value in step.fields]
            order = _NEW[step.act](desk, replace(step, fields=named))
            self._numbers[step.order] = order.number
            return
        if step.act == "重算各件":
            recomputing.recompute(desk)
            return
        name = act_named(step.act)
        number = self._number(step)
        typed = _typed(desk, number, name, step, self._numbers)
        acts.perform(desk, number, name, typed)

    def _number(self, step: Step) -> Number:
        assert step.order in self._numbers, f"没有{step.order}"
        return self._numbers[step.order]

    # -- checks -----------------------------------------------------------------------------------------------------

    def _check(self, step: Step) -> None:
        words = [word for word in step.words.split() if word != "是"]
        checks: dict[str, Callable[[list[str]], None]] = {
            "状态": self._stage,
            "承办": self._share,
            "期限": self._due,
            "待办": self._todo,
            "经过": self._story,
            "满意度": self._satisfaction,
            "满意度不计": self._no_satisfaction,
            "各方一致": self._agreed,
            "用时合计": self._adds_up,
            "核对": self._clashes,
            "要重算": self._to_recompute,
            "回执期限": self._slip_due,
            "关联": self._links,
            "事项": self._matter,
        }
        order, rest = self._of_which(words)
        self._current = order
        checks[rest[0]](rest[1:])

    def _of_which(self, words: list[str]) -> tuple[str, list[str]]:
        return (words[0], words[1:]) if words[0] in self._numbers else ("此件", words)

    def _orders(self, names: list[str]) -> list[tuple[str, WorkOrder]]:
        """The order at the stations named after 在, else wherever it is."""
        wanted = names[names.index("在") + 1 :] if "在" in names else list(self._county.seats)
        number = self._numbers[self._current]
        found = [(name, self._county.seat(name).store.order(number)) for name in wanted]
        return [(name, order) for name, order in found if order.entries]

    def _stage(self, words: list[str]) -> None:
        for name, order in self._orders(words):
            assert word(order.stage) == words[0], f"在{name}是{word(order.stage)}"

    def _share(self, words: list[str]) -> None:
        for name, order in self._orders(words):
            agency = self._agency(words[0])
            found = [a for a in order.assignments if a.agency == agency]
            state = word(order.state_of(found[-1])) if found else "没有派给它"
            assert state == words[1], f"在{name}是{state}"

    def _due(self, words: list[str]) -> None:
        for name, order in self._orders(words):
            shown = order.due_on or "没有"
            assert shown == words[0], f"在{name}是{shown}"

    def _todo(self, words: list[str]) -> None:
        station, post, has, step = words[:4]
        desk = self._county.seat(station).sits(post)
        rows = [row for _, rows in today.today(desk).groups for row in rows if row.number == self._numbers[self._current]]
        found = {step_words(row) for row in rows}
        assert (step in found) == (has == "有"), f"待办是{found or '空'}"

    def _story(self, words: list[str]) -> None:
        for name, _ in self._orders(words):
            view = looking_up.order(self._county.seat(name).sits("受理员"), self._numbers[self._current])
            kinds = [kind_word(event.fact.kind) for event in view.story]
            assert words[1] in kinds, f"在{name}的经过：{'、'.join(kinds)}"

    def _satisfaction(self, words: list[str]) -> None:
        for name, order in self._orders(words):
            said = word(order.satisfaction) if order.satisfaction else "没有"
            assert said == words[0], f"在{name}是{said}"

    def _no_satisfaction(self, words: list[str]) -> None:
        assert all(order.satisfaction is None for _, order in self._orders(words))

    def _agreed(self, words: list[str]) -> None:
        told = {msgspec.json.encode(replace_person(order)) for _, order in self._orders(words)}
        assert len(told) == 1, "各站看到的不一样"

    def _adds_up(self, words: list[str]) -> None:
        for name, order in self._orders(words):
            view = self._county.seat(name).store.view(order.number)
            parts = segments.segments_of(order.number, view.story, until_ms=self._clock.now)
            whole = (order.finished_at or self._clock.now) - order.accepted_at
            assert sum(part.end - part.begin for part in parts) == whole, f"在{name}加不拢"

    def _clashes(self, words: list[str]) -> None:
        for name, order in self._orders(words):
            assert bool(order.clashes) == (words[0] == "有"), f"在{name}：{order.clashes}"

    def _links(self, words: list[str]) -> None:
        """What an order's page lists below 关联工单: by its name here, and whether more than its number is known."""
        for name, order in self._orders(words):
            told = relating.of_order(self._county.seat(name).sits("受理员"), order).links
            known = {each.number: each.stage for each in told}
            other = self._numbers[words[1]]
            assert (other in known) == (words[0] == "有"), f"在{name}是{list(known)}"
            assert "只有编号" not in words or known[other] is None, f"在{name}是{known[other]}"

    def _matter(self, words: list[str]) -> None:
        """`路灯 3 件 2 人`, or 没有."""
        for name, order in self._orders(words):
            told = relating.of_order(self._county.seat(name).sits("受理员"), order).cluster
            found = [told.name, f"{told.orders} 件", f"{told.callers} 人"] if told else ["没有"]
            assert " ".join(found) == " ".join(words[: 5 if told else 1]), f"在{name}是{found}"

    def _to_recompute(self, words: list[str]) -> None:
        """How many orders wait to be counted again: the figure in the rail, and what the page of the calendar counts."""
        desk = self._county.seat(CENTRE).sits("派单员")
        found = len(recomputing.moved_orders(desk))
        assert str(found) == words[0], f"是 {found} 件"
        self._clock.advance(seconds=recomputing.LOOK_AGAIN_MS // 1000)
        assert today.to_recompute(desk) == found

    def _slip_due(self, words: list[str]) -> None:
        """What a slip printed now says, and the day to which the trace leads."""
        for name, order in self._orders([]):
            desk = self._county.seat(name).sits("受理员")
            due = limits.limit_of(desk, order, since=order.accepted_at)
            printed: list[SlipFacts] = []
            desk.slip_maker = _Printer(printed)
            printing.print_slip(desk, order.number)
            assert due is not None
            assert (due.on.isoformat(), printed[0].due_on, printed[0].due_provisional) == (words[0], words[0], False), (
                f"在{name}"
            )

    def _agency(self, name: str) -> AgencyCode:
        seat = next(iter(self._county.seats.values()))
        return naming.agency_named(seat.store.reference.agencies(), name).code


@dataclass(frozen=True)
class _Printer:
    """Keeps what would be printed."""

    printed: list[SlipFacts]

    def __call__(self, facts: SlipFacts, path: Path, *, paper: str) -> tuple[str, ...]:
        self.printed.append(facts)
        return ()


def replace_person(order: WorkOrder) -> WorkOrder:
    """The order without what only those entitled see."""
    return msgspec.structs.replace(order, person=None)


# ---------------------------------------------------------------- fields


def act_named(words: str) -> str:
    """The act of that name on the screen."""
    found = [name for name in acts.ACTS if say(f"act.{name}") == words]
    assert len(found) == 1, f"没有“{words}”这件事"
    return found[0]


def _typed(desk: Desk, number: Number, name: str, step: Step, numbers: dict[str, Number]) -> dict[str, str]:
    """What a person would have in the form: the defaults, with what the story says laid over them."""
    opened = acts.opened(desk, desk.store.order(number), name)
    typed = dict(opened.values)
    for label, value in step.fields:
        field = _field_named(opened, name, label)
        typed[field] = _value(desk, opened, field, value, numbers)
    return typed


def _field_named(opened: Opened, name: str, label: str) -> str:
    for field in opened.act.fields:
        if label == acts.label(name, field.name):
            return field.name
    labels = "、".join(acts.label(name, field.name) for field in opened.act.fields)
    raise AssertionError(f"没有“{label}”这一栏，有{labels}")


def _value(desk: Desk, opened: Opened, field: str, value: str, numbers: dict[str, Number]) -> str:
    kind = next(each.kind for each in opened.act.fields if each.name == field)
    agencies = desk.store.reference.agencies()
    plain: dict[FieldKind, Callable[[], str]] = {
        FieldKind.AGENCY: lambda: naming.agency_named(agencies, value).code if value else "",
        FieldKind.AGENCIES: lambda: " ".join(naming.agency_named(agencies, each).code for each in value.split("、")),
        FieldKind.TICK: lambda: TICKS[value],
        FieldKind.TERNARY: lambda: TERNARIES[value],
        FieldKind.ORDER: lambda: numbers.get(value, value),
        FieldKind.CHOICE: lambda: _chosen(opened, field, numbers.get(value, value)),
        FieldKind.SEVERAL: lambda: " ".join(_chosen(opened, field, each) for each in value.split("、")),
        FieldKind.FILE: lambda: _a_file(desk, value),
        FieldKind.TEXT: lambda: value.replace("／", "\n"),
        FieldKind.SHARES: lambda: value.replace("／", "\n"),
    }
    return plain[kind]() if kind in plain else value


def _chosen(opened: Opened, field: str, words: str) -> str:
    """The choice of those words, else the first in which they stand."""
    choices = opened.choices.get(field, ())
    found = [each.value for each in choices if words in (each.words, each.value)]
    found += [each.value for each in choices if words in each.words]
    assert found, f"{field} 没有“{words}”，只有{[each.words for each in choices]}"
    return found[0]


def _a_file(desk: Desk, name: str) -> str:
    """A file of that name with something in it."""
    file = desk.home.path / name
    file.write_bytes(name.encode())
    return str(file)


# ---------------------------------------------------------------- new requests


def _form(desk: Desk, step: Step) -> tuple[IntakeForm, dict[str, str]]:
    """The intake form with what the story says of it, and the fields that belong to the act itself."""
    given: dict[str, object] = {
        "name": "示例来电人",
        "phone": "13800138000",
        "notified": True,
        "content": "示例内容",
        "title": "示例",
    }
    rest: dict[str, str] = {}
    relations: list[tuple[str, str]] = []
    for label, value in step.fields:
        read = _intake_field(desk, label, value)
        if label in RELATIONS:
            relations.append((RELATIONS[label], value))
        elif read is None:
            rest[label] = value
        else:
            given[read[0]] = read[1]
    return IntakeForm(**given, relations=tuple(relations)), rest  # type: ignore[arg-type]


def _intake_field(desk: Desk, label: str, value: str) -> tuple[str, object] | None:
    """A field of the intake form by its label, or None where it is none."""
    if label in FORM:
        return FORM[label], value
    if label in LISTS:
        name, kind = LISTS[label]
        return name, next(member for member in list[Enum](kind) if word(member) == value)
    if label in FLAGS:
        return FLAGS[label], value == "是"
    read: dict[str, Callable[[], tuple[str, object]]] = {
        "事发地": lambda: ("place", naming.place_named(desk.store.reference.places(), value).code),
        "类别": lambda: ("category", naming.category_named(desk.store.reference.categories(), value).code),
        "人数": lambda: ("people", int(value)),
        "当心": lambda: ("concerns", tuple(each.value for each in Concern if word(each) in value)),
        "上级时限": lambda: ("external_due_at", _moment(value)),
    }
    return read[label]() if label in read else None


def _moment(text: str) -> int:
    clock = TickingClock()
    at = datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - civil time in China
    clock.set_to(at.year, at.month, at.day, at.hour, at.minute)
    return clock.now


def _register(desk: Desk, step: Step) -> WorkOrder:
    form, rest = _form(desk, step)
    assert not rest, f"登记没有这些栏：{list(rest)}"
    if missing := [say(f"field.{name}") for name in intake.missing(form)]:
        raise StillMissing(missing)
    return intake.accept(desk, form)


def _answer(desk: Desk, step: Step) -> WorkOrder:
    form, rest = _form(desk, step)
    return intake.answer(
        desk,
        form,
        answer=rest["答复"],
        article=rest.get("知识条目", ""),
        content={"是": True, "否": False}.get(rest.get("认可", "")),
    )


def _tell_path(desk: Desk, step: Step) -> WorkOrder:
    form, rest = _form(desk, step)
    path = next((each for each in desk.store.reference.bundle().told_paths if each.code == rest["事由"]), None)
    told = rest.get("途径", path.path if path else "")
    return intake.tell_path(
        desk, form, reason=rest["事由"], words=path.words if path else "", path=told, basis=path.basis if path else ""
    )


def _transfer(desk: Desk, step: Step) -> WorkOrder:
    form, rest = _form(desk, step)
    fact = EmergencyTransferred(
        line=EmergencyLine(rest["转到"]),
        handed_at=desk.clock.now_ms(),
        result=next(each for each in HandedOver if word(each) == rest["结果"]),
        taker=rest.get("接警员", ""),
        three_party="三方通话" in rest,
        participants=rest.get("三方通话", ""),
        words=rest.get("经过", ""),
    )
    return intake.transfer_emergency(desk, form, fact)


def _take_message(desk: Desk, step: Step) -> WorkOrder:
    """A message pasted, reviewed and made an order."""
    _, rest = _form(desk, step)
    inbox.paste(desk, rest["原文"])
    waiting = inbox.waiting(desk)[-1]
    form = inbox.form_of(waiting)
    given, _ = _form(desk, replace(step, fields=[each for each in step.fields if each[0] != "原文"]))
    filled = {name: value for name in ("place", "title", "category") if (value := getattr(given, name)) and value != "示例"}
    return intake.accept(desk, msgspec.structs.replace(form, notified=True, **filled))


_NEW: dict[str, Callable[[Desk, Step], WorkOrder]] = {
    "登记": _register,
    "直接答复来件": _answer,
    "告知来件": _tell_path,
    "紧急转接来件": _transfer,
    "留言转工单": _take_message,
}
STAGES = {word(stage): stage for stage in Stage}
STATES = {word(state): state for state in AssignmentState}
