"""督办台账, 现场呼叫, 亮牌: what is watched over across all orders of this station. One order's own acts are in `desk.acts`."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from county_hotline.desk.desk import Desk
from county_hotline.domain.facts import CardShown
from county_hotline.domain.lights import cards_suggested
from county_hotline.domain.views import CallRow, RegisterQuery, RegisterSort, SupervisionRow
from county_hotline.domain.vocabulary import Card, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, Number

CARDS_LOOKED_AT = 300
"""How many overdue orders are looked through for suggestions, the longest overdue first."""


class CardRow(msgspec.Struct, frozen=True):
    """亮牌, one line: a card that was shown, or one that the rules suggest and a person may show."""

    number: Number
    title: str
    stage: Stage
    agency: AgencyCode
    card: Card
    cause: str = ""
    """Of a card that was shown: why, in the words of who showed it."""
    shown_at: int = 0
    """UTC ms; 0 where it is only suggested."""
    taken_back_at: int | None = None
    due_at: int = 0
    """Of a suggestion: the limit that ended, UTC ms."""

    @property
    def is_suggested(self) -> bool:
        """建议: nobody has shown it."""
        return not self.shown_at


def calls(desk: Desk, *, open_only: bool) -> tuple[CallRow, ...]:
    """呼叫 this station knows, the nearest meeting first, then those that wait for scores, then the rest, the latest first.

    `open_only` leaves out what is cancelled or scored by everybody: one call, one score (一呼叫一考核).
    """

    def place(row: CallRow) -> tuple[int, int]:
        call = row.call
        if call.is_open:
            return 0, call.called.meet_at
        return (1 if call.missing_scores() else 2), -(call.found_at or call.called_at)

    rows = desk.store.calls(open_only=False)
    return tuple(sorted((row for row in rows if not open_only or place(row)[0] < 2), key=place))


def supervisions(desk: Desk, *, open_only: bool) -> tuple[SupervisionRow, ...]:
    """督办台账 of this station."""
    return desk.store.supervisions(open_only=open_only)


def cards(desk: Desk) -> tuple[CardRow, ...]:
    """亮牌: what the order's own pack suggests first (nothing is shown by the clock), then what was shown, the latest first."""
    return (*_suggested(desk), *_shown(desk))


def _suggested(desk: Desk) -> Iterator[CardRow]:
    reference, now = desk.store.reference, desk.clock.now_ms()
    calendar = reference.calendar()
    if calendar is None:
        return
    overdue = desk.store.register(RegisterQuery(overdue_at=now, sort=RegisterSort.DUE), after=None, limit=CARDS_LOOKED_AT)
    for row in overdue.rows:
        order = desk.store.order(row.number)
        pack = reference.pack(order.accepted.rule_pack) if order.accepted else None
        for each in cards_suggested(order, now, pack, calendar):
            yield CardRow(order.number, row.title, order.stage, each.agency, each.card, due_at=each.due_at)


def _shown(desk: Desk) -> Iterator[CardRow]:
    found = [card for number in desk.store.numbers_with(CardShown.kind) for card in _of(desk.store.order(number))]
    yield from sorted(found, key=lambda row: -row.shown_at)


def _of(order: WorkOrder) -> Iterator[CardRow]:
    title = order.accepted.title if order.accepted else ""
    for each in order.oversight.cards:
        yield CardRow(
            order.number,
            title,
            order.stage,
            each.agency,
            each.card,
            cause=each.cause,
            shown_at=each.shown_at,
            taken_back_at=each.taken_back_at,
        )
