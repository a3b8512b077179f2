"""Characters that no key of a virtual screen bears are put on its free keys and stay there while they are typed.

A typist that lays a character on a key, strikes it and lays the next one on the same key loses characters wherever the window is slower.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import time
from collections.abc import Iterator

BEYOND_LATIN = 0x0100_0000
"""Added to a code point it makes the X name of a character that has none of its own."""
NEVER_STRUCK = range(0x1008_0000, 0x1009_0000)
"""X names of what only keyboards with a volume knob have."""
_HELD = {"alt": "Alt_L", "ctrl": "Control_L", "shift": "Shift_L"}
READ_S = 0.3
"""In that time the window has read what was typed before, and learns of the keys that changed."""


class KeyMap:
    """The keys of one display."""

    def __init__(self, display: str) -> None:
        self._x, self._tester = _library(), _tester()
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise OSError(display)
        self._free, self._width = self._look()
        self._room = len(self._free)
        self._on: dict[str, int] = {}
        """Which character lies on which key, the one used longest ago first."""

    def bearing(self, text: str) -> Iterator[str]:
        """The text in pieces, each with all its characters on the keys while it is the one in hand."""
        for piece in _pieces(text, self._room):
            self._lay({each for each in piece if ord(each) > 0x7F})
            yield piece

    def strike(self, key: str) -> float:
        """One key down and up, or several held together (`alt+a`, `F9`, a character), and when: the clock's moment (`time.monotonic`) just
        before. A character must lie on a key already (`bearing`), or be on the keyboard without Shift. It asks no other program, so the
        moment is true to a millisecond."""
        parts = [key] if len(key) == 1 else [_HELD.get(part, part) for part in key.split("+")]
        codes = [self._on.get(part) or self._code(part) for part in parts]
        struck = time.monotonic()
        for code in codes:
            self._tester.XTestFakeKeyEvent(self._display, code, 1, 0)
        for code in reversed(codes):
            self._tester.XTestFakeKeyEvent(self._display, code, 0, 0)
        self._x.XSync(self._display, 0)
        return struck

    def _code(self, name: str) -> int:
        symbol = ord(name) if len(name) == 1 else self._x.XStringToKeysym(name.encode())
        code: int = self._x.XKeysymToKeycode(self._display, symbol)
        return code

    def _look(self) -> tuple[list[int], int]:
        lowest, highest, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
        self._x.XDisplayKeycodes(self._display, ctypes.byref(lowest), ctypes.byref(highest))
        count = highest.value - lowest.value + 1
        names = self._x.XGetKeyboardMapping(self._display, lowest.value, count, ctypes.byref(width))
        rows = [names[at * width.value : (at + 1) * width.value] for at in range(count)]
        self._x.XFree(names)
        spare = [lowest.value + at for at, row in enumerate(rows) if all(name == 0 or name in NEVER_STRUCK for name in row)]
        return spare, width.value

    def _lay(self, wanted: set[str]) -> None:
        for each in wanted & set(self._on):
            self._on[each] = self._on.pop(each)
        missing = sorted(wanted - set(self._on))
        if not missing:
            return
        if len(missing) > len(self._free):
            time.sleep(READ_S)
        for each in missing:
            key = self._free.pop() if self._free else self._on.pop(next(iter(self._on)))
            row = (ctypes.c_ulong * self._width)(*[_name(each)] * self._width)
            self._x.XChangeKeyboardMapping(self._display, key, self._width, row, 1)
            self._on[each] = key
        self._x.XSync(self._display, 0)
        time.sleep(READ_S)


def _name(character: str) -> int:
    """The X name: what is Latin has its code point; under another name Tk knows it not."""
    return ord(character) if ord(character) <= 0xFF else BEYOND_LATIN | ord(character)


def _pieces(text: str, keys: int) -> Iterator[str]:
    """No piece has more different characters than there are keys for them."""
    piece, held = "", set[str]()
    for each in text:
        if ord(each) > 0x7F and each not in held and len(held) == keys:
            yield piece
            piece, held = "", set()
        piece += each
        held |= {each} if ord(each) > 0x7F else set()
    yield piece


def _library() -> ctypes.CDLL:
    """Xlib, which Tk itself needs."""
    x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XDisplayKeycodes.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
    x.XGetKeyboardMapping.argtypes = [ctypes.c_void_p, ctypes.c_ubyte, ctypes.c_int, ctypes.c_void_p]
    x.XGetKeyboardMapping.restype = ctypes.POINTER(ctypes.c_ulong)
    x.XChangeKeyboardMapping.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
    x.XFree.argtypes = [ctypes.c_void_p]
    x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
    x.XStringToKeysym.argtypes = [ctypes.c_char_p]
    x.XStringToKeysym.restype = ctypes.c_ulong
    x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x.XKeysymToKeycode.restype = ctypes.c_ubyte
    return x


def _tester() -> ctypes.CDLL:
    """The X extension that strikes keys; xdotool needs it too."""
    tester = ctypes.CDLL(ctypes.util.find_library("Xtst") or "libXtst.so.6")
    tester.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
    return tester
