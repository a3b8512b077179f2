"""Reference data (基础数据): units, categories, places, accounts. Versioned, from above; plain rows, never in the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from county_hotline.domain.rule_packs import Span
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.ids import AgencyCode, OfficerId, StationId


class Agency(msgspec.Struct, frozen=True, omit_defaults=True):
    """承办单位 or 受理单位: a unit of government an order may go to or come from."""

    code: AgencyCode
    name: str
    short_name: str = ""
    """For lists: 县住建局."""
    phone: str = ""
    place: str = ""
    """Region code where the unit answers for a place (townships)."""
    retired: bool = False


class Category(msgspec.Struct, frozen=True, omit_defaults=True):
    """诉求类别, one node of the tree. `path` is the names from the top, joined by ` / `."""

    code: str
    name: str
    path: str
    parent: str = ""
    usual_agency: AgencyCode = AgencyCode("")
    """归属清单: who usually handles it; a hint, never acted on alone."""
    retired: bool = False


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """区划: a township (9 digits) or village (12 digits) of the county."""

    code: str
    name: str
    path: str
    """`燕崖镇 某某村`."""
    initials: str = ""
    """Pinyin initials of the path, for typing: `yyz`."""
    agency: AgencyCode = AgencyCode("")
    """属地单位: the township that answers for the place."""
    aliases: tuple[str, ...] = ()
    """别名: what people call it besides, roads and old names: `西郊路`."""
    retired: bool = False


class Account(msgspec.Struct, frozen=True, omit_defaults=True):
    """An officer's account at this station. The password lies only as an argon2 hash."""

    officer: OfficerId
    """Badge and name."""
    badge: str
    name: str
    roles: tuple[OfficerRole, ...]


class StationCard(msgspec.Struct, frozen=True, omit_defaults=True):
    """站点: what a station is. Given at enrolment (or by `init`); not a setting."""

    station: StationId
    county: str
    """Six-digit code."""
    county_name: str
    unit: AgencyCode
    unit_name: str
    role: StationRole
    desk: str = ""
    """03号台."""
    phone: str = ""
    """窗口电话, printed on the slip; empty prints 12345 alone."""


class DutyLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """归属清单, one line: whose matter it is, where, on what ground. The first line that fits is offered; a person decides."""

    line: int
    matter: str
    """The common matter in words: 路灯不亮."""
    category: str = ""
    """Category code it belongs to; its children are meant too."""
    place: str = ""
    """Region code it is limited to; its villages are meant too."""
    condition: str = ""
    """When it holds, in words: 属国道的."""
    lead: AgencyCode = AgencyCode("")
    """Empty: the township where it happened (属地)."""
    helpers: tuple[AgencyCode, ...] = ()
    fallback: AgencyCode = AgencyCode("")
    basis: str = ""
    retired: bool = False


class FallbackRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """兜底规则: after so many approved returns this unit leads. Empty unit: the township where it happened."""

    after_returns: int
    unit: AgencyCode = AgencyCode("")
    category: str = ""
    named_by: str = ""
    """Who named it: 县政府办, with the paper."""
    retired: bool = False


class ToldPath(msgspec.Struct, frozen=True, omit_defaults=True):
    """法定途径: one reason why it is not for this line, and whom to turn to instead."""

    code: str
    """Two digits."""
    name: str
    words: str
    """As printed."""
    path: str
    """Whom to turn to, and how."""
    basis: str
    """Where it is written."""
    instead: str = ""
    """`transfer` (an emergency must be handed over first), `merge` (join the order that is in hand), or nothing."""
    may_hand_over: bool = False
    retired: bool = False


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """知识条目: what may be answered at once."""

    code: str
    title: str
    text: str
    version: str
    """Date of the text, ISO; printed on the slip."""
    source: str = ""
    unit: AgencyCode = AgencyCode("")
    category: str = ""
    valid_until: str = ""
    """ISO date after which it may not be answered from."""


class LeaderEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    """领导接线, one event that groups its orders."""

    code: str
    period: str
    """第几期."""
    leader: str
    """Post, as published: 副县长."""
    unit: AgencyCode
    on: str
    """ISO date."""
    from_time: str
    until_time: str
    scope: str
    """受理范围; what is outside goes the normal way."""
    retired: bool = False


class Campaign(msgspec.Struct, frozen=True, omit_defaults=True):
    """专项, with limits of its own."""

    code: str
    name: str
    since: str
    until: str = ""
    limits: dict[str, Span] = {}
    """By kind of matter or `all`, as in a rule pack; they go before the pack's."""
    retired: bool = False


class Grid(msgspec.Struct, frozen=True, omit_defaults=True):
    """网格: a tree node under a village."""

    code: str
    name: str
    place: str
    """Its village's 12-digit code."""
    keeper: str = ""
    """网格员, by post or as the county writes it."""
    retired: bool = False


Listed = Agency | Category | Place | DutyLine | FallbackRule | ToldPath | LeaderEvent | Campaign | Grid
"""A row of one of the county's lists. `retired` (停用): no longer offered, still readable where it was used; never deleted."""
L = TypeVar("L", bound=Listed)


def in_force(rows: Iterable[L]) -> tuple[L, ...]:
    """Rows that are offered: neither retired themselves nor, in a tree, below one that is (its code begins with that one's)."""
    rows = tuple(rows)
    gone = tuple(row.code for row in rows if isinstance(row, Category | Place) and row.retired)
    return tuple(
        row
        for row in rows
        if not row.retired and not (gone and isinstance(row, Category | Place) and row.code.startswith(gone))
    )
