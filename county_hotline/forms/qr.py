"""A QR code as the fewest rectangles, in modules from its top left corner.

reportlab encodes; which of the eight masks reads best is found here, on whole numbers, because trying them one module at a time took
longer than all the rest of a slip.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import util
from types import ModuleType
from typing import Protocol

SMALLEST_VERSION = 3
"""29 modules: what number and query code need, so every slip's code has one size."""
MASKS = range(8)
FINDERS = ("10111010000", "00001011101")
"""What a reader could take for one of the three corner marks."""


class _Code(Protocol):
    """What is used of reportlab's QRCode."""

    version: int
    moduleCount: int  # noqa: N815 - reportlab's name
    modules: list[list[bool]]

    def addData(self, data: str) -> None: ...  # noqa: N802
    def calculate_version(self) -> int: ...
    def makeImpl(self, test: bool, maskPattern: int) -> None: ...  # noqa: N802, N803
    def dataPosIterator(self) -> Iterable[tuple[int, int]]: ...  # noqa: N802


@lru_cache(maxsize=32)
def rectangles(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """How many modules a side has, and the dark runs as (left, top, length). Level M: a coffee stain may cover a seventh."""
    code = _code(None)
    code.addData(text)
    code.version = max(SMALLEST_VERSION, code.calculate_version())
    code.makeImpl(True, 0)
    code.makeImpl(False, _best_mask(code.version, code.modules))
    return len(code.modules), tuple(_dark_runs(code.modules))


@cache
def _encoder() -> ModuleType:
    """reportlab's encoder without the package round it, whose start brings in flowing text and every other bar code: a third of a first slip."""
    package = util.find_spec("reportlab.graphics.barcode")
    name = "reportlab.graphics.barcode.qrencoder"
    for finder in sys.meta_path:
        spec = finder.find_spec(name, package.submodule_search_locations if package else None)
        if spec is not None and spec.loader is not None:
            module = util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    from reportlab.graphics.barcode import qrencoder  # also what tells PyInstaller to bring it

    found: ModuleType = qrencoder
    return found


def _code(version: int | None) -> _Code:
    made: _Code = _encoder().QRCode(version, _encoder().QRErrorCorrectLevel.M)
    return made


def _dark_runs(modules: Sequence[Sequence[bool]]) -> Iterable[tuple[int, int, int]]:
    for top, row in enumerate(modules):
        left = 0
        while left < len(row):
            length = 0
            while left + length < len(row) and row[left + length]:
                length += 1
            if length:
                yield left, top, length
            left += length + 1


def _best_mask(version: int, modules: Sequence[Sequence[bool]]) -> int:
    """The mask with the lowest penalty (ISO/IEC 18004, 7.8.3), given the code drawn with mask 0."""
    side = len(modules)
    rows, columns = _number(modules), _number(tuple(zip(*modules, strict=True)))
    masks = _masks(version)

    def penalty(mask: int) -> int:
        across, down = rows ^ masks[0][0] ^ masks[mask][0], columns ^ masks[0][1] ^ masks[mask][1]
        return _penalty(across, side) + _penalty(down, side) + _blocks(across, side) + _balance(across, side)

    return min(MASKS, key=penalty)


def _number(modules: Iterable[Iterable[bool]]) -> int:
    """All modules as one number, row by row, the top left one lowest."""
    return int("".join("1" if dark else "0" for row in modules for dark in row)[::-1], 2)


@cache
def _masks(version: int) -> tuple[tuple[int, int], ...]:
    """What each mask turns over, row by row and column by column."""
    code = _code(version)
    code.moduleCount = side = version * 4 + 17
    mask_of = _encoder().QRUtil.getMask
    places = [(row, column) for column, row in code.dataPosIterator()]
    turned = [[(row, column) for row, column in places if mask_of(mask)(row, column)] for mask in MASKS]
    return tuple(
        (sum(1 << row * side + column for row, column in one), sum(1 << column * side + row for row, column in one))
        for one in turned
    )


@cache
def _starts(side: int, length: int) -> int:
    """Where a row has room for `length` modules."""
    return sum(((1 << side - length + 1) - 1) << row * side for row in range(side))


def _penalty(dark: int, side: int) -> int:
    """Runs of five and more cost their length less two; what looks like a corner mark costs forty."""
    alike = ~(dark ^ dark >> 1)
    fives = alike & alike >> 1 & alike >> 2 & alike >> 3 & _starts(side, 5)
    begins = fives & ~(fives << 1 & _starts(side, 5))
    marks = 0
    for finder in FINDERS:
        found = _starts(side, len(finder))
        for at, module in enumerate(finder):
            found &= dark >> at if module == "1" else ~(dark >> at)
        marks += found.bit_count()
    return fives.bit_count() + 2 * begins.bit_count() + 40 * marks


def _blocks(dark: int, side: int) -> int:
    """Blocks of two by two of one colour cost three."""
    alike, below = ~(dark ^ dark >> 1), ~(dark ^ dark >> side)
    inside = _starts(side, 2) & ((1 << side * (side - 1)) - 1)
    return 3 * (alike & alike >> side & below & inside).bit_count()


def _balance(dark: int, side: int) -> int:
    """Ten for every five hundredths away from half dark."""
    return 10 * (abs(100 * dark.bit_count() // side**2 - 50) // 5)
