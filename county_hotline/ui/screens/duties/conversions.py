"""A line of each of the county's lists as cells, as what is typed, and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from county_hotline.domain.reference import (
    Agency,
    Campaign,
    Category,
    DutyLine,
    FallbackRule,
    Grid,
    LeaderEvent,
    Place,
    ToldPath,
)
from county_hotline.errors import BadInput
from county_hotline.ids import AgencyCode
from county_hotline.ui.screens.duties import spans
from county_hotline.ui.telling.names import Names
from county_hotline.wording import say

Item = DutyLine | FallbackRule | LeaderEvent | Campaign | Grid | ToldPath | Agency | Category | Place
Values = Mapping[str, str]
_BETWEEN: Final = re.compile(r"[、，,;；\s]+")


def several(typed: str, names: Names, *, field: str) -> tuple[AgencyCode, ...]:
    """Units written one after another, by name, short name or code. Raises BadInput R451 naming the one that is none."""
    known = {text: code for code, agency in names.agencies.items() for text in (code, agency.name, agency.short_name) if text}
    found: dict[AgencyCode, None] = {}
    for part in filter(None, _BETWEEN.split(typed)):
        if part not in known:
            raise BadInput("R451", field=field, part=part)
        found[AgencyCode(known[part])] = None
    return tuple(found)


def whole(typed: str, *, field: str) -> int:
    """A whole number from 1 on. Raises BadInput R452."""
    text = typed.strip()
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise BadInput("R452", field=field)
    return int(text)


def _found(values: Values, name: str) -> str:
    """The value of a field that finds. Raises BadInput R453 where words stand in it that were not chosen from its lines."""
    if not values.get(name) and values.get(f"{name}.words", "").strip():
        raise BadInput("R453", field=name)
    return values.get(name, "")


def _line(values: Values, name: str) -> str:
    return " ".join(values.get(name, "").split())


def _shorts(codes: tuple[AgencyCode, ...], names: Names) -> str:
    return "、".join(names.short(code) for code in codes)


def _agency(name: str, code: str, names: Names) -> dict[str, str]:
    return {name: code, f"{name}.words": names.agency(code) if code else ""}


def _category(code: str, names: Names) -> dict[str, str]:
    return {"category": code, "category.words": names.category(code) if code else ""}


def _place(code: str, names: Names) -> dict[str, str]:
    return {"place": code, "place.words": names.place(code) if code else ""}


# ---------------------------------------------------------------- 归属清单


def duty_cells(item: Item, names: Names) -> dict[str, str]:
    """归属清单, by column."""
    assert isinstance(item, DutyLine)
    where = names.place(item.place) if item.place else ""
    when = "；".join(part for part in (item.condition, where) if part)
    return {
        "line": str(item.line),
        "matter": item.matter,
        "category": names.category(item.category).rpartition(" / ")[2] if item.category else "",
        "condition": when,
        "lead": names.short(item.lead) if item.lead else say("duties.township"),
        "helpers": _shorts(item.helpers, names),
        "basis": item.basis,
    }


def duty_values(item: Item, names: Names) -> dict[str, str]:
    """归属清单, as it is typed."""
    assert isinstance(item, DutyLine)
    return {
        "line": str(item.line) if item.line else "",
        "matter": item.matter,
        "condition": item.condition,
        "helpers": _shorts(item.helpers, names),
        "basis": item.basis,
        **_category(item.category, names),
        **_place(item.place, names),
        **_agency("lead", item.lead, names),
        **_agency("fallback", item.fallback, names),
    }


def duty_made(values: Values, names: Names) -> Item:
    """归属清单, from what was typed. Raises BadInput R450-R454 naming the field."""
    if not _line(values, "matter"):
        raise BadInput("R454", field="matter")
    return DutyLine(
        line=whole(values["line"], field="line") if values.get("line", "").strip() else 0,
        matter=_line(values, "matter"),
        category=_found(values, "category"),
        place=_found(values, "place"),
        condition=_line(values, "condition"),
        lead=AgencyCode(_found(values, "lead")),
        helpers=several(values.get("helpers", ""), names, field="helpers"),
        fallback=AgencyCode(_found(values, "fallback")),
        basis=_line(values, "basis"),
    )


# ---------------------------------------------------------------- 兜底规则


def fallback_cells(item: Item, names: Names) -> dict[str, str]:
    """兜底规则, by column."""
    assert isinstance(item, FallbackRule)
    return {
        "after_returns": say("duties.after_returns", count=item.after_returns),
        "category": names.category(item.category) if item.category else say("duties.all_categories"),
        "unit": names.short(item.unit) if item.unit else say("duties.township"),
        "named_by": item.named_by,
    }


def fallback_values(item: Item, names: Names) -> dict[str, str]:
    """兜底规则, as it is typed."""
    assert isinstance(item, FallbackRule)
    return {
        "after_returns": str(item.after_returns) if item.after_returns else "",
        "named_by": item.named_by,
        **_category(item.category, names),
        **_agency("unit", item.unit, names),
    }


def fallback_made(values: Values, names: Names) -> Item:
    """兜底规则, from what was typed. Raises BadInput R450-R454 naming the field."""
    del names
    if not _line(values, "named_by"):
        raise BadInput("R454", field="named_by")
    return FallbackRule(
        after_returns=whole(values["after_returns"], field="after_returns"),
        unit=AgencyCode(_found(values, "unit")),
        category=_found(values, "category"),
        named_by=_line(values, "named_by"),
    )


# ---------------------------------------------------------------- 领导接线


def event_cells(item: Item, names: Names) -> dict[str, str]:
    """领导接线, by column."""
    assert isinstance(item, LeaderEvent)
    return {
        "period": item.period,
        "on": item.on,
        "time": f"{item.from_time}-{item.until_time}",
        "leader": item.leader,
        "unit": names.short(item.unit),
        "scope": item.scope,
    }


def event_values(item: Item, names: Names) -> dict[str, str]:
    """领导接线, as it is typed."""
    assert isinstance(item, LeaderEvent)
    texts = {name: getattr(item, name) for name in ("code", "period", "leader", "on", "from_time", "until_time", "scope")}
    return {**texts, **_agency("unit", item.unit, names)}


def event_made(values: Values, names: Names) -> Item:
    """领导接线, from what was typed. Raises BadInput R450-R454 naming the field."""
    del names
    texts = {name: _line(values, name) for name in ("code", "period", "leader", "on", "from_time", "until_time", "scope")}
    unit = _found(values, "unit")
    needed = ("period", "leader", "on", "from_time", "until_time")
    missing = next((name for name in needed if not texts[name]), "") or ("" if unit else "unit")
    if missing or not texts["scope"]:
        raise BadInput("R454", field=missing or "scope")
    return LeaderEvent(unit=AgencyCode(unit), retired=False, **texts)


# ---------------------------------------------------------------- 专项


def campaign_cells(item: Item, names: Names) -> dict[str, str]:
    """专项, by column."""
    del names
    assert isinstance(item, Campaign)
    return {
        "code": item.code,
        "name": item.name,
        "since": item.since,
        "until": item.until or say("duties.open_end"),
        "limits": spans.written(item.limits) or say("duties.as_pack"),
    }


def campaign_values(item: Item, names: Names) -> dict[str, str]:
    """专项, as it is typed."""
    del names
    assert isinstance(item, Campaign)
    return {
        "code": item.code,
        "name": item.name,
        "since": item.since,
        "until": item.until,
        "limits": spans.written(item.limits),
    }


def campaign_made(values: Values, names: Names) -> Item:
    """专项, from what was typed. Raises BadInput R450-R454 naming the field."""
    del names
    missing = next((name for name in ("name", "since") if not _line(values, name)), "")
    if missing:
        raise BadInput("R454", field=missing)
    return Campaign(
        code=_line(values, "code"),
        name=_line(values, "name"),
        since=_line(values, "since"),
        until=_line(values, "until"),
        limits=spans.read(values.get("limits", "")),
    )


# ---------------------------------------------------------------- 网格


def grid_cells(item: Item, names: Names) -> dict[str, str]:
    """网格, by column."""
    assert isinstance(item, Grid)
    return {"code": item.code, "name": item.name, "place": names.place(item.place), "keeper": item.keeper}


def grid_values(item: Item, names: Names) -> dict[str, str]:
    """网格, as it is typed."""
    assert isinstance(item, Grid)
    return {"code": item.code, "name": item.name, "keeper": item.keeper, **_place(item.place, names)}


def grid_made(values: Values, names: Names) -> Item:
    """网格, from what was typed. Raises BadInput R450-R454 naming the field."""
    del names
    place = _found(values, "place")
    missing = next((name for name in ("code", "name") if not _line(values, name)), "" if place else "place")
    if missing:
        raise BadInput("R454", field=missing)
    return Grid(_line(values, "code"), _line(values, "name"), place, _line(values, "keeper"))


# ---------------------------------------------------------------- 法定途径


def path_cells(item: Item, names: Names) -> dict[str, str]:
    """法定途径, by column."""
    del names
    assert isinstance(item, ToldPath)
    return {"code": item.code, "name": item.name, "path": item.path, "basis": item.basis}


def path_values(item: Item, names: Names) -> dict[str, str]:
    """法定途径, as it is typed."""
    del names
    assert isinstance(item, ToldPath)
    texts = {name: getattr(item, name) for name in ("code", "name", "words", "path", "basis", "instead")}
    return {**texts, "may_hand_over": "1" if item.may_hand_over else ""}


def path_made(values: Values, names: Names) -> Item:
    """法定途径, from what was typed. Raises BadInput R450-R454 naming the field."""
    del names
    texts = {name: values.get(name, "").strip() for name in ("code", "name", "words", "path", "basis", "instead")}
    missing = next((name for name in ("code", "name", "words", "path", "basis") if not texts[name]), "")
    if missing:
        raise BadInput("R454", field=missing)
    return ToldPath(may_hand_over=values.get("may_hand_over") == "1", retired=False, **texts)
