"""查阅: 台账, one order, the strip's counts, and the lists a form chooses from. Seeing a caller in full is asked for and audited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from county_hotline.clock import local
from county_hotline.db.beside import memos
from county_hotline.db.tables import queries
from county_hotline.desk.desk import Desk
from county_hotline.desk.naming import CANDIDATES_SHOWN
from county_hotline.domain import finding, numbering, time_limits
from county_hotline.domain.cleaning import clean
from county_hotline.domain.facts import Person
from county_hotline.domain.reference import Agency, Category, Place, in_force
from county_hotline.domain.views import Counts, OrderView, RegisterPage, RegisterQuery, Unplaced
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import Number

ENTITLED = frozenset({OfficerRole.CLERK, OfficerRole.LEADER, OfficerRole.DISPATCHER, OfficerRole.HANDLER})
ENTITLED_TO_CONFIDENTIAL = frozenset({OfficerRole.LEADER})


def register(desk: Desk, query: RegisterQuery, *, after: str | None = None, limit: int = 50) -> RegisterPage:
    """A page of 台账, callers masked."""
    return desk.store.register(query, after=after, limit=limit)


def register_further(desk: Desk, query: RegisterQuery, *, after: str | None, rows: int) -> str | None:
    """From where a page of 台账 begins so many rows further on; None where there are not that many."""
    return desk.store.register_further(query, after=after, rows=rows)


def register_numbers(desk: Desk, query: RegisterQuery, *, limit: int) -> tuple[Number, ...]:
    """The first so many of what 台账 lists, in its order."""
    rows = desk.store.register_arrivals(query, limit=limit)
    return tuple(row.number for row in desk.store.register_arrived(rows))


def order(desk: Desk, text: str) -> OrderView:
    """One order by its number (or tail, query code, external number). Refuses a mistyped number (R191), one not here (R190), and a name
    that several go by (R194)."""
    number = desk.store.resolve(text)
    if number is None:
        raise _not_one(desk, text)
    return desk.store.view(number)


def _not_one(desk: Desk, text: str) -> Refusal:
    typed = clean(text, lines=False)[:40]
    if numbering.looks_like(text):
        return Refusal("R191" if numbering.normalise(text) is None else "R190", number=typed)
    meant = queries.called(desk.store.database.connection(), text)
    if not meant:
        return Refusal("R190", number=typed)
    return Refusal("R194", number=typed, count=len(meant), found=" / ".join(meant[:CANDIDATES_SHOWN]), numbers=list(meant))


def counts(desk: Desk) -> Counts:
    """已存 ＝ 已签收 ＋ 待传."""
    return desk.store.counts()


def lost_above(desk: Desk) -> tuple[Unplaced, ...]:
    """Others' records that the hub, put back from a backup, has lost and that their stations have not sent again yet."""
    return desk.store.unplaced()


def agencies(desk: Desk, *, also_retired: bool = False) -> tuple[Agency, ...]:
    """承办单位 of the county that are offered; all of them for reading what was written before."""
    known = desk.store.reference.agencies()
    return known if also_retired else in_force(known)


def workdays_left(desk: Desk, due_on: str, *, at: int | None = None) -> int | None:
    """Working days left until `due_on` (an ISO date) as seen `at` (UTC ms; now), negative once late. None without a date or a calendar."""
    calendar = desk.store.reference.calendar()
    if not due_on or calendar is None:
        return None
    today = local(desk.clock.now_ms() if at is None else at).date()
    try:
        return time_limits.workdays_left(today, date.fromisoformat(due_on), calendar)
    except ValueError:  # written elsewhere, by a release that says it otherwise
        return None


def places(desk: Desk, typed: str, limit: int = 12, *, also_retired: bool = False) -> tuple[Place, ...]:
    """Places that are offered (or all), found by name, another name (别名), path, code, one of their grids, or by the sound of these: initials or whole syllables.
    Those that begin as typed first."""
    known = desk.store.reference.places()
    known = known if also_retired else in_force(known)
    wanted = finding.plain(typed)
    if not wanted:
        return known[:limit]
    grids: dict[str, list[str]] = {}
    for grid in desk.store.reference.bundle().grids:
        grids.setdefault(grid.place, []).append(grid.name)
    ranked = [(found, p) for p in known if (found := _rank(p, wanted, grids.get(p.code, []))) is not None]
    ranked.sort(key=lambda pair: (pair[0], pair[1].code))
    return tuple(p for _, p in ranked[:limit])


def _rank(place: Place, wanted: str, grids: Sequence[str]) -> int | None:
    if place.initials.startswith(wanted):
        return 2
    return finding.rank(wanted, (place.name, *place.aliases, place.path, *grids), place.code)


def categories(desk: Desk, typed: str = "", limit: int = 200, *, also_retired: bool = False) -> tuple[Category, ...]:
    """类别 that are offered (or all) whose path or code holds what was typed; all of them for nothing typed."""
    ranked = [
        (rank, c)
        for c in (desk.store.reference.categories() if also_retired else in_force(desk.store.reference.categories()))
        if (rank := finding.rank(typed, (c.name, c.path), c.code)) is not None
    ]
    if typed.strip():
        ranked.sort(key=lambda pair: pair[0])
    return tuple(c for _, c in ranked[:limit])


def unmask(desk: Desk, number: Number, reason: str) -> Person:
    """查看全部: the caller in full, with a reason, written into the audit first. Refuses without a reason (R192), without the duty
    (R204: confidential callers are for leaders, of the unit that took the request or of the centre), and where the particulars are not
    on this PC (R193)."""
    officer = desk.signed_in()
    found = desk.store.order(number)
    if not may_unmask(desk, found):
        raise Refusal("R204", act="unmask")
    if not reason.strip():
        raise Refusal("R192")
    if found.person is None:
        raise Refusal("R193", number=number)
    with desk.store.immediate() as db:
        memos.audit(db, desk.clock.now_ms(), officer.officer, act="unmask", subject=number, reason=clean(reason, lines=False))
    return found.person


def may_unmask(desk: Desk, order: WorkOrder) -> bool:
    """Whether the signed-in officer may see this caller in full."""
    entitled = ENTITLED_TO_CONFIDENTIAL if order.is_confidential else ENTITLED
    has_duty = desk.officer is not None and bool(entitled & set(desk.officer.roles))
    return has_duty and (not order.is_confidential or _is_ours(desk, order))


def _is_ours(desk: Desk, order: WorkOrder) -> bool:
    """Whether this station's unit took the request, or is the centre: an agency that got it before it was closed is neither."""
    taken_here = order.accepted is not None and order.accepted.unit == desk.card.unit
    return taken_here or desk.card.role is StationRole.CENTRE
