"""What a question to 台账 asks, part by part: of the text index, of indexes that answer by arrival, and of short sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables import relations, search, tallies
from county_hotline.db.tables.members import Rows, Source
from county_hotline.domain.civil_time import start_of_day_ms
from county_hotline.domain.views import RegisterQuery, RegisterSort
from county_hotline.domain.vocabulary import ENDED, AssignmentState, Stage

_OPEN: Final = tuple(sorted(int(stage) for stage in Stage if stage not in ENDED))
_OF_STAGE: Final = "SELECT row FROM work_orders INDEXED BY work_orders_by_stage WHERE stage = {stage}"
_LEADS: Final = "SELECT row FROM work_orders INDEXED BY work_orders_by_agency WHERE agency = ?1"
_WAS_ASSIGNED: Final = "SELECT row FROM assignments INDEXED BY assignments_by_agency WHERE agency = ?1"


def is_open(query: RegisterQuery) -> bool:
    """Whether only orders that have not ended are wanted."""
    if query.ended is not None:
        return not query.ended
    return bool(query.overdue_at or query.overdue_before) or (bool(query.stages) and ENDED.isdisjoint(query.stages))


def stages_of(query: RegisterQuery) -> list[int]:
    """The stages that are wanted, where any are named: of ended orders only those that end one, of others those that do not."""
    return [int(stage) for stage in query.stages if query.ended is None or (stage in ENDED) == query.ended]


def text_of(query: RegisterQuery, regions: search.Regions) -> search.Wanted | None:
    """What is asked of the text index; None for nothing."""
    typed = search.wanted(query.text, regions) if query.text.strip() else None
    return search.of_kinds(_kinds(query), typed)


def _kinds(query: RegisterQuery) -> list[tuple[str, str]]:
    """What the index knows of an order besides its words; the letters are those of `projection._kinds`."""
    told = {
        "p": query.place if len(query.place) in (6, 9, 12) else "",
        "c": query.category if len(query.category) in (2, 4, 6, 8) else "",
        "h": query.channel.value if query.channel else "",
        "k": query.matter_kind.value if query.matter_kind else "",
        "u": query.urgency.value if query.urgency else "",
        "e": query.event,
        "z": query.campaign,
        "s": "1" if query.confidential_only else "",
        "a": query.agency if query.text.strip() else "",
    }
    return [(letter, code) for letter, code in told.items() if search.flat(code)]


def by_arrival(query: RegisterQuery) -> Iterator[Source]:
    """Questions that indexes beside the text's answer by arrival. A walk by limit has an index of its own for what is open."""
    if query.stages:
        yield _of_stages(stages_of(query))
    elif is_open(query) and query.sort is not RegisterSort.DUE:
        yield _of_stages(_OPEN)
    if query.agency:
        yield Source(((_LEADS, "row"), (_WAS_ASSIGNED, "row")), (query.agency,))


def _of_stages(stages: Sequence[int]) -> Source:
    return Source(tuple((_OF_STAGE.format(stage=stage), "row") for stage in stages), ())


def short_sets(db: Connection, query: RegisterQuery) -> tuple[list[Rows], bool]:
    """The sets that are short, each from an index of its own; and whether all were."""
    found = [Rows.of(db, question, values) for question, values in _short(query)]
    return [rows for rows in found if rows is not None], None not in found


def _short(query: RegisterQuery) -> Iterator[tuple[str, Sequence[object]]]:
    """What is waited for is never most of a million orders."""
    orders = "SELECT row FROM work_orders INDEXED BY"
    if (query.overdue_at or query.overdue_before) and query.sort is not RegisterSort.DUE:
        late = query.overdue_at - 1 if query.overdue_at else start_of_day_ms(query.overdue_before)
        yield f"{orders} work_orders_by_due WHERE open = 1 AND due_at > 0 AND due_at <= ?", [late]
    flags = {
        f"{orders} work_orders_waiting WHERE unsent > 0": query.waiting_only,
        f"{orders} work_orders_clashing WHERE clashes > 0": query.clashes_only,
        f"SELECT row FROM assignments WHERE state = {int(AssignmentState.SUSPENDED)}": query.suspended_only,
    }
    yield from ((question, []) for question, is_asked in flags.items() if is_asked)
    if query.cluster:
        yield relations.MEMBERS, [query.cluster]
    if query.figure is not None:
        question, values = tallies.listed(query.figure)
        yield f"SELECT * FROM {question}", values
    if (query.since or query.until) and query.sort is not RegisterSort.TIME and not query.text.strip():
        until = query.until or 1 << 62
        yield f"{orders} work_orders_by_time WHERE accepted_at >= ? AND accepted_at < ?", [query.since, until]


def are_told(query: RegisterQuery, *, all_short: bool) -> bool:
    """Whether the parts say exactly what is asked; else the rows have to be read."""
    told = all_short and query.ended is not True and not (query.since or query.until) and query.overdue_at == 0
    told = told and not query.overdue_before and not (query.ended is False and query.sort is RegisterSort.DUE)
    return told and len(query.place) in (0, 6, 9, 12) and len(query.category) in (0, 2, 4, 6, 8)
