"""The promises P1 to P9 (DESIGN §2), each looked at after every quiet period by what the world itself knows, not by what the program says."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from county_hotline.db.store import Store
from county_hotline.domain import authority
from county_hotline.domain.clashes import _between
from county_hotline.domain.facts import (
    Accepted,
    Dispatched,
    RepeatJoined,
    SiteFindings,
    SupervisionIssued,
    UnitsCalled,
    Withdrawn,
    Withheld,
    WordsErased,
)
from county_hotline.domain.happened import Happened
from county_hotline.domain.numbering import is_of, station_in
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import Erasure, StationRole
from county_hotline.ids import EntryId, Number
from tests.support.simulator import files, levels
from tests.support.simulator.books import MARK, Broken, Written
from tests.support.simulator.machines import HubMachine, Pc
from tests.support.simulator.topology import COUNTY

if TYPE_CHECKING:
    from tests.support.simulator.world import World

Rows = dict[EntryId, tuple[Any, ...]]
_ENTRIES = (
    "SELECT e.entry_id, e.hash, r.hub_seq, w.body, p.body, e.work_order FROM entries e LEFT JOIN receipts r ON r.entry = e.entry "
    "LEFT JOIN words w ON w.entry = e.entry LEFT JOIN persons p ON p.entry = e.entry ORDER BY r.hub_seq"
)
HASH, SEQ, WORDS, PERSON, ORDER = range(1, 6)


def all_promises(world: World) -> None:
    """Raises Broken for the first promise that is not kept."""
    pictures = {name: Picture(world, hub) for name, hub in world.hubs.items()}
    for picture in pictures.values():
        picture.check()
    if "city" in pictures:
        levels.agree(pictures["county"], pictures["city"])


def history(hub: HubMachine) -> tuple[tuple[str, str, int, str], ...]:
    """Who wrote what, in the hub's order: what two runs of one seed have in common whatever their clocks said."""
    sql = "SELECT e.station, e.life, e.serial, e.kind FROM entries e JOIN receipts r ON r.entry = e.entry ORDER BY r.hub_seq"
    with hub.looked_at() as store:
        return tuple(store.database.connection().execute(sql).fetchall())


def entries_at(hub: HubMachine) -> set[EntryId]:
    with hub.looked_at() as store:
        return {EntryId(row[0]) for row in store.database.connection().execute("SELECT entry_id FROM entries")}


class Picture:
    """Everything as it lies on every disk at one quiet moment."""

    def __init__(self, world: World, hub: HubMachine) -> None:
        self.world = world
        self.books = world.books
        self.hub = hub
        self.pcs = [pc for pc in world.pcs if pc.hub_name == hub.name]
        self.below = "" if hub.name == "city" else COUNTY
        """How the codes of stations at or below this hub begin."""
        self.at_hub = _rows(self.hub.store)
        self.held = {EntryId(row[0]): row[1] for row in self._ask(self.hub.store, "SELECT entry_id, code FROM held WHERE here")}
        self.bare = {
            EntryId(row[0]) for row in self._ask(self.hub.store, "SELECT entry_id FROM held WHERE NOT here AND code <> 'H220'")
        }
        self.here = {pc.name: _rows(pc.store) for pc in self.pcs}
        self.erased = self._erased()
        self.erased_at = {
            (each.station, each.fact.entry_id)
            for each in self.books.written.values()
            if isinstance(each.fact, WordsErased) and each.entry_id in self.held
        }
        self.erased_here = {entry_id for _, entry_id in self.erased_at}
        self.must, self.may = self._readers()
        self.stories = {number: self._story(self.hub.store, number) for number in self._orders_here()}

    def check(self) -> None:
        self.a_told_number_is_on_disk()
        self.the_hub_has_all_once()
        self.what_is_held_is_bad_or_depends_on_it()
        for pc in self.pcs:
            self.everything_is_where_it_is_entitled(pc)
            self.words_are_there_unless_erased(pc)
            self.both_ends_agree(pc)
            self.no_secret_is_here(pc)
        files.every_file_is_where_it_belongs(self)
        self.clashes_are_listed()
        for machine in (*self.pcs, self.hub):
            self.the_tables_are_the_fold(machine.name, machine.store)

    # P1 ------------------------------------------------------------ a slip printed means a row on disk

    def a_told_number_is_on_disk(self) -> None:
        for each in self.books.written.values():
            if each.pc not in self.here or each.gone or each.entry_id in self.here[each.pc]:
                continue
            raise Broken("P1", f"{each.pc} wrote {_name(each)} and has it no more")

    # P2 ------------------------------------------------------------ exactly once above

    def the_hub_has_all_once(self) -> None:
        for entry_id, row in self.at_hub.items():
            each = self.books.written.get(entry_id)
            if each is None or each.digest != row[HASH]:
                raise Broken("P2", f"the hub has {entry_id}, which nobody wrote so")
        missing = [
            each
            for each in self.books.written.values()
            if each.station.startswith(self.below) and not each.gone and each.entry_id not in self.at_hub
        ]
        if missing:
            raise Broken("P2", f"{self.hub.name} lacks {[_name(each) for each in missing[:5]]}")
        places = [row[SEQ] for row in self.at_hub.values()]
        if None in places or len(set(places)) != len(places):
            raise Broken("P2", "the hub has entries at no place, or two at one")
        chains: dict[tuple[str, str], list[int]] = defaultdict(list)
        for entry_id in self.at_hub:
            each = self.books.written[entry_id]
            if not each.station.startswith(self.below):
                continue  # what came from above is of chains that need not be whole here
            chains[each.station, each.life].append(each.serial)
        if any(serials != list(range(1, len(serials) + 1)) for serials in chains.values()):
            raise Broken("P2", f"a chain at the hub is not 1..n in its order: {dict(chains)}")

    # P4 ------------------------------------------------------------ a bad record delays only itself and what depends on it

    def what_is_held_is_bad_or_depends_on_it(self) -> None:
        held = self._ought_to_be_held() if self.hub.name == "county" else self._held_from_below()
        for entry_id in self.at_hub:
            each, code = self.books.written[entry_id], self.held.get(entry_id, "")
            if entry_id in held and not code:
                raise Broken("P4", f"{_name(each)} should be held: {held[entry_id]}")
            if code and entry_id not in held:
                raise Broken("P4", f"{_name(each)} is held for {code} and is good")
            if code and code not in (held[entry_id], "H103"):
                raise Broken("P4", f"{_name(each)} is held for {code}, not {held[entry_id]}")

    def _ought_to_be_held(self) -> dict[EntryId, str]:
        """What the hub must hold and why, by what was written, in its order: bad records, what their station wrote of the order after
        them, and what was withdrawn (with which what depended on it is let go)."""
        held: dict[EntryId, str] = {}
        for entry_id in self.at_hub:
            each = self.books.written[entry_id]
            if isinstance(each.fact, Withdrawn):
                if (code := self._withdrawal(each, held)) is not None:
                    held[entry_id] = code
            elif self._is_seen_to_be_bad(each):
                held[entry_id] = each.fault
            elif self._depends(each, held):
                held[entry_id] = "H103"
        return held

    def _held_from_below(self) -> dict[EntryId, str]:
        """Above: what is held below is held under the same code, and what is bad of this hub's own stations."""
        here = self.hub.name
        below = {entry_id: code for entry_id, code in levels.held_at(self.world.hubs["county"]).items() if code}
        own = {pc.card.station for pc in self.world.pcs if pc.hub_name == here}
        return {
            **below,
            **{
                entry_id: code
                for entry_id, code in self._ought_to_be_held().items()
                if self.books.written[entry_id].station in own
            },
        }

    def _is_seen_to_be_bad(self, each: Written) -> bool:
        """A record whose words were erased before they came is judged by its kind, as far as that goes (`authority.may_write`). One whose
        words were erased after its withdrawal had been obeyed was judged with them."""
        was_judged_whole = self.held.get(each.entry_id) == "H108" and each.entry_id not in self.bare
        if not each.fault or self.at_hub[each.entry_id][WORDS] is not None or was_judged_whole:
            return each.fault in ("H102", "H106")
        card = next(pc.card for pc in self.world.pcs if pc.card.station == each.station)
        return each.fault == "H106" and not authority.may_write(card, each.number, Withheld(kind_on_disk=each.fact.kind))

    def _depends(self, each: Written, held: dict[EntryId, str]) -> bool:
        return any(
            code not in ("H107", "H108") and (other.station, other.number) == (each.station, each.number)
            for other, code in ((self.books.written[entry_id], code) for entry_id, code in held.items())
        )

    def _withdrawal(self, each: Written, held: dict[EntryId, str]) -> str | None:
        """With which code a withdrawal is held; None where it is passed on like any other fact. What it frees goes from `held`."""
        assert isinstance(each.fact, Withdrawn)
        code = held.get(each.fact.entry_id)
        if code is None and self.world.copies.hub_restores and self.held.get(each.entry_id) == "H108":
            held[each.fact.entry_id] = "H108"  # held while the hub, put back, lacked what gave its writer the right to it
            return "H108"
        if code is None:
            return None if each.fact.entry_id in self.bare else "H107"
        held[each.fact.entry_id] = "H108"
        waiting = [entry_id for entry_id, why in held.items() if why == "H103" and self._is_beside(each, entry_id)]
        for entry_id in waiting:
            del held[entry_id]
        for entry_id in waiting:
            if self._depends_on_earlier(entry_id, held):
                held[entry_id] = "H103"
        return "H108"

    def _is_beside(self, each: Written, entry_id: EntryId) -> bool:
        other = self.books.written[entry_id]
        return (other.station, other.number) == (each.station, each.number)

    def _depends_on_earlier(self, entry_id: EntryId, held: dict[EntryId, str]) -> bool:
        place = self.at_hub[entry_id][SEQ]
        earlier = {other: code for other, code in held.items() if self.at_hub[other][SEQ] < place}
        return self._depends(self.books.written[entry_id], earlier)

    # P3 ------------------------------------------------------------ no edit disappears silently

    def everything_is_where_it_is_entitled(self, pc: Pc) -> None:
        here, card = self.here[pc.name], pc.card
        for entry_id, row in self.at_hub.items():
            each = self.books.written[entry_id]
            if entry_id in here:
                if here[entry_id][HASH] != row[HASH] or here[entry_id][SEQ] != row[SEQ]:
                    raise Broken("P5", f"{pc.name} has {_name(each)} with another hash or place than the hub")
                self._is_its_concern(pc, each)
            elif entry_id not in self.held and self.must_read(card, each.number):
                raise Broken("P3", f"{pc.name} lacks {_name(each)}")
        for number in self.books.numbers:
            if number not in self.stories or not self.must_read(card, number):
                continue
            lost = self._lost_above(pc)
            story = [event for event in self._story(pc.store, number) if event.entry_id not in lost]
            above = self.stories[number]
            if story != above:
                raise Broken("P5", f"{pc.name} tells another story of {number}: {levels.first_difference(story, above)}")

    def _lost_above(self, pc: Pc) -> set[EntryId]:
        """What is gone for good from its hub and its writer, both put back, lies on for a person to see where it was read (ADR 0023)."""
        return {each.entry_id for each in pc.store.unplaced() if self.books.written[each.entry_id].gone}

    def _is_its_concern(self, pc: Pc, each: Written) -> None:
        if each.station != pc.card.station and not self._may_read(pc.card, each.number):
            raise Broken("P9", f"{pc.name} has {_name(each)}, which is none of its concern")

    def words_are_there_unless_erased(self, pc: Pc) -> None:
        """And of who called: all that are entitled."""
        for entry_id, row in self.here[pc.name].items():
            each = self.books.written[entry_id]
            gone = self.erased.get(entry_id, set())
            if (pc.card.station, entry_id) in self.erased_at:
                continue  # by a fact that the hub holds: the station that wrote it obeys it, on all its PCs
            if (
                row[WORDS] is None
                and "words" not in gone
                and (not self._never_came(each) or (each.pc == pc.name and not each.only_above))
            ):
                raise Broken("P3", f"{pc.name} has no words of {_name(each)}")
            if row[WORDS] is not None and "words" in gone:
                raise Broken("erasures", f"{pc.name} still has the words of {_name(each)}")
            if row[PERSON] is not None and "person" in gone:
                raise Broken("erasures", f"{pc.name} still has the person of {_name(each)}")
            entitled = (
                each.pc == pc.name
                or self.books.may_know(pc.card, each.number)
                or (self.hub.name == "city" and self.books.is_open_to_all(each.number))
            )
            if (
                each.person is not None
                and row[PERSON] is None
                and entitled
                and "person" not in gone
                and entry_id not in self.bare
            ):
                raise Broken("P3", f"{pc.name} has no person of {_name(each)}")

    def _never_came(self, each: Written) -> bool:
        """Its words are with its writer alone: the hub has it bare, or holds it and it was too large to come whole."""
        return each.entry_id in self.bare or (each.fault == "H201" and self.at_hub[each.entry_id][WORDS] is None)

    def clashes_are_listed(self) -> None:
        """Two acts unseen by each other, which cannot both hold, are on the list of everybody who has both; seen ones on nobody's."""
        machines = (*((pc.name, pc.store) for pc in self.pcs), ("hub", self.hub.store))
        wanted = {number: self._clashes_of(story) for number, story in self.stories.items()}
        said = {number: levels.settled_in(story, wanted[number]) for number, story in self.stories.items()}
        for name, store in machines:
            rows = self._ask(store, "SELECT o.number, c.first, c.second FROM clashes c JOIN work_orders o ON o.row = c.row")
            listed: dict[str, set[tuple[str, str]]] = defaultdict(set)
            pc = next((each for each in self.pcs if each.name == name), None)
            lost = self._lost_above(pc) if pc else set()
            for number, first, second in rows:
                if not {first, second} & lost:
                    listed[number].add((first, second))
            for number, pairs in wanted.items():
                if name != "hub" and not self._sees_all(name, number):
                    continue
                perhaps, surely = said[number]
                lacks, has = pairs - listed[number] - perhaps, listed[number] - (pairs - surely)
                if lacks or has:
                    raise Broken("P3", f"clashes of {number} at {name}: lacks {lacks}, has {has}")

    def _clashes_of(self, story: list[Happened]) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        withdrawn = {event.fact.entry_id for event in story if isinstance(event.fact, Withdrawn)}
        story = [event for event in story if event.entry_id not in withdrawn]
        for place, event in enumerate(story):
            seen = self.books.written[event.entry_id].seen
            for other in story[:place]:
                if other.author != event.author and other.entry_id not in seen and _between(other, event):
                    found.add((other.entry_id, event.entry_id))
        return found

    # P5 ------------------------------------------------------------ all sides agree, and can prove it

    def both_ends_agree(self, pc: Pc) -> None:
        store = pc.store
        if store.unsent_lives() or store.counts().waiting:
            raise Broken("P6", f"{pc.name} still has {store.counts().waiting} to send")
        for head in self.hub.store.heads(pc.card.station):
            ours = store.head(pc.card.station, head.life)
            if head.life == store.life() and (ours is None or ours.hash != head.hash):
                raise Broken("P5", f"{pc.name}: the chain of life {head.life} ends otherwise at the hub")

    def the_tables_are_the_fold(self, name: str, store: Store) -> None:
        problems = store.verify().problems
        if problems:
            raise Broken("P5", f"{name} is not sound: {problems[:5]}")

    # P9 ------------------------------------------------------------ a confidential caller stays with those entitled

    def no_secret_is_here(self, pc: Pc) -> None:
        self.none_of_these_is_here(pc.name, pc.store, self.books.secrets_kept_from(pc.card))

    def none_of_these_is_here(self, name: str, store: Store, marks: set[str]) -> None:
        secrets = {mark.encode() for mark in marks}
        if not secrets:
            return
        for table, field in (("words", "body"), ("persons", "body"), ("work_orders", "caller"), ("search_newest", "text")):
            for (value,) in self._ask(store, f"SELECT {field} FROM {table}"):
                raw = value if isinstance(value, bytes) else str(value).upper().encode()
                if found := set(MARK.findall(raw)) & secrets:
                    raise Broken("P9", f"{name} has {found} in {table}")

    # ------------------------------------------------------------ what ought to be

    def _erased(self) -> dict[EntryId, set[str]]:
        """Which words a fact erased that the hub obeys."""
        parts = {Erasure.WORDS: {"words"}, Erasure.PERSON: {"person"}, Erasure.BOTH: {"words", "person"}}
        gone: dict[EntryId, set[str]] = defaultdict(set)
        for each in self.books.written.values():
            if isinstance(each.fact, WordsErased) and not each.gone:
                target = self.books.written.get(each.fact.entry_id)
                if target is not None and target.number == each.number and each.entry_id not in self.held:
                    gone[target.entry_id] |= parts[each.fact.erasure]
        return gone

    def _readers(self) -> tuple[dict[Number, set[str]], dict[Number, set[str]]]:
        """Units and stations that must, and that may, have each order, by what was written of it."""
        must: dict[Number, set[str]] = defaultdict(set)
        may: dict[Number, set[str]] = defaultdict(set)
        joined: list[tuple[Number, Number]] = []
        for entry_id in self.at_hub:
            each = self.books.written[entry_id]
            if entry_id in self.held:
                continue
            readers = _named_in(each)
            may[each.number] |= readers
            if "words" not in self.erased.get(entry_id, set()) and entry_id not in self.bare:
                must[each.number] |= readers
            if isinstance(each.fact, RepeatJoined):
                joined.append((each.number, each.fact.repeat))
        for _ in joined:
            for number, repeat in joined:
                may[number] |= may[repeat] | {station_in(repeat)}
        return must, may

    def must_read(self, card: StationCard, number: Number) -> bool:
        return card.role is StationRole.CENTRE or bool({card.station, card.unit} & self.must[number])

    def _may_read(self, card: StationCard, number: Number) -> bool:
        return (
            card.role is StationRole.CENTRE or bool({card.station, card.unit} & self.may[number]) or is_of(number, card.station)
        )

    def _sees_all(self, name: str, number: Number) -> bool:
        """Whether this PC must have the whole story, and has nothing of it that the hub holds."""
        pc = next(each for each in self.world.pcs if each.name == name)
        return self.must_read(pc.card, number) and not any(
            entry_id in self.held or entry_id in self.bare for entry_id, row in self.here[name].items() if row[ORDER] == number
        )

    def _orders_here(self) -> list[Number]:
        here = {row[ORDER] for row in self.at_hub.values()}
        return [number for number in self.books.numbers if number in here]

    def _story(self, store: Store, number: Number) -> list[Happened]:
        """The story as everybody should tell it: without what is held, and who called."""
        told = []
        for event in store.view(number).story:
            if event.entry_id in self.held:
                continue
            without = event.entry_id in self.bare or event.entry_id in self.erased_here
            fact = Withheld(kind_on_disk=self.books.written[event.entry_id].fact.kind) if without else event.fact
            told.append(msgspec.structs.replace(event, fact=fact, person=None))
        return told

    def _ask(self, store: Store, sql: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = store.database.connection().execute(sql).fetchall()
        return rows


def _rows(store: Store) -> Rows:
    return {EntryId(row[0]): row for row in store.database.connection().execute(_ENTRIES)}


def _named_in(each: Written) -> set[str]:
    """Units and stations a fact brings its order to."""
    match each.fact:
        case Accepted(unit=unit):
            return {each.station, unit}
        case Dispatched(agency=agency):
            return {agency}
        case UnitsCalled(agencies=agencies) | SupervisionIssued(agencies=agencies):
            return set(agencies)
        case SiteFindings(tasks=tasks):
            return {task.agency for task in tasks}
    return set()


def _name(each: Written) -> str:
    return f"{type(each.fact).__name__} {each.station} {each.life} {each.serial} of {each.number}"
