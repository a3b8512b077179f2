"""Makes the dictionary that streams of frames are packed over, from this program's own words; run once for each version, by a developer.

    python -m tools.vocabulary > county_hotline/data/vocabulary/2.txt

It holds the words of the protocol (kinds, fields, codes of closed lists), of the reference data the program comes with (categories,
kinds of units, told paths, articles, duties, rule packs) and of its lists; never a citizen's: nothing else is read here than what
`SOURCES` names. A version that was released never changes (both ends must have the same bytes); new words make a new version.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import msgspec

from county_hotline.domain import vocabulary
from county_hotline.domain.facts import KINDS, Accepted, Person
from county_hotline.domain.facts.ground import Fact
from county_hotline.domain.upcasts import words_of
from county_hotline.domain.vocabulary import Channel, MatterKind
from county_hotline.ids import AgencyCode

ROOT = Path(__file__).resolve().parent.parent / "county_hotline"
SOURCES = (
    "wording/taking.toml",
    "wording/lists.toml",
    "wording/zh_CN.toml",
    "rule_packs/*.toml",
    "data/importing/columns.toml",
    "data/sample_county/told_paths.json",
    "data/sample_county/fallbacks.json",
    "data/sample_county/duty_lines.json",
    "data/sample_county/agencies.json",
    "data/sample_county/articles.json",
    "data/sample_county/categories.json",
)
"""What is nearest to how requests are written down stands last: what is nearer costs less to point at."""
_CHINESE = re.compile(r"[\u3400-\u9fff，。、；：？！（）“”]{2,}")


def phrases() -> Iterator[str]:
    """Every Chinese phrase of the sources, once."""
    seen: dict[str, None] = {}
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            seen.update(dict.fromkeys(_CHINESE.findall(path.read_text(encoding="utf-8"))))
    return iter(seen)


def codes() -> Iterator[str]:
    """The codes of the closed lists, one list a line."""
    for kind in vars(vocabulary).values():
        if (
            isinstance(kind, type)
            and issubclass(kind, Enum)
            and issubclass(kind, str)
            and kind.__module__ == vocabulary.__name__
        ):
            yield ",".join(f'"{each.value}"' for each in kind)


def shapes() -> Iterator[str]:
    """The words of each kind, as they lie in an entry, without any values; the commonest kind last."""
    for kind, fact in sorted(KINDS.items()):
        yield f'"{kind}"{{' + ",".join(f'"{name}":"' for name in _fields(fact)) + '"}'
    accepted = Accepted(
        query_code="",
        unit=AgencyCode(""),
        channel=Channel.PHONE,
        matter_kind=MatterKind.HELP,
        category="0101",
        place="",
        title="市民来电反映",
        content="市民来电反映，请相关部门核实处理。",
        came_at=179522,
        rule_pack="shandong-2020@1",
        due_on="2026-12-04",
    )
    yield words_of(accepted).decode()
    yield '{"n":10,"t":[0,0],"w":0,"p":0,"s":"b","m":["-26","-27"],"o":[null,"03"],"k":["work_order.accepted",null],"b":[null,"01'
    yield words_of(Person(name="王", phone="13")).decode()


def _fields(fact: type[Fact]) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(fact))


def lines() -> Iterator[str]:
    """All of it, line by line."""
    yield from phrases()
    yield from codes()
    yield from shapes()


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
