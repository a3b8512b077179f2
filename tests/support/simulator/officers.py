"""What people do at their PCs: any fact of any kind, mostly one they may write, now and then one that nobody should have let pass."""

from __future__ import annotations

import hashlib
import random
from typing import Final

import msgspec

from county_hotline.db.writing import Decide
from county_hotline.domain import authority
from county_hotline.domain.facts import (
    Accepted,
    AttachmentAdded,
    ClashSettled,
    Dispatched,
    Fact,
    NoteAdded,
    Person,
    SiteFindings,
    UnitsCalled,
    Withdrawn,
    WordsErased,
)
from county_hotline.domain.numbering import is_of
from county_hotline.domain.vocabulary import AssignmentRole, ClashMatter, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, EntryId, Number, OfficerId
from tests.support.simulator.anything import CONTESTED, USUAL, Around, FromTheFuture, NewerNote, Torn, a_person, fact_of
from tests.support.simulator.books import Books, Broken
from tests.support.simulator.machines import SMALL, Pc, Pending
from tests.support.simulator.topology import CITY, WATER

OFFICER: Final = OfficerId("0301 受理员甲")
MOST_ORDERS: Final = 10
CONFIDENTIAL: Final = 0.35
TRIES: Final = 12
CITY_DESK: Final = f"{CITY}-61"
NOT_ITS_TO_WRITE, UNREADABLE, TOO_LARGE = "H106", "H102", "H201"


class Officers:
    """Draws acts and does them."""

    def __init__(self, chance: random.Random, books: Books, without: frozenset[str], plays: frozenset[str]) -> None:
        self._chance = chance
        self._books = books
        self._without = without
        self._plays = plays

    def act(self, pc: Pc) -> str:
        """One act at this PC; what it was. Raises PowerCut in the middle of it."""
        numbers = self._numbers(pc)
        may_take = pc.card.role is not StationRole.AGENCY
        if may_take and (not numbers or (len(self._books.numbers) < MOST_ORDERS and self._chance.random() < 0.25)):
            return self._take(pc)
        if not numbers:
            return "nothing to do"
        if self._chance.random() < 0.2 and (held := self._held_of(pc)):
            act = self._resend if self._chance.random() < 0.3 else self._withdraw
            return act(pc, *self._chance.choice(held))
        if self._chance.random() < 0.7 and (clashing := self._clashes_at(pc)) and (settled := self._settle(pc, clashing)):
            return settled
        if "files" in self._plays and self._chance.random() < 0.2:
            return self._attach(pc, self._chance.choice(numbers))
        if pc.card.role is StationRole.CENTRE and self._chance.random() < 0.2:  # two desks at one order: else hardly any clash
            return self._write(pc, numbers[:1], contested=True)
        if len(numbers) > 1 and self._chance.random() < 0.06:
            return self._write(pc, self._chance.sample(numbers, 2))
        return self._write(pc, [self._chance.choice(numbers[-4:] if self._chance.random() < 0.7 else numbers)])

    def _take(self, pc: Pc) -> str:
        """受理, sometimes with what follows at once."""
        chance = self._chance
        accepted = fact_of(Accepted, chance, Around((), (), pc.card.unit))
        assert isinstance(accepted, Accepted)
        accepted = msgspec.structs.replace(accepted, confidential=chance.random() < CONFIDENTIAL)
        person = a_person(chance, self._books.mark())
        then: list[tuple[Fact, Person | None]] = [(NoteAdded(text="当场备注"), None)] if chance.random() < 0.2 else []
        pc.pending = Pending(None, [(accepted, person), *then], frozenset())
        decided = [_decided(*each) for each in then]
        pc.store.accept(lambda number: (accepted, person), officer=OFFICER, then=decided)
        return f"takes a request{' confidentially' if accepted.confidential else ''}"

    def _write(self, pc: Pc, numbers: list[Number], *, contested: bool = False) -> str:
        around = {number: self._around(pc, number, numbers) for number in numbers}
        drawn = [self._draw(pc, number, around[number], contested=contested) for number in numbers]
        faults = [fault for _, _, fault in drawn]
        if len(drawn) > 1 and any(faults):
            return "thinks better of it"
        seen = frozenset(entry for each in around.values() for entry in each.entries)
        pc.pending = Pending(numbers[0], [(fact, person) for fact, person, _ in drawn], seen, faults[0])
        steps = [(number, _decided(fact, person)) for number, (fact, person, _) in zip(numbers, drawn, strict=True)]
        pc.store.record_together(steps, officer=OFFICER)
        return f"writes {', '.join(type(fact).__name__ for fact, _, _ in drawn)}{faults[0] and ' ' + faults[0]} of {numbers}"

    def _attach(self, pc: Pc, number: Number) -> str:
        """加附件, as the desk does it: bytes on the shelf first, then named. What shows a confidential caller bears his mark."""
        chance = self._chance
        personal = chance.choice((None, True, False))
        mark = self._mark_of(number) if personal is not False else ""
        if mark and not self._books.may_know(pc.card, number):
            mark = ""  # it cannot show whom this desk is not told
        content = mark.encode() + chance.randbytes(chance.choice((1, 300, 5_000, 30_000)))
        sha256 = hashlib.sha256(content).hexdigest()
        fact = AttachmentAdded(
            name="附件.jpg", sha256=sha256, size_bytes=len(content), media_type="image/jpeg", personal=personal
        )
        person = a_person(chance, mark) if mark and personal else None
        files = pc.store.files
        files.begin(sha256, pc.store.life())
        files.shelf.keep(iter((content,)), sha256)
        if not files.shelf.has(sha256):
            raise Broken("P3", f"{pc.name} kept a file, and it is not there")
        files.note_here(sha256, len(content))
        self._books.files[sha256] = content
        pc.pending = Pending(number, [(fact, person)], frozenset(self._around(pc, number, [number]).entries))
        pc.store.record(number, _decided(fact, person), officer=OFFICER)
        return f"adds a file of {len(content)} bytes to {number}"

    def _resend(self, pc: Pc, entry_id: EntryId, number: Number) -> str:
        """再送 of a record the hub holds, as its station was told: it is as bad as before."""
        pc.store.quarantine.send_again(entry_id)
        return f"sends a record of {number} again"

    def _withdraw(self, pc: Pc, entry_id: EntryId, number: Number) -> str:
        """撤回 of a record the hub holds, as its station was told."""
        fact = Withdrawn(entry_id=entry_id, why="写错了")
        pc.pending = Pending(number, [(fact, None)], frozenset(self._around(pc, number, [number]).entries))
        pc.store.record(number, _decided(fact, None), officer=OFFICER)
        return f"withdraws a record of {number}"

    def _settle(self, pc: Pc, clashing: list[tuple[Number, EntryId, EntryId]]) -> str:
        """定下 of a pair on this desk's own list, where it is its to say."""
        number, first, second = self._chance.choice(clashing)
        acts = (first, second) if first < second else (second, first)
        chosen = self._chance.choice((first, second, EntryId("")))
        fact = ClashSettled(acts=acts, matter=ClashMatter.STATE, stands=chosen, reason="已核实")
        if not self._is_allowed(pc, number, fact):
            return ""
        pc.pending = Pending(number, [(fact, None)], frozenset(self._around(pc, number, [number]).entries))
        pc.store.record(number, _decided(fact, None), officer=OFFICER)
        return f"settles a clash of {number}"

    def _clashes_at(self, pc: Pc) -> list[tuple[Number, EntryId, EntryId]]:
        sql = "SELECT o.number, c.first, c.second FROM clashes c JOIN work_orders o ON o.row = c.row ORDER BY c.first, c.second"
        with pc.looked_at() as store:
            rows = store.database.connection().execute(sql).fetchall()
        return [(Number(row[0]), EntryId(row[1]), EntryId(row[2])) for row in rows]

    def _held_of(self, pc: Pc) -> list[tuple[EntryId, Number]]:
        sql = "SELECT e.entry_id, e.work_order FROM held h JOIN entries e ON e.entry_id = h.entry_id WHERE e.station = ? ORDER BY e.entry"
        with pc.looked_at() as store:
            rows = store.database.connection().execute(sql, (pc.card.station,)).fetchall()
        return [(EntryId(row[0]), Number(row[1])) for row in rows]

    def _draw(self, pc: Pc, number: Number, around: Around, *, contested: bool) -> tuple[Fact, Person | None, str]:
        chance = self._chance
        draw = 0.2 if contested else chance.random()
        if "bad records" not in self._without and draw < 0.05:
            return self._bad(pc, number, around)
        if draw < 0.09:
            return chance.choice((FromTheFuture(words="将来"), NewerNote(text="新"))), None, ""
        if draw < 0.35 and pc.card.station == CITY_DESK and number.startswith(CITY):  # else hardly any order comes down
            return Dispatched(agency=AgencyCode(WATER), role=AssignmentRole.LEAD, due_on="2026-11-28"), None, ""
        for _ in range(TRIES):
            kind = chance.choice(CONTESTED if draw < 0.3 else USUAL)
            fact = self._fact(kind, number, around)
            if fact is not None and self._is_allowed(pc, number, fact):
                with_person = bool(getattr(fact, "person", False)) and is_of(number, pc.card.station)
                return fact, a_person(chance, self._mark_of(number)) if with_person else None, ""
        return NoteAdded(text=chance.choice(("备注", "再备注"))), None, ""

    def _bad(self, pc: Pc, number: Number, around: Around) -> tuple[Fact, Person | None, str]:
        """What the hub must hold, and with which code."""
        draw = self._chance.random()
        if draw < 0.3:
            return Torn(), None, UNREADABLE
        if draw < 0.6:
            return NoteAdded(text="长" * SMALL.line_bytes), None, TOO_LARGE
        for _ in range(TRIES):
            fact = self._fact(self._chance.choice(USUAL), number, around)
            if fact is not None and not self._may_ever_write(pc, number, fact):
                return fact, None, NOT_ITS_TO_WRITE
        return Torn(), None, UNREADABLE

    def _fact(self, kind: type[Fact], number: Number, around: Around) -> Fact | None:
        fact = fact_of(kind, self._chance, around)
        if isinstance(fact, WordsErased):
            target = self._books.written.get(fact.entry_id)
            if "erase" in self._without or target is None or isinstance(target.fact, WordsErased) or target.number != number:
                return None
        return fact

    def _is_allowed(self, pc: Pc, number: Number, fact: Fact) -> bool:
        """Whether the hub has to take this from here."""
        if isinstance(fact, Accepted):
            return False  # one acceptance an order
        if not self._may_ever_write(pc, number, fact):
            return False
        brings = isinstance(fact, UnitsCalled) or (isinstance(fact, SiteFindings) and bool(fact.tasks))
        return not brings or self._has_in_hand(pc, number)

    def _may_ever_write(self, pc: Pc, number: Number, fact: Fact) -> bool:
        target = self._books.written.get(fact.entry_id) if isinstance(fact, WordsErased) else None
        return authority.may_write(pc.card, number, fact, author=target.station if target else "")

    def _has_in_hand(self, pc: Pc, number: Number) -> bool:
        """As its own PC knows by what came from the hub."""
        if pc.card.role is StationRole.CENTRE or is_of(number, pc.card.station):
            return True
        with pc.looked_at() as store:
            story = store.view(number).story
        given = [event.fact for event in story if event.station != pc.card.station]
        return any(isinstance(fact, Dispatched) and fact.agency == pc.card.unit for fact in given)

    def _mark_of(self, number: Number) -> str:
        return next((mark for mark, of in self._books.secrets.items() if of == number), "")

    def _numbers(self, pc: Pc) -> list[Number]:
        with pc.looked_at() as store:
            rows = store.database.connection().execute("SELECT number FROM work_orders ORDER BY row").fetchall()
        return [Number(row[0]) for row in rows]

    def _around(self, pc: Pc, number: Number, others: list[Number]) -> Around:
        with pc.looked_at() as store:
            rows = store.database.connection().execute(
                "SELECT entry_id FROM entries WHERE work_order = ? ORDER BY entry", (number,)
            )
            return Around([EntryId(row[0]) for row in rows], others, pc.card.unit)


def _decided(fact: Fact, person: Person | None) -> Decide:
    """Written whatever the order is like: what the decisions would say is tried elsewhere."""

    def decide(order: WorkOrder) -> tuple[Fact, Person | None]:
        return fact, person

    return decide
