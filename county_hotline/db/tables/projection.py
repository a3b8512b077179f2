"""The tables screens read, folded from the journal. They can be thrown away: `rebuild` makes them again, `differences` checks them.

What they hold depends on whose they are (`card`; None at a hub): a hub, at which nobody searches and works, has no words, no tasks, no
measures and no relations; a station has the tasks that can be done at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, cast

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.db.tables import relations, search, spans
from county_hotline.domain.facts import Accepted, AttachmentAdded
from county_hotline.domain.files import names_a_file
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.measures import Measures, measures_of
from county_hotline.domain.privacy import mask_name, mask_phone
from county_hotline.domain.reference import StationCard
from county_hotline.domain.tasks import CENTRE, TaskKind, tasks_of, tries
from county_hotline.domain.vocabulary import StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number

FOLD: Final = "11"
"""Raise it when the folded tables hold something else than before: every file is then folded anew at its next opening."""
FOLDED_BY: Final = "fold"
"""Note: by which `FOLD` the tables were made. None where a new schema threw them away."""
ANEW: Final = "fold.anew"
"""Note: folding anew goes on: by which `FOLD`, how many entries were looked at, and up to which number. None where it is finished."""
PUT_OFF: Final = "fold.put_off"
"""Note, at a hub: from this arrival number on, orders are still to be folded (`fold_put_off`). None where the tables are up to date."""
SUPERVISED_NOW, SUPERVISED, CALLED_NOW, CALLED = 1, 2, 4, 8
"""Bits of `work_orders.watched`."""
_WIDTH: Final = 33
_WRITE: Final = f"INSERT OR REPLACE INTO work_orders VALUES ({','.join('?' * _WIDTH)})"
_MEASURE: Final = f"INSERT INTO measures VALUES ({','.join('?' * (1 + len(Measures.__struct_fields__)))})"
_READ: Final = "SELECT * FROM work_orders WHERE row = ?"
_PARTS: Final = ("assignments", "tasks", "clashes", "attachments", "measures", "relations")
_KEY: Final = -1
_ACCEPTED_AT: Final = 22
_OWN: Final = 2
_UNSENT: Final = 3


class Folded(NamedTuple):
    """One order as the tables hold it."""

    order: WorkOrder
    row: tuple[object, ...]
    assignments: tuple[tuple[object, ...], ...]
    tasks: tuple[tuple[object, ...], ...]
    clashes: tuple[tuple[object, ...], ...]
    attachments: tuple[tuple[object, ...], ...]
    measures: tuple[tuple[object, ...], ...]
    relations: tuple[tuple[object, ...], ...]
    line: search.Line


def folded(number: Number, first: int, story: Sequence[Happened], card: StationCard | None) -> Folded:
    """What the tables must hold for this story. `first` is the arrival number of the order's first entry here."""
    order = fold(number, story)
    line = _line(first, order, at_hub=card is None)
    mine = [event for event in story if card and event.station == card.station]
    row = (
        first,
        number,
        int(bool(mine)),
        sum(event.hub_seq is None for event in mine),
        *_shown(order),
        *_counted(order, story),
        search.key_of(line),
    )
    assignments = tuple(
        (first, place, a.agency, a.role.value, int(a.state), a.due_on) for place, a in enumerate(order.assignments)
    )
    clashes = tuple((first, c.first, c.second, c.grade.value, c.code, ",".join(c.fields)) for c in order.clashes)
    tasks = tuple(_tasks(first, order, card)) if card else ()
    measures = ((first, *msgspec.structs.astuple(measures_of(order))),) if card else ()
    related = relations.lines_of(first, order) if card else ()
    return Folded(order, row, assignments, tasks, clashes, _attachments(first, story), measures, related, line)


def _tasks(first: int, order: WorkOrder, card: StationCard) -> Iterator[tuple[object, ...]]:
    """What is waited for here: of the station's own unit, and at the centre of the centre. A hall that registers writes no task."""
    units = (card.unit, CENTRE) if card.role is StationRole.CENTRE else (card.unit,)
    for place, task in enumerate(tasks_of(order)):
        if task.unit in units:
            tried = tries(order) if task.kind is TaskKind.FOLLOW_UP else 0
            yield first, place, task.kind.value, task.unit, task.agency, task.due_at, task.since, tried


def _attachments(first: int, story: Sequence[Happened]) -> tuple[tuple[object, ...], ...]:
    """Which entry names which file. Two entries may name one file: erasing one of them does not take it from the other."""
    found = [(event.entry_id, event.fact) for event in story if isinstance(event.fact, AttachmentAdded)]
    return tuple(
        (first, entry_id, fact.sha256, fact.size_bytes, fact.original, -1 if fact.personal is None else int(fact.personal))
        for entry_id, fact in sorted(found, key=lambda each: each[0])
        if names_a_file(fact)
    )


def _shown(order: WorkOrder) -> tuple[object, ...]:
    """The columns from stage to external_number. A confidential caller's particulars stand in none of them."""
    accepted, person, lead = order.accepted, order.person, order.lead
    hidden = order.is_confidential or person is None
    return (
        int(order.stage),
        int(not order.is_ended),
        accepted.title if accepted else "",
        "" if hidden or person is None else mask_name(person.name),
        "" if hidden or person is None else mask_phone(person.phone),
        "" if hidden or person is None else search.flat(person.phone),
        accepted.matter_kind.value if accepted else "",
        accepted.channel.value if accepted else "",
        accepted.urgency.value if accepted else "",
        accepted.category if accepted else "",
        accepted.place if accepted else "",
        accepted.event if accepted else "",
        accepted.campaign if accepted else "",
        lead.agency if lead else accepted.agency_hint if accepted else "",
        int(lead is None),
        order.due_on,
        order.due_at,
        int(accepted.due_provisional if accepted and not (lead and lead.due_on) else False),
        order.accepted_at,
        order.finished_at,
        int(order.is_confidential),
        accepted.query_code if accepted else "",
        accepted.external_number if accepted else "",
    )


def _counted(order: WorkOrder, story: Sequence[Happened]) -> tuple[object, ...]:
    """The columns from watched to touched_at."""
    hands = dict.fromkeys(event.officer for event in story)
    return _watched(order), "\n".join(("", *hands, "")), len(order.clashes), order.entries, order.touched_at


def _watched(order: WorkOrder) -> int:
    supervisions, calls = order.oversight.supervisions, order.calls
    found = SUPERVISED if supervisions else 0
    found |= SUPERVISED_NOW if any(each.is_open for each in supervisions) else 0
    found |= CALLED if calls else 0
    return found | (CALLED_NOW if any(call.is_open for call in calls) else 0)


def _line(first: int, order: WorkOrder, *, at_hub: bool) -> search.Line:
    """What can be found: the matter always, the caller only where not confidential. A hub has no desk at which anyone searches words:
    there only numbers are found, and a batch costs half."""
    accepted, person = order.accepted, order.person
    if at_hub:
        return search.line_of(first, (order.number,), _names(order))
    if accepted is None:
        return search.line_of(first, (order.number,), _names(order), kinds=_agencies(order))
    fields = [order.number, accepted.external_number, accepted.query_code]
    fields += [accepted.title, accepted.content, accepted.demand, accepted.place_detail]
    fields += [assignment.public for assignment in order.assignments]
    spoken = [accepted.place_detail]
    if person is not None and not accepted.confidential:
        fields += [person.name, person.phone, person.address]
        spoken += [person.name, person.address]
    return search.line_of(first, fields, _names(order), spoken, _kinds(order, accepted))


def _kinds(order: WorkOrder, accepted: Accepted) -> list[tuple[str, str]]:
    """What 台账 filters by and an order seldom changes, with the filter's letter (`register_pages`): a filter that few orders pass is
    answered by the index, not by looking through all of them."""
    return [
        *(("p", accepted.place[:digits]) for digits in (6, 9, 12) if len(accepted.place) >= digits),
        *(("c", accepted.category[:digits]) for digits in (2, 4, 6, 8) if len(accepted.category) >= digits),
        ("h", accepted.channel.value),
        ("k", accepted.matter_kind.value),
        ("u", accepted.urgency.value),
        ("e", accepted.event),
        ("z", accepted.campaign),
        ("s", "1" if accepted.confidential else ""),
        *_agencies(order),
    ]


def _agencies(order: WorkOrder) -> list[tuple[str, str]]:
    """Every unit it was sent to; as long as none leads, the one it will probably be sent to."""
    hint = order.accepted.agency_hint if order.accepted and order.lead is None else ""
    return [("a", agency) for agency in sorted({hint, *(each.agency for each in order.assignments)})]


def _names(order: WorkOrder) -> tuple[str, ...]:
    """By what the order is asked for at the counter: the tails of its number, with or without the check character, its query code, and
    another system's number."""
    flat = order.number.replace("-", "")
    tails = (flat[-4:], flat[-5:], flat[-11:], flat[-5:-1], flat[-11:-1])
    accepted = order.accepted
    return (*tails, accepted.query_code, accepted.external_number) if accepted else tails


def write_new(db: Connection, made: Sequence[Folded]) -> None:
    """Write orders that are not in the tables yet."""
    db.executemany(_WRITE, [each.row for each in made])
    _write_parts(db, made)
    search.add(db, [each.line for each in made])
    spans.widen(db, map(_moment, made))


def _moment(made: Folded) -> tuple[int, int]:
    return made.line.row, cast("int", made.row[_ACCEPTED_AT])


def refold(db: Connection, number: Number, card: StationCard | None, story: Sequence[Happened] | None = None) -> WorkOrder:
    """Fold one order again and write what changed. An order of which everything is held back has no row. `story` where it is known."""
    first = journal.row_of(db, number)
    if first is None:
        return WorkOrder(number)
    made = folded(number, first, journal.story(db, number) if story is None else story, card)
    before = db.execute(_READ, (first,)).fetchone()
    if before is None:
        write_new(db, [made])
        return made.order
    db.execute(_WRITE, made.row)
    for table in _PARTS:
        db.execute(f"DELETE FROM {table} WHERE row = ?", (first,))
    _write_parts(db, [made])
    spans.widen(db, [_moment(made)])
    if before[_KEY] != made.row[_KEY]:
        search.replace(db, made.line)
    return made.order


def _write_parts(db: Connection, made: Iterable[Folded]) -> None:
    made = list(made)
    if assignments := [line for each in made for line in each.assignments]:
        db.executemany("INSERT INTO assignments VALUES (?,?,?,?,?,?)", assignments)
    if tasks := [line for each in made for line in each.tasks]:
        db.executemany("INSERT INTO tasks VALUES (?,?,?,?,?,?,?,?)", tasks)
    if clashes := [line for each in made for line in each.clashes]:
        db.executemany("INSERT OR IGNORE INTO clashes VALUES (?,?,?,?,?,?)", clashes)
    if attachments := [line for each in made for line in each.attachments]:
        db.executemany("INSERT INTO attachments VALUES (?,?,?,?,?,?)", attachments)
    if measures := [line for each in made for line in each.measures]:
        db.executemany(_MEASURE, measures)
    if related := [line for each in made for line in each.relations]:
        db.executemany("INSERT INTO relations VALUES (?,?,?,?)", related)


def drop(db: Connection, row: int) -> None:
    """Take an order out of the tables: it stands in another row now (its first entry was held, and is no more)."""
    for table in ("work_orders", *_PARTS):
        db.execute(f"DELETE FROM {table} WHERE row = ?", (row,))
    search.drop(db, row)


def clear(db: Connection) -> None:
    """No order is in the tables any more."""
    for table in ("work_orders", *_PARTS):
        db.execute(f"DELETE FROM {table}")
    search.clear(db)
    spans.clear(db)


def rebuild(db: Connection, card: StationCard | None) -> int:
    """Throw the tables away and fold the whole journal again, a thousand orders at a time. How many orders."""
    clear(db)
    count, waiting = 0, []
    for number, first, story in journal.stories(db):
        waiting.append(folded(number, first, story, card))
        count += 1
        if len(waiting) == 1000:
            write_new(db, waiting)
            waiting.clear()
    write_new(db, waiting)
    memos.set_note(db, FOLDED_BY, FOLD)
    memos.drop_note(db, ANEW)
    memos.drop_note(db, PUT_OFF)
    return count


def put_off(db: Connection, first: int) -> None:
    """The orders of the entries from `first` on (their arrival numbers) are folded later: a hub is asked for none of them meanwhile."""
    db.execute("INSERT OR IGNORE INTO notes VALUES (?,?)", (PUT_OFF, str(first)))


def fold_put_off(db: Connection, card: StationCard | None, limit: int) -> bool:
    """Fold the orders of the first `limit` entries that were put off. Whether more are left."""
    first = memos.note(db, PUT_OFF)
    if first is None:
        return False
    last: int = db.execute("SELECT max(entry) FROM entries").fetchone()[0] or 0
    end = min(last, int(first) + limit - 1)
    for (number,) in db.execute(
        "SELECT DISTINCT work_order FROM entries WHERE entry BETWEEN ? AND ?", (int(first), end)
    ).fetchall():
        refold(db, Number(number), card)
    if end < last:
        memos.set_note(db, PUT_OFF, str(end + 1))
        return True
    memos.drop_note(db, PUT_OFF)
    return False


def _still_to_fold(db: Connection) -> set[Number]:
    first = memos.note(db, PUT_OFF)
    rows = db.execute("SELECT DISTINCT work_order FROM entries WHERE entry >= ?", (int(first),)) if first else ()
    return {Number(row[0]) for row in rows}


def is_due(db: Connection) -> bool:
    """Whether the tables were made by another release's fold, or thrown away with an older schema."""
    return memos.note(db, FOLDED_BY) != FOLD


def differences(db: Connection, card: StationCard | None, seen_one: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Orders whose rows are not what the journal folds to, one line each (I1); those still to be folded are not looked at.
    `seen_one()` before each order."""
    later = _still_to_fold(db)
    seen = tasks = 0
    for number, first, story in journal.stories(db):
        seen_one()
        if number in later:
            seen += db.execute("SELECT count(*) FROM work_orders WHERE row = ?", (first,)).fetchone()[0]
            continue
        made = folded(number, first, story, card)
        seen += 1
        tasks += len(made.tasks)
        if db.execute(_READ, (first,)).fetchone() != made.row:
            yield f"J104 {number}"
        elif not _parts_agree(db, made):
            yield f"J105 {number}"
    yield from _miscounted(db, card, seen, tasks)


def _miscounted(db: Connection, card: StationCard | None, seen: int, tasks: int) -> Iterator[str]:
    if (rows := db.execute("SELECT count(*) FROM work_orders").fetchone()[0]) != seen:
        yield f"J108 {rows} {seen}"
    if (rows := db.execute("SELECT count(*) FROM tasks").fetchone()[0]) != tasks:
        yield f"J108 {rows} {tasks}"
    if search.size(db) != seen:
        yield "J109 search"
    own = card.station if card else None
    first_hands = db.execute("SELECT total(orders) FROM chains WHERE station = ?", (own,)).fetchone()[0]
    if (counted := db.execute("SELECT count(*) FROM work_orders WHERE own = 1").fetchone()[0]) != first_hands:
        yield f"J108 {counted} {int(first_hands)}"


def _parts_agree(db: Connection, made: Folded) -> bool:
    first = (made.row[0],)
    assignments = db.execute("SELECT * FROM assignments WHERE row = ? ORDER BY place", first).fetchall()
    tasks = db.execute("SELECT * FROM tasks WHERE row = ? ORDER BY place", first).fetchall()
    clashes = db.execute("SELECT * FROM clashes WHERE row = ?", first).fetchall()
    attachments = db.execute("SELECT * FROM attachments WHERE row = ? ORDER BY entry_id", first).fetchall()
    measures = db.execute("SELECT * FROM measures WHERE row = ?", first).fetchall()
    agree = tuple(assignments) == made.assignments and tuple(tasks) == made.tasks and tuple(attachments) == made.attachments
    agree = agree and tuple(measures) == made.measures
    related = db.execute("SELECT * FROM relations WHERE row = ? ORDER BY kind, target", first).fetchall()
    agree = agree and tuple(related) == made.relations
    return agree and sorted(clashes) == sorted(set(made.clashes))
