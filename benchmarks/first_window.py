"""Start of the process to the first window on the screen: the station's sign-in page against a bare ttkbootstrap window, in turn, in one run.

    python benchmarks/first_window.py [--rounds 15] [--json]      (needs a display; make bench starts one)

The anchor is what ttkbootstrap's own manual begins with: a window, a label, a button. Ours opens its encrypted database, reads the station's accounts
and counts, and offers the sign-in. Both are timed alike: until the X server shows a mapped window of at least 200 by 100 pixels. A station as on its
first morning and one with a thousand orders are measured.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

TARGET = 1.3
PATIENCE_S = 60
VIEWABLE = 2
BARE = """
import ttkbootstrap as ttk
window = ttk.App(title="bare")
window.geometry("1366x700")
ttk.Label(window, text="热线").pack()
ttk.Button(window, text="保存").pack()
window.mainloop()
"""


class _Attributes(ctypes.Structure):
    """XWindowAttributes, as far as we read it."""

    _fields_ = (
        ("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int), ("height", ctypes.c_int),
        ("border_width", ctypes.c_int), ("depth", ctypes.c_int), ("visual", ctypes.c_void_p), ("root", ctypes.c_ulong),
        ("c_class", ctypes.c_int), ("bit_gravity", ctypes.c_int), ("win_gravity", ctypes.c_int), ("backing_store", ctypes.c_int),
        ("backing_planes", ctypes.c_ulong), ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int), ("map_state", ctypes.c_int), ("rest", ctypes.c_long * 8),
    )  # fmt: skip


class Display:
    """The X server, asked which windows it shows."""

    def __init__(self) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        opened = self._x.XOpenDisplay(None)
        if not opened:
            raise SystemExit("no display: run it by `make bench`")
        self._display = ctypes.c_void_p(opened)
        self._root = self._x.XDefaultRootWindow(self._display)
        self._x.XSetErrorHandler(ctypes.cast(_forgive, ctypes.c_void_p))

    def shows_a_window(self) -> bool:
        root, parent, children, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self._x.XQueryTree(
            self._display, ctypes.c_ulong(self._root), ctypes.byref(root), ctypes.byref(parent), ctypes.byref(children),
            ctypes.byref(count),
        )  # fmt: skip
        found = any(self._is_shown(children[place]) for place in range(count.value))
        if count.value:
            self._x.XFree(children)
        return found

    def _is_shown(self, window: int) -> bool:
        told = _Attributes()
        if not self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(window), ctypes.byref(told)):
            return False
        return bool(told.map_state == VIEWABLE and told.width >= 200 and told.height >= 100)


_forgive = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda display, event: 0)
"""A window may go between being listed and being asked; that is no error."""


def start_s(command: list[str], display: Display) -> float:
    """Seconds until the program's window is shown; the program is ended afterwards."""
    began = time.perf_counter()
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not display.shows_a_window():
            if program.poll() is not None or time.perf_counter() - began > PATIENCE_S:
                raise SystemExit(f"no window came: {' '.join(command)}")
            time.sleep(0.001)
        return time.perf_counter() - began
    finally:
        program.terminate()
        program.wait()
        while display.shows_a_window():
            time.sleep(0.005)


def station(folder: Path, orders: int) -> list[str]:
    """A founded station with so many orders; the command that opens its window."""
    program = [sys.executable, str(ROOT / "main.py")]
    subprocess.run([*program, "init", "--home", str(folder), "--station", "03"], check=True, capture_output=True)
    if orders:
        rows = [
            {"匿名": True, "事发地": "370323109", "标题": f"路灯不亮第{n}处", "内容": f"第{n}处路灯三天不亮，夜里看不清路"}
            for n in range(orders)
        ]
        given = json.dumps(rows, ensure_ascii=False).encode()
        subprocess.run(
            [*program, "register", "--home", str(folder), "--from-json", "-", "--no-slip"],
            input=given,
            check=True,
            capture_output=True,
        )
    return [*program, "window", "--home", str(folder)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    display = Display()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        commands = {
            "bare ttkbootstrap": [sys.executable, "-c", BARE],
            "first morning": station(Path(folder) / "empty", 0),
            "1,000 orders": station(Path(folder) / "full", 1000),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for nth in range(asked.rounds + 1):
            for name, command in commands.items():
                taken = start_s(command, display)
                if nth:  # the first round warms the disk's cache
                    times[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    anchor = medians.pop("bare ttkbootstrap")
    rows = [
        {"name": f"first window, {name}", "ratio": round(s / anchor, 2), "target": TARGET, "ms": round(s * 1e3)}
        for name, s in medians.items()
    ]
    if asked.json:
        print(json.dumps({"anchor_ms": round(anchor * 1e3), "rows": rows}))
        return
    print(f"bare ttkbootstrap window {anchor * 1e3:.0f} ms = 1.0")
    for row in rows:
        print(f"{row['name']:<32} {row['ratio']:.2f} (target ≤ {TARGET})  {row['ms']} ms")


if __name__ == "__main__":
    main()
