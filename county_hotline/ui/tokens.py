"""The colours of the window in two sets: 标准, and 高对比 for eyes or screens that need it. Every pair used meets WCAG AA, there AAA."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One set. Grounds, inks, borders; a wash is the ground of its ink's chips and notices."""

    sheet: str
    side: str
    rail: str
    chosen: str
    ink: str
    ink2: str
    ink3: str
    field: str
    line: str
    bar: str
    """Scroll bars and the large signs of empty lists."""
    bar_on: str
    chart: str
    blue: str
    blue_on: str
    """Under the pointer."""
    blue_wash: str
    red: str
    red_wash: str
    red_wash_on: str
    amber: str
    amber_wash: str
    green: str
    green_wash: str
    grey_wash: str


STANDARD = Tokens(
    sheet="#ffffff", side="#f4f6f9", rail="#e8ecf1", chosen="#dce8f7",
    ink="#1b2430", ink2="#465263", ink3="#5f6b7a",
    field="#828d9b", line="#d4dae2", bar="#9aa6b4", bar_on="#5b8ac6", chart="#a9c4e8",
    blue="#1858a8", blue_on="#144a8e", blue_wash="#e6eefa",
    red="#b3261e", red_wash="#fcebe9", red_wash_on="#f9dcd9",
    amber="#8a4f00", amber_wash="#fff2d6", green="#1d6b3a", green_wash="#e5f3ea", grey_wash="#eceff3",
)  # fmt: skip
HIGH = Tokens(
    sheet="#ffffff", side="#f5f5f5", rail="#ececec", chosen="#d3e5ff",
    ink="#000000", ink2="#1c1c1c", ink3="#2b3138",
    field="#1c1c1c", line="#767676", bar="#595959", bar_on="#003a80", chart="#6a94cc",
    blue="#003a80", blue_on="#002a5c", blue_wash="#e6f0ff",
    red="#8b0000", red_wash="#fff0ef", red_wash_on="#ffe0de",
    amber="#5c3300", amber_wash="#fff4d6", green="#0b4a20", green_wash="#e6f5ea", grey_wash="#ececec",
)  # fmt: skip
