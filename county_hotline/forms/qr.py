"""A QR code as the fewest rectangles, in modules from its top left corner."""

from __future__ import annotations

from functools import lru_cache

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

SMALLEST_VERSION = 3
"""29 modules: what number and query code need, so every slip's code has one size."""


@lru_cache(maxsize=32)
def rectangles(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """How many modules a side has, and the dark runs as (left, top, length). Level M: a coffee stain may cover a seventh."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = max(SMALLEST_VERSION, code.calculate_version())
    code.make()
    runs: list[tuple[int, int, int]] = []
    for top, row in enumerate(code.modules):
        left = 0
        while left < len(row):
            length = 0
            while left + length < len(row) and row[left + length]:
                length += 1
            if length:
                runs.append((left, top, length))
            left += length + 1
    return len(code.modules), tuple(runs)
