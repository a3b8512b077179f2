"""What a machine can see of a window: parts outside it, words cut by their own room, parts that found none, ink too near to its ground."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from tkinter import ttk

from county_hotline.ui import theme

LEAST_RATIO = 4.5
SLACK = 1


def faults(root: tk.Misc) -> list[str]:
    """Everything found wrong in what is on the screen now, a line each."""
    found = []
    for widget in visible(root):
        found += [f"{kind}: {named(widget)}" for kind in _faults(root, widget)]
    return found


def visible(widget: tk.Misc) -> Iterator[tk.Misc]:
    """This and everything below it that is laid out and shown."""
    if widget.winfo_ismapped():
        yield widget
        for child in widget.winfo_children():
            yield from visible(child)


def named(widget: tk.Misc) -> str:
    """Enough to find it: its classes from the page down, and what it says."""
    chain: list[str] = []
    here: tk.Misc | None = widget
    while here is not None and len(chain) < 4:
        chain.append(type(here).__name__)
        here = here.master
    words = str(widget.cget("text"))[:40] if says_something(widget) else ""
    return f"{'<'.join(chain)} {words!r} {widget.winfo_width()}x{widget.winfo_height()}+{widget.winfo_rootx()}+{widget.winfo_rooty()}"


def _faults(root: tk.Misc, widget: tk.Misc) -> Iterator[str]:
    if _is_outside(root, widget):
        yield "outside"
    if says_something(widget):
        short = widget.winfo_reqwidth() - widget.winfo_width()
        low = widget.winfo_reqheight() - widget.winfo_height()
        if short > SLACK and not _is_one_pixel_by_intent(widget):
            yield f"cut by {short} in width"
        if low > SLACK:
            yield f"cut by {low} in height"
    yield from (f"no room for {named(child)} in" for child in _crowded_out(widget))
    yield from _faint(widget)


def says_something(widget: tk.Misc) -> bool:
    """A label or a button with words."""
    return isinstance(widget, tk.Label | ttk.Button | ttk.Label | ttk.Checkbutton) and bool(str(widget.cget("text")))


def _is_one_pixel_by_intent(widget: tk.Misc) -> bool:
    """`CutWords` measures its words itself and ends them with …"""
    return isinstance(widget, tk.Label) and int(widget.cget("width") or 0) == 1


def _is_outside(root: tk.Misc, widget: tk.Misc) -> bool:
    """Beyond its window's edges, or its own parent's where that does not scroll."""
    if widget is root or not says_something(widget) or _scrolls(widget):
        return False
    around: list[tk.Misc] = [widget.winfo_toplevel()]
    here = widget.master
    while here is not None and here is not around[0]:
        around.append(here)
        here = here.master
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    right, bottom = left + widget.winfo_width(), top + widget.winfo_height()
    return any(
        left < each.winfo_rootx() - SLACK
        or top < each.winfo_rooty() - SLACK
        or right > each.winfo_rootx() + each.winfo_width() + SLACK
        or bottom > each.winfo_rooty() + each.winfo_height() + SLACK
        for each in around
    )


def _scrolls(widget: tk.Misc) -> bool:
    """Whether it stands in something that is rolled."""
    here: tk.Misc | None = widget
    while here is not None:
        if isinstance(here, tk.Canvas | tk.Text) or type(here).__name__ == "ScrollPane":
            return True
        here = here.master
    return False


def _crowded_out(widget: tk.Misc) -> list[tk.Misc]:
    """Children that are packed and found no room at all."""
    if isinstance(widget, tk.Canvas | tk.Text) or _scrolls(widget):
        return []
    return [
        child
        for child in widget.pack_slaves()
        if (not child.winfo_ismapped() or (says_something(child) and child.winfo_width() <= 1)) and _wants_room(child)
    ]


def _wants_room(widget: tk.Misc) -> bool:
    if isinstance(widget, tk.Label) and not widget.cget("text") and not str(widget.cget("image")):
        return False
    return widget.winfo_reqwidth() > 1 and widget.winfo_reqheight() > 1


def _faint(widget: tk.Misc) -> Iterator[str]:
    is_watermark = isinstance(widget, tk.Label) and str(widget.cget("font")) == theme.BRAND
    if isinstance(widget, tk.Label) and str(widget.cget("text")).strip() and not is_watermark:
        seen = ratio(widget, str(widget.cget("foreground")), str(widget.cget("background")))
        if seen < LEAST_RATIO:
            yield f"faint {seen:.1f}"


def ratio(widget: tk.Misc, ink: str, ground: str) -> float:
    """WCAG's contrast of two of Tk's colours."""
    light, dark = sorted((_luminance(widget, ink), _luminance(widget, ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(widget: tk.Misc, colour: str) -> float:
    parts = [part / 65535 for part in widget.winfo_rgb(colour)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
