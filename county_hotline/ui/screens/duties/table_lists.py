"""承办单位, 类别 and 事发地 as lists of the page: looked up line by line, changed by a whole file. Pure."""

from __future__ import annotations

from typing import Final

from county_hotline.domain.reference import Agency, Category, Place
from county_hotline.ui.screens.duties.conversions import Item
from county_hotline.ui.telling.names import Names

IN_AND_OUT: Final = ("agencies", "categories", "places", "grids")
"""Lists that come from Excel with a look before anything is written (`desk.county_tables`)."""


def agency_cells(item: Item, names: Names) -> dict[str, str]:
    """承办单位, by column."""
    assert isinstance(item, Agency)
    area = names.place(item.place) if item.place else ""
    return {"code": item.code, "name": item.name, "short_name": item.short_name, "phone": item.phone, "area": area}


def category_cells(item: Item, names: Names) -> dict[str, str]:
    """类别, by column."""
    assert isinstance(item, Category)
    usual = names.agency(item.usual_agency) if item.usual_agency else ""
    return {"code": item.code, "whole": item.path, "name": item.name, "usual_agency": usual}


def place_cells(item: Item, names: Names) -> dict[str, str]:
    """事发地, by column."""
    assert isinstance(item, Place)
    agency = names.agency(item.agency) if item.agency else ""
    aliases = "、".join(item.aliases)
    return {
        "code": item.code,
        "whole": item.path,
        "name": item.name,
        "initials": item.initials,
        "aliases": aliases,
        "agency": agency,
    }
