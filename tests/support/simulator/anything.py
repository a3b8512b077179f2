"""Any fact of any kind, made from the kinds' own fields: a kind that is added later is tried with no line here."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Final

import msgspec
from msgspec import inspect

from county_hotline.domain.facts import KINDS, Dispatched, Fact, NoteAdded, Person, Withdrawn
from county_hotline.ids import EntryId, Number
from tests.support.simulator.topology import UNITS

LINES: Final = ("", "现场看过，已处理", "按权责清单办", "电话联系三次", "路灯不亮", "🜁𠮷㛃")
DAYS: Final = ("", "2026-11-27", "2026-12-04")
MOMENTS: Final = (0, 1_795_223_520_000, 1_795_309_920_000, 1_796_000_000_000)
NUMBERED: Final = ("", "1", "2")


@dataclass(frozen=True)
class Around:
    """What a fact may speak of: the entries of its order, and the other orders its writer knows."""

    entries: Sequence[EntryId]
    numbers: Sequence[Number]
    unit: str


class FromTheFuture(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """A kind of a later release."""

    kind: ClassVar[str] = "work_order.seen_from_space"
    version: ClassVar[int] = 3

    words: str = ""


class NewerNote(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """A known kind in a form of a later release."""

    kind: ClassVar[str] = NoteAdded.kind
    version: ClassVar[int] = 9

    text: str = ""


class Torn(Fact, frozen=True, omit_defaults=True, rename="camel"):
    """A known kind in words that cannot be read, as a faulty program writes them."""

    kind: ClassVar[str] = NoteAdded.kind

    text: int = 5


def fact_of(kind: type[Fact], chance: random.Random, around: Around) -> Fact:
    """A fact of this kind; fields with a default mostly keep it."""
    values: dict[str, object] = {}
    for field in _fields(kind):
        if field.required or chance.random() < 0.35:
            values[field.name] = _value(field.type, field.name, chance, around)
    return kind(**values)


def a_person(chance: random.Random, mark: str) -> Person:
    """A caller, by whose mark the particulars are found wherever they are."""
    return Person(name=f"来件人{mark}", phone="13800138000", address=f"示例路{chance.randrange(9)}号{mark}")


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    found = inspect.type_info(kind)
    assert isinstance(found, inspect.StructType)
    return found.fields


_BY_NAME: Final[dict[str, Callable[[random.Random, Around], object]]] = {
    **dict.fromkeys(
        ("agency", "proposed", "caller", "of", "agency_hint"), lambda chance, around: chance.choice((around.unit, *UNITS))
    ),
    **dict.fromkeys(("asked", "entry_id", "stands"), lambda chance, around: chance.choice(around.entries)),
    **dict.fromkeys(("into", "repeat", "other"), lambda chance, around: chance.choice(around.numbers)),
    **dict.fromkeys(("due_on", "review_on", "until"), lambda chance, around: chance.choice(DAYS)),
    **dict.fromkeys(("call", "supervision", "against"), lambda chance, around: chance.choice(NUMBERED)),
    "agencies": lambda chance, around: tuple(chance.sample(UNITS, chance.choice((1, 2)))),
    "unit": lambda chance, around: around.unit,
    "acts": lambda chance, around: tuple(sorted((chance.choice(around.entries), chance.choice(around.entries)))),
    "sha256": lambda chance, around: chance.choice("ab") * 64,
    "cluster": lambda chance, around: chance.choice(("K1", "K2")),
    "query_code": lambda chance, around: "7K2M9QXD",
}
"""Fields whose name says more than their type."""


def _value(kind: inspect.Type, name: str, chance: random.Random, around: Around) -> object:  # noqa: C901, PLR0911 - one line a type
    by_name = _BY_NAME.get(name)
    if by_name is not None:
        return by_name(chance, around)
    match kind:
        case inspect.EnumType(cls=values):
            return chance.choice(list(values))
        case inspect.UnionType(types=types):
            return _value(chance.choice(types), name, chance, around)
        case inspect.VarTupleType(item_type=item):
            return tuple(_value(item, name, chance, around) for _ in range(chance.randrange(3)))
        case inspect.TupleType(item_types=items):
            return tuple(_value(item, name, chance, around) for item in items)
        case inspect.StructType(cls=struct):
            return struct(**{each.name: _value(each.type, each.name, chance, around) for each in _fields(struct)})
        case inspect.BoolType():
            return chance.random() < 0.5
        case inspect.IntType():
            return chance.choice(MOMENTS) if name.endswith(("_at", "by")) else chance.randrange(5)
        case inspect.DictType():
            return {}
        case inspect.NoneType():
            return None
        case inspect.StrType():
            return chance.choice(LINES)
    raise TypeError(f"no value is known for {name}: {kind}")


BAD: Final[tuple[type[Fact], ...]] = (Torn, FromTheFuture, NewerNote)
USUAL: Final[tuple[type[Fact], ...]] = tuple(kind for kind in KINDS.values() if kind is not Withdrawn)
CONTESTED: Final = tuple(
    KINDS[name] for name in ("work_order.corrected", Dispatched.kind, "work_order.finished") if name in KINDS
)
"""What two people are most likely to do to one order at once."""
