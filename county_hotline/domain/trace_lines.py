"""One line of an explanation, as values: the words stand in wording/, so that the same line can be shown, printed and tested."""

from __future__ import annotations

import msgspec


class TraceLine(msgspec.Struct, frozen=True):
    """One line of 为什么是这一天 or of a rule pack in plain words. `code` is a wording key below `trace.` or `pack.`.

    A value named `…weekday` is 1..7; one named `…word` holds wording keys, parted by spaces, that are said in a row.
    """

    code: str
    values: dict[str, str | int] = {}
