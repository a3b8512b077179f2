"""The program's own diary: one line an event, `verb key=value`, UTC; never a caller's words. Officers' acts are in the journal instead.

Lines are held in memory until the files are known, the last 500 stay for 报告问题, and phone-like runs are masked as a second net.
"""

from __future__ import annotations

import logging
import re
import time
from collections import deque
from logging.handlers import MemoryHandler, RotatingFileHandler
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

PACKAGE: Final = "county_hotline"
FILE_NAME: Final = "county-hotline.log"
FILE_BYTES: Final = 2 * 1024 * 1024
FILES: Final = 5
RECENT_LINES: Final = 500
HELD_LINES: Final = 5_000

_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|(?:86)?\d{11})(?!\d)")
"""Runs of 11 digits (phones, with 86 before them too) and of 18 (证件号码)."""


def masked(line: str) -> str:
    """`line` with phone-like and identity-like runs hidden."""
    return _PERSONAL.sub(lambda found: f"<{len(found.group())} hidden>", line)


class _Line(logging.Formatter):
    """One line, UTC, masked as a whole: message, arguments and trace alike."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    @staticmethod
    def converter(seconds: float | None = None) -> time.struct_time:
        return time.gmtime(seconds)

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


class _Recent(logging.Handler):
    """The last lines, in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=RECENT_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Logs:
    """Listens from the moment it is made; `to_files` once the home folder is known; `stop` at the end."""

    def __init__(self) -> None:
        self._root = logging.getLogger()
        self._package = logging.getLogger(PACKAGE)
        self._levels = (self._root.level, self._package.level)
        self._recent = _Recent()
        self._held = MemoryHandler(HELD_LINES, flushLevel=logging.CRITICAL + 1, flushOnClose=False)
        self._handlers: list[logging.Handler] = []
        self._root.setLevel(logging.WARNING)
        self._package.setLevel(logging.INFO)
        self._add(self._recent)
        self._add(self._held)

    def to_files(self, folder: Path) -> bool:
        """Write what was held, and all that comes, to rotating files. False where the folder cannot be written: the program goes on."""
        try:
            file = RotatingFileHandler(folder / FILE_NAME, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8")
        except OSError as exc:
            log.warning("log_files_unavailable errno=%s", exc.errno)
            return False
        file.setFormatter(_Line())
        self._held.setTarget(file)
        self._held.flush()
        self._remove(self._held)
        self._add(file)
        return True

    def recent(self) -> tuple[str, ...]:
        """The last lines, oldest first, for 报告问题."""
        return tuple(self._recent.lines)

    def stop(self) -> None:
        """Close the files and listen no more."""
        for handler in tuple(self._handlers):
            self._remove(handler)
        self._root.setLevel(self._levels[0])
        self._package.setLevel(self._levels[1])

    def _add(self, handler: logging.Handler) -> None:
        handler.setFormatter(_Line())
        self._root.addHandler(handler)
        self._handlers.append(handler)

    def _remove(self, handler: logging.Handler) -> None:
        self._root.removeHandler(handler)
        if handler in self._handlers:
            self._handlers.remove(handler)
        handler.close()
