"""Windows' own wrapping of secrets for one Windows user (DPAPI), by ctypes. Imported on Windows only."""

from __future__ import annotations

import ctypes
from ctypes import wintypes

from county_hotline.errors import StoreFault


class _Blob(ctypes.Structure):
    _fields_ = (("size", wintypes.DWORD), ("bytes", ctypes.POINTER(ctypes.c_char)))


def protect(secret: bytes) -> bytes:
    """`secret` wrapped so that only this Windows user can unwrap it."""
    return _call("CryptProtectData", secret)


def unprotect(wrapped: bytes) -> bytes:
    """The secret again. Raises StoreFault S106 for another user or a damaged file."""
    return _call("CryptUnprotectData", wrapped)


def _call(function: str, data: bytes) -> bytes:
    windows = ctypes.WinDLL("crypt32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    given = _Blob(len(data), ctypes.cast(ctypes.create_string_buffer(data, len(data)), ctypes.POINTER(ctypes.c_char)))
    answer = _Blob()
    if not getattr(windows, function)(ctypes.byref(given), None, None, None, None, 0, ctypes.byref(answer)):
        raise StoreFault("S106")
    try:
        return ctypes.string_at(answer.bytes, answer.size)
    finally:
        ctypes.WinDLL("kernel32").LocalFree(answer.bytes)  # type: ignore[attr-defined,unused-ignore]
