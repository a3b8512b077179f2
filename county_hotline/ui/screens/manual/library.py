"""The manual's files: which page tells of which page of the window, its contents, and where a word stands. No Tk."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from county_hotline.ui.screens.manual.markdown import Block, Kind, anchor, parse

log = logging.getLogger(__name__)

FIRST = "README.md"
TOPICS = {
    "sign_in": (FIRST, "登录"), "intake": (FIRST, "登记"), "register": ("register.md", ""), "order": ("whole-life.md", ""), "today": ("today.md", ""),
    "clash": ("clash.md", ""), "knowledge": ("knowledge.md", ""), "site": ("on-site.md", ""), "supervision": ("supervision.md", ""),
    "incoming": ("sources.md", ""), "sync": ("sync.md", ""), "repair": ("held.md", ""), "packs": ("time.md", ""), "duties": ("county-lists.md", ""),
    "settings": (FIRST, "设置"), "setup": ("first-steps.md", ""), "overview": ("overview.md", ""), "handover": ("today.md", "交接班"),
}  # fmt: skip
"""Of each page of the window: its page in the manual, and how the heading begins; the first page where none is named."""
AROUND = 24


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the manual."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a word stands: the page, the heading above it, and the words around it; `block` is its place on the page."""

    name: str
    title: str
    heading: str
    words: str
    block: int


def folder() -> Path:
    """Where the pages lie: inside the built program; beside the source in a checkout."""
    inside = Path(str(resources.files("county_hotline"))) / "manual"
    return inside if inside.is_dir() else Path(str(resources.files("county_hotline"))).parent / "docs" / "manual"


class Library:
    """The pages of a folder. A folder that is missing has no page; nothing fails for want of help."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every page: in the order in which the first names them, then by name."""
        leaves = {path.name: _read(path) for path in sorted(self.folder.glob("*.md"))}
        first = leaves.get(FIRST)
        named = [span.link.partition("#")[0] for block in first.blocks for span in block.spans] if first else []
        order = dict.fromkeys([FIRST, *named, *leaves])
        return tuple(leaves[name] for name in order if name in leaves)

    def leaf(self, name: str) -> Leaf | None:
        """A page by its file's name."""
        return next((leaf for leaf in self.leaves if leaf.name == name), None)

    def about(self, page: str) -> tuple[str, int]:
        """Page of the manual and block on it for a page of the window."""
        name, beginning = TOPICS.get(page, (FIRST, ""))
        leaf = self.leaf(name)
        if leaf is None:
            return FIRST, 0
        return name, next((at for at, each in _headings(leaf) if beginning and each.words.startswith(beginning)), 0)

    def followed(self, here: str, link: str) -> tuple[str, int] | None:
        """Where a link leads; None for what is no page of the manual."""
        name, _, mark = link.partition("#")
        leaf = self.leaf(name or here)
        if leaf is None:
            return None
        wanted = anchor(mark)
        at = next((at for at, each in _headings(leaf) if mark and anchor(each.words) == wanted), None)
        if at is None:
            at = next((at for at, each in _headings(leaf) if mark and anchor(each.words).startswith(wanted)), 0)
        return leaf.name, at

    def hits(self, typed: str, limit: int = 60) -> tuple[Hit, ...]:
        """Every block that has all the words typed, pages whose heading has them first."""
        wanted = typed.lower().split()
        if not wanted:
            return ()
        found = [hit for leaf in self.leaves for hit in _hits(leaf, wanted)]
        found.sort(key=lambda hit: not all(word in hit.heading.lower() for word in wanted))
        return tuple(found[:limit])


def _read(path: Path) -> Leaf:
    try:
        blocks = parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        log.warning("manual_page_unreadable page=%s", path.name)
        blocks = ()
    title = next((block.words for block in blocks if block.kind is Kind.HEADING), path.stem)
    return Leaf(path.name, title, blocks)


def _headings(leaf: Leaf) -> list[tuple[int, Block]]:
    return [(at, block) for at, block in enumerate(leaf.blocks) if block.kind is Kind.HEADING]


def _hits(leaf: Leaf, wanted: list[str]) -> list[Hit]:
    found, heading = [], leaf.title
    for at, block in enumerate(leaf.blocks):
        if block.kind is Kind.HEADING:
            heading = block.words
        words = block.words
        if block.kind is not Kind.PICTURE and all(word in words.lower() for word in wanted):
            found.append(Hit(leaf.name, leaf.title, heading, _around(words, wanted[0]), at))
    return found


def _around(words: str, wanted: str) -> str:
    at = words.lower().find(wanted)
    start, end = max(0, at - AROUND), at + len(wanted) + AROUND
    cut = words[start:end].replace("\n", " ").strip()
    return ("…" if start else "") + cut + ("…" if end < len(words) else "")
