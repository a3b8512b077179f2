"""Windows of other programs on an X display: find one by its title, ask it to close as a window manager would."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess

CLIENT_MESSAGE = 33


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib, with room for the whole XEvent union."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("words", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),
    )


def find(display: str, title: str) -> int | None:
    """The number of the first window whose title begins so. (xdotool's search does not find titles beyond ASCII.)"""
    seen = subprocess.run(
        ["xwininfo", "-root", "-tree"],
        env={**os.environ, "DISPLAY": display, "LC_ALL": "C.UTF-8"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    found = re.search(rf'^\s+(0x[0-9a-f]+) "{re.escape(title)}', seen.stdout, re.MULTILINE)
    return int(found.group(1), 16) if found else None


def ask_to_close(display: str, window: int) -> None:
    """WM_DELETE_WINDOW, what a click on the cross sends. Raises OSError where there is no X library or display."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    connection = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    if not connection.value:
        raise OSError(f"no display {display}")
    protocols, delete = (x11.XInternAtom(connection, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    message = ClientMessage(type=CLIENT_MESSAGE, window=window, message_type=protocols, format=32)
    message.words[0] = delete
    x11.XSendEvent(connection, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(message))
    x11.XCloseDisplay(connection)
