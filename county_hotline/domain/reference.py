"""Reference data (基础数据): units, categories, places, accounts. Versioned, from above; plain rows, never in the journal."""

from __future__ import annotations

import msgspec

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


class Category(msgspec.Struct, frozen=True, omit_defaults=True):
    """诉求类别, one node of the tree. `path` is the names from the top, joined by ` / `."""

    code: str
    name: str
    path: str
    parent: str = ""
    usual_agency: AgencyCode = AgencyCode("")
    """归属清单: who usually handles it; a hint, never acted on alone."""


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
