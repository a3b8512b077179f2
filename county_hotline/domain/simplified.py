"""简化字: every character by the form it is looked for: traditional, Japanese and rare variants as the simplified or common one.

One character becomes one character, so places in a text stay what they are. Only for finding: what was written is kept as it was.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


def simplified(text: str) -> str:
    """`吳家莊` as `吴家庄`, `𠮷` as `吉`. What has no simpler form stays."""
    return text if text.isascii() else text.translate(forms())


@cache
def forms() -> dict[int, str]:
    """Every character that has a simpler form, with it."""
    lines = (resources.files("county_hotline") / "data" / "han" / "simplified.txt").read_text(encoding="utf-8").split()
    return {ord(char): line[0] for line in lines for char in line[1:]}
