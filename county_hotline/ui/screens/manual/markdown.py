"""The Markdown our manual is written in, as blocks and spans: headings, paragraphs, lists, tables, pictures, links, code. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one look; `link` is where it leads."""

    text: str
    bold: bool = False
    code: bool = False
    link: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `level`: of a heading, or how deep an item stands. `rows`: of a table, its head first. `target`: of a picture."""

    kind: Kind
    spans: Spans = ()
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[Spans, ...], ...] = ()
    target: str = ""

    @property
    def words(self) -> str:
        """Its text alone."""
        if self.rows:
            return "\n".join("　".join(plain(cell) for cell in row) for row in self.rows)
        return plain(self.spans)


_INLINE = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\((?P<picture>[^)\s]+)\)|\[(?P<words>[^\]]+)\]\((?P<link>[^)\s]+)\)|`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*"
)
_ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-*]|\d+\.) +(?P<words>.*)")
_HEADING = re.compile(r"(#{1,6}) +(.*?)\s*#*$")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")


def plain(spans: Sequence[Span]) -> str:
    """The text of spans."""
    return "".join(span.text for span in spans)


def anchor(heading: str) -> str:
    """What a link to a heading is called, as readers on the web make it: lower case, no marks, spaces as hyphens."""
    return "".join("-" if c in " -" else c for c in heading.lower() if c.isalnum() or c in " -_")


def parse(text: str) -> tuple[Block, ...]:
    """A whole page."""
    lines = text.replace("\r\n", "\n").split("\n")
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
        elif lines[at].lstrip().startswith("```"):
            at = _code(lines, at, blocks)
        elif "|" in lines[at] and at + 1 < len(lines) and _RULE.fullmatch(lines[at + 1].strip()):
            at = _table(lines, at, blocks)
        else:
            at = _prose(lines, at, blocks)
    return tuple(blocks)


def spans_of(text: str) -> Spans:
    """A line's runs. Pictures are left out: see `_pictures`."""
    return tuple(_runs(text))


def _runs(text: str, *, bold: bool = False, link: str = "") -> Iterator[Span]:
    end = 0
    for found in _INLINE.finditer(text):
        if found.start() > end:
            yield Span(text[end : found.start()], bold, link=link)
        end = found.end()
        if found["link"]:
            yield from _runs(found["words"], bold=bold, link=found["link"])
        elif found["code"]:
            yield Span(found["code"], bold, code=True, link=link)
        elif found["bold"]:
            yield from _runs(found["bold"], bold=True, link=link)
    if end < len(text):
        yield Span(text[end:], bold, link=link)


def _code(lines: Sequence[str], at: int, blocks: list[Block]) -> int:
    end = next((n for n in range(at + 1, len(lines)) if lines[n].lstrip().startswith("```")), len(lines))
    blocks.append(Block(Kind.CODE, (Span("\n".join(lines[at + 1 : end]), code=True),)))
    return end + 1


def _table(lines: Sequence[str], at: int, blocks: list[Block]) -> int:
    rows = [_cells(lines[at])]
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        rows.append(_cells(lines[end]))
        end += 1
    width = len(rows[0])
    blocks.append(Block(Kind.TABLE, rows=tuple((*row, *[()] * width)[:width] for row in rows)))
    return end


def _cells(line: str) -> tuple[Spans, ...]:
    return tuple(spans_of(cell.strip()) for cell in line.strip().strip("|").split("|"))


def _prose(lines: Sequence[str], at: int, blocks: list[Block]) -> int:
    """A heading, an item, a quote, or a paragraph with the lines that go on with it; its pictures follow it."""
    line = lines[at]
    heading, item = _HEADING.match(line), _ITEM.match(line)
    if heading:
        blocks.append(Block(Kind.HEADING, spans_of(heading[2]), level=len(heading[1])))
        return at + 1
    words = item["words"] if item else line.strip().removeprefix("> ")
    end = at + 1
    while end < len(lines) and _goes_on(lines[end]):
        words += _joint(words) + lines[end].strip().removeprefix("> ")
        end += 1
    spans = spans_of(words)
    if item:
        depth = len(item["indent"]) // 2
        blocks.append(Block(Kind.ITEM, spans, level=depth, marker="・" if item["marker"] in "-*" else item["marker"]))
    elif plain(spans).strip():
        blocks.append(Block(Kind.QUOTE if line.startswith(">") else Kind.PARAGRAPH, spans))
    blocks.extend(_pictures(words))
    return end


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not (
        _ITEM.match(line) or _HEADING.match(line) or line.lstrip().startswith("```") or "|" in line[:1]
    )


def _joint(before: str) -> str:
    """Chinese lines are joined without a space."""
    return " " if before[-1:].isascii() and before[-1:].isalnum() else ""


def _pictures(words: str) -> Iterator[Block]:
    for found in _INLINE.finditer(words):
        if found["picture"]:
            yield Block(Kind.PICTURE, (Span(found["alt"]),), target=found["picture"])
