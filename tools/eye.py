"""Looks at a piece of a virtual screen, often and without another program: how long after a key was struck something moved there."""

from __future__ import annotations

import ctypes
import ctypes.util
import time
from typing import NamedTuple

from PIL import Image, ImageChops

ALL_PLANES = ctypes.c_ulong(-1).value
Z_PIXMAP = 2
PAUSE_S = 0.002


class Box(NamedTuple):
    """A piece of the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int


class NothingMovedError(Exception):
    """The screen did not answer a key in time."""


class _Picture(ctypes.Structure):
    """XImage, as far as we read it."""

    _fields_ = (
        ("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
        ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int), ("bitmap_unit", ctypes.c_int), ("bitmap_bit_order", ctypes.c_int),
        ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int), ("bytes_per_line", ctypes.c_int),
    )  # fmt: skip


class Eye:
    """Sees one box of one display."""

    def __init__(self, display: str, box: Box) -> None:
        self.box = box
        self._x = _library()
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise OSError(display)
        self._root = self._x.XDefaultRootWindow(self._display)
        self._picture = self._x.XGetImage(self._display, self._root, *box, ALL_PLANES, Z_PIXMAP)

    def close(self) -> None:
        """No more looking."""
        self._x.XCloseDisplay(self._display)

    def look(self) -> bytes:
        """The pixels of the box as they are now."""
        self._x.XGetSubImage(self._display, self._root, *self.box, ALL_PLANES, Z_PIXMAP, self._picture, 0, 0)
        seen = self._picture.contents
        return ctypes.string_at(seen.data, seen.bytes_per_line * seen.height)

    def moved(self, before: bytes, now: bytes) -> int:
        """How many pixels differ."""
        return 0 if before == now else _shades(self._differing(before, now))

    def where(self, before: bytes, now: bytes) -> Box | None:
        """The smallest box, on the screen, of what differs; None where nothing does."""
        found = self._differing(before, now).getbbox()
        if found is None:
            return None
        left, top, right, bottom = found
        return Box(self.box.x + left, self.box.y + top, right - left, bottom - top)

    def waits(self, before: bytes, struck: float, *, pixels: int, patience_s: float) -> float:
        """Seconds from that moment until more than so many pixels are not what they were. Raises NothingMovedError."""
        while (now_s := time.monotonic()) < struck + patience_s:
            if self.moved(before, self.look()) > pixels:
                return now_s - struck
            time.sleep(PAUSE_S)
        raise NothingMovedError(self.box, pixels)

    def rests(self, struck: float, *, pixels: int, still_s: float, patience_s: float) -> float:
        """Seconds from that moment to the last time more than so many pixels moved at one look, once they stood still so long."""
        before, moved_at = self.look(), struck
        while (now_s := time.monotonic()) < struck + patience_s:
            now = self.look()
            if self.moved(before, now) > pixels:
                moved_at, before = now_s, now
            elif now_s - max(moved_at, struck) >= still_s:
                return moved_at - struck
            time.sleep(PAUSE_S)
        raise NothingMovedError(self.box, pixels)

    def _differing(self, before: bytes, now: bytes) -> Image.Image:
        return ImageChops.difference(self._image(before), self._image(now))

    def _image(self, pixels: bytes) -> Image.Image:
        size, stride = (self.box.width, self.box.height), self._picture.contents.bytes_per_line
        return Image.frombuffer("RGBX", size, pixels, "raw", "BGRX", stride, 1).convert("RGB")


def _shades(difference: Image.Image) -> int:
    return sum(difference.convert("L").histogram()[1:])


def _library() -> ctypes.CDLL:
    x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    whole = ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
    x.XDefaultRootWindow.restype = ctypes.c_ulong
    x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, *whole]
    x.XGetImage.restype = ctypes.POINTER(_Picture)
    x.XGetSubImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, *whole, ctypes.POINTER(_Picture), ctypes.c_int, ctypes.c_int]
    x.XGetSubImage.restype = ctypes.POINTER(_Picture)
    x.XCloseDisplay.argtypes = [ctypes.c_void_p]
    return x
