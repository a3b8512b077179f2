"""What begins with an order: finding it by whatever a person types of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from county_hotline.background import Runner
from county_hotline.domain.views import RegisterQuery, RegisterRow
from county_hotline.ui.telling.standing import short_number
from county_hotline.wording import word

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk

OFFERED = 20
OrderLines = tuple[tuple[str, str, str], ...]
"""Number, title, and where it stands."""


def orders_found(desk: Desk, text: str) -> tuple[RegisterRow, ...]:
    """Orders that what was typed may mean. On the desk's lane."""
    from county_hotline.desk import looking_up

    return looking_up.register(desk, RegisterQuery(text=text.strip()), limit=OFFERED).rows


def find_orders(
    text: str,
    runner: Runner,
    *,
    find: Callable[[str], tuple[RegisterRow, ...]],
    offer: Callable[[str, OrderLines], None],
    fail: Callable[[Exception], None],
) -> None:
    """Offer lines for what was typed; none for nothing typed."""
    if text.strip():
        runner.run(lambda: find(text), lambda rows: offer(text, tuple(map(_line, rows))), fail)
    else:
        offer(text, ())


def _line(row: RegisterRow) -> tuple[str, str, str]:
    return row.number, row.title, f"{short_number(row.number)} {word(row.stage)}"
