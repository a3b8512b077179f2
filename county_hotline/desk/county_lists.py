"""县里的清单: events of the leader's line, campaigns, grids and lawful paths: read by all, changed at the centre, never half right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

import msgspec

from county_hotline.desk import changing
from county_hotline.desk.desk import Desk
from county_hotline.domain.cleaning import clean
from county_hotline.domain.reference import Campaign, Grid, LeaderEvent, Listed, Place, ToldPath
from county_hotline.domain.rule_packs import ALL_KINDS
from county_hotline.domain.vocabulary import MatterKind
from county_hotline.errors import Refusal
from county_hotline.wording import say

INSTEAD = ("", "transfer", "merge")
"""What `ToldPath.instead` may say; see there."""
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,29}")
_COUNTY = 6
_TWO_DIGITS = re.compile(r"\d{2}")
_KINDS = frozenset({ALL_KINDS, *(kind.value for kind in MatterKind)})
_LARGEST = 1_000


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


C = TypeVar("C", bound=_Coded)


# ---------------------------------------------------------------- 领导接线


def events(desk: Desk) -> tuple[LeaderEvent, ...]:
    """Newest day first."""
    return tuple(sorted(desk.store.reference.bundle().events, key=lambda each: (each.on, each.code), reverse=True))


def save_event(desk: Desk, event: LeaderEvent) -> LeaderEvent:
    """In place of the one with its code. Refuses what is missing (R420), an unknown unit (R421), no day (R426), odd times (R427)."""
    changing.allowed(desk)
    event = _cleaned(event, "code", "period", "leader", "on", "from_time", "until_time", many=("scope",))
    _coded(event.code)
    _needed(period=event.period, leader=event.leader, unit=event.unit, scope=event.scope)
    changing.known(desk, units=(event.unit,))
    _days(on=event.on)
    if not _TIME.fullmatch(event.from_time) or not _TIME.fullmatch(event.until_time) or event.until_time <= event.from_time:
        raise Refusal("R427", field="from_time")
    changing.change(desk, events=_put(desk.store.reference.bundle().events, event))
    return event


def drop_event(desk: Desk, code: str) -> None:
    """Its orders keep the code. Refuses (R425) one that is not there."""
    changing.change(desk, events=_without(desk.store.reference.bundle().events, code))


# ---------------------------------------------------------------- 专项


def campaigns(desk: Desk) -> tuple[Campaign, ...]:
    """Newest first."""
    return tuple(sorted(desk.store.reference.bundle().campaigns, key=lambda each: (each.since, each.code), reverse=True))


def save_campaign(desk: Desk, campaign: Campaign) -> Campaign:
    """In place of the one with its code. Refuses what is missing (R420), days the wrong way round (R426), limits that are none (R429)."""
    changing.allowed(desk)
    campaign = _cleaned(campaign, "code", "name", "since", "until")
    _coded(campaign.code)
    _needed(list_name=campaign.name)
    _days(since=campaign.since, until=campaign.until)
    for kind, span in campaign.limits.items():
        if kind not in _KINDS or not 1 <= span.amount <= _LARGEST:
            raise Refusal("R429", text=f"{kind} {span.amount}"[:40])
    changing.change(desk, campaigns=_put(desk.store.reference.bundle().campaigns, campaign))
    return campaign


def drop_campaign(desk: Desk, code: str) -> None:
    """Its orders keep the code and their dates. Refuses (R425) one that is not there."""
    changing.change(desk, campaigns=_without(desk.store.reference.bundle().campaigns, code))


# ---------------------------------------------------------------- 网格


def grids(desk: Desk) -> tuple[Grid, ...]:
    """By place, then code."""
    return tuple(sorted(desk.store.reference.bundle().grids, key=lambda each: (each.place, each.code)))


def save_grid(desk: Desk, grid: Grid) -> Grid:
    """In place of the one with its code. Refuses what is missing (R420) and a place the county does not have (R421)."""
    changing.allowed(desk)
    grid = _cleaned(grid, "code", "name", "place", "keeper")
    _coded(grid.code)
    _needed(list_name=grid.name, place=grid.place)
    changing.known(desk, place=grid.place)
    changing.change(desk, grids=_put(desk.store.reference.bundle().grids, grid))
    return grid


def drop_grid(desk: Desk, code: str) -> None:
    """Refuses (R425) one that is not there."""
    changing.change(desk, grids=_without(desk.store.reference.bundle().grids, code))


# ---------------------------------------------------------------- 法定途径


def told_paths(desk: Desk) -> tuple[ToldPath, ...]:
    """By code."""
    return tuple(sorted(desk.store.reference.bundle().told_paths, key=lambda each: each.code))


def save_told_path(desk: Desk, path: ToldPath) -> ToldPath:
    """In place of the one with its code. Refuses a code that is not two digits (R428), words or a path left empty (R420: never a bare
    refusal, 国办函〔2025〕66号), and another `instead` than there are (R430)."""
    changing.allowed(desk)
    path = _cleaned(path, "code", "name", "instead", many=("words", "path", "basis"))
    if not _TWO_DIGITS.fullmatch(path.code):
        raise Refusal("R428", text=path.code[:40], why=say("county_list.two_digits"))
    _needed(list_name=path.name, words=path.words, path=path.path)
    if path.instead not in INSTEAD:
        raise Refusal("R430", text=path.instead[:40])
    changing.change(desk, told_paths=_put(desk.store.reference.bundle().told_paths, path))
    return path


def drop_told_path(desk: Desk, code: str) -> None:
    """What was told stays as it was told. Refuses (R425) one that is not there."""
    changing.change(desk, told_paths=_without(desk.store.reference.bundle().told_paths, code))


# ---------------------------------------------------------------- any of them


def retire(desk: Desk, name: str, row: Listed, *, retired: bool = True) -> Listed:
    """停用, or 启用 again: the row of this list (`duty_lines`, `agencies` …) is no longer offered, and stays readable where it was used. In
    a tree what lies below it is not offered either. Refuses (R425) a row that is not there any more, (R672) the county itself and the unit
    this centre belongs to."""
    changing.allowed(desk)
    if retired and ((isinstance(row, Place) and len(row.code) <= _COUNTY) or row == _own_unit(desk)):
        raise Refusal("R672", name=getattr(row, "name", ""))
    rows = getattr(desk.store.reference.bundle(), name)
    if row not in rows:
        raise Refusal("R425", text=str(getattr(row, "name", getattr(row, "matter", "")))[:40])
    now = msgspec.structs.replace(row, retired=retired)
    changing.change(desk, **{name: tuple(now if each == row else each for each in rows)})
    return now


def _own_unit(desk: Desk) -> Listed:
    return desk.store.reference.agency(desk.card.unit)


# ---------------------------------------------------------------- what they have in common

S = TypeVar("S", bound=msgspec.Struct)


def _cleaned(item: S, *one_line: str, many: Iterable[str] = ()) -> S:
    texts = {name: clean(getattr(item, name), lines=False) for name in one_line}
    texts |= {name: clean(getattr(item, name), lines=True) for name in many}
    return msgspec.structs.replace(item, **texts)


def _coded(code: str) -> None:
    """Refuses (R428) what could not be written in an order or typed again."""
    if not _CODE.fullmatch(code):
        raise Refusal("R428", text=code[:40], why=say("county_list.code"))


def _needed(**texts: str) -> None:
    for field, text in texts.items():
        changing.needed(field, text)


def _days(**days: str) -> None:
    """ISO dates in the order of time; all but the first may be empty. Refuses R426."""
    first, last = next(iter(days)), ""
    for field, day in days.items():
        if not day and field != first:
            continue
        if not changing.is_day(day) or day < last:
            raise Refusal("R426", field=field)
        last = day


def _put(items: tuple[C, ...], item: C) -> tuple[C, ...]:
    return changing.put(items, item, _called(item.code))


def _without(items: tuple[C, ...], code: str) -> tuple[C, ...]:
    return changing.without(items, _called(code), code)


def _called(code: str) -> Callable[[_Coded], bool]:
    return lambda each: each.code == code
